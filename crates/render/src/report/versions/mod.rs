//! Two versions of a situation side by side.

mod causes;
mod changes;

use detente_analysis::report::Bearing;
use detente_analysis::report::{
    CombinationComparison, CompareAnswer, Completion, NamedComparison, OutcomeComparison, SharedOutcome,
};

use super::aside::set_aside_by;
use super::holds::{meanings_of, stop_reason};
use super::words::{capital, concept_cell, counted, listed};
use crate::doc::{Document, Item, Level, Table, Text};

/// Causes named in the summary.
const MOST_CAUSES: usize = 6;

/// What changed between two versions, as a document.
pub fn compare_document(answer: &CompareAnswer) -> Document {
    let mut out = Document::default();
    let (a, b) = (&answer.before, &answer.after);
    let (old, new) = (a.situation.title.trim(), b.situation.title.trim());
    let title = if old == new { format!("{old}: two versions") } else { format!("{old} → {new}") };
    out.heading(Level::Title, title);
    out.paragraph(format!("Before: {}. After: {}.", a.file, b.file));
    if let Completion::Undecided { reason } = &answer.completion {
        out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
    }
    if answer.identical {
        out.paragraph("The files are identical.");
        return out;
    }
    if answer.changes.is_empty() {
        out.paragraph("The files say the same in other words or in another order.");
        return out;
    }
    for version in [a, b] {
        out.append(set_aside_by(&format!("The answer for {}", version.file), &version.set_aside));
    }
    out.append(brief_section(answer));
    out.append(changes::changes_section(answer));
    if !answer.combinations.is_empty() {
        out.append(answers_section(answer));
        out.append(causes::causes_section(answer));
    }
    out
}

fn brief_section(answer: &CompareAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "In brief");
    let bearing = answer.changes.iter().filter(|c| c.bearing == Bearing::Answers).count();
    let rest = answer.changes.len() - bearing;
    let rest = match rest {
        0 => String::new(),
        _ => format!("; {rest} cannot (evidence, chances, wording)"),
    };
    let can = counted(bearing as u64, "change");
    let mut items = vec![Item::new(format!("{can} in the file can bear on what holds{rest}."))];
    if answer.combinations.is_empty() {
        out.bullets(items);
        return out;
    }
    if answer.causes.is_empty() {
        items.push(Item::new("No answer changed: the same outcomes hold and are reached in both versions."));
    }
    let names = Names::new(answer);
    items.extend(answer.causes.iter().take(MOST_CAUSES).map(|cause| Item::new(causes::brief(&names, cause))));
    if answer.causes.len() > MOST_CAUSES {
        items.push(Item::new(format!(
            "… and {} more sets of changes with effects of their own.",
            answer.causes.len() - MOST_CAUSES
        )));
    }
    items.extend(only_in_one(answer).map(Item::new));
    out.bullets(items);
    out
}

/// Outcomes that cannot be compared.
fn only_in_one(answer: &CompareAnswer) -> Option<String> {
    let shared = &answer.shared;
    let what = if shared.same_issues { "outcome" } else { "combination" };
    let parts: Vec<String> = [(shared.only_before, "only before"), (shared.only_after, "only after")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, when)| format!("{} {when}", counted(n, what)))
        .collect();
    let both = counted(shared.both, what);
    match (parts.is_empty(), shared.same_issues) {
        (true, true) => None,
        (true, false) => Some(format!("{both} of the values of the shared issues ({}) are compared.", ids(shared))),
        (false, true) => Some(format!("{both} are possible in both versions, {}.", listed(&parts, "and"))),
        (false, false) => Some(format!(
            "{both} of the values of the shared issues ({}) are possible in both versions, {}. Each stands for all \
             outcomes with these values.",
            ids(shared),
            listed(&parts, "and")
        )),
    }
}

fn ids(shared: &detente_analysis::report::SharedView) -> String {
    if shared.issues.is_empty() { "none".to_owned() } else { listed(&shared.issues, "and") }
}

fn answers_section(answer: &CompareAnswer) -> Document {
    let mut out = Document::default();
    let names = Names::new(answer);
    out.heading(Level::Section, "What changed in the answers");
    for (index, combination) in answer.combinations.iter().enumerate() {
        if answer.combinations.len() > 1 || combination.types.as_ref().is_none_or(|types| !types.is_empty()) {
            out.heading(Level::Part, capital(&names.combination(index)));
        }
        out.table(counts(combination));
        out.append(outcome_table(combination));
        out.bullets(status_quo(combination).into_iter().chain(named(&names, combination)).collect());
    }
    if !answer.causes.is_empty() {
        let concepts = answer.combinations.iter().flat_map(|c| &c.concepts);
        let used: Vec<&str> = concepts.map(|c| c.concept.as_str()).collect();
        out.append(meanings_of(&used));
    }
    out
}

fn counts(combination: &CombinationComparison) -> Table {
    let mut table = Table::default();
    table.left("Foresight");
    ["Before", "After", "Newly", "No longer"].into_iter().for_each(|head| table.right(head));
    for concept in &combination.concepts {
        let numbers = [concept.before, concept.after, concept.newly, concept.no_longer];
        let mut row = vec![concept.concept.clone()];
        row.extend(numbers.iter().map(u64::to_string));
        table.rows.push(row);
    }
    table
}

/// The outcomes of which some verdict changed, by the issues in which they differ.
fn outcome_table(combination: &CombinationComparison) -> Document {
    let mut out = Document::default();
    let rows = &combination.outcomes;
    let [first, ..] = rows.as_slice() else {
        out.paragraph("Every shared outcome holds and is reached as before.");
        return out;
    };
    let value = |row: &OutcomeComparison, at: usize| row.outcome.values[at].1.clone();
    let varies = |at: &usize| rows.len() == 1 || rows.iter().any(|row| value(row, *at) != value(first, *at));
    let (varying, same): (Vec<usize>, Vec<usize>) = (0..first.outcome.values.len()).partition(varies);
    let mut table = Table::default();
    table.right("#");
    varying.iter().for_each(|at| table.left(&first.outcome.values[*at].0));
    let known = rows.iter().any(|row| !row.outcome.named.is_empty());
    if known {
        table.below("known as");
    }
    table.left("held before under");
    table.left("holds after under");
    let reaching = rows.iter().any(|row| row.reached_before.is_some() || row.reached_after.is_some());
    if reaching {
        table.left("reached");
    }
    let all: Vec<String> = combination.concepts.iter().map(|c| c.concept.clone()).collect();
    for row in rows {
        let mut cells = vec![number(&row.outcome)];
        cells.extend(varying.iter().map(|at| value(row, *at)));
        if known {
            cells.push(row.outcome.named.join(", "));
        }
        cells.extend([concept_cell(&row.before, &all), concept_cell(&row.after, &all)]);
        if reaching {
            cells.push(reached(row.reached_before, row.reached_after));
        }
        table.rows.push(cells);
    }
    out.table(table);
    let more = combination.outcome_count - rows.len() as u64;
    if more > 0 {
        out.paragraph(format!("{more} more are not listed; `--limit` lists more."));
    }
    if !same.is_empty() && rows.len() > 1 {
        let values: Vec<String> =
            same.iter().map(|at| format!("{}: {}", first.outcome.values[*at].0, first.outcome.values[*at].1)).collect();
        out.paragraph(format!("The same in every row: {}.", values.join(", ")));
    }
    out
}

/// Whether improvements lead there: before, after.
fn reached(before: Option<bool>, after: Option<bool>) -> String {
    match (before, after) {
        (Some(true), Some(true)) => "both",
        (Some(true), _) => "before",
        (_, Some(true)) => "after",
        _ => "–",
    }
    .to_owned()
}

fn status_quo(combination: &CombinationComparison) -> Vec<Item> {
    let all: Vec<String> = combination.concepts.iter().map(|c| c.concept.clone()).collect();
    let side = |side: &detente_analysis::report::StatusQuoSide| {
        let holds = match side.holds_under.as_slice() {
            [] => "does not hold under any foresight".to_owned(),
            some => format!("holds under {}", super::words::concepts(some, &all)),
        };
        format!(
            "{} {holds}; moves that each mover likes lead to {}, any moves to {}",
            side.outcome,
            counted(side.reachable_by_improvements, "outcome"),
            side.reachable_by_moves
        )
    };
    let (before, after) = (&combination.status_quo.before, &combination.status_quo.after);
    let lines = match (before.as_ref().map(side), after.as_ref().map(side)) {
        (None, None) => return Vec::new(),
        (Some(a), Some(b)) if a == b => vec![format!("The status quo, before and after: {a}.")],
        (a, b) => {
            let none = || "none".to_owned();
            vec![
                format!("The status quo before: {}.", a.unwrap_or_else(none)),
                format!("The status quo after: {}.", b.unwrap_or_else(none)),
            ]
        }
    };
    lines.into_iter().map(Item::new).collect()
}

/// Named outcomes that fare otherwise than before.
fn named(names: &Names<'_>, combination: &CombinationComparison) -> Vec<Item> {
    let all: Vec<String> = combination.concepts.iter().map(|c| c.concept.clone()).collect();
    let differs = |n: &&NamedComparison| n.before != n.after || n.reached_before != n.reached_after;
    let way = |holds: &[String], reached: Option<bool>| {
        let holds = match holds {
            [] => "held nowhere".to_owned(),
            some => format!("held under {}", super::words::concepts(some, &all)),
        };
        if reached == Some(true) { format!("{holds} (reached)") } else { holds }
    };
    let text = |n: &NamedComparison| {
        let after = way(&n.after, n.reached_after).replacen("held", "holds", 1);
        format!("“{}”: {} before, {after} after.", names.named(&n.id), way(&n.before, n.reached_before))
    };
    combination.named.iter().filter(differs).map(|n| Item::new(text(n))).collect()
}

/// What things are called in a comparison: as the second version calls them, else the first.
struct Names<'a> {
    answer: &'a CompareAnswer,
}

impl<'a> Names<'a> {
    fn new(answer: &'a CompareAnswer) -> Self {
        Self { answer }
    }

    fn sides(&self) -> [&'a detente_analysis::report::Brief; 2] {
        [&self.answer.after.situation, &self.answer.before.situation]
    }

    fn party(&self, id: &'a str) -> &'a str {
        let name = |brief: &'a detente_analysis::report::Brief| brief.parties.iter().find(|p| p.id == id);
        self.sides().into_iter().find_map(name).map_or(id, |p| p.name.as_str())
    }

    fn named(&self, id: &'a str) -> &'a str {
        let name = |brief: &'a detente_analysis::report::Brief| brief.named.iter().find(|n| n.id == id);
        self.sides().into_iter().find_map(name).map_or(id, |n| n.name.as_str())
    }

    fn type_name(&self, party: &str, kind: &'a str) -> &'a str {
        let find = |brief: &'a detente_analysis::report::Brief| {
            brief.parties.iter().find(|p| p.id == party)?.types.iter().find(|t| t.id == kind)
        };
        self.sides().into_iter().find_map(find).map_or(kind, |t| t.name.as_str())
    }

    /// `if Syria is ready to disarm`.
    fn combination(&self, index: usize) -> String {
        match self.answer.combinations[index].types.as_deref() {
            None => "in every combination of types".to_owned(),
            Some([]) => "in every case".to_owned(),
            Some(types) => {
                let word = |(party, kind): &'a (String, String)| {
                    format!("{} is {}", super::words::inside(self.party(party)), self.type_name(party, kind))
                };
                format!("if {}", listed(&types.iter().map(word).collect::<Vec<_>>(), "and"))
            }
        }
    }

    /// Name of the first named outcome that covers it, and its number, or its values where
    /// it has none.
    fn outcome(&self, outcome: &'a SharedOutcome) -> (Option<String>, String) {
        let number = match (outcome.before, outcome.after) {
            (Some(a), Some(b)) if a == b => a.to_string(),
            (Some(a), Some(b)) => format!("{a}, now {b}"),
            _ => outcome.values.iter().map(|(i, v)| format!("{i}: {v}")).collect::<Vec<_>>().join(", "),
        };
        (outcome.named.first().map(|id| format!("“{}”", self.named(id))), number)
    }
}

/// Its number; where the versions number it differently, both.
fn number(outcome: &SharedOutcome) -> String {
    match (outcome.before, outcome.after) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) => format!("{a} → {b}"),
        (Some(a), None) => format!("{a} → …"),
        (None, Some(b)) => format!("… → {b}"),
        (None, None) => "…".to_owned(),
    }
}
