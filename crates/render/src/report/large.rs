//! Many outcomes in few lines: what they share, formulas, groups.

use detente_analysis::StableProfile;
use detente_analysis::report::{CoveredPattern, Formula, GroupChoice, Groups, SetDescription, SetSummary, Side};

use super::patterns::pattern_words;
use super::words::{counted, listed};
use crate::doc::{Document, Item, Table, Text};

/// Conditions of all patterns of a formula up to which all of it is shown.
const MOST_CONDITIONS: usize = 40;

/// Patterns shown of a longer formula.
const FEW_PATTERNS: usize = 3;

/// The sets of a profile in words, and its groups.
pub fn large_document(symbols: &[&str], profile: &StableProfile) -> Document {
    let mut out = Document::default();
    for summary in &profile.summaries {
        out.append(summary_document(summary));
    }
    if let Some(groups) = &profile.groups {
        out.append(groups_document(symbols, groups));
    }
    out
}

fn summary_document(summary: &SetSummary) -> Document {
    let mut out = Document::default();
    let mut lead = Text::default().strong(listed(&summary.concepts, "and"));
    lead = lead.plain(format!(": {}", counted(summary.count, "outcome")));
    match summary.reached {
        Some(0) => lead = lead.plain(", none of them reached from the status quo by moves that each mover likes"),
        Some(reached) if reached == summary.count => lead = lead.plain(", all of them reached from the status quo"),
        Some(reached) => {
            lead =
                lead.plain(format!(", {reached} of them reached from the status quo by moves that each mover likes"));
        }
        None => {}
    }
    out.paragraph(lead.plain("."));
    let mut items = description_items("All of them have", "An outcome", &summary.description);
    if let Some(reached) = &summary.reached_description {
        items.extend(description_items("All that are reached have", "It is reached and", reached));
    }
    out.bullets(items);
    out
}

/// What a set shares, and its formula among the outcomes that have that.
fn description_items(all: &str, who: &str, description: &SetDescription) -> Vec<Item> {
    let mut items = Vec::new();
    let common: Vec<String> = description.common.iter().map(|(issue, value)| format!("{issue} = {value}")).collect();
    let always = description.formula.is_complete()
        && description.formula.side == Side::Members
        && description.formula.patterns.iter().any(|p| p.pattern.conditions.is_empty());
    match (common.is_empty(), always) {
        (true, _) => items.push(formula_item(&format!("{who} holds"), &description.formula)),
        (false, true) => items.push(Item::new(format!("{who} holds exactly if it has {}.", listed(&common, "and")))),
        (false, false) => {
            items.push(Item::new(format!("{all} {}.", listed(&common, "and"))));
            items.push(formula_item(&format!("With these, {} holds", inside(who)), &description.formula));
        }
    }
    items
}

/// A set of outcomes as a formula; `lead` says what is told of an outcome.
fn formula_item(lead: &str, formula: &Formula) -> Item {
    let conditions: usize = formula.patterns.iter().map(|p| p.pattern.conditions.len()).sum();
    let whole = formula.is_complete() && conditions <= MOST_CONDITIONS;
    match formula.patterns.as_slice() {
        [only] if whole => Item::new(match (formula.side, only.pattern.conditions.is_empty()) {
            (Side::Members, true) => format!("{lead} always."),
            (Side::Others, true) => format!("{lead} never."),
            (Side::Members, false) => format!("{lead} exactly if {}.", pattern_words(&only.pattern)),
            (Side::Others, false) => format!("{lead} unless {}.", pattern_words(&only.pattern)),
        }),
        all if whole => {
            let iff =
                if formula.side == Side::Members { "exactly if one of these fits" } else { "unless one of these fits" };
            Item { text: format!("{lead} {iff}:").into(), inner: all.iter().map(pattern_item).collect() }
        }
        many => {
            let which = match formula.side {
                Side::Members => "by no short rule; the largest patterns",
                Side::Others => "by no short rule; the largest patterns of outcomes for which this is not so",
            };
            let mut inner: Vec<Item> = many.iter().take(FEW_PATTERNS).map(pattern_item).collect();
            let more = formula.patterns_left_out + many.len().saturating_sub(FEW_PATTERNS) as u64;
            let mut rest = Vec::new();
            if more > 0 {
                rest.push(counted(more, "more pattern"));
            }
            if formula.outcomes_left > 0 {
                rest.push(format!("{} that none of them covers", counted(formula.outcomes_left, "outcome")));
            }
            inner.push(Item::new(format!("and {}", listed(&rest, "and"))));
            Item { text: format!("{lead} {which}:").into(), inner }
        }
    }
}

/// The start of a sentence inside another.
fn inside(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn pattern_item(covered: &CoveredPattern) -> Item {
    Item::new(format!("{} ({})", pattern_words(&covered.pattern), counted(covered.outcomes, "outcome")))
}

fn groups_document(symbols: &[&str], groups: &Groups) -> Document {
    let mut out = Document::default();
    let by = listed(&groups.issues, "and");
    out.paragraph(match &groups.chosen {
        GroupChoice::Asked => format!("How many outcomes hold, by {by}:"),
        GroupChoice::Telling { concept } => {
            format!(
                "How many outcomes hold, by {by}: of all issues these tell most about what holds under {concept}, among \
                 the outcomes with the values that all of those share."
            )
        }
    });
    let mut table = Table::default();
    groups.issues.iter().for_each(|issue| table.left(issue));
    table.right("possible");
    symbols.iter().for_each(|symbol| table.right(*symbol));
    let reaching = groups.rows.iter().any(|row| row.reached.is_some());
    if reaching {
        table.right("reached");
    }
    for row in &groups.rows {
        let mut cells = row.values.clone();
        cells.push(row.outcomes.to_string());
        cells.extend(row.holding.iter().map(u64::to_string));
        if reaching {
            cells.push(row.reached.map_or(String::new(), |n| n.to_string()));
        }
        table.rows.push(cells);
    }
    out.table(table);
    if groups.rows_left_out > 0 {
        out.paragraph(format!("{} not listed.", counted(groups.rows_left_out, "more combination")));
    }
    out
}
