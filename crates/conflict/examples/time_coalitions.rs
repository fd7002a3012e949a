//! CPU time and memory of all coalitions' verdicts on `.gmcr` files.
//!
//! `cargo run --release --example time_coalitions -- FILE...`

#[path = "../tests/support/gmcr.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod gmcr;

use std::fs;
use std::time::Instant;

use detente_base::Budget;
use detente_conflict::{CoalitionConcept, Reading, solve_coalitions};

fn main() {
    for file in std::env::args().skip(1) {
        let model = gmcr::model_from_gmcr(&fs::read_to_string(&file).expect("a readable file"));
        for reading in [Reading::Strict, Reading::Pareto] {
            let (start, clock) = (cpu_seconds(), Instant::now());
            let solution = solve_coalitions(&model, reading, usize::MAX, &Budget::default());
            let counts = CoalitionConcept::ALL.map(|concept| match solution.equilibria(concept) {
                Some(set) if solution.is_complete(concept) => format!("{concept} {}", set.count_ones(..)),
                _ => format!("{concept} open"),
            });
            println!(
                "{file}: {reading:?}, {} states, {} coalitions; {:.2} s CPU, {:.2} s on the clock; peak {} MB; {}",
                model.state_count(),
                solution.coalitions().count(),
                cpu_seconds() - start,
                clock.elapsed().as_secs_f64(),
                peak_megabytes(),
                counts.join(", ")
            );
        }
    }
}

/// User and system time of this process with its threads, where Linux tells it (else 0).
fn cpu_seconds() -> f64 {
    let of_thread = |task: std::io::Result<fs::DirEntry>| -> f64 {
        let stat = task.and_then(|task| fs::read_to_string(task.path().join("schedstat"))).unwrap_or_default();
        stat.split_whitespace().next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
    };
    fs::read_dir("/proc/self/task").map_or(0.0, |tasks| tasks.map(of_thread).sum())
}

fn peak_megabytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1024
}
