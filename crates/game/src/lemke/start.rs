//! The problem: who has which sequences, what meets pays, and where the path begins.

use detente_base::Exact;

use crate::{SequenceForm, SequencePlayer};

/// Payoffs where two sequences meet.
pub(super) struct Meeting {
    /// Sequence of the one and of the other, 0 for nothing done.
    pub(super) at: [usize; 2],
    pub(super) payoffs: [Exact; 2],
}

pub(super) struct Problem<'a> {
    pub(super) form: &'a SequenceForm,
    pub(super) meetings: Vec<Meeting>,
    /// For each player the own moves of each sequence: its trembles have this power.
    pub(super) levels: [Vec<usize>; 2],
    /// The greatest of them.
    pub(super) depth: usize,
    /// For each player the prior's weights.
    pub(super) prior: &'a [Vec<Exact>; 2],
    /// For each player and set the sequence that answers the prior.
    pub(super) reply: [Vec<usize>; 2],
    /// For each player the set each sequence belongs to.
    pub(super) set_of: [Vec<usize>; 2],
    /// For each player and sequence the sets that follow it.
    pub(super) after: [Vec<Vec<usize>>; 2],
}

impl<'a> Problem<'a> {
    pub(super) fn new(form: &'a SequenceForm, prior: &'a [Vec<Exact>; 2]) -> Self {
        let own = [&form.players[0], &form.players[1]];
        let levels = own.map(levels);
        let depth = levels.iter().flatten().copied().max().unwrap_or(0);
        let meetings = form.leaves.iter().map(|leaf| Meeting {
            at: [leaf.sequences[0] as usize, leaf.sequences[1] as usize],
            payoffs: [leaf.payoffs[0].clone(), leaf.payoffs[1].clone()],
        });
        let mut problem = Self {
            form,
            meetings: meetings.collect(),
            levels,
            depth,
            prior,
            reply: [Vec::new(), Vec::new()],
            set_of: own.map(set_of),
            after: own.map(after),
        };
        problem.reply = [0, 1].map(|player| problem.replies(player));
        problem
    }

    pub(super) fn player(&self, player: usize) -> &SequencePlayer {
        &self.form.players[player]
    }

    /// Sequences of both players, without those of nothing done.
    pub(super) fn size(&self) -> usize {
        self.form.players.iter().map(|player| player.len() - 1).sum()
    }

    /// Position of a sequence among those of both players.
    pub(super) fn position(&self, player: usize, sequence: usize) -> usize {
        sequence - 1 + if player == 0 { 0 } else { self.form.players[0].len() - 1 }
    }

    /// For each sequence of a player what it is worth against the other's prior.
    fn worths(&self, player: usize) -> Vec<Exact> {
        let mut worths = vec![Exact::ZERO; self.player(player).len()];
        for meeting in &self.meetings {
            let paid = &meeting.payoffs[player] * &self.prior[1 - player][meeting.at[1 - player]];
            let worth = &mut worths[meeting.at[player]];
            *worth = &*worth + &paid;
        }
        worths
    }

    /// The best reply to the prior at every set, also at those that it does not lead to.
    fn replies(&self, player: usize) -> Vec<usize> {
        let mut worths = self.worths(player);
        let sets = &self.player(player).sets;
        let mut reply = vec![0; sets.len()];
        for (at, set) in sets.iter().enumerate().rev() {
            // Later sets have added what they are worth to the sequence before them.
            let mut best = set.first as usize;
            for sequence in set.sequences() {
                if worths[sequence] > worths[best] {
                    best = sequence;
                }
            }
            reply[at] = best;
            let worth = worths[best].clone();
            let before = &mut worths[set.before as usize];
            *before = &*before + &worth;
        }
        reply
    }
}

fn levels(player: &SequencePlayer) -> Vec<usize> {
    let mut levels = vec![0; player.len()];
    for set in &player.sets {
        for sequence in set.sequences() {
            levels[sequence] = levels[set.before as usize] + 1;
        }
    }
    levels
}

fn set_of(player: &SequencePlayer) -> Vec<usize> {
    let mut of = vec![usize::MAX; player.len()];
    for (at, set) in player.sets.iter().enumerate() {
        set.sequences().for_each(|sequence| of[sequence] = at);
    }
    of
}

fn after(player: &SequencePlayer) -> Vec<Vec<usize>> {
    let mut after = vec![Vec::new(); player.len()];
    for (at, set) in player.sets.iter().enumerate() {
        after[set.before as usize].push(at);
    }
    after
}
