use super::*;

fn tree(text: &str) -> Yaml {
    parse_yaml("x", text.as_bytes(), &Limits::default())
}

#[test]
fn scalars_stay_text_with_exact_places() {
    let text = "a: no\nb: 1.0 # c\nc: \"q\" \nd: 'it''s'\ne: x\n  y\nf: |\n  raid\ng: 2013-09-12\né: ü\n";
    let yaml = tree(text);
    assert!(yaml.diagnostics.is_empty(), "{:?}", yaml.diagnostics);
    let read = |key: &str| match &yaml.root.get(key).expect("key").kind {
        NodeKind::Scalar(scalar) => (scalar.text.as_str(), scalar.exact.map(|span| yaml.source.slice(span))),
        other => panic!("{other:?}"),
    };
    assert_eq!(read("a"), ("no", Some("no")));
    assert_eq!(read("b"), ("1.0", Some("1.0")));
    assert_eq!(read("c"), ("q", Some("q")));
    assert_eq!(read("d"), ("it's", None));
    assert_eq!(read("e"), ("x y", None));
    assert_eq!(read("f"), ("raid\n", Some("raid\n")));
    assert_eq!(read("g"), ("2013-09-12", Some("2013-09-12")));
    assert_eq!(read("é"), ("ü", Some("ü")));
}

#[test]
fn spans_cover_what_was_read() {
    let yaml = tree("a: [x, {b: c}]  # z\nd:\n  - e: f\n    g:\nh: ~\n");
    let slice = |key: &str| yaml.source.slice(yaml.root.get(key).expect("key").span);
    assert_eq!(slice("a"), "[x, {b: c}]");
    assert_eq!(slice("d"), "- e: f\n    g");
    assert_eq!(slice("h"), "~");
    assert_eq!(yaml.root.get("h").and_then(Node::word), Some("~"));
    assert_eq!(yaml.root.size(), 16);
    assert_eq!(yaml.root.depth(), 3);
}

#[test]
fn aliases_copy_and_keep_the_place_of_their_anchor() {
    let yaml = tree("a: &x [b, c]\nd: *x\n");
    assert!(yaml.diagnostics.is_empty(), "{:?}", yaml.diagnostics);
    assert_eq!(yaml.root.get("a"), yaml.root.get("d"));
}

#[test]
fn json_is_read_too() {
    let yaml = tree("{\n\t\"a\": [1, \"\\u00e9\"],\r\n\t\"b\":{\"c\":null}}");
    assert!(yaml.diagnostics.is_empty(), "{:?}", yaml.diagnostics);
    assert_eq!(yaml.root.get("b").and_then(|b| b.get("c")).and_then(Node::word), Some("null"));
}

#[test]
fn reading_goes_on_behind_syntax_errors() {
    let yaml = tree("a: 'x' y\nb: {c: d [e], f: g}\nh: [i\nj: k\n");
    let codes: Vec<_> = yaml.diagnostics.iter().map(|d| d.code.0).collect();
    assert_eq!(codes, ["S009", "S009", "S008"]);
    assert_eq!(yaml.root.get("b").and_then(|b| b.get("f")).and_then(Node::word), Some("g"));
    assert_eq!(yaml.root.get("j").and_then(Node::word), Some("k"));
    assert_eq!(yaml.root.get("a").map(|a| &a.kind), Some(&NodeKind::Broken));
    assert!(!yaml.root.complete);
}
