//! What may a scenario file hold?
//!
//! One static table ([`SCENARIO`]) names every section and field, says what it is for
//! and which kinds of value it takes. Three readers use it and nothing else: the
//! checker of shapes ([`check_shape`]), the JSON Schema for editors
//! ([`crate::schema`]) and the reference for readers ([`reference_markdown`]). So
//! the three agree: the schema accepts a file exactly if the checker finds no fault.
//!
//! Left out: what names and expressions mean; that is [`crate::check_scenario`]'s.

mod check;
mod mend;
mod reference;
mod table;
mod words;

pub(crate) use check::check_and_mend;
pub use check::check_shape;
pub use reference::reference_markdown;
pub use table::SCENARIO;
#[cfg(test)]
pub(crate) use words::core_number;

/// Version of the language, the value of `detente`.
pub const LANGUAGE_VERSION: u32 = 1;

/// A mapping with known fields.
#[derive(Debug)]
pub struct Record {
    /// Its name in the schema and the reference.
    pub name: &'static str,
    /// What one is, with its article: `a party`.
    pub noun: &'static str,
    /// Its meaning, one or two sentences.
    pub doc: &'static str,
    /// Its fields, in the order of the reference.
    pub fields: &'static [Field],
    /// Conditions between fields.
    pub rules: &'static [Rule],
    /// Fields of later versions: refused as not supported yet.
    pub later: &'static [&'static str],
    /// Whether nothing at all may stand for a record without fields.
    pub may_be_empty: bool,
}

/// A field of a record.
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// Its meaning, one or two sentences.
    pub doc: &'static str,
    /// Whether the record is at fault without it.
    pub required: bool,
    /// What may stand there.
    pub shape: Shape,
    /// What its absence means; empty where nothing follows from it.
    pub default: &'static str,
    /// A line that shows it.
    pub example: &'static str,
    /// Other words people use for it.
    pub also: &'static [&'static str],
}

/// A condition between the fields of a record.
#[derive(Debug)]
pub enum Rule {
    /// Exactly one of these is present.
    OneOf(&'static [&'static str]),
    /// At most one of these is present.
    AtMostOne(&'static [&'static str]),
    /// The first is absent or the second is present.
    Needs(&'static str, &'static str),
}

/// What may stand at a place.
#[derive(Debug)]
pub enum Shape {
    /// A scalar.
    Scalar(Word),
    /// A mapping with known fields.
    Record(&'static Record),
    /// A mapping from chosen names.
    Map(&'static Map),
    /// A list.
    List(&'static List),
    /// One entry, or a list of at least one.
    OneOrMany(Word),
    /// Different shapes for different kinds of node.
    ByKind(&'static ByKind),
    /// A list whose entries are all of the first or all of the second form.
    EitherList(&'static EitherList),
    /// Mappings with different fields, told apart by a word.
    Kinds(&'static Kinds),
}

/// A mapping from names that the author chooses.
#[derive(Debug)]
pub struct Map {
    /// What it is, with its article.
    pub noun: &'static str,
    /// What a key is, in a word or two: `party`.
    pub key_noun: &'static str,
    /// What keys look like.
    pub key: Word,
    /// What stands behind a key.
    pub value: Shape,
    /// Keys that are fields, not names.
    pub reserved: &'static [Field],
    /// Least number of entries.
    pub min: usize,
}

/// A list.
#[derive(Debug)]
pub struct List {
    /// What it is, with its article.
    pub noun: &'static str,
    /// Its entries.
    pub item: Shape,
    /// Least number of entries.
    pub min: usize,
}

/// Shapes by kind of node; `None` refuses the kind.
#[derive(Debug)]
pub struct ByKind {
    /// What it is, with its article, and all its forms.
    pub noun: &'static str,
    /// For text.
    pub scalar: Option<Word>,
    /// For a list.
    pub list: Option<&'static List>,
    /// For a mapping.
    pub mapping: Option<Mapping>,
    /// Whether nothing at all may stand there.
    pub nothing: bool,
}

/// The two kinds of mapping.
#[derive(Debug)]
pub enum Mapping {
    /// With known fields.
    Record(&'static Record),
    /// With chosen names.
    Map(&'static Map),
}

/// A list in one of two forms.
#[derive(Debug)]
pub struct EitherList {
    /// What it is, with its article.
    pub noun: &'static str,
    /// Name of the first form's entries, in the plural.
    pub first_noun: &'static str,
    /// Entries of the first form.
    pub first: Shape,
    /// Name of the second form's entries, in the plural.
    pub second_noun: &'static str,
    /// Entries of the second form.
    pub second: &'static Record,
    /// Fields by which an entry shows that it is of the second form.
    pub second_keys: &'static [&'static str],
    /// Least number of entries.
    pub min: usize,
}

/// Mappings with different fields, told apart by the word of one field.
#[derive(Debug)]
pub struct Kinds {
    /// What one is, with its article.
    pub noun: &'static str,
    /// The field that tells them apart; every record has it.
    pub tag: &'static str,
    /// Its words.
    pub words: &'static [&'static str],
    /// The record of each word.
    pub records: &'static [&'static Record],
}

/// Kinds of scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Prose.
    Text,
    /// An expression; read later.
    Expression,
    /// A number, a range `2..6`, or an expression over parameters; read later.
    Quantity,
    /// A name usable in expressions: letter or underscore, then letters, digits,
    /// underscores.
    Name,
    /// A name used only in references: also digits first, and `-`.
    Reference,
    /// A value of an issue: a name or a number.
    Value,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// The version of the language.
    Version,
}

/// Whether an issue has a field of this name.
pub(crate) fn is_issue_field(word: &str) -> bool {
    table::ISSUE.fields.iter().any(|field| field.name == word)
}

impl Word {
    /// What it is, with its article.
    pub fn noun(self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Expression => "an expression".to_owned(),
            Self::Quantity => "a number, a range `low..high` or an expression".to_owned(),
            Self::Name => "a name (letters, digits and `_`, no digit first)".to_owned(),
            Self::Reference => "an id (letters, digits, `_` and `-`)".to_owned(),
            Self::Value => "a value (a name or a number)".to_owned(),
            Self::OneOf(words) => words::alternatives(words),
            Self::Version => format!("`{LANGUAGE_VERSION}`"),
        }
    }

    /// The pattern that its text matches; `None` where any text but blank will do.
    pub fn pattern(self) -> Option<&'static str> {
        match self {
            Self::Name => Some("^[A-Za-z_][A-Za-z0-9_]*$"),
            Self::Reference => Some("^[A-Za-z0-9_][A-Za-z0-9_-]*$"),
            Self::Value => Some(
                "^([A-Za-z_][A-Za-z0-9_]*|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+)$",
            ),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
