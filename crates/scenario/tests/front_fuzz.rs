//! Mutated files: no panic, no place outside the text, no message of several lines.
//!
//! `DETENTE_FUZZ_SECONDS` lengthens the run.

use std::time::{Duration, Instant};

use detente_base::{Diagnostic, SourceText};
use detente_scenario::gmcr::parse_gmcr;
use detente_scenario::parse_scenario;

const SEEDS: &[&str] = &[
    include_str!("front_language.yaml"),
    "detente: 1\ntitle: t\nparties: {a: A}\nissues:\n\ta: {x: [y, {z: 'q'}]}\nabout: >-\n  b\n\n  c\n? [k]\n: &v !t *v\n",
    "{\"options\": [{\"name\": \"A\", \"permittedDirection\": \"fwd\"}, {\"name\": \"B\"}], \"decisionMakers\": \
     [{\"name\": \"X\", \"options\": [1], \"preferences\": [[[0, \"Y\"]], {\"compound\": true, \"members\": [[[1, \"N\"]]]}], \
     \"preferenceRanking\": [1, [2, 3], 4]}, {\"name\": \"Y\", \"options\": [0], \"preferenceVector\": [4, 3, 2, 1], \
     \"misperceptions\": [[[0, \"Y\"]]]}], \"infeasibles\": [], \"useManualPreferenceRanking\": true}",
];

const PIECES: &[&str] = &[
    "",
    "\n",
    "\r",
    "\r\n",
    "\t",
    " ",
    "  ",
    "- ",
    ": ",
    ":",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "!",
    "!x ",
    "&",
    "&x ",
    "*",
    "*x",
    "|\n",
    ">\n",
    "#",
    " # c\n",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "\\",
    "@",
    "`",
    "<<: *x\n",
    "é",
    "\u{feff}",
    "\u{0}",
    "\u{2028}",
    "null",
    "~",
    "0x",
    "1e999",
    "-",
    "(",
    ")",
    "a: b\n",
    "\n  ",
];

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

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let end = (at + random.below(40)).min(bytes.len());
    match random.below(8) {
        0 => bytes.truncate(at),
        1 => {
            bytes.drain(at..end);
        }
        2 => {
            let piece = bytes[at..end].to_vec();
            let to = random.below(bytes.len() + 1);
            bytes.splice(to..to, piece);
        }
        3 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = random.below(256) as u8;
            }
        }
        4 => {
            let piece = PIECES[random.below(PIECES.len())].repeat(random.below(200));
            bytes.splice(at..at, piece.bytes());
        }
        _ => {
            let piece = PIECES[random.below(PIECES.len())];
            let end = if random.below(2) == 0 { at } else { (at + piece.len()).min(bytes.len()) };
            bytes.splice(at..end, piece.bytes());
        }
    }
}

fn check(source: &SourceText, diagnostics: &[Diagnostic], bytes: &[u8]) {
    let text = source.text();
    let shown = || String::from_utf8_lossy(bytes);
    for diagnostic in diagnostics {
        let places = [diagnostic.span].into_iter().chain(diagnostic.labels.iter().map(|label| label.span));
        for span in places {
            let sound = span.start <= span.end && text.get(span.start..span.end).is_some();
            assert!(sound, "{diagnostic:?} in {:?}", shown());
        }
        assert!(!diagnostic.message.contains(['\n', '\r']), "{diagnostic:?} in {:?}", shown());
        assert!(diagnostic.message.len() < 1000, "{diagnostic:?}");
        let known = detente_scenario::codes::find(diagnostic.code.0);
        assert_eq!(known.map(|info| info.severity), Some(diagnostic.severity), "{diagnostic:?}");
    }
}

#[test]
fn mutated_files_are_read_without_panic() {
    let seconds = std::env::var("DETENTE_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let start = Instant::now();
    let mut random = Random(0x05EE_D0F0);
    let mut rounds = 0_u64;
    let goes_on = |rounds: u64| match seconds {
        Some(seconds) => start.elapsed() < Duration::from_secs(seconds),
        None => rounds < 4000,
    };
    while goes_on(rounds) {
        let mut bytes = SEEDS[random.below(SEEDS.len())].as_bytes().to_vec();
        for _ in 0..=random.below(6) {
            mutate(&mut bytes, &mut random);
        }
        let parsed = parse_scenario("fuzz", &bytes);
        check(&parsed.source, &parsed.diagnostics, &bytes);
        let texts = parsed.scenario.issues.iter().map(|issue| &issue.id);
        for text in texts.chain(parsed.scenario.outcomes.iter().map(|outcome| &outcome.when)) {
            let under = parsed.source.slice(text.span);
            // A malformed name is read as its repair.
            let repaired = parsed.diagnostics.iter().any(|d| d.code.0 == "S035");
            let same = under == text.value || repaired && under.len() == text.value.len();
            assert!(!text.exact || same, "{text:?} in {:?}", String::from_utf8_lossy(&bytes));
        }
        let (_, source, diagnostics) = parse_gmcr("fuzz", &bytes);
        check(&source, &diagnostics, &bytes);
        rounds += 1;
    }
}
