//! Published cases.

use detente_bargain::{Frontier, Label, Negotiation, Party, Solution, chosen, frontier, standings};
use detente_base::{Budget, Exact};

fn worths(frontier: &Frontier, at: usize) -> Vec<i64> {
    let point = frontier.points().nth(at).expect("a point");
    point.worths.iter().map(|worth| worth.as_integer().expect("a whole number")).collect()
}

fn solved(parties: Vec<Party>) -> (Negotiation, Frontier) {
    let negotiation = Negotiation::new(parties).expect("sound");
    let found = frontier(&negotiation, &Budget::default()).expect("few packages");
    (negotiation, found)
}

fn chosen_worths(solution: Solution, negotiation: &Negotiation, found: &Frontier) -> Vec<Vec<i64>> {
    chosen(solution, &negotiation.stakes(), found).into_iter().map(|at| worths(found, at)).collect()
}

/// Bill and Jack swap nine things (Nash 1950): value 1 of an issue is to hand it over.
fn bill_and_jack() -> Vec<Party> {
    let party = |name: &str, gains: [i64; 9]| Party {
        name: name.into(),
        worths: gains.iter().map(|gain| vec![Exact::ZERO, Exact::from(*gain)]).collect(),
        reservation: Exact::ZERO,
    };
    // Book, whip, ball, bat and box are Bill's; pen, toy, knife and hat are Jack's.
    vec![party("Bill", [-2, -2, -2, -2, -4, 10, 4, 6, 2]), party("Jack", [4, 2, 1, 2, 1, -1, -1, -2, -2])]
}

#[test]
fn nash_1950_is_solved_as_published() {
    let (negotiation, found) = solved(bill_and_jack());
    assert_eq!(negotiation.package_count(), 512_u32.into());
    assert_eq!(found.points().len(), 11);
    let zone: Vec<Vec<i64>> = (0..11)
        .filter(|at| negotiation.stakes().in_zone(found.points().nth(*at).expect("a point")))
        .map(|at| worths(&found, at))
        .collect();
    assert_eq!(zone, [[18, 0], [16, 2], [14, 4], [12, 5], [8, 6], [6, 7], [2, 8]]);
    let nash = chosen(Solution::Nash, &negotiation.stakes(), &found);
    assert_eq!(nash.iter().map(|at| worths(&found, *at)).collect::<Vec<_>>(), [[12, 5]]);
    // Book, whip, ball and bat for pen, toy and knife.
    assert_eq!(found.package(nash[0]), [1, 1, 1, 1, 0, 1, 1, 1, 0]);
    assert_eq!(chosen_worths(Solution::Egalitarian, &negotiation, &found), [[8, 6], [6, 7]]);
    assert_eq!(chosen_worths(Solution::Leximin, &negotiation, &found), [[8, 6]]);
    assert_eq!(chosen_worths(Solution::KalaiSmorodinsky, &negotiation, &found), [[12, 5]]);
    assert_eq!(chosen_worths(Solution::Utilitarian, &negotiation, &found), [[18, 0], [16, 2], [14, 4]]);
}

/// The Panama Canal treaty by Raiffa's points: value 0 of an issue is what the United
/// States want, value 1 what Panama wants.
fn panama(reservation: i64) -> Vec<Party> {
    let party = |name: &str, points: [i64; 10], wanted: usize| {
        let issue = |points: &i64| {
            let mut values = vec![Exact::ZERO; 2];
            values[wanted] = Exact::from(*points);
            values
        };
        Party { name: name.into(), worths: points.iter().map(issue).collect(), reservation: reservation.into() }
    };
    vec![
        party("United States", [22, 22, 15, 14, 11, 6, 4, 2, 2, 2], 0),
        party("Panama", [9, 15, 15, 3, 15, 5, 11, 7, 7, 13], 1),
    ]
}

#[test]
fn the_panama_canal_has_its_frontier_and_its_chips() {
    let (negotiation, found) = solved(panama(0));
    assert_eq!((negotiation.package_count(), found.points().len()), (1_024_u32.into(), 20));
    for solution in [Solution::Nash, Solution::Egalitarian, Solution::Leximin] {
        assert_eq!(chosen_worths(solution, &negotiation, &found), [[64, 68]], "{solution:?}");
    }
    // Land and water are worth the same to both.
    assert_eq!(chosen_worths(Solution::Utilitarian, &negotiation, &found), [[79, 53], [64, 68]]);
    let (negotiation, found) = solved(panama(50));
    let standings = standings(&negotiation.stakes(), &found);
    assert_eq!(standings[0][0].of, 6_u32.into());
    let united_states: Vec<(Option<Label>, String)> =
        standings.iter().map(|values| (values[0].label(), values[0].with.to_string())).collect();
    let expected = [
        (Label::Core, 6),
        (Label::Core, 6),
        (Label::Contested, 2),
        (Label::Core, 6),
        (Label::Chip, 0),
        (Label::Contested, 4),
        (Label::Chip, 0),
        (Label::Contested, 1),
        (Label::Contested, 1),
        (Label::Chip, 0),
    ];
    let expected: Vec<(Option<Label>, String)> =
        expected.into_iter().map(|(label, with)| (Some(label), with.to_string())).collect();
    assert_eq!(united_states, expected);
    let (negotiation, found) = solved(panama(80));
    assert!(chosen(Solution::Nash, &negotiation.stakes(), &found).is_empty(), "an empty zone has no solution");
    assert!(detente_bargain::standings(&negotiation.stakes(), &found).iter().flatten().all(|s| s.label().is_none()));
}
