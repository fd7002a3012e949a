//! What parties, issues, outcomes and combinations of types are called.

use std::collections::HashMap;

use detente_analysis::report::{
    Brief, IssueView, NamedView, OutcomeNumber, OutcomeView, Report, StatementView, StepView,
};

use super::words::{inside, listed};

/// Issues in which an outcome is said to differ from the status quo before the rest
/// is only counted.
const MOST_DIFFERENCES: usize = 5;

/// Named outcomes that are given with a number.
const MOST_NAMES: usize = 2;

/// Names of one answer.
pub struct Names<'a> {
    situation: &'a Brief,
    statements: &'a [StatementView],
    /// Party and type in each combination of types.
    types: Vec<&'a [(String, String)]>,
    outcomes: HashMap<OutcomeNumber, &'a OutcomeView>,
    parties: HashMap<&'a str, &'a str>,
    issues: HashMap<&'a str, String>,
    values: HashMap<(&'a str, &'a str), &'a str>,
}

impl<'a> Names<'a> {
    /// Indexes a report.
    pub fn new(report: &'a Report) -> Self {
        let types = report.profiles.iter().map(|p| p.types.as_slice()).collect();
        Self::of(&report.situation, &report.outcomes, types).with_statements(&report.statements)
    }

    /// The same with statements of the file, by index.
    pub fn with_statements(self, statements: &'a [StatementView]) -> Self {
        Self { statements, ..self }
    }

    /// Indexes an answer that has no statements: its situation, the outcomes that it
    /// mentions, and party and type in each combination of types.
    pub fn of(situation: &'a Brief, outcomes: &'a [OutcomeView], types: Vec<&'a [(String, String)]>) -> Self {
        Self {
            situation,
            statements: &[],
            types,
            outcomes: outcomes.iter().map(|o| (o.number, o)).collect(),
            parties: situation.parties.iter().map(|p| (p.id.as_str(), p.name.as_str())).collect(),
            issues: situation.issues.iter().map(|i| (i.id.as_str(), issue_name(situation, i))).collect(),
            values: situation.issues.iter().flat_map(value_names).collect(),
        }
    }

    /// The status quo.
    pub fn status_quo(&self) -> Option<OutcomeNumber> {
        self.situation.status_quo
    }

    /// Name of a party.
    pub fn party(&self, id: &'a str) -> &'a str {
        self.parties.get(id).copied().unwrap_or(id)
    }

    /// Name of a party inside a sentence.
    pub fn party_inside(&self, id: &'a str) -> String {
        inside(self.party(id))
    }

    /// The same for an id that does not come from the answer's situation.
    pub fn party_inside_of(&self, id: &str) -> String {
        inside(self.parties.get(id).copied().unwrap_or(id))
    }

    /// Name of an issue, with who sets it where several have the same name.
    pub fn issue<'b>(&'b self, id: &'b str) -> &'b str {
        self.issues.get(id).map_or(id, String::as_str)
    }

    /// Name of a value of an issue.
    pub fn value<'b>(&'b self, issue: &'b str, value: &'b str) -> &'b str {
        self.values.get(&(issue, value)).copied().unwrap_or(value)
    }

    /// An issue and its value: `Text: Binding`.
    pub fn setting(&self, issue: &str, value: &str) -> String {
        format!("{}: {}", self.issue(issue), self.value(issue, value))
    }

    /// The outcome of this number, if the report describes it.
    pub fn outcome(&self, number: OutcomeNumber) -> Option<&'a OutcomeView> {
        self.outcomes.get(&number).copied()
    }

    /// The statement of this index.
    pub fn statement(&self, index: usize) -> Option<&'a StatementView> {
        self.statements.get(index)
    }

    /// Names of the named outcomes that cover an outcome.
    pub fn named(&self, number: OutcomeNumber) -> Vec<&'a str> {
        let Some(view) = self.outcome(number) else { return Vec::new() };
        view.named.iter().map(|id| self.named_name(id)).collect()
    }

    /// Whether a coalition has all parties as members.
    pub fn is_everybody(&self, members: &[String]) -> bool {
        members.len() == self.situation.parties.len()
    }

    /// Name of a named outcome.
    pub fn named_name(&self, id: &'a str) -> &'a str {
        self.situation.named.iter().find(|n| n.id == id).map_or(id, |n| n.name.as_str())
    }

    /// As [`Names::named_name`], for an id that does not come from the answer's situation.
    pub fn named_name_of<'b>(&'b self, id: &'b str) -> &'b str {
        self.situation.named.iter().find(|n| n.id == id).map_or(id, |n| n.name.as_str())
    }

    /// Names of the named outcomes that cover an outcome and that fewest outcomes share.
    pub fn closest_named(&self, number: OutcomeNumber) -> Vec<&'a str> {
        let Some(view) = self.outcome(number) else { return Vec::new() };
        let all = &self.situation.named;
        let covering: Vec<&NamedView> = all.iter().filter(|n| view.named.contains(&n.id)).collect();
        let fewest = covering.iter().map(|n| n.feasible).min();
        covering.into_iter().filter(|n| Some(n.feasible) == fewest).map(|n| n.name.as_str()).collect()
    }

    /// The first named outcomes that cover an outcome, in one line.
    fn known_as(&self, number: OutcomeNumber) -> String {
        let named = self.named(number);
        let shown = named.iter().take(MOST_NAMES).copied().collect::<Vec<_>>().join("; ");
        if named.len() > MOST_NAMES { format!("{shown}; …") } else { shown }
    }

    /// Number and named outcomes: `9 (Deal)`.
    pub fn brief(&self, number: OutcomeNumber) -> String {
        if self.situation.status_quo == Some(number) {
            return format!("{number} (the status quo)");
        }
        let words = self.known_as(number);
        if words.is_empty() { number.to_string() } else { format!("{number} ({words})") }
    }

    /// Number, named outcomes and values: those that differ from the status quo, or
    /// all when there is none.
    pub fn full(&self, number: OutcomeNumber) -> String {
        let Some(view) = self.outcome(number) else { return number.to_string() };
        if self.situation.status_quo == Some(number) {
            return self.brief(number);
        }
        let named = self.known_as(number);
        let values = self.differing(view).join(", ");
        match (named.is_empty(), values.is_empty()) {
            (true, true) => number.to_string(),
            (false, true) => format!("{number} ({named})"),
            (true, false) => format!("{number} ({values})"),
            (false, false) => format!("{number} ({named}; {values})"),
        }
    }

    /// The values in which an outcome differs from the status quo, or all when there is
    /// none; the rest is counted where there are many.
    pub fn differing(&self, view: &OutcomeView) -> Vec<String> {
        let from = self.situation.status_quo.and_then(|n| self.outcome(n));
        let differs = |issue: &str, value: &str| match from {
            None => true,
            Some(from) => !from.values.iter().any(|(i, v)| i == issue && v == value),
        };
        let mut values: Vec<String> = view
            .values
            .iter()
            .filter(|(issue, value)| differs(issue, value))
            .map(|(issue, value)| self.setting(issue, value))
            .collect();
        let more = values.len().saturating_sub(MOST_DIFFERENCES);
        if more > 1 {
            values.truncate(MOST_DIFFERENCES);
            values.push(format!("{more} more"));
        }
        values
    }

    /// What a step changes: `Text: Draft → Statement`.
    pub fn changes(&self, step: &StepView) -> String {
        let change = |(issue, from, to): &(String, String, String)| {
            format!("{}: {} → {}", self.issue(issue), self.value(issue, from), self.value(issue, to))
        };
        step.changes.iter().map(change).collect::<Vec<_>>().join(", ")
    }

    /// Short name of a combination of types: `A`, `B`, … by position.
    pub fn letter(index: usize) -> String {
        let letter = char::from(b'A' + (index % 26) as u8);
        if index < 26 { letter.to_string() } else { format!("{letter}{}", index / 26 + 1) }
    }

    /// A combination of types in words: `A: Russia is Hawk, Turkey is Dove`.
    pub fn combination(&self, index: usize) -> String {
        let types = self.types[index];
        let words: Vec<String> = types
            .iter()
            .map(|(party, kind)| format!("{} is {}", self.party_inside(party), self.type_name(party, kind)))
            .collect();
        format!("{}: {}", Self::letter(index), words.join(", "))
    }

    /// Name of a private type.
    pub fn type_name(&self, party: &str, kind: &'a str) -> &'a str {
        let party = self.situation.parties.iter().find(|p| p.id == party);
        party.and_then(|p| p.types.iter().find(|t| t.id == kind)).map_or(kind, |t| t.name.as_str())
    }

    /// In which combinations of types, in words; `None` for all of them.
    pub fn when(&self, combinations: &[usize]) -> Option<String> {
        let profiles = &self.types;
        if combinations.len() >= profiles.len() {
            return None;
        }
        // A condition on the type of one party is easier to read than a list.
        for (slot, (party, _)) in profiles[0].iter().enumerate() {
            let kind = |index: usize| profiles[index].get(slot).map(|(_, kind)| kind.as_str());
            let mut kinds: Vec<&str> = combinations.iter().filter_map(|i| kind(*i)).collect();
            kinds.dedup();
            let of_kinds = |index: &usize| kind(*index).is_some_and(|k| kinds.contains(&k));
            if (0..profiles.len()).filter(of_kinds).count() == combinations.len() {
                let mut seen: Vec<&str> = Vec::new();
                kinds.retain(|k| {
                    !seen.contains(k) && {
                        seen.push(k);
                        true
                    }
                });
                let names: Vec<String> = kinds.iter().map(|k| self.type_name(party, k).to_owned()).collect();
                return Some(format!("if {} is {}", self.party_inside(party), listed(&names, "or")));
            }
        }
        let letters: Vec<String> = combinations.iter().map(|i| Self::letter(*i)).collect();
        Some(format!("in {}", listed(&letters, "and")))
    }
}

/// The name of an issue; one that several issues share is followed by who sets it.
fn issue_name(situation: &Brief, issue: &IssueView) -> String {
    let shared = situation.issues.iter().any(|other| other.id != issue.id && other.name == issue.name);
    if !shared {
        return issue.name.clone();
    }
    let name = |id: &String| situation.parties.iter().find(|p| p.id == *id).map_or(id.clone(), |p| p.name.clone());
    let who: Vec<String> = issue.set_by.iter().map(name).collect();
    format!("{} ({})", issue.name, listed(&who, "and"))
}

fn value_names(issue: &IssueView) -> impl Iterator<Item = ((&str, &str), &str)> {
    let pairs = issue.values.iter().zip(&issue.value_names);
    pairs.map(|(value, name)| ((issue.id.as_str(), value.as_str()), name.as_str()))
}
