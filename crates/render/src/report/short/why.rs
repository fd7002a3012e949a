//! Why the status quo and what is reached hold, or do not: a sentence for each party.

use detente_analysis::report::{
    EvidenceView, Interest, OutcomeAnalysis, OutcomeNumber, PartyAnalysis, PreferenceView, ProfileReport, Relation,
    ReplyView, Report, SanctionView, StepView, VerdictView,
};

use super::key::{CREDIBLE, key_outcomes, label};
use super::together::why_items;
use crate::doc::{Document, Item, Level, Text, join_texts};
use crate::report::close::likewise;
use crate::report::names::Names;
use crate::report::reasons::in_words;
use crate::report::words::{capital, grouped, inside, listed, listed_names};

/// Outcomes beside the status quo of which is told why they hold.
const MOST_OUTCOMES: usize = 3;

/// Named outcomes of which is told who leaves them.
const MOST_LEFT: usize = 2;

/// Reasons given for one preference.
const MOST_REASONS: usize = 2;

/// The section on reasons.
pub fn why_section(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    let key: Vec<OutcomeNumber> = key_outcomes(report);
    let told: Vec<OutcomeNumber> =
        if key.is_empty() { looked_at(report, |_| true) } else { key }.into_iter().take(MOST_OUTCOMES + 1).collect();
    let mut items: Vec<Item> = Vec::new();
    let mut resting: Vec<String> = Vec::new();
    for outcome in told {
        let views = views_of(report, outcome);
        if views.is_empty() {
            continue;
        }
        if views.iter().all(|(_, view)| view.parties.iter().all(stays)) {
            resting.push(label(report, names, outcome));
        } else {
            items.push(one_outcome(report, names, outcome, &views));
        }
    }
    if !resting.is_empty() {
        items.push(Item::new(format!("{}: nobody has a better move.", capital(&listed(&resting, "and")))));
    }
    items.extend(left(report, names));
    items.extend(why_items(report, names));
    if items.is_empty() {
        return out;
    }
    out.heading(Level::Section, "Why");
    items.push(Item::new(
        Text::from("All reasons, for any outcome: ").code("detente explain FILE --outcome NUMBER").plain("."),
    ));
    out.bullets(items);
    out
}

/// Outcomes looked at closely for this reason, each once.
fn looked_at(report: &Report, wanted: fn(&Interest) -> bool) -> Vec<OutcomeNumber> {
    let mut out = Vec::new();
    for analysis in report.profiles.iter().flat_map(|p| &p.close).filter(|c| wanted(&c.because)) {
        if !out.contains(&analysis.outcome) {
            out.push(analysis.outcome);
        }
    }
    out
}

type Views<'a> = Vec<(usize, &'a OutcomeAnalysis)>;

fn views_of(report: &Report, outcome: OutcomeNumber) -> Views<'_> {
    let find = |(index, profile): (usize, &'_ ProfileReport)| {
        profile.close.iter().position(|c| c.outcome == outcome).map(|at| (index, at))
    };
    let places = report.profiles.iter().enumerate().filter_map(find);
    places.map(|(index, at)| (index, &report.profiles[index].close[at])).collect()
}

/// The verdict under SEQ.
fn credible(party: &PartyAnalysis) -> Option<&VerdictView> {
    party.verdicts.iter().find(|v| v.concept == CREDIBLE)
}

/// Whether a party has nothing better.
fn stays(party: &PartyAnalysis) -> bool {
    credible(party).is_some_and(|v| matches!(v.evidence, EvidenceView::NoImprovement))
}

fn one_outcome(
    report: &Report,
    names: &Names<'_>,
    outcome: OutcomeNumber,
    views: &[(usize, &OutcomeAnalysis)],
) -> Item {
    let mut item = Item::new(Text::from(format!("{}:", capital(&label(report, names, outcome)))));
    let mut resting: Vec<String> = Vec::new();
    // What is the same for several parties is said once.
    let mut said: Vec<(Text, Option<String>, Vec<String>)> = Vec::new();
    for (slot, party) in views[0].1.parties.iter().enumerate() {
        let own = views.iter().filter_map(|(index, view)| Some((*index, view.parties.get(slot)?)));
        if own.clone().all(|(_, view)| stays(view)) {
            resting.push(names.party(&party.party).to_owned());
            continue;
        }
        let texts = own.filter_map(|(index, view)| Some((index, party_text(report, names, view)?)));
        for (text, profiles) in grouped(texts) {
            // The outcome may be looked at in some combinations only.
            let when = if profiles.len() < views.len() { names.when(&profiles) } else { None };
            // “If X is weak, X would leave” needs its subject once.
            let subject = format!("if {} is ", names.party_inside(&party.party));
            let when = when.map(|w| w.strip_prefix(&subject).map_or(w.clone(), |kinds| format!("if {kinds}")));
            match said.iter_mut().find(|(other, condition, _)| *other == text && *condition == when) {
                Some((_, _, parties)) => parties.push(names.party(&party.party).to_owned()),
                None => said.push((text, when, vec![names.party(&party.party).to_owned()])),
            }
        }
    }
    for (text, when, parties) in said {
        let who = listed_names(&parties);
        let start = match when {
            None => Text::default().strong(who),
            Some(when) => Text::from(format!("{}, ", capital(&when))).strong(inside(&who)),
        };
        item.inner.push(Item::new(start.then(text)));
    }
    if !resting.is_empty() {
        let verb = if resting.len() == 1 { "has" } else { "have" };
        item.inner
            .push(Item::new(Text::default().strong(listed_names(&resting)).plain(format!(" {verb} no better move."))));
    }
    item
}

/// What a party does, after its name.
fn party_text(report: &Report, names: &Names<'_>, view: &PartyAnalysis) -> Option<Text> {
    let verdict = credible(view)?;
    let body = match &verdict.evidence {
        EvidenceView::NoImprovement => Text::from(" has no better move"),
        EvidenceView::Leaves { step, better, worst_reply, .. } => {
            leaving(report, names, step, better).plain(unstopped(worst_reply.as_deref()))
        }
        EvidenceView::Deterred { sanctions } => deterred(report, names, sanctions),
    };
    let unchecked = if verdict.verified { "." } else { ". (Not checked a second time.)" };
    Some(body.plain(unchecked))
}

/// ` would leave for “A strike” (225), by American strike: no → yes: +4 from …`.
fn leaving(report: &Report, names: &Names<'_>, step: &StepView, better: &PreferenceView) -> Text {
    Text::from(" would leave for ").then(target(report, names, step)).then(because(names, better, MOST_REASONS))
}

fn target(report: &Report, names: &Names<'_>, step: &StepView) -> Text {
    let to = step.to;
    let named = report.situation.status_quo == Some(to) || !names.closest_named(to).is_empty();
    let changes = names.changes(step);
    Text::from(if named {
        let label = label(report, names, to);
        format!("{}; {changes})", label.trim_end_matches(')'))
    } else {
        format!("{to} ({changes})")
    })
}

fn because(names: &Names<'_>, compared: &PreferenceView, reasons: usize) -> Text {
    let words = in_words(names, compared, reasons);
    if words.is_empty() { words } else { Text::from(": ").then(words) }
}

fn unstopped(worst: Option<&ReplyView>) -> &'static str {
    match worst {
        None => "; the others have no credible reply",
        Some(reply) if reply.compared.relation == Relation::Better => {
            "; every credible reply leaves it better off still"
        }
        Some(_) => "; it has a way out of every credible reply",
    }
}

fn deterred(report: &Report, names: &Names<'_>, sanctions: &[SanctionView]) -> Text {
    let Some(first) = sanctions.first() else { return Text::from(" has no better move") };
    let steps = first.reply.steps.iter().map(|step| {
        Text::from(format!("{} would answer with {}", names.party_inside(&step.party), names.changes(step)))
    });
    let answer = join_texts(steps, ", then ");
    let worse = match first.reply.compared.relation {
        Relation::Worse => "worse off than now",
        _ => "no better off than now",
    };
    Text::from(" would like ")
        .then(target(report, names, &first.step))
        .plain(" better, but then ")
        .then(answer)
        .plain(format!(", which leaves it {worse}"))
        .then(because(names, &first.reply.compared, 1))
        .plain(likewise(sanctions.len() - 1))
}

/// Who leaves the named outcomes that hold nowhere: the first party that does, and for
/// which outcome.
fn left(report: &Report, names: &Names<'_>) -> Vec<Item> {
    let nowhere = |because: &Interest| matches!(because, Interest::Named { members: 0, .. });
    let told = key_outcomes(report);
    let outcomes = looked_at(report, nowhere).into_iter().filter(|outcome| !told.contains(outcome));
    let mut items = Vec::new();
    for outcome in outcomes.take(MOST_LEFT) {
        let leaving = views_of(report, outcome).into_iter().filter_map(|(index, view)| {
            view.parties.iter().find_map(|party| Some((index, leaving_text(report, names, party)?)))
        });
        for (text, profiles) in grouped(leaving) {
            let when = names.when(&profiles).map_or(String::new(), |w| format!(", {w}"));
            let who = capital(&label(report, names, outcome));
            items.push(Item::new(Text::from(format!("{who}{when}: ")).then(text)));
        }
    }
    items
}

fn leaving_text(report: &Report, names: &Names<'_>, party: &PartyAnalysis) -> Option<Text> {
    let EvidenceView::Leaves { step, better, .. } = &credible(party)?.evidence else { return None };
    let to = label(report, names, step.to);
    let text = Text::default().strong(names.party(&party.party)).plain(format!(" would leave for {to}"));
    Some(text.then(because(names, better, 1)).plain("."))
}
