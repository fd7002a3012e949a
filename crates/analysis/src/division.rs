//! Who gets what: goods divided fairly.
//!
//! The issues of a negotiation are goods if each has one value for each party, at which that
//! party has the good: it likes this value best and the others equally less. Which value is
//! whose follows from the worths, so that values can have any names.

use detente_bargain::division::whole_goods::is_envy_free_up_to_one;
use detente_bargain::division::{Allocation, Goods, adjusted_winner, fairness, round_robin, whole_goods};
use detente_base::{Budget, Exact, StopReason};
use detente_scenario::negotiation_files::{Domain, Profile};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ask::{AskError, FORMAT};

/// Fair divisions of goods.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DivisionAnswer {
    /// Version of this format.
    pub format: u32,
    /// Names of the parties.
    pub parties: Vec<String>,
    /// Names of the goods.
    pub goods: Vec<String>,
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

/// Divides the issues of a negotiation among its parties.
///
/// Cost: that of [`whole_goods`](fn@whole_goods).
///
/// # Errors
/// When an issue is no good, or a party wants nothing.
pub fn divide(domain: &Domain, profiles: &[(String, Profile)], budget: &Budget) -> Result<DivisionAnswer, AskError> {
    let goods = goods_of(domain, profiles)?;
    let parties = goods.parties();
    let whole = |owners: &Vec<usize>| {
        let mut division = view(&goods, &Allocation::whole(owners, parties));
        division.envy_free_up_to_one = Some(is_envy_free_up_to_one(&goods, owners));
        division
    };
    let winner = adjusted_winner(&goods).ok();
    let (best, stopped) = match whole_goods(&goods, budget) {
        Ok(found) => (Some(found), None),
        Err(reason) => (None, Some(reason)),
    };
    let shares = |party: usize| (0..goods.goods()).map(|good| goods.share(party, good).clone()).collect();
    Ok(DivisionAnswer {
        format: FORMAT,
        parties: profiles.iter().map(|(name, _)| name.clone()).collect(),
        goods: domain.issues.iter().map(|issue| issue.name.clone()).collect(),
        shares: (0..parties).map(shares).collect(),
        split: winner.as_ref().and_then(|found| found.split).map(|good| domain.issues[good].name.clone()),
        adjusted_winner: winner.map(|found| view(&goods, &found.allocation)),
        greatest_product: best.iter().flat_map(|found| &found.greatest_product).map(whole).collect(),
        leximin: best.iter().flat_map(|found| &found.leximin).map(whole).collect(),
        round_robin: whole(&round_robin(&goods)),
        stopped,
    })
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

/// The points of the goods that the issues are.
fn goods_of(domain: &Domain, profiles: &[(String, Profile)]) -> Result<Goods, AskError> {
    let refused = |message: String| {
        let help = "an issue is a good if it has a value for each party: to have it, which no other value equals";
        AskError::new(message, Some(help.to_owned()))
    };
    let mut points = vec![Vec::new(); profiles.len()];
    for (at, issue) in domain.issues.iter().enumerate() {
        if issue.values.len() != profiles.len() {
            let count = issue.values.len();
            return Err(refused(format!(
                "`{}` has {count} values, and there are {} parties",
                issue.name,
                profiles.len()
            )));
        }
        let mut claimed = vec![false; issue.values.len()];
        for ((name, profile), points) in profiles.iter().zip(&mut points) {
            let worths = profile
                .worth
                .additive()
                .ok_or_else(|| refused(format!("the worth of `{name}` is by hyper-rectangles, which links issues")))?;
            let worths = &worths[at];
            let most = worths.iter().max().expect("a value");
            let least = worths.iter().min().expect("a value");
            let best: Vec<usize> = (0..worths.len()).filter(|value| worths[*value] == *most).collect();
            let others = worths.iter().filter(|worth| *worth != most);
            let own = match best.as_slice() {
                [own] if others.clone().all(|worth| worth == least) => Some(*own),
                // A party that is indifferent has no use for the good.
                _ if most == least => None,
                _ => return Err(refused(format!("to `{name}`, `{}` is no good to have or not to have", issue.name))),
            };
            if let Some(own) = own
                && std::mem::replace(&mut claimed[own], true)
            {
                return Err(refused(format!("two parties want the same value of `{}`", issue.name)));
            }
            points.push(most - least);
        }
    }
    Goods::new(points).map_err(|fault| AskError::new(fault.to_string(), None))
}
