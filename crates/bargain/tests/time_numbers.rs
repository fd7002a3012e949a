//! Bargaining over time: numbers of the literature.

use detente_bargain::time::decay::greatest_hazard;
use detente_bargain::time::{
    AlternatingOffers, Attrition, AudienceCosts, Binding, Coase, ContinuousOffers, DecayingWill, DoubleAuction,
    Horizon, Next, Plan, RandomProposer, Reputation, Screening, Target, TimeError, Unanimity, When,
};
use detente_base::Exact;

fn exact(text: &str) -> Exact {
    text.parse().expect("a number")
}

fn pair(a: &str, b: &str) -> [Exact; 2] {
    [exact(a), exact(b)]
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{found} is not {expected}");
}

fn keeps(talks: &AlternatingOffers) -> [Exact; 2] {
    let offers = talks.stationary().expect("sound terms").expect("something to agree on");
    offers.map(|offer| offer.keeps)
}

#[test]
fn alternating_offers() {
    for (d1, d2, share) in [
        ("0.9", "0.9", "10/19"),
        ("0.95", "0.9", "20/29"),
        ("0.9", "0.95", "10/29"),
        ("0.8", "0.6", "10/13"),
        ("0.99", "0.99", "100/199"),
        ("0.9", "0.8", "5/7"),
    ] {
        assert_eq!(keeps(&AlternatingOffers::with_patience(pair(d1, d2)))[0], exact(share), "{d1} {d2}");
    }
    near(exact("10/19").to_f64(), 0.526_315_789_473_684_2);
    near(exact("10/29").to_f64(), 0.344_827_586_206_896_6);
    near(exact("10/13").to_f64(), 0.769_230_769_230_769_2);
}

/// Who makes the last offer takes all, and shares swing with the number of rounds.
#[test]
fn a_deadline_swings_the_shares() {
    let talks = AlternatingOffers::with_patience(pair("0.9", "0.9"));
    let expected = ["1", "0.1", "0.91", "0.181", "0.8371", "0.24661"];
    for (rounds, share) in (1..).zip(expected) {
        let found = talks.with_deadline(rounds).expect("sound terms").expect("something to agree on");
        assert_eq!(found.first.keeps, exact(share), "{rounds} rounds");
        let last = found.last;
        assert_eq!((last.proposer, last.offer.keeps.clone()), ((rounds as usize + 1) % 2, Exact::ONE));
        assert_eq!(last.offer.binding, Binding::Ending);
    }
    let long = |d1: &str, d2: &str| {
        let rounds = AlternatingOffers::with_patience(pair(d1, d2)).with_deadline(201);
        rounds.expect("sound terms").expect("something to agree on").first.keeps.to_f64()
    };
    near((long("0.95", "0.9") * 1e10).round() / 1e10, 0.689_655_221_2);
    near((long("0.99", "0.99") * 1e10).round() / 1e10, 0.569_165_767_9);
}

#[test]
fn offers_ever_faster() {
    let talks = ContinuousOffers {
        rates: pair("0.05", "0.1"),
        outside: pair("0", "0"),
        breakdown: Exact::ZERO,
        payoffs: pair("0", "0"),
    };
    assert_eq!(talks.first_share(), Ok(Some(exact("2/3"))));
    // Rounds a hundredth of a unit apart.
    let patience = |rate: f64| (-rate * 0.01).exp();
    let (d1, d2) = (patience(0.05), patience(0.1));
    near((1.0 - d2) / (1.0 - d1 * d2), 0.666_833_319_437_485_6);
    // A risk of breakdown and no impatience split the difference.
    let split = ContinuousOffers { rates: pair("0", "0"), breakdown: exact("3"), payoffs: pair("0.2", "0.1"), ..talks };
    assert_eq!(split.first_share(), Ok(Some(exact("0.55"))));
}

/// An outside option changes nothing until it binds; then the responder gets just that.
#[test]
fn outside_options_bind_or_do_nothing() {
    for (option, first, second) in [
        ("0", "10/19", "10/19"),
        ("0.3", "10/19", "10/19"),
        ("0.47", "10/19", "10/19"),
        ("0.5", "0.5", "0.55"),
        ("0.6", "0.4", "0.64"),
        ("0.8", "0.2", "0.82"),
    ] {
        let terms =
            AlternatingOffers { outside: pair("0", option), ..AlternatingOffers::with_patience(pair("0.9", "0.9")) };
        assert_eq!(keeps(&terms), [exact(first), exact(second)], "{option}");
        let offers = terms.stationary().expect("sound terms").expect("something to agree on");
        let binds = exact(option) > exact("9/19");
        assert_eq!(offers[0].binding == Binding::Leaving, binds, "{option}");
    }
    let greedy =
        AlternatingOffers { outside: pair("0.6", "0.6"), ..AlternatingOffers::with_patience(pair("0.9", "0.9")) };
    assert_eq!((greedy.stationary(), greedy.with_deadline(3)), (Ok(None), Ok(None)));
}

#[test]
fn a_risk_of_breakdown_splits_the_difference() {
    let talks = |chance: &str| AlternatingOffers {
        patience: pair("1", "1"),
        outside: pair("0", "0"),
        breakdown: exact(chance),
        payoffs: pair("0.2", "0.1"),
    };
    assert_eq!(keeps(&talks("0.1"))[0], exact("54/95"));
    near(exact("54/95").to_f64(), 0.568_421_052_631_578_9);
    near((keeps(&talks("0.001"))[0].to_f64() * 1e8).round() / 1e8, 0.550_175_09);
}

#[test]
fn everybody_must_agree() {
    for (n, share) in [(2, "10/19"), (3, "5/14"), (4, "10/37"), (5, "5/23")] {
        let talks = Unanimity { patience: vec![exact("0.9"); n], next: Next::Rejector };
        assert_eq!(talks.stationary().expect("sound terms")[0][0], exact(share), "{n}");
    }
    // In rotation 1/(1 + δ + δ²).
    let talks = Unanimity { patience: vec![exact("0.9"); 3], next: Next::Rotation };
    assert_eq!(talks.stationary().expect("sound terms")[1], [exact("0.81/2.71"), exact("1/2.71"), exact("0.9/2.71")]);
}

#[test]
fn proposers_that_are_drawn() {
    // Patience 1 is the limit; the formulas are linear in it.
    for (n, patience, majority, partner, unanimity) in
        [(3, "0.9", "0.7", "0.3", "0.4"), (5, "0.9", "0.64", "0.18", "0.28")]
    {
        let talks = |votes| {
            let terms = RandomProposer { weights: vec![Exact::ONE; n], patience: vec![exact(patience); n], votes };
            terms.stationary().expect("sound terms")[0].clone()
        };
        let of_most = talks(n / 2 + 1);
        assert_eq!((of_most.keeps, of_most.accepts), (exact(majority), exact(partner)));
        assert_eq!(of_most.value, Exact::ratio(1, n as i64));
        assert_eq!(talks(n).keeps, exact(unanimity));
        assert_eq!(talks(1).keeps, Exact::ONE);
    }
    let almost = RandomProposer { weights: vec![Exact::ONE; 3], patience: vec![exact("0.9999999999"); 3], votes: 2 };
    let found = almost.stationary().expect("sound terms").remove(0);
    near(found.keeps.to_f64(), 2.0 / 3.0);
    near(found.accepts.to_f64(), 1.0 / 3.0);
}

#[test]
fn prices_that_fall() {
    for (patience, first, ratio, profit) in [
        ("0.5", 0.414_213_562_373_095_1, 0.585_786_437_626_905, 0.207_106_781_186_547_54),
        ("0.75", 1.0 / 3.0, 2.0 / 3.0, 1.0 / 6.0),
        ("0.9", 0.240_253_073_352_042_1, 0.759_746_926_647_957_8, 0.120_126_536_676_021_05),
        ("0.99", 1.0 / 11.0, 10.0 / 11.0, 1.0 / 22.0),
    ] {
        let found = Coase { patience: exact(patience), highest: Exact::ONE }.prices().expect("sound terms");
        near(found.first, first);
        near(found.ratio, ratio);
        near(found.profit, profit);
        near(found.commitment, 0.25);
    }
}

#[test]
fn two_types_and_two_periods() {
    let plans = |chance: &str| {
        let terms = Screening { patience: exact("0.9"), high: Exact::from(2), low: Exact::ONE, chance: exact(chance) };
        let plans = terms.plans().expect("sound terms");
        plans.into_iter().map(|p| (p.plan, p.profit, p.accepts)).collect::<Vec<_>>()
    };
    let one = || Exact::ONE;
    assert_eq!(plans("0.4"), [(Plan::Pool, one(), one()), (Plan::Screen, exact("0.98"), one())]);
    let mixed =
        [(Plan::Mix, exact("1.12"), exact("1/3")), (Plan::Screen, exact("1.02"), one()), (Plan::Pool, one(), one())];
    assert_eq!(plans("0.6"), mixed);
    let mixed =
        [(Plan::Mix, exact("1.56"), exact("3/4")), (Plan::Screen, exact("1.06"), one()), (Plan::Pool, one(), one())];
    assert_eq!(plans("0.8"), mixed);
}

#[test]
fn prices_of_both_sides() {
    let found = DoubleAuction { low: Exact::ZERO, high: Exact::ONE }.linear().expect("sound terms");
    assert_eq!((found.gap, found.chance), (exact("1/4"), exact("9/32")));
    assert_eq!((found.gains.clone(), found.first_best.clone()), (exact("9/64"), exact("1/6")));
    assert_eq!(&found.gains / &found.first_best, exact("0.84375"));
}

#[test]
fn attrition() {
    let found = Attrition { prize: pair("1", "2"), cost: pair("0.1", "0.1") }.waiting().expect("sound terms");
    assert_eq!(found.hazards, pair("0.05", "0.1"));
    assert_eq!((found.mean, found.wins), (exact("20/3"), pair("2/3", "1/3")));
}

#[test]
fn demands_with_a_reputation() {
    let found = |rates: [Exact; 2], demands: [Exact; 2], obstinate: [Exact; 2]| {
        Reputation { rates, demands, obstinate }.concessions().expect("sound terms")
    };
    let even = found(pair("0.1", "0.1"), pair("0.7", "0.7"), pair("0.05", "0.05"));
    near(even.hazards[0], 0.075);
    near(even.last, 39.943_096_980_719_865);
    assert_eq!(even.at_once.map(f64::to_bits), [0, 0]);
    near(even.payoffs[0], 0.3);
    let uneven = found(pair("0.1", "0.1"), pair("0.7", "0.7"), pair("0.05", "0.2"));
    near(uneven.last, 21.459_172_165_787_997);
    near(uneven.times[0], 39.943_096_980_719_865);
    near(uneven.at_once[0], 0.75);
    assert_eq!(uneven.at_once[1].to_bits(), 0);
    near(uneven.payoffs[0], 0.3);
    near(uneven.payoffs[1], 0.6);
    let patient = found(pair("0.05", "0.1"), pair("0.6", "0.8"), pair("0.1", "0.1"));
    near(patient.hazards[0], 0.1);
    near(patient.hazards[1], 0.025);
    near(patient.times[0], 23.025_850_929_940_443);
    near(patient.times[1], 92.103_403_719_761_81);
    near(patient.at_once[1], 0.822_172_058_996_107_8);
    near(patient.payoffs[0], 0.528_868_823_598_443_1);
    near(patient.payoffs[1], 0.4);
    near(patient.never, 0.01);
}

#[test]
fn audiences() {
    let contest = |a: &str, b: &str| AudienceCosts { costs: pair(a, b) }.contest().expect("sound terms");
    let even = contest("0.1", "0.1");
    near(even.horizon, 6.180_339_887_498_947);
    near(even.locked[0], 0.618_033_988_749_894_8);
    assert_eq!(even.at_once.map(f64::to_bits), [0, 0]);
    let uneven = contest("0.1", "0.2");
    near(uneven.times[0], 5.0);
    near(uneven.horizon, 3.660_254_037_844_386_4);
    near(uneven.at_once[0], 0.366_025_403_784_438_6);
    assert_eq!(uneven.at_once[1].to_bits(), 0);
    near(uneven.locked[0], 0.366_025_403_784_438_65);
    near(uneven.locked[1], 0.732_050_807_568_877_3);
    // Prize 1, worst war −1: another set of published costs.
    for (a, b, horizon, quits, war) in [
        ("2", "1", 0.366_025, 0.366_025, 0.267_949),
        ("1", "1", 0.618_034, 0.0, 0.381_966),
        ("4", "1", 0.207_107, 0.621_320, 0.171_573),
        ("3", "0.5", 0.290_994, 0.727_486, 0.127_017),
    ] {
        let found = contest(a, b);
        for (found, expected) in [(found.horizon, horizon), (found.at_once[1], quits), (found.war, war)] {
            assert!((found - expected).abs() < 5e-7, "{a} {b}: {found} is not {expected}");
        }
    }
    let survival = AudienceCosts { costs: pair("0.1", "0.1") }.survival(1, 5.0).expect("sound terms");
    near(survival, 2.0 / 3.0);
}

#[test]
fn a_will_that_decays() {
    let horizon = |decay: &str, backing_down: &str| {
        let threat = DecayingWill {
            will: exact("10"),
            decay: exact(decay),
            cost: exact("6"),
            backing_down: exact(backing_down),
        };
        match threat.horizon().expect("sound terms") {
            Horizon::Until(date) => date,
            other => panic!("{other:?}"),
        }
    };
    near(horizon("0.1", "1"), 10.0 * 2.0_f64.ln());
    near(horizon("0.1", "3"), 10.0 * (10.0_f64 / 3.0).ln());
    near(horizon("0.05", "1"), 20.0 * 2.0_f64.ln());
    for (found, shown) in [(horizon("0.1", "1"), 6.93), (horizon("0.1", "3"), 12.04), (horizon("0.05", "1"), 13.86)] {
        assert!((found - shown).abs() < 0.005);
    }
    let greatest = greatest_hazard(&exact("0.5"), &exact("0.05")).expect("sound terms").expect("patient enough");
    near(greatest, 0.643_147_180_559_945_2);
    assert_eq!(greatest_hazard(&exact("0.5"), &exact("0.7")), Ok(None));
}

/// A slow decay brings a deal at once; a fast one is waited for.
#[test]
fn slow_decay_brings_a_deal() {
    let target = Target {
        deal: exact("4.5"),
        strike: exact("12"),
        hazard: exact("0.1"),
        last_chance: Exact::ZERO,
        rate: exact("0.02"),
    };
    let choice = |decay: &str| {
        let threat =
            DecayingWill { will: exact("10"), decay: exact(decay), cost: exact("6"), backing_down: exact("3") };
        target.choice(threat.horizon().expect("sound terms")).expect("sound terms")
    };
    assert_eq!(choice("0.1").best, When::Now);
    assert_eq!(choice("0.3").best, When::Never);
    let Horizon::Until(needed) = target.needed().expect("sound terms") else { panic!("a finite time") };
    near(needed, (10.0_f64 / 5.5).ln() / 0.12);
    // A target that is sure to be struck at the last moment, and not before, gives in then.
    let late = Target { hazard: Exact::ZERO, last_chance: Exact::ONE, ..target };
    let losses = late.choice(Horizon::Until(10.0)).expect("sound terms");
    assert_eq!(losses.best, When::Last);
    near(losses.least(), 4.5 * (-0.2_f64).exp());
    assert_eq!(late.choice(Horizon::Never).expect("sound terms").best, When::Never);
}

#[test]
fn faults_name_the_number() {
    let fault = |fault: TimeError| fault.to_string();
    let talks = AlternatingOffers::with_patience(pair("0.9", "1"));
    assert_eq!(
        fault(talks.stationary().expect_err("no discount")),
        "`patience` of party 1 is 1; expected a number above 0 and below 1"
    );
    let talks = AlternatingOffers::with_patience(pair("0.9", "0.9"));
    assert_eq!(
        fault(talks.with_deadline(0).expect_err("no round")),
        "`rounds` is 0; expected a whole number from 1 to 1000"
    );
    let talks = AlternatingOffers { payoffs: pair("0.6", "0.6"), ..talks };
    assert_eq!(
        fault(talks.stationary().expect_err("too much")),
        "`breakdown_payoffs` is 1.2; expected a sum of at most 1"
    );
    let terms = RandomProposer {
        weights: vec![Exact::ONE; 3],
        patience: vec![exact("0.9"), exact("0.9"), exact("0.8")],
        votes: 2,
    };
    assert_eq!(
        fault(terms.stationary().expect_err("unequal")),
        "`patience` of party 2 is 0.8; expected the same for all parties where fewer than all must agree"
    );
    let one = Unanimity { patience: vec![exact("0.9")], next: Next::Rotation };
    assert_eq!(fault(one.stationary().expect_err("alone")), "`between` is 1; expected 2 to 30 parties");
    let terms = Reputation { rates: pair("1", "1"), demands: pair("0.5", "0.5"), obstinate: pair("0.1", "0.1") };
    assert!(fault(terms.concessions().expect_err("compatible")).starts_with("`demands` is 1; expected a sum above 1"));
    let terms = Screening { patience: exact("0.9"), high: Exact::ONE, low: Exact::ONE, chance: exact("0.5") };
    assert_eq!(fault(terms.plans().expect_err("one type")), "`high` is 1; expected a number above `low`");
}
