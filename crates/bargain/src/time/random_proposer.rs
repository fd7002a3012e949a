//! Who proposes is drawn in each round; so many must agree.

use detente_base::Exact;

use super::faults::{Domain, TimeError, fault};
use super::unanimity::count;

/// Terms of talks with proposers that are drawn. A proposal is voted on as it is (closed rule).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RandomProposer {
    /// How likely each party is to be drawn, in proportion; above 0.
    pub weights: Vec<Exact>,
    /// δ: what a share is worth one round later, by party; above 0 and below 1.
    pub patience: Vec<Exact>,
    /// q: how many must agree, the proposer among them, from 1 to all.
    pub votes: usize,
}

/// What each party may count on, and what it keeps when it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// v: its share on average, before anybody is drawn.
    pub value: Exact,
    /// What it keeps as the proposer.
    pub keeps: Exact,
    /// δ·v: what it accepts from another; fewer than all others are offered it if the votes
    /// are fewer.
    pub accepts: Exact,
}

impl RandomProposer {
    /// What parties may count on in the stationary equilibrium.
    ///
    /// If all must agree, vᵢ is in proportion to wᵢ/(1 − δᵢ), w the weights. If fewer must,
    /// all are alike: v = 1/n, and the proposer keeps 1 − δ(q − 1)/n; it buys the votes of
    /// q − 1 others, each equally likely, for δ/n.
    ///
    /// Source: `[BaronFerejohn1989]`. Differs: unequal patience and weights where all must agree.
    /// Cost: O(n) for n parties.
    ///
    /// # Errors
    /// When a number is outside its domain; when fewer than all must agree and parties are
    /// not alike.
    pub fn stationary(&self) -> Result<Vec<Expectation>, TimeError> {
        let n = self.patience.len();
        count(n)?;
        Domain::Positive.each("weights", &self.weights)?;
        Domain::Between.each("patience", &self.patience)?;
        if self.votes == 0 || self.votes > n {
            let expected = "a whole number from 1 to the number of parties";
            return Err(TimeError { field: "votes", party: None, value: self.votes.to_string(), expected });
        }
        if self.votes < n {
            self.check_alike()?;
        }
        let worth: Vec<Exact> = self.weights.iter().zip(&self.patience).map(|(w, d)| w / &(&Exact::ONE - d)).collect();
        let all: Exact = worth.iter().cloned().sum();
        let values: Vec<Exact> = worth.iter().map(|worth| worth / &all).collect();
        let accepts: Vec<Exact> = values.iter().zip(&self.patience).map(|(v, d)| v * d).collect();
        let total: Exact = accepts.iter().cloned().sum();
        let expectation = |i: usize| {
            let others =
                if self.votes == n { &total - &accepts[i] } else { &Exact::from(self.votes as i64 - 1) * &accepts[i] };
            Expectation { value: values[i].clone(), keeps: &Exact::ONE - &others, accepts: accepts[i].clone() }
        };
        Ok((0..n).map(expectation).collect())
    }

    fn check_alike(&self) -> Result<(), TimeError> {
        for (field, values) in [("patience", &self.patience), ("weights", &self.weights)] {
            if let Some(party) = values.iter().position(|value| *value != values[0]) {
                let expected = "the same for all parties where fewer than all must agree";
                return Err(fault(field, Some(party), &values[party], expected));
            }
        }
        Ok(())
    }
}
