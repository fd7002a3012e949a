//! Signalling games, recognised in a tree.

use detente_base::Exact;

use crate::{Behaviour, InfosetId, Mover, NodeId, NodeKind, PlayerId, Tree};

/// A type of the sender, drawn with a chance above zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderType {
    /// The action of chance that draws it, by position in tables over all actions.
    pub drawn: usize,
    /// Where the sender moves.
    pub infoset: InfosetId,
    /// How likely it is.
    pub prior: Exact,
}

/// A message that the receiver answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Where the receiver moves.
    pub infoset: InfosetId,
    /// For each type the action by which it sends the message, by position in tables over all
    /// actions; nothing if it cannot.
    pub actions: Vec<Option<usize>>,
    /// For each type and reply what the sender gets; empty if the type cannot send it.
    pub sender: Vec<Vec<Exact>>,
    /// For each type and reply what the receiver gets; empty if the type cannot send it.
    pub receiver: Vec<Vec<Exact>>,
}

/// A signalling game: a view of a tree.
///
/// After a message may come chance, but no more moves; messages that nobody answers end the
/// game.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignallingGame {
    /// The types.
    pub types: Vec<SenderType>,
    /// The messages that are answered, in the order in which a reader of the tree meets them.
    pub messages: Vec<Message>,
    /// Actions of the sender that nobody answers: type, position of the action, what the
    /// sender gets.
    pub unanswered: Vec<(usize, usize, Exact)>,
}

/// Why a tree is no signalling game.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSignalling {
    /// There are not two players.
    #[error("a signalling game has two players; the game has {0}")]
    Players(usize),
    /// Chance does not move first.
    #[error("a signalling game begins with a draw of the sender's type")]
    NoDraw,
    /// After a draw the sender, the same player each time, does not move.
    #[error("after every draw the same player moves")]
    NoSender {
        /// Where somebody else moves, or nobody.
        node: NodeId,
    },
    /// The sender does not see its type.
    #[error("the sender sees its type")]
    TypeUnseen {
        /// The set that several types share.
        infoset: InfosetId,
    },
    /// After a message the receiver does not move, and the game does not end.
    #[error("a message is answered by the other player, or ends the game")]
    NoReceiver {
        /// Where it is otherwise.
        node: NodeId,
    },
    /// A type has two actions between which the receiver cannot tell.
    #[error("the receiver sees the message")]
    MessageUnseen {
        /// Where the receiver moves.
        infoset: InfosetId,
    },
    /// Somebody moves after the reply.
    #[error("nobody moves after the reply")]
    MoreMoves {
        /// Where.
        node: NodeId,
    },
}

impl SignallingGame {
    /// The signalling game that a tree is.
    ///
    /// Cost: O(nodes · depth).
    ///
    /// # Errors
    /// When the tree is none: see [`NotSignalling`].
    pub fn new(tree: &Tree) -> Result<Self, NotSignalling> {
        if tree.player_count() != 2 {
            return Err(NotSignalling::Players(tree.player_count()));
        }
        let draw = match tree.kind(Tree::ROOT) {
            NodeKind::Move(set) if tree.infoset(set).mover == Mover::Chance => tree.infoset(set),
            _ => return Err(NotSignalling::NoDraw),
        };
        let mut sender: Option<PlayerId> = None;
        let mut types: Vec<(SenderType, NodeId)> = Vec::new();
        for (drawn, node) in draw.actions.clone().zip(tree.children(Tree::ROOT)) {
            if tree.chance(drawn).is_zero() {
                continue;
            }
            let NodeKind::Move(infoset) = tree.kind(node) else { return Err(NotSignalling::NoSender { node }) };
            let mover = tree.infoset(infoset).mover.player();
            if mover.is_none() || sender.is_some_and(|sender| Some(sender) != mover) {
                return Err(NotSignalling::NoSender { node });
            }
            sender = mover;
            if types.iter().any(|(other, _)| other.infoset == infoset) {
                return Err(NotSignalling::TypeUnseen { infoset });
            }
            types.push((SenderType { drawn, infoset, prior: tree.chance(drawn).clone() }, node));
        }
        let sender = sender.ok_or(NotSignalling::NoDraw)?;
        let nodes: Vec<NodeId> = types.iter().map(|(_, node)| *node).collect();
        let types = types.into_iter().map(|(own, _)| own).collect();
        let mut game = Self { types, messages: Vec::new(), unanswered: Vec::new() };
        for (own, node) in nodes.into_iter().enumerate() {
            game.read(tree, sender, (own, node))?;
        }
        game.messages.sort_by_key(|message| message.infoset);
        Ok(game)
    }

    /// Takes in what a type can do.
    fn read(&mut self, tree: &Tree, sender: PlayerId, (own, node): (usize, NodeId)) -> Result<(), NotSignalling> {
        let count = self.types.len();
        let actions = tree.infoset(self.types[own].infoset).actions.clone();
        let [me, other] = [sender.index(), 1 - sender.index()];
        for (action, after) in actions.zip(tree.children(node)) {
            let answered = match tree.kind(after) {
                NodeKind::Move(set) => tree.infoset(set).mover.player().map(|player| (player, set)),
                NodeKind::Terminal => None,
            };
            let Some((player, infoset)) = answered else {
                self.unanswered.push((own, action, worth(tree, after)?[me].clone()));
                continue;
            };
            if player == sender {
                return Err(NotSignalling::NoReceiver { node: after });
            }
            let at = self.messages.iter().position(|message| message.infoset == infoset).unwrap_or_else(|| {
                let none = vec![Vec::new(); count];
                let (sender, receiver) = (none.clone(), none);
                self.messages.push(Message { infoset, actions: vec![None; count], sender, receiver });
                self.messages.len() - 1
            });
            let message = &mut self.messages[at];
            if message.actions[own].replace(action).is_some() {
                return Err(NotSignalling::MessageUnseen { infoset });
            }
            for reply in tree.children(after) {
                let worth = worth(tree, reply)?;
                message.sender[own].push(worth[me].clone());
                message.receiver[own].push(worth[other].clone());
            }
        }
        Ok(())
    }

    /// u*(t): what each type gets if all play like this.
    pub fn payoffs(&self, tree: &Tree, behaviour: &Behaviour) -> Vec<Exact> {
        let mut payoffs = vec![Exact::ZERO; self.types.len()];
        for (own, action, paid) in &self.unanswered {
            payoffs[*own] = &payoffs[*own] + &(behaviour.of(*action) * paid);
        }
        for message in &self.messages {
            let replies = &behaviour.probabilities()[tree.infoset(message.infoset).actions.clone()];
            for (own, action) in message.actions.iter().enumerate() {
                let Some(action) = action else { continue };
                let worth: Exact = message.sender[own].iter().zip(replies).map(|(worth, likely)| worth * likely).sum();
                payoffs[own] = &payoffs[own] + &(behaviour.of(*action) * &worth);
            }
        }
        payoffs
    }

    /// Positions of the messages that nobody sends if all play like this.
    pub fn unsent(&self, behaviour: &Behaviour) -> Vec<usize> {
        let sent = |message: &Message| message.actions.iter().flatten().any(|action| !behaviour.of(*action).is_zero());
        (0..self.messages.len()).filter(|at| !sent(&self.messages[*at])).collect()
    }
}

/// What both players get from a node on, and got before, if only chance moves.
fn worth(tree: &Tree, from: NodeId) -> Result<Vec<Exact>, NotSignalling> {
    let mut sums = vec![Exact::ZERO; tree.player_count()];
    let mut chances: Vec<Exact> = Vec::new();
    for node in (from.index()..tree.end(from).index()).map(NodeId::from_index) {
        let chance = match tree.step(node).filter(|_| node != from) {
            Some((before, action)) => &chances[before.index() - from.index()] * tree.chance(action),
            None => Exact::ONE,
        };
        match tree.kind(node) {
            NodeKind::Move(set) if tree.infoset(set).mover != Mover::Chance => {
                return Err(NotSignalling::MoreMoves { node });
            }
            NodeKind::Move(_) => {}
            NodeKind::Terminal => {
                let paid = tree.payoffs_at(node);
                sums.iter_mut().zip(&paid).for_each(|(sum, paid)| *sum = &*sum + &(&chance * paid));
            }
        }
        chances.push(chance);
    }
    Ok(sums)
}
