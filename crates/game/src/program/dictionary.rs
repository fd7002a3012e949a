//! The simplex method with exact numbers, for what rounding leads astray.

use detente_base::{Budget, Exact, StopReason};

use super::Program;

/// Pivots without progress after which the first column that helps is taken (Bland), so that
/// the search cannot go round in circles.
const PATIENCE: u32 = 20;

/// The basis of the greatest value; nothing if there is none.
pub(super) fn basis(program: &Program, budget: &Budget, pivots: &mut usize) -> Result<Option<Vec<u32>>, StopReason> {
    let (rows, columns) = (program.right.len(), program.columns.len());
    // Each row tells what a basic variable is: its value, less what the others take of it.
    let mut table: Vec<Vec<Exact>> = vec![vec![Exact::ZERO; columns + 1]; rows + 1];
    for (column, entries) in program.columns.iter().enumerate() {
        entries.iter().for_each(|(row, entry)| table[*row as usize][column] = entry.clone());
        table[rows][column] = program.objective[column].clone();
    }
    program.right.iter().enumerate().for_each(|(row, right)| table[row][columns] = right.clone());
    let mut basic: Vec<u32> = (columns as u32..(columns + rows) as u32).collect();
    let mut outside: Vec<u32> = (0..columns as u32).collect();
    let mut idle = 0;
    loop {
        budget.check()?;
        let gains = (0..columns).filter(|column| table[rows][*column].signum() > 0);
        let enters = if idle < PATIENCE {
            gains.max_by(|a, b| table[rows][*a].cmp(&table[rows][*b]).then(outside[*b].cmp(&outside[*a])))
        } else {
            gains.min_by_key(|column| outside[*column])
        };
        let Some(column) = enters else { return Ok(Some(basic)) };
        let ratio = |row: &usize| &table[*row][columns] / &table[*row][column];
        let falls = (0..rows).filter(|row| table[*row][column].signum() > 0);
        let Some(row) = falls.min_by(|a, b| ratio(a).cmp(&ratio(b)).then(basic[*a].cmp(&basic[*b]))) else {
            return Ok(None);
        };
        idle = if table[row][columns].is_zero() { idle + 1 } else { 0 };
        *pivots += 1;
        exchange(&mut table, row, column);
        std::mem::swap(&mut basic[row], &mut outside[column]);
    }
}

/// The basic variable of a row and that of a column change places.
fn exchange(table: &mut [Vec<Exact>], row: usize, column: usize) {
    let mut own = std::mem::take(&mut table[row]);
    let inverse = Exact::ONE.checked_div(&own[column]).expect("a pivot is not zero");
    own[column] = Exact::ONE;
    own.iter_mut().filter(|entry| !entry.is_zero()).for_each(|entry| *entry = &*entry * &inverse);
    for (_, other) in table.iter_mut().enumerate().filter(|(at, _)| *at != row) {
        let factor = std::mem::replace(&mut other[column], Exact::ZERO);
        if factor.is_zero() {
            continue;
        }
        let parts = other.iter_mut().zip(&own).filter(|(_, part)| !part.is_zero());
        parts.for_each(|(entry, part)| *entry = &*entry - &(&factor * part));
    }
    table[row] = own;
}
