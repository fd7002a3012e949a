//! What changed in the file.

use detente_analysis::report::CompareAnswer;
use detente_analysis::report::{Bearing, Change, ChangeKind, Part, Said};

use super::Names;
use crate::doc::{Document, Item, Level, Text};

/// Changes that bear on no answer and are listed.
const MOST_OTHERS: usize = 12;

/// All changes with their numbers and lines: first those that can bear on answers.
pub(super) fn changes_section(answer: &CompareAnswer) -> Document {
    let mut out = Document::default();
    let names = Names::new(answer);
    out.heading(Level::Section, "What changed in the file");
    let item = |(index, change): (usize, &Change)| {
        Item::new(Text::default().strong(format!("{}", index + 1)).plain(" ").then(described(&names, change)))
    };
    let all = || answer.changes.iter().enumerate();
    let bearing: Vec<Item> = all().filter(|(_, c)| c.bearing == Bearing::Answers).map(item).collect();
    let others: Vec<Item> = all().filter(|(_, c)| c.bearing != Bearing::Answers).map(item).collect();
    if bearing.is_empty() {
        out.paragraph("No change can bear on what holds.");
    }
    out.bullets(bearing);
    if !others.is_empty() {
        out.paragraph("These cannot change what holds or is reached:");
        let more = others.len().saturating_sub(MOST_OTHERS);
        let mut listed: Vec<Item> = others.into_iter().take(MOST_OTHERS).collect();
        if more > 0 {
            listed.push(Item::new(format!("… and {more} more")));
        }
        out.bullets(listed);
    }
    out
}

/// `Priority of The coastal state: strait == closed moved from place 1 to 2 (line 11 → 12)`.
pub(super) fn described<'a>(names: &Names<'a>, change: &'a Change) -> Text {
    let mut text = Text::from(subject(names, change)).plain(": ");
    text = match (&change.before, &change.after, change.kind) {
        (Some(a), Some(b), ChangeKind::Moved) => {
            let place = |said: &Said| said.position.map_or_else(String::new, |p| p.to_string());
            text.code(&a.text).plain(format!(" moved from place {} to {}", place(a), place(b)))
        }
        (Some(a), Some(b), _) => quoted(quoted(text, a).plain(" → "), b),
        (Some(a), None, _) => quoted(text, a).plain(done("removed", a)),
        (None, Some(b), _) => quoted(text, b).plain(done("added", b)),
        (None, None, _) => text,
    };
    text.plain(lines(change))
}

/// ` added at place 2`.
fn done(verb: &str, said: &Said) -> String {
    let blank = if said.text.is_empty() { "" } else { " " };
    let place = said.position.map_or_else(String::new, |p| format!(" at place {p}"));
    format!("{blank}{verb}{place}")
}

fn quoted(text: Text, said: &Said) -> Text {
    if said.text.is_empty() { text } else { text.code(&said.text) }
}

fn lines(change: &Change) -> String {
    let line = |said: &Option<Said>| said.as_ref().and_then(|s| s.line);
    match (line(&change.before), line(&change.after)) {
        (Some(a), Some(b)) if a == b => format!(" (line {a})"),
        (Some(a), Some(b)) => format!(" (line {a} → {b})"),
        (Some(a), None) => format!(" (old line {a})"),
        (None, Some(b)) => format!(" (new line {b})"),
        (None, None) => String::new(),
    }
}

fn subject<'a>(names: &Names<'a>, change: &'a Change) -> String {
    let place = &change.place;
    let owner = match (&place.party, &place.type_id, &place.issue, &place.id) {
        (Some(party), Some(kind), ..) => format!("{}, if {}", names.party(party), names.type_name(party, kind)),
        (Some(party), None, ..) => names.party(party).to_owned(),
        (None, _, Some(issue), _) => issue.clone(),
        (None, _, None, Some(id)) => id.clone(),
        (None, _, None, None) => String::new(),
    };
    let of = |what: &str| if owner.is_empty() { what.to_owned() } else { format!("{what} of {owner}") };
    let is = |what: &str| if owner.is_empty() { what.to_owned() } else { format!("{what} {owner}") };
    match change.part {
        Part::Head => "Title or summary".to_owned(),
        Part::Party => is("Party"),
        Part::Foresight => of("Foresight"),
        Part::Unseen => format!("Unseen by {owner}"),
        Part::Parameter => is("Parameter"),
        Part::Issue => is("Issue"),
        Part::Values => of("Values"),
        Part::Value => of("Value"),
        Part::Setters => format!("Who sets {owner}"),
        Part::Moves => of("Moves"),
        Part::Rule => of("Rule for moves"),
        Part::Outcome => is("Named outcome"),
        Part::Constraint => "Constraint".to_owned(),
        Part::StatusQuo => of("Status quo"),
        Part::Disagreement => "Disagreement".to_owned(),
        Part::Preferences => of("Preferences"),
        Part::Type => is("Type"),
        Part::Worth => of("Worth"),
        Part::Priority => of("Priority"),
        Part::Ranking => of("Ranking"),
        Part::Chance => of("Chance"),
        Part::Belief => of("Beliefs"),
        Part::Protocol => is("Protocol"),
        Part::Negotiation => "Negotiation".to_owned(),
        Part::Source => is("Source"),
        Part::Claim => is("Claim"),
        Part::Because => of("Claims behind a statement"),
        Part::Wording => of("Wording"),
    }
}
