//! How a coalition leaves an outcome, as views.

use std::collections::BTreeSet;

use detente_base::{Budget, StopReason};
use detente_conflict::{
    Coalition, CoalitionConcept, CoalitionEvidence, CoalitionFailure, CoalitionSolution, Deterred, FixedBitSet,
    StateId, Step, explain_coalition_within, verify_coalition_within,
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

/// Most states of a conflict in which every reason is looked for and checked, however long
/// it takes.
const MAX_EXPLAINED_STATES: usize = 1 << 12;

/// In larger conflicts: most states that the searches for reasons meet, for all outcomes that
/// the user asks for together.
const MAX_MET: u64 = 1 << 25;

/// The same for the moves that the checker tries.
const MAX_TRIES: u64 = 1 << 23;

/// One verdict may take one part in so many of the effort that is left.
const SHARE: u64 = 4;

/// What is left to look for reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Effort {
    /// States that searches may meet.
    met: u64,
    /// Moves that the checker may try.
    tries: u64,
}

impl Effort {
    /// For outcomes that the user asks for.
    pub(crate) fn asked(solved: &Solved<'_>) -> Self {
        if is_small(solved) { Self::without_end() } else { Self { met: MAX_MET, tries: MAX_TRIES } }
    }

    /// For outcomes of which an answer speaks unasked: in large conflicts only ways out are
    /// looked for, with nothing spent on replies.
    pub(crate) fn unasked(solved: &Solved<'_>) -> Self {
        if is_small(solved) { Self::without_end() } else { Self { met: 0, tries: 0 } }
    }

    fn without_end() -> Self {
        Self { met: u64::MAX, tries: u64::MAX }
    }
}

fn is_small(solved: &Solved<'_>) -> bool {
    solved.model.state_count() <= MAX_EXPLAINED_STATES
}

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

    /// The first concept under which an outcome holds alone and not together.
    fn first_broken(&self, state: StateId) -> Option<CoalitionConcept> {
        let breaks = |position: &usize| {
            let together = self.together[*position].as_ref();
            self.alone[*position].contains(state.index()) && together.is_some_and(|set| !set.contains(state.index()))
        };
        (0..JOINT.len()).find(breaks).map(|position| JOINT[position])
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
        let concept = held.first_broken(state).unwrap_or(CoalitionConcept::Nash);
        Self { state, concept, most: MAX_BREAKS_ASKED }
    }

    /// An outcome of a report on much else, with one coalition; `None` if under each
    /// concept under which it holds alone no coalition leaves it.
    pub(crate) fn of_report(held: &Held, state: StateId) -> Option<Self> {
        held.first_broken(state).map(|concept| Self { state, concept, most: 1 })
    }
}

/// What breaks are told from.
pub(crate) struct Told<'t, 's, 'a> {
    pub(crate) close: &'t mut Close<'s, 'a>,
    pub(crate) solution: &'t CoalitionSolution,
    pub(crate) held: &'t Held,
    pub(crate) effort: Effort,
    pub(crate) budget: &'t Budget,
}

/// A coalition at an outcome.
#[derive(Clone, Copy)]
struct Place {
    coalition: Coalition,
    state: StateId,
}

impl Told<'_, '_, '_> {
    /// An outcome with the coalitions that leave it.
    pub(crate) fn outcome(&mut self, broken: &Broken) -> Result<BrokenOutcome, StopReason> {
        let (solved, state) = (self.close.solved, broken.state);
        self.close.mentioned.insert(state);
        let (solution, held) = (self.solution, self.held);
        let leaves = |coalition: &Coalition| {
            solution.stable(broken.concept, *coalition).is_some_and(|stays| !stays.contains(state.index()))
        };
        let by: Vec<Coalition> = solution.coalitions().filter(leaves).collect();
        let mut breaks = Vec::new();
        // What a part of it does, a coalition does with members who only look on.
        let is_smallest = |coalition: &&Coalition| {
            !by.iter().any(|other| other != *coalition && other.without(**coalition).is_empty())
        };
        for coalition in by.iter().filter(is_smallest).take(broken.most) {
            let place = Place { coalition: *coalition, state };
            breaks.extend(self.break_view(broken.concept, place)?);
        }
        let alone = |position: usize| held.alone[position].contains(state.index());
        let together =
            |position: usize| held.together[position].as_ref().is_some_and(|set| set.contains(state.index()));
        Ok(BrokenOutcome {
            outcome: number(state),
            alone: symbols(|concept| concept.single().symbol(), alone),
            together: symbols(CoalitionConcept::symbol, together),
            concept: broken.concept.symbol().to_owned(),
            breaks,
            by: by.iter().map(|coalition| member_ids(solved, *coalition)).collect(),
        })
    }

    /// How a coalition leaves; `None` where its way was not found with the effort allowed.
    fn break_view(&mut self, concept: CoalitionConcept, place: Place) -> Result<Option<BreakView>, StopReason> {
        let Some((under, evidence, verified)) = self.way_out(concept, place)? else { return Ok(None) };
        let CoalitionEvidence::Leaves { path, improvement, .. } = &evidence else {
            panic!("the evidence contradicts the verdict on {:?} at outcome {}", place.coalition, number(place.state));
        };
        let mut used = BTreeSet::new();
        let steps = steps(self.close, place.state, path, &mut used);
        let gains = preferences(self.close, place.coalition, *improvement, place.state, &mut used);
        let mut foresight = Vec::new();
        for other in JOINT.into_iter().filter(|other| *other != concept) {
            foresight.extend(if other == under {
                Some(BreakVerdict { concept: other.symbol().to_owned(), stays: false, reply: None, verified })
            } else {
                self.verdict(other, place, *improvement, &mut used)?
            });
        }
        self.close.statements.count(used);
        let members = member_ids(self.close.solved, place.coalition);
        let (to, under) = (number(*improvement), under.symbol().to_owned());
        Ok(Some(BreakView { members, to, under, steps, gains, verified, foresight }))
    }

    /// A way out under the most cautious concept under which there is one and the effort
    /// allowed finds it: what the others cannot answer there is a way out under the concept
    /// asked about too.
    fn way_out(
        &mut self,
        concept: CoalitionConcept,
        place: Place,
    ) -> Result<Option<(CoalitionConcept, CoalitionEvidence, bool)>, StopReason> {
        use CoalitionConcept::{GeneralMetarational, Nash, Sequential, SymmetricMetarational};
        let more_cautious: &[CoalitionConcept] = match concept {
            Nash => &[GeneralMetarational, Sequential, SymmetricMetarational],
            SymmetricMetarational => &[GeneralMetarational],
            Sequential | GeneralMetarational => &[],
        };
        for under in more_cautious.iter().copied().chain([concept]) {
            let stays = self.solution.stable(under, place.coalition);
            if stays.is_some_and(|stays| !stays.contains(place.state.index()))
                && let Some((evidence, verified)) = self.evidence(under, place)?
            {
                return Ok(Some((under, evidence, verified)));
            }
        }
        Ok(None)
    }

    /// What the coalition does under another concept; `None` without a verdict.
    fn verdict(
        &mut self,
        concept: CoalitionConcept,
        place: Place,
        improvement: StateId,
        used: &mut BTreeSet<StatementIndex>,
    ) -> Result<Option<BreakVerdict>, StopReason> {
        let Some(stays) = self.solution.stable(concept, place.coalition) else { return Ok(None) };
        let stays = stays.contains(place.state.index());
        let (mut reply, mut verified) = (None, false);
        if let Some((evidence, confirmed)) = self.evidence(concept, place)? {
            verified = confirmed;
            if let CoalitionEvidence::Stable { deterred } = &evidence {
                let one = deterred.iter().find(|one| one.improvement == improvement);
                reply = one.map(|one| joint_reply(self.close, concept, place, one, used));
            }
        }
        Ok(Some(BreakVerdict { concept: concept.symbol().to_owned(), stays, reply, verified }))
    }

    /// Why the coalition leaves or stays, and whether the checker confirmed it; `None` where
    /// the effort allowed does not suffice.
    fn evidence(
        &mut self,
        concept: CoalitionConcept,
        Place { coalition, state }: Place,
    ) -> Result<Option<(CoalitionEvidence, bool)>, StopReason> {
        let (model, case) = (&self.close.solved.model, (self.solution.reading(), coalition));
        let stays = self.solution.stable(concept, coalition).is_some_and(|set| set.contains(state.index()));
        // A way alone is found in one search.
        let way_alone = concept == CoalitionConcept::Nash && !stays;
        let share = |left: u64| if way_alone { u64::MAX } else { left.div_ceil(SHARE) };
        let (met, tries) = (share(self.effort.met), share(self.effort.tries));
        let (mut met_left, mut tries_left) = (met, tries);
        let found = explain_coalition_within(model, concept, case, state, (&mut met_left, self.budget));
        if !way_alone {
            self.effort.met -= met - met_left;
        }
        let evidence = match found {
            Err(StopReason::TooManyMoves { .. }) => return Ok(None),
            found => found?,
        };
        assert!(stays == evidence.is_stable(), "the evidence contradicts {concept} for {coalition:?} at {state:?}");
        let checked = verify_coalition_within(model, concept, case, (state, &evidence), &mut tries_left);
        if !way_alone {
            self.effort.tries -= tries - tries_left;
        }
        match checked {
            Ok(()) => {
                self.close.checked.confirmed += 1;
                Ok(Some((evidence, true)))
            }
            Err(CoalitionFailure::NotFinished { .. }) => {
                self.close.checked.unchecked += 1;
                Ok(Some((evidence, false)))
            }
            Err(fault) => {
                panic!("the checker refutes {concept} for {coalition:?} at outcome {}: {fault}", number(state))
            }
        }
    }
}

fn joint_reply(
    close: &mut Close<'_, '_>,
    concept: CoalitionConcept,
    Place { coalition, state }: Place,
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
