//! A tree without actions that are worse than another whatever anybody does.
//!
//! At a set an action is left out if at every node of it another action gives more in the
//! worst case than it gives in the best; then again, with what is left. No belief makes it a
//! best reply. Sets with one action left disappear. What is found on the smaller tree is
//! carried back with trembles of a power above all others for what was left out, and has to
//! pass the checks on the whole tree.
//!
//! Only actions are left out below which no set lies as a whole: what is done there would be
//! open.

use detente_base::Exact;

use super::parts::copied;
use super::start::Problem;
use crate::{Behaviour, Infoset, InfosetId, Mover, NodeId, NodeKind, Tree};

/// What is left of a tree.
pub(super) struct Undominated {
    pub(super) tree: Tree,
    /// For each of its actions that of the whole tree.
    origin: Vec<usize>,
    /// For each action of the whole tree whether it was left out.
    out: Vec<bool>,
}

impl Undominated {
    /// The tree without dominated actions; nothing if there are none.
    pub(super) fn new(tree: &Tree) -> Option<Self> {
        let mut search = Search::new(tree);
        while search.round() {}
        search.out.contains(&true).then(|| search.built())
    }

    /// A prior, with what was left out divided among the rest.
    pub(super) fn prior(&self, whole: &Behaviour) -> Behaviour {
        let mut probabilities: Vec<Exact> = self.origin.iter().map(|action| whole.of(*action).clone()).collect();
        for (_, set) in self.tree.infosets() {
            let sum: Exact = probabilities[set.actions.clone()].iter().cloned().sum();
            let part = |own: &Exact| own.checked_div(&sum).unwrap_or(Exact::ZERO);
            set.actions.clone().for_each(|action| probabilities[action] = part(&probabilities[action]));
        }
        Behaviour::new(&self.tree, probabilities).expect("parts of their sum")
    }

    /// The problem of the whole tree with other trembles: what was left out trembles by a
    /// power above what two players reach together in the smaller one, `small`. And which of
    /// its sequences are played, given that for the smaller one.
    pub(super) fn carried(&self, whole: &mut Problem<'_>, (small, played): (&Problem<'_>, &[bool])) -> Vec<bool> {
        let last = 2 * small.depth + 1;
        let mut found: Vec<Option<(usize, bool)>> = vec![None; self.out.len()];
        for player in 0..2 {
            let own = small.player(player);
            for at in 1..own.len() {
                let known = (small.levels[player][at], played[small.position(player, at)]);
                found[self.origin[own.actions[at]]] = Some(known);
            }
        }
        let mut carried = vec![false; whole.size()];
        for player in 0..2 {
            for at in 1..whole.player(player).len() {
                let action = whole.player(player).actions[at];
                // The only action that is left at a set is played.
                let (level, own) = found[action].unwrap_or((last, !self.out[action]));
                whole.levels[player][at] = level;
                carried[whole.position(player, at)] = own;
            }
        }
        whole.depth = last;
        carried
    }
}

struct Search<'t> {
    tree: &'t Tree,
    out: Vec<bool>,
    /// Nodes that actions left out lead to.
    dead: Vec<bool>,
    /// For each player and node: the rank of its payoff among all, if the game ends there.
    ranks: Vec<Vec<u32>>,
    payoffs: Vec<Vec<Exact>>,
}

impl<'t> Search<'t> {
    fn new(tree: &'t Tree) -> Self {
        let mut payoffs: Vec<Vec<Exact>> = Vec::with_capacity(tree.node_count());
        for node in tree.nodes() {
            let mut sums = match tree.parent(node) {
                Some((before, _)) => payoffs[before.index()].clone(),
                None => vec![Exact::ZERO; tree.player_count()],
            };
            if let Some(outcome) = tree.outcome_at(node) {
                let paid = &tree.outcome(outcome).payoffs;
                sums.iter_mut().zip(paid).for_each(|(sum, paid)| *sum = &*sum + paid);
            }
            payoffs.push(sums);
        }
        let rank = |player: usize| {
            let mut order: Vec<&Exact> = payoffs.iter().map(|own| &own[player]).collect();
            order.sort_unstable();
            order.dedup();
            payoffs.iter().map(|own| order.binary_search(&&own[player]).map_or(0, |at| at as u32)).collect()
        };
        let ranks = (0..tree.player_count()).map(rank).collect();
        Self { tree, out: vec![false; tree.action_count()], dead: vec![false; tree.node_count()], ranks, payoffs }
    }

    /// Leaves out what is dominated now; whether there was anything.
    fn round(&mut self) -> bool {
        let ranges: Vec<Vec<(u32, u32)>> = (0..self.tree.player_count()).map(|player| self.ranges(player)).collect();
        let mut any = false;
        for (id, set) in self.tree.infosets() {
            let Mover::Player(player) = set.mover else { continue };
            let members: Vec<NodeId> =
                self.tree.members(id).iter().copied().filter(|node| !self.dead[node.index()]).collect();
            if members.is_empty() {
                continue;
            }
            let range = &ranges[player.index()];
            for action in set.actions.clone() {
                if !self.out[action]
                    && self.is_dominated((set, action), &members, range)
                    && self.may_go((set, action), &members)
                {
                    self.leave_out((set, action), &members);
                    any = true;
                }
            }
        }
        any
    }

    /// For each node the least and most that a player may still get, as ranks.
    fn ranges(&self, player: usize) -> Vec<(u32, u32)> {
        let mut ranges = vec![(u32::MAX, 0); self.tree.node_count()];
        for node in self.tree.nodes().rev().filter(|node| !self.dead[node.index()]) {
            if self.tree.is_terminal(node) {
                let rank = self.ranks[player][node.index()];
                ranges[node.index()] = (rank, rank);
            }
            if let Some((before, _)) = self.tree.parent(node) {
                let (low, high) = ranges[node.index()];
                let sum = &mut ranges[before.index()];
                *sum = (sum.0.min(low), sum.1.max(high));
            }
        }
        ranges
    }

    fn is_dominated(&self, (set, action): (&Infoset, usize), members: &[NodeId], range: &[(u32, u32)]) -> bool {
        let after = |node: &NodeId, action: usize| range[self.tree.child(*node, action - set.actions.start).index()];
        let better = |other: usize| members.iter().all(|node| after(node, action).1 < after(node, other).0);
        set.actions.clone().any(|other| other != action && !self.out[other] && better(other))
    }

    /// The nodes that an action of these members leads to and that are still there.
    fn below(&self, (set, action): (&Infoset, usize), members: &[NodeId]) -> Vec<usize> {
        let range = |node: &NodeId| {
            let child = self.tree.child(*node, action - set.actions.start);
            child.index()..self.tree.end(child).index()
        };
        members.iter().flat_map(range).filter(|node| !self.dead[*node]).collect()
    }

    /// Whether every set below an action is also met elsewhere.
    fn may_go(&self, of: (&Infoset, usize), members: &[NodeId]) -> bool {
        let mut lost: rustc_hash::FxHashMap<InfosetId, usize> = rustc_hash::FxHashMap::default();
        for node in self.below(of, members) {
            if let NodeKind::Move(set) = self.tree.kind(NodeId::from_index(node)) {
                *lost.entry(set).or_default() += 1;
            }
        }
        lost.iter().all(|(set, lost)| {
            let chance = self.tree.infoset(*set).mover == Mover::Chance;
            chance || self.tree.members(*set).iter().filter(|node| !self.dead[node.index()]).count() > *lost
        })
    }

    fn leave_out(&mut self, of: (&Infoset, usize), members: &[NodeId]) {
        for node in self.below(of, members) {
            self.dead[node] = true;
        }
        self.out[of.1] = true;
    }

    fn built(self) -> Undominated {
        let nodes = self.tree.nodes().filter(|node| !self.dead[node.index()]);
        let (tree, origin) = copied(self.tree, nodes, &self.out, |node| self.payoffs[node.index()].clone());
        Undominated { tree, origin, out: self.out }
    }
}
