//! A tree as flat arrays of floats, with a variable for each action that somebody chooses.

use std::ops::Range;

use detente_base::Exact;

use crate::tree::NONE;
use crate::{Forgotten, Mover, NodeId, Tree};

/// A set at which a player chooses among two actions or more.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// Who chooses.
    pub(super) player: usize,
    /// Variables of its actions.
    pub(super) variables: Range<usize>,
    /// Its nodes that chance may lead to.
    pub(super) members: Vec<u32>,
}

/// A tree with perfect recall, compiled. Payoffs are in units of the largest range of any
/// player's payoffs, counted from each player's least.
#[derive(Clone, Debug)]
pub(super) struct Flat {
    pub(super) players: usize,
    pub(super) choices: Vec<Choice>,
    /// For each variable the position of its action in tables over all actions.
    pub(super) actions: Vec<usize>,
    /// For each action its probability where it is no variable.
    pub(super) fixed: Vec<f64>,
    pub(super) parents: Vec<u32>,
    /// For each node the variable of the action that leads there, or [`NONE`].
    pub(super) steps: Vec<u32>,
    /// For each node the position of the action that leads there in tables over all actions.
    pub(super) taken: Vec<u32>,
    /// For each node the logarithm of a fixed probability that leads there.
    pub(super) logs: Vec<f64>,
    /// For each node the choice that it belongs to, or [`NONE`].
    pub(super) owners: Vec<u32>,
    /// For each node where its children begin; those of choices only.
    pub(super) children: Vec<u32>,
    pub(super) firsts: Vec<u32>,
    /// For each end and player what is paid; zero elsewhere.
    pub(super) paid: Vec<f64>,
    /// The largest range of any player's payoffs; one if all are alike.
    pub(super) range: f64,
    /// The same, exactly.
    pub(super) exact_range: Exact,
    /// Whether chance may lead to each node.
    pub(super) possible: Vec<bool>,
}

impl Flat {
    pub(super) fn new(tree: &Tree) -> Result<Self, Forgotten> {
        tree.recall()?;
        let possible = possible(tree);
        let mut flat = Self::skeleton(tree);
        let mut variable_of = vec![NONE; tree.action_count()];
        // What follows comes first: it is eliminated first, and then few zeros are filled.
        for id in tree.sets_as_met().into_iter().rev() {
            let infoset = tree.infoset(id);
            let Mover::Player(player) = infoset.mover else { continue };
            let members: Vec<u32> = tree.members(id).iter().map(|node| node.0).collect();
            let members: Vec<u32> = members.into_iter().filter(|node| possible[*node as usize]).collect();
            if infoset.actions.len() < 2 || members.is_empty() {
                continue;
            }
            let first = flat.actions.len();
            for action in infoset.actions.clone() {
                variable_of[action] = flat.actions.len() as u32;
                flat.actions.push(action);
            }
            let at = flat.choices.len() as u32;
            members.iter().for_each(|node| flat.owners[*node as usize] = at);
            flat.choices.push(Choice { player: player.index(), variables: first..flat.actions.len(), members });
        }
        for node in tree.nodes() {
            if let Some((before, action)) = tree.step(node) {
                flat.parents[node.index()] = before.0;
                flat.steps[node.index()] = variable_of[action];
                flat.taken[node.index()] = action as u32;
                flat.logs[node.index()] = libm::log(flat.fixed[action]);
            }
            flat.firsts[node.index()] = flat.children.len() as u32;
            flat.children.extend(tree.children(node).map(|child| child.0));
        }
        flat.pay(tree, &possible);
        flat.possible = possible;
        Ok(flat)
    }

    /// Arrays of the right lengths, with the probabilities that nobody chooses.
    fn skeleton(tree: &Tree) -> Self {
        let nodes = tree.node_count();
        let mut fixed = vec![0.0; tree.action_count()];
        for (_, infoset) in tree.infosets() {
            for action in infoset.actions.clone() {
                let alike = 1.0 / infoset.actions.len() as f64;
                fixed[action] = if infoset.mover == Mover::Chance { tree.chance(action).to_f64() } else { alike };
            }
        }
        Self {
            players: tree.player_count(),
            choices: Vec::new(),
            actions: Vec::new(),
            fixed,
            parents: vec![NONE; nodes],
            steps: vec![NONE; nodes],
            taken: vec![NONE; nodes],
            logs: vec![0.0; nodes],
            owners: vec![NONE; nodes],
            children: Vec::new(),
            firsts: vec![0; nodes],
            paid: vec![0.0; nodes * tree.player_count()],
            range: 1.0,
            exact_range: Exact::ONE,
            possible: Vec::new(),
        }
    }

    /// Payoffs at ends, scaled.
    fn pay(&mut self, tree: &Tree, possible: &[bool]) {
        let ends: Vec<(NodeId, Vec<Exact>)> = ends(tree);
        let mut least = vec![Exact::ZERO; self.players];
        let mut widest = Exact::ZERO;
        for (player, least) in least.iter_mut().enumerate() {
            let own = || ends.iter().filter(|(node, _)| possible[node.index()]).map(|(_, paid)| &paid[player]);
            let (Some(low), Some(high)) = (own().min(), own().max()) else { continue };
            widest = widest.max(high - low);
            *least = low.clone();
        }
        if !widest.is_zero() {
            self.range = widest.to_f64();
            self.exact_range = widest;
        }
        for (node, paid) in ends.iter().filter(|(node, _)| possible[node.index()]) {
            for (player, (paid, least)) in paid.iter().zip(&least).enumerate() {
                self.paid[node.index() * self.players + player] = (paid - least).to_f64() / self.range;
            }
        }
    }

    /// Number of variables.
    pub(super) fn len(&self) -> usize {
        self.actions.len()
    }

    /// The child of a choice's node by its action there.
    pub(super) fn child(&self, node: u32, action: usize) -> usize {
        self.children[self.firsts[node as usize] as usize + action] as usize
    }
}

/// Whether chance may lead to each node.
fn possible(tree: &Tree) -> Vec<bool> {
    let mut possible = vec![true; tree.node_count()];
    for node in tree.nodes() {
        let Some((before, action)) = tree.step(node) else { continue };
        let crate::NodeKind::Move(set) = tree.kind(before) else { continue };
        let chance = tree.infoset(set).mover == Mover::Chance;
        possible[node.index()] = possible[before.index()] && !(chance && tree.chance(action).is_zero());
    }
    possible
}

/// Each end with what is paid there and on the way to it.
fn ends(tree: &Tree) -> Vec<(NodeId, Vec<Exact>)> {
    let mut open: Vec<(NodeId, Vec<Exact>)> = Vec::new();
    let mut ends = Vec::new();
    for node in tree.nodes() {
        while open.last().is_some_and(|(end, _)| *end <= node) {
            open.pop();
        }
        let mut sums = open.last().map_or_else(|| vec![Exact::ZERO; tree.player_count()], |(_, sums)| sums.clone());
        if let Some(outcome) = tree.outcome_at(node) {
            let paid = &tree.outcome(outcome).payoffs;
            sums.iter_mut().zip(paid).for_each(|(sum, paid)| *sum = &*sum + paid);
        }
        if tree.is_terminal(node) {
            ends.push((node, sums));
        } else {
            open.push((tree.end(node), sums));
        }
    }
    ends
}
