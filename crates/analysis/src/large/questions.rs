//! The questions that decision diagrams answer.

use detente_base::{Budget, StopReason};
use detente_conflict::Concept;
use detente_conflict::symbolic::StateSet;
use detente_scenario::expr::Expr;
use detente_scenario::expr::print::print_expression;
use detente_scenario::situation::Situation;
use num_bigint::BigUint;

use super::sets::undecided;
use super::{Large, Unopened};
use crate::ask::AskError;
use crate::close::CONCEPTS;
use crate::find::{as_number, condition, quoted};
use crate::profile::Profile;
use crate::report::{LargeAnswer, LargeFilter, LargeSet};
use crate::stability::mixture_of;

/// The order in which concepts are solved, so that what is cheap is known if time runs out.
const CHEAPEST_FIRST: [Concept; 5] = [
    Concept::Nash,
    Concept::GeneralMetarational,
    Concept::SymmetricMetarational,
    Concept::Sequential,
    Concept::SymmetricSequential,
];

/// What is asked of each combination of types.
#[derive(Clone, Copy)]
pub(crate) struct LargeQuestion<'q> {
    pub(crate) situation: &'q Situation,
    /// Of the five usual concepts.
    pub(crate) concepts: &'q [Concept],
    /// The condition to which sets are narrowed, as text.
    pub(crate) filter: Option<&'q str>,
    /// The only party of whom single outcomes are told.
    pub(crate) only: Option<usize>,
    pub(crate) budget: &'q Budget,
}

/// What holds.
///
/// # Errors
/// When the filter cannot be read or cannot be asked.
pub(crate) fn solve_large(question: &LargeQuestion<'_>, profile: &Profile) -> Result<LargeAnswer, AskError> {
    question.answer(profile, |large, answer| large.solve(question, answer).map(|_| ()))
}

/// What holds, what the status quo leads to, and what becomes of the named outcomes.
///
/// # Errors
/// When the filter cannot be read or cannot be asked.
pub(crate) fn analyze_large(question: &LargeQuestion<'_>, profile: &Profile) -> Result<LargeAnswer, AskError> {
    question.answer(profile, |large, answer| {
        let sets = large.solve(question, answer)?;
        let found: Vec<(Concept, &StateSet)> =
            sets.iter().filter_map(|(concept, set)| Some((*concept, set.as_ref().ok()?))).collect();
        let concepts: Vec<Concept> = sets.iter().map(|(concept, _)| *concept).collect();
        let mut reached = None;
        if let Some((start, by_improvements)) = large.start(&concepts, &found) {
            (answer.status_quo, reached) = (Some(start), by_improvements);
        }
        match large.named(&found, reached.as_ref()) {
            Ok(named) => answer.named = named,
            Err(reason) => answer.stopped = Some(reason),
        }
        Ok(())
    })
}

/// Why the outcomes that a text names hold or do not. Of many, one that holds and one
/// that does not are looked at.
///
/// # Errors
/// When the text cannot be read, cannot be asked, or names no outcome.
pub(crate) fn explain_large(
    question: &LargeQuestion<'_>,
    profile: &Profile,
    asked: &str,
) -> Result<LargeAnswer, AskError> {
    let when = asked_condition(question.situation, asked)?;
    let narrowed = LargeQuestion { filter: Some(asked), ..*question };
    narrowed.answer(profile, |large, answer| {
        let found = match large.satisfying(&when)? {
            Ok(found) => found,
            Err(reason) => {
                answer.stopped = Some(reason);
                return Ok(());
            }
        };
        answer.filter = Some(large.filter_view(&when, &found));
        if found.is_empty() {
            return Err(AskError::new(format!("no feasible outcome satisfies `{}`", quoted(asked)), None));
        }
        let states = if large.model.count(&found) == BigUint::from(1_u32) {
            large.model.draw(&found, 0).into_iter().collect()
        } else {
            let sets = large.solve(&narrowed, answer)?;
            large.examples(&found, &sets)
        };
        answer.outcomes = states.iter().map(|state| large.outcome(state, question.concepts, question.only)).collect();
        Ok(())
    })
}

/// The condition by which outcomes are asked for.
///
/// # Errors
/// When it cannot be read, or is the number of an outcome.
pub(super) fn asked_condition(situation: &Situation, asked: &str) -> Result<Expr, AskError> {
    if as_number(asked).is_none() {
        return condition(situation, asked.trim());
    }
    let example = situation.issues.first().map_or("strike == no".into(), |issue| {
        format!("{} == {}", issue.id, issue.values.first().map_or("no", |value| value.id.as_str()))
    });
    Err(AskError::new(
        "outcomes have no numbers where they are not listed",
        Some(format!("name the outcome by a condition on issues, such as `{example} and …`")),
    ))
}

impl LargeQuestion<'_> {
    fn answer(
        &self,
        profile: &Profile,
        fill: impl FnOnce(&Large<'_>, &mut LargeAnswer) -> Result<(), AskError>,
    ) -> Result<LargeAnswer, AskError> {
        let mut answer = LargeAnswer { types: profile.named_types(self.situation), ..LargeAnswer::default() };
        match Large::open(self.situation, profile, self.budget) {
            Err(Unopened::Refused(why)) => answer.refused = Some(why),
            Err(Unopened::Stopped(reason)) => {
                answer.concepts = self.concepts.iter().map(|c| undecided(c.symbol(), reason.clone())).collect();
            }
            Ok(large) => {
                answer.states = Some(large.count(&large.model.states()));
                fill(&large, &mut answer)?;
            }
        }
        Ok(answer)
    }
}

type Sets = Vec<(Concept, Result<StateSet, StopReason>)>;

impl Large<'_> {
    /// The sets of all concepts and their views.
    fn solve(&self, question: &LargeQuestion<'_>, answer: &mut LargeAnswer) -> Result<Sets, AskError> {
        let among = match question.filter {
            None => None,
            Some(text) => {
                let when = condition(self.situation, text.trim())?;
                match self.satisfying(&when)? {
                    Err(reason) => {
                        answer.stopped = Some(reason);
                        return Ok(Vec::new());
                    }
                    Ok(found) if found.is_empty() => {
                        return Err(AskError::new(format!("no feasible outcome satisfies `{}`", quoted(text)), None));
                    }
                    Ok(found) => {
                        answer.filter = Some(self.filter_view(&when, &found));
                        Some(found)
                    }
                }
            }
        };
        let parties = self.situation.parties.len();
        let mut sets = Vec::new();
        for concept in CHEAPEST_FIRST.into_iter().filter(|concept| question.concepts.contains(concept)) {
            let set = self.model.equilibria(concept, self.budget);
            let view = self.set_view(concept.symbol(), set.as_ref(), (among.as_ref(), &vec![concept; parties]));
            sets.push((concept, set, view));
        }
        sets.sort_by_key(|(concept, ..)| CONCEPTS.iter().position(|c| c == concept));
        let (mut views, sets): (Vec<LargeSet>, Sets) =
            sets.into_iter().map(|(concept, set, view)| (view, (concept, set))).unzip();
        for (at, view) in views.iter_mut().enumerate() {
            let same = sets[..at].iter().find(|(_, set)| set.is_ok() && *set == sets[at].1);
            view.same_as = same.map(|(concept, _)| concept.symbol().to_owned());
        }
        answer.concepts = views;
        if let Some(of_party) = mixture_of(self.situation) {
            let set = self.model.equilibria_of_mixture(&of_party, self.budget);
            answer.mixture = Some(self.set_view("", set.as_ref(), (among.as_ref(), &of_party)));
        }
        Ok(sets)
    }

    pub(super) fn filter_view(&self, when: &Expr, found: &StateSet) -> LargeFilter {
        LargeFilter { when: print_expression(self.situation, when), outcomes: self.count(found) }
    }

    /// Of several outcomes, one that holds under the concept of the shortest foresight
    /// that has one, and one that does not hold under it.
    fn examples(&self, found: &StateSet, sets: &Sets) -> Vec<Vec<u32>> {
        for set in sets.iter().filter_map(|(_, set)| set.as_ref().ok()) {
            let inside = self.model.intersection(found, set, self.budget);
            let outside = self.model.difference(found, set, self.budget);
            let (Ok(inside), Ok(outside)) = (inside, outside) else { continue };
            if !inside.is_empty() {
                return [inside, outside].iter().filter_map(|set| self.model.draw(set, 0)).collect();
            }
        }
        self.model.draw(found, 0).into_iter().collect()
    }
}
