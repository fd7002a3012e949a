//! Games of scenarios: the numbers of the literature, and the laws that answers keep.

use detente_analysis::play::answer::{EquilibriumView, GameAnswer, PlayAnswer, SetView};
use detente_analysis::play::{Along, PlayOptions, play};
use detente_analysis::{AskError, Options};
use detente_base::{Budget, Exact, StopReason};

fn exact(text: &str) -> Exact {
    text.parse().expect("a number")
}

fn asked(text: &str, fixed: &[(&str, &str)], more: &PlayOptions) -> Result<PlayAnswer, AskError> {
    let loaded = detente_scenario::load("x.yaml", text.as_bytes());
    let situation = loaded.situation.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let fixed = fixed.iter().map(|(name, value)| ((*name).to_owned(), exact(value))).collect();
    play(&loaded.source, &situation, (&Options { fixed, ..Options::default() }, more), &Budget::default())
}

fn game(text: &str, fixed: &[(&str, &str)]) -> GameAnswer {
    asked(text, fixed, &PlayOptions::default()).expect("an answer").games.remove(0)
}

fn only(game: &GameAnswer) -> &EquilibriumView {
    assert_eq!(game.equilibria.len(), 1);
    assert!(game.equilibria[0].max_regret.is_zero());
    &game.equilibria[0]
}

/// The set of a party and type at which something is chosen.
fn set<'e>(found: &'e EquilibriumView, party: &str, own_type: Option<&str>, what: &str) -> &'e SetView {
    let is = |set: &&SetView| set.party == party && set.own_type.as_deref() == own_type && set.what == what;
    found.sets.iter().find(is).expect("a set")
}

fn chance(set: &SetView, value: &str) -> Exact {
    set.actions.iter().find(|action| action.value == value).expect("an action").chance.clone()
}

fn ends(found: &EquilibriumView, values: &str) -> Exact {
    let is = |outcome: &&detente_analysis::play::answer::OutcomeChance| {
        outcome.values.iter().map(|fact| fact.value.as_str()).collect::<Vec<_>>().join(" ") == values
    };
    found.outcomes.iter().find(is).map_or(Exact::ZERO, |outcome| outcome.chance.clone())
}

const BLUFF: &str = include_str!("../../../scenarios/bluff/scenario.yaml");

/// The two-type bluff in closed form: with μ* = (v+b)/(c+b) = 0.6 the irresolute type threatens
/// with q(1−μ*)/((1−q)μ*), and the target resists with v/(v+a) = 2/3.
#[test]
fn the_bluff_is_played_as_in_closed_form() {
    for (resolve, bluffs, war) in [("0.3", "2/7", "0.2"), ("0.1", "2/27", "1/15"), ("0.5", "2/3", "1/3")] {
        let game = game(BLUFF, &[("resolve", resolve)]);
        let found = only(&game);
        assert_eq!(chance(set(found, "challenger", Some("irresolute"), "threat"), "yes"), exact(bluffs));
        assert_eq!(chance(set(found, "challenger", Some("resolved"), "threat"), "yes"), Exact::ONE);
        let target = set(found, "target", None, "good");
        assert_eq!(chance(target, "kept"), exact("2/3"));
        assert_eq!(
            target.beliefs[0].types,
            [("resolved".to_owned(), exact("3/5")), ("irresolute".to_owned(), exact("2/5"))]
        );
        assert_eq!(ends(found, "kept yes yes"), exact(war));
        let [bluff] = &found.bluffs[..] else { panic!("one bluff: {:?}", found.bluffs) };
        assert_eq!(
            (bluff.own_type.as_str(), &bluff.chance, &bluff.if_known),
            ("irresolute", &exact(bluffs), &Exact::ZERO)
        );
        let chances: Exact = found.outcomes.iter().map(|outcome| outcome.chance.clone()).sum();
        assert_eq!(chances, Exact::ONE);
    }
    let sure = game(BLUFF, &[("resolve", "0.65")]);
    assert_eq!(ends(only(&sure), "given no yes"), Exact::ONE, "a threat that is believed is met with consent");
}

#[test]
fn the_threshold_of_belief_is_exact() {
    let along = Along { parameter: "resolve".to_owned(), range: None };
    let more = PlayOptions { along: Some(along), ..PlayOptions::default() };
    let game = asked(BLUFF, &[], &more).expect("an answer").games.remove(0);
    let along = game.along.expect("it was asked");
    let [threshold] = &along.thresholds[..] else { panic!("one threshold: {:?}", along.thresholds) };
    assert_eq!(threshold.exact, Some(exact("0.6")));
    assert!(threshold.ends.iter().any(|act| act.party == "target" && act.value == "kept"));
    assert!(along.points.len() > 20 && along.points.iter().all(|point| point.payoffs.len() == 2));
}

/// Rounds, discounts, secret moves, moves at once: games whose answers are known.
#[test]
fn steps_mean_what_they_say() {
    let head = "detente: 1
title: Pennies
parties: {even: Even, odd: Odd}
issues: {pot: {values: [none, even, odd], set_by: nature, moves: fixed}}
status_quo: {pot: none}
preferences: {even: {worth: [{add: 0}]}, odd: {worth: [{add: 0}]}}
protocols:
  game:
    kind: moves
    steps:
";
    let pennies = "      - together: [{move: even, choose: a, from: [h, t]}, {move: odd, choose: b, from: [h, t]}]
      - {if: (a == h & b == h) | (a == t & b == t), pay: {even: 1, odd: -1}}
      - {if: (a == h & b == t) | (a == t & b == h), pay: {even: -1, odd: 1}}
";
    let secret = pennies
        .replace(
            "together: [{move: even, choose: a, from: [h, t]}, {",
            "{move: even, choose: a, from: [h, t], sees: nobody}\n      - {",
        )
        .replace("]}]", "]}");
    for text in [pennies, secret.as_str()] {
        let game = game(&format!("{head}{text}"), &[]);
        let found = only(&game);
        assert_eq!(chance(set(found, "odd", None, "b"), "h"), exact("1/2"));
        assert!(found.payoffs.iter().all(|payoff| payoff.expected.is_zero()));
    }
    let open = secret.replace(", sees: nobody", "");
    let seen = game(&format!("{head}{open}"), &[]);
    assert!(seen.equilibria.iter().all(|found| found.payoffs[1].expected == Exact::ONE), "who sees wins");
    // A centipede of three rounds ends at once; what is discounted counts less.
    let centipede = "      - repeat: 3
        steps:
          - {move: even, choose: stop, from: [no, yes]}
          - {if: stop, pay: {even: 2}}
          - {if: stop, end: yes}
          - {discount: 0.5}
";
    let game = game(&format!("{head}{centipede}"), &[]);
    assert_eq!(only(&game).payoffs[0].expected, exact("2"));
}

#[test]
fn what_cannot_be_played_is_told() {
    let none = asked(BLUFF.split("protocols:").next().expect("a part"), &[], &PlayOptions::default());
    assert!(none.expect_err("no game").message.contains("no game"));
    let bad = asked(BLUFF, &[("resolve", "2")], &PlayOptions::default());
    assert!(bad.expect_err("no chance").message.contains("chance"));
    let more = PlayOptions { game: Some("crysis".to_owned()), ..PlayOptions::default() };
    let wrong = asked(BLUFF, &[], &more).expect_err("no such game");
    assert_eq!(wrong.help.as_deref(), Some("did you mean `crisis`?"));
    let long = BLUFF.replace(
        "      - {move: challenger, choose: threat",
        "      - {repeat: 1000, steps: [{move: challenger, choose: x, from: [a, b, c]}, {move: target, choose: y, from: [a, b]}]}\n      - {move: challenger, choose: threat",
    );
    let stopped = game(&long, &[]).stopped;
    assert!(matches!(stopped, Some(StopReason::GameTooLarge { .. } | StopReason::TooManyCases { .. })), "{stopped:?}");
}
