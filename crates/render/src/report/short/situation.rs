//! Who decides on what, and where it stands.

use detente_analysis::report::{IssueView, NamedView, OutcomeView, PartyView, Report};

use crate::doc::{Document, Item, Level, Text, join_texts};
use crate::report::names::Names;
use crate::report::situation::{combinations, counts, same_words, value_text};
use crate::report::words::{chance, listed, listed_names};

/// Named outcomes listed with their conditions.
const MOST_NAMED: usize = 6;

/// Values listed of one issue; of more the first and the last are.
const MOST_VALUES: usize = 8;

/// One entry for each party and for those who decide jointly; counts and status quo.
pub fn situation_section(report: &Report, names: &Names<'_>) -> Document {
    let situation = &report.situation;
    let mut out = Document::default();
    out.heading(Level::Section, "The situation");
    let mut items: Vec<Item> = situation.parties.iter().filter_map(|party| party_item(report, names, party)).collect();
    items.extend(shared_items(report, names));
    out.bullets(items);
    let mut text = Text::from(counts(report));
    if let Some(view) = situation.status_quo.and_then(|number| names.outcome(number)) {
        let words = status_quo_words(report, names, view);
        let number = view.number.to_string();
        text = text.plain(" Status quo: outcome ").strong(number).plain(format!(" – {}.", words.join(", ")));
    }
    out.paragraph(text);
    if !situation.named.is_empty() {
        // Those that hold somewhere matter most.
        let holds = |n: &NamedView| {
            let holdings = report.profiles.iter().flat_map(|p| &p.named);
            holdings.filter(|h| h.id == n.id).any(|h| h.holding.iter().any(|count| *count > 0))
        };
        let mut all: Vec<&NamedView> = situation.named.iter().collect();
        if all.len() > MOST_NAMED {
            all.sort_by_key(|n| !holds(n));
        }
        let named = all.into_iter().take(MOST_NAMED).map(named_text);
        let rest = situation.named.len().saturating_sub(MOST_NAMED);
        let more = if rest > 0 { format!("; and {rest} more") } else { String::new() };
        out.paragraph(Text::from("Outcomes with a name: ").then(join_texts(named, "; ")).plain(format!("{more}.")));
    }
    if report.profiles.first().is_some_and(|p| p.types.len() > 1) {
        out.append(combinations(report, names));
    }
    out
}

/// The values of the status quo; what is not done needs no word each.
fn status_quo_words(report: &Report, names: &Names<'_>, view: &OutcomeView) -> Vec<String> {
    let undone = |value: &str, issue: &str| value == "no" && is_binary(report, issue);
    let count = view.values.iter().filter(|(issue, value)| undone(value, issue)).count();
    if count == view.values.len() {
        return vec!["no to everything".to_owned()];
    }
    let said = view.values.iter().filter(|(issue, value)| count == 1 || !undone(value, issue));
    let mut words: Vec<String> = said.map(|(issue, value)| names.setting(issue, value)).collect();
    if count > 1 {
        words.push("no to the rest".to_owned());
    }
    words
}

fn named_text(named: &NamedView) -> Text {
    Text::from(format!("“{}” ", named.name)).code(&named.when)
}

fn is_binary(report: &Report, issue: &str) -> bool {
    report.situation.issues.iter().any(|i| i.id == issue && binary(i))
}

fn binary(issue: &IssueView) -> bool {
    issue.values == ["no", "yes"] && issue.value_names.iter().zip(&issue.values).all(|(n, v)| same_words(v, n))
}

/// The issues that exactly these parties set.
fn issues_of<'a>(report: &'a Report, set_by: &'a [String]) -> impl Iterator<Item = &'a IssueView> {
    report.situation.issues.iter().filter(move |issue| issue.set_by == set_by)
}

fn party_item(report: &Report, names: &Names<'_>, party: &PartyView) -> Option<Item> {
    let own: Vec<&IssueView> = issues_of(report, std::slice::from_ref(&party.id)).collect();
    let mut item = issues_item(names, Text::default().strong(&party.name), &own);
    let mut remarks: Vec<String> = Vec::new();
    if own.is_empty() {
        remarks.push(if party.sets.is_empty() { "decides on nothing" } else { "decides only with others" }.to_owned());
    }
    if !matches!(party.form.as_str(), "worth" | "priority" | "ranking" | "mixed") {
        remarks.push("is indifferent between all outcomes".to_owned());
    }
    if let Some(foresight) = &party.foresight {
        remarks.push(format!("foresight {foresight}"));
    }
    if !remarks.is_empty() {
        item.text = item.text.plain(if own.is_empty() { ": " } else { "; " }).plain(remarks.join("; "));
    }
    let typed = report.profiles.iter().any(|p| p.types.iter().any(|(id, _)| *id == party.id));
    // Who only decides with others is listed there.
    if own.is_empty() && !party.sets.is_empty() && remarks.len() == 1 && !typed {
        return None;
    }
    if typed {
        let kinds: Vec<String> = party
            .types
            .iter()
            .map(|kind| {
                let likely = kind.chance.as_ref().map_or(String::new(), |c| format!(" (chance {})", chance(c)));
                format!("{}{likely}", kind.name)
            })
            .collect();
        item.inner.push(Item::new(format!("may be {}; the others do not know", listed(&kinds, "or"))));
    }
    Some(item)
}

/// Issues that several parties set, or nature.
fn shared_items(report: &Report, names: &Names<'_>) -> Vec<Item> {
    let mut seen: Vec<&[String]> = Vec::new();
    let mut items = Vec::new();
    for issue in &report.situation.issues {
        let own = matches!(issue.set_by.as_slice(), [one] if report.situation.parties.iter().any(|p| p.id == *one));
        if own || seen.contains(&issue.set_by.as_slice()) {
            continue;
        }
        seen.push(&issue.set_by);
        let who: Vec<String> = issue.set_by.iter().map(|id| names.party(id).to_owned()).collect();
        let shared: Vec<&IssueView> = issues_of(report, &issue.set_by).collect();
        let lead = if shared.iter().all(|i| i.joint) {
            Text::default().strong(listed_names(&who)).plain(", only together")
        } else if who.len() > 1 {
            Text::default().strong(listed(&who, "or")).plain(", each alone")
        } else {
            Text::default().strong(listed_names(&who))
        };
        items.push(issues_item(names, lead, &shared));
    }
    items
}

/// Issues with two answers in one line, the others below it.
fn issues_item(names: &Names<'_>, lead: Text, issues: &[&IssueView]) -> Item {
    let (binary, valued): (Vec<&IssueView>, Vec<&IssueView>) = issues.iter().copied().partition(|i| binary(i));
    let mut item = Item::new(lead);
    if !binary.is_empty() {
        let words: Vec<String> = binary.iter().map(|issue| issue_text(issue)).collect();
        item.text = item.text.plain(": ").plain(words.join(", ")).plain(" – yes or no");
    }
    let below = valued.iter().map(|issue| Item::new(format!("{}: {}", issue_text(issue), values(names, issue))));
    match valued.as_slice() {
        // A single one needs no line of its own.
        [only] if binary.is_empty() => {
            item.text = item.text.plain(format!(": {}: {}", issue_text(only), values(names, only)));
        }
        _ => item.inner.extend(below),
    }
    item
}

fn issue_text(issue: &IssueView) -> String {
    let id = if same_words(&issue.id, &issue.name) { String::new() } else { format!(" [{}]", issue.id) };
    let moves = match issue.moves.as_str() {
        "forward" => " (no way back)",
        "backward" => " (backward only)",
        "fixed" => " (cannot change)",
        "rules" => " (moves by rules)",
        _ => "",
    };
    format!("{}{id}{moves}", issue.name)
}

fn values(names: &Names<'_>, issue: &IssueView) -> String {
    let value = |value: &String| value_text(names, &issue.id, value);
    match issue.values.as_slice() {
        [first, second, .., last] if issue.values.len() > MOST_VALUES => {
            format!("{}, {}, …, {} ({} values)", value(first), value(second), value(last), issue.values.len())
        }
        some => some.iter().map(value).collect::<Vec<_>>().join(", "),
    }
}
