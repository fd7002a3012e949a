//! Equilibria of game files.

use detente_analysis::games::answer::{GameEquilibrium, GameKind, GameSolution, Refinement};
use detente_base::Exact;

use super::holds::stop_reason;
use super::words::{counted, listed};
use crate::doc::{Document, Level, Table, Text};

/// Information sets that are written out for one equilibrium.
const MOST_ROWS: usize = 60;

/// Equilibria that are written out.
const MOST_SHOWN: usize = 20;

/// The equilibria of a game.
pub fn game_document(answer: &GameSolution) -> Document {
    let mut out = Document::default();
    let title = if answer.title.is_empty() { "A game" } else { answer.title.lines().next().unwrap_or_default() };
    out.heading(Level::Title, title);
    out.paragraph(format!("{}: {}.", listed(&answer.players, "and"), answer.size));
    if let Some(reason) = &answer.stopped {
        out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
    }
    out.paragraph(format!("Method: {}.", answer.method));
    out.paragraph(how_many(answer));
    if let (Some(iterations), Some(exploitability)) = (answer.iterations, answer.exploitability) {
        out.paragraph(format!(
            "After {}, players could gain {exploitability:.3e} on average by deviating.",
            counted(iterations, "iteration")
        ));
    }
    for (at, one) in answer.equilibria.iter().take(MOST_SHOWN).enumerate() {
        out.heading(Level::Section, format!("Equilibrium {}", at + 1));
        out.append(equilibrium(answer, one));
    }
    if answer.equilibria.len() > MOST_SHOWN {
        out.paragraph(format!("… and {} more, in the JSON answer.", answer.equilibria.len() - MOST_SHOWN));
    }
    out.append(components(answer));
    out
}

fn how_many(answer: &GameSolution) -> String {
    let number = answer.equilibria.len();
    let checked = if answer.verified {
        " Each was checked against the game alone."
    } else {
        " It was not possible to verify them."
    };
    let said = match (number, answer.complete, &answer.count) {
        (0, ..) => return "No equilibrium was found.".to_owned(),
        (1, true, _) => "The game has one equilibrium.".to_owned(),
        (n, true, _) => format!("{n} equilibria: all, or what all others are mixtures of."),
        (1, false, Some(count)) if count == "1" => {
            "One equilibrium: the only one in pure strategies that is subgame-perfect.".to_owned()
        }
        (n, false, Some(count)) => {
            format!("{n} of {count} equilibria in pure strategies that are subgame-perfect; there may be others.")
        }
        (1, false, None) => "One equilibrium; there may be others.".to_owned(),
        (n, false, None) => format!("{n} equilibria; there may be others."),
    };
    format!("{said}{checked}")
}

fn equilibrium(answer: &GameSolution, one: &GameEquilibrium) -> Document {
    let mut out = Document::default();
    out.paragraph(match (one.refinement, &one.exact) {
        (Refinement::Approximate, _) => {
            format!("Approximate: nobody gains more than {:.3e} by deviating alone.", one.max_regret)
        }
        (Refinement::QuasiPerfect, _) => "Exact, and quasi-perfect.".to_owned(),
        (Refinement::Sequential, _) => "Exact, and sequential.".to_owned(),
        (Refinement::SubgamePerfect, _) => "Exact, and subgame-perfect.".to_owned(),
        (Refinement::Nash, Some(_)) => "Exact.".to_owned(),
        (Refinement::Nash, None) => "In floating point.".to_owned(),
    });
    let mut table = Table::default();
    table.left("Player");
    table.right("Set");
    table.left("Does");
    let mut rows = 0;
    let tables = answer.kind == GameKind::Table;
    for (player, sets) in &one.strategies.0 {
        if tables {
            let all = sets.0.iter().flat_map(|(_, own)| own.0.iter().map(|(label, chance)| (label.as_str(), *chance)));
            let exact = |label: &str, at: &str| -> Option<&Exact> {
                one.exact.as_ref()?.strategies.get(player)?.get(at)?.get(label)
            };
            let places: Vec<&str> = sets.0.iter().map(|(at, _)| at.as_str()).collect();
            let parts = all.zip(places).filter(|((_, chance), _)| *chance > 0.0);
            let parts: Vec<String> = parts.map(|((label, chance), at)| part(label, chance, exact(label, at))).collect();
            table.rows.push(vec![player.clone(), String::new(), parts.join(", ")]);
            continue;
        }
        for (set, actions) in &sets.0 {
            rows += 1;
            if rows > MOST_ROWS {
                continue;
            }
            let exact =
                |label: &str| -> Option<&Exact> { one.exact.as_ref()?.strategies.get(player)?.get(set)?.get(label) };
            let parts: Vec<String> = actions
                .0
                .iter()
                .filter(|(_, chance)| *chance > 0.0)
                .map(|(label, chance)| part(label, *chance, exact(label)))
                .collect();
            table.rows.push(vec![player.clone(), set.clone(), parts.join(", ")]);
        }
    }
    out.table(table);
    if rows > MOST_ROWS {
        out.paragraph(format!("… and {} information sets more, in the JSON answer.", rows - MOST_ROWS));
    }
    let payoff = |(at, player): (usize, &String)| {
        let exact = one.exact.as_ref().map(|exact| exact.payoffs[at].to_string());
        format!("{player} {}", exact.filter(|text| text.len() <= 20).unwrap_or_else(|| short(one.payoffs[at])))
    };
    let payoffs: Vec<String> = answer.players.iter().enumerate().map(payoff).collect();
    out.paragraph(format!("Payoffs: {}.", payoffs.join(", ")));
    out
}

/// `fold`, or `fold 2/3`.
fn part(label: &str, chance: f64, exact: Option<&Exact>) -> String {
    match exact {
        Some(exact) if *exact == Exact::ONE => label.to_owned(),
        Some(exact) if exact.to_string().len() <= 20 => format!("{label} {exact}"),
        _ => format!("{label} {}", short(chance)),
    }
}

fn short(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn components(answer: &GameSolution) -> Document {
    let mut out = Document::default();
    let Some(components) = &answer.components else { return out };
    let several: Vec<&Vec<usize>> = components.iter().filter(|component| component.len() > 1).collect();
    if several.is_empty() {
        return out;
    }
    out.heading(Level::Section, "What hangs together");
    out.paragraph("Between these equilibria there are mixtures of them that are equilibria too:");
    let name = |component: &&Vec<usize>| {
        let numbers: Vec<String> = component.iter().map(|at| (at + 1).to_string()).collect();
        crate::doc::Item::new(listed(&numbers, "and"))
    };
    out.bullets(several.iter().map(name).collect());
    out
}
