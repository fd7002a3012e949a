//! Laws of bargaining over time, on drawn terms.

use detente_bargain::time::{
    AlternatingOffers, Attrition, Coase, ContinuousOffers, DecayingWill, Horizon, Next, RandomProposer, Reputation,
    Screening, Target, Unanimity,
};
use detente_base::{Exact, Pcg};

fn drawn(rng: &mut Pcg, low: u32, high: u32) -> Exact {
    Exact::ratio(i64::from(low + rng.below(high - low + 1)), 100)
}

fn two(mut draw: impl FnMut() -> Exact) -> [Exact; 2] {
    [draw(), draw()]
}

/// A greater number below 1.
fn raised(number: &Exact) -> Exact {
    number.midpoint(&Exact::ONE)
}

fn talks(rng: &mut Pcg) -> AlternatingOffers {
    let some = |rng: &mut Pcg| two(|| if rng.below(3) == 0 { Exact::ZERO } else { drawn(rng, 0, 50) });
    AlternatingOffers {
        patience: two(|| drawn(rng, 1, 99)),
        outside: some(rng),
        breakdown: if rng.below(2) == 0 { Exact::ZERO } else { drawn(rng, 0, 100) },
        payoffs: some(rng),
    }
}

/// Shares of the first party when it proposes, when it responds, and with deadlines.
fn shares(talks: &AlternatingOffers) -> Vec<Exact> {
    let offers = talks.stationary().expect("sound terms").expect("something to agree on");
    let mut shares = vec![offers[0].keeps.clone(), offers[1].gives.clone()];
    for rounds in 1..=7 {
        let found = talks.with_deadline(rounds).expect("sound terms").expect("something to agree on");
        shares.push(found.first.keeps.clone());
    }
    shares
}

#[track_caller]
fn no_less(after: &[Exact], before: &[Exact], terms: &dyn std::fmt::Debug) {
    assert!(after.iter().zip(before).all(|(a, b)| a >= b), "{after:?} after {before:?}: {terms:?}");
}

/// More patience, a better outside option and a better breakdown payoff never hurt a party.
#[test]
fn strength_never_hurts() {
    let mut better = [0; 3];
    for seed in 0..1_000 {
        let rng = &mut Pcg::new(seed);
        let before = talks(rng);
        let mut after = [before.clone(), before.clone(), before.clone()];
        after[0].patience[0] = raised(&before.patience[0]);
        after[1].outside[0] = (&Exact::ONE - &before.outside[1]).min(&before.outside[0] + &drawn(rng, 1, 40));
        after[2].payoffs[0] = (&Exact::ONE - &before.payoffs[1]).min(&before.payoffs[0] + &drawn(rng, 1, 40));
        let old = shares(&before);
        for (which, after) in after.iter().enumerate() {
            let new = shares(after);
            no_less(&new, &old, &(&before, after));
            better[which] += usize::from(new > old);
        }
        let all = old.iter().all(|share| share.signum() >= 0 && *share <= Exact::ONE);
        assert!(all, "{before:?}");
    }
    assert!(better.iter().all(|count| *count > 200), "{better:?}");
}

/// Round by round in fractions the same as in whole numbers.
#[test]
fn deadlines_are_those_of_the_recursion() {
    for seed in 0..300 {
        let rng = &mut Pcg::new(seed);
        let talks = talks(rng);
        let floor = |j: usize| talks.outside[j].clone().max(talks.payoffs[j].clone());
        for rounds in 1..=12_u32 {
            let mut keeps = &Exact::ONE - &floor(rounds as usize % 2);
            for round in (0..rounds - 1).rev() {
                let j = (1 - round % 2) as usize;
                let stays = &Exact::ONE - &talks.breakdown;
                let waits = &(&talks.breakdown * &talks.payoffs[j]) + &(&(&stays * &talks.patience[j]) * &keeps);
                keeps = &Exact::ONE - &waits.max(talks.outside[j].clone());
            }
            let found = talks.with_deadline(rounds).expect("sound terms").expect("something to agree on");
            assert_eq!((&found.first.keeps, &found.first.gives), (&keeps, &(&Exact::ONE - &keeps)), "{talks:?}");
        }
    }
}

#[test]
fn numbers_do_not_grow_without_end() {
    let digits: Exact = "0.123456789012345678901234567890123456789".parse().expect("a number");
    let talks = AlternatingOffers::with_patience([digits.clone(), digits.clone()]);
    assert!(talks.with_deadline(400).is_ok());
    let fault = talks.with_deadline(1_000).expect_err("too long").to_string();
    assert_eq!(fault, "`rounds` is 1000; expected fewer rounds, or numbers of fewer digits");
    let turns = Unanimity { patience: vec![digits; 12], next: Next::Rotation };
    assert!(turns.stationary().expect_err("too many").to_string().contains("fewer parties in rotation"));
    let few = Unanimity { patience: vec![Exact::ratio(9, 10); 30], next: Next::Rejector };
    assert!(few.stationary().is_ok());
    let turns = Unanimity { patience: (0..12).map(|i| Exact::ratio(80 + i, 100)).collect(), next: Next::Rotation };
    assert!(turns.stationary().expect("sound terms").iter().flatten().all(|part| part.signum() > 0));
}

#[test]
fn deadlines_converge_to_talks_without_one() {
    for seed in 0..100 {
        let mut talks = talks(&mut Pcg::new(seed));
        talks.patience = talks.patience.map(|p| p.min(Exact::ratio(9, 10)));
        let offers = talks.stationary().expect("sound terms").expect("something to agree on");
        let mut last = Exact::ONE;
        for rounds in [10, 40, 100] {
            let found = talks.with_deadline(rounds).expect("sound terms").expect("something to agree on");
            let gap = &found.first.keeps - &offers[0].keeps;
            let gap = if gap.signum() < 0 { -gap } else { gap };
            assert!(gap <= last, "{talks:?}");
            last = gap;
        }
        assert!(last.to_f64() < 1e-4, "{last:?}: {talks:?}");
    }
}

/// The formulas for any number of parties are those for two.
#[test]
fn two_are_a_case_of_many() {
    for seed in 0..500 {
        let rng = &mut Pcg::new(seed);
        let patience = two(|| drawn(rng, 1, 99));
        let offers = AlternatingOffers::with_patience(patience.clone()).stationary();
        let [first, second] = offers.expect("sound terms").expect("something to agree on");
        for next in [Next::Rejector, Next::Rotation] {
            let found = Unanimity { patience: patience.to_vec(), next }.stationary().expect("sound terms");
            assert_eq!(
                found,
                [[first.keeps.clone(), first.gives.clone()], [second.gives.clone(), second.keeps.clone()]]
            );
        }
        // Drawn by a fair coin the mean of proposing and responding is what one may count on.
        let even = RandomProposer { weights: vec![Exact::ONE; 2], patience: vec![patience[0].clone(); 2], votes: 2 };
        let value = even.stationary().expect("sound terms");
        assert_eq!(value[0].keeps.midpoint(&value[0].accepts), Exact::ratio(1, 2));
    }
}

#[test]
fn of_many_the_patient_and_the_likely_get_more() {
    for seed in 0..300 {
        let rng = &mut Pcg::new(seed);
        let n = 2 + rng.below(5) as usize;
        let patience: Vec<Exact> = (0..n).map(|_| drawn(rng, 1, 98)).collect();
        let mut patient = patience.clone();
        patient[0] = raised(&patience[0]);
        let share = |patience: &[Exact]| {
            let found = Unanimity { patience: patience.to_vec(), next: Next::Rejector }.stationary();
            found.expect("sound terms").into_iter().map(|division| division[0].clone()).collect::<Vec<_>>()
        };
        no_less(&share(&patient), &share(&patience), &patience);
        let weights: Vec<Exact> = (0..n).map(|_| drawn(rng, 10, 300)).collect();
        let mut likely = weights.clone();
        likely[0] = &weights[0] + &Exact::ONE;
        let value = |weights: &[Exact], patience: &[Exact]| {
            let terms = RandomProposer { weights: weights.to_vec(), patience: patience.to_vec(), votes: n };
            let found = terms.stationary().expect("sound terms");
            assert_eq!(found.iter().map(|e| e.value.clone()).sum::<Exact>(), Exact::ONE);
            vec![found[0].value.clone()]
        };
        no_less(&value(&weights, &patient), &value(&weights, &patience), &patience);
        no_less(&value(&likely, &patience), &value(&weights, &patience), &weights);
        // Fewer votes are cheaper.
        let alike = |votes| {
            let terms = RandomProposer { weights: vec![Exact::ONE; n], patience: vec![patience[0].clone(); n], votes };
            terms.stationary().expect("sound terms")[0].keeps.clone()
        };
        (1..n).for_each(|votes| assert!(alike(votes) > alike(votes + 1)));
    }
}

/// A hazard of losing the mandate is impatience by another name.
#[test]
fn hazards_add_to_rates() {
    for seed in 0..300 {
        let rng = &mut Pcg::new(seed);
        let fast = ContinuousOffers {
            rates: two(|| drawn(rng, 1, 90)),
            outside: two(|| drawn(rng, 0, 50)),
            breakdown: drawn(rng, 0, 90),
            payoffs: two(|| drawn(rng, 0, 50)),
        };
        let share = |terms: &ContinuousOffers| terms.first_share().expect("sound terms").expect("an agreement");
        let mut hasty = fast.clone();
        hasty.rates[0] = &fast.rates[0] + &drawn(rng, 1, 90);
        assert!(share(&hasty) <= share(&fast), "{fast:?}");
        let mut strong = fast.clone();
        strong.outside[0] = &Exact::ONE - &fast.outside[1];
        assert!(share(&strong) >= share(&fast), "{fast:?}");
    }
}

#[test]
fn patience_of_those_who_do_not_know() {
    let mut last = f64::INFINITY;
    for hundredths in 1..100 {
        let found = Coase { patience: Exact::ratio(hundredths, 100), highest: Exact::ONE }.prices().expect("sound");
        // The more often it can lower its price the less it gets.
        assert!(found.profit < last);
        last = found.profit;
    }
    for seed in 0..500 {
        let rng = &mut Pcg::new(seed);
        let low = drawn(rng, 1, 300);
        let terms =
            Screening { patience: drawn(rng, 1, 99), high: &low + &drawn(rng, 1, 300), low, chance: drawn(rng, 0, 99) };
        let profit = |terms: &Screening| terms.plans().expect("sound terms")[0].profit.clone();
        let likelier = Screening { chance: &terms.chance + &Exact::ratio(1, 100), ..terms.clone() };
        assert!(profit(&likelier) >= profit(&terms), "{terms:?}");
        let richer = Screening { high: &terms.high + &Exact::ONE, ..terms.clone() };
        assert!(profit(&richer) >= profit(&terms), "{terms:?}");
        // Never less than asking for the low worth, never more than knowing the type.
        assert!(profit(&terms) >= terms.low);
        let knowing = &(&terms.chance * &terms.high) + &(&(&Exact::ONE - &terms.chance) * &terms.low);
        assert!(profit(&terms) <= knowing);
    }
}

#[test]
fn obstinacy_pays_and_haste_does_not() {
    for seed in 0..500 {
        let rng = &mut Pcg::new(seed);
        let terms = Reputation {
            rates: two(|| drawn(rng, 2, 50)),
            demands: two(|| drawn(rng, 51, 95)),
            obstinate: two(|| drawn(rng, 2, 60)),
        };
        let payoff = |terms: &Reputation| terms.concessions().expect("sound terms").payoffs;
        let mut firm = terms.clone();
        firm.obstinate[0] = raised(&terms.obstinate[0]);
        assert!(payoff(&firm)[0] >= payoff(&terms)[0] - 1e-12, "{terms:?}");
        let mut hasty = terms.clone();
        hasty.rates[0] = &terms.rates[0] + &Exact::ONE;
        assert!(payoff(&hasty)[0] <= payoff(&terms)[0] + 1e-12, "{terms:?}");
        // Nobody gets less than by taking the other's demand, nor both more than all.
        let found = payoff(&terms);
        let floors = [0, 1].map(|i: usize| 1.0 - terms.demands[1 - i].to_f64());
        assert!(found[0] >= floors[0] - 1e-12 && found[1] >= floors[1] - 1e-12);
        assert!(found[0] + found[1] <= 1.0 + 1e-12, "{terms:?}");
        let swapped = |pair: &[Exact; 2]| [pair[1].clone(), pair[0].clone()];
        let other = Reputation {
            rates: swapped(&terms.rates),
            demands: swapped(&terms.demands),
            obstinate: swapped(&terms.obstinate),
        };
        let mirrored = payoff(&other);
        assert!((mirrored[0] - found[1]).abs() + (mirrored[1] - found[0]).abs() < 1e-12);
    }
}

#[test]
fn a_cheaper_wait_makes_the_other_wait_longer() {
    for seed in 0..200 {
        let rng = &mut Pcg::new(seed);
        let terms = Attrition { prize: two(|| drawn(rng, 10, 300)), cost: two(|| drawn(rng, 2, 100)) };
        let found = terms.waiting().expect("sound terms");
        let mut cheap = terms.clone();
        cheap.cost[0] = &terms.cost[0] * &Exact::ratio(1, 2);
        let after = cheap.waiting().expect("sound terms");
        assert!(after.mean > found.mean && after.wins[0] < found.wins[0]);
        assert_eq!(&found.wins[0] + &found.wins[1], Exact::ONE);
    }
}

/// What the coercer has: more will, slower decay, cheaper strikes and dearer retreats keep the
/// threat credible longer, and a longer threat never makes a target stall that did not.
#[test]
fn credible_threats_last_longer() {
    let length = |threat: &DecayingWill| match threat.horizon().expect("sound terms") {
        Horizon::Never => -1.0,
        Horizon::Until(date) => date,
        Horizon::Always => f64::INFINITY,
    };
    for seed in 0..500 {
        let rng = &mut Pcg::new(seed);
        let threat = DecayingWill {
            will: drawn(rng, 1, 2_000),
            decay: drawn(rng, 1, 100),
            cost: drawn(rng, 100, 1_000),
            backing_down: drawn(rng, 0, 500),
        };
        for longer in [
            DecayingWill { will: &threat.will + &Exact::ONE, ..threat.clone() },
            DecayingWill { decay: &threat.decay * &Exact::ratio(1, 2), ..threat.clone() },
            DecayingWill { cost: &threat.cost - &Exact::ONE, ..threat.clone() },
            DecayingWill { backing_down: &threat.backing_down + &Exact::ONE, ..threat.clone() },
        ] {
            assert!(length(&longer) >= length(&threat), "{threat:?} {longer:?}");
        }
    }
}

/// A clause that delays compliance never hurts the target, half of it never more than all,
/// and one past the horizon frees it.
#[test]
fn a_delay_clause_is_worth_something() {
    let mut better = 0;
    for seed in 0..1_000 {
        let rng = &mut Pcg::new(seed);
        let target = Target {
            deal: drawn(rng, 0, 1_000),
            strike: drawn(rng, 0, 2_000),
            hazard: drawn(rng, 0, 60),
            last_chance: drawn(rng, 0, 100),
            rate: drawn(rng, 1, 30),
        };
        let date = drawn(rng, 10, 3_000);
        let horizon = Horizon::Until(date.to_f64());
        let without = target.choice(horizon).expect("sound terms").least();
        let clause = |time: &Exact| target.with_clause(horizon, time).expect("sound terms").1;
        let time = &date * &drawn(rng, 1, 99);
        let half = &time * &Exact::ratio(1, 2);
        assert!((clause(&Exact::ZERO) - without).abs() < 1e-9, "{target:?}");
        assert!(clause(&half) <= without + 1e-9 && clause(&time) <= clause(&half) + 1e-9, "{target:?}");
        better += usize::from(clause(&half) < without - 1e-6);
        assert_eq!(clause(&date).to_bits(), 0, "{target:?}");
    }
    assert!(better > 500, "{better}");
}
