//! Every strategy against every other.

use detente_bargain::offers::{Match, Mean, Rules, Scenario, Score, SelfPlay, Standings, Starts, Strategy};
use detente_base::{Budget, StopReason};
use detente_scenario::negotiation_files::{Domain, Profile};
use num_bigint::BigUint;

use super::answer::{MatchView, MeanView, ScenarioView, ScoreView, TournamentAnswer};
use super::lower::{Ground, search};
use super::names::strategy_of_name;
use crate::ask::{AskError, FORMAT};
use crate::negotiation::{Count, Status};

/// How a tournament is played.
#[derive(Clone, Debug)]
pub struct TournamentQuestion {
    /// Names of strategies.
    pub strategies: Vec<String>,
    /// Most rounds of a negotiation.
    pub rounds: u32,
    /// Times that a match is played in which somebody draws random numbers.
    pub repetitions: u32,
    /// Whether strategies meet themselves.
    pub self_play: SelfPlay,
    /// Where random numbers start.
    pub seed: u64,
}

/// A negotiation of a tournament: its name, its domain, and the profiles of its parties.
pub type Case = (String, Domain, Vec<(String, Profile)>);

/// Plays a tournament.
///
/// Cost: that of [`tournament`](fn@detente_bargain::offers::tournament), and of the
/// frontiers to which agreements are compared.
///
/// # Errors
/// When a negotiation has fewer than two parties, or a strategy does not exist.
pub fn tournament(
    cases: &[Case],
    question: &TournamentQuestion,
    budget: &Budget,
) -> Result<TournamentAnswer, AskError> {
    let entrants: Vec<Strategy> =
        question.strategies.iter().map(|name| strategy_of_name(name)).collect::<Result<_, _>>()?;
    let grounds: Vec<Ground> =
        cases.iter().map(|(_, domain, profiles)| Ground::new(domain, profiles)).collect::<Result<_, _>>()?;
    let parties = grounds.iter().map(|ground| ground.discounts.len()).max().unwrap_or(0);
    if question.self_play == SelfPlay::Without && entrants.len() < parties {
        return Err(AskError::new(
            format!("{parties} seats need as many strategies, and there are {}", entrants.len()),
            Some("name more strategies, or let them meet themselves".into()),
        ));
    }
    let mut answer = empty(question);
    match play(cases, &grounds, &entrants, (question, budget), &mut answer) {
        Err(reason) => answer.stopped = Some(reason),
        Ok(standings) => fill(&mut answer, &standings, &grounds),
    }
    Ok(answer)
}

fn empty(question: &TournamentQuestion) -> TournamentAnswer {
    TournamentAnswer {
        format: FORMAT,
        status: Status::Undecided,
        stopped: None,
        rounds: question.rounds,
        repetitions: question.repetitions,
        seed: question.seed,
        self_play: question.self_play == SelfPlay::With,
        scenarios: Vec::new(),
        strategies: question.strategies.clone(),
        negotiations: 0,
        offers: 0,
        scores: Vec::new(),
        pairs: Vec::new(),
        matches: Vec::new(),
    }
}

fn play(
    cases: &[Case],
    grounds: &[Ground],
    entrants: &[Strategy],
    (question, budget): (&TournamentQuestion, &Budget),
    answer: &mut TournamentAnswer,
) -> Result<Standings, StopReason> {
    let mut scenarios = Vec::new();
    for ((name, domain, profiles), ground) in cases.iter().zip(grounds) {
        let space = ground.space(budget)?;
        let yardstick = ground.yardstick(budget);
        let outcomes: BigUint = domain.issues.iter().map(|issue| BigUint::from(issue.values.len())).product();
        answer.scenarios.push(ScenarioView {
            name: name.clone(),
            parties: profiles.iter().map(|(party, _)| party.clone()).collect(),
            issues: domain.issues.len() as u64,
            outcomes: Count::of(&outcomes),
            search: search(&space),
            frontier_points: yardstick.as_ref().ok().map(|(_, frontier)| frontier.points().len() as u64),
            frontier_stopped: yardstick.as_ref().err().cloned(),
        });
        let yardstick = yardstick.ok().map(|(yardstick, _)| yardstick);
        scenarios.push(Scenario { space, discounts: ground.discounts.clone(), yardstick });
    }
    let rules = Rules {
        rounds: question.rounds,
        repetitions: question.repetitions,
        self_play: question.self_play,
        starts: Starts::Each,
        seed: question.seed,
    };
    detente_bargain::offers::tournament(&scenarios, entrants, &rules, budget)
}

fn fill(answer: &mut TournamentAnswer, standings: &Standings, grounds: &[Ground]) {
    let known = answer.scenarios.iter().all(|scenario| scenario.frontier_stopped.is_none());
    answer.status = if known { Status::Proven } else { Status::Undecided };
    let names = answer.strategies.clone();
    answer.negotiations = standings.matches.iter().map(|played| u64::from(played.repetitions)).sum();
    answer.offers = standings.matches.iter().map(|played| played.offers).sum();
    answer.scores = standings.scores.iter().map(|score| score_view(score, &names)).collect();
    answer.pairs.clone_from(&standings.pairs);
    answer.matches = standings.matches.iter().map(|played| match_view(played, &names, grounds)).collect();
}

fn mean_view(mean: &Mean) -> MeanView {
    MeanView { mean: mean.mean, low: mean.low, high: mean.high }
}

fn score_view(score: &Score, names: &[String]) -> ScoreView {
    ScoreView {
        strategy: names[score.strategy].clone(),
        matches: score.matches,
        own: mean_view(&score.own),
        others: mean_view(&score.others),
        welfare: mean_view(&score.welfare),
        agreements: mean_view(&score.agreements),
        rounds: mean_view(&score.rounds),
        efficient: score.efficient.as_ref().map(mean_view),
        frontier_distance: score.frontier_distance.as_ref().map(mean_view),
        nash_distance: score.nash_distance.as_ref().map(mean_view),
    }
}

fn match_view(played: &Match, names: &[String], grounds: &[Ground]) -> MatchView {
    MatchView {
        scenario: played.scenario as u64,
        strategies: played.seats.iter().map(|at| names[*at].clone()).collect(),
        first: grounds[played.scenario].negotiation.parties()[played.first].name.clone(),
        repetitions: played.repetitions,
        worths: played.worths.clone(),
        agreements: played.agreements,
        rounds: played.rounds,
        frontier_distance: played.frontier_distance,
        nash_distance: played.nash_distance,
    }
}
