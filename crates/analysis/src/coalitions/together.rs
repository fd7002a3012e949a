//! What coalitions make of the outcomes that a report looks at closely.

use detente_base::{Budget, StopReason};
use detente_conflict::{Reading, StateId, solve_coalitions};

use super::breaks::{Broken, Effort, Held, Told};
use super::coalition_count;
use crate::close::{Close, number};
use crate::report::{Interest, TogetherView};

/// Most outcomes times 3^parties, in all combinations of types, for which a report looks at
/// coalitions unasked: each coalition is set against every group of the others.
const MOST_WORK: u128 = 1 << 27;

/// Most ends of legal sequences of all coalitions together, where they are listed.
const MOST_ENDS: u64 = 1 << 25;

/// Looks at what coalitions would do at each chosen outcome that holds for each party
/// alone; `None` where there is one party, or no such outcome.
///
/// What would take much longer than the rest of a report is not begun, and the view says
/// why.
///
/// # Errors
/// When the budget's stopper is raised.
pub(crate) fn together_view(
    close: &mut Close<'_, '_>,
    chosen: &[(StateId, Interest)],
    combinations: usize,
    budget: &Budget,
) -> Result<Option<TogetherView>, StopReason> {
    let solved = close.solved;
    let parties = solved.model.decision_maker_count();
    let holding: Vec<StateId> =
        chosen.iter().map(|(state, _)| *state).filter(|state| !solved.holds_under(*state).is_empty()).collect();
    if parties < 2 || holding.is_empty() {
        return Ok(None);
    }
    let mut view =
        TogetherView { coalition_count: coalition_count(parties), stopped: None, kept: Vec::new(), broken: Vec::new() };
    let limit = largest_group(solved.model.state_count() * combinations);
    if parties > limit {
        let limit = (1_u64 << limit.min(63)) - 1;
        view.stopped = Some(StopReason::TooManyCoalitions { coalitions: view.coalition_count.clone(), limit });
        return Ok(Some(view));
    }
    let narrow = Budget { moves: budget.moves.min(MOST_ENDS >> parties), ..budget.clone() };
    let solution = solve_coalitions(&solved.model, Reading::Strict, usize::MAX, &narrow);
    match solution.stopped() {
        Some(StopReason::Interrupted) => return Err(StopReason::Interrupted),
        stopped => view.stopped = stopped.cloned(),
    }
    if view.stopped.is_some() {
        return Ok(Some(view));
    }
    let held = Held::new(solved, &solution);
    let effort = Effort::unasked(solved);
    let mut told = Told { close, solution: &solution, held: &held, effort, budget };
    for state in holding {
        match Broken::of_report(&held, state) {
            None => view.kept.push(number(state)),
            Some(broken) => view.broken.push(told.outcome(&broken)?),
        }
    }
    Ok(Some(view))
}

/// The number of parties of which all coalitions can be looked at.
fn largest_group(states: usize) -> usize {
    let most = MOST_WORK / (states as u128).max(1);
    let mut parties = 0;
    let mut splits = 3_u128;
    while splits <= most {
        parties += 1;
        splits *= 3;
    }
    parties
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_parties_are_looked_at_where_outcomes_are_few() {
        assert_eq!(largest_group(1), 17);
        assert_eq!(largest_group(138_240), 6);
        assert_eq!(largest_group(1 << 24), 1);
        assert_eq!(largest_group(1 << 27), 0);
    }
}
