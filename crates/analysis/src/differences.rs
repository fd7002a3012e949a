//! How the answers of combinations of types differ.

use detente_base::Exact;
use detente_conflict::{Concept, FixedBitSet, StateId};

use crate::close::{CONCEPTS, Solved, number};
use crate::overview::named_at;
use crate::report::{Differences, NamedDifference, OutcomeDifference, ProfileReport};
use crate::structure::state_values;

/// Most outcomes listed that hold in some combinations and not in others.
const MAX_OUTCOMES: usize = 40;

/// Compares solved combinations; `reports` gives their chances and what was reached.
pub fn differences(solved: &[&Solved<'_>], reports: &[ProfileReport]) -> Differences {
    let situation = solved[0].structure.situation;
    let states: Vec<StateId> = solved[0].model.states().collect();
    let held: Vec<Vec<FixedBitSet>> =
        solved.iter().map(|s| CONCEPTS.iter().map(|c| s.solution.equilibria(*c)).collect()).collect();
    let mut covered: Vec<Vec<StateId>> = vec![Vec::new(); situation.outcomes.len()];
    let mut anywhere = FixedBitSet::with_capacity(states.len());
    held.iter().flatten().for_each(|set| anywhere.union_with(set));
    for state in anywhere.ones().map(StateId::from_index) {
        let names = named_at(situation, &state_values(solved[0].structure, state));
        for (index, outcome) in situation.outcomes.iter().enumerate() {
            if names.contains(&outcome.id) {
                covered[index].push(state);
            }
        }
    }
    let symbols = |keep: &dyn Fn(usize) -> bool| -> Vec<String> {
        (0..CONCEPTS.len()).filter(|c| keep(*c)).map(|c| CONCEPTS[c].symbol().to_owned()).collect()
    };
    let reached: Vec<FixedBitSet> = solved.iter().map(|s| reached_by_improvements(s)).collect();
    let named = situation
        .outcomes
        .iter()
        .zip(&covered)
        .map(|(outcome, covered)| {
            let any =
                |profile: usize, concept: usize| covered.iter().any(|s| held[profile][concept].contains(s.index()));
            let any_reached = |profile: usize, concept: usize| {
                covered
                    .iter()
                    .any(|s| held[profile][concept].contains(s.index()) && reached[profile].contains(s.index()))
            };
            let sequential = CONCEPTS.iter().position(|c| *c == Concept::Sequential).expect("a listed concept");
            NamedDifference {
                id: outcome.id.clone(),
                concepts: (0..solved.len()).map(|p| symbols(&|c| any(p, c))).collect(),
                reached: (0..solved.len()).map(|p| symbols(&|c| any_reached(p, c))).collect(),
                chance: chance(reports, |p| any(p, sequential)),
                chance_reached: chance(reports, |p| any_reached(p, sequential)),
            }
        })
        .collect();
    let outcomes = anywhere
        .ones()
        .map(|s| (s, (0..solved.len()).map(|p| symbols(&|c| held[p][c].contains(s))).collect::<Vec<_>>()))
        .filter(|(_, concepts)| concepts.windows(2).any(|pair| pair[0] != pair[1]))
        .filter(|(s, _)| listed(reports, number(StateId::from_index(*s))))
        .take(MAX_OUTCOMES)
        .map(|(s, concepts)| OutcomeDifference { outcome: number(StateId::from_index(s)), concepts })
        .collect();
    let same = symbols(&|c| held.windows(2).all(|pair| pair[0][c] == pair[1][c]));
    Differences { named, outcomes, same }
}

/// Outcomes are described only if some list shows them.
fn listed(reports: &[ProfileReport], outcome: u32) -> bool {
    reports.iter().any(|r| r.rows.iter().any(|row| row.outcome == outcome))
}

fn reached_by_improvements(solved: &Solved<'_>) -> FixedBitSet {
    let mut set = FixedBitSet::with_capacity(solved.model.state_count());
    let Some(from) = crate::overview::status_quo_state(solved.structure) else { return set };
    let budget = detente_base::Budget::default();
    if let Ok(reach) = detente_conflict::status_quo(&solved.model, from, detente_conflict::MoveKind::Improving, &budget)
    {
        for state in solved.model.states().filter(|s| reach.reaches(*s)) {
            set.insert(state.index());
        }
    }
    set
}

/// Sum of the chances of the combinations that are kept, cut to 0..1.
fn chance(reports: &[ProfileReport], keep: impl Fn(usize) -> bool) -> Option<(Exact, Exact)> {
    let mut sum = (Exact::ZERO, Exact::ZERO);
    let mut left_out = (Exact::ZERO, Exact::ZERO);
    for (index, report) in reports.iter().enumerate() {
        let (low, high) = report.chance.as_ref()?;
        let into = if keep(index) { &mut sum } else { &mut left_out };
        *into = (&into.0 + low, &into.1 + high);
    }
    // The combinations exclude each other, so both the sum and what the others leave
    // of one bound the chance.
    let low = sum.0.max(&Exact::ONE - &left_out.1).max(Exact::ZERO);
    let high = sum.1.min(&Exact::ONE - &left_out.0).min(Exact::ONE);
    Some((low, high))
}
