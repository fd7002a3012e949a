//! The pages of `docs/codes`: every code has one, and its examples do what it says.
//!
//! A page has a heading, its severity, prose, and the sections `Fails` and `Repaired`
//! with a whole file each; under `Fails` stands what is raised. Comments before an
//! example say what a page cannot show:
//!
//! - `<!-- replace "§" by bytes FF 00 -->`: bytes that are no text;
//! - `<!-- replace "§" by 1001 times "- talks\n" -->`: long files;
//! - `<!-- write as UTF-16 -->`: another encoding;
//! - `<!-- source "memo.txt" reads "…" -->`, `<!-- source "memo.txt" is missing -->`:
//!   what stands beside the file;
//! - `<!-- also S401 -->`: another code that the example raises too.
//!
//! A line `---` in an example about a negotiation parts the domain from a profile.
//!
//! With `DETENTE_UPDATE=1` the messages and the index are written instead of compared.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use detente_base::{Diagnostic, SourceText};
use detente_scenario::codes::{self, CodeInfo};
use detente_scenario::genius::{parse_domain, parse_profile};
use detente_scenario::negotiation_files::{NegotiationFile, load_negotiation};
use detente_scenario::{SourceContent, check_locators, load, load_gmcr};

/// Ranges of codes as the index groups them.
const GROUPS: &[(&str, &str, &str)] = &[
    ("S001", "S029", "Text and YAML"),
    ("S030", "S099", "Shape of a scenario"),
    ("S101", "S199", "Expressions"),
    ("S201", "S299", "Meaning"),
    ("S301", "S399", "Plausibility"),
    ("S401", "S499", "Evidence"),
    ("G001", "G029", "GMCR+ files"),
    ("G030", "G049", "Negotiations of GENIUS"),
    ("G050", "G099", "Negotiations of other programs"),
];

/// Example that a page shows.
#[derive(Default)]
struct Example {
    language: String,
    text: String,
    directives: Vec<Directive>,
}

enum Directive {
    Bytes(String, Vec<u8>),
    Times(String, usize, String),
    Utf16,
    Source(String, SourceContent),
    Also(String),
}

struct Page {
    title: String,
    severity: String,
    prose: String,
    fails: Example,
    message: String,
    repaired: Example,
}

/// What reading an example yields.
struct Outcome {
    whole: bool,
    /// Code and line of each diagnostic, in order.
    raised: Vec<(String, String)>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes")
}

fn updating() -> bool {
    std::env::var_os("DETENTE_UPDATE").is_some_and(|value| value == "1")
}

fn read_page(code: &str) -> Option<String> {
    std::fs::read_to_string(folder().join(format!("{code}.md"))).ok()
}

/// Reads a page; the error says what its form lacks.
fn parse_page(code: &str, text: &str) -> Result<Page, String> {
    let (head, rest) = text.split_once("\n## Fails\n").ok_or("no section `## Fails`")?;
    let (fails, repaired) = rest.split_once("\n## Repaired\n").ok_or("no section `## Repaired`")?;
    let mut lines = head.lines();
    let title = lines.next().and_then(|line| line.strip_prefix(&format!("# {code}: "))).ok_or("no heading")?;
    let severity = lines.next().and_then(|line| line.strip_prefix("Severity: ")).ok_or("no severity")?;
    let prose = lines.collect::<Vec<_>>().join("\n").trim().to_owned();
    let mut fences = fences(fails)?.into_iter();
    let (Some((language, example)), Some((_, message)), None) = (fences.next(), fences.next(), fences.next()) else {
        return Err("`Fails` needs an example and a message".into());
    };
    let fails = Example { language, text: example, directives: directives(fails)? };
    let [(language, example)] = <[_; 1]>::try_from(self::fences(repaired)?)
        .map_err(|found| format!("`Repaired` has {} examples", found.len()))?;
    let repaired = Example { language, text: example, directives: directives(repaired)? };
    Ok(Page {
        title: title.to_owned(),
        severity: severity.to_owned(),
        prose,
        fails,
        message: message.trim_end().to_owned(),
        repaired,
    })
}

/// Fenced blocks: language and text.
fn fences(section: &str) -> Result<Vec<(String, String)>, String> {
    let mut found = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in section.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => open = Some((language.to_owned(), String::new())),
            (Some(_), Some("")) => found.extend(open.take()),
            (Some((_, text)), _) => text.extend([line, "\n"]),
            (None, None) => {}
        }
    }
    if open.is_some() { Err("a fence is not closed".into()) } else { Ok(found) }
}

/// Comments of a section.
fn directives(section: &str) -> Result<Vec<Directive>, String> {
    let comments = section.lines().filter_map(|line| line.strip_prefix("<!-- ")?.strip_suffix(" -->"));
    comments.map(|comment| directive(comment).ok_or(format!("unknown comment `{comment}`"))).collect()
}

fn directive(comment: &str) -> Option<Directive> {
    if let Some(code) = comment.strip_prefix("also ") {
        return Some(Directive::Also(code.to_owned()));
    }
    if comment == "write as UTF-16" {
        return Some(Directive::Utf16);
    }
    if let Some(rest) = comment.strip_prefix("source ") {
        let (file, rest) = quoted(rest)?;
        if rest == " is missing" {
            return Some(Directive::Source(file, SourceContent::Missing("no such file".into())));
        }
        let (text, "") = quoted(rest.strip_prefix(" reads ")?)? else { return None };
        return Some(Directive::Source(file, SourceContent::Read(text)));
    }
    let (mark, rest) = quoted(comment.strip_prefix("replace ")?)?;
    let rest = rest.strip_prefix(" by ")?;
    if let Some(bytes) = rest.strip_prefix("bytes ") {
        let bytes = bytes.split(' ').map(|byte| u8::from_str_radix(byte, 16).ok()).collect::<Option<_>>()?;
        return Some(Directive::Bytes(mark, bytes));
    }
    let (count, text) = rest.split_once(" times ")?;
    let (text, "") = quoted(text)? else { return None };
    Some(Directive::Times(mark, count.parse().ok()?, text))
}

/// A string in double quotes with the escapes of JSON, and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut strings = serde_json::Deserializer::from_str(text).into_iter::<String>();
    let string = strings.next()?.ok()?;
    let end = strings.byte_offset();
    Some((string, &text[end..]))
}

/// The bytes of the file that an example stands for.
fn bytes_of(example: &Example) -> Vec<u8> {
    let mut text = example.text.clone();
    for directive in &example.directives {
        if let Directive::Times(mark, count, unit) = directive {
            text = text.replace(mark, &unit.repeat(*count));
        }
    }
    let mut bytes = text.into_bytes();
    for directive in &example.directives {
        match directive {
            Directive::Bytes(mark, by) => {
                while let Some(at) = bytes.windows(mark.len()).position(|window| window == mark.as_bytes()) {
                    bytes.splice(at..at + mark.len(), by.iter().copied());
                }
            }
            Directive::Utf16 => {
                let text = String::from_utf8(bytes).expect("text is encoded last");
                bytes = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
            }
            _ => {}
        }
    }
    bytes
}

/// A file of GENIUS is read as a domain and as a profile over it.
fn outcome_of_genius(bytes: &[u8]) -> Outcome {
    let (domain, source, mut diagnostics) = parse_domain("example.xml", bytes);
    let profile = domain.and_then(|domain| {
        let (profile, _, found) = parse_profile("example.xml", bytes, &domain);
        diagnostics.extend(found.into_iter().filter(|new| !diagnostics.contains(new)).collect::<Vec<_>>());
        profile
    });
    Outcome { whole: profile.is_some(), raised: diagnostics.iter().map(|d| line(&source, d)).collect() }
}

/// Files of a negotiation: a domain and a profile, or a profile that holds its domain.
fn outcome_of_talks(text: &str) -> Outcome {
    let parts = text.split("---\n");
    let files: Vec<NegotiationFile<'_>> =
        parts.map(|part| NegotiationFile { name: "example.json", bytes: part.as_bytes() }).collect();
    let loaded = load_negotiation(&files);
    let found = loaded.found.iter().flat_map(|(source, found)| found.iter().map(|d| line(source, d)));
    Outcome { whole: loaded.profiles.iter().any(Option::is_some), raised: found.collect() }
}

/// A file of a game; what is put right is a warning.
fn outcome_of_game(text: &str) -> Outcome {
    let (whole, code, severity, faults) = match detente_game::files::read_efg(text) {
        Ok(read) => (true, "G061", "warning", read.remarks),
        Err(faults) => (false, "G060", "error", faults),
    };
    let told = |fault: &detente_game::files::FileFault| {
        let text = format!("{}:{}: {severity}[{code}]: {}", fault.line, fault.column, fault.message);
        (code.to_owned(), text)
    };
    Outcome { whole, raised: faults.iter().map(told).collect() }
}

fn line(source: &SourceText, diagnostic: &Diagnostic) -> (String, String) {
    let Diagnostic { code, severity, message, span, .. } = diagnostic;
    let (line, column) = source.position(span.start);
    (code.0.to_owned(), format!("{line}:{column}: {severity}[{code}]: {message}"))
}

fn outcome(code: &str, example: &Example) -> Outcome {
    let bytes = bytes_of(example);
    if example.language == "xml" {
        return outcome_of_genius(&bytes);
    }
    if code >= "G060" && code.starts_with('G') {
        return outcome_of_game(&String::from_utf8(bytes).expect("text"));
    }
    if code >= "G050" && code.starts_with('G') {
        return outcome_of_talks(&String::from_utf8(bytes).expect("text"));
    }
    let gmcr = example.language == "json";
    let loaded = if gmcr { load_gmcr("example.gmcr", &bytes) } else { load("example.yaml", &bytes) };
    let mut diagnostics = loaded.diagnostics;
    let sources: BTreeMap<_, _> = (example.directives.iter())
        .filter_map(|directive| match directive {
            Directive::Source(file, content) => Some((file.as_str(), content)),
            _ => None,
        })
        .collect();
    if let Some(situation) = loaded.situation.as_ref().filter(|_| !sources.is_empty()) {
        diagnostics.extend(check_locators(situation, |file| sources[file].clone()));
    }
    Outcome { whole: loaded.situation.is_some(), raised: diagnostics.iter().map(|d| line(&loaded.source, d)).collect() }
}

/// What is raised beyond `expected` and what the example owns up to.
fn surplus(example: &Example, outcome: &Outcome, expected: &str) -> Vec<String> {
    let owned = |code: &str| example.directives.iter().any(|d| matches!(d, Directive::Also(also) if also == code));
    let others = outcome.raised.iter().filter(|(code, _)| code != expected && !owned(code));
    others.map(|(_, line)| line.clone()).take(5).collect()
}

/// Puts what is raised into the second fence of a page.
fn with_message(text: &str, message: &str) -> String {
    let start = text.find("```text\n").expect("parsed before") + "```text\n".len();
    let end = start + text[start..].find("```").expect("parsed before");
    format!("{}{message}\n{}", &text[..start], &text[end..])
}

fn faults_of_page(info: &CodeInfo, faults: &mut Vec<String>) {
    let CodeInfo { code, title, severity } = *info;
    let Some(text) = read_page(code) else { return };
    let page = match parse_page(code, &text) {
        Ok(page) => page,
        Err(fault) => return faults.push(format!("{code}: {fault}")),
    };
    let mut fault = |text: String| faults.push(format!("{code}: {text}"));
    if (page.title.as_str(), page.severity.as_str()) != (title, severity.to_string().as_str()) {
        fault(format!(
            "the page is headed `{}`, {}; the registry says `{title}`, {severity}",
            page.title, page.severity
        ));
    }
    if page.prose.split("\n\n").count() != 2 {
        fault("the page needs two paragraphs: what it means, and why it matters".into());
    }
    let language = match code {
        _ if code.starts_with('S') => "yaml",
        _ if code >= "G060" => "efg",
        _ if !("G030".."G050").contains(&code) => "json",
        _ => "xml",
    };
    if page.fails.language != language {
        fault(format!("the example is in `{}`", page.fails.language));
    }
    let fails = outcome(code, &page.fails);
    let raised: Vec<_> =
        fails.raised.iter().filter(|(found, _)| found == code).map(|(_, line)| line.as_str()).collect();
    let raised = raised.join("\n");
    if raised.is_empty() {
        fault(format!("the example does not raise it, but {:?}", fails.raised));
    } else if raised != page.message && updating() {
        std::fs::write(folder().join(format!("{code}.md")), with_message(&text, &raised)).expect("writable");
    } else if raised != page.message {
        fault(format!("the page says\n{}\nand the example raises\n{raised}", page.message));
    }
    if raised.lines().any(|line| !line.contains(&format!(": {severity}["))) {
        fault(format!("the registry says {severity}, and the example raises\n{raised}"));
    }
    for line in surplus(&page.fails, &fails, code) {
        fault(format!("the example also raises {line}"));
    }
    let repaired = outcome(code, &page.repaired);
    for line in surplus(&page.repaired, &repaired, "") {
        fault(format!("the repaired example raises {line}"));
    }
    if !repaired.whole {
        fault("the repaired example yields no situation".into());
    }
    if bytes_of(&page.fails) == bytes_of(&page.repaired) && page.fails.directives.is_empty() {
        fault("nothing is repaired".into());
    }
}

fn index() -> String {
    let mut text = String::from(
        "# Diagnostic codes\n\n\
         Every message carries a code. Its page says what the message means, why it is raised, and shows a file \
         that raises it next to the same file repaired. An error keeps a file from being analysed; a warning \
         points at something that is probably not meant; a note asks for nothing.\n",
    );
    for (first, last, title) in GROUPS {
        let rows: Vec<_> = codes::all().filter(|info| (*first..=*last).contains(&info.code)).collect();
        let _ = write!(text, "\n## {title}\n\n| code | severity | title |\n|---|---|---|\n");
        for CodeInfo { code, severity, title } in rows {
            let _ = writeln!(text, "| [{code}]({code}.md) | {severity} | {title} |");
        }
    }
    text
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let mut pages: Vec<String> = (std::fs::read_dir(folder()).expect("docs/codes exists"))
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .filter(|name| name != "README.md")
        .collect();
    pages.sort();
    let mut expected: Vec<String> = codes::all().map(|info| format!("{}.md", info.code)).collect();
    expected.sort();
    let lacking: Vec<_> = expected.iter().filter(|name| !pages.contains(name)).collect();
    let surplus: Vec<_> = pages.iter().filter(|name| !expected.contains(name)).collect();
    assert!(lacking.is_empty() && surplus.is_empty(), "lacking {lacking:?}; without a code {surplus:?}");
}

#[test]
fn examples_raise_their_code_and_repaired_ones_raise_nothing() {
    let mut faults = Vec::new();
    for info in codes::all() {
        faults_of_page(info, &mut faults);
    }
    assert!(faults.is_empty(), "{} faults\n\n{}", faults.len(), faults.join("\n\n"));
}

#[test]
fn the_index_lists_every_code() {
    let file = folder().join("README.md");
    let index = index();
    for info in codes::all() {
        assert!(index.contains(&format!("| [{}](", info.code)), "{} is in no group", info.code);
    }
    if updating() {
        std::fs::write(&file, &index).expect("writable");
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(written == index, "docs/codes/README.md differs from the registry; run with DETENTE_UPDATE=1");
}
