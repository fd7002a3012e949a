//! Each reply, step by step; or that no reply exists, by trying all.

use crate::check::{CheckFailure, Claim, Terms};

pub(super) fn verify(claim: &Claim<'_>) -> Result<(), CheckFailure> {
    claim.verify_replies(Terms { steps_improve: true, escapes_count: false })
}
