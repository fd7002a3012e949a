//! Two players, zero-sum: values of states, bounded by certificates.

use detente_base::{Budget, Exact, StopReason};

use super::check::bounded_regret;
use super::dense::size_of;
use super::flat::Flat;
use super::matrix::{float_game, matrix_game};
use super::model::StochasticGame;
use super::strategy::{Stationary, exact_from};
use crate::PlayerId;

/// Values with denominators below this are tried exactly; greater ones are hardly ever more
/// than rounding.
const MOST_DENOMINATOR: i64 = 1_000_000_000;

/// Actions of both players in a state up to which its matrix is solved exactly.
const MOST_EXACT: usize = 40;

/// When to end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Until {
    /// Most iterations; each solves a matrix game for each state.
    pub iterations: u64,
    /// Distance from the value at which to stop, in units of payoff.
    pub precision: f64,
}

impl Default for Until {
    fn default() -> Self {
        Self { iterations: 100_000, precision: 1e-11 }
    }
}

/// The value of each state to the first player, between proven bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZeroSumValue {
    /// What the first player's strategy guarantees from each state, at least.
    pub low: Vec<Exact>,
    /// What the second player's strategy holds it to, at most.
    pub high: Vec<Exact>,
    /// The strategies.
    pub strategies: Stationary,
    /// Iterations that were made.
    pub iterations: u64,
    /// Why it ended before the precision was reached.
    pub stopped: Option<StopReason>,
}

impl ZeroSumValue {
    /// Greatest distance of the bounds; 0 if the value is known exactly.
    pub fn width(&self) -> Exact {
        self.high.iter().zip(&self.low).map(|(high, low)| high - low).max().unwrap_or(Exact::ZERO)
    }
}

/// Why a game has no value of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotZeroSum {
    /// There are not two players.
    #[error("values are for two players; the game has {0}")]
    Players(usize),
    /// Payoffs do not add up to zero.
    #[error("payoffs do not add up to 0 everywhere")]
    Payoffs,
    /// The players discount differently.
    #[error("the players discount differently, so that what one gains the other does not lose")]
    Discounts,
}

/// Value iteration: vₖ₊₁(s) = val[r(s) + δ·Σ p(s′|s)·vₖ(s′)].
///
/// The distance from the value falls by the factor δ in each iteration. The bounds are exact
/// numbers whatever rounding did: they are derived from the final strategies by
/// [`bounded_regret`], and a value with few digits is recognised and verified exactly.
///
/// Cost: for each iteration a linear programme for each state.
///
/// # Errors
/// When the game is not one of two players, zero-sum, with one discount factor.
///
/// Source: `[Shapley1953]`.
pub fn value_iteration(game: &StochasticGame, until: Until, budget: &Budget) -> Result<ZeroSumValue, NotZeroSum> {
    iterate(game, (until, budget), |_, stage, _| stage.values.clone())
}

/// Policy iteration of the first kind: the second player's optimal strategy at vₖ is met by
/// the best reply, whose value is vₖ₊₁.
///
/// Values fall towards the value from the second iteration on.
///
/// Cost: for each iteration a linear programme for each state, and a Markov decision problem.
///
/// # Errors
/// When the game is not one of two players, zero-sum, with one discount factor.
///
/// Source: `[HoffmanKarp1966]`.
pub fn hoffman_karp(game: &StochasticGame, until: Until, budget: &Budget) -> Result<ZeroSumValue, NotZeroSum> {
    iterate(game, (until, budget), |flat, stage, _| best_reply(flat, stage).unwrap_or_else(|| stage.values.clone()))
}

/// Policy iteration of the second kind, Newton's method: vₖ₊₁ is what both optimal strategies
/// at vₖ give when kept for ever.
///
/// Differs: where this does not bring the values closer together by the factor δ, a step of
/// value iteration is made instead, so that it cannot cycle.
///
/// Cost: for each iteration a linear programme for each state, and O(states³).
///
/// # Errors
/// When the game is not one of two players, zero-sum, with one discount factor.
///
/// Source: `[PollatschekAviItzhak1969]`, cycles in `[VanDerWal1978]`.
pub fn pollatschek_avi_itzhak(
    game: &StochasticGame,
    until: Until,
    budget: &Budget,
) -> Result<ZeroSumValue, NotZeroSum> {
    iterate(game, (until, budget), |flat, stage, residual| {
        let Some(kept) = flat.values(&stage.strategies, 0) else { return stage.values.clone() };
        let after = Stage::new(flat, &kept);
        let closer = size_of(&after.steps(&kept)) <= flat.discounts[0] * residual;
        if closer { kept } else { stage.values.clone() }
    })
}

/// The matrix games of all states, given what the states are worth.
struct Stage {
    values: Vec<f64>,
    strategies: Vec<Vec<Vec<f64>>>,
}

impl Stage {
    fn new(flat: &Flat, values: &[f64]) -> Self {
        let solved = (0..flat.states.len()).map(|state| float_game(&flat.matrix(state, values)));
        let (values, strategies) = solved.map(|(value, row, column)| (value, vec![row, column])).unzip();
        Self { values, strategies }
    }

    fn steps(&self, before: &[f64]) -> Vec<f64> {
        self.values.iter().zip(before).map(|(after, before)| after - before).collect()
    }
}

fn iterate(
    game: &StochasticGame,
    (until, budget): (Until, &Budget),
    next: impl Fn(&Flat, &Stage, f64) -> Vec<f64>,
) -> Result<ZeroSumValue, NotZeroSum> {
    if game.player_count() != 2 {
        return Err(NotZeroSum::Players(game.player_count()));
    }
    if !game.is_zero_sum() {
        return Err(NotZeroSum::Payoffs);
    }
    if game.discounts()[0] != game.discounts()[1] {
        return Err(NotZeroSum::Discounts);
    }
    let flat = Flat::new(game);
    let rest = 1.0 - flat.discounts[0];
    let mut values = vec![0.0; flat.states.len()];
    let mut stage = Stage::new(&flat, &values);
    let (mut iterations, mut stopped, mut idle, mut least) = (0, None, 0, f64::INFINITY);
    loop {
        let residual = size_of(&stage.steps(&values));
        // Below some units in the last place the residual is rounding, and falls no further.
        idle = if residual < least { 0 } else { idle + 1 };
        least = least.min(residual);
        let rounding = 4.0 * f64::EPSILON * size_of(&values);
        let near = 2.0 * residual <= (until.precision * rest).max(rounding);
        if near || iterations == until.iterations || idle > 20 {
            break;
        }
        if let Err(reason) = budget.check() {
            stopped = Some(reason);
            break;
        }
        values = next(&flat, &stage, residual);
        stage = Stage::new(&flat, &values);
        iterations += 1;
    }
    let strategies = Stationary::rounded(game, &stage.strategies);
    let mut found = bounded(game, strategies, &values);
    (found.iterations, found.stopped) = (iterations, stopped);
    if found.stopped.is_none() {
        found.stopped = settle(game, &mut found, budget).err();
    }
    Ok(found)
}

/// The bounds that strategies prove, given values near those that they guarantee.
fn bounded(game: &StochasticGame, strategies: Stationary, values: &[f64]) -> ZeroSumValue {
    let first: Vec<Exact> = values.iter().map(|value| exact_from(*value).unwrap_or(Exact::ZERO)).collect();
    let second = first.iter().map(|value| -value).collect();
    let mut regret = bounded_regret(game, &strategies, &[first, second]);
    let low = regret.best[1].iter().map(|most| -most).collect();
    ZeroSumValue { low, high: regret.best.swap_remove(0), strategies, iterations: 0, stopped: None }
}

/// Values with few digits, if a step of exact value iteration leaves them where they are.
fn settle(game: &StochasticGame, found: &mut ZeroSumValue, budget: &Budget) -> Result<(), StopReason> {
    let guess: Vec<Exact> = found.low.iter().zip(&found.high).map(|(low, high)| simplest(low, high)).collect();
    let short = |value: &Exact| value.as_small_ratio().is_some_and(|(_, denominator)| denominator < MOST_DENOMINATOR);
    let small = |sizes: Vec<usize>| sizes.iter().sum::<usize>() <= MOST_EXACT;
    if !guess.iter().all(short) || !game.states().all(|(_, form)| small(form.sizes())) {
        return Ok(());
    }
    let mut chances = Vec::with_capacity(guess.len());
    for (state, form) in game.states() {
        budget.check()?;
        let rows = form.actions[0].len();
        let entry = |row: usize, column: usize| game.worth(state.index(), row + column * rows, 0, &guess);
        let columns = 0..form.actions[PlayerId(1).index()].len();
        let matrix: Vec<Vec<Exact>> =
            (0..rows).map(|row| columns.clone().map(|column| entry(row, column)).collect()).collect();
        let solved = matrix_game(&matrix);
        if solved.value != guess[state.index()] {
            return Ok(());
        }
        chances.push(vec![solved.row, solved.column]);
    }
    let strategies = Stationary::new(game, chances).expect("optimal strategies are strategies");
    let values = [guess.clone(), guess.iter().map(|value| -value).collect()];
    let regret = bounded_regret(game, &strategies, &values);
    debug_assert!(regret.is_equilibrium(), "a fixed point is the value");
    found.strategies = strategies;
    (found.low, found.high) = (guess.clone(), guess);
    Ok(())
}

/// The fraction with the least denominator between two numbers.
///
/// Cost: O(digits) steps of a continued fraction.
pub(super) fn simplest(low: &Exact, high: &Exact) -> Exact {
    let mut parts: Vec<Exact> = Vec::new();
    let (mut low, mut high) = if low <= high { (low.clone(), high.clone()) } else { (high.clone(), low.clone()) };
    let mut end = loop {
        let whole = low.floor();
        if whole == low {
            break whole;
        }
        let next = &whole + &Exact::ONE;
        if next <= high {
            // Zero is simpler than any other whole number.
            break if next.signum() < 0 && high.signum() >= 0 { Exact::ZERO } else { next };
        }
        let inverse = |value: &Exact| &Exact::ONE / &(value - &whole);
        (low, high) = (inverse(&high), inverse(&low));
        parts.push(whole);
    };
    for whole in parts.into_iter().rev() {
        end = &whole + &(&Exact::ONE / &end);
    }
    end
}

/// The value of the first player's best reply to the second's strategy, by policy iteration.
fn best_reply(flat: &Flat, stage: &Stage) -> Option<Vec<f64>> {
    let mut strategies = stage.strategies.clone();
    let mut values = flat.values(&strategies, 0)?;
    for _ in 0..1000 {
        let mut improved = false;
        for (state, own) in strategies.iter_mut().enumerate() {
            let matrix = flat.matrix(state, &values);
            let worth = |row: &Vec<f64>| row.iter().zip(&own[1]).map(|(entry, chance)| entry * chance).sum::<f64>();
            let worths: Vec<f64> = matrix.iter().map(worth).collect();
            let best = (0..worths.len()).max_by(|a, b| worths[*a].total_cmp(&worths[*b]))?;
            if worths[best] > values[state] + 1e-13 * (1.0 + values[state].abs()) {
                improved = true;
                own[0].iter_mut().for_each(|chance| *chance = 0.0);
                own[0][best] = 1.0;
            }
        }
        if !improved {
            break;
        }
        values = flat.values(&strategies, 0)?;
    }
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_simplest_fraction_between() {
        let of = |a: (i64, i64), b: (i64, i64)| simplest(&Exact::ratio(a.0, a.1), &Exact::ratio(b.0, b.1));
        assert_eq!(of((333, 1000), (334, 1000)), Exact::ratio(1, 3));
        assert_eq!(of((-1, 2), (1, 3)), Exact::ZERO);
        assert_eq!(of((-667, 1000), (-666, 1000)), Exact::ratio(-2, 3));
        assert_eq!(of((5, 1), (5, 1)), Exact::from(5));
        assert_eq!(of((31415, 10000), (31416, 10000)), Exact::ratio(333, 106));
    }
}
