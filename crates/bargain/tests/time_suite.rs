//! Bargaining over time against the reference numbers, where they are at hand.

use std::path::PathBuf;

use detente_bargain::time::decay::greatest_hazard;
use detente_bargain::time::{
    AlternatingOffers, Attrition, AudienceCosts, Coase, ContinuousOffers, DoubleAuction, Next, Plan, RandomProposer,
    Reputation, Screening, Unanimity,
};
use detente_base::Exact;

/// Key of a number set and its text; empty where the suite is not at hand.
fn checks() -> Vec<(String, String)> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/suite");
    let root = std::env::var_os("DETENTE_SUITE").map_or(beside, PathBuf::from);
    let Ok(text) = std::fs::read_to_string(root.join("bargain/theory_checks.json")) else {
        eprintln!("skipped: the suite's numbers are not there");
        return Vec::new();
    };
    let values: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).expect("JSON");
    values.into_iter().map(|(key, value)| (key, value.as_str().expect("text").to_owned())).collect()
}

/// Numbers with a decimal point in a text, each with half a unit of its last digit.
fn numbers(text: &str) -> Vec<(f64, f64)> {
    let pieces = text.split(|c: char| !(c.is_ascii_digit() || "+-.e".contains(c)));
    let number = |piece: &str| {
        let value: f64 = piece.parse().ok().filter(|_| piece.contains(['.', 'e']))?;
        let digits = piece.split('e').next()?.split('.').nth(1).map_or(0, str::len);
        Some((value, 0.5_f64 * 10_f64.powi(-(digits as i32))))
    };
    pieces.filter_map(number).collect()
}

/// Also numbers that start with their point.
fn exact(text: &str) -> Exact {
    let text = if text.starts_with('.') { format!("0{text}") } else { text.to_owned() };
    text.parse().expect("a number")
}

fn pair(text: &str) -> [Exact; 2] {
    let mut parts = text.split(',').map(exact);
    [parts.next().expect("a number"), parts.next().expect("another")]
}

fn part<'t>(key: &'t str, from: &str, to: &str) -> &'t str {
    let rest = key.split_once(from).unwrap_or_else(|| panic!("{key} has no {from}")).1;
    if to.is_empty() { rest } else { rest.split_once(to).unwrap_or_else(|| panic!("{key} has no {to}")).0 }
}

/// What is computed for a key, in the order of the reference; `None` for other questions.
fn computed(key: &str) -> Option<Vec<f64>> {
    let zero = || [Exact::ZERO, Exact::ZERO];
    let keeps = |talks: AlternatingOffers| {
        talks.stationary().expect("sound").expect("an agreement").map(|offer| offer.keeps.to_f64())
    };
    if key.starts_with("rubinstein first mover") {
        let patience = [exact(part(key, "d1=", " ")), exact(part(key, "d2=", ""))];
        let talks = AlternatingOffers::with_patience(patience);
        let long = talks.with_deadline(201).expect("sound").expect("an agreement");
        return Some(vec![keeps(talks)[0], long.first.keeps.to_f64()]);
    }
    if key.starts_with("finite horizon") {
        let talks = AlternatingOffers::with_patience(pair("0.9,0.9"));
        let first = |n| talks.with_deadline(n).expect("sound").expect("an agreement").first.keeps.to_f64();
        return Some((1..=6).map(first).collect());
    }
    if key.starts_with("limit r1") {
        let talks =
            ContinuousOffers { rates: pair("0.05,0.1"), outside: zero(), breakdown: Exact::ZERO, payoffs: zero() };
        return Some(vec![talks.first_share().expect("sound").expect("an agreement").to_f64()]);
    }
    if key.starts_with("outside option") {
        let outside = [Exact::ZERO, exact(part(key, "w2=", ":"))];
        return Some(
            keeps(AlternatingOffers { outside, ..AlternatingOffers::with_patience(pair("0.9,0.9")) }).to_vec(),
        );
    }
    if key.starts_with("breakdown p=") || key.starts_with("closed m1") {
        let breakdown = exact(if key.contains("p=.001") { "0.001" } else { "0.1" });
        let payoffs = pair("0.2,0.1");
        let talks = AlternatingOffers { patience: pair("1,1"), outside: zero(), breakdown, payoffs };
        return Some(vec![keeps(talks)[0]]);
    }
    if key == "split-the-difference" {
        let talks =
            ContinuousOffers { rates: zero(), outside: zero(), breakdown: Exact::ONE, payoffs: pair("0.2,0.1") };
        return Some(vec![talks.first_share().expect("sound").expect("an agreement").to_f64()]);
    }
    if key.starts_with("n-person unanimity") {
        let n = part(key, "n=", " ").parse().expect("a count");
        let talks = Unanimity { patience: vec![exact("0.9"); n], next: Next::Rejector };
        return Some(vec![talks.stationary().expect("sound")[0][0].to_f64()]);
    }
    if key.starts_with("Baron-Ferejohn") {
        let n: usize = part(key, "n=", " ").parse().expect("a count");
        let patience = exact(part(key, "delta=", ""));
        if patience == Exact::ONE {
            return None;
        }
        let found = |votes| {
            let terms = RandomProposer { weights: vec![Exact::ONE; n], patience: vec![patience.clone(); n], votes };
            terms.stationary().expect("sound").remove(0)
        };
        let (most, all) = (found(n / 2 + 1), found(n));
        return Some([most.keeps, most.accepts, all.keeps].iter().map(Exact::to_f64).collect());
    }
    if key.starts_with("Coase") {
        let terms = Coase { patience: exact(part(key, "delta=", "")), highest: Exact::ONE };
        let found = terms.prices().expect("sound");
        let three = [found.first, found.ratio, found.profit];
        return Some(three.into_iter().chain([found.commitment]).chain(three).collect());
    }
    if key.starts_with("two-type") {
        let terms = Screening {
            patience: exact("0.9"),
            high: Exact::from(2),
            low: Exact::ONE,
            chance: exact(part(key, "q=", "")),
        };
        let plans = terms.plans().expect("sound");
        let of = |plan: Plan| plans.iter().find(|p| p.plan == plan);
        let always = [Plan::Pool, Plan::Screen].map(|plan| of(plan).expect("a plan").profit.to_f64());
        let mixed = of(Plan::Mix).map(|plan| [plan.profit.to_f64(), plan.accepts.to_f64()]);
        return Some(always.into_iter().chain(mixed.into_iter().flatten()).collect());
    }
    if key.starts_with("Abreu-Gul") {
        let three = |name: &str| pair(part(part(key, name, ""), "(", ")"));
        let terms = Reputation { rates: three(" r="), demands: three(" a="), obstinate: three(" z=") };
        let found = terms.concessions().expect("sound");
        let pairs = [found.hazards, found.times].concat();
        return Some([pairs, vec![found.last], found.at_once.to_vec(), found.payoffs.to_vec()].concat());
    }
    if key.starts_with("war of attrition") {
        let terms = Attrition { prize: pair("1,2"), cost: pair("0.1,0.1") };
        let found = terms.waiting().expect("sound");
        return Some(vec![found.hazards[0].to_f64(), found.hazards[1].to_f64(), found.mean.to_f64()]);
    }
    if key.starts_with("audience: survival") {
        return Some(vec![AudienceCosts { costs: pair("0.1,0.1") }.survival(1, 5.0).expect("sound")]);
    }
    if key.starts_with("audience cost crisis") {
        let terms = AudienceCosts { costs: pair(part(key, "a=(", ")")) };
        let found = terms.contest().expect("sound");
        return Some(
            [found.times.to_vec(), vec![found.horizon], found.at_once.to_vec(), found.locked.to_vec()].concat(),
        );
    }
    if key.starts_with("Chatterjee") {
        let found = DoubleAuction { low: Exact::ZERO, high: Exact::ONE }.linear().expect("sound");
        let share = &found.gains / &found.first_best;
        return Some([found.gains, found.first_best, share, found.chance].iter().map(Exact::to_f64).collect());
    }
    if key.starts_with("max breakdown hazard") {
        return Some(vec![greatest_hazard(&exact("0.5"), &exact("0.05")).expect("sound").expect("patient enough")]);
    }
    None
}

#[test]
fn the_reference_is_reproduced() {
    let checks = checks();
    let mut compared = 0;
    for (key, text) in &checks {
        let Some(found) = computed(key) else { continue };
        let expected = numbers(text);
        assert_eq!(found.len(), expected.len(), "{key}: {found:?} {expected:?}");
        for (found, (expected, unit)) in found.iter().zip(&expected) {
            let within = (1e-9_f64 * expected.abs().max(1.0)).max(unit * 1.001);
            assert!((found - expected).abs() <= within, "{key}: {found} is not {expected}");
        }
        compared += 1;
    }
    assert!(checks.is_empty() || compared >= 39, "{compared} keys were compared");
}
