//! Whether strategies are an equilibrium of every subgame, read off the tree alone.
//!
//! A *subgame* begins at a node from which on nobody confuses what is there with what is
//! elsewhere. A threat that nobody would carry out makes equilibria of the game that are none
//! of the subgame in which it would be carried out.
//!
//! ```
//! use detente_base::Exact;
//! use detente_game::catalog::chain_store;
//! use detente_game::subgames::subgame_perfection;
//! use detente_game::{Behaviour, PlayerId};
//!
//! // One town: the entrant stays out, as the store would fight.
//! let tree = chain_store(1)?;
//! let threat = Behaviour::new(&tree, [1, 0, 0, 1].map(Exact::from).to_vec())?;
//! let found = subgame_perfection(&tree, &threat).expect("nobody forgets");
//! assert!(found.subgames[0].regret.is_equilibrium());
//! // Where it would have to fight, the store gains 2 by yielding.
//! let failing = found.failing().expect("an empty threat");
//! assert_eq!(failing.regret.of(PlayerId(1)), Exact::from(2));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Source: `[Selten1965]`.

use detente_base::Exact;

use crate::regret::Regret;
use crate::tree::NONE;
use crate::{Behaviour, Forgotten, InfosetId, Mover, NodeId, NodeKind, PlayerId, Tree};

/// What strategies give from a node on, and what each player could gain there by deviating
/// alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subgame {
    /// Where it begins.
    pub root: NodeId,
    /// What is paid from there on, its root counted.
    pub regret: Regret,
}

/// What strategies give in every subgame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubgamePerfection {
    /// The subgames, the whole game first, each before those inside it.
    pub subgames: Vec<Subgame>,
}

impl SubgamePerfection {
    /// Whether the strategies are an equilibrium of every subgame.
    pub fn holds(&self) -> bool {
        self.failing().is_none()
    }

    /// The last subgame of which the strategies are no equilibrium: there is none inside it.
    pub fn failing(&self) -> Option<&Subgame> {
        self.subgames.iter().rev().find(|subgame| !subgame.regret.is_equilibrium())
    }
}

/// What strategies give in every subgame, and what each player could gain there.
///
/// Cost: O(nodes · players) exact operations, and O(nodes · players · log nodes) steps.
///
/// # Errors
/// When a player has forgotten something: a best reply is then not found move by move.
pub fn subgame_perfection(tree: &Tree, behaviour: &Behaviour) -> Result<SubgamePerfection, Forgotten> {
    tree.recall()?;
    let now = worths(tree, behaviour);
    let roots = tree.subgame_roots();
    // The most that each player can have from the root of a subgame on.
    let mut best: Vec<Option<Vec<Exact>>> = vec![None; tree.node_count()];
    for root in roots.iter().rev() {
        let region = Region::new(tree, *root, &best);
        let players = (0..tree.player_count()).map(PlayerId::from_index);
        let own = players.map(|player| region.best_reply(tree, behaviour, player, &best)).collect();
        best[root.index()] = Some(own);
    }
    let subgame = |root: NodeId| {
        let best = best[root.index()].clone().expect("every subgame was looked at");
        Subgame { root, regret: Regret { payoffs: now[root.index()].clone(), best } }
    };
    Ok(SubgamePerfection { subgames: roots.into_iter().map(subgame).collect() })
}

fn paid(tree: &Tree, node: NodeId, player: usize) -> Option<&Exact> {
    tree.outcome_at(node).map(|outcome| &tree.outcome(outcome).payoffs[player])
}

/// For each node what is paid there and after it, to each player.
fn worths(tree: &Tree, behaviour: &Behaviour) -> Vec<Vec<Exact>> {
    let mut worths = vec![vec![Exact::ZERO; tree.player_count()]; tree.node_count()];
    for node in tree.nodes().rev() {
        let mut own = std::mem::take(&mut worths[node.index()]);
        for (player, sum) in own.iter_mut().enumerate() {
            if let Some(paid) = paid(tree, node, player) {
                *sum = &*sum + paid;
            }
        }
        if let Some((before, action)) = tree.step(node).filter(|(_, action)| !behaviour.of(*action).is_zero()) {
            let likely = behaviour.of(action);
            worths[before.index()].iter_mut().zip(&own).for_each(|(sum, worth)| *sum = &*sum + &(likely * worth));
        }
        worths[node.index()] = own;
    }
    worths
}

/// A subgame without what is inside smaller ones.
struct Region {
    root: NodeId,
    /// Its nodes, ascending, the roots of smaller subgames last on their paths.
    nodes: Vec<NodeId>,
}

/// What is known of a node of a region, for one player.
#[derive(Clone)]
struct Seen {
    /// How likely the others and chance lead there.
    reach: Exact,
    /// What was paid on the way, the node counted.
    paid: Exact,
    /// The player's own last action, or [`NONE`].
    last: u32,
}

impl Region {
    fn new(tree: &Tree, root: NodeId, best: &[Option<Vec<Exact>>]) -> Self {
        let (mut nodes, mut node) = (Vec::new(), root);
        while node < tree.end(root) {
            nodes.push(node);
            node = if best[node.index()].is_some() { tree.end(node) } else { NodeId(node.0 + 1) };
        }
        Self { root, nodes }
    }

    /// The most that a player can have from the root on against the others' behaviour.
    fn best_reply(&self, tree: &Tree, behaviour: &Behaviour, player: PlayerId, best: &[Option<Vec<Exact>>]) -> Exact {
        // What actions are worth: ends right after them, then sets that follow them.
        let mut worths: rustc_hash::FxHashMap<u32, Exact> = rustc_hash::FxHashMap::default();
        // Sets with the action before them; those that follow a set come after it.
        let mut sets: Vec<(InfosetId, u32)> = Vec::new();
        let mut seen: Vec<Seen> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let own = self.step(tree, (behaviour, player), *node, &seen);
            let inside = best[node.index()].as_ref().map(|best| &best[player.index()]);
            if let Some(worth) = inside.or_else(|| tree.is_terminal(*node).then_some(&Exact::ZERO)) {
                // What is paid at the root of a smaller subgame is counted in its worth.
                let twice = inside.and_then(|_| paid(tree, *node, player.index())).unwrap_or(&Exact::ZERO);
                let worth = &own.reach * &(&(&own.paid - twice) + worth);
                let sum = worths.entry(own.last).or_insert(Exact::ZERO);
                *sum = &*sum + &worth;
            } else if let NodeKind::Move(id) = tree.kind(*node)
                && tree.infoset(id).mover == Mover::Player(player)
                && tree.members(id)[0] == *node
            {
                sets.push((id, own.last));
            }
            seen.push(own);
        }
        for (set, before) in sets.into_iter().rev() {
            let actions = tree.infoset(set).actions.clone();
            let worth = |action: usize| worths.get(&(action as u32)).cloned().unwrap_or(Exact::ZERO);
            let most = actions.map(worth).max().expect("sets have actions");
            let sum = worths.entry(before).or_insert(Exact::ZERO);
            *sum = &*sum + &most;
        }
        worths.remove(&NONE).unwrap_or(Exact::ZERO)
    }

    fn step(&self, tree: &Tree, (behaviour, player): (&Behaviour, PlayerId), node: NodeId, seen: &[Seen]) -> Seen {
        let here = paid(tree, node, player.index()).unwrap_or(&Exact::ZERO);
        let Some((before, action)) = tree.step(node).filter(|_| node != self.root) else {
            return Seen { reach: Exact::ONE, paid: here.clone(), last: NONE };
        };
        let at = self.nodes.binary_search(&before).expect("what is before a node of a region is in it");
        let Seen { reach, paid, last } = &seen[at];
        let NodeKind::Move(set) = tree.kind(before) else { unreachable!("ends have nothing after them") };
        let own = tree.infoset(set).mover == Mover::Player(player);
        Seen {
            reach: if own { reach.clone() } else { reach * behaviour.of(action) },
            paid: paid + here,
            last: if own { action as u32 } else { *last },
        }
    }
}
