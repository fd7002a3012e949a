//! The best improvement, or that there is none.

use detente_base::StopReason;

use crate::concepts::{Case, Evidence};

#[allow(clippy::unnecessary_wraps, reason = "one signature for all concepts")]
pub(super) fn explain(case: &Case<'_>) -> Result<Evidence, StopReason> {
    Ok(match case.improvements().first() {
        None => Evidence::Stable { sanctions: Vec::new() },
        Some(&improvement) => Evidence::Unstable { improvement, reachable: 0, worst_reply: None },
    })
}
