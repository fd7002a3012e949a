//! How a negotiation goes between parties with given strategies.
//!
//! [`negotiate`] plays one; [`tournament`](fn@tournament) plays every strategy against every
//! other. [`names`] says what strategies are called.

pub mod answer;
mod lower;
pub mod names;
mod tournament;

pub use answer::{OffersAnswer, TournamentAnswer};
pub use tournament::{TournamentQuestion, tournament};

pub use detente_bargain::offers::SelfPlay;

use detente_bargain::offers::place::worths;
use detente_bargain::offers::{
    Act, Course, Drafting, Ending, Mediated, Mediation, PackageCode, Record, Space, Strategy, Talks, Turn, Voice,
    alternate, mediate, payoffs, rank_correlation,
};
use detente_bargain::{Solution, chosen};
use detente_base::{Budget, Exact, StopReason};
use detente_scenario::negotiation_files::{Domain, Profile};
use num_bigint::BigUint;

use crate::ask::{AskError, FORMAT};
use crate::negotiation::{Count, Status};
use answer::{
    ActKind, Agreement, DraftView, EndingKind, EndingView, ModelView, Offered, PlaceView, Protocol, Seat, TurnView,
    VoiceKind,
};
use lower::{Ground, named, search};
use names::strategy_of_name;

/// How parties negotiate.
#[derive(Clone, Debug)]
pub struct OffersQuestion {
    /// The rules.
    pub protocol: Protocol,
    /// Names of strategies, one for each party, or one for all; none with a single text.
    pub strategies: Vec<String>,
    /// Most rounds.
    pub rounds: u32,
    /// The party with the first turn; the first unless given.
    pub first: Option<String>,
    /// Where random numbers start.
    pub seed: u64,
}

/// Lets the parties of a domain negotiate.
///
/// Cost: that of [`alternate`] or [`mediate`], and of the frontier to which an agreement is
/// compared.
///
/// # Errors
/// When there are fewer than two parties, or the question names a strategy or a party that
/// does not exist.
pub fn negotiate(
    domain: &Domain,
    profiles: &[(String, Profile)],
    question: &OffersQuestion,
    budget: &Budget,
) -> Result<OffersAnswer, AskError> {
    let ground = Ground::new(domain, profiles)?;
    let strategies = strategies(question, profiles.len())?;
    let first = first(question, profiles)?;
    let mut answer = empty(domain, profiles, question, &ground);
    if question.protocol == Protocol::Alternating {
        answer.first = Some(profiles[first].0.clone());
    }
    let table = Table { domain, ground: &ground, question, first };
    if let Err(reason) = table.play(&strategies, &mut answer, budget) {
        answer.stopped = Some(reason);
        return Ok(answer);
    }
    answer.status = if answer.frontier_stopped.is_some() { Status::Undecided } else { Status::Proven };
    Ok(answer)
}

/// The strategy of each party.
fn strategies(question: &OffersQuestion, parties: usize) -> Result<Vec<Strategy>, AskError> {
    let names = &question.strategies;
    if question.protocol != Protocol::Alternating {
        return if names.is_empty() {
            Ok(Vec::new())
        } else {
            Err(AskError::new(
                "with a single text parties have no strategies: they say what they think",
                Some("leave `--strategies` out".into()),
            ))
        };
    }
    let found: Vec<Strategy> = names.iter().map(|name| strategy_of_name(name)).collect::<Result<_, _>>()?;
    match found.as_slice() {
        [one] => Ok(vec![one.clone(); parties]),
        many if many.len() == parties => Ok(found),
        many => Err(AskError::new(
            format!("there are {} strategies for {parties} parties; expected one for each, or one for all", many.len()),
            None,
        )),
    }
}

fn first(question: &OffersQuestion, profiles: &[(String, Profile)]) -> Result<usize, AskError> {
    let Some(name) = &question.first else { return Ok(0) };
    profiles.iter().position(|(party, _)| party == name).ok_or_else(|| {
        let names: Vec<&str> = profiles.iter().map(|(party, _)| party.as_str()).collect();
        AskError::new(format!("there is no party `{name}`"), Some(format!("the parties are {}", names.join(", "))))
    })
}

fn empty(domain: &Domain, profiles: &[(String, Profile)], question: &OffersQuestion, ground: &Ground) -> OffersAnswer {
    let given = |at: usize| {
        let names = &question.strategies;
        if names.len() == 1 { names.first() } else { names.get(at) }
    };
    let seat = |(at, (name, profile)): (usize, &(String, Profile))| Seat {
        name: name.clone(),
        strategy: given(at).cloned(),
        reservation: profile.reservation.to_f64(),
        discount: Some(ground.discounts[at]).filter(|factor| *factor < 1.0),
    };
    let outcomes: BigUint = domain.issues.iter().map(|issue| BigUint::from(issue.values.len())).product();
    OffersAnswer {
        format: FORMAT,
        status: Status::Undecided,
        stopped: None,
        frontier_stopped: None,
        protocol: question.protocol,
        rounds: question.rounds,
        seed: question.seed,
        parties: profiles.iter().enumerate().map(seat).collect(),
        first: None,
        issues: domain.issues.iter().map(|issue| issue.name.clone()).collect(),
        outcomes: Count::of(&outcomes),
        search: None,
        ending: None,
        agreement: None,
        payoffs: Vec::new(),
        nash: Vec::new(),
        models: Vec::new(),
        turns: Vec::new(),
        start: None,
        drafts: Vec::new(),
    }
}

/// What is needed to play and to tell of it.
struct Table<'t> {
    domain: &'t Domain,
    ground: &'t Ground,
    question: &'t OffersQuestion,
    first: usize,
}

impl Table<'_> {
    fn play(&self, strategies: &[Strategy], answer: &mut OffersAnswer, budget: &Budget) -> Result<(), StopReason> {
        let space = self.ground.space(budget)?;
        answer.search = Some(search(&space));
        let agreed = match self.question.protocol {
            Protocol::Alternating => self.alternate(&space, strategies, answer, budget)?,
            Protocol::HillClimbing => self.mediate(&space, Mediation::HillClimbing, answer, budget)?,
            Protocol::Vote => self.mediate(&space, Mediation::Vote, answer, budget)?,
        };
        let yardstick = self.ground.yardstick(budget);
        if let Ok((_, frontier)) = &yardstick {
            let points = chosen(Solution::Nash, &self.ground.negotiation.stakes(), frontier);
            let point = |at: &usize| frontier.points().nth(*at).map(|point| &point.worths);
            let near = |worths: &Vec<Exact>| worths.iter().map(Exact::to_f64).collect();
            answer.nash = points.iter().filter_map(point).map(near).collect();
        }
        if let Some(package) = agreed {
            let place = yardstick.as_ref().ok().map(|(yardstick, _)| yardstick.place(&space, package));
            let exact = worths(&self.ground.negotiation, &space, package);
            answer.agreement = Some(Agreement {
                package: self.offered(&space, package),
                exact: exact.iter().map(Exact::to_string).collect(),
                place: place.map(|place| PlaceView {
                    efficient: place.efficient,
                    frontier_distance: place.frontier_distance,
                    nash_distance: place.nash_distance,
                }),
            });
        }
        answer.frontier_stopped = yardstick.err();
        Ok(())
    }

    fn offered(&self, space: &Space, package: PackageCode) -> Offered {
        let worths = (0..space.parties()).map(|party| space.worth(party, package)).collect();
        Offered { values: named(self.domain, &space.package(package)), worths }
    }

    fn name(&self, party: usize) -> String {
        self.ground.negotiation.parties()[party].name.clone()
    }

    fn alternate(
        &self,
        space: &Space,
        strategies: &[Strategy],
        answer: &mut OffersAnswer,
        budget: &Budget,
    ) -> Result<Option<PackageCode>, StopReason> {
        let OffersQuestion { rounds, seed, .. } = *self.question;
        let talks = Talks { space, strategies, rounds, first: self.first, seed };
        let course = alternate(&talks, Record::Turns, budget)?;
        answer.payoffs = payoffs(space, &self.ground.discounts, course.ending, course.time);
        answer.turns = course.turns.iter().map(|turn| self.turn(space, turn)).collect();
        answer.models = self.models(space, &course);
        let (kind, by) = match course.ending {
            Ending::Agreement { by, .. } => (EndingKind::Agreement, Some(self.name(by))),
            Ending::Ended { by } => (EndingKind::Ended, Some(self.name(by))),
            Ending::Deadline => (EndingKind::Deadline, None),
        };
        answer.ending = Some(EndingView {
            kind,
            by,
            round: course.round + 1,
            time: course.time,
            offers: course.offers,
            adopted: None,
        });
        Ok(match course.ending {
            Ending::Agreement { package, .. } => Some(package),
            Ending::Ended { .. } | Ending::Deadline => None,
        })
    }

    fn turn(&self, space: &Space, turn: &Turn) -> TurnView {
        let (act, offer) = match turn.act {
            Act::Offer(package) => (ActKind::Offer, Some(self.offered(space, package))),
            Act::Accept => (ActKind::Accept, None),
            Act::End => (ActKind::End, None),
        };
        TurnView { round: turn.round + 1, party: self.name(turn.party), act, offer }
    }

    fn models(&self, space: &Space, course: &Course) -> Vec<ModelView> {
        let mut found = Vec::new();
        for (party, models) in course.models.iter().enumerate() {
            let known = models.iter().enumerate().filter_map(|(about, model)| Some((about, model.as_ref()?)));
            found.extend(known.map(|(about, model)| ModelView {
                party: self.name(party),
                about: self.name(about),
                rank_correlation: rank_correlation(space, about, model),
            }));
        }
        found
    }

    fn mediate(
        &self,
        space: &Space,
        mediation: Mediation,
        answer: &mut OffersAnswer,
        budget: &Budget,
    ) -> Result<Option<PackageCode>, StopReason> {
        let OffersQuestion { rounds, seed, .. } = *self.question;
        let mediated = Mediated { space, mediation, start: None, rounds, seed };
        let drafting = mediate(&mediated, Record::Turns, budget)?;
        let agreed = drafting.text.filter(|_| drafting.signed);
        let time = if rounds == 0 { 1.0 } else { f64::from(drafting.rounds) / f64::from(rounds) };
        let ending = agreed.map_or(Ending::Deadline, |package| Ending::Agreement { package, by: 0 });
        answer.payoffs = payoffs(space, &self.ground.discounts, ending, time);
        answer.ending = Some(drafted(&drafting, time));
        answer.start = drafting.start.map(|package| self.offered(space, package));
        answer.drafts = drafting
            .drafts
            .iter()
            .map(|draft| DraftView {
                round: draft.round + 1,
                draft: self.offered(space, draft.package),
                voices: draft.voices.iter().map(|voice| voice_kind(*voice)).collect(),
                adopted: draft.is_adopted(),
            })
            .collect();
        Ok(agreed)
    }
}

fn drafted(drafting: &Drafting, time: f64) -> EndingView {
    let kind = match (drafting.settled, drafting.signed) {
        (true, true) => EndingKind::SettledSigned,
        (true, false) => EndingKind::SettledUnsigned,
        (false, true) => EndingKind::DeadlineSigned,
        (false, false) => EndingKind::DeadlineUnsigned,
    };
    EndingView {
        kind,
        by: None,
        round: drafting.rounds,
        time,
        offers: u64::from(drafting.rounds),
        adopted: Some(drafting.adopted),
    }
}

fn voice_kind(voice: Voice) -> VoiceKind {
    match voice {
        Voice::Against => VoiceKind::Against,
        Voice::Indifferent => VoiceKind::Indifferent,
        Voice::For => VoiceKind::For,
    }
}
