//! Finding what is dominated: single strategies first, then mixtures by linear programmes.

use detente_base::{Budget, Exact, StopReason};

use super::{Dominance, Dominators, Elimination, Kept, Removal, Rule};
use crate::program::{Program, stopped};
use crate::{PlayerId, StrategicGame};

/// Takes out what is dominated until nothing is.
///
/// Cost: for each round and strategy left one linear programme with a row for each profile
/// of the others that is left and a column for each other strategy.
///
/// # Errors
/// When the budget is used up.
pub fn eliminate(game: &StrategicGame, rule: Rule, budget: &Budget) -> Result<Elimination, StopReason> {
    let mut remaining: Vec<Vec<usize>> = game.sizes().into_iter().map(|size| (0..size).collect()).collect();
    let mut removals: Vec<Removal> = Vec::new();
    for round in 1.. {
        let mut kept = Vec::new();
        let before = removals.len();
        for player in (0..game.player_count()).map(PlayerId::from_index) {
            let facing = Facing::new(game, &remaining, player);
            for strategy in remaining[player.index()].iter().copied() {
                budget.check()?;
                match facing.judge(strategy, rule, budget)? {
                    Verdict::Dominated(by) => removals.push(Removal { round, player, strategy, by }),
                    Verdict::Stays(belief) => kept.push(Kept { player, strategy, belief }),
                }
            }
        }
        if removals.len() == before {
            return Ok(Elimination { rule, removals, kept, remaining });
        }
        for removal in &removals[before..] {
            remaining[removal.player.index()].retain(|strategy| *strategy != removal.strategy);
        }
    }
    unreachable!("every round but the last takes something out")
}

enum Verdict {
    Dominated(Vec<(usize, Exact)>),
    Stays(Vec<(usize, Exact)>),
}

/// What a player faces.
struct Facing<'a> {
    game: &'a StrategicGame,
    player: usize,
    own: &'a [usize],
    /// How far a profile's number goes up from one own strategy to the next.
    stride: usize,
    /// The profiles of what the others have left, with the own strategy 0.
    others: Vec<usize>,
}

impl<'a> Facing<'a> {
    fn new(game: &'a StrategicGame, remaining: &'a [Vec<usize>], player: PlayerId) -> Self {
        let (mut others, mut stride, mut own_stride) = (vec![0], 1, 1);
        for (other, (left, size)) in remaining.iter().zip(game.sizes()).enumerate() {
            if other == player.index() {
                own_stride = stride;
            } else {
                others = left.iter().flat_map(|at| others.iter().map(move |base| base + at * stride)).collect();
            }
            stride *= size;
        }
        Self { game, player: player.index(), own: &remaining[player.index()], stride: own_stride, others }
    }

    fn payoff(&self, strategy: usize, base: usize) -> &Exact {
        &self.game.payoffs(base + strategy * self.stride)[self.player]
    }

    fn judge(&self, strategy: usize, rule: Rule, budget: &Budget) -> Result<Verdict, StopReason> {
        let dominates = |other: usize| {
            let mut better = self.others.iter().map(|base| self.payoff(other, *base).cmp(self.payoff(strategy, *base)));
            match rule.dominance {
                Dominance::Strict => better.all(std::cmp::Ordering::is_gt),
                Dominance::Weak => {
                    better.clone().all(std::cmp::Ordering::is_ge) && better.any(std::cmp::Ordering::is_gt)
                }
            }
        };
        let rivals: Vec<usize> = self.own.iter().copied().filter(|other| *other != strategy).collect();
        if let Some(other) = rivals.iter().find(|other| dominates(**other)) {
            return Ok(Verdict::Dominated(vec![(*other, Exact::ONE)]));
        }
        if rule.by == Dominators::Pure {
            return Ok(Verdict::Stays(Vec::new()));
        }
        // What each rival gives more, by profile of the others.
        let more = |rival: &usize| {
            self.others.iter().map(|base| self.payoff(*rival, *base) - self.payoff(strategy, *base)).collect()
        };
        let gains: Vec<Vec<Exact>> = rivals.iter().map(more).collect();
        let (mix, belief) = match rule.dominance {
            Dominance::Strict => self.strict(&gains, budget)?,
            Dominance::Weak => self.weak(&gains, budget)?,
        };
        if let Some(mix) = mix {
            let by = rivals.into_iter().zip(shares(mix)).filter(|(_, share)| !share.is_zero());
            return Ok(Verdict::Dominated(by.collect()));
        }
        let profile = |base: &usize| base + strategy * self.stride;
        let belief = self.others.iter().map(profile).zip(shares(belief)).filter(|(_, share)| !share.is_zero());
        Ok(Verdict::Stays(belief.collect()))
    }

    /// The mixture of rivals whose least gain is greatest, if that is positive, and the belief
    /// that allows no more.
    fn strict(&self, gains: &[Vec<Exact>], budget: &Budget) -> Result<(Option<Vec<Exact>>, Vec<Exact>), StopReason> {
        let last = self.others.len() as u32;
        let Some(least) = gains.iter().flatten().min() else {
            return Ok((None, vec![Exact::ONE; self.others.len()]));
        };
        // Gains are raised so that all are positive.
        let raise = &Exact::ONE - least;
        let column = |own: &Vec<Exact>| {
            let rows = own.iter().enumerate().filter_map(|(row, gain)| {
                let entry = -&(gain + &raise);
                (!entry.is_zero()).then_some((row as u32, entry))
            });
            rows.chain([(last, Exact::ONE)]).collect()
        };
        let mut columns: Vec<Vec<(u32, Exact)>> = gains.iter().map(column).collect();
        columns.push((0..last).map(|row| (row, Exact::ONE)).collect());
        let mut objective = vec![Exact::ZERO; gains.len()];
        objective.push(Exact::ONE);
        let found =
            Program { columns, objective, right: at_most_one(last), start: None }.solve(budget).map_err(stopped)?;
        let (mut mix, mut belief) = (found.solution.to_exact(), found.prices.to_exact());
        let value = mix.pop().expect("the value has a column");
        belief.pop();
        Ok(((value > raise).then_some(mix), belief))
    }

    /// The mixture of rivals that never loses and gains most in sum, if it gains, and the
    /// belief, which leaves nothing out, that allows no gain.
    fn weak(&self, gains: &[Vec<Exact>], budget: &Budget) -> Result<(Option<Vec<Exact>>, Vec<Exact>), StopReason> {
        let last = self.others.len() as u32;
        let column = |own: &Vec<Exact>| {
            let rows = own.iter().enumerate().filter(|(_, gain)| !gain.is_zero());
            rows.map(|(row, gain)| (row as u32, -gain)).chain([(last, Exact::ONE)]).collect()
        };
        let columns = gains.iter().map(column).collect();
        let objective = gains.iter().map(|own| own.iter().cloned().sum()).collect();
        let found =
            Program { columns, objective, right: at_most_one(last), start: None }.solve(budget).map_err(stopped)?;
        let mix = found.solution.to_exact();
        if mix.iter().any(|share| !share.is_zero()) && found.prices.numerators[last as usize].bits() > 0 {
            return Ok((Some(mix), Vec::new()));
        }
        let mut belief = found.prices.to_exact();
        belief.pop();
        Ok((None, belief.iter().map(|price| price + &Exact::ONE).collect()))
    }
}

/// Right sides: zeros, and a one for the sum of the mixture.
fn at_most_one(zeros: u32) -> Vec<Exact> {
    let mut right = vec![Exact::ZERO; zeros as usize];
    right.push(Exact::ONE);
    right
}

/// Numbers scaled to add up to one.
fn shares(parts: Vec<Exact>) -> Vec<Exact> {
    let sum: Exact = parts.iter().cloned().sum();
    parts.iter().map(|part| part.checked_div(&sum).expect("something is positive")).collect()
}
