//! What parties take the situation for.

use super::ground::{CONDITIONS, QUANTITY};
use super::preferences::{PRIORITY, RANKING, WORTH};
use super::{ABOUT, BECAUSE, optional};
use crate::grammar::{Field, Map, Record, Rule, Shape, Word};

pub(super) static BELIEVES: Map = Map {
    noun: "a mapping from party to its beliefs",
    key_noun: "party",
    key: Word::Name,
    value: Shape::Record(&BELIEF),
    reserved: &[],
    min: 0,
};

pub(super) static BELIEF: Record = Record {
    name: "belief",
    noun: "the beliefs of a party",
    doc: "What a party takes the situation for, where it is wrong: what is said here replaces in its eyes what the file says elsewhere.",
    fields: &[
        ABOUT,
        BECAUSE,
        Field {
            example: "preferences: {captor: {priority: [ransom != none, not raid]}}",
            also: &["utilities", "goals"],
            ..optional(
                "preferences",
                "What it takes others to want: from party to preferences.",
                Shape::Map(&Map {
                    noun: "a mapping from party to its preferences",
                    key_noun: "party",
                    key: Word::Name,
                    value: Shape::Record(&BELIEVED_PREFERENCE),
                    reserved: &[],
                    min: 0,
                }),
            )
        },
        Field {
            example: "types: {captor: desperate}",
            also: &["type", "kinds"],
            ..optional(
                "types",
                "Which private type it takes others for: from party to type.",
                Shape::Map(&Map {
                    noun: "a mapping from party to type",
                    key_noun: "party",
                    key: Word::Name,
                    value: Shape::Scalar(Word::Name),
                    reserved: &[],
                    min: 0,
                }),
            )
        },
        Field {
            example: "parameters: {raid_cost: 9}",
            also: &["numbers"],
            ..optional(
                "parameters",
                "What it takes named numbers to be.",
                Shape::Map(&Map {
                    noun: "a mapping from parameter to number",
                    key_noun: "parameter",
                    key: Word::Name,
                    value: Shape::ByKind(&QUANTITY),
                    reserved: &[],
                    min: 0,
                }),
            )
        },
        Field {
            example: "impossible: [raid & ransom == full]",
            also: &["unaware", "ignores", "never"],
            ..optional(
                "impossible",
                "Outcomes that it takes for impossible: in its eyes nobody moves from or to them.",
                Shape::List(&CONDITIONS),
            )
        },
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

static BELIEVED_PREFERENCE: Record = Record {
    name: "believed_preference",
    noun: "the preferences that a party takes another one to have",
    doc: "What somebody takes a party to want, in one of three forms.",
    fields: &[ABOUT, BECAUSE, WORTH, PRIORITY, RANKING],
    rules: &[Rule::AtMostOne(&["worth", "priority", "ranking"])],
    later: &[],
    may_be_empty: false,
};
