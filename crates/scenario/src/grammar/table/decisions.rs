//! Issues, outcomes, constraints and values for issues.

use super::ground::QUANTITY;
use super::{ABOUT, BECAUSE, EXPRESSION, NAME, NAMES, TEXT, VALUES, map, optional, required};
use crate::grammar::{ByKind, Field, List, Map, Mapping, Record, Rule, Shape, Word};

pub(super) static ISSUES: Map = map("a mapping from issue to its record", "issue", Shape::Record(&ISSUE));

pub(in crate::grammar) static ISSUE: Record = Record {
    name: "issue",
    noun: "an issue",
    doc: "Something that is decided. Without `values`, `scale` and `range` it is a yes/no issue with the values `no` and `yes`.",
    fields: &[
        NAME,
        ABOUT,
        Field {
            example: "values: [held, freed]",
            also: &["options", "choices"],
            default: "no, yes",
            ..optional(
                "values",
                "Its values without order: a list, or a mapping from value to the name shown.",
                Shape::ByKind(&VALUE_LIST),
            )
        },
        Field {
            example: "scale: [none, statement, ch7]",
            also: &["levels", "order"],
            ..optional(
                "scale",
                "Its values in order, lowest first: a list, or a mapping from value to the name shown.",
                Shape::ByKind(&VALUE_LIST),
            )
        },
        Field {
            example: "range: 0..30",
            also: &["interval"],
            ..optional("range", "Its values as numbers `low..high`.", TEXT)
        },
        Field {
            example: "step: 10",
            also: &["steps"],
            ..optional("step", "Distance of neighbouring numbers of a range.", TEXT)
        },
        Field { example: "unit: days", also: &["units"], ..optional("unit", "Unit of a range, as text.", TEXT) },
        Field {
            example: "set_by: [usa, russia]",
            also: &["by", "party", "controlled_by", "owner"],
            ..optional("set_by", "Who sets it: a party, several that set it jointly, or `nature`.", NAMES)
        },
        Field {
            example: "chances: {fair: 0.7}",
            also: &["chance", "probabilities", "probability"],
            ..optional("chances", "Chances of the values of an issue that nature sets.", Shape::Map(&CHANCES))
        },
        Field {
            example: "moves: forward",
            also: &["move", "transitions", "direction"],
            default: "free",
            ..optional(
                "moves",
                "How it may change: `free`, `forward` or `backward` in the order of its values, `fixed`, or a list of moves.",
                Shape::ByKind(&MOVES),
            )
        },
        BECAUSE,
    ],
    rules: &[
        Rule::AtMostOne(&["values", "scale", "range"]),
        Rule::Needs("step", "range"),
        Rule::Needs("unit", "range"),
    ],
    later: &[],
    may_be_empty: true,
};

pub(super) static VALUE_LIST: ByKind = ByKind {
    noun: "a list of values, or a mapping from value to the name shown",
    scalar: None,
    list: Some(&List { noun: "a list of values", item: Shape::Scalar(Word::Value), min: 1 }),
    mapping: Some(Mapping::Map(&Map {
        noun: "a mapping from value to the name shown",
        key_noun: "value",
        key: Word::Value,
        value: Shape::ByKind(&ByKind {
            noun: "the name shown, as text",
            scalar: Some(Word::Text),
            list: None,
            mapping: None,
            nothing: true,
        }),
        reserved: &[],
        min: 1,
    })),
    nothing: false,
};

pub(super) static CHANCES: Map = Map {
    noun: "a mapping from value to its chance",
    key_noun: "value",
    key: Word::Value,
    value: Shape::ByKind(&QUANTITY),
    reserved: &[],
    min: 0,
};

pub(super) static MOVES: ByKind = ByKind {
    noun: "`free`, `forward`, `backward`, `fixed`, or a list of moves",
    scalar: Some(Word::OneOf(&["free", "forward", "backward", "fixed"])),
    list: Some(&List { noun: "a list of moves", item: Shape::Record(&MOVE), min: 0 }),
    mapping: None,
    nothing: false,
};

pub(super) static MOVE: Record = Record {
    name: "move",
    noun: "a move",
    doc: "Changes of one issue that are possible.",
    fields: &[
        Field {
            example: "from: kept",
            also: &["start"],
            default: "any value",
            ..optional("from", "Values it may start from.", VALUES)
        },
        Field {
            example: "to: declared",
            also: &["end"],
            default: "any value",
            ..optional("to", "Values it may lead to.", VALUES)
        },
        Field {
            example: "by: syria",
            also: &["set_by", "party"],
            default: "every party that sets the issue",
            ..optional("by", "Who may make it.", NAMES)
        },
        Field {
            example: "when: text != none",
            also: &["if", "condition"],
            default: "always",
            ..optional("when", "Condition on the outcome it starts from.", EXPRESSION)
        },
        ABOUT,
        BECAUSE,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

pub(super) static OUTCOMES: Map = Map {
    noun: "a mapping from outcome to expression",
    key_noun: "outcome",
    key: Word::Name,
    value: Shape::ByKind(&ByKind {
        noun: "a set of outcomes (an expression, or a mapping with `when`)",
        scalar: Some(Word::Expression),
        list: None,
        mapping: Some(Mapping::Record(&OUTCOME)),
        nothing: false,
    }),
    reserved: &[],
    min: 0,
};

pub(super) static OUTCOME: Record = Record {
    name: "outcome",
    noun: "a set of outcomes",
    doc: "A named set of outcomes. Text alone stands for its `when`.",
    fields: &[
        Field {
            example: "when: arsenal == destroyed & not strike",
            also: &["if", "is", "condition"],
            ..required("when", "Which outcomes it covers.", EXPRESSION)
        },
        NAME,
        ABOUT,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

pub(super) static CONSTRAINTS: List = List { noun: "a list of constraints", item: Shape::Record(&CONSTRAINT), min: 0 };

pub(super) static CONSTRAINT: Record = Record {
    name: "constraint",
    noun: "a constraint",
    doc: "What every outcome satisfies: `never`, `always`, or `if` with `then`.",
    fields: &[
        Field {
            example: "never: raid & ransom == full",
            also: &["not", "forbid", "infeasible"],
            ..optional("never", "Outcomes that cannot occur.", EXPRESSION)
        },
        Field {
            example: "always: ransom == none | talks",
            also: &["require"],
            ..optional("always", "Holds in every outcome.", EXPRESSION)
        },
        Field {
            example: "if: raid",
            also: &["when"],
            ..optional("if", "Where this holds, `then` holds too.", EXPRESSION)
        },
        Field {
            example: "then: ransom == none",
            also: &["implies"],
            ..optional("then", "What holds where `if` does.", EXPRESSION)
        },
        ABOUT,
        BECAUSE,
    ],
    rules: &[Rule::OneOf(&["never", "always", "if"]), Rule::Needs("if", "then"), Rule::Needs("then", "if")],
    later: &[],
    may_be_empty: false,
};

pub(super) static ASSIGNMENT: Map = Map {
    noun: "a mapping from issue to value",
    key_noun: "issue",
    key: Word::Name,
    value: Shape::Scalar(Word::Value),
    reserved: &[BECAUSE],
    min: 0,
};

pub(super) static DISAGREEMENT: ByKind = ByKind {
    noun: "`status_quo`, or a mapping from issue to value",
    scalar: Some(Word::OneOf(&["status_quo"])),
    list: None,
    mapping: Some(Mapping::Map(&ASSIGNMENT)),
    nothing: false,
};
