//! Whether removals and what is left are what the reasons say, from the game alone.

use detente_base::Exact;

use super::{Dominance, Dominators, Elimination, Kept, Removal};
use crate::{PlayerId, StrategicGame};

/// What is wrong with an elimination.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DominanceFault {
    /// A strategy is removed that is not there any more, or rounds are out of order.
    #[error("a strategy is removed that is not there")]
    Order {
        /// Place among the removals.
        removal: usize,
    },
    /// What is to dominate a strategy is no mixture of what is there.
    #[error("what is to dominate a strategy is no mixture of what is there")]
    NoMixture {
        /// Place among the removals.
        removal: usize,
    },
    /// A mixture does not dominate.
    #[error("the mixture does not dominate the strategy")]
    NotDominated {
        /// Place among the removals.
        removal: usize,
    },
    /// What is said to be left is not what the removals leave.
    #[error("what is left is not what the removals leave")]
    Remaining,
    /// What stays is not shown to be undominated.
    #[error("strategy {strategy} of player {} is not shown to be undominated", player.0 + 1)]
    NotKept {
        /// Whose it is.
        player: PlayerId,
        /// The strategy.
        strategy: usize,
    },
}

/// Checks every reason of an elimination.
///
/// Cost: O(removals · profiles · strategies) exact operations.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify_elimination(game: &StrategicGame, found: &Elimination) -> Result<(), DominanceFault> {
    let mut left: Vec<Vec<usize>> = game.sizes().into_iter().map(|size| (0..size).collect()).collect();
    let mut at = 0;
    let mut round = 1;
    while at < found.removals.len() {
        let together: Vec<&Removal> = found.removals[at..].iter().take_while(|one| one.round == round).collect();
        if together.is_empty() {
            return Err(DominanceFault::Order { removal: at });
        }
        for (offset, removal) in together.iter().enumerate() {
            is_dominated(game, found, (&left, removal), at + offset)?;
        }
        for (offset, removal) in together.iter().enumerate() {
            let own = &mut left[removal.player.index()];
            let Some(place) = own.iter().position(|strategy| *strategy == removal.strategy) else {
                return Err(DominanceFault::Order { removal: at + offset });
            };
            own.remove(place);
        }
        at += together.len();
        round += 1;
    }
    if left != found.remaining {
        return Err(DominanceFault::Remaining);
    }
    let expected =
        left.iter().enumerate().flat_map(|(player, own)| own.iter().map(move |strategy| (player, *strategy)));
    let listed = found.kept.iter().map(|kept| (kept.player.index(), kept.strategy));
    if !expected.eq(listed) {
        return Err(DominanceFault::Remaining);
    }
    match found.kept.iter().find(|kept| !stays(game, found, &left, kept)) {
        Some(kept) => Err(DominanceFault::NotKept { player: kept.player, strategy: kept.strategy }),
        None => Ok(()),
    }
}

/// All profiles of what is left in which a player plays a strategy.
fn profiles(left: &[Vec<usize>], player: usize, strategy: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for (other, own) in left.iter().enumerate() {
        let choices = if other == player { std::slice::from_ref(&strategy) } else { own };
        all = all
            .iter()
            .flat_map(|so_far: &Vec<usize>| {
                choices.iter().map(move |at| so_far.iter().copied().chain([*at]).collect::<Vec<_>>())
            })
            .collect();
    }
    all
}

/// What a player gets where it plays another strategy than in a profile.
fn payoff<'a>(game: &'a StrategicGame, profile: &[usize], player: usize, strategy: usize) -> &'a Exact {
    let mut changed = profile.to_vec();
    changed[player] = strategy;
    &game.payoffs(game.profile(&changed))[player]
}

fn is_dominated(
    game: &StrategicGame,
    found: &Elimination,
    (left, removal): (&[Vec<usize>], &Removal),
    at: usize,
) -> Result<(), DominanceFault> {
    let player = removal.player.index();
    let Some(own) = left.get(player).filter(|own| own.contains(&removal.strategy)) else {
        return Err(DominanceFault::Order { removal: at });
    };
    let sum: Exact = removal.by.iter().map(|(_, share)| share.clone()).sum();
    let allowed = removal.by.iter().all(|(strategy, share)| own.contains(strategy) && share.signum() >= 0);
    if !allowed || sum != Exact::ONE || (found.rule.by == Dominators::Pure && removal.by.len() != 1) {
        return Err(DominanceFault::NoMixture { removal: at });
    }
    let better = profiles(left, player, removal.strategy).into_iter().map(|profile| {
        let mixed: Exact = removal.by.iter().map(|(own, share)| share * payoff(game, &profile, player, *own)).sum();
        mixed.cmp(payoff(game, &profile, player, removal.strategy))
    });
    let better: Vec<_> = better.collect();
    let dominated = match found.rule.dominance {
        Dominance::Strict => better.iter().all(|order| order.is_gt()),
        Dominance::Weak => better.iter().all(|order| order.is_ge()) && better.iter().any(|order| order.is_gt()),
    };
    if dominated { Ok(()) } else { Err(DominanceFault::NotDominated { removal: at }) }
}

/// Whether a strategy is undominated in what is left.
fn stays(game: &StrategicGame, found: &Elimination, left: &[Vec<usize>], kept: &Kept) -> bool {
    let player = kept.player.index();
    let profiles = profiles(left, player, kept.strategy);
    let rivals = || left[player].iter().copied().filter(|rival| *rival != kept.strategy);
    if found.rule.by == Dominators::Pure {
        return rivals().all(|rival| {
            let orders = profiles
                .iter()
                .map(|profile| payoff(game, profile, player, rival).cmp(payoff(game, profile, player, kept.strategy)));
            let orders: Vec<_> = orders.collect();
            match found.rule.dominance {
                Dominance::Strict => orders.iter().any(|order| order.is_le()),
                Dominance::Weak => orders.iter().any(|order| order.is_lt()) || orders.iter().all(|order| order.is_eq()),
            }
        });
    }
    let within =
        |profile: usize| profile < game.profile_count() && profiles.iter().any(|one| game.profile(one) == profile);
    let sum: Exact = kept.belief.iter().map(|(_, share)| share.clone()).sum();
    let probabilities = kept.belief.iter().all(|(profile, share)| within(*profile) && share.signum() > 0);
    // No profile twice.
    let mut listed: Vec<usize> = kept.belief.iter().map(|(profile, _)| *profile).collect();
    listed.sort_unstable();
    listed.dedup();
    let each_once = listed.len() == kept.belief.len();
    let complete = found.rule.dominance == Dominance::Strict || listed.len() == profiles.len();
    let expected = |strategy: usize| -> Exact {
        let terms = kept.belief.iter();
        terms.map(|(profile, share)| share * payoff(game, &game.strategies_of(*profile), player, strategy)).sum()
    };
    let own = expected(kept.strategy);
    sum == Exact::ONE && probabilities && each_once && complete && rivals().all(|rival| expected(rival) <= own)
}
