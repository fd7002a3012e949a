//! Answers and causes as data.

use detente_conflict::FixedBitSet;

use super::answers::{Answered, Frame, Subject, Verdict};
use super::axes::Key;
use super::causes::{Explained, Found};
use crate::report::{
    Cause, CombinationComparison, CompareAnswer, ConceptComparison, Effect, EffectSubject, NamedComparison,
    OutcomeComparison, SharedOutcome, StatusQuoComparison,
};

/// Most sets of changes listed for one cause.
const MAX_SETS: usize = 6;

/// Fills in what is shared and the answers side by side.
pub(super) fn fill(compared: &mut CompareAnswer, frame: &Frame, answers: &[Answered; 2], limit: usize) {
    let [a, b] = answers;
    let only = |one: &Answered, other: &Answered| one.exists.difference(&other.exists).count() as u64 + one.without_key;
    compared.shared.both = a.exists.intersection(&b.exists).count() as u64;
    compared.shared.only_before = only(a, b);
    compared.shared.only_after = only(b, a);
    for scope in 0..frame.scopes.len() {
        compared.combinations.push(combination(frame, answers, scope, limit));
    }
}

fn combination(frame: &Frame, answers: &[Answered; 2], scope: usize, limit: usize) -> CombinationComparison {
    let [a, b] = answers;
    let of = |answer: &'_ Answered| answer.scopes[scope].clone().expect("both versions have the combinations compared");
    let (in_a, in_b) = (of(a), of(b));
    let mut shared = a.exists.clone();
    shared.intersect_with(&b.exists);
    let only = |one: &FixedBitSet, other: &FixedBitSet| {
        let mut set = one.clone();
        set.difference_with(other);
        set.intersect_with(&shared);
        set
    };
    let mut differing = FixedBitSet::with_capacity(shared.len());
    let mut holding = FixedBitSet::with_capacity(shared.len());
    let mut concepts = Vec::new();
    for (at, concept) in frame.concepts.iter().enumerate() {
        let (newly, no_longer) = (only(&in_b.holds[at], &in_a.holds[at]), only(&in_a.holds[at], &in_b.holds[at]));
        differing.union_with(&newly);
        differing.union_with(&no_longer);
        holding.union_with(&in_a.holds[at]);
        holding.union_with(&in_b.holds[at]);
        concepts.push(ConceptComparison {
            concept: concept.clone(),
            before: in_a.counts[at],
            after: in_b.counts[at],
            newly: newly.count_ones(..) as u64,
            no_longer: no_longer.count_ones(..) as u64,
        });
    }
    if let (Some(in_a), Some(in_b)) = (&in_a.reached, &in_b.reached) {
        holding.intersect_with(&shared);
        differing.extend(holding.ones().filter(|key| in_a.contains(*key) != in_b.contains(*key)));
    }
    let symbols = |holds: &[FixedBitSet], key: usize| -> Vec<String> {
        let some = frame.concepts.iter().zip(holds).filter(|(_, set)| set.contains(key));
        some.map(|(symbol, _)| symbol.clone()).collect()
    };
    let outcome = |key: usize| OutcomeComparison {
        outcome: shared_outcome(frame, answers, key as Key),
        before: symbols(&in_a.holds, key),
        after: symbols(&in_b.holds, key),
        reached_before: in_a.reached.as_ref().map(|set| set.contains(key)),
        reached_after: in_b.reached.as_ref().map(|set| set.contains(key)),
    };
    let named = |at: usize| {
        let symbols = |holds: &[bool]| -> Vec<String> {
            frame.concepts.iter().zip(holds).filter(|(_, holds)| **holds).map(|(symbol, _)| symbol.clone()).collect()
        };
        NamedComparison {
            id: frame.named[at].clone(),
            before: symbols(&in_a.named_holds[at]),
            after: symbols(&in_b.named_holds[at]),
            reached_before: in_a.named_reached[at],
            reached_after: in_b.named_reached[at],
        }
    };
    // As in reports: what is reached comes before what only holds once it is there.
    let mut ordered: Vec<usize> = differing.ones().collect();
    ordered.sort_by_key(|key| {
        let reaches = |set: &Option<FixedBitSet>| set.as_ref().is_some_and(|set| set.contains(*key));
        let held = |holds: &[FixedBitSet]| holds.iter().position(|set| set.contains(*key)).unwrap_or(holds.len());
        let reached = reaches(&in_a.reached) || reaches(&in_b.reached);
        (!reached, held(&in_a.holds).min(held(&in_b.holds)), *key)
    });
    CombinationComparison {
        types: frame.scopes[scope].clone(),
        concepts,
        outcomes: ordered.into_iter().take(limit).map(outcome).collect(),
        outcome_count: differing.count_ones(..) as u64,
        status_quo: StatusQuoComparison { before: in_a.status_quo.clone(), after: in_b.status_quo.clone() },
        named: (0..frame.named.len()).map(named).collect(),
    }
}

fn shared_outcome(frame: &Frame, answers: &[Answered; 2], key: Key) -> SharedOutcome {
    let [a, b] = answers;
    let covers = |answer: &Answered, at: usize| answer.named[at].contains(key as usize);
    let named = (0..frame.named.len()).filter(|at| covers(b, *at) || covers(a, *at));
    SharedOutcome {
        before: a.numbers[key as usize],
        after: b.numbers[key as usize],
        values: frame.axes.values(key),
        named: named.map(|at| frame.named[at].clone()).collect(),
    }
}

/// Fills in the causes: verdicts with the same cause together.
pub(super) fn fill_causes(
    compared: &mut CompareAnswer,
    frame: &Frame,
    answers: &[Answered; 2],
    found: Found,
    limit: usize,
) {
    compared.search = found.search;
    let mut groups: Vec<(Explained, Vec<Verdict>)> = Vec::new();
    for (verdict, cause) in found.verdicts {
        match groups.iter_mut().find(|(other, _)| *other == cause) {
            Some((_, verdicts)) => verdicts.push(verdict),
            None => groups.push((cause, vec![verdict])),
        }
    }
    // What takes the fewest changes comes first.
    groups.sort_by_key(|(cause, _)| (cause.sets.first().map_or(0, Vec::len), cause.sets.clone()));
    for (cause, verdicts) in groups {
        let numbers = |set: &Vec<usize>| set.iter().map(|change| change + 1).collect();
        let effects = effects(frame, answers, &verdicts);
        compared.causes.push(Cause {
            set_count: cause.sets.len() as u64,
            sets: cause.sets.iter().take(MAX_SETS).map(numbers).collect(),
            certainty: cause.certainty,
            needed: numbers(&cause.needed),
            not_needed: numbers(&cause.not_needed),
            effect_count: effects.len() as u64,
            effects: effects.into_iter().take(limit).collect(),
        });
    }
}

/// Verdicts on the same subject together.
fn effects(frame: &Frame, answers: &[Answered; 2], verdicts: &[Verdict]) -> Vec<Effect> {
    let mut effects: Vec<((usize, Subject), Effect)> = Vec::new();
    for verdict in verdicts {
        let key = (verdict.scope, verdict.subject);
        if effects.last().is_none_or(|(last, _)| *last != key) {
            let subject = match verdict.subject {
                Subject::StatusQuo => EffectSubject::StatusQuo,
                Subject::Named(at) => EffectSubject::Named { id: frame.named[at].clone() },
                Subject::Outcome(key) => EffectSubject::Outcome { outcome: shared_outcome(frame, answers, key) },
            };
            let combination = verdict.scope;
            effects
                .push((key, Effect { combination, subject, newly: Vec::new(), no_longer: Vec::new(), reached: None }));
        }
        let (_, effect) = effects.last_mut().expect("just added");
        let now = answers[1].says(frame, *verdict).expect("a changed verdict is one in both");
        match verdict.concept {
            None => effect.reached = Some(now),
            Some(concept) if now => effect.newly.push(frame.concepts[concept].clone()),
            Some(concept) => effect.no_longer.push(frame.concepts[concept].clone()),
        }
    }
    effects.into_iter().map(|(_, effect)| effect).collect()
}
