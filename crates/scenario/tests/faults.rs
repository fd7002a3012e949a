//! Faulty files: exactly the intended codes, all of them at once, and no consequences.

use detente_scenario::{Loaded, load};

const HEAD: &str = "detente: 1\ntitle: t\nparties: {north: North, south: South}\n";

fn read(text: &str) -> Loaded {
    load("x.yaml", format!("{HEAD}{text}").as_bytes())
}

/// Codes in order of place.
fn codes(text: &str) -> Vec<&'static str> {
    read(text).diagnostics.iter().map(|d| d.code.0).collect()
}

#[track_caller]
fn expect(text: &str, expected: &[&str]) {
    let loaded = read(text);
    let found: Vec<_> = loaded.diagnostics.iter().map(|d| d.code.0).collect();
    let shown: Vec<_> = loaded.diagnostics.iter().map(|d| &d.message).collect();
    assert_eq!(found, expected, "{text}\n{shown:#?}");
}

/// What uses the issue `road`, its values and the issue `post`.
const USES: &str = "status_quo: {road: open, post: no}\nconstraints: [{never: road == closed & post}]\n\
    preferences: {north: {priority: [post]}, south: {ranking: [road == open, otherwise]}}\n";

#[test]
fn values_that_cannot_be_read_leave_the_issue_unknown() {
    for (values, code) in [
        ("value: [open, closed]", "S030"),
        ("valuess: [open, closed]", "S030"),
        ("options: [open, closed]", "S030"),
        ("roads: [open, closed]", "S030"),
        ("values: []", "S040"),
        ("values:", "S034"),
        ("values: open", "S033"),
        ("values: [open, [closed]]", "S033"),
        ("scale: 3", "S033"),
        ("<<: {values: [open, closed]}", "S015"),
        ("values: [open, open]", "S205"),
        ("values: [open]", "S207"),
        ("range: 0..ten", "S212"),
        ("range: 5..1", "S214"),
        ("range: [1, 2]", "S033"),
    ] {
        expect(
            &format!("issues:\n  road:\n    {values}\n    set_by: south\n  post: {{set_by: north}}\n{USES}"),
            &[code],
        );
    }
}

#[test]
fn a_malformed_name_is_read_as_its_repair() {
    let file = |issue: &str, value: &str, used: &str| {
        format!(
            "issues: {{{issue}: {{values: [{value}, closed], set_by: south}}, post: {{set_by: north}}}}\n\
             preferences: {{north: {{priority: [post]}}, south: {{priority: [{used}]}}}}\n"
        )
    };
    expect(&file("ring-road", "open", "ring_road == open"), &["S035"]);
    expect(&file("ring-road", "open", "ring-road == open"), &["S035"]);
    expect(&file("road", "wide-open", "road == wide_open"), &["S035"]);
    expect(&file("road", "wide-open", "road == wide-open"), &["S035"]);
    expect(&file("road", "wide-open", "road == closd"), &["S035", "S104"]);
    expect(&file("2nd_road", "open", "2nd_road == open"), &["S035"]);
    expect("issues: {post: {set_by: north-side}}\n", &["S035", "S202"]);
}

#[test]
fn text_cut_at_a_comma_is_read_whole() {
    let head =
        "issues: {post: {set_by: north}, days: {range: 0..3, set_by: south}, nights: {range: 0..3, set_by: south}}\n";
    expect(&format!("{head}outcomes: {{calm: min(days, nights) > 1}}\n"), &["S042"]);
    expect(&format!("{head}outcomes: {{calm: min(days, night) > 1}}\n"), &["S042", "S102"]);
    expect(&format!("{head}outcomes: {{calm: {{when: min(days, nights, 2) > 1, name: Calm}}}}\n"), &["S042"]);
    expect(&format!("{head}preferences: {{north: {{priority: [post, min(days, nights) > 1]}}}}\n"), &["S042"]);
    expect(&format!("{head}constraints: [{{never: days in [1, 2]}}]\n"), &["S009"]);
    expect(&format!("{head}preferences: {{north: {{priority: [days in [1, 2], post]}}}}\n"), &["S009"]);
    let help = read(&format!("{head}constraints: [{{never: days in [1, 2]}}]\n"));
    assert_eq!(help.diagnostics[0].replacement.as_deref(), Some("\"days in [1, 2]\""));
}

#[test]
fn a_word_is_refused_once() {
    expect("issues: {post: {set_by: north, moves: sideways}}\n", &["S036"]);
    expect("issues: {post: {set_by: north, moves: forwards}}\n", &["S036"]);
}

#[test]
fn faulty_setters_do_not_make_moves_foreign() {
    let moves = "moves: [{by: north, to: yes}, {by: south, to: no}]";
    expect(&format!("issues: {{post: {{set_by: [north, sooth], {moves}}}}}\n"), &["S202"]);
    expect(&format!("issues: {{post: {{set_by: [nature, north, south], {moves}}}}}\n"), &["S209"]);
    expect(&format!("issues: {{post: {{set_by: {{a: b}}, {moves}}}}}\n"), &["S033"]);
    expect(&format!("issues: {{post: {{setby: [north, south], {moves}}}}}\n"), &["S030"]);
    expect(&format!("issues: {{post: {{set_by: [nroth, sooth], {moves}}}}}\n"), &["S202", "S202"]);
    expect("issues: {post: {set_by: north, moves: [{by: south, to: yes}]}}\n", &["S224"]);
    expect("issues: {post: {set_by: natrue, chances: {yes: 0.5}}}\n", &["S202"]);
    expect("issues: {post: {moves: [{by: [nroth, south], to: yes}]}}\n", &["S202"]);
}

#[test]
fn assignments_miss_what_they_do_not_misspell() {
    let issues = "issues: {post: {set_by: north}, road: {set_by: south}, raid: {set_by: south}}\n";
    expect(&format!("{issues}status_quo: {{pots: no, road: no, raid: no}}\n"), &["S217"]);
    expect(&format!("{issues}status_quo: {{tower: no, road: no, raid: no}}\n"), &["S217"]);
    expect(&format!("{issues}status_quo: {{tower: no, road: no}}\n"), &["S216", "S217"]);
    expect(&format!("{issues}status_quo: {{post: [no], road: no, raid: no}}\n"), &["S033"]);
    expect(&format!("{issues}status_quo: {{post: no, road: no}}\n"), &["S216"]);
}

#[test]
fn a_lost_entry_makes_no_name_unknown() {
    let issues = "issues: {post: {set_by: north}}\n";
    expect(&format!("{issues}outcomes: {{calm: [post]}}\npreferences: {{north: {{priority: [calm]}}}}\n"), &["S033"]);
    expect(&format!("{issues}outcomes: {{calm: post &}}\npreferences: {{north: {{priority: [calm]}}}}\n"), &["S101"]);
    expect("issues: {post: {set_by: north}}\nsources: [memo]\nclaims: {c: {says: s, source: memo}}\n", &["S033"]);
    expect("isues: {post: {set_by: north}}\nstatus_quo: {post: no}\n", &["S030"]);
    expect("issues: [post]\nstatus_quo: {post: no}\nconstraints: [never: post]\n", &["S033"]);
    let text = "detente: 1\ntitle: t\nissues: {post: {set_by: north}}\npreferences: {north: {priority: [post]}}\n";
    let found: Vec<_> = load("x", text.as_bytes()).diagnostics.iter().map(|d| d.code.0).collect();
    assert_eq!(found, ["S032"]);
}

#[test]
fn an_unknown_name_is_one_fault_wherever_it_stands() {
    let text = format!("issues: {{raod: {{values: [open, closed], set_by: south}}, post: {{set_by: north}}}}\n{USES}");
    expect(&text, &["S102"]);
    assert_eq!(read(&text).diagnostics[0].labels.len(), 2);
    assert_eq!(read(&text).diagnostics[0].replacement, None);
    let text = format!("issues: {{road: {{values: [opne, closed], set_by: south}}, post: {{set_by: north}}}}\n{USES}");
    expect(&text, &["S104"]);
}

#[test]
fn circles_and_numbers_are_named() {
    let message = |text: &str| read(text).diagnostics[0].message.clone();
    let issues = "issues: {post: {set_by: north}, days: {range: 0..3, set_by: south}}\n";
    assert_eq!(
        message(&format!("{issues}outcomes: {{calm: quiet & post, quiet: calm | post}}\n")),
        "the outcomes `calm` and `quiet` are defined by each other; expected issues and their values"
    );
    assert_eq!(
        message(&format!("{issues}preferences: {{north: {{worth: [{{add: 1..ten}}]}}}}\n")),
        "`ten` is not a number; expected one such as `4`, `2/3` or `25%`"
    );
    assert_eq!(codes(&format!("{issues}parameters: {{a: b, b: a}}\n")), ["S215"]);
}

#[test]
fn every_message_has_its_bound() {
    let many = |count: usize| (0..count).map(|i| format!("x{i}: 1")).collect::<Vec<_>>().join("\n") + "\n";
    let below = load("x", format!("{HEAD}{}", many(1000)).as_bytes()).diagnostics;
    assert_eq!((below.len(), below[999].code.0), (1000, "S030"));
    let above = load("x", format!("{HEAD}{}", many(1001)).as_bytes()).diagnostics;
    assert_eq!((above.len(), above[1000].code.0), (1001, "S059"));
    let mixed = format!("{HEAD}constraints: [{{never: nowhere}}]\n{}constraint: [{{never: away}}]\n", many(999));
    let mixed = load("x", mixed.as_bytes()).diagnostics;
    assert_eq!(mixed.last().map(|d| d.code.0), Some("S059"));
}

#[test]
fn conditions_do_not_divide_by_zero() {
    let issues = "issues: {post: {set_by: north}, days: {range: 0..3, set_by: south}}\n";
    let with = |condition: &str| {
        format!(
            "{issues}preferences: {{north: {{priority: [post, \"{condition}\"]}}, south: {{priority: [days > 1]}}}}\n"
        )
    };
    expect(&with("3 / days > 1"), &["S105"]);
    expect(&with("days != 0 & 3 / days > 1"), &[]);
    expect(&with("if days > 0 then 3 / days > 1 else post"), &[]);
    expect(&with("post | 3 / days > 1"), &["S105"]);
}

#[test]
fn definitions_stay_small_when_written_out() {
    let issues = "issues: {post: {set_by: north}, raid: {set_by: south}}\n";
    let doubling = |count: usize, step: &dyn Fn(usize) -> String| {
        (0..count).map(|i| format!("  x{i}: {}\n", step(i + 1))).fold(String::new(), |text, line| text + &line)
    };
    let outcomes = doubling(60, &|next| format!("x{next} & post | not x{next} & raid"));
    expect(&format!("{issues}outcomes:\n{outcomes}  x60: post\n"), &["S106"]);
    let parameters = doubling(60, &|next| format!("x{next} + x{next} / 3"));
    expect(&format!("{issues}parameters:\n{parameters}  x60: 1..2\n"), &["S106"]);
    let chain = doubling(5000, &|next| format!("x{next} + 1"));
    expect(&format!("{issues}parameters:\n{chain}  x5000: 1\n"), &["S106"]);
    let chain = doubling(99, &|next| format!("x{next} + 1"));
    let used = "preferences: {north: {worth: [{when: post & raid, add: x0}]}, south: {priority: [post]}}\n";
    expect(&format!("{issues}{used}parameters:\n{chain}  x99: 1\n"), &["S408"]);
}
