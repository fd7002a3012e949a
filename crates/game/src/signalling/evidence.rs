//! Why an equilibrium survives a criterion or not.

use detente_base::Exact;

use super::{Criterion, Face};

/// Why a type is not believed to have sent a message. Replies count from zero among those to
/// the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exclusion {
    /// The best that it could get from the message is less than what it has.
    Dominated {
        /// A best reply that is best for the type.
        reply: usize,
        /// What the type gets from it, less what it has: negative.
        gain: Exact,
    },
    /// Another type gains by every best reply by which this one does not lose.
    LessKeen {
        /// The other type.
        than: usize,
        /// A best reply by which the other type gains.
        reply: usize,
        /// What the other type gains by it.
        gain: Exact,
    },
}

/// A reply that nobody gains by, with a belief under which it is best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// How likely each type is, by type.
    pub belief: Vec<Exact>,
    /// How likely each reply to the message is.
    pub mixture: Vec<Exact>,
}

/// What a criterion says of one message that nobody sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageTest {
    /// Position of the message.
    pub message: usize,
    /// Best replies to all beliefs on the types that can send it.
    pub faces: Vec<Face>,
    /// Types that are excluded, with the reason, ascending.
    pub excluded: Vec<(usize, Exclusion)>,
    /// Types that the receiver may believe in: all that can send the message and are not
    /// excluded, or where none is left, all that can send it.
    pub kept: Vec<usize>,
    /// Best replies to all beliefs on the types that are kept.
    pub kept_faces: Vec<Face>,
    /// Types that gain by every best reply to beliefs on the types that are kept, each with
    /// the least that it gains.
    pub gains: Vec<(usize, Exact)>,
    /// What keeps all types from the message; nothing if nothing does.
    pub support: Option<Support>,
}

/// What a criterion says of an equilibrium.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refined {
    /// What was asked.
    pub criterion: Criterion,
    /// u*(t): what each type gets.
    pub payoffs: Vec<Exact>,
    /// Messages that nobody sends, ascending.
    pub messages: Vec<MessageTest>,
}

impl Refined {
    /// Whether the equilibrium survives the criterion.
    pub fn survives(&self) -> bool {
        self.messages.iter().all(|test| match self.criterion {
            Criterion::Intuitive => test.gains.is_empty(),
            Criterion::EquilibriumDominance | Criterion::D1 => test.support.is_some(),
        })
    }
}
