//! What bargaining solutions choose when parties may agree that a package is drawn.

use std::collections::BTreeMap;

use detente_bargain::Frontier;
use detente_bargain::lotteries::{Lottery, OVER_LOTTERIES, chosen_lottery, definition};
use detente_base::{Budget, Exact, StopReason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A lottery over points of a frontier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LotteryView {
    /// What it is worth to each party on average.
    pub worths: Vec<f64>,
    /// The same exactly.
    pub exact: Vec<Exact>,
    /// What may be drawn.
    pub draws: Vec<DrawView>,
    /// How the solution is defined over lotteries.
    pub definition: String,
    /// For a greatest product that is not exact: by which factor at most another lottery's
    /// product is greater. Absent where it is exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
}

/// A point of the frontier that may be drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DrawView {
    /// Its position in `frontier`.
    pub point: usize,
    /// Its chance.
    pub chance: Exact,
    /// The same as a number.
    pub near: f64,
}

/// By solution, the lottery that it chooses; nothing where no lottery gives every party its
/// reservation.
pub(crate) fn lotteries(
    frontier: &Frontier,
    reservations: &[Exact],
    budget: &Budget,
) -> Result<BTreeMap<String, LotteryView>, StopReason> {
    let mut found = BTreeMap::new();
    for solution in OVER_LOTTERIES {
        if let Some(lottery) = chosen_lottery(solution, reservations, frontier, budget)? {
            found.insert(solution.id().to_owned(), view(&lottery, definition(solution)));
        }
    }
    Ok(found)
}

fn view(lottery: &Lottery, definition: &str) -> LotteryView {
    let draw =
        |(point, chance): &(usize, Exact)| DrawView { point: *point, chance: chance.clone(), near: chance.to_f64() };
    LotteryView {
        worths: lottery.worths.iter().map(Exact::to_f64).collect(),
        exact: lottery.worths.clone(),
        draws: lottery.chances.iter().map(draw).collect(),
        definition: definition.to_owned(),
        at_most: (lottery.at_most != Exact::ONE).then(|| lottery.at_most.to_f64()),
    }
}
