//! Profiles of `NegoLog`.
//!
//! `{"reservationValue": r, "issueWeights": {issue: w}, "issues": {issue: {value: u}}}`; worth
//! is the sum of w·u, as it stands.

use detente_base::Exact;

use super::tree::{self, issue, read};
use super::{Domain, Parsed, Profile, additive};
use crate::yaml::{Yaml, shortened};

/// The issues of a profile, with their values in its order.
pub(super) fn read_domain(yaml: Yaml) -> Parsed<Domain> {
    read(yaml, |root, reader| {
        let issues = reader.required(root, "issues", "the profile")?;
        let entries = reader.entries(issues, "`issues`")?;
        let mut found = Vec::new();
        for (at, (key, node)) in entries.iter().enumerate() {
            let name = key.word().unwrap_or_default();
            let Some(values) = reader.entries(node, &format!("issue `{}`", shortened(name))) else { continue };
            let values: Vec<String> = values.iter().filter_map(|(value, _)| value.word().map(str::to_owned)).collect();
            let Some(values) = reader.some(values, node.span, &shortened(name)) else { continue };
            found.push(issue(at, name, values, key.span));
        }
        Some(Domain { issues: found })
    })
}

/// A profile over the issues of another.
pub(super) fn read_profile(yaml: Yaml, domain: &Domain) -> Parsed<Profile> {
    read(yaml, |root, reader| {
        let weights = match reader.required(root, "issueWeights", "the profile") {
            Some(node) => {
                let weights = additive::weights(node, domain, "issueWeights", reader);
                additive::check_sum(&weights, tree::start(node), reader);
                weights
            }
            None => Vec::new(),
        };
        let issues = reader.required(root, "issues", "the profile")?;
        let nodes = additive::by_issue(issues, domain, "issues", reader)?;
        let judged = domain.issues.iter().zip(nodes);
        let evaluations: Vec<_> =
            judged.map(|(issue, node)| node.and_then(|node| additive::table(node, issue, reader))).collect();
        reader.unread(root, &["reservationValue", "issueWeights", "issues"]);
        let reservation = reader.number_or(root, "reservationValue", Exact::ZERO);
        Some(additive::profile(additive::product(weights, evaluations)?, reservation?))
    })
}
