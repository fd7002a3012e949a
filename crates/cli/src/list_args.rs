//! Which outcomes are listed, and how.

use clap::Args;

/// For questions that list outcomes that hold.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// List and count only outcomes that satisfy a condition, such as `strike == no & text != chapter7`, or that have
    /// this name in the file.
    #[arg(long = "where", value_name = "CONDITION")]
    pub filter: Option<String>,
    /// What comes first: support, strength, reach, total, worst or a party's id; several in turn, with commas.
    #[arg(long = "sort", value_name = "KEY", value_delimiter = ',')]
    pub order: Vec<String>,
}

/// For answers that are nothing but lists.
#[derive(Debug, Args)]
pub struct GroupArgs {
    /// Count the outcomes that hold for each combination of values of these issues, with commas.
    #[arg(long = "by", value_name = "ISSUE", value_delimiter = ',')]
    pub group_by: Vec<String>,
    /// In JSON, write out the numbers of all outcomes that hold, however many there are.
    #[arg(long = "all")]
    pub all: bool,
}
