//! How parties bargain: one record for each model.

use super::ground::QUANTITY;
use super::steps::MOVES;
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
        "moves",
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
        &MOVES,
    ],
};

/// A model without fields.
pub(super) const fn model(name: &'static str, noun: &'static str) -> Record {
    Record { name, noun, doc: "", fields: &[], rules: &[], later: &[], may_be_empty: false }
}

pub(super) const fn kind(words: &'static [&'static str], example: &'static str) -> Field {
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

pub(super) static BY_PARTY: ByKind = ByKind {
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

const BETWEEN: Field = required("between", "Who takes part.", Shape::List(&TWO_OR_MORE))
    .shown("between: [captor, state]", &["parties", "players", "among"]);

const IN_TURN: Field = required(
    "between",
    "Who takes part, in the order of their turns; the first makes the first offer.",
    Shape::List(&TWO_OR_MORE),
)
.shown("between: [captor, state]", &["parties", "players", "among"]);

const HAZARDS: Field = each("hazards", "How likely each is to lose its office or mandate in a round, or how often for a unit of time; it makes a party less patient.")
    .shown("hazards: {state: 0.1}", &["hazard", "political_will"])
    .otherwise("0");

const UNIT: Field = optional("unit", "The unit of time, as a word.", TEXT)
    .shown("unit: day", &["units", "time"])
    .otherwise("the word `unit`");

const PROPOSER: Field = role("proposer", "Who asks.").shown("proposer: state", &["seller", "by"]);

const INFORMED: Field = role("informed", "Who knows its worth.").shown("informed: captor", &["buyer", "of"]);

const PATIENCE_OF_BOTH: Field =
    needed("patience", "What an agreement is worth one round later, to both; above 0 and below 1.")
        .shown("patience: 0.9", &["discount", "delta", "discount_factor"]);

static ALTERNATING_OFFERS: Record = Record {
    doc: "Two parties divide one thing by offers in turn; delay costs them (Rubinstein). Shares are parts of what is divided. With `rounds` there is a deadline; with `rates` offers follow each other ever faster.",
    fields: &[
        kind(&["alternating-offers"], "kind: alternating-offers"),
        NAME,
        ABOUT,
        BECAUSE,
        IN_TURN,
        each("patience", "What a share is worth one round later, as a part of what it is worth now; above 0, and below 1 unless talks can break down.")
            .shown("patience: {captor: 0.9, state: 0.8..0.95}", &["discount", "delta", "discount_factor"]),
        each("rates", "How fast a share loses its worth, for a unit of time; in place of `patience`.")
            .shown("rates: {captor: 0.05, state: 0.1}", &["rate", "impatience"]),
        HAZARDS,
        each("outside", "What a party gets if it refuses an offer and leaves the talks; from 0 to 1.")
            .shown("outside: {state: 0.3}", &["outside_option", "batna", "exit"])
            .otherwise("0"),
        number("breakdown", "The chance that talks break down after an offer is refused; with `rates` how often they do for a unit of time.")
            .shown("breakdown: 0.1", &["risk"])
            .otherwise("0"),
        each("breakdown_payoffs", "What each has after a breakdown, or after the last offer is refused; from 0 to 1, together at most 1.")
            .shown("breakdown_payoffs: {captor: 0.2, state: 0.1}", &["disagreement", "no_deal"])
            .otherwise("0"),
        number("rounds", "Number of offers before the deadline.")
            .shown("rounds: 6", &["deadline", "periods"])
            .otherwise("no deadline"),
        UNIT,
    ],
    rules: &[Rule::OneOf(&["patience", "rates"]), Rule::Needs("rounds", "patience")],
    ..model("alternating_offers", "talks with alternating offers")
};

static UNANIMITY: Record = Record {
    doc: "Parties divide one thing by offers in turn that all must accept.",
    fields: &[
        kind(&["unanimity"], "kind: unanimity"),
        NAME,
        ABOUT,
        BECAUSE,
        IN_TURN,
        needed_of_each("patience", "What a share is worth one round later; above 0 and below 1.")
            .shown("patience: 0.9", &["discount", "delta", "discount_factor"]),
        HAZARDS,
        optional(
            "next",
            "Who makes the next offer: whoever refused (`rejector`), or the next of `between` (`rotation`).",
            Shape::Scalar(Word::OneOf(&["rejector", "rotation"])),
        )
        .shown("next: rotation", &["turn", "order"])
        .otherwise("`rejector`"),
    ],
    ..model("unanimity", "talks in which all must agree")
};

static RANDOM_PROPOSER: Record = Record {
    doc: "In each round a proposer is drawn, and so many must accept its division of one thing (Baron and Ferejohn, closed rule).",
    fields: &[
        kind(&["random-proposer"], "kind: random-proposer"),
        NAME,
        ABOUT,
        BECAUSE,
        BETWEEN,
        needed_of_each("patience", "What a share is worth one round later; above 0 and below 1; the same for all if fewer than all must agree.")
            .shown("patience: 0.9", &["discount", "delta", "discount_factor"]),
        HAZARDS,
        each("weights", "How likely each is to be drawn, in proportion; the same for all if fewer than all must agree.")
            .shown("weights: {captor: 2, state: 1}", &["chances", "recognition"])
            .otherwise("all alike"),
        number("votes", "How many must agree, the proposer among them.")
            .shown("votes: 2", &["quota", "majority"])
            .otherwise("all"),
    ],
    ..model("random_proposer", "talks with a proposer that is drawn")
};

static COASE: Record = Record {
    doc: "A proposer asks a price in each round and does not know what an agreement is worth to the other: anything from 0 to `highest`, each as likely. An agreement costs the proposer nothing.",
    fields: &[
        kind(&["coase"], "kind: coase"),
        NAME,
        ABOUT,
        BECAUSE,
        PROPOSER,
        INFORMED,
        PATIENCE_OF_BOTH,
        number("highest", "The most that an agreement may be worth to the other.")
            .shown("highest: 10", &["most", "high"])
            .otherwise("1"),
    ],
    ..model("coase", "demands that fall")
};

static SCREENING: Record = Record {
    doc: "A proposer asks a price, and another one round later if the first is refused. An agreement is worth `high` or `low` to the other, which alone knows.",
    fields: &[
        kind(&["screening"], "kind: screening"),
        NAME,
        ABOUT,
        BECAUSE,
        PROPOSER,
        INFORMED,
        PATIENCE_OF_BOTH,
        needed("high", "The higher worth.").shown("high: 2", &["strong"]),
        needed("low", "The lower worth; above 0.").shown("low: 1", &["weak"]),
        needed("chance", "The chance of the higher worth, from 0 to 1.")
            .shown("chance: 0.6", &["probability", "prior"]),
    ],
    ..model("screening", "two offers to two types")
};

static DOUBLE_AUCTION: Record = Record {
    doc: "Both name a price once and agree on the middle if the bid is at least what is asked. The worth to the buyer and the cost to the seller are anything from `low` to `high`, each as likely, and known to one side alone.",
    fields: &[
        kind(&["double-auction"], "kind: double-auction"),
        NAME,
        ABOUT,
        BECAUSE,
        role("seller", "Who gives something up.").shown("seller: state", &["proposer"]),
        role("buyer", "Who gets it and pays.").shown("buyer: captor", &["informed"]),
        needed("low", "Least worth, and least cost.").shown("low: 0", &["least"]),
        needed("high", "Greatest worth, and greatest cost.").shown("high: 10", &["most"]),
    ],
    ..model("double_auction", "a price that both name")
};

static ATTRITION: Record = Record {
    doc: "Two parties wait for each other to give in; whoever does first loses a prize to the other, and waiting costs both. Everything is known to both.",
    fields: &[
        kind(&["attrition"], "kind: attrition"),
        NAME,
        ABOUT,
        BECAUSE,
        BETWEEN,
        needed_of_each("prize", "What winning is worth to each.")
            .shown("prize: {captor: 1, state: 2}", &["stake", "value"]),
        needed_of_each("cost", "What waiting costs each, for a unit of time.")
            .shown("cost: 0.1", &["costs", "waiting"]),
        UNIT,
    ],
    ..model("attrition", "a war of attrition")
};

static REPUTATION: Record = Record {
    doc: "Two parties demand shares of one thing that do not fit together. Each may be obstinate and never take less; whoever gives in first takes what the other's demand leaves.",
    fields: &[
        kind(&["reputation"], "kind: reputation"),
        NAME,
        ABOUT,
        BECAUSE,
        BETWEEN,
        needed_of_each("rates", "How fast a share loses its worth to each, for a unit of time.")
            .shown("rates: {captor: 0.05, state: 0.1}", &["rate", "impatience"]),
        HAZARDS,
        needed_of_each("demands", "The share that each demands; together more than 1.")
            .shown("demands: {captor: 0.6, state: 0.8}", &["demand", "shares"]),
        needed_of_each("obstinate", "The chance that each never takes less than it demands.")
            .shown("obstinate: 0.1", &["stubborn", "commitment"]),
        UNIT,
    ],
    ..model("reputation", "demands with a reputation")
};

static AUDIENCE_COSTS: Record = Record {
    doc: "Two sides wait in public for each other to back down over a prize of 1; what backing down costs grows with time. What war is worth to a side is anything from -1 to 0, each as likely, and known to it alone (Fearon).",
    fields: &[
        kind(&["audience-costs"], "kind: audience-costs"),
        NAME,
        ABOUT,
        BECAUSE,
        BETWEEN,
        needed_of_each("costs", "How fast the cost of backing down grows, for a unit of time, as a part of the prize.")
            .shown("costs: {captor: 0.1, state: 0.2}", &["cost", "audience"]),
        UNIT,
    ],
    ..model("audience_costs", "a contest before audiences")
};

static DECAYING_WILL: Record = Record {
    doc: "Carrying out a threat is worth less as time passes, so that the threat stops being credible at a date. With `deal`, `strike` and `rate` the target chooses to give in at once, at the last moment or never.",
    fields: &[
        kind(&["decaying-will"], "kind: decaying-will"),
        NAME,
        ABOUT,
        BECAUSE,
        role("coercer", "Who threatens.").shown("coercer: state", &["by", "threat_by"]),
        role("target", "Who is threatened.").shown("target: captor", &["against", "of"]),
        needed("will", "What carrying out the threat is worth to the coercer now.")
            .shown("will: 10", &["worth", "resolve"]),
        needed("decay", "How fast that decays, for a unit of time.")
            .shown("decay: 0.05..0.2", &["lambda", "decay_rate"]),
        needed("cost", "What carrying it out costs the coercer.").shown("cost: 6", &["costs"]),
        number("backing_down", "What dropping it costs the coercer.")
            .shown("backing_down: 3", &["audience_cost", "bluff"])
            .otherwise("0"),
        number("deal", "What a deal costs the target, at the date at which it is carried out.")
            .shown("deal: 9/2", &["concession", "compliance"]),
        number("strike", "What it costs the target if the threat is carried out.")
            .shown("strike: 12", &["damage", "punishment"]),
        number("strike_rate", "How often the threat is carried out for a unit of time, while it is credible.")
            .shown("strike_rate: 0.02", &["hazard", "risk"])
            .otherwise("0"),
        number("last_chance", "The chance that it is carried out at the last moment rather than dropped.")
            .shown("last_chance: 0.1", &["at_the_last_moment"])
            .otherwise("0"),
        number("rate", "How fast costs lose their weight to the target, for a unit of time.")
            .shown("rate: 0.01", &["discount", "impatience"]),
        number(
            "clause",
            "The time after which a deal that is signed now must be carried out; until then the threat is not.",
        )
        .shown("clause: 30", &["delay", "grace"]),
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
    ..model("decaying_will", "a threat that decays")
};
