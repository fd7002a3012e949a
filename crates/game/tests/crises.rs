//! Closed forms of crises against printed numbers, searches and simulation.

mod support;

use detente_base::{Budget, Exact, Pcg};
use detente_game::crises::{ContinuousCrisis, Mediation, TwoTypeBluff, Ultimatum};
use detente_game::lemke::any_quasi_perfect;
use support::bluff;

fn exact(text: &str) -> Exact {
    text.parse().expect("a number")
}

fn uniform(pcg: &mut Pcg) -> f64 {
    (f64::from(pcg.next()) + 0.5) / 4_294_967_296.0
}

fn ultimatum(numbers: [&str; 3]) -> Ultimatum {
    let [wins, cost, most_cost] = numbers.map(exact);
    Ultimatum { wins, cost, most_cost }
}

#[test]
fn ultimata_have_the_printed_numbers() {
    let cases = [
        (["0.5", "0.2", "0.4"], ["0.6", "0.25", "0.525"]),
        (["0.5", "0.1", "0.5"], ["0.7", "0.4", "0.58"]),
        (["0.6", "0.05", "0.3"], ["0.725", "5/12", "313/480"]),
        (["0.3", "0.3", "0.2"], ["0.3", "0", "0.3"]),
        (["0.9", "0", "0.5"], ["1", "0.2", "0.98"]),
    ];
    for (numbers, expected) in cases {
        let found = ultimatum(numbers).solve().expect("in range");
        assert_eq!([found.demand, found.war, found.payoff], expected.map(exact), "{numbers:?}");
    }
    assert!((exact("313/480").to_f64() - 0.652_083).abs() < 5e-7);
    assert!(ultimatum(["1.2", "0", "1"]).solve().is_err());
    assert!(ultimatum(["0.5", "0", "0"]).solve().is_err());
}

#[test]
fn no_demand_on_a_grid_is_better_than_the_ultimatum() {
    let mut pcg = Pcg::new(31);
    for _ in 0..50 {
        let [wins, cost, most] = [21, 11, 20].map(|bound| Exact::ratio(i64::from(pcg.below(bound)), 20));
        let game = Ultimatum { wins: wins.clone(), cost: cost.clone(), most_cost: &most + &exact("0.05") };
        let found = game.solve().expect("in range");
        let (wins, cost, most) = (wins.to_f64(), cost.to_f64(), game.most_cost.to_f64());
        // Payoffs from the game itself: who values war less than the rest of the prize grants.
        let payoff = |demand: f64| {
            let fights = ((demand - wins) / most).clamp(0.0, 1.0);
            demand * (1.0 - fights) + (wins - cost) * fights
        };
        let best = (0..=2000).map(|step| payoff(f64::from(step) / 2000.0)).fold(f64::NEG_INFINITY, f64::max);
        assert!((payoff(found.demand.to_f64()) - found.payoff.to_f64()).abs() < 1e-12);
        assert!(best <= found.payoff.to_f64() + 1e-12 && best >= found.payoff.to_f64() - 1e-5, "{game:?}");
    }
}

#[test]
fn continuous_crises_have_the_printed_numbers() {
    let cases = [
        ("0.25", "0", ["4/15", "5/9", "1/5", "1/5"]),
        ("0.5", "0", ["2/3", "3/5", "1/3", "1/3"]),
        ("0.8", "0", ["1", "4/5", "3/4", "1/5"]),
    ];
    for (backing_down, exposure, expected) in cases {
        let game = ContinuousCrisis { backing_down: exact(backing_down), exposure: exact(exposure) };
        let found = game.solve().expect("in range");
        assert_eq!([found.bluff, found.fight, found.concede, found.war], expected.map(exact));
    }
    for (exposure, concede) in [("0", "1/3"), ("0.2", "5/12"), ("0.4", "5/9")] {
        let game = ContinuousCrisis { backing_down: exact("0.5"), exposure: exact(exposure) };
        assert_eq!(game.solve().expect("in range").concede, exact(concede));
    }
    // War is likeliest at the golden section.
    let war = |a: f64| (a / (1.0 + a)).min(1.0 - a);
    let most = (0..=100_000).map(|step| war(f64::from(step) / 100_000.0)).fold(0.0, f64::max);
    assert!((most - (3.0 - libm::sqrt(5.0)) / 2.0).abs() < 1e-5 && (most - 0.381_966).abs() < 1e-5);
    assert!(ContinuousCrisis { backing_down: Exact::ZERO, exposure: Exact::ZERO }.solve().is_err());
    assert!(ContinuousCrisis { backing_down: Exact::ONE, exposure: Exact::ONE }.solve().is_err());
}

#[test]
fn nobody_gains_in_a_continuous_crisis() {
    for a in 1..=20 {
        for rho in 0..20 {
            let game = ContinuousCrisis { backing_down: Exact::ratio(a, 20), exposure: Exact::ratio(rho, 20) };
            let found = game.solve().expect("in range");
            let (cost, exposed) = (&game.backing_down, &game.exposure);
            let resisted = &Exact::ONE - &found.concede;
            // A bluff is worth nothing if mixed, no more if never made, no less if always.
            let hidden = &found.concede - &(&resisted * cost);
            let bluff = &(&(&Exact::ONE - exposed) * &hidden) - &(exposed * cost);
            if found.bluff.is_zero() {
                assert!(bluff.signum() <= 0);
            } else if found.bluff < Exact::ONE {
                assert!(bluff.is_zero());
            } else {
                assert!(bluff.signum() >= 0);
            }
            // B's indifferent type: φ·w + 1 − φ = 0 at w = −(1 − s).
            let type_b = &(&found.fight * &-&resisted) + &(&Exact::ONE - &found.fight);
            assert!(type_b.is_zero(), "{game:?}");
            // Beliefs follow from what is played.
            let bluffs = &(&(&Exact::ONE - exposed) * &(&Exact::ONE - cost)) * &found.bluff;
            assert_eq!(found.fight, cost / &(cost + &bluffs));
            assert!(found.fight >= found.quiet_belief);
        }
    }
}

#[test]
fn simulated_continuous_crises_end_in_war_as_often() {
    for (backing_down, exposure) in [("0.25", "0"), ("0.8", "0"), ("0.5", "0.2")] {
        let game = ContinuousCrisis { backing_down: exact(backing_down), exposure: exact(exposure) };
        let found = game.solve().expect("in range");
        let (a, rho) = (game.backing_down.to_f64(), game.exposure.to_f64());
        let (bluff, fight) = (found.bluff.to_f64(), found.fight.to_f64());
        let mut pcg = Pcg::new(8);
        let (draws, mut wars, mut concessions, mut hidden) = (400_000, 0, 0, 0);
        for _ in 0..draws {
            let [own, other, bluffs, exposed] = [(); 4].map(|()| uniform(&mut pcg));
            let (own, other) = (-own, -other);
            let fights = own >= -a;
            if !fights && (bluffs >= bluff || exposed < rho) {
                continue;
            }
            hidden += 1;
            if fight * other + 1.0 - fight < 0.0 {
                concessions += 1;
            } else if fights {
                wars += 1;
            }
        }
        assert!((f64::from(wars) / f64::from(draws) - found.war.to_f64()).abs() < 0.003);
        assert!((f64::from(concessions) / f64::from(hidden) - found.concede.to_f64()).abs() < 0.005);
    }
}

fn two_types(resolved: &str) -> TwoTypeBluff {
    let [resolved, prize, war, war_b, backing_down, prevailing] = [resolved, "1", "0.2", "2", "0.5", "0.5"].map(exact);
    TwoTypeBluff { resolved, prize, war, war_b, backing_down, prevailing }
}

#[test]
fn bluffs_have_the_printed_numbers() {
    let found = two_types("0.3").solve().expect("in range");
    let numbers = [found.bluff, found.resist, found.threat, found.war, found.called];
    assert_eq!(numbers, ["2/7", "2/3", "1/2", "1/5", "2/15"].map(exact));
    assert_eq!(found.payoffs, ["7/50", "-1/2"].map(exact));
    for (resolved, bluff, war) in [("0.1", 0.074_074, 0.0667), ("0.5", 0.6667, 0.3333)] {
        let found = two_types(resolved).solve().expect("in range");
        assert!((found.bluff.to_f64() - bluff).abs() < 5e-5 && (found.war.to_f64() - war).abs() < 5e-5);
    }
    let found = two_types("0.7").solve().expect("in range");
    assert_eq!((found.bluff, found.resist, found.war), (Exact::ONE, Exact::ZERO, Exact::ZERO));
    assert!(TwoTypeBluff { war_b: Exact::ONE, ..two_types("0.3") }.solve().is_err());
}

#[test]
fn bluffs_are_those_of_the_solver_of_trees() {
    for resolved in ["0.05", "0.1", "0.3", "0.45", "0.59", "0.61", "0.9"] {
        let found = two_types(resolved).solve().expect("in range");
        let tree = any_quasi_perfect(&bluff(resolved), &Budget::default()).expect("an equilibrium");
        assert_eq!(tree.regret.payoffs, found.payoffs, "{resolved}");
        let played = tree.assessment.behaviour().probabilities();
        assert!(played.contains(&found.bluff) && played.contains(&found.resist), "{resolved}: {played:?}");
    }
}

fn mediation(error: &str) -> Mediation {
    let [own_cost, low_cost, high_cost, mediator_cost] = ["0.2", "0.1", "0.4", "0.2"].map(exact);
    Mediation { own_cost, low_cost, high_cost, mediator_cost, error: exact(error) }
}

#[test]
fn mediators_have_the_printed_numbers() {
    for (error, least, printed) in [("0.05", "1/28", 0.035_714), ("0.1", "1/13", 0.076_923), ("0.2", "2/11", 0.181_818)]
    {
        let found = mediation(error).solve().expect("in range");
        assert_eq!(found.press_from, exact("0.5"));
        assert_eq!(found.least_bias, Some(exact(least)));
        assert!((exact(least).to_f64() - printed).abs() < 6e-7);
        assert_eq!((found.most_bias, found.followed), (None, true));
    }
    // One with no stake in the party is never strictly honest; one without error is with any.
    assert_eq!(mediation("0").solve().expect("in range").least_bias, Some(Exact::ZERO));
    assert!(mediation("0.6").solve().is_err());
    assert!(Mediation { high_cost: exact("0.1"), ..mediation("0") }.solve().is_err());
    let mild = Mediation { low_cost: exact("0.39"), ..mediation("0.1") };
    assert_eq!(mild.solve().expect("in range").least_bias, None);
}

#[test]
fn mediators_are_honest_where_that_pays() {
    let mut pcg = Pcg::new(19);
    for _ in 0..300 {
        let [own, low, more, cost, error] =
            [10, 10, 10, 10, 11].map(|bound| Exact::ratio(i64::from(pcg.below(bound)), 20));
        let game = Mediation {
            own_cost: own.clone(),
            low_cost: low.clone(),
            high_cost: &(&low + &more) + &exact("0.05"),
            mediator_cost: cost.clone(),
            error: error.clone(),
        };
        let found = game.solve().expect("in range");
        let share = exact("0.5");
        // What the party does if told so, with a chance that the adversary is weak.
        let worth = |bias: &Exact, weak: &Exact, press: bool| {
            let resolved = &Exact::ONE - weak;
            if press {
                let won = &(weak * &(&share + &game.high_cost)) + &(&resolved * &share);
                &(bias * &won) - &(&resolved * &game.mediator_cost)
            } else {
                bias * &(&share + &game.low_cost)
            }
        };
        let right = &Exact::ONE - &error;
        for tenths in 0..40 {
            let bias = Exact::ratio(tenths, 10);
            let at_weak = worth(&bias, &right, true) >= worth(&bias, &right, false);
            let at_resolved = worth(&bias, &error, true) <= worth(&bias, &error, false);
            let zero_stake = cost.is_zero() && bias.is_zero();
            let least = found.least_bias.as_ref().is_some_and(|least| bias >= *least);
            // With nothing at stake a mediator does not care, even where no bias makes it press.
            let indifferent = bias.is_zero() && (zero_stake || error.is_zero());
            let level = &right * &game.high_cost == game.low_cost && (&error * &cost).is_zero();
            assert_eq!(at_weak, least || indifferent || level, "{game:?} {bias}");
            assert_eq!(at_resolved, found.most_bias.as_ref().is_none_or(|most| bias <= *most), "{game:?} {bias}");
        }
        let presses = |weak: &Exact| {
            let pressing = &(weak * &(&share + &game.high_cost)) + &(&(&Exact::ONE - weak) * &(&share - &own));
            pressing >= &share + &low
        };
        for weak in (0..=20).map(|part| Exact::ratio(part, 20)) {
            assert_eq!(presses(&weak), weak >= found.press_from);
        }
    }
}
