//! Who moves when, seeing what.

use super::ground::QUANTITY;
use super::protocols::{BY_PARTY, kind, model};
use super::{ABOUT, BECAUSE, EXPRESSION, NAME, NAMES, VALUES, optional, required};
use crate::grammar::{List, Map, Record, Rule, Shape, Word};

pub(super) static MOVES: Record = Record {
    doc: "Steps that are taken one after another; `detente play` says what players do who know the rules. Payoffs are the worth of the outcome that is reached, and what steps pay.",
    fields: &[
        kind(&["moves"], "kind: moves"),
        NAME,
        ABOUT,
        BECAUSE,
        required("steps", "What happens, in order.", Shape::List(&STEPS)).shown(
            "steps: [{move: state, choose: threat, from: [no, yes]}, {move: captor, choose: hostages}]",
            &["moves", "sequence"],
        ),
    ],
    ..model("moves", "a sequence of moves")
};

static STEPS: List = List { noun: "a list of steps", item: Shape::Record(&STEP), min: 1 };

static STEP: Record = Record {
    name: "step",
    noun: "a step",
    doc: "Something that happens in a sequence of moves: one of `nature`, `chance`, `move`, `together`, `pay`, `discount`, `repeat` and `end`.",
    fields: &[
        optional("if", "Where the step is taken: a condition on issues and what was chosen before.", EXPRESSION)
            .shown("if: threat & hostages == held", &["when", "condition"])
            .otherwise("always"),
        optional(
            "nature",
            "The type of this party is drawn by its chances; it learns it alone.",
            Shape::Scalar(Word::Name),
        )
        .shown("nature: captor", &["type_of", "draw"]),
        optional("chance", "An issue, or a new name, that gets a value by chance.", Shape::Scalar(Word::Name))
            .shown("chance: weather", &["random", "lottery"]),
        optional(
            "of",
            "For `chance`: from value to its chance; one may be `rest`. An issue that nature sets has its own.",
            Shape::Map(&CHANCES),
        )
        .shown("of: {fair: 0.7, foul: rest}", &["chances", "probabilities"]),
        optional("move", "The party that moves.", Shape::Scalar(Word::Name))
            .shown("move: captor", &["player", "who", "party"]),
        optional("choose", "An issue that it sets, or a new name.", Shape::Scalar(Word::Name))
            .shown("choose: hostages", &["sets", "issue", "what"]),
        optional("from", "The values it may choose.", VALUES)
            .shown("from: [no, yes]", &["values", "options", "actions"])
            .otherwise("all that the issue may change to"),
        optional("sees", "The parties that learn of it besides whoever acts; `nobody` for none.", NAMES)
            .shown("sees: [captor]", &["seen_by", "observed_by"])
            .otherwise("everybody, but for a type"),
        optional("together", "Moves that are made without seeing each other.", Shape::List(&STEPS)).shown(
            "together: [{move: state, choose: raid}, {move: captor, choose: hostages}]",
            &["simultaneous", "at_once"],
        ),
        optional(
            "pay",
            "What parties gain besides the worth of the outcome; less than 0 for a cost.",
            Shape::Map(&AMOUNTS),
        )
        .shown("pay: {state: -2}", &["payoffs", "costs", "gain"]),
        optional(
            "discount",
            "By how much everything after counts less: from above 0 to 1, for all or from party to number.",
            Shape::ByKind(&BY_PARTY),
        )
        .shown("discount: 0.9", &["patience", "delay"]),
        optional("repeat", "How often `steps` are taken at most.", Shape::Scalar(Word::Quantity))
            .shown("repeat: 3", &["rounds", "times"]),
        optional("steps", "For `repeat`: what is taken again and again.", Shape::List(&STEPS))
            .shown("steps: [{move: state, choose: ransom}]", &["do"]),
        optional("until", "For `repeat`: what ends it early, looked at after each round.", EXPRESSION)
            .shown("until: hostages == freed", &["stop_when"])
            .otherwise("all rounds are played"),
        optional("end", "The game ends here.", Shape::Scalar(Word::OneOf(&["yes"]))).shown("end: yes", &["stop"]),
        ABOUT,
        BECAUSE,
    ],
    rules: &[
        Rule::OneOf(&["nature", "chance", "move", "together", "pay", "discount", "repeat", "end"]),
        Rule::Needs("move", "choose"),
        Rule::Needs("choose", "move"),
        Rule::Needs("from", "move"),
        Rule::Needs("of", "chance"),
        Rule::Needs("repeat", "steps"),
        Rule::Needs("steps", "repeat"),
        Rule::Needs("until", "repeat"),
    ],
    later: &[],
    may_be_empty: false,
};

static CHANCES: Map = Map {
    noun: "a mapping from value to its chance",
    key_noun: "value",
    key: Word::Value,
    value: Shape::ByKind(&QUANTITY),
    reserved: &[],
    min: 2,
};

static AMOUNTS: Map = Map {
    noun: "a mapping from party to amount",
    key_noun: "party",
    key: Word::Name,
    value: Shape::ByKind(&QUANTITY),
    reserved: &[],
    min: 1,
};
