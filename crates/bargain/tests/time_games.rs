//! Bargaining over time against the games themselves: backward induction over all offers of a
//! grid, value iteration, indifference of those who mix, and numerical best replies.

use detente_bargain::time::{
    AlternatingOffers, Attrition, AudienceCosts, Coase, ContinuousOffers, DecayingWill, DoubleAuction, Horizon, Next,
    RandomProposer, Reputation, Screening, Target, Unanimity, When,
};
use detente_base::{Exact, Pcg};

/// A number with two decimals in this range of hundredths.
fn drawn(rng: &mut Pcg, low: u32, high: u32) -> Exact {
    Exact::ratio(i64::from(low + rng.below(high - low + 1)), 100)
}

fn two(mut draw: impl FnMut() -> Exact) -> [Exact; 2] {
    [draw(), draw()]
}

fn floats(numbers: &[Exact; 2]) -> [f64; 2] {
    [numbers[0].to_f64(), numbers[1].to_f64()]
}

#[track_caller]
fn near(found: f64, expected: f64, within: f64, what: impl std::fmt::Debug) {
    assert!((found - expected).abs() <= within, "{found} is not {expected}: {what:?}");
}

/// The value of the talks to both at the first offer, by backward induction over every offer
/// of a grid. A proposer may also make an offer that is refused.
fn played(talks: &AlternatingOffers, rounds: u32, steps: u32) -> [f64; 2] {
    let (patience, outside, payoffs) = (floats(&talks.patience), floats(&talks.outside), floats(&talks.payoffs));
    let breakdown = talks.breakdown.to_f64();
    let mut next = payoffs;
    for round in (0..rounds).rev() {
        let (i, j) = ((round % 2) as usize, (1 - round % 2) as usize);
        // What each has after a refusal without leaving.
        let refused = if round + 1 == rounds {
            payoffs
        } else {
            [0, 1].map(|k: usize| breakdown * payoffs[k] + (1.0 - breakdown) * patience[k] * next[k])
        };
        let alternative = if outside[j] > refused[j] { outside } else { refused };
        let mut best = alternative;
        for step in 0..=steps {
            let given = f64::from(step) / f64::from(steps);
            if given >= alternative[j] - 1e-12 && 1.0 - given > best[i] {
                best[i] = 1.0 - given;
                best[j] = given;
            }
        }
        next = best;
    }
    next
}

fn talks(rng: &mut Pcg) -> AlternatingOffers {
    let half = |rng: &mut Pcg| two(|| if rng.below(2) == 0 { Exact::ZERO } else { drawn(rng, 0, 50) });
    AlternatingOffers {
        patience: two(|| drawn(rng, 5, 90)),
        outside: half(rng),
        breakdown: if rng.below(2) == 0 { Exact::ZERO } else { drawn(rng, 0, 100) },
        payoffs: half(rng),
    }
}

#[test]
fn offers_are_those_of_backward_induction() {
    let mut binding = 0;
    for seed in 0..400 {
        let talks = talks(&mut Pcg::new(seed));
        let offers = talks.stationary().expect("sound terms").expect("something to agree on");
        binding += usize::from(offers[0].binding == detente_bargain::time::Binding::Leaving);
        let value = played(&talks, 60, 2_000);
        // Each round loses at most a step of the grid, and rounds contract by 0.9.
        near(value[0], offers[0].keeps.to_f64(), 0.01, &talks);
        near(value[0] + value[1], 1.0, 1e-9, "the first offer is accepted");
        for rounds in [1, 2, 3, 6] {
            let found = talks.with_deadline(rounds).expect("sound terms").expect("something to agree on");
            let value = played(&talks, rounds, 4_000);
            near(value[0], found.first.keeps.to_f64(), 0.002, (rounds, &talks));
            near(value[1], found.first.gives.to_f64(), 0.002, (rounds, &talks));
        }
    }
    assert!(binding > 40, "{binding}");
}

#[test]
fn frequent_offers_have_the_limit() {
    for seed in 0..300 {
        let rng = &mut Pcg::new(seed);
        let fast = ContinuousOffers {
            rates: two(|| drawn(rng, 0, 90)),
            outside: two(|| drawn(rng, 0, 50)),
            breakdown: drawn(rng, 1, 90),
            payoffs: two(|| drawn(rng, 0, 50)),
        };
        let share = fast.first_share().expect("sound terms").expect("something to agree on").to_f64();
        let (rates, outside, payoffs) = (floats(&fast.rates), floats(&fast.outside), floats(&fast.payoffs));
        let step = 1e-4;
        let breakdown = 1.0 - (-fast.breakdown.to_f64() * step).exp();
        let mut keeps = [0.5, 0.5];
        for _ in 0..400_000 {
            let reply = |j: usize, keeps: [f64; 2]| {
                let later = (1.0 - breakdown) * (-rates[j] * step).exp() * keeps[j];
                outside[j].max(breakdown * payoffs[j] + later)
            };
            keeps[0] = 1.0 - reply(1, keeps);
            keeps[1] = 1.0 - reply(0, keeps);
        }
        near(keeps[0], share, 2e-3, &fast);
    }
}

/// Nobody gains by one refusal, and a proposer not by being refused.
#[test]
fn unanimous_divisions_are_equilibria() {
    for seed in 0..300 {
        let rng = &mut Pcg::new(seed);
        let n = 2 + rng.below(5) as usize;
        let patience: Vec<Exact> = (0..n).map(|_| drawn(rng, 5, 95)).collect();
        for next in [Next::Rejector, Next::Rotation] {
            let talks = Unanimity { patience: patience.clone(), next };
            let found = talks.stationary().expect("sound terms");
            for (i, division) in found.iter().enumerate() {
                assert_eq!(division.iter().cloned().sum::<Exact>(), Exact::ONE, "{talks:?}");
                for (j, part) in division.iter().enumerate().filter(|(j, _)| *j != i) {
                    let then = if next == Next::Rejector { j } else { (i + 1) % n };
                    assert_eq!(*part, &patience[j] * &found[then][j], "{talks:?}");
                    assert!(part.signum() > 0);
                    // An offer that j refuses.
                    assert!(&patience[i] * &found[then][i] <= division[i], "{talks:?}");
                }
            }
        }
        let rotation = Unanimity { patience, next: Next::Rotation };
        let found = rotation.stationary().expect("sound terms");
        let patience: Vec<f64> = rotation.patience.iter().map(Exact::to_f64).collect();
        // Backward induction from a last round in which the proposer takes all.
        let alone = |i: usize| (0..n).map(|j| f64::from(u8::from(i == j))).collect::<Vec<f64>>();
        let mut next: Vec<Vec<f64>> = (0..n).map(alone).collect();
        for _ in 0..4_000 {
            let now = |i: usize| {
                let mut parts: Vec<f64> = (0..n).map(|j| patience[j] * next[(i + 1) % n][j]).collect();
                parts[i] = 0.0;
                parts[i] = 1.0 - parts.iter().sum::<f64>();
                parts
            };
            next = (0..n).map(now).collect();
        }
        for (row, expected) in next.iter().flatten().zip(found.iter().flatten()) {
            near(*row, expected.to_f64(), 1e-9, &rotation);
        }
    }
}

#[test]
fn drawn_proposers_have_the_value_of_iteration() {
    for seed in 0..300 {
        let rng = &mut Pcg::new(seed);
        let n = 2 + rng.below(5) as usize;
        let talks = RandomProposer {
            weights: (0..n).map(|_| drawn(rng, 10, 300)).collect(),
            patience: (0..n).map(|_| drawn(rng, 5, 95)).collect(),
            votes: n,
        };
        let found = talks.stationary().expect("sound terms");
        let all: f64 = talks.weights.iter().map(Exact::to_f64).sum();
        let chance: Vec<f64> = talks.weights.iter().map(|w| w.to_f64() / all).collect();
        let patience: Vec<f64> = talks.patience.iter().map(Exact::to_f64).collect();
        let mut value = vec![0.0; n];
        for _ in 0..4_000 {
            let accepts: Vec<f64> = value.iter().zip(&patience).map(|(v, d)| v * d).collect();
            let total: f64 = accepts.iter().sum();
            value = (0..n).map(|i| chance[i] * (1.0 - total + accepts[i]) + (1.0 - chance[i]) * accepts[i]).collect();
        }
        for (value, expected) in value.iter().zip(&found) {
            near(*value, expected.value.to_f64(), 1e-9, &talks);
        }
        // Fewer votes: a party's value is what it gets as proposer, partner or neither.
        let patience = vec![talks.patience[0].clone(); n];
        for votes in 1..=n {
            let talks = RandomProposer { weights: vec![Exact::from(3); n], patience: patience.clone(), votes };
            let found = talks.stationary().expect("sound terms").remove(0);
            let (size, others) = (n as i64, n as i64 - 1);
            let partner = &Exact::ratio(others, size) * &Exact::ratio(votes as i64 - 1, others);
            let value = &(&Exact::ratio(1, size) * &found.keeps) + &(&partner * &found.accepts);
            assert_eq!(value, found.value, "{talks:?}");
            assert_eq!(&patience[0] * &value, found.accepts, "{talks:?}");
        }
    }
}

/// Prices of a proposer with so many rounds left, by backward induction: with cutoff b it asks
/// α·b, those above c·b accept, and it expects β·b² (not divided by b).
fn price_with_rounds(patience: f64, rounds: u32) -> (f64, f64, f64) {
    let (mut price, mut cutoff, mut profit) = (0.5, 0.5, 0.25);
    for _ in 1..rounds {
        // Who is just indifferent: c − p = δ(c − α'c), so that p = k·c.
        let k = 1.0 - patience + patience * price;
        cutoff = k / (2.0 * (k - patience * profit));
        profit = k * (1.0 - cutoff) * cutoff + patience * profit * cutoff * cutoff;
        price = k * cutoff;
    }
    (price, cutoff, profit)
}

#[test]
fn prices_are_those_of_backward_induction() {
    for hundredths in 1..=95 {
        let terms = Coase { patience: Exact::ratio(hundredths, 100), highest: Exact::from(3) };
        let found = terms.prices().expect("sound terms");
        let (price, cutoff, profit) = price_with_rounds(terms.patience.to_f64(), 4_000);
        near(found.first, 3.0 * price, 1e-9, &terms);
        near(found.ratio, cutoff, 1e-9, &terms);
        near(found.profit, 3.0 * profit, 1e-9, &terms);
        assert!(found.profit < found.commitment);
    }
}

/// The profit of every first price, with the high type's reply and the second price that
/// follow from it.
#[test]
fn no_first_price_beats_the_best_plan() {
    for seed in 0..1_000 {
        let rng = &mut Pcg::new(seed);
        let low = drawn(rng, 1, 300);
        let terms = Screening {
            patience: drawn(rng, 1, 99),
            high: &low + &drawn(rng, 1, 300),
            low,
            chance: drawn(rng, 0, 100),
        };
        let best = terms.plans().expect("sound terms").remove(0);
        let [patience, high, low, chance] =
            [&terms.patience, &terms.high, &terms.low, &terms.chance].map(Exact::to_f64);
        let profit = |price: f64| {
            if price <= low {
                return price;
            }
            // Chance that the high type accepts: all or nothing, or so that the belief after
            // a refusal makes the second price a toss-up.
            let belief = |a: f64| {
                if chance * (1.0 - a) + 1.0 - chance > 0.0 {
                    chance * (1.0 - a) / (chance * (1.0 - a) + 1.0 - chance)
                } else {
                    0.0
                }
            };
            let second = |a: f64| (belief(a) * high).max(low);
            let gains_now = high - price;
            let accepts = if gains_now >= patience * (high - low) - 1e-12 {
                1.0
            } else if belief(0.0) * high <= low {
                0.0
            } else {
                // Bisection for the toss-up.
                let (mut a, mut b) = (0.0, 1.0);
                for _ in 0..100 {
                    let middle = f64::midpoint(a, b);
                    if belief(middle) * high > low { a = middle } else { b = middle }
                }
                a
            };
            chance * accepts * price + (1.0 - chance * accepts) * patience * second(accepts)
        };
        let most = (0..=4_000)
            .map(|step| high * f64::from(step) / 4_000.0)
            .chain([low, high, best.first.to_f64(), high - patience * (high - low)])
            .map(profit)
            .fold(0.0, f64::max);
        near(best.profit.to_f64(), most, 1e-9, &terms);
        near(profit(best.first.to_f64()), most, 1e-9, &terms);
    }
}

#[test]
fn linear_bids_are_best_replies() {
    let terms = DoubleAuction { low: Exact::from(2), high: Exact::from(6) };
    let bid = |v: f64| terms.bid(&Exact::ratio((v * 1e6) as i64, 1_000_000)).to_f64();
    let ask = |c: f64| terms.ask(&Exact::ratio((c * 1e6) as i64, 1_000_000)).to_f64();
    let n = 2_000;
    let grid: Vec<f64> = (0..n).map(|step| 2.0 + 4.0 * (f64::from(step) + 0.5) / f64::from(n)).collect();
    let (asks, bids): (Vec<f64>, Vec<f64>) =
        (grid.iter().map(|c| ask(*c)).collect(), grid.iter().map(|v| bid(*v)).collect());
    for at in (0..grid.len()).step_by(97) {
        let value = grid[at];
        let buys =
            |price: f64| asks.iter().filter(|a| price >= **a).map(|a| value - f64::midpoint(price, *a)).sum::<f64>();
        let sells =
            |price: f64| bids.iter().filter(|b| **b >= price).map(|b| f64::midpoint(*b, price) - value).sum::<f64>();
        for step in 0..=400 {
            let price = 2.0 + f64::from(step) / 100.0;
            assert!(buys(price) <= buys(bids[at]) + 0.01 * f64::from(n), "{value} {price}");
            assert!(sells(price) <= sells(asks[at]) + 0.01 * f64::from(n), "{value} {price}");
        }
    }
    let found = terms.linear().expect("sound terms");
    let (mut trades, mut gains) = (0.0, 0.0);
    for (v, b) in grid.iter().zip(&bids) {
        for (c, a) in grid.iter().zip(&asks) {
            if b >= a {
                assert!(v - c >= found.gap.to_f64() - 1e-9);
                trades += 1.0;
                gains += v - c;
            }
        }
    }
    let all = f64::from(n) * f64::from(n);
    near(trades / all, found.chance.to_f64(), 1e-3, "chance");
    near(gains / all, found.gains.to_f64(), 1e-3, "gains");
}

/// ∫ of a function over a range, by Simpson's rule.
fn integral(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (n, width) = (2_000, (to - from) / 2_000.0);
    let inner: f64 = (1..n).map(|i| if i % 2 == 0 { 2.0 } else { 4.0 } * f(from + f64::from(i) * width)).sum();
    (f(from) + inner + f(to)) * width / 3.0
}

#[test]
fn whoever_waits_is_indifferent() {
    for seed in 0..200 {
        let rng = &mut Pcg::new(seed);
        let terms = Attrition { prize: two(|| drawn(rng, 10, 300)), cost: two(|| drawn(rng, 1, 100)) };
        let found = terms.waiting().expect("sound terms");
        let (prize, cost, hazards) = (floats(&terms.prize), floats(&terms.cost), floats(&found.hazards));
        for i in 0..2 {
            let h = hazards[1 - i];
            for time in [0.0, 0.5, 2.0, 7.0] {
                let wins = integral(0.0, time, |s| h * (-h * s).exp() * (prize[i] - cost[i] * s));
                let loses = (-h * time).exp() * -cost[i] * time;
                near(wins + loses, 0.0, 1e-6, &terms);
            }
        }
        let both = hazards[0] + hazards[1];
        near(integral(0.0, 40.0 / both, |t| (-both * t).exp()), found.mean.to_f64(), 1e-5 / both, &terms);
    }
}

#[test]
fn whoever_is_not_obstinate_is_indifferent() {
    for seed in 0..200 {
        let rng = &mut Pcg::new(seed);
        let terms = Reputation {
            rates: two(|| drawn(rng, 2, 50)),
            demands: two(|| drawn(rng, 51, 95)),
            obstinate: two(|| drawn(rng, 2, 60)),
        };
        let found = terms.concessions().expect("sound terms");
        let (rates, demands, obstinate) = (floats(&terms.rates), floats(&terms.demands), floats(&terms.obstinate));
        assert!(found.at_once.contains(&0.0), "{terms:?}");
        for i in 0..2 {
            let j = 1 - i;
            let stands = |t: f64| (1.0 - found.at_once[j]) * (-found.hazards[j] * t).exp();
            near(stands(found.last), obstinate[j], 1e-9, &terms);
            for part in [0.0, 0.3, 0.7, 1.0] {
                let date = part * found.last;
                let density = |t: f64| found.hazards[j] * stands(t) * (-rates[i] * t).exp() * demands[i];
                let gains = found.at_once[j] * demands[i] + integral(0.0, date, density);
                let gives_in = stands(date) * (-rates[i] * date).exp() * (1.0 - demands[j]);
                near(gains + gives_in, found.payoffs[i], 1e-6, &terms);
            }
        }
    }
}

#[test]
fn whoever_backs_down_is_indifferent_until_the_horizon() {
    for seed in 0..200 {
        let rng = &mut Pcg::new(seed);
        let terms = AudienceCosts { costs: two(|| drawn(rng, 5, 400)) };
        let found = terms.contest().expect("sound terms");
        for (i, cost) in floats(&terms.costs).into_iter().enumerate() {
            let j = 1 - i;
            let stands = |t: f64| terms.survival(j, t).expect("sound terms");
            for part in [0.001, 0.3, 0.7, 1.0] {
                let date = part * found.horizon;
                // Wins when the other backs down before; pays the cost when it backs down.
                let value = 1.0 - stands(date) - stands(date) * cost * date;
                near(value, found.at_once[j], 1e-9, &terms);
            }
            // At the horizon exactly those are left that prefer war to backing down.
            near(stands(found.horizon), found.locked[j], 1e-9, &terms);
        }
    }
}

fn target(rng: &mut Pcg) -> Target {
    Target {
        deal: drawn(rng, 0, 1_000),
        strike: drawn(rng, 0, 2_000),
        hazard: drawn(rng, 0, 60),
        last_chance: if rng.below(2) == 0 { Exact::ZERO } else { drawn(rng, 0, 100) },
        rate: drawn(rng, 1, 30),
    }
}

/// Loss of a deal at a date before the horizon, or of none, by integration.
fn lost(target: &Target, horizon: f64, deal_at: Option<f64>) -> f64 {
    let (s, r, strike) = (target.hazard.to_f64(), target.rate.to_f64(), target.strike.to_f64());
    let until = deal_at.unwrap_or(horizon);
    let struck = integral(0.0, until, |t| s * (-(s + r) * t).exp() * strike);
    let end = if deal_at.is_some() { target.deal.to_f64() } else { target.last_chance.to_f64() * strike };
    struck + end * (-(s + r) * until).exp()
}

#[test]
fn no_date_is_better_than_the_choice() {
    let mut found = [0; 3];
    for seed in 0..2_000 {
        let rng = &mut Pcg::new(seed);
        let target = target(rng);
        let horizon = drawn(rng, 10, 3_000).to_f64();
        let losses = target.choice(Horizon::Until(horizon)).expect("sound terms");
        found[losses.best as usize] += 1;
        let dates = (0..=60).map(|step| horizon * f64::from(step) / 60.0);
        let least = dates.map(|date| lost(&target, horizon, Some(date))).fold(f64::INFINITY, f64::min);
        let never = lost(&target, horizon, None);
        near(losses.least(), least.min(never), 1e-4, &target);
        near(losses.never, never, 1e-4, &target);
        near(losses.last.expect("a last moment"), lost(&target, horizon, Some(horizon)), 1e-4, &target);
        // The choice turns to a deal at once exactly at the time that is needed.
        if let Horizon::Until(needed) = target.needed().expect("sound terms") {
            let at = |time: f64| target.choice(Horizon::Until(time)).expect("sound terms").best;
            assert_eq!(at(needed * 1.000_001 + 1e-9), When::Now, "{target:?}");
            if needed > 1e-6 {
                assert_eq!(at(needed * 0.999_999), When::Never, "{target:?}");
            }
        }
    }
    assert!(found.iter().all(|count| *count > 40), "{found:?}");
}

#[test]
fn the_horizon_is_where_the_threat_is_worth_just_enough() {
    for seed in 0..500 {
        let rng = &mut Pcg::new(seed);
        let threat = DecayingWill {
            will: drawn(rng, 1, 2_000),
            decay: drawn(rng, 1, 100),
            cost: drawn(rng, 0, 1_000),
            backing_down: drawn(rng, 0, 500),
        };
        let credible = |t: f64| {
            threat.will.to_f64() * (-threat.decay.to_f64() * t).exp()
                >= threat.cost.to_f64() - threat.backing_down.to_f64()
        };
        match threat.horizon().expect("sound terms") {
            Horizon::Never => assert!(!credible(0.0), "{threat:?}"),
            Horizon::Always => assert!(credible(600.0), "{threat:?}"),
            Horizon::Until(date) => {
                let (mut low, mut high) = (0.0, 2_000.0);
                for _ in 0..200 {
                    let middle = f64::midpoint(low, high);
                    if credible(middle) { low = middle } else { high = middle }
                }
                near(date, low, 1e-9 * date.max(1.0), &threat);
                let decay = threat.decay_for(date).expect("sound terms");
                if let Some(decay) = decay {
                    near(decay, threat.decay.to_f64(), 1e-9, &threat);
                }
            }
        }
    }
}
