//! What is concluded from moves that were seen.

use detente_analysis::play::answer::{Fact, UpdateAnswer, UpdateView};
use detente_analysis::play::{Seen, update};
use detente_analysis::{AskError, Options};
use detente_base::{Budget, Exact};

const BLUFF: &str = include_str!("../../../scenarios/bluff/scenario.yaml");

fn exact(text: &str) -> Exact {
    text.parse().expect("a number")
}

fn seen(moves: &[(&str, &str)], fixed: &[(&str, &str)]) -> Result<UpdateAnswer, AskError> {
    let loaded = detente_scenario::load("bluff.yaml", BLUFF.as_bytes());
    let situation = loaded.situation.expect("a scenario");
    let fact = |(what, value): &(&str, &str)| Fact { what: (*what).to_owned(), value: (*value).to_owned() };
    let seen = Seen { game: None, moves: moves.iter().map(fact).collect() };
    let fixed = fixed.iter().map(|(name, value)| ((*name).to_owned(), exact(value))).collect();
    update(&loaded.source, &situation, (&Options { fixed, ..Options::default() }, &seen), &Budget::default())
}

fn only(moves: &[(&str, &str)], fixed: &[(&str, &str)]) -> UpdateView {
    seen(moves, fixed).expect("an answer").games.remove(0).equilibria.remove(0)
}

/// How likely the challenger is resolved, after what was seen.
fn resolved(view: &UpdateView) -> Exact {
    let (party, types) = &view.types[0];
    assert_eq!((party.as_str(), types[0].own_type.as_str()), ("challenger", "resolved"));
    let sum: Exact = types.iter().map(|one| one.after.clone()).sum();
    assert_eq!(sum, Exact::ONE);
    types[0].after.clone()
}

/// Bayes' rule by hand: resolved with 0.3, who always threatens; irresolute with 0.7, who
/// threatens with 2/7.
#[test]
fn a_threat_says_something_about_who_makes_it() {
    let nothing = only(&[], &[]);
    assert_eq!((resolved(&nothing), nothing.chance.clone()), (exact("0.3"), Exact::ONE));
    let threat = only(&[("threat", "yes")], &[]);
    assert_eq!((resolved(&threat), threat.chance.clone(), threat.mistakes), (exact("0.6"), exact("0.5"), 0));
    let war: Exact =
        threat.outcomes.iter().filter(|end| end.values[1].value == "yes").map(|end| end.chance.clone()).sum();
    assert_eq!(war, exact("0.4"), "2/3 resists, and 3/5 of those who threaten fight");
    let defied = only(&[("threat", "yes"), ("good", "kept")], &[]);
    assert_eq!((resolved(&defied), defied.chance.clone()), (exact("0.6"), exact("1/3")), "the answer says nothing");
    let backed = only(&[("threat", "yes"), ("war", "no")], &[]);
    assert_eq!(resolved(&backed), Exact::ZERO);
    let quiet = only(&[("threat", "no")], &[]);
    assert_eq!(resolved(&quiet), Exact::ZERO);
}

/// Where a threat is always believed, nobody resists; who sees it learns from mistakes.
#[test]
fn what_never_happens_is_read_by_the_likeliest_mistakes() {
    let defied = only(&[("threat", "yes"), ("good", "kept")], &[("resolve", "0.65")]);
    assert!(defied.chance.is_zero() && defied.mistakes == 1);
    assert_eq!(resolved(&defied), exact("0.65"));
}

#[test]
fn what_cannot_be_seen_is_told() {
    let fault = |moves: &[(&str, &str)]| seen(moves, &[]).expect_err("a fault");
    assert_eq!(fault(&[("thread", "yes")]).help.as_deref(), Some("did you mean `threat`?"));
    assert!(fault(&[("threat", "yess")]).message.contains("never becomes"));
    assert!(fault(&[("good", "given"), ("threat", "yes")]).message.contains("one after the other"));
    assert!(fault(&[("good", "given"), ("war", "yes")]).message.contains("one after the other"));
}
