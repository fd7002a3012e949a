//! Building a tree node by node, each before what follows it.

use detente_base::Exact;
use rustc_hash::FxHashMap;

use super::{Infoset, InfosetId, Mover, NONE, Node, NodeId, Outcome, OutcomeId, Tree};

/// A tree that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// Nobody plays.
    #[error("the game has no players")]
    NoPlayers,
    /// There is no node.
    #[error("the game has no nodes")]
    NoNodes,
    /// Actions at the end of the tree lead nowhere.
    #[error("{missing} actions lead nowhere")]
    Unfinished {
        /// How many.
        missing: u64,
    },
    /// Nodes after the tree has ended.
    #[error("node {node} follows no action")]
    Beyond {
        /// The first of them, counted from 0.
        node: usize,
    },
    /// An information set without actions.
    #[error("an information set has no actions")]
    NoActions {
        /// The set.
        infoset: InfosetId,
    },
    /// Chances that are negative or do not add up to one.
    #[error("the chances of an information set add up to {sum}")]
    Chances {
        /// The set.
        infoset: InfosetId,
        /// What they add up to.
        sum: Exact,
    },
    /// Payoffs that are not one for each player.
    #[error("{found} payoffs where there are {players} players")]
    Payoffs {
        /// Payoffs given.
        found: usize,
        /// Players.
        players: usize,
    },
    /// More than 2³² − 1 nodes.
    #[error("the tree has too many nodes")]
    TooManyNodes,
}

/// Builds a [`Tree`] in prefix order: after a decision or a chance move come its actions'
/// subtrees, one after another.
#[derive(Clone, Debug)]
pub struct TreeBuilder {
    tree: Tree,
    /// Open nodes with the number of actions that still lead nowhere.
    open: Vec<(u32, u32)>,
    /// Positions of the next child to fill in, for each open node.
    fault: Option<TreeError>,
    numbers: FxHashMap<Mover, i64>,
}

impl TreeBuilder {
    /// A tree without nodes.
    pub fn new(title: &str, players: &[&str]) -> Self {
        let tree = Tree {
            title: title.to_owned(),
            comment: None,
            players: players.iter().map(|name| (*name).to_owned()).collect(),
            nodes: Vec::new(),
            children: Vec::new(),
            names: Vec::new(),
            infosets: Vec::new(),
            members: Vec::new(),
            action_labels: Vec::new(),
            chances: Vec::new(),
            outcomes: Vec::new(),
        };
        let fault = players.is_empty().then_some(TreeError::NoPlayers);
        Self { tree, open: Vec::new(), fault, numbers: FxHashMap::default() }
    }

    /// What is said of the game.
    pub fn comment(&mut self, comment: &str) {
        self.tree.comment = Some(comment.to_owned());
    }

    /// An information set of a player, numbered after the player's others.
    pub fn infoset<S: AsRef<str>>(&mut self, mover: Mover, label: &str, actions: &[S]) -> InfosetId {
        let next = self.numbers.get(&mover).map_or(1, |number| number + 1);
        self.numbered_infoset(mover, (next, label), actions, &[])
    }

    /// A chance move, numbered after the others, with the chance of each action.
    pub fn chance_set<S: AsRef<str>>(&mut self, label: &str, actions: &[S], chances: &[Exact]) -> InfosetId {
        let next = self.numbers.get(&Mover::Chance).map_or(1, |number| number + 1);
        self.numbered_infoset(Mover::Chance, (next, label), actions, chances)
    }

    /// An information set with its number; with the chance of each action for chance, and
    /// none for a player.
    pub fn numbered_infoset<S: AsRef<str>>(
        &mut self,
        mover: Mover,
        (number, label): (i64, &str),
        actions: &[S],
        chances: &[Exact],
    ) -> InfosetId {
        let id = InfosetId::from_index(self.tree.infosets.len());
        let largest = self.numbers.entry(mover).or_insert(number);
        *largest = number.max(*largest);
        let first = self.tree.action_labels.len();
        self.tree.action_labels.extend(actions.iter().map(|label| label.as_ref().to_owned()));
        if mover == Mover::Chance {
            let sum: Exact = chances.iter().cloned().sum();
            if sum != Exact::ONE || chances.len() != actions.len() || chances.iter().any(|c| c.signum() < 0) {
                self.fail(TreeError::Chances { infoset: id, sum });
            }
            self.tree.chances.extend_from_slice(chances);
        }
        self.tree.chances.resize(first + actions.len(), Exact::ZERO);
        if actions.is_empty() {
            self.fail(TreeError::NoActions { infoset: id });
        }
        let actions = first..self.tree.action_labels.len();
        self.tree.infosets.push(Infoset { mover, number, label: label.to_owned(), actions });
        self.tree.members.push(Vec::new());
        id
    }

    /// An outcome that nodes may share, numbered after the others.
    pub fn outcome(&mut self, label: &str, payoffs: Vec<Exact>) -> OutcomeId {
        let number = self.tree.outcomes.len() as i64 + 1;
        self.numbered_outcome((number, label), payoffs)
    }

    /// An outcome with its number.
    pub fn numbered_outcome(&mut self, (number, label): (i64, &str), payoffs: Vec<Exact>) -> OutcomeId {
        let players = self.tree.players.len();
        if payoffs.len() != players {
            self.fail(TreeError::Payoffs { found: payoffs.len(), players });
        }
        self.tree.outcomes.push(Outcome { number, label: label.to_owned(), payoffs });
        OutcomeId::from_index(self.tree.outcomes.len() - 1)
    }

    /// An outcome that was described.
    pub(crate) fn described_outcome(&self, outcome: OutcomeId) -> &Outcome {
        self.tree.outcome(outcome)
    }

    /// The next node: somebody moves.
    pub fn decision(&mut self, infoset: InfosetId) -> NodeId {
        self.node("", Some(infoset), None)
    }

    /// The next node: the game ends with payoffs of its own.
    pub fn terminal(&mut self, payoffs: Vec<Exact>) -> NodeId {
        let outcome = self.outcome("", payoffs);
        self.node("", None, Some(outcome))
    }

    /// The next node: an end without an information set; with what is paid there.
    pub fn node(&mut self, label: &str, infoset: Option<InfosetId>, outcome: Option<OutcomeId>) -> NodeId {
        let at = self.tree.nodes.len();
        if at as u64 >= u64::from(NONE) {
            self.fail(TreeError::TooManyNodes);
            return NodeId(0);
        }
        let id = NodeId::from_index(at);
        let (parent, action) = self.place(id);
        let first_child = self.tree.children.len() as u32;
        let actions = infoset.map_or(0, |infoset| self.tree.infosets[infoset.index()].actions.len());
        self.tree.children.resize(self.tree.children.len() + actions, NONE);
        self.tree.nodes.push(Node {
            parent,
            end: id.0 + 1,
            infoset: infoset.map_or(NONE, |infoset| infoset.0),
            outcome: outcome.map_or(NONE, |outcome| outcome.0),
            action,
            first_child,
        });
        if let Some(infoset) = infoset {
            self.tree.members[infoset.index()].push(id);
            self.open.push((id.0, actions as u32));
        }
        if !label.is_empty() {
            self.tree.names.push((id.0, label.to_owned()));
        }
        self.close();
        id
    }

    /// The action that a new node follows.
    fn place(&mut self, id: NodeId) -> (u32, u32) {
        let Some((parent, left)) = self.open.last_mut() else {
            if id.0 > 0 {
                self.fail(TreeError::Beyond { node: id.index() });
            }
            return (NONE, 0);
        };
        let parent = *parent;
        let node = self.tree.nodes[parent as usize];
        let actions = self.tree.infosets[node.infoset as usize].actions.len() as u32;
        let action = actions - *left;
        *left -= 1;
        self.tree.children[(node.first_child + action) as usize] = id.0;
        (parent, action)
    }

    /// Closes nodes all of whose actions lead somewhere.
    fn close(&mut self) {
        let end = self.tree.nodes.len() as u32;
        while let Some((node, 0)) = self.open.last() {
            self.tree.nodes[*node as usize].end = end;
            self.open.pop();
        }
    }

    fn fail(&mut self, fault: TreeError) {
        self.fault.get_or_insert(fault);
    }

    /// Whether every action of the nodes so far leads somewhere.
    pub fn is_complete(&self) -> bool {
        self.open.is_empty() && !self.tree.nodes.is_empty()
    }

    /// Number of nodes so far.
    pub fn node_count(&self) -> usize {
        self.tree.nodes.len()
    }

    /// The tree.
    ///
    /// # Errors
    /// The first fault: see [`TreeError`].
    pub fn build(mut self) -> Result<Tree, TreeError> {
        let missing: u64 = self.open.iter().map(|(_, left)| u64::from(*left)).sum();
        if self.tree.nodes.is_empty() {
            self.fail(TreeError::NoNodes);
        } else if missing > 0 {
            self.fail(TreeError::Unfinished { missing });
        }
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok(self.tree),
        }
    }
}
