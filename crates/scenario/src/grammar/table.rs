//! The table of the language.

use super::{ByKind, EitherList, Field, List, Map, Mapping, Record, Rule, Shape, Word};

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
            ..optional("outcomes", "Named sets of outcomes, for use in expressions like yes/no issues.", Shape::Map(&OUTCOMES))
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
    ],
    rules: &[],
    later: &["protocols", "bodies", "regimes"],
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

// Parties, sources, claims.

static PARTIES: Map = Map {
    noun: "a mapping from party to its record",
    key_noun: "party",
    key: Word::Name,
    value: Shape::ByKind(&PARTY),
    reserved: &[],
    min: 1,
};

static PARTY: ByKind = ByKind {
    noun: "a party (a mapping, or its name as text)",
    scalar: Some(Word::Text),
    list: None,
    mapping: Some(Mapping::Record(&PARTY_RECORD)),
    nothing: true,
};

static PARTY_RECORD: Record = Record {
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

static CONDITIONS: List = List { noun: "a list of conditions", item: Shape::ByKind(&CONDITION), min: 0 };

static CONDITION: ByKind = ByKind {
    noun: "a condition (an expression, or a mapping with `when`)",
    scalar: Some(Word::Expression),
    list: None,
    mapping: Some(Mapping::Record(&CONDITION_RECORD)),
    nothing: false,
};

static CONDITION_RECORD: Record = Record {
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

static SOURCES: Map = Map {
    noun: "a mapping from source to its record",
    key_noun: "source",
    key: Word::Reference,
    value: Shape::Record(&SOURCE),
    reserved: &[],
    min: 0,
};

static SOURCE: Record = Record {
    name: "source",
    noun: "a source",
    doc: "A document that claims rest on.",
    fields: &[
        Field { example: "title: Field memo", also: &["name"], ..required("title", "Its title.", TEXT) },
        Field { example: "author: A. Analyst", also: &["authors", "by"], ..optional("author", "Who wrote it.", TEXT) },
        Field { example: "publisher: own notes", also: &["journal"], ..optional("publisher", "Who published it.", TEXT) },
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

static CLAIMS: Map = Map {
    noun: "a mapping from claim to its record",
    key_noun: "claim",
    key: Word::Reference,
    value: Shape::Record(&CLAIM),
    reserved: &[],
    min: 0,
};

static CLAIM: Record = Record {
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

// Quantities.

static PARAMETERS: Map = Map {
    noun: "a mapping from parameter to number",
    key_noun: "parameter",
    key: Word::Name,
    value: Shape::ByKind(&QUANTITY),
    reserved: &[],
    min: 0,
};

static QUANTITY: ByKind = ByKind {
    noun: "a quantity (a number, a range, an expression, or a mapping with `value` or `low` and `high`)",
    scalar: Some(Word::Quantity),
    list: None,
    mapping: Some(Mapping::Record(&QUANTITY_RECORD)),
    nothing: false,
};

static QUANTITY_RECORD: Record = Record {
    name: "quantity",
    noun: "a quantity",
    doc: "A number with what is known about it. Text alone stands for its `value`.",
    fields: &[
        Field {
            example: "value: 3..6",
            also: &["is", "number", "amount"],
            ..optional("value", "The number: `4`, `2/3`, a range `3..6`, or an expression over parameters.", Shape::Scalar(Word::Quantity))
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

// Issues.

static ISSUES: Map = Map {
    noun: "a mapping from issue to its record",
    key_noun: "issue",
    key: Word::Name,
    value: Shape::Record(&ISSUE),
    reserved: &[],
    min: 0,
};

static ISSUE: Record = Record {
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
            ..optional("values", "Its values without order: a list, or a mapping from value to the name shown.", Shape::ByKind(&VALUE_LIST))
        },
        Field {
            example: "scale: [none, statement, ch7]",
            also: &["levels", "order"],
            ..optional("scale", "Its values in order, lowest first: a list, or a mapping from value to the name shown.", Shape::ByKind(&VALUE_LIST))
        },
        Field { example: "range: 0..30", also: &["interval"], ..optional("range", "Its values as numbers `low..high`.", TEXT) },
        Field { example: "step: 10", also: &["by"], ..optional("step", "Distance of neighbouring numbers of a range.", TEXT) },
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

static VALUE_LIST: ByKind = ByKind {
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

static CHANCES: Map = Map {
    noun: "a mapping from value to its chance",
    key_noun: "value",
    key: Word::Value,
    value: Shape::ByKind(&QUANTITY),
    reserved: &[],
    min: 0,
};

static MOVES: ByKind = ByKind {
    noun: "`free`, `forward`, `backward`, `fixed`, or a list of moves",
    scalar: Some(Word::OneOf(&["free", "forward", "backward", "fixed"])),
    list: Some(&List { noun: "a list of moves", item: Shape::Record(&MOVE), min: 0 }),
    mapping: None,
    nothing: false,
};

static MOVE: Record = Record {
    name: "move",
    noun: "a move",
    doc: "Changes of one issue that are possible.",
    fields: &[
        Field { example: "from: kept", also: &["start"], default: "any value", ..optional("from", "Values it may start from.", VALUES) },
        Field { example: "to: declared", also: &["end"], default: "any value", ..optional("to", "Values it may lead to.", VALUES) },
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

// Outcomes.

static OUTCOMES: Map = Map {
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

static OUTCOME: Record = Record {
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

static CONSTRAINTS: List = List { noun: "a list of constraints", item: Shape::Record(&CONSTRAINT), min: 0 };

static CONSTRAINT: Record = Record {
    name: "constraint",
    noun: "a constraint",
    doc: "What every outcome satisfies: `never`, `always`, or `if` with `then`.",
    fields: &[
        Field {
            example: "never: raid & ransom == full",
            also: &["not", "forbid", "infeasible"],
            ..optional("never", "Outcomes that cannot occur.", EXPRESSION)
        },
        Field { example: "always: ransom == none | talks", also: &["require"], ..optional("always", "Holds in every outcome.", EXPRESSION) },
        Field { example: "if: raid", also: &["when"], ..optional("if", "Where this holds, `then` holds too.", EXPRESSION) },
        Field { example: "then: ransom == none", also: &["implies"], ..optional("then", "What holds where `if` does.", EXPRESSION) },
        ABOUT,
        BECAUSE,
    ],
    rules: &[Rule::OneOf(&["never", "always", "if"]), Rule::Needs("if", "then"), Rule::Needs("then", "if")],
    later: &[],
    may_be_empty: false,
};

static ASSIGNMENT: Map = Map {
    noun: "a mapping from issue to value",
    key_noun: "issue",
    key: Word::Name,
    value: Shape::Scalar(Word::Value),
    reserved: &[BECAUSE],
    min: 0,
};

static DISAGREEMENT: ByKind = ByKind {
    noun: "`status_quo`, or a mapping from issue to value",
    scalar: Some(Word::OneOf(&["status_quo"])),
    list: None,
    mapping: Some(Mapping::Map(&ASSIGNMENT)),
    nothing: false,
};

// Preferences.

static PREFERENCES: Map = Map {
    noun: "a mapping from party to its preferences",
    key_noun: "party",
    key: Word::Name,
    value: Shape::Record(&PREFERENCE),
    reserved: &[],
    min: 0,
};

const WORTH: Field = Field {
    example: "worth: [{when: hostages == freed, add: 10}]",
    also: &["utility", "payoff", "score", "weights"],
    ..optional("worth", "Terms that add up to the worth of an outcome.", Shape::List(&TERMS))
};

const PRIORITY: Field = Field {
    example: "priority: [hostages == held, not raid]",
    also: &["priorities", "prioritising", "statements"],
    ..optional("priority", "Conditions it wants to hold, most important first.", Shape::List(&CONDITIONS))
};

const RANKING: Field = Field {
    example: "ranking: [deal, [truce, stalemate], otherwise]",
    also: &["rank", "order", "ranks"],
    ..optional("ranking", "Sets of outcomes, best first, an inner list for a tie; or pairs, each better than the other.", Shape::EitherList(&LEVELS))
};

static PREFERENCE: Record = Record {
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
    ],
    rules: &[Rule::AtMostOne(&["worth", "priority", "ranking"])],
    later: &[],
    may_be_empty: false,
};

static TYPES: Map = Map {
    noun: "a mapping from type to its record",
    key_noun: "type",
    key: Word::Name,
    value: Shape::Record(&TYPE),
    reserved: &[],
    min: 1,
};

static TYPE: Record = Record {
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
            ..optional("chance", "Chance that the party is of this type, before anything is seen.", Shape::ByKind(&QUANTITY))
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

static TERMS: List = List { noun: "a list of terms", item: Shape::Record(&TERM), min: 0 };

static TERM: Record = Record {
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
            ..required("add", "What it adds: a quantity, or an expression over issues and parameters.", Shape::ByKind(&QUANTITY))
        },
        ABOUT,
        BECAUSE,
    ],
    rules: &[],
    later: &[],
    may_be_empty: false,
};

static LEVELS: EitherList = EitherList {
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

static LEVEL: Record = Record {
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

static COMPARISON: Record = Record {
    name: "comparison",
    noun: "a pair",
    doc: "One comparison of outcomes: `better` with `worse`, or `same`.",
    fields: &[
        Field { example: "better: deal", also: &["best", "over"], ..optional("better", "Outcomes that are strictly better.", EXPRESSION) },
        Field { example: "worse: war", also: &["worst", "than"], ..optional("worse", "Outcomes that are strictly worse.", EXPRESSION) },
        Field {
            example: "same: [truce, stalemate]",
            also: &["equal", "tie"],
            ..optional("same", "Sets of outcomes that are equally good.", Shape::List(&List {
                noun: "a list of at least two expressions",
                item: EXPRESSION,
                min: 2,
            }))
        },
        ABOUT,
        BECAUSE,
    ],
    rules: &[Rule::OneOf(&["better", "same"]), Rule::Needs("better", "worse"), Rule::Needs("worse", "better")],
    later: &[],
    may_be_empty: false,
};
