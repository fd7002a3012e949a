//! What several tests need.

#![allow(dead_code, reason = "every test takes what it needs")]

pub mod drawn;
pub mod expected;
pub mod hull;
pub mod plans;
