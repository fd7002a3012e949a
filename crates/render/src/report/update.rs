//! What may be concluded from what was seen.

use detente_analysis::play::answer::{GameUpdate, UpdateAnswer, UpdateView};
use detente_base::Exact;

use super::holds::stop_reason;
use super::play::{PlayLength, amount, facts, named, share_of};
use super::words::percent;
use crate::doc::{Document, Level, Table, Text};

/// What each equilibrium makes of what was seen.
pub fn update_document(answer: &UpdateAnswer, length: PlayLength) -> Document {
    let mut out = Document::default();
    out.heading(Level::Title, format!("What to conclude: {}", answer.title));
    let seen = if answer.seen.is_empty() { "nothing yet".to_owned() } else { facts(&answer.seen) };
    out.paragraph(format!("Seen, in this order: {seen}."));
    if !answer.fixed.is_empty() {
        let fixed: Vec<String> = answer.fixed.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        out.paragraph(format!("With {}.", fixed.join(", ")));
    }
    for game in &answer.games {
        let place = if game.name == game.id { game.id.clone() } else { format!("{} ({})", game.name, game.id) };
        out.heading(Level::Section, format!("{place}, line {}", game.line));
        if let Some(reason) = &game.stopped {
            out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
        }
        for (at, found) in game.equilibria.iter().enumerate() {
            if game.equilibria.len() > 1 {
                out.heading(Level::Part, format!("Equilibrium {} ({} of the searches end in it)", at + 1, found.found));
            }
            out.append(one(game, found, length));
        }
    }
    out
}

fn one(game: &GameUpdate, found: &UpdateView, length: PlayLength) -> Document {
    let mut out = Document::default();
    out.paragraph(if found.mistakes > 0 {
        "In this equilibrium nobody does that. If it was seen all the same, somebody made a mistake, and the \
         likeliest mistakes say:"
            .to_owned()
    } else if found.chance == Exact::ONE {
        "That was certain to be seen, and says nothing about anybody.".to_owned()
    } else {
        format!("It is seen in {}.", share_of(&found.chance))
    });
    let mut types = Table::default();
    types.left("Who");
    types.left("Is");
    types.right("Before");
    types.right("Now");
    for (party, all) in &found.types {
        let name = game.players.iter().find(|player| player.id == *party).map_or(party.as_str(), |player| &player.name);
        for (row, one) in all.iter().enumerate() {
            let who = if row == 0 { name.to_owned() } else { String::new() };
            types.rows.push(vec![who, one.own_type.clone(), percent(&one.before), percent(&one.after)]);
        }
    }
    if !types.rows.is_empty() {
        out.table(types);
    }
    if let Some(named) = named(&found.named) {
        out.paragraph(named);
    }
    let mut ends = Table::default();
    ends.left("It will end with");
    ends.right("Chance");
    game.players.iter().for_each(|player| ends.right(player.name.clone()));
    for outcome in found.outcomes.iter().take(length.rows) {
        let what = if outcome.values.is_empty() { "the only end".to_owned() } else { facts(&outcome.values) };
        let mut row = vec![what, percent(&outcome.chance)];
        row.extend(outcome.payoffs.iter().map(amount));
        ends.rows.push(row);
    }
    out.table(ends);
    if found.outcomes.len() > length.rows {
        out.paragraph(format!("… and {} other ends; `--limit` lists more.", found.outcomes.len() - length.rows));
    }
    out
}
