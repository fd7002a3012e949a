//! How a negotiation by strategies went.

use detente_analysis::offers::answer::{
    ActKind, Agreement, EndingKind, EndingView, Offered, OffersAnswer, Protocol, SearchCover, TurnView, VoiceKind,
};

use super::holds::stop_reason;
use super::negotiation::number;
use super::words::{counted, listed};
use crate::doc::{Document, Item, Level, Table, Text};

/// Turns or drafts shown from the start, and from the end.
const SHOWN: usize = 6;

/// Models worse than this have learned next to nothing.
const LEARNED: f64 = 0.2;

/// How a negotiation by strategies went.
pub fn offers_document(answer: &OffersAnswer) -> Document {
    let mut out = Document::default();
    let names: Vec<String> = answer.parties.iter().map(|seat| seat.name.clone()).collect();
    let issues = counted(answer.issues.len() as u64, "issue");
    out.heading(Level::Title, format!("{} negotiate over {issues}", listed(&names, "and")));
    out.paragraph(rules(answer));
    if let Some(reason) = &answer.stopped {
        out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
        return out;
    }
    if let Some(search) = answer.search.as_ref().and_then(|search| search_words(search.cover, search.rounded)) {
        out.paragraph(search);
    }
    out.append(outcome(answer));
    out.append(models(answer));
    out.append(if answer.protocol == Protocol::Alternating { turns(answer) } else { drafts(answer) });
    out
}

fn rules(answer: &OffersAnswer) -> String {
    let rounds = counted(u64::from(answer.rounds), "round");
    let packages = format!("{} packages are possible.", answer.outcomes);
    match answer.protocol {
        Protocol::Alternating => {
            let first = answer.first.as_ref().map(|party| format!("; {party} has the first turn")).unwrap_or_default();
            format!("Alternating offers in at most {rounds}{first}. {packages}")
        }
        Protocol::HillClimbing => format!(
            "A single text: in at most {rounds} a mediator changes one issue of it, and the change stands if nobody \
             minds and somebody wants it. {packages}"
        ),
        Protocol::Vote => format!(
            "A single text: in at most {rounds} a mediator drafts a whole package, which becomes the text if nobody \
             minds and somebody wants it. {packages}"
        ),
    }
}

/// What is to be said of a search that did not look at everything.
pub(super) fn search_words(cover: SearchCover, rounded: bool) -> Option<String> {
    let mut words = Vec::new();
    if cover == SearchCover::Thinned {
        words.push(
            "Packages are too many to find the nearest one to every target: one that is worth little more is taken \
             instead.",
        );
    }
    if rounded {
        words.push(
            "Some worths have more digits than 64 bits hold: values are rounded down in the last place and reservations \
             up, so that nobody goes below its reservation.",
        );
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// How it ended, what each party has, and where the agreement lies.
fn outcome(answer: &OffersAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "What it ends in");
    if let Some(ending) = &answer.ending {
        out.paragraph(ending_words(answer, ending));
    }
    let mut table = Table::default();
    let discounted = answer.parties.iter().any(|seat| seat.discount.is_some());
    table.left("Party");
    if answer.protocol == Protocol::Alternating {
        table.left("Strategy");
    }
    table.right("Without an agreement");
    if answer.agreement.is_some() {
        table.right("Worth of the agreement");
    }
    if discounted {
        table.right("Falls to");
        table.right("At the end");
    }
    for (at, seat) in answer.parties.iter().enumerate() {
        let mut row = vec![seat.name.clone()];
        if answer.protocol == Protocol::Alternating {
            row.push(seat.strategy.clone().unwrap_or_default());
        }
        row.push(number(seat.reservation));
        row.extend(answer.agreement.as_ref().map(|agreement| number(agreement.package.worths[at])));
        if discounted {
            row.push(seat.discount.map_or_else(|| "–".to_owned(), number));
            row.push(answer.payoffs.get(at).map_or_else(String::new, |worth| number(*worth)));
        }
        table.rows.push(row);
    }
    out.table(table);
    if discounted {
        out.paragraph("Worths fall over the whole time to the part given, at an even rate.");
    }
    if let Some(agreement) = &answer.agreement {
        out.append(agreed(answer, agreement));
    } else if !answer.nash.is_empty() {
        out.paragraph(format!("The Nash solution would give {}.", points(answer)));
    }
    out
}

fn ending_words(answer: &OffersAnswer, ending: &EndingView) -> String {
    let by = ending.by.as_deref().unwrap_or_default();
    let (round, rounds) = (ending.round, answer.rounds);
    let adopted = ending.adopted.map_or(0, u64::from);
    let drafts = format!("{} of {} became the text", adopted, counted(ending.offers, "draft"));
    let settled = "no single change of it is left that nobody minds and somebody wants";
    match ending.kind {
        EndingKind::Agreement => {
            let others = if answer.parties.len() > 2 { "all others accept" } else { "the other accepts" };
            format!(
                "An agreement in round {round} of {rounds}, after {}: {others} what {by} offers.",
                counted(ending.offers, "offer")
            )
        }
        EndingKind::Ended => {
            format!(
                "No agreement: in round {round} {by} ends the negotiation, for no package is worth its reservation."
            )
        }
        EndingKind::Deadline => {
            format!(
                "No agreement: {} run out after {}.",
                counted(u64::from(rounds), "round"),
                counted(ending.offers, "offer")
            )
        }
        EndingKind::SettledSigned => format!("All sign the text: {drafts}, and {settled}."),
        EndingKind::SettledUnsigned => {
            format!("Not all sign the text: {drafts}, and {settled}, but somebody has more without it.")
        }
        EndingKind::DeadlineSigned => format!("All sign the text as it stands when the rounds run out: {drafts}."),
        EndingKind::DeadlineUnsigned if adopted == 0 && answer.protocol == Protocol::Vote => {
            format!("There is no text when the rounds run out: {drafts}.")
        }
        EndingKind::DeadlineUnsigned => {
            format!("Not all sign the text as it stands when the rounds run out: {drafts}.")
        }
    }
}

fn points(answer: &OffersAnswer) -> String {
    let vector =
        |worths: &Vec<f64>| format!("({})", worths.iter().map(|worth| number(*worth)).collect::<Vec<_>>().join(", "));
    listed(&answer.nash.iter().map(vector).collect::<Vec<_>>(), "or")
}

/// The package, and where it lies.
fn agreed(answer: &OffersAnswer, agreement: &Agreement) -> Document {
    let mut out = Document::default();
    let values = answer.issues.iter().zip(&agreement.package.values);
    let settled: Vec<String> = values.map(|(issue, value)| format!("{issue}: {value}")).collect();
    out.paragraph(Text::default().strong("Agreed: ").plain(format!("{}.", settled.join("; "))));
    let Some(place) = &agreement.place else {
        if let Some(reason) = &answer.frontier_stopped {
            out.paragraph(Text::default().strong("Undecided where it lies: ").plain(stop_reason(reason)));
        }
        return out;
    };
    let efficient = if place.efficient {
        "It is efficient: no other package is as good for every party and better for one.".to_owned()
    } else {
        format!(
            "It is not efficient: another package is as good for every party and better for one. The frontier is {} \
             away.",
            number(place.frontier_distance)
        )
    };
    let nash = match place.nash_distance {
        Some(distance) if distance < 5e-7 => " It is what the Nash solution chooses.".to_owned(),
        Some(distance) => format!(" The Nash solution, {}, is {} away.", points(answer), number(distance)),
        None => String::new(),
    };
    let measured = if nash.ends_with("away.") || efficient.ends_with("away.") {
        " Distances are between shares of worth, from 0 at a party's worst package to 1 at its best."
    } else {
        ""
    };
    out.paragraph(format!("{efficient}{nash}{measured}"));
    out
}

fn models(answer: &OffersAnswer) -> Document {
    let mut out = Document::default();
    if answer.models.is_empty() {
        return out;
    }
    out.heading(Level::Section, "What parties have learned");
    let item = |model: &detente_analysis::offers::answer::ModelView| {
        let words = match model.rank_correlation {
            None => "all packages are alike to it, or to the model".to_owned(),
            Some(rho) if rho < LEARNED => format!("next to nothing (rank correlation {})", short(rho)),
            Some(rho) => format!("rank correlation {}", short(rho)),
        };
        Item::new(format!("{} of {}: {words}", model.party, model.about))
    };
    out.bullets(answer.models.iter().map(item).collect());
    out.paragraph(
        "The rank correlation of guessed and true worths of packages is 1 if a model puts them in the right order, and \
         0 if it knows nothing.",
    );
    out
}

/// Two digits after the point.
fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}

/// Positions that are shown, and how many lie between.
fn shown(count: usize) -> (Vec<usize>, usize) {
    if count <= 2 * SHOWN + 1 {
        return ((0..count).collect(), 0);
    }
    ((0..SHOWN).chain(count - SHOWN..count).collect(), count - 2 * SHOWN)
}

fn turns(answer: &OffersAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "Offers");
    let mut table = Table::default();
    table.right("Round");
    table.left("Party");
    table.left("Does");
    answer.parties.iter().for_each(|seat| table.right(&seat.name));
    table.below("Package");
    let (places, between) = shown(answer.turns.len());
    let row = |turn: &TurnView| {
        let act = match turn.act {
            ActKind::Offer => "offers",
            ActKind::Accept => "accepts",
            ActKind::End => "ends",
        };
        let mut row = vec![turn.round.to_string(), turn.party.clone(), act.to_owned()];
        row.extend(package(answer, turn.offer.as_ref()));
        row
    };
    for at in places {
        if between > 0 && at == answer.turns.len() - SHOWN {
            table.rows.push(gap(table.columns.len()));
        }
        table.rows.push(row(&answer.turns[at]));
    }
    out.table(table);
    out.append(rest(answer, between, "turn"));
    out
}

/// Worths and values of a package; blank without one.
fn package(answer: &OffersAnswer, offer: Option<&Offered>) -> Vec<String> {
    match offer {
        Some(offer) => {
            let worths = offer.worths.iter().map(|worth| number(*worth));
            worths.chain([offer.values.join(", ")]).collect()
        }
        None => vec![String::new(); answer.parties.len() + 1],
    }
}

fn gap(columns: usize) -> Vec<String> {
    std::iter::once("…".to_owned()).chain(std::iter::repeat_n(String::new(), columns - 1)).collect()
}

/// What is left to the JSON, and the order of the values.
fn rest(answer: &OffersAnswer, between: usize, noun: &str) -> Document {
    let mut out = Document::default();
    if between > 0 {
        let text = format!("{} lie between; ", counted(between as u64, noun));
        out.paragraph(Text::from(text).code("--format json").plain(" lists them all."));
    }
    out.paragraph(format!("Values of a package in the order of the issues: {}.", answer.issues.join(", ")));
    out
}

fn drafts(answer: &OffersAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "Texts");
    let mut table = Table::default();
    table.right("Round");
    table.left("Draft");
    answer.parties.iter().for_each(|seat| table.right(&seat.name));
    table.below("Package");
    if let Some(start) = &answer.start {
        let mut row = vec!["0".to_owned(), "start".to_owned()];
        row.extend(package(answer, Some(start)));
        table.rows.push(row);
    }
    let adopted: Vec<_> = answer.drafts.iter().filter(|draft| draft.adopted).collect();
    let (places, between) = shown(adopted.len());
    for at in places {
        if between > 0 && at == adopted.len() - SHOWN {
            table.rows.push(gap(table.columns.len()));
        }
        let draft = adopted[at];
        let wanted = draft.voices.iter().zip(&answer.parties).filter(|(voice, _)| **voice == VoiceKind::For);
        let by: Vec<String> = wanted.map(|(_, seat)| seat.name.clone()).collect();
        let mut row = vec![draft.round.to_string(), format!("wanted by {}", listed(&by, "and"))];
        row.extend(package(answer, Some(&draft.draft)));
        table.rows.push(row);
    }
    out.table(table);
    let refused = answer.drafts.len() - adopted.len();
    if refused > 0 {
        let text = format!("{} did not become the text; ", counted(refused as u64, "more draft"));
        out.paragraph(Text::from(text).code("--format json").plain(" lists them all."));
    }
    out.append(rest(answer, between, "text"));
    out
}
