//! Parts of a JSON or YAML file: what is missing or of the wrong kind is told.

use std::collections::BTreeMap;

use detente_base::{Code, Diagnostic, Exact, Severity, Span};

use super::{DomainIssue, MOST_VALUES, Parsed};
use crate::codes::front::{TALKS_NUMBER, TALKS_SHAPE, TALKS_UNUSED, TALKS_VALUES};
use crate::parse::cap;
use crate::suggest::nearest;
use crate::yaml::{Limits, MAX_DIAGNOSTICS, Node, NodeKind, Yaml, parse_yaml, shortened};

/// Bounds for files of negotiations: long and flat.
const LIMITS: Limits = Limits { bytes: 16 << 20, nodes: 2_000_000, copies: 10_000, depth: 32 };

/// The tree of a file.
pub(super) fn tree(name: &str, bytes: &[u8]) -> Yaml {
    parse_yaml(name, bytes, &LIMITS)
}

/// What a tree says, with all that was found in it.
pub(super) fn read<T>(yaml: Yaml, fill: impl FnOnce(&Node, &mut Reader) -> Option<T>) -> Parsed<T> {
    let mut reader = Reader { diagnostics: yaml.diagnostics };
    let found = fill(&yaml.root, &mut reader);
    let mut diagnostics = reader.diagnostics;
    diagnostics.sort_by_key(|d| (d.span.start, d.span.end, d.code.0));
    let torn = diagnostics.iter().any(|d| d.severity == Severity::Error);
    cap(&mut diagnostics);
    (found.filter(|_| !torn), yaml.source, diagnostics)
}

/// Collects what is wrong.
pub(super) struct Reader {
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn push(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() <= MAX_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    pub(super) fn error(&mut self, code: Code, span: Span, message: String, help: &str) {
        self.push(Diagnostic::error(code, span, message).with_help(help));
    }

    pub(super) fn warning(&mut self, code: Code, span: Span, message: String) {
        self.push(Diagnostic::warning(code, span, message));
    }

    /// What is told elsewhere too is not told of a part that could not be read.
    fn wrong_kind(&mut self, node: &Node, what: &str, expected: &str) {
        let Some(found) = node.described() else { return };
        let message = format!("{what} is {found}; expected {expected}");
        self.push(Diagnostic::error(TALKS_SHAPE, node.span, message));
    }

    /// Fields that are not read and have nearly the names of those that are.
    pub(super) fn unread(&mut self, node: &Node, known: &[&str]) {
        let NodeKind::Mapping { entries, .. } = &node.kind else { return };
        for (key, _) in entries {
            let Some(word) = key.word().filter(|word| !known.contains(word)) else { continue };
            if let Some(near) = nearest(word, known.iter().copied()) {
                let message = format!("`{}` is not read; did you mean `{near}`?", shortened(word));
                self.warning(TALKS_UNUSED, key.span, message);
            }
        }
    }

    /// A field that must be there.
    pub(super) fn required<'n>(&mut self, node: &'n Node, field: &str, owner: &str) -> Option<&'n Node> {
        let found = node.get(field);
        if found.is_none() && node.complete {
            let message = format!("{owner} has no `{field}`");
            self.error(TALKS_SHAPE, start(node), message, &format!("add `{field}`"));
        }
        found
    }

    /// The entries of an object.
    pub(super) fn entries<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [(Node, Node)]> {
        if let NodeKind::Mapping { entries, .. } = &node.kind {
            return Some(entries);
        }
        self.wrong_kind(node, what, "an object");
        None
    }

    /// The entries of a list.
    pub(super) fn items<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n [Node]> {
        if let NodeKind::Sequence { items, .. } = &node.kind {
            return Some(items);
        }
        self.wrong_kind(node, what, "a list");
        None
    }

    /// A text, as it is spelled.
    pub(super) fn text<'n>(&mut self, node: &'n Node, what: &str) -> Option<&'n str> {
        if let Some(word) = node.word() {
            return Some(word);
        }
        self.wrong_kind(node, what, "text or a number");
        None
    }

    /// A number.
    pub(super) fn number(&mut self, node: &Node, what: &str) -> Option<Exact> {
        let Some(word) = node.word() else {
            self.wrong_kind(node, what, "a number");
            return None;
        };
        let number = word.trim().parse::<Exact>().ok();
        if number.is_none() {
            let word = if word.is_empty() { "nothing".to_owned() } else { format!("`{}`", shortened(word)) };
            let message = format!("{what} is {word}; expected a number");
            self.error(TALKS_NUMBER, node.span, message, "write it as a decimal number, such as 0.25");
        }
        number
    }

    /// A number in a field that may be left out.
    pub(super) fn number_or(&mut self, node: &Node, field: &str, otherwise: Exact) -> Option<Exact> {
        node.get(field).map_or(Some(otherwise), |inner| self.number(inner, &format!("`{field}`")))
    }

    /// The values of an issue that lists them, each once.
    pub(super) fn listed(&mut self, node: &Node, name: &str) -> Option<Vec<String>> {
        let items = self.items(node, &format!("`values` of issue `{name}`"))?;
        let mut values: Vec<String> = Vec::new();
        let mut places: BTreeMap<&str, Span> = BTreeMap::new();
        for item in items {
            let Some(value) = self.text(item, &format!("a value of issue `{name}`")) else { continue };
            if let Some(first) = places.insert(value, item.span) {
                let message = format!("the value `{}` of issue `{name}` is listed twice", shortened(value));
                let diagnostic = Diagnostic::error(TALKS_VALUES, item.span, message);
                self.push(diagnostic.with_place(first, "first listed here").with_help("list each value once"));
            } else {
                values.push(value.to_owned());
            }
        }
        self.some(values, node.span, name)
    }

    /// The values of an issue; one without any is refused.
    pub(super) fn some(&mut self, values: Vec<String>, place: Span, name: &str) -> Option<Vec<String>> {
        if values.is_empty() {
            let message = format!("issue `{name}` has no values");
            self.error(TALKS_VALUES, place, message, "list at least one value");
            return None;
        }
        Some(values)
    }

    /// The numbers from one to another by steps.
    pub(super) fn stepped(
        &mut self,
        (low, high, step): (&Exact, &Exact, &Exact),
        place: Span,
        name: &str,
    ) -> Option<Vec<String>> {
        let steps = (high - low).checked_div(step).filter(|_| *step > Exact::ZERO && low <= high);
        let Some(steps) = steps.filter(|steps| *steps < Exact::from(MOST_VALUES)) else {
            let message = format!(
                "the values of issue `{name}` run from {low} to {high} by {step}; expected 1 to {MOST_VALUES} values"
            );
            self.error(TALKS_VALUES, place, message, "write the least value, the greatest, and a step above 0");
            return None;
        };
        let at = |count: i64| low + &(&Exact::from(count) * step);
        Some(
            (0..MOST_VALUES)
                .take_while(|count| Exact::from(*count) <= steps)
                .map(|count| at(count).to_string())
                .collect(),
        )
    }
}

/// The place where a part begins.
pub(super) fn start(node: &Node) -> Span {
    Span::new(node.span.start, node.span.start)
}

/// An issue with listed values.
pub(super) fn issue(at: usize, name: &str, values: Vec<String>, span: Span) -> DomainIssue {
    DomainIssue { index: at as i64 + 1, name: name.to_owned(), values, sampled: None, span }
}
