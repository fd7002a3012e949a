//! How a coalition leaves an outcome, as views.

use std::collections::BTreeSet;

use detente_base::{Budget, StopReason};
use detente_conflict::{
    Coalition, CoalitionConcept, CoalitionEvidence, CoalitionSolution, Deterred, FixedBitSet, StateId, Step,
    explain_coalition, verify_coalition,
};

use super::{JOINT, member_ids};
use crate::close::{Close, Solved, number};
use crate::report::{
    BreakVerdict, BreakView, BrokenOutcome, CoalitionReplyView, GroupMoveView, PreferenceView, StatementIndex, StepView,
};

/// Most coalitions of which one by one is told how they leave an outcome.
const MAX_BREAKS: usize = 3;

/// The same where the user asks for the outcome.
const MAX_BREAKS_ASKED: usize = 12;

/// Most states for which replies are looked for, and the checker tries all of them.
const MAX_EXPLAINED_STATES: usize = 1 << 12;

/// What holds under each concept, in the order of [`JOINT`].
pub(crate) struct Held {
    /// For each party alone.
    pub(crate) alone: Vec<FixedBitSet>,
    /// For every coalition with a verdict.
    pub(crate) together: Vec<Option<FixedBitSet>>,
}

impl Held {
    pub(crate) fn new(solved: &Solved<'_>, solution: &CoalitionSolution) -> Self {
        Self {
            alone: JOINT.iter().map(|concept| solved.solution.equilibria(concept.single())).collect(),
            together: JOINT.iter().map(|concept| solution.equilibria(*concept)).collect(),
        }
    }

    /// Outcomes that hold alone and not together under a concept, by its position.
    pub(crate) fn broken(&self, position: usize) -> impl Iterator<Item = usize> + '_ {
        let together = self.together[position].iter();
        together.flat_map(move |together| self.alone[position].difference(together))
    }
}

/// Symbols of the concepts at the positions of which something holds.
fn symbols<'s>(symbol: impl Fn(CoalitionConcept) -> &'s str, holds: impl Fn(usize) -> bool) -> Vec<String> {
    let held = JOINT.iter().enumerate().filter(|(position, _)| holds(*position));
    held.map(|(_, concept)| symbol(*concept).to_owned()).collect()
}

/// An outcome to be told of, and the concept under which coalitions leave it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Broken {
    pub(crate) state: StateId,
    pub(crate) concept: CoalitionConcept,
    /// Most coalitions of which one by one is told how they leave.
    pub(crate) most: usize,
}

impl Broken {
    /// An outcome that holds alone and not together.
    pub(crate) fn found(state: StateId, concept: CoalitionConcept) -> Self {
        Self { state, concept, most: MAX_BREAKS }
    }

    /// An outcome that the user asks for: the first concept under which it holds alone
    /// and not together, or else `CNash`.
    pub(crate) fn asked(held: &Held, state: StateId) -> Self {
        let breaks = |position: &usize| {
            let together = held.together[*position].as_ref();
            held.alone[*position].contains(state.index()) && together.is_some_and(|set| !set.contains(state.index()))
        };
        let concept = (0..JOINT.len()).find(breaks).map_or(CoalitionConcept::Nash, |position| JOINT[position]);
        Self { state, concept, most: MAX_BREAKS_ASKED }
    }
}

/// An outcome with the coalitions that leave it.
pub(crate) fn broken_outcome(
    close: &mut Close<'_, '_>,
    solution: &CoalitionSolution,
    held: &Held,
    broken: &Broken,
    budget: &Budget,
) -> Result<BrokenOutcome, StopReason> {
    let (solved, state) = (close.solved, broken.state);
    close.mentioned.insert(state);
    let leaves = |coalition: &Coalition| {
        solution.stable(broken.concept, *coalition).is_some_and(|stays| !stays.contains(state.index()))
    };
    let by: Vec<Coalition> = solution.coalitions().filter(leaves).collect();
    let mut breaks = Vec::new();
    // What a part of it does, a coalition does with members who only look on.
    let is_smallest =
        |coalition: &&Coalition| !by.iter().any(|other| other != *coalition && other.without(**coalition).is_empty());
    for coalition in by.iter().filter(is_smallest).take(broken.most) {
        if let Some(view) = break_view(close, solution, broken, *coalition, budget)? {
            breaks.push(view);
        }
    }
    let alone = |position: usize| held.alone[position].contains(state.index());
    let together = |position: usize| held.together[position].as_ref().is_some_and(|set| set.contains(state.index()));
    Ok(BrokenOutcome {
        outcome: number(state),
        alone: symbols(|concept| concept.single().symbol(), alone),
        together: symbols(CoalitionConcept::symbol, together),
        concept: broken.concept.symbol().to_owned(),
        breaks,
        by: by.iter().map(|coalition| member_ids(solved, *coalition)).collect(),
    })
}

/// How a coalition leaves; `None` under concepts with replies where there are too many
/// outcomes to look for them.
fn break_view(
    close: &mut Close<'_, '_>,
    solution: &CoalitionSolution,
    broken: &Broken,
    coalition: Coalition,
    budget: &Budget,
) -> Result<Option<BreakView>, StopReason> {
    let (solved, state) = (close.solved, broken.state);
    let small = solved.model.state_count() <= MAX_EXPLAINED_STATES;
    if !small && broken.concept != CoalitionConcept::Nash {
        return Ok(None);
    }
    let case = (solution.reading(), coalition);
    let evidence = explain_coalition(&solved.model, broken.concept, case, state, budget)?;
    confirm(close, solution, broken.concept, coalition, state, &evidence);
    let CoalitionEvidence::Leaves { path, improvement, .. } = &evidence else {
        panic!("the evidence contradicts the verdict on {coalition:?} at outcome {}", number(state));
    };
    let mut used = BTreeSet::new();
    let steps = steps(close, state, path, &mut used);
    let gains = preferences(close, coalition, *improvement, state, &mut used);
    let mut foresight = Vec::new();
    for concept in JOINT.into_iter().filter(|concept| small && *concept != broken.concept) {
        if let Some(stays) = solution.stable(concept, coalition) {
            let stays = stays.contains(state.index());
            let reply = if stays {
                reply_view(close, solution, concept, coalition, (state, *improvement), &mut used, budget)?
            } else {
                None
            };
            let verified = reply.is_some();
            foresight.push(BreakVerdict { concept: concept.symbol().to_owned(), stays, reply, verified });
        }
    }
    close.statements.count(used);
    let members = member_ids(solved, coalition);
    Ok(Some(BreakView { members, to: number(*improvement), steps, gains, verified: true, foresight }))
}

/// Has the checker look at evidence.
fn confirm(
    close: &mut Close<'_, '_>,
    solution: &CoalitionSolution,
    concept: CoalitionConcept,
    coalition: Coalition,
    state: StateId,
    evidence: &CoalitionEvidence,
) {
    let model = &close.solved.model;
    let stays = solution.stable(concept, coalition).is_some_and(|set| set.contains(state.index()));
    assert!(stays == evidence.is_stable(), "the evidence contradicts {concept} for {coalition:?} at {state:?}");
    if let Err(fault) = verify_coalition(model, concept, (solution.reading(), coalition), state, evidence) {
        panic!("the checker refutes {concept} for {coalition:?} at outcome {}: {fault}", number(state));
    }
    close.checked.confirmed += 1;
}

/// The reply that keeps a coalition from one of its joint improvements.
fn reply_view(
    close: &mut Close<'_, '_>,
    solution: &CoalitionSolution,
    concept: CoalitionConcept,
    coalition: Coalition,
    (state, improvement): (StateId, StateId),
    used: &mut BTreeSet<StatementIndex>,
    budget: &Budget,
) -> Result<Option<CoalitionReplyView>, StopReason> {
    let model = &close.solved.model;
    let evidence = explain_coalition(model, concept, (solution.reading(), coalition), state, budget)?;
    confirm(close, solution, concept, coalition, state, &evidence);
    let CoalitionEvidence::Stable { deterred } = &evidence else { return Ok(None) };
    let found = deterred.iter().find(|one| one.improvement == improvement);
    Ok(found.map(|one| joint_reply(close, concept, coalition, state, one, used)))
}

fn joint_reply(
    close: &mut Close<'_, '_>,
    concept: CoalitionConcept,
    coalition: Coalition,
    state: StateId,
    one: &Deterred,
    used: &mut BTreeSet<StatementIndex>,
) -> CoalitionReplyView {
    let mut at = one.improvement;
    let mut moves = Vec::new();
    for joint in &one.reply {
        let steps = steps(close, at, &joint.path, used);
        let to = joint.path.last().map_or(at, |step| step.to);
        let gains = if concept == CoalitionConcept::Sequential {
            preferences(close, joint.coalition, to, at, used)
        } else {
            Vec::new()
        };
        moves.push(GroupMoveView { members: member_ids(close.solved, joint.coalition), steps, gains });
        at = to;
    }
    let model = &close.solved.model;
    let unhappy: Vec<_> =
        coalition.members().filter(|dm| model.rank(*dm, one.result) <= model.rank(*dm, state)).collect();
    let compared = preferences(close, Coalition::of(unhappy), one.result, state, used);
    CoalitionReplyView { moves, result: number(one.result), compared }
}

fn steps(
    close: &mut Close<'_, '_>,
    from: StateId,
    path: &[Step],
    used: &mut BTreeSet<StatementIndex>,
) -> Vec<StepView> {
    let mut at = from;
    let view = |step: &Step| {
        let view = close.move_view(at, *step, used);
        at = step.to;
        view
    };
    path.iter().map(view).collect()
}

/// How one outcome compares with another for each member.
fn preferences(
    close: &mut Close<'_, '_>,
    coalition: Coalition,
    first: StateId,
    second: StateId,
    used: &mut BTreeSet<StatementIndex>,
) -> Vec<PreferenceView> {
    coalition.members().map(|dm| close.preference(dm, first, second, used)).collect()
}
