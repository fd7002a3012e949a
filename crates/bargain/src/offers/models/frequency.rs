//! What is offered often is liked; what is seldom changed is important.

/// What each change of weights amounts to, divided by the number of issues.
///
/// Source: `[VanKrimpenLooijeHajizadeh2013]`. Greater values forget the first offers sooner.
const LEARNING: f64 = 0.2;

/// Counts values and unchanged issues.
///
/// With ε = 0.2/n, n issues: each issue that two offers in a row settle alike gains ε in
/// weight, and weights are brought back to a sum of 1. A value is worth the number of
/// offers that had it, and one, divided by that of the most frequent value of its issue.
///
/// Source: `[VanKrimpenLooijeHajizadeh2013]`. `Differs:` no weight has an upper limit.
///
/// Cost: O(n) for an offer, and for a worth.
#[derive(Clone, Debug)]
pub struct Frequency {
    weights: Vec<f64>,
    counts: Vec<Vec<u32>>,
    most: Vec<u32>,
    last: Vec<u32>,
}

impl Frequency {
    /// All issues weigh alike.
    pub fn new(sizes: &[usize]) -> Self {
        Self {
            weights: vec![1.0 / sizes.len().max(1) as f64; sizes.len()],
            counts: sizes.iter().map(|size| vec![1; *size]).collect(),
            most: vec![1; sizes.len()],
            last: Vec::new(),
        }
    }

    /// Takes an offer into account.
    pub fn observe(&mut self, package: &[u32]) {
        if !self.last.is_empty() {
            let gain = LEARNING / self.weights.len() as f64;
            for ((weight, value), last) in self.weights.iter_mut().zip(package).zip(&self.last) {
                *weight += if value == last { gain } else { 0.0 };
            }
            let total: f64 = self.weights.iter().sum();
            self.weights.iter_mut().for_each(|weight| *weight /= total);
        }
        for ((counts, most), value) in self.counts.iter_mut().zip(&mut self.most).zip(package) {
            let count = &mut counts[*value as usize];
            *count = count.saturating_add(1);
            *most = (*most).max(*count);
        }
        self.last.clear();
        self.last.extend_from_slice(package);
    }

    /// What a package is guessed to be worth.
    pub fn worth(&self, package: &[u32]) -> f64 {
        let values = self.weights.iter().zip(&self.counts).zip(&self.most).zip(package);
        let part = |(((weight, counts), most), value): (((&f64, &Vec<u32>), &u32), &u32)| {
            weight * f64::from(counts[*value as usize]) / f64::from(*most)
        };
        values.map(part).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_unchanged_issues_are_learned() {
        let mut model = Frequency::new(&[2, 3]);
        assert!((model.worth(&[0, 2]) - 1.0).abs() < 1e-12, "nothing is known");
        for package in [[0, 0], [0, 1], [0, 0]] {
            model.observe(&package);
        }
        // The first issue stayed twice: 0.5 to 0.6/1.1, to (0.6/1.1 + 0.1)/1.1.
        let first = (0.6 / 1.1 + 0.1) / 1.1;
        assert!((model.worth(&[0, 0]) - 1.0).abs() < 1e-12);
        assert!((model.worth(&[1, 0]) - (first / 4.0 + 1.0 - first)).abs() < 1e-12);
        assert!((model.worth(&[0, 1]) - (first + (1.0 - first) * 2.0 / 3.0)).abs() < 1e-12);
    }
}
