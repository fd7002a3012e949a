//! How strategies did against each other.

use detente_analysis::negotiation::Status;
use detente_analysis::offers::answer::{MeanView, ScenarioView, TournamentAnswer};

use super::holds::stop_reason;
use super::offers::search_words;
use super::words::{counted, listed};
use crate::doc::{Document, Item, Level, Table, Text};

/// How strategies did against each other.
pub fn tournament_document(answer: &TournamentAnswer) -> Document {
    let mut out = Document::default();
    let strategies = match answer.strategies.len() {
        1 => "one strategy".to_owned(),
        n => format!("{n} strategies"),
    };
    out.heading(Level::Title, format!("A tournament of {strategies}"));
    if let Some(reason) = &answer.stopped {
        out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
        return out;
    }
    out.paragraph(format!(
        "{} of at most {}, {} offers: every strategy in every seat, each party once with the first turn{}. {}",
        counted(answer.negotiations, "negotiation"),
        counted(u64::from(answer.rounds), "round"),
        answer.offers,
        if answer.self_play { ", strategies also against themselves" } else { ", no strategy against itself" },
        repetitions(answer),
    ));
    out.bullets(answer.scenarios.iter().map(scenario).collect());
    out.append(scores(answer));
    out.append(pairs(answer));
    out
}

fn repetitions(answer: &TournamentAnswer) -> String {
    if answer.matches.iter().all(|played| played.repetitions == 1) {
        return "Each match was played once.".to_owned();
    }
    format!(
        "A match in which somebody draws random numbers was played {}.",
        counted(u64::from(answer.repetitions), "time")
    )
}

fn scenario(scenario: &ScenarioView) -> Item {
    let parties = listed(&scenario.parties, "and");
    let issues = counted(scenario.issues, "issue");
    let known = scenario.frontier_points.map(|points| format!(", {} on the frontier", counted(points, "point")));
    let open = scenario.frontier_stopped.as_ref().map(stop_reason);
    let pieces = [
        Some(format!("{}: {parties} over {issues}, {} packages", scenario.name, scenario.outcomes)),
        known,
        Some(".".to_owned()),
        search_words(scenario.search.cover, scenario.search.rounded).map(|words| format!(" {words}")),
        open.map(|reason| format!(" Undecided where agreements lie: {reason}")),
    ];
    Item::new(pieces.into_iter().flatten().collect::<String>())
}

fn scores(answer: &TournamentAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "How strategies did");
    let mut table = Table::default();
    table.left("Strategy");
    for head in ["Had", "95 %", "Others", "Sum", "Agreed", "Rounds", "Frontier", "Nash"] {
        table.right(head);
    }
    for score in &answer.scores {
        let optional =
            |mean: &Option<MeanView>| mean.map_or_else(|| "–".to_owned(), |mean| format!("{:.3}", mean.mean));
        table.rows.push(vec![
            score.strategy.clone(),
            format!("{:.3}", score.own.mean),
            format!("{:.3}–{:.3}", score.own.low, score.own.high),
            format!("{:.3}", score.others.mean),
            format!("{:.3}", score.welfare.mean),
            format!("{:.0} %", 100.0 * score.agreements.mean),
            format!("{:.0}", score.rounds.mean),
            optional(&score.frontier_distance),
            optional(&score.nash_distance),
        ]);
    }
    out.table(table);
    let mut remark = String::from(
        "What a strategy had, what the others had on average and the sum of all are means over matches, discounted \
         where a profile says so; without an agreement a party has its reservation. Between the bounds lie 95 % of the \
         means when matches are drawn anew: they tell how much a mean owes to the scenarios, seats and opponents that \
         were met. Frontier and Nash are the distances of agreements to the frontier and to the Nash solution, between \
         shares of worth, from 0 at a party's worst package to 1 at its best.",
    );
    if answer.status == Status::Undecided {
        remark.push_str(" Where the frontier is not known, agreements are left out of the distances.");
    }
    out.paragraph(remark);
    out
}

fn pairs(answer: &TournamentAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "Who had what against whom");
    let mut table = Table::default();
    table.left("Strategy");
    answer.strategies.iter().for_each(|strategy| table.right(strategy));
    for (strategy, row) in answer.strategies.iter().zip(&answer.pairs) {
        let cell = |worth: &Option<f64>| worth.map_or_else(|| "–".to_owned(), |worth| format!("{worth:.3}"));
        table.rows.push(std::iter::once(strategy.clone()).chain(row.iter().map(cell)).collect());
    }
    out.table(table);
    out.paragraph("Mean worth of the strategy of the row at tables where that of the column sat too.");
    out
}
