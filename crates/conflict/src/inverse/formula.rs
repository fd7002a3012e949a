//! A condition as a formula over few variables, and its models counted by size.

use std::collections::BTreeMap;

use detente_base::{Budget, StopReason};
use num_bigint::BigUint;
use num_traits::{One, Zero};
use rustc_hash::FxHashMap;

use super::Condition;

/// Most cases that are told apart before counting gives up. The conditions of options
/// that move freely need a handful; each takes some polynomials.
const MOST_CASES: usize = 2_000;

/// Most occurrences of variables that all cases together may have: of larger formulas
/// fewer cases are told apart. Raising it costs time only.
const MOST_OCCURRENCES: usize = 200_000;

/// Numbers of sets by size: entry k counts those of k states.
pub(super) type Sizes = Vec<BigUint>;

/// How often a variable is true, and false, by the number of its states in the set.
#[derive(Clone, Debug)]
struct Weight {
    yes: Sizes,
    no: Sizes,
}

/// Terms are conjunctions of variables, a clause is a disjunction of terms, and all
/// clauses must hold. All lists ascend.
type Clauses = Vec<Vec<Vec<u32>>>;

/// Counts, for each size, the sets D of concerned states with which the condition
/// holds.
///
/// Variables that always occur together are merged into one, components are counted
/// apart, and what is left is split into cases on its most frequent variable.
pub(super) fn sets_by_size(condition: &Condition, budget: &Budget) -> Result<Sizes, StopReason> {
    let concerned = condition.concerned();
    let place = |state: &crate::StateId| concerned.binary_search(state).expect("a concerned state") as u32;
    let clauses: Clauses = condition
        .clauses
        .iter()
        .map(|c| c.alternatives.iter().map(|a| a.no_better.iter().map(place).collect()).collect())
        .collect();
    let one = Weight { yes: vec![BigUint::zero(), BigUint::one()], no: vec![BigUint::one()] };
    let mut counter =
        Counter { weights: vec![one; concerned.len()], known: FxHashMap::default(), cases: 0, occurrences: 0, budget };
    counter.count(clauses, (0..concerned.len() as u32).collect())
}

struct Counter<'b> {
    weights: Vec<Weight>,
    /// Components counted before.
    known: FxHashMap<Clauses, Sizes>,
    cases: usize,
    occurrences: usize,
    budget: &'b Budget,
}

impl Counter<'_> {
    /// Counts over `variables`, which are all that occur and possibly more.
    fn count(&mut self, mut clauses: Clauses, mut variables: Vec<u32>) -> Result<Sizes, StopReason> {
        self.budget.check()?;
        let mut sizes = vec![BigUint::one()];
        loop {
            tidy(&mut clauses);
            if clauses.iter().any(Vec::is_empty) {
                return Ok(Vec::new());
            }
            if let Some(at) = clauses.iter().position(|clause| clause.len() == 1) {
                let required = clauses.swap_remove(at).remove(0);
                for variable in &required {
                    sizes = product(&sizes, &self.weights[*variable as usize].yes);
                }
                variables.retain(|v| required.binary_search(v).is_err());
                clauses = clauses.into_iter().filter_map(|clause| without(clause, &required)).collect();
            } else if !self.merge(&mut clauses, &mut variables) {
                break;
            }
        }
        let components = components(&clauses);
        let mut occurring: Vec<u32> = clauses.iter().flatten().flatten().copied().collect();
        occurring.sort_unstable();
        for variable in variables.iter().filter(|v| occurring.binary_search(v).is_err()) {
            let Weight { yes, no } = &self.weights[*variable as usize];
            sizes = product(&sizes, &sum(yes, no));
        }
        for component in components {
            let counted = self.component(component)?;
            sizes = product(&sizes, &counted);
        }
        Ok(sizes)
    }

    fn component(&mut self, clauses: Clauses) -> Result<Sizes, StopReason> {
        if let Some(known) = self.known.get(&clauses) {
            return Ok(known.clone());
        }
        self.cases += 1;
        self.occurrences += clauses.iter().flatten().map(Vec::len).sum::<usize>();
        if self.cases > MOST_CASES || self.occurrences > MOST_OCCURRENCES {
            return Err(StopReason::TooManyCases { limit: self.cases as u64 });
        }
        let mut often: BTreeMap<u32, usize> = BTreeMap::new();
        clauses.iter().flatten().flatten().for_each(|v| *often.entry(*v).or_default() += 1);
        let split = *often.iter().max_by_key(|(_, count)| **count).expect("a component has variables").0;
        let rest: Vec<u32> = often.keys().copied().filter(|v| *v != split).collect();
        let Weight { yes, no } = self.weights[split as usize].clone();
        let with = clauses.iter().cloned().filter_map(|clause| without(clause, &[split])).collect();
        let with = self.count(with, rest.clone())?;
        let lacking = clauses
            .iter()
            .map(|clause| clause.iter().filter(|term| term.binary_search(&split).is_err()).cloned().collect())
            .collect();
        let lacking = self.count(lacking, rest)?;
        let sizes = sum(&product(&yes, &with), &product(&no, &lacking));
        self.known.insert(clauses, sizes.clone());
        Ok(sizes)
    }

    /// Replaces variables that occur in the same terms, or alone in the same clauses,
    /// by one; tells whether there were any.
    fn merge(&mut self, clauses: &mut Clauses, variables: &mut Vec<u32>) -> bool {
        let mut together: BTreeMap<Vec<(u32, u32)>, Vec<u32>> = BTreeMap::new();
        let mut alone: BTreeMap<Vec<u32>, Vec<u32>> = BTreeMap::new();
        for (variable, places) in places(clauses) {
            let is_alone = places.iter().all(|(c, t)| clauses[*c as usize][*t as usize].len() == 1);
            if is_alone {
                alone.entry(places.iter().map(|(c, _)| *c).collect()).or_default().push(variable);
            } else {
                together.entry(places).or_default().push(variable);
            }
        }
        let groups: Vec<(Vec<u32>, Weight)> = (together.into_values().filter(|g| g.len() > 1))
            .map(|group| (self.all_of(&group), group))
            .chain(alone.into_values().filter(|g| g.len() > 1).map(|group| (self.one_of(&group), group)))
            .map(|(weight, group)| (group, weight))
            .collect();
        for (group, weight) in &groups {
            let kept = group[0];
            self.weights.push(weight.clone());
            let merged = self.weights.len() as u32 - 1;
            for term in clauses.iter_mut().flatten() {
                if term.binary_search(&kept).is_ok() {
                    term.push(merged);
                }
                term.retain(|v| !group.contains(v));
            }
            // What is left empty belonged to the other members of the group.
            clauses.iter_mut().for_each(|clause| clause.retain(|term| !term.is_empty()));
            variables.retain(|v| !group.contains(v));
            variables.push(merged);
        }
        !groups.is_empty()
    }

    /// Weight of a conjunction.
    fn all_of(&self, group: &[u32]) -> Weight {
        let (mut yes, mut any) = (vec![BigUint::one()], vec![BigUint::one()]);
        for variable in group {
            let weight = &self.weights[*variable as usize];
            yes = product(&yes, &weight.yes);
            any = product(&any, &sum(&weight.yes, &weight.no));
        }
        Weight { no: difference(any, &yes), yes }
    }

    /// Weight of a disjunction.
    fn one_of(&self, group: &[u32]) -> Weight {
        let (mut no, mut any) = (vec![BigUint::one()], vec![BigUint::one()]);
        for variable in group {
            let weight = &self.weights[*variable as usize];
            no = product(&no, &weight.no);
            any = product(&any, &sum(&weight.yes, &weight.no));
        }
        Weight { yes: difference(any, &no), no }
    }
}

/// Sorts, and removes terms and clauses that stand there twice.
fn tidy(clauses: &mut Clauses) {
    for clause in clauses.iter_mut() {
        clause.iter_mut().for_each(|term| term.sort_unstable());
        clause.sort();
        clause.dedup();
    }
    clauses.sort();
    clauses.dedup();
}

/// A clause when these variables are true; `None` when that satisfies it.
fn without(clause: Vec<Vec<u32>>, yes: &[u32]) -> Option<Vec<Vec<u32>>> {
    let mut rest = clause;
    for term in &mut rest {
        term.retain(|v| yes.binary_search(v).is_err());
        if term.is_empty() {
            return None;
        }
    }
    Some(rest)
}

/// Clause and term of each occurrence of each variable.
fn places(clauses: &Clauses) -> BTreeMap<u32, Vec<(u32, u32)>> {
    let mut found: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for (c, clause) in clauses.iter().enumerate() {
        for (t, term) in clause.iter().enumerate() {
            term.iter().for_each(|v| found.entry(*v).or_default().push((c as u32, t as u32)));
        }
    }
    found
}

/// Groups of clauses that share no variable with others.
fn components(clauses: &Clauses) -> Vec<Clauses> {
    let mut found: Vec<(Vec<u32>, Clauses)> = Vec::new();
    for clause in clauses {
        let mut variables: Vec<u32> = clause.iter().flatten().copied().collect();
        let mut joined = vec![clause.clone()];
        let (touching, apart): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|(known, _)| variables.iter().any(|v| known.contains(v)));
        for (more, others) in touching {
            variables.extend(more);
            joined.extend(others);
        }
        variables.sort_unstable();
        variables.dedup();
        joined.sort();
        found = apart;
        found.push((variables, joined));
    }
    found.into_iter().map(|(_, clauses)| clauses).collect()
}

pub(super) fn product(a: &Sizes, b: &Sizes) -> Sizes {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let mut out = vec![BigUint::zero(); a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
        for (j, y) in b.iter().enumerate().filter(|(_, y)| !y.is_zero()) {
            out[i + j] += x * y;
        }
    }
    out
}

fn sum(a: &Sizes, b: &Sizes) -> Sizes {
    let (mut long, short) = if a.len() >= b.len() { (a.clone(), b) } else { (b.clone(), a) };
    long.iter_mut().zip(short).for_each(|(x, y)| *x += y);
    long
}

fn difference(mut a: Sizes, b: &Sizes) -> Sizes {
    a.iter_mut().zip(b).for_each(|(x, y)| *x -= y);
    a
}
