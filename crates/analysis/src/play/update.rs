//! What may be concluded from what was seen: types and ends, given moves.
//!
//! In an equilibrium every path of moves has a chance. Who has seen some of them keeps the
//! paths on which they happen, in the order given: P(type | seen) ∝ P(seen | type) · P(type).
//! Where the equilibrium gives what was seen no chance, the likeliest mistakes count, as they
//! do in the beliefs of players.

use std::collections::BTreeMap;

use detente_base::{Budget, Exact, SourceText};
use detente_game::{Assessment, Mover, NodeId, NodeKind, Tree};
use detente_scenario::expr::eval::{Interval, central_point};
use detente_scenario::situation::{GameForm, PartyId, Situation};
use detente_scenario::suggest::{list_names, nearest};

use super::answer::{Fact, GameUpdate, TypeUpdate, UpdateAnswer, UpdateView};
use super::lowered::Lowered;
use super::search;
use super::setting::{Setting, extended};
use super::story::Story;
use super::walk::{Sight, type_chances};
use super::{MOST_NODES, asked, players};
use crate::ask::{AskError, FORMAT, Obstacle, Options, with_options};

/// What was seen, in the order in which it happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Only in this game.
    pub game: Option<String>,
    /// Issues or choices with the values that they were given.
    pub moves: Vec<Fact>,
}

/// What each equilibrium of each game makes of what was seen.
///
/// Cost: that of [`play`](fn@super::play), and O(nodes) for each equilibrium.
///
/// # Errors
/// As [`play`](fn@super::play); and when nothing in a game is called so, or what was seen cannot happen in that
/// order.
pub fn update(
    source: &SourceText,
    situation: &Situation,
    (options, seen): (&Options, &Seen),
    budget: &Budget,
) -> Result<UpdateAnswer, AskError> {
    let changed = with_options(situation, options)?;
    let budget = &Budget { states: budget.states.min(MOST_NODES), ..budget.clone() };
    let mut answer = UpdateAnswer {
        format: FORMAT,
        title: situation.title.clone(),
        fixed: options.fixed.clone(),
        seen: seen.moves.clone(),
        games: Vec::new(),
        stopped: None,
    };
    for form in asked(&changed, seen.game.as_deref())? {
        let game = one(source, (&changed, form), &seen.moves, budget)?;
        answer.stopped = answer.stopped.or_else(|| game.stopped.clone());
        answer.games.push(game);
    }
    Ok(answer)
}

fn one(
    source: &SourceText,
    (situation, form): (&Situation, &GameForm),
    moves: &[Fact],
    budget: &Budget,
) -> Result<GameUpdate, AskError> {
    let extended = extended(situation, form);
    let setting = Setting::new(&extended, form)?;
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let mut answer = GameUpdate {
        id: form.id.clone(),
        name: form.name.clone(),
        line: source.position(form.origin.span.start).0,
        players: players(&setting, &point),
        equilibria: Vec::new(),
        stopped: None,
    };
    let lowered = match setting.lower(&point, Sight::AsWritten, budget) {
        Ok(lowered) => lowered,
        Err(Obstacle::Error(error)) => return Err(error),
        Err(Obstacle::Undecided(reason)) => {
            answer.stopped = Some(reason);
            return Ok(answer);
        }
    };
    let places = places(&lowered.tree, moves, &form.id)?;
    match search::all(&lowered.tree, lowered.sequences(), budget) {
        Ok(all) => {
            let story = Story { source, setting: &setting, lowered: &lowered, point: &point, status_quo: None };
            let view = |found: &search::Found| concluded(&story, &point, (found, &places));
            answer.equilibria = all.found.iter().map(view).collect();
            answer.stopped = all.stopped;
        }
        Err(reason) => answer.stopped = Some(reason),
    }
    Ok(answer)
}

/// The first nodes at which all that was seen has happened.
fn places(tree: &Tree, moves: &[Fact], game: &str) -> Result<Vec<NodeId>, AskError> {
    moves.iter().try_for_each(|fact| check(tree, fact, game))?;
    let mut done: Vec<usize> = Vec::with_capacity(tree.node_count());
    let mut places = Vec::new();
    for node in tree.nodes() {
        let (before, now) = match tree.step(node) {
            None => (0, 0),
            Some((parent, action)) => {
                let before = done[parent.index()];
                let is = |fact: &Fact| fact.what == set_label(tree, parent) && fact.value == tree.action_label(action);
                (before, before + usize::from(moves.get(before).is_some_and(is)))
            }
        };
        done.push(now);
        if now == moves.len() && (before < now || tree.step(node).is_none()) {
            places.push(node);
        }
    }
    if places.is_empty() {
        let seen: Vec<String> = moves.iter().map(|fact| format!("{} = {}", fact.what, fact.value)).collect();
        return Err(AskError::new(
            format!("in `{game}` these cannot happen one after the other: {}", seen.join(", ")),
            Some("give what was seen in the order in which it happened".into()),
        ));
    }
    Ok(places)
}

fn set_label(tree: &Tree, node: NodeId) -> &str {
    match tree.kind(node) {
        NodeKind::Move(set) => &tree.infoset(set).label,
        NodeKind::Terminal => "",
    }
}

/// Whether something is chosen or drawn that is called so, and may get this value.
fn check(tree: &Tree, fact: &Fact, game: &str) -> Result<(), AskError> {
    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (_, set) in tree.infosets().filter(|(_, set)| !set.label.is_empty()) {
        let own = values.entry(&set.label).or_default();
        own.extend(set.actions.clone().map(|action| tree.action_label(action)));
    }
    let unknown = |message: String, word: &str, known: Vec<&str>| {
        let help = match nearest(word, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", list_names(known)),
        };
        Err(AskError::new(message, Some(help)))
    };
    let Some(own) = values.get_mut(fact.what.as_str()) else {
        let message = format!("nothing in `{game}` is called `{}`", fact.what);
        return unknown(message, &fact.what, values.keys().copied().collect());
    };
    own.sort_unstable();
    own.dedup();
    if own.contains(&fact.value.as_str()) {
        return Ok(());
    }
    unknown(format!("`{}` never becomes `{}`", fact.what, fact.value), &fact.value, own.clone())
}

fn concluded(story: &Story<'_>, point: &[Interval], (found, places): (&search::Found, &[NodeId])) -> UpdateView {
    let lowered = story.lowered;
    let (order, weights) = likeliest(&lowered.tree, &found.assessment, places);
    let total: Exact = weights.iter().map(|(_, weight)| weight.clone()).sum();
    let share = |weight: &Exact| weight.checked_div(&total).unwrap_or(Exact::ZERO);
    let parties = (0..story.setting.extended.parties.len()).map(PartyId::from_index);
    let types = parties.filter_map(|party| {
        let priors = type_chances(story.setting.extended, party, point);
        if priors.len() < 2 {
            return None;
        }
        let mut posteriors = vec![Exact::ZERO; priors.len()];
        for (node, weight) in &weights {
            let drawn = lowered.types(*node)[party.index()];
            for (kind, sum) in posteriors.iter_mut().enumerate() {
                // What is not drawn yet is as likely as ever.
                match drawn {
                    None => *sum = &*sum + &(&share(weight) * &priors[kind]),
                    Some(own) if own == kind => *sum = &*sum + &share(weight),
                    Some(_) => {}
                }
            }
        }
        let all = priors.into_iter().zip(posteriors).enumerate();
        let view = |(kind, (before, after))| TypeUpdate { own_type: story.type_name(party, kind), before, after };
        Some((story.party(party), all.map(view).collect()))
    });
    let mut reach = vec![Exact::ZERO; lowered.tree.node_count()];
    for (node, weight) in &weights {
        reach[node.index()] = share(weight);
        spread(&lowered.tree, &found.assessment, *node, &mut reach);
    }
    UpdateView {
        strength: found.strength,
        found: found.count,
        chance: if order == 0 { total.clone() } else { Exact::ZERO },
        mistakes: order,
        types: types.collect(),
        outcomes: story.outcomes(&reach),
        named: story.named(&reach),
    }
}

/// Of some nodes those that the fewest and likeliest mistakes lead to, how likely they are
/// beside each other, and the order of these mistakes.
fn likeliest(tree: &Tree, assessment: &Assessment, places: &[NodeId]) -> (u64, Vec<(NodeId, Exact)>) {
    let mut reach: Vec<(u64, Exact)> = Vec::with_capacity(tree.node_count());
    for node in tree.nodes() {
        let own = match tree.step(node) {
            None => (0, Exact::ONE),
            Some((parent, action)) => {
                let (order, weight) = &reach[parent.index()];
                let tremble = &assessment.trembles()[action];
                (order.saturating_add(u64::from(tremble.order)), weight * &tremble.weight)
            }
        };
        reach.push(own);
    }
    let open = |node: &&NodeId| !reach[node.index()].1.is_zero();
    let least = places.iter().filter(open).map(|node| reach[node.index()].0).min().unwrap_or(0);
    let kept = places.iter().filter(open).filter(|node| reach[node.index()].0 == least);
    (least, kept.map(|node| (*node, reach[node.index()].1.clone())).collect())
}

/// How likely what follows a node is, given how likely the node is.
fn spread(tree: &Tree, assessment: &Assessment, from: NodeId, reach: &mut [Exact]) {
    for node in (from.index() + 1..tree.end(from).index()).map(NodeId::from_index) {
        let (parent, action) = tree.step(node).expect("it follows another");
        let NodeKind::Move(set) = tree.kind(parent) else { unreachable!("ends have nothing after them") };
        let likely = match tree.infoset(set).mover {
            Mover::Chance => tree.chance(action),
            Mover::Player(_) => assessment.behaviour().of(action),
        };
        reach[node.index()] = &reach[parent.index()] * likely;
    }
}

impl Lowered {
    /// Actions of all sets.
    pub(super) fn sequences(&self) -> u64 {
        self.sets.iter().map(|set| set.values.len() as u64).sum()
    }
}
