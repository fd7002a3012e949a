//! CPU time and memory of solving `.gmcr` files under all concepts.
//!
//! `cargo run --release --example time_gmcr -- FILE...`

#[path = "../tests/support/gmcr.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod gmcr;

use std::fs;

use detente_base::Budget;
use detente_conflict::{Concept, solve};

fn main() {
    for file in std::env::args().skip(1) {
        let start = cpu_seconds();
        let model = gmcr::model_from_gmcr(&fs::read_to_string(&file).expect("a readable file"));
        let built = cpu_seconds();
        let solution = solve(&model, &Concept::ALL, &Budget::default()).expect("no limits");
        let solved = cpu_seconds();
        let counts: Vec<String> = Concept::ALL
            .iter()
            .map(|concept| format!("{concept} {}", solution.equilibria(*concept).count_ones(..)))
            .collect();
        println!(
            "{file}: {} states, {} decision makers; read {:.3} s, solved {:.3} s CPU; peak {} MB; {}",
            model.state_count(),
            model.decision_maker_count(),
            built - start,
            solved - built,
            peak_megabytes(),
            counts.join(", ")
        );
    }
}

/// User and system time of this process, where Linux tells it (else 0).
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

fn peak_megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1024
}
