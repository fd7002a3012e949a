//! What is negotiated.

use detente_base::Span;

use super::{Foresight, IssueId, Origin, ParameterOrNumber, PartyId, PreferenceForm, SetBy, Situation, ValueId};

/// Who negotiates over what, and how the talks open.
#[derive(Clone, Debug, Default)]
pub struct Talks {
    /// The parties whose consent an agreement needs; empty for all that want something.
    pub between: Vec<PartyId>,
    /// The issues that an agreement settles; empty for all that a party sets.
    pub over: Vec<IssueId>,
    /// What happens if talks fail, where it is not the disagreement.
    pub without_agreement: Option<Failing>,
    /// The issues that are goods of which each goes to a party, and where the file says so;
    /// empty for those whose values are the parties at the table.
    pub divide: Vec<(IssueId, Span)>,
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

impl Situation {
    /// The parties at the table, in file order: those that the negotiation names, or else all
    /// that want something.
    pub fn negotiators(&self) -> Vec<PartyId> {
        if let Some(talks) = self.negotiation.as_ref().filter(|talks| !talks.between.is_empty()) {
            return sorted(&talks.between);
        }
        let wants = |party: &PartyId| {
            let types = &self.preferences[party.index()].types;
            types.iter().any(|t| !matches!(t.form, PreferenceForm::Indifferent))
        };
        (0..self.parties.len()).map(PartyId::from_index).filter(wants).collect()
    }

    /// The issues that an agreement settles, in file order: those that the negotiation names,
    /// or else all that parties set.
    pub fn negotiated(&self) -> Vec<IssueId> {
        if let Some(talks) = self.negotiation.as_ref().filter(|talks| !talks.over.is_empty()) {
            return sorted(&talks.over);
        }
        let by_nature = |issue: &IssueId| matches!(self.issues[issue.index()].set_by, SetBy::Nature(_));
        (0..self.issues.len()).map(IssueId::from_index).filter(|issue| !by_nature(issue)).collect()
    }
}

fn sorted<T: Ord + Copy>(ids: &[T]) -> Vec<T> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}
