//! What the integration tests share.
#![allow(dead_code, reason = "each test file uses a part")]

pub mod coalition_oracle;
pub mod formulas;
pub mod gmcr;
pub mod horizon;
pub mod oracle;
pub mod pairwise;
pub mod random;
