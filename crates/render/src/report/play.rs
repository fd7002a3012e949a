//! How games are played.

use detente_analysis::play::answer::{
    ActView, AlongView, BluffView, EquilibriumView, Fact, GameAnswer, NamedChance, PlayAnswer, SetView, Strength,
    ThresholdView,
};
use detente_base::Exact;

use super::holds::stop_reason;
use super::words::{capital, counted, listed, percent};
use crate::doc::{Document, Item, Level, Table, Text};

/// How much of an answer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlayLength {
    /// Most sets and outcomes that are listed.
    pub rows: usize,
}

/// The games of a file, each with its equilibria.
pub fn play_document(answer: &PlayAnswer, length: PlayLength) -> Document {
    let mut out = Document::default();
    out.heading(Level::Title, format!("Who does what: {}", answer.title));
    if !answer.fixed.is_empty() {
        let fixed: Vec<String> = answer.fixed.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        out.paragraph(format!("With {}.", fixed.join(", ")));
    }
    for game in &answer.games {
        out.append(one(game, length));
    }
    out
}

fn one(game: &GameAnswer, length: PlayLength) -> Document {
    let mut out = Document::default();
    let place = if game.name == game.id {
        format!("{} (line {})", game.id, game.line)
    } else {
        format!("{} ({}, line {})", game.name, game.id, game.line)
    };
    out.heading(Level::Section, place);
    if let Some(about) = &game.about {
        out.paragraph(about.as_str());
    }
    if game.size.nodes > 0 {
        let names: Vec<String> = game.players.iter().map(|player| player.name.clone()).collect();
        out.paragraph(format!(
            "{} {}: {}, {}, {}, {} on the longest way.",
            listed(&names, "and"),
            if names.len() == 1 { "plays" } else { "play" },
            counted(game.size.nodes as u64, "node"),
            counted(game.size.ends as u64, "end"),
            counted(game.size.sets as u64, "point of decision").replace("point of decisions", "points of decision"),
            counted(game.size.depth as u64, "move"),
        ));
    }
    if let Some(reason) = &game.stopped {
        out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
    }
    let central: Vec<String> = game.central.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    if !central.is_empty() {
        out.paragraph(format!("Uncertain numbers at their central values: {}.", central.join(", ").replace('`', "")));
    }
    if !game.equilibria.is_empty() {
        out.paragraph(how_many(game));
    }
    for (at, found) in game.equilibria.iter().enumerate() {
        out.append(equilibrium(game, (at, found), length));
    }
    if let Some(along) = &game.along {
        out.append(thresholds(game, along));
    }
    out
}

fn how_many(game: &GameAnswer) -> String {
    let number = game.equilibria.len();
    let tries: u32 = game.equilibria.iter().map(|found| found.found).sum();
    match (number, game.complete, tries) {
        (1, true, _) => "The game has one equilibrium.".to_owned(),
        (n, true, _) => format!("The game has {n} equilibria; all are listed."),
        (1, false, 1) => "One equilibrium was sought and found; there may be others.".to_owned(),
        (1, false, n) => format!("One equilibrium was found, by each of {n} searches; others are not ruled out."),
        (n, false, tries) => {
            format!(
                "{n} equilibria were found by {tries} searches, those that most of them end in are the likelier; there may be others."
            )
        }
    }
}

fn equilibrium(game: &GameAnswer, (at, found): (usize, &EquilibriumView), length: PlayLength) -> Document {
    let mut out = Document::default();
    let tries: u32 = game.equilibria.iter().map(|found| found.found).sum();
    let share = if game.equilibria.len() > 1 && !game.complete {
        format!(" ({} of {})", found.found, counted(u64::from(tries), "search").replace("searchs", "searches"))
    } else {
        String::new()
    };
    out.heading(Level::Part, format!("Equilibrium {}{share}", at + 1));
    out.paragraph(strength(found));
    let reached: Vec<(usize, &SetView)> =
        found.sets.iter().enumerate().filter(|(_, set)| !set.reached.is_zero()).collect();
    out.bullets(reached.iter().take(length.rows).map(|(_, set)| Item::new(does(game, set))).collect());
    if reached.len() > length.rows {
        out.paragraph(format!("… and {} more that are reached; `--limit` lists more.", reached.len() - length.rows));
    }
    let elsewhere = found.sets.len() - reached.len();
    if elsewhere > 0 {
        out.paragraph(format!(
            "{} not reached; what would be done there is in the JSON answer.",
            capital(&match elsewhere {
                1 => "one point of decision is".to_owned(),
                n => format!("{n} points of decision are"),
            })
        ));
    }
    if !found.bluffs.is_empty() {
        out.paragraph("What a type does more often than if everybody knew its type:");
        out.bullets(found.bluffs.iter().take(length.rows).map(|one| Item::new(bluff(game, found, one))).collect());
    }
    if let Some(named) = named(&found.named) {
        out.paragraph(named);
    }
    out.table(outcomes(game, found, length));
    out.table(payoffs(game, found));
    out
}

fn strength(found: &EquilibriumView) -> String {
    match found.strength {
        Strength::QuasiPerfect => {
            "Exact, and quasi-perfect: nowhere, reached or not, would anybody do better by acting differently, even if \
             the others make mistakes now and then."
                .to_owned()
        }
        Strength::Sequential => {
            "Exact, and sequential: nowhere, reached or not, would anybody do better by acting differently.".to_owned()
        }
        Strength::Nash => "Exact: nobody would do better by deviating alone.".to_owned(),
        Strength::Approximate => {
            format!("Approximate: by deviating alone nobody gains more than {:.2e}.", found.max_regret.to_f64())
        }
    }
}

fn name<'g>(game: &'g GameAnswer, id: &'g str) -> &'g str {
    game.players.iter().find(|player| player.id == id).map_or(id, |player| player.name.as_str())
}

fn who(game: &GameAnswer, party: &str, own_type: Option<&String>) -> String {
    let own = own_type.map_or_else(String::new, |own| format!(" ({own})"));
    format!("{}{own}", name(game, party))
}

pub(super) fn facts(facts: &[Fact]) -> String {
    facts.iter().map(|fact| format!("{} = {}", fact.what, fact.value)).collect::<Vec<_>>().join(", ")
}

/// What a player does at a set.
fn does(game: &GameAnswer, set: &SetView) -> String {
    let after = if set.knows.is_empty() { String::new() } else { format!(", knowing {}", facts(&set.knows)) };
    let mut said = vec![format!("{}{after}: {}", who(game, &set.party, set.own_type.as_ref()), choice(set))];
    let open = |chance: &Exact| !chance.is_zero() && *chance != Exact::ONE;
    for belief in &set.beliefs {
        let types: Vec<String> = belief
            .types
            .iter()
            .filter(|(_, chance)| open(chance) || *chance == Exact::ONE)
            .map(
                |(kind, chance)| {
                    if open(chance) { format!("{kind} {}", share(chance)) } else { format!("surely {kind}") }
                },
            )
            .collect();
        said.push(format!("it takes {} for {}", name(game, &belief.about), listed(&types, "or")));
    }
    format!("{}.", said.join("; "))
}

fn choice(set: &SetView) -> String {
    let played: Vec<_> = set.actions.iter().filter(|action| !action.chance.is_zero()).collect();
    match played[..] {
        [only] if set.actions.len() == 1 => format!("{} = {} (there is nothing else)", set.what, only.value),
        [only] => format!("{} = {}", set.what, only.value),
        _ => {
            let parts: Vec<String> = played
                .iter()
                .map(|action| format!("{} = {} {}", set.what, action.value, share(&action.chance)))
                .collect();
            listed(&parts, "or")
        }
    }
}

fn bluff(game: &GameAnswer, found: &EquilibriumView, bluff: &BluffView) -> String {
    let set = &found.sets[bluff.set];
    let after = if set.knows.is_empty() { String::new() } else { format!(", knowing {}", facts(&set.knows)) };
    let if_known =
        if bluff.if_known.is_zero() { "never".to_owned() } else { format!("in {}", share_of(&bluff.if_known)) };
    format!(
        "{}{after}: {} = {} in {}, and {if_known} if its type were known.",
        who(game, &bluff.party, Some(&bluff.own_type)),
        bluff.what,
        bluff.value,
        share_of(&bluff.chance)
    )
}

/// `(28.57 %, 2/7)`.
fn share(chance: &Exact) -> String {
    let exact = chance.to_string();
    if exact.contains('/') && exact.len() <= 12 {
        format!("({}, {exact})", percent(chance))
    } else {
        format!("({})", percent(chance))
    }
}

/// `28.57 % (2/7) of cases`.
pub(super) fn share_of(chance: &Exact) -> String {
    let exact = chance.to_string();
    if *chance == Exact::ONE {
        "all cases".to_owned()
    } else if exact.contains('/') && exact.len() <= 12 {
        format!("{} ({exact}) of cases", percent(chance))
    } else {
        format!("{} of cases", percent(chance))
    }
}

/// A payoff: exact where that is short.
pub(super) fn amount(value: &Exact) -> String {
    let text = value.to_string();
    if text.contains('/') || text.len() > 9 {
        let near = format!("{:.4}", value.to_f64());
        near.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// How likely the outcomes are that have a name: `By name: A strike 25 %, nothing happens 75 %.`
pub(super) fn named(all: &[NamedChance]) -> Option<String> {
    let likely = all.iter().filter(|one| !one.chance.is_zero());
    let parts: Vec<String> = likely.map(|one| format!("{} {}", one.name, percent(&one.chance))).collect();
    let never: Vec<&str> = all.iter().filter(|one| one.chance.is_zero()).map(|one| one.name.as_str()).collect();
    let said = if parts.is_empty() { "none of them happens".to_owned() } else { parts.join(", ") };
    let rest =
        if never.is_empty() || parts.is_empty() { String::new() } else { format!("; never: {}", never.join(", ")) };
    (!all.is_empty()).then(|| format!("Named outcomes: {said}{rest}."))
}

fn outcomes(game: &GameAnswer, found: &EquilibriumView, length: PlayLength) -> Table {
    let mut table = Table::default();
    table.left("It ends with");
    table.right("Chance");
    game.players.iter().for_each(|player| table.right(player.name.clone()));
    for outcome in found.outcomes.iter().take(length.rows) {
        let what = if outcome.values.is_empty() { "the only end".to_owned() } else { facts(&outcome.values) };
        let mut row = vec![what, percent(&outcome.chance)];
        row.extend(outcome.payoffs.iter().map(amount));
        table.rows.push(row);
    }
    if found.outcomes.len() > length.rows {
        let rest: Exact = found.outcomes[length.rows..].iter().map(|outcome| outcome.chance.clone()).sum();
        let mut row = vec![format!("{} others", found.outcomes.len() - length.rows), percent(&rest)];
        row.extend(game.players.iter().map(|_| String::new()));
        table.rows.push(row);
    }
    table
}

fn payoffs(game: &GameAnswer, found: &EquilibriumView) -> Table {
    let mut table = Table::default();
    table.left("Who");
    table.right("Gets");
    let compared = found.payoffs.iter().any(|payoff| payoff.status_quo.is_some());
    if compared {
        table.right("As things stand");
    }
    for payoff in &found.payoffs {
        let mut row = vec![name(game, &payoff.party).to_owned(), amount(&payoff.expected)];
        if compared {
            row.push(payoff.status_quo.as_ref().map_or_else(String::new, amount));
        }
        table.rows.push(row);
        for (kind, worth) in &payoff.by_type {
            let mut row = vec![format!("  if {kind}"), amount(worth)];
            if compared {
                row.push(String::new());
            }
            table.rows.push(row);
        }
    }
    table
}

/// Where behaviour changes.
fn thresholds(game: &GameAnswer, along: &AlongView) -> Document {
    let mut out = Document::default();
    out.heading(Level::Part, format!("Along {} from {} to {}", along.parameter, along.low, along.high));
    if along.thresholds.is_empty() {
        out.paragraph("The same acts happen throughout; how likely they are may change.");
    }
    for threshold in &along.thresholds {
        out.paragraph(Text::default().strong(place(along, threshold)).plain(":"));
        let ends = threshold.ends.iter().map(|one| Item::new(format!("no longer: {}", act(game, one))));
        let begins = threshold.begins.iter().map(|one| Item::new(format!("from here on: {}", act(game, one))));
        out.bullets(ends.chain(begins).collect());
    }
    let mut table = Table::default();
    table.right(along.parameter.clone());
    let mut names: Vec<&String> = Vec::new();
    for (outcome, _) in along.points.iter().flat_map(|point| &point.outcomes) {
        if !names.contains(&outcome) {
            names.push(outcome);
        }
    }
    let shown = &names[..names.len().min(4)];
    shown.iter().for_each(|outcome| table.right((*outcome).clone()));
    for point in along.points.iter().step_by(4) {
        let mut row = vec![amount(&point.at)];
        let chance = |outcome: &&String| {
            let found = point.outcomes.iter().find(|(name, _)| name == *outcome);
            percent(found.map_or(&Exact::ZERO, |(_, chance)| chance))
        };
        row.extend(shown.iter().map(chance));
        table.rows.push(row);
    }
    if !shown.is_empty() {
        out.table(table);
    }
    out
}

fn place(along: &AlongView, threshold: &ThresholdView) -> String {
    match &threshold.exact {
        Some(exact) => format!("At {} = {}", along.parameter, exact),
        None => format!(
            "At {} between {} and {}",
            along.parameter,
            significant(threshold.low.to_f64()),
            significant(threshold.high.to_f64())
        ),
    }
}

fn significant(value: f64) -> String {
    format!("{value:.10}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn act(game: &GameAnswer, act: &ActView) -> String {
    let after = if act.knows.is_empty() { String::new() } else { format!(", knowing {}", facts(&act.knows)) };
    format!("{}{after}: {} = {}", who(game, &act.party, act.own_type.as_ref()), act.what, act.value)
}
