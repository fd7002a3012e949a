//! Square systems of linear equations, dense with many zeros.

/// A matrix taken apart into triangles, rows exchanged.
#[derive(Clone, Debug)]
pub(super) struct Factors {
    size: usize,
    entries: Vec<f64>,
    order: Vec<usize>,
    scales: Vec<f64>,
    /// Whether the determinant is negative.
    pub(super) negative: bool,
}

/// A row is walked by its entries that are not zero if there are fewer than one in so many.
const SPARSE: usize = 4;

/// Takes a matrix apart, row by row in `entries`; rows are scaled before pivots are chosen.
/// Nothing if it is singular as far as floats can tell.
///
/// Cost: O(size³), less where there are zeros.
pub(super) fn factorise(size: usize, mut entries: Vec<f64>) -> Option<Factors> {
    let mut scales = Vec::with_capacity(size);
    for row in entries.chunks_exact_mut(size) {
        let largest = row.iter().fold(0.0_f64, |largest, entry| largest.max(entry.abs()));
        if largest <= 0.0 || !largest.is_finite() {
            return None;
        }
        row.iter_mut().for_each(|entry| *entry /= largest);
        scales.push(1.0 / largest);
    }
    let mut order: Vec<usize> = (0..size).collect();
    let mut negative = false;
    for column in 0..size {
        let entry = |row: usize| entries[row * size + column].abs();
        let pivot = (column..size).fold(column, |best, row| if entry(row) > entry(best) { row } else { best });
        if entry(pivot) <= 0.0 || !entry(pivot).is_finite() {
            return None;
        }
        if pivot != column {
            order.swap(pivot, column);
            negative = !negative;
            let (above, below) = entries.split_at_mut(pivot * size);
            above[column * size..][..size].swap_with_slice(&mut below[..size]);
        }
        negative ^= entries[column * size + column] < 0.0;
        eliminate(&mut entries, size, column);
    }
    Some(Factors { size, entries, order, scales, negative })
}

/// Subtracts the row of a pivot from those below.
fn eliminate(entries: &mut [f64], size: usize, column: usize) {
    let (above, below) = entries.split_at_mut((column + 1) * size);
    let pivot_row = &above[column * size..][..size];
    let filled: Vec<usize> = (column + 1..size).filter(|at| pivot_row[*at] != 0.0).collect();
    let sparse = filled.len() * SPARSE < size - column;
    for row in below.chunks_exact_mut(size).filter(|row| row[column] != 0.0) {
        let factor = row[column] / pivot_row[column];
        row[column] = factor;
        if sparse {
            filled.iter().for_each(|at| row[*at] -= factor * pivot_row[*at]);
        } else {
            let pairs = row[column + 1..].iter_mut().zip(&pivot_row[column + 1..]);
            pairs.for_each(|(entry, above)| *entry -= factor * above);
        }
    }
}

impl Factors {
    /// The solution for a right side.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut solution: Vec<f64> = self.order.iter().map(|row| right[*row] * self.scales[*row]).collect();
        for row in 1..self.size {
            let (known, rest) = solution.split_at_mut(row);
            let entries = &self.entries[row * self.size..][..row];
            rest[0] -= entries.iter().zip(known.iter()).map(|(entry, known)| entry * known).sum::<f64>();
        }
        for row in (0..self.size).rev() {
            let (rest, known) = solution.split_at_mut(row + 1);
            let entries = &self.entries[row * self.size..][..self.size];
            let sum: f64 = entries[row + 1..].iter().zip(known.iter()).map(|(entry, known)| entry * known).sum();
            rest[row] = (rest[row] - sum) / entries[row];
        }
        solution
    }
}

#[cfg(test)]
mod tests {
    use super::factorise;
    use detente_base::Pcg;

    #[test]
    fn systems_are_solved() {
        let found = factorise(3, vec![0.0, 2.0, 1.0, 1.0, 0.0, 0.0, 3.0, 1.0, 1000.0]).expect("regular");
        let solution = found.solve(&[7.0, 1.0, 3005.0]);
        for (found, known) in solution.iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - known).abs() < 1e-12, "{solution:?}");
        }
        assert!(found.negative, "the determinant is -1999");
        assert!(factorise(2, vec![1.0, 2.0, 2.0, 4.0]).is_none());
    }

    #[test]
    fn random_systems_with_zeros_are_solved() {
        let mut rng = Pcg::new(9);
        for size in [1, 2, 5, 20, 70, 130] {
            let draw = |rng: &mut Pcg| (f64::from(rng.below(2001)) - 1000.0) / 100.0;
            let mut entries: Vec<f64> =
                (0..size * size).map(|_| if rng.below(4) == 0 { draw(&mut rng) } else { 0.0 }).collect();
            (0..size).for_each(|row| entries[row * size + (row + 1) % size] += 20.0);
            let known: Vec<f64> = (0..size).map(|_| draw(&mut rng)).collect();
            let times = |row: &[f64]| row.iter().zip(&known).map(|(a, b)| a * b).sum::<f64>();
            let right: Vec<f64> = entries.chunks_exact(size).map(times).collect();
            let solution = factorise(size, entries).expect("regular").solve(&right);
            let error = solution.iter().zip(&known).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(error < 1e-8, "{size}: {error}");
        }
    }

    #[test]
    fn determinants_have_their_signs() {
        for (entries, negative) in [
            ([0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0], false),
            ([0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0], true),
            ([-2.0, 0.0, 0.0, 0.0, 3.0, 0.0, 0.0, 1.0, 1.0], true),
        ] {
            assert_eq!(factorise(3, entries.to_vec()).expect("regular").negative, negative, "{entries:?}");
        }
    }
}
