use std::collections::BTreeMap;

use super::*;
use crate::yaml::{Limits, parse_yaml};

/// Every record, by name.
fn records() -> BTreeMap<&'static str, &'static Record> {
    fn visit_shape(shape: &'static Shape, found: &mut BTreeMap<&'static str, &'static Record>) {
        match shape {
            Shape::Scalar(_) | Shape::OneOrMany(_) => {}
            Shape::Record(record) => visit(record, found),
            Shape::Map(map) => visit_map(map, found),
            Shape::List(list) => visit_shape(&list.item, found),
            Shape::ByKind(by_kind) => {
                by_kind.list.into_iter().for_each(|list| visit_shape(&list.item, found));
                match &by_kind.mapping {
                    Some(Mapping::Record(record)) => visit(record, found),
                    Some(Mapping::Map(map)) => visit_map(map, found),
                    None => {}
                }
            }
            Shape::EitherList(either) => {
                visit_shape(&either.first, found);
                visit(either.second, found);
            }
            Shape::Kinds(kinds) => kinds.records.iter().for_each(|record| visit(record, found)),
        }
    }
    fn visit_map(map: &'static Map, found: &mut BTreeMap<&'static str, &'static Record>) {
        visit_shape(&map.value, found);
        map.reserved.iter().for_each(|field| visit_shape(&field.shape, found));
    }
    fn visit(record: &'static Record, found: &mut BTreeMap<&'static str, &'static Record>) {
        if found.insert(record.name, record).is_none() {
            record.fields.iter().for_each(|field| visit_shape(&field.shape, found));
        }
    }
    let mut found = BTreeMap::new();
    visit(&SCENARIO, &mut found);
    found
}

#[test]
fn the_table_is_whole() {
    for record in records().values() {
        for field in record.fields {
            let place = format!("{}.{}", record.name, field.name);
            assert!(field.doc.ends_with('.'), "{place} has no sentence");
            assert!(field.example.starts_with(&format!("{}: ", field.name)), "{place} has no example");
            assert!(!field.also.contains(&field.name), "{place} is its own synonym");
        }
        let known = |name: &&str| record.fields.iter().any(|field| field.name == *name);
        for rule in record.rules {
            match rule {
                Rule::OneOf(names) | Rule::AtMostOne(names) => assert!(names.iter().all(known)),
                Rule::Needs(name, other) => assert!(known(name) && known(other)),
            }
        }
    }
}

#[test]
fn every_example_has_the_shape_it_shows() {
    for record in records().values() {
        for field in record.fields {
            let yaml = parse_yaml("x", field.example.as_bytes(), &Limits::default());
            assert!(yaml.diagnostics.is_empty(), "{}: {:?}", field.example, yaml.diagnostics);
            let faults = check_shape(record, &yaml.root, &yaml.source);
            // Other fields may be missing, nothing else may be wrong.
            let wrong: Vec<_> = faults.iter().filter(|d| !matches!(d.code.0, "S032" | "S039")).collect();
            assert!(wrong.is_empty(), "{}: {wrong:?}", field.example);
        }
    }
}

#[test]
fn the_reference_names_every_field() {
    let text = reference_markdown();
    for record in records().values() {
        assert!(text.contains(record.doc), "{}", record.name);
        for field in record.fields {
            assert!(text.contains(&format!("### `{}`", field.name)) && text.contains(field.doc), "{}", field.name);
        }
    }
}
