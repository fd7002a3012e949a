//! Legal sequences from one state, shortest first.

use detente_base::{Budget, StopReason};

use super::Step;
use crate::model::{DmId, Model, StateId};
use crate::moves::{FreePart, MoveKind, visit_arcs, visit_moves};

/// A breadth-first search over pairs (state, last mover).
///
/// Movers are tried in order and targets in ascending order, so that the sequences
/// found are always the same. A state that is met again with another last mover is
/// expanded again, for the mover that was barred the first time.
///
/// Cost: O(n·d) time and memory for free coordinates; n states, d movers. Moves by
/// other coordinates and listed moves are followed one by one.
pub(crate) struct Paths<'m> {
    model: &'m Model,
    group: Vec<Mover>,
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

/// 0, so that the table need not be written before it is used.
const UNSEEN: u16 = 0;
const SETTLED: u16 = u16::MAX;

fn mark(last: DmId) -> u16 {
    last.0 as u16 + 1
}

/// A member of the group and from where its own coordinates were followed.
struct Mover {
    dm: DmId,
    free: Option<FreePart>,
    /// By base code: any moves: 0, then the first state followed from plus one, then
    /// `u32::MAX`; improving moves: the complement of the least rank followed from.
    followed: Vec<u32>,
}

impl Mover {
    fn new(model: &Model, dm: DmId) -> Self {
        let free = FreePart::new(model, dm);
        let followed = if free.is_some() { vec![0; model.space().code_count()] } else { Vec::new() };
        Self { dm, free, followed }
    }

    /// Whether following its coordinates from a state can lead to new positions; the
    /// state then counts as followed.
    fn follows(&mut self, model: &Model, state: StateId, kind: MoveKind) -> bool {
        let code = model.code(state);
        let Some(free) = self.free.as_ref().filter(|_| model.sees(self.dm, code)) else {
            return true;
        };
        let followed = &mut self.followed[free.base(code) as usize];
        let (before, now) = match kind {
            // From one state all are reached but itself, from two all.
            MoveKind::Any if *followed == 0 => (0, state.0 + 1),
            MoveKind::Any if *followed == state.0 + 1 => (*followed, *followed),
            MoveKind::Any => (*followed, u32::MAX),
            // What is better than a state is better than any worse state.
            MoveKind::Improving => (*followed, (*followed).max(!model.rank(self.dm, state))),
        };
        *followed = now;
        before != now
    }
}

impl<'m> Paths<'m> {
    /// The legal sequences of a group from a state.
    pub(crate) fn new(model: &'m Model, group: Vec<DmId>, kind: MoveKind, from: StateId) -> Self {
        let group = group.into_iter().map(|dm| Mover::new(model, dm)).collect();
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
                    let mover = self.group[member].dm;
                    let may_move = match node.free {
                        Free::All => true,
                        Free::AllBut(last) => mover != last,
                        Free::Only(one) => mover == one,
                    };
                    if may_move {
                        self.expand(index, member, &mut first_met);
                    }
                }
            }
        }
        Ok(first_met)
    }

    fn expand(&mut self, index: usize, member: usize, first_met: &mut Vec<usize>) {
        let Node { state, depth, .. } = self.nodes[index];
        let mut targets = std::mem::take(&mut self.scratch);
        let mover = self.group[member].dm;
        if self.group[member].follows(self.model, state, self.kind) {
            visit_moves(self.model, mover, state, self.kind, &mut targets);
        } else {
            targets.clear();
            visit_arcs(self.model, mover, state, self.kind, &mut targets);
        }
        for &target in &targets {
            let met = &mut self.met[target.index()];
            let free = match *met {
                SETTLED => continue,
                UNSEEN => {
                    *met = mark(mover);
                    first_met.push(self.nodes.len());
                    Free::AllBut(mover)
                }
                last if last == mark(mover) => continue,
                last => {
                    *met = SETTLED;
                    Free::Only(DmId(u32::from(last) - 1))
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
