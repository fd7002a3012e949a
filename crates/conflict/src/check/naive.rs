//! Moves and sequences, by the letter of the definitions.

use std::collections::BTreeSet;

use super::CheckFailure;
use crate::model::{DmId, Model, StateId, Transitions};
use crate::reach::Step;

/// Whether a decision maker can move from one state to another.
pub(crate) fn is_move(model: &Model, dm: DmId, from: StateId, to: StateId) -> bool {
    let (source, target) = (model.code(from), model.code(to));
    if source == target || !model.sees(dm, source) || !model.sees(dm, target) {
        return false;
    }
    let space = model.space();
    let unchanged_or_allowed = |coordinate: usize| {
        let (before, after) = (space.value(source, coordinate), space.value(target, coordinate));
        before == after
            || (model.owner(coordinate) == Some(dm)
                && match model.transitions(coordinate) {
                    Transitions::Free => true,
                    Transitions::Forward => after > before,
                    Transitions::Backward => after < before,
                    Transitions::Fixed => false,
                    Transitions::Pairs(pairs) => pairs.contains(&(before, after)),
                    Transitions::Guarded(pairs) => pairs
                        .iter()
                        .any(|(from, to, where_)| *from == before && *to == after && where_[source as usize]),
                })
    };
    model.arcs(dm).binary_search(&(source, target)).is_ok() || (0..space.coordinate_count()).all(unchanged_or_allowed)
}

pub(crate) fn is_improvement(model: &Model, dm: DmId, from: StateId, to: StateId) -> bool {
    is_move(model, dm, from, to) && model.rank(dm, to) > model.rank(dm, from)
}

/// All moves: every combination of the party's own values is tried, and every arc.
pub(crate) fn all_moves(model: &Model, dm: DmId, from: StateId) -> BTreeSet<StateId> {
    let space = model.space();
    let own: Vec<usize> = (0..space.coordinate_count()).filter(|c| model.owner(*c) == Some(dm)).collect();
    let mut values: Vec<u32> = (0..space.coordinate_count()).map(|c| space.value(model.code(from), c)).collect();
    for &coordinate in &own {
        values[coordinate] = 0;
    }
    let mut found = BTreeSet::new();
    loop {
        found.extend(model.state_at(space.code_of(&values)));
        let Some(&next) = own.iter().find(|coordinate| values[**coordinate] + 1 < space.sizes()[**coordinate]) else {
            break;
        };
        for &lower in own.iter().take_while(|coordinate| **coordinate != next) {
            values[lower] = 0;
        }
        values[next] += 1;
    }
    let arcs = model.arcs(dm).iter().filter(|(source, _)| *source == model.code(from));
    found.extend(arcs.filter_map(|(_, target)| model.state_at(*target)));
    found.retain(|to| is_move(model, dm, from, *to));
    found
}

/// Checks that steps are a legal sequence from a state.
pub(crate) fn check_steps(
    model: &Model,
    from: StateId,
    steps: &[Step],
    steps_improve: bool,
) -> Result<(), CheckFailure> {
    let (mut at, mut last) = (from, None);
    for (index, step) in steps.iter().enumerate() {
        if last == Some(step.mover) {
            return Err(CheckFailure::MovesTwice { index });
        }
        if step.to.index() >= model.state_count() || step.mover.index() >= model.decision_maker_count() {
            return Err(CheckFailure::UnknownName);
        }
        if !is_move(model, step.mover, at, step.to) {
            return Err(CheckFailure::NotAMove { index });
        }
        if steps_improve && !is_improvement(model, step.mover, at, step.to) {
            return Err(CheckFailure::NotAnImprovingStep { index });
        }
        (at, last) = (step.to, Some(step.mover));
    }
    Ok(())
}

/// Ends of all legal sequences of at least one step of everybody but `dm`.
pub(crate) fn replies(model: &Model, dm: DmId, from: StateId, steps_improve: bool) -> BTreeSet<StateId> {
    let others: Vec<DmId> = model.decision_makers().filter(|mover| *mover != dm).collect();
    let mut tries = u64::MAX;
    sequences(model, &others, from, steps_improve, &mut tries).expect("tries without end")
}

/// Ends of all legal sequences of at least one step of a group; `None` when no more moves
/// may be tried: `tries` falls by those that were.
pub(crate) fn ends(model: &Model, group: &[DmId], from: StateId, tries: &mut u64) -> Option<BTreeSet<StateId>> {
    sequences(model, group, from, false, tries)
}

fn sequences(
    model: &Model,
    group: &[DmId],
    from: StateId,
    steps_improve: bool,
    tries: &mut u64,
) -> Option<BTreeSet<StateId>> {
    let mut positions: BTreeSet<(StateId, Option<DmId>)> = BTreeSet::new();
    let mut open = vec![(from, None)];
    while let Some((state, last)) = open.pop() {
        for &mover in group.iter().filter(|mover| Some(**mover) != last) {
            let moves = all_moves(model, mover, state);
            *tries = tries.checked_sub(moves.len() as u64 + 1)?;
            for to in moves {
                let counts = !steps_improve || is_improvement(model, mover, state, to);
                if counts && positions.insert((to, Some(mover))) {
                    open.push((to, Some(mover)));
                }
            }
        }
    }
    Some(positions.into_iter().map(|(state, _)| state).collect())
}
