//! The table as Markdown for readers.

use std::fmt::Write as _;

use super::{ByKind, Field, LANGUAGE_VERSION, Map, Mapping, Record, Rule, SCENARIO, Shape, words};

/// Reference of the language: every section and field with meaning, kind, default and
/// example.
pub fn reference_markdown() -> String {
    let mut out = format!("# Scenario language, version {LANGUAGE_VERSION}\n\n");
    let mut queue = vec![&SCENARIO];
    let mut next = 0;
    while let Some(record) = queue.get(next).copied() {
        next += 1;
        for field in record.fields {
            for inner in records_in(&field.shape) {
                if !queue.iter().any(|known| known.name == inner.name) {
                    queue.push(inner);
                }
            }
        }
        write_record(&mut out, record);
    }
    out
}

fn write_record(out: &mut String, record: &Record) {
    let title: String =
        record.noun.trim_start_matches("a ").trim_start_matches("an ").trim_start_matches("the ").to_owned();
    let mut letters = title.chars();
    let title =
        letters.next().map_or(String::new(), |first| first.to_uppercase().collect::<String>() + letters.as_str());
    // Writing to a string cannot fail.
    let _ = writeln!(out, "## {title}\n\n{}\n", record.doc);
    if record.may_be_empty {
        out.push_str("It may be left empty.\n\n");
    }
    for rule in record.rules {
        let _ = match rule {
            Rule::OneOf(names) => writeln!(out, "- Exactly one of {} is given.", words::alternatives(names)),
            Rule::AtMostOne(names) => writeln!(out, "- At most one of {} is given.", words::alternatives(names)),
            Rule::Needs(name, other) => writeln!(out, "- `{name}` needs `{other}`."),
        };
    }
    if !record.rules.is_empty() {
        out.push('\n');
    }
    for field in record.fields {
        write_field(out, field);
    }
    if !record.later.is_empty() {
        let _ = writeln!(out, "Not supported yet: {}.\n", words::alternatives(record.later).replace(" or ", " and "));
    }
}

fn write_field(out: &mut String, field: &Field) {
    let needed = if field.required { " (required)" } else { "" };
    let _ = writeln!(out, "### `{}`{needed}\n\n{}\n", field.name, field.doc);
    let _ = writeln!(out, "- Kind: {}.", kind(&field.shape));
    if !field.default.is_empty() {
        let _ = writeln!(out, "- Without it: {}.", field.default);
    }
    let _ = writeln!(out, "\n```yaml\n{}\n```\n", field.example);
}

fn kind(shape: &Shape) -> String {
    match shape {
        Shape::Scalar(word) => word.noun(),
        Shape::Record(record) => format!("{} (a mapping)", record.noun),
        Shape::Map(map) => map_kind(map),
        Shape::List(list) => list.noun.to_owned(),
        Shape::OneOrMany(word) => format!("{}, or a list of them", word.noun()),
        Shape::ByKind(by_kind) => by_kind.noun.to_owned(),
        Shape::EitherList(either) => either.noun.to_owned(),
        Shape::Kinds(kinds) => kinds_kind(kinds.noun, kinds.tag, kinds.words),
    }
}

fn map_kind(map: &Map) -> String {
    let mut text = format!("{}; a {} is {}", map.noun, map.key_noun, map.key.noun());
    if let Shape::Kinds(kinds) = &map.value {
        let _ = write!(text, "; {}", kinds_kind(kinds.noun, kinds.tag, kinds.words));
    }
    for field in map.reserved {
        let _ = write!(text, "; `{}` may stand beside them", field.name);
    }
    text.replace("; a issue", "; an issue").replace("; a outcome", "; an outcome")
}

fn kinds_kind(noun: &str, tag: &str, words: &[&str]) -> String {
    format!("{noun} is a mapping whose fields depend on its `{tag}`: {}", words::alternatives(words))
}

/// Records that a shape leads to, without passing through another record.
fn records_in(shape: &'static Shape) -> Vec<&'static Record> {
    match shape {
        Shape::Scalar(_) | Shape::OneOrMany(_) => Vec::new(),
        Shape::Record(record) => vec![record],
        Shape::Map(map) => records_in(&map.value),
        Shape::List(list) => records_in(&list.item),
        Shape::ByKind(by_kind) => records_by_kind(by_kind),
        Shape::EitherList(either) => {
            let mut records = records_in(&either.first);
            records.push(either.second);
            records
        }
        Shape::Kinds(kinds) => kinds.records.to_vec(),
    }
}

fn records_by_kind(by_kind: &'static ByKind) -> Vec<&'static Record> {
    let mut records = by_kind.list.map(|list| records_in(&list.item)).unwrap_or_default();
    match &by_kind.mapping {
        Some(Mapping::Record(record)) => records.push(record),
        Some(Mapping::Map(map)) => records.extend(records_in(&map.value)),
        None => {}
    }
    records
}
