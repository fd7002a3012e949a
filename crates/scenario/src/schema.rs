//! Which files does an editor accept? The JSON Schema of the language, made from
//! the table in [`crate::grammar`].
//!
//! The schema speaks of JSON: editors read a YAML file as JSON and validate that. So
//! wherever text may stand, a number or a truth value may too: YAML reads `3` and
//! `true` as such, this crate as the words they are.
//!
//! A file is valid under the schema exactly if [`crate::grammar::check_shape`] finds
//! no fault, given that it is free of faults of YAML.

use serde_json::{Map as JsonMap, Value, json};

use crate::grammar::{ByKind, EitherList, Field, List, Map, Mapping, Record, Rule, SCENARIO, Shape, Word};

/// JSON Schema (draft 2020-12) of a scenario file.
///
/// ```
/// let schema = detente_scenario::schema::scenario_schema();
/// assert_eq!(schema["$ref"], "#/$defs/scenario");
/// ```
pub fn scenario_schema() -> Value {
    let mut schemas = Schemas { definitions: JsonMap::new() };
    let root = schemas.record(&SCENARIO);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Détente scenario",
    });
    schema["$ref"] = root["$ref"].clone();
    schema["$defs"] = Value::Object(schemas.definitions);
    schema
}

struct Schemas {
    definitions: JsonMap<String, Value>,
}

impl Schemas {
    fn shape(&mut self, shape: &'static Shape) -> Value {
        match shape {
            Shape::Scalar(word) => scalar(*word),
            Shape::Record(record) if record.may_be_empty => or_null(self.record(record)),
            Shape::Record(record) => self.record(record),
            Shape::Map(map) if map.min == 0 => or_null(self.map(map)),
            Shape::Map(map) => self.map(map),
            Shape::List(list) if list.min == 0 => or_null(self.list(list)),
            Shape::List(list) => self.list(list),
            Shape::OneOrMany(word) => json!({
                "anyOf": [scalar(*word), {"type": "array", "items": scalar(*word), "minItems": 1}],
            }),
            Shape::ByKind(by_kind) => self.by_kind(by_kind),
            Shape::EitherList(either) => self.either_list(either),
            Shape::Kinds(kinds) => {
                let forms: Vec<_> = kinds.records.iter().map(|record| self.record(record)).collect();
                json!({"anyOf": forms})
            }
        }
    }

    /// A reference to the record's definition, which is added if it is new.
    fn record(&mut self, record: &'static Record) -> Value {
        if !self.definitions.contains_key(record.name) {
            self.definitions.insert(record.name.to_owned(), Value::Null);
            let definition = self.definition(record);
            self.definitions.insert(record.name.to_owned(), definition);
        }
        json!({"$ref": format!("#/$defs/{}", record.name)})
    }

    fn definition(&mut self, record: &'static Record) -> Value {
        let required: Vec<_> = record.fields.iter().filter(|field| field.required).map(|field| field.name).collect();
        let mut definition = json!({
            "type": "object",
            "description": record.doc,
            "properties": self.properties(record.fields),
            "additionalProperties": false,
        });
        if !required.is_empty() {
            definition["required"] = json!(required);
        }
        let mut conditions: Vec<Value> = Vec::new();
        let mut needs = JsonMap::new();
        for rule in record.rules {
            match rule {
                Rule::OneOf(names) => {
                    let each: Vec<_> = names.iter().map(|name| json!({"required": [name]})).collect();
                    conditions.push(json!({"oneOf": each}));
                }
                Rule::AtMostOne(names) => conditions.extend(pairs(names)),
                Rule::Needs(name, other) => {
                    needs.insert((*name).to_owned(), json!([other]));
                }
            }
        }
        if !conditions.is_empty() {
            definition["allOf"] = json!(conditions);
        }
        if !needs.is_empty() {
            definition["dependentRequired"] = Value::Object(needs);
        }
        definition
    }

    fn properties(&mut self, fields: &'static [Field]) -> Value {
        let mut properties = JsonMap::new();
        for field in fields {
            let mut schema = self.shape(&field.shape);
            schema["description"] = json!(field.doc);
            if !field.default.is_empty() {
                schema["description"] = json!(format!("{} Without it: {}.", field.doc, field.default));
            }
            properties.insert(field.name.to_owned(), schema);
        }
        Value::Object(properties)
    }

    fn map(&mut self, map: &'static Map) -> Value {
        let names: Vec<_> = map.reserved.iter().map(|field| field.name).collect();
        let key = json!({"pattern": map.key.pattern().unwrap_or("[^ \\t\\r\\n]")});
        let mut schema = json!({"type": "object", "additionalProperties": self.shape(&map.value)});
        schema["propertyNames"] = if names.is_empty() { key } else { json!({"anyOf": [key, {"enum": names}]}) };
        if !names.is_empty() {
            schema["properties"] = self.properties(map.reserved);
        }
        if map.min > 0 {
            schema["minProperties"] = json!(map.min);
        }
        schema
    }

    fn list(&mut self, list: &'static List) -> Value {
        let mut schema = json!({"type": "array", "items": self.shape(&list.item)});
        if list.min > 0 {
            schema["minItems"] = json!(list.min);
        }
        schema
    }

    fn by_kind(&mut self, by_kind: &'static ByKind) -> Value {
        let mut forms: Vec<Value> = by_kind.scalar.map(scalar).into_iter().collect();
        forms.extend(by_kind.list.map(|list| self.list(list)));
        forms.extend(by_kind.mapping.as_ref().map(|mapping| match mapping {
            Mapping::Record(record) => self.record(record),
            Mapping::Map(map) => self.map(map),
        }));
        if by_kind.nothing {
            forms.push(json!({"type": "null"}));
        }
        json!({"anyOf": forms})
    }

    fn either_list(&mut self, either: &'static EitherList) -> Value {
        json!({
            "type": "array",
            "minItems": either.min,
            "anyOf": [{"items": self.shape(&either.first)}, {"items": self.record(either.second)}],
        })
    }
}

fn or_null(schema: Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}

/// No two of these together.
fn pairs(names: &[&str]) -> Vec<Value> {
    let mut conditions = Vec::new();
    for (i, a) in names.iter().enumerate() {
        for b in &names[i + 1..] {
            conditions.push(json!({"not": {"required": [a, b]}}));
        }
    }
    conditions
}

fn scalar(word: Word) -> Value {
    match (word, word.pattern()) {
        (Word::OneOf(words), _) => json!({"enum": words}),
        (Word::Version, _) => json!({"enum": [1, "1"]}),
        (Word::Name, Some(pattern)) => json!({"type": ["string", "boolean"], "pattern": pattern}),
        (Word::Reference, Some(pattern)) => {
            json!({"type": ["string", "integer", "boolean"], "pattern": pattern, "minimum": 0})
        }
        (_, pattern) => {
            json!({"type": ["string", "number", "boolean"], "pattern": pattern.unwrap_or("[^ \\t\\r\\n]")})
        }
    }
}

#[cfg(test)]
mod tests;
