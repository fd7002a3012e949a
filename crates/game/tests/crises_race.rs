//! The race of audience costs against printed numbers, indifference and simulation.

use detente_base::Pcg;
use detente_game::crises::AudienceRace;

fn uniform(pcg: &mut Pcg) -> f64 {
    (f64::from(pcg.next()) + 0.5) / 4_294_967_296.0
}

#[test]
fn races_have_the_printed_numbers() {
    let cases = [
        ([2.0, 1.0], [0.366_025, 0.366_025, 0.267_949]),
        ([1.0, 1.0], [0.618_034, 0.0, 0.381_966]),
        ([4.0, 1.0], [0.207_107, 0.621_320, 0.171_573]),
        ([3.0, 0.5], [0.290_994, 0.727_486, 0.127_017]),
    ];
    for (costs, printed) in cases {
        let found = AudienceRace { costs }.solve().expect("in range");
        let numbers = [found.horizon, found.at_once[1], found.war];
        assert!(numbers.iter().zip(printed).all(|(a, b)| (a - b).abs() < 6e-7), "{numbers:?}");
        assert!(found.at_once[0].abs() < 1e-15);
        let turned = AudienceRace { costs: [costs[1], costs[0]] }.solve().expect("in range");
        assert!((turned.at_once[0] - found.at_once[1]).abs() < 1e-15);
    }
    assert!(AudienceRace { costs: [0.0, 1.0] }.solve().is_err());
}

#[test]
fn quitting_in_a_race_pays_the_same_at_all_times() {
    let mut pcg = Pcg::new(5);
    for _ in 0..200 {
        let costs = [0.05 + 5.0 * uniform(&mut pcg), 0.05 + 5.0 * uniform(&mut pcg)];
        let found = AudienceRace { costs }.solve().expect("in range");
        for side in [0, 1] {
            let first = found.payoff_of_quitting(side, found.horizon * 1e-3);
            for step in 1..=50 {
                let time = found.horizon * f64::from(step) / 50.0;
                assert!((found.payoff_of_quitting(side, time) - first).abs() < 1e-13);
            }
            // Who values war at −a·t* is indifferent between quitting then and fighting; as many stay.
            let (own, other) = (costs[side] * found.horizon, found.survival(1 - side, found.horizon));
            assert!((1.0 - other - other * own - first).abs() < 1e-13);
            assert!((found.survival(side, found.horizon) - own).abs() < 1e-13);
            // Later quitting pays less, as nobody else quits any more.
            assert!(found.payoff_of_quitting(side, 1.1 * found.horizon) < first);
        }
    }
}

#[test]
fn simulated_races_end_in_war_as_often() {
    let found = AudienceRace { costs: [2.0, 1.0] }.solve().expect("in range");
    let mut pcg = Pcg::new(12);
    let (draws, mut wars, mut first_wins) = (300_000, 0, 0);
    for _ in 0..draws {
        // When each quits: the inverse of survival at an even number; never above the horizon.
        let mut quits = [0.0_f64; 2];
        for (side, time) in quits.iter_mut().enumerate() {
            let left = uniform(&mut pcg);
            let other = [2.0, 1.0][1 - side];
            *time = ((1.0 - found.at_once[side]) / left - 1.0).max(0.0) / other;
        }
        if quits.iter().all(|time| *time >= found.horizon) {
            wars += 1;
        } else {
            first_wins += u32::from(quits[0] > quits[1]);
        }
    }
    assert!((f64::from(wars) / f64::from(draws) - found.war).abs() < 0.004);
    // The side with the higher costs wins more often.
    assert!(f64::from(first_wins) > 0.5 * f64::from(draws - wars));
}
