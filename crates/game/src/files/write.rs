//! Writing games as Gambit reads them.

use std::fmt::Write;

use detente_base::Exact;
use rustc_hash::FxHashSet;

use super::nfg::OutcomeTable;
use crate::{Infoset, Mover, NodeKind, PlayerId, StrategicGame, Tree};

/// A tree as an `.efg` file, each node on a line.
///
/// Numbers of sets and outcomes are kept where they tell them apart. What no node uses is
/// left out.
///
/// Differs: the format has no text that ends in a backslash; a blank is put after it.
pub fn write_efg(tree: &Tree) -> String {
    let mut out = String::with_capacity(64 + 40 * tree.node_count());
    opening(&mut out, "EFG 2 R", (tree.title(), tree.players()));
    if let Some(comment) = tree.comment() {
        quoted(&mut out, comment);
        out.push('\n');
    }
    out.push('\n');
    let sets = set_numbers(tree);
    let outcomes = outcome_numbers(tree);
    for node in tree.nodes() {
        let kind = tree.kind(node);
        let set = match kind {
            NodeKind::Terminal => None,
            NodeKind::Move(set) => Some((tree.infoset(set), sets[set.index()])),
        };
        out.push_str(match set.map(|(set, _)| set.mover) {
            None => "t ",
            Some(Mover::Chance) => "c ",
            Some(Mover::Player(_)) => "p ",
        });
        quoted(&mut out, tree.node_label(node));
        if let Some((set, number)) = set {
            write_set(&mut out, tree, (set, number));
        }
        match tree.outcome_at(node) {
            None => out.push_str(" 0"),
            Some(id) => {
                let outcome = tree.outcome(id);
                push(&mut out, format_args!(" {} ", outcomes[id.index()]));
                quoted(&mut out, &outcome.label);
                out.push_str(" {");
                payoffs(&mut out, &outcome.payoffs);
                out.push_str(" }");
            }
        }
        out.push('\n');
    }
    out
}

fn write_set(out: &mut String, tree: &Tree, (set, number): (&Infoset, i64)) {
    if let Mover::Player(player) = set.mover {
        push(out, format_args!(" {}", player.index() + 1));
    }
    push(out, format_args!(" {number} "));
    quoted(out, &set.label);
    out.push_str(" {");
    for action in set.actions.clone() {
        out.push(' ');
        quoted(out, tree.action_label(action));
        if set.mover == Mover::Chance {
            push(out, format_args!(" {}", tree.chance(action)));
        }
    }
    out.push_str(" }");
}

/// The numbers of the sets, or others where a mover's are not all different.
fn set_numbers(tree: &Tree) -> Vec<i64> {
    let mut seen = FxHashSet::default();
    let mut repeated = FxHashSet::default();
    for (_, set) in tree.infosets() {
        if !seen.insert((set.mover, set.number)) {
            repeated.insert(set.mover);
        }
    }
    let number = |(at, set): (usize, &Infoset)| if repeated.contains(&set.mover) { at as i64 + 1 } else { set.number };
    tree.infosets().map(|(id, set)| number((id.index(), set))).collect()
}

/// The numbers of the outcomes, or others where they are not all different or one is 0.
fn outcome_numbers(tree: &Tree) -> Vec<i64> {
    let mut seen = FxHashSet::default();
    let own = tree.outcomes().iter().all(|outcome| outcome.number != 0 && seen.insert(outcome.number));
    let number = |(at, number)| if own { number } else { at as i64 + 1 };
    tree.outcomes().iter().map(|outcome| outcome.number).enumerate().map(number).collect()
}

/// A strategic game as an `.nfg` file with payoffs, each profile on a line.
///
/// Differs: as for [`write_efg`].
pub fn write_nfg(game: &StrategicGame) -> String {
    let mut out = strategic_opening(game);
    for profile in 0..game.profile_count() {
        let mut first = true;
        for payoff in game.payoffs(profile) {
            push(&mut out, format_args!("{}{payoff}", if first { "" } else { " " }));
            first = false;
        }
        out.push('\n');
    }
    out
}

/// A strategic game as an `.nfg` file with named outcomes; with payoffs if they are not
/// those of the outcomes.
///
/// Differs: as for [`write_efg`].
pub fn write_nfg_outcomes(game: &StrategicGame, table: &OutcomeTable) -> String {
    if !pays(game, table) {
        return write_nfg(game);
    }
    let mut out = strategic_opening(game);
    out.push_str("{\n");
    for outcome in &table.outcomes {
        out.push_str("{ ");
        quoted(&mut out, &outcome.label);
        payoffs(&mut out, &outcome.payoffs);
        out.push_str(" }\n");
    }
    out.push_str("}\n");
    let row = game.strategies(PlayerId(0)).len();
    for (at, cell) in table.cells.iter().enumerate() {
        let end = if (at + 1) % row == 0 { '\n' } else { ' ' };
        push(&mut out, format_args!("{}{end}", cell.map_or(0, |cell| cell + 1)));
    }
    out
}

/// Whether a game's payoffs are those of named outcomes.
fn pays(game: &StrategicGame, table: &OutcomeTable) -> bool {
    let same = |(profile, cell): (usize, &Option<u32>)| {
        let payoffs = game.payoffs(profile);
        match cell {
            None => payoffs.iter().all(Exact::is_zero),
            Some(cell) => table.outcomes.get(*cell as usize).is_some_and(|outcome| outcome.payoffs == payoffs),
        }
    };
    table.cells.len() == game.profile_count() && table.cells.iter().enumerate().all(same)
}

/// All before the payoffs: strategies by number where they are called so.
fn strategic_opening(game: &StrategicGame) -> String {
    let mut out = String::new();
    opening(&mut out, "NFG 1 R", (game.title(), game.players()));
    let players = || (0..game.player_count()).map(|player| game.strategies(PlayerId::from_index(player)));
    let counted = |own: &[String]| own.iter().enumerate().all(|(at, name)| *name == (at + 1).to_string());
    out.push('{');
    if players().all(counted) {
        players().for_each(|own| push(&mut out, format_args!(" {}", own.len())));
    } else {
        for own in players() {
            out.push_str(" {");
            for name in own {
                out.push(' ');
                quoted(&mut out, name);
            }
            out.push_str(" }");
        }
    }
    out.push_str(" }\n");
    if let Some(comment) = game.comment() {
        quoted(&mut out, comment);
        out.push('\n');
    }
    out.push('\n');
    out
}

/// Kind, title and players.
fn opening(out: &mut String, kind: &str, (title, players): (&str, &[String])) {
    out.push_str(kind);
    out.push(' ');
    quoted(out, title);
    out.push_str(" {");
    for player in players {
        out.push(' ');
        quoted(out, player);
    }
    out.push_str(" }\n");
}

fn payoffs(out: &mut String, payoffs: &[Exact]) {
    for (at, payoff) in payoffs.iter().enumerate() {
        push(out, format_args!("{}{payoff}", if at == 0 { " " } else { ", " }));
    }
}

fn quoted(out: &mut String, text: &str) {
    out.push('"');
    for part in text.split_inclusive('"') {
        match part.strip_suffix('"') {
            Some(before) => {
                out.push_str(before);
                out.push_str("\\\"");
            }
            None => out.push_str(part),
        }
    }
    if text.ends_with('\\') {
        out.push(' ');
    }
    out.push('"');
}

fn push(out: &mut String, arguments: std::fmt::Arguments<'_>) {
    out.write_fmt(arguments).expect("text takes all");
}
