//! A reply to each improvement, or an improvement without one.

use detente_base::StopReason;

use crate::concepts::{Case, Escapes, Evidence};
use crate::moves::MoveKind;

pub(super) fn explain(case: &Case<'_>) -> Result<Evidence, StopReason> {
    case.weigh_replies(MoveKind::Improving, Escapes::Considered)
}
