//! Who gets what: goods divided fairly.
//!
//! Reading order: [`DivisionAnswer`]; [`divide`] for the files of a negotiation, whose issues
//! are goods if each has a value for each party (`files`); [`divide_situation`] for a
//! scenario, whose goods have the parties as values (`situation`).

mod files;
mod situation;

use detente_bargain::division::whole_goods::is_envy_free_up_to_one;
use detente_bargain::division::{Allocation, Goods, adjusted_winner, fairness, round_robin, whole_goods};
use detente_base::{Budget, Exact, StopReason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use files::divide;
pub use situation::{NoDivision, divide_situation};

use crate::ask::FORMAT;
use crate::deals::Setting;

/// Fair divisions of goods.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DivisionAnswer {
    /// Version of this format.
    pub format: u32,
    /// Names of the parties.
    pub parties: Vec<String>,
    /// Names of the goods.
    pub goods: Vec<String>,
    /// For goods of a scenario, the line on which each is declared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<usize>,
    /// Issues of a scenario that are not divided, and how they stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsettled: Vec<Setting>,
    /// Uncertain numbers of a scenario that worths of goods rest on, each taken at its
    /// central value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub central: Vec<CentralNumber>,
    /// By party and good, what the good is worth as a share of all goods.
    pub shares: Vec<Vec<Exact>>,
    /// Adjusted Winner, for two parties.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjusted_winner: Option<Division>,
    /// The good that Adjusted Winner splits, if it splits one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
    /// Whole goods: the greatest product of worths, with all ties.
    pub greatest_product: Vec<Division>,
    /// Whole goods: the greatest least worth, then the second least and so on, with all ties.
    pub leximin: Vec<Division>,
    /// Whole goods: the parties take turns in their order.
    pub round_robin: Division,
    /// Why the best divisions of whole goods are not known, where they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
}

/// An allocation, and how fair it is.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Division {
    /// By good and party, which part of the good the party gets.
    pub parts: Vec<Vec<Exact>>,
    /// By judge and holder, what the judge thinks of what the holder gets, as a share of all.
    pub worths: Vec<Vec<Exact>>,
    /// Whether nobody would rather have what another has.
    pub envy_free: bool,
    /// Whether each of n parties has 1/n of what all goods are worth to it, or more.
    pub proportional: bool,
    /// Whether all have the same share of what all goods are worth to them.
    pub equitable: bool,
    /// Whether any envy would be gone with one good less; absent where goods are split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envy_free_up_to_one: Option<bool>,
}

/// An uncertain number, and what it was taken to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CentralNumber {
    /// Its name, or what it is.
    pub name: String,
    /// Its line in the file.
    pub line: usize,
    /// The value.
    pub value: Exact,
    /// The least value that the file allows.
    pub low: Exact,
    /// The greatest.
    pub high: Exact,
}

/// Goods, and the names of who divides what.
struct Case {
    parties: Vec<String>,
    names: Vec<String>,
    goods: Goods,
}

/// Cost: that of [`whole_goods`](fn@whole_goods).
fn answer(case: &Case, budget: &Budget) -> DivisionAnswer {
    let goods = &case.goods;
    let parties = goods.parties();
    let whole = |owners: &Vec<usize>| {
        let mut division = view(goods, &Allocation::whole(owners, parties));
        division.envy_free_up_to_one = Some(is_envy_free_up_to_one(goods, owners));
        division
    };
    let winner = adjusted_winner(goods).ok();
    let (best, stopped) = match whole_goods(goods, budget) {
        Ok(found) => (Some(found), None),
        Err(reason) => (None, Some(reason)),
    };
    let shares = |party: usize| (0..goods.goods()).map(|good| goods.share(party, good).clone()).collect();
    DivisionAnswer {
        format: FORMAT,
        parties: case.parties.clone(),
        goods: case.names.clone(),
        lines: Vec::new(),
        unsettled: Vec::new(),
        central: Vec::new(),
        shares: (0..parties).map(shares).collect(),
        split: winner.as_ref().and_then(|found| found.split).map(|good| case.names[good].clone()),
        adjusted_winner: winner.map(|found| view(goods, &found.allocation)),
        greatest_product: best.iter().flat_map(|found| &found.greatest_product).map(whole).collect(),
        leximin: best.iter().flat_map(|found| &found.leximin).map(whole).collect(),
        round_robin: whole(&round_robin(goods)),
        stopped,
    }
}

fn view(goods: &Goods, allocation: &Allocation) -> Division {
    let judged = fairness(goods, allocation);
    let parties = 0..goods.parties();
    let parts = |good: usize| parties.clone().map(|party| allocation.part(good, party).clone()).collect();
    Division {
        parts: (0..goods.goods()).map(parts).collect(),
        envy_free: judged.is_envy_free(),
        proportional: judged.is_proportional(),
        equitable: judged.is_equitable(),
        worths: judged.worths,
        envy_free_up_to_one: None,
    }
}
