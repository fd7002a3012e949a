//! Where behaviour changes along a parameter.
//!
//! The equilibrium that the even prior leads to is looked at evenly over the range. Where the
//! acts that happen differ between neighbours, the place is closed in on by halving, and the
//! simplest fraction in what is left is tried: there an act must be a matter of indifference.

use detente_base::{Budget, Exact, SourceText, StopReason};
use detente_game::Assessment;
use detente_scenario::expr::eval::central_point;
use detente_scenario::situation::{GameForm, Quantity, Situation};

use super::answer::{ActChance, ActView, AlongView, OutcomeChance, PointView, ThresholdView};
use super::lowered::Lowered;
use super::search;
use super::setting::{Setting, extended};
use super::story::Story;
use super::walk::Sight;
use crate::ask::{AskError, Obstacle, Options, with_options};

/// Intervals into which a range is cut.
const PARTS: i64 = 40;

/// How often an interval is halved.
const HALVINGS: u32 = 40;

/// A parameter, and where to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Along {
    /// Its name.
    pub parameter: String,
    /// From and to; its range in the file without.
    pub range: Option<(Exact, Exact)>,
}

/// What happens at a value of the parameter.
struct Sample {
    at: Exact,
    acts: Vec<ActView>,
    /// How likely every act is where the game may get to, those that do not happen too.
    chances: Vec<(ActView, Exact)>,
    payoffs: Vec<Exact>,
    outcomes: Vec<OutcomeChance>,
    /// Whether an act that does not happen would be as good as one that does.
    tied: bool,
}

/// The thresholds of a game along a parameter.
///
/// # Errors
/// When there is no such parameter, it has no range, or the file does not say what a game needs.
pub(super) fn along(
    source: &SourceText,
    situation: &Situation,
    (form, asked): (&GameForm, &Along),
    budget: &Budget,
) -> Result<(AlongView, Option<StopReason>), AskError> {
    let (low, high) = range(situation, asked)?;
    let look = Look { source, situation, form, parameter: &asked.parameter, budget };
    let mut view = AlongView {
        parameter: asked.parameter.clone(),
        low: low.clone(),
        high: high.clone(),
        points: Vec::new(),
        thresholds: Vec::new(),
    };
    let width = &high - &low;
    let mut before: Option<Sample> = None;
    for step in 0..=PARTS {
        let at = &low + &(&width * &Exact::ratio(step, PARTS));
        let sample = match look.sample(&at) {
            Ok(sample) => sample,
            Err(Obstacle::Error(error)) => return Err(error),
            Err(Obstacle::Undecided(reason)) => return Ok((view, Some(reason))),
        };
        view.points.push(point(&sample));
        if let Some(before) = before.filter(|before| before.acts != sample.acts) {
            match look.between(before, &sample) {
                Ok(found) => view.thresholds.extend(found),
                Err(Obstacle::Error(error)) => return Err(error),
                Err(Obstacle::Undecided(reason)) => return Ok((view, Some(reason))),
            }
        }
        before = Some(sample);
    }
    view.thresholds = joined(view.thresholds);
    at_the_ends(&mut view);
    Ok((view, None))
}

/// What changes right at an end of the range, such as where a chance becomes 0, changes there.
fn at_the_ends(view: &mut AlongView) {
    for threshold in view.thresholds.iter_mut().filter(|threshold| threshold.exact.is_none()) {
        let place = [&view.low, &view.high].into_iter().find(|end| **end == threshold.low || **end == threshold.high);
        threshold.exact = place.cloned();
    }
}

/// Thresholds at one place are one.
fn joined(all: Vec<ThresholdView>) -> Vec<ThresholdView> {
    let mut out: Vec<ThresholdView> = Vec::new();
    for next in all {
        match out.last_mut() {
            Some(last) if last.exact.is_some() && last.exact == next.exact => {
                // What began and ended at the same place happens neither before nor after.
                let (began, ended) = (std::mem::take(&mut last.begins), std::mem::take(&mut last.ends));
                let lost = |acts: Vec<ActView>, others: &[ActView]| -> Vec<ActView> {
                    acts.into_iter().filter(|act| !others.contains(act)).collect()
                };
                last.begins = lost(began.clone(), &next.ends);
                last.begins.extend(lost(next.begins.clone(), &ended));
                last.ends = lost(ended, &next.begins);
                last.ends.extend(lost(next.ends, &began));
                last.high = next.high;
                last.after = next.after;
            }
            _ => out.push(next),
        }
    }
    out.retain(|threshold| !(threshold.begins.is_empty() && threshold.ends.is_empty()));
    out
}

fn range(situation: &Situation, asked: &Along) -> Result<(Exact, Exact), AskError> {
    // Says what is wrong with the name.
    let options = Options { fixed: vec![(asked.parameter.clone(), Exact::ZERO)], ..Options::default() };
    let known = situation.parameter(&asked.parameter);
    let Some(id) = known else {
        return Err(with_options(situation, &options).expect_err("there is no such parameter"));
    };
    let range = asked.range.clone().or_else(|| match &situation.parameters[id.index()].value {
        Quantity::Range { low, high, .. } => Some((low.clone(), high.clone())),
        _ => None,
    });
    match range {
        Some((low, high)) if low < high => Ok((low, high)),
        Some((low, high)) => Err(AskError::new(
            format!("the range {low}..{high} of `{}` has no width", asked.parameter),
            Some(format!("give a lower and a higher number: `{}=0..1`", asked.parameter)),
        )),
        None => Err(AskError::new(
            format!("the parameter `{}` has no range in the file", asked.parameter),
            Some(format!("say where to look: `{}=0..1`", asked.parameter)),
        )),
    }
}

fn point(sample: &Sample) -> PointView {
    let name = |outcome: &OutcomeChance| {
        let parts: Vec<String> = outcome.values.iter().map(|fact| format!("{} = {}", fact.what, fact.value)).collect();
        parts.join(", ")
    };
    PointView {
        at: sample.at.clone(),
        payoffs: sample.payoffs.clone(),
        chances: sample
            .chances
            .iter()
            .map(|(act, chance)| ActChance { act: act.clone(), chance: chance.clone() })
            .collect(),
        outcomes: sample.outcomes.iter().map(|outcome| (name(outcome), outcome.chance.clone())).collect(),
    }
}

struct Look<'a> {
    source: &'a SourceText,
    situation: &'a Situation,
    form: &'a GameForm,
    parameter: &'a str,
    budget: &'a Budget,
}

impl Look<'_> {
    fn sample(&self, at: &Exact) -> Result<Sample, Obstacle> {
        self.budget.check()?;
        let options = Options { fixed: vec![(self.parameter.to_owned(), at.clone())], ..Options::default() };
        let changed = with_options(self.situation, &options)?;
        let extended = extended(&changed, self.form);
        let setting = Setting::new(&extended, self.form)?;
        let point = central_point(&changed).expect("options are checked");
        let lowered = setting.lower(&point, Sight::AsWritten, self.budget)?;
        let found = search::one(&lowered.tree, self.budget)?;
        let story =
            Story { source: self.source, setting: &setting, lowered: &lowered, point: &point, status_quo: None };
        let search::Found { assessment, regret, .. } = found;
        let chances = story.act_chances(&assessment);
        Ok(Sample {
            at: at.clone(),
            acts: chances.iter().filter(|(_, chance)| !chance.is_zero()).map(|(act, _)| act.clone()).collect(),
            chances,
            outcomes: story.outcomes(&assessment.behaviour().reach(&lowered.tree)),
            payoffs: regret.payoffs,
            tied: tied(&lowered, &assessment),
        })
    }

    /// The places between two samples at which the acts change, ascending.
    fn between(&self, low: Sample, high: &Sample) -> Result<Vec<ThresholdView>, Obstacle> {
        let mut found = Vec::new();
        let mut below = low;
        // The acts may change several times: each time the first place is sought.
        for _ in 0..4 {
            if below.acts == high.acts {
                break;
            }
            let mut bounds = (below.at.clone(), high.at.clone());
            let mut above: Option<Sample> = None;
            let mut last = None;
            for _ in 0..HALVINGS {
                let middle = self.sample(&bounds.0.midpoint(&bounds.1))?;
                if middle.acts == below.acts {
                    bounds.0 = middle.at.clone();
                    last = Some(middle);
                } else {
                    bounds.1 = middle.at.clone();
                    above = Some(middle);
                }
            }
            let exact = simplest(&bounds.0, &bounds.1);
            let there = self.sample(&exact)?;
            // At the very place either side's acts may be taken: what follows it counts.
            let after = above.unwrap_or_else(|| high.copied());
            let below_it = last.unwrap_or(below);
            let lacks = |these: &[ActView], others: &[ActView]| -> Vec<ActView> {
                these.iter().filter(|act| !others.contains(act)).cloned().collect()
            };
            found.push(ThresholdView {
                before: Some(point(&below_it)),
                after: Some(point(&after)),
                ends: lacks(&below_it.acts, &after.acts),
                begins: lacks(&after.acts, &below_it.acts),
                low: bounds.0,
                high: bounds.1,
                exact: there.tied.then_some(exact),
            });
            below = after;
        }
        Ok(found)
    }
}

impl Sample {
    fn copied(&self) -> Self {
        Self {
            at: self.at.clone(),
            acts: self.acts.clone(),
            chances: self.chances.clone(),
            payoffs: self.payoffs.clone(),
            outcomes: self.outcomes.clone(),
            tied: self.tied,
        }
    }
}

/// Whether, where the game may get to, an act that does not happen is as good as one that
/// does.
fn tied(lowered: &Lowered, assessment: &Assessment) -> bool {
    let tree = &lowered.tree;
    let reach = assessment.behaviour().reach(tree);
    let worths = assessment.action_worths(tree);
    lowered.sets.iter().any(|set| {
        let reached = tree.members(set.infoset).iter().any(|node| !reach[node.index()].is_zero());
        let actions = tree.infoset(set.infoset).actions.clone();
        let best = actions.clone().map(|action| &worths[action]).max();
        reached
            && actions
                .clone()
                .any(|action| assessment.behaviour().of(action).is_zero() && Some(&worths[action]) == best)
    })
}

/// The fraction with the smallest denominator in an interval, ends counted.
fn simplest(low: &Exact, high: &Exact) -> Exact {
    // Stern and Brocot: whole part by whole part.
    let floor = low.floor();
    if floor == *low || low == high {
        return low.clone();
    }
    let next = &floor + &Exact::ONE;
    if next <= *high {
        return next;
    }
    let (a, b) = (low - &floor, high - &floor);
    let turned = |part: &Exact| Exact::ONE.checked_div(part).expect("not a whole number");
    &floor + &turned(&simplest(&turned(&b), &turned(&a)))
}
