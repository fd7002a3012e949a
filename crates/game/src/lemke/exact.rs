//! The exact answer that goes with the sequences that are played, and whether it is one.
//!
//! With trembles every sequence that may have weight is a best reply, and the others have
//! only their tremble: linear equations in the weights of one player and the values of the
//! sets of the other, solved for each power of ε.

use detente_base::{Budget, Exact, StopReason};

use crate::assessment::Powers;

use super::linear::{Equation, solve};
use super::start::Problem;

/// For each player the whole weight of each sequence, trembles included, if the sequences
/// that are played make an equilibrium for every small ε.
pub(super) fn plans(
    problem: &Problem,
    played: &[bool],
    budget: &Budget,
) -> Result<Option<[Vec<Powers>; 2]>, StopReason> {
    let Some(first) = plan(problem, 0, played, budget)? else { return Ok(None) };
    let Some(second) = plan(problem, 1, played, budget)? else { return Ok(None) };
    Ok(Some([first, second]))
}

/// Whether a polynomial is not negative for small ε: its lowest power decides.
fn holds(powers: &[Exact]) -> bool {
    powers.iter().find(|power| !power.is_zero()).is_none_or(|power| power.signum() > 0)
}

/// For each sequence of a player what it meets and is paid for it.
type Meets<'a> = Vec<Vec<(usize, &'a Exact)>>;

/// Which unknown is which: the weights of a player's sequences above their trembles, then
/// the values of the other's sets.
struct Unknowns<'a> {
    problem: &'a Problem<'a>,
    player: usize,
    played: &'a [bool],
    /// Of each sequence, if it is played.
    number: Vec<Option<u32>>,
    weights: u32,
}

impl<'a> Unknowns<'a> {
    fn new(problem: &'a Problem<'a>, player: usize, played: &'a [bool]) -> Self {
        let mut weights = 0;
        let number = (0..problem.player(player).len()).map(|sequence| {
            (sequence > 0 && played[problem.position(player, sequence)]).then(|| {
                weights += 1;
                weights - 1
            })
        });
        let number = number.collect();
        Self { problem, player, played, number, weights }
    }

    fn value(&self, set: usize) -> u32 {
        self.weights + set as u32
    }

    fn count(&self) -> usize {
        self.weights as usize + self.problem.player(1 - self.player).sets.len()
    }

    /// At each own set the weights add up to that of the sequence before.
    fn plan_adds_up(&self) -> impl Iterator<Item = Equation> {
        let problem = self.problem;
        problem.player(self.player).sets.iter().map(|set| {
            let before = set.before as usize;
            let levels = &problem.levels[self.player];
            let mut right = vec![Exact::ZERO; problem.depth + 1];
            right[levels[before]] = Exact::ONE;
            for sequence in set.sequences() {
                let at = &mut right[levels[sequence]];
                *at = &*at - &Exact::ONE;
            }
            let own = set.sequences().filter_map(|sequence| self.number[sequence]);
            let mut left: Vec<(u32, Exact)> = own.map(|number| (number, Exact::ONE)).collect();
            left.extend(self.number[before].map(|number| (number, Exact::from(-1))));
            left.sort_unstable_by_key(|(column, _)| *column);
            Equation { left, right }
        })
    }

    /// What the other plays is worth the value of its set.
    fn replies_are_best(&self, meets: &Meets<'_>) -> impl Iterator<Item = Equation> {
        let (problem, other) = (self.problem, 1 - self.player);
        let played = (1..problem.player(other).len()).filter(move |s| self.played[problem.position(other, *s)]);
        played.map(move |sequence| {
            let mut left: Vec<(u32, Exact)> = Vec::new();
            let mut right = vec![Exact::ZERO; problem.depth + 1];
            for (meets, paid) in &meets[sequence] {
                let level = problem.levels[self.player][*meets];
                right[level] = &right[level] + *paid;
                left.extend(self.number[*meets].map(|number| (number, -*paid)));
            }
            left.push((self.value(problem.set_of[other][sequence]), Exact::ONE));
            let after = problem.after[other][sequence].iter();
            left.extend(after.map(|set| (self.value(*set), Exact::from(-1))));
            left.sort_unstable_by_key(|(column, _)| *column);
            Equation { left, right }
        })
    }
}

/// The plan of one player, with the other's losses checked.
fn plan(problem: &Problem, player: usize, played: &[bool], budget: &Budget) -> Result<Option<Vec<Powers>>, StopReason> {
    let other = 1 - player;
    let mut meets: Meets = vec![Vec::new(); problem.player(other).len()];
    for meeting in problem.meetings.iter().filter(|meeting| !meeting.payoffs[other].is_zero()) {
        meets[meeting.at[other]].push((meeting.at[player], &meeting.payoffs[other]));
    }
    let unknowns = Unknowns::new(problem, player, played);
    let equations = unknowns.plan_adds_up().chain(unknowns.replies_are_best(&meets)).collect();
    let Some(values) = solve(equations, unknowns.count(), budget)? else { return Ok(None) };
    let own = problem.player(player);
    let mut plan = vec![vec![Exact::ZERO; problem.depth + 1]; own.len()];
    plan[0][0] = Exact::ONE;
    for sequence in 1..own.len() {
        if let Some(number) = unknowns.number[sequence] {
            let weight = &values[number as usize];
            if !holds(weight) {
                return Ok(None);
            }
            plan[sequence].clone_from(weight);
        }
        let tremble = &mut plan[sequence][problem.levels[player][sequence]];
        *tremble = &*tremble + &Exact::ONE;
    }
    let none_better = (1..meets.len()).all(|sequence| {
        let value = |set: usize| &values[unknowns.value(set) as usize];
        let mut loss = value(problem.set_of[other][sequence]).clone();
        let mut less = |factor: &Exact, powers: &Powers| {
            let parts = loss.iter_mut().zip(powers).filter(|(_, part)| !part.is_zero());
            parts.for_each(|(sum, part)| *sum = &*sum - &(factor * part));
        };
        meets[sequence].iter().for_each(|(meets, paid)| less(paid, &plan[*meets]));
        problem.after[other][sequence].iter().for_each(|set| less(&Exact::ONE, value(*set)));
        holds(&loss)
    });
    Ok(none_better.then_some(plan))
}
