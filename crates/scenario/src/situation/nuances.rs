//! What qualifies a party's order of outcomes.

use detente_base::Exact;

use super::{Origin, ParameterOrNumber, PartyId};
use crate::expr::Expr;

/// What a party's preferences say besides the order; the same for all its types.
#[derive(Clone, Debug, Default)]
pub struct Nuances {
    /// Comparisons that are not known.
    pub unknown: Vec<UnknownPairs>,
    /// What is greatly better.
    pub strong: Strong,
    /// How likely it is that outcomes are preferred to others. The first entry about a
    /// pair counts.
    pub chances: Vec<ChancePairs>,
    /// The chance above which a preference counts; one half unless the file says
    /// otherwise.
    pub threshold: Option<Threshold>,
    /// Attitudes towards parties. Without one: positive towards itself, neutral
    /// towards others.
    pub attitudes: Vec<AttitudeTo>,
}

impl Nuances {
    /// Whether the preferences are an order and nothing else.
    pub fn is_empty(&self) -> bool {
        self.unknown.is_empty()
            && matches!(self.strong, Strong::Nothing)
            && self.chances.is_empty()
            && self.threshold.is_none()
            && self.attitudes.is_empty()
    }

    /// Every condition in them.
    pub fn conditions(&self) -> Vec<&Expr> {
        let unknown = self.unknown.iter().flat_map(|pairs| [&pairs.between].into_iter().chain(&pairs.and));
        let strong = self.strong.pairs().iter().flat_map(|pairs| [&pairs.better, &pairs.worse]);
        let chances = self.chances.iter().flat_map(|pairs| [&pairs.better, &pairs.worse]);
        unknown.chain(strong).chain(chances).collect()
    }

    /// Every chance in them, the threshold included.
    pub fn numbers(&self) -> Vec<&ParameterOrNumber> {
        let threshold = self.threshold.iter().map(|threshold| &threshold.value);
        self.chances.iter().map(|pairs| &pairs.chance).chain(threshold).collect()
    }

    /// Where each entry stands.
    pub fn origins(&self) -> Vec<&Origin> {
        let gap = match &self.strong {
            Strong::Gap(_, origin) => Some(origin),
            _ => None,
        };
        let mut origins: Vec<&Origin> = self.unknown.iter().map(|pairs| &pairs.origin).collect();
        origins.extend(self.strong.pairs().iter().map(|pairs| &pairs.origin).chain(gap));
        origins.extend(self.chances.iter().map(|pairs| &pairs.origin));
        origins.extend(self.threshold.iter().map(|threshold| &threshold.origin));
        origins.extend(self.attitudes.iter().map(|attitude| &attitude.origin));
        origins
    }
}

/// Comparisons that are not known: each outcome of one set with each of the other.
#[derive(Clone, Debug)]
pub struct UnknownPairs {
    /// One set.
    pub between: Expr,
    /// The other; `None` for comparisons within the first.
    pub and: Option<Expr>,
    /// Where it stands.
    pub origin: Origin,
}

impl UnknownPairs {
    /// The other set.
    pub fn other(&self) -> &Expr {
        self.and.as_ref().unwrap_or(&self.between)
    }
}

/// When a better outcome is greatly better.
#[derive(Clone, Debug, Default)]
pub enum Strong {
    /// The file does not say.
    #[default]
    Nothing,
    /// For the pairs listed.
    Pairs(Vec<StrongPairs>),
    /// When it is ahead by this much or more: in worth, or in levels of the order where
    /// preferences have no worth. Above zero.
    Gap(Exact, Origin),
}

impl Strong {
    /// The pairs, if it lists any.
    pub fn pairs(&self) -> &[StrongPairs] {
        match self {
            Self::Pairs(pairs) => pairs,
            Self::Nothing | Self::Gap(..) => &[],
        }
    }
}

/// Outcomes that are greatly better than others, where they are better.
#[derive(Clone, Debug)]
pub struct StrongPairs {
    /// The better ones.
    pub better: Expr,
    /// The worse ones.
    pub worse: Expr,
    /// Where it stands.
    pub origin: Origin,
}

/// How likely it is that some outcomes are preferred to others.
#[derive(Clone, Debug)]
pub struct ChancePairs {
    /// The outcomes that are preferred with this chance.
    pub better: Expr,
    /// Those that they are preferred to; these are preferred with the rest of the chance.
    pub worse: Expr,
    /// The chance.
    pub chance: ParameterOrNumber,
    /// Where it stands.
    pub origin: Origin,
}

/// The chance above which a preference counts.
#[derive(Clone, Debug)]
pub struct Threshold {
    /// From 0 to 1.
    pub value: ParameterOrNumber,
    /// Where it stands.
    pub origin: Origin,
}

/// How a party feels about a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attitude {
    /// Seeks what is good for it.
    Positive,
    /// Does not care.
    Neutral,
    /// Seeks what is bad for it.
    Negative,
}

impl Attitude {
    /// The words of the language.
    pub const WORDS: [&'static str; 3] = ["positive", "neutral", "negative"];

    /// Its word.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The attitude of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Positive, Self::Neutral, Self::Negative].into_iter().find(|attitude| attitude.word() == word)
    }
}

/// An attitude and whom it is about.
#[derive(Clone, Debug)]
pub struct AttitudeTo {
    /// Whom it is about; may be the party itself.
    pub party: PartyId,
    /// The attitude.
    pub attitude: Attitude,
    /// Where it stands.
    pub origin: Origin,
}
