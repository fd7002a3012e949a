//! Published games as scenarios, with the numbers that are printed for them.

use detente_analysis::Options;
use detente_analysis::play::answer::{EquilibriumView, GameAnswer};
use detente_analysis::play::{Along, PlayOptions, play};
use detente_base::{Budget, Exact};

const ULTIMATUM: &str = include_str!("../../../scenarios/fearon-1995/scenario.yaml");
const CONSENT: &str = include_str!("../../../scenarios/tucker-2013/scenario.yaml");

fn exact(text: &str) -> Exact {
    text.parse().expect("a number")
}

fn game(text: &str, fixed: &[(&str, &str)], along: Option<&str>) -> GameAnswer {
    let loaded = detente_scenario::load("game.yaml", text.as_bytes());
    let situation = loaded.situation.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let fixed = fixed.iter().map(|(name, value)| ((*name).to_owned(), exact(value))).collect();
    let along = along.map(|parameter| Along { parameter: parameter.to_owned(), range: None });
    let (options, more) = (Options { fixed, ..Options::default() }, PlayOptions { along, ..PlayOptions::default() });
    play(&loaded.source, &situation, (&options, &more), &Budget::default()).expect("an answer").games.remove(0)
}

fn chance(found: &EquilibriumView, what: &str, value: &str) -> Exact {
    let ends =
        found.outcomes.iter().filter(|end| end.values.iter().any(|fact| fact.what == what && fact.value == value));
    ends.map(|end| end.chance.clone()).sum()
}

/// Fearon 1995: the best demand is p + (c̄ − c)/2, war has chance (x − p)/c̄.
#[test]
fn fearons_ultimatum_is_as_in_closed_form() {
    let game = game(ULTIMATUM, &[], None);
    for found in &game.equilibria {
        assert_eq!(chance(found, "demand", "0.6"), Exact::ONE);
        assert_eq!(chance(found, "war", "yes"), exact("1/4"));
        assert_eq!(found.payoffs[0].expected, exact("0.525"));
    }
    assert_eq!(game.equilibria.len(), 1);
}

/// A cheaper war makes for a higher demand, and more war.
#[test]
fn who_fights_cheaply_demands_more() {
    let demands = ["0.3", "0.2", "0.1"].map(|cost| {
        let game = game(ULTIMATUM, &[("cost", cost)], None);
        chance(&game.equilibria[0], "war", "yes")
    });
    assert!(demands[0] < demands[1] && demands[1] < demands[2], "{demands:?}");
}

/// Tucker 2013: the weapons go if those agree whose consent the president needs.
#[test]
fn the_weapons_go_if_those_agree_who_must() {
    let handed = |congress: &str, council: &str, cost: &str| {
        let fixed = [("congress_agrees", congress), ("council_agrees", council), ("cost", cost)];
        chance(&game(CONSENT, &fixed, None).equilibria[0], "arsenal", "handed_over")
    };
    assert_eq!(handed("1", "1", "2.5"), Exact::ONE, "both are needed, and both agree");
    assert_eq!(handed("1", "0", "2.5"), Exact::ZERO, "both are needed, and Moscow vetoes");
    assert_eq!(handed("0", "1", "2.5"), Exact::ZERO, "both are needed, and Congress refuses");
    assert_eq!(handed("1", "0", "1"), Exact::ONE, "one is needed");
    assert_eq!(handed("0", "0", "1"), Exact::ZERO, "one is needed, and none agrees");
}

#[test]
fn the_threshold_of_consent_is_one_half() {
    let game = game(CONSENT, &[("congress_agrees", "1")], Some("council_agrees"));
    let along = game.along.expect("it was asked");
    // At 0 there is nothing to do for a president whom the Council allows a strike.
    let places: Vec<_> = along.thresholds.iter().map(|threshold| threshold.exact.clone()).collect();
    assert_eq!(places, [Some(exact("0")), Some(exact("1/2"))]);
}
