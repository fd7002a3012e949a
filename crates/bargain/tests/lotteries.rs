//! Solutions over lotteries: published values, laws, and a fine search by other means.

use detente_bargain::Solution;
use detente_bargain::lotteries::{Lottery, OVER_LOTTERIES, chosen_lottery_among};
use detente_base::{Budget, Exact, Pcg};

fn exact(text: &str) -> Exact {
    text.parse().expect("a number")
}

fn points(all: &[&[i64]]) -> Vec<Vec<Exact>> {
    all.iter().map(|point| point.iter().map(|n| Exact::from(*n)).collect()).collect()
}

fn lottery(solution: Solution, reservations: &[Exact], points: &[Vec<Exact>]) -> Option<Lottery> {
    let points: Vec<&[Exact]> = points.iter().map(Vec::as_slice).collect();
    chosen_lottery_among(solution, reservations, &points, &Budget::default()).expect("no limit")
}

fn zeros(parties: usize) -> Vec<Exact> {
    vec![Exact::ZERO; parties]
}

#[test]
fn bill_and_jack_need_no_lottery_for_nash_and_one_for_equal_gains() {
    // The rational points of Nash's example.
    let all = points(&[&[18, 0], &[16, 2], &[14, 4], &[12, 5], &[8, 6], &[6, 7], &[2, 8]]);
    let nash = lottery(Solution::Nash, &zeros(2), &all).expect("a zone");
    assert_eq!((nash.worths, nash.chances), (vec![Exact::from(12), Exact::from(5)], vec![(3, Exact::ONE)]));
    // Between (12, 5) and (6, 7), above (8, 6), both gain 27/4.
    let equal = lottery(Solution::Egalitarian, &zeros(2), &all).expect("a zone");
    assert_eq!(equal.worths, [exact("27/4"), exact("27/4")]);
    assert_eq!(equal.chances, [(3, exact("1/8")), (5, exact("7/8"))]);
    let ks = lottery(Solution::KalaiSmorodinsky, &zeros(2), &all).expect("a zone");
    assert_eq!(&ks.worths[0] * &Exact::from(8), &ks.worths[1] * &Exact::from(18), "equal shares of the ideals");
    let sum = lottery(Solution::Utilitarian, &zeros(2), &all).expect("a zone");
    assert_eq!(
        sum.worths,
        [Exact::from(14), Exact::from(4)],
        "of all with sum 18 the one with the greatest least gain"
    );
}

#[test]
fn a_lottery_can_be_agreed_on_where_no_package_can() {
    let all = points(&[&[10, 0], &[0, 10]]);
    let reservations = vec![Exact::from(4), Exact::from(5)];
    let nash = lottery(Solution::Nash, &reservations, &all).expect("a zone");
    assert_eq!(nash.worths, [exact("4.5"), exact("5.5")]);
    assert!(lottery(Solution::Nash, &[Exact::from(6), Exact::from(5)], &all).is_none());
    assert!(lottery(Solution::Nash, &zeros(2), &[]).is_none());
}

#[test]
fn three_parties_share_alike_by_symmetry() {
    let all = points(&[&[1, 0, 0], &[0, 1, 0], &[0, 0, 1]]);
    for solution in OVER_LOTTERIES {
        let found = lottery(solution, &zeros(3), &all).expect("a zone");
        assert_eq!(found.worths, vec![exact("1/3"); 3], "{solution:?}");
        assert_eq!(found.at_most, Exact::ONE);
    }
}

#[test]
fn who_cannot_gain_leaves_the_others_to_share() {
    // The first party has its reservation at best.
    let all = points(&[&[0, 4, 0], &[0, 0, 2], &[-1, 9, 9]]);
    let found = lottery(Solution::Nash, &zeros(3), &all).expect("a zone");
    assert_eq!(found.worths, [Exact::ZERO, exact("4/3"), exact("4/3")]);
}

fn random_points(rng: &mut Pcg, parties: usize) -> Vec<Vec<Exact>> {
    let count = 1 + rng.below(8);
    (0..count).map(|_| (0..parties).map(|_| Exact::from(i64::from(rng.below(21)) - 6)).collect()).collect()
}

/// Mean gains of a lottery.
fn gains(found: &Lottery, reservations: &[Exact]) -> Vec<Exact> {
    found.worths.iter().zip(reservations).map(|(worth, reservation)| worth - reservation).collect()
}

fn product(gains: &[Exact]) -> Exact {
    gains.iter().fold(Exact::ONE, |product, gain| &product * gain)
}

#[test]
fn no_drawn_lottery_is_better() {
    let mut rng = Pcg::new(3);
    let mut met = 0;
    for round in 0..400 {
        let parties = 2 + round % 3;
        let all = random_points(&mut rng, parties);
        let reservations: Vec<Exact> = (0..parties).map(|_| Exact::from(i64::from(rng.below(5)) - 2)).collect();
        let found: Vec<Option<Lottery>> =
            OVER_LOTTERIES.iter().map(|solution| lottery(*solution, &reservations, &all)).collect();
        for found in found.iter().flatten() {
            let sum: Exact = found.chances.iter().map(|(_, chance)| chance.clone()).sum();
            assert_eq!(sum, Exact::ONE);
            for (party, worth) in found.worths.iter().enumerate() {
                let mean: Exact = found.chances.iter().map(|(at, chance)| chance * &all[*at][party]).sum();
                assert_eq!(*worth, mean);
                assert!(*worth >= reservations[party]);
            }
        }
        for _ in 0..60 {
            let weights: Vec<i64> = all.iter().map(|_| i64::from(rng.below(7).saturating_sub(3))).collect();
            let sum: i64 = weights.iter().sum();
            if sum == 0 {
                continue;
            }
            let mean = |party: usize| {
                let terms = all.iter().zip(&weights).map(|(point, w)| &Exact::ratio(*w, sum) * &point[party]);
                terms.sum::<Exact>()
            };
            let drawn: Vec<Exact> = (0..parties).map(|party| &mean(party) - &reservations[party]).collect();
            if drawn.iter().any(|gain| gain.signum() < 0) {
                continue;
            }
            met += 1;
            let [nash, ks, equal, total] = [0, 1, 2, 3].map(|at| found[at].as_ref().expect("the zone is not empty"));
            let nash_gains = gains(nash, &reservations);
            assert!(product(&drawn) <= &product(&nash_gains) * &nash.at_most);
            assert!(nash.at_most <= exact("1.000001"), "{}", nash.at_most);
            let least = |gains: &[Exact]| gains.iter().min().expect("a party").clone();
            assert!(least(&drawn) <= least(&gains(equal, &reservations)));
            let sum = |gains: &[Exact]| gains.iter().cloned().sum::<Exact>();
            assert!(sum(&drawn) <= sum(&gains(total, &reservations)));
            assert!(ks.worths.len() == parties);
        }
    }
    assert!(met > 500, "{met}");
}

#[test]
fn units_change_nothing_where_the_theory_says_so() {
    let mut rng = Pcg::new(9);
    let mut met = 0;
    for round in 0..200 {
        let parties = 2 + round % 2;
        let all = random_points(&mut rng, parties);
        let reservations = zeros(parties);
        let (scale, shift) = (Exact::ratio(3, 2), Exact::from(5));
        let changed = |numbers: &[Exact]| -> Vec<Exact> {
            let other = |(party, n): (usize, &Exact)| if party == 0 { &(n * &scale) + &shift } else { n.clone() };
            numbers.iter().enumerate().map(other).collect()
        };
        let moved: Vec<Vec<Exact>> = all.iter().map(|point| changed(point)).collect();
        for solution in [Solution::Nash, Solution::KalaiSmorodinsky] {
            let before = lottery(solution, &reservations, &all);
            let after = lottery(solution, &changed(&reservations), &moved);
            assert_eq!(before.is_some(), after.is_some());
            let (Some(before), Some(after)) = (before, after) else { continue };
            if gains(&before, &reservations).iter().any(Exact::is_zero) || (solution == Solution::Nash && parties > 2) {
                continue;
            }
            assert_eq!(changed(&before.worths), after.worths, "{solution:?}");
            met += 1;
        }
    }
    assert!(met > 60, "{met}");
}

#[test]
fn budgets_end_it() {
    let budget = Budget::default();
    budget.stopper.stop();
    let all = points(&[&[10, 0], &[0, 10]]);
    let all: Vec<&[Exact]> = all.iter().map(Vec::as_slice).collect();
    assert!(chosen_lottery_among(Solution::Nash, &zeros(2), &all, &budget).is_err());
}
