//! In what share of cases outcomes hold, when numbers or orders vary.
//!
//! Where the cases are few all of them are solved and shares are exact: the cells along
//! a single parameter, or all orders within some swaps. Otherwise cases are drawn, each
//! from a sequence of its own, so that the answer does not depend on the number of
//! threads; shares then come with intervals (`interval`).
//!
//! Source: intervals `[ClopperPearson1934]`; numbers of orders by swaps `[Kendall1938]`.

mod answer;
mod cases;
pub(crate) mod interval;
mod orders;
mod tally;

pub use answer::*;

use std::collections::BTreeSet;

use detente_base::{Budget, Exact, SourceText, StopReason};
use detente_conflict::StateId;
use detente_scenario::expr::eval::{Interval, central_point};
use detente_scenario::situation::{Chance, ParameterOrNumber, PartyId, PreferenceForm, Situation};

use crate::ask::{AskError, FORMAT, MAX_PROFILES, Options, solve_profile, with_options};
use crate::close::Solved;
use crate::overview::{brief, listing, outcome_views};
use crate::profile::{Profile, profiles};
use crate::ranges::worth_parameters;
use crate::ranks::form_of;
use crate::readings::nuance_views;
use crate::report::Completion;
use cases::Cases;
use tally::{Events, Shares};

/// What is varied, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RobustQuestion {
    /// What is varied.
    pub vary: Vary,
    /// Number of draws; up to so many cases are all solved instead.
    pub draws: u32,
    /// The seed of the draws.
    pub seed: u64,
}

/// What is varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vary {
    /// The numbers that worths use, each over its range.
    Parameters(Distribution),
    /// Every party's order.
    Orders {
        /// Most swaps of neighbours.
        swaps: u32,
    },
}

/// How a number varies over its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distribution {
    /// Every value alike.
    Uniform,
    /// Most often near the likely value, falling to nothing at both ends.
    Triangular,
}

/// In what share of cases outcomes hold.
///
/// # Errors
/// When the options name something that the situation does not have, or when numbers
/// are to vary and no worth has a range.
pub fn robust(
    source: &SourceText,
    situation: &Situation,
    question: &RobustQuestion,
    options: &Options,
    budget: &Budget,
) -> Result<RobustAnswer, AskError> {
    let situation = &with_options(situation, options)?;
    let mut answer = RobustAnswer {
        format: FORMAT,
        situation: brief(situation, None),
        set_aside: nuance_views(situation, source),
        completion: Completion::Complete,
        outcomes: Vec::new(),
        varied: match question.vary {
            Vary::Parameters(Distribution::Uniform) => Varied::Parameters { distribution: "uniform".into() },
            Vary::Parameters(Distribution::Triangular) => Varied::Parameters { distribution: "triangular".into() },
            Vary::Orders { swaps } => Varied::Orders { swaps },
        },
        profiles: Vec::new(),
        overall: None,
    };
    let Some(structure) = listing(situation, (&mut answer.situation, &mut answer.completion), budget) else {
        return Ok(answer);
    };
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let events = Events::new(&structure);
    let mut found: Vec<(Option<Exact>, Shares)> = Vec::new();
    for profile in profiles(situation, MAX_PROFILES) {
        let mut view = undecided(situation, &profile, &point);
        let solved = solve_profile(&structure, &profile, &point, budget);
        let shares = solved.and_then(|solved| profile_shares(&mut view, &solved, &events, question, budget));
        match shares {
            Ok(shares) => {
                (view.events, view.events_left_out) = shares.views(&events, &view.over, options.list_limit);
                found.push((view.chance.clone(), shares));
            }
            Err(reason) => {
                answer.completion = Completion::Undecided { reason: reason.clone() };
                view.completion = Completion::Undecided { reason };
            }
        }
        answer.profiles.push(view);
    }
    if matches!(question.vary, Vary::Parameters(_)) && answer.profiles.iter().all(|p| p.method == Method::Constant) {
        let help = "`--swaps` varies the orders instead".to_owned();
        return Err(AskError::new("no preference depends on a number with a range", Some(help)));
    }
    if answer.profiles.len() > 1 && found.len() == answer.profiles.len() {
        answer.overall = tally::overall(&found).map(|all| all.views(&events, &[], options.list_limit).0);
    }
    let all = answer.profiles.iter().flat_map(|p| &p.events).chain(answer.overall.iter().flatten());
    let mut mentioned: BTreeSet<StateId> = all.filter_map(|e| e.outcome).map(|n| StateId(n - 1)).collect();
    mentioned.extend(answer.situation.status_quo.map(|n| StateId(n - 1)));
    answer.outcomes = outcome_views(&structure, &mentioned);
    Ok(answer)
}

fn undecided(situation: &Situation, profile: &Profile, point: &[Interval]) -> RobustProfile {
    RobustProfile {
        types: profile.named_types(situation),
        chance: central_chance(situation, profile, point),
        completion: Completion::Complete,
        method: Method::Undecided,
        over: Vec::new(),
        events: Vec::new(),
        events_left_out: 0,
    }
}

fn profile_shares(
    view: &mut RobustProfile,
    solved: &Solved<'_>,
    events: &Events,
    question: &RobustQuestion,
    budget: &Budget,
) -> Result<Shares, StopReason> {
    let situation = solved.structure.situation;
    view.over = match question.vary {
        Vary::Parameters(_) => {
            worth_parameters(solved).iter().map(|id| situation.parameters[id.index()].id.clone()).collect()
        }
        Vary::Orders { .. } => (0..situation.parties.len())
            .filter(|party| {
                let form = form_of(solved.structure, solved.profile, PartyId::from_index(*party));
                !matches!(form, PreferenceForm::Indifferent)
            })
            .map(|party| situation.parties[party].id.clone())
            .collect(),
    };
    match Cases::new(solved, question.vary, question.draws) {
        Cases::Constant => {
            view.method = Method::Constant;
            let ranks = solved.model.decision_makers().map(|dm| solved.model.ranks(dm).to_vec()).collect();
            Shares::of_all(solved, events, &[(Exact::ONE, ranks)], budget)
        }
        Cases::All(all) => {
            view.method = Method::Exact { cases: all.len() as u64 };
            Shares::of_all(solved, events, &all, budget)
        }
        Cases::Many(source) => {
            let shares = Shares::of_draws(solved, events, &source, (question.seed, question.draws), budget)?;
            view.method = Method::Drawn { draws: question.draws, seed: question.seed };
            Ok(shares)
        }
    }
}

/// Chance of a combination with every number at its central value.
fn central_chance(situation: &Situation, profile: &Profile, point: &[Interval]) -> Option<Exact> {
    let value = |chance: &ParameterOrNumber| match chance {
        ParameterOrNumber::Number(number) => number.clone(),
        ParameterOrNumber::Parameter(id) => point[id.index()].low.clone(),
    };
    let mut product: Option<Exact> = None;
    for (preferences, chosen) in situation.preferences.iter().zip(&profile.types) {
        let types = &preferences.types;
        if types.get(*chosen).is_none_or(|t| t.id.is_none()) {
            continue;
        }
        let chance = match types[*chosen].chance.as_ref()? {
            Chance::Given(chance) => value(chance),
            Chance::Rest => types.iter().fold(Exact::ONE, |rest, other| match &other.chance {
                Some(Chance::Given(chance)) => &rest - &value(chance),
                _ => rest,
            }),
        };
        product = Some(product.map_or_else(|| chance.clone(), |p| &p * &chance));
    }
    product
}
