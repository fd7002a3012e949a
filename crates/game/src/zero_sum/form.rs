//! The linear programme of the first player, whose prices are the plan of the second.
//!
//! Payoffs are raised so that none is negative. Then it does no harm to let weights add up
//! to less than they must (first player) or more (second), or to let values of information
//! sets be too small: all conditions are of the form ≤, right sides are not negative, and
//! nothing needs a sign.
//!
//! Columns: x(σ) for the first player's sequences σ but the empty one; then v(J) for the
//! second player's sets J, what the first gets in J. Maximise Σ v(J) over the sets J that
//! come first, and Σ A(σ, ∅)·x(σ). Rows: for the second player's sequences τ, which end in
//! J, v(J) ≤ Σ A(σ, τ)·x(σ) + Σ v(J′) over the sets J′ that τ comes before; and for the first
//! player's sets, the weights of actions add up to at most that of the sequence before.

use detente_base::Exact;
use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use crate::SequenceForm;
use crate::program::{Fractions, Program};
use crate::sequences::SequencePlayer;

/// The programme, with what has to be added to its value.
pub(super) struct Form {
    pub(super) program: Program,
    pub(super) constant: Exact,
}

impl Form {
    pub(super) fn new(form: &SequenceForm) -> Self {
        let (first, second) = (&form.players[0], &form.players[1]);
        let (own, rows) = (first.len() - 1, second.len() - 1);
        let low = form.leaves.iter().map(|leaf| leaf.payoffs[0].checked_div(&leaf.chance).expect("not zero")).min();
        let raise = low.filter(|low| low.signum() < 0).map_or(Exact::ZERO, |low| -low);
        let mut columns: Vec<Vec<(u32, Exact)>> = vec![Vec::new(); own + second.sets.len()];
        let mut objective = vec![Exact::ZERO; columns.len()];
        let mut right = vec![Exact::ZERO; rows + first.sets.len()];
        let mut constant = -&raise;
        for leaf in &form.leaves {
            let paid = &leaf.payoffs[0] + &(&raise * &leaf.chance);
            match (leaf.sequences[0] as usize, leaf.sequences[1] as usize) {
                (0, 0) => constant = &constant + &paid,
                (0, reply) => right[reply - 1] = paid,
                (move_, 0) => objective[move_ - 1] = paid,
                (move_, reply) if !paid.is_zero() => columns[move_ - 1].push((reply as u32 - 1, -paid)),
                _ => {}
            }
        }
        for (at, set) in first.sets.iter().enumerate() {
            let row = (rows + at) as u32;
            set.sequences().for_each(|sequence| columns[sequence - 1].push((row, Exact::ONE)));
            match set.before as usize {
                0 => right[rows + at] = Exact::ONE,
                before => columns[before - 1].push((row, Exact::from(-1))),
            }
        }
        for (at, set) in second.sets.iter().enumerate() {
            set.sequences().for_each(|sequence| columns[own + at].push((sequence as u32 - 1, Exact::ONE)));
            match set.before as usize {
                0 => objective[own + at] = Exact::ONE,
                before => columns[own + at].push((before as u32 - 1, Exact::from(-1))),
            }
        }
        columns.iter_mut().for_each(|entries| entries.sort_unstable_by_key(|(row, _)| *row));
        Self { program: Program { columns, objective, right, start: None }, constant }
    }
}

/// A basis to begin at: in each of its sets the first player takes the likeliest action, and
/// the second a best reply to that, ties going to the likeliest.
pub(super) fn start(form: &SequenceForm, likely: &[f64]) -> Vec<u32> {
    let (first, second) = (&form.players[0], &form.players[1]);
    let likeliest = |player: &SequencePlayer, among: &mut dyn Iterator<Item = usize>| {
        among.max_by(|a, b| likely[player.actions[*a]].total_cmp(&likely[player.actions[*b]]).then(b.cmp(a)))
    };
    let columns = first.len() - 1 + second.sets.len();
    let mut basis: Vec<u32> = (columns as u32..(columns + second.len() - 1 + first.sets.len()) as u32).collect();
    let mut plays = vec![false; first.len()];
    plays[0] = true;
    for (at, set) in first.sets.iter().enumerate() {
        let taken = likeliest(first, &mut set.sequences()).expect("a set has actions");
        plays[taken] = plays[set.before as usize];
        basis[second.len() - 1 + at] = taken as u32 - 1;
    }
    let mut worth = vec![Exact::ZERO; second.len()];
    for leaf in form.leaves.iter().filter(|leaf| plays[leaf.sequences[0] as usize]) {
        let own = &mut worth[leaf.sequences[1] as usize];
        *own = &*own + &leaf.payoffs[0];
    }
    // Payoffs are raised by as much for every reply, in one set.
    for (at, set) in second.sets.iter().enumerate().rev() {
        let least = worth[set.sequences()].iter().min().expect("a set has actions").clone();
        let mut best = set.sequences().filter(|reply| worth[*reply] == least);
        let reply = likeliest(second, &mut best).expect("one is least");
        basis[reply - 1] = (first.len() - 1 + at) as u32;
        let before = &mut worth[set.before as usize];
        *before = &*before + &least;
    }
    basis
}

/// A plan from weights that may add up to less or to more than they must: what is missing
/// goes to the first action, what is too much is taken from the last ones.
pub(super) fn completed(player: &SequencePlayer, weights: &Fractions) -> Vec<Exact> {
    let mut plan: Vec<BigInt> = Vec::with_capacity(player.len());
    plan.push(weights.denominator.clone());
    plan.extend_from_slice(&weights.numerators[..player.len() - 1]);
    for set in &player.sets {
        let sum: BigInt = set.sequences().map(|sequence| &plan[sequence]).sum();
        let mut missing = &plan[set.before as usize] - sum;
        if missing.is_positive() {
            plan[set.first as usize] += &missing;
            continue;
        }
        for sequence in set.sequences().rev() {
            let taken = (-&missing).min(plan[sequence].clone());
            missing += &taken;
            plan[sequence] -= taken;
        }
        debug_assert!(missing.is_zero(), "there was enough");
    }
    plan.iter().map(|weight| exact(weight, &weights.denominator)).collect()
}

fn exact(weight: &BigInt, denominator: &BigInt) -> Exact {
    if weight.is_zero() {
        Exact::ZERO
    } else if denominator.is_one() {
        Exact::from_ratio(weight, &BigInt::one())
    } else {
        Exact::from_ratio(weight, denominator)
    }
}
