//! What is given: who controls what, which changes are allowed, who prefers what.
//!
//! A *state* is a combination of one value per *coordinate* (an option taken or not,
//! a level, a phase). States are numbered twice: by *code*, the position in the
//! whole product of values, and by [`StateId`], the position among the feasible ones.
//!
//! Reading order: [`StateSpace`], [`Transitions`], [`ModelBuilder`], [`Model`],
//! [`ranks_from_priority`].
//!
//! Left out: what the coordinates mean; the caller keeps that.

mod builder;
mod ranks;
mod space;
mod transitions;

pub use builder::{MAX_DECISION_MAKERS, ModelBuilder, ModelError};
pub use ranks::{ranks_from_priority, ranks_from_scores};
pub use space::StateSpace;
pub use transitions::Transitions;

use fixedbitset::FixedBitSet;

detente_base::index_type! {
    /// Position of a decision maker.
    pub struct DmId;
}

detente_base::index_type! {
    /// Position of a feasible state in ascending order of codes.
    pub struct StateId;
}

/// A conflict, ready to be asked questions. Immutable.
///
/// From a state s, decision maker i may change any non-empty subset of its own
/// coordinates at once, each by one allowed transition, to another feasible state;
/// infeasible combinations on the way do not matter. Its listed arcs are moves too.
/// Moves from or to states that it does not see are dropped. What is left is Rᵢ(s),
/// its *unilateral moves*.
///
/// Source: `[FangHipelKilgour1993]`, ch. 2-3. Differs: coordinates may have more than
/// two values; transitions may depend on the state.
#[derive(Clone, Debug)]
pub struct Model {
    space: StateSpace,
    coordinates: Vec<Coordinate>,
    parties: Vec<Party>,
}

/// Who moves a coordinate, and how.
#[derive(Clone, Debug)]
struct Coordinate {
    owner: Option<DmId>,
    transitions: Transitions,
}

/// One decision maker's part of the model.
#[derive(Clone, Debug)]
struct Party {
    name: String,
    /// Codes (from, to), ascending, without duplicates or self-arcs.
    arcs: Vec<(u32, u32)>,
    ranks: Vec<u32>,
    unseen: Option<FixedBitSet>,
}

impl Model {
    /// The states.
    pub fn space(&self) -> &StateSpace {
        &self.space
    }

    /// Number of feasible states.
    pub fn state_count(&self) -> usize {
        self.space.state_count()
    }

    /// All states in ascending order.
    pub fn states(&self) -> impl DoubleEndedIterator<Item = StateId> + ExactSizeIterator + use<> {
        (0..self.state_count() as u32).map(StateId)
    }

    /// Code of a state.
    pub fn code(&self, state: StateId) -> u32 {
        self.space.code(state)
    }

    /// The state with this code, if it is feasible.
    pub fn state_at(&self, code: u32) -> Option<StateId> {
        self.space.state_at(code)
    }

    /// Number of decision makers.
    pub fn decision_maker_count(&self) -> usize {
        self.parties.len()
    }

    /// All decision makers in order.
    pub fn decision_makers(&self) -> impl DoubleEndedIterator<Item = DmId> + ExactSizeIterator + use<> {
        (0..self.parties.len() as u32).map(DmId)
    }

    /// Name of a decision maker.
    pub fn name(&self, dm: DmId) -> &str {
        &self.parties[dm.index()].name
    }

    /// Who controls a coordinate; `None` when nobody does alone.
    pub fn owner(&self, coordinate: usize) -> Option<DmId> {
        self.coordinates[coordinate].owner
    }

    /// Which changes of a coordinate its owner may make in one move.
    pub fn transitions(&self, coordinate: usize) -> &Transitions {
        &self.coordinates[coordinate].transitions
    }

    /// Listed moves of a decision maker as codes (from, to), ascending.
    pub fn arcs(&self, dm: DmId) -> &[(u32, u32)] {
        &self.parties[dm.index()].arcs
    }

    /// The same states and moves with other preferences: for each decision maker one
    /// rank for each state. Cheaper than building the model again.
    ///
    /// # Errors
    /// When the number of tables or of ranks in one does not fit the model.
    pub fn with_ranks(&self, ranks: Vec<Vec<u32>>) -> Result<Self, ModelError> {
        let lengths = |what, found, expected| ModelError::WrongLength { what, found, expected };
        if ranks.len() != self.parties.len() {
            return Err(lengths("a list of rank tables", ranks.len(), self.parties.len()));
        }
        if let Some(wrong) = ranks.iter().find(|table| table.len() != self.state_count()) {
            return Err(lengths("a table of ranks", wrong.len(), self.state_count()));
        }
        let mut changed = self.clone();
        for (party, table) in changed.parties.iter_mut().zip(ranks) {
            party.ranks = table;
        }
        Ok(changed)
    }

    /// Rank of a state for a decision maker: larger is better, equal is a tie.
    pub fn rank(&self, dm: DmId, state: StateId) -> u32 {
        self.parties[dm.index()].ranks[state.index()]
    }

    /// Ranks of all states for a decision maker.
    pub fn ranks(&self, dm: DmId) -> &[u32] {
        &self.parties[dm.index()].ranks
    }

    /// Whether a decision maker is aware of the state with this code.
    pub fn sees(&self, dm: DmId, code: u32) -> bool {
        self.parties[dm.index()].unseen.as_ref().is_none_or(|unseen| !unseen.contains(code as usize))
    }

    /// Coordinates that a decision maker controls, ascending.
    pub fn controlled(&self, dm: DmId) -> impl Iterator<Item = usize> + '_ {
        self.coordinates.iter().enumerate().filter(move |(_, c)| c.owner == Some(dm)).map(|(index, _)| index)
    }
}
