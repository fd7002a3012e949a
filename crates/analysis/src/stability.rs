//! The outcomes that hold, ordered by how well they are supported.

use detente_base::Budget;
use detente_conflict::{Concept, FixedBitSet, MoveKind, Reachability, StateId, status_quo, verify_path};
use detente_scenario::situation::{Foresight, Situation};

use crate::close::{CONCEPTS, Solved, number};
use crate::order::{Places, Ranking, SortKey};
use crate::overview::{named_at, status_quo_state};
use crate::report::{EquilibriumRow, EquilibriumSet, Interest, MixtureSet, NamedHolding, PathView, StatusQuoView};
use crate::structure::state_values;
use crate::summary::common_values;

/// Most outcomes looked at closely because they hold.
const MAX_CLOSE_HOLDING: usize = 4;

/// Most outcomes explained when the user asks for a set of them.
const MAX_ASKED: usize = 12;

/// The outcomes of one combination of types that hold under some foresight.
#[derive(Clone, Debug)]
pub struct EquilibriumList {
    /// One set for each concept, in the order of [`CONCEPTS`].
    pub sets: Vec<EquilibriumSet>,
    /// With the file's own foresight.
    pub mixture: Option<MixtureSet>,
    /// Best supported first, cut at the limit.
    pub rows: Vec<EquilibriumRow>,
    /// Number of outcomes before the cut.
    pub row_count: u64,
    /// Values that all outcomes of the strongest non-empty set share.
    pub common: Vec<(String, String)>,
    /// All outcomes that hold under some foresight, listed or not.
    pub any: FixedBitSet,
    /// Moves from the status quo.
    pub by_moves: Option<Reachability>,
    /// Improvements from the status quo.
    pub by_improvements: Option<Reachability>,
    /// Whether the budget ended the search from the status quo.
    pub stopped: bool,
}

/// The engine's concept for a foresight of the file.
pub fn concept_of(foresight: Foresight) -> Concept {
    match foresight {
        Foresight::Nash => Concept::Nash,
        Foresight::GeneralMetarational => Concept::GeneralMetarational,
        Foresight::SymmetricMetarational => Concept::SymmetricMetarational,
        Foresight::Sequential => Concept::Sequential,
        Foresight::SymmetricSequential => Concept::SymmetricSequential,
    }
}

/// Concept of each party when the file gives at least one its own foresight; parties
/// without take credible replies into account (SEQ).
pub fn mixture_concepts(solved: &Solved<'_>) -> Option<Vec<Concept>> {
    mixture_of(solved.structure.situation)
}

/// The same for a situation.
pub fn mixture_of(situation: &Situation) -> Option<Vec<Concept>> {
    let parties = &situation.parties;
    parties
        .iter()
        .any(|p| p.foresight.is_some())
        .then(|| parties.iter().map(|p| p.foresight.map_or(Concept::Sequential, concept_of)).collect())
}

/// Collects and orders the outcomes that hold.
///
/// Cost: O(n log n) for n states, besides the search from the status quo.
pub fn equilibrium_list(solved: &Solved<'_>, listing: &Listing<'_>, budget: &Budget) -> EquilibriumList {
    let limit = listing.limit;
    let narrowed = |mut set: FixedBitSet| {
        listing.among.into_iter().for_each(|among| set.intersect_with(among));
        set
    };
    let mut held = FixedBitSet::with_capacity(solved.model.state_count());
    CONCEPTS.iter().for_each(|concept| held.union_with(&solved.solution.equilibria(*concept)));
    let sets: Vec<(Concept, FixedBitSet)> =
        CONCEPTS.iter().map(|c| (*c, narrowed(solved.solution.equilibria(*c)))).collect();
    let mixture = mixture_concepts(solved).map(|concepts| {
        let set = solved.solution.equilibria_of_mixture(&concepts);
        held.union_with(&set);
        (concepts, narrowed(set))
    });
    let listed_sets: Vec<(String, FixedBitSet)> =
        sets.iter().map(|(concept, set)| (concept.symbol().to_owned(), set.clone())).collect();
    let HoldingRows { rows, row_count, by_moves, by_improvements, stopped } =
        holding_rows(solved, &listed_sets, mixture.as_ref().map(|(_, set)| set), listing, budget);
    let common = sets
        .iter()
        .map(|(_, s)| s)
        .find(|s| !s.is_clear())
        .map_or_else(Vec::new, |s| common_values(solved.structure.situation, &solved.structure.states, s));
    let listed = |set: &FixedBitSet| {
        let count = set.count_ones(..);
        (
            count as u64,
            set.ones().take(limit).map(|s| number(StateId::from_index(s))).collect::<Vec<_>>(),
            count > limit,
        )
    };
    let views = sets
        .iter()
        .map(|(concept, set)| {
            let (count, outcomes, truncated) = listed(set);
            EquilibriumSet { concept: concept.symbol().to_owned(), count, outcomes, truncated }
        })
        .collect();
    let mixture = mixture.map(|(concepts, set)| {
        let (count, outcomes, truncated) = listed(&set);
        let parties = &solved.structure.situation.parties;
        let foresight = parties.iter().zip(&concepts).map(|(p, c)| (p.id.clone(), c.symbol().to_owned())).collect();
        MixtureSet { foresight, count, outcomes, truncated }
    });
    EquilibriumList { sets: views, mixture, rows, row_count, common, any: held, by_moves, by_improvements, stopped }
}

/// How outcomes are listed.
#[derive(Clone, Copy, Debug)]
pub struct Listing<'a> {
    /// Most outcomes in one list.
    pub limit: usize,
    /// What they are ordered by.
    pub keys: &'a [SortKey],
    /// The outcomes that are listed and counted; all without.
    pub among: Option<&'a FixedBitSet>,
}

/// The outcomes of several sets in the order asked for.
#[derive(Clone, Debug)]
pub(crate) struct HoldingRows {
    /// Best supported first, cut at the limit.
    pub(crate) rows: Vec<EquilibriumRow>,
    /// Number of outcomes before the cut.
    pub(crate) row_count: u64,
    by_moves: Option<Reachability>,
    pub(crate) by_improvements: Option<Reachability>,
    stopped: bool,
}

/// Collects the outcomes of these sets, which go by their symbols, the strongest first.
pub(crate) fn holding_rows(
    solved: &Solved<'_>,
    sets: &[(String, FixedBitSet)],
    mixture: Option<&FixedBitSet>,
    listing: &Listing<'_>,
    budget: &Budget,
) -> HoldingRows {
    let mut any = FixedBitSet::with_capacity(solved.model.state_count());
    for set in sets.iter().map(|(_, s)| s).chain(mixture) {
        any.union_with(set);
    }
    let from = status_quo_state(solved.structure);
    let search = |kind| from.map(|from| status_quo(&solved.model, from, kind, budget));
    let (by_moves, by_improvements) = (search(MoveKind::Any), search(MoveKind::Improving));
    let stopped = [&by_moves, &by_improvements].into_iter().flatten().any(Result::is_err);
    let (by_moves, by_improvements) = (by_moves.and_then(Result::ok), by_improvements.and_then(Result::ok));
    let distance = |reach: &Option<Reachability>, state| reach.as_ref().and_then(|r| r.distance(state));
    let row_count = any.count_ones(..) as u64;
    let places = Places::new(solved);
    let ranking = Ranking {
        solved,
        sets,
        by_moves: by_moves.as_ref(),
        by_improvements: by_improvements.as_ref(),
        places: &places,
        keys: listing.keys,
    };
    let order = ranking.first(&any, listing.limit);
    let holding = |state: StateId| sets.iter().filter(move |(_, set)| set.contains(state.index()));
    let rows = order
        .into_iter()
        .map(|state| EquilibriumRow {
            outcome: number(state),
            concepts: holding(state).map(|(symbol, _)| symbol.clone()).collect(),
            in_mixture: mixture.is_some_and(|set| set.contains(state.index())),
            steps_by_improvements: distance(&by_improvements, state),
            steps_by_moves: distance(&by_moves, state),
            places: places.of(solved, state),
        })
        .collect();
    HoldingRows { rows, row_count, by_moves, by_improvements, stopped }
}

/// What can happen from the status quo, with a path to each listed outcome that holds.
pub fn status_quo_view(solved: &Solved<'_>, list: &EquilibriumList, named: &[NamedHolding]) -> Option<StatusQuoView> {
    let from = status_quo_state(solved.structure)?;
    let (by_moves, by_improvements) = (list.by_moves.as_ref()?, list.by_improvements.as_ref()?);
    let mut paths = Vec::new();
    let mut targets: Vec<u32> = list.rows.iter().map(|row| row.outcome).collect();
    for nearest in named.iter().filter_map(|n| n.nearest) {
        if !targets.contains(&nearest) {
            targets.push(nearest);
        }
    }
    for target in targets {
        let state = StateId(target - 1);
        if state == from {
            continue;
        }
        for (reach, improving) in [(by_improvements, true), (by_moves, false)] {
            let Some(path) = reach.path(state) else { continue };
            verify_path(&solved.model, from, &path, reach.kind())
                .unwrap_or_else(|fault| panic!("a path is not legal: {fault}"));
            paths.push(PathView { to: target, improving, steps: solved.steps(from, &path) });
            break;
        }
    }
    Some(StatusQuoView {
        outcome: number(from),
        reachable_by_moves: by_moves.count() as u64,
        reachable_by_improvements: by_improvements.count() as u64,
        holds_under: solved.holds_under(from),
        paths,
    })
}

/// Which outcomes to look at closely.
#[derive(Clone, Debug)]
pub enum Choice {
    /// The status quo, the best supported, and one for each named outcome.
    Interesting,
    /// These.
    Asked(Vec<StateId>),
}

/// Outcomes to look at closely, with the reason, each once.
pub fn chosen_outcomes(solved: &Solved<'_>, list: &EquilibriumList, choice: &Choice) -> Vec<(StateId, Interest)> {
    let mut chosen: Vec<(StateId, Interest)> = Vec::new();
    let add = |state: StateId, interest: Interest, chosen: &mut Vec<(StateId, Interest)>| {
        if !chosen.iter().any(|(s, _)| *s == state) {
            chosen.push((state, interest));
        }
    };
    if let Choice::Asked(states) = choice {
        // Those that hold come first: they answer the question, the others are examples.
        let held = states.iter().filter(|s| list.any.contains(s.index()));
        let rest = states.iter().filter(|s| !list.any.contains(s.index()));
        for state in held.chain(rest).take(MAX_ASKED) {
            add(*state, Interest::Asked, &mut chosen);
        }
        return chosen;
    }
    if let Some(from) = status_quo_state(solved.structure) {
        add(from, Interest::StatusQuo, &mut chosen);
    }
    for row in list.rows.iter().take(MAX_CLOSE_HOLDING) {
        add(StateId(row.outcome - 1), Interest::Holds, &mut chosen);
    }
    for (state, interest) in named_representatives(solved, list) {
        add(state, interest, &mut chosen);
    }
    chosen
}

/// For each named outcome: how many of the outcomes that it covers hold, and how many of
/// these are reached by improvements.
pub fn named_holdings(solved: &Solved<'_>, list: &EquilibriumList) -> Vec<NamedHolding> {
    let situation = solved.structure.situation;
    let sets: Vec<FixedBitSet> = CONCEPTS.iter().map(|c| solved.solution.equilibria(*c)).collect();
    let sequential = CONCEPTS.iter().position(|c| *c == Concept::Sequential).expect("a listed concept");
    let mut found: Vec<NamedHolding> = (situation.outcomes.iter())
        .map(|o| NamedHolding {
            id: o.id.clone(),
            holding: vec![0; sets.len()],
            reached: vec![0; sets.len()],
            nearest: None,
        })
        .collect();
    if found.is_empty() {
        return found;
    }
    let mut fewest: Vec<Option<u32>> = vec![None; found.len()];
    for state in list.any.ones().map(StateId::from_index) {
        let names = named_at(situation, &state_values(solved.structure, state));
        let distance = list.by_improvements.as_ref().and_then(|r| r.distance(state));
        for (index, holding) in found.iter_mut().enumerate().filter(|(_, h)| names.contains(&h.id)) {
            for (concept, set) in sets.iter().enumerate().filter(|(_, s)| s.contains(state.index())) {
                holding.holding[concept] += 1;
                holding.reached[concept] += u64::from(distance.is_some());
                let nearer = distance.is_some_and(|d| fewest[index].is_none_or(|known| d < known));
                if concept == sequential && nearer && set.contains(state.index()) {
                    fewest[index] = distance;
                    holding.nearest = Some(number(state));
                }
            }
        }
    }
    found
}

/// For each named outcome: the best supported outcome that it covers, or the nearest
/// to the status quo where none holds.
fn named_representatives(solved: &Solved<'_>, list: &EquilibriumList) -> Vec<(StateId, Interest)> {
    let situation = solved.structure.situation;
    if situation.outcomes.is_empty() {
        return Vec::new();
    }
    let mut best: Vec<Option<(usize, u32, u32, StateId)>> = vec![None; situation.outcomes.len()];
    let mut members = vec![0u64; situation.outcomes.len()];
    let far = |reach: &Option<Reachability>, state| reach.as_ref().and_then(|r| r.distance(state)).unwrap_or(u32::MAX);
    for state in solved.model.states() {
        let held = list.any.contains(state.index());
        let names = named_at(situation, &state_values(solved.structure, state));
        for (index, outcome) in situation.outcomes.iter().enumerate() {
            if !names.contains(&outcome.id) {
                continue;
            }
            members[index] += u64::from(held);
            let strength = if held { CONCEPTS.len() - solved.holds_under(state).len() } else { usize::MAX };
            let key = (strength, far(&list.by_improvements, state), far(&list.by_moves, state), state);
            if best[index].is_none_or(|known| key < known) {
                best[index] = Some(key);
            }
        }
    }
    best.into_iter()
        .zip(members)
        .zip(&situation.outcomes)
        .filter_map(|((best, members), outcome)| {
            best.map(|(_, _, _, state)| (state, Interest::Named { id: outcome.id.clone(), members }))
        })
        .collect()
}
