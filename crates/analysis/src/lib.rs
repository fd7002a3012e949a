//! Asks the engines a question about a situation and builds one report.

pub mod report;
