//! Building and checking a model.

use fixedbitset::FixedBitSet;

use super::{Coordinate, DmId, Model, Party, StateSpace, Transitions};

/// Why a model cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The product of all values is too large to be numbered.
    #[error("there are {codes} combinations of values; expected at most 2^31")]
    TooManyStates {
        /// Number of combinations.
        codes: u128,
    },
    /// A coordinate without values.
    #[error("coordinate {coordinate} has no values; expected at least one")]
    NoValue {
        /// The coordinate.
        coordinate: usize,
    },
    /// A table that does not fit the number of things that it describes.
    #[error("{what} has {found} entries; expected {expected}")]
    WrongLength {
        /// The table.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The right length.
        expected: usize,
    },
    /// A coordinate that does not exist.
    #[error("coordinate {coordinate} does not exist; expected one below {count}")]
    UnknownCoordinate {
        /// The coordinate.
        coordinate: usize,
        /// Number of coordinates.
        count: usize,
    },
    /// A coordinate that two parties were given.
    #[error("coordinate {coordinate} is controlled by `{first}` and by `{second}`; expected one owner")]
    ControlledTwice {
        /// The coordinate.
        coordinate: usize,
        /// Its first owner.
        first: String,
        /// Its second owner.
        second: String,
    },
    /// A transition from or to a value that the coordinate does not have.
    #[error("coordinate {coordinate} has a transition from {from} to {to}; expected values below {size}")]
    UnknownValue {
        /// The coordinate.
        coordinate: usize,
        /// Value before.
        from: u32,
        /// Value after.
        to: u32,
        /// Number of values.
        size: u32,
    },
    /// An arc that touches an infeasible code.
    #[error("`{decision_maker}` has a move from {from} to {to}; expected feasible states")]
    InfeasibleArc {
        /// Who moves.
        decision_maker: String,
        /// Code before.
        from: u32,
        /// Code after.
        to: u32,
    },
    /// Too many decision makers.
    #[error("there are {count} decision makers; expected at most {limit}")]
    TooManyDecisionMakers {
        /// Number of decision makers.
        count: usize,
        /// Largest number that is supported.
        limit: usize,
    },
}

/// Largest number of decision makers of a model: last movers are kept in 16 bits.
pub const MAX_DECISION_MAKERS: usize = 60_000;

/// Collects a model part by part. Faults are reported by [`ModelBuilder::build`].
#[derive(Clone, Debug)]
pub struct ModelBuilder {
    space: StateSpace,
    control: Vec<(usize, DmId, Transitions)>,
    parties: Vec<Draft>,
}

#[derive(Clone, Debug)]
struct Draft {
    name: String,
    arcs: Vec<(u32, u32)>,
    ranks: Option<Vec<u32>>,
    unseen: Option<FixedBitSet>,
}

impl ModelBuilder {
    /// A model without decision makers.
    pub fn new(space: StateSpace) -> Self {
        Self { space, control: Vec::new(), parties: Vec::new() }
    }

    /// Adds a decision maker that controls nothing and is indifferent.
    pub fn decision_maker(&mut self, name: impl Into<String>) -> DmId {
        self.parties.push(Draft { name: name.into(), arcs: Vec::new(), ranks: None, unseen: None });
        DmId::from_index(self.parties.len() - 1)
    }

    /// Gives a decision maker a coordinate. What nobody is given nobody moves alone.
    pub fn control(&mut self, dm: DmId, coordinate: usize, transitions: Transitions) -> &mut Self {
        self.control.push((coordinate, dm, transitions));
        self
    }

    /// Adds listed moves of a decision maker, as codes (from, to). Arcs from a state
    /// to itself are ignored, duplicates merged.
    pub fn arcs(&mut self, dm: DmId, arcs: impl IntoIterator<Item = (u32, u32)>) -> &mut Self {
        self.parties[dm.index()].arcs.extend(arcs);
        self
    }

    /// Sets a decision maker's ranks, one per feasible state; larger is better.
    pub fn ranks(&mut self, dm: DmId, ranks: Vec<u32>) -> &mut Self {
        self.parties[dm.index()].ranks = Some(ranks);
        self
    }

    /// Sets the codes of the states that a decision maker is not aware of.
    pub fn unseen(&mut self, dm: DmId, codes: FixedBitSet) -> &mut Self {
        self.parties[dm.index()].unseen = Some(codes);
        self
    }

    /// The model.
    ///
    /// # Errors
    /// The first fault found; see [`ModelError`].
    pub fn build(self) -> Result<Model, ModelError> {
        let Self { space, control, parties } = self;
        if parties.len() > MAX_DECISION_MAKERS {
            return Err(ModelError::TooManyDecisionMakers { count: parties.len(), limit: MAX_DECISION_MAKERS });
        }
        let coordinates = check_control(&space, control, &parties)?;
        let parties = parties.into_iter().map(|draft| check_party(&space, draft)).collect::<Result<_, _>>()?;
        Ok(Model { space, coordinates, parties })
    }
}

fn check_control(
    space: &StateSpace,
    control: Vec<(usize, DmId, Transitions)>,
    parties: &[Draft],
) -> Result<Vec<Coordinate>, ModelError> {
    let count = space.coordinate_count();
    let mut coordinates = vec![Coordinate { owner: None, transitions: Transitions::Fixed }; count];
    for (coordinate, dm, transitions) in control {
        let Some(place) = coordinates.get_mut(coordinate) else {
            return Err(ModelError::UnknownCoordinate { coordinate, count });
        };
        if let Some(first) = place.owner {
            let name = |dm: DmId| parties[dm.index()].name.clone();
            return Err(ModelError::ControlledTwice { coordinate, first: name(first), second: name(dm) });
        }
        let pairs: Vec<(u32, u32)> = match &transitions {
            Transitions::Pairs(pairs) => pairs.clone(),
            Transitions::Guarded(pairs) => pairs.iter().map(|(from, to, _)| (*from, *to)).collect(),
            _ => Vec::new(),
        };
        let size = space.sizes()[coordinate];
        if let Some(&(from, to)) = pairs.iter().find(|(from, to)| *from >= size || *to >= size) {
            return Err(ModelError::UnknownValue { coordinate, from, to, size });
        }
        if let Transitions::Guarded(pairs) = &transitions {
            for (_, _, codes) in pairs {
                check_length("a guard's set of codes", codes.len(), space.code_count())?;
            }
        }
        *place = Coordinate { owner: Some(dm), transitions };
    }
    Ok(coordinates)
}

fn check_party(space: &StateSpace, draft: Draft) -> Result<Party, ModelError> {
    let Draft { name, mut arcs, ranks, unseen } = draft;
    let ranks = ranks.unwrap_or_else(|| vec![0; space.state_count()]);
    check_length("a table of ranks", ranks.len(), space.state_count())?;
    if let Some(unseen) = &unseen {
        check_length("a set of unseen codes", unseen.len(), space.code_count())?;
    }
    arcs.retain(|(from, to)| from != to);
    arcs.sort_unstable();
    arcs.dedup();
    let infeasible = |code: u32| space.state_at(code).is_none();
    if let Some(&(from, to)) = arcs.iter().find(|(from, to)| infeasible(*from) || infeasible(*to)) {
        return Err(ModelError::InfeasibleArc { decision_maker: name, from, to });
    }
    Ok(Party { name, arcs, ranks, unseen })
}

fn check_length(what: &'static str, found: usize, expected: usize) -> Result<(), ModelError> {
    if found == expected { Ok(()) } else { Err(ModelError::WrongLength { what, found, expected }) }
}
