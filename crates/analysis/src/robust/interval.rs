//! How far a share among draws can be from the true one.

use detente_base::Exact;

/// The chance with which an interval may miss the true share: one in twenty.
const MISS: f64 = 0.05;

/// Ends of intervals are rounded outwards to multiples of one over this. That is far
/// more than the rounding of the sums below.
const STEPS: u32 = 10_000;

/// The interval of Clopper and Pearson for a share of which `count` of `of` draws had
/// the property: it covers the true share with a chance of 95 % at least.
///
/// Its ends are the shares with which so many draws or more, and so many or fewer, have
/// a chance of 2.5 % each.
///
/// Source: `[ClopperPearson1934]`. Cost: O(n·log s) for n draws and s steps; sums of
/// products only, so that it is the same on every machine.
pub fn share_interval(count: u32, of: u32) -> (Exact, Exact) {
    let at = |step: u32| f64::from(step) / f64::from(STEPS);
    let (mut low, mut high) = (0, STEPS);
    if count > 0 {
        // The largest step with which as many or more are too unlikely.
        low = last_step(|step| at_least(count, of, at(step)) <= MISS / 2.0);
    }
    if count < of {
        // As many or fewer: as many failures or more.
        high = STEPS - last_step(|step| at_least(of - count, of, at(step)) <= MISS / 2.0);
    }
    (Exact::ratio(low.into(), STEPS.into()), Exact::ratio(high.into(), STEPS.into()))
}

/// The last step at which a property holds that holds at 0 and, once lost, stays lost.
fn last_step(holds: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (0, STEPS);
    while high - low > 1 {
        let middle = low.midpoint(high);
        if holds(middle) { low = middle } else { high = middle }
    }
    low
}

/// The chance of `count` successes or more in `of` draws.
fn at_least(count: u32, of: u32, share: f64) -> f64 {
    if share <= 0.0 {
        return if count == 0 { 1.0 } else { 0.0 };
    }
    if share >= 1.0 {
        return 1.0;
    }
    // Terms relative to the largest one; what underflows does not matter.
    let mode = ((f64::from(of) + 1.0) * share) as u32;
    let mode = mode.min(of);
    let odds = share / (1.0 - share);
    let (mut whole, mut tail) = (0.0, 0.0);
    let mut add = |k: u32, term: f64| {
        whole += term;
        if k >= count {
            tail += term;
        }
    };
    let mut term = 1.0;
    add(mode, term);
    for k in mode..of {
        term *= odds * f64::from(of - k) / f64::from(k + 1);
        if term < f64::MIN_POSITIVE {
            break;
        }
        add(k + 1, term);
    }
    term = 1.0;
    for k in (1..=mode).rev() {
        term *= f64::from(k) / (odds * f64::from(of - k + 1));
        if term < f64::MIN_POSITIVE {
            break;
        }
        add(k - 1, term);
    }
    tail / whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(count: u32, of: u32) -> (f64, f64) {
        let (low, high) = share_interval(count, of);
        (low.to_f64() * 100.0, high.to_f64() * 100.0)
    }

    /// Values of the exact interval in tables: 10 of 100, 50 of 100, none of 20.
    #[test]
    fn intervals_are_those_of_tables_rounded_outwards() {
        for ((count, of), (low, high)) in
            [((10, 100), (4.90, 17.62)), ((50, 100), (39.83, 60.17)), ((0, 20), (0.0, 16.84))]
        {
            let found = percent(count, of);
            assert!((found.0 - low).abs() < 0.02 && (found.1 - high).abs() < 0.02, "{count} of {of}: {found:?}");
        }
        assert_eq!(share_interval(20, 20).1, Exact::ONE);
        let many = percent(500_000, 1_000_000);
        assert!(many.0 > 49.8 && many.1 < 50.2, "{many:?}");
    }

    #[test]
    fn intervals_contain_the_share_and_shrink() {
        for of in [1, 7, 100, 3_000] {
            for count in [0, 1, of / 3, of / 2, of] {
                let (low, high) = share_interval(count, of);
                let share = Exact::ratio(count.into(), of.into());
                assert!(low <= share && share <= high && low < high, "{count} of {of}");
            }
        }
    }
}
