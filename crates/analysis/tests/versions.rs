//! Two versions of a situation: planted changes, whose effect is found by solving texts.
//!
//! Each test writes every text in between by hand or from parts, solves it on its own and
//! says from that which sets of changes bring what about.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use detente_analysis::report::{Cause, Certainty, ChangeKind, CompareAnswer, Completion, EffectSubject, Part};
use detente_analysis::versions::{Checked, compare};
use detente_analysis::{Options, stable};
use detente_base::Budget;
use detente_scenario::versions::{Difference, Version};
use detente_scenario::{Loaded, check_scenario, load, load_gmcr, print_scenario};

fn read(text: &str) -> Loaded {
    let loaded = load("test.yaml", text.as_bytes());
    assert!(loaded.situation.is_some(), "{:?}\n{text}", loaded.diagnostics);
    loaded
}

fn compared(a: &str, b: &str) -> CompareAnswer {
    let (a, b) = (read(a), read(b));
    let version = |loaded: &'static Loaded| Checked {
        source: &loaded.source,
        situation: loaded.situation.as_ref().expect("read"),
    };
    let leak = |loaded: Loaded| -> &'static Loaded { Box::leak(Box::new(loaded)) };
    compare(version(leak(a)), version(leak(b)), usize::MAX, &Budget::default())
}

/// The combination of types, the values of an outcome, and a concept under which it holds.
type Held = (Vec<(String, String)>, Vec<(String, String)>, String);

/// Everything that holds, by values; `None` for a text that is no situation.
fn held(text: &str) -> Option<BTreeSet<Held>> {
    let loaded = load("test.yaml", text.as_bytes());
    let situation = loaded.situation?;
    let options = Options { list_limit: usize::MAX, ..Options::default() };
    let answer = stable(&loaded.source, &situation, &options, &Budget::default()).expect("no options");
    let mut found = BTreeSet::new();
    for profile in &answer.profiles {
        let types: Vec<(String, String)> = profile.types.clone().into_iter().collect();
        for outcome in &profile.outcomes {
            for concept in &outcome.holds {
                let mut values = outcome.values.clone();
                values.sort();
                found.insert((types.clone(), values, concept.clone()));
            }
        }
    }
    Some(found)
}

/// What a cause says about outcomes, in the same words: newly held, no longer held.
fn effects(answer: &CompareAnswer, cause: &Cause) -> BTreeSet<(Held, bool)> {
    let mut found = BTreeSet::new();
    for effect in &cause.effects {
        let EffectSubject::Outcome { outcome } = &effect.subject else { continue };
        let mut types = answer.combinations[effect.combination].types.clone().expect("the same combinations");
        types.sort();
        let mut values = outcome.values.clone();
        values.sort();
        for (concepts, newly) in [(&effect.newly, true), (&effect.no_longer, false)] {
            found.extend(concepts.iter().map(|c| ((types.clone(), values.clone(), c.clone()), newly)));
        }
    }
    found
}

/// A text with these replacements made, each of which stands once in it.
fn edited(text: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(text.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands once");
        text.replacen(old, new, 1)
    })
}

/// Compares a text with all its edits made, and every cause with what is found by solving
/// each text in between. `order` says which change each edit is, by part.
fn agrees(base: &str, edits: &[(&str, &str)], parts: &[Part]) -> CompareAnswer {
    let after = edited(base, edits);
    let answer = compared(base, &after);
    assert!(matches!(answer.completion, Completion::Complete));
    // The position of each edit's change.
    let number = |part: &Part| {
        let found: Vec<usize> = (0..answer.changes.len()).filter(|c| answer.changes[*c].part == *part).collect();
        assert_eq!(found.len(), 1, "{part:?}: {:#?}", answer.changes);
        found[0] + 1
    };
    let numbers: Vec<usize> = parts.iter().map(number).collect();
    assert_eq!(answer.changes.len(), edits.len(), "{:#?}", answer.changes);
    let subsets: Vec<usize> = (0..1 << edits.len()).collect();
    let solved: Vec<Option<BTreeSet<Held>>> = subsets
        .iter()
        .map(|subset| {
            let some: Vec<(&str, &str)> = (0..edits.len()).filter(|e| subset >> e & 1 == 1).map(|e| edits[e]).collect();
            held(&edited(base, &some))
        })
        .collect();
    check_causes(&answer, &numbers, &solved);
    answer
}

/// Every verdict that differs between the first and the last of the solved texts has the
/// cause that trying all subsets finds, and nothing else is said to differ.
fn check_causes(answer: &CompareAnswer, numbers: &[usize], solved: &[Option<BTreeSet<Held>>]) {
    let (before, after) = (solved[0].as_ref().expect("read"), solved.last().unwrap().as_ref().expect("read"));
    let mut expected: BTreeSet<(Held, bool)> = after.difference(before).map(|h| (h.clone(), true)).collect();
    expected.extend(before.difference(after).map(|h| (h.clone(), false)));
    // Outcomes that only one version has are not compared.
    let shared: BTreeSet<(Held, bool)> = answer.causes.iter().flat_map(|c| effects(answer, c)).collect();
    assert!(shared.is_subset(&expected), "{shared:?}\n{expected:?}");
    if answer.shared.only_before == 0 && answer.shared.only_after == 0 {
        assert_eq!(shared, expected);
    }
    for cause in &answer.causes {
        assert_eq!(cause.certainty, Certainty::Smallest);
        for (verdict, newly) in effects(answer, cause) {
            let does = |subset: &usize| solved[*subset].as_ref().is_some_and(|h| h.contains(&verdict) == newly);
            let doing: Vec<usize> = (0..solved.len()).filter(does).collect();
            let least = doing.iter().map(|s| s.count_ones()).min().expect("all of them");
            let named = |subset: &usize| {
                let set = (0..numbers.len()).filter(|e| subset >> e & 1 == 1).map(|e| numbers[e]);
                set.collect::<BTreeSet<usize>>()
            };
            let smallest: BTreeSet<BTreeSet<usize>> =
                doing.iter().filter(|s| s.count_ones() == least).map(named).collect();
            let said: BTreeSet<BTreeSet<usize>> = cause.sets.iter().map(|s| s.iter().copied().collect()).collect();
            if cause.set_count == cause.sets.len() as u64 {
                assert_eq!(said, smallest, "{verdict:?}");
            } else {
                assert!(said.is_subset(&smallest) && cause.set_count == smallest.len() as u64, "{verdict:?}");
            }
        }
    }
}

fn shipped(path: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    std::fs::read_to_string(format!("{root}/{path}")).expect("a shipped file")
}

#[test]
fn identical_files_and_files_that_say_the_same() {
    let text = shipped("docs/book/examples/strait-2.yaml");
    let same = compared(&text, &text);
    assert!(same.identical && same.changes.is_empty() && same.causes.is_empty());
    let other_words = text.replace("strait == open & not embargo", "strait != closed and not embargo");
    assert_ne!(text, other_words);
    let same = compared(&text, &other_words);
    assert!(!same.identical && same.changes.is_empty(), "{:#?}", same.changes);
}

#[test]
fn a_statement_that_moves_up() {
    let base = shipped("docs/book/examples/strait-1.yaml");
    let answer =
        agrees(&base, &[("[not embargo, strait == closed]", "[strait == closed, not embargo]")], &[Part::Priority]);
    assert_eq!(answer.changes[0].kind, ChangeKind::Moved);
    assert!(!answer.causes.is_empty());
}

#[test]
fn planted_changes_in_the_tutorial() {
    let base = shipped("docs/book/examples/strait-2.yaml");
    let moves = ("strait: {", "strait: {moves: fixed, ");
    let wishes = ("[not embargo, fee != none,", "[fee != none, not embargo,");
    let start = ("status_quo: {strait: closed", "status_quo: {strait: open");
    let edits = [moves, wishes, start];
    agrees(&base, &edits, &[Part::Moves, Part::Priority, Part::StatusQuo]);
    // A constraint in other words is one that goes and one that comes.
    let answer = compared(&base, &edited(&base, &[("never: embargo & fee != none", "never: embargo & fee == large")]));
    assert_eq!(answer.changes.iter().filter(|c| c.part == Part::Constraint).count(), 2);
}

#[test]
fn planted_changes_in_syria() {
    let base = shipped("scenarios/syria-2013/scenario.yaml");
    let will = (
        "likely: 4\n    high: 6\n    unit: worth to the United States",
        "likely: -1\n    high: 6\n    unit: worth to the United States",
    );
    let quo = ("  forces: yes\n", "  forces: no\n");
    let edits: Vec<(&str, &str)> = [will, quo].into_iter().filter(|(old, _)| base.matches(old).count() == 1).collect();
    let answer = agrees(&base, &edits, &[Part::Parameter, Part::StatusQuo][..edits.len()]);
    let deal = |c: &Cause| effects(&answer, c).iter().any(|(_, newly)| !newly) && c.sets == [vec![1]];
    assert!(answer.causes.iter().any(deal), "where the threat is empty, deals no longer hold");
}

/// A draw without a crate: the same on every machine.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }

    fn literal(&mut self, issue: usize) -> String {
        if self.below(2) == 0 { format!("i{issue}") } else { format!("not i{issue}") }
    }

    /// Literals on issues in random order.
    fn wishes(&mut self) -> Vec<String> {
        let mut issues = vec![0, 1, 2, 3];
        let mut wishes = Vec::new();
        for _ in 0..3 {
            let at = self.below(issues.len());
            let issue = issues.remove(at);
            wishes.push(self.literal(issue));
        }
        wishes
    }
}

/// A small situation and five edits, each of which is one change of a kind of its own.
fn random_case(draw: &mut Draw) -> (String, Vec<(String, String)>) {
    let (a, b) = (draw.wishes(), draw.wishes());
    let negated = b[0].strip_prefix("not ").map_or_else(|| format!("not {}", b[0]), str::to_owned);
    let mut text = String::from("detente: 1\ntitle: Drawn\nparties: {a: A, b: B, c: C}\nparameters: {k: 1}\nissues:\n");
    for (issue, owner) in ["a", "b", "c", "a"].into_iter().enumerate() {
        let _ = writeln!(text, "  i{issue}: {{set_by: {owner}}}");
    }
    let _ = writeln!(text, "constraints:\n  - never: i0 & i1 & i2 & i3");
    let _ = writeln!(text, "status_quo: {{i0: no, i1: no, i2: no, i3: no}}");
    let _ =
        writeln!(text, "preferences:\n  a: {{priority: [{}]}}\n  b: {{priority: [{}]}}", a.join(", "), b.join(", "));
    let (first, second) = (draw.literal(3), draw.literal(2));
    let _ = writeln!(text, "  c: {{worth: [{{when: {first}, add: k}}, {{when: {second} & i1, add: 2}}]}}");
    let edit = |old: String, new: String| (old, new);
    let edits = vec![
        edit("i0: {set_by: a}".into(), "i0: {set_by: a, moves: forward}".into()),
        edit("parameters: {k: 1}".into(), "parameters: {k: 3}".into()),
        edit("i3: no}".into(), "i3: yes}".into()),
        edit("c: {worth: [".into(), format!("c: {{worth: [{{when: i3 & i0, add: {}}}, ", draw.below(4) + 1)),
        edit(format!("b: {{priority: [{}, ", b[0]), format!("b: {{priority: [{negated}, ")),
    ];
    (text, edits)
}

#[test]
fn drawn_changes_have_the_causes_that_all_subsets_show() {
    let mut draw = Draw(2013);
    let parts = [Part::Moves, Part::Parameter, Part::StatusQuo, Part::Worth, Part::Priority];
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for _ in 0..60 {
        let (text, edits) = random_case(&mut draw);
        let edits: Vec<(&str, &str)> = edits.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
        let answer = agrees(&text, &edits, &parts);
        for cause in &answer.causes {
            *sizes.entry(cause.sets[0].len()).or_default() += 1;
        }
    }
    assert!(sizes.len() >= 2, "some differences take several changes: {sizes:?}");
}

#[test]
fn a_set_of_changes_is_thinned_out_when_there_are_too_many_to_try() {
    // The deal needs two of twenty changes: 2^20 sets are not tried, nor are all triples.
    let mut a = String::from("detente: 1\ntitle: Many\nparties: {p: P, q: Q}\nparameters:\n");
    for k in 0..24 {
        let _ = writeln!(a, "  k{k}: 0");
    }
    a.push_str("issues: {x: {set_by: p}, y: {set_by: q}}\npreferences:\n  p:\n    worth:\n");
    for k in 0..24 {
        let _ = writeln!(a, "      - {{when: x, add: k{k}}}");
    }
    // Worth 24 changes of 1 each; x pays from the twentieth on.
    a.push_str("      - {when: x, add: -19.5}\n  q: {priority: [y]}\n");
    let b = a.replace(": 0\n", ": 1\n");
    let answer = compared(&a, &b);
    assert_eq!(answer.changes.len(), 24);
    let cause = answer.causes.iter().find(|c| c.certainty == Certainty::Minimal).expect("no small set does it");
    assert_eq!(cause.sets.len(), 1);
    assert_eq!(cause.sets[0].len(), 20, "exactly twenty of them, whichever");
    assert!(answer.search.tried <= answer.search.limit);
}

/// Every pair of small shipped files: with no change made the tree between them is the
/// first, with all of them the second.
#[test]
fn all_changes_give_the_second_version_and_none_the_first() {
    let names = ["strait-1", "strait-2", "strait-3", "strait-4", "strait-5", "ladder", "blind", "patrol"];
    let mut files: Vec<String> = names.iter().map(|n| shipped(&format!("docs/book/examples/{n}.yaml"))).collect();
    files.extend(
        ["chicken", "euphrates-1975", "elmira", "cuban-missile-crisis"]
            .iter()
            .map(|n| shipped(&format!("scenarios/{n}/scenario.yaml"))),
    );
    for a in &files {
        for b in &files {
            let (first, second) = (read(a), read(b));
            let version = |l: &Loaded| l.situation.clone().expect("read");
            let (x, y) = (version(&first), version(&second));
            let (x, y) = (Version::new(&first.source, &x), Version::new(&second.source, &y));
            let difference = Difference::between(&x, &y);
            for (made, text) in [(false, a), (true, b)] {
                let checked = check_scenario(&difference.merged(&|_| made));
                let situation = checked.situation.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
                assert_eq!(held(&print_scenario(&situation)), held(text), "{a}\n{b}");
            }
        }
    }
}

#[test]
fn files_of_other_tools_are_compared_as_what_they_convert_to() {
    let bytes = shipped("docs/book/examples/prisoners.gmcr");
    let changed = bytes.replacen("\"Y\"", "\"N\"", 1);
    assert_ne!(bytes, changed);
    let read = |text: &str| -> &'static Loaded { Box::leak(Box::new(load_gmcr("p.gmcr", text.as_bytes()))) };
    let version = |l: &'static Loaded| Checked { source: &l.source, situation: l.situation.as_ref().expect("read") };
    let (a, b) = (read(&bytes), read(&changed));
    let answer = compare(version(a), version(b), 20, &Budget::default());
    assert_eq!(answer.changes.len(), 1, "{:#?}", answer.changes);
    assert_eq!(answer.changes[0].before.as_ref().expect("replaced").line, None);
    assert_eq!(answer.causes[0].sets, [vec![1]]);
}

#[test]
fn a_budget_that_ends_is_said() {
    let base = shipped("docs/book/examples/strait-2.yaml");
    let after = base.replace("[not embargo, fee", "[fee");
    let (a, b) = (read(&base), read(&after));
    let version = |l: &'static Loaded| Checked { source: &l.source, situation: l.situation.as_ref().expect("read") };
    let (a, b): (&'static Loaded, &'static Loaded) = (Box::leak(Box::new(a)), Box::leak(Box::new(b)));
    let budget = Budget::default();
    budget.stopper.stop();
    let answer = compare(version(a), version(b), 20, &budget);
    assert!(matches!(answer.completion, Completion::Undecided { .. }));
    assert!(!answer.changes.is_empty(), "what changed in the file needs no solving");
}
