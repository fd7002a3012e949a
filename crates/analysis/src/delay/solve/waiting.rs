//! Waiting for the other to give in, and for a threat to lose its credibility.

use detente_bargain::time::{Attrition, AudienceCosts, DecayingWill, Horizon, Reputation, Target, TimeError, When};
use detente_base::Exact;

use super::offers::rates;
use super::{Solved, Terms, Value};
use crate::delay::answer::{Choice, Finding, Form, Measure, Verdict};

pub(super) fn attrition(terms: &Terms<'_>) -> Result<Solved, TimeError> {
    let found =
        Attrition { prize: terms.both("prize", &Exact::ZERO), cost: terms.both("cost", &Exact::ZERO) }.waiting()?;
    let mut solved = Solved::new(Form::Usual);
    solved.add(Measure::MeanTime, None, found.mean);
    solved.add_each(Measure::Wins, found.wins);
    solved.add_each(Measure::Hazard, found.hazards);
    Ok(solved)
}

pub(super) fn reputation(terms: &Terms<'_>, name: &dyn Fn(usize) -> String) -> Result<Solved, TimeError> {
    let (rates, hazards) = rates(terms, name);
    let model = Reputation {
        rates,
        demands: terms.both("demands", &Exact::ZERO),
        obstinate: terms.both("obstinate", &Exact::ZERO),
    };
    let found = model.concessions()?;
    let mut solved = Solved::new(Form::Usual);
    solved.findings = hazards;
    solved.add_each_loose(Measure::Payoff, found.payoffs);
    solved.add_each_loose(Measure::GivesInAtOnce, found.at_once);
    solved.add_each_loose(Measure::Hazard, found.hazards);
    solved.add_loose(Measure::LastDate, None, found.last);
    solved.add(Measure::Never, None, found.never);
    Ok(solved)
}

pub(super) fn audience_costs(terms: &Terms<'_>) -> Result<Solved, TimeError> {
    let found = AudienceCosts { costs: terms.both("costs", &Exact::ZERO) }.contest()?;
    let mut solved = Solved::new(Form::Usual);
    solved.add_loose(Measure::War, None, found.war);
    solved.add_each_loose(Measure::GivesInAtOnce, found.at_once);
    solved.add_loose(Measure::LastDate, None, found.horizon);
    solved.add_each_loose(Measure::Locked, found.locked);
    Ok(solved)
}

pub(super) fn decaying_will(terms: &Terms<'_>) -> Result<Solved, TimeError> {
    let [will, decay, cost, backing_down] = numbers(terms, ["will", "decay", "cost", "backing_down"]);
    let threat = DecayingWill { will, decay, cost, backing_down };
    let horizon = threat.horizon()?;
    let with_target = terms.has("deal");
    let mut solved = Solved::new(if with_target { Form::Target } else { Form::Threat });
    // More will, dearer retreats, slower decay and cheaper strikes only lengthen it.
    solved.add(Measure::CredibleUntil, None, time(horizon));
    match horizon {
        Horizon::Never => solved.findings.push(Finding::NotCredible),
        Horizon::Always => solved.findings.push(Finding::AlwaysCredible),
        Horizon::Until(_) => {}
    }
    if with_target {
        target(terms, &threat, horizon, &mut solved)?;
    }
    Ok(solved)
}

/// Numbers that are zero unless given.
fn numbers<const N: usize>(terms: &Terms<'_>, fields: [&'static str; N]) -> [Exact; N] {
    fields.map(|field| terms.one_or(field, Exact::ZERO))
}

fn target(terms: &Terms<'_>, threat: &DecayingWill, horizon: Horizon, solved: &mut Solved) -> Result<(), TimeError> {
    let [deal, strike, hazard, last_chance, rate] =
        numbers(terms, ["deal", "strike", "strike_rate", "last_chance", "rate"]);
    let target = Target { deal, strike, hazard, last_chance, rate };
    let losses = target.choice(horizon)?;
    solved.verdicts.push((Choice::GivesIn, verdict(losses.best)));
    let needed = target.needed()?;
    solved.add_loose(Measure::NeededTime, None, time(needed));
    if let Horizon::Until(date) = needed
        && let Some(decay) = threat.decay_for(date)?
    {
        solved.add_loose(Measure::NeededDecay, None, decay);
    }
    solved.add(Measure::LossNow, Some(1), target.deal.clone());
    if let Some(last) = losses.last {
        solved.add_loose(Measure::LossLast, Some(1), last);
    }
    solved.add_loose(Measure::LossNever, Some(1), losses.never);
    let spare = match (horizon, needed) {
        (_, Horizon::Always) | (Horizon::Never, _) => None,
        (Horizon::Always, _) => Some(Value::Endless),
        (Horizon::Until(date), Horizon::Never) => Some(Value::Float(date)),
        (Horizon::Until(date), Horizon::Until(needed)) => (date >= needed).then_some(Value::Float(date - needed)),
    };
    if let Some(spare) = spare.filter(|_| losses.best == When::Now) {
        solved.add_loose(Measure::LongestClause, Some(1), spare);
    }
    if let Some(clause) = terms.one("clause") {
        let (after, loss) = target.with_clause(horizon, &clause)?;
        let half = target.with_clause(horizon, &(&clause * &Exact::ratio(1, 2)))?.1;
        solved.verdicts.push((Choice::AfterClause, verdict(after.best)));
        solved.add_loose(Measure::LossWithClause, Some(1), loss);
        solved.add_loose(Measure::ClauseWorth, Some(1), gain(losses.least(), loss));
        solved.add_loose(Measure::HalfClauseWorth, Some(1), gain(losses.least(), half));
        match horizon {
            Horizon::Until(date) if date > clause.to_f64() => {
                solved.findings.push(Finding::ClauseLeaves { left: date - clause.to_f64() });
            }
            Horizon::Until(_) => solved.findings.push(Finding::ClauseOutlasts),
            Horizon::Never | Horizon::Always => {}
        }
    }
    Ok(())
}

/// What a smaller loss gains; a clause never hurts, so that less than nothing is rounding.
fn gain(before: f64, after: f64) -> f64 {
    let gain = before - after;
    if gain > 1e-12 * before.abs() { gain } else { 0.0 }
}

fn verdict(when: When) -> Verdict {
    match when {
        When::Now => Verdict::Now,
        When::Last => Verdict::Last,
        When::Never => Verdict::Never,
    }
}

fn time(horizon: Horizon) -> Value {
    match horizon {
        Horizon::Never => Value::Exact(Exact::ZERO),
        Horizon::Until(date) => Value::Float(date),
        Horizon::Always => Value::Endless,
    }
}
