//! The answer itself, in a few sentences.

use detente_analysis::report::{NamedHolding, ProfileReport, Report, StatusQuoView};

use super::key::{CREDIBLE, count_under, label, quoted, reached};
use super::together::brief_items;
use super::turning::turning_items;
use crate::doc::{Document, Item, Level, Text};
use crate::report::holds::{foresights, undecided_paragraphs};
use crate::report::names::Names;
use crate::report::words::{capital, chance, concepts, counted, grouped, listed};

/// Outcomes named for one combination; the rest is counted.
const MOST_REACHED: usize = 4;

/// Outcomes named one by one where there is no status quo.
const MOST_NUMBERS: usize = 12;

/// Groups of combinations of which one by one is spoken.
const MOST_GROUPS: usize = 5;

/// Named outcomes listed in one sentence.
const MOST_NAMED: usize = 5;

/// What becomes of the status quo, what is reached, what holds nowhere, and the numbers
/// and chances on which this turns.
pub fn answer_section(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "In brief");
    out.append(undecided_paragraphs(report, names));
    if report.profiles.iter().all(|p| p.equilibria.is_empty()) {
        return out;
    }
    out.paragraph(if report.situation.status_quo.is_some() {
        "Holds: no party would leave it, fearing only replies that the others would like (SEQ). Reached: from the status \
         quo, by moves that each mover likes."
    } else {
        "Holds: no party would leave it, fearing only replies that the others would like (SEQ)."
    });
    let fates = fates(report);
    let mut items = combination_items(report, names, &fates);
    items.extend(fate_items(report, &fates));
    items.extend(brief_items(report, names));
    items.extend(mixture_items(report, names));
    items.extend(turning_items(report, names));
    items.extend(chance_item(report, names));
    out.bullets(items);
    if report.combinations_left_out > 0 {
        let left_out = counted(report.combinations_left_out, "more combination");
        out.paragraph(format!("{left_out} of types not analysed."));
    }
    out
}

/// The condition before a sentence, with the chance of a single combination.
fn condition(report: &Report, names: &Names<'_>, profiles: &[usize]) -> Option<String> {
    let when = capital(&names.when(profiles)?);
    match profiles {
        [one] => {
            let likely = report.profiles[*one].chance.as_ref().map(|c| format!(" (chance {})", chance(c)));
            Some(when + &likely.unwrap_or_default())
        }
        _ => Some(when),
    }
}

/// A bullet for each finding, with its condition in front; what is too many is counted.
fn conditional(report: &Report, names: &Names<'_>, found: Vec<(usize, String)>) -> Vec<Item> {
    let groups = grouped(found);
    let rest = groups.len().saturating_sub(MOST_GROUPS);
    let mut items: Vec<Item> = groups
        .into_iter()
        .take(MOST_GROUPS)
        .map(|(text, profiles)| match condition(report, names, &profiles) {
            Some(when) => Item::new(format!("{when}, {text}.")),
            None => Item::new(format!("{}.", capital(&text))),
        })
        .collect();
    if rest > 0 {
        items.push(Item::new(format!("Otherwise {rest} more answers: see how the answer differs between types.")));
    }
    items
}

fn status_quo_text(names: &Names<'_>, profile: &ProfileReport, view: &StatusQuoView) -> String {
    let all: Vec<String> = profile.equilibria.iter().map(|set| set.concept.clone()).collect();
    let named = quoted(&names.closest_named(view.outcome));
    let comma = if named.is_empty() { "" } else { ", " };
    let who = format!("the status quo ({}{comma}{named})", view.outcome);
    let under = &view.holds_under;
    if under.is_empty() {
        return format!("{who} does not hold, under any foresight");
    }
    match (under.iter().any(|c| c == CREDIBLE), under.len() == all.len()) {
        (true, true) => format!("{who} holds, under every foresight"),
        (true, false) => format!("{who} holds, under {}", concepts(under, &all)),
        (false, _) => format!(
            "{who} does not hold, unless parties fear even replies that hurt those who make them ({})",
            under.join(", ")
        ),
    }
}

/// The status quo, what is reached, and what becomes of other named outcomes where that
/// depends on the combination. What is the same in all combinations is said first.
fn combination_items(report: &Report, names: &Names<'_>, fates: &[Shared<'_>]) -> Vec<Item> {
    let all = || report.profiles.iter().enumerate();
    let held = |(index, profile): (usize, &ProfileReport)| {
        Some((index, status_quo_text(names, profile, profile.status_quo.as_ref()?)))
    };
    let status_quo: Vec<(usize, String)> = all().filter_map(held).collect();
    let alike = grouped(status_quo.clone()).len() <= 1;
    let found = |(index, profile): (usize, &ProfileReport)| {
        let first = status_quo.iter().filter(|(place, _)| !alike && *place == index).map(|(_, text)| text.clone());
        let own = fates.iter().filter(|s| !s.everywhere(report) && s.profiles.contains(&index));
        let parts: Vec<String> =
            first.chain(reached_text(report, names, profile)).chain(own.map(|s| fate_text(report, s))).collect();
        (!parts.is_empty()).then(|| (index, parts.join("; ")))
    };
    let mut items = if alike { conditional(report, names, status_quo.clone()) } else { Vec::new() };
    items.extend(conditional(report, names, all().filter_map(found).collect()));
    items
}

fn reached_text(report: &Report, names: &Names<'_>, profile: &ProfileReport) -> Option<String> {
    let holding = count_under(profile, CREDIBLE)?;
    let Some(view) = &profile.status_quo else {
        let set = profile.equilibria.iter().find(|set| set.concept == CREDIBLE)?;
        let few = !set.truncated && !set.outcomes.is_empty() && set.outcomes.len() <= MOST_NUMBERS;
        let numbers: Vec<String> = set.outcomes.iter().map(|outcome| label(report, names, *outcome)).collect();
        let which = if few { format!(": {}", listed(&numbers, "and")) } else { String::new() };
        return Some(format!("{} of {} outcomes hold{which}", or_no(holding), report.situation.feasible));
    };
    let found = reached(report, profile);
    if found.is_empty() {
        // A status quo that nobody leaves needs no second sentence.
        let stays = view.reachable_by_improvements <= 1;
        return (!stays).then(|| "no outcome that holds is reached from the status quo".to_owned());
    }
    let mut parts: Vec<String> = Vec::new();
    for (index, one) in found.iter().take(MOST_REACHED).enumerate() {
        let verb = if index == 0 { " is reached" } else { "" };
        let steps = one.steps.map_or(String::new(), |n| match index {
            0 => format!(" in {}", counted(n.into(), "step")),
            _ => format!(" in {n}"),
        });
        parts.push(format!("{}{verb}{steps}", label(report, names, one.outcome)));
    }
    match found.len().saturating_sub(MOST_REACHED) {
        0 => {}
        rest => parts.push(format!("and {rest} more")),
    }
    let holds = view.holds_under.iter().any(|c| c == CREDIBLE);
    let lead = if holds { "should it be left all the same, " } else { "" };
    Some(format!("{lead}{}", parts.join(", ")))
}

fn or_no(count: u64) -> String {
    if count == 0 { "none".to_owned() } else { count.to_string() }
}

/// What becomes of a named outcome that is not reached.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// Some of its outcomes hold.
    Holds,
    /// Some hold under these concepts only.
    Cautious(Vec<String>),
    /// None holds.
    Nowhere,
}

/// Named outcomes with the same fate in the same combinations.
struct Shared<'a> {
    fate: Fate,
    profiles: Vec<usize>,
    names: Vec<&'a str>,
}

impl Shared<'_> {
    fn everywhere(&self, report: &Report) -> bool {
        self.profiles.len() == report.profiles.len()
    }
}

fn fates(report: &Report) -> Vec<Shared<'_>> {
    let mut found: Vec<Shared<'_>> = Vec::new();
    let status_quo = report.situation.status_quo.and_then(|n| report.outcomes.iter().find(|o| o.number == n));
    for named in &report.situation.named {
        // What only names the status quo was told with it.
        if named.feasible == 1 && status_quo.is_some_and(|view| view.named.contains(&named.id)) {
            continue;
        }
        let fates = report.profiles.iter().enumerate().filter_map(|(index, profile)| {
            let holding = profile.named.iter().find(|n| n.id == named.id)?;
            Some((index, fate(profile, holding)?))
        });
        for (fate, profiles) in grouped(fates) {
            match found.iter_mut().find(|s| s.fate == fate && s.profiles == profiles) {
                Some(shared) => shared.names.push(&named.name),
                None => found.push(Shared { fate, profiles, names: vec![&named.name] }),
            }
        }
    }
    found.sort_by(|a, b| a.fate.cmp(&b.fate));
    found
}

fn fate_items(report: &Report, fates: &[Shared<'_>]) -> Vec<Item> {
    let everywhere = fates.iter().filter(|s| s.everywhere(report));
    everywhere.map(|s| Item::new(format!("{}.", fate_text(report, s)))).collect()
}

/// `None` for a named outcome of which one is reached.
fn fate(profile: &ProfileReport, holding: &NamedHolding) -> Option<Fate> {
    let credible = profile.equilibria.iter().position(|set| set.concept == CREDIBLE)?;
    let count = |numbers: &[u64]| numbers.get(credible).copied().unwrap_or(0);
    if count(&holding.reached) > 0 {
        return None;
    }
    if count(&holding.holding) > 0 {
        return Some(Fate::Holds);
    }
    let under = profile.equilibria.iter().zip(&holding.holding).filter(|(_, count)| **count > 0);
    let under: Vec<String> = under.map(|(set, _)| set.concept.clone()).collect();
    Some(if under.is_empty() { Fate::Nowhere } else { Fate::Cautious(under) })
}

fn fate_text(report: &Report, shared: &Shared<'_>) -> String {
    let ids = shared.names.as_slice();
    let rest = ids.len().saturating_sub(MOST_NAMED);
    let who = match rest {
        0 => quoted(ids),
        n => {
            let shown: Vec<String> = ids[..MOST_NAMED].iter().map(|name| format!("“{name}”")).collect();
            format!("{} and {n} more", shown.join(", "))
        }
    };
    let several = ids.len() > 1;
    match &shared.fate {
        Fate::Holds if report.situation.status_quo.is_some() => {
            let verb = if several { "are" } else { "is" };
            format!("{who} can hold, but {verb} not reached")
        }
        Fate::Holds => format!("{who} can hold"),
        Fate::Cautious(under) => {
            let verb = if several { "hold" } else { "holds" };
            format!(
                "{who} {verb} only if parties fear even replies that hurt those who make them ({})",
                under.join(", ")
            )
        }
        Fate::Nowhere => format!("{who} {} nowhere", if several { "hold" } else { "holds" }),
    }
}

fn mixture_items(report: &Report, names: &Names<'_>) -> Vec<Item> {
    let found = |(index, profile): (usize, &ProfileReport)| {
        let mixture = profile.mixture.as_ref()?;
        let shown: Vec<String> =
            mixture.outcomes.iter().take(MOST_REACHED).map(|outcome| label(report, names, *outcome)).collect();
        let rest = mixture.count.saturating_sub(shown.len() as u64);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let who = if shown.is_empty() { "no outcome".to_owned() } else { listed(&shown, "and") };
        let verb = if mixture.count > 1 { "hold" } else { "holds" };
        Some((index, format!("with the foresight given for each party ({}), {who}{more} {verb}", foresights(mixture))))
    };
    conditional(report, names, report.profiles.iter().enumerate().filter_map(found).collect())
}

/// How likely it is that named outcomes can be reached and hold, as far as types decide.
fn chance_item(report: &Report, names: &Names<'_>) -> Option<Item> {
    // With few combinations the chance stands with each of them.
    let differences = report.differences.as_ref().filter(|_| report.profiles.len() > 2)?;
    let open = differences.named.iter().filter_map(|n| Some((n.chance_reached.as_ref()?, names.named_name(&n.id))));
    let open = open.filter(|((low, high), _)| !(low == high && low.as_integer().is_some()));
    let groups = grouped_by_chance(open);
    let parts: Vec<String> = groups.iter().map(|(likely, ids)| format!("{likely} for {}", quoted(ids))).collect();
    (!parts.is_empty()).then(|| {
        Item::new(Text::from(format!(
            "The chance of types that let it be reached and hold is {}.",
            listed(&parts, "and")
        )))
    })
}

type Chance = (detente_base::Exact, detente_base::Exact);

fn grouped_by_chance<'a>(found: impl Iterator<Item = (&'a Chance, &'a str)>) -> Vec<(String, Vec<&'a str>)> {
    let mut out: Vec<(String, Vec<&str>)> = Vec::new();
    for (likely, name) in found {
        let likely = chance(likely);
        match out.iter_mut().find(|(other, _)| *other == likely) {
            Some((_, ids)) => ids.push(name),
            None => out.push((likely, vec![name])),
        }
    }
    out
}
