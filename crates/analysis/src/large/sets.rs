//! Sets of outcomes by counts and conditions, held against outcomes drawn from them.

use detente_base::{Budget, StopReason};
use detente_conflict::symbolic::{Linked, Local, StateSet};
use detente_conflict::{Concept, Pattern};

use super::Large;
use crate::report::{Completion, Drawn, LargeSet, LinkedIssues};

/// Most patterns that describe one set.
const MOST_PATTERNS: usize = 24;

/// Outcomes drawn from inside a set, and as many from outside.
const DRAWN: u64 = 2;

/// The part of the budget for nodes that judging a drawn outcome may take.
const SHARE_OF_DRAWN: u64 = 64;

/// Combinations of values that following the moves of one drawn outcome may try.
const MOST_FOLLOWED_OF_ONE: u64 = 1 << 16;

impl Large<'_> {
    /// A set that was found, narrowed to what the question is about.
    pub(super) fn set_view(
        &self,
        name: &str,
        set: Result<&StateSet, &StopReason>,
        (among, concepts): (Option<&StateSet>, &[Concept]),
    ) -> LargeSet {
        let described = set.map_err(Clone::clone).and_then(|set| {
            let narrowed = match among {
                Some(among) => self.model.intersection(set, among, self.budget)?,
                None => set.clone(),
            };
            Ok(LargeSet { drawn: self.drawn(set, concepts), ..self.describe(name, &narrowed, among) })
        });
        described.unwrap_or_else(|reason| undecided(name, reason))
    }

    fn describe(&self, name: &str, set: &StateSet, among: Option<&StateSet>) -> LargeSet {
        let (situation, model) = (self.situation, &self.model);
        let cover = model.cover(set, MOST_PATTERNS, self.budget).ok();
        let names = |pattern: &Pattern| {
            (0..pattern.coordinate_count())
                .filter(|issue| !pattern.is_open(*issue))
                .map(|issue| {
                    let issue_of = &situation.issues[issue];
                    let values = pattern.values(issue).map(|value| issue_of.values[value as usize].id.clone());
                    (issue_of.id.clone(), values.collect())
                })
                .collect::<Vec<_>>()
        };
        let whole = cover.as_ref().is_some_and(|cover| cover.complete);
        let found = cover.as_ref().is_some_and(|cover| !cover.patterns.is_empty());
        let others = if whole || !found { None } else { self.cover_of_others(set, among) };
        LargeSet {
            concept: name.to_owned(),
            completion: Completion::Complete,
            count: Some(self.count(set)),
            truncated: !whole,
            covered: cover.as_ref().filter(|cover| !cover.patterns.is_empty()).map(|cover| cover.covered.to_string()),
            fails_iff: others.map_or_else(Vec::new, |patterns| patterns.iter().map(names).collect()),
            always: cover.as_ref().filter(|_| !set.is_empty()).map_or_else(Vec::new, |cover| names(&cover.hull)),
            holds_iff: cover.map_or_else(Vec::new, |cover| cover.patterns.iter().map(names).collect()),
            linked: if whole { Vec::new() } else { self.linked(set) },
            same_as: None,
            example: model.draw(set, 0).map_or_else(Vec::new, |state| self.pairs(&state)),
            drawn: Drawn::default(),
        }
    }

    /// Patterns of the outcomes that are not in a set, if few say it all.
    fn cover_of_others(&self, set: &StateSet, among: Option<&StateSet>) -> Option<Vec<Pattern>> {
        let all = among.cloned().unwrap_or_else(|| self.model.states());
        let others = self.model.difference(&all, set, self.budget).ok()?;
        self.model
            .cover(&others, MOST_PATTERNS, self.budget)
            .ok()
            .filter(|cover| cover.complete)
            .map(|cover| cover.patterns)
    }

    /// Issues that go together; none where finding out takes too much.
    fn linked(&self, set: &StateSet) -> Vec<LinkedIssues> {
        let pair = |issue: usize, value: usize| {
            let issue = &self.situation.issues[issue];
            (issue.id.clone(), issue.values[value].id.clone())
        };
        let links = self.model.linked(set, self.budget).unwrap_or_default();
        let view =
            |link: &Linked| LinkedIssues { when: pair(link.first, 1), then: pair(link.second, usize::from(link.same)) };
        links.iter().map(view).collect()
    }

    /// Judges outcomes drawn from inside and outside one by one; each party has its concept.
    ///
    /// # Panics
    /// If a verdict contradicts the set.
    fn drawn(&self, set: &StateSet, concepts: &[Concept]) -> Drawn {
        let local = self.local();
        let mut found = Drawn::default();
        let Ok(outside) = self.model.difference(&self.model.states(), set, self.budget) else { return found };
        for (from, inside) in [(set, true), (&outside, false)] {
            let mut states: Vec<Vec<u32>> = (0..DRAWN).filter_map(|seed| self.model.draw(from, seed)).collect();
            states.dedup();
            for state in states {
                let (judged, followed) = (self.judged(&state, concepts), self.followed(&local, &state, concepts));
                for verdict in [judged, followed].into_iter().flatten() {
                    assert!(verdict == inside, "an outcome contradicts the set it was drawn from: {state:?}");
                }
                found.outcomes += u32::from(judged.is_some() || followed.is_some());
                found.followed += u32::from(followed.is_some());
            }
        }
        found
    }

    /// Whether a state holds, judged by itself; `None` when that takes too much.
    fn judged(&self, state: &[u32], concepts: &[Concept]) -> Option<bool> {
        let budget = Budget { nodes: self.budget.nodes / SHARE_OF_DRAWN, ..self.budget.clone() };
        every(concepts, |party, concept| {
            self.model.judge(concept, party, state, &budget).ok().map(|judgement| judgement.is_stable())
        })
    }

    /// The same by following moves.
    fn followed(&self, local: &Local<'_>, state: &[u32], concepts: &[Concept]) -> Option<bool> {
        every(concepts, |party, concept| self.follow(local, (concept, party), state))
    }

    /// Whether a party stays, by following moves; `None` when that takes too much.
    pub(super) fn follow(&self, local: &Local<'_>, (concept, party): (Concept, usize), state: &[u32]) -> Option<bool> {
        let before = local.tried();
        let moves = self.followed.get().min(MOST_FOLLOWED_OF_ONE);
        let verdict = local.is_stable(concept, party, state, &Budget { moves, ..self.budget.clone() }).ok();
        self.followed.set(self.followed.get().saturating_sub(local.tried() - before));
        verdict
    }
}

/// Whether all parties stay: no as soon as one is known to leave, otherwise unknown as
/// soon as one is.
fn every(concepts: &[Concept], stays: impl Fn(usize, Concept) -> Option<bool>) -> Option<bool> {
    let mut all = Some(true);
    for (party, concept) in concepts.iter().enumerate() {
        match stays(party, *concept) {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

pub(super) fn undecided(concept: &str, reason: StopReason) -> LargeSet {
    LargeSet {
        concept: concept.to_owned(),
        completion: Completion::Undecided { reason },
        count: None,
        holds_iff: Vec::new(),
        truncated: true,
        covered: None,
        fails_iff: Vec::new(),
        always: Vec::new(),
        linked: Vec::new(),
        same_as: None,
        example: Vec::new(),
        drawn: Drawn::default(),
    }
}
