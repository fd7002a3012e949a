//! What comes of a protocol over the ranges of its numbers.
//!
//! Every combination of the ends of the ranges is computed, and combinations drawn from
//! inside. A result that is monotone in each number by itself is least and greatest at such
//! a combination of ends, if every uncertain number stands in one place only; then nothing
//! needs to be drawn for it and its ends are proven. Otherwise they are the least and greatest
//! that were met.

use std::collections::BTreeMap;

use detente_bargain::time::TimeError;
use detente_base::{Budget, Exact, Pcg, SourceText, StopReason};
use detente_scenario::expr::eval::{Interval, parameter_box};
use detente_scenario::situation::{NumberOf, ParameterId, ParameterOrNumber, Protocol, Quantity, Situation};

use super::answer::{Coverage, Swing, Verdict};
use super::solve::{Solved, solve};
use super::terms::Terms;

/// Most uncertain numbers of which every combination of ends is computed.
const MOST_CORNERS: usize = 10;

/// Most rounds of talks that are looked at for combinations of ends, over all of them.
const MOST_ROUNDS: u64 = 20_000;

/// Combinations that are drawn; fewer for talks of many rounds, whose numbers grow.
const DRAWS: u32 = 1_000;

/// Steps of a range from which draws are taken.
const STEPS: u32 = 1 << 10;

/// Seed of the draws.
const SEED: u64 = 1;

/// A number of the file with a range, on which a protocol rests.
struct Uncertain {
    id: ParameterId,
    low: Exact,
    high: Exact,
}

/// What was met over the ranges.
pub struct Over {
    /// By measure and party, in the order of the results: least and greatest, and whether
    /// they are proven.
    pub ends: Vec<(f64, f64, bool)>,
    /// Verdicts that were met besides the central ones.
    pub also: Vec<Vec<Verdict>>,
    pub swings: Vec<Swing>,
    pub coverage: Coverage,
    /// Why not all was computed.
    pub stopped: Option<StopReason>,
}

/// A protocol of a situation, and who takes part.
pub struct Case<'a> {
    pub situation: &'a Situation,
    pub source: &'a SourceText,
    pub protocol: &'a Protocol,
}

impl Case<'_> {
    /// The protocol solved with some parameters at other than their central values.
    pub fn solved_at(&self, chosen: &[(ParameterId, Exact)]) -> Result<Solved, TimeError> {
        let choose = |id: ParameterId, _: &Quantity| {
            chosen.iter().find(|(other, _)| *other == id).map(|(_, value)| Interval::point(value.clone()))
        };
        let point = parameter_box(self.situation, choose).expect("checked amounts divide by no zero");
        let name = |party: usize| self.situation.parties[self.protocol.parties[party].index()].id.clone();
        solve(&Terms { protocol: self.protocol, point: &point }, &name)
    }

    /// The parameters with ranges that the protocol rests on, in the order of the file.
    fn uncertain(&self) -> Vec<Uncertain> {
        let mut found: BTreeMap<ParameterId, Uncertain> = BTreeMap::new();
        let mut open: Vec<ParameterId> = self.protocol.numbers.iter().filter_map(|n| parameter(&n.value)).collect();
        while let Some(id) = open.pop() {
            match &self.situation.parameters[id.index()].value {
                Quantity::Exact(_) => {}
                Quantity::Range { low, high, .. } => {
                    found.insert(id, Uncertain { id, low: low.clone(), high: high.clone() });
                }
                Quantity::Derived(expr) => open.extend(expr.parameters()),
            }
        }
        found.into_values().collect()
    }

    /// Whether each uncertain number is the number of one field and party and no other.
    fn is_plain(&self, uncertain: &[Uncertain]) -> bool {
        let fields = self.protocol.kind.number_fields();
        let of_all = |name: &str| fields.iter().any(|f| f.name == name && f.of != NumberOf::Protocol);
        let uses = |id: ParameterId| {
            let direct = self.protocol.numbers.iter().filter(|n| parameter(&n.value) == Some(id));
            direct.map(|n| if n.party.is_none() && of_all(n.field) { 2 } else { 1 }).sum::<usize>()
        };
        let computed = self
            .protocol
            .numbers
            .iter()
            .filter_map(|n| parameter(&n.value))
            .any(|id| matches!(self.situation.parameters[id.index()].value, Quantity::Derived(_)));
        !computed && uncertain.iter().all(|number| uses(number.id) == 1)
    }

    /// Everything over the ranges.
    pub fn over(&self, central: &Solved, budget: &Budget) -> Result<Over, TimeError> {
        let uncertain = self.uncertain();
        let plain = self.is_plain(&uncertain);
        let mut over = Over {
            ends: central.found.iter().map(|found| (found.value.near(), found.value.near(), false)).collect(),
            also: vec![Vec::new(); central.verdicts.len()],
            swings: Vec::new(),
            coverage: Coverage { uncertain: uncertain.len(), corners: 0, draws: 0, seed: SEED },
            stopped: None,
        };
        if uncertain.is_empty() {
            over.ends.iter_mut().for_each(|(_, _, proven)| *proven = true);
            return Ok(over);
        }
        for number in &uncertain {
            over.swings.push(self.swing(number)?);
        }
        // Talks of many rounds are looked at in fewer places.
        let corners = 1_u64.checked_shl(uncertain.len() as u32).unwrap_or(u64::MAX);
        let every_corner = uncertain.len() <= MOST_CORNERS && corners * self.rounds() <= MOST_ROUNDS;
        if every_corner {
            for corner in 0..1_usize << uncertain.len() {
                if let Err(reason) = budget.check() {
                    over.stopped = Some(reason);
                    return Ok(over);
                }
                let end = |(at, number): (usize, &Uncertain)| {
                    let value = if corner >> at & 1 == 0 { &number.low } else { &number.high };
                    (number.id, value.clone())
                };
                let chosen: Vec<_> = uncertain.iter().enumerate().map(end).collect();
                over.meet(central, &self.solved_at(&chosen)?);
                over.coverage.corners += 1;
            }
        }
        if !(every_corner && plain && central.found.iter().all(|found| found.monotone)) {
            self.draw(&uncertain, central, &mut over, budget)?;
        }
        for (end, found) in over.ends.iter_mut().zip(&central.found) {
            end.2 = every_corner && plain && found.monotone;
        }
        Ok(over)
    }

    /// Number of rounds that one solution looks at.
    fn rounds(&self) -> u64 {
        let given = self.protocol.number("rounds", None).and_then(|n| match &n.value {
            ParameterOrNumber::Number(n) => n.as_integer(),
            ParameterOrNumber::Parameter(_) => None,
        });
        given.and_then(|n| u64::try_from(n).ok()).unwrap_or(1).max(1)
    }

    fn draw(
        &self,
        uncertain: &[Uncertain],
        central: &Solved,
        over: &mut Over,
        budget: &Budget,
    ) -> Result<(), TimeError> {
        let draws = u64::from(DRAWS) / self.rounds();
        for draw in 0..draws.max(20) {
            if let Err(reason) = budget.check() {
                over.stopped = Some(reason);
                return Ok(());
            }
            let mut rng = Pcg::of_draw(SEED, draw);
            let value = |number: &Uncertain| {
                let part = Exact::ratio(i64::from(rng.below(STEPS + 1)), i64::from(STEPS));
                (number.id, &number.low + &(&part * &(&number.high - &number.low)))
            };
            let chosen: Vec<_> = uncertain.iter().map(value).collect();
            over.meet(central, &self.solved_at(&chosen)?);
            over.coverage.draws += 1;
        }
        Ok(())
    }

    /// One number at its ends, the others at their central values.
    fn swing(&self, number: &Uncertain) -> Result<Swing, TimeError> {
        let parameter = &self.situation.parameters[number.id.index()];
        let at = |value: &Exact| self.solved_at(&[(number.id, value.clone())]);
        let (low, high) = (at(&number.low)?, at(&number.high)?);
        let result =
            |solved: &Solved| solved.found.first().map(|found| found.value.near()).filter(|value| value.is_finite());
        let verdict = |solved: &Solved| solved.verdicts.first().map(|(_, verdict)| *verdict);
        Ok(Swing {
            number: parameter.id.clone(),
            line: self.source.position(parameter.origin.span.start).0,
            ends: (number.low.clone(), number.high.clone()),
            results: (result(&low), result(&high)),
            verdicts: verdict(&low).zip(verdict(&high)),
        })
    }
}

fn parameter(value: &ParameterOrNumber) -> Option<ParameterId> {
    match value {
        ParameterOrNumber::Number(_) => None,
        ParameterOrNumber::Parameter(id) => Some(*id),
    }
}

impl Over {
    /// Takes in what comes out at one more combination. A result that is not defined there,
    /// such as what a deal at the last moment costs when there is no such moment, is passed
    /// over.
    fn meet(&mut self, central: &Solved, solved: &Solved) {
        for (end, found) in self.ends.iter_mut().zip(&central.found) {
            let same = solved.found.iter().find(|other| (other.measure, other.party) == (found.measure, found.party));
            if let Some(value) = same.map(|other| other.value.near()) {
                end.0 = end.0.min(value);
                end.1 = end.1.max(value);
            }
        }
        for (also, (choice, verdict)) in self.also.iter_mut().zip(&central.verdicts) {
            let other = solved.verdicts.iter().find(|(other, _)| other == choice).map(|(_, verdict)| *verdict);
            also.extend(other.filter(|other| other != verdict && !also.contains(other)));
        }
        self.also.iter_mut().for_each(|also| also.sort_unstable());
    }
}
