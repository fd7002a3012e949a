//! How conflicts are solved.

use clap::{Args, ValueEnum};
use detente_analysis::Engine;

#[derive(Debug, Args)]
pub struct EngineArgs {
    /// How to solve: by listing outcomes, by decision diagrams, or by listing where the budget allows it.
    #[arg(long, value_name = "ENGINE", default_value = "auto")]
    pub engine: EngineName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EngineName {
    /// Listing where the budget allows it, else diagrams.
    Auto,
    /// Listing outcomes.
    Explicit,
    /// Decision diagrams.
    Symbolic,
}

impl EngineArgs {
    pub fn engine(&self) -> Engine {
        match self.engine {
            EngineName::Auto => Engine::Auto,
            EngineName::Explicit => Engine::Explicit,
            EngineName::Symbolic => Engine::Symbolic,
        }
    }
}
