//! From values to places.

/// A line of numbers on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) start: f64,
    pub(super) end: f64,
}

impl Scale {
    /// Where a value stands.
    pub(super) fn place(&self, value: f64) -> f64 {
        let part = (value - self.low) / (self.high - self.low);
        self.start + part.clamp(-0.05, 1.05) * (self.end - self.start)
    }
}

/// Round values in a range: at most so many, apart by 1, 2 or 5 times a power of ten.
pub(super) fn ticks((low, high): (f64, f64), most: usize) -> Vec<f64> {
    let width = high - low;
    if !(width > 0.0 && width.is_finite()) {
        return vec![low];
    }
    let mut power = 1.0_f64;
    while power * most as f64 > width {
        power /= 10.0;
    }
    while power * 10.0 * most as f64 <= width {
        power *= 10.0;
    }
    let step = [1.0, 2.0, 5.0, 10.0, 20.0].map(|times| times * power);
    let step = step.into_iter().find(|step| width / step <= most as f64 - 1.0).unwrap_or(width);
    let slack = step * 1e-9;
    let first = ((low - slack) / step).ceil() as i64;
    let last = ((high + slack) / step).floor() as i64;
    (first..=last).map(|at| at as f64 * step).collect()
}

/// A value in at most four digits after the point.
pub(super) fn short(value: f64) -> String {
    let text = if value != 0.0 && value.abs() < 0.001 { format!("{value:e}") } else { format!("{value:.4}") };
    let text = if text.contains('e') { &text } else { text.trim_end_matches('0').trim_end_matches('.') };
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}
