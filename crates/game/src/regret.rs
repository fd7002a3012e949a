//! The certificate of every answer: what each player could gain by deviating alone.
//!
//! Nothing here shares code with a solver: payoffs and best replies are read off the tree or
//! the table of payoffs itself, exactly. A profile is a Nash equilibrium if and only if
//! nobody's regret is positive.

use detente_base::Exact;

use crate::tree::{NONE, Node};
use crate::{Behaviour, Forgotten, InfosetId, Mover, PlayerId, StrategicGame, Tree};

/// What a profile gives the players, and what each could gain by deviating alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regret {
    /// Expected payoff of each player.
    pub payoffs: Vec<Exact>,
    /// The most that each could have had against the others.
    pub best: Vec<Exact>,
}

impl Regret {
    /// What a player could gain; never negative.
    pub fn of(&self, player: PlayerId) -> Exact {
        &self.best[player.index()] - &self.payoffs[player.index()]
    }

    /// The most that anybody could gain.
    pub fn max(&self) -> Exact {
        let gains = (0..self.best.len()).map(|player| self.of(PlayerId::from_index(player)));
        gains.max().unwrap_or(Exact::ZERO)
    }

    /// Whether nobody could gain anything.
    pub fn is_equilibrium(&self) -> bool {
        self.payoffs == self.best
    }
}

/// Payoffs and best replies on a tree.
///
/// Cost: O(nodes · players) exact operations.
///
/// # Errors
/// When a player has forgotten something: a best reply is then not found move by move.
pub fn on_tree(tree: &Tree, behaviour: &Behaviour) -> Result<Regret, Forgotten> {
    let recall = tree.recall()?;
    let ends = end_payoffs(tree);
    let payoffs = expected(tree, behaviour, &ends);
    let players = (0..tree.player_count()).map(PlayerId::from_index);
    let best = players.map(|player| best_reply(tree, behaviour, player, &recall.before, &ends)).collect();
    Ok(Regret { payoffs, best })
}

/// What each player gets at each node's end: sums along the path, for all nodes.
fn end_payoffs(tree: &Tree) -> Vec<Vec<Exact>> {
    let mut paid: Vec<Vec<Exact>> = Vec::with_capacity(tree.node_count());
    for node in tree.nodes() {
        let mut sums = match tree.parent(node) {
            Some((parent, _)) => paid[parent.index()].clone(),
            None => vec![Exact::ZERO; tree.player_count()],
        };
        if let Some(outcome) = tree.outcome_at(node) {
            sums.iter_mut().zip(&tree.outcome(outcome).payoffs).for_each(|(sum, payoff)| *sum = &*sum + payoff);
        }
        paid.push(sums);
    }
    paid
}

/// The probability with which a move leads to a node, given the node before.
fn step<'a>(tree: &'a Tree, behaviour: &'a Behaviour, node: usize) -> Option<(Mover, &'a Exact)> {
    let parent = tree.nodes[node].parent;
    if parent == NONE {
        return None;
    }
    let infoset = tree.infoset(InfosetId(tree.nodes[parent as usize].infoset));
    let action = infoset.actions.start + tree.nodes[node].action as usize;
    let probability = if infoset.mover == Mover::Chance { tree.chance(action) } else { behaviour.of(action) };
    Some((infoset.mover, probability))
}

fn expected(tree: &Tree, behaviour: &Behaviour, ends: &[Vec<Exact>]) -> Vec<Exact> {
    let mut sums = vec![Exact::ZERO; tree.player_count()];
    let mut reach: Vec<Exact> = Vec::with_capacity(tree.node_count());
    for node in 0..tree.node_count() {
        let own = match step(tree, behaviour, node) {
            Some((_, probability)) => &reach[tree.nodes[node].parent as usize] * probability,
            None => Exact::ONE,
        };
        if tree.nodes[node].infoset == NONE && !own.is_zero() {
            sums.iter_mut().zip(&ends[node]).for_each(|(sum, payoff)| *sum = &*sum + &(&own * payoff));
        }
        reach.push(own);
    }
    sums
}

/// The most that a player can have against the others' behaviour.
fn best_reply(
    tree: &Tree,
    behaviour: &Behaviour,
    player: PlayerId,
    before: &[Option<usize>],
    ends: &[Vec<Exact>],
) -> Exact {
    // How the others and chance play towards each node.
    let mut reach: Vec<Exact> = Vec::with_capacity(tree.node_count());
    for node in 0..tree.node_count() {
        let own = match step(tree, behaviour, node) {
            Some((mover, probability)) => {
                let so_far = &reach[tree.nodes[node].parent as usize];
                if mover == Mover::Player(player) { so_far.clone() } else { so_far * probability }
            }
            None => Exact::ONE,
        };
        reach.push(own);
    }
    // A set is decided after all that can follow it: latest own move first.
    let mut sets: Vec<(usize, InfosetId)> = Vec::new();
    let mut depth = vec![0_usize; tree.action_count()];
    for (id, infoset) in tree.infosets().filter(|(_, infoset)| infoset.mover == Mover::Player(player)) {
        let own = before[id.index()].map_or(0, |action| depth[action]);
        infoset.actions.clone().for_each(|action| depth[action] = own + 1);
        sets.push((own, id));
    }
    sets.sort_unstable_by(|a, b| b.cmp(a));
    let mut decided: Vec<Option<Exact>> = vec![None; tree.node_count()];
    for (_, set) in sets {
        let actions = tree.infoset(set).actions.len();
        let values: Vec<Vec<Exact>> = (0..actions)
            .map(|action| {
                let after = tree.members(set).iter().map(|node| tree.child(*node, action).index());
                after.map(|node| value(tree, player, node, (&reach, &decided, ends))).collect()
            })
            .collect();
        let total = |action: &usize| values[*action].iter().cloned().sum::<Exact>();
        let Some(best) = (0..actions).max_by_key(total) else { continue };
        for (node, value) in tree.members(set).iter().zip(&values[best]) {
            decided[node.index()] = Some(value.clone());
        }
    }
    value(tree, player, Tree::ROOT.index(), (&reach, &decided, ends))
}

/// What follows a node is worth, weighted by how the others play towards it.
fn value(
    tree: &Tree,
    player: PlayerId,
    from: usize,
    (reach, decided, ends): (&[Exact], &[Option<Exact>], &[Vec<Exact>]),
) -> Exact {
    let mut sum = Exact::ZERO;
    let mut node = from;
    let end = tree.nodes[from].end as usize;
    while node < end {
        if let Some(value) = &decided[node] {
            sum = &sum + value;
            node = tree.nodes[node].end as usize;
            continue;
        }
        if tree.nodes[node].infoset == NONE && !reach[node].is_zero() {
            sum = &sum + &(&reach[node] * &ends[node][player.index()]);
        }
        node += 1;
    }
    sum
}

/// What each player could gain by deviating alone, in floating point: for trees and numbers
/// that are too large for exact ones. Probabilities of all actions, by position; those of
/// chance are the tree's.
///
/// Cost: O(nodes · players).
///
/// # Errors
/// When a player has forgotten something.
pub fn near_tree(tree: &Tree, probabilities: &[f64]) -> Result<Vec<f64>, Forgotten> {
    let recall = tree.recall()?;
    let chances: Vec<f64> = (0..tree.action_count()).map(|action| tree.chance(action).to_f64()).collect();
    let paid: Vec<Vec<f64>> =
        tree.outcomes().iter().map(|outcome| outcome.payoffs.iter().map(Exact::to_f64).collect()).collect();
    let players = (0..tree.player_count()).map(PlayerId::from_index);
    Ok(players.map(|player| near_gain(tree, (probabilities, &chances), &paid, (player, &recall.before))).collect())
}

/// What one player could gain.
fn near_gain(
    tree: &Tree,
    (probabilities, chances): (&[f64], &[f64]),
    paid: &[Vec<f64>],
    (player, before): (PlayerId, &[Option<usize>]),
) -> f64 {
    let count = tree.node_count();
    // How the others play towards each node, how all do, and what was paid so far.
    let (mut others, mut all, mut sums) = (vec![1.0; count], vec![1.0; count], vec![0.0; count]);
    for node in 0..count {
        let Node { parent, infoset: _, outcome, action, .. } = tree.nodes[node];
        if parent != NONE {
            let parent = parent as usize;
            let infoset = tree.infoset(InfosetId(tree.nodes[parent].infoset));
            let action = infoset.actions.start + action as usize;
            let step = if infoset.mover == Mover::Chance { chances[action] } else { probabilities[action] };
            let own = infoset.mover == Mover::Player(player);
            others[node] = others[parent] * if own { 1.0 } else { step };
            all[node] = all[parent] * step;
            sums[node] = sums[parent];
        }
        if outcome != NONE {
            sums[node] += paid[outcome as usize][player.index()];
        }
    }
    let ends = || (0..count).filter(|node| tree.nodes[*node].infoset == NONE);
    let now: f64 = ends().map(|end| all[end] * sums[end]).sum();
    // What each action is worth in all: ends right after it, then sets that follow it.
    let mut worths = vec![0.0; tree.action_count()];
    let mut root = 0.0;
    let mut last: Vec<u32> = vec![NONE; count];
    for node in 1..count {
        let parent = tree.nodes[node].parent as usize;
        let infoset = tree.infoset(InfosetId(tree.nodes[parent].infoset));
        let own = infoset.mover == Mover::Player(player);
        last[node] = if own { (infoset.actions.start as u32) + tree.nodes[node].action } else { last[parent] };
    }
    for end in ends() {
        let worth = others[end] * sums[end];
        if last[end] == NONE { root += worth } else { worths[last[end] as usize] += worth }
    }
    // What follows a set is decided before it.
    for id in tree.sets_as_met().into_iter().rev() {
        let infoset = tree.infoset(id);
        if infoset.mover != Mover::Player(player) {
            continue;
        }
        let best = worths[infoset.actions.clone()].iter().fold(f64::NEG_INFINITY, |best, worth| best.max(*worth));
        match before[id.index()] {
            Some(action) => worths[action] += best,
            None => root += best,
        }
    }
    root - now
}

/// Payoffs and best replies in a strategic game: for each player the probabilities of its
/// strategies.
///
/// Cost: O(profiles · players) exact operations.
///
/// # Panics
/// If there is not one probability for each strategy.
pub fn in_table(game: &StrategicGame, mixed: &[Vec<Exact>]) -> Regret {
    let sizes = game.sizes();
    assert_eq!(mixed.iter().map(Vec::len).collect::<Vec<_>>(), sizes, "one probability for each strategy");
    let mut payoffs = vec![Exact::ZERO; sizes.len()];
    let mut deviations: Vec<Vec<Exact>> = sizes.iter().map(|size| vec![Exact::ZERO; *size]).collect();
    for profile in 0..game.profile_count() {
        let strategies = game.strategies_of(profile);
        let zeros: Vec<usize> =
            (0..sizes.len()).filter(|player| mixed[*player][strategies[*player]].is_zero()).collect();
        if zeros.len() > 1 {
            continue;
        }
        for player in 0..sizes.len() {
            if zeros.iter().any(|zero| *zero != player) {
                continue;
            }
            let others = (0..sizes.len()).filter(|other| *other != player);
            let reach = others.fold(Exact::ONE, |reach, other| &reach * &mixed[other][strategies[other]]);
            let term = &reach * &game.payoffs(profile)[player];
            let own = &mut deviations[player][strategies[player]];
            *own = &*own + &term;
            payoffs[player] = &payoffs[player] + &(&term * &mixed[player][strategies[player]]);
        }
    }
    let best = deviations.into_iter().map(|values| values.into_iter().max().expect("a strategy")).collect();
    Regret { payoffs, best }
}
