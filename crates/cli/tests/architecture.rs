//! The crate table of `ARCHITECTURE.md` against `cargo metadata`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().and_then(Path::parent).expect("the crate lies two folders down")
}

/// What cargo knows of the packages built here. A fresh machine has not fetched those of
/// other platforms, so these are left out.
fn metadata() -> serde_json::Value {
    let host = Command::new("rustc").args(["--print", "host-tuple"]).output().expect("rustc runs");
    let host = String::from_utf8(host.stdout).expect("the name of a platform");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host.trim()])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

/// Crate, folder and the crates of this workspace that it uses, as the table says.
fn table() -> BTreeMap<String, (String, BTreeSet<String>)> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    text.lines()
        .filter(|line| line.starts_with("| `detente"))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let uses = cells[3].split(", ").filter(|c| *c != "–").map(|c| format!("detente-{c}")).collect();
            (cells[0].trim_matches('`').to_owned(), (cells[1].trim_matches('`').to_owned(), uses))
        })
        .collect()
}

#[test]
fn the_crate_table_is_what_cargo_builds() {
    let metadata = metadata();
    let members: BTreeSet<&str> =
        metadata["workspace_members"].as_array().expect("a list").iter().filter_map(|m| m.as_str()).collect();
    let mut built = BTreeMap::new();
    for package in metadata["packages"].as_array().expect("a list") {
        if !members.contains(package["id"].as_str().expect("an id")) {
            continue;
        }
        let uses: BTreeSet<String> = package["dependencies"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|d| d["kind"].is_null())
            .filter_map(|d| d["name"].as_str())
            .filter(|name| name.starts_with("detente"))
            .map(str::to_owned)
            .collect();
        let manifest = Path::new(package["manifest_path"].as_str().expect("a path"));
        let folder = manifest.parent().and_then(|f| f.strip_prefix(root().canonicalize().ok()?).ok()).expect("inside");
        built.insert(package["name"].as_str().expect("a name").to_owned(), (folder.display().to_string(), uses));
    }
    assert_eq!(table(), built, "ARCHITECTURE.md (left) differs from the workspace (right)");
}

#[test]
fn dependencies_come_from_the_registry_under_free_licences() {
    let metadata = metadata();
    let allowed = [
        "MIT",
        "MIT-0",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "Unicode-3.0",
        "Zlib",
        "MPL-2.0",
        "CC0-1.0",
        "0BSD",
        "BSL-1.0",
        "Unlicense",
    ];
    let mut faults = Vec::new();
    for package in metadata["packages"].as_array().expect("a list") {
        let name = package["name"].as_str().unwrap_or_default();
        if let Some(source) = package["source"].as_str()
            && !source.starts_with("registry+")
        {
            faults.push(format!("{name} comes from {source}"));
        }
        let licence = package["license"].as_str().unwrap_or_default();
        // One free alternative is enough.
        let free = licence.split(" OR ").flat_map(|part| part.split('/')).any(|part| {
            part.split(" AND ")
                .all(|l| allowed.contains(&l.trim_matches(['(', ')', ' ']).split(" WITH ").next().unwrap_or("")))
        });
        if !free {
            faults.push(format!("{name} has the licence `{licence}`"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Source files of the libraries, without their tests.
fn library_sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for library in ["base", "scenario", "conflict", "analysis", "render"] {
        let mut open = vec![root().join("crates").join(library).join("src")];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(&folder).expect("a folder of sources") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
                    let text = std::fs::read_to_string(&path).expect("a readable file");
                    let own = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
                    found.push((path.display().to_string(), own));
                }
            }
        }
    }
    found.sort();
    found
}

#[test]
fn libraries_read_no_clock_no_file_and_no_environment_and_print_nothing() {
    let banned = [
        "std::fs",
        "std::env",
        "std::time",
        "std::process",
        "std::net",
        "println!",
        "eprintln!",
        "print!(",
        "dbg!(",
        ".sin()",
        ".cos()",
        ".exp()",
        ".ln()",
        ".powf(",
    ];
    let sources = library_sources();
    assert!(sources.len() > 80, "{} files", sources.len());
    let mut faults = Vec::new();
    for (path, text) in &sources {
        for (number, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            for word in banned.iter().filter(|word| code.contains(**word)) {
                faults.push(format!("{path}:{}: {word}", number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_source_file_exceeds_six_hundred_lines() {
    let long: Vec<String> = library_sources()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > 600)
        .map(|(path, text)| format!("{path}: {}", text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}
