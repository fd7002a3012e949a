//! The simplex method with exact numbers, for what rounding leads astray.

use detente_base::{Budget, Exact, StopReason};

use super::Program;

/// Pivots without progress after which the first column that helps is taken (Bland), so that
/// the search cannot go round in circles.
const PATIENCE: u32 = 20;

/// Each row tells what a basic variable is: its value, less what the others take of it. The
/// last row tells what they gain.
struct Dictionary {
    table: Vec<Vec<Exact>>,
    basic: Vec<u32>,
    outside: Vec<u32>,
    pivots: usize,
}

/// The basis of the greatest value; nothing if there is none. The search begins at a basis
/// near it, if that has no variable below zero or none that gains.
pub(super) fn basis(
    program: &Program,
    near: Option<&[u32]>,
    budget: &Budget,
    pivots: &mut usize,
) -> Result<Option<Vec<u32>>, StopReason> {
    if let Some(near) = near {
        let mut dictionary = Dictionary::new(program);
        if dictionary.go_to(near, budget)? {
            // What is not optimal yet is nearly so: dual pivots first, where they can be.
            let dual = !dictionary.is_allowed() && dictionary.gains().next().is_none();
            let allowed = if dual { dictionary.repair(budget)? } else { dictionary.is_allowed() };
            let found = allowed && dictionary.improve(budget)?;
            *pivots += dictionary.pivots;
            if found {
                return Ok(Some(dictionary.basic));
            }
        }
    }
    let mut dictionary = Dictionary::new(program);
    let found = dictionary.improve(budget)?;
    *pivots += dictionary.pivots;
    Ok(found.then_some(dictionary.basic))
}

impl Dictionary {
    fn new(program: &Program) -> Self {
        let (rows, columns) = (program.right.len(), program.columns.len());
        let mut table: Vec<Vec<Exact>> = vec![vec![Exact::ZERO; columns + 1]; rows + 1];
        for (column, entries) in program.columns.iter().enumerate() {
            entries.iter().for_each(|(row, entry)| table[*row as usize][column] = entry.clone());
            table[rows][column] = program.objective[column].clone();
        }
        program.right.iter().enumerate().for_each(|(row, right)| table[row][columns] = right.clone());
        let basic = (columns as u32..(columns + rows) as u32).collect();
        Self { table, basic, outside: (0..columns as u32).collect(), pivots: 0 }
    }

    /// Changes to a basis; tells whether it is one.
    fn go_to(&mut self, wanted: &[u32], budget: &Budget) -> Result<bool, StopReason> {
        for variable in wanted {
            budget.check()?;
            let Some(column) = self.outside.iter().position(|own| own == variable) else { continue };
            let free = |row: &usize| !wanted.contains(&self.basic[*row]) && !self.table[*row][column].is_zero();
            let Some(row) = (0..self.basic.len()).find(free) else { return Ok(false) };
            self.exchange(row, column);
        }
        Ok(true)
    }

    fn value(&self, row: usize) -> &Exact {
        &self.table[row][self.outside.len()]
    }

    fn is_allowed(&self) -> bool {
        (0..self.basic.len()).all(|row| self.value(row).signum() >= 0)
    }

    /// Columns that gain.
    fn gains(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.outside.len()).filter(|column| self.table[self.basic.len()][*column].signum() > 0)
    }

    /// Primal pivots until nothing gains; `false` if something gains without end.
    fn improve(&mut self, budget: &Budget) -> Result<bool, StopReason> {
        let mut idle = 0;
        loop {
            budget.check()?;
            let (gain, outside) = (&self.table[self.basic.len()], &self.outside);
            let enters = if idle < PATIENCE {
                self.gains().max_by(|a, b| gain[*a].cmp(&gain[*b]).then(outside[*b].cmp(&outside[*a])))
            } else {
                self.gains().min_by_key(|column| outside[*column])
            };
            let Some(column) = enters else { return Ok(true) };
            let ratio = |row: &usize| self.value(*row) / &self.table[*row][column];
            let falls = (0..self.basic.len()).filter(|row| self.table[*row][column].signum() > 0);
            let least = falls.min_by(|a, b| ratio(a).cmp(&ratio(b)).then(self.basic[*a].cmp(&self.basic[*b])));
            let Some(row) = least else { return Ok(false) };
            idle = if self.value(row).is_zero() { idle + 1 } else { 0 };
            self.exchange(row, column);
        }
    }

    /// Dual pivots, where nothing gains, until nothing is below zero; by the first row and
    /// the first column (Bland). `false` if that cannot be.
    fn repair(&mut self, budget: &Budget) -> Result<bool, StopReason> {
        loop {
            budget.check()?;
            let below = (0..self.basic.len()).filter(|row| self.value(*row).signum() < 0);
            let Some(row) = below.min_by_key(|row| self.basic[*row]) else { return Ok(true) };
            let ratio = |column: &usize| &self.table[self.basic.len()][*column] / &self.table[row][*column];
            let rises = (0..self.outside.len()).filter(|column| self.table[row][*column].signum() < 0);
            let least = rises.min_by(|a, b| ratio(a).cmp(&ratio(b)).then(self.outside[*a].cmp(&self.outside[*b])));
            let Some(column) = least else { return Ok(false) };
            self.exchange(row, column);
        }
    }

    /// The basic variable of a row and that of a column change places.
    fn exchange(&mut self, row: usize, column: usize) {
        self.pivots += 1;
        let mut own = std::mem::take(&mut self.table[row]);
        let inverse = Exact::ONE.checked_div(&own[column]).expect("a pivot is not zero");
        own[column] = Exact::ONE;
        own.iter_mut().filter(|entry| !entry.is_zero()).for_each(|entry| *entry = &*entry * &inverse);
        for (_, other) in self.table.iter_mut().enumerate().filter(|(at, _)| *at != row) {
            let factor = std::mem::replace(&mut other[column], Exact::ZERO);
            if factor.is_zero() {
                continue;
            }
            let parts = other.iter_mut().zip(&own).filter(|(_, part)| !part.is_zero());
            parts.for_each(|(entry, part)| *entry = &*entry - &(&factor * part));
        }
        self.table[row] = own;
        std::mem::swap(&mut self.basic[row], &mut self.outside[column]);
    }
}
