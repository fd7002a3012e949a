//! What parties take the situation for.

use super::ground::{CONDITIONS, PARAMETERS};
use super::preferences::{PRIORITY, RANKING, WORTH};
use super::{ABOUT, BECAUSE, map, optional};
use crate::grammar::{Field, Map, Record, Rule, Shape, Word};

pub(super) static BELIEVES: Map = map("a mapping from party to its beliefs", "party", Shape::Record(&BELIEF));

pub(super) static BELIEF: Record = Record {
    name: "belief",
    noun: "the beliefs of a party",
    doc: "What a party takes the situation for, where it is wrong: what is said here replaces in its eyes what the file says elsewhere.",
    fields: &[
        ABOUT,
        BECAUSE,
        WANTS,
        KINDS,
        NUMBERS,
        IMPOSSIBLE,
        Field {
            example: "believes: {captor: {parameters: {raid_cost: 9}}}",
            also: &["beliefs", "perceptions"],
            ..optional(
                "believes",
                "What it takes others to believe: from party to beliefs. What is not said there it takes them to see as it does itself.",
                Shape::Map(&PARTY_BELIEFS),
            )
        },
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

static BELIEVED_BELIEF: Record = Record {
    name: "believed_belief",
    noun: "the beliefs that a party is taken to have",
    doc: "What somebody takes a party to believe: it replaces, in the eyes that the party is taken to have, what the holder believes itself. What that party is taken to think of the beliefs of others cannot be said.",
    fields: &[ABOUT, BECAUSE, WANTS, KINDS, NUMBERS, IMPOSSIBLE],
    rules: &[],
    later: &["believes"],
    may_be_empty: false,
};

const WANTS: Field = Field {
    example: "preferences: {captor: {priority: [ransom != none, not raid]}}",
    also: &["utilities", "goals"],
    ..optional("preferences", "What it takes others to want: from party to preferences.", Shape::Map(&PARTY_WANTS))
};

const KINDS: Field = Field {
    example: "types: {captor: desperate}",
    also: &["type", "kinds"],
    ..optional("types", "Which private type it takes others for: from party to type.", Shape::Map(&PARTY_KINDS))
};

const NUMBERS: Field = Field {
    example: "parameters: {raid_cost: 9}",
    also: &["numbers"],
    ..optional("parameters", "What it takes named numbers to be.", Shape::Map(&PARAMETERS))
};

const IMPOSSIBLE: Field = Field {
    example: "impossible: [raid & ransom == full]",
    also: &["unaware", "ignores", "never"],
    ..optional(
        "impossible",
        "Outcomes that it takes for impossible: in its eyes nobody moves from or to them.",
        Shape::List(&CONDITIONS),
    )
};

static PARTY_BELIEFS: Map =
    map("a mapping from party to the beliefs that it is taken to have", "party", Shape::Record(&BELIEVED_BELIEF));

static PARTY_WANTS: Map = map("a mapping from party to its preferences", "party", Shape::Record(&BELIEVED_PREFERENCE));

static PARTY_KINDS: Map = map("a mapping from party to type", "party", Shape::Scalar(Word::Name));

static BELIEVED_PREFERENCE: Record = Record {
    name: "believed_preference",
    noun: "the preferences that a party takes another one to have",
    doc: "What somebody takes a party to want, in one of three forms.",
    fields: &[ABOUT, BECAUSE, WORTH, PRIORITY, RANKING],
    rules: &[Rule::AtMostOne(&["worth", "priority", "ranking"])],
    later: &[],
    may_be_empty: false,
};
