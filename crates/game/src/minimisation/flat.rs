//! A tree as flat arrays of floats.

use crate::{Forgotten, SequenceForm, Tree};

/// One player's sequences, sets and payoffs.
#[derive(Clone, Debug)]
pub(super) struct FlatPlayer {
    /// For each sequence the position of its last action in tables over all actions.
    pub(super) actions: Vec<usize>,
    /// Sets, each after those before it: the sequence before, and the first of its own.
    pub(super) sets: Vec<FlatSet>,
    /// Where the payoffs of each sequence begin.
    pub(super) starts: Vec<u32>,
    /// What meets each sequence: with two players the other's sequence, otherwise a leaf.
    pub(super) meets: Vec<u32>,
    /// The player's payoff there, times its chance.
    pub(super) payoffs: Vec<f64>,
}

/// A set of one player.
#[derive(Clone, Copy, Debug)]
pub(super) struct FlatSet {
    pub(super) before: u32,
    pub(super) first: u32,
    pub(super) count: u32,
}

/// A tree with perfect recall, compiled.
#[derive(Clone, Debug)]
pub(super) struct Flat {
    pub(super) players: Vec<FlatPlayer>,
    /// With more than two players, each leaf's sequences.
    pub(super) leaves: Vec<u32>,
}

impl FlatSet {
    pub(super) fn sequences(&self) -> std::ops::Range<usize> {
        self.first as usize..(self.first + self.count) as usize
    }
}

impl Flat {
    pub(super) fn new(tree: &Tree) -> Result<Self, Forgotten> {
        let form = SequenceForm::new(tree)?;
        let count = form.players.len();
        let players = (0..count).map(|player| flat_player(&form, player)).collect();
        let all = form.leaves.iter().flat_map(|leaf| leaf.sequences.iter().copied());
        Ok(Self { players, leaves: if count == 2 { Vec::new() } else { all.collect() } })
    }
}

fn flat_player(form: &SequenceForm, player: usize) -> FlatPlayer {
    let own = &form.players[player];
    let mut starts = vec![0_u32; own.len() + 1];
    for leaf in &form.leaves {
        starts[leaf.sequences[player] as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut meets = vec![0_u32; form.leaves.len()];
    let mut payoffs = vec![0.0; form.leaves.len()];
    for (at, leaf) in form.leaves.iter().enumerate() {
        let place = &mut next[leaf.sequences[player] as usize];
        let two = form.players.len() == 2;
        meets[*place as usize] = if two { leaf.sequences[1 - player] } else { at as u32 };
        payoffs[*place as usize] = leaf.payoffs[player].to_f64();
        *place += 1;
    }
    let set = |set: &crate::sequences::SequenceSet| FlatSet { before: set.before, first: set.first, count: set.count };
    FlatPlayer { actions: own.actions.clone(), sets: own.sets.iter().map(set).collect(), starts, meets, payoffs }
}
