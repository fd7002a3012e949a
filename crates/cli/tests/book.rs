//! The book in `docs/book` and the README: every file that they show and every answer
//! that they print is what the program reads and prints today.
//!
//! Each page is run in a folder of its own, which holds the files of
//! `docs/book/examples` and the folder `scenarios`. In it
//!
//! - a block marked `console` runs the lines that start with `$ `; what follows is what
//!   they print, standard output first. The commands are `detente …`, the same written
//!   `cargo run --release -- …`, `cat FILE` and `echo $?`. A line `…` stands for any
//!   lines;
//! - a comment `<!-- edit: FILE: "old" -> "new" -->` changes a file, in one place;
//! - `{{#include …}}` and relative links lead to files that exist;
//! - a whole scenario in a block marked `yaml` passes `detente check`.
//!
//! With `DETENTE_UPDATE=1` answers are written instead of compared. Cuts stay: what is
//! shown runs from the first to the last line shown now. Where a first line is gone the
//! test fails, and the page is to be cut anew by hand.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use detente_base::Severity;
use detente_scenario::{codes, grammar};

/// A line that stands for any lines.
const ANY: &str = "…";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the root of the checkout")
}

fn updating() -> bool {
    std::env::var_os("DETENTE_UPDATE").is_some_and(|value| value == "1")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// Pages that the summary lists, in its order.
fn pages() -> Vec<PathBuf> {
    let source = root().join("docs/book/src");
    let summary = read(&source.join("SUMMARY.md"));
    let found: Vec<PathBuf> = links(&summary).into_iter().map(|link| source.join(link)).collect();
    assert!(!found.is_empty(), "the summary lists no page");
    found
}

/// Targets of the links of a page, without those into the web or the page itself.
fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("](") {
        let rest = &text[at + 2..];
        let target = rest[..rest.find(')').unwrap_or(0)].split('#').next().unwrap_or("");
        if !target.is_empty() && !target.contains("://") {
            found.push(target.to_owned());
        }
    }
    found
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder for tests");
    for entry in fs::read_dir(from).unwrap_or_else(|fault| panic!("{}: {fault}", from.display())) {
        let path = entry.expect("an entry of a folder").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a copy for tests");
        }
    }
}

/// The folder in which the commands of one page run.
struct Scratch {
    folder: PathBuf,
    status: i32,
}

impl Scratch {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("book").join(name);
        let _ = fs::remove_dir_all(&folder);
        copy_folder(&root().join("docs/book/examples"), &folder);
        copy_folder(&root().join("scenarios"), &folder.join("scenarios"));
        Self { folder, status: 0 }
    }

    /// What a command prints, line by line.
    fn run(&mut self, command: &str) -> Vec<String> {
        let words = words(command);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let text = match words.as_slice() {
            ["detente", arguments @ ..] | ["cargo", "run", "--release", "--", arguments @ ..] => {
                self.detente(arguments)
            }
            ["cat", file] => read(&self.folder.join(file)),
            ["echo", "$?"] => self.status.to_string(),
            _ => panic!("`{command}` is no command that a page can run"),
        };
        text.lines().map(|line| line.trim_end().to_owned()).collect()
    }

    fn detente(&mut self, arguments: &[&str]) -> String {
        let done = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args(arguments)
            .current_dir(&self.folder)
            .env_remove("COLUMNS")
            .output()
            .expect("the program starts");
        self.status = done.status.code().expect("no signal");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        text(done.stdout) + &text(done.stderr)
    }

    /// Changes a file as `FILE: "old" -> "new"` says.
    fn edit(&self, what: &str) {
        let parts: Vec<&str> = what.split('"').collect();
        let [file, old, arrow, new, _] = parts[..] else { panic!("an edit reads `FILE: \"old\" -> \"new\"`: {what}") };
        assert_eq!(arrow.trim(), "->", "{what}");
        let path = self.folder.join(file.trim().trim_end_matches(':'));
        let text = read(&path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once in {}", path.display());
        fs::write(path, text.replacen(old, new, 1)).expect("a file for tests");
    }
}

/// Words of a command; quotes keep blanks together.
fn words(command: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for letter in command.chars() {
        match quote {
            Some(mark) if letter == mark => quote = None,
            None if letter == '"' || letter == '\'' => quote = Some(letter),
            None if letter == ' ' => found.push(std::mem::take(&mut word)),
            _ => word.push(letter),
        }
    }
    found.push(word);
    found.retain(|word| !word.is_empty());
    found
}

/// Whether lines are as expected, where `…` stands for any.
fn matches(expected: &[String], lines: &[String]) -> bool {
    refitted(expected, lines).is_some_and(|fitted| fitted == expected)
}

/// The expected lines with what is printed now, cut where they were cut; `None` where
/// the lines around a cut cannot be found.
fn refitted(expected: &[String], lines: &[String]) -> Option<Vec<String>> {
    if !expected.iter().any(|line| line == ANY) {
        return Some(lines.to_vec());
    }
    let pieces: Vec<&[String]> = expected.split(|line| line == ANY).collect();
    let mut fitted = Vec::new();
    let mut at = 0;
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            fitted.push(ANY.to_owned());
        }
        let (Some(first), Some(last)) = (piece.first(), piece.last()) else { continue };
        let whole = (at..lines.len()).find(|start| lines[*start..].starts_with(piece));
        let start = match whole {
            _ if index == 0 => 0,
            Some(start) => start,
            None => at + lines[at..].iter().position(|line| line == first)?,
        };
        let end = if index + 1 == pieces.len() {
            lines.len()
        } else if whole == Some(start) {
            start + piece.len()
        } else {
            let found = lines[start..].iter().skip(1).position(|line| line == last);
            found.map_or((start + piece.len()).min(lines.len()), |more| start + more + 2)
        };
        fitted.extend_from_slice(&lines[start..end]);
        at = end;
    }
    Some(fitted)
}

/// A page after its commands were run.
struct Ran {
    /// As it should read.
    text: String,
    /// Answers that are not as shown.
    faults: Vec<String>,
    /// Whether all of them could be written into the page.
    mended: bool,
}

fn run_page(name: &str, text: &str) -> Ran {
    let mut scratch = Scratch::new(name);
    let mut out = String::new();
    let (mut faults, mut mended) = (Vec::new(), true);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let _ = writeln!(out, "{line}");
        if let Some(edit) = line.trim().strip_prefix("<!-- edit:").and_then(|rest| rest.strip_suffix("-->")) {
            scratch.edit(edit.trim());
        }
        if line.trim() != "```console" {
            continue;
        }
        while let Some(command) = lines.next_if(|line| *line != "```") {
            let _ = writeln!(out, "{command}");
            let Some(command) = command.strip_prefix("$ ") else { panic!("{name}: `{command}` follows no command") };
            let mut expected = Vec::new();
            while let Some(line) = lines.next_if(|line| *line != "```" && !line.starts_with("$ ")) {
                expected.push(line.to_owned());
            }
            let printed = scratch.run(command);
            if !matches(&expected, &printed) {
                faults.push(format!("{name}: `{command}` prints\n{}\n", printed.join("\n")));
            }
            let fitted = refitted(&expected, &printed);
            mended &= fitted.is_some();
            for line in fitted.unwrap_or(expected) {
                let _ = writeln!(out, "{line}");
            }
        }
    }
    Ran { text: out, faults, mended }
}

/// Compares a generated page, or writes it.
fn compare(path: &Path, expected: &str) {
    if updating() {
        fs::write(path, expected).expect("a page");
    } else if fs::read_to_string(path).ok().as_deref() != Some(expected) {
        panic!("{} is out of date; DETENTE_UPDATE=1 writes it", path.display());
    }
}

fn run_pages(pages: &[PathBuf]) {
    let mut faults = Vec::new();
    for path in pages {
        let part = |part: Option<&std::ffi::OsStr>| part.expect("a name").to_string_lossy().to_lowercase();
        // Notes of cases are all called alike.
        let name = format!("{}-{}", part(path.parent().and_then(Path::file_name)), part(path.file_stem()));
        let text = read(path);
        let ran = run_page(&name, &text);
        if updating() && ran.text != text {
            fs::write(path, &ran.text).expect("a page");
        }
        if !updating() || !ran.mended {
            faults.extend(ran.faults);
        }
    }
    assert!(faults.is_empty(), "DETENTE_UPDATE=1 writes what is printed now.\n\n{}", faults.join("\n"));
}

#[test]
fn the_book_prints_what_the_program_prints() {
    run_pages(&pages());
}

#[test]
fn the_readme_prints_what_the_program_prints() {
    run_pages(&[root().join("README.md")]);
}

#[test]
fn the_notes_of_cases_print_what_the_program_prints() {
    let mut notes: Vec<PathBuf> = fs::read_dir(root().join("scenarios"))
        .expect("cases")
        .map(|entry| entry.expect("an entry").path().join("README.md"))
        .filter(|path| path.is_file())
        .collect();
    notes.sort();
    assert!(notes.len() > 10, "notes were found");
    run_pages(&notes);
}

#[test]
fn links_and_includes_lead_to_files() {
    let mut all = pages();
    all.extend(["README.md", "docs/book/src/SUMMARY.md", "docs/glossary.md"].map(|name| root().join(name)));
    for page in &all {
        let text = read(page);
        let includes = text.match_indices("{{#include ").map(|(at, start)| {
            let rest = &text[at + start.len()..];
            rest[..rest.find("}}").expect("an include is closed")].split(':').next().unwrap_or("").trim().to_owned()
        });
        for target in links(&text).into_iter().chain(includes) {
            let path = page.parent().expect("a folder").join(&target);
            assert!(path.exists(), "{}: there is no {target}", page.display());
        }
    }
}

#[test]
fn every_page_is_in_the_summary_and_every_example_on_a_page() {
    let source = root().join("docs/book/src");
    let listed: BTreeSet<PathBuf> = pages().into_iter().collect();
    let names = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
    };
    for page in names(&source).into_iter().filter(|path| path.is_file() && !path.ends_with("SUMMARY.md")) {
        assert!(listed.contains(&page), "the summary does not list {}", page.display());
    }
    let text: String = listed.iter().map(|page| read(page)).collect();
    for example in names(&root().join("docs/book/examples")) {
        let name = example.file_name().expect("a name").to_string_lossy().into_owned();
        assert!(text.contains(&format!("examples/{name}}}}}")), "no page shows {name}");
        assert!(text.lines().any(|line| line.starts_with("$ ") && line.contains(&name)), "no page runs {name}");
    }
}

#[test]
fn whole_scenarios_on_a_page_have_no_faults() {
    for page in pages() {
        let text = read(&page);
        for block in text.split("```yaml\n").skip(1) {
            let block = &block[..block.find("```").expect("a block is closed")];
            if !block.starts_with("detente:") || block.lines().count() < 3 {
                continue;
            }
            let loaded = detente_scenario::load("page.yaml", block.as_bytes());
            let faults: Vec<_> = loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
            assert!(faults.is_empty(), "{}: {faults:?}", page.display());
        }
    }
}

#[test]
fn the_language_reference_is_the_table_of_the_language() {
    let mut page = grammar::reference_markdown();
    page.push_str("## Expressions\n\n");
    page.push_str("Conditions and amounts are written in one small language. ");
    page.push_str("`not` binds tighter than `and`, which binds tighter than `or`. ");
    page.push_str("An expression that YAML would read as something else, such as one that starts with `!` ");
    page.push_str("or holds `: `, goes in quotes.\n\n");
    let source = read(&root().join("crates/scenario/src/expr/mod.rs"));
    for row in source.lines().filter_map(|line| line.strip_prefix("//! |")) {
        let _ = writeln!(page, "|{row}");
    }
    compare(&root().join("docs/book/src/language.md"), &page);
}

#[test]
fn the_page_of_diagnostics_lists_every_code() {
    let mut page = String::from(
        "# Diagnostics

Every message about a file carries a code that stays the same from version to version. An
*error* keeps a file from being analysed. A *warning* points at something that is probably
not meant; `--strict` takes it for an error. A *note* asks for nothing.

A message names the place and what is wrong, and, where it can, what to write instead. One
run reports every fault. `detente codes CODE` says in a line what a code means; the page
behind each code has the reason, a file that raises it, and the same file repaired.

| code | severity | what it is about |
|---|---|---|
",
    );
    for info in codes::all() {
        let severity = match info.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let _ = writeln!(page, "| [{0}](../../codes/{0}.md) | {severity} | {1} |", info.code, info.title);
    }
    compare(&root().join("docs/book/src/diagnostics.md"), &page);
}

#[test]
fn cuts_match_any_lines_and_stay_when_lines_change() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(matches(&lines("a\n…\nd"), &lines("a\nb\nc\nd")));
    assert!(matches(&lines("…\nb\n…"), &lines("a\nb\nc")));
    assert!(!matches(&lines("a\n…\nx"), &lines("a\nb\nc\nd")));
    assert!(!matches(&lines("a\nb"), &lines("a\nb\nc")));
    assert!(!matches(&lines("…\nc\n…\nb\n…"), &lines("a\nb\nc")));
    assert_eq!(refitted(&lines("…\nb\nx\nd\n…"), &lines("a\nb\nc\nd\ne")), Some(lines("…\nb\nc\nd\n…")));
    assert_eq!(refitted(&lines("…\nnowhere\n…"), &lines("a")), None);
}
