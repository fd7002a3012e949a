//! Files of other programs and generated ones, with known facts about each, where they are
//! at hand.

mod support;

use std::fs;

use detente_game::files::{
    OutcomeTable, ReadGame, ReadStrategic, ReadTree, read, read_efg, read_nfg, write_efg, write_nfg, write_nfg_outcomes,
};
use detente_game::{Forgotten, Mover, NodeKind, PlayerId, SequenceForm, Tree};
use support::suite;

/// What is known of a file, by column; empty where nothing is.
struct Facts {
    columns: Vec<String>,
    row: Vec<String>,
}

impl Facts {
    fn get(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|name| name == column).unwrap_or_else(|| panic!("no column {column}"));
        &self.row[at]
    }

    /// Compares with what was found, where something is known.
    fn check(&self, column: &str, found: &str) {
        let known = self.get(column);
        assert!(known.is_empty() || known == found, "{}: {column} is {known}, found {found}", self.get("file"));
    }

    fn flag(&self, column: &str, found: bool) {
        self.check(column, if found { "True" } else { "False" });
    }

    /// Compares with a title, of which the index keeps the beginning.
    fn title(&self, found: &str) {
        let beginning: String = found.chars().take(80).collect();
        self.check("title", &beginning);
    }

    fn quirk(&self, quirk: &str, found: bool) {
        // Of files without quirks nothing may have been noted.
        let known = self.get("quirks");
        let noted = known.split(' ').any(|known| known == quirk);
        assert!(known.is_empty() || noted == found, "{}: {quirk} {found}", self.get("file"));
    }
}

/// A line of a table with commas, in which quotes keep commas and are doubled.
fn fields(line: &str) -> Vec<String> {
    let (mut all, mut quoted) = (vec![String::new()], false);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(String::new()),
            _ => all.last_mut().expect("a field").push(character),
        }
    }
    all
}

fn joined(numbers: impl IntoIterator<Item = usize>, by: &str) -> String {
    numbers.into_iter().map(|number| number.to_string()).collect::<Vec<_>>().join(by)
}

/// Each file of a kind with what is known of it.
fn files(kind: &str) -> Vec<(Facts, String)> {
    let Some(folder) = suite() else { return Vec::new() };
    let index = fs::read_to_string(folder.join("index.csv")).expect("an index");
    let mut lines = index.lines();
    let columns = fields(lines.next().expect("columns"));
    let facts = lines.map(|line| Facts { columns: columns.clone(), row: fields(line) });
    let present = |facts: Facts| {
        let text = fs::read_to_string(folder.join(facts.get("file"))).ok()?;
        Some((facts, text))
    };
    facts.filter(|facts| facts.get("type") == kind).filter_map(present).collect()
}

#[test]
fn every_tree_is_what_is_known_of_it() {
    let all = files("efg");
    assert!(all.is_empty() || all.len() > 200, "{} trees", all.len());
    for (facts, text) in all {
        let name = facts.get("file");
        let ReadTree { tree, remarks, .. } = read_efg(&text).unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
        facts.check("players", &tree.player_count().to_string());
        facts.check("nodes", &tree.node_count().to_string());
        let terminals = tree.nodes().filter(|node| tree.is_terminal(*node)).count();
        facts.check("terminals", &terminals.to_string());
        facts.check("chance_nodes", &movers(&tree).filter(|mover| *mover == Mover::Chance).count().to_string());
        facts.check("depth", &tree.depth().to_string());
        facts.title(tree.title());
        facts.check("infosets", &joined(own_sets(&tree, |_| 1), "+"));
        facts.check("sequences", &joined(own_sets(&tree, |actions| actions).into_iter().map(|n| n + 1), "+"));
        facts.flag("constsum", tree.constant_sum().is_some());
        facts.flag("perfect_recall", tree.recall().is_ok());
        facts.flag("perfect_info", tree.has_perfect_information());
        facts.flag("absent_minded", is_absent_minded(&tree));
        check_reduced(&facts, &tree);
        check_quirks(&facts, &tree);
        assert!(remarks.is_empty(), "{name}: {remarks:?}");
        let again = write_efg(&tree);
        let reread = read_efg(&again).unwrap_or_else(|faults| panic!("{name}, written: {faults:?}"));
        assert!(reread.tree == tree, "{name} changes when it is written");
        assert_eq!(write_efg(&reread.tree), again, "{name}");
        assert!(matches!(read(&text), Ok(ReadGame::Tree(_))));
    }
}

fn movers(tree: &Tree) -> impl Iterator<Item = Mover> + '_ {
    tree.nodes().filter_map(|node| match tree.kind(node) {
        NodeKind::Terminal => None,
        NodeKind::Move(set) => Some(tree.infoset(set).mover),
    })
}

/// For each player a sum over its sets, given each one's number of actions.
fn own_sets(tree: &Tree, weight: fn(usize) -> usize) -> Vec<usize> {
    let mut sums = vec![0; tree.player_count()];
    for (_, set) in tree.infosets() {
        if let Mover::Player(player) = set.mover {
            sums[player.index()] += weight(set.actions.len());
        }
    }
    sums
}

fn is_absent_minded(tree: &Tree) -> bool {
    let repeated = |members: &[detente_game::NodeId]| members.windows(2).any(|pair| tree.end(pair[0]) > pair[1]);
    let found = tree.infosets().any(|(id, set)| set.mover != Mover::Chance && repeated(tree.members(id)));
    if found {
        assert!(matches!(tree.recall(), Err(Forgotten { .. })));
    }
    found
}

/// Reduced strategies: an action at each set that the player's own actions before allow.
fn check_reduced(facts: &Facts, tree: &Tree) {
    let Ok(form) = SequenceForm::new(tree) else { return };
    let known = facts.get("reduced");
    if known.is_empty() {
        return;
    }
    for (own, known) in form.players.iter().zip(known.split('x')) {
        // Sets are listed after those before them, so the last first.
        let mut below = vec![1.0_f64; own.actions.len()];
        for set in own.sets.iter().rev() {
            let choices: f64 = (set.first..set.first + set.count).map(|sequence| below[sequence as usize]).sum();
            below[set.before as usize] *= choices;
        }
        let known_number: f64 = known.parse().expect("a number");
        let close = if known.contains('e') { 0.06 } else { 1e-15 };
        let off = (below[0] / known_number - 1.0).abs();
        assert!(off <= close, "{}: {known} reduced strategies, found {}", facts.get("file"), below[0]);
    }
}

fn check_quirks(facts: &Facts, tree: &Tree) {
    let labels = |set: &detente_game::Infoset| -> Vec<String> {
        set.actions.clone().map(|action| tree.action_label(action).to_owned()).collect()
    };
    let repeats = |set: &detente_game::Infoset| {
        let mut labels = labels(set);
        labels.sort();
        labels.windows(2).any(|pair| pair[0] == pair[1])
    };
    let paid = |node| tree.outcome_at(node).is_some();
    facts.quirk("nonterminal-outcome", tree.nodes().any(|node| !tree.is_terminal(node) && paid(node)));
    facts.quirk("null-terminal", tree.nodes().any(|node| tree.is_terminal(node) && !paid(node)));
    facts.quirk("single-action", tree.infosets().any(|(_, set)| set.actions.len() == 1));
    facts.quirk("dup-action-labels", tree.infosets().any(|(_, set)| repeats(set)));
    facts.quirk("empty-action-label", tree.infosets().any(|(_, set)| labels(set).iter().any(String::is_empty)));
    let never = |set: &detente_game::Infoset| set.actions.clone().any(|action| tree.chance(action).is_zero());
    facts.quirk("zero-chance-prob", tree.infosets().any(|(_, set)| set.mover == Mover::Chance && never(set)));
}

#[test]
fn every_strategic_game_is_what_is_known_of_it() {
    let all = files("nfg");
    assert!(all.is_empty() || all.len() > 80, "{} strategic games", all.len());
    for (facts, text) in all {
        let name = facts.get("file");
        let read_game = read_nfg(&text).unwrap_or_else(|faults| panic!("{name}: {faults:?}"));
        let ReadStrategic { game, outcomes, remarks } = &read_game;
        facts.check("players", &game.player_count().to_string());
        facts.check("strategies", &joined(game.sizes(), "x"));
        facts.check("profiles", &game.profile_count().to_string());
        facts.title(game.title());
        let sums: Vec<detente_base::Exact> =
            (0..game.profile_count()).map(|profile| game.payoffs(profile).iter().cloned().sum()).collect();
        facts.flag("constsum", sums.windows(2).all(|pair| pair[0] == pair[1]));
        let players = || (0..game.player_count()).map(|player| game.strategies(PlayerId::from_index(player)));
        let repeats = |own: &[String]| (1..own.len()).any(|at| own[..at].contains(&own[at]));
        facts.quirk("dup-strategy-labels", players().any(repeats));
        facts.quirk("outcome-version", outcomes.is_some());
        facts.quirk("payoff-version", outcomes.is_none());
        facts.quirk("comment-present", game.comment().is_some());
        assert!(remarks.is_empty(), "{name}: {remarks:?}");
        let flat = read_nfg(&write_nfg(game)).unwrap_or_else(|faults| panic!("{name}, written: {faults:?}"));
        assert!(flat.game == *game && flat.outcomes.is_none(), "{name} changes when it is written");
        if let Some(outcomes) = outcomes {
            check_outcomes(name, &read_game, outcomes);
        }
        assert!(matches!(read(&text), Ok(ReadGame::Strategic(_))));
    }
}

fn check_outcomes(name: &str, first: &ReadStrategic, outcomes: &OutcomeTable) {
    let written = write_nfg_outcomes(&first.game, outcomes);
    let again = read_nfg(&written).unwrap_or_else(|faults| panic!("{name}, written: {faults:?}"));
    assert!(again == *first, "{name} changes when its outcomes are written");
}
