//! What parties want.

use super::ground::{CONDITIONS, QUANTITY};
use super::nuances::{ATTITUDES, CHANCES, STRONG, THRESHOLD, UNKNOWN};
use super::{ABOUT, BECAUSE, EXPRESSION, NAME, map, optional, required};
use crate::grammar::{ByKind, EitherList, Field, List, Map, Mapping, Record, Rule, Shape, Word};

pub(super) static PREFERENCES: Map =
    map("a mapping from party to its preferences", "party", Shape::Record(&PREFERENCE));

pub(super) const WORTH: Field = Field {
    example: "worth: [{when: hostages == freed, add: 10}]",
    also: &["utility", "payoff", "score", "weights"],
    ..optional("worth", "Terms that add up to the worth of an outcome.", Shape::List(&TERMS))
};

pub(super) const PRIORITY: Field = Field {
    example: "priority: [hostages == held, not raid]",
    also: &["priorities", "prioritising", "statements"],
    ..optional("priority", "Conditions it wants to hold, most important first.", Shape::List(&CONDITIONS))
};

pub(super) const RANKING: Field = Field {
    example: "ranking: [deal, [truce, stalemate], otherwise]",
    also: &["rank", "order", "ranks"],
    ..optional(
        "ranking",
        "Sets of outcomes, best first, an inner list for a tie; or pairs, each better than the other.",
        Shape::EitherList(&LEVELS),
    )
};

pub(super) static PREFERENCE: Record = Record {
    name: "preference",
    noun: "the preferences of a party",
    doc: "What a party wants, in one of three forms; with `types`, what its private types share.",
    fields: &[
        ABOUT,
        BECAUSE,
        WORTH,
        PRIORITY,
        RANKING,
        Field {
            example: "types: {greedy: {chance: 0.4..0.7, priority: [ransom == full]}, desperate: {priority: [not raid]}}",
            also: &["type", "kinds"],
            ..optional("types", "What it may be like; only the party itself knows which.", Shape::Map(&TYPES))
        },
        UNKNOWN,
        STRONG,
        CHANCES,
        THRESHOLD,
        ATTITUDES,
    ],
    rules: &[Rule::AtMostOne(&["worth", "priority", "ranking"])],
    later: &[],
    may_be_empty: false,
};

pub(super) static TYPES: Map = Map {
    noun: "a mapping from type to its record",
    key_noun: "type",
    key: Word::Name,
    value: Shape::Record(&TYPE),
    reserved: &[],
    min: 1,
};

pub(super) static TYPE: Record = Record {
    name: "type",
    noun: "a type",
    doc: "One of the private types of a party.",
    fields: &[
        NAME,
        ABOUT,
        Field {
            example: "chance: 0.4..0.7",
            also: &["probability", "prior", "share"],
            default: "an equal share of the rest",
            ..optional(
                "chance",
                "Chance that the party is of this type, before anything is seen.",
                Shape::ByKind(&QUANTITY),
            )
        },
        BECAUSE,
        WORTH,
        PRIORITY,
        RANKING,
    ],
    rules: &[Rule::AtMostOne(&["worth", "priority", "ranking"])],
    later: &[],
    may_be_empty: true,
};

pub(super) static TERMS: List = List { noun: "a list of terms", item: Shape::Record(&TERM), min: 0 };

pub(super) static TERM: Record = Record {
    name: "term",
    noun: "a term",
    doc: "Something that adds to the worth of an outcome.",
    fields: &[
        Field {
            example: "when: hostages == freed",
            also: &["if", "condition"],
            default: "always",
            ..optional("when", "Where it counts.", EXPRESSION)
        },
        Field {
            example: "add: 10",
            also: &["worth", "value", "plus", "adds", "weight"],
            ..required(
                "add",
                "What it adds: a quantity, or an expression over issues and parameters.",
                Shape::ByKind(&QUANTITY),
            )
        },
        ABOUT,
        BECAUSE,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

pub(super) static LEVELS: EitherList = EitherList {
    noun: "a list of levels, best first, or of pairs",
    first_noun: "levels",
    first: Shape::ByKind(&ByKind {
        noun: "a level (an expression, a list of them, or a mapping with `any_of`)",
        scalar: Some(Word::Expression),
        list: Some(&List { noun: "a list of expressions", item: EXPRESSION, min: 1 }),
        mapping: Some(Mapping::Record(&LEVEL)),
        nothing: false,
    }),
    second_noun: "pairs",
    second: &COMPARISON,
    second_keys: &["better", "worse", "same"],
    min: 1,
};

pub(super) static LEVEL: Record = Record {
    name: "level",
    noun: "a level",
    doc: "Outcomes of equal rank: those that satisfy one of the expressions and belong to no earlier level. An expression or a list of them alone stands for its `any_of`.",
    fields: &[
        Field {
            example: "any_of: [truce, stalemate]",
            also: &["when", "is", "outcomes"],
            ..required("any_of", "The expressions.", Shape::OneOrMany(Word::Expression))
        },
        ABOUT,
        BECAUSE,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

pub(super) static COMPARISON: Record = Record {
    name: "comparison",
    noun: "a pair",
    doc: "One comparison of outcomes: `better` with `worse`, or `same`.",
    fields: &[
        Field {
            example: "better: deal",
            also: &["best", "over"],
            ..optional("better", "Outcomes that are strictly better.", EXPRESSION)
        },
        Field {
            example: "worse: war",
            also: &["worst", "than"],
            ..optional("worse", "Outcomes that are strictly worse.", EXPRESSION)
        },
        Field {
            example: "same: [truce, stalemate]",
            also: &["equal", "tie"],
            ..optional(
                "same",
                "Sets of outcomes that are equally good.",
                Shape::List(&List { noun: "a list of at least two expressions", item: EXPRESSION, min: 2 }),
            )
        },
        ABOUT,
        BECAUSE,
    ],
    rules: &[Rule::OneOf(&["better", "same"]), Rule::Needs("better", "worse"), Rule::Needs("worse", "better")],
    later: &[],
    may_be_empty: false,
};
