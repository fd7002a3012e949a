//! The references and the commands that the README names exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// Calls `visit` for the text of every Rust file in a folder.
fn visit_sources(folder: &Path, visit: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            visit_sources(&path, visit);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            visit(&path, &read(&path));
        }
    }
}

/// Citations in a text: a key in square brackets, letters and then a year.
fn citations(text: &str) -> BTreeSet<&str> {
    let inside = |(at, _): (usize, &str)| {
        let rest = &text[at + 1..];
        let key = rest[..rest.find([']', '\n'])?].split(',').next()?;
        let year = key.len().checked_sub(4).and_then(|split| key.get(split..))?;
        let name = &key[..key.len() - 4];
        let known = name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.chars().all(|c| c.is_ascii_alphabetic())
            && year.chars().all(|c| c.is_ascii_digit());
        known.then_some(key)
    };
    text.match_indices('[').filter_map(inside).collect()
}

fn references() -> BTreeSet<String> {
    let text = read(&root().join("docs/references.bib"));
    let keys = text.lines().filter(|line| line.starts_with('@'));
    keys.map(|line| line.split_once('{').expect("an entry").1.trim_end_matches(',').to_owned()).collect()
}

#[test]
fn every_citation_has_a_reference() {
    let known = references();
    let mut cited = BTreeSet::new();
    let mut check = |path: &Path, text: &str| {
        for key in citations(text) {
            assert!(known.contains(key), "{}: references.bib has no {key}", path.display());
            cited.insert(key.to_owned());
        }
    };
    for entry in fs::read_dir(root().join("crates")).expect("the crates") {
        visit_sources(&entry.expect("an entry").path().join("src"), &mut check);
    }
    let glossary = root().join("docs/glossary.md");
    check(&glossary, &read(&glossary));
    let unused: Vec<_> = known.difference(&cited).collect();
    assert!(unused.is_empty(), "nothing cites {unused:?}");
}

#[test]
fn citations_are_found() {
    let text = "`[Nash1951]`; `[FangHipelKilgour1993, Def. 3.2]`; [x](y), [1993], `a[Ab12]`";
    assert_eq!(citations(text).into_iter().collect::<Vec<_>>(), ["FangHipelKilgour1993", "Nash1951"]);
}

#[test]
fn the_readme_lists_every_command() {
    let readme = read(&root().join("README.md"));
    let help = Command::new(env!("CARGO_BIN_EXE_detente")).arg("--help").output().expect("the program starts").stdout;
    let help = String::from_utf8(help).expect("UTF-8");
    let commands = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let mut count = 0;
    // A line that is set in deeper goes on with the description above it.
    for line in commands.take_while(|line| line.starts_with("  ")).filter(|line| !line.starts_with("   ")) {
        let name = line.split_whitespace().next().expect("a name");
        assert!(name == "help" || readme.contains(&format!("| `detente {name}")), "the README does not list {name}");
        count += 1;
    }
    assert!(count > 5, "{help}");
}

#[test]
fn the_readme_names_the_two_commands() {
    let readme = read(&root().join("README.md"));
    for command in ["cargo run --release -- analyze scenarios/syria-2013/scenario.yaml", "bash ci/test.sh"] {
        assert!(readme.lines().any(|line| line.starts_with(command)), "the README does not name `{command}`");
    }
}

#[test]
fn the_glossary_names_code_that_exists() {
    let mut words = BTreeSet::new();
    for entry in fs::read_dir(root().join("crates")).expect("the crates") {
        visit_sources(&entry.expect("an entry").path().join("src"), &mut |_, text| {
            let separate = |c: char| !c.is_ascii_alphanumeric() && c != '_';
            words.extend(text.split(separate).map(str::to_owned));
        });
    }
    let glossary = read(&root().join("docs/glossary.md"));
    for row in glossary.lines().filter(|line| line.starts_with("| ") && line.contains("::")) {
        let code = row.trim_end_matches('|').rsplit('|').next().expect("a last column");
        for name in code.split('`').filter(|part| part.contains("::")).flat_map(|path| path.split("::")) {
            assert!(words.contains(name), "there is no {name}: {row}");
        }
    }
}
