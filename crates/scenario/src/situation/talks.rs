//! What is negotiated.

use super::{Foresight, IssueId, Origin, ParameterOrNumber, PartyId, ValueId};

/// Who negotiates over what, and how the talks open.
#[derive(Clone, Debug, Default)]
pub struct Talks {
    /// The parties whose consent an agreement needs; empty for all that want something.
    pub between: Vec<PartyId>,
    /// The issues that an agreement settles; empty for all that a party sets.
    pub over: Vec<IssueId>,
    /// What happens if talks fail, where it is not the disagreement.
    pub without_agreement: Option<Failing>,
    /// What parties have without an agreement, where it is not the worth of the
    /// disagreement.
    pub reservations: Vec<Reservation>,
    /// What parties demand at the start; at most one entry for each.
    pub openings: Vec<Opening>,
    /// Where it is declared.
    pub origin: Origin,
}

/// Talks that fail leave the parties to act alone: what holds then.
#[derive(Clone, Debug)]
pub struct Failing {
    /// How far every party looks ahead; its own foresight without.
    pub foresight: Option<Foresight>,
    /// Where it is declared.
    pub origin: Origin,
}

/// What a party has without an agreement.
#[derive(Clone, Debug)]
pub struct Reservation {
    /// The party.
    pub party: PartyId,
    /// Its worth.
    pub worth: ParameterOrNumber,
    /// Where it is declared.
    pub origin: Origin,
}

/// What a party demands at the start.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The party.
    pub party: PartyId,
    /// Values of some issues.
    pub demands: Vec<(IssueId, ValueId)>,
    /// Where it is declared.
    pub origin: Origin,
}
