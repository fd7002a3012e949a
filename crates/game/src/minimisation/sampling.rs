//! External sampling: chance and the others move by lot, the player tries every action.

use detente_base::{Budget, Pcg, StopReason};

use crate::tree::NONE;
use crate::{Behaviour, Forgotten, InfosetId, Mover, Tree};

/// What sampling reached.
#[derive(Clone, Debug)]
pub struct Sampled {
    /// Iterations that were made, each a walk for every player.
    pub iterations: u64,
    /// Probability of each action under the average strategies, by position in tables over
    /// all actions.
    pub average: Vec<f64>,
    /// Why it ended early.
    pub stopped: Option<StopReason>,
}

impl Sampled {
    /// The average strategies as exact numbers.
    pub fn behaviour(&self, tree: &Tree) -> Behaviour {
        Behaviour::rounded(tree, &self.average)
    }
}

/// A tree that is not sampled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SamplingError {
    /// A player has forgotten something.
    #[error("a player forgets what it has known")]
    Forgotten(Forgotten),
    /// Paths are longer than can be walked.
    #[error("a path of the tree has {depth} moves; at most {most} can be walked")]
    TooDeep {
        /// Moves on the longest path.
        depth: usize,
        /// Moves that can be walked.
        most: usize,
    },
}

/// Longest path that is walked.
const MOST_MOVES: usize = 2_000;

/// Minimises regret by sampling: cheap iterations on trees too large to walk whole.
///
/// The same seed gives the same answer. How good the average is, [`regret`](crate::regret)
/// says.
///
/// Source: `[LanctotEtAl2009]`, external sampling. Cost: for each iteration and player the
/// nodes on the paths of its own choices.
///
/// # Errors
/// When a player has forgotten something, or the tree is deeper than 2,000 moves.
pub fn sampled(tree: &Tree, iterations: u64, seed: u64, budget: &Budget) -> Result<Sampled, SamplingError> {
    tree.recall().map_err(SamplingError::Forgotten)?;
    let depth = tree.depth();
    if depth > MOST_MOVES {
        return Err(SamplingError::TooDeep { depth, most: MOST_MOVES });
    }
    let mut walk = Walk::new(tree, seed);
    let mut made = 0;
    let mut stopped = None;
    while made < iterations {
        if let Err(reason) = budget.check() {
            stopped = Some(reason);
            break;
        }
        made += 1;
        for player in 0..tree.player_count() {
            walk.visit(player, Tree::ROOT.index());
        }
    }
    Ok(Sampled { iterations: made, average: walk.average(), stopped })
}

struct Walk<'t> {
    tree: &'t Tree,
    rng: Pcg,
    regrets: Vec<f64>,
    sums: Vec<f64>,
    chances: Vec<f64>,
    /// For each node what each player gets there, on the way counted.
    ends: Vec<f64>,
    /// Strategies of the sets on the path, one after another.
    stack: Vec<f64>,
}

impl<'t> Walk<'t> {
    fn new(tree: &'t Tree, seed: u64) -> Self {
        let players = tree.player_count();
        let mut ends = vec![0.0; tree.node_count() * players];
        for node in tree.nodes() {
            let at = node.index() * players;
            if let Some((parent, _)) = tree.parent(node) {
                ends.copy_within(parent.index() * players..(parent.index() + 1) * players, at);
            }
            if let Some(outcome) = tree.outcome_at(node) {
                let paid = &tree.outcome(outcome).payoffs;
                ends[at..at + players].iter_mut().zip(paid).for_each(|(sum, payoff)| *sum += payoff.to_f64());
            }
        }
        Self {
            tree,
            rng: Pcg::new(seed),
            regrets: vec![0.0; tree.action_count()],
            sums: vec![0.0; tree.action_count()],
            chances: (0..tree.action_count()).map(|action| tree.chance(action).to_f64()).collect(),
            ends,
            stack: Vec::new(),
        }
    }

    /// What the player has from a node on, its own strategy against a sample of the rest.
    fn visit(&mut self, player: usize, node: usize) -> f64 {
        let set = self.tree.nodes[node].infoset;
        if set == NONE {
            return self.ends[node * self.tree.player_count() + player];
        }
        let infoset = self.tree.infoset(InfosetId(set));
        let (first, count) = (infoset.actions.start, infoset.actions.len());
        let child = |action: usize| self.tree.children[self.tree.nodes[node].first_child as usize + action] as usize;
        match infoset.mover {
            Mover::Chance => {
                let action = drawn(&self.chances[first..first + count], unit(&mut self.rng));
                let next = child(action);
                self.visit(player, next)
            }
            Mover::Player(mover) if mover.index() == player => {
                let children: Vec<usize> = (0..count).map(child).collect();
                let base = self.push_strategy(first, count);
                let values = self.stack.len();
                self.stack.resize(values + count, 0.0);
                let mut mean = 0.0;
                for (action, next) in children.into_iter().enumerate() {
                    let value = self.visit(player, next);
                    self.stack[values + action] = value;
                    mean += self.stack[base + action] * value;
                }
                for action in 0..count {
                    self.regrets[first + action] += self.stack[values + action] - mean;
                }
                self.stack.truncate(base);
                mean
            }
            Mover::Player(_) => {
                let base = self.push_strategy(first, count);
                let strategy = &self.stack[base..base + count];
                self.sums[first..first + count].iter_mut().zip(strategy).for_each(|(sum, chance)| *sum += chance);
                let action = drawn(strategy, unit(&mut self.rng));
                let next = child(action);
                self.stack.truncate(base);
                self.visit(player, next)
            }
        }
    }

    /// Puts the strategy of a set on the stack.
    fn push_strategy(&mut self, first: usize, count: usize) -> usize {
        let base = self.stack.len();
        let regrets = &self.regrets[first..first + count];
        let sum: f64 = regrets.iter().map(|regret| regret.max(0.0)).sum();
        let chance = |regret: &f64| if sum > 0.0 { regret.max(0.0) / sum } else { 1.0 / count as f64 };
        self.stack.extend(regrets.iter().map(chance));
        base
    }

    fn average(&self) -> Vec<f64> {
        let mut average = vec![0.0; self.tree.action_count()];
        for (_, set) in self.tree.infosets().filter(|(_, set)| set.mover != Mover::Chance) {
            let sum: f64 = self.sums[set.actions.clone()].iter().sum();
            for action in set.actions.clone() {
                average[action] = if sum > 0.0 { self.sums[action] / sum } else { 1.0 / set.actions.len() as f64 };
            }
        }
        average
    }
}

/// A number from 0 to 1, 1 left out.
fn unit(rng: &mut Pcg) -> f64 {
    f64::from(rng.next()) / (f64::from(u32::MAX) + 1.0)
}

/// The action that a number from 0 to 1 stands for.
fn drawn(chances: &[f64], mut number: f64) -> usize {
    for (action, chance) in chances.iter().enumerate() {
        number -= chance;
        if number < 0.0 {
            return action;
        }
    }
    chances.iter().rposition(|chance| *chance > 0.0).unwrap_or(0)
}
