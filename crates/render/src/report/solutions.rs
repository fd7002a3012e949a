//! Bargaining solutions by name.

/// Solutions in the order of reports, with their names.
pub(super) const SOLUTIONS: [(&str, &str); 5] = [
    ("nash", "Nash"),
    ("kalai_smorodinsky", "Kalai–Smorodinsky"),
    ("egalitarian", "Egalitarian"),
    ("leximin", "Leximin"),
    ("utilitarian", "Utilitarian"),
];
