//! The moves from one state, from the model as given.

use super::MoveKind;
use crate::model::{DmId, Model, StateId};

/// Unilateral moves Rᵢ(s) of a decision maker, in ascending order.
///
/// Cost: O(r·c) time; r combinations of the party's own values, c coordinates it owns.
pub fn moves(model: &Model, dm: DmId, state: StateId) -> Vec<StateId> {
    let mut targets = Vec::new();
    visit_moves(model, dm, state, MoveKind::Any, &mut targets);
    targets
}

/// Unilateral improvements Rᵢ⁺(s) of a decision maker, in ascending order.
///
/// Cost: as [`moves`].
pub fn improvements(model: &Model, dm: DmId, state: StateId) -> Vec<StateId> {
    let mut targets = Vec::new();
    visit_moves(model, dm, state, MoveKind::Improving, &mut targets);
    targets
}

/// Replaces `targets` by the moves of a kind, in ascending order.
pub(crate) fn visit_moves(model: &Model, dm: DmId, state: StateId, kind: MoveKind, targets: &mut Vec<StateId>) {
    targets.clear();
    visit_changes(model, dm, state, kind, targets);
    visit_arcs(model, dm, state, kind, targets);
    targets.sort_unstable();
    targets.dedup();
}

/// Appends the moves of a kind by the party's own coordinates, in no order.
pub(crate) fn visit_changes(model: &Model, dm: DmId, state: StateId, kind: MoveKind, targets: &mut Vec<StateId>) {
    let code = model.code(state);
    if !model.sees(dm, code) {
        return;
    }
    let space = model.space();
    // Codes that differ from `code` in the coordinates handled so far, `code` included.
    let mut codes = vec![code];
    for coordinate in model.controlled(dm) {
        let (value, stride) = (space.value(code, coordinate), space.strides()[coordinate]);
        let transitions = model.transitions(coordinate);
        let unchanged = codes.len();
        for to in 0..space.sizes()[coordinate] {
            if transitions.allows(value, to, code) {
                codes.extend_from_within(..unchanged);
                let last = codes.len() - unchanged;
                for changed in &mut codes[last..] {
                    *changed = *changed - value * stride + to * stride;
                }
            }
        }
    }
    keep_moves(model, dm, state, kind, codes, targets);
}

/// Appends the listed moves of a kind, in ascending order.
pub(crate) fn visit_arcs(model: &Model, dm: DmId, state: StateId, kind: MoveKind, targets: &mut Vec<StateId>) {
    let code = model.code(state);
    if model.sees(dm, code) {
        let arcs = model.arcs(dm);
        let first = arcs.partition_point(|(from, _)| *from < code);
        let codes = arcs[first..].iter().take_while(|(from, _)| *from == code).map(|(_, to)| *to);
        keep_moves(model, dm, state, kind, codes, targets);
    }
}

/// Appends what is feasible, seen, of the kind, and not the state itself.
fn keep_moves(
    model: &Model,
    dm: DmId,
    state: StateId,
    kind: MoveKind,
    codes: impl IntoIterator<Item = u32>,
    targets: &mut Vec<StateId>,
) {
    let counts = |target: &StateId| {
        *target != state && (kind == MoveKind::Any || model.rank(dm, *target) > model.rank(dm, state))
    };
    let seen = codes.into_iter().filter(|target| model.sees(dm, *target));
    targets.extend(seen.filter_map(|target| model.state_at(target)).filter(counts));
}
