//! How parties bargain: protocols, each by a model.

use super::{Origin, ParameterOrNumber, PartyId};

/// A protocol: who bargains, by which model, with which numbers.
#[derive(Clone, Debug)]
pub struct Protocol {
    /// Name used in the file.
    pub id: String,
    /// Name shown to readers.
    pub name: String,
    /// The model.
    pub kind: ProtocolKind,
    /// Who takes part: in the order of the file, or of [`ProtocolKind::roles`].
    pub parties: Vec<PartyId>,
    /// Its numbers; at most one for each field and party.
    pub numbers: Vec<ProtocolNumber>,
    /// Fields that hold a word or text.
    pub words: Vec<(&'static str, String)>,
    /// Where it is declared.
    pub origin: Origin,
}

impl Protocol {
    /// The number of a field for a party; one that is given for all counts for each.
    pub fn number(&self, field: &str, party: Option<PartyId>) -> Option<&ProtocolNumber> {
        let own = |n: &&ProtocolNumber| n.field == field && n.party == party;
        let common = |n: &&ProtocolNumber| n.field == field && n.party.is_none();
        self.numbers.iter().find(own).or_else(|| self.numbers.iter().find(common))
    }

    /// The word of a field.
    pub fn word(&self, field: &str) -> Option<&str> {
        self.words.iter().find(|(name, _)| *name == field).map(|(_, word)| word.as_str())
    }
}

/// A number of a protocol.
#[derive(Clone, Debug)]
pub struct ProtocolNumber {
    /// Its field.
    pub field: &'static str,
    /// Whose it is; `None` for one of the whole protocol, or of all parties.
    pub party: Option<PartyId>,
    /// The number.
    pub value: ParameterOrNumber,
    /// Where it stands.
    pub origin: Origin,
}

/// Models of bargaining.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProtocolKind {
    /// Two parties make offers in turn.
    AlternatingOffers,
    /// All must agree; offers in turn.
    Unanimity,
    /// Who proposes is drawn.
    RandomProposer,
    /// One side's worth is not known to the other, which lowers its price.
    Coase,
    /// The same with two types and two periods.
    Screening,
    /// Both sides' worths are not known.
    DoubleAuction,
    /// Whoever gives in first loses.
    Attrition,
    /// The same with parties that may be obstinate.
    Reputation,
    /// The same in public, where backing down costs more the later it comes.
    AudienceCosts,
    /// A threat whose credibility runs out.
    DecayingWill,
}

/// A field that holds a number.
#[derive(Clone, Copy, Debug)]
pub struct NumberField {
    /// Its key.
    pub name: &'static str,
    /// Whose it is.
    pub of: NumberOf,
    /// What it may be.
    pub within: Within,
}

/// Whose a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberOf {
    /// Of the whole protocol.
    Protocol,
    /// Of each party; those that are left out have none.
    Party,
    /// Of each party, with none left out.
    EveryParty,
}

/// What a number may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// Above 0 and below 1.
    Between,
    /// Above 0 and at most 1.
    UpToOne,
    /// From 0 to 1.
    Share,
    /// 0 or more, and below 1.
    BelowOne,
    /// Above 0.
    Positive,
    /// 0 or more.
    NotNegative,
    /// A whole number from 1, without a range.
    Whole,
    /// Anything.
    Any,
}

const fn of_protocol(name: &'static str, within: Within) -> NumberField {
    NumberField { name, of: NumberOf::Protocol, within }
}

const fn of_party(name: &'static str, within: Within) -> NumberField {
    NumberField { name, of: NumberOf::Party, within }
}

const fn of_every_party(name: &'static str, within: Within) -> NumberField {
    NumberField { name, of: NumberOf::EveryParty, within }
}

impl ProtocolKind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::AlternatingOffers,
        Self::Unanimity,
        Self::RandomProposer,
        Self::Coase,
        Self::Screening,
        Self::DoubleAuction,
        Self::Attrition,
        Self::Reputation,
        Self::AudienceCosts,
        Self::DecayingWill,
    ];

    /// The word of the language.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AlternatingOffers => "alternating-offers",
            Self::Unanimity => "unanimity",
            Self::RandomProposer => "random-proposer",
            Self::Coase => "coase",
            Self::Screening => "screening",
            Self::DoubleAuction => "double-auction",
            Self::Attrition => "attrition",
            Self::Reputation => "reputation",
            Self::AudienceCosts => "audience-costs",
            Self::DecayingWill => "decaying-will",
        }
    }

    /// The model of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Fields that name one party each; where there are none `between` lists the parties.
    pub const fn roles(self) -> &'static [&'static str] {
        match self {
            Self::Coase | Self::Screening => &["proposer", "informed"],
            Self::DoubleAuction => &["seller", "buyer"],
            Self::DecayingWill => &["coercer", "target"],
            _ => &[],
        }
    }

    /// Least and greatest number of parties.
    pub const fn party_count(self) -> (usize, usize) {
        match self {
            Self::Unanimity | Self::RandomProposer => (2, 30),
            _ => (2, 2),
        }
    }

    /// Fields that hold a word or text.
    pub const fn word_fields(self) -> &'static [&'static str] {
        match self {
            Self::AlternatingOffers | Self::Attrition | Self::Reputation | Self::AudienceCosts | Self::DecayingWill => {
                &["unit"]
            }
            Self::Unanimity => &["next"],
            _ => &[],
        }
    }

    /// Fields that hold numbers.
    pub const fn number_fields(self) -> &'static [NumberField] {
        match self {
            Self::AlternatingOffers => ALTERNATING_OFFERS,
            Self::Unanimity => UNANIMITY,
            Self::RandomProposer => RANDOM_PROPOSER,
            Self::Coase => COASE,
            Self::Screening => SCREENING,
            Self::DoubleAuction => DOUBLE_AUCTION,
            Self::Attrition => ATTRITION,
            Self::Reputation => REPUTATION,
            Self::AudienceCosts => AUDIENCE_COSTS,
            Self::DecayingWill => DECAYING_WILL,
        }
    }
}

/// The numbers of a model: whose each is, its field, and where it may lie.
macro_rules! numbers {
    ($($model:ident: [$($whose:ident $field:literal $within:ident,)*];)*) => {
        $(const $model: &[NumberField] = &[$($whose($field, Within::$within)),*];)*
    };
}

numbers! {
    ALTERNATING_OFFERS: [
        of_every_party "patience" UpToOne,
        of_every_party "rates" NotNegative,
        of_party "hazards" NotNegative,
        of_party "outside" Share,
        of_protocol "breakdown" NotNegative,
        of_party "breakdown_payoffs" Share,
        of_protocol "rounds" Whole,
    ];
    UNANIMITY: [
        of_every_party "patience" Between,
        of_party "hazards" BelowOne,
    ];
    COASE: [
        of_protocol "patience" Between,
        of_protocol "highest" Positive,
    ];
    DOUBLE_AUCTION: [
        of_protocol "low" Any,
        of_protocol "high" Any,
    ];
    ATTRITION: [
        of_every_party "prize" Positive,
        of_every_party "cost" Positive,
    ];
    AUDIENCE_COSTS: [
        of_every_party "costs" Positive,
    ];
    RANDOM_PROPOSER: [
        of_every_party "patience" Between,
        of_party "hazards" BelowOne,
        of_every_party "weights" Positive,
        of_protocol "votes" Whole,
    ];
    SCREENING: [
        of_protocol "patience" Between,
        of_protocol "high" Positive,
        of_protocol "low" Positive,
        of_protocol "chance" Share,
    ];
    REPUTATION: [
        of_every_party "rates" Positive,
        of_party "hazards" NotNegative,
        of_every_party "demands" Between,
        of_every_party "obstinate" Between,
    ];
    DECAYING_WILL: [
        of_protocol "will" Positive,
        of_protocol "decay" NotNegative,
        of_protocol "cost" NotNegative,
        of_protocol "backing_down" NotNegative,
        of_protocol "deal" NotNegative,
        of_protocol "strike" NotNegative,
        of_protocol "strike_rate" NotNegative,
        of_protocol "last_chance" Share,
        of_protocol "rate" Positive,
        of_protocol "clause" NotNegative,
    ];
}
