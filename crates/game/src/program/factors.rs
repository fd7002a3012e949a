//! A sparse square matrix as the product of triangular ones.

use super::field::Field;

/// A pivot must be at least this part of the largest entry of its row.
const THRESHOLD: f64 = 0.1;

/// One step of the elimination.
#[derive(Clone, Debug)]
struct Step<F> {
    row: u32,
    column: u32,
    inverse: F,
    /// What is taken off other rows, in units of this one.
    lower: Vec<(u32, F)>,
    /// What is left in the row, by column.
    across: Vec<(u32, F)>,
    /// What earlier steps have left in the column, by row.
    above: Vec<(u32, F)>,
}

/// A matrix that can be solved with.
#[derive(Clone, Debug)]
pub(super) struct Factors<F> {
    steps: Vec<Step<F>>,
}

/// The part of the matrix that is not yet done.
struct Open<F> {
    rows: Vec<Vec<(u32, F)>>,
    /// For each column rows that may have it.
    holders: Vec<Vec<u32>>,
    /// For each column the open rows that do have it.
    counts: Vec<u32>,
    done: Vec<bool>,
    /// Rows by number of entries, not all of which still have it.
    by_length: Vec<Vec<u32>>,
    /// Columns that only one row had.
    single: Vec<u32>,
    /// For each column its place in the row at hand, from 1.
    slots: Vec<u32>,
}

impl<F: Field> Factors<F> {
    /// The factors of a matrix given by columns; nothing if it has no inverse.
    ///
    /// Columns with one entry come first, then rows with few.
    pub(super) fn new(columns: &[Vec<(u32, F)>]) -> Option<Self> {
        let size = columns.len();
        let mut open = Open::new(columns);
        let mut steps = Vec::with_capacity(size);
        for _ in 0..size {
            let (row, at) = open.single_column().or_else(|| open.short_row())?;
            steps.push(open.take(row as usize, at));
        }
        let mut step_of = vec![0_u32; size];
        steps.iter().enumerate().for_each(|(at, step)| step_of[step.column as usize] = at as u32);
        for at in 0..size {
            for entry in 0..steps[at].across.len() {
                let (column, value) = steps[at].across[entry];
                let row = steps[at].row;
                steps[step_of[column as usize] as usize].above.push((row, value));
            }
        }
        Some(Self { steps })
    }

    /// B⁻¹·a: a by row is used up, the answer comes by column.
    pub(super) fn solve(&self, right: &mut [F], answer: &mut [F]) {
        for step in &self.steps {
            let own = right[step.row as usize];
            if own.is_zero() {
                continue;
            }
            for (row, factor) in &step.lower {
                let entry = &mut right[*row as usize];
                *entry = entry.minus_product(*factor, own);
            }
        }
        for step in self.steps.iter().rev() {
            let own = right[step.row as usize].times(step.inverse);
            answer[step.column as usize] = own;
            if own.is_zero() {
                continue;
            }
            for (row, factor) in &step.above {
                let entry = &mut right[*row as usize];
                *entry = entry.minus_product(*factor, own);
            }
        }
    }

    /// B⁻ᵀ·c: c by column is used up, the answer comes by row.
    pub(super) fn solve_transposed(&self, right: &mut [F], answer: &mut [F]) {
        for step in &self.steps {
            let own = right[step.column as usize].times(step.inverse);
            answer[step.row as usize] = own;
            if own.is_zero() {
                continue;
            }
            for (column, factor) in &step.across {
                let entry = &mut right[*column as usize];
                *entry = entry.minus_product(*factor, own);
            }
        }
        for step in self.steps.iter().rev() {
            let mut own = answer[step.row as usize];
            for (row, factor) in &step.lower {
                own = own.minus_product(*factor, answer[*row as usize]);
            }
            answer[step.row as usize] = own;
        }
    }
}

impl<F: Field> Open<F> {
    fn new(columns: &[Vec<(u32, F)>]) -> Self {
        let size = columns.len();
        let mut rows = vec![Vec::new(); size];
        let mut holders = vec![Vec::new(); size];
        for (column, entries) in columns.iter().enumerate() {
            for (row, value) in entries.iter().filter(|(_, value)| !value.is_zero()) {
                rows[*row as usize].push((column as u32, *value));
                holders[column].push(*row);
            }
        }
        let counts: Vec<u32> = holders.iter().map(|rows| rows.len() as u32).collect();
        let single = (0..size as u32).rev().filter(|column| counts[*column as usize] == 1).collect();
        let mut by_length = vec![Vec::new(); size + 1];
        (0..size).rev().for_each(|row| by_length[rows[row].len()].push(row as u32));
        Self { rows, holders, counts, done: vec![false; size], by_length, single, slots: vec![0; size] }
    }

    /// A row that alone has some column, and where.
    fn single_column(&mut self) -> Option<(u32, usize)> {
        while let Some(column) = self.single.pop() {
            if self.counts[column as usize] != 1 {
                continue;
            }
            for row in &self.holders[column as usize] {
                if self.done[*row as usize] {
                    continue;
                }
                let entries = &self.rows[*row as usize];
                if let Some(at) = entries.iter().position(|(own, _)| *own == column)
                    && entries[at].1.size() >= 1e-9
                {
                    return Some((*row, at));
                }
            }
        }
        None
    }

    /// A row with few entries, and one of them in a rare column.
    fn short_row(&mut self) -> Option<(u32, usize)> {
        for length in 0..self.by_length.len() {
            while let Some(row) = self.by_length[length].pop() {
                let entries = &self.rows[row as usize];
                if self.done[row as usize] || entries.len() != length {
                    continue;
                }
                let largest = entries.iter().map(|(_, value)| value.size()).fold(0.0, f64::max);
                if largest < 1e-11 {
                    return None;
                }
                let large = (0..length).filter(|at| entries[*at].1.size() >= THRESHOLD * largest);
                let at = large.min_by_key(|at| self.counts[entries[*at].0 as usize])?;
                return Some((row, at));
            }
        }
        None
    }

    /// Takes a pivot out.
    fn take(&mut self, row: usize, at: usize) -> Step<F> {
        self.done[row] = true;
        let mut across = std::mem::take(&mut self.rows[row]);
        let (column, pivot) = across.swap_remove(at);
        for (other, _) in &across {
            self.drop_count(*other);
        }
        let inverse = pivot.inverse();
        let mut lower = Vec::new();
        for other in std::mem::take(&mut self.holders[column as usize]) {
            if self.done[other as usize] {
                continue;
            }
            let entries = &mut self.rows[other as usize];
            let Some(place) = entries.iter().position(|(own, _)| *own == column) else { continue };
            let factor = entries.swap_remove(place).1.times(inverse);
            self.subtract(other, factor, &across);
            self.by_length[self.rows[other as usize].len()].push(other);
            lower.push((other, factor));
        }
        self.counts[column as usize] = 0;
        Step { row: row as u32, column, inverse, lower, across, above: Vec::new() }
    }

    fn drop_count(&mut self, column: u32) {
        let count = &mut self.counts[column as usize];
        *count -= 1;
        if *count == 1 {
            self.single.push(column);
        }
    }

    /// Takes a multiple of a row off another.
    fn subtract(&mut self, other: u32, factor: F, row: &[(u32, F)]) {
        let mut entries = std::mem::take(&mut self.rows[other as usize]);
        entries.iter().enumerate().for_each(|(at, (column, _))| self.slots[*column as usize] = at as u32 + 1);
        for (column, value) in row {
            match self.slots[*column as usize] {
                0 => {
                    entries.push((*column, F::ZERO.minus_product(factor, *value)));
                    self.holders[*column as usize].push(other);
                    self.counts[*column as usize] += 1;
                    self.slots[*column as usize] = entries.len() as u32;
                }
                at => {
                    let own = &mut entries[at as usize - 1].1;
                    *own = own.minus_product(factor, *value);
                }
            }
        }
        entries.iter().for_each(|(column, _)| self.slots[*column as usize] = 0);
        for at in (0..entries.len()).rev() {
            if entries[at].1.vanishes() {
                let (column, _) = entries.swap_remove(at);
                self.drop_count(column);
            }
        }
        self.rows[other as usize] = entries;
    }
}
