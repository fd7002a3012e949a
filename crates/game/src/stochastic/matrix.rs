//! Zero-sum games in which both choose once: the value and optimal strategies.
//!
//! A linear programme in the second player's scaled strategy q: with all payoffs positive,
//! the greatest Σq with A·q ≤ 1, q ≥ 0 is one over the value; its dual is the first player's.

use detente_base::Exact;

use crate::lemke::number::Number;

/// Value and optimal strategies of a matrix of payoffs to the first player.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixSolution {
    /// What the first player can count on, and the second can hold it to.
    pub value: Exact,
    /// An optimal strategy of the first player, who chooses rows.
    pub row: Vec<Exact>,
    /// An optimal strategy of the second player, who chooses columns.
    pub column: Vec<Exact>,
}

/// The value of a matrix of payoffs to the first player, exactly: max over p of min over q of
/// p·A·q.
///
/// Cost: pivots of a table of rows × (rows + columns) exact numbers, by Bland's rule.
///
/// # Panics
/// If there are no rows or columns, or rows are of unlike length.
///
/// Source: `[Dantzig1951]` (as a linear programme), `[Bland1977]` (the rule).
///
/// ```
/// use detente_base::Exact;
/// use detente_game::stochastic::matrix_game;
///
/// let rows = [[3, -1], [-2, 1]].map(|row| row.map(Exact::from).to_vec());
/// let found = matrix_game(&rows);
/// assert_eq!(found.value, Exact::ratio(1, 7));
/// assert_eq!(found.row, [Exact::ratio(3, 7), Exact::ratio(4, 7)]);
/// ```
pub fn matrix_game(matrix: &[Vec<Exact>]) -> MatrixSolution {
    let least = matrix.iter().flatten().min().expect("a matrix has entries").clone();
    let shift = &Exact::ONE - &least;
    let above: Vec<Vec<Exact>> = matrix.iter().map(|row| row.iter().map(|entry| entry + &shift).collect()).collect();
    let (row, column) = optimal(&above, usize::MAX).expect("Bland's rule ends");
    let worth = |of: &Vec<Exact>| of.iter().zip(&column).map(|(entry, chance)| entry * chance).sum::<Exact>();
    let value = matrix.iter().map(worth).max().expect("a row");
    MatrixSolution { value, row, column }
}

/// The same in floats: value, and strategies of both. The value lies midway between what the
/// strategies guarantee.
pub(super) fn float_game(matrix: &[Vec<f64>]) -> (f64, Vec<f64>, Vec<f64>) {
    let entries = || matrix.iter().flatten();
    let least = entries().fold(f64::INFINITY, |least, entry| least.min(*entry));
    let most = entries().fold(f64::NEG_INFINITY, |most, entry| most.max(*entry));
    let range = if most > least { most - least } else { 1.0 };
    let scaled: Vec<Vec<f64>> =
        matrix.iter().map(|row| row.iter().map(|entry| 1.0 + (entry - least) / range).collect()).collect();
    let (rows, columns) = (matrix.len(), matrix[0].len());
    let even = || (vec![1.0 / rows as f64; rows], vec![1.0 / columns as f64; columns]);
    let (row, column) = optimal(&scaled, 40 * (rows + columns) + 1000).unwrap_or_else(even);
    let against_row = |at: usize| matrix.iter().zip(&row).map(|(of, chance)| of[at] * chance).sum::<f64>();
    let low = (0..columns).map(against_row).fold(f64::INFINITY, f64::min);
    let against_column = |of: &Vec<f64>| of.iter().zip(&column).map(|(entry, chance)| entry * chance).sum::<f64>();
    let high = matrix.iter().map(against_column).fold(f64::NEG_INFINITY, f64::max);
    (f64::midpoint(low, high), row, column)
}

/// Optimal strategies where all entries are positive; nothing after too many pivots.
fn optimal<F: Number>(matrix: &[Vec<F>], limit: usize) -> Option<(Vec<F>, Vec<F>)> {
    let (rows, columns) = (matrix.len(), matrix[0].len());
    assert!(columns > 0 && matrix.iter().all(|row| row.len() == columns), "rows are equally long");
    // Columns: q, then what is left of each row's bound, then the bound.
    let table_row = |(at, row): (usize, &Vec<F>)| -> Vec<F> {
        let left = (0..rows).map(|slack| if slack == at { F::one() } else { F::zero() });
        row.iter().cloned().chain(left).chain([F::one()]).collect()
    };
    let mut table: Vec<Vec<F>> = matrix.iter().enumerate().map(table_row).collect();
    let mut costs: Vec<F> = vec![F::one().negated(); columns];
    costs.resize(columns + rows + 1, F::zero());
    let mut basis: Vec<usize> = (columns..columns + rows).collect();
    let mut pivots = 0;
    while let Some(entering) = (0..columns + rows).find(|at| costs[*at].sign() < 0) {
        pivots += 1;
        if pivots > limit {
            return None;
        }
        let leaving = leaving(&table, &basis, entering)?;
        pivot(&mut table, &mut costs, (leaving, entering));
        basis[leaving] = entering;
    }
    let total = costs[columns + rows].clone();
    let positive = |share: F| if share.sign() < 0 { F::zero() } else { share };
    let row = (0..rows).map(|at| positive(costs[columns + at].over(&total))).collect();
    let mut column = vec![F::zero(); columns];
    for (at, variable) in basis.iter().enumerate().filter(|(_, variable)| **variable < columns) {
        column[*variable] = positive(table[at][columns + rows].over(&total));
    }
    Some((row, column))
}

/// The row whose bound is met first; of several, that of the variable with the least number.
fn leaving<F: Number>(table: &[Vec<F>], basis: &[usize], entering: usize) -> Option<usize> {
    let mut first: Option<(usize, F)> = None;
    for (at, row) in table.iter().enumerate().filter(|(_, row)| row[entering].sign() > 0) {
        let ratio = row[row.len() - 1].over(&row[entering]);
        let sooner = first
            .as_ref()
            .is_none_or(|(best, least)| if ratio.differs(least) { ratio < *least } else { basis[at] < basis[*best] });
        if sooner {
            first = Some((at, ratio));
        }
    }
    first.map(|(at, _)| at)
}

fn pivot<F: Number>(table: &mut [Vec<F>], costs: &mut [F], (leaving, entering): (usize, usize)) {
    let factor = table[leaving][entering].clone();
    table[leaving].iter_mut().for_each(|entry| *entry = entry.over(&factor));
    let row = table[leaving].clone();
    let take = |other: &mut [F]| {
        let factor = other[entering].negated();
        other.iter_mut().zip(&row).for_each(|(entry, part)| entry.add_product(&factor, part));
        other[entering] = F::zero();
    };
    table.iter_mut().enumerate().filter(|(at, _)| *at != leaving).for_each(|(_, other)| take(other));
    take(costs);
}
