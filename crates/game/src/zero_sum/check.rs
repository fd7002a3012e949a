//! What plans prove, from the payoffs of the tree alone.

use detente_base::Exact;
use num_bigint::BigInt;
use num_traits::Zero;

use super::ZeroSum;
use crate::fractions::{common, over_one, whole};
use crate::{PlayerId, SequenceForm, Tree};

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZeroSumFault {
    /// The game is not one of two players who remember what they did.
    #[error("the game is not one of two players who remember what they did")]
    Game,
    /// Payoffs do not add up to what is said at every end.
    #[error("payoffs do not add up to what is said at every end")]
    Sum,
    /// A plan is none: weights are negative or do not add up.
    #[error("the plan of player {} is none", player.0 + 1)]
    NoPlan {
        /// Whose.
        player: PlayerId,
    },
    /// The behaviour is not that of the plans.
    #[error("the behaviour is not that of the plans")]
    Behaviour,
    /// A plan does not prove the bound that is told.
    #[error("the plan of player {} proves another bound", player.0 + 1)]
    Bound {
        /// Whose.
        player: PlayerId,
        /// What it proves.
        proves: Exact,
    },
}

/// Checks that plans prove the bounds told, by best replies to them.
///
/// Cost: O(nodes) exact operations in whole numbers.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(tree: &Tree, found: &ZeroSum) -> Result<(), ZeroSumFault> {
    let form = SequenceForm::new(tree).map_err(|_| ZeroSumFault::Game)?;
    if form.players.len() != 2 {
        return Err(ZeroSumFault::Game);
    }
    if tree.constant_sum().as_ref() != Some(&found.sum) {
        return Err(ZeroSumFault::Sum);
    }
    for (player, own) in form.players.iter().enumerate() {
        let plan = &found.plans[player];
        let adds_up = || {
            own.sets.iter().all(|set| plan[set.sequences()].iter().cloned().sum::<Exact>() == plan[set.before as usize])
        };
        let positive = || plan.iter().all(|weight| weight.signum() >= 0);
        if plan.len() != own.len() || plan[0] != Exact::ONE || !positive() || !adds_up() {
            return Err(ZeroSumFault::NoPlan { player: PlayerId::from_index(player) });
        }
    }
    let follows = |player: usize| {
        let plan = &found.plans[player];
        form.players[player].sets.iter().all(|set| {
            let before = &plan[set.before as usize];
            let own = &form.players[player].actions;
            set.sequences().all(|at| before.is_zero() || *found.behaviour.of(own[at]) == &plan[at] / before)
        })
    };
    if !(0..2).all(follows) {
        return Err(ZeroSumFault::Behaviour);
    }
    let bounds = guarantees(&form, &found.plans);
    for (player, (proves, told)) in bounds.into_iter().zip([&found.lower, &found.upper]).enumerate() {
        if proves != *told {
            return Err(ZeroSumFault::Bound { player: PlayerId::from_index(player), proves });
        }
    }
    Ok(())
}

/// What each plan holds the first player's payoff to: at least, and at most.
pub(super) fn guarantees(form: &SequenceForm, plans: &[Vec<Exact>; 2]) -> [Exact; 2] {
    let common = common(form.leaves.iter().map(|leaf| &leaf.payoffs[0]));
    [0, 1].map(|player| {
        let (weights, denominator) = over_one(plans[player].iter());
        let other = 1 - player;
        // What the first player gets where the other's sequence ends the game.
        let mut worth = vec![BigInt::zero(); form.players[other].len()];
        for leaf in &form.leaves {
            let weight = &weights[leaf.sequences[player] as usize];
            if !weight.is_zero() {
                worth[leaf.sequences[other] as usize] += whole(&leaf.payoffs[0], &common) * weight;
            }
        }
        for set in form.players[other].sets.iter().rev() {
            let replies = worth[set.sequences()].iter();
            let best = if player == 0 { replies.min() } else { replies.max() };
            let best = best.expect("a set has actions").clone();
            worth[set.before as usize] += best;
        }
        Exact::from_ratio(&worth[0], &(denominator * &common))
    })
}
