//! Is a verdict right? Answered from the definitions and the evidence alone.
//!
//! Nothing here uses the solver, its tables or its search: moves are found by trying
//! every combination of a party's own values against the model as given, and the
//! absence of a reply by trying all of them.
//!
//! Reading order: [`verify`], [`verify_solution`], [`verify_path`], [`verify_coalition`].

mod claim;
mod coalition;
pub(crate) mod naive;

pub use claim::CheckFailure;
pub(crate) use claim::{Claim, Terms};
pub use coalition::{CoalitionFailure, verify_coalition, verify_coalition_within};

use detente_base::{Budget, StopReason};

use crate::concepts::{Concept, Evidence, Solution, explain};
use crate::model::{DmId, Model, StateId};
use crate::moves::MoveKind;
use crate::reach::Step;

/// Checks a verdict and its evidence against the definition of the concept.
///
/// Cost: O(q·r) time for a stable state, q improvements, r combinations of a party's
/// own values; for an unstable one all legal sequences of the others from the
/// improvement are tried.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(
    model: &Model,
    concept: Concept,
    dm: DmId,
    state: StateId,
    claimed_stable: bool,
    evidence: &Evidence,
) -> Result<(), CheckFailure> {
    if claimed_stable != evidence.is_stable() {
        return Err(CheckFailure::VerdictDiffers);
    }
    (concept.definition().verify)(&Claim { model, dm, state, evidence })
}

/// Why the check of a solution ends early.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SolutionFailure {
    /// The budget ended the check; nothing wrong was found.
    #[error("the check was stopped")]
    Stopped(StopReason),
    /// A verdict that does not hold.
    #[error("the verdict under {concept} on {state:?} is wrong for {dm:?}: {failure}")]
    Wrong {
        /// The concept.
        concept: Concept,
        /// The decision maker.
        dm: DmId,
        /// The state.
        state: StateId,
        /// What is wrong.
        failure: CheckFailure,
    },
}

/// Checks the verdicts of a solution on some states, for every concept and decision
/// maker in it, with evidence that is found for the purpose.
///
/// # Errors
/// The first verdict that does not hold, or that the budget ended the check.
pub fn verify_solution(
    model: &Model,
    solution: &Solution,
    states: impl IntoIterator<Item = StateId>,
    budget: &Budget,
) -> Result<(), SolutionFailure> {
    for state in states {
        for concept in solution.concepts() {
            for dm in model.decision_makers() {
                let evidence = explain(model, concept, dm, state, budget).map_err(SolutionFailure::Stopped)?;
                let claimed = solution.is_stable(concept, dm, state);
                verify(model, concept, dm, state, claimed, &evidence).map_err(|failure| SolutionFailure::Wrong {
                    concept,
                    dm,
                    state,
                    failure,
                })?;
            }
        }
    }
    Ok(())
}

/// Whether a state is stable for a decision maker, with every move and every reply
/// tried by the letter of the definition.
pub(crate) fn stays_by_definition(model: &Model, concept: Concept, dm: DmId, state: StateId) -> bool {
    let credible = matches!(concept, Concept::Sequential | Concept::SymmetricSequential);
    let symmetric = matches!(concept, Concept::SymmetricMetarational | Concept::SymmetricSequential);
    let no_better = |other: &StateId| model.rank(dm, *other) <= model.rank(dm, state);
    let deters =
        |reply: &StateId| no_better(reply) && (!symmetric || naive::all_moves(model, dm, *reply).iter().all(no_better));
    naive::all_moves(model, dm, state).into_iter().all(|improvement| {
        no_better(&improvement)
            || (concept != Concept::Nash && naive::replies(model, dm, improvement, credible).iter().any(deters))
    })
}

/// Checks that steps are a legal sequence of all decision makers from a state.
///
/// # Errors
/// The first step that is not.
pub fn verify_path(model: &Model, from: StateId, steps: &[Step], kind: MoveKind) -> Result<(), CheckFailure> {
    naive::check_steps(model, from, steps, kind == MoveKind::Improving)
}
