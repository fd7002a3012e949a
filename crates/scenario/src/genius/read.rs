//! XML to domains and profiles.

use std::collections::BTreeMap;

use detente_base::{Diagnostic, Exact, Severity, SourceText, Span};
use roxmltree::{Document, Node, ParsingOptions};

use super::rectangles;
use crate::codes::front::{
    GENIUS_KIND, GENIUS_NOT_XML, GENIUS_NUMBER, GENIUS_RANGE, GENIUS_REPEATED, GENIUS_SHAPE, GENIUS_VALUE,
    GENIUS_WEIGHT, TALKS_UNUSED,
};
use crate::negotiation_files::{Domain, DomainIssue, Line, MOST_VALUES, Parsed, Profile, Worth, samples};
use crate::parse::cap;
use crate::suggest::nearest;
use crate::yaml::{Limits, shortened};

/// Most elements inside each other; the files have five.
const MOST_DEPTH: usize = 200;

/// Most elements of a file.
const MOST_NODES: u32 = 2_000_000;

/// Reads a domain, or the domain in a profile.
///
/// Cost: linear in the size of the file.
pub fn parse_domain(name: &str, bytes: &[u8]) -> Parsed<Domain> {
    read(name, bytes, |root, reader| {
        let issues: Vec<DomainIssue> =
            reader.objective(root)?.0.into_iter().filter_map(|issue| reader.issue(issue)).collect();
        Some(Domain { issues })
    })
}

/// Reads a profile over the issues of a domain.
///
/// Cost: linear in the size of the file.
pub fn parse_profile(name: &str, bytes: &[u8], domain: &Domain) -> Parsed<Profile> {
    read(name, bytes, |root, reader| {
        let (issues, weights) = reader.objective(root)?;
        let mut lines = Vec::new();
        let worth = match rectangles::of(root) {
            Some(utility) => reader.rectangles(utility, domain).map(Worth::Rectangles),
            None => {
                let known = reader.weights(&weights);
                let worths = domain.issues.iter().map(|issue| reader.worths(issue, &issues, &known, root));
                let judged: Option<Vec<_>> = worths.collect::<Vec<_>>().into_iter().collect();
                judged.map(|judged| {
                    let (worths, found) = judged.into_iter().unzip();
                    lines = found;
                    Worth::Additive(worths)
                })
            }
        };
        for (index, issue) in reader.indexed(&issues) {
            if !domain.issues.iter().any(|known| known.index == index) {
                let message = format!("the domain has no issue {index}");
                reader.error(GENIUS_VALUE, issue, message, "a profile judges the issues of its domain");
            }
        }
        for weight in weights {
            let index = weight.attribute("index").and_then(|text| text.trim().parse::<i64>().ok());
            if let Some(index) = index.filter(|index| !domain.issues.iter().any(|known| known.index == *index)) {
                // Some of GENIUS's own files have such weights.
                let message = format!("the weight of issue {index} is not used: the domain has no such issue");
                reader.warning(TALKS_UNUSED, weight, message);
            }
        }
        reader.unread(root);
        let discount = reader.setting(root, "discount_factor");
        let reservation = reader.setting(root, "reservation").unwrap_or_default();
        if reservation < Exact::ZERO || reservation > Exact::ONE {
            let place = child(root, "reservation").unwrap_or(root);
            reader.warning(
                GENIUS_RANGE,
                place,
                format!("the reservation value is {reservation}; expected one from 0 to 1"),
            );
        }
        Some(Profile { worth: worth?, lines, reservation, discount })
    })
}

fn read<T>(name: &str, bytes: &[u8], fill: impl FnOnce(Node<'_, '_>, &mut Reader) -> Option<T>) -> Parsed<T> {
    let source = SourceText::new(name, decoded(bytes));
    let mut reader = Reader { diagnostics: Vec::new() };
    let limit = Limits::default().bytes;
    if bytes.len() > limit {
        let message = format!("the file has more than {limit} bytes");
        return (None, source, vec![Diagnostic::error(GENIUS_NOT_XML, Span::new(0, 0), message)]);
    }
    let text = without_late_declaration(source.text());
    if let Some(at) = too_deep(&text) {
        let message = format!("more than {MOST_DEPTH} elements are inside each other");
        return (None, source, vec![Diagnostic::error(GENIUS_NOT_XML, Span::new(at, at), message)]);
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES };
    let found = match Document::parse_with_options(&text, options) {
        Err(fault) => {
            let at = offset(&text, fault.pos().row, fault.pos().col);
            let message = format!("the file is not XML that can be read: {fault}");
            reader.diagnostics.push(Diagnostic::error(GENIUS_NOT_XML, Span::new(at, at), message));
            None
        }
        Ok(document) => fill(document.root_element(), &mut reader),
    };
    let mut diagnostics = reader.diagnostics;
    diagnostics.sort_by_key(|d| (d.span.start, d.span.end, d.code.0));
    cap(&mut diagnostics);
    let torn = diagnostics.iter().any(|d| d.severity == Severity::Error);
    (found.filter(|_| !torn), source, diagnostics)
}

/// Text in UTF-8, or else in Latin-1, which old files use.
fn decoded(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|byte| char::from(*byte)).collect(), str::to_owned)
}

/// Some files have comments before `<?xml …?>`, which XML forbids. The declaration is
/// blanked out, so that every place stays where it is.
fn without_late_declaration(text: &str) -> String {
    let range = text.find("<?xml").and_then(|start| Some(start..start + text[start..].find("?>")? + 2));
    match range {
        Some(range) if range.start > 0 => {
            let mut changed = text.to_owned();
            changed.replace_range(range.clone(), &" ".repeat(range.len()));
            changed
        }
        _ => text.to_owned(),
    }
}

/// Where elements are nested too deep; the library would follow them on the stack.
fn too_deep(text: &str) -> Option<usize> {
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        let rest = &text[start..];
        let until = |mark: &str| rest.find(mark).map_or(text.len(), |end| start + end + mark.len());
        at = if rest.starts_with("<!--") {
            until("-->")
        } else if rest.starts_with("<![CDATA[") {
            until("]]>")
        } else if rest.starts_with("<?") {
            until("?>")
        } else {
            let end = tag_end(rest).map_or(text.len(), |end| start + end);
            if rest.starts_with("</") {
                depth = depth.saturating_sub(1);
            } else if !text[..end].ends_with("/>") {
                depth += 1;
            }
            end
        };
        if depth > MOST_DEPTH {
            return Some(start);
        }
    }
    None
}

/// One past the `>` that ends a tag; those in quotes do not.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, char) in tag.char_indices() {
        match (quote, char) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(char),
            (Some(open), _) if open == char => quote = None,
            _ => {}
        }
    }
    None
}

/// The byte at a row and a column, both from 1.
fn offset(text: &str, row: u32, column: u32) -> usize {
    let line_start = text.split_inclusive('\n').take(row.saturating_sub(1) as usize).map(str::len).sum::<usize>();
    let rest = &text[line_start.min(text.len())..];
    let within = rest.char_indices().nth(column.saturating_sub(1) as usize).map_or(rest.len(), |(at, _)| at);
    line_start + within
}

pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.descendants().find(|inner| inner.has_tag_name(name))
}

pub(super) fn span(node: Node<'_, '_>) -> Span {
    let range = node.range();
    // The start tag: enough to see what is meant.
    let text = &node.document().input_text()[range.clone()];
    let end = text.find('>').map_or(range.end, |at| range.start + at + 1);
    Span::new(range.start, end)
}

pub(super) struct Reader {
    diagnostics: Vec<Diagnostic>,
}

type Nodes<'a, 'i> = Vec<Node<'a, 'i>>;

impl Reader {
    pub(super) fn error(&mut self, code: detente_base::Code, place: Node<'_, '_>, message: String, help: &str) {
        self.diagnostics.push(Diagnostic::error(code, span(place), message).with_help(help));
    }

    pub(super) fn warning(&mut self, code: detente_base::Code, place: Node<'_, '_>, message: String) {
        self.diagnostics.push(Diagnostic::warning(code, span(place), message));
    }

    /// The issues and the weights of the objective.
    fn objective<'a, 'i>(&mut self, root: Node<'a, 'i>) -> Option<(Nodes<'a, 'i>, Nodes<'a, 'i>)> {
        if let Some(other) = root.attribute("type").filter(|kind| ["constraint", "UNCERTAIN"].contains(kind)) {
            let message = format!("worth of the kind `{other}` is not read");
            let help = "worth that adds up issue by issue, and hyper-rectangles are read";
            self.error(GENIUS_KIND, root, message, help);
            return None;
        }
        let Some(objective) = child(root, "objective") else {
            let message = format!("there is no `objective` in `{}`", shortened(root.tag_name().name()));
            self.error(GENIUS_SHAPE, root, message, "a file of GENIUS lists its issues in an `objective`");
            return None;
        };
        let named = |name: &'static str| objective.children().filter(move |node| node.has_tag_name(name));
        let issues: Nodes<'a, 'i> = named("issue").collect();
        if issues.is_empty() {
            let message = "the objective has no issue".to_owned();
            self.error(GENIUS_SHAPE, objective, message, "add an `issue` with its values");
            return None;
        }
        Some((issues, named("weight").collect()))
    }

    pub(super) fn number(&mut self, node: Node<'_, '_>, attribute: &str) -> Option<Exact> {
        let text = node.attribute(attribute);
        let number = text.and_then(|text| text.trim().parse::<Exact>().ok());
        if number.is_none() {
            let message = match text {
                None => format!("`{}` has no `{attribute}`", node.tag_name().name()),
                Some(text) => format!("`{attribute}` is `{}`; expected a number", shortened(text)),
            };
            self.error(GENIUS_NUMBER, node, message, "write it as a decimal number, such as 0.25");
        }
        number
    }

    pub(super) fn whole(&mut self, node: Node<'_, '_>, attribute: &str) -> Option<i64> {
        let number = self.number(node, attribute)?;
        let whole = number.as_integer();
        if whole.is_none() {
            let message = format!("`{attribute}` is {number}; expected a whole number");
            self.error(GENIUS_NUMBER, node, message, "write it without a fraction");
        }
        whole
    }

    /// Elements beside the objective whose names are nearly those of settings.
    fn unread(&mut self, root: Node<'_, '_>) {
        const KNOWN: [&str; 4] = ["objective", "reservation", "discount_factor", "utility_space"];
        for node in root.children().filter(Node::is_element) {
            let name = node.tag_name().name();
            if let Some(near) = nearest(name, KNOWN).filter(|_| !KNOWN.contains(&name)) {
                let message = format!("`{}` is not read; did you mean `{near}`?", shortened(name));
                self.warning(TALKS_UNUSED, node, message);
            }
        }
    }

    /// A number that stands beside the objective; `None` when it is not there or faulty.
    fn setting(&mut self, root: Node<'_, '_>, name: &str) -> Option<Exact> {
        let node = child(root, name)?;
        self.number(node, "value")
    }

    fn indexed<'a, 'i>(&mut self, issues: &[Node<'a, 'i>]) -> Vec<(i64, Node<'a, 'i>)> {
        issues.iter().filter_map(|issue| Some((self.whole(*issue, "index")?, *issue))).collect()
    }

    fn issue(&mut self, node: Node<'_, '_>) -> Option<DomainIssue> {
        let index = self.whole(node, "index")?;
        let name = node.attribute("name").map_or_else(|| format!("issue {index}"), str::to_owned);
        let mut sampled = None;
        let values = match kind(node) {
            "discrete" => self.discrete_values(node),
            "real" => {
                let (low, high) = self.real_bounds(node)?;
                let values = samples(&low, &high).iter().map(Exact::to_string).collect();
                sampled = Some((low, high));
                values
            }
            "integer" => {
                let (from, to) = self.bounds(node)?;
                (from..=to).map(|value| value.to_string()).collect()
            }
            other => {
                let message = format!("issue `{}` is of the kind `{}`", shortened(&name), shortened(other));
                self.error(GENIUS_KIND, node, message, "issues of the kinds `discrete`, `integer` and `real` are read");
                return None;
            }
        };
        if values.is_empty() {
            let message = format!("issue `{}` has no values", shortened(&name));
            self.error(GENIUS_SHAPE, node, message, "add an `item` for each value");
            return None;
        }
        Some(DomainIssue { index, name, values, sampled, span: span(node) })
    }

    fn discrete_values(&mut self, node: Node<'_, '_>) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for item in node.children().filter(|inner| inner.has_tag_name("item")) {
            let Some(value) = item.attribute("value") else {
                self.error(GENIUS_SHAPE, item, "an item has no `value`".into(), "name the value");
                continue;
            };
            if values.iter().any(|known| known == value) {
                let message = format!("the value `{}` is listed twice; the last evaluation counts", shortened(value));
                self.warning(GENIUS_REPEATED, item, message);
            } else {
                values.push(value.to_owned());
            }
        }
        values
    }

    /// The least and the greatest whole number of an issue.
    fn bounds(&mut self, node: Node<'_, '_>) -> Option<(i64, i64)> {
        let place = child(node, "range").unwrap_or(node);
        let (from, to) = (self.whole(place, "lowerbound")?, self.whole(place, "upperbound")?);
        if from > to || to.checked_sub(from).is_none_or(|count| count >= MOST_VALUES) {
            let message = format!("the values run from {from} to {to}; expected 1 to {MOST_VALUES} values");
            self.error(GENIUS_SHAPE, place, message, "write the lower bound first");
            return None;
        }
        Some((from, to))
    }

    fn weights(&mut self, nodes: &[Node<'_, '_>]) -> BTreeMap<i64, Exact> {
        let mut weights = BTreeMap::new();
        for node in nodes {
            let (Some(index), Some(weight)) = (self.whole(*node, "index"), self.number(*node, "value")) else {
                continue;
            };
            if weight < Exact::ZERO {
                let message = format!("the weight of issue {index} is {weight}; expected one from 0");
                self.error(GENIUS_WEIGHT, *node, message, "turn the evaluations of the issue around instead");
            }
            if weights.insert(index, weight).is_some() {
                let message = format!("issue {index} has two weights");
                self.error(GENIUS_WEIGHT, *node, message, "keep one of them");
            }
        }
        weights
    }

    /// What the values of an issue of the domain add, and real numbers between them.
    fn worths(
        &mut self,
        issue: &DomainIssue,
        nodes: &[Node<'_, '_>],
        weights: &BTreeMap<i64, Exact>,
        root: Node<'_, '_>,
    ) -> Option<(Vec<Exact>, Option<Line>)> {
        let own =
            |node: &&Node<'_, '_>| node.attribute("index").and_then(|i| i.trim().parse().ok()) == Some(issue.index);
        let name = shortened(&issue.name);
        let Some(node) = nodes.iter().find(own).copied() else {
            let message = format!("the profile does not judge issue {} (`{name}`) of the domain", issue.index);
            self.error(GENIUS_VALUE, root, message, "add the issue with an evaluation for each value");
            return None;
        };
        let weight = weights.get(&issue.index);
        if weight.is_none() {
            let message = format!("issue {} (`{name}`) has no weight", issue.index);
            self.error(GENIUS_WEIGHT, node, message, "add a `weight` with its `index` and `value`");
        }
        let (evaluations, line) = match kind(node) {
            "integer" => (self.linear(issue, node)?, None),
            "real" => self.real(issue, node)?,
            _ => (self.evaluations(issue, node)?, None),
        };
        let weight = weight?;
        let worths = evaluations.iter().map(|evaluation| weight * evaluation).collect();
        // A faulty weight was told.
        let line = line.filter(|_| *weight >= Exact::ZERO).map(|line| line.scaled(weight, &Exact::ZERO));
        Some((worths, line))
    }

    /// Evaluations of discrete values, divided by the greatest.
    fn evaluations(&mut self, issue: &DomainIssue, node: Node<'_, '_>) -> Option<Vec<Exact>> {
        let mut by_value: BTreeMap<&str, Exact> = BTreeMap::new();
        for item in node.children().filter(|inner| inner.has_tag_name("item")) {
            let Some(value) = item.attribute("value") else {
                self.error(GENIUS_SHAPE, item, "an item has no `value`".into(), "name the value");
                continue;
            };
            if !issue.values.iter().any(|known| known == value) {
                let message = format!("issue {} of the domain has no value `{}`", issue.index, shortened(value));
                self.error(GENIUS_VALUE, item, message, "write the value as the domain does");
                continue;
            }
            // A faulty number is told; the value is judged all the same.
            by_value.insert(value, self.number(item, "evaluation").unwrap_or_default());
        }
        let missing: Vec<&String> =
            issue.values.iter().filter(|value| !by_value.contains_key(value.as_str())).collect();
        if let [first, ..] = missing.as_slice() {
            let others = if missing.len() > 1 { format!(" and {} others", missing.len() - 1) } else { String::new() };
            let message = format!("issue {} has no evaluation of `{}`{others}", issue.index, shortened(first));
            self.error(GENIUS_VALUE, node, message, "add an `item` with its `evaluation`");
            return None;
        }
        let greatest = by_value.values().max().cloned().unwrap_or_default();
        if greatest <= Exact::ZERO {
            let message = format!("no evaluation of issue {} is above 0, so that it is worth nothing", issue.index);
            self.warning(GENIUS_RANGE, node, message);
            return Some(vec![Exact::ZERO; issue.values.len()]);
        }
        let share = |value: &String| by_value[value.as_str()].checked_div(&greatest).expect("above zero");
        Some(issue.values.iter().map(share).collect())
    }

    /// Evaluations of whole numbers by a straight line, cut off at 0 and 1.
    fn linear(&mut self, issue: &DomainIssue, node: Node<'_, '_>) -> Option<Vec<Exact>> {
        let Some(evaluator) = child(node, "evaluator") else {
            let message = format!("issue {} has no `evaluator`", issue.index);
            self.error(GENIUS_VALUE, node, message, "add one with `slope` and `offset`");
            return None;
        };
        let (slope, offset) = (self.number(evaluator, "slope")?, self.number(evaluator, "offset")?);
        let (from, _) = self.bounds(node)?;
        let numbers = self.numbers(issue, node)?;
        let evaluation = |value: &Exact| {
            let steps = value - &Exact::from(from);
            (&(&slope * &steps) + &offset).clamp(Exact::ZERO, Exact::ONE)
        };
        Some(numbers.iter().map(evaluation).collect())
    }

    /// The values of an issue as numbers, which those of the domain may not be.
    pub(super) fn numbers(&mut self, issue: &DomainIssue, node: Node<'_, '_>) -> Option<Vec<Exact>> {
        let numbers: Option<Vec<Exact>> = issue.values.iter().map(|value| value.parse().ok()).collect();
        if numbers.is_none() {
            let message = format!("issue {} is judged by its numbers, and has none in the domain", issue.index);
            self.error(GENIUS_VALUE, node, message, "write an `item` with its `evaluation` for each value");
        }
        numbers
    }
}

/// The kind of an issue; one that does not say is discrete.
fn kind<'a>(node: Node<'a, '_>) -> &'a str {
    ["type", "vtype", "etype"].into_iter().find_map(|name| node.attribute(name)).unwrap_or("discrete")
}
