//! What qualifies a party's order of outcomes.

use super::ground::QUANTITY;
use super::{ABOUT, BECAUSE, EXPRESSION, TEXT, optional, required};
use crate::grammar::{ByKind, Field, List, Map, Mapping, Record, Shape, Word};

pub(super) const UNKNOWN: Field = Field {
    example: "unknown: [{between: deal, and: stalemate}]",
    also: &["unclear", "uncertain", "incomparable"],
    ..optional(
        "unknown",
        "Comparisons that are not known, whatever the order says; for the command `readings`.",
        Shape::List(&UNKNOWN_LIST),
    )
};

static UNKNOWN_LIST: List = List { noun: "a list of unknown comparisons", item: Shape::Record(&UNKNOWN_PAIRS), min: 1 };

static UNKNOWN_PAIRS: Record = Record {
    name: "unknown_pairs",
    noun: "an unknown comparison",
    doc: "It is not known how each outcome of one set compares with each of the other.",
    fields: &[
        Field {
            example: "between: deal",
            also: &["of", "from"],
            ..required("between", "Outcomes on one side.", EXPRESSION)
        },
        Field {
            example: "and: stalemate",
            also: &["with", "to"],
            default: "the outcomes of `between`, among themselves",
            ..optional("and", "Outcomes on the other side.", EXPRESSION)
        },
        ABOUT,
        BECAUSE,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

pub(super) const STRONG: Field = Field {
    example: "strong: [{better: deal, worse: war}]",
    also: &["greatly", "strongly", "strength"],
    ..optional(
        "strong",
        "What is greatly better, where it is better: pairs, or a gap; for the command `readings`.",
        Shape::ByKind(&STRONG_KINDS),
    )
};

static STRONG_KINDS: ByKind = ByKind {
    noun: "a list of pairs, or a mapping with `gap`",
    scalar: None,
    list: Some(&List { noun: "a list of pairs", item: Shape::Record(&STRONG_PAIRS), min: 1 }),
    mapping: Some(Mapping::Record(&GAP)),
    nothing: false,
};

static STRONG_PAIRS: Record = Record {
    name: "strong_pairs",
    noun: "a strong preference",
    doc: "Outcomes that are greatly better than others, where the order has them better at all.",
    fields: &[
        Field {
            example: "better: deal",
            also: &["best", "over"],
            ..required("better", "The better outcomes.", EXPRESSION)
        },
        Field {
            example: "worse: war",
            also: &["worst", "than"],
            ..required("worse", "The worse outcomes.", EXPRESSION)
        },
        ABOUT,
        BECAUSE,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

static GAP: Record = Record {
    name: "gap",
    noun: "a gap",
    doc: "How far ahead an outcome has to be to be greatly better.",
    fields: &[
        Field {
            example: "gap: 3",
            also: &["difference", "threshold", "distance"],
            ..required("gap", "A difference in worth; in levels of the order for preferences without worth.", TEXT)
        },
        ABOUT,
        BECAUSE,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

pub(super) const CHANCES: Field = Field {
    example: "chances: [{better: deal, worse: stalemate, chance: 0.7}]",
    also: &["probabilities", "likelihoods"],
    ..optional(
        "chances",
        "How likely it is that outcomes are preferred to others, first entry first; for the command `readings`.",
        Shape::List(&CHANCE_LIST),
    )
};

static CHANCE_LIST: List = List { noun: "a list of chances", item: Shape::Record(&CHANCE_PAIRS), min: 1 };

static CHANCE_PAIRS: Record = Record {
    name: "chance_pairs",
    noun: "a chance of a preference",
    doc: "The chance that an outcome of one set is preferred to one of the other; the rest is the chance of the reverse. The first entry about a pair counts; a pair without an entry has the chance of the types that prefer it.",
    fields: &[
        Field {
            example: "better: deal",
            also: &["best", "over"],
            ..required("better", "Outcomes that are preferred with this chance.", EXPRESSION)
        },
        Field {
            example: "worse: stalemate",
            also: &["worst", "than"],
            ..required("worse", "Outcomes that they are preferred to.", EXPRESSION)
        },
        Field {
            example: "chance: 0.7",
            also: &["probability", "likelihood"],
            ..required("chance", "The chance, from 0 to 1.", Shape::ByKind(&QUANTITY))
        },
        ABOUT,
        BECAUSE,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

pub(super) const THRESHOLD: Field = Field {
    example: "threshold: 0.6",
    also: &["tau", "confidence"],
    default: "one half",
    ..optional(
        "threshold",
        "The chance above which a preference counts; for the command `readings`.",
        Shape::ByKind(&QUANTITY),
    )
};

pub(super) const ATTITUDES: Field = Field {
    example: "attitudes: {russia: positive, usa: negative}",
    also: &["attitude", "feelings"],
    default: "positive towards itself, neutral towards the others",
    ..optional(
        "attitudes",
        "Whose good it seeks (positive), whose ill (negative); for the command `readings`.",
        Shape::Map(&ATTITUDE_MAP),
    )
};

static ATTITUDE_MAP: Map = Map {
    noun: "a mapping from party to `positive`, `neutral` or `negative`",
    key_noun: "party",
    key: Word::Name,
    value: Shape::Scalar(Word::OneOf(&crate::situation::Attitude::WORDS)),
    reserved: &[],
    min: 1,
};
