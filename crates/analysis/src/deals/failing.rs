//! What parties have without an agreement when talks that fail leave each to act alone: the
//! outcomes that hold in the conflict without consent.

use detente_base::{Budget, Span, StopReason};
use detente_conflict::{Concept, FixedBitSet, MoveKind, StateId, solve, status_quo};
use detente_scenario::expr::eval::Interval;
use detente_scenario::expr::{Expr, ExprKind};
use detente_scenario::situation::{
    Assignment, Constraint, ConstraintWording, Failing as Declared, IssueId, Origin, Party, SetBy, Situation, ValueId,
};

use crate::ask::AskError;
use crate::overview::status_quo_state;
use crate::profile::Profile;
use crate::ranks::profile_ranks;
use crate::stability::concept_of;
use crate::structure::{Structure, state_values};

/// The conflict that goes on when talks fail.
#[derive(Debug)]
pub(super) struct Failing {
    /// Where the file says so.
    pub(super) span: Span,
    /// Each party's concept.
    concepts: Vec<Concept>,
    /// The same, each once.
    solved: Vec<Concept>,
    /// The situation in which what takes consent stays as it is.
    situation: Situation,
}

impl Failing {
    /// Reads what goes on when talks fail.
    ///
    /// # Errors
    /// When it is not known how an issue stands that takes consent.
    pub(super) fn new(
        situation: &Situation,
        declared: &Declared,
        fallback: Option<&Assignment>,
    ) -> Result<Self, AskError> {
        let mut alone = situation.clone();
        // What takes consent stands as it does without an agreement from the start on.
        let joint = |at: usize| matches!(situation.issues[at].set_by, SetBy::Jointly(_));
        if let (Some(start), Some(fallback)) = (&mut alone.status_quo, fallback) {
            for at in (0..start.values.len()).filter(|at| joint(*at)) {
                start.values[at] = fallback.values[at];
            }
        }
        for (at, issue) in situation.issues.iter().enumerate() {
            if !matches!(issue.set_by, SetBy::Jointly(_)) {
                continue;
            }
            let Some(fallback) = fallback else {
                return Err(AskError::new(
                    format!("`{}` takes consent, and the file does not say how it stands if talks fail", issue.id),
                    Some("add `disagreement` or `status_quo`".into()),
                ));
            };
            let span = declared.origin.span;
            let stays = Expr { kind: ExprKind::IssueIn(IssueId::from_index(at), vec![fallback.values[at]]), span };
            let origin = Origin { span, ..Origin::default() };
            alone.constraints.push(Constraint {
                wording: ConstraintWording::Always(stays.clone()),
                holds: stays,
                origin,
            });
        }
        let own = |party: &Party| party.foresight.map_or(Concept::Sequential, concept_of);
        let concept = |party| declared.foresight.map_or_else(|| own(party), concept_of);
        let concepts: Vec<Concept> = situation.parties.iter().map(concept).collect();
        let solved = Concept::ALL.into_iter().filter(|concept| concepts.contains(concept)).collect();
        Ok(Self { span: declared.origin.span, concepts, solved, situation: alone })
    }

    /// The outcomes that hold for every party, of those that can be reached from the status
    /// quo where there is one; all that can be reached if none holds, and whether any does.
    ///
    /// Cost: that of solving the conflict.
    ///
    /// # Errors
    /// When the budget does not allow to list the outcomes, or constraints rule out where the
    /// conflict would start.
    pub(super) fn outcomes(
        &self,
        profile: &Profile,
        point: &[Interval],
        budget: &Budget,
    ) -> Result<(Vec<Vec<ValueId>>, bool), StopReason> {
        let structure = Structure::new(&self.situation, budget)?;
        let model = structure.model(profile_ranks(&structure, profile, point), budget)?;
        let mut reached = FixedBitSet::with_capacity(model.state_count());
        match status_quo_state(&structure) {
            None if self.situation.status_quo.is_some() => return Err(StopReason::NoOutcome),
            None => reached.insert_range(..),
            Some(from) => {
                let reach = status_quo(&model, from, MoveKind::Any, budget)?;
                let states = (0..model.state_count()).filter(|at| reach.distance(StateId::from_index(*at)).is_some());
                reached.extend(states);
            }
        }
        let mut held = solve(&model, &self.solved, budget)?.equilibria_of_mixture(&self.concepts);
        held.intersect_with(&reached);
        let hold = !held.is_clear();
        let found = if hold { held } else { reached };
        Ok((found.ones().map(|at| state_values(&structure, StateId::from_index(at))).collect(), hold))
    }

    /// The concept by name where all share one.
    pub(super) fn concept(&self) -> Option<&'static str> {
        let (first, rest) = self.concepts.split_first()?;
        rest.iter().all(|concept| concept == first).then(|| first.symbol())
    }
}
