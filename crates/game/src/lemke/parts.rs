//! Trees that chance divides into games of their own, each solved alone.

use detente_base::{Budget, Exact};

use super::{Unsolved, any_quasi_perfect};
use crate::{Assessment, InfosetId, Mover, NodeId, NodeKind, Tree, TreeBuilder, Tremble};

/// A sequential equilibrium of a two-player tree, part by part where chance, as the first
/// thing, divides the tree into games of their own: a draw that everybody sees, such as that
/// of types that are known.
///
/// Cost: that of [`super::quasi_perfect`] for each part.
///
/// # Errors
/// See [`Unsolved`]; [`Unsolved::Numeric`] if what the parts make together does not pass.
pub fn any_in_parts(tree: &Tree, budget: &Budget) -> Result<Assessment, Unsolved> {
    let roots = divided(tree);
    if roots.len() <= 1 {
        return any_quasi_perfect(tree, budget).map(|found| found.assessment);
    }
    let mut trembles = vec![Tremble { order: 1, weight: Exact::ONE }; tree.action_count()];
    for (_, infoset) in tree.infosets() {
        trembles[infoset.actions.start].order = 0;
    }
    for root in roots {
        let (part, origin) = part(tree, root);
        let found = any_quasi_perfect(&part, budget)?.assessment;
        for (at, action) in origin.into_iter().enumerate() {
            trembles[action] = found.trembles()[at].clone();
        }
    }
    let whole = Assessment::new(tree, trembles).map_err(|_| Unsolved::Numeric)?;
    if whole.is_sequential(tree) { Ok(whole) } else { Err(Unsolved::Numeric) }
}

/// The nodes that begin games of their own, with only chance above them, as far down as all
/// children of chance do; none if the tree cannot be divided.
fn divided(tree: &Tree) -> Vec<NodeId> {
    let mut begins = vec![false; tree.node_count()];
    tree.subgame_roots().into_iter().for_each(|root| begins[root.index()] = true);
    below(tree, &begins, NodeId(0)).unwrap_or_default()
}

fn below(tree: &Tree, begins: &[bool], node: NodeId) -> Option<Vec<NodeId>> {
    let NodeKind::Move(set) = tree.kind(node) else { return Some(Vec::new()) };
    let own = || begins[node.index()].then(|| vec![node]);
    if tree.infoset(set).mover != Mover::Chance {
        return own();
    }
    let parts: Option<Vec<Vec<NodeId>>> = tree.children(node).map(|child| below(tree, begins, child)).collect();
    parts.map(|parts| parts.concat()).or_else(own)
}

/// The game that begins at a node, and for each of its actions that of the whole tree.
fn part(tree: &Tree, root: NodeId) -> (Tree, Vec<usize>) {
    let nodes = (root.index()..tree.end(root).index()).map(NodeId::from_index);
    copied(tree, nodes, &vec![false; tree.action_count()], |node| tree.payoffs_at(node))
}

/// Some nodes of a tree, in order, as a tree of their own, and for each of its actions that of
/// the whole tree. Actions that are `out` are left out; a player's set with one action left
/// disappears. What ends pay is given whole.
pub(super) fn copied(
    tree: &Tree,
    nodes: impl Iterator<Item = NodeId>,
    out: &[bool],
    payoffs: impl Fn(NodeId) -> Vec<Exact>,
) -> (Tree, Vec<usize>) {
    let names: Vec<&str> = tree.players().iter().map(String::as_str).collect();
    let mut builder = TreeBuilder::new(tree.title(), &names);
    let mut origin: Vec<usize> = Vec::new();
    let mut sets: Vec<Option<InfosetId>> = vec![None; tree.infoset_count()];
    for node in nodes {
        let NodeKind::Move(id) = tree.kind(node) else {
            builder.terminal(payoffs(node));
            continue;
        };
        let set = tree.infoset(id);
        let left: Vec<usize> = set.actions.clone().filter(|action| !out[*action]).collect();
        if left.len() == 1 && set.mover != Mover::Chance {
            continue;
        }
        let new = *sets[id.index()].get_or_insert_with(|| {
            origin.extend(&left);
            let labels: Vec<&str> = left.iter().map(|action| tree.action_label(*action)).collect();
            match set.mover {
                Mover::Chance => {
                    let chances: Vec<Exact> = left.iter().map(|action| tree.chance(*action).clone()).collect();
                    builder.chance_set(&set.label, &labels, &chances)
                }
                mover @ Mover::Player(_) => builder.infoset(mover, &set.label, &labels),
            }
        });
        builder.decision(new);
    }
    (builder.build().expect("part of a tree"), origin)
}
