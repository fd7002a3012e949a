//! How far an answer holds over the ranges of numbers.

use std::collections::{BTreeMap, BTreeSet};

use detente_bargain::{Solution, Stakes, chosen, linked};
use detente_base::{Exact, Pcg};
use detente_scenario::check::lints::form_expressions;
use detente_scenario::expr::eval::{Interval, parameter_box};
use detente_scenario::situation::{ParameterId, ParameterOrNumber, PartyId, Quantity, SetBy};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::Question;
use super::demands::{Opening, labels};
use super::report::{AlongNumber, CaseShare, DealRanges, DealsProfile, DemandShare};
use super::table::Table;
use crate::ask::Obstacle;
use crate::negotiation::DemandLabel;
use crate::profile::Profile;
use crate::robust::Distribution;
use crate::robust::interval::share_interval;

/// What is asked again with other numbers.
pub(super) struct Case<'q, 'a> {
    pub(super) question: &'q Question<'a>,
    pub(super) profile: &'q Profile,
    pub(super) table: &'q Table<'q>,
    pub(super) openings: &'q [Opening],
    pub(super) view: &'q DealsProfile,
}

/// What comes out with certain numbers.
struct Solved {
    zone: bool,
    labels: Vec<Option<DemandLabel>>,
    /// Solutions that choose what they choose at the central values.
    kept: Vec<&'static str>,
}

impl Case<'_, '_> {
    /// How far the answer holds; nothing where no number has a range.
    pub(super) fn ranges(&self) -> Result<Option<DealRanges>, Obstacle> {
        let varied = self.varied();
        if varied.is_empty() {
            return Ok(None);
        }
        let situation = self.question.talks.situation;
        let draws = self.question.asked.draws;
        let drawn: Vec<Solved> = (0..draws)
            .into_par_iter()
            .map(|draw| {
                let mut rng = Pcg::of_draw(self.question.asked.seed, draw.into());
                let values: BTreeMap<ParameterId, Exact> =
                    varied.iter().map(|id| (*id, Distribution::Uniform.draw(&self.range(*id), &mut rng))).collect();
                self.solve(&values)
            })
            .collect::<Result<_, Obstacle>>()?;
        let share = |holds: &dyn Fn(&Solved) -> bool| {
            let count = drawn.iter().filter(|solved| holds(solved)).count() as u32;
            CaseShare { count, interval: share_interval(count, draws) }
        };
        let demands =
            self.view.demands.iter().enumerate().map(|(demand, view)| DemandShare {
                demand,
                share: share(&|solved| solved.labels[demand] == view.label),
            });
        let points = self.view.points.iter().filter(|(_, chosen)| !chosen.is_empty());
        Ok(Some(DealRanges {
            parameters: varied.iter().map(|id| situation.parameters[id.index()].id.clone()).collect(),
            draws,
            seed: self.question.asked.seed,
            zone: share(&|solved| solved.zone),
            demands: demands.collect(),
            points: points.map(|(id, _)| (id.clone(), share(&|s| s.kept.contains(&id.as_str())))).collect(),
            along: self.along(&varied)?,
        }))
    }

    /// What changes when one number goes to an end of its range.
    fn along(&self, varied: &[ParameterId]) -> Result<Vec<AlongNumber>, Obstacle> {
        let situation = self.question.talks.situation;
        let mut found = Vec::new();
        for id in varied {
            let (low, likely, high) = self.range(*id);
            for value in [low, high].into_iter().filter(|value| *value != likely) {
                let solved = self.solve(&BTreeMap::from([(*id, value.clone())]))?;
                let labels = solved.labels.iter().zip(&self.view.demands).enumerate();
                let parameter = &situation.parameters[id.index()];
                found.push(AlongNumber {
                    parameter: parameter.id.clone(),
                    line: self.question.source.position(parameter.origin.span.start).0,
                    value,
                    zone: solved.zone,
                    relabelled: labels
                        .filter(|(_, (now, view))| **now != view.label)
                        .map(|(at, (now, _))| (at, *now))
                        .collect(),
                    moved: (self.view.points.iter())
                        .filter(|(id, chosen)| !chosen.is_empty() && !solved.kept.contains(&id.as_str()))
                        .map(|(id, _)| id.clone())
                        .collect(),
                });
            }
        }
        Ok(found)
    }

    fn solve(&self, values: &BTreeMap<ParameterId, Exact>) -> Result<Solved, Obstacle> {
        let question = self.question;
        question.budget.check()?;
        let fixed = |id: ParameterId, _: &Quantity| values.get(&id).cloned().map(Interval::point);
        let point = parameter_box(question.talks.situation, fixed).expect("checked amounts divide by no zero");
        let lowered = question.talks.lower(self.profile, &point, question.budget)?;
        let linked = &lowered.linked;
        let frontier = linked::frontier_above(linked, &linked.reservations(), question.budget)?;
        let stakes = if self.view.points.is_empty() {
            Stakes { reservations: linked.reservations(), ideals: linked.reservations() }
        } else {
            linked.stakes(question.budget)?
        };
        let kept = |solution: &Solution| -> bool {
            let Some(at) = self.view.points.get(solution.id()) else { return false };
            let chosen = chosen(*solution, &stakes, &frontier);
            let worths: Vec<&Vec<Exact>> =
                frontier.points().enumerate().filter(|(p, _)| chosen.contains(p)).map(|(_, p)| &p.worths).collect();
            at.iter().any(|point| worths.contains(&&linked.worths(&self.table.frontier.package(*point))))
        };
        Ok(Solved {
            zone: frontier.points().len() > 0,
            labels: labels(self.openings, &stakes, &frontier),
            kept: Solution::ALL.iter().filter(|solution| kept(solution)).map(|solution| solution.id()).collect(),
        })
    }

    /// Numbers with a range on which the worths of those at the table hang.
    fn varied(&self) -> Vec<ParameterId> {
        let talks = self.question.talks;
        let situation = talks.situation;
        let mut used: BTreeSet<ParameterId> = BTreeSet::new();
        let acting: Vec<PartyId> = match &talks.failing {
            // Everybody acts if talks fail.
            Some(_) => (0..situation.parties.len()).map(PartyId::from_index).collect(),
            None => talks.parties.clone(),
        };
        for party in acting {
            for expr in form_expressions(talks.form(party, self.profile)) {
                used.extend(expr.parameters());
            }
        }
        let given = situation.negotiation.iter().flat_map(|talks| &talks.reservations).map(|r| &r.worth);
        let chances = talks.averaged().iter().flat_map(|issue| match &situation.issues[issue.index()].set_by {
            SetBy::Nature(chances) => chances.iter().flatten().collect(),
            _ => Vec::new(),
        });
        for number in given.chain(chances) {
            if let ParameterOrNumber::Parameter(id) = number {
                used.insert(*id);
            }
        }
        let mut open: Vec<ParameterId> = used.iter().copied().collect();
        while let Some(id) = open.pop() {
            if let Quantity::Derived(expr) = &situation.parameters[id.index()].value {
                open.extend(expr.parameters().into_iter().filter(|inner| used.insert(*inner)));
            }
        }
        let ranged = |id: &ParameterId| matches!(situation.parameters[id.index()].value, Quantity::Range { .. });
        used.into_iter().filter(ranged).collect()
    }

    fn range(&self, id: ParameterId) -> (Exact, Exact, Exact) {
        match &self.question.talks.situation.parameters[id.index()].value {
            Quantity::Range { low, likely, high } => (low.clone(), likely.clone(), high.clone()),
            _ => unreachable!("only numbers with a range vary"),
        }
    }
}
