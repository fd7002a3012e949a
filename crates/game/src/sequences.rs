//! The sequence form: a tree as linear algebra.
//!
//! A *sequence* of a player is what it has done before some node: nothing (number 0), or an
//! action after a sequence. A realization plan gives sequences weights: 1 for nothing, and
//! at each information set the weights of its actions add up to that of the sequence before
//! it. Payoffs are linear in each player's plan.
//!
//! Source: `[VonStengel1996]`.

use detente_base::Exact;
use rustc_hash::FxHashMap;

use crate::tree::NONE;
use crate::{Behaviour, Forgotten, InfosetId, Mover, PlayerId, Tree};

/// A tree with perfect recall as sequences and payoffs.
#[derive(Clone, Debug)]
pub struct SequenceForm {
    /// For each player its sequences.
    pub players: Vec<SequencePlayer>,
    /// What is paid where chance and the players' sequences meet, equal ones added up.
    pub leaves: Vec<Leaf>,
}

/// A player's sequences.
#[derive(Clone, Debug, Default)]
pub struct SequencePlayer {
    /// Its information sets, each after those before it.
    pub sets: Vec<SequenceSet>,
    /// For each sequence the position of its last action in tables over all actions; the
    /// first has none, and stands at `usize::MAX`.
    pub actions: Vec<usize>,
}

/// An information set and its sequences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SequenceSet {
    /// The set.
    pub infoset: InfosetId,
    /// The sequence before it.
    pub before: u32,
    /// The sequence that ends with its first action; the others follow.
    pub first: u32,
    /// Number of its actions.
    pub count: u32,
}

/// An end of the game, or several that the same sequences lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// Each player's sequence.
    pub sequences: Vec<u32>,
    /// Chance of the leaf if the players play towards it.
    pub chance: Exact,
    /// Each player's payoff times that chance.
    pub payoffs: Vec<Exact>,
}

impl SequencePlayer {
    /// Number of sequences.
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    /// Whether the player never moves.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }
}

impl SequenceForm {
    /// The sequence form of a tree.
    ///
    /// Ends that chance never leads to are left out.
    ///
    /// Cost: O(nodes · players).
    ///
    /// # Errors
    /// When a player has forgotten something.
    pub fn new(tree: &Tree) -> Result<Self, Forgotten> {
        let recall = tree.recall()?;
        let mut players = vec![SequencePlayer::default(); tree.player_count()];
        players.iter_mut().for_each(|player| player.actions.push(usize::MAX));
        // Sequence that ends with each action.
        let mut of_action = vec![0_u32; tree.action_count()];
        for id in tree.sets_as_met() {
            let infoset = tree.infoset(id);
            let Mover::Player(player) = infoset.mover else { continue };
            let own = &mut players[player.index()];
            let first = own.actions.len() as u32;
            for action in infoset.actions.clone() {
                of_action[action] = own.actions.len() as u32;
                own.actions.push(action);
            }
            // The action before was met, and numbered, earlier.
            let before = recall.before[id.index()].map_or(0, |action| of_action[action]);
            own.sets.push(SequenceSet { infoset: id, before, first, count: infoset.actions.len() as u32 });
        }
        Ok(Self { leaves: leaves(tree, &of_action), players })
    }

    /// The realization plan of a player's behaviour.
    pub fn plan(&self, player: PlayerId, behaviour: &Behaviour) -> Vec<Exact> {
        let own = &self.players[player.index()];
        let mut plan = vec![Exact::ZERO; own.len()];
        plan[0] = Exact::ONE;
        for set in &own.sets {
            for sequence in set.sequences() {
                plan[sequence] = &plan[set.before as usize] * behaviour.of(own.actions[sequence]);
            }
        }
        plan
    }

    /// The behaviour of realization plans, one for each player; at sets that a player does
    /// not reach by its own plan every action is as likely.
    pub fn behaviour(&self, tree: &Tree, plans: &[Vec<Exact>]) -> Behaviour {
        let mut probabilities = Behaviour::uniform(tree).probabilities().to_vec();
        for (own, plan) in self.players.iter().zip(plans) {
            for set in &own.sets {
                let before = &plan[set.before as usize];
                if before.is_zero() {
                    continue;
                }
                for sequence in set.sequences() {
                    probabilities[own.actions[sequence]] = plan[sequence].checked_div(before).expect("not zero");
                }
            }
        }
        Behaviour::new(tree, probabilities).expect("a realization plan adds up")
    }
}

impl SequenceSet {
    /// Its sequences.
    pub fn sequences(&self) -> std::ops::Range<usize> {
        self.first as usize..(self.first + self.count) as usize
    }
}

/// Where the tree ends, by sequences.
fn leaves(tree: &Tree, of_action: &[u32]) -> Vec<Leaf> {
    struct Path {
        sequences: Vec<u32>,
        chance: Exact,
        payoffs: Vec<Exact>,
    }
    let players = tree.player_count();
    let mut open: Vec<(u32, Path)> = Vec::new();
    let mut found: Vec<Leaf> = Vec::new();
    let mut places: FxHashMap<Vec<u32>, usize> = FxHashMap::default();
    for node in tree.nodes() {
        while open.last().is_some_and(|(end, _)| *end <= node.0) {
            open.pop();
        }
        let start = Path { sequences: vec![0; players], chance: Exact::ONE, payoffs: vec![Exact::ZERO; players] };
        let mut path = match (open.last(), tree.parent(node)) {
            (Some((_, before)), Some((parent, action))) => {
                let set = tree.nodes[parent.index()].infoset;
                let infoset = tree.infoset(InfosetId(set));
                let action = infoset.actions.start + action;
                let mut sequences = before.sequences.clone();
                let mut chance = before.chance.clone();
                match infoset.mover {
                    Mover::Chance => chance = &chance * tree.chance(action),
                    Mover::Player(player) => sequences[player.index()] = of_action[action],
                }
                Path { sequences, chance, payoffs: before.payoffs.clone() }
            }
            _ => start,
        };
        if let Some(outcome) = tree.outcome_at(node) {
            let paid = &tree.outcome(outcome).payoffs;
            path.payoffs.iter_mut().zip(paid).for_each(|(sum, payoff)| *sum = &*sum + payoff);
        }
        if tree.nodes[node.index()].infoset != NONE {
            open.push((tree.end(node).0, path));
            continue;
        }
        if path.chance.is_zero() {
            continue;
        }
        let payoffs = path.payoffs.iter().map(|payoff| payoff * &path.chance);
        match places.get(&path.sequences) {
            Some(at) => {
                let leaf = &mut found[*at];
                leaf.chance = &leaf.chance + &path.chance;
                leaf.payoffs.iter_mut().zip(payoffs).for_each(|(sum, payoff)| *sum = &*sum + &payoff);
            }
            None => {
                let payoffs = payoffs.collect();
                places.insert(path.sequences.clone(), found.len());
                found.push(Leaf { sequences: path.sequences, chance: path.chance, payoffs });
            }
        }
    }
    found
}
