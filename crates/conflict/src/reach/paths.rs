//! Legal sequences from one state, shortest first.

use detente_base::{Budget, StopReason};

use super::Step;
use crate::model::{DmId, Model, StateId};
use crate::moves::{MoveKind, visit_moves};

/// A breadth-first search over pairs (state, last mover).
///
/// Movers are tried in order and targets in ascending order, so that the sequences
/// found are always the same. A state that is met again with another last mover is
/// expanded again, for the mover that was barred the first time.
pub(crate) struct Paths<'m> {
    model: &'m Model,
    group: Vec<DmId>,
    kind: MoveKind,
    /// Positions in the order in which they were found.
    nodes: Vec<Node>,
    /// What is known of each state: [`UNSEEN`], [`SETTLED`] or the last mover of
    /// its only position so far.
    met: Vec<u16>,
    next: usize,
    scratch: Vec<StateId>,
}

/// A position of the search.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    state: StateId,
    /// Number of steps from the start.
    depth: u32,
    /// The movers who may go on from here.
    free: Free,
    /// Position before and who moved; `None` at the start.
    before: Option<(u32, DmId)>,
}

#[derive(Clone, Copy, Debug)]
enum Free {
    All,
    AllBut(DmId),
    Only(DmId),
}

const UNSEEN: u16 = u16::MAX;
const SETTLED: u16 = u16::MAX - 1;

impl<'m> Paths<'m> {
    /// The legal sequences of a group from a state.
    pub(crate) fn new(model: &'m Model, group: Vec<DmId>, kind: MoveKind, from: StateId) -> Self {
        let mut met = vec![UNSEEN; model.state_count()];
        met[from.index()] = SETTLED;
        let nodes = vec![Node { state: from, depth: 0, free: Free::All, before: None }];
        Self { model, group, kind, nodes, met, next: 0, scratch: Vec::new() }
    }

    /// Makes more steps everywhere, until a state is met for the first time, and returns the
    /// positions of those states; empty at the end. The start counts as met.
    pub(crate) fn advance(&mut self, budget: &Budget) -> Result<Vec<usize>, StopReason> {
        let mut first_met = Vec::new();
        // A level may consist of states met before only.
        while first_met.is_empty() && self.next < self.nodes.len() {
            let level = self.next..self.nodes.len();
            self.next = level.end;
            for index in level {
                if index % (1 << 10) == 0 {
                    budget.check()?;
                }
                let node = self.nodes[index];
                for member in 0..self.group.len() {
                    let mover = self.group[member];
                    let may_move = match node.free {
                        Free::All => true,
                        Free::AllBut(last) => mover != last,
                        Free::Only(one) => mover == one,
                    };
                    if may_move {
                        self.expand(index, mover, &mut first_met);
                    }
                }
            }
        }
        Ok(first_met)
    }

    fn expand(&mut self, index: usize, mover: DmId, first_met: &mut Vec<usize>) {
        let Node { state, depth, .. } = self.nodes[index];
        let mut targets = std::mem::take(&mut self.scratch);
        visit_moves(self.model, mover, state, self.kind, &mut targets);
        for &target in &targets {
            let met = &mut self.met[target.index()];
            let free = match *met {
                SETTLED => continue,
                UNSEEN => {
                    *met = mover.0 as u16;
                    first_met.push(self.nodes.len());
                    Free::AllBut(mover)
                }
                last if u32::from(last) == mover.0 => continue,
                last => {
                    *met = SETTLED;
                    Free::Only(DmId(last.into()))
                }
            };
            self.nodes.push(Node { state: target, depth: depth + 1, free, before: Some((index as u32, mover)) });
        }
        self.scratch = targets;
    }

    /// The state of a position.
    pub(crate) fn state(&self, position: usize) -> StateId {
        self.nodes[position].state
    }

    /// Number of steps to a position.
    pub(crate) fn depth(&self, position: usize) -> u32 {
        self.nodes[position].depth
    }

    /// The steps that lead to a position.
    pub(crate) fn path(&self, position: usize) -> Vec<Step> {
        steps_to(&self.nodes, position)
    }

    /// The positions found so far; each refers to the one before it.
    pub(crate) fn into_nodes(self) -> Vec<Node> {
        self.nodes
    }
}

/// The steps that lead to a position.
pub(crate) fn steps_to(nodes: &[Node], position: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut node = nodes[position];
    while let Some((before, mover)) = node.before {
        steps.push(Step { mover, to: node.state });
        node = nodes[before as usize];
    }
    steps.reverse();
    steps
}
