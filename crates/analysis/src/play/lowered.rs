//! A game form as a tree, every part of which knows where it comes from.

use detente_base::Span;
use detente_game::{InfosetId, NodeId, Tree};
use detente_scenario::situation::{IssueId, PartyId, ValueId};

/// Something that a player learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum News {
    /// A party has this type.
    Type(PartyId, usize),
    /// An issue or choice got this value.
    Value(IssueId, ValueId),
}

/// An information set of a player, in the words of the file.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) infoset: InfosetId,
    pub(super) party: PartyId,
    /// What is chosen there.
    pub(super) what: IssueId,
    /// The values, by action.
    pub(super) values: Vec<ValueId>,
    /// What the player has learnt, in order; its own moves too.
    pub(super) news: Vec<News>,
    pub(super) span: Span,
}

/// An end of the game.
#[derive(Clone, Debug)]
pub(super) struct Ending {
    pub(super) node: NodeId,
    /// Values of all issues and choices.
    pub(super) values: Vec<ValueId>,
}

/// Drawn types, by party.
pub(super) type Types = Vec<Option<usize>>;

/// A game form as a tree.
#[derive(Debug)]
pub(super) struct Lowered {
    pub(super) tree: Tree,
    /// The players: parties that move, in file order.
    pub(super) players: Vec<PartyId>,
    pub(super) sets: Vec<Known>,
    pub(super) ends: Vec<Ending>,
    /// For each node which entry of `drawn` holds there.
    kinds: Vec<u32>,
    drawn: Vec<Types>,
}

impl Lowered {
    pub(super) fn new(
        tree: Tree,
        players: Vec<PartyId>,
        (sets, ends): (Vec<Known>, Vec<Ending>),
        (kinds, drawn): (Vec<u32>, Vec<Types>),
    ) -> Self {
        Self { tree, players, sets, ends, kinds, drawn }
    }

    /// The types that are drawn at a node.
    pub(super) fn types(&self, node: NodeId) -> &Types {
        &self.drawn[self.kinds[node.index()] as usize]
    }
}
