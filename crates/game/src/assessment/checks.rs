//! Whether an assessment is rational everywhere: read off the tree alone.

use detente_base::Exact;

use super::{Assessment, Powers};
use crate::{InfosetId, Mover, NodeKind, PlayerId, SequenceForm, Tree};

/// The first set at which somebody would do better, against opponents who tremble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QuasiPerfection {
    /// Everybody answers trembling opponents as well as can be, everywhere.
    Holds,
    /// An action is played though another is better.
    Fails {
        /// The set.
        infoset: InfosetId,
        /// What is played, by position in tables over all actions.
        played: usize,
    },
}

impl Assessment {
    /// For each information set what its player could gain there by another action now, as
    /// it believes and if all goes on as assessed. An assessment without gains anywhere is a
    /// *sequential equilibrium*, as its beliefs are consistent.
    ///
    /// Zero for sets of chance and for sets that chance never leads to.
    ///
    /// Source: `[HendonJacobsenSloth1996]`. Cost: O(nodes · players) exact operations.
    pub fn gains(&self, tree: &Tree) -> Vec<Exact> {
        let worths = self.action_worths(tree);
        let gain = |(_, infoset): (InfosetId, &crate::Infoset)| {
            let worths = &worths[infoset.actions.clone()];
            let played = infoset.actions.clone().zip(worths);
            let now: Exact = played.map(|(action, worth)| self.behaviour.of(action) * worth).sum();
            &worths.iter().max().expect("sets have actions").clone() - &now
        };
        tree.infosets().map(gain).collect()
    }

    /// For each action, by position in tables over all actions, what it is worth to its
    /// player, as it believes and if all goes on as assessed; what was paid on the way to the
    /// set not counted. Zero for actions of chance.
    ///
    /// Cost: O(nodes · players) exact operations.
    pub fn action_worths(&self, tree: &Tree) -> Vec<Exact> {
        let values = self.values(tree);
        let mut worths = vec![Exact::ZERO; tree.action_count()];
        for (id, infoset) in tree.infosets() {
            let Mover::Player(player) = infoset.mover else { continue };
            for node in tree.members(id).iter().filter(|node| !self.beliefs[node.index()].is_zero()) {
                for (action, after) in infoset.actions.clone().zip(tree.children(*node)) {
                    let value = &values[after.index()][player.index()];
                    worths[action] = &worths[action] + &(&self.beliefs[node.index()] * value);
                }
            }
        }
        worths
    }

    /// Whether nobody could gain anywhere: the assessment is a sequential equilibrium.
    pub fn is_sequential(&self, tree: &Tree) -> bool {
        self.gains(tree).iter().all(|gain| gain.signum() <= 0)
    }

    /// For each node what follows it is worth to each player; what was paid before not
    /// counted.
    fn values(&self, tree: &Tree) -> Vec<Vec<Exact>> {
        let mut values = vec![vec![Exact::ZERO; tree.player_count()]; tree.node_count()];
        for node in tree.nodes().rev() {
            if let Some(outcome) = tree.outcome_at(node) {
                let paid = &tree.outcome(outcome).payoffs;
                values[node.index()].iter_mut().zip(paid).for_each(|(sum, paid)| *sum = &*sum + paid);
            }
            let Some((before, action)) = tree.step(node) else { continue };
            let likely = self.behaviour.of(action);
            if likely.is_zero() {
                continue;
            }
            let own = std::mem::take(&mut values[node.index()]);
            let sums = &mut values[before.index()];
            sums.iter_mut().zip(&own).for_each(|(sum, value)| *sum = &*sum + &(likely * value));
            values[node.index()] = own;
        }
        values
    }
}

/// Whether a two-player assessment is quasi-perfect, given trembling plans that lead to it:
/// for each player and sequence a polynomial in ε. At every set each action that is played
/// must be a best reply to the other's trembling plan for every small ε, if the player
/// itself does not tremble later.
///
/// Source: `[VanDamme1984]`. Cost: O(nodes · powers) exact operations.
pub(crate) fn quasi_perfection(
    tree: &Tree,
    form: &SequenceForm,
    assessment: &Assessment,
    plans: &[Vec<Powers>],
) -> QuasiPerfection {
    let powers = plans.iter().flatten().map(Vec::len).max().unwrap_or(1);
    for player in 0..2 {
        let worths = worths(tree, form, player, &plans[1 - player], powers);
        let own = &form.players[player];
        let mut worths = worths;
        for set in own.sets.iter().rev() {
            let best = set.sequences().map(|sequence| &worths[sequence]).max().expect("sets have actions").clone();
            let played = |sequence: &usize| !assessment.behaviour.of(own.actions[*sequence]).is_zero();
            if let Some(worse) = set.sequences().filter(played).find(|sequence| worths[*sequence] != best) {
                return QuasiPerfection::Fails { infoset: set.infoset, played: own.actions[worse] };
            }
            let before = &mut worths[set.before as usize];
            before.iter_mut().zip(&best).for_each(|(sum, part)| *sum = &*sum + part);
        }
    }
    QuasiPerfection::Holds
}

/// For each sequence of a player what the ends reached right after it are worth to it, by
/// powers of ε: read node by node.
fn worths(tree: &Tree, form: &SequenceForm, player: usize, other: &[Powers], powers: usize) -> Vec<Powers> {
    let mut of_action = vec![0_usize; tree.action_count()];
    for own in &form.players {
        (1..own.len()).for_each(|sequence| of_action[own.actions[sequence]] = sequence);
    }
    let me = PlayerId::from_index(player);
    let mut worths = vec![vec![Exact::ZERO; powers]; form.players[player].len()];
    // For each node: own sequence, the other's, the chance, and what was paid so far.
    let mut path: Vec<(usize, usize, Exact, Exact)> = Vec::with_capacity(tree.node_count());
    for node in tree.nodes() {
        let mut now = match tree.step(node) {
            None => (0, 0, Exact::ONE, Exact::ZERO),
            Some((before, action)) => {
                let (own, others, chance, paid) = path[before.index()].clone();
                let NodeKind::Move(set) = tree.kind(before) else { unreachable!("ends have nothing after them") };
                match tree.infoset(set).mover {
                    Mover::Chance => (own, others, &chance * tree.chance(action), paid),
                    Mover::Player(mover) if mover == me => (of_action[action], others, chance, paid),
                    Mover::Player(_) => (own, of_action[action], chance, paid),
                }
            }
        };
        if let Some(outcome) = tree.outcome_at(node) {
            now.3 = &now.3 + &tree.outcome(outcome).payoffs[player];
        }
        if tree.is_terminal(node) {
            let paid = &now.2 * &now.3;
            let sum = worths[now.0].iter_mut().zip(&other[now.1]).filter(|(_, weight)| !weight.is_zero());
            sum.for_each(|(sum, weight)| *sum = &*sum + &(&paid * weight));
        }
        path.push(now);
    }
    worths
}
