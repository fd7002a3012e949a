//! Worth as weights times evaluations, which all formats of JSON and YAML share.

use std::collections::BTreeMap;

use detente_base::{Exact, Span};

use super::tree::{Reader, start};
use super::{Domain, DomainIssue, Profile, Worth};
use crate::codes::front::{TALKS_OTHER, TALKS_RANGE, TALKS_WEIGHT};
use crate::suggest::nearest;
use crate::yaml::{Node, shortened};

/// Most names that one is compared with.
const MOST_COMPARED: usize = 1_000;

/// By issue, what stands in an object that names issues of the domain.
///
/// Issues that the domain does not have are told, and those that the object leaves out.
pub(super) fn by_issue<'n>(
    node: &'n Node,
    domain: &Domain,
    what: &str,
    reader: &mut Reader,
) -> Option<Vec<Option<&'n Node>>> {
    let entries = reader.entries(node, &format!("`{what}`"))?;
    let mut found: BTreeMap<&str, &Node> = BTreeMap::new();
    for (key, value) in entries {
        let name = key.word().unwrap_or_default();
        if domain.issues.iter().any(|issue| issue.name == name) {
            found.insert(name, value);
        } else {
            let names = domain.issues.iter().map(|issue| issue.name.as_str());
            let message = format!("`{what}` names issue `{}`, which the domain does not have", shortened(name));
            reader.error(TALKS_OTHER, key.span, message, &help(name, names, "name an issue of the domain"));
        }
    }
    let mut take = |issue: &DomainIssue| {
        let inner = found.get(issue.name.as_str()).copied();
        if inner.is_none() && node.complete {
            let message = format!("`{what}` leaves out issue `{}`", shortened(&issue.name));
            reader.error(TALKS_OTHER, start(node), message, "add it: a profile judges every issue of its domain");
        }
        inner
    };
    Some(domain.issues.iter().map(&mut take).collect())
}

/// The known name that is probably meant; of very many none is looked for.
pub(super) fn help<'a>(name: &str, known: impl Iterator<Item = &'a str>, otherwise: &str) -> String {
    nearest(name, known.take(MOST_COMPARED))
        .map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{}`?", shortened(&near)))
}

/// A weight, which is not below zero.
pub(super) fn weight(node: &Node, issue: &DomainIssue, reader: &mut Reader) -> Option<Exact> {
    let name = shortened(&issue.name);
    let weight = reader.number(node, &format!("the weight of issue `{name}`"))?;
    if weight < Exact::ZERO {
        let message = format!("the weight of issue `{name}` is {weight}; expected one from 0");
        reader.error(TALKS_WEIGHT, node.span, message, "turn the evaluations of the issue around instead");
    }
    Some(weight)
}

/// Weights given by the names of the issues.
pub(super) fn weights(node: &Node, domain: &Domain, what: &str, reader: &mut Reader) -> Vec<Option<Exact>> {
    let Some(found) = by_issue(node, domain, what, reader) else { return vec![None; domain.issues.len()] };
    domain.issues.iter().zip(found).map(|(issue, node)| weight(node?, issue, reader)).collect()
}

/// Tells of weights that do not add up to 1.
pub(super) fn check_sum(weights: &[Option<Exact>], place: Span, reader: &mut Reader) {
    let Some(weights) = weights.iter().cloned().collect::<Option<Vec<Exact>>>() else { return };
    let sum: Exact = weights.into_iter().sum();
    if sum != Exact::ONE {
        reader.warning(TALKS_RANGE, place, format!("the weights add up to {sum}; expected 1"));
    }
}

/// The evaluations of the values of an issue, from an object that names them.
pub(super) fn table(node: &Node, issue: &DomainIssue, reader: &mut Reader) -> Option<Vec<Exact>> {
    let name = shortened(&issue.name);
    let entries = reader.entries(node, &format!("the evaluations of issue `{name}`"))?;
    let known: BTreeMap<&str, usize> =
        issue.values.iter().enumerate().map(|(at, value)| (value.as_str(), at)).collect();
    let numbers: BTreeMap<Exact, usize> =
        issue.values.iter().enumerate().filter_map(|(at, value)| Some((value.parse().ok()?, at))).collect();
    let mut found: Vec<Option<Exact>> = vec![None; issue.values.len()];
    for (key, value) in entries {
        let word = key.word().unwrap_or_default();
        // `1` and `1.0` are one value of an issue over numbers.
        let at = known.get(word).or_else(|| word.parse().ok().and_then(|number: Exact| numbers.get(&number)));
        let Some(at) = at else {
            let message = format!("issue `{name}` of the domain has no value `{}`", shortened(word));
            let help = help(word, issue.values.iter().map(String::as_str), "write the value as the domain does");
            reader.error(TALKS_OTHER, key.span, message, &help);
            continue;
        };
        // A faulty number is told; the value is judged all the same.
        found[*at] =
            Some(reader.number(value, &format!("the evaluation of `{}`", shortened(word))).unwrap_or_default());
    }
    let missing: Vec<&String> = issue.values.iter().zip(&found).filter(|(_, f)| f.is_none()).map(|(v, _)| v).collect();
    if let ([first, rest @ ..], true) = (missing.as_slice(), node.complete) {
        let others = if rest.is_empty() { String::new() } else { format!(" and {} others", rest.len()) };
        let message = format!("issue `{name}` has no evaluation of `{}`{others}", shortened(first));
        reader.error(TALKS_OTHER, start(node), message, "evaluate every value of the domain");
    }
    found.into_iter().collect()
}

/// By issue and value, the weight times the evaluation; `None` where one could not be read.
pub(super) fn product(weights: Vec<Option<Exact>>, evaluations: Vec<Option<Vec<Exact>>>) -> Option<Vec<Vec<Exact>>> {
    if weights.len() != evaluations.len() {
        return None;
    }
    let issue = |(weight, evaluations): (Option<Exact>, Option<Vec<Exact>>)| {
        let weight = weight?;
        Some(evaluations?.iter().map(|evaluation| &weight * evaluation).collect())
    };
    weights.into_iter().zip(evaluations).map(issue).collect()
}

/// A profile with additive worth.
pub(super) fn profile(worths: Vec<Vec<Exact>>, reservation: Exact) -> Profile {
    Profile { worth: Worth::Additive(worths), lines: Vec::new(), reservation, discount: None }
}
