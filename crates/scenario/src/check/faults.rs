//! Faults found so far, each cause once.

use std::collections::BTreeMap;

use detente_base::Diagnostic;

use crate::yaml::MAX_DIAGNOSTICS;

/// Further places of one unknown name that are marked.
const MAX_PLACES: usize = 3;

/// What an unknown name should have named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// An issue, a named outcome or a parameter.
    Name,
    /// A value of an issue; the name is issue and value.
    Value,
    /// A party.
    Party,
    /// A claim.
    Claim,
    /// A source.
    Source,
}

/// Faults; an unknown name is one of them, wherever and however often it is used.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    list: Vec<Diagnostic>,
    /// For each unknown name its fault and in how many places it was met.
    unknown: BTreeMap<(Kind, String), (usize, usize)>,
}

impl Faults {
    /// Whether there is any.
    pub(crate) fn any(&self) -> bool {
        !self.list.is_empty()
    }

    /// Adds a fault, unless there are more than anybody is shown.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.list.len() <= MAX_DIAGNOSTICS {
            self.list.push(diagnostic);
        }
    }

    /// Adds the fault of an unknown name, or its place to the fault it already has.
    pub(crate) fn push_unknown(&mut self, kind: Kind, name: String, diagnostic: Diagnostic) {
        let next = self.list.len();
        let (index, places) = self.unknown.entry((kind, name)).or_insert((next, 0));
        let Some(first) = self.list.get_mut(*index) else {
            *places = 1;
            return self.push(diagnostic);
        };
        if first.span == diagnostic.span || first.labels.iter().any(|label| label.span == diagnostic.span) {
            return;
        }
        *places += 1;
        if *places <= MAX_PLACES + 1 {
            *first = std::mem::replace(first, diagnostic.clone()).with_place(diagnostic.span, "and here");
        }
        // One repair does not do, and the declaration may be what is misspelt.
        first.replacement = None;
        first.label = format!("first of {} places", *places);
    }

    /// All faults, in order of place.
    pub(crate) fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|d| (d.span.start, d.span.end, d.code.0));
        self.list.dedup();
        self.list
    }
}
