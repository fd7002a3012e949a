//! Goods of the files of a negotiation.
//!
//! The issues are goods if each has one value for each party, at which that party has the
//! good: it likes this value best and the others equally less. Which value is whose follows
//! from the worths, so that values can have any names.

use detente_bargain::division::Goods;
use detente_base::Budget;
use detente_scenario::negotiation_files::{Domain, Profile};

use super::{Case, DivisionAnswer, answer};
use crate::ask::AskError;

/// Divides the issues of a negotiation among its parties.
///
/// Cost: that of [`whole_goods`](fn@detente_bargain::division::whole_goods).
///
/// # Errors
/// When an issue is no good, or a party wants nothing.
pub fn divide(domain: &Domain, profiles: &[(String, Profile)], budget: &Budget) -> Result<DivisionAnswer, AskError> {
    let case = Case {
        parties: profiles.iter().map(|(name, _)| name.clone()).collect(),
        names: domain.issues.iter().map(|issue| issue.name.clone()).collect(),
        goods: goods_of(domain, profiles)?,
    };
    Ok(answer(&case, budget))
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
