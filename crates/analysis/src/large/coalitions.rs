//! What parties would do together, on decision diagrams.

use detente_base::{Budget, StopReason};
use detente_conflict::symbolic::{StateSet, is_joint_improvement};
use detente_conflict::{Coalition, CoalitionConcept, DmId, Reading};
use detente_scenario::expr::Expr;
use detente_scenario::situation::Situation;
use num_bigint::BigUint;

use super::questions::asked_condition;
use super::{Large, Unopened};
use crate::ask::AskError;
use crate::coalitions::{CoalitionOptions, JOINT, coalition_count};
use crate::find::quoted;
use crate::profile::Profile;
use crate::report::{LargeBreak, LargeBroken, LargeCoalition, LargeCoalitions, LargeJointSet, LargeLeaving};

/// Most coalitions that are looked at.
const MOST_COALITIONS: u64 = 255;

/// The part of the budget for nodes that one coalition at one outcome may take.
const SHARE_OF_ONE: u64 = 8;

/// Coalitions left open after which no other is tried under a concept.
const MOST_OPEN: u32 = 3;

/// The question about coalitions.
pub(crate) struct JointQuestion<'q> {
    situation: &'q Situation,
    reading: Reading,
    /// Smaller ones first.
    coalitions: Result<Vec<Coalition>, StopReason>,
    asked: Option<(&'q str, Expr)>,
    budget: &'q Budget,
}

impl<'q> JointQuestion<'q> {
    /// # Errors
    /// When parties are to be merged, or the outcome cannot be read.
    pub(crate) fn new(
        situation: &'q Situation,
        options: &CoalitionOptions,
        outcome: Option<&'q str>,
        budget: &'q Budget,
    ) -> Result<Self, AskError> {
        if !options.merged.is_empty() {
            return Err(AskError::new(
                "parties are merged only where outcomes are listed, and here they are not",
                Some("without `--merge` every coalition is looked at".into()),
            ));
        }
        let asked = outcome.map(|text| Ok((text, asked_condition(situation, text)?))).transpose()?;
        let coalitions = coalitions(situation.parties.len(), options.largest.unwrap_or(usize::MAX));
        Ok(Self { situation, reading: options.pareto.reading(), coalitions, asked, budget })
    }

    /// The answer for one combination of types.
    ///
    /// # Errors
    /// When the outcome cannot be asked for, or does not exist.
    pub(crate) fn answer(&self, profile: &Profile) -> Result<LargeCoalitions, AskError> {
        let mut answer = LargeCoalitions {
            types: profile.named_types(self.situation),
            coalition_count: coalition_count(self.situation.parties.len()),
            ..LargeCoalitions::default()
        };
        let coalitions = match &self.coalitions {
            Ok(coalitions) => coalitions,
            Err(reason) => {
                answer.stopped = Some(reason.clone());
                return Ok(answer);
            }
        };
        let large = match Large::open(self.situation, profile, self.budget) {
            Ok(large) => large,
            Err(Unopened::Refused(why)) => {
                answer.refused = Some(why);
                return Ok(answer);
            }
            Err(Unopened::Stopped(reason)) => {
                answer.stopped = Some(reason);
                return Ok(answer);
            }
        };
        answer.states = Some(large.count(&large.model.states()));
        answer.looked_at = coalitions.len() as u64;
        let joint = Joint { large: &large, reading: self.reading, coalitions };
        match &self.asked {
            None => joint.everything(&mut answer),
            Some((text, when)) => match large.satisfying(when)? {
                Err(reason) => answer.stopped = Some(reason),
                Ok(found) if found.is_empty() => {
                    return Err(AskError::new(format!("no feasible outcome satisfies `{}`", quoted(text)), None));
                }
                Ok(found) => {
                    answer.asked = Some(large.filter_view(when, &found));
                    joint.one_of(&found, &mut answer);
                }
            },
        }
        Ok(answer)
    }
}

/// All coalitions of at most so many members, smaller ones first.
fn coalitions(parties: usize, largest: usize) -> Result<Vec<Coalition>, StopReason> {
    let largest = largest.min(parties);
    let mut count = BigUint::ZERO;
    let mut of_size = BigUint::from(1_u32);
    for size in 1..=largest {
        of_size = of_size * (parties - size + 1) / size;
        count += &of_size;
    }
    if parties > Coalition::MOST {
        return Err(StopReason::TooManyParties { parties: parties as u64, limit: Coalition::MOST as u64 });
    }
    if count > BigUint::from(MOST_COALITIONS) {
        return Err(StopReason::TooManyCoalitions { coalitions: count.to_string(), limit: MOST_COALITIONS });
    }
    let mut all: Vec<Vec<usize>> = (0..parties).map(|party| vec![party]).collect();
    let mut of_this_size = all.clone();
    for _ in 1..largest {
        let next = |members: &Vec<usize>| {
            let last = members[members.len() - 1];
            (last + 1..parties).map(|party| members.iter().copied().chain([party]).collect()).collect::<Vec<_>>()
        };
        of_this_size = of_this_size.iter().flat_map(next).collect();
        all.extend(of_this_size.iter().cloned());
    }
    let mut all: Vec<Coalition> =
        all.into_iter().map(|members| Coalition::of(members.into_iter().map(DmId::from_index))).collect();
    all.sort_by_key(|coalition| (coalition.size(), *coalition));
    Ok(all)
}

struct Joint<'j> {
    large: &'j Large<'j>,
    reading: Reading,
    coalitions: &'j [Coalition],
}

impl Joint<'_> {
    /// Counts for every concept and coalition, with one outcome that is broken under each.
    fn everything(&self, answer: &mut LargeCoalitions) {
        let mut stays: Vec<Vec<(String, String)>> = vec![Vec::new(); self.coalitions.len()];
        let mut looked: Vec<Vec<u32>> = Vec::new();
        for concept in JOINT {
            let set = self.together(concept, &mut stays);
            let mut view = LargeJointSet {
                alone: concept.single().symbol().to_owned(),
                alone_count: None,
                together: concept.symbol().to_owned(),
                together_count: set.as_ref().ok().map(|set| self.large.count(set)),
                broken: None,
                stopped: set.as_ref().err().cloned(),
            };
            match self.large.model.equilibria(concept.single(), self.large.budget) {
                Err(reason) => view.stopped = view.stopped.or(Some(reason)),
                Ok(alone) => {
                    view.alone_count = Some(self.large.count(&alone));
                    let broken = set.and_then(|set| self.large.model.difference(&alone, &set, self.large.budget));
                    if let Ok(broken) = broken {
                        view.broken = Some(self.large.count(&broken));
                        let state = self.large.model.draw(&broken, 0);
                        looked.extend(state.filter(|state| !looked.contains(state)));
                    }
                }
            }
            answer.sets.push(view);
        }
        let views = self.coalitions.iter().zip(stays);
        answer.coalitions =
            views.map(|(coalition, stays)| LargeCoalition { members: self.ids(*coalition), stays }).collect();
        answer.broken = looked.iter().map(|state| self.broken(state)).collect();
        answer.stopped = answer.sets.iter().find_map(|set| set.stopped.clone());
    }

    /// The outcomes that no coalition leaves; notes how many each does not.
    fn together(&self, concept: CoalitionConcept, stays: &mut [Vec<(String, String)>]) -> Result<StateSet, StopReason> {
        let (model, budget) = (&self.large.model, self.large.budget);
        let sets = model.stays((concept, self.reading), self.coalitions, budget);
        for (stays, set) in stays.iter_mut().zip(&sets) {
            stays.extend(set.as_ref().ok().map(|set| (concept.symbol().to_owned(), self.large.count(set))));
        }
        sets.into_iter().try_fold(model.states(), |all, set| model.intersection(&all, &set?, budget))
    }

    /// One of the outcomes asked for: one that a coalition leaves, if that is known.
    fn one_of(&self, found: &StateSet, answer: &mut LargeCoalitions) {
        let model = &self.large.model;
        let mut state = model.draw(found, 0);
        if model.count(found) > BigUint::from(1_u32) {
            let mut stays = vec![Vec::new(); self.coalitions.len()];
            let broken = self
                .together(CoalitionConcept::Nash, &mut stays)
                .and_then(|set| model.difference(found, &set, self.large.budget));
            state = broken.ok().and_then(|broken| model.draw(&broken, 0)).or(state);
        }
        answer.broken = state.iter().map(|state| self.broken(state)).collect();
        let concepts = answer.broken.iter().flat_map(|broken| &broken.concepts);
        answer.stopped = concepts.flat_map(|leaving| &leaving.stopped).next().cloned();
    }

    fn broken(&self, state: &[u32]) -> LargeBroken {
        LargeBroken {
            values: self.large.pairs(state),
            named: self.large.named_at(state),
            concepts: JOINT.into_iter().map(|concept| self.leaving(concept, state)).collect(),
        }
    }

    /// The least coalitions that leave a state.
    fn leaving(&self, concept: CoalitionConcept, state: &[u32]) -> LargeLeaving {
        let mut view = LargeLeaving { concept: concept.symbol().to_owned(), breaks: Vec::new(), stopped: None };
        let budget = Budget { nodes: self.large.budget.nodes / SHARE_OF_ONE, ..self.large.budget.clone() };
        let mut least: Vec<Coalition> = Vec::new();
        let mut open = 0;
        for coalition in self.coalitions {
            let has = |part: &Coalition| part.members().all(|member| coalition.contains(member));
            if open == MOST_OPEN || least.iter().any(has) {
                continue;
            }
            match self.large.model.leaves((concept, self.reading), *coalition, state, &budget) {
                Err(reason) => {
                    view.stopped = Some(reason);
                    open += 1;
                }
                Ok(None) => {}
                Ok(Some(steps)) => {
                    let local = self.large.local();
                    assert!(
                        is_joint_improvement(&local, (*coalition, self.reading), state, &steps),
                        "a joint improvement that is none: {steps:?}"
                    );
                    least.push(*coalition);
                    view.breaks
                        .push(LargeBreak { members: self.ids(*coalition), steps: self.large.steps(state, &steps) });
                }
            }
        }
        view
    }

    fn ids(&self, coalition: Coalition) -> Vec<String> {
        coalition.members().map(|dm| self.large.situation.parties[dm.index()].id.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coalitions_are_all_there_once() {
        let all = coalitions(4, usize::MAX).expect("few");
        assert_eq!(all.len(), 15);
        assert!(all.windows(2).all(|pair| pair[0].size() <= pair[1].size()));
        assert_eq!(coalitions(4, 2).map(|all| all.len()), Ok(10));
        assert!(matches!(coalitions(20, usize::MAX), Err(StopReason::TooManyCoalitions { .. })));
        assert_eq!(coalitions(20, 1).map(|all| all.len()), Ok(20));
        assert_eq!(coalitions(65, 1), Err(StopReason::TooManyParties { parties: 65, limit: 64 }));
    }
}
