//! Dense linear equations in floats.

/// A square table of coefficients with one right side.
pub(super) struct Dense {
    pub(super) size: usize,
    /// Rows one after another.
    pub(super) left: Vec<f64>,
    pub(super) right: Vec<f64>,
}

impl Dense {
    pub(super) fn new(size: usize) -> Self {
        Self { size, left: vec![0.0; size * size], right: vec![0.0; size] }
    }

    pub(super) fn row(&mut self, row: usize) -> &mut [f64] {
        &mut self.left[row * self.size..(row + 1) * self.size]
    }

    /// The unknowns, by elimination with partial pivoting after rows are scaled; nothing if
    /// the equations are, within rounding, not independent.
    pub(super) fn solve(mut self) -> Option<Vec<f64>> {
        let size = self.size;
        for row in 0..size {
            let own = &mut self.left[row * size..(row + 1) * size];
            let most = own.iter().fold(0.0_f64, |most, entry| most.max(entry.abs()));
            if most.is_nan() || most == 0.0 || !most.is_finite() {
                return None;
            }
            own.iter_mut().for_each(|entry| *entry /= most);
            self.right[row] /= most;
        }
        for column in 0..size {
            let best = (column..size)
                .max_by(|a, b| self.left[a * size + column].abs().total_cmp(&self.left[b * size + column].abs()))?;
            if self.left[best * size + column].abs() < 1e-19 {
                return None;
            }
            if best != column {
                let (above, below) = self.left.split_at_mut(best * size);
                above[column * size..(column + 1) * size].swap_with_slice(&mut below[..size]);
                self.right.swap(best, column);
            }
            self.eliminate(column);
        }
        for row in (0..size).rev() {
            let own = &self.left[row * size..(row + 1) * size];
            let known: f64 = own[row + 1..].iter().zip(&self.right[row + 1..]).map(|(a, b)| a * b).sum();
            self.right[row] = (self.right[row] - known) / own[row];
        }
        self.right.iter().all(|value| value.is_finite()).then_some(self.right)
    }

    fn eliminate(&mut self, column: usize) {
        let size = self.size;
        let (above, below) = self.left.split_at_mut((column + 1) * size);
        let pivot = &above[column * size + column..];
        for (at, row) in below.chunks_exact_mut(size).enumerate() {
            let factor = row[column] / pivot[0];
            if factor != 0.0 {
                row[column..].iter_mut().zip(pivot).for_each(|(entry, part)| *entry -= factor * part);
                self.right[column + 1 + at] -= factor * self.right[column];
            }
        }
    }
}

/// The greatest size of numbers.
pub(super) fn size_of(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |most: f64, value| if value.is_nan() { f64::INFINITY } else { most.max(value.abs()) })
}
