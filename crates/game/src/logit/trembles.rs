//! Orders and weights of trembles that lead to the beliefs of a branch, exactly.
//!
//! Along the branch log p of what is not played falls as c − s λ. Orders of trembles compare as
//! the slopes s, and weights as the constants. Beliefs that give several nodes of a set weight
//! are equations: the orders of what is not played on the ways there add up alike, and the
//! weights make up what is left of the ratio of beliefs. Both are solved by one elimination
//! among whole numbers.

use detente_base::Exact;
use rustc_hash::FxHashSet;

use super::flat::{Choice, Flat};
use super::fractions::{Limit, simplest};
use crate::tree::NONE;
use crate::{Assessment, Behaviour, Tree, Tremble};

/// A belief below this counts as none in the limit.
const UNBELIEVED: f64 = 1e-6;
/// How far ratios of beliefs may be from the simple fractions that they are taken for, tried in
/// turn, relative.
const NEAR_BELIEFS: [f64; 2] = [1e-9, 1e-5];
/// Orders for each unit of slope, tried in turn.
const ORDERS: [f64; 4] = [1.0, 10.0, 1e3, 1e5];
/// Most equations among beliefs; beyond them none are solved.
const MOST_EQUATIONS: usize = 3_000;

/// An equation: the orders of some actions, times whole numbers, add up to nothing, and the
/// weights to those powers multiply to `ratio`.
#[derive(Clone, Debug, PartialEq)]
struct Equation {
    /// Variables ascending, with what they count.
    terms: Vec<(usize, i64)>,
    ratio: Exact,
}

impl Equation {
    fn of(&self, variable: usize) -> i64 {
        self.terms.binary_search_by_key(&variable, |term| term.0).map_or(0, |at| self.terms[at].1)
    }

    /// This and another one some times; nothing where numbers grow too large.
    fn plus(&self, other: &Self, times: i64) -> Option<Self> {
        let mut terms: Vec<(usize, i64)> = self.terms.clone();
        for (variable, count) in &other.terms {
            match terms.binary_search_by_key(variable, |term| term.0) {
                Ok(at) => terms[at].1 = terms[at].1.checked_add(count.checked_mul(times)?)?,
                Err(at) => terms.insert(at, (*variable, count.checked_mul(times)?)),
            }
        }
        terms.retain(|term| term.1 != 0);
        Some(Self { terms, ratio: &self.ratio * &power(&other.ratio, times)? })
    }
}

/// A power of a positive number, if it is not too high a one.
fn power(base: &Exact, exponent: i64) -> Option<Exact> {
    let inverse = Exact::ONE.checked_div(base)?;
    let factor = if exponent < 0 { &inverse } else { base };
    (exponent.abs() <= 16).then(|| (0..exponent.abs()).fold(Exact::ONE, |product, _| &product * factor))
}

/// An assessment with these strategies that is a sequential equilibrium, exactly, if the
/// branch tells one.
pub(super) fn sequential(
    tree: &Tree,
    flat: &Flat,
    (limit, beliefs): (&Limit, &[f64]),
    behaviour: &Behaviour,
) -> Option<Assessment> {
    let equations = |near: f64| equations(flat, beliefs, behaviour, near).and_then(eliminated);
    let mut last = None;
    // Without equations the orders may still tell enough.
    for solved in NEAR_BELIEFS.into_iter().map(equations).chain([Some(Vec::new())]).flatten() {
        if last.as_ref() == Some(&solved) {
            continue;
        }
        for orders in ORDERS {
            let found = assessment(tree, flat, (limit, &solved, orders), behaviour);
            let found = found.filter(|found| found.is_sequential(tree));
            if found.is_some() {
                return found;
            }
        }
        last = Some(solved);
    }
    None
}

/// What beliefs ask of trembles, without repetitions.
fn equations(flat: &Flat, beliefs: &[f64], behaviour: &Behaviour, near: f64) -> Option<Vec<Equation>> {
    let mut seen: FxHashSet<Vec<(usize, i64)>> = FxHashSet::default();
    let mut all = Vec::new();
    for choice in flat.choices.iter().filter(|choice| choice.members.len() > 1) {
        let base = likeliest(choice, beliefs);
        let way = |node: u32| way(flat, behaviour, node as usize);
        let (base_terms, base_known) = way(base);
        let base_terms = Equation { terms: base_terms, ratio: Exact::ONE };
        let believed = choice.members.iter().filter(|node| beliefs[**node as usize] > UNBELIEVED && **node != base);
        for node in believed {
            let (terms, known) = way(*node);
            let own = Equation { terms, ratio: Exact::ONE }.plus(&base_terms, -1)?;
            if own.terms.is_empty() || !seen.insert(own.terms.clone()) {
                continue;
            }
            if all.len() >= MOST_EQUATIONS {
                return None;
            }
            let ratio = beliefs[*node as usize] / beliefs[base as usize];
            let known = known.checked_div(&base_known)?;
            all.push(Equation { ratio: simplest(ratio, ratio * near).checked_div(&known)?, ..own });
        }
    }
    Some(all)
}

fn likeliest(choice: &Choice, beliefs: &[f64]) -> u32 {
    let better = |best: u32, next: &u32| if beliefs[*next as usize] > beliefs[best as usize] { *next } else { best };
    choice.members.iter().fold(choice.members[0], better)
}

/// The way to a node: what is not played on it, and how likely the rest is.
fn way(flat: &Flat, behaviour: &Behaviour, node: usize) -> (Vec<(usize, i64)>, Exact) {
    let (mut terms, mut known, mut at) = (Vec::new(), Exact::ONE, node);
    while flat.parents[at] != NONE {
        let probability = behaviour.of(flat.taken[at] as usize);
        if flat.steps[at] != NONE && probability.is_zero() {
            terms.push((flat.steps[at] as usize, 1));
        } else {
            known = &known * probability;
        }
        at = flat.parents[at] as usize;
    }
    terms.sort_unstable();
    (terms, known)
}

/// Equations solved for a variable each, which no other one has; nothing where that takes
/// fractions.
fn eliminated(equations: Vec<Equation>) -> Option<Vec<(usize, Equation)>> {
    let mut solved: Vec<(usize, Equation)> = Vec::new();
    for mut equation in equations {
        for (pivot, known) in &solved {
            let count = equation.of(*pivot);
            if count != 0 {
                equation = equation.plus(known, -count)?;
            }
        }
        let Some((pivot, count)) = equation.terms.iter().find(|term| term.1.abs() == 1).copied() else {
            if equation.terms.is_empty() {
                // It follows from the others.
                continue;
            }
            return None;
        };
        if count < 0 {
            let nothing = Equation { terms: Vec::new(), ratio: Exact::ONE };
            equation = nothing.plus(&equation, -1)?;
        }
        for (_, known) in &mut solved {
            let count = known.of(pivot);
            if count != 0 {
                *known = known.plus(&equation, -count)?;
            }
        }
        solved.push((pivot, equation));
    }
    Some(solved)
}

/// Trembles with so many orders for each unit of slope.
fn assessment(
    tree: &Tree,
    flat: &Flat,
    (limit, solved, orders): (&Limit, &[(usize, Equation)], f64),
    behaviour: &Behaviour,
) -> Option<Assessment> {
    let kept = |probability: &Exact| {
        let played = !probability.is_zero();
        Tremble { order: u32::from(!played), weight: if played { probability.clone() } else { Exact::ONE } }
    };
    let mut trembles: Vec<Tremble> = behaviour.probabilities().iter().map(kept).collect();
    let largest = f64::from(u32::MAX / 2);
    for (variable, action) in flat.actions.iter().enumerate().filter(|(_, action)| behaviour.of(**action).is_zero()) {
        trembles[*action].order = libm::round(limit.slopes[variable] * orders).clamp(1.0, largest) as u32;
    }
    for (pivot, equation) in solved {
        let others = equation.terms.iter().filter(|term| term.0 != *pivot);
        let sum: i64 = others.map(|(variable, count)| i64::from(trembles[flat.actions[*variable]].order) * count).sum();
        let own = &mut trembles[flat.actions[*pivot]];
        own.order = u32::try_from(-sum).ok().filter(|order| *order > 0)?;
        own.weight = equation.ratio.clone();
    }
    Assessment::new(tree, trembles).ok()
}

#[cfg(test)]
mod tests {
    use super::{Equation, eliminated};
    use detente_base::Exact;

    #[test]
    fn equations_are_solved_among_whole_numbers() {
        let equation = |terms: &[(usize, i64)], ratio: i64| Equation { terms: terms.to_vec(), ratio: ratio.into() };
        let all =
            vec![equation(&[(0, 1), (1, -1)], 2), equation(&[(1, -1), (2, 1)], 3), equation(&[(0, 1), (2, -1)], 9)];
        let solved = eliminated(all).expect("whole numbers");
        // The third follows from the first two, whatever its ratio.
        assert_eq!(solved.len(), 2);
        assert_eq!(solved[0].1.ratio, Exact::ratio(2, 3));
        assert_eq!(solved[0].1.terms, [(0, 1), (2, -1)]);
        assert_eq!((solved[1].0, solved[1].1.ratio.clone()), (1, Exact::ratio(1, 3)));
    }
}
