//! The schema and the checker of shapes agree on every document tried.

use serde_json::{Map as JsonMap, Number, Value};

use super::scenario_schema;
use crate::grammar::{SCENARIO, check_shape, core_number};
use crate::yaml::{Limits, Node, NodeKind, Scalar, Style, parse_yaml};
use detente_base::{SourceText, Span};

const EVERYTHING: &str = include_str!("../../tests/front_language.yaml");

/// What an editor's YAML 1.2 reader makes of a tree.
fn json_from_node(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null { .. } | NodeKind::Broken => Value::Null,
        NodeKind::Scalar(scalar) => json_from_scalar(scalar),
        NodeKind::Sequence { items, .. } => items.iter().map(json_from_node).collect(),
        NodeKind::Mapping { entries, .. } => {
            let entry = |(key, value): &(Node, Node)| (key.word().unwrap_or("").to_owned(), json_from_node(value));
            Value::Object(entries.iter().map(entry).collect::<JsonMap<_, _>>())
        }
    }
}

fn json_from_scalar(scalar: &Scalar) -> Value {
    let text = scalar.text.as_str();
    if scalar.style != Style::Plain {
        return Value::from(text);
    }
    match text {
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => match (text.parse::<i64>(), core_number(text)) {
            (Ok(whole), Some(_)) => Value::from(whole),
            (_, Some(float)) => Number::from_f64(float).map_or_else(|| Value::from(text), Value::Number),
            _ => Value::from(text),
        },
    }
}

struct Judge {
    schemas: boon::Schemas,
    index: boon::SchemaIndex,
}

impl Judge {
    fn new() -> Self {
        let mut schemas = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        compiler.add_resource("scenario.json", scenario_schema()).expect("the schema is JSON");
        let index = compiler.compile("scenario.json", &mut schemas).expect("the schema is a schema");
        Self { schemas, index }
    }

    /// Asserts that both judge alike, and gives the judgement.
    fn accepts(&self, root: &Node, source: &SourceText) -> bool {
        let faults = check_shape(&SCENARIO, root, source);
        let json = json_from_node(root);
        let verdict = self.schemas.validate(&json, self.index);
        assert_eq!(
            verdict.is_ok(),
            faults.is_empty(),
            "schema: {:?}\nshape: {:?}\n{}",
            verdict.err().map(|error| error.to_string()),
            faults.first().map(|fault| &fault.message),
            serde_json::to_string(&json).unwrap_or_default(),
        );
        faults.is_empty()
    }

    fn accepts_text(&self, text: &str) -> bool {
        let yaml = parse_yaml("x", text.as_bytes(), &Limits::default());
        assert!(yaml.diagnostics.is_empty(), "{text}: {:?}", yaml.diagnostics);
        self.accepts(&yaml.root, &yaml.source)
    }
}

#[test]
fn a_corpus_by_hand_is_judged_alike() {
    let judge = Judge::new();
    assert!(judge.accepts_text(EVERYTHING));
    let head = "detente: 1\ntitle: t\nparties: {a: A}\n";
    let good = [
        "issues: {a: {values: [no, yes, true, 3, 0x1F, 1e3]}}",
        "issues: {a: {set_by: true}, b: , c: {}}",
        "claims:\nsources:\nissues:\npreferences:\nconstraints:\nstatus_quo:\n",
        "status_quo: {a: no, b: 1.5, because: 2013}",
        "claims: {c: {says: 3}}",
        "disagreement: {a: b}",
        "preferences: {a: {worth: , priority: }}",
        "about: null-ish",
        "protocols:",
        "protocols: {a: {kind: unanimity, between: [a, b], patience: {a: 0.9, b: {low: 0.1, high: 0.2}}}}",
    ];
    for text in good {
        let accepted = judge.accepts_text(&format!("{head}{text}"));
        assert_eq!(accepted, !text.contains("worth: , priority"), "{text}");
    }
    let bad = [
        "bodies: {}",
        "protocols: {a: {}}",
        "protocols: {a: {kind: haggling}}",
        "protocols: {a: {kind: coase, proposer: a, informed: a, patience: 0.9, rounds: 3}}",
        "protocols: {a: {kind: unanimity, between: [a, b], patience: {}}}",
        "protocols: {a: {kind: alternating-offers, between: [a, b]}}",
        "protocols: {a: [coase]}",
        "titel: x",
        "about:",
        "about: ''",
        "about: [a]",
        "parties2: {}",
        "issues: {a-b: {}}",
        "issues: {a: {values: []}}",
        "issues: {a: {values: [a b]}}",
        "issues: {a: {values: [a], scale: [b]}}",
        "issues: {a: {moves: sideways}}",
        "issues: {a: {step: 1}}",
        "status_quo: {a: }",
        "status_quo: {because: }",
        "constraints: [{}]",
        "constraints: [{never: a, always: b}]",
        "constraints: [{if: a}]",
        "parameters: {x: {value: 1, low: 2, high: 3}}",
        "parameters: {x: {likely: 2}}",
        "preferences: {a: {ranking: [a, {better: b, worse: c}]}}",
        "preferences: {a: {ranking: [{same: [a]}]}}",
        "preferences: {a: {ranking: [{better: b}]}}",
        "preferences: {a: {ranking: []}}",
        "preferences: {a: }",
        "preferences: {a: {worth: [{when: a}]}}",
        "disagreement: statusquo",
        "claims: {c: {says: x, rivals: [1.5]}}",
        "claims: {c: {says: x, rivals: []}}",
    ];
    for text in bad {
        assert!(!judge.accepts_text(&format!("{head}{text}")), "{text}");
    }
    for text in
        ["[a]", "text", "detente: 2\ntitle: t\nparties: {a: A}", "detente: 1\ntitle: t\nparties: {}", "title: t"]
    {
        assert!(!judge.accepts_text(text), "{text}");
    }
    for version in ["1", "'1'", "1.0", "0x1"] {
        assert!(judge.accepts_text(&format!("detente: {version}\ntitle: t\nparties: {{a: A}}")), "{version}");
    }
}

/// PCG-32.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        let old = self.0;
        self.0 = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let shifted = (((old >> 18) ^ old) >> 27) as u32;
        (shifted.rotate_right((old >> 59) as u32) as usize) % bound
    }
}

fn scalar(text: &str, style: Style) -> Node {
    Node {
        kind: NodeKind::Scalar(Scalar { text: text.to_owned(), style, exact: None }),
        span: Span::default(),
        complete: true,
    }
}

fn some_node(random: &mut Random, names: &[String]) -> Node {
    const WORDS: &[&str] = &[
        "",
        " ",
        "a",
        "no",
        "true",
        "3",
        "-1",
        "1.5",
        "1e3",
        "1e-3",
        ".inf",
        "0o7",
        "+5",
        "a-b",
        "-a",
        "a b",
        "3a",
        "status_quo",
        "free",
        "é",
        "~x",
        "1.",
        ".",
        "0x",
    ];
    let node = |kind| Node { kind, span: Span::default(), complete: true };
    match random.below(8) {
        0 => Node { kind: NodeKind::Null { word: String::new() }, span: Span::default(), complete: true },
        1 => node(NodeKind::Sequence { items: Vec::new(), flow: false }),
        2 => {
            let items = (0..=random.below(2)).map(|_| some_node(random, names)).collect();
            node(NodeKind::Sequence { items, flow: random.below(2) == 0 })
        }
        3 => node(NodeKind::Mapping { entries: Vec::new(), flow: false }),
        4 => {
            let key = scalar(&names[random.below(names.len())], Style::Plain);
            node(NodeKind::Mapping { entries: vec![(key, some_node(random, names))], flow: random.below(2) == 0 })
        }
        5 => scalar(WORDS[random.below(WORDS.len())], Style::Quoted),
        _ => {
            let word = WORDS[2 + random.below(WORDS.len() - 2)];
            // Infinity has no place in JSON.
            scalar(if word == ".inf" { "inf" } else { word }, Style::Plain)
        }
    }
}

fn mutate(node: &mut Node, random: &mut Random, names: &[String]) {
    match &mut node.kind {
        NodeKind::Mapping { entries, .. } if !entries.is_empty() && random.below(6) != 0 => {
            let i = random.below(entries.len());
            match random.below(8) {
                0 => {
                    entries.remove(i);
                }
                1 => {
                    let name = &names[random.below(names.len())];
                    if !entries.iter().any(|(key, _)| key.word() == Some(name)) {
                        entries[i].0 = scalar(name, Style::Plain);
                    }
                }
                2 => {
                    let name = &names[random.below(names.len())];
                    if !entries.iter().any(|(key, _)| key.word() == Some(name)) {
                        let value = some_node(random, names);
                        entries.push((scalar(name, Style::Plain), value));
                    }
                }
                _ => mutate(&mut entries[i].1, random, names),
            }
        }
        NodeKind::Sequence { items, .. } if !items.is_empty() && random.below(6) != 0 => {
            let i = random.below(items.len());
            match random.below(6) {
                0 => {
                    items.remove(i);
                }
                1 => items.push(some_node(random, names)),
                2 => {
                    let copy = items[random.below(items.len())].clone();
                    items.push(copy);
                }
                _ => mutate(&mut items[i], random, names),
            }
        }
        _ => *node = some_node(random, names),
    }
}

fn all_keys(node: &Node, keys: &mut std::collections::BTreeSet<String>) {
    match &node.kind {
        NodeKind::Mapping { entries, .. } => {
            for (key, value) in entries {
                keys.extend(key.word().map(ToOwned::to_owned));
                all_keys(value, keys);
            }
        }
        NodeKind::Sequence { items, .. } => items.iter().for_each(|item| all_keys(item, keys)),
        _ => {}
    }
}

#[test]
fn mutated_documents_are_judged_alike() {
    let judge = Judge::new();
    let yaml = parse_yaml("x", EVERYTHING.as_bytes(), &Limits::default());
    let mut names = std::collections::BTreeSet::new();
    all_keys(&yaml.root, &mut names);
    names.extend(["x-y", "bodies", "b) > 1", "1.5", "é"].map(ToOwned::to_owned));
    let names: Vec<_> = names.into_iter().collect();
    let mut random = Random(0xD37E_473E);
    let mut accepted = 0;
    for _ in 0..6000 {
        let mut root = yaml.root.clone();
        for _ in 0..=random.below(3) {
            mutate(&mut root, &mut random, &names);
        }
        accepted += usize::from(judge.accepts(&root, &yaml.source));
    }
    assert!((300..5700).contains(&accepted), "{accepted} of 6000 accepted: the mutations are too wild or too tame");
}

#[test]
fn every_shipped_scenario_fits_the_schema() {
    let judge = Judge::new();
    let mut open = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")];
    let mut seen = 0;
    while let Some(folder) = open.pop() {
        for file in std::fs::read_dir(folder).expect("the worked cases are there") {
            let path = file.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "yaml") {
                let text = std::fs::read_to_string(&path).expect("a readable file");
                assert!(judge.accepts_text(&text), "{}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen >= 20, "{seen} files");
}
