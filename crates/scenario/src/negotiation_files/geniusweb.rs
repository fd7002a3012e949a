//! Domains and profiles of `GeniusWeb`.
//!
//! A domain lists values (`values`) or numbers from one to another by steps (`range`). A
//! profile is a `LinearAdditiveUtilitySpace` with its domain: evaluations by value
//! (`discreteutils`, `DiscreteValueSetUtilities`) or on the line between those of the least
//! and the greatest number (`numberutils`, `NumberValueSetUtilities`), and weights that add up
//! to 1. The reservation is a bid; issues that it leaves out add nothing.
//!
//! Differs: `GeniusWeb` rounds evaluations on the line to eight digits, here they are exact.

use detente_base::Exact;

use super::tree::{self, Reader, issue, read};
use super::{Domain, DomainIssue, Parsed, Profile, additive};
use crate::codes::front::{TALKS_KIND, TALKS_OTHER, TALKS_RANGE, TALKS_SHAPE};
use crate::yaml::{Node, NodeKind, Yaml, shortened};

/// The kind of profile that is read.
const ADDITIVE: &str = "LinearAdditiveUtilitySpace";

/// The issues of a domain, or of the domain in a profile.
pub(super) fn read_domain(yaml: Yaml) -> Parsed<Domain> {
    read(yaml, |root, reader| {
        let node = match root.get("issuesValues") {
            Some(_) => root,
            None => {
                let space = space(root, reader)?;
                reader.required(space, "domain", "the profile")?
            }
        };
        domain(node, reader)
    })
}

/// A profile over the issues of a domain.
pub(super) fn read_profile(yaml: Yaml, known: &Domain) -> Parsed<Profile> {
    read(yaml, |root, reader| {
        let space = space(root, reader)?;
        if let Some(node) = space.get("domain") {
            let own = domain(node, reader)?;
            same(&own, known, node, reader)?;
        }
        reader.unread(space, &["name", "domain", "issueWeights", "issueUtilities", "reservationBid"]);
        let weights = match reader.required(space, "issueWeights", "the profile") {
            Some(node) => {
                let weights = additive::weights(node, known, "issueWeights", reader);
                additive::check_sum(&weights, tree::start(node), reader);
                weights
            }
            None => Vec::new(),
        };
        let utilities = reader.required(space, "issueUtilities", "the profile")?;
        let nodes = additive::by_issue(utilities, known, "issueUtilities", reader)?;
        let judged = known.issues.iter().zip(nodes);
        let evaluations: Vec<_> =
            judged.map(|(issue, node)| node.and_then(|node| utilities_of(node, issue, reader))).collect();
        let bid = space.get("reservationBid").filter(|node| !matches!(node.kind, NodeKind::Null { .. }));
        let bid = bid.map_or(Some(vec![None; known.issues.len()]), |bid| values_of(bid, known, reader));
        let worths = additive::product(weights, evaluations)?;
        let reservation = worth(&worths, &bid?);
        Some(additive::profile(worths, reservation))
    })
}

/// What a profile holds under its kind.
fn space<'n>(root: &'n Node, reader: &mut Reader) -> Option<&'n Node> {
    if let Some(space) = root.get(ADDITIVE) {
        reader.entries(space, &format!("`{ADDITIVE}`"))?;
        return Some(space);
    }
    let (key, _) = reader.entries(root, "the profile")?.first()?;
    let message = format!("the profile is a `{}`", shortened(key.word().unwrap_or_default()));
    reader.error(TALKS_KIND, key.span, message, "profiles of the kind `LinearAdditiveUtilitySpace` are read");
    None
}

fn domain(node: &Node, reader: &mut Reader) -> Option<Domain> {
    let issues = reader.required(node, "issuesValues", "the domain")?;
    let entries = reader.entries(issues, "`issuesValues`")?;
    let mut found = Vec::new();
    for (at, (key, node)) in entries.iter().enumerate() {
        let name = key.word().unwrap_or_default();
        if let Some(values) = values(node, &shortened(name), reader) {
            found.push(issue(at, name, values, key.span));
        }
    }
    if entries.is_empty() {
        let help = "add an issue with its `values` or its `range`";
        reader.error(TALKS_SHAPE, issues.span, "the domain has no issue".to_owned(), help);
    }
    Some(Domain { issues: found })
}

/// The values of an issue: a list, or numbers by steps.
fn values(node: &Node, name: &str, reader: &mut Reader) -> Option<Vec<String>> {
    if let Some(list) = node.get("values") {
        return reader.listed(list, name);
    }
    let Some(range) = node.get("range") else {
        reader.entries(node, &format!("issue `{name}`"))?;
        let message = format!("issue `{name}` has neither `values` nor `range`");
        reader.error(TALKS_SHAPE, tree::start(node), message, "list its values, or give a range");
        return None;
    };
    let parts: Vec<&Node> = match &range.kind {
        NodeKind::Sequence { items, .. } => items.iter().collect(),
        _ => {
            let field = |field: &str| reader.required(range, field, &format!("the range of issue `{name}`"));
            ["low", "high", "step"].map(field).into_iter().collect::<Option<_>>()?
        }
    };
    let [low, high, step] = parts[..] else {
        let message = format!("the range of issue `{name}` has {} parts; expected 3", parts.len());
        reader.error(TALKS_SHAPE, range.span, message, "give the least number, the greatest, and the step");
        return None;
    };
    let mut number = |node: &Node| reader.number(node, &format!("a part of the range of issue `{name}`"));
    let (low, high, step) = (number(low), number(high), number(step));
    reader.stepped((&low?, &high?, &step?), range.span, name)
}

/// Tells where the domain in a profile is another than the one that is negotiated over.
fn same(own: &Domain, known: &Domain, place: &Node, reader: &mut Reader) -> Option<()> {
    let sorted = |domain: &Domain| {
        let values = |issue: &DomainIssue| {
            let mut values = issue.values.clone();
            values.sort_unstable();
            (issue.name.clone(), values)
        };
        let mut issues: Vec<(String, Vec<String>)> = domain.issues.iter().map(values).collect();
        issues.sort_unstable();
        issues
    };
    let (own, known) = (sorted(own), sorted(known));
    let Some(other) = own.iter().find(|issue| !known.contains(issue)).or(known.iter().find(|i| !own.contains(i)))
    else {
        return Some(());
    };
    let message = format!("the domain in the profile differs from the domain at issue `{}`", shortened(&other.0));
    reader.error(TALKS_OTHER, tree::start(place), message, "profiles are about one domain: compare issues and values");
    None
}

/// The evaluations of the values of an issue.
fn utilities_of(node: &Node, issue: &DomainIssue, reader: &mut Reader) -> Option<Vec<Exact>> {
    let name = shortened(&issue.name);
    let found = if let Some(discrete) = node.get("discreteutils").or_else(|| node.get("DiscreteValueSetUtilities")) {
        let owner = format!("the evaluations of issue `{name}`");
        additive::table(reader.required(discrete, "valueUtilities", &owner)?, issue, reader)?
    } else if let Some(line) = node.get("numberutils").or_else(|| node.get("NumberValueSetUtilities")) {
        on_the_line(line, issue, reader)?
    } else {
        let message = format!("issue `{name}` has neither `discreteutils` nor `numberutils`");
        reader.error(TALKS_SHAPE, tree::start(node), message, "evaluate its values");
        return None;
    };
    if let Some(evaluation) = found.iter().find(|e| **e < Exact::ZERO || **e > Exact::ONE) {
        let message = format!("an evaluation of issue `{name}` is {evaluation}; expected one from 0 to 1");
        reader.warning(TALKS_RANGE, tree::start(node), message);
    }
    Some(found)
}

/// Evaluations on the line between those of the least and the greatest number.
fn on_the_line(node: &Node, issue: &DomainIssue, reader: &mut Reader) -> Option<Vec<Exact>> {
    let name = shortened(&issue.name);
    let owner = format!("the evaluations of issue `{name}`");
    let mut number = |field: &str| {
        let node = reader.required(node, field, &owner)?;
        reader.number(node, &format!("`{field}` of issue `{name}`"))
    };
    let (low, low_utility) = (number("lowValue"), number("lowUtility"));
    let (high, high_utility) = (number("highValue"), number("highUtility"));
    let (low, low_utility, high, high_utility) = (low?, low_utility?, high?, high_utility?);
    let values: Option<Vec<Exact>> = issue.values.iter().map(|value| value.parse().ok()).collect();
    let Some(values) = values else {
        let message = format!("issue `{name}` is evaluated by a line, and its values are no numbers");
        reader.error(TALKS_OTHER, tree::start(node), message, "evaluate each value in `discreteutils`");
        return None;
    };
    let outside = values.iter().any(|value| *value < low || *value > high);
    let slope = (&high_utility - &low_utility).checked_div(&(&high - &low));
    let Some(slope) = slope.filter(|_| low < high && !outside) else {
        let message = format!("issue `{name}` is evaluated from {low} to {high}; expected the range of the domain");
        reader.error(TALKS_OTHER, tree::start(node), message, "write `lowValue` and `highValue` as the domain does");
        return None;
    };
    Some(values.iter().map(|value| &low_utility + &(&slope * &(value - &low))).collect())
}

/// For each issue, the value that a bid gives it.
fn values_of(bid: &Node, domain: &Domain, reader: &mut Reader) -> Option<Vec<Option<usize>>> {
    let node = reader.required(bid, "issuevalues", "`reservationBid`")?;
    let mut found = vec![None; domain.issues.len()];
    let mut fine = true;
    for (key, value) in reader.entries(node, "`issuevalues`")? {
        let name = key.word().unwrap_or_default();
        let Some(at) = domain.issues.iter().position(|issue| issue.name == name) else {
            let message = format!("`reservationBid` names issue `{}`, which the domain does not have", shortened(name));
            let names = domain.issues.iter().map(|issue| issue.name.as_str());
            reader.error(TALKS_OTHER, key.span, message, &additive::help(name, names, "name an issue of the domain"));
            fine = false;
            continue;
        };
        let word = reader.text(value, &format!("the value of issue `{}`", shortened(name))).unwrap_or_default();
        let number: Option<Exact> = word.parse().ok();
        let is = |known: &String| known == word || (number.is_some() && known.parse().ok() == number);
        found[at] = domain.issues[at].values.iter().position(is);
        if found[at].is_none() {
            let message = format!("issue `{}` of the domain has no value `{}`", shortened(name), shortened(word));
            let values = domain.issues[at].values.iter().map(String::as_str);
            let help = additive::help(word, values, "write the value as the domain does");
            reader.error(TALKS_OTHER, value.span, message, &help);
            fine = false;
        }
    }
    fine.then_some(found)
}

/// What the issues of a bid add up to.
fn worth(worths: &[Vec<Exact>], bid: &[Option<usize>]) -> Exact {
    let issues = worths.iter().zip(bid);
    issues.filter_map(|(worths, value)| value.map(|value| worths[value].clone())).sum()
}
