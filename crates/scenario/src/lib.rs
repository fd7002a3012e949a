//! The scenario language: text to a checked [`Situation`], or diagnostics.

pub mod ast;
