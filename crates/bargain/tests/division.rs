//! Fair division: the published case, and laws on random goods.

use detente_bargain::division::fairness::improving_exchange;
use detente_bargain::division::whole_goods::is_envy_free_up_to_one;
use detente_bargain::division::{
    Allocation, DivisionError, Goods, adjusted_winner, fairness, round_robin, whole_goods,
};
use detente_base::{Budget, Exact, Pcg};

const PANAMA: [[i64; 10]; 2] = [[22, 22, 15, 14, 11, 6, 4, 2, 2, 2], [9, 15, 15, 3, 15, 5, 11, 7, 7, 13]];

fn goods(points: &[Vec<i64>]) -> Goods {
    let points = points.iter().map(|own| own.iter().map(|points| Exact::from(*points)).collect());
    Goods::new(points.collect()).expect("sound")
}

fn random(rng: &mut Pcg, parties: usize, most: u32) -> Goods {
    let count = 1 + rng.below(most) as usize;
    let range = 2 + rng.below(40);
    let mut points: Vec<Vec<i64>> =
        (0..parties).map(|_| (0..count).map(|_| i64::from(rng.below(range))).collect()).collect();
    for own in &mut points {
        if own.iter().all(|points| *points == 0) {
            own[0] = 1;
        }
    }
    goods(&points)
}

#[test]
fn the_panama_canal_is_divided_as_published() {
    let goods = goods(&PANAMA.map(|points| points.to_vec()));
    let found = adjusted_winner(&goods).expect("two parties");
    assert_eq!(found.worth, Exact::ratio(66, 100));
    // Land and water: the United States keep 2/15.
    assert_eq!((found.split, found.allocation.part(2, 0)), (Some(2), &Exact::ratio(2, 15)));
    let whole: Vec<usize> = (0..10).filter(|good| *found.allocation.part(*good, 0) == Exact::ONE).collect();
    assert_eq!(whole, [0, 1, 3, 5]);
    let judged = fairness(&goods, &found.allocation);
    assert!(judged.is_envy_free() && judged.is_equitable() && judged.is_proportional());
    let found = whole_goods(&goods, &Budget::default()).expect("few goods");
    assert_eq!(found.efficient, 20);
    for owners in [&found.greatest_product, &found.leximin] {
        let worth = |party: usize| Allocation::whole(&owners[0], 2).worth(&goods, party, party);
        assert_eq!((owners.len(), worth(0), worth(1)), (1, Exact::ratio(64, 100), Exact::ratio(68, 100)));
    }
}

/// The most that the second party can have if the first has at least `least`, found without
/// an order of ratios: for divisible goods some best allocation splits one good at most.
fn most(goods: &Goods, least: &Exact) -> Option<Exact> {
    let count = goods.goods();
    let mut best: Option<Exact> = None;
    for set in 0..1_u32 << count {
        let to_first = |good: usize| set >> good & 1 == 1;
        let sum = |party: usize, wanted: bool| -> Exact {
            (0..count).filter(|good| to_first(*good) == wanted).map(|good| goods.share(party, good).clone()).sum()
        };
        let (first, second) = (sum(0, true), sum(1, false));
        for split in 0..count {
            // A part of the good goes to the first instead of the second, or the reverse.
            let lacking = least - &first;
            let part = lacking.checked_div(goods.share(0, split)).unwrap_or_default();
            let part = if to_first(split) {
                part.clamp(-Exact::ONE, Exact::ZERO)
            } else {
                part.clamp(Exact::ZERO, Exact::ONE)
            };
            if &first + &(&part * goods.share(0, split)) >= *least {
                let has = &second - &(&part * goods.share(1, split));
                best = best.max(Some(has));
            }
        }
    }
    best
}

#[test]
fn adjusted_winner_is_equitable_envy_free_and_efficient() {
    let (mut splits, mut whole) = (0, 0);
    for seed in 0..3_000 {
        let mut rng = Pcg::new(seed);
        let goods = random(&mut rng, 2, 6);
        let found = adjusted_winner(&goods).expect("two parties");
        let judged = fairness(&goods, &found.allocation);
        assert!(judged.own().all(|own| *own == found.worth), "seed {seed}");
        assert!(judged.is_equitable() && judged.is_envy_free() && judged.is_proportional(), "seed {seed}");
        assert_eq!(improving_exchange(&goods, &found.allocation), None, "seed {seed}");
        assert_eq!(most(&goods, &found.worth), Some(found.worth.clone()), "seed {seed}");
        let split = (0..goods.goods()).filter(|good| {
            let part = found.allocation.part(*good, 0);
            *part > Exact::ZERO && *part < Exact::ONE
        });
        assert_eq!(split.collect::<Vec<_>>(), found.split.into_iter().collect::<Vec<_>>(), "seed {seed}");
        splits += usize::from(found.split.is_some());
        whole += usize::from(found.split.is_none());
    }
    assert!(splits > 1_000 && whole > 20, "{splits} {whole}");
}

#[test]
fn names_and_units_change_nothing() {
    for seed in 0..1_000 {
        let mut rng = Pcg::new(seed);
        let count = 1 + rng.below(6) as usize;
        let points: Vec<Vec<i64>> =
            (0..2).map(|_| (0..count).map(|_| 1 + i64::from(rng.below(30))).collect()).collect();
        let found = adjusted_winner(&goods(&points)).expect("two parties");
        let swapped = adjusted_winner(&goods(&[points[1].clone(), points[0].clone()])).expect("two parties");
        assert_eq!(found.worth, swapped.worth, "seed {seed}");
        let scaled: Vec<i64> = points[0].iter().map(|points| points * 7).collect();
        assert_eq!(adjusted_winner(&goods(&[scaled, points[1].clone()])).expect("two"), found, "seed {seed}");
        let mut turned = points.clone();
        turned.iter_mut().for_each(|own| own.rotate_left(1));
        assert_eq!(adjusted_winner(&goods(&turned)).expect("two").worth, found.worth, "seed {seed}");
    }
}

/// An exchange is found exactly where a wasteful allocation can be improved on.
#[test]
fn wasteful_allocations_are_shown_so() {
    let mut wasteful = 0;
    for seed in 0..1_500 {
        let mut rng = Pcg::new(seed);
        let goods = random(&mut rng, 2, 5);
        let parts = (0..goods.goods()).map(|_| {
            let part = Exact::ratio(i64::from(rng.below(3)), 2);
            vec![part.clone(), &Exact::ONE - &part]
        });
        let allocation = Allocation::new(parts.collect()).expect("parts of one");
        let has = |party: usize| allocation.worth(&goods, party, party);
        let best = most(&goods, &has(0)).expect("it is possible");
        let twin =
            Goods::new((0..2).rev().map(|p| (0..goods.goods()).map(|g| goods.share(p, g).clone()).collect()).collect());
        let other = most(&twin.expect("sound"), &has(1)).expect("it is possible");
        let improvable = best > has(1) || other > has(0);
        assert_eq!(improving_exchange(&goods, &allocation).is_some(), improvable, "seed {seed}");
        wasteful += usize::from(improvable);
    }
    assert!((200..1_400).contains(&wasteful), "{wasteful}");
}

/// Every owner of every good, tried one after the other.
fn every(goods: usize, parties: usize) -> Vec<Vec<usize>> {
    (0..goods).fold(vec![Vec::new()], |all, _| {
        all.iter().flat_map(|start| (0..parties).map(|owner| start.iter().copied().chain([owner]).collect())).collect()
    })
}

#[test]
fn whole_goods_are_the_best_of_all() {
    for seed in 0..600 {
        let mut rng = Pcg::new(seed);
        let parties = 2 + rng.below(2) as usize;
        let goods = random(&mut rng, parties, 6);
        let worths = |owners: &[usize]| -> Vec<Exact> {
            let allocation = Allocation::whole(owners, parties);
            (0..parties).map(|party| allocation.worth(&goods, party, party)).collect()
        };
        let all: Vec<Vec<Exact>> = every(goods.goods(), parties).iter().map(|owners| worths(owners)).collect();
        let product = |worths: &Vec<Exact>| worths.iter().fold(Exact::ONE, |product, worth| &product * worth);
        let sorted = |worths: &Vec<Exact>| {
            let mut sorted = worths.clone();
            sorted.sort();
            sorted
        };
        let found = whole_goods(&goods, &Budget::default()).expect("few goods");
        let best = all.iter().map(product).max().expect("one");
        assert!(!found.greatest_product.is_empty() && !found.leximin.is_empty());
        for owners in &found.greatest_product {
            assert_eq!(product(&worths(owners)), best, "seed {seed}");
            assert!(best.is_zero() || is_envy_free_up_to_one(&goods, owners), "seed {seed}");
        }
        let even = all.iter().map(sorted).max().expect("one");
        assert!(found.leximin.iter().all(|owners| sorted(&worths(owners)) == even), "seed {seed}");
        assert!(is_envy_free_up_to_one(&goods, &round_robin(&goods)), "seed {seed}");
    }
}

#[test]
fn envy_is_told_with_its_size() {
    let goods = goods(&[vec![3, 1], vec![1, 1], vec![0, 4]]);
    let judged = fairness(&goods, &Allocation::whole(&[0, 1], 3));
    let found: Vec<(usize, usize, String)> =
        judged.envy().into_iter().map(|envy| (envy.envious, envy.envied, envy.by.to_string())).collect();
    assert_eq!(found, [(2, 1, "1".to_owned())]);
    assert!(!judged.is_proportional() && !judged.is_equitable() && !judged.is_envy_free());
    assert!(!is_envy_free_up_to_one(&self::goods(&[vec![1, 1, 1], vec![1, 1, 1]]), &[0, 0, 0]));
}

#[test]
fn faults_are_named() {
    let fault = |points: Vec<Vec<i64>>| {
        let points = points.into_iter().map(|own| own.into_iter().map(Exact::from).collect());
        Goods::new(points.collect()).expect_err("a fault")
    };
    assert_eq!(fault(vec![vec![1]]), DivisionError::FewParties { parties: 1 });
    assert_eq!(fault(vec![vec![1], vec![1, 2]]), DivisionError::OtherGoods { party: 1 });
    assert_eq!(fault(vec![vec![1], vec![-1]]), DivisionError::Negative { party: 1, good: 0 });
    assert_eq!(fault(vec![vec![1, 2], vec![0, 0]]), DivisionError::NoPoints { party: 1 });
    assert_eq!(adjusted_winner(&goods(&[vec![1], vec![1], vec![1]])), Err(DivisionError::NotTwo { parties: 3 }));
    assert_eq!(Allocation::new(vec![vec![Exact::ONE, Exact::ONE]]), None);
}
