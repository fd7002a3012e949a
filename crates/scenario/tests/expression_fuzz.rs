//! Random text and mutated expressions through the expression parser: no panic, faults
//! inside the text, and the same result twice.
//!
//! `DETENTE_FUZZ_SECONDS` lengthens the run.

use std::time::{Duration, Instant};

use detente_scenario::expr::parse::parse_expression;

/// PCG-32.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        let old = self.0;
        self.0 = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let shifted = (((old >> 18) ^ old) >> 27) as u32;
        shifted.rotate_right((old >> 59) as u32) as usize % bound.max(1)
    }
}

const PIECES: [&str; 44] = [
    "a", "not ", "!", "(", ")", "[", "]", ",", "&", "&&", "|", "||", " and ", " or ", "==", "!=", "<", "<=", ">", ">=",
    "=", "+", "-", "*", "/", " in ", "if ", " then ", " else ", "min(", "max(", "0", "1.5", "2e3", "1e999", "1.",
    "40%", "'x y'", "\"q", "é", "≤", "\u{0}", "\n", "deal_2",
];

#[test]
fn any_text_is_an_expression_or_a_fault_inside_it() {
    let seconds: u64 = std::env::var("DETENTE_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    let mut random = Random(3);
    let start = Instant::now();
    let (mut tried, mut read) = (0u32, 0u32);
    while tried < 60_000 || start.elapsed() < Duration::from_secs(seconds.min(30)) {
        let length = random.below(12) + random.below(2) * random.below(80);
        let text: String = (0..length).map(|_| PIECES[random.below(PIECES.len())]).collect();
        tried += 1;
        let first = parse_expression(&text);
        assert_eq!(first, parse_expression(&text), "{text:?}");
        match first {
            Ok(tree) => {
                read += 1;
                assert!(tree.start <= tree.end && tree.end <= text.len(), "{text:?}: {tree:?}");
                assert!(text.is_char_boundary(tree.start) && text.is_char_boundary(tree.end), "{text:?}");
            }
            Err(fault) => {
                assert!(fault.start <= fault.end && fault.end <= text.len(), "{text:?}: {fault:?}");
                assert!(text.is_char_boundary(fault.start) && text.is_char_boundary(fault.end), "{text:?}: {fault:?}");
                assert!(!fault.message.is_empty() && !fault.message.contains('\n'), "{text:?}: {fault:?}");
            }
        }
    }
    assert!(read > 500, "{read} of {tried} were expressions");
}
