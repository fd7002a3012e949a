//! In what share of cases outcomes hold.

use detente_analysis::report::Completion;
use detente_analysis::robust::{EventView, Method, RobustAnswer, RobustProfile, ShareView, Varied};
use detente_base::Exact;

use super::aside::set_aside;
use super::holds::{meanings_of, stop_reason, values_table};
use super::names::Names;
use super::words::{capital, counted, listed};
use crate::doc::{Document, Level, Table, Text};

/// Concepts, the shortest foresight first.
const ORDER: [&str; 5] = ["R", "SSEQ", "SEQ", "SMR", "GMR"];

/// Outcomes described at the end.
const MOST_MENTIONED: usize = 40;

/// A difference between the halves of a parameter that is worth a sentence.
const WORTH_SAYING: (i64, i64) = (1, 20);

/// In what share of cases outcomes hold.
pub fn robust_document(answer: &RobustAnswer) -> Document {
    let types = answer.profiles.iter().map(|p| p.types.as_slice()).collect();
    let names = Names::of(&answer.situation, &answer.outcomes, types);
    let mut out = Document::default();
    out.heading(Level::Title, answer.situation.title.trim());
    undecided(&mut out, &answer.completion);
    out.append(set_aside(&answer.set_aside));
    out.paragraph(what_varies(answer));
    for (index, profile) in answer.profiles.iter().enumerate() {
        if answer.profiles.len() > 1 {
            let when = names.when(&[index]).unwrap_or_else(|| names.combination(index));
            let chance = profile.chance.as_ref().map_or(String::new(), |c| format!(" (chance {c})"));
            out.heading(Level::Section, format!("{}{chance}", capital(&when)));
            undecided(&mut out, &profile.completion);
        }
        out.append(profile_document(&names, profile));
    }
    if let Some(overall) = &answer.overall {
        out.heading(Level::Section, "With types drawn by their central chances");
        out.table(shares(&names, overall));
    }
    if answer.outcomes.len() > 1 && answer.outcomes.len() <= MOST_MENTIONED {
        out.heading(Level::Section, "Outcomes mentioned");
        out.append(values_table(&names, answer.outcomes.iter().map(|o| o.number).collect(), "By number:"));
    }
    if answer.profiles.iter().any(|p| !p.events.is_empty()) {
        out.append(meanings_of(&ORDER));
    }
    out
}

fn undecided(out: &mut Document, completion: &Completion) {
    if let Completion::Undecided { reason } = completion {
        out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
    }
}

fn what_varies(answer: &RobustAnswer) -> String {
    match &answer.varied {
        Varied::Parameters { distribution } if distribution == "uniform" => {
            "Every number with a range that a worth uses varies over it, independently of the others, each value alike."
                .to_owned()
        }
        Varied::Parameters { .. } => {
            "Every number with a range that a worth uses varies over it, independently of the others, most often near its \
             likely value (triangular)."
                .to_owned()
        }
        Varied::Orders { swaps } => format!(
            "The order of every party with preferences varies, independently of the others: ties are broken at random, \
             and then up to {} made, all orders so reached alike.",
            if *swaps == 1 { "1 swap of neighbours is".to_owned() } else { format!("{swaps} swaps of neighbours are") }
        ),
    }
}

fn profile_document(names: &Names<'_>, profile: &RobustProfile) -> Document {
    let mut out = Document::default();
    let over = listed(&profile.over, "and");
    match &profile.method {
        Method::Constant => out.paragraph("Nothing varies here; each share is none or all."),
        Method::Exact { cases } => {
            out.paragraph(format!("All {} of {over} were solved; shares are exact.", counted(*cases, "case")));
        }
        Method::Drawn { draws, seed } => out.paragraph(format!(
            "{} of {over}, seed {seed}. In brackets the interval that covers the true share with a chance of 95 % at \
             least, each on its own (Clopper and Pearson).",
            counted(u64::from(*draws), "draw")
        )),
        Method::Undecided => return out,
    }
    out.table(shares(names, &profile.events));
    if profile.events_left_out > 0 {
        out.paragraph(format!("{} at times and not listed.", holding(profile.events_left_out)));
    }
    let turning: Vec<String> = profile.events.iter().filter_map(|event| turns_on(names, event)).collect();
    if !turning.is_empty() {
        out.paragraph("What the share under SEQ turns on most:");
        out.bullets(turning.into_iter().map(crate::doc::Item::new).collect());
    }
    out
}

fn holding(count: u64) -> String {
    if count == 1 { "1 outcome holds".to_owned() } else { format!("{count} outcomes hold") }
}

fn shares(names: &Names<'_>, events: &[EventView]) -> Table {
    let mut table = Table::default();
    table.left("What holds");
    ORDER.iter().for_each(|concept| table.right(*concept));
    let mut rows: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for event in events {
        let cells = ORDER.iter().map(|concept| event.shares.get(*concept).map_or(String::new(), share)).collect();
        let name = event_name(names, event);
        let is_number = |name: &String| name.chars().all(|c| c.is_ascii_digit());
        // Outcomes with the same shares share a row.
        match rows
            .last_mut()
            .filter(|(known, others)| *known == cells && is_number(&name) && others.iter().all(is_number))
        {
            Some((_, others)) => others.push(name),
            None => rows.push((cells, vec![name])),
        }
    }
    for (cells, alike) in rows {
        table.rows.push(std::iter::once(alike.join(", ")).chain(cells).collect());
    }
    table
}

fn event_name(names: &Names<'_>, event: &EventView) -> String {
    match (&event.named, event.outcome) {
        (Some(id), _) => format!("“{}”", names.named_name_of(id)),
        (None, Some(outcome)) if names.status_quo() == Some(outcome) => names.brief(outcome),
        (None, Some(outcome)) => outcome.to_string(),
        (None, None) => String::new(),
    }
}

/// `62.5 % (60.3–64.6)`; `all`, `none` where that is certain.
fn share(share: &ShareView) -> String {
    if share.low == share.high {
        return match share.share.to_f64() {
            0.0 => "none".to_owned(),
            1.0 => "all".to_owned(),
            _ => format!("{} %", percent(&share.share)),
        };
    }
    format!("{} % ({}–{})", percent(&share.share), percent(&share.low), percent(&share.high))
}

fn percent(share: &Exact) -> String {
    let text = format!("{:.1}", share.to_f64() * 100.0);
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn turns_on(names: &Names<'_>, event: &EventView) -> Option<String> {
    let influence = event.turns_on.as_ref()?;
    let difference = &influence.when_high - &influence.when_low;
    let size = if difference.signum() < 0 { -difference } else { difference };
    if size < Exact::ratio(WORTH_SAYING.0, WORTH_SAYING.1) {
        return None;
    }
    Some(format!(
        "{}: {}, {} % in the lower half of its range and {} % in the upper half.",
        event_name(names, event),
        influence.parameter,
        percent(&influence.when_low),
        percent(&influence.when_high)
    ))
}
