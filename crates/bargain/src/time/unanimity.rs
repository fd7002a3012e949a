//! Any number of parties, of which each must agree.

use detente_base::Exact;

use super::faults::{Domain, TimeError, fault};

/// Most parties: the shares of talks in rotation solve as many linear equations.
pub const MAX_PARTIES: usize = 30;

/// Most bits of the numbers that talks in rotation are solved with; they grow with the square
/// of the number of parties.
const MAX_BITS: u64 = 1 << 13;

/// Whose turn it is after a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Whoever refused makes the next offer.
    Rejector,
    /// The next party in a fixed order does.
    Rotation,
}

/// Terms of talks among all. Parties are in the order of their turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanimity {
    /// δ: what a share is worth one round later, by party; above 0 and below 1.
    pub patience: Vec<Exact>,
    /// Whose turn it is after a refusal.
    pub next: Next,
}

impl Unanimity {
    /// For each proposer the division that it offers and everybody accepts, in the stationary
    /// equilibrium.
    ///
    /// If who refuses proposes next: the proposer keeps mᵢ = 1/((1 − δᵢ)(1 + A)) with A =
    /// Σ δⱼ/(1 − δⱼ), and j gets δⱼmⱼ; with one patience for all m = 1/(1 + (n − 1)δ). In
    /// rotation j gets δⱼ to the power of the rounds until its own turn, times mⱼ; with one
    /// patience m = 1/(1 + δ + … + δⁿ⁻¹). For two parties both are `[Rubinstein1982]`'s. With
    /// three parties and more there are further equilibria that are not stationary.
    ///
    /// Source: `[ChatterjeeDuttaRaySengupta1993]` for whoever refuses, `[OsborneRubinstein1990]`
    /// for rotation. Differs: unequal patience. Cost: O(n) and O(n³) for n parties.
    ///
    /// # Errors
    /// When a number is outside its domain; when there are fewer than two parties, more than
    /// [`MAX_PARTIES`], or in rotation too many for the digits of their patience.
    pub fn stationary(&self) -> Result<Vec<Vec<Exact>>, TimeError> {
        count(self.patience.len())?;
        Domain::Between.each("patience", &self.patience)?;
        let n = self.patience.len();
        let bits: u64 = self.patience.iter().map(|d| d.to_ratio().1.bits()).sum();
        if self.next == Next::Rotation && bits * n as u64 > MAX_BITS {
            let expected = "fewer parties in rotation, or numbers of fewer digits";
            return Err(fault("between", None, &Exact::from(n as i64), expected));
        }
        let keeps = match self.next {
            Next::Rejector => self.keeps_of_rejectors(),
            Next::Rotation => self.keeps_in_rotation(),
        };
        let part = |i: usize, j: usize| &power(&self.patience[j], self.distance(i, j)) * &keeps[j];
        Ok((0..n).map(|i| (0..n).map(|j| part(i, j)).collect()).collect())
    }

    /// Rounds until j proposes if it refuses an offer of i.
    fn distance(&self, i: usize, j: usize) -> usize {
        let n = self.patience.len();
        match self.next {
            Next::Rejector => usize::from(i != j),
            Next::Rotation => (j + n - i) % n,
        }
    }

    fn keeps_of_rejectors(&self) -> Vec<Exact> {
        let odds: Exact = self.patience.iter().map(|d| d / &(&Exact::ONE - d)).sum();
        let all = &Exact::ONE + &odds;
        self.patience.iter().map(|d| &Exact::ONE / &(&(&Exact::ONE - d) * &all)).collect()
    }

    /// Every division adds up to one: Σⱼ δⱼ^distance(i, j) mⱼ = 1 for each i.
    fn keeps_in_rotation(&self) -> Vec<Exact> {
        let n = self.patience.len();
        let row = |i: usize| {
            let mut row: Vec<Exact> = (0..n).map(|j| power(&self.patience[j], self.distance(i, j))).collect();
            row.push(Exact::ONE);
            row
        };
        solved((0..n).map(row).collect())
    }
}

/// Refuses too few and too many parties.
pub(super) fn count(parties: usize) -> Result<(), TimeError> {
    if (2..=MAX_PARTIES).contains(&parties) {
        return Ok(());
    }
    Err(fault("between", None, &Exact::from(parties as i64), "2 to 30 parties"))
}

fn power(base: &Exact, exponent: usize) -> Exact {
    (0..exponent).fold(Exact::ONE, |power, _| &power * base)
}

/// Solves linear equations by elimination: rows of coefficients, each with its right side.
///
/// # Panics
/// If they have no single solution; that of divisions in rotation has one, since each is an
/// equilibrium of rounds that contract.
fn solved(mut rows: Vec<Vec<Exact>>) -> Vec<Exact> {
    let n = rows.len();
    for column in 0..n {
        let pivot = (column..n).find(|row| !rows[*row][column].is_zero()).expect("the equations are independent");
        rows.swap(column, pivot);
        let scale = rows[column][column].clone();
        rows[column].iter_mut().for_each(|entry| *entry = &*entry / &scale);
        let lead = rows[column].clone();
        for (at, row) in rows.iter_mut().enumerate() {
            if at != column && !row[column].is_zero() {
                let factor = row[column].clone();
                row.iter_mut().zip(&lead).for_each(|(entry, lead)| *entry = &*entry - &(&factor * lead));
            }
        }
    }
    rows.into_iter().map(|mut row| row.pop().expect("a right side")).collect()
}
