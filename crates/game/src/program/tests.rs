//! Small and random programmes.

use detente_base::{Budget, Exact, Pcg};

use super::{Program, dictionary, vertex, whole::Whole};

fn program(columns: &[&[i64]], objective: &[i64], right: &[i64]) -> Program {
    let entries = |column: &&[i64]| {
        let some = column.iter().enumerate().filter(|(_, entry)| **entry != 0);
        some.map(|(row, entry)| (row as u32, Exact::from(*entry))).collect()
    };
    let exact = |all: &[i64]| all.iter().map(|own| Exact::from(*own)).collect();
    Program {
        columns: columns.iter().map(entries).collect(),
        objective: exact(objective),
        right: exact(right),
        start: None,
    }
}

#[test]
fn a_small_programme() {
    // x + 2y ≤ 4, x − y ≤ 1: the most of x + y is at x = 2, y = 1.
    let found = program(&[&[1, 1], &[2, -1]], &[1, 1], &[4, 1]).solve(&Budget::default()).expect("there is one");
    assert_eq!(found.solution.to_exact(), [Exact::from(2), Exact::ONE]);
    assert_eq!(found.prices.to_exact(), [Exact::ratio(2, 3), Exact::ratio(1, 3)]);
}

#[test]
fn nothing_is_the_most_of_what_can_be_had_without_end() {
    assert!(program(&[&[-1]], &[1], &[0]).solve(&Budget::default()).is_err());
    let none = program(&[], &[], &[1]).solve(&Budget::default()).expect("there is one");
    assert!(none.solution.numerators.is_empty());
}

#[test]
fn floats_and_exact_pivots_find_the_same_value() {
    let mut rng = Pcg::new(5);
    let mut many = 0;
    for _ in 0..600 {
        let (rows, columns) = (1 + rng.below(9), 1 + rng.below(9));
        let mut column = || -> Vec<(u32, Exact)> {
            let own = (0..rows).filter_map(|row| {
                let entry = i64::from(rng.below(9)) - 3;
                (entry != 0 && rng.below(3) > 0).then(|| (row, Exact::ratio(entry, 1 + i64::from(rng.below(3)))))
            });
            // A last row bounds everything.
            own.collect::<Vec<_>>().into_iter().chain([(rows, Exact::ONE)]).collect()
        };
        let columns: Vec<_> = (0..columns).map(|_| column()).collect();
        let objective = columns.iter().map(|_| Exact::from(i64::from(rng.below(7)) - 2)).collect();
        let right = (0..rows).map(|_| Exact::from(i64::from(rng.below(3)))).chain([Exact::from(10)]).collect();
        let program = Program { columns, objective, right, start: None };
        let found = program.solve(&Budget::default()).expect("it is bounded");
        let basis = dictionary::basis(&program, None, &Budget::default(), &mut 0).expect("no limit").expect("bounded");
        let whole = Whole::new(&program);
        let (solution, _) = vertex::vertex(&whole, &basis, &Budget::default()).expect("no limit").expect("proven");
        // From any basis.
        let mut near: Vec<u32> = (0..(program.columns.len() + program.right.len()) as u32).collect();
        rng.shuffle(&mut near);
        near.truncate(program.right.len());
        let again = dictionary::basis(&program, Some(&near), &Budget::default(), &mut 0).expect("no limit");
        let again = vertex::vertex(&whole, &again.expect("bounded"), &Budget::default()).expect("no limit");
        assert!(again.is_some());
        let worth = |solution: Vec<Exact>| -> Exact {
            solution.iter().zip(&program.objective).map(|(amount, worth)| amount * worth).sum()
        };
        let guess = program.guess(0, &Budget::default()).expect("no limit").expect("floats find it").1;
        let near: f64 = guess.solution.iter().zip(&program.objective).map(|(x, c)| x * c.to_f64()).sum();
        let value = worth(found.solution.to_exact());
        assert_eq!(value, worth(solution.to_exact()));
        assert!((near - value.to_f64()).abs() < 1e-7, "{near} {value}");
        many += usize::from(found.pivots > 4);
    }
    assert!(many > 50, "{many}");
}
