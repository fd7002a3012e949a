//! From the tree to plans.

use detente_base::{Budget, Exact};

use super::check::guarantees;
use super::form::{Form, completed, start};
use super::{Near, Unsolved, Work, ZeroSum};
use crate::minimisation::{Method, Until, minimise};
use crate::program::{Fractions, Guess, Halt};
use crate::regret::near_tree;
use crate::{Behaviour, Mover, PlayerId, SequenceForm, SequencePlayer, Tree};

/// Most sequences of both players.
const MOST_SEQUENCES: usize = 200_000;

/// Iterations of regret minimisation that tell where to begin.
const ITERATIONS: u64 = 100;

/// The exact value, or bounds where rounding leads astray.
///
/// Cost: usually less than one pivot for each sequence, sparse and in floating point, then two
/// sparse systems of equations in exact numbers. Memory is that of the factors of the basis.
///
/// # Errors
/// See [`Unsolved`].
pub fn solve(tree: &Tree, budget: &Budget) -> Result<ZeroSum, Unsolved> {
    let (form, built) = formed(tree, budget)?;
    let mut work = Work { rows: built.program.right.len(), columns: built.program.columns.len(), pivots: 0 };
    let plans = match built.program.solve(budget) {
        Ok(found) => {
            work.pivots = found.pivots;
            [(0, &found.solution), (1, &found.prices)].map(|(player, all)| plan(&form, player, all))
        }
        Err(Halt::Stopped(reason)) => return Err(Unsolved::Stopped(reason)),
        Err(Halt::Numeric(guess)) if guess.solution.is_empty() => return Err(Unsolved::Numeric),
        Err(Halt::Numeric(guess)) => {
            work.pivots = guess.pivots;
            rounded(tree, &form, &guess)
        }
    };
    let [lower, upper] = guarantees(&form, &plans);
    let sum = tree.constant_sum().ok_or(Unsolved::NotConstantSum)?;
    let behaviour = form.behaviour(tree, &plans);
    Ok(ZeroSum { lower, upper, sum, plans, behaviour, work })
}

/// The value in floating point.
///
/// Cost: that of the pivots of [`solve`].
///
/// # Errors
/// See [`Unsolved`].
pub fn near(tree: &Tree, budget: &Budget) -> Result<Near, Unsolved> {
    let (form, built) = formed(tree, budget)?;
    for attempt in 0..3 {
        let Some((_, guess)) = built.program.guess(attempt, budget).map_err(Unsolved::Stopped)? else { continue };
        let worth = guess.solution.iter().zip(&built.program.objective).map(|(weight, worth)| weight * worth.to_f64());
        let value = worth.sum::<f64>() + built.constant.to_f64();
        let probabilities = probabilities(tree, &form, &guess);
        let gains = near_tree(tree, &probabilities).map_err(Unsolved::Forgotten)?;
        let (rows, columns) = (built.program.right.len(), built.program.columns.len());
        return Ok(Near { value, probabilities, gains, work: Work { rows, columns, pivots: guess.pivots } });
    }
    Err(Unsolved::Numeric)
}

/// The programme of a tree, if it has one.
fn formed(tree: &Tree, budget: &Budget) -> Result<(SequenceForm, Form), Unsolved> {
    if tree.player_count() != 2 {
        return Err(Unsolved::Players(tree.player_count()));
    }
    if tree.constant_sum().is_none() {
        return Err(Unsolved::NotConstantSum);
    }
    let form = SequenceForm::new(tree).map_err(Unsolved::Forgotten)?;
    let sequences = form.players.iter().map(SequencePlayer::len).sum();
    if sequences > MOST_SEQUENCES {
        return Err(Unsolved::Large { sequences, limit: MOST_SEQUENCES });
    }
    let mut built = Form::new(&form);
    let until = Until { iterations: ITERATIONS, exploitability: 0.0 };
    let likely = minimise(tree, Method::CfrPlusSquared, until, budget).map_err(Unsolved::Forgotten)?;
    built.program.start = Some(start(&form, &likely.average));
    Ok((form, built))
}

/// Plans near what floats ended with: what they prove are bounds.
fn rounded(tree: &Tree, form: &SequenceForm, guess: &Guess) -> [Vec<Exact>; 2] {
    let behaviour = Behaviour::rounded(tree, &probabilities(tree, form, guess));
    [0, 1].map(|player| form.plan(PlayerId(player), &behaviour))
}

fn plan(form: &SequenceForm, player: usize, weights: &Fractions) -> Vec<Exact> {
    completed(&form.players[player], weights)
}

/// Probabilities of all actions from weights of sequences; as likely where there is no weight.
fn probabilities(tree: &Tree, form: &SequenceForm, guess: &Guess) -> Vec<f64> {
    let mut all: Vec<f64> = (0..tree.action_count()).map(|action| tree.chance(action).to_f64()).collect();
    for (_, infoset) in tree.infosets().filter(|(_, infoset)| infoset.mover != Mover::Chance) {
        let each = 1.0 / infoset.actions.len() as f64;
        infoset.actions.clone().for_each(|action| all[action] = each);
    }
    for (own, weights) in form.players.iter().zip([&guess.solution, &guess.prices]) {
        for set in &own.sets {
            let sum: f64 = set.sequences().map(|sequence| weights[sequence - 1].max(0.0)).sum();
            if sum > 1e-12 {
                for sequence in set.sequences() {
                    all[own.actions[sequence]] = weights[sequence - 1].max(0.0) / sum;
                }
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_plans_prove_bounds() {
        let tree = crate::catalog::kuhn_poker(3).expect("a tree");
        let (form, built) = formed(&tree, &Budget::default()).expect("it has two players");
        let value = Exact::ratio(-1, 18);
        let (_, mut guess) = built.program.guess(0, &Budget::default()).expect("no limit").expect("floats find it");
        let close = guarantees(&form, &rounded(&tree, &form, &guess));
        assert!((close[0].to_f64() - value.to_f64()).abs() < 1e-9 && (close[1].to_f64() - value.to_f64()).abs() < 1e-9);
        assert!(close[0] <= value && value <= close[1]);
        guess.solution.iter_mut().for_each(|weight| *weight += 0.1);
        guess.prices.iter_mut().for_each(|weight| *weight += 0.1);
        let [lower, upper] = guarantees(&form, &rounded(&tree, &form, &guess));
        assert!(lower < value && value < upper);
    }
}
