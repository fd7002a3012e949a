//! What can be said with the question about coalitions.

use clap::Args;
use detente_analysis::{CoalitionOptions, Pareto};

use crate::args::limit;
use crate::engine_args::EngineArgs;

/// How coalitions act, and which.
#[derive(Debug, Args)]
pub struct CoalitionArgs {
    /// Let a coalition act when no member loses and one gains; else every member must gain.
    #[arg(long)]
    pub pareto: bool,
    /// Take these parties for one decision maker, who changes all that they set at once; may be repeated.
    #[arg(long, value_name = "PARTY+PARTY", value_parser = parties)]
    pub merge: Vec<Parties>,
    /// Speak of this outcome only: its number, the name of an outcome of the file, or a condition.
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Option<String>,
    /// Most members of a coalition.
    #[arg(long, value_name = "K", value_parser = limit)]
    pub max_size: Option<usize>,
    #[command(flatten)]
    pub engine: EngineArgs,
}

/// Ids of parties that are merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parties(pub Vec<String>);

impl CoalitionArgs {
    /// The same for the question.
    pub fn options(&self) -> CoalitionOptions {
        CoalitionOptions {
            pareto: if self.pareto { Pareto::NoMemberLoses } else { Pareto::EveryMemberGains },
            largest: self.max_size,
            merged: self.merge.iter().map(|parties| parties.0.clone()).collect(),
        }
    }
}

fn parties(text: &str) -> Result<Parties, String> {
    let ids: Vec<String> = text.split('+').map(|id| id.trim().to_owned()).collect();
    if ids.len() < 2 || ids.iter().any(String::is_empty) {
        return Err("expected parties joined by `+`, such as `russia+china`".to_owned());
    }
    Ok(Parties(ids))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_parties_are_at_least_two() {
        assert_eq!(parties("a + b"), Ok(Parties(vec!["a".into(), "b".into()])));
        assert!(parties("a").is_err() && parties("a+").is_err() && parties("").is_err());
    }
}
