//! The table of the language.

mod beliefs;
mod decisions;
mod ground;
mod nuances;
mod preferences;
mod protocols;
mod steps;
mod talks;

use super::{Field, Map, Record, Shape, Word};
use beliefs::BELIEVES;
pub(super) use decisions::ISSUE;
use decisions::{ASSIGNMENT, CONSTRAINTS, DISAGREEMENT, ISSUES, OUTCOMES};
use ground::{CLAIMS, PARAMETERS, PARTIES, SOURCES};
use preferences::PREFERENCES;
use protocols::PROTOCOLS;
use talks::NEGOTIATION;

/// A whole scenario file.
pub static SCENARIO: Record = Record {
    name: "scenario",
    noun: "a scenario",
    doc: "A whole scenario file. The order of the sections is free.",
    fields: &[
        Field {
            example: "detente: 1",
            also: &["version"],
            ..required("detente", "Version of the language.", Shape::Scalar(Word::Version))
        },
        Field {
            example: "title: A hostage and a ransom",
            also: &["name"],
            ..required("title", "Title shown to readers.", TEXT)
        },
        ABOUT,
        Field {
            example: "parties: {captor: {name: Captor}, state: State}",
            also: &["players", "actors", "agents", "decision_makers", "sides"],
            ..required("parties", "Who decides: from party to its record, or to its name alone.", Shape::Map(&PARTIES))
        },
        Field {
            example: "sources: {memo: {title: Field memo, date: 2024-03-01, file: memo.txt}}",
            also: &["references", "bibliography"],
            ..optional("sources", "Documents that claims rest on.", Shape::Map(&SOURCES))
        },
        Field {
            example: "claims: {will-talk: {says: The captor has asked for a channel., source: memo}}",
            also: &["evidence", "facts"],
            ..optional("claims", "Statements that numbers and rules rest on, named by `because`.", Shape::Map(&CLAIMS))
        },
        Field {
            example: "parameters: {raid_cost: 3..6}",
            also: &["numbers", "constants", "variables"],
            ..optional("parameters", "Named numbers, for use in expressions.", Shape::Map(&PARAMETERS))
        },
        Field {
            example: "issues: {ransom: {values: [none, half, full], set_by: state}}",
            also: &["options", "variables", "choices"],
            ..optional("issues", "What is decided; a value for every issue is an outcome.", Shape::Map(&ISSUES))
        },
        Field {
            example: "outcomes: {deal: hostages == freed & ransom != none}",
            also: &["states", "scenarios"],
            ..optional(
                "outcomes",
                "Named sets of outcomes, for use in expressions like yes/no issues.",
                Shape::Map(&OUTCOMES),
            )
        },
        Field {
            example: "constraints: [{never: raid & ransom == full}]",
            also: &["rules", "infeasible", "feasibility"],
            ..optional("constraints", "Which outcomes cannot occur.", Shape::List(&CONSTRAINTS))
        },
        Field {
            example: "status_quo: {hostages: held, ransom: none, raid: no}",
            also: &["initial", "start", "now"],
            ..optional("status_quo", "The outcome that holds now: from issue to value.", Shape::Map(&ASSIGNMENT))
        },
        Field {
            example: "disagreement: status_quo",
            also: &["no_deal", "fallback", "batna"],
            ..optional("disagreement", "The outcome if nothing is agreed.", Shape::ByKind(&DISAGREEMENT))
        },
        Field {
            example: "preferences: {state: {worth: [{when: hostages == freed, add: 10}]}}",
            also: &["utilities", "payoffs", "goals", "values"],
            ..optional("preferences", "What each party wants: from party to its preferences.", Shape::Map(&PREFERENCES))
        },
        Field {
            example: "believes: {state: {types: {captor: desperate}, parameters: {raid_cost: 2}}}",
            also: &["beliefs", "perceptions", "hypergame"],
            ..optional(
                "believes",
                "What parties are wrong about: from party to its beliefs. `detente hypergame` uses it; all other questions judge the true situation.",
                Shape::Map(&BELIEVES),
            )
        },
        Field {
            example: "protocols: {talks: {kind: alternating-offers, between: [captor, state], patience: 0.9}}",
            also: &["bargaining", "procedure", "process"],
            ..optional(
                "protocols",
                "How parties bargain over time, each by a model, for the command `delay`; or who moves when, for the command `play`.",
                Shape::Map(&PROTOCOLS),
            )
        },
        Field {
            example: "negotiation: {between: [captor, state], openings: {captor: {ransom: full}}}",
            also: &["talks", "deals"],
            ..optional(
                "negotiation",
                "Who negotiates over what, and how the talks open. `detente deals` uses it.",
                Shape::Record(&NEGOTIATION),
            )
        },
    ],
    rules: &[],
    later: &["bodies", "regimes"],
    may_be_empty: false,
};

const TEXT: Shape = Shape::Scalar(Word::Text);
const EXPRESSION: Shape = Shape::Scalar(Word::Expression);
const REFERENCES: Shape = Shape::OneOrMany(Word::Reference);
const VALUES: Shape = Shape::OneOrMany(Word::Value);
const NAMES: Shape = Shape::OneOrMany(Word::Name);

const fn field(name: &'static str, doc: &'static str, shape: Shape, required: bool) -> Field {
    Field { name, doc, required, shape, default: "", example: "", also: &[] }
}

const fn required(name: &'static str, doc: &'static str, shape: Shape) -> Field {
    field(name, doc, shape, true)
}

const fn optional(name: &'static str, doc: &'static str, shape: Shape) -> Field {
    field(name, doc, shape, false)
}

impl Field {
    /// The same with a line that shows it, and other words for it.
    const fn shown(self, example: &'static str, also: &'static [&'static str]) -> Self {
        Self { example, also, ..self }
    }

    /// The same with what its absence means.
    const fn otherwise(self, default: &'static str) -> Self {
        Self { default, ..self }
    }
}

/// A mapping, empty or not, whose keys are names.
const fn map(noun: &'static str, key_noun: &'static str, value: Shape) -> Map {
    Map { noun, key_noun, key: Word::Name, value, reserved: &[], min: 0 }
}

const ABOUT: Field = Field {
    example: "about: A paragraph for readers.",
    also: &["description", "comment", "note", "notes", "summary"],
    ..optional("about", "Prose for readers; nothing is computed from it.", TEXT)
};

const NAME: Field = Field {
    example: "name: The captor",
    also: &["label", "title"],
    default: "its id",
    ..optional("name", "Name shown to readers.", TEXT)
};

const BECAUSE: Field = Field {
    example: "because: [will-talk, memo-3]",
    also: &["evidence", "why", "claims", "reason", "source"],
    ..optional("because", "Claims it rests on.", REFERENCES)
};
