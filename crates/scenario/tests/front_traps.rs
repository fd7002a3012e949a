//! Traps of YAML and slips of authors: each gives its diagnostic or the right reading.

use detente_base::Severity;
use detente_scenario::{Parsed, parse_scenario};

const HEAD: &str = "detente: 1\ntitle: t\nparties: {a: A}\n";

fn parse(text: impl AsRef<[u8]>) -> Parsed {
    let parsed = parse_scenario("x.yaml", text.as_ref());
    for diagnostic in &parsed.diagnostics {
        let places = [diagnostic.span].into_iter().chain(diagnostic.labels.iter().map(|label| label.span));
        for span in places {
            assert!(span.start <= span.end && span.end <= parsed.source.text().len(), "{diagnostic:?}");
        }
        assert!(!diagnostic.message.contains('\n'), "{diagnostic:?}");
    }
    parsed
}

/// Codes in order of place.
fn codes(text: impl AsRef<[u8]>) -> Vec<&'static str> {
    parse(text).diagnostics.iter().map(|diagnostic| diagnostic.code.0).collect()
}

/// The only diagnostic: code, text under it, replacement.
fn only(text: &str) -> (&'static str, String, Option<String>) {
    let parsed = parse(format!("{HEAD}{text}"));
    assert_eq!(parsed.diagnostics.len(), 1, "{text}: {:?}", parsed.diagnostics);
    let diagnostic = &parsed.diagnostics[0];
    (diagnostic.code.0, parsed.source.slice(diagnostic.span).to_owned(), diagnostic.replacement.clone())
}

fn expect(text: &str, code: &str, under: &str, replacement: Option<&str>) {
    assert_eq!(only(text), (only(text).0, under.to_owned(), replacement.map(ToOwned::to_owned)), "{text}");
    assert_eq!(only(text).0, code, "{text}");
}

/// Applies every replacement, last first.
fn repaired(text: &str) -> String {
    let parsed = parse(text);
    let mut text = parsed.source.text().to_owned();
    for diagnostic in parsed.diagnostics.iter().rev() {
        if let Some(replacement) = &diagnostic.replacement {
            text.replace_range(diagnostic.span.start..diagnostic.span.end, replacement);
        }
    }
    text
}

#[test]
fn encodings() {
    assert_eq!(codes(format!("\u{feff}{HEAD}")), [""; 0], "a byte order mark is fine");
    let parsed = parse(format!("\u{feff}{HEAD}foo: 1\n"));
    assert_eq!(parsed.source.position(parsed.diagnostics[0].span.start), (4, 1));
    let bytes = [HEAD.as_bytes(), b"about: a\xffb\xc3\n"].concat();
    let parsed = parse(&bytes);
    assert_eq!(parsed.diagnostics[0].code.0, "S001");
    assert_eq!(parsed.source.position(parsed.diagnostics[0].span.start), (4, 9));
    for little in [true, false] {
        let unit = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        let bytes: Vec<u8> = HEAD.encode_utf16().flat_map(unit).collect();
        assert_eq!(codes(&bytes), ["S002"]);
        let mark = unit(0xFEFF);
        assert_eq!(codes([&mark, bytes.as_slice()].concat()), ["S002"]);
    }
    assert_eq!(codes(b"\xff\xfe\0\0a\0\0\0"), ["S002"]);
    expect("about: a\u{0}b\n", "S004", " ", Some(""));
    assert_eq!(codes(vec![b' '; (16 << 20) + 1]), ["S003"]);
}

#[test]
fn line_ends() {
    let crlf = format!("{HEAD}about: |\n  x\n  y\noutcomes:\n  x: |\n    raid\nfoo: 1\n").replace('\n', "\r\n");
    let parsed = parse(&crlf);
    assert_eq!(parsed.source.position(parsed.diagnostics[0].span.start), (10, 1));
    assert_eq!(parsed.scenario.outcomes[0].when.value, "raid\n");
    let parsed = parse(HEAD.replace('\n', "\r") + "foo: 1\r");
    assert_eq!(parsed.source.position(parsed.diagnostics[0].span.start), (4, 1), "lone carriage returns end lines");
}

#[test]
fn empty_files() {
    for text in ["", "\n\n", "# only a comment\n", "---\n", "~", "\u{feff}", " \t"] {
        assert_eq!(codes(text), ["S005"], "{text:?}");
    }
}

#[test]
fn words_stay_words() {
    let text = "issues: {a: {values: [no, yes, on, off, true, 3, 1.0, 010]}}\nstatus_quo: {a: no}\nabout: 2013-09-12\n";
    let parsed = parse(format!("{HEAD}{text}"));
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let values = parsed.scenario.issues[0].values.as_ref().expect("values");
    let words: Vec<_> = values.iter().map(|value| value.id.value.as_str()).collect();
    assert_eq!(words, ["no", "yes", "on", "off", "true", "3", "1.0", "010"]);
    assert_eq!(parsed.scenario.about.expect("about").value, "2013-09-12");
}

#[test]
fn tags_anchors_and_aliases_by_accident() {
    expect("outcomes: {x: !raid}\n", "S017", "!raid", Some("\"!raid\""));
    expect("constraints:\n  - never: !raid & b == c\n", "S017", "!raid & b == c", Some("\"!raid & b == c\""));
    expect("outcomes: {x: !!str raid}\n", "S017", "!!str", Some(""));
    expect("outcomes: {x: !(a)}\n", "S017", "!(a)", Some("\"!(a)\""));
    expect("constraints:\n  - never: & b\n", "S019", "& b", Some("\"& b\""));
    expect("constraints:\n  - never: *b\n", "S012", "*b", Some("\"*b\""));
    assert!(codes(format!("{HEAD}outcomes: {{x: &b raid}}\n")).contains(&"S018"));
    assert!(codes(format!("{HEAD}issues: !x\n  a: {{}}\n")).contains(&"S017"));
    let parsed = parse(format!("{HEAD}outcomes: {{x: !raid}}\n"));
    assert!(parsed.diagnostics[0].help.as_deref().is_some_and(|help| help.contains("not raid")));
    assert_eq!(parsed.scenario.outcomes[0].when.value, "!raid", "what was meant is read");
}

#[test]
fn unquoted_expressions() {
    expect("outcomes: {x: a in [b, c], y: d}\n", "S009", "a in [b, c]", Some("\"a in [b, c]\""));
    expect(
        "outcomes: {x: {when: min(a, b, c) == 2, name: n}}\n",
        "S042",
        "min(a, b, c) == 2",
        Some("\"min(a, b, c) == 2\""),
    );
    expect("outcomes: {x: min(a, b) > 1}\n", "S042", "min(a, b) > 1", Some("\"min(a, b) > 1\""));
    expect("outcomes:\n  x: @a\n", "S009", "@a", Some("\"@a\""));
    expect("outcomes:\n  x: 'a' & b\n", "S009", "&", None);
    expect("outcomes:\n  x: a: b\n", "S009", ":", None);
    let text = format!("{HEAD}outcomes: {{x: a in [b, c], y: min(a, b) > 1, z: !raid}}\n");
    assert_eq!(codes(&text), ["S009", "S042", "S017"]);
    assert_eq!(codes(repaired(&text)), [""; 0], "{}", repaired(&text));
    assert_eq!(codes(format!("{HEAD}outcomes:\n  x: a in [b, c]\n")), [""; 0], "outside brackets all is well");
}

#[test]
fn quotes_and_brackets() {
    expect("about: \"abc\nissues: {a: {}}\n", "S007", "\"", None);
    expect("about: 'abc\nissues: {a: {}}\n", "S007", "'", None);
    expect("issues: {a: {values: [x, y}, set_by: a}\noutcomes: {x: y}\n", "S008", "[", None);
    expect("issues:\n  a: {values: [x, y]\n  b: {set_by: a}\noutcomes: {x: y}\n", "S008", "{", None);
    expect("issues: {a: {values: [x, y]]}}\n", "S008", "{", None);
    expect("issues:\n  a: {values: [x, y]}}\n", "S008", "}", None);
    let parsed = parse(format!("{HEAD}issues: {{a: {{values: [x\noutcomes: {{x: y}}\n"));
    assert_eq!(parsed.scenario.outcomes.len(), 1, "reading goes on at the next section");
}

#[test]
fn tabs() {
    let parsed = parse(format!("{HEAD}issues:\n\ta: {{set_by: a}}\nconstraints:\n\t- nevr: x\n"));
    let codes: Vec<_> = parsed.diagnostics.iter().map(|d| d.code.0).collect();
    assert_eq!(codes, ["S006", "S030"]);
    assert_eq!(parsed.scenario.issues.len(), 1);
}

#[test]
fn keys() {
    let parsed = parse(format!("{HEAD}title: again\n"));
    assert_eq!(parsed.diagnostics[0].code.0, "S013");
    assert_eq!(parsed.diagnostics[0].labels.len(), 1);
    assert_eq!(parsed.scenario.title.expect("title").value, "t", "the first stays");
    expect("issues: {a: {}, 'a': {}}\n", "S013", "'a'", None);
    expect("issues:\n  <<: {b: {}}\n", "S015", "<<", None);
    expect("? [x]\n: 3\n", "S014", "[x]", None);
    expect("issues:\n  : {}\n", "S014", "", None);
}

#[test]
fn documents_depth_and_aliases() {
    expect("---\nfoo: 1\n", "S016", "---", None);
    assert_eq!(codes(format!("---\n{HEAD}...\n")), [""; 0]);
    assert!(codes("[".repeat(100_000)).contains(&"S010"));
    assert!(codes("- ".repeat(100_000)).contains(&"S010"));
    assert!(codes("{a: ".repeat(100_000)).contains(&"S010"));
    let bomb = (1..20).fold("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned(), |text, i| {
        let row = vec![format!("*a{}", i - 1); 10].join(", ");
        text + &format!("a{i}: &a{i} [{row}]\n")
    });
    assert!(codes(bomb).contains(&"S011"));
    let chain = (1..200).fold("a0: &a0 [x]\n".to_owned(), |text, i| text + &format!("a{i}: &a{i} [*a{}]\n", i - 1));
    assert!(codes(chain).contains(&"S010"));
    assert!(codes(format!("{HEAD}issues: &i {{a: *i}}\n")).contains(&"S012"));
    assert!(codes(format!("a: [{}]", "a,".repeat(1_100_000))).contains(&"S011"));
}

#[test]
fn shapes_are_reported_all_at_once() {
    let text = "detente: 2\ntitel: x\nplayers: {a: A}\nbodies: {}\n\
        issues: {b-c: {}, d: {values: [1], scale: [a]}, e: {moves: forwards}, f: {step: 1}, g: text}\n\
        constraints: {never: x}\nsources: {x: {title: ' '}, y: {}}\n\
        preferences: {a: {worth: [{when: a}], priority: [a]}, b: {ranking: [a, {better: b, worse: c}]}, c: {ranking: []}}\n\
        disagreement: statusquo\nclaims: {c: {says: }}\nparameters: {x: {low: 1}}\n";
    let expected = [
        "S037", "S030", "S030", "S031", "S035", "S038", "S036", "S039", "S033", "S033", "S034", "S032", "S032", "S038",
        "S041", "S040", "S036", "S034", "S039",
    ];
    assert_eq!(codes(text), expected);
    assert_eq!(codes("[a]"), ["S033"]);
    let repaired =
        repaired("detente: 2\ntitel: x\nplayers: {a: A}\nissues: {a: {moves: forwards}}\ndisagreement: statusquo\n");
    assert_eq!(codes(&repaired), [""; 0], "{repaired}");
}

#[test]
fn a_file_with_every_construct_is_read_whole() {
    let parsed = parse(include_bytes!("front_language.yaml"));
    assert!(parsed.diagnostics.iter().all(|d| d.severity == Severity::Note), "{:?}", parsed.diagnostics);
    let scenario = &parsed.scenario;
    let counts = [
        scenario.parties.len(),
        scenario.sources.len(),
        scenario.claims.len(),
        scenario.parameters.len(),
        scenario.issues.len(),
        scenario.outcomes.len(),
        scenario.constraints.len(),
        scenario.preferences.len(),
    ];
    assert_eq!(counts, [4, 2, 2, 4, 9, 2, 3, 4]);
    assert_eq!(scenario.status_quo.as_ref().map(|quo| (quo.entries.len(), quo.because.len())), Some((4, 1)));
    let when = &scenario.issues[7].moves;
    assert!(matches!(when, Some(detente_scenario::ast::MovesItem::Rules(rules)) if rules[0].to.len() == 2));
}
