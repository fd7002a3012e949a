//! How good a model is, where the truth is known.

use detente_base::Pcg;

use super::Model;
use crate::offers::space::{PackageCode, Space};

/// Most packages that are all compared; of more, so many are drawn.
const COMPARED: u32 = 1 << 14;

/// Rank correlation of guessed and true worths of packages, from −1 to 1.
///
/// Spearman's ρ: the correlation of the ranks, packages of equal worth sharing the mean of
/// their ranks. `None` where all packages are worth the same, in truth or by the model. Over
/// all packages up to 16 384, else over as many drawn with a fixed seed.
///
/// Source: `[Spearman1904]`; as a measure of models `[HindriksTykhonov2008]`.
///
/// Cost: O(n log n), n packages compared.
pub fn rank_correlation(space: &Space, about: usize, model: &Model) -> Option<f64> {
    let codes: Vec<PackageCode> = if space.package_count() <= u128::from(COMPARED) {
        (0..space.package_count()).map(PackageCode).collect()
    } else {
        let mut rng = Pcg::new(0);
        (0..COMPARED).map(|_| space.any(&mut rng)).collect()
    };
    let truth: Vec<f64> = codes.iter().map(|code| space.units(about, *code) as f64).collect();
    let guessed: Vec<f64> = codes.iter().map(|code| model.worth(&space.package(*code))).collect();
    correlation(&ranks(&truth), &ranks(&guessed))
}

/// Ranks from 1, equal numbers sharing their mean.
fn ranks(numbers: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b]));
    let mut ranks = vec![0.0; numbers.len()];
    let mut start = 0;
    while start < order.len() {
        let same = order[start..].iter().take_while(|at| numbers[**at] == numbers[order[start]]).count();
        let mean = start as f64 + f64::midpoint(same as f64, 1.0);
        order[start..start + same].iter().for_each(|at| ranks[*at] = mean);
        start += same;
    }
    ranks
}

fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    let mean = |numbers: &[f64]| numbers.iter().sum::<f64>() / numbers.len() as f64;
    let (mean_a, mean_b) = (mean(a), mean(b));
    let product = |x: &[f64], mean_x: f64, y: &[f64], mean_y: f64| -> f64 {
        x.iter().zip(y).map(|(x, y)| (x - mean_x) * (y - mean_y)).sum()
    };
    let (of_a, of_b) = (product(a, mean_a, a, mean_a), product(b, mean_b, b, mean_b));
    (of_a > 0.0 && of_b > 0.0).then(|| (product(a, mean_a, b, mean_b) / (of_a * of_b).sqrt()).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_share_their_mean_and_correlate() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
        assert_eq!(correlation(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]), Some(1.0));
        assert_eq!(correlation(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), Some(-1.0));
        // Five pairs by hand: squared differences of ranks add up to 8, ρ = 1 − 6·8/(5·24).
        let rho = correlation(&ranks(&[1.0, 2.0, 3.0, 4.0, 5.0]), &ranks(&[2.0, 1.0, 5.0, 3.0, 4.0]));
        assert!((rho.expect("different numbers") - 0.6).abs() < 1e-12, "{rho:?}");
        assert_eq!(correlation(&[1.0, 1.0], &[1.0, 2.0]), None);
    }
}
