//! Limited-move stability by its recursion, and simultaneous stability by trying every
//! combination, on the parts of a model.

use std::collections::BTreeMap;

use super::oracle::Oracle;
use super::random::Parts;

/// G with choices at ties taken from a script, in the order in which they come up; where
/// the script ends, the move to the smallest state is made.
pub struct Recursion<'o, 'p> {
    oracle: &'o Oracle<'p>,
    parts: &'p Parts,
    script: Vec<usize>,
    /// Numbers of equally good moves at the ties met so far.
    pub met: Vec<usize>,
    known: BTreeMap<(u32, usize, usize), usize>,
}

impl<'o, 'p> Recursion<'o, 'p> {
    pub fn new(oracle: &'o Oracle<'p>, parts: &'p Parts, script: Vec<usize>) -> Self {
        Self { oracle, parts, script, met: Vec::new(), known: BTreeMap::new() }
    }

    /// The state that a side anticipates.
    pub fn end(&mut self, h: u32, side: usize, state: usize) -> usize {
        if h == 0 {
            return state;
        }
        if let Some(end) = self.known.get(&(h, side, state)) {
            return *end;
        }
        let ends: Vec<usize> = self
            .oracle
            .moves(side, state)
            .iter()
            .map(|to| (h, *to))
            .map(|(h, to)| self.end(h - 1, 1 - side, to))
            .collect();
        let rank = |end: usize| self.parts.ranks[side][end];
        let end = match ends.iter().map(|end| rank(*end)).max() {
            Some(best) if best > rank(state) => {
                let mut tied: Vec<usize> = ends.iter().copied().filter(|end| rank(*end) == best).collect();
                // Moves to the same end are one choice.
                let mut seen = std::collections::BTreeSet::new();
                tied.retain(|end| seen.insert(*end));
                let chosen = if tied.len() > 1 {
                    self.met.push(tied.len());
                    self.script.get(self.met.len() - 1).copied().unwrap_or(0)
                } else {
                    0
                };
                tied[chosen]
            }
            _ => state,
        };
        self.known.insert((h, side, state), end);
        end
    }
}

/// Whether a side leaves a state under some and under every way to choose at ties;
/// `None` when there are more ways than the limit.
pub fn leaves_in_some_and_all(
    oracle: &Oracle<'_>,
    parts: &Parts,
    (h, side, state): (u32, usize, usize),
    limit: usize,
) -> Option<(bool, bool)> {
    let (mut some, mut all) = (false, true);
    let mut script: Vec<usize> = Vec::new();
    for _ in 0..limit {
        let mut recursion = Recursion::new(oracle, parts, script.clone());
        let leaves = recursion.end(h, side, state) != state;
        (some, all) = (some || leaves, all && leaves);
        script.resize(recursion.met.len(), 0);
        // The next script, the last tie changing fastest.
        while let Some(last) = script.last_mut() {
            *last += 1;
            if *last < recursion.met[script.len() - 1] {
                break;
            }
            script.pop();
        }
        if script.is_empty() {
            return Some((some, all));
        }
    }
    None
}

/// The states simultaneously stable for a decision maker, for models without arcs.
pub fn simultaneously_stable(oracle: &Oracle<'_>, parts: &Parts, dm: usize) -> Vec<bool> {
    let codes: Vec<usize> = parts.feasible.ones().collect();
    let improvements = |of: usize, from: usize| -> Vec<usize> {
        let better = |to: &usize| parts.ranks[of][*to] > parts.ranks[of][from];
        oracle.moves(of, from).iter().copied().filter(better).collect()
    };
    // The coordinates of each state that a decision maker owns, one after another.
    let value = |state: usize, coordinate: usize| {
        let stride: u32 = parts.sizes[..coordinate].iter().product();
        codes[state] as u32 / stride % parts.sizes[coordinate]
    };
    let owner = |coordinate: usize| parts.control[coordinate].as_ref().map(|(owner, _)| *owner);
    (0..codes.len())
        .map(|s| {
            let mut plans: Vec<Vec<Option<usize>>> = vec![vec![]];
            for of in 0..parts.ranks.len() {
                let mut options: Vec<Option<usize>> = improvements(of, s).into_iter().map(Some).collect();
                options.push(None);
                plans = plans
                    .iter()
                    .flat_map(|plan| options.iter().map(move |option| [plan.as_slice(), &[*option]].concat()))
                    .collect();
            }
            improvements(dm, s).into_iter().all(|q| {
                plans.iter().filter(|plan| plan[dm] == Some(q)).any(|plan| {
                    let alone = plan.iter().enumerate().all(|(of, to)| of == dm || to.is_none());
                    let end = (0..codes.len()).find(|end| {
                        (0..parts.sizes.len()).all(|c| {
                            let source = owner(c).and_then(|of| plan[of]).unwrap_or(s);
                            value(*end, c) == value(source, c)
                        })
                    });
                    !alone && end.is_some_and(|end| parts.ranks[dm][end] <= parts.ranks[dm][s])
                })
            })
        })
        .collect()
}
