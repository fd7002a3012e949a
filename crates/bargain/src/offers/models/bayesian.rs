//! Candidates for weights and evaluations, each with a chance.

use detente_base::Pcg;
use rustc_hash::FxHashSet;

/// Orders of issues that are candidates where not all are.
const ORDERS: usize = 120;

/// Most issues of which all orders are candidates.
const ALL_ORDERS: usize = 5;

/// Most peaks of an issue's evaluation that are candidates.
const PEAKS: usize = 64;

/// Spread of an offer's worth around what is expected of it.
const SPREAD: f64 = 0.15;

/// What the other party is thought to have conceded at the end.
const CONCEDED: f64 = 0.5;

/// Chances of candidate weights and candidate evaluations.
///
/// Candidate weights are those of an order of the n issues: the issue in place r from below
/// weighs 2r/(n(n + 1)); all orders up to five issues, else 120 that are drawn. Candidate
/// evaluations of an issue fall in a straight line from 1 at one of its values to 0 at the
/// first and the last value: one for each value, at most 64 at equal distances. An offer at
/// time t is expected to be worth u' = 1 − t/2 to the party that makes it; a candidate c
/// becomes less likely by exp(−(u(offer | c) − u')²/(2·0.15²)), the worth being taken with
/// the expected value of everything that c leaves open. An offer that was made before
/// changes nothing.
///
/// Source: `[HindriksTykhonov2008]`. `Differs:` weights and the evaluation of each issue are
/// held independent of each other, so that the number of candidates adds up instead of
/// multiplying; the concession is linear over the whole time; offers count
/// once, for a party that repeats itself has not conceded what the time makes expect.
///
/// Cost: O(h) for an offer, h candidates, and O(n) for a worth.
#[derive(Clone, Debug)]
pub struct Bayesian {
    /// Offers made so far.
    seen: FxHashSet<Vec<u32>>,
    orders: Vec<(f64, Vec<f64>)>,
    /// By issue: the chance of each peak.
    peaks: Vec<Vec<(f64, usize)>>,
    /// Expected weights.
    weights: Vec<f64>,
    /// By issue and value: the expected evaluation.
    evaluations: Vec<Vec<f64>>,
}

impl Bayesian {
    /// Every candidate is equally likely.
    pub fn new(sizes: &[usize]) -> Self {
        let orders = orders(sizes.len());
        let chance = 1.0 / orders.len() as f64;
        let spread = |size: &usize| {
            let count = (*size).min(PEAKS);
            let peak = |at: usize| if count == 1 { 0 } else { at * (size - 1) / (count - 1) };
            (0..count).map(|at| (1.0 / count as f64, peak(at))).collect()
        };
        let mut model = Self {
            seen: FxHashSet::default(),
            orders: orders.into_iter().map(|order| (chance, order)).collect(),
            peaks: sizes.iter().map(spread).collect(),
            weights: vec![0.0; sizes.len()],
            evaluations: sizes.iter().map(|size| vec![0.0; *size]).collect(),
        };
        model.expect();
        model
    }

    /// Takes an offer made at a time from 0 to 1 into account.
    pub fn observe(&mut self, package: &[u32], time: f64) {
        if !self.seen.insert(package.to_vec()) {
            return;
        }
        let expected = 1.0 - CONCEDED * time;
        let parts: Vec<f64> =
            self.evaluations.iter().zip(package).map(|(values, value)| values[*value as usize]).collect();
        let whole: f64 = self.weights.iter().zip(&parts).map(|(weight, part)| weight * part).sum();
        let likely = |worth: f64| libm::exp(-(worth - expected) * (worth - expected) / (2.0 * SPREAD * SPREAD));
        for (chance, weights) in &mut self.orders {
            *chance *= likely(weights.iter().zip(&parts).map(|(weight, part)| weight * part).sum());
        }
        normalise(&mut self.orders);
        for (issue, peaks) in self.peaks.iter_mut().enumerate() {
            let (value, size) = (package[issue] as usize, self.evaluations[issue].len());
            let others = whole - self.weights[issue] * parts[issue];
            for (chance, peak) in peaks.iter_mut() {
                *chance *= likely(others + self.weights[issue] * triangle(*peak, size, value));
            }
            normalise(peaks);
        }
        self.expect();
    }

    /// What a package is guessed to be worth.
    pub fn worth(&self, package: &[u32]) -> f64 {
        let values = self.weights.iter().zip(&self.evaluations).zip(package);
        values.map(|((weight, evaluations), value)| weight * evaluations[*value as usize]).sum()
    }

    fn expect(&mut self) {
        for (issue, weight) in self.weights.iter_mut().enumerate() {
            *weight = self.orders.iter().map(|(chance, weights)| chance * weights[issue]).sum();
        }
        for (evaluations, peaks) in self.evaluations.iter_mut().zip(&self.peaks) {
            let size = evaluations.len();
            for (value, evaluation) in evaluations.iter_mut().enumerate() {
                *evaluation = peaks.iter().map(|(chance, peak)| chance * triangle(*peak, size, value)).sum();
            }
        }
    }
}

/// An evaluation that falls in a straight line from its peak to both ends.
fn triangle(peak: usize, size: usize, value: usize) -> f64 {
    match value.cmp(&peak) {
        std::cmp::Ordering::Equal => 1.0,
        std::cmp::Ordering::Less => value as f64 / peak as f64,
        std::cmp::Ordering::Greater => (size - 1 - value) as f64 / (size - 1 - peak) as f64,
    }
}

/// Makes chances add up to one; all alike where none is left.
fn normalise<T>(candidates: &mut [(f64, T)]) {
    let total: f64 = candidates.iter().map(|(chance, _)| chance).sum();
    let count = candidates.len() as f64;
    for (chance, _) in candidates {
        *chance = if total > 0.0 { *chance / total } else { 1.0 / count };
    }
}

/// Weights by orders of so many issues.
fn orders(issues: usize) -> Vec<Vec<f64>> {
    let total = (issues * (issues + 1)) as f64 / 2.0;
    let weights = |places: &[usize]| places.iter().map(|place| (place + 1) as f64 / total).collect();
    let mut places: Vec<usize> = (0..issues).collect();
    let mut found: Vec<Vec<f64>> = Vec::new();
    if issues <= ALL_ORDERS {
        loop {
            found.push(weights(&places));
            // The next order, by the alphabet.
            let Some(at) = (1..issues).rev().find(|at| places[at - 1] < places[*at]) else { return found };
            let next = (at..issues).rev().find(|next| places[*next] > places[at - 1]).expect("one is greater");
            places.swap(at - 1, next);
            places[at..].reverse();
        }
    }
    let mut rng = Pcg::new(issues as u64);
    for _ in 0..ORDERS {
        rng.shuffle(&mut places);
        found.push(weights(&places));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_start_alike_and_add_up() {
        let model = Bayesian::new(&[3, 2, 1]);
        assert_eq!((model.orders.len(), model.peaks[0].len(), model.peaks[2].len()), (6, 3, 1));
        assert!(model.weights.iter().all(|weight| (weight - 1.0 / 3.0).abs() < 1e-12));
        // Peaks at the first, the middle and the last value: (1 + 0 + 0)/3 and (0.5 + 1 + 0.5)/3.
        assert!((model.evaluations[0][0] - 1.0 / 3.0).abs() < 1e-12);
        assert!((model.evaluations[0][1] - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(orders(5).len(), 120);
        let mut distinct: Vec<String> = orders(5).iter().map(|order| format!("{order:?}")).collect();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), 120);
        assert_eq!(Bayesian::new(&[100_000, 2]).peaks[0].last().map(|(_, peak)| *peak), Some(99_999));
    }

    #[test]
    fn one_offer_is_bayes_rule() {
        let mut model = Bayesian::new(&[2, 2]);
        model.observe(&[0, 1], 0.0);
        // All parts are expected to be 1/2 before: both orders make the offer worth 1/2, and
        // a peak makes it 1/4 + 1/2 or 1/4 + 0.
        assert!((model.weights[0] - 0.5).abs() < 1e-12);
        let likely = |worth: f64| (-(worth - 1.0) * (worth - 1.0) / (2.0 * 0.15 * 0.15)).exp();
        let chance = likely(0.75) / (likely(0.75) + likely(0.25));
        assert!((model.worth(&[0, 1]) - chance).abs() < 1e-12);
        assert!((model.worth(&[1, 0]) - (1.0 - chance)).abs() < 1e-12);
    }

    #[test]
    fn an_offer_counts_once() {
        let mut model = Bayesian::new(&[3, 2]);
        model.observe(&[0, 1], 0.1);
        let once = model.worth(&[0, 1]);
        model.observe(&[0, 1], 0.9);
        assert_eq!(model.worth(&[0, 1]).to_bits(), once.to_bits());
    }

    #[test]
    fn an_issue_that_stays_gains_weight() {
        let mut model = Bayesian::new(&[3, 3, 3]);
        for (step, last) in [0, 1, 2, 1, 2, 2].into_iter().enumerate() {
            model.observe(&[0, 2, last], step as f64 / 10.0);
        }
        assert!(model.weights[0] > model.weights[2], "{:?}", model.weights);
        assert!(model.worth(&[0, 2, 0]) > model.worth(&[2, 0, 0]));
    }
}
