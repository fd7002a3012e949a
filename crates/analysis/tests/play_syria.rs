//! The crisis of September 2013, played out: what the press said of it has to come out.

use detente_analysis::Options;
use detente_analysis::play::answer::{EquilibriumView, GameAnswer};
use detente_analysis::play::{PlayOptions, play};
use detente_base::{Budget, Exact};

const CRISIS: &str = include_str!("../../../scenarios/syria-2013-crisis/scenario.yaml");

fn exact(text: &str) -> Exact {
    text.parse().expect("a number")
}

fn game(fixed: &[(&str, &str)]) -> GameAnswer {
    let loaded = detente_scenario::load("crisis.yaml", CRISIS.as_bytes());
    let situation = loaded.situation.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let fixed = fixed.iter().map(|(name, value)| ((*name).to_owned(), exact(value))).collect();
    let options = Options { fixed, ..Options::default() };
    let answer = play(&loaded.source, &situation, (&options, &PlayOptions::default()), &Budget::default());
    let game = answer.expect("an answer").games.remove(0);
    assert!(!game.equilibria.is_empty() && game.equilibria.iter().all(|found| found.max_regret.is_zero()));
    game
}

/// The chance that some issue or choice ends up at a value.
fn chance(found: &EquilibriumView, what: &str, value: &str) -> Exact {
    let at = |outcome: &&detente_analysis::play::answer::OutcomeChance| {
        outcome.values.iter().any(|fact| fact.what == what && fact.value == value)
    };
    found.outcomes.iter().filter(at).map(|outcome| outcome.chance.clone()).sum()
}

fn deal(game: &GameAnswer) -> Exact {
    chance(&game.equilibria[0], "arsenal", "given_up")
}

fn payoff(game: &GameAnswer, party: &str) -> Exact {
    let own = game.equilibria[0].payoffs.iter().find(|payoff| payoff.party == party);
    own.expect("a player").expected.clone()
}

/// Nobody would strike: no threat, no deal, nothing happens.
#[test]
fn without_a_credible_strike_nothing_happens() {
    let game = game(&[("resolved", "0"), ("wavering", "0")]);
    let found = &game.equilibria[0];
    assert_eq!(chance(found, "posture", "quiet"), Exact::ONE);
    assert_eq!(chance(found, "arsenal", "kept"), Exact::ONE);
}

/// Who would rather be struck than disarm does not disarm, whatever the threat.
#[test]
fn who_prefers_strikes_to_disarming_gives_up_nothing() {
    for resolved in ["0.1", "0.6", "1"] {
        let game = game(&[("yields", "0"), ("stubborn", "0"), ("resolved", resolved), ("wavering", "0")]);
        assert!(deal(&game).is_zero(), "resolved {resolved}");
    }
}

/// Who would rather disarm does, once the strike is certain; and not before the last week.
#[test]
fn who_prefers_disarming_does_it_at_the_last_moment() {
    let sure = [("yields", "1"), ("stubborn", "0"), ("resolved", "1"), ("wavering", "0"), ("fade", "0")];
    let game = game(&[&sure[..], &[("consent", "0"), ("licence", "0")]].concat());
    assert_eq!(deal(&game), Exact::ONE);
    // Two weeks of respite at 0.2, then the arsenal at 4.
    assert_eq!(payoff(&game, "assad"), exact("-3.6"));
}

/// The slower the will fades, the more often the weapons go.
#[test]
fn a_will_that_lasts_makes_deals_surer() {
    let deals = ["0.1", "0.5", "0.9"].map(|fade| deal(&game(&[("fade", fade)])));
    assert!(deals[0] > deals[1] && deals[1] >= deals[2], "{deals:?}");
}

#[test]
fn the_crisis_is_large() {
    let game = game(&[]);
    assert!(game.size.nodes >= 10_000, "{} nodes", game.size.nodes);
    let named = |id: &str| {
        let own = game.equilibria[0].named.iter().find(|one| one.id == id);
        own.expect("a named outcome").chance.clone()
    };
    assert_eq!(named("deal"), deal(&game));
    let all: Exact = ["strike", "deal", "phoney_offer", "nothing_happens"].map(named).into_iter().sum();
    assert_eq!(all, Exact::ONE, "one of the four is how it ends");
    let bluffs = game.equilibria[0].bluffs.iter();
    let bluffs: Vec<_> = bluffs.filter(|bluff| bluff.party == "usa" && bluff.own_type == "reluctant").collect();
    assert!(bluffs.iter().any(|bluff| bluff.if_known.is_zero() && bluff.chance > exact("0.5")), "{bluffs:?}");
}

/// Less support at home makes the threat worth less.
#[test]
fn support_at_home_is_what_the_threat_is_worth() {
    let games = ["-3", "-1", "2"].map(|support| game(&[("support", support)]));
    for pair in games.windows(2) {
        assert!(deal(&pair[0]) <= deal(&pair[1]));
        assert!(payoff(&pair[0], "usa") < payoff(&pair[1], "usa"));
    }
    assert!(deal(&games[0]) < deal(&games[2]));
}

/// A threat that is dear to take back is believed more, and dearer to take back.
#[test]
fn audiences_make_threats_believed_and_dear() {
    let games = ["0", "2", "5"].map(|cost| game(&[("audience_cost", cost)]));
    let deals = games.each_ref().map(deal);
    assert!(deals[0] < deals[1] && deals[1] < deals[2], "{deals:?}");
    let backing_down = |game: &GameAnswer| {
        let outcomes = game.equilibria[0].outcomes.iter();
        let backs = |outcome: &&detente_analysis::play::answer::OutcomeChance| {
            outcome.values.iter().any(|fact| fact.what == "posture" && fact.value == "backs_down")
        };
        outcomes.filter(backs).map(|outcome| outcome.payoffs[0].clone()).max().expect("somebody backs down")
    };
    let costs = games.each_ref().map(backing_down);
    assert!(costs[0] > costs[1] && costs[1] > costs[2], "{costs:?}");
}
