//! Issues, parties, and the rectangles that pay them.

use detente_base::Exact;
use num_bigint::BigUint;

use super::reduce::{Keep, Problem};

/// How a group of rectangles makes one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregation {
    /// The sum of what they pay.
    Sum,
    /// The most that one of them pays.
    Max,
    /// The least that one of them pays.
    Min,
}

/// Which packages a rectangle pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pays {
    /// Those that keep every bound.
    Inside,
    /// Those that break some bound; all of them if there are no bounds.
    Outside,
}

/// Values that an issue may have; `least > greatest` is kept by none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The issue, by position.
    pub issue: usize,
    /// The first value that is inside.
    pub least: u32,
    /// The last value that is inside.
    pub greatest: u32,
}

/// A hyper-rectangle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rectangle {
    /// What it pays; nothing to packages that it does not pay.
    pub utility: Exact,
    /// To whom.
    pub pays: Pays,
    /// Its bounds.
    pub bounds: Vec<Bound>,
}

/// Rectangles that make one number together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RectangleGroup {
    /// How they make it.
    pub aggregation: Aggregation,
    /// What it is multiplied by.
    pub weight: Exact,
    /// The rectangles.
    pub rectangles: Vec<Rectangle>,
}

/// A party whose worth of a package is the sum over its groups, divided by its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RectangleParty {
    /// Its name.
    pub name: String,
    /// What pays it.
    pub groups: Vec<RectangleGroup>,
    /// What sums are divided by; above zero.
    pub unit: Exact,
    /// What it has without an agreement.
    pub reservation: Exact,
}

/// Parties that negotiate over the same issues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RectangleNegotiation {
    sizes: Vec<usize>,
    parties: Vec<RectangleParty>,
}

/// Why parties do not make a negotiation that can be solved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RectangleError {
    /// Nobody negotiates.
    #[error("there are no parties")]
    NoParty,
    /// An issue without values.
    #[error("issue {issue} has no values")]
    NoValue {
        /// The issue, by position.
        issue: usize,
    },
    /// A rectangle bounds an issue that there is not.
    #[error("a rectangle of `{party}` bounds issue {issue}, which is not there")]
    NoIssue {
        /// The party.
        party: String,
        /// The issue, by position.
        issue: usize,
    },
    /// More bounds than are told apart.
    #[error("the rectangles have {bounds} bounds; at most {limit} are told apart")]
    TooManyBounds {
        /// Bounds of all rectangles.
        bounds: usize,
        /// Bounds that are told apart.
        limit: usize,
    },
    /// A party's unit is not above zero.
    #[error("the unit of `{party}` is not above zero")]
    NoUnit {
        /// The party.
        party: String,
    },
    /// A greatest or least of numbers one of which is negative, or is subtracted.
    #[error("`{party}` takes the greatest or the least of rectangles one of which costs it something")]
    NegativeGroup {
        /// The party.
        party: String,
    },
    /// The least over too many combinations of broken bounds.
    #[error("`{party}` takes the least of rectangles that are left in more than {limit} ways")]
    TooManyWays {
        /// The party.
        party: String,
        /// Ways that are told apart.
        limit: usize,
    },
    /// Worths that have too many digits in the smallest unit that they have in common.
    #[error("the worths of `{party}` have too many digits")]
    TooFine {
        /// The party.
        party: String,
    },
}

impl RectangleNegotiation {
    /// Parties over issues with so many values.
    ///
    /// # Errors
    /// See [`RectangleError`].
    pub fn new(sizes: Vec<usize>, parties: Vec<RectangleParty>) -> Result<Self, RectangleError> {
        if parties.is_empty() {
            return Err(RectangleError::NoParty);
        }
        if let Some(issue) = sizes.iter().position(|size| *size == 0) {
            return Err(RectangleError::NoValue { issue });
        }
        for party in &parties {
            let bounds = party.groups.iter().flat_map(|group| &group.rectangles).flat_map(|r| &r.bounds);
            if let Some(bound) = bounds.into_iter().find(|bound| bound.issue >= sizes.len()) {
                return Err(RectangleError::NoIssue { party: party.name.clone(), issue: bound.issue });
            }
            if party.unit <= Exact::ZERO {
                return Err(RectangleError::NoUnit { party: party.name.clone() });
            }
        }
        let negotiation = Self { sizes, parties };
        Problem::new(&negotiation, Keep::All)?;
        Ok(negotiation)
    }

    /// Number of values of each issue.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// The parties.
    pub fn parties(&self) -> &[RectangleParty] {
        &self.parties
    }

    /// Number of packages.
    pub fn package_count(&self) -> BigUint {
        self.sizes.iter().map(|size| BigUint::from(*size)).product()
    }

    /// What a package is worth to each party, from the definition.
    ///
    /// # Panics
    /// If the package does not give each issue one of its values.
    pub fn worths(&self, package: &[u32]) -> Vec<Exact> {
        assert_eq!(package.len(), self.sizes.len(), "one value for each issue");
        self.parties.iter().map(|party| party.worth(package)).collect()
    }
}

impl RectangleParty {
    fn worth(&self, package: &[u32]) -> Exact {
        let sum = self.groups.iter().fold(Exact::ZERO, |sum, group| &sum + &(&group.weight * &group.amount(package)));
        sum.checked_div(&self.unit).expect("checked when it was built")
    }
}

impl RectangleGroup {
    fn amount(&self, package: &[u32]) -> Exact {
        let paid = self.rectangles.iter().map(|rectangle| rectangle.paid(package));
        match self.aggregation {
            Aggregation::Sum => paid.fold(Exact::ZERO, |sum, amount| &sum + &amount),
            Aggregation::Max => paid.max().unwrap_or_default(),
            Aggregation::Min => paid.min().unwrap_or_default(),
        }
    }
}

impl Rectangle {
    fn paid(&self, package: &[u32]) -> Exact {
        let inside = self.bounds.iter().all(|bound| (bound.least..=bound.greatest).contains(&package[bound.issue]));
        let pays = match self.pays {
            Pays::Inside => inside,
            Pays::Outside => !inside || self.bounds.is_empty(),
        };
        if pays { self.utility.clone() } else { Exact::ZERO }
    }
}
