//! Domains and utility functions of `NegMAS`.
//!
//! A domain lists issues by kind: `CategoricalIssue` and its kin with values,
//! `ContiguousIssue` over whole numbers, `ContinuousIssue` over real ones. A utility function
//! has a value function and a weight for each issue, by place or by name, and a bias; weights
//! are 1 unless given. Worth is as it stands, without the normalisation of GENIUS.
//!
//! Without a reservation that is a number, as `NegMAS` has it unless told otherwise, any
//! agreement is better than none: the reservation is then the least worth of a package.

use detente_base::Exact;

use super::tree::{self, Reader, issue, read};
use super::value_functions::{self, Function};
use super::{Domain, DomainIssue, Line, Parsed, Profile, additive, samples};
use crate::codes::front::{TALKS_KIND, TALKS_OTHER, TALKS_SHAPE, TALKS_UNUSED, TALKS_VALUES};
use crate::yaml::{Node, NodeKind, Yaml, shortened};

/// The issues of a domain.
pub(super) fn read_domain(yaml: Yaml) -> Parsed<Domain> {
    read(yaml, |root, reader| {
        let issues = reader.required(root, "issues", "the domain")?;
        let mut found: Vec<DomainIssue> = Vec::new();
        for (at, node) in reader.items(issues, "`issues`")?.iter().enumerate() {
            let Some(new) = issue_of(at, node, reader) else { continue };
            if found.iter().any(|known| known.name == new.name) {
                let message = format!("two issues are named `{}`", shortened(&new.name));
                reader.error(TALKS_VALUES, new.span, message, "rename one of them");
            }
            found.push(new);
        }
        if issues.complete && found.is_empty() {
            reader.error(TALKS_SHAPE, issues.span, "the domain has no issue".to_owned(), "add one with its values");
        }
        Some(Domain { issues: found })
    })
}

/// The name of the type of a part, without the modules that it is in.
pub(super) fn type_of(node: &Node) -> Option<&str> {
    let named = node.get("type").or_else(|| node.get("__python_class__"))?.word()?;
    Some(named.rsplit('.').next().unwrap_or(named))
}

fn issue_of(at: usize, node: &Node, reader: &mut Reader) -> Option<DomainIssue> {
    reader.entries(node, "an issue")?;
    reader.unread(node, &["name", "values", "type", "__python_class__", "id"]);
    let name = node.get("name").and_then(Node::word).map_or_else(|| format!("issue {}", at + 1), str::to_owned);
    let shown = shortened(&name);
    let values = reader.required(node, "values", &format!("issue `{shown}`"))?;
    let numbers = |reader: &mut Reader| numbers_of(values, &shown, reader);
    match type_of(node).unwrap_or("CategoricalIssue") {
        "CategoricalIssue" | "OrdinalIssue" | "DiscreteOrdinalIssue" | "CardinalIssue" | "DiscreteCardinalIssue" => {
            Some(issue(at, &name, reader.listed(values, &shown)?, node.span))
        }
        "ContiguousIssue" => {
            let (low, high, step) = numbers(reader)?;
            if [&low, &high, &step].into_iter().any(|number| number.as_integer().is_none()) {
                let message = format!("issue `{shown}` is over whole numbers, from {low} to {high} by {step}");
                reader.error(TALKS_VALUES, values.span, message, "write whole numbers");
                return None;
            }
            Some(issue(at, &name, reader.stepped((&low, &high, &step), values.span, &shown)?, node.span))
        }
        "ContinuousIssue" => {
            let (low, high, _) = numbers(reader)?;
            if low >= high {
                let message = format!("issue `{shown}` runs from {low} to {high}; expected the least number first");
                reader.error(TALKS_VALUES, values.span, message, "write the lower bound first");
                return None;
            }
            let texts = samples(&low, &high).iter().map(Exact::to_string).collect();
            Some(DomainIssue { sampled: Some((low, high)), ..issue(at, &name, texts, node.span) })
        }
        other => {
            let message = format!("issue `{shown}` is a `{}`", shortened(other));
            let help = "issues of the kinds `CategoricalIssue`, `ContiguousIssue` and `ContinuousIssue` are read";
            reader.error(TALKS_KIND, node.span, message, help);
            None
        }
    }
}

/// The least number of an issue, the greatest, and the step: `n` stands for 0 to n − 1.
fn numbers_of(node: &Node, name: &str, reader: &mut Reader) -> Option<(Exact, Exact, Exact)> {
    let what = format!("a bound of issue `{name}`");
    let NodeKind::Sequence { items, .. } = &node.kind else {
        let count = reader.number(node, &what)?;
        return Some((Exact::ZERO, &count - &Exact::ONE, Exact::ONE));
    };
    let found: Vec<Option<Exact>> = items.iter().map(|item| reader.number(item, &what)).collect();
    let found: Vec<Exact> = found.into_iter().collect::<Option<_>>()?;
    match <[Exact; 3]>::try_from(found) {
        Ok([low, high, step]) => Some((low, high, step)),
        Err(found) => match <[Exact; 2]>::try_from(found) {
            Ok([low, high]) => Some((low, high, Exact::ONE)),
            Err(found) => {
                let message = format!("issue `{name}` has {} bounds; expected 2", found.len());
                reader.error(TALKS_SHAPE, node.span, message, "give the least number and the greatest");
                None
            }
        },
    }
}

/// Fields of a utility function that are read, or have nothing to say.
const KNOWN: [&str; 12] = [
    "type",
    "__python_class__",
    "name",
    "id",
    "issues",
    "outcome_space",
    "values",
    "weights",
    "bias",
    "reserved_value",
    "reserved_outcome",
    "ufun",
];

/// A utility function over the issues of a domain.
pub(super) fn read_profile(yaml: Yaml, domain: &Domain) -> Parsed<Profile> {
    read(yaml, |root, reader| {
        let inner = without_discount(root, reader)?;
        for node in [root, inner].into_iter().take(if std::ptr::eq(root, inner) { 1 } else { 2 }) {
            if let Some(unread) = node.get("reserved_outcome").filter(|n| !matches!(n.kind, NodeKind::Null { .. })) {
                let message = "`reserved_outcome` is not read; `reserved_value` counts".to_owned();
                reader.warning(TALKS_UNUSED, unread.span, message);
            }
        }
        let functions = match type_of(inner).unwrap_or("LinearAdditiveUtilityFunction") {
            "LinearAdditiveUtilityFunction" => functions(inner, domain, reader),
            "LinearUtilityFunction" | "AffineUtilityFunction" => vec![Some(Function::identity()); domain.issues.len()],
            other => {
                let message = format!("the utility function is a `{}`", shortened(other));
                let help = "functions of the kinds `LinearAdditiveUtilityFunction`, `AffineUtilityFunction` and \
                            `LinearUtilityFunction` are read";
                reader.error(TALKS_KIND, tree::start(inner), message, help);
                return None;
            }
        };
        let weights = weights(inner, domain, reader);
        let lines = lines(domain, &functions, &weights);
        let judged = domain.issues.iter().zip(functions);
        let place = tree::start(inner);
        let evaluations: Vec<_> = judged.map(|(issue, function)| function?.over(issue, place, reader)).collect();
        reader.unread(inner, &KNOWN);
        let bias = reader.number_or(inner, "bias", Exact::ZERO);
        let reserved = [root, inner].into_iter().find_map(|node| node.get("reserved_value"));
        // A faulty number is told, whatever else is.
        let Some((mut worths, bias)) = additive::product(weights, evaluations).zip(bias) else {
            reservation(reserved, (&[], &[]), reader);
            return None;
        };
        let mut lines = lines;
        if let (Some(first), Some(line)) = (worths.first_mut(), lines.first_mut()) {
            first.iter_mut().for_each(|worth| *worth = &*worth + &bias);
            *line = line.as_ref().map(|line| line.scaled(&Exact::ONE, &bias));
        }
        let reservation = reservation(reserved, (&worths, &lines), reader)?;
        Some(Profile { lines, ..additive::profile(worths, reservation) })
    })
}

/// What real numbers are worth, where that is linear between some of them.
fn lines(domain: &Domain, functions: &[Option<Function>], weights: &[Option<Exact>]) -> Vec<Option<Line>> {
    let judged = domain.issues.iter().zip(functions).zip(weights);
    let line = |((issue, function), weight): ((&DomainIssue, &Option<Function>), &Option<Exact>)| {
        let weight = weight.as_ref().filter(|weight| **weight >= Exact::ZERO)?;
        Some(function.as_ref()?.line(issue.sampled.as_ref()?)?.scaled(weight, &Exact::ZERO))
    };
    let mut found: Vec<Option<Line>> = judged.map(line).collect();
    found.resize(domain.issues.len(), None);
    found
}

/// The function that a discounted one discounts; the discount goes by the steps of a
/// protocol, of which a file says nothing.
fn without_discount<'n>(root: &'n Node, reader: &mut Reader) -> Option<&'n Node> {
    reader.entries(root, "the utility function")?;
    if !type_of(root).is_some_and(|named| named.contains("Discounted")) {
        return Some(root);
    }
    let message = "the discount is not used: it counts the steps of a protocol".to_owned();
    reader.warning(TALKS_UNUSED, tree::start(root), message);
    reader.required(root, "ufun", "the discounted utility function")
}

/// The value function of each issue, by place or by name.
fn functions(node: &Node, domain: &Domain, reader: &mut Reader) -> Vec<Option<Function>> {
    let none = || vec![None; domain.issues.len()];
    let Some(values) = reader.required(node, "values", "the utility function") else { return none() };
    let Some(nodes) = placed(values, domain, "values", reader) else { return none() };
    let judged = domain.issues.iter().zip(nodes);
    judged.map(|(issue, node)| value_functions::function(node?, issue, reader)).collect()
}

/// For each issue what a list holds at its place, or an object under its name.
fn placed<'n>(node: &'n Node, domain: &Domain, what: &str, reader: &mut Reader) -> Option<Vec<Option<&'n Node>>> {
    if matches!(node.kind, NodeKind::Mapping { .. }) {
        return additive::by_issue(node, domain, what, reader);
    }
    let items = reader.items(node, &format!("`{what}`"))?;
    let issues = domain.issues.len();
    if items.len() != issues {
        let message = format!("`{what}` has {} entries; expected one for each of the {issues} issues", items.len());
        reader.error(TALKS_OTHER, tree::start(node), message, "list them in the order of the domain");
        return None;
    }
    Some(items.iter().map(Some).collect())
}

fn weights(node: &Node, domain: &Domain, reader: &mut Reader) -> Vec<Option<Exact>> {
    match node.get("weights").filter(|node| !matches!(node.kind, NodeKind::Null { .. })) {
        None => vec![Some(Exact::ONE); domain.issues.len()],
        Some(list) => match placed(list, domain, "weights", reader) {
            None => Vec::new(),
            Some(nodes) => {
                let given = domain.issues.iter().zip(nodes);
                given.map(|(issue, node)| additive::weight(node?, issue, reader)).collect()
            }
        },
    }
}

/// The reservation, or the least worth of a package where there is none, as with −∞.
fn reservation(node: Option<&Node>, judged: Judged<'_>, reader: &mut Reader) -> Option<Exact> {
    match node {
        None | Some(Node { kind: NodeKind::Null { .. }, .. }) => Some(least(judged)),
        Some(node) => match node.word().map(str::to_ascii_lowercase).as_deref() {
            Some("-.inf" | "-inf" | "-infinity") => Some(least(judged)),
            _ => reader.number(node, "`reserved_value`"),
        },
    }
}

/// By issue, what its values are worth, and its real numbers.
type Judged<'j> = (&'j [Vec<Exact>], &'j [Option<Line>]);

/// The least worth of a package.
fn least((worths, lines): Judged<'_>) -> Exact {
    let of_line = |line: &Line| line.knots().iter().flat_map(|k| [&k.before, &k.after]).min().cloned();
    let of = |(values, line): (&Vec<Exact>, &Option<Line>)| {
        line.as_ref().map_or_else(|| values.iter().min().cloned(), of_line)
    };
    worths.iter().zip(lines).filter_map(of).sum()
}
