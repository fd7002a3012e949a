//! What parties have when talks that fail leave each to act alone: against the question
//! which outcomes hold.

use detente_analysis::profile::profiles;
use detente_analysis::ranks::{form_of, party_worths};
use detente_analysis::structure::Structure;
use detente_analysis::{DealsOptions, Options, deals, stable};
use detente_base::{Budget, Exact, Pcg, SourceText};
use detente_scenario::expr::eval::central_point;
use detente_scenario::load;
use detente_scenario::situation::{PartyId, Situation};

const ARSENALS: &str = "
detente: 1
title: Two arsenals
parties: {north: North, south: South}
issues:
  north_builds: {set_by: north}
  south_builds: {set_by: south}
  hotline: {set_by: [north, south]}
status_quo: {north_builds: no, south_builds: no, hotline: no}
preferences:
  north: {worth: [{add: 2, when: north_builds}, {add: -4, when: south_builds}, {add: 1, when: hotline}]}
  south: {worth: [{add: 2, when: south_builds}, {add: -4, when: north_builds}, {add: 1, when: hotline}]}
negotiation: {without_agreement: R}
";

fn read(text: &str) -> (SourceText, Situation) {
    let loaded = load("x.yaml", text.as_bytes());
    (loaded.source, loaded.situation.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics)))
}

fn without_draws() -> DealsOptions {
    DealsOptions { draws: 0, ..DealsOptions::default() }
}

fn ask(text: &str) -> detente_analysis::deals::DealsAnswer {
    let (source, situation) = read(text);
    deals(&source, &situation, (&Options::default(), &without_draws()), &Budget::default()).expect("a negotiation")
}

#[test]
fn an_arms_race_is_what_the_parties_have_without_an_agreement() {
    let profile = &ask(ARSENALS).profiles[0];
    let without = profile.without_agreement.as_ref().expect("a conflict");
    assert_eq!((without.concept.as_deref(), without.count, without.holds), (Some("R"), 1, true));
    let values: Vec<&str> = without.outcomes[0].iter().map(|setting| setting.value.as_str()).collect();
    assert_eq!(values, ["yes", "yes", "no"], "what takes consent stays as it is");
    assert!(profile.stakes.iter().all(|stake| stake.reservation == Exact::from(-2)));
    assert!(profile.stakes.iter().all(|stake| stake.reservation_up_to.is_none() && stake.line == Some(13)));
    assert_eq!(profile.zone_packages.to_string(), "1");
}

#[test]
fn several_outcomes_give_the_least_and_the_most() {
    // Who looks ahead sees that the other would build up too, so that peace holds as well.
    let profile = &ask(&ARSENALS.replace("agreement: R", "agreement: SEQ")).profiles[0];
    assert_eq!(profile.without_agreement.as_ref().expect("a conflict").count, 2);
    for stake in &profile.stakes {
        assert_eq!((&stake.reservation, stake.reservation_up_to.as_ref()), (&Exact::from(-2), Some(&Exact::ZERO)));
    }
    let worse =
        ARSENALS.replace("agreement: R", "agreement: SEQ").replace("add: 1, when: hotline", "add: -1, when: hotline");
    let profile = &ask(&worse).profiles[0];
    let peace: Vec<_> =
        profile.frontier.iter().filter(|point| point.worths.iter().all(|w| *w == Some(Exact::ZERO))).collect();
    assert!(peace[0].may_refuse.is_empty() && peace[0].short_of.is_empty());
}

#[test]
fn reservations_are_those_of_the_outcomes_that_hold() {
    let mut rng = Pcg::new(5);
    let mut several = 0;
    for round in 0..200 {
        let mut term = |when: &str| format!("{{when: \"{when}\", add: {}}}", i64::from(rng.below(9)) - 4);
        let wants: Vec<String> = ["a", "b", "c"]
            .map(|party| {
                let terms = ["x == q", "y & z", "y", "n > 1", "z | n == 0"].map(&mut term).join(", ");
                format!("  {party}: {{worth: [{terms}]}}\n")
            })
            .to_vec();
        let concept = ["R", "SEQ", "GMR", "SSEQ", "SMR"][round % 5];
        let text = format!(
            "detente: 1\ntitle: t\nparties: {{a: A, b: B, c: C}}\nissues:\n  x: {{values: [p, q], set_by: [a, b]}}\n  \
             y: {{set_by: a}}\n  z: {{set_by: c}}\n  n: {{range: 0..2, set_by: b}}\nstatus_quo: {{x: q, y: no, z: no, \
             n: 0}}\npreferences:\n{}",
            wants.concat()
        );
        let (source, fixed) = read(&format!("{text}constraints: [{{always: x == q}}]\n"));
        let options = Options { list_limit: 1000, concepts: vec![concept.into()], ..Options::default() };
        let held = stable(&source, &fixed, &options, &Budget::default()).expect("a conflict");
        let structure = Structure::new(&fixed, &Budget::default()).expect("few outcomes");
        let point = central_point(&fixed).expect("numbers");
        let profile = &profiles(&fixed, 1)[0];
        let states: Vec<usize> = held.equilibria[concept].iter().map(|number| *number as usize - 1).collect();
        let answer = ask(&format!("{text}negotiation: {{without_agreement: {concept}}}\n"));
        let without = answer.profiles[0].without_agreement.as_ref().expect("a conflict");
        assert_eq!((without.holds, without.count), (true, states.len() as u64));
        for (party, stake) in answer.profiles[0].stakes.iter().enumerate() {
            let form = form_of(&structure, profile, PartyId::from_index(party));
            let worths = party_worths(&structure, form, &point).expect("worths");
            let of = states.iter().map(|state| &worths[*state]);
            let (least, most) = (of.clone().min().expect("an outcome"), of.max().expect("an outcome"));
            assert_eq!(
                (&stake.reservation, stake.reservation_up_to.as_ref()),
                (least, (least != most).then_some(most))
            );
            several += usize::from(least != most);
        }
    }
    assert!(several > 20, "{several}");
}

#[test]
fn where_nothing_holds_everything_that_can_be_reached_may_happen() {
    // One wants to match, the other not to: every outcome has a move away from it.
    let text = "
detente: 1
title: Patrols
parties: {guard: Guard, thief: Thief}
issues: {east: {set_by: guard}, thief_east: {set_by: thief}, truce: {set_by: [guard, thief]}}
status_quo: {east: no, thief_east: no, truce: no}
preferences:
  guard: {worth: [{add: 3, when: east & thief_east | !east & !thief_east}]}
  thief: {worth: [{add: 3, when: east & !thief_east | !east & thief_east}, {add: 1, when: truce}]}
negotiation: {without_agreement: R}
";
    let profile = &ask(text).profiles[0];
    let without = profile.without_agreement.as_ref().expect("a conflict");
    assert_eq!((without.holds, without.count), (false, 4));
    for stake in &profile.stakes {
        assert_eq!((&stake.reservation, stake.reservation_up_to.as_ref()), (&Exact::ZERO, Some(&Exact::from(3))));
    }
}

#[test]
fn a_number_of_the_file_counts_more_than_the_conflict() {
    let text = ARSENALS.replace("agreement: R}", "agreement: own, reservations: {south: 1/2}}");
    let profile = &ask(&text).profiles[0];
    assert_eq!(profile.stakes[1].reservation, Exact::ratio(1, 2));
    assert_eq!(profile.stakes[1].reservation_up_to, None);
    assert_eq!(profile.without_agreement.as_ref().expect("a conflict").concept.as_deref(), Some("SEQ"));
}

#[test]
fn what_takes_consent_must_be_known() {
    let text = ARSENALS.replace("status_quo: {north_builds: no, south_builds: no, hotline: no}\n", "");
    let (source, situation) = read(&text);
    let error = deals(&source, &situation, (&Options::default(), &without_draws()), &Budget::default());
    let message = error.expect_err("nobody knows how the line stands").message;
    assert_eq!(message, "`hotline` takes consent, and the file does not say how it stands if talks fail");
}

#[test]
fn a_conflict_too_large_to_list_is_undecided() {
    let (source, situation) = read(ARSENALS);
    let budget = Budget { states: 4, ..Budget::default() };
    let answer = deals(&source, &situation, (&Options::default(), &without_draws()), &budget).expect("a negotiation");
    assert!(answer.profiles[0].stopped.is_some());
}

#[test]
fn who_is_not_at_the_table_acts_if_talks_fail() {
    let text = ARSENALS
        .replace("south: South}", "south: South, patron: Patron}")
        .replace("  hotline:", "  aid: {set_by: patron}\n  hotline:")
        .replace("hotline: no}", "hotline: no, aid: no}")
        .replace("{add: 1, when: hotline}]}\n  south", "{add: 1, when: hotline}, {add: -9, when: aid}]}\n  south")
        .replace(
            "negotiation: {",
            "  patron: {types: {kind: {chance: 0.5, worth: [{add: -1, when: aid}]}, harsh: {worth: [{add: gain, when: aid}]}}}\n\
             parameters: {gain: 1..2}\nnegotiation: {between: [north, south], over: [north_builds, south_builds, hotline], ",
        );
    let (source, situation) = read(&text);
    let options = DealsOptions { draws: 20, ..DealsOptions::default() };
    let answer =
        deals(&source, &situation, (&Options::default(), &options), &Budget::default()).expect("a negotiation");
    let reservations: Vec<&Exact> = answer.profiles.iter().map(|profile| &profile.stakes[0].reservation).collect();
    assert_eq!(reservations, [&Exact::from(-2), &Exact::from(-11)], "one answer for each type of the patron");
    assert!(answer.profiles[1].ranges.is_some(), "its number counts if talks fail");
}

#[test]
fn the_conflict_starts_where_consent_leaves_it() {
    // There is a treaty, which failing talks end; forces once mobilised stay so.
    let text = "
detente: 1
title: A treaty
parties: {north: North, south: South}
issues: {treaty: {set_by: [north, south]}, mobilised: {set_by: north, moves: forward}}
status_quo: {treaty: yes, mobilised: yes}
disagreement: {treaty: no, mobilised: yes}
preferences:
  north: {worth: [{add: 2, when: treaty}, {add: -1, when: mobilised}]}
  south: {worth: [{add: 1, when: treaty}]}
negotiation: {without_agreement: R}
";
    let profile = &ask(text).profiles[0];
    let without = profile.without_agreement.as_ref().expect("a conflict");
    let values: Vec<&str> = without.outcomes[0].iter().map(|setting| setting.value.as_str()).collect();
    assert_eq!((without.count, values), (1, vec!["no", "yes"]));
}
