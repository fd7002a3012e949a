//! From preferences to ranks of states.

use detente_base::Exact;
use detente_conflict::{FixedBitSet, ranks_from_priority, ranks_from_scores};
use detente_scenario::columns::{Columns, Table};
use detente_scenario::expr::eval::Interval;
use detente_scenario::situation::{PartyId, PreferenceForm, WorthTerm};
use num_bigint::BigInt;
use num_integer::Integer;

use crate::profile::Profile;
use crate::structure::Structure;

/// Ranks of all states for one party of one type, larger is better.
///
/// Cost: O(n·t) time for n combinations of values and t terms or statements, and
/// O(n log n) for a worth.
pub fn party_ranks(structure: &Structure<'_>, form: &PreferenceForm, point: &[Interval]) -> Vec<u32> {
    let columns = Columns::new(structure.situation, &structure.space, point);
    let states = structure.states.state_count();
    match form {
        PreferenceForm::Indifferent => vec![0; states],
        PreferenceForm::Priority(statements) => {
            let sets: Vec<FixedBitSet> =
                statements.iter().map(|s| structure.states.states_from_codes(&columns.holds(&s.holds))).collect();
            ranks_from_priority(states, &sets)
        }
        PreferenceForm::Ranking(levels) => {
            // An outcome has the first level it satisfies; 0 stays for none of them.
            let mut ranks = vec![0; states];
            for (index, level) in levels.iter().enumerate() {
                let rank = (levels.len() - index) as u32;
                let set = structure.states.states_from_codes(&columns.holds(&level.holds));
                for state in set.ones().filter(|s| *s < states) {
                    if ranks[state] == 0 {
                        ranks[state] = rank;
                    }
                }
            }
            ranks
        }
        PreferenceForm::Listed(groups) => {
            let mut ranks = vec![0; states];
            for (index, group) in groups.iter().enumerate() {
                for code in group {
                    if let Some(state) = structure.states.state_at(*code) {
                        ranks[state.index()] = (groups.len() - index) as u32;
                    }
                }
            }
            ranks
        }
        PreferenceForm::Worth(terms) => worth_ranks(structure, &columns, terms),
    }
}

/// Ranks of all states for every party of a combination of types.
pub fn profile_ranks(structure: &Structure<'_>, profile: &Profile, point: &[Interval]) -> Vec<Vec<u32>> {
    (0..structure.situation.parties.len())
        .map(|party| party_ranks(structure, form_of(structure, profile, PartyId::from_index(party)), point))
        .collect()
}

/// The preferences of a party in a combination of types.
pub fn form_of<'a>(structure: &Structure<'a>, profile: &Profile, party: PartyId) -> &'a PreferenceForm {
    &structure.situation.preferences[party.index()].types[profile.types[party.index()]].form
}

/// Worth of all states for one party of one type; `None` when its preferences have no
/// worth.
///
/// Cost: as [`party_ranks`].
pub fn party_worths(structure: &Structure<'_>, form: &PreferenceForm, point: &[Interval]) -> Option<Vec<Exact>> {
    let PreferenceForm::Worth(terms) = form else { return None };
    let columns = Columns::new(structure.situation, &structure.space, point);
    let tables = contributions(&columns, terms);
    Some(sums(structure, &tables, Exact::ZERO, |sum, term| *sum = &*sum + term))
}

fn worth_ranks(structure: &Structure<'_>, columns: &Columns<'_>, terms: &[WorthTerm]) -> Vec<u32> {
    let tables = contributions(columns, terms);
    match scaled(&tables) {
        Some(tables) => ranks_from_scores(&sums(structure, &tables, 0i128, |sum, term| *sum += term)),
        None => ranks_from_scores(&sums(structure, &tables, Exact::ZERO, |sum, term| *sum = &*sum + term)),
    }
}

fn contributions(columns: &Columns<'_>, terms: &[WorthTerm]) -> Vec<Table<Exact>> {
    terms
        .iter()
        .map(|term| {
            let table = columns.contribution(term.when.as_ref(), &term.add);
            let entries = table
                .entries
                .into_iter()
                .map(|entry| entry.expect("a checked amount is a number at a point"))
                .collect();
            Table { issues: table.issues, entries }
        })
        .collect()
}

/// All entries as whole multiples of one unit, when sums of them cannot overflow.
fn scaled(tables: &[Table<Exact>]) -> Option<Vec<Table<i128>>> {
    let mut unit = BigInt::from(1);
    for entry in tables.iter().flat_map(|t| &t.entries) {
        unit = unit.lcm(&entry.to_ratio().1);
    }
    let limit = BigInt::from(i128::MAX) / BigInt::from(tables.len().max(1));
    tables
        .iter()
        .map(|table| {
            let entries: Option<Vec<i128>> = table
                .entries
                .iter()
                .map(|entry| {
                    let (num, den) = entry.to_ratio();
                    let scaled: BigInt = num * (&unit / den);
                    if scaled <= limit && -&scaled <= limit { i128::try_from(scaled).ok() } else { None }
                })
                .collect();
            entries.map(|entries| Table { issues: table.issues.clone(), entries })
        })
        .collect()
}

fn sums<T: Clone>(structure: &Structure<'_>, tables: &[Table<T>], zero: T, add: impl Fn(&mut T, &T)) -> Vec<T> {
    let states = &structure.states;
    let mut sums = vec![zero; states.state_count()];
    for table in tables {
        let mut state = 0;
        table.for_each_code(&structure.space, |code, entry| {
            if states.feasible().contains(code) {
                add(&mut sums[state], entry);
                state += 1;
            }
        });
    }
    sums
}
