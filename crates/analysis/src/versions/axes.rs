//! What the outcomes of different versions have in common.

use detente_conflict::StateId;
use detente_scenario::situation::{IssueId, Situation};

use crate::structure::Structure;

/// Number of a combination of values of shared issues: the first issue is the lowest digit.
pub(super) type Key = u32;

/// The issues and values that both versions have, by id.
#[derive(Debug)]
pub(super) struct Axes {
    issues: Vec<(String, Vec<String>)>,
    strides: Vec<u64>,
    /// Number of combinations.
    pub size: u64,
    /// Whether both versions have the same issues.
    pub same_issues: bool,
}

impl Axes {
    pub(super) fn new(a: &Situation, b: &Situation) -> Self {
        let mut issues = Vec::new();
        for issue in &a.issues {
            let Some(other) = b.issue(&issue.id) else { continue };
            let other = &b.issues[other.index()];
            let shared = issue.values.iter().filter(|v| other.values.iter().any(|o| o.id == v.id));
            issues.push((issue.id.clone(), shared.map(|v| v.id.clone()).collect::<Vec<_>>()));
        }
        let mut size = 1u64;
        let mut strides = Vec::new();
        for (_, values) in &issues {
            strides.push(size);
            size = size.saturating_mul(values.len() as u64);
        }
        let same_issues = issues.len() == a.issues.len() && issues.len() == b.issues.len();
        Self { issues, strides, size, same_issues }
    }

    pub(super) fn issue_ids(&self) -> Vec<String> {
        self.issues.iter().map(|(id, _)| id.clone()).collect()
    }

    /// The combination that each outcome of a situation belongs to; `None` for outcomes
    /// with a value that not both versions have.
    pub(super) fn keys(&self, structure: &Structure<'_>) -> Vec<Option<Key>> {
        let situation = structure.situation;
        // For each shared issue its place in the situation, and for each value there its
        // share of the key.
        let columns: Vec<(IssueId, Vec<Option<u64>>)> = (self.issues.iter().zip(&self.strides))
            .filter_map(|((id, values), stride)| {
                let issue = situation.issue(id)?;
                let share = |id: &String| values.iter().position(|v| v == id).map(|at| at as u64 * stride);
                let shares = situation.issues[issue.index()].values.iter().map(|v| share(&v.id)).collect();
                Some((issue, shares))
            })
            .collect();
        (0..structure.states.state_count())
            .map(|state| {
                let code = u64::from(structure.states.code(StateId::from_index(state)));
                let share =
                    |(issue, shares): &(IssueId, Vec<Option<u64>>)| shares[structure.space.value(code, *issue).index()];
                columns.iter().map(share).sum::<Option<u64>>().and_then(|key| Key::try_from(key).ok())
            })
            .collect()
    }

    /// Issue and value of a combination, as ids.
    pub(super) fn values(&self, key: Key) -> Vec<(String, String)> {
        (self.issues.iter().zip(&self.strides))
            .map(|((id, values), stride)| {
                let digit = u64::from(key) / stride % values.len() as u64;
                (id.clone(), values[digit as usize].clone())
            })
            .collect()
    }
}
