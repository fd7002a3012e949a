//! Conditions on repeated games against stochastic games and direct values.

use detente_base::{Budget, Exact, Pcg};
use detente_game::repeated::{
    Lasting, Monitoring, Patience, WaningWill, attacks_now, bond, bond_after, enforced_by_default, enforced_by_vote,
    equal_steps, grim_trigger,
};
use detente_game::stochastic::{ProfileForm, StateForm, StateId, Stationary, StochasticGame, exact_regret};
use num_bigint::BigInt;

fn exact(text: &str) -> Exact {
    text.parse().expect("a number")
}

/// What is paid, and chances of the next states.
type Act = (Exact, Vec<(u32, Exact)>);

/// A player alone: for each state and action what is paid and what comes next.
fn alone(discount: &Exact, states: &[Vec<Act>]) -> StochasticGame {
    let form = |actions: &Vec<Act>| StateForm {
        name: String::new(),
        actions: vec![vec![String::new(); actions.len()]],
        profiles: actions
            .iter()
            .map(|(paid, next)| ProfileForm {
                payoffs: vec![paid.clone()],
                next: next.iter().map(|(state, chance)| (StateId(*state), chance.clone())).collect(),
            })
            .collect(),
    };
    let states = states.iter().map(form).collect();
    StochasticGame::new(vec![String::new()], vec![discount.clone()], states).expect("a game")
}

/// Whether the first action of every state is a best reply from everywhere.
fn first_is_best(game: &StochasticGame) -> bool {
    let first = |size: usize| (0..size).map(|at| if at == 0 { Exact::ONE } else { Exact::ZERO }).collect::<Vec<_>>();
    let chances = game.states().map(|(_, form)| form.sizes().into_iter().map(first).collect()).collect();
    let strategies = Stationary::new(game, chances).expect("strategies");
    exact_regret(game, &strategies, &Budget::default()).expect("a budget").is_equilibrium()
}

/// The relation as a decision problem: states are alive, L rounds of waiting, and over.
fn relation([gain, surplus, seen, alarm]: [&Exact; 4], lag: u32, discount: &Exact) -> StochasticGame {
    let sure = |state: u32| vec![(state, Exact::ONE)];
    let over = lag + 1;
    let end = if lag == 0 { over } else { 1 };
    let ends = |chance: &Exact| vec![(0, &Exact::ONE - chance), (end, chance.clone())];
    let mut states = vec![vec![(surplus.clone(), ends(alarm)), (surplus + gain, ends(seen))]];
    states.extend((1..=lag).map(|wait| vec![(surplus.clone(), sure(wait + 1))]));
    states.push(vec![(Exact::ZERO, sure(over))]);
    alone(discount, &states)
}

#[test]
fn grim_trigger_is_one_half_for_five_three_one() {
    assert_eq!(grim_trigger(&exact("5"), &exact("3"), &exact("1")), Patience::AtLeast(exact("1/2")));
    assert_eq!(grim_trigger(&exact("3"), &exact("3"), &exact("1")), Patience::Any);
    assert_eq!(grim_trigger(&exact("5"), &exact("1"), &exact("1")), Patience::Never);
    let mut pcg = Pcg::new(4);
    for _ in 0..40 {
        let [distrust, more, much] = [pcg.below(10), 1 + pcg.below(10), 1 + pcg.below(10)].map(i64::from);
        let [betrayal, trust, distrust] = [distrust + more + much, distrust + more, distrust].map(Exact::from);
        let Patience::AtLeast(least) = grim_trigger(&betrayal, &trust, &distrust) else { panic!("a threshold") };
        for (discount, holds) in [(least.clone(), true), (&least - &exact("0.001"), false)] {
            let trusting = vec![(trust.clone(), vec![(0, Exact::ONE)]), (betrayal.clone(), vec![(1, Exact::ONE)])];
            let game = alone(&discount, &[trusting, vec![(distrust.clone(), vec![(1, Exact::ONE)])]]);
            assert_eq!(first_is_best(&game), holds, "{betrayal} {trust} {distrust}");
        }
    }
}

#[test]
fn detection_and_false_alarms_have_the_worked_numbers() {
    let relation = |detection: &str, alarm: &str| {
        let plain = Monitoring::new(exact("2"), exact("1")).and_then(|found| found.detection(exact(detection)));
        plain.expect("a chance").false_alarm(exact(alarm)).expect("a chance").patience()
    };
    let cases = [
        ("1", "0", "2/3", 0.6667),
        ("0.5", "0", "4/5", 0.8),
        ("0.2", "0", "10/11", 0.9091),
        ("0.1", "0", "20/21", 0.9524),
        ("0.5", "0.05", "40/47", 0.85106),
        ("0.5", "0.1", "10/11", 0.90909),
        ("0.2", "0.05", "40/41", 0.97561),
    ];
    for (detection, alarm, fraction, printed) in cases {
        assert_eq!(relation(detection, alarm), Patience::AtLeast(exact(fraction)), "{detection} {alarm}");
        assert!((exact(fraction).to_f64() - printed).abs() < 5.1e-5);
    }
    assert_eq!(relation("0.2", "0.09"), Patience::Never);
    assert_eq!(relation("0.1", "0.1"), Patience::Never);
    // At the threshold, going on and cheating once are worth the same: 5.2222.
    let (delta, alarm) = (exact("40/47"), exact("0.05"));
    let alive = &Exact::ONE / &(&Exact::ONE - &(&delta * &(&Exact::ONE - &alarm)));
    let cheating = &exact("3") + &(&(&delta * &exact("0.5")) * &alive);
    assert_eq!((&alive, &cheating), (&exact("47/9"), &exact("47/9")));
}

#[test]
fn thresholds_are_those_of_the_decision_problem() {
    let mut pcg = Pcg::new(9);
    let mut never = 0;
    for round in 0..60 {
        let gain = Exact::ratio(1 + i64::from(pcg.below(30)), 10);
        let surplus = Exact::ratio(1 + i64::from(pcg.below(30)), 10);
        let seen = Exact::ratio(i64::from(pcg.below(21)), 20);
        let alarm = Exact::ratio(i64::from(pcg.below(4)), 20);
        let lag = round % 4;
        let monitoring = Monitoring::new(gain.clone(), surplus.clone()).and_then(|found| found.detection(seen.clone()));
        let monitoring = monitoring.and_then(|found| found.false_alarm(alarm.clone())).and_then(|found| found.lag(lag));
        let monitoring = monitoring.expect("in range");
        let holds = |delta: &Exact| first_is_best(&relation([&gain, &surplus, &seen, &alarm], lag, delta));
        for delta in ["0.3", "0.7", "0.9", "0.99"].map(exact) {
            assert_eq!(holds(&delta), monitoring.deters(&delta));
        }
        match monitoring.patience() {
            Patience::Any => panic!("a gain tempts"),
            Patience::AtLeast(least) => assert!(lag == 0 && holds(&least) && !holds(&(&least - &exact("1e-9")))),
            Patience::Between { low, high } => {
                assert!(lag > 0 && holds(&high) && !holds(&low));
                assert!((&high - &low).to_f64() < 1e-14);
            }
            Patience::Never => {
                never += 1;
                assert!(!holds(&exact("0.999999")));
            }
        }
    }
    assert!(never > 5 && never < 40, "{never}");
}

#[test]
fn delay_asks_for_more_patience() {
    let least = |lag: u32| match Monitoring::new(exact("2"), exact("1"))
        .and_then(|found| found.lag(lag))
        .expect("a lag")
        .patience()
    {
        Patience::AtLeast(least) => least,
        Patience::Between { high, .. } => high,
        other => panic!("{other:?}"),
    };
    // One round: δ² + 2δ − 2 = 0, so √3 − 1.
    assert!((least(1).to_f64() - (libm::sqrt(3.0) - 1.0)).abs() < 1e-14);
    assert!((0..20).all(|lag| least(lag) < least(lag + 1)));
    assert!(Monitoring::new(exact("2"), exact("1")).and_then(|found| found.lag(1001)).is_err());
    assert!(Monitoring::new(Exact::ZERO, exact("1")).is_err());
}

#[test]
fn bonds_grow_with_weak_enforcement_more_than_with_delay() {
    let (gain, detection) = (exact("10"), exact("0.9"));
    assert_eq!(bond(&gain, &detection, &Exact::ONE), Ok(exact("100/9")));
    assert_eq!(bond(&gain, &detection, &exact("0.1")), Ok(exact("1000/9")));
    let late = bond_after((&gain, &detection, &exact("0.5")), (0.1, 65.0 / 365.0)).expect("in range");
    assert!((late - 22.62).abs() < 0.005, "{late}");
    // What is lost in expectation, as counted now, is what is gained.
    assert!((late * 0.45 * libm::exp(-0.1 * 65.0 / 365.0) - 10.0).abs() < 1e-12);
    assert!(bond(&gain, &detection, &Exact::ZERO).is_err());
    let told = bond(&gain, &exact("1.5"), &Exact::ONE).expect_err("no chance").to_string();
    assert_eq!(told, "the chance of detection is 1.5; expected a chance from 0 to 1");
}

#[test]
fn sanctions_by_default_need_a_fifth_of_the_bond() {
    let (veto, willing) = (exact("0.8"), exact("0.9"));
    let voted = enforced_by_vote(&veto, &willing).expect("chances");
    let default = enforced_by_default(&willing).expect("a chance");
    assert_eq!((&voted, &default), (&exact("0.18"), &exact("0.9")));
    let bonds = [&voted, &default].map(|chance| bond(&exact("10"), &exact("0.9"), chance).expect("in range"));
    assert_eq!(&bonds[0] / &bonds[1], exact("5"));
}

#[test]
fn steps_are_just_small_enough() {
    for (exchanged, own, steps) in [("100", "10", 10), ("100", "7", 15), ("1300", "65", 20), ("1", "3", 1)] {
        let (exchanged, own) = (exact(exchanged), exact(own));
        assert_eq!(equal_steps(&exchanged, &own), Ok(BigInt::from(steps)));
        // Breaking off in any step gains no more than it costs; with one step fewer it does.
        let gains = |steps: i64| &exchanged / &Exact::from(steps) > own;
        assert!(!gains(steps) && (steps == 1 || gains(steps - 1)));
    }
    assert!(equal_steps(&exact("1"), &Exact::ZERO).is_err());
}

#[test]
fn will_wanes_at_the_worked_times() {
    let will = |backing_down: f64, rate: f64| WaningWill { worth: 10.0, cost: 6.0, backing_down, rate };
    for (backing_down, rate, printed) in [(1.0, 0.1, 6.93), (3.0, 0.1, 12.04), (1.0, 0.05, 13.86)] {
        let Ok(Lasting::Until(time)) = will(backing_down, rate).lasting() else { panic!("a time") };
        assert!((time - printed).abs() < 0.005, "{time}");
        // Believed just before, and not just after.
        let believed = |time: f64| 10.0 * libm::exp(-rate * time) >= 6.0 - backing_down;
        assert!(believed(time - 1e-9) && !believed(time + 1e-9));
    }
    assert_eq!(will(6.0, 0.1).lasting(), Ok(Lasting::Forever));
    let weak = WaningWill { worth: 1.0, ..will(1.0, 0.1) };
    assert_eq!(weak.lasting(), Ok(Lasting::Never));
    assert!(will(1.0, 0.0).lasting().is_err());
}

#[test]
fn decline_leads_to_war_when_the_shift_is_large() {
    // Accepting everything first and the war value later, against war now, as a decision.
    let direct = |discount: &Exact, now: &Exact, later: &Exact, cost: &Exact| {
        let wins = |other: &Exact| &Exact::ONE - other;
        let after = |state: u32| vec![(state, Exact::ONE)];
        let states = [
            vec![(&wins(now) - cost, after(2)), (Exact::ONE, after(1))],
            vec![(&wins(later) - cost, after(3))],
            vec![(wins(now), after(2))],
            vec![(wins(later), after(3))],
        ];
        let game = alone(discount, &states);
        // War is the first action; it is chosen if it is strictly better.
        let peace = vec![vec![vec![Exact::ZERO, Exact::ONE]], vec![vec![Exact::ONE]]];
        let single = vec![vec![Exact::ONE]];
        let peace = peace.into_iter().chain([single.clone(), single]).collect();
        let peace = Stationary::new(&game, peace).expect("strategies");
        !exact_regret(&game, &peace, &Budget::default()).expect("a budget").is_equilibrium()
    };
    let worked = [
        (["0.9", "0.3", "0.6", "0.5"], true),
        (["0.9", "0.3", "0.33", "0.5"], false),
        (["0.5", "0.3", "0.6", "0.5"], false),
        (["0.95", "0.4", "0.42", "0.2"], false),
    ];
    for (numbers, attacks) in worked {
        let [discount, now, later, cost] = numbers.map(exact);
        assert_eq!(attacks_now(&discount, [&now, &later], &cost), Ok(attacks));
        assert_eq!(direct(&discount, &now, &later, &cost), attacks);
    }
    let mut pcg = Pcg::new(2);
    for _ in 0..100 {
        let [discount, now, later, cost] = [20, 21, 21, 40].map(|bound| Exact::ratio(i64::from(pcg.below(bound)), 20));
        let found = attacks_now(&discount, [&now, &later], &cost).expect("in range");
        assert_eq!(found, direct(&discount, &now, &later, &cost), "{discount} {now} {later} {cost}");
    }
}
