//! Conditions on states, as data.

/// A condition on the values of coordinates.
///
/// ```
/// use detente_conflict::symbolic::Formula;
///
/// let formula = Formula::In(0, vec![1]).negated().or(Formula::In(1, vec![0, 2]));
/// assert!(formula.holds(&[1, 2]) && !formula.holds(&[1, 1]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// A coordinate has one of these values.
    In(usize, Vec<u32>),
    /// A condition does not hold.
    Not(Box<Formula>),
    /// All conditions hold; with none it is always true.
    All(Vec<Formula>),
    /// At least one condition holds; with none it is never true.
    Any(Vec<Formula>),
}

impl Formula {
    /// What is always true.
    pub fn always() -> Self {
        Self::All(Vec::new())
    }

    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::All(vec![self, other])
    }

    /// At least one of the two.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::Any(vec![self, other])
    }

    /// The single state with these values.
    pub fn state(values: &[u32]) -> Self {
        Self::All(values.iter().enumerate().map(|(coordinate, value)| Self::In(coordinate, vec![*value])).collect())
    }

    /// Whether it is true of a state, given as one value for each coordinate.
    pub fn holds(&self, values: &[u32]) -> bool {
        match self {
            Self::In(coordinate, allowed) => allowed.contains(&values[*coordinate]),
            Self::Not(inner) => !inner.holds(values),
            Self::All(parts) => parts.iter().all(|part| part.holds(values)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(values)),
        }
    }

    /// Calls `visit` with each coordinate and value set in it.
    pub(crate) fn visit<'f>(&'f self, visit: &mut impl FnMut(usize, &'f [u32])) {
        match self {
            Self::In(coordinate, values) => visit(*coordinate, values),
            Self::Not(inner) => inner.visit(visit),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.visit(visit)),
        }
    }

    /// The coordinates that it mentions, ascending.
    pub fn coordinates(&self) -> Vec<usize> {
        let mut found = Vec::new();
        self.visit(&mut |coordinate, _| found.push(coordinate));
        found.sort_unstable();
        found.dedup();
        found
    }
}
