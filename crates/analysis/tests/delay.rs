//! Bargaining over time, asked of scenarios.

use detente_analysis::delay::answer::{Choice, DelayAnswer, Finding, Form, Measure, ProtocolAnswer, Verdict};
use detente_analysis::{AskError, Options, delay};
use detente_base::{Budget, Exact, Pcg, StopReason};
use detente_scenario::load;

fn asked(text: &str, fixed: &[(&str, Exact)], only: Option<&str>) -> Result<DelayAnswer, AskError> {
    let loaded = load("x.yaml", text.as_bytes());
    let situation = loaded.situation.unwrap_or_else(|| panic!("{:#?}\n{text}", loaded.diagnostics));
    let fixed = fixed.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    delay(&loaded.source, &situation, &Options { fixed, ..Options::default() }, only, &Budget::default())
}

fn file(protocols: &str) -> String {
    format!("detente: 1\ntitle: t\nparties: {{ann: Ann, ben: Ben, cid: Cid}}\n{protocols}\n")
}

fn one(protocol: &str) -> ProtocolAnswer {
    let answer = asked(&file(&format!("protocols: {{talks: {protocol}}}")), &[], None).expect("a protocol");
    answer.protocols.into_iter().next().expect("a protocol")
}

fn value(answer: &ProtocolAnswer, measure: Measure, party: Option<&str>) -> Option<f64> {
    let found = answer.results.iter().find(|r| r.result == measure && r.party.as_deref() == party);
    found.unwrap_or_else(|| panic!("no {measure:?} of {party:?} in {answer:#?}")).value
}

fn exact(answer: &ProtocolAnswer, measure: Measure, party: &str) -> String {
    let found = answer.results.iter().find(|r| r.result == measure && r.party.as_deref() == Some(party));
    found.and_then(|result| result.exact.clone()).expect("an exact result")
}

#[track_caller]
fn near(found: Option<f64>, expected: f64) {
    let found = found.expect("a bounded result");
    assert!((found - expected).abs() < 1e-9 * expected.abs().max(1.0), "{found} is not {expected}");
}

/// Each kind reaches its model with the numbers in their places.
#[test]
fn every_kind_gives_the_published_numbers() {
    let talks = one("{kind: alternating-offers, between: [ben, ann], patience: {ann: 0.9, ben: 0.95}}");
    assert_eq!((talks.first.as_deref(), talks.last.as_deref(), talks.form), (Some("ben"), None, Form::Endless));
    assert_eq!(exact(&talks, Measure::Share, "ben"), "20/29");
    assert_eq!(exact(&talks, Measure::ShareIfOtherFirst, "ann"), "10/29");
    let exit = one("{kind: alternating-offers, between: [ann, ben], patience: 0.9, outside: {ben: 0.6}}");
    assert_eq!(exact(&exit, Measure::Share, "ann"), "0.4");
    assert!(matches!(&exit.findings[..], [Finding::OptionBinds { party, .. }] if party == "ben"));
    let risk = "{kind: alternating-offers, between: [ann, ben], patience: 1, breakdown: 0.1, breakdown_payoffs: {ann: 0.2, ben: 0.1}}";
    assert_eq!(exact(&one(risk), Measure::Share, "ann"), "54/95");
    let fast =
        one("{kind: alternating-offers, between: [ann, ben], rates: {ann: 0.05, ben: 0.05}, hazards: {ben: 0.05}}");
    assert_eq!(exact(&fast, Measure::Share, "ann"), "2/3");
    let all = one("{kind: unanimity, between: [ann, ben, cid], patience: 0.9}");
    assert_eq!(exact(&all, Measure::Keeps, "cid"), "5/14");
    let turn = one("{kind: unanimity, between: [ann, ben, cid], patience: 0.9, next: rotation}");
    assert_eq!((turn.form, exact(&turn, Measure::Share, "ann")), (Form::Rotation, "100/271".into()));
    let drawn = one("{kind: random-proposer, between: [ann, ben, cid], patience: 0.9, votes: 2}");
    assert_eq!((drawn.form, exact(&drawn, Measure::Keeps, "ben")), (Form::Majority, "0.7".into()));
    let falling = one("{kind: coase, proposer: ann, informed: ben, patience: 0.75, highest: 3}");
    near(value(&falling, Measure::FirstPrice, None), 1.0);
    near(value(&falling, Measure::Profit, Some("ann")), 0.5);
    let two = one("{kind: screening, proposer: ann, informed: ben, patience: 0.9, high: 2, low: 1, chance: 0.6}");
    assert_eq!((two.verdicts[0].choice, two.verdicts[0].verdict), (Choice::FirstOffer, Verdict::Mix));
    near(value(&two, Measure::Profit, Some("ann")), 1.12);
    let prices = one("{kind: double-auction, seller: ann, buyer: ben, low: 2, high: 3}");
    near(value(&prices, Measure::Gains, None), 9.0 / 64.0);
    let wait = one("{kind: attrition, between: [ann, ben], prize: {ann: 1, ben: 2}, cost: 0.1}");
    near(value(&wait, Measure::MeanTime, None), 20.0 / 3.0);
    near(value(&wait, Measure::Hazard, Some("ann")), 0.05);
    let firm =
        one("{kind: reputation, between: [ann, ben], rates: 0.1, demands: 0.7, obstinate: {ann: 0.05, ben: 0.2}}");
    near(value(&firm, Measure::GivesInAtOnce, Some("ann")), 0.75);
    near(value(&firm, Measure::Payoff, Some("ben")), 0.6);
    let public = one("{kind: audience-costs, between: [ann, ben], costs: {ann: 0.1, ben: 0.2}}");
    near(value(&public, Measure::LastDate, None), 3.660_254_037_844_386_4);
    let threat =
        one("{kind: decaying-will, coercer: ann, target: ben, will: 10, decay: 0.1, cost: 6, backing_down: 1}");
    near(value(&threat, Measure::CredibleUntil, None), 10.0 * 2.0_f64.ln());
    assert_eq!((threat.form, threat.verdicts.len()), (Form::Threat, 0));
}

/// A finite horizon always says who moves last, and what the other one would make of it.
#[test]
fn deadlines_say_who_moves_last() {
    for rounds in 1..=6 {
        let talks = one(&format!("{{kind: alternating-offers, between: [ann, ben], patience: 0.9, rounds: {rounds}}}"));
        let last = if rounds % 2 == 1 { "ann" } else { "ben" };
        assert_eq!((talks.first.as_deref(), talks.last.as_deref()), (Some("ann"), Some(last)));
        let expected = ["1", "0.1", "0.91", "0.181", "0.8371", "0.24661"][rounds - 1];
        assert_eq!(exact(&talks, Measure::Share, "ann"), expected);
        assert_eq!(exact(&talks, Measure::ShareIfOtherLast, "ben"), expected);
        assert_eq!(exact(&talks, Measure::ShareWithoutDeadline, "ann"), "10/19");
    }
    let offers = one("{kind: screening, proposer: ann, informed: ben, patience: 0.9, high: 2, low: 1, chance: 0.6}");
    assert_eq!(offers.last.as_deref(), Some("ann"));
}

#[test]
fn very_long_fractions_are_left_out() {
    let long = one(
        "{kind: alternating-offers, between: [ann, ben], patience: {ann: 0.123456789, ben: 0.987654321}, rounds: 900}",
    );
    let share = &long.results[0];
    assert_eq!((share.result, &share.exact), (Measure::Share, &None));
    near(share.value, value(&long, Measure::ShareWithoutDeadline, Some("ann")).expect("a share"));
}

#[test]
fn options_that_are_too_good_end_the_talks() {
    let none = one("{kind: alternating-offers, between: [ann, ben], patience: 0.9, outside: 0.6}");
    assert_eq!(none.verdicts[0].verdict, Verdict::NoAgreement);
    assert!(none.findings.contains(&Finding::OptionsTooGood { sum: Exact::ratio(6, 5) }));
    let some =
        one("{kind: alternating-offers, between: [ann, ben], patience: 0.9, outside: {ann: 0.3..0.6, ben: 0.5}}");
    assert_eq!(
        (some.verdicts[0].verdict, some.verdicts[0].also.as_slice()),
        (Verdict::Agreed, &[Verdict::NoAgreement][..])
    );
}

/// Templates of protocols, with `#1`, `#2` … for uncertain numbers and their ranges in
/// hundredths.
const TEMPLATES: [(&str, &[(u32, u32)]); 14] = [
    (
        "{kind: alternating-offers, between: [ann, ben], patience: {ann: #1, ben: #2}, outside: {ann: #3}}",
        &[(5, 99), (5, 99), (0, 50)],
    ),
    (
        "{kind: alternating-offers, between: [ann, ben], patience: {ann: #1, ben: #2}, outside: {ben: #3}, breakdown: 0.1, breakdown_payoffs: {ann: #4}}",
        &[(5, 99), (5, 99), (0, 50), (0, 100)],
    ),
    (
        "{kind: alternating-offers, between: [ann, ben], patience: {ann: #1, ben: #2}, hazards: {ann: #3}, rounds: 5}",
        &[(5, 99), (5, 99), (0, 90)],
    ),
    (
        "{kind: alternating-offers, between: [ann, ben], patience: {ann: #1, ben: #2}, breakdown: #3, breakdown_payoffs: {ann: 0.4}}",
        &[(5, 99), (5, 99), (0, 100)],
    ),
    (
        "{kind: alternating-offers, between: [ann, ben], rates: {ann: #1, ben: #2}, breakdown: #3, outside: {ben: 0.4}, breakdown_payoffs: {ben: #4}}",
        &[(1, 99), (1, 99), (0, 200), (0, 100)],
    ),
    (
        "{kind: unanimity, between: [ann, ben, cid], patience: {ann: #1, ben: #2, cid: #3}}",
        &[(5, 98), (5, 98), (5, 98)],
    ),
    (
        "{kind: unanimity, between: [ann, ben, cid], patience: {ann: #1, ben: #2, cid: 0.8}, next: rotation}",
        &[(5, 98), (5, 98)],
    ),
    (
        "{kind: random-proposer, between: [ann, ben, cid], patience: {ann: #1, ben: #2, cid: 0.9}, weights: {ann: #3, ben: 1, cid: 2}}",
        &[(5, 98), (5, 98), (10, 300)],
    ),
    ("{kind: coase, proposer: ann, informed: ben, patience: #1, highest: #2}", &[(1, 99), (50, 500)]),
    ("{kind: double-auction, seller: ann, buyer: ben, low: #1, high: #2}", &[(0, 99), (100, 200)]),
    (
        "{kind: attrition, between: [ann, ben], prize: {ann: #1, ben: 2}, cost: {ann: #2, ben: #3}}",
        &[(10, 300), (1, 100), (1, 100)],
    ),
    (
        "{kind: reputation, between: [ann, ben], rates: {ann: #1, ben: 0.1}, demands: {ann: #2, ben: 0.7}, obstinate: {ann: #3, ben: 0.1}}",
        &[(1, 50), (40, 95), (2, 80)],
    ),
    ("{kind: audience-costs, between: [ann, ben], costs: {ann: #1, ben: #2}}", &[(5, 300), (5, 300)]),
    (
        "{kind: decaying-will, coercer: ann, target: ben, will: #1, decay: #2, cost: 6, backing_down: #3, deal: #4, strike: 12, strike_rate: 0.1, rate: 0.02, clause: 3}",
        &[(100, 2000), (1, 100), (0, 700), (0, 1200)],
    ),
];

/// Bounds that are said to be proven hold everywhere inside the ranges; the others hold at
/// what was looked at, and the central value is always within.
#[test]
fn proven_bounds_hold() {
    let mut proven = std::collections::BTreeSet::new();
    for (which, (template, ranges)) in TEMPLATES.iter().enumerate() {
        for seed in 0..12 {
            let rng = &mut Pcg::new(seed * 100 + which as u64);
            let mut text = (*template).to_owned();
            let mut drawn: Vec<(String, Exact, Exact)> = Vec::new();
            for (at, (low, high)) in ranges.iter().enumerate() {
                let mut ends = [0, 0].map(|_: u32| low + rng.below(high - low));
                ends.sort_unstable();
                let name = format!("p{}", at + 1);
                text = text.replace(&format!("#{}", at + 1), &name);
                let end = |hundredths: u32| Exact::ratio(i64::from(hundredths), 100);
                drawn.push((name, end(ends[0]), end(ends[1] + 1)));
            }
            let parameters: Vec<String> =
                drawn.iter().map(|(name, low, high)| format!("{name}: \"{low}..{high}\"")).collect();
            let text = file(&format!("parameters: {{{}}}\nprotocols: {{talks: {text}}}", parameters.join(", ")));
            let over = asked(&text, &[], None).expect("a protocol").protocols.remove(0);
            assert_eq!(over.coverage.uncertain, ranges.len());
            for _ in 0..8 {
                let inside: Vec<(&str, Exact)> = drawn
                    .iter()
                    .map(|(name, low, high)| {
                        let part = Exact::ratio(i64::from(rng.below(1_001)), 1_000);
                        (name.as_str(), low + &(&part * &(high - low)))
                    })
                    .collect();
                let at = asked(&text, &inside, None).expect("a protocol").protocols.remove(0);
                assert!(at.results.iter().all(|result| result.proven), "without ranges everything is");
                for bound in over.results.iter().filter(|result| result.proven) {
                    proven.insert((which, bound.result));
                    let Some(found) = at.results.iter().find(|r| (r.result, &r.party) == (bound.result, &bound.party))
                    else {
                        continue;
                    };
                    let (low, high) = (bound.low.unwrap_or(f64::INFINITY), bound.high.unwrap_or(f64::INFINITY));
                    let found = found.value.unwrap_or(f64::INFINITY);
                    assert!(found >= low - 1e-9 && found <= high + 1e-9, "{bound:?}: {found}\n{text}\n{inside:?}");
                }
            }
            for result in &over.results {
                let (low, high) = (result.low.unwrap_or(f64::INFINITY), result.high.unwrap_or(f64::INFINITY));
                let central = result.value.unwrap_or(f64::INFINITY);
                assert!(low <= central && central <= high, "{result:?}");
            }
        }
    }
    assert!(proven.len() >= 20, "{proven:?}");
}

/// A number that stands in two places, or is computed, has no proven bounds but those of its
/// ends and of draws.
#[test]
fn numbers_in_two_places_are_drawn() {
    let text = file(
        "parameters: {p: 0.5..0.9}\nprotocols: {talks: {kind: alternating-offers, between: [ann, ben], patience: p}}",
    );
    let talks = asked(&text, &[], None).expect("a protocol").protocols.remove(0);
    assert_eq!((talks.coverage.corners, talks.coverage.draws), (2, 1_000));
    assert!(talks.results.iter().all(|result| !result.proven));
    // The share 1/(1 + δ) falls all the same.
    assert_eq!(talks.results[0].low.map(|low| (low * 1e6).round()), Some(526_316.0));
    let text = text.replace("patience: p}", "patience: {ann: p, ben: 0.9}}");
    let talks = asked(&text, &[], None).expect("a protocol").protocols.remove(0);
    assert_eq!((talks.coverage.corners, talks.coverage.draws), (2, 0));
    let text = text.replace("ann: p,", "ann: p / 2,");
    let talks = asked(&text, &[], None).expect("a protocol").protocols.remove(0);
    assert_eq!((talks.coverage.corners, talks.coverage.draws), (2, 1_000));
}

#[test]
fn a_raised_stopper_ends_the_draws() {
    let text = file(
        "parameters: {p: 0.5..0.9}\nprotocols: {talks: {kind: alternating-offers, between: [ann, ben], patience: p}}",
    );
    let loaded = load("x.yaml", text.as_bytes());
    let budget = Budget::default();
    budget.stopper.stop();
    let answer = delay(&loaded.source, &loaded.situation.expect("a whole file"), &Options::default(), None, &budget);
    let answer = answer.expect("a protocol");
    assert_eq!(answer.stopped, Some(StopReason::Interrupted));
    let coverage = &answer.protocols[0].coverage;
    assert_eq!((coverage.corners, coverage.draws), (0, 0));
    assert!(answer.protocols[0].results.iter().all(|result| !result.proven));
}

#[test]
fn questions_that_cannot_be_asked() {
    let text =
        file("parameters: {p: 0.5}\nprotocols: {talks: {kind: alternating-offers, between: [ann, ben], patience: p}}");
    let fault = |text: &str, fixed: &[(&str, Exact)], only| asked(text, fixed, only).expect_err("a fault");
    assert_eq!(fault(&file(""), &[], None).message, "the file has no protocols");
    let unknown = fault(&text, &[], Some("talk"));
    assert_eq!(
        (unknown.message.as_str(), unknown.help.as_deref()),
        ("there is no protocol `talk`", Some("did you mean `talks`?"))
    );
    let outside = fault(&text, &[("p", Exact::from(2))], None);
    let expected = "`patience` of `ann` in the protocol `talks` is 2; expected a number above 0 and below 1";
    assert_eq!(outside.message, expected);
}

fn syria(fixed: &[(&str, Exact)], clause: &str) -> ProtocolAnswer {
    let text = include_str!("../../../scenarios/syria-2013-delay/scenario.yaml");
    let text = text.replace("clause: {value: 30,", &format!("clause: {{value: {clause},"));
    asked(&text, fixed, Some("stalling")).expect("a protocol").protocols.remove(0)
}

fn gives_in(answer: &ProtocolAnswer) -> Verdict {
    answer.verdicts.iter().find(|v| v.choice == Choice::GivesIn).expect("a choice").verdict
}

/// A slower decay of the American will brings a deal, a faster one is waited out.
#[test]
fn syria_stalls_if_the_will_decays_fast() {
    let decay = |thousandths: i64| syria(&[("decay", Exact::ratio(thousandths, 1_000))], "30");
    assert_eq!(gives_in(&decay(30)), Verdict::Now);
    assert_eq!(gives_in(&decay(120)), Verdict::Never);
    // It turns once, at the decay that the answer names.
    let turn = value(&syria(&[], "30"), Measure::NeededDecay, None).expect("a decay");
    for thousandths in 20..=150 {
        let expected = if thousandths as f64 / 1_000.0 <= turn { Verdict::Now } else { Verdict::Never };
        assert_eq!(gives_in(&decay(thousandths)), expected, "{thousandths}");
    }
    // Without fear of losing face the threat never goes far enough.
    assert_eq!(gives_in(&syria(&[("audience_cost", Exact::ONE)], "30")), Verdict::Never);
    // A government that would rather be struck does not give in at any decay.
    let defiant = syria(&[("arsenal_value", Exact::from(14)), ("decay", Exact::ZERO)], "30");
    assert_eq!(gives_in(&defiant), Verdict::Never);
}

/// The thirty days raise Syria's payoff, and so does half of them.
#[test]
fn a_delay_clause_is_worth_something_even_if_halved() {
    let worth = |answer: &ProtocolAnswer| value(answer, Measure::ClauseWorth, Some("syria")).expect("a worth");
    for thousandths in [20, 60, 73, 120, 150] {
        let decay = [("decay", Exact::ratio(thousandths, 1_000))];
        let whole = syria(&decay, "30");
        let half = value(&whole, Measure::HalfClauseWorth, Some("syria")).expect("a worth");
        assert!(worth(&whole) >= half && half > 0.01, "{thousandths}: {half}");
        assert!((worth(&syria(&decay, "15")) - half).abs() < 1e-9);
    }
    // With the whole clause the threat has gone when the weapons are due.
    let whole = syria(&[], "30");
    assert!(whole.findings.contains(&Finding::ClauseOutlasts));
    let after = |answer: &ProtocolAnswer| {
        answer.verdicts.iter().find(|v| v.choice == Choice::AfterClause).expect("a choice").verdict
    };
    assert_eq!(after(&whole), Verdict::Never);
    // A clause up to the longest harmless one is complied with, a longer one is not.
    let longest = value(&whole, Measure::LongestClause, Some("syria")).expect("a time");
    assert_eq!(after(&syria(&[], &format!("{:.4}", longest - 0.001))), Verdict::Now);
    assert_eq!(after(&syria(&[], &format!("{:.4}", longest + 0.001))), Verdict::Never);
}
