//! Over which part of the uncertain numbers each verdict holds.
//!
//! Worths are sums of products of different parameters. With everything else fixed, a
//! worth is an affine function of a parameter, and a
//! verdict turns on finitely many comparisons: of any outcome with the one asked
//! about, and of the two ends of each move. Between two neighbouring values at which
//! one of these comparisons changes, nothing changes; so a verdict *along one
//! parameter* is found exactly by solving once at each such value and once between
//! each two (`along`).
//!
//! *Over all ranges at once* three things are tried: a value found along one
//! parameter, or a corner of the box, where the verdict is the other way round
//! refutes it; stability with every comparison that is not constant over the box
//! taken as unknown proves it (`everywhere`). Where neither succeeds the report
//! says that it is not established.

mod along;
mod everywhere;
mod forms;
pub(crate) mod region;

use std::collections::BTreeSet;

use detente_base::{Budget, Exact, SourceText, StopReason};
use detente_conflict::{Concept, DmId, Model, StateId, explain, improvements};
use detente_scenario::check::lints::form_expressions;
use detente_scenario::situation::{Chance, ParameterId, ParameterOrNumber, PartyId, Quantity, SetBy, Situation};

use crate::close::{CONCEPTS, Solved, number};
use crate::ranks::form_of;
use crate::report::{
    AlongParameter, Everywhere, IntervalView, ParameterView, ProfileReport, RangeReport, RangeVerdict,
};
pub(crate) use along::Line;
use along::{Cell, Touched};
use everywhere::BoxBounds;
pub(crate) use forms::Forms;

/// Most outcomes for which ranges are analysed.
const MAX_STATES: usize = 20_000;

/// Outcomes asked about besides those looked at closely: so many of the best supported.
const MAX_ROWS: usize = 8;

/// Most values of one parameter at which the conflict is solved.
const MAX_CELLS: usize = 4_000;

/// Most corners of the box that are tried.
const MAX_CORNERS: u64 = 32;

/// Analyses how far the verdicts of the reports hold; `None` when no number is uncertain.
pub fn range_report(
    source: &SourceText,
    solved: &[&Solved<'_>],
    reports: &[ProfileReport],
    budget: &Budget,
) -> Option<RangeReport> {
    let situation = solved.first()?.structure.situation;
    let in_chances = chance_parameters(situation);
    let in_worths: BTreeSet<ParameterId> = solved.iter().flat_map(|s| worth_parameters(s)).collect();
    let parameters: Vec<ParameterId> =
        uncertain(situation).filter(|id| in_worths.contains(id) || in_chances.contains(id)).collect();
    if parameters.is_empty() {
        return None;
    }
    let mut report = RangeReport {
        parameters: parameters
            .iter()
            .map(|id| parameter_view(source, situation, *id, !in_worths.contains(id)))
            .collect(),
        verdicts: Vec::new(),
        left_open: Vec::new(),
    };
    for (index, (solved, profile)) in solved.iter().zip(reports).enumerate() {
        let varied: Vec<ParameterId> = worth_parameters(solved).into_iter().collect();
        if varied.is_empty() {
            continue;
        }
        if solved.model.state_count() > MAX_STATES {
            report.left_open.push(format!(
                "ranges are analysed up to {MAX_STATES} outcomes; there are {}",
                solved.model.state_count()
            ));
            continue;
        }
        match RangeQuestion::new(solved, profile, varied) {
            Ok(question) => match question.answer(index, budget) {
                Ok(verdicts) => report.verdicts.extend(verdicts),
                Err(_) => report.left_open.push("the budget ended the analysis of ranges".into()),
            },
            Err(why) => report.left_open.push(why),
        }
    }
    report.left_open.dedup();
    Some(report)
}

/// The verdicts on one outcome that turn on a number, or that hold, along each uncertain
/// number; or why they are not analysed.
pub(crate) fn outcome_ranges(
    solved: &Solved<'_>,
    outcome: StateId,
    budget: &Budget,
) -> Result<Result<Vec<RangeVerdict>, String>, StopReason> {
    let varied: Vec<ParameterId> = worth_parameters(solved).into_iter().collect();
    if solved.model.state_count() > MAX_STATES {
        let count = solved.model.state_count();
        return Ok(Err(format!("ranges are analysed up to {MAX_STATES} outcomes; there are {count}")));
    }
    match RangeQuestion::about(solved, vec![outcome], varied) {
        Ok(question) => question.answer(0, budget).map(Ok),
        Err(why) => Ok(Err(why)),
    }
}

fn uncertain(situation: &Situation) -> impl Iterator<Item = ParameterId> + '_ {
    (0..situation.parameters.len())
        .map(ParameterId::from_index)
        .filter(|id| matches!(situation.parameters[id.index()].value, Quantity::Range { .. }))
}

/// Uncertain parameters that some parameter of the list is, or is computed from.
pub(crate) fn roots(situation: &Situation, direct: impl IntoIterator<Item = ParameterId>) -> BTreeSet<ParameterId> {
    let mut found = BTreeSet::new();
    let mut open: Vec<ParameterId> = direct.into_iter().collect();
    while let Some(id) = open.pop() {
        match &situation.parameters[id.index()].value {
            Quantity::Exact(_) => {}
            Quantity::Range { .. } => {
                found.insert(id);
            }
            Quantity::Derived(expr) => open.extend(expr.parameters()),
        }
    }
    found
}

pub(crate) fn worth_parameters(solved: &Solved<'_>) -> BTreeSet<ParameterId> {
    let situation = solved.structure.situation;
    let direct = (0..situation.parties.len())
        .flat_map(|p| form_expressions(form_of(solved.structure, solved.profile, PartyId::from_index(p))))
        .flat_map(detente_scenario::expr::Expr::parameters);
    roots(situation, direct)
}

fn chance_parameters(situation: &Situation) -> BTreeSet<ParameterId> {
    let of_types = situation.preferences.iter().flat_map(|p| &p.types).filter_map(|t| match &t.chance {
        Some(Chance::Given(ParameterOrNumber::Parameter(id))) => Some(*id),
        _ => None,
    });
    let of_nature = situation.issues.iter().filter_map(|i| match &i.set_by {
        SetBy::Nature(chances) => Some(chances),
        _ => None,
    });
    let of_nature = of_nature.flatten().flatten().filter_map(|c| match c {
        ParameterOrNumber::Parameter(id) => Some(*id),
        ParameterOrNumber::Number(_) => None,
    });
    roots(situation, of_types.chain(of_nature))
}

fn parameter_view(source: &SourceText, situation: &Situation, id: ParameterId, chance: bool) -> ParameterView {
    let parameter = &situation.parameters[id.index()];
    let (low, central, high) = range_of(situation, id);
    ParameterView {
        id: parameter.id.clone(),
        low,
        central,
        high,
        unit: parameter.unit.clone(),
        line: source.position(parameter.origin.span.start).0,
        chance,
    }
}

pub(crate) fn range_of(situation: &Situation, id: ParameterId) -> (Exact, Exact, Exact) {
    match &situation.parameters[id.index()].value {
        Quantity::Range { low, likely, high } => (low.clone(), likely.clone(), high.clone()),
        other => panic!("an uncertain parameter is a range, not {other:?}"),
    }
}

/// The question for one combination of types.
struct RangeQuestion<'s, 'a> {
    solved: &'s Solved<'a>,
    forms: Forms,
    varied: Vec<ParameterId>,
    /// Outcomes asked about.
    outcomes: Vec<StateId>,
}

/// Whether each outcome asked about holds under each concept.
type Verdicts = Vec<[bool; CONCEPTS.len()]>;

/// The cells along one parameter, in order, with the verdicts in each.
type Walk = Vec<(Cell, Verdicts)>;

impl<'s, 'a> RangeQuestion<'s, 'a> {
    fn new(solved: &'s Solved<'a>, report: &ProfileReport, varied: Vec<ParameterId>) -> Result<Self, String> {
        let mut outcomes: Vec<StateId> = (report.rows.iter().take(MAX_ROWS).map(|r| r.outcome))
            .chain(report.close.iter().map(|c| c.outcome))
            .map(|n| StateId(n - 1))
            .collect();
        outcomes.sort_unstable();
        outcomes.dedup();
        Self::about(solved, outcomes, varied)
    }

    fn about(solved: &'s Solved<'a>, outcomes: Vec<StateId>, varied: Vec<ParameterId>) -> Result<Self, String> {
        let forms = Forms::new(solved, &varied)?;
        Ok(Self { solved, forms, varied, outcomes })
    }

    fn verdicts(&self, model: &Model, budget: &Budget) -> Result<Verdicts, StopReason> {
        self.outcomes.iter().map(|state| equilibrium(model, *state, budget)).collect()
    }

    fn changed_verdicts(
        &self,
        model: &Model,
        before: &Verdicts,
        touched: Touched,
        budget: &Budget,
    ) -> Result<Verdicts, StopReason> {
        (self.outcomes.iter().enumerate())
            .map(|(at, state)| if touched.includes(at) { equilibrium(model, *state, budget) } else { Ok(before[at]) })
            .collect()
    }

    fn answer(&self, profile: usize, budget: &Budget) -> Result<Vec<RangeVerdict>, StopReason> {
        let situation = self.solved.structure.situation;
        let holds_now = |state: &StateId| {
            let holds = |c: Concept| {
                self.solved.model.decision_makers().all(|dm| self.solved.solution.is_stable(c, dm, *state))
            };
            CONCEPTS.map(holds)
        };
        let center: Verdicts = self.outcomes.iter().map(holds_now).collect();
        let lines = self.lines(budget)?;
        let corners = self.corners(budget)?;
        let bounds = BoxBounds::new(self.solved, &self.forms, &self.varied, &self.outcomes, budget)?;
        let mut found = Vec::new();
        for (at, state) in self.outcomes.iter().enumerate() {
            for (c, concept) in CONCEPTS.iter().enumerate() {
                let holds = center[at][c];
                let along: Vec<AlongParameter> = (self.varied.iter().zip(&lines))
                    .filter_map(|(id, line)| along_view(situation, *id, line.as_deref(), at, c))
                    .collect();
                let flips = along.iter().any(|a| a.holds.is_some());
                let everywhere = self.everywhere(*concept, at, c, holds, &lines, &corners, bounds.as_ref());
                if !holds && !flips && !matches!(everywhere, Everywhere::FailsAt { .. }) {
                    continue;
                }
                found.push(RangeVerdict {
                    profile,
                    outcome: number(*state),
                    concept: concept.symbol().to_owned(),
                    holds_at_center: holds,
                    everywhere,
                    along,
                });
            }
        }
        Ok(found)
    }

    /// Verdicts along each parameter, on two threads.
    fn lines(&self, budget: &Budget) -> Result<Vec<Option<Walk>>, StopReason> {
        let half =
            |first: usize| (first..self.varied.len()).step_by(2).map(|i| self.line(i, budget)).collect::<Vec<_>>();
        let (even, odd) = std::thread::scope(|scope| {
            let odd = scope.spawn(|| half(1));
            (half(0), odd.join().expect("a panic in a line is a panic of the analysis"))
        });
        let (mut even, mut odd) = (even.into_iter(), odd.into_iter());
        (0..self.varied.len()).filter_map(|i| if i % 2 == 0 { even.next() } else { odd.next() }).collect()
    }

    /// Verdicts at every cell along one parameter; `None` when there are too many cells.
    fn line(&self, index: usize, budget: &Budget) -> Result<Option<Walk>, StopReason> {
        let line = Line::new(&self.forms, index);
        let Some(cells) = line.cells(self.solved, &self.outcomes, MAX_CELLS) else { return Ok(None) };
        let mut found: Walk = Vec::new();
        let mut last: Option<(Vec<Vec<u32>>, Model, Verdicts)> = None;
        for cell in cells {
            budget.check()?;
            let Some(ranks) = line.ranks(self.solved, &cell.sample) else { return Ok(None) };
            let (model, verdicts) = match last.take() {
                Some((known, model, verdicts)) if known == ranks => (model, verdicts),
                Some((_, model, verdicts)) if !cell.touched.moves => {
                    let model = model.with_ranks(ranks.clone()).expect("ranks of the same states");
                    let verdicts = self.changed_verdicts(&model, &verdicts, cell.touched, budget)?;
                    (model, verdicts)
                }
                _ => {
                    let model = self.solved.structure.model(ranks.clone(), budget)?;
                    let verdicts = self.verdicts(&model, budget)?;
                    (model, verdicts)
                }
            };
            found.push((cell, verdicts.clone()));
            last = Some((ranks, model, verdicts));
        }
        Ok(Some(found))
    }

    /// Verdicts at corners of the box, all of them if they are few.
    fn corners(&self, budget: &Budget) -> Result<Vec<(Vec<Exact>, Verdicts)>, StopReason> {
        let situation = self.solved.structure.situation;
        let count = 1u64.checked_shl(self.varied.len() as u32).unwrap_or(u64::MAX).min(MAX_CORNERS);
        let mut found = Vec::new();
        for corner in 0..count {
            budget.check()?;
            // Beyond the limit the low bits vary all parameters together.
            let values: Vec<Exact> = (self.varied.iter().enumerate())
                .map(|(bit, id)| {
                    let (low, _, high) = range_of(situation, *id);
                    if corner >> (bit % 5) & 1 == 1 { high } else { low }
                })
                .collect();
            if let Some(ranks) = self.forms.ranks_at(self.solved, &values) {
                let model = self.solved.structure.model(ranks, budget)?;
                found.push((values, self.verdicts(&model, budget)?));
            }
        }
        Ok(found)
    }

    #[expect(clippy::too_many_arguments, reason = "one verdict and all that is known of it")]
    fn everywhere(
        &self,
        concept: Concept,
        at: usize,
        c: usize,
        holds: bool,
        lines: &[Option<Walk>],
        corners: &[(Vec<Exact>, Verdicts)],
        bounds: Option<&BoxBounds>,
    ) -> Everywhere {
        let situation = self.solved.structure.situation;
        let name = |id: &ParameterId| situation.parameters[id.index()].id.clone();
        for (id, line) in self.varied.iter().zip(lines) {
            let other = line.iter().flatten().find(|(_, verdicts)| verdicts[at][c] != holds);
            if let Some((cell, _)) = other {
                return Everywhere::FailsAt { point: vec![(name(id), cell.sample.clone())] };
            }
        }
        if let Some((values, _)) = corners.iter().find(|(_, verdicts)| verdicts[at][c] != holds) {
            let point = self.varied.iter().map(name).zip(values.iter().cloned()).collect();
            return Everywhere::FailsAt { point };
        }
        // Along the only parameter every value was looked at.
        let whole = matches!(lines, [Some(_)]);
        if whole || bounds.is_some_and(|b| b.proves(concept, self.outcomes[at], holds)) {
            Everywhere::Throughout
        } else {
            Everywhere::NotEstablished
        }
    }
}

/// Under which concepts one outcome holds for everybody.
///
/// The concepts imply each other (R ⇒ SSEQ ⇒ SEQ and SMR ⇒ GMR), so most are settled
/// without a search: by the absence of improvements, or by a weaker one that fails.
fn equilibrium(model: &Model, state: StateId, budget: &Budget) -> Result<[bool; CONCEPTS.len()], StopReason> {
    let tempted: Vec<DmId> = model.decision_makers().filter(|dm| !improvements(model, *dm, state).is_empty()).collect();
    let holds = |concept: Concept| -> Result<bool, StopReason> {
        for dm in &tempted {
            if !explain(model, concept, *dm, state, budget)?.is_stable() {
                return Ok(false);
            }
        }
        Ok(true)
    };
    let nash = tempted.is_empty();
    let general = nash || holds(Concept::GeneralMetarational)?;
    let symmetric = nash || (general && holds(Concept::SymmetricMetarational)?);
    let sequential = nash || (general && holds(Concept::Sequential)?);
    let both = nash || (symmetric && sequential && holds(Concept::SymmetricSequential)?);
    Ok([nash, both, sequential, symmetric, general])
}

/// Where a verdict holds along one parameter; nothing when it is constant.
fn along_view(
    situation: &Situation,
    id: ParameterId,
    line: Option<&[(Cell, Verdicts)]>,
    at: usize,
    c: usize,
) -> Option<AlongParameter> {
    let parameter = situation.parameters[id.index()].id.clone();
    let Some(line) = line else { return Some(AlongParameter { parameter, holds: None }) };
    let first = line.first()?.1[at][c];
    if line.iter().all(|(_, verdicts)| verdicts[at][c] == first) {
        return None;
    }
    let mut holds: Vec<IntervalView> = Vec::new();
    let mut open = false;
    for (cell, verdicts) in line {
        if !verdicts[at][c] {
            open = false;
            continue;
        }
        let piece = IntervalView {
            low: cell.low.clone(),
            high: cell.high.clone(),
            low_included: cell.is_point(),
            high_included: cell.is_point(),
        };
        match holds.last_mut().filter(|_| open) {
            Some(last) => (last.high, last.high_included) = (piece.high, piece.high_included),
            None => holds.push(piece),
        }
        open = true;
    }
    Some(AlongParameter { parameter, holds: Some(holds) })
}
