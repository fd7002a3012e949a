//! What is negotiated, and how the talks open.

use super::decisions::ASSIGNMENT;
use super::ground::QUANTITY;
use super::{ABOUT, BECAUSE, NAMES, TEXT, map, optional};
use crate::grammar::{Map, Record, Shape};

pub(super) static NEGOTIATION: Record = Record {
    name: "negotiation",
    noun: "a negotiation",
    doc: "Who negotiates over what, what each has without an agreement, and what each demands at the start. Everything has a default; `detente deals` uses it.",
    fields: &[
        ABOUT,
        BECAUSE,
        optional("between", "The parties without whose consent there is no agreement.", NAMES)
            .shown("between: [captor, state]", &["parties", "who", "negotiators"])
            .otherwise("every party that wants something"),
        optional("over", "The issues that an agreement settles; the others stay as in the disagreement.", NAMES)
            .shown("over: [hostages, ransom]", &["issues", "agenda"])
            .otherwise("every issue that a party sets"),
        optional("without_agreement", "How far the parties look ahead if talks fail and each acts alone: R, GMR, SMR, SEQ or SSEQ for all, or `own` for the foresight of each. What they have without an agreement is then what holds in that conflict.", TEXT)
            .shown("without_agreement: SEQ", &["otherwise", "if_talks_fail", "failing"])
            .otherwise("things are as in the disagreement"),
        optional("divide", "The issues that are goods of which each goes to a party: their values are the parties. For `detente divide`.", NAMES)
            .shown("divide: [camp, road]", &["goods", "shares"])
            .otherwise("every negotiated issue whose values are the parties"),
        optional(
            "reservations",
            "What parties have without an agreement, as a worth: from party to number.",
            Shape::Map(&RESERVATIONS),
        )
        .shown("reservations: {state: 2..4}", &["reservation", "batna", "walk_away"])
        .otherwise("the worth of the disagreement"),
        optional(
            "openings",
            "What parties demand at the start: from party to issues and their values.",
            Shape::Map(&OPENINGS),
        )
        .shown("openings: {captor: {ransom: full, raid: no}}", &["opening", "demands", "positions"])
        .otherwise("what is best for the party"),
    ],
    rules: &[],
    later: &[],
    may_be_empty: true,
};

static RESERVATIONS: Map = map("a mapping from party to its reservation", "party", Shape::ByKind(&QUANTITY));

static OPENINGS: Map = map("a mapping from party to what it demands", "party", Shape::Map(&ASSIGNMENT));
