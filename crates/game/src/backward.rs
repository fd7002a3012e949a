//! Subgame-perfect equilibria of games with perfect information, by backward induction.
//!
//! Where several actions are best, each makes equilibria of its own; what is chosen there may
//! decide what is best before. All are counted, and the first are listed.
//!
//! Source: `[Selten1965]`, `[Kuhn1953]`.

use detente_base::{Budget, Exact, StopReason};
use num_bigint::BigUint;
use num_traits::{One, Zero};

use crate::{Assessment, Mover, NodeId, NodeKind, Tree, Tremble};

/// Most payoffs that are told apart at one node when equilibria are counted.
const MOST_PAYOFFS: usize = 2_000;

/// Subgame-perfect equilibria in pure strategies.
#[derive(Clone, Debug)]
pub struct SubgamePerfect {
    /// The first of them: strategies with trembles of the first order.
    pub listed: Vec<Assessment>,
    /// How many there are, if the payoffs to keep apart are few enough.
    pub count: Option<BigUint>,
}

/// Payoffs, and how often each comes out.
type Tally = Vec<(Vec<Exact>, BigUint)>;

/// How a part of the game may go on.
#[derive(Clone)]
struct Line {
    payoffs: Vec<Exact>,
    /// Actions taken, by position in tables over all actions.
    choices: Vec<u32>,
}

/// The subgame-perfect equilibria of a game with perfect information, `most` of them listed.
///
/// Cost: O(nodes · most · players) and as much for counting.
///
/// # Errors
/// When the budget is used up.
///
/// # Panics
/// If an information set of a player has several nodes.
pub fn backward_induction(tree: &Tree, most: usize, budget: &Budget) -> Result<SubgamePerfect, StopReason> {
    assert!(tree.has_perfect_information(), "backward induction needs perfect information");
    let mut lines: Vec<Vec<Line>> = vec![Vec::new(); tree.node_count()];
    let mut counts: Vec<Tally> = vec![Vec::new(); tree.node_count()];
    let mut counted = true;
    for node in tree.nodes().rev() {
        if node.index().is_multiple_of(1024) {
            budget.check()?;
        }
        let paid = tree.outcome_at(node).map(|outcome| tree.outcome(outcome).payoffs.clone());
        let paid = paid.unwrap_or_else(|| vec![Exact::ZERO; tree.player_count()]);
        let children: Vec<usize> = tree.children(node).map(NodeId::index).collect();
        let below: Vec<Vec<Line>> = children.iter().map(|child| std::mem::take(&mut lines[*child])).collect();
        lines[node.index()] = joined(tree, node, (&below, &paid), most);
        let below: Vec<_> = children.iter().map(|child| std::mem::take(&mut counts[*child])).collect();
        if counted {
            match tallied(tree, node, (&below, &paid)) {
                Some(own) => counts[node.index()] = own,
                None => counted = false,
            }
        }
    }
    let count = counted.then(|| counts[0].iter().fold(BigUint::zero(), |sum, (_, own)| sum + own));
    let listed = std::mem::take(&mut lines[0]).iter().map(|line| assessed(tree, line)).collect();
    Ok(SubgamePerfect { listed, count })
}

/// All ways to take one entry of each list, up to a number.
fn combinations(sizes: &[usize], most: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for size in sizes {
        all = all
            .iter()
            .flat_map(|base| (0..*size).map(move |at| base.iter().copied().chain([at]).collect::<Vec<_>>()))
            .take(most)
            .collect();
    }
    all
}

/// What a node is worth given one way to go on after each action, for each best action.
fn outcomes(tree: &Tree, node: NodeId, after: &[&Vec<Exact>], paid: &[Exact]) -> Vec<(Vec<Exact>, Option<u32>)> {
    let plus = |payoffs: &[Exact]| -> Vec<Exact> { payoffs.iter().zip(paid).map(|(a, b)| a + b).collect() };
    let NodeKind::Move(set) = tree.kind(node) else { return vec![(paid.to_vec(), None)] };
    let infoset = tree.infoset(set);
    match infoset.mover {
        Mover::Chance => {
            let mut mean = paid.to_vec();
            for (action, payoffs) in infoset.actions.clone().zip(after) {
                let chance = tree.chance(action);
                mean.iter_mut().zip(*payoffs).for_each(|(sum, payoff)| *sum = &*sum + &(chance * payoff));
            }
            vec![(mean, None)]
        }
        Mover::Player(player) => {
            let own = |payoffs: &&Vec<Exact>| payoffs[player.index()].clone();
            let best = after.iter().map(own).max();
            let all = infoset.actions.clone().zip(after).filter(|(_, payoffs)| Some(own(payoffs)) == best);
            all.map(|(action, payoffs)| (plus(payoffs), Some(action as u32))).collect()
        }
    }
}

fn joined(tree: &Tree, node: NodeId, (below, paid): (&[Vec<Line>], &[Exact]), most: usize) -> Vec<Line> {
    let sizes: Vec<usize> = below.iter().map(Vec::len).collect();
    let mut all = Vec::new();
    for choice in combinations(&sizes, most) {
        let taken: Vec<&Line> = below.iter().zip(&choice).map(|(lines, at)| &lines[*at]).collect();
        let after: Vec<&Vec<Exact>> = taken.iter().map(|line| &line.payoffs).collect();
        for (payoffs, action) in outcomes(tree, node, &after, paid) {
            if all.len() >= most {
                return all;
            }
            let choices = taken.iter().flat_map(|line| line.choices.iter().copied()).chain(action).collect();
            all.push(Line { payoffs, choices });
        }
    }
    all
}

/// How often each payoff vector comes out; nothing if there are too many.
fn tallied(tree: &Tree, node: NodeId, (below, paid): (&[Tally], &[Exact])) -> Option<Tally> {
    let sizes: Vec<usize> = below.iter().map(Vec::len).collect();
    let product = sizes.iter().try_fold(1_usize, |n, size| n.checked_mul(*size))?;
    if product > MOST_PAYOFFS {
        return None;
    }
    let mut all: Tally = Vec::new();
    for choice in combinations(&sizes, MOST_PAYOFFS) {
        let taken: Vec<_> = below.iter().zip(&choice).map(|(list, at)| &list[*at]).collect();
        let after: Vec<&Vec<Exact>> = taken.iter().map(|(payoffs, _)| payoffs).collect();
        let times = taken.iter().fold(BigUint::one(), |product, (_, count)| product * count);
        for (payoffs, _) in outcomes(tree, node, &after, paid) {
            match all.iter_mut().find(|(other, _)| *other == payoffs) {
                Some((_, count)) => *count += &times,
                None => all.push((payoffs, times.clone())),
            }
        }
    }
    Some(all)
}

fn assessed(tree: &Tree, line: &Line) -> Assessment {
    let mut trembles = vec![Tremble { order: 1, weight: Exact::ONE }; tree.action_count()];
    for action in &line.choices {
        trembles[*action as usize].order = 0;
    }
    // Sets that no node belongs to are decided as well.
    for (_, infoset) in tree.infosets().filter(|(id, _)| tree.members(*id).is_empty()) {
        trembles[infoset.actions.start].order = 0;
    }
    Assessment::new(tree, trembles).expect("one action at every set")
}
