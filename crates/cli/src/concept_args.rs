//! Which concepts an answer is to use.

use clap::Args;

/// Concepts by name.
#[derive(Debug, Args)]
pub struct ConceptArgs {
    /// Concepts, separated by commas: R, SSEQ, SEQ, SMR, GMR (these five unless given), SIM, SEQ+SIM; for two
    /// parties also L1, L2, … or L1..L4, NM, ST:PARTY; or all.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub concepts: Vec<String>,
}
