//! The greatest product of gains over lotteries.

use detente_base::{Exact, StopReason};

use super::{Chances, Hull};

/// Steps of the search with floats.
const MOST_STEPS: u32 = 20_000;

/// Gap at which the search is content: a factor for the product of about 1 + this.
const CONTENT: f64 = 1e-10;

impl Hull<'_> {
    /// The lottery with the greatest product of gains, and by which factor at most another
    /// one's is greater.
    ///
    /// Where somebody cannot gain anything every product is zero: the others then share as
    /// the egalitarian solution says.
    pub(super) fn nash(&self, ideals: &[Exact]) -> Result<(Chances, Exact), StopReason> {
        if ideals.iter().any(Exact::is_zero) || self.all_at_once_gain_nothing()? {
            return Ok((self.leximin(&vec![Exact::ONE; self.parties()], None)?, Exact::ONE));
        }
        if self.parties() == 2 {
            return Ok((self.along_edges(), Exact::ONE));
        }
        self.bounded()
    }

    /// Whether no lottery gives everybody more than its reservation.
    fn all_at_once_gain_nothing(&self) -> Result<bool, StopReason> {
        let chances = self.leximin(&vec![Exact::ONE; self.parties()], None)?;
        Ok(self.means(&chances).iter().any(|gain| gain.signum() <= 0))
    }

    fn means(&self, chances: &Chances) -> Vec<Exact> {
        let mean = |party: usize| chances.iter().map(|(point, chance)| chance * &self.gains[*point][party]).sum();
        (0..self.parties()).map(mean).collect()
    }

    /// Two parties: along an edge of the hull the product is a parabola.
    fn along_edges(&self) -> Chances {
        let mut best: Option<(Exact, Chances)> = None;
        let mut consider = |product: Exact, chances: Chances| {
            if best.as_ref().is_none_or(|(most, _)| product > *most) {
                best = Some((product, chances));
            }
        };
        let chain = self.chain();
        for (at, from) in chain.iter().enumerate() {
            let a = &self.gains[*from];
            if a.iter().all(|gain| gain.signum() >= 0) {
                consider(&a[0] * &a[1], vec![(*from, Exact::ONE)]);
            }
            let Some(to) = chain.get(at + 1) else { continue };
            let b = &self.gains[*to];
            // (a₀ + t·d₀)(a₁ + t·d₁) is greatest at t = −(a₀·d₁ + a₁·d₀)/(2·d₀·d₁).
            let (d0, d1) = (&b[0] - &a[0], &b[1] - &a[1]);
            let peak = -&(&(&a[0] * &d1) + &(&a[1] * &d0));
            let Some(t) = peak.checked_div(&(&(&d0 * &d1) * &Exact::from(2))) else { continue };
            if t.signum() <= 0 || t >= Exact::ONE {
                continue;
            }
            let gains = [&a[0] + &(&t * &d0), &a[1] + &(&t * &d1)];
            if gains.iter().all(|gain| gain.signum() >= 0) {
                consider(&gains[0] * &gains[1], vec![(*from, &Exact::ONE - &t), (*to, t)]);
            }
        }
        best.expect("a lottery of the zone gives both something").1
    }

    /// The corners of the upper right of the hull of two parties, the best for the first
    /// party first.
    fn chain(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.gains.len()).collect();
        order.sort_by(|a, b| self.gains[*b].cmp(&self.gains[*a]));
        let mut chain: Vec<usize> = Vec::new();
        for at in order {
            let next = &self.gains[at];
            if chain.last().is_some_and(|last| self.gains[*last][1] >= next[1]) {
                continue;
            }
            while let [.., a, b] = chain[..] {
                let (a, b) = (&self.gains[a], &self.gains[b]);
                let turn = &(&(&b[0] - &a[0]) * &(&next[1] - &a[1])) - &(&(&b[1] - &a[1]) * &(&next[0] - &a[0]));
                // The middle one is a corner only if the chain bends outwards there.
                if turn.signum() > 0 {
                    break;
                }
                chain.pop();
            }
            chain.push(at);
        }
        chain
    }

    /// Three parties and more: by steps towards the best point and away from the worst, with
    /// floats; the bound is exact.
    ///
    /// At gains g, no lottery's product is more than (max Σ gₖᵢ/gᵢ / n)ⁿ times that of g, by
    /// the inequality of the means; the maximum is over the points k.
    fn bounded(&self) -> Result<(Chances, Exact), StopReason> {
        let chances = self.leximin(&vec![Exact::ONE; self.parties()], None)?;
        let mut weights = vec![0.0; self.near.len()];
        chances.iter().for_each(|(point, chance)| weights[*point] = chance.to_f64());
        self.climb(self.near, &mut weights)?;
        let found = rounded(&weights);
        let (before, after) = (self.bound(&chances), self.bound(&found));
        // Rounding may lose what was gained.
        Ok(if after <= before { (found, after) } else { (chances, before) })
    }

    /// The exact factor by which another lottery's product can be greater.
    fn bound(&self, chances: &Chances) -> Exact {
        let own = self.means(chances);
        let parties = Exact::from(own.len() as i64);
        let reach = |gains: &Vec<Exact>| {
            gains.iter().zip(&own).map(|(gain, own)| gain.checked_div(own).expect("everybody gains")).sum::<Exact>()
        };
        // Rounding cannot lift a point that is further behind than this to the first place.
        let near_own: Vec<f64> = own.iter().map(Exact::to_f64).collect();
        let rounded: Vec<f64> =
            self.near.iter().map(|gains| gains.iter().zip(&near_own).map(|(gain, own)| gain / own).sum()).collect();
        let sizes =
            self.near.iter().flat_map(|gains| gains.iter().zip(&near_own)).map(|(gain, own)| (gain / own).abs());
        let slack = 1e-12 * own.len() as f64 * sizes.fold(1.0, f64::max);
        let first = rounded.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let close = self.gains.iter().zip(&rounded).filter(|(_, reach)| **reach >= first - 2.0 * slack);
        let most = close.map(|(gains, _)| reach(gains)).max().expect("there are points");
        let ratio = most.checked_div(&parties).expect("there are parties");
        (0..own.len()).fold(Exact::ONE, |power, _| &power * &ratio)
    }

    /// Pairwise steps: weight goes from the worst point that has some to the best one.
    fn climb(&self, near: &[Vec<f64>], weights: &mut [f64]) -> Result<(), StopReason> {
        let parties = self.parties();
        let mut own: Vec<f64> =
            (0..parties).map(|party| near.iter().zip(weights.iter()).map(|(g, w)| w * g[party]).sum()).collect();
        for step in 0..MOST_STEPS {
            if step % 64 == 0 {
                self.budget.check()?;
            }
            let score = |gains: &[f64]| gains.iter().zip(&own).map(|(gain, own)| gain / own).sum::<f64>();
            let scores: Vec<f64> = near.iter().map(|gains| score(gains)).collect();
            let by_score = |a: &usize, b: &usize| scores[*a].total_cmp(&scores[*b]);
            let best = (0..near.len()).max_by(by_score).expect("there are points");
            let Some(worst) = (0..near.len()).filter(|at| weights[*at] > 0.0).min_by(by_score) else { return Ok(()) };
            if best == worst || scores[best] - parties as f64 <= CONTENT {
                return Ok(());
            }
            let towards: Vec<f64> = near[best].iter().zip(&near[worst]).map(|(b, w)| b - w).collect();
            let length = line_search(&own, &towards, weights[worst]);
            if length <= 0.0 {
                return Ok(());
            }
            weights[best] += length;
            weights[worst] = if length < weights[worst] { weights[worst] - length } else { 0.0 };
            own.iter_mut().zip(&towards).for_each(|(own, step)| *own += length * step);
        }
        Ok(())
    }
}

/// How far along a line the sum of logarithms rises, up to a limit.
fn line_search(own: &[f64], towards: &[f64], limit: f64) -> f64 {
    let slope = |length: f64| own.iter().zip(towards).map(|(own, step)| step / (own + length * step)).sum::<f64>();
    let inside = |length: f64| own.iter().zip(towards).all(|(own, step)| own + length * step > 0.0);
    if inside(limit) && slope(limit) >= 0.0 {
        return limit;
    }
    let (mut low, mut high) = (0.0, limit);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if inside(middle) && slope(middle) >= 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// Weights as exact chances: multiples of 2⁻⁴⁰ of their sum.
fn rounded(weights: &[f64]) -> Chances {
    let part = |weight: f64| (weight * (1_i64 << 40) as f64).round() as i64;
    let parts: Vec<(usize, i64)> =
        weights.iter().enumerate().map(|(at, weight)| (at, part(*weight))).filter(|(_, part)| *part > 0).collect();
    let sum: i64 = parts.iter().map(|(_, part)| part).sum();
    parts.into_iter().map(|(at, part)| (at, Exact::ratio(part, sum))).collect()
}
