//! How far a point lies from the mixtures of others.

use detente_base::Exact;

/// The least sum of absolute differences between a point and a mixture of others, exactly:
/// zero for points of the convex hull.
///
/// A linear programme with weights, and for each coordinate what is missing and what is too
/// much, solved by the simplex method with Bland's rule.
pub fn distance(point: &[Exact], others: &[&[Exact]]) -> Exact {
    let Some((first, _)) = others.split_first() else { return Exact::from(i64::from(u32::MAX)) };
    let (weights, size) = (others.len(), point.len());
    // Coordinates, and that weights add up to one; the last column is the right side.
    let columns = weights + 2 * size;
    let mut rows: Vec<Vec<Exact>> = Vec::new();
    let mut basis: Vec<usize> = Vec::new();
    for (at, target) in point.iter().enumerate() {
        // With the first point alone: weights of others enter as differences to it.
        let gap = target - &first[at];
        let sign = if gap.signum() < 0 { -Exact::ONE } else { Exact::ONE };
        let mut row: Vec<Exact> = others.iter().map(|other| &sign * &(&other[at] - &first[at])).collect();
        row.resize(columns + 1, Exact::ZERO);
        row[weights + 2 * at] = sign.clone();
        row[weights + 2 * at + 1] = -sign.clone();
        row[columns] = &sign * &gap;
        basis.push(weights + 2 * at + usize::from(sign.signum() < 0));
        rows.push(row);
    }
    let mut sum = vec![Exact::ZERO; columns + 1];
    sum[..weights].fill(Exact::ONE);
    sum[columns] = Exact::ONE;
    rows.push(sum);
    basis.push(0);
    let mut costs = vec![Exact::ZERO; columns + 1];
    costs[weights..columns].fill(Exact::ONE);
    for row in &rows[..size] {
        costs.iter_mut().zip(row).for_each(|(cost, entry)| *cost = &*cost - entry);
    }
    while let Some(enters) = (0..columns).find(|column| costs[*column].signum() < 0) {
        let leaves = leaving(&rows, &basis, enters);
        pivot(&mut rows, &mut costs, (leaves, enters));
        basis[leaves] = enters;
    }
    -costs[columns].clone()
}

/// The row with the least ratio; of several the one whose variable comes first.
fn leaving(rows: &[Vec<Exact>], basis: &[usize], enters: usize) -> usize {
    let ratio = |row: usize| {
        let last = rows[row].last().expect("a right side");
        last.checked_div(&rows[row][enters]).expect("not zero")
    };
    let bounds = (0..rows.len()).filter(|row| rows[*row][enters].signum() > 0);
    bounds.min_by_key(|row| (ratio(*row), basis[*row])).expect("distances are bounded")
}

fn pivot(rows: &mut [Vec<Exact>], costs: &mut [Exact], (leaves, enters): (usize, usize)) {
    let by = rows[leaves][enters].clone();
    rows[leaves].iter_mut().for_each(|entry| *entry = entry.checked_div(&by).expect("not zero"));
    let own = rows[leaves].clone();
    let take = |row: &mut [Exact]| {
        let share = row[enters].clone();
        if !share.is_zero() {
            row.iter_mut().zip(&own).for_each(|(entry, own)| *entry = &*entry - &(&share * own));
        }
    };
    rows.iter_mut().enumerate().filter(|(at, _)| *at != leaves).for_each(|(_, row)| take(row));
    take(costs);
}
