//! The exact vertex and prices of a basis.

use detente_base::{Budget, StopReason};
use num_bigint::BigInt;
use num_traits::Zero;

use super::Fractions;
use super::lifting::{Sparse, lifted};
use super::whole::Whole;

/// Solution and prices of a basis, if they prove each other.
pub(super) fn vertex(
    whole: &Whole,
    basis: &[u32],
    budget: &Budget,
) -> Result<Option<(Fractions, Fractions)>, StopReason> {
    let (rows, columns) = (whole.right.len(), whole.columns.len());
    // A basic slack takes what is left of its row and makes its price zero: what counts are
    // the other columns, and the rows without.
    let mut tight = vec![true; rows];
    let mut played: Vec<usize> = Vec::new();
    for column in basis {
        match (*column as usize).checked_sub(columns) {
            Some(row) => tight[row] = false,
            None => played.push(*column as usize),
        }
    }
    let tight: Vec<usize> = (0..rows).filter(|row| tight[*row]).collect();
    let mut place = vec![None; rows];
    tight.iter().enumerate().for_each(|(at, row)| place[*row] = Some(at as u32));
    let within = |column: &usize| -> Vec<(u32, BigInt)> {
        let entries = whole.columns[*column].iter();
        entries.filter_map(|(row, entry)| place[*row as usize].map(|at| (at, entry.clone()))).collect()
    };
    let matrix: Sparse<BigInt> = Sparse { columns: played.iter().map(within).collect() };
    let right: Vec<BigInt> = tight.iter().map(|row| whole.right[*row].clone()).collect();
    let worth: Vec<BigInt> = played.iter().map(|column| whole.objective[*column].clone()).collect();
    let Some(amounts) = solved(&matrix, &right, budget)? else { return Ok(None) };
    let Some(prices) = solved(&matrix.transposed(right.len()), &worth, budget)? else { return Ok(None) };
    let solution = spread(amounts, &played, columns);
    let prices = spread(prices, &tight, rows);
    Ok(whole.proves(&solution, &prices).then_some((solution, prices)))
}

/// Numbers at some places of a vector, zero elsewhere.
fn spread(some: Fractions, places: &[usize], size: usize) -> Fractions {
    let mut numerators = vec![BigInt::zero(); size];
    places.iter().zip(some.numerators).for_each(|(place, numerator)| numerators[*place] = numerator);
    Fractions { numerators, denominator: some.denominator }
}

/// The solution of sparse equations in whole numbers; nothing if there is not exactly one.
fn solved(matrix: &Sparse<BigInt>, right: &[BigInt], budget: &Budget) -> Result<Option<Fractions>, StopReason> {
    if matrix.columns.len() != right.len() {
        return Ok(None);
    }
    match matrix.small(right) {
        Some((small, right)) => lifted(&small, right, budget),
        None => lifted(matrix, right.to_vec(), budget),
    }
}
