//! What kind of game a tree is: recall, information, sums, subgames.

use detente_base::Exact;

use super::{InfosetId, Mover, NONE, NodeId, NodeKind, PlayerId, Tree};

/// What players remember.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recall {
    /// For each node of a player its own last action before, as a position in tables over
    /// all actions; nothing where it has not moved yet. The same for all nodes of a set.
    pub before: Vec<Option<usize>>,
}

/// An information set in which a player has forgotten something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// The set.
    pub infoset: InfosetId,
    /// Two of its nodes before which the player itself has moved differently.
    pub nodes: (NodeId, NodeId),
    /// Whether one of them follows the other: the player does not know that it has moved
    /// here before.
    pub absent_minded: bool,
}

impl Tree {
    /// For each information set the player's own last action before it, if every player has
    /// perfect recall: it moves in the same way before all nodes of a set.
    ///
    /// Source: `[Kuhn1953]`. Cost: O(nodes + depth).
    ///
    /// # Errors
    /// The first set in which somebody has forgotten something.
    pub fn recall(&self) -> Result<Recall, Forgotten> {
        // An action is taken in one set only, so the last action tells the whole sequence if
        // the sets before are known to be remembered.
        let last = self.own_actions();
        let mut before = vec![None; self.infosets.len()];
        for (infoset, members) in self.members.iter().enumerate() {
            if self.infosets[infoset].mover == Mover::Chance {
                continue;
            }
            let Some((first, rest)) = members.split_first() else { continue };
            for node in rest {
                if last[node.index()] != last[first.index()] {
                    return Err(Forgotten {
                        infoset: InfosetId::from_index(infoset),
                        nodes: (*first, *node),
                        absent_minded: members.windows(2).any(|pair| self.end(pair[0]) > pair[1]),
                    });
                }
            }
            before[infoset] = (last[first.index()] != NONE).then_some(last[first.index()] as usize);
        }
        Ok(Recall { before })
    }

    /// For each node the last action before it of whoever moves there.
    fn own_actions(&self) -> Vec<u32> {
        let mut last = vec![NONE; self.nodes.len()];
        let mut now = vec![NONE; self.players.len()];
        // What was the last action before each open move, to go back to.
        let mut open: Vec<(u32, PlayerId, u32)> = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            while open.last().is_some_and(|(end, ..)| *end <= at as u32) {
                let (_, player, action) = open.pop().expect("it was looked at");
                now[player.index()] = action;
            }
            if node.parent != NONE {
                let infoset = &self.infosets[self.nodes[node.parent as usize].infoset as usize];
                if let Mover::Player(player) = infoset.mover {
                    open.push((node.end, player, now[player.index()]));
                    now[player.index()] = infoset.actions.start as u32 + node.action;
                }
            }
            if node.infoset != NONE
                && let Mover::Player(player) = self.infosets[node.infoset as usize].mover
            {
                last[at] = now[player.index()];
            }
        }
        last
    }

    /// The information sets that have nodes, in the order in which a reader of the tree meets
    /// them: what follows a set comes after it, whoever remembers what it did.
    pub(crate) fn sets_as_met(&self) -> Vec<InfosetId> {
        let mut sets: Vec<InfosetId> = (0..self.infosets.len()).map(InfosetId::from_index).collect();
        sets.retain(|set| !self.members[set.index()].is_empty());
        sets.sort_by_key(|set| self.members[set.index()][0]);
        sets
    }

    /// Moves on the longest path.
    pub fn depth(&self) -> usize {
        let mut depths = vec![0_usize; self.nodes.len()];
        for at in 1..self.nodes.len() {
            depths[at] = depths[self.nodes[at].parent as usize] + 1;
        }
        depths.into_iter().max().unwrap_or(0)
    }

    /// Whether everybody always knows where the game is.
    pub fn has_perfect_information(&self) -> bool {
        self.members.iter().zip(&self.infosets).all(|(nodes, set)| set.mover == Mover::Chance || nodes.len() <= 1)
    }

    /// The sum of all payoffs, if it is the same at every end.
    ///
    /// Cost: O(nodes · players).
    pub fn constant_sum(&self) -> Option<Exact> {
        let paid: Vec<Exact> = self.outcomes.iter().map(|outcome| outcome.payoffs.iter().cloned().sum()).collect();
        let mut sums: Vec<Exact> = Vec::with_capacity(self.nodes.len());
        let mut found: Option<Exact> = None;
        for node in &self.nodes {
            let before = if node.parent == NONE { &Exact::ZERO } else { &sums[node.parent as usize] };
            let sum = if node.outcome == NONE { before.clone() } else { before + &paid[node.outcome as usize] };
            if node.infoset == NONE {
                match &found {
                    Some(found) if *found != sum => return None,
                    Some(_) => {}
                    None => found = Some(sum.clone()),
                }
            }
            sums.push(sum);
        }
        found
    }

    /// The nodes from which on the game is a game of its own: no information set has nodes
    /// both there and elsewhere. The root is one; ends are not.
    ///
    /// Cost: O(nodes · log nodes).
    pub fn subgame_roots(&self) -> Vec<NodeId> {
        // For each node the first and last member of the sets met there.
        let span = |at: usize| match self.nodes[at].infoset {
            NONE => None,
            // What chance does nobody has to tell apart.
            set if self.infosets[set as usize].mover == Mover::Chance => None,
            set => {
                let members = &self.members[set as usize];
                Some((members[0].0, members[members.len() - 1].0))
            }
        };
        let mut reach: Vec<(u32, u32)> =
            (0..self.nodes.len()).map(|at| span(at).unwrap_or((at as u32, at as u32))).collect();
        for at in (1..self.nodes.len()).rev() {
            let parent = self.nodes[at].parent as usize;
            reach[parent] = (reach[parent].0.min(reach[at].0), reach[parent].1.max(reach[at].1));
        }
        let own = |node: &NodeId| {
            let (low, high) = reach[node.index()];
            low >= node.0 && high < self.end(*node).0
        };
        self.nodes().filter(|node| matches!(self.kind(*node), NodeKind::Move(_))).filter(own).collect()
    }
}
