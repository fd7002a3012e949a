//! How parties bargain: one record for each model.

use super::ground::QUANTITY;
use super::{ABOUT, BECAUSE, NAME, TEXT, map, optional, required};
use crate::grammar::{ByKind, Field, Kinds, List, Map, Mapping, Record, Rule, Shape, Word};

pub(super) static PROTOCOLS: Map = map("a mapping from protocol to its model", "protocol", Shape::Kinds(&PROTOCOL));

static PROTOCOL: Kinds = Kinds {
    noun: "a protocol",
    tag: "kind",
    words: &[
        "alternating-offers",
        "unanimity",
        "random-proposer",
        "coase",
        "screening",
        "double-auction",
        "attrition",
        "reputation",
        "audience-costs",
        "decaying-will",
    ],
    records: &[
        &ALTERNATING_OFFERS,
        &UNANIMITY,
        &RANDOM_PROPOSER,
        &COASE,
        &SCREENING,
        &DOUBLE_AUCTION,
        &ATTRITION,
        &REPUTATION,
        &AUDIENCE_COSTS,
        &DECAYING_WILL,
    ],
};

const fn kind(words: &'static [&'static str], example: &'static str) -> Field {
    Field { example, also: &["type", "model"], ..required("kind", "The model.", Shape::Scalar(Word::OneOf(words))) }
}

const fn number(name: &'static str, doc: &'static str) -> Field {
    optional(name, doc, Shape::ByKind(&QUANTITY))
}

const fn needed(name: &'static str, doc: &'static str) -> Field {
    required(name, doc, Shape::ByKind(&QUANTITY))
}

const fn each(name: &'static str, doc: &'static str) -> Field {
    optional(name, doc, Shape::ByKind(&BY_PARTY))
}

const fn needed_of_each(name: &'static str, doc: &'static str) -> Field {
    required(name, doc, Shape::ByKind(&BY_PARTY))
}

const fn role(name: &'static str, doc: &'static str) -> Field {
    required(name, doc, Shape::Scalar(Word::Name))
}

static BY_PARTY: ByKind = ByKind {
    noun: "a number for all parties, or a mapping from party to number",
    scalar: Some(Word::Quantity),
    list: None,
    mapping: Some(Mapping::Map(&PARTY_NUMBERS)),
    nothing: false,
};

static PARTY_NUMBERS: Map = Map {
    noun: "a mapping from party to number",
    key_noun: "party",
    key: Word::Name,
    value: Shape::ByKind(&QUANTITY),
    reserved: &[],
    min: 1,
};

static TWO_OR_MORE: List = List { noun: "a list of parties", item: Shape::Scalar(Word::Name), min: 2 };

const BETWEEN: Field = Field {
    example: "between: [captor, state]",
    also: &["parties", "players", "among"],
    ..required("between", "Who takes part.", Shape::List(&TWO_OR_MORE))
};

const IN_TURN: Field = Field {
    example: "between: [captor, state]",
    also: &["parties", "players", "among"],
    ..required(
        "between",
        "Who takes part, in the order of their turns; the first makes the first offer.",
        Shape::List(&TWO_OR_MORE),
    )
};

const HAZARDS: Field = Field {
    example: "hazards: {state: 0.1}",
    also: &["hazard", "political_will"],
    default: "0",
    ..each(
        "hazards",
        "How likely each is to lose its office or mandate in a round, or how often for a unit of time; it makes a party less patient.",
    )
};

const UNIT: Field = Field {
    example: "unit: day",
    also: &["units", "time"],
    default: "the word `unit`",
    ..optional("unit", "The unit of time, as a word.", TEXT)
};

static ALTERNATING_OFFERS: Record = Record {
    name: "alternating_offers",
    noun: "talks with alternating offers",
    doc: "Two parties divide one thing by offers in turn; delay costs them (Rubinstein). Shares are parts of what is divided. With `rounds` there is a deadline; with `rates` offers follow each other ever faster.",
    fields: &[
        kind(&["alternating-offers"], "kind: alternating-offers"),
        NAME,
        ABOUT,
        BECAUSE,
        IN_TURN,
        Field {
            example: "patience: {captor: 0.9, state: 0.8..0.95}",
            also: &["discount", "delta", "discount_factor"],
            ..each(
                "patience",
                "What a share is worth one round later, as a part of what it is worth now; above 0, and below 1 unless talks can break down.",
            )
        },
        Field {
            example: "rates: {captor: 0.05, state: 0.1}",
            also: &["rate", "impatience"],
            ..each("rates", "How fast a share loses its worth, for a unit of time; in place of `patience`.")
        },
        HAZARDS,
        Field {
            example: "outside: {state: 0.3}",
            also: &["outside_option", "batna", "exit"],
            default: "0",
            ..each("outside", "What a party gets if it refuses an offer and leaves the talks; from 0 to 1.")
        },
        Field {
            example: "breakdown: 0.1",
            also: &["risk"],
            default: "0",
            ..number(
                "breakdown",
                "The chance that talks break down after an offer is refused; with `rates` how often they do for a unit of time.",
            )
        },
        Field {
            example: "breakdown_payoffs: {captor: 0.2, state: 0.1}",
            also: &["disagreement", "no_deal"],
            default: "0",
            ..each(
                "breakdown_payoffs",
                "What each has after a breakdown, or after the last offer is refused; from 0 to 1, together at most 1.",
            )
        },
        Field {
            example: "rounds: 6",
            also: &["deadline", "periods"],
            default: "no deadline",
            ..number("rounds", "Number of offers before the deadline.")
        },
        UNIT,
    ],
    rules: &[Rule::OneOf(&["patience", "rates"]), Rule::Needs("rounds", "patience")],
    later: &[],
    may_be_empty: false,
};

static UNANIMITY: Record = Record {
    name: "unanimity",
    noun: "talks in which all must agree",
    doc: "Parties divide one thing by offers in turn that all must accept.",
    fields: &[
        kind(&["unanimity"], "kind: unanimity"),
        NAME,
        ABOUT,
        BECAUSE,
        IN_TURN,
        Field {
            example: "patience: 0.9",
            also: &["discount", "delta", "discount_factor"],
            ..needed_of_each("patience", "What a share is worth one round later; above 0 and below 1.")
        },
        HAZARDS,
        Field {
            example: "next: rotation",
            also: &["turn", "order"],
            default: "`rejector`",
            ..optional(
                "next",
                "Who makes the next offer: whoever refused (`rejector`), or the next of `between` (`rotation`).",
                Shape::Scalar(Word::OneOf(&["rejector", "rotation"])),
            )
        },
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

static RANDOM_PROPOSER: Record = Record {
    name: "random_proposer",
    noun: "talks with a proposer that is drawn",
    doc: "In each round a proposer is drawn, and so many must accept its division of one thing (Baron and Ferejohn, closed rule).",
    fields: &[
        kind(&["random-proposer"], "kind: random-proposer"),
        NAME,
        ABOUT,
        BECAUSE,
        BETWEEN,
        Field {
            example: "patience: 0.9",
            also: &["discount", "delta", "discount_factor"],
            ..needed_of_each(
                "patience",
                "What a share is worth one round later; above 0 and below 1; the same for all if fewer than all must agree.",
            )
        },
        HAZARDS,
        Field {
            example: "weights: {captor: 2, state: 1}",
            also: &["chances", "recognition"],
            default: "all alike",
            ..each(
                "weights",
                "How likely each is to be drawn, in proportion; the same for all if fewer than all must agree.",
            )
        },
        Field {
            example: "votes: 2",
            also: &["quota", "majority"],
            default: "all",
            ..number("votes", "How many must agree, the proposer among them.")
        },
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

static COASE: Record = Record {
    name: "coase",
    noun: "demands that fall",
    doc: "A proposer asks a price in each round and does not know what an agreement is worth to the other: anything from 0 to `highest`, each as likely. An agreement costs the proposer nothing.",
    fields: &[
        kind(&["coase"], "kind: coase"),
        NAME,
        ABOUT,
        BECAUSE,
        Field { example: "proposer: state", also: &["seller", "by"], ..role("proposer", "Who asks.") },
        Field { example: "informed: captor", also: &["buyer", "of"], ..role("informed", "Who knows its worth.") },
        Field {
            example: "patience: 0.9",
            also: &["discount", "delta", "discount_factor"],
            ..needed("patience", "What an agreement is worth one round later, to both; above 0 and below 1.")
        },
        Field {
            example: "highest: 10",
            also: &["most", "high"],
            default: "1",
            ..number("highest", "The most that an agreement may be worth to the other.")
        },
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

static SCREENING: Record = Record {
    name: "screening",
    noun: "two offers to two types",
    doc: "A proposer asks a price, and another one round later if the first is refused. An agreement is worth `high` or `low` to the other, which alone knows.",
    fields: &[
        kind(&["screening"], "kind: screening"),
        NAME,
        ABOUT,
        BECAUSE,
        Field { example: "proposer: state", also: &["seller", "by"], ..role("proposer", "Who asks.") },
        Field { example: "informed: captor", also: &["buyer", "of"], ..role("informed", "Who knows its worth.") },
        Field {
            example: "patience: 0.9",
            also: &["discount", "delta", "discount_factor"],
            ..needed("patience", "What an agreement is worth one round later, to both; above 0 and below 1.")
        },
        Field { example: "high: 2", also: &["strong"], ..needed("high", "The higher worth.") },
        Field { example: "low: 1", also: &["weak"], ..needed("low", "The lower worth; above 0.") },
        Field {
            example: "chance: 0.6",
            also: &["probability", "prior"],
            ..needed("chance", "The chance of the higher worth, from 0 to 1.")
        },
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

static DOUBLE_AUCTION: Record = Record {
    name: "double_auction",
    noun: "a price that both name",
    doc: "Both name a price once and agree on the middle if the bid is at least what is asked. The worth to the buyer and the cost to the seller are anything from `low` to `high`, each as likely, and known to one side alone.",
    fields: &[
        kind(&["double-auction"], "kind: double-auction"),
        NAME,
        ABOUT,
        BECAUSE,
        Field { example: "seller: state", also: &["proposer"], ..role("seller", "Who gives something up.") },
        Field { example: "buyer: captor", also: &["informed"], ..role("buyer", "Who gets it and pays.") },
        Field { example: "low: 0", also: &["least"], ..needed("low", "Least worth, and least cost.") },
        Field { example: "high: 10", also: &["most"], ..needed("high", "Greatest worth, and greatest cost.") },
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

static ATTRITION: Record = Record {
    name: "attrition",
    noun: "a war of attrition",
    doc: "Two parties wait for each other to give in; whoever does first loses a prize to the other, and waiting costs both. Everything is known to both.",
    fields: &[
        kind(&["attrition"], "kind: attrition"),
        NAME,
        ABOUT,
        BECAUSE,
        BETWEEN,
        Field {
            example: "prize: {captor: 1, state: 2}",
            also: &["stake", "value"],
            ..needed_of_each("prize", "What winning is worth to each.")
        },
        Field {
            example: "cost: 0.1",
            also: &["costs", "waiting"],
            ..needed_of_each("cost", "What waiting costs each, for a unit of time.")
        },
        UNIT,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

static REPUTATION: Record = Record {
    name: "reputation",
    noun: "demands with a reputation",
    doc: "Two parties demand shares of one thing that do not fit together. Each may be obstinate and never take less; whoever gives in first takes what the other's demand leaves.",
    fields: &[
        kind(&["reputation"], "kind: reputation"),
        NAME,
        ABOUT,
        BECAUSE,
        BETWEEN,
        Field {
            example: "rates: {captor: 0.05, state: 0.1}",
            also: &["rate", "impatience"],
            ..needed_of_each("rates", "How fast a share loses its worth to each, for a unit of time.")
        },
        HAZARDS,
        Field {
            example: "demands: {captor: 0.6, state: 0.8}",
            also: &["demand", "shares"],
            ..needed_of_each("demands", "The share that each demands; together more than 1.")
        },
        Field {
            example: "obstinate: 0.1",
            also: &["stubborn", "commitment"],
            ..needed_of_each("obstinate", "The chance that each never takes less than it demands.")
        },
        UNIT,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

static AUDIENCE_COSTS: Record = Record {
    name: "audience_costs",
    noun: "a contest before audiences",
    doc: "Two sides wait in public for each other to back down over a prize of 1; what backing down costs grows with time. What war is worth to a side is anything from -1 to 0, each as likely, and known to it alone (Fearon).",
    fields: &[
        kind(&["audience-costs"], "kind: audience-costs"),
        NAME,
        ABOUT,
        BECAUSE,
        BETWEEN,
        Field {
            example: "costs: {captor: 0.1, state: 0.2}",
            also: &["cost", "audience"],
            ..needed_of_each(
                "costs",
                "How fast the cost of backing down grows, for a unit of time, as a part of the prize.",
            )
        },
        UNIT,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

static DECAYING_WILL: Record = Record {
    name: "decaying_will",
    noun: "a threat that decays",
    doc: "Carrying out a threat is worth less as time passes, so that the threat stops being credible at a date. With `deal`, `strike` and `rate` the target chooses to give in at once, at the last moment or never.",
    fields: &[
        kind(&["decaying-will"], "kind: decaying-will"),
        NAME,
        ABOUT,
        BECAUSE,
        Field { example: "coercer: state", also: &["by", "threat_by"], ..role("coercer", "Who threatens.") },
        Field { example: "target: captor", also: &["against", "of"], ..role("target", "Who is threatened.") },
        Field {
            example: "will: 10",
            also: &["worth", "resolve"],
            ..needed("will", "What carrying out the threat is worth to the coercer now.")
        },
        Field {
            example: "decay: 0.05..0.2",
            also: &["lambda", "decay_rate"],
            ..needed("decay", "How fast that decays, for a unit of time.")
        },
        Field { example: "cost: 6", also: &["costs"], ..needed("cost", "What carrying it out costs the coercer.") },
        Field {
            example: "backing_down: 3",
            also: &["audience_cost", "bluff"],
            default: "0",
            ..number("backing_down", "What dropping it costs the coercer.")
        },
        Field {
            example: "deal: 9/2",
            also: &["concession", "compliance"],
            ..number("deal", "What a deal costs the target, at the date at which it is carried out.")
        },
        Field {
            example: "strike: 12",
            also: &["damage", "punishment"],
            ..number("strike", "What it costs the target if the threat is carried out.")
        },
        Field {
            example: "strike_rate: 0.02",
            also: &["hazard", "risk"],
            default: "0",
            ..number("strike_rate", "How often the threat is carried out for a unit of time, while it is credible.")
        },
        Field {
            example: "last_chance: 0.1",
            also: &["at_the_last_moment"],
            default: "0",
            ..number("last_chance", "The chance that it is carried out at the last moment rather than dropped.")
        },
        Field {
            example: "rate: 0.01",
            also: &["discount", "impatience"],
            ..number("rate", "How fast costs lose their weight to the target, for a unit of time.")
        },
        Field {
            example: "clause: 30",
            also: &["delay", "grace"],
            ..number(
                "clause",
                "The time after which a deal that is signed now must be carried out; until then the threat is not.",
            )
        },
        UNIT,
    ],
    rules: &[
        Rule::Needs("deal", "strike"),
        Rule::Needs("strike", "deal"),
        Rule::Needs("deal", "rate"),
        Rule::Needs("rate", "deal"),
        Rule::Needs("strike_rate", "deal"),
        Rule::Needs("last_chance", "deal"),
        Rule::Needs("clause", "deal"),
    ],
    later: &[],
    may_be_empty: false,
};
