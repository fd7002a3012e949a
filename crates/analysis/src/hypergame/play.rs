//! What happens: parties move by what they believe, in the situation as it is.
//!
//! At an outcome a party that would leave it *in its own view* makes the best move that it
//! believes not to be deterred: of its improvements without a reply that would stop it, in
//! its view and under its foresight, those that it likes best. Every party that would leave
//! may be the next to move, so all orders of movers are tried. A move that takes consent and
//! does not find it in truth is refused, and nothing happens.
//!
//! Whether a party would leave is decided here by a search for replies of its own, and must
//! agree with the solver at every outcome met; ends are put to the independent checker.

use std::collections::{BTreeMap, BTreeSet};

use detente_base::{Budget, StopReason};
use detente_conflict::{
    Concept, DmId, Model, MoveKind, StateId, Step, explain, improvements, moves, verify, verify_path,
};
use rustc_hash::FxHashMap;

use super::Perceived;
use crate::close::{CONCEPTS, MAX_CHECKED_STATES, number};
use crate::report::{CheckedCount, CourseView, EndView, StepView, SurpriseView};
use crate::stability::concept_of;
use crate::structure::{Structure, changed_issues, state_values};

/// Most outcomes that play may meet.
const MAX_MET: u64 = 20_000;

/// The true situation, and as each party sees it.
pub(super) struct Game<'a> {
    structure: &'a Structure<'a>,
    truth: &'a Perceived,
    views: Vec<&'a Perceived>,
    foresight: Vec<Concept>,
}

/// A move that somebody makes, or tries to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    from: StateId,
    mover: DmId,
    to: StateId,
    refused: bool,
}

/// All that can happen from one outcome.
struct Course {
    /// The outcomes met, in order of distance, each with the step that first led there.
    met: BTreeMap<StateId, Option<(StateId, Step)>>,
    order: Vec<StateId>,
    edges: Vec<Edge>,
}

impl<'a> Game<'a> {
    pub(super) fn new(structure: &'a Structure<'a>, truth: &'a Perceived, views: &[&'a Perceived]) -> Self {
        let parties = &structure.situation.parties;
        let foresight = parties.iter().map(|p| p.foresight.map_or(Concept::Sequential, concept_of)).collect();
        Self { structure, truth, views: views.to_vec(), foresight }
    }

    fn without_mistakes(&self) -> Self {
        let views = self.views.iter().map(|_| self.truth).collect();
        Self { structure: self.structure, truth: self.truth, views, foresight: self.foresight.clone() }
    }

    /// Everything that can happen.
    fn course(&self, from: StateId, budget: &Budget) -> Result<Course, StopReason> {
        let mut judges: Vec<Judge<'_>> = self
            .views
            .iter()
            .zip(&self.foresight)
            .enumerate()
            .map(|(dm, (view, concept))| Judge {
                model: &view.model,
                dm: DmId::from_index(dm),
                concept: *concept,
                worst: FxHashMap::default(),
            })
            .collect();
        let mut course = Course { met: BTreeMap::from([(from, None)]), order: vec![from], edges: Vec::new() };
        let mut next = 0;
        while let Some(&at) = course.order.get(next) {
            next += 1;
            if course.order.len() as u64 > MAX_MET {
                return Err(StopReason::TooManyStates { states: course.order.len().to_string(), limit: MAX_MET });
            }
            for judge in &mut judges {
                budget.check()?;
                let choices = judge.choices(at);
                let stays = self.views[judge.dm.index()].solution.is_stable(judge.concept, judge.dm, at);
                assert_eq!(stays, choices.is_empty(), "play and solver disagree on who leaves {}", number(at));
                for to in choices {
                    let refused = !moves(&self.truth.model, judge.dm, at).contains(&to);
                    course.edges.push(Edge { from: at, mover: judge.dm, to, refused });
                    if !refused && !course.met.contains_key(&to) {
                        course.met.insert(to, Some((at, Step { mover: judge.dm, to })));
                        course.order.push(to);
                    }
                }
            }
        }
        Ok(course)
    }

    fn step(&self, from: StateId, step: Step) -> StepView {
        let situation = self.structure.situation;
        let (before, after) = (state_values(self.structure, from), state_values(self.structure, step.to));
        let change = |id: detente_scenario::situation::IssueId| {
            let issue = &situation.issues[id.index()];
            let name =
                |values: &[detente_scenario::situation::ValueId]| issue.values[values[id.index()].index()].id.clone();
            (issue.id.clone(), name(&before), name(&after))
        };
        StepView {
            party: situation.parties[step.mover.index()].id.clone(),
            to: number(step.to),
            changes: changed_issues(&before, &after).into_iter().map(change).collect(),
        }
    }

    fn ids(&self, parties: impl Iterator<Item = usize>) -> Vec<String> {
        parties.map(|party| self.structure.situation.parties[party].id.clone()).collect()
    }

    /// What a move tells those who see it otherwise; `None` when nobody is surprised.
    fn surprise(&self, edge: &Edge, came: &BTreeSet<DmId>) -> Option<SurpriseView> {
        let likes = |view: &Perceived| improvements(&view.model, edge.mover, edge.from).contains(&edge.to);
        let parties = (0..self.views.len()).filter(|party| *party != edge.mover.index());
        let surprised: Vec<usize> = parties.filter(|party| !likes(self.views[*party])).collect();
        if surprised.is_empty() && !edge.refused {
            return None;
        }
        Some(SurpriseView {
            from: number(edge.from),
            step: self.step(edge.from, Step { mover: edge.mover, to: edge.to }),
            movers: self.ids(surprised.iter().copied().filter(|party| came.contains(&DmId::from_index(*party)))),
            surprised: self.ids(surprised.into_iter()),
            refused: edge.refused,
        })
    }

    fn end(&self, course: &Course, from: StateId, at: StateId) -> EndView {
        let mut steps = Vec::new();
        let mut place = at;
        while let Some((before, step)) = course.met[&place] {
            let checked = verify_path(&self.truth.model, before, &[step], MoveKind::Any);
            assert_eq!(checked, Ok(()), "a step of play is a move of the true situation");
            steps.push(self.step(before, step));
            place = before;
        }
        debug_assert_eq!(place, from);
        steps.reverse();
        let holds = |c: &&Concept| self.truth.solution.equilibria(**c).contains(at.index());
        EndView {
            outcome: number(at),
            steps,
            holds_in_truth: CONCEPTS.iter().filter(holds).map(|c| c.symbol().to_owned()).collect(),
        }
    }

    /// Puts it to the checker that each party stays in its own view.
    fn check_end(&self, at: StateId, budget: &Budget, checked: &mut CheckedCount) -> Result<(), StopReason> {
        for (party, (view, concept)) in self.views.iter().zip(&self.foresight).enumerate() {
            let dm = DmId::from_index(party);
            if view.model.state_count() > MAX_CHECKED_STATES {
                checked.unchecked += 1;
                continue;
            }
            let stable = view.solution.is_stable(*concept, dm, at);
            let evidence = explain(&view.model, *concept, dm, at, budget)?;
            if let Err(wrong) = verify(&view.model, *concept, dm, at, stable, &evidence) {
                panic!("the checker refutes the solver at outcome {}: {wrong}", number(at));
            }
            checked.confirmed += 1;
        }
        Ok(())
    }
}

/// Plays it out from an outcome.
///
/// # Errors
/// When the budget ends it, or more outcomes are met than can be followed.
pub(super) fn play(
    game: &Game<'_>,
    from: StateId,
    limit: usize,
    mentioned: &mut BTreeSet<StateId>,
    budget: &Budget,
) -> Result<CourseView, StopReason> {
    let course = game.course(from, budget)?;
    let without = game.without_mistakes().course(from, budget)?;
    let ends = course.ends();
    let mut checked = CheckedCount::default();
    for at in ends.iter().take(limit) {
        game.check_end(*at, budget, &mut checked)?;
    }
    let (arrivals, nobody) = (course.arrivals(), BTreeSet::new());
    let came = |edge: &Edge| arrivals.get(&edge.from).unwrap_or(&nobody);
    let surprises: Vec<SurpriseView> = course.edges.iter().filter_map(|edge| game.surprise(edge, came(edge))).collect();
    let views: Vec<EndView> = ends.iter().take(limit).map(|at| game.end(&course, from, *at)).collect();
    let parties = &game.structure.situation.parties;
    let view = CourseView {
        from: number(from),
        foresight: parties.iter().zip(&game.foresight).map(|(p, c)| (p.id.clone(), c.symbol().to_owned())).collect(),
        met: course.order.len() as u64,
        end_count: ends.len() as u64,
        ends: views,
        circles: course.circles(),
        ends_without_mistakes: without.ends().into_iter().take(limit).map(number).collect(),
        circles_without_mistakes: without.circles(),
        surprise_count: surprises.len() as u64,
        surprises: surprises.into_iter().take(limit).collect(),
        checked,
    };
    let steps = view.ends.iter().flat_map(|e| &e.steps).map(|s| s.to);
    let seen = view.surprises.iter().flat_map(|s| [s.from, s.step.to]);
    let all = steps.chain(seen).chain(view.ends_without_mistakes.iter().copied());
    mentioned.extend(all.map(|n| StateId(n - 1)));
    Ok(view)
}

impl Course {
    /// Outcomes met at which nobody moves, nearest first.
    fn ends(&self) -> Vec<StateId> {
        let moved: BTreeSet<StateId> = self.edges.iter().filter(|e| !e.refused).map(|e| e.from).collect();
        self.order.iter().copied().filter(|at| !moved.contains(at)).collect()
    }

    /// Whether some outcome met can come again: what is left when outcomes from which only
    /// ends follow are taken away, again and again.
    fn circles(&self) -> bool {
        let mut before: BTreeMap<StateId, Vec<StateId>> = BTreeMap::new();
        let mut ways: BTreeMap<StateId, usize> = BTreeMap::new();
        for edge in self.edges.iter().filter(|e| !e.refused) {
            before.entry(edge.to).or_default().push(edge.from);
            *ways.entry(edge.from).or_default() += 1;
        }
        let mut gone = self.ends();
        let mut count = 0;
        while let Some(at) = gone.pop() {
            count += 1;
            for earlier in before.get(&at).into_iter().flatten() {
                let left = ways.get_mut(earlier).expect("an outcome with a way on");
                *left -= 1;
                if *left == 0 {
                    gone.push(*earlier);
                }
            }
        }
        count < self.order.len()
    }

    /// Who moved to each outcome.
    fn arrivals(&self) -> BTreeMap<StateId, BTreeSet<DmId>> {
        let mut arrivals: BTreeMap<StateId, BTreeSet<DmId>> = BTreeMap::new();
        for edge in self.edges.iter().filter(|e| !e.refused) {
            arrivals.entry(edge.to).or_default().insert(edge.mover);
        }
        arrivals
    }
}

/// One party's judgement in its own view.
struct Judge<'a> {
    model: &'a Model,
    dm: DmId,
    concept: Concept,
    /// For an outcome that it moves to: the least that a reply leaves it with, its own way
    /// out counted where its foresight counts it; `None` without a reply.
    worst: FxHashMap<StateId, Option<u32>>,
}

impl Judge<'_> {
    /// Its best improvements that it believes not to be deterred.
    fn choices(&mut self, at: StateId) -> Vec<StateId> {
        let here = self.model.rank(self.dm, at);
        let mut open: Vec<StateId> = Vec::new();
        for to in improvements(self.model, self.dm, at) {
            if self.concept == Concept::Nash || self.worst_after(to).is_none_or(|worst| worst > here) {
                open.push(to);
            }
        }
        let best = open.iter().map(|to| self.model.rank(self.dm, *to)).max();
        open.retain(|to| Some(self.model.rank(self.dm, *to)) == best);
        open
    }

    fn worst_after(&mut self, to: StateId) -> Option<u32> {
        if let Some(known) = self.worst.get(&to) {
            return *known;
        }
        let worst = self.replies(to).into_iter().map(|k| self.left_with(k)).min();
        self.worst.insert(to, worst);
        worst
    }

    /// What it ends up with after a reply.
    fn left_with(&self, reply: StateId) -> u32 {
        let rank = |at: StateId| self.model.rank(self.dm, at);
        match self.concept {
            Concept::SymmetricMetarational | Concept::SymmetricSequential => {
                moves(self.model, self.dm, reply).into_iter().map(rank).fold(rank(reply), u32::max)
            }
            _ => rank(reply),
        }
    }

    /// Ends of the legal sequences of the others that its foresight counts.
    fn replies(&self, from: StateId) -> BTreeSet<StateId> {
        let credible = matches!(self.concept, Concept::Sequential | Concept::SymmetricSequential);
        let mut met: BTreeSet<(StateId, DmId)> = BTreeSet::new();
        let mut open: Vec<(StateId, Option<DmId>)> = vec![(from, None)];
        while let Some((at, last)) = open.pop() {
            for mover in self.model.decision_makers().filter(|m| *m != self.dm && Some(*m) != last) {
                let steps = if credible { improvements(self.model, mover, at) } else { moves(self.model, mover, at) };
                for to in steps {
                    if met.insert((to, mover)) {
                        open.push((to, Some(mover)));
                    }
                }
            }
        }
        met.into_iter().map(|(at, _)| at).collect()
    }
}
