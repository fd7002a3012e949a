//! The ultimatum over Aleppo: a threat smaller than the stake is none, and a lever works as far
//! as it would be used.

use detente_analysis::Options;
use detente_analysis::play::{PlayOptions, play};
use detente_base::{Budget, Exact};

const ULTIMATUM: &str = include_str!("../../../scenarios/aleppo-2016-ultimatum/scenario.yaml");

/// In every equilibrium found: the chance that the assault stops.
fn stops(fixed: &[(&str, &str)]) -> Vec<Exact> {
    let loaded = detente_scenario::load("ultimatum.yaml", ULTIMATUM.as_bytes());
    let situation = loaded.situation.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let number = |text: &str| text.parse().expect("a number");
    let fixed = fixed.iter().map(|(name, value)| ((*name).to_owned(), number(value))).collect();
    let options = Options { fixed, ..Options::default() };
    let answer = play(&loaded.source, &situation, (&options, &PlayOptions::default()), &Budget::default());
    let game = answer.expect("an answer").games.remove(0);
    let chance = |found: &detente_analysis::play::answer::EquilibriumView| {
        let stopped = found.outcomes.iter().filter(|end| end.values.iter().any(|fact| fact.value == "stops"));
        stopped.map(|end| end.chance.clone()).sum()
    };
    assert!(!game.equilibria.is_empty());
    game.equilibria.iter().map(chance).collect()
}

#[test]
fn suspending_the_talks_stops_nobody_without_another_lever() {
    for thin in ["0.1", "0.5", "0.9"] {
        for shame in ["0.5", "3"] {
            assert!(stops(&[("thin", thin), ("shame", shame)]).iter().all(Exact::is_zero), "{thin} {shame}");
        }
    }
}

#[test]
fn a_lever_stops_the_assault_if_it_outweighs_the_prize_and_would_be_used() {
    let all = |fixed: &[(&str, &str)], chance: &Exact| {
        let found = stops(fixed);
        assert!(found.iter().all(|own| own == chance), "{fixed:?}: {found:?}");
    };
    all(&[("lever", "8")], &Exact::ONE);
    all(&[("lever", "4")], &Exact::ZERO);
    all(&[("lever", "8"), ("lever_risk", "3"), ("shame", "1")], &Exact::ZERO);
}
