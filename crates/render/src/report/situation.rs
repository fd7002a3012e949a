//! The situation in brief.

use detente_analysis::report::{IssueView, PartyView, Question, Report};

use super::names::Names;
use super::words::{capital, chance, counted, inside, listed, listed_names};
use crate::doc::{Document, Item, Level, Table, Text};

/// Title, summary, parties, issues and counts.
pub fn situation_section(report: &Report, names: &Names<'_>) -> Document {
    let situation = &report.situation;
    let mut out = Document::default();
    if let Some(about) = &situation.about {
        out.paragraph(about.trim());
    }
    out.heading(Level::Section, "The situation");
    out.bullets(situation.parties.iter().map(|party| party_item(report, names, party)).collect());
    out.table(issue_table(names, &situation.issues));
    out.paragraph(counts(report));
    if let Some(number) = situation.status_quo
        && let Some(view) = names.outcome(number)
    {
        let values: Vec<String> = view.values.iter().map(|(i, v)| names.setting(i, v)).collect();
        out.paragraph(Text::from("Status quo: ").strong(number.to_string()).plain(format!(" ({})", values.join(", "))));
    }
    if !situation.named.is_empty() {
        out.paragraph("Outcomes with a name:");
        let item = |n: &detente_analysis::report::NamedView| {
            let id = if n.name == n.id { String::new() } else { format!(" [{}]", n.id) };
            let text = Text::default().strong(&n.name).plain(id).plain(": ").code(&n.when);
            Item::new(text.plain(format!(" ({})", counted(n.feasible, "outcome"))))
        };
        out.bullets(situation.named.iter().map(item).collect());
    }
    out.append(combinations(report, names));
    out
}

/// Who decides on how much, where there is more of it than can be shown.
pub fn large_section(report: &Report) -> Document {
    let mut out = Document::default();
    if report.question != Question::Analyze {
        return out;
    }
    if let Some(about) = &report.situation.about {
        out.paragraph(about.trim());
    }
    let decides = |party: &PartyView| {
        let sets = match party.sets.len() {
            0 => "nothing".to_owned(),
            n => counted(n as u64, "issue"),
        };
        format!("{} decides on {sets}", inside(&party.name))
    };
    let parties: Vec<String> = report.situation.parties.iter().map(decides).collect();
    let constraints = match report.situation.constraints {
        0 => String::new(),
        n => format!(" {}.", capital(&format!("{} hold", counted(n as u64, "constraint")))),
    };
    let all = counted(report.situation.issues.len() as u64, "issue");
    out.paragraph(format!("{all}: {}.{constraints}", listed(&parties, "and")));
    out
}

fn party_item(report: &Report, names: &Names<'_>, party: &PartyView) -> Item {
    let sets: Vec<String> = party.sets.iter().map(|id| names.issue(id).to_owned()).collect();
    let sets = match sets.as_slice() {
        [] => "decides on nothing".to_owned(),
        some => format!("decides on {}", listed_names(some)),
    };
    let form = match party.form.as_str() {
        "worth" => "weighs outcomes by amounts that add up",
        "priority" => "ranks outcomes by statements, the most important first",
        "ranking" => "ranks outcomes level by level",
        "mixed" => "prefers in a form that depends on its type",
        _ => "is indifferent between all outcomes",
    };
    let foresight = party.foresight.as_ref().map_or(String::new(), |f| format!("; foresight {f}"));
    let mut item = Item::new(Text::default().strong(&party.name).plain(format!(": {sets}; {form}{foresight}.")));
    if !report.profiles.iter().any(|p| p.types.iter().any(|(id, _)| *id == party.id)) {
        return item;
    }
    for kind in &party.types {
        let chance = kind.chance.as_ref().map_or(String::new(), |c| format!(", chance {}", chance(c)));
        let about = kind.about.as_ref().map_or(String::new(), |a| format!(". {}", a.trim()));
        item.inner.push(Item::new(Text::from("may be ").strong(&kind.name).plain(format!("{chance}{about}"))));
    }
    item
}

fn issue_table(names: &Names<'_>, issues: &[IssueView]) -> Table {
    let mut table = Table::default();
    table.left("Issue");
    table.left("Values");
    table.left("Set by");
    let restricted = issues.iter().any(|i| i.moves != "free");
    if restricted {
        table.left("Moves");
    }
    for issue in issues {
        let label = if issue.name == issue.id { issue.id.clone() } else { format!("{} ({})", issue.name, issue.id) };
        let set_by: Vec<String> = issue.set_by.iter().map(|id| names.party(id).to_owned()).collect();
        let values = match issue.values.as_slice() {
            [first, second, .., last] if issue.values.len() > 12 => {
                format!("{first}, {second}, …, {last} ({} values)", issue.values.len())
            }
            values => {
                let words: Vec<String> = values.iter().map(|value| value_text(names, &issue.id, value)).collect();
                words.join(", ")
            }
        };
        let mut row = vec![label, values, listed(&set_by, if issue.joint { "with" } else { "and" })];
        if restricted {
            row.push(issue.moves.clone());
        }
        table.rows.push(row);
    }
    table
}

/// The id of a value, with its name where the id does not say it.
pub fn value_text(names: &Names<'_>, issue: &str, value: &str) -> String {
    let name = names.value(issue, value);
    if same_words(value, name) { value.to_owned() } else { format!("{value} ({name})") }
}

/// Whether an id says the same as a name.
pub fn same_words(id: &str, name: &str) -> bool {
    id.replace('_', " ").to_lowercase() == name.to_lowercase()
}

/// How many outcomes there are.
pub fn counts(report: &Report) -> String {
    let situation = &report.situation;
    let combinations = format!("The issues have {} combinations of values", situation.combinations);
    match situation.constraints as u64 {
        0 => format!("{combinations}; all are possible outcomes."),
        // A situation has a feasible outcome; where none was counted none was listed.
        n if situation.feasible == 0 => {
            format!("{combinations}; how many {} leave is not counted.", counted(n, "constraint"))
        }
        n => {
            let rule = if n == 1 { "allows" } else { "allow" };
            format!("{combinations}; {} {rule} {} of them.", counted(n, "constraint"), situation.feasible)
        }
    }
}

/// The combinations of types by letter, when there are several.
pub fn combinations(report: &Report, names: &Names<'_>) -> Document {
    let mut out = Document::default();
    let [first, _, ..] = report.profiles.as_slice() else { return out };
    out.paragraph("What a party is cannot be seen by the others. The answer is given for each combination of types:");
    let mut table = Table::default();
    table.left("Combination");
    first.types.iter().for_each(|(party, _)| table.left(capital(names.party(party))));
    let chances = report.profiles.iter().any(|p| p.chance.is_some());
    if chances {
        table.left("Chance");
    }
    for (index, profile) in report.profiles.iter().enumerate() {
        let mut row = vec![Names::letter(index)];
        row.extend(profile.types.iter().map(|(party, kind)| names.type_name(party, kind).to_owned()));
        if chances {
            row.push(profile.chance.as_ref().map_or("–".into(), chance));
        }
        table.rows.push(row);
    }
    out.table(table);
    if report.combinations_left_out > 0 {
        let left_out = counted(report.combinations_left_out, "more combination");
        out.paragraph(format!("{left_out} of types not analysed."));
    }
    out
}
