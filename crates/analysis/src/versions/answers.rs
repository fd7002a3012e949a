//! The answers of one situation, laid out so that those of another can be put beside them.

use detente_base::{Budget, StopReason};
use detente_conflict::{Concept, FixedBitSet, MoveKind, StateId, status_quo};
use detente_scenario::columns::Columns;
use detente_scenario::expr::eval::central_point;
use detente_scenario::situation::Situation;

use super::axes::{Axes, Key};
use crate::ask::{MAX_PROFILES, solve_profile};
use crate::close::{CONCEPTS, number};
use crate::overview::{brief, status_quo_state};
use crate::profile::profiles;
use crate::report::{Brief, OutcomeNumber, StatusQuoSide};
use crate::stability::concept_of;
use crate::structure::Structure;

/// Most combinations of shared values that are compared.
const MAX_KEYS: u64 = 1 << 28;

/// Symbol of the foresight that the files give to their parties.
const GIVEN: &str = "given";

/// What is compared: outcomes, combinations of types, named outcomes and concepts that
/// both versions have.
#[derive(Debug)]
pub(super) struct Frame {
    pub axes: Axes,
    /// Combinations of types; `None` stands for all of them together.
    pub scopes: Vec<Option<Vec<(String, String)>>>,
    /// Ids of named outcomes.
    pub named: Vec<String>,
    /// Symbols of concepts.
    pub concepts: Vec<String>,
}

impl Frame {
    pub(super) fn new(a: &Situation, b: &Situation) -> Self {
        let combinations = |situation: &Situation| {
            profiles(situation, MAX_PROFILES).iter().map(|p| p.named_types(situation)).collect::<Vec<_>>()
        };
        let (in_a, in_b) = (combinations(a), combinations(b));
        let mut scopes: Vec<_> = in_a.iter().filter(|types| in_b.contains(types)).cloned().map(Some).collect();
        if scopes.len() < in_a.len() || scopes.len() < in_b.len() {
            scopes.push(None);
        }
        let named = a.outcomes.iter().filter(|o| b.outcomes.iter().any(|other| other.id == o.id));
        let mut concepts: Vec<String> = CONCEPTS.iter().map(|c| c.symbol().to_owned()).collect();
        if [a, b].iter().any(|s| s.parties.iter().any(|p| p.foresight.is_some())) {
            concepts.push(GIVEN.to_owned());
        }
        Self { axes: Axes::new(a, b), scopes, named: named.map(|o| o.id.clone()).collect(), concepts }
    }
}

/// The answers of one situation.
#[derive(Debug)]
pub(super) struct Answered {
    pub brief: Brief,
    /// Shared combinations of values that are possible.
    pub exists: FixedBitSet,
    /// For each of them the only outcome, where it is one.
    pub numbers: Vec<Option<OutcomeNumber>>,
    /// Ids of the frame's named outcomes that cover some outcome of each.
    pub named: Vec<FixedBitSet>,
    /// Outcomes with a value that the other version does not have.
    pub without_key: u64,
    /// One for each scope; `None` where the situation has no such combination of types.
    pub scopes: Vec<Option<ScopeAnswer>>,
}

/// The answers for one combination of types. Sets of shared combinations of values: those
/// of which some outcome does what the set says.
#[derive(Clone, Debug)]
pub(super) struct ScopeAnswer {
    /// By concept: some outcome holds.
    pub holds: Vec<FixedBitSet>,
    /// By concept: how many outcomes hold, shared or not.
    pub counts: Vec<u64>,
    /// Improvements lead to one from the status quo.
    pub reached: Option<FixedBitSet>,
    pub status_quo: Option<StatusQuoSide>,
    /// By named outcome and concept: some outcome that it covers holds.
    pub named_holds: Vec<Vec<bool>>,
    /// By named outcome: improvements lead to one that it covers.
    pub named_reached: Vec<Option<bool>>,
}

/// Solves a situation.
///
/// # Errors
/// When the budget ends it.
pub(super) fn answer(frame: &Frame, situation: &Situation, budget: &Budget) -> Result<Answered, StopReason> {
    if frame.axes.size > MAX_KEYS {
        return Err(StopReason::TooManyStates { states: frame.axes.size.to_string(), limit: MAX_KEYS });
    }
    let structure = Structure::new(situation, budget)?;
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let keys = frame.axes.keys(&structure);
    let covered = covered(frame, &structure);
    let size = frame.axes.size as usize;
    let mut answered = Answered {
        brief: brief(situation, Some(&structure)),
        exists: FixedBitSet::with_capacity(size),
        numbers: vec![None; size],
        named: covered.iter().map(|set| project(set, &keys, size)).collect(),
        without_key: keys.iter().filter(|k| k.is_none()).count() as u64,
        scopes: Vec::new(),
    };
    for (state, key) in keys.iter().enumerate() {
        if let Some(key) = key {
            let seen = answered.exists.put(*key as usize);
            answered.numbers[*key as usize] = (!seen).then_some(number(StateId::from_index(state)));
        }
    }
    let mut solved = Vec::new();
    for profile in profiles(situation, MAX_PROFILES) {
        let states = solve_states(&structure, &profile, &point, budget)?;
        solved.push((profile.named_types(situation), states));
    }
    for scope in &frame.scopes {
        let wanted = solved.iter().filter(|(types, _)| scope.as_ref().is_none_or(|s| s == types));
        let all = wanted.map(|(_, states)| states.clone()).reduce(StateAnswer::both);
        answered.scopes.push(all.map(|states| states.project(frame, &covered, &keys)));
    }
    Ok(answered)
}

/// Outcomes that each named outcome covers, as states.
fn covered(frame: &Frame, structure: &Structure<'_>) -> Vec<FixedBitSet> {
    let situation = structure.situation;
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let columns = Columns::new(situation, &structure.space, &point);
    let none = FixedBitSet::with_capacity(structure.states.state_count());
    let set = |id: &String| {
        let outcome = situation.outcomes.iter().find(|o| o.id == *id)?;
        Some(structure.states.states_from_codes(&columns.holds(&outcome.when)))
    };
    frame.named.iter().map(|id| set(id).unwrap_or_else(|| none.clone())).collect()
}

fn project(states: &FixedBitSet, keys: &[Option<Key>], size: usize) -> FixedBitSet {
    let mut set = FixedBitSet::with_capacity(size);
    for key in states.ones().filter_map(|state| keys.get(state).copied().flatten()) {
        set.insert(key as usize);
    }
    set
}

/// The answers for one combination of types, by state.
#[derive(Clone, Debug)]
struct StateAnswer {
    holds: Vec<FixedBitSet>,
    reached: Option<FixedBitSet>,
    status_quo: Option<(StateId, u64, u64)>,
}

fn solve_states(
    structure: &Structure<'_>,
    profile: &crate::profile::Profile,
    point: &[detente_scenario::expr::eval::Interval],
    budget: &Budget,
) -> Result<StateAnswer, StopReason> {
    let solved = solve_profile(structure, profile, point, budget)?;
    let mut holds: Vec<FixedBitSet> = CONCEPTS.iter().map(|c| solved.solution.equilibria(*c)).collect();
    let parties = &structure.situation.parties;
    let given: Vec<Concept> = parties.iter().map(|p| p.foresight.map_or(Concept::Sequential, concept_of)).collect();
    holds.push(solved.solution.equilibria_of_mixture(&given));
    let Some(from) = status_quo_state(structure) else {
        return Ok(StateAnswer { holds, reached: None, status_quo: None });
    };
    let improving = status_quo(&solved.model, from, MoveKind::Improving, budget)?;
    let moves = status_quo(&solved.model, from, MoveKind::Any, budget)?;
    let mut reached = FixedBitSet::with_capacity(solved.model.state_count());
    for state in solved.model.states().filter(|s| improving.reaches(*s)) {
        reached.insert(state.index());
    }
    let status_quo = Some((from, moves.count() as u64, improving.count() as u64));
    Ok(StateAnswer { holds, reached: Some(reached), status_quo })
}

impl StateAnswer {
    /// What is so in both combinations of types.
    fn both(mut self, other: Self) -> Self {
        self.holds.iter_mut().zip(&other.holds).for_each(|(a, b)| a.intersect_with(b));
        if let (Some(a), Some(b)) = (&mut self.reached, &other.reached) {
            a.intersect_with(b);
        }
        if let (Some((_, moves, improvements)), Some((_, m, i))) = (&mut self.status_quo, other.status_quo) {
            (*moves, *improvements) = ((*moves).min(m), (*improvements).min(i));
        }
        self
    }

    fn project(&self, frame: &Frame, covered: &[FixedBitSet], keys: &[Option<Key>]) -> ScopeAnswer {
        let size = frame.axes.size as usize;
        let holds = &self.holds[..frame.concepts.len()];
        let symbols = |at: StateId| {
            let some = frame.concepts.iter().zip(holds).filter(|(_, set)| set.contains(at.index()));
            some.map(|(symbol, _)| symbol.clone()).collect()
        };
        ScopeAnswer {
            holds: holds.iter().map(|set| project(set, keys, size)).collect(),
            counts: holds.iter().map(|set| set.count_ones(..) as u64).collect(),
            reached: self.reached.as_ref().map(|set| project(set, keys, size)),
            status_quo: self.status_quo.map(|(at, moves, improvements)| StatusQuoSide {
                outcome: number(at),
                holds_under: symbols(at),
                reachable_by_moves: moves,
                reachable_by_improvements: improvements,
            }),
            named_holds: covered.iter().map(|c| holds.iter().map(|set| !set.is_disjoint(c)).collect()).collect(),
            named_reached: covered.iter().map(|c| self.reached.as_ref().map(|set| !set.is_disjoint(c))).collect(),
        }
    }
}

/// Something that an answer says, true or false.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Verdict {
    /// Position in [`Frame::scopes`].
    pub scope: usize,
    pub subject: Subject,
    /// Position in [`Frame::concepts`]; `None` for whether it is reached.
    pub concept: Option<usize>,
}

/// What a verdict is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    /// The status quo.
    StatusQuo,
    /// Some outcome that a named outcome covers: its position in [`Frame::named`].
    Named(usize),
    /// Some outcome with these shared values.
    Outcome(Key),
}

impl Answered {
    /// What the answer says; `None` where the situation has nothing to say it about.
    pub(super) fn says(&self, frame: &Frame, verdict: Verdict) -> Option<bool> {
        let scope = self.scopes[verdict.scope].as_ref()?;
        match (verdict.subject, verdict.concept) {
            (Subject::Outcome(key), _) if !self.exists.contains(key as usize) => None,
            (Subject::Outcome(key), Some(concept)) => Some(scope.holds[concept].contains(key as usize)),
            (Subject::Outcome(key), None) => scope.reached.as_ref().map(|set| set.contains(key as usize)),
            (Subject::Named(at), Some(concept)) => self.has_named(frame, at).then(|| scope.named_holds[at][concept]),
            (Subject::Named(at), None) => scope.named_reached[at].filter(|_| self.has_named(frame, at)),
            (Subject::StatusQuo, concept) => {
                let symbol = &frame.concepts[concept?];
                scope.status_quo.as_ref().map(|side| side.holds_under.contains(symbol))
            }
        }
    }

    fn has_named(&self, frame: &Frame, at: usize) -> bool {
        self.brief.named.iter().any(|n| n.id == frame.named[at])
    }
}

/// The verdicts that are true in one of two answers and false in the other. Whether an
/// outcome is reached counts for those that hold somehow in one of them.
pub(super) fn changed(frame: &Frame, a: &Answered, b: &Answered) -> Vec<Verdict> {
    let mut found = Vec::new();
    let mut shared = a.exists.clone();
    shared.intersect_with(&b.exists);
    for scope in 0..frame.scopes.len() {
        let (Some(in_a), Some(in_b)) = (&a.scopes[scope], &b.scopes[scope]) else { continue };
        let mut subjects = vec![Subject::StatusQuo];
        subjects.extend((0..frame.named.len()).map(Subject::Named));
        let mut holding = FixedBitSet::with_capacity(frame.axes.size as usize);
        in_a.holds.iter().chain(&in_b.holds).for_each(|set| holding.union_with(set));
        holding.intersect_with(&shared);
        subjects.extend(holding.ones().map(|key| Subject::Outcome(key as Key)));
        for subject in subjects {
            for concept in (0..frame.concepts.len()).map(Some).chain([None]) {
                let verdict = Verdict { scope, subject, concept };
                if let (Some(before), Some(after)) = (a.says(frame, verdict), b.says(frame, verdict))
                    && before != after
                {
                    found.push(verdict);
                }
            }
        }
    }
    found
}
