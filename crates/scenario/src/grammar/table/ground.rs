//! Parties, sources, claims and quantities.

use super::{ABOUT, BECAUSE, EXPRESSION, NAME, REFERENCES, TEXT, map, optional, required};
use crate::grammar::{ByKind, Field, List, Map, Mapping, Record, Rule, Shape, Word};

pub(super) static PARTIES: Map = Map {
    noun: "a mapping from party to its record",
    key_noun: "party",
    key: Word::Name,
    value: Shape::ByKind(&PARTY),
    reserved: &[],
    min: 1,
};

pub(super) static PARTY: ByKind = ByKind {
    noun: "a party (a mapping, or its name as text)",
    scalar: Some(Word::Text),
    list: None,
    mapping: Some(Mapping::Record(&PARTY_RECORD)),
    nothing: true,
};

pub(super) static PARTY_RECORD: Record = Record {
    name: "party",
    noun: "a party",
    doc: "Somebody who decides. Text alone stands for its `name`.",
    fields: &[
        NAME,
        ABOUT,
        Field {
            example: "foresight: SEQ",
            also: &["stability", "concept", "solution"],
            ..optional("foresight", "How far it looks ahead: R (Nash), GMR, SMR, SEQ or SSEQ.", TEXT)
        },
        Field {
            example: "unseen: [raid & ransom == full]",
            also: &["misperceptions", "misperception", "blind_to"],
            ..optional("unseen", "It does not see outcomes that satisfy one of these.", Shape::List(&CONDITIONS))
        },
        BECAUSE,
    ],
    rules: &[],
    later: &[],
    may_be_empty: true,
};

pub(super) static CONDITIONS: List = List { noun: "a list of conditions", item: Shape::ByKind(&CONDITION), min: 0 };

pub(super) static CONDITION: ByKind = ByKind {
    noun: "a condition (an expression, or a mapping with `when`)",
    scalar: Some(Word::Expression),
    list: None,
    mapping: Some(Mapping::Record(&CONDITION_RECORD)),
    nothing: false,
};

pub(super) static CONDITION_RECORD: Record = Record {
    name: "condition",
    noun: "a condition",
    doc: "A Boolean expression with its reasons. Text alone stands for its `when`.",
    fields: &[
        Field {
            example: "when: not raid",
            also: &["if", "condition", "expression"],
            ..required("when", "The expression.", EXPRESSION)
        },
        ABOUT,
        BECAUSE,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

pub(super) static SOURCES: Map = Map {
    noun: "a mapping from source to its record",
    key_noun: "source",
    key: Word::Reference,
    value: Shape::Record(&SOURCE),
    reserved: &[],
    min: 0,
};

pub(super) static SOURCE: Record = Record {
    name: "source",
    noun: "a source",
    doc: "A document that claims rest on.",
    fields: &[
        Field { example: "title: Field memo", also: &["name"], ..required("title", "Its title.", TEXT) },
        Field { example: "author: A. Analyst", also: &["authors", "by"], ..optional("author", "Who wrote it.", TEXT) },
        Field {
            example: "publisher: own notes",
            also: &["journal"],
            ..optional("publisher", "Who published it.", TEXT)
        },
        Field { example: "date: 2024-03-01", also: &["year"], ..optional("date", "When, as written.", TEXT) },
        Field {
            example: "url: https://example.org/memo",
            also: &["link", "address", "href"],
            ..optional("url", "Web address; never opened.", TEXT)
        },
        Field {
            example: "file: memo.txt",
            also: &["path"],
            ..optional("file", "A text file, relative to the scenario; quotes (`at`) are looked up in it.", TEXT)
        },
        ABOUT,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

pub(super) static CLAIMS: Map = Map {
    noun: "a mapping from claim to its record",
    key_noun: "claim",
    key: Word::Reference,
    value: Shape::Record(&CLAIM),
    reserved: &[],
    min: 0,
};

pub(super) static CLAIM: Record = Record {
    name: "claim",
    noun: "a claim",
    doc: "A statement that numbers and rules rest on.",
    fields: &[
        Field {
            example: "says: The captor has asked for a channel twice.",
            also: &["text", "statement", "claim"],
            ..required("says", "The statement, in the analyst's words.", TEXT)
        },
        Field {
            example: "source: memo",
            also: &["sources", "from"],
            ..optional("source", "The source it is taken from.", Shape::Scalar(Word::Reference))
        },
        Field {
            example: "at: asked for a channel",
            also: &["quote", "where"],
            ..optional("at", "Words that occur in the source's file.", TEXT)
        },
        Field { example: "by: the negotiator", also: &["who", "author"], ..optional("by", "Who says so.", TEXT) },
        Field {
            example: "rivals: [will-not-talk]",
            also: &["rival", "contradicts"],
            ..optional("rivals", "Claims that contradict it.", REFERENCES)
        },
        ABOUT,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

pub(super) static PARAMETERS: Map = map("a mapping from parameter to number", "parameter", Shape::ByKind(&QUANTITY));

pub(super) static QUANTITY: ByKind = ByKind {
    noun: "a quantity (a number, a range, an expression, or a mapping with `value` or `low` and `high`)",
    scalar: Some(Word::Quantity),
    list: None,
    mapping: Some(Mapping::Record(&QUANTITY_RECORD)),
    nothing: false,
};

pub(super) static QUANTITY_RECORD: Record = Record {
    name: "quantity",
    noun: "a quantity",
    doc: "A number with what is known about it. Text alone stands for its `value`.",
    fields: &[
        Field {
            example: "value: 3..6",
            also: &["is", "number", "amount"],
            ..optional(
                "value",
                "The number: `4`, `2/3`, a range `3..6`, or an expression over parameters.",
                Shape::Scalar(Word::Quantity),
            )
        },
        Field {
            example: "low: 1",
            also: &["min", "minimum", "lowest"],
            ..optional("low", "Smallest value it may have.", Shape::Scalar(Word::Quantity))
        },
        Field {
            example: "likely: 2",
            also: &["mode", "best", "central"],
            ..optional("likely", "Value taken where one number is needed.", Shape::Scalar(Word::Quantity))
        },
        Field {
            example: "high: 4",
            also: &["max", "maximum", "highest"],
            ..optional("high", "Largest value it may have.", Shape::Scalar(Word::Quantity))
        },
        Field { example: "unit: worth", also: &["units"], ..optional("unit", "Its unit, as text.", TEXT) },
        ABOUT,
        BECAUSE,
    ],
    rules: &[
        Rule::OneOf(&["value", "low"]),
        Rule::Needs("low", "high"),
        Rule::Needs("high", "low"),
        Rule::Needs("likely", "low"),
    ],
    later: &[],
    may_be_empty: false,
};
