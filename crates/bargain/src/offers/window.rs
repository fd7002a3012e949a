//! Offers received, for conditions that look back.

/// Worths of offers received, with their times.
#[derive(Clone, Debug, Default)]
pub(crate) struct Window {
    times: Vec<f64>,
    /// Sums of the worths up to each offer.
    sums: Vec<i128>,
    /// Offers that no later one exceeds: their positions and worths, which fall.
    leading: Vec<(usize, i64)>,
    best: Option<i64>,
}

impl Window {
    pub(crate) fn push(&mut self, worth: i64, time: f64) {
        while self.leading.last().is_some_and(|(_, other)| *other <= worth) {
            self.leading.pop();
        }
        self.leading.push((self.times.len(), worth));
        self.sums.push(self.sums.last().copied().unwrap_or(0) + i128::from(worth));
        self.times.push(time);
        self.best = self.best.max(Some(worth));
    }

    pub(crate) fn is_best_so_far(&self, worth: i64) -> bool {
        self.best.is_none_or(|best| worth >= best)
    }

    /// Whether no offer from a time on is worth more.
    pub(crate) fn is_best_since(&self, worth: i64, time: f64) -> bool {
        let from = self.times.partition_point(|other| *other < time);
        let first = self.leading.partition_point(|(at, _)| *at < from);
        self.leading.get(first).is_none_or(|(_, best)| worth >= *best)
    }

    /// Whether it is at least the mean of the offers from a time on.
    pub(crate) fn is_mean_since(&self, worth: i64, time: f64) -> bool {
        let from = self.times.partition_point(|other| *other < time);
        let before = if from == 0 { 0 } else { self.sums[from - 1] };
        let total = self.sums.last().copied().unwrap_or(0) - before;
        i128::from(worth) * (self.times.len() - from) as i128 >= total
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_base::Pcg;

    #[test]
    fn the_same_as_looking_at_every_offer() {
        for seed in 0..300 {
            let mut rng = Pcg::new(seed);
            let mut window = Window::default();
            let mut all: Vec<(f64, i64)> = Vec::new();
            for step in 0..40 {
                let (time, worth) = (f64::from(step) / 40.0, i64::from(rng.below(9)) - 3);
                window.push(worth, time);
                all.push((time, worth));
                let (asked, since) = (i64::from(rng.below(9)) - 3, f64::from(rng.below(40)) / 40.0);
                let recent = || all.iter().filter(|(time, _)| *time >= since).map(|(_, worth)| *worth);
                assert_eq!(window.is_best_so_far(asked), all.iter().all(|(_, worth)| asked >= *worth));
                assert_eq!(window.is_best_since(asked, since), recent().all(|worth| asked >= worth), "{seed}");
                let (sum, count) = (recent().sum::<i64>(), recent().count() as i64);
                assert_eq!(window.is_mean_since(asked, since), asked * count >= sum, "{seed}");
            }
        }
    }
}
