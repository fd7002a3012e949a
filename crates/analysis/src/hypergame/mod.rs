//! Hypergames: each party judges in the situation that it believes in, and acts in the
//! true one.
//!
//! A *perceived game* is the true situation with what a party believes in place of what is
//! so: other preferences or another type of somebody else, other numbers, outcomes that it
//! takes for impossible. All have the same outcomes. An outcome *holds in the hypergame* if
//! no party would leave it, each judged in its own perceived game; some hold by mistake,
//! and some that hold in truth do not.
//!
//! A party takes the others to see what it sees itself, unless its beliefs say what it takes
//! them to believe. That is the *second level*: i's view is then a hypergame too, in which j
//! is in the game Gᵢⱼ that i takes it to believe to be in, and i in its own game Gᵢ. In i's
//! view j makes the moves that j has in Gᵢⱼ and likes what it likes there; i judges by them.
//! What i *expects* to hold are the outcomes that nobody would leave, i judged in its view
//! and each j in Gᵢⱼ. A party without beliefs is in the true situation.
//!
//! Sources: `[Bennett1977]`, `[WangHipelFraser1988]`. Differs: any mistake about numbers,
//! types and preferences, in the graph model with its five kinds of foresight; what happens
//! is played out in the true situation (`play`). Left out: what i takes j to take k to
//! believe.

mod believed;
mod play;

use std::collections::BTreeSet;

use detente_base::{Budget, SourceText, StopReason};
use detente_conflict::{Concept, DmId, FixedBitSet, Model, Solution, StateId, solve};
use detente_scenario::expr::eval::central_point;
use detente_scenario::situation::{Belief, PartyId, Situation};

use crate::ask::{AskError, FORMAT, MAX_PROFILES, Options, with_options};
use crate::close::{CONCEPTS, number};
use crate::overview::{brief, listing, outcome_views, status_quo_state};
use crate::profile::{Profile, profiles};
use crate::ranks::profile_ranks;
use crate::readings::nuance_views;
use crate::report::{
    Completion, EquilibriumSet, HypergameAnswer, HypergameConcept, HypergameProfile, OthersGame, PerceivedGame,
};
use crate::structure::Structure;
use believed::{belief_views, perceived};
use play::{Game, play};

/// A game as somebody sees it, solved.
#[derive(Debug)]
struct Perceived {
    /// The wishes and moves of each party as the holder sees them.
    model: Model,
    solution: Solution,
    /// What the holder takes others to see, if its beliefs say so.
    others: Option<Others>,
}

/// The second level of somebody's view.
#[derive(Debug)]
struct Others {
    holder: DmId,
    /// The holder's own game, with others who see what it sees.
    alike: Solution,
    /// The games of those who do not.
    games: Vec<(DmId, Solution)>,
}

impl Perceived {
    /// The outcomes that the holder expects nobody to leave.
    fn expected(&self, concept: Concept) -> FixedBitSet {
        let Some(others) = &self.others else { return self.solution.equilibria(concept) };
        let judged_in = |dm: DmId| match others.games.iter().find(|(other, _)| *other == dm) {
            Some((_, game)) => game,
            None if dm == others.holder => &self.solution,
            None => &others.alike,
        };
        let mut all = FixedBitSet::with_capacity(self.model.state_count());
        all.insert_range(..);
        for dm in self.model.decision_makers() {
            all.intersect_with(judged_in(dm).stable(concept, dm));
        }
        all
    }
}

/// What holds and what happens when parties judge by what they believe.
///
/// Cost: that of solving one situation for each party with beliefs, and for each that it
/// takes to have some, in each combination of types, and of the search for replies at each
/// outcome that play meets.
///
/// # Errors
/// When the options name something that the situation does not have.
pub fn hypergame(
    source: &SourceText,
    situation: &Situation,
    options: &Options,
    budget: &Budget,
) -> Result<HypergameAnswer, AskError> {
    let situation = &with_options(situation, options)?;
    let mut answer = HypergameAnswer {
        format: FORMAT,
        situation: brief(situation, None),
        set_aside: nuance_views(situation, source),
        completion: Completion::Complete,
        beliefs: belief_views(situation, source),
        profiles: Vec::new(),
        outcomes: Vec::new(),
    };
    let mut mentioned = BTreeSet::new();
    let Some(structure) = listing(situation, (&mut answer.situation, &mut answer.completion), budget) else {
        return Ok(answer);
    };
    for profile in profiles(situation, MAX_PROFILES) {
        match one_profile(&structure, &profile, options.list_limit, budget) {
            Ok((view, seen)) => {
                answer.profiles.push(view);
                mentioned.extend(seen);
            }
            Err(reason) => {
                answer.completion = Completion::Undecided { reason };
                break;
            }
        }
    }
    answer.outcomes = outcome_views(&structure, &mentioned);
    Ok(answer)
}

fn solved(structure: &Structure<'_>, profile: &Profile, budget: &Budget) -> Result<Perceived, StopReason> {
    let point = central_point(structure.situation).expect("checked amounts divide by no zero");
    let model = structure.model(profile_ranks(structure, profile, &point), budget)?;
    let solution = solve(&model, &Concept::ALL, budget)?;
    Ok(Perceived { model, solution, others: None })
}

/// The view of a party with beliefs.
fn view(truth: &Situation, profile: &Profile, belief: &Belief, budget: &Budget) -> Result<Perceived, StopReason> {
    let (believed, types) = perceived(truth, (truth, profile), belief);
    let own = solved(&Structure::new(&believed, budget)?, &types, budget)?;
    if belief.believes.is_empty() {
        return Ok(own);
    }
    let mut mixed = believed.clone();
    let mut ranks: Vec<Vec<u32>> = own.model.decision_makers().map(|dm| own.model.ranks(dm).to_vec()).collect();
    let mut games = Vec::new();
    for inner in &belief.believes {
        let (seen, types) = perceived(truth, (&believed, &types), inner);
        let game = solved(&Structure::new(&seen, budget)?, &types, budget)?;
        let (party, dm) = (inner.party.index(), DmId::from_index(inner.party.index()));
        ranks[party] = game.model.ranks(dm).to_vec();
        mixed.parties[party].unseen.clone_from(&seen.parties[party].unseen);
        games.push((dm, game.solution));
    }
    let model = Structure::new(&mixed, budget)?.model(ranks, budget)?;
    let solution = solve(&model, &Concept::ALL, budget)?;
    let others = Others { holder: DmId::from_index(belief.party.index()), alike: own.solution, games };
    Ok(Perceived { model, solution, others: Some(others) })
}

fn one_profile(
    structure: &Structure<'_>,
    profile: &Profile,
    limit: usize,
    budget: &Budget,
) -> Result<(HypergameProfile, BTreeSet<StateId>), StopReason> {
    let situation = structure.situation;
    let truth = solved(structure, profile, budget)?;
    // One entry for each party: `None` sees the truth.
    let mut own: Vec<Option<Perceived>> = Vec::new();
    for party in 0..situation.parties.len() {
        let belief = situation.beliefs.iter().find(|b| b.party == PartyId::from_index(party));
        own.push(match belief {
            None => None,
            Some(belief) => {
                let game = view(situation, profile, belief, budget)?;
                assert_eq!(
                    game.model.state_count(),
                    truth.model.state_count(),
                    "beliefs leave the outcomes as they are"
                );
                Some(game)
            }
        });
    }
    let views: Vec<&Perceived> = own.iter().map(|game| game.as_ref().unwrap_or(&truth)).collect();
    let from = status_quo_state(structure);
    let games = (0..views.len()).map(|party| perceived_game(situation, &own, &views, party, from, limit)).collect();
    let mut mentioned: BTreeSet<StateId> = from.into_iter().collect();
    let mut concepts = Vec::new();
    for concept in CONCEPTS {
        concepts.push(judged(&truth, &views, concept, limit, &mut mentioned));
    }
    let played = match from {
        None => None,
        Some(from) => Some(play(&Game::new(structure, &truth, &views), from, limit, &mut mentioned, budget)?),
    };
    let view = HypergameProfile { types: profile.named_types(situation), views: games, concepts, play: played };
    Ok((view, mentioned))
}

fn perceived_game(
    situation: &Situation,
    own: &[Option<Perceived>],
    views: &[&Perceived],
    party: usize,
    from: Option<StateId>,
    limit: usize,
) -> PerceivedGame {
    let game = views[party];
    let dm = DmId::from_index(party);
    let sets = |set: &dyn Fn(Concept) -> FixedBitSet| CONCEPTS.iter().map(|c| listed(*c, &set(*c), limit)).collect();
    let others = game.others.iter().flat_map(|others| &others.games).map(|(other, solution)| OthersGame {
        party: situation.parties[other.index()].id.clone(),
        equilibria: sets(&|concept| solution.equilibria(concept)),
    });
    let stays = |at: StateId| CONCEPTS.iter().filter(move |c| game.solution.is_stable(**c, dm, at));
    PerceivedGame {
        party: situation.parties[party].id.clone(),
        mistaken: own[party].is_some(),
        equilibria: sets(&|concept| game.expected(concept)),
        others: others.collect(),
        stable: CONCEPTS.iter().map(|c| game.solution.stable(*c, dm).count_ones(..) as u64).collect(),
        status_quo: from.map(|at| stays(at).map(|c| c.symbol().to_owned()).collect()),
    }
}

/// What holds under a concept when each party judges in its own view, beside the truth.
fn judged(
    truth: &Perceived,
    views: &[&Perceived],
    concept: Concept,
    limit: usize,
    mentioned: &mut BTreeSet<StateId>,
) -> HypergameConcept {
    let holds = holds_in_hypergame(views, concept);
    let in_truth = truth.solution.equilibria(concept);
    let only = |one: &FixedBitSet, other: &FixedBitSet| {
        let mut set = one.clone();
        set.difference_with(other);
        set
    };
    let (mistaken, destroyed) = (only(&holds, &in_truth), only(&in_truth, &holds));
    mentioned.extend([&mistaken, &destroyed].into_iter().flat_map(|s| s.ones().take(limit)).map(StateId::from_index));
    HypergameConcept {
        concept: concept.symbol().to_owned(),
        holds: listed(concept, &holds, limit),
        true_count: in_truth.count_ones(..) as u64,
        by_mistake: listed(concept, &mistaken, limit),
        destroyed: listed(concept, &destroyed, limit),
    }
}

fn holds_in_hypergame(views: &[&Perceived], concept: Concept) -> FixedBitSet {
    let mut all = views[0].solution.stable(concept, DmId(0)).clone();
    for (party, view) in views.iter().enumerate().skip(1) {
        all.intersect_with(view.solution.stable(concept, DmId::from_index(party)));
    }
    all
}

fn listed(concept: Concept, set: &FixedBitSet, limit: usize) -> EquilibriumSet {
    let count = set.count_ones(..);
    EquilibriumSet {
        concept: concept.symbol().to_owned(),
        count: count as u64,
        outcomes: set.ones().take(limit).map(|s| number(StateId::from_index(s))).collect(),
        truncated: count > limit,
    }
}
