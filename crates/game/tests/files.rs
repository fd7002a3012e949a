//! Files of games: every form that is read, and that what is written reads the same.

use detente_base::Exact;
use detente_game::files::{
    FileFault, ReadGame, ReadStrategic, ReadTree, read, read_efg, read_nfg, write_efg, write_nfg, write_nfg_outcomes,
};
use detente_game::{InfosetId, Mover, NodeId, OutcomeId, PlayerId, StrategicGame, Tree, TreeBuilder};

fn exact(text: &str) -> Exact {
    text.parse().expect("a number")
}

fn numbers(text: &str) -> Vec<Exact> {
    text.split(' ').map(exact).collect()
}

/// A tree of two players, given its nodes.
fn efg(nodes: &str) -> String {
    format!("EFG 2 R \"game\" {{ \"A\" \"B\" }}\n{nodes}")
}

fn tree(text: &str) -> ReadTree {
    let found = read_efg(text).unwrap_or_else(|faults| panic!("{text}\n{}", told(&faults)));
    let again = read_efg(&write_efg(&found.tree)).unwrap_or_else(|faults| panic!("{text}\n{}", told(&faults)));
    assert_eq!(again.tree, found.tree, "{text}");
    found
}

fn strategic(text: &str) -> ReadStrategic {
    let found = read_nfg(text).unwrap_or_else(|faults| panic!("{text}\n{}", told(&faults)));
    assert_eq!(read_nfg(&write_nfg(&found.game)).map(|again| again.game), Ok(found.game.clone()), "{text}");
    if let Some(outcomes) = &found.outcomes {
        assert_eq!(read_nfg(&write_nfg_outcomes(&found.game, outcomes)).as_ref(), Ok(&found), "{text}");
    }
    found
}

fn told(faults: &[FileFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn same(found: &[FileFault], expected: &[(usize, usize, &str)]) {
    let shown: Vec<_> = found.iter().map(|fault| (fault.line, fault.column, fault.message.as_str())).collect();
    assert_eq!(shown, expected);
    assert!(found.iter().all(|fault| !fault.repair.is_empty()));
}

const PLAIN: &str = r#"EFG 2 R "A threat" { "challenger" "target" }
"what is said of it"

c "start" 1 "type" { "strong" 1/4 "weak" 0.75 } 0
p "s" 1 1 "strong" { "wait" "threaten" } 0
t "" 1 "peace" { 0, 0 }
p "" 2 7 "threatened" { "concede" "resist" } 3 "cost" { -1/10, 0 }
t "" 2 "" { 1 -1 }
t "won" 4 "war" { .5, -2e0, }
p "w" 1 2 "weak" { "wait" "threaten" } 0
t "" 1
p "" 2 7 3
t "" 2
t "" 0
"#;

#[test]
fn a_tree_is_read_with_all_that_is_said_of_it() {
    let read = tree(PLAIN);
    let game = &read.tree;
    assert_eq!((game.title(), game.comment()), ("A threat", Some("what is said of it")));
    assert_eq!(game.players(), ["challenger", "target"]);
    assert_eq!((game.node_count(), game.infoset_count(), game.action_count()), (11, 4, 8));
    assert_eq!(
        (game.node_label(Tree::ROOT), game.node_label(NodeId(1)), game.node_label(NodeId(3))),
        ("start", "s", "")
    );
    assert_eq!((game.chance(0), game.chance(1)), (&exact("1/4"), &exact("3/4")));
    let threatened = game.infoset(InfosetId(2));
    assert_eq!((threatened.number, threatened.label.as_str()), (7, "threatened"));
    assert_eq!(
        (threatened.mover, game.members(InfosetId(2))),
        (Mover::Player(PlayerId(1)), &[NodeId(3), NodeId(8)][..])
    );
    assert_eq!(game.outcome_at(NodeId(7)), game.outcome_at(NodeId(2)), "one outcome is met twice");
    assert_eq!(game.payoffs_at(NodeId(5)), numbers("0.4 -2"), "what is paid on the way adds up");
    assert_eq!(game.payoffs_at(NodeId(9)), numbers("0.9 -1"));
    assert_eq!(game.payoffs_at(NodeId(10)), numbers("-0.1 0"), "an end may pay nothing");
    let lines: Vec<usize> = game.nodes().map(|node| read.line(node)).collect();
    assert_eq!(lines, [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    assert!(read.remarks.is_empty());
}

#[test]
fn layout_is_of_no_matter() {
    let plain = tree(PLAIN).tree;
    for other in [
        PLAIN.replace('\n', "\r\n").replace("said of it\"\r\n", "said of it\"\n"),
        PLAIN.replace('\n', " \t\u{b}\u{c} "),
        PLAIN.trim_end().to_owned(),
        PLAIN.replace(" { ", "{").replace(" }", "}").replace(", ", ","),
        PLAIN.replace(',', ""),
        PLAIN.replace("EFG 2 R", "EFG 2 D"),
        format!("\u{feff}{PLAIN}"),
    ] {
        assert_eq!(tree(&other).tree, plain, "{other}");
    }
}

#[test]
fn sets_and_outcomes_may_be_said_again() {
    let set = r#"p "" 2 7 "threatened" { "concede" "resist" } 3 "cost" { -1/10, 0 }"#;
    let plain = tree(PLAIN).tree;
    for again in [
        set.to_owned(),
        set.replace("{ \"concede\"", "{\n\"concede\""),
        set.replace("\"threatened\" ", ""),
        set.replace("-1/10", "-0.1").replace(" \"cost\"", ""),
    ] {
        let text = PLAIN.replace("p \"\" 2 7 3", &again);
        assert_eq!(tree(&text).tree, plain, "{text}");
    }
    let renamed = tree(&PLAIN.replace("p \"\" 2 7 3", &set.replace("threatened", "other").replace("cost", "price")));
    assert_eq!(renamed.tree, plain);
    same(
        &renamed.remarks,
        &[
            (12, 10, r#"the information set is called "other" here, "threatened" in line 7"#),
            (12, 43, r#"outcome 3 is called "price" here, "cost" in line 7"#),
        ],
    );
}

#[test]
fn names_are_kept_empty_repeated_and_in_any_letters() {
    let text = r#"EFG 2 R "" { "Ø" "" "" }
p "同" 1 -4 "同" { "" "" "a\"b\c" } 0
t "同" 0
t "同" 1 "x" { 1, 2, 3 }
p "" 3 1 "同" { "🕊" } 5 "x" { 0, 0, 0 }
p "" 3 1000000000000 "同" { "one
two" } 0
t "" 0
"#;
    let game = tree(text).tree;
    assert_eq!((game.title(), game.comment(), game.players()), ("", None, &["Ø", "", ""].map(String::from)[..]));
    assert_eq!((game.action_label(1), game.action_label(2)), ("", r#"a"b\c"#));
    assert_eq!((game.action_label(3), game.action_label(4)), ("🕊", "one\ntwo"));
    let sets: Vec<i64> = game.infosets().map(|(_, set)| set.number).collect();
    assert_eq!(sets, [-4, 1, 1_000_000_000_000]);
    assert!((0..4).all(|node| game.node_label(NodeId(node)) == if node < 3 { "同" } else { "" }));
}

#[test]
fn names_before_lists_may_be_missing() {
    let game = tree(&efg("c \"\" 1 { \"a\" 1/52 \"b\" 51/52 } 0\nt \"\" 1 { 1, 2 }\nt \"\" 0")).tree;
    assert_eq!(game.infoset(InfosetId(0)).label, "");
    assert_eq!(game.outcome(OutcomeId(0)).payoffs, numbers("1 2"));
}

#[test]
fn numbers_of_sets_are_each_movers_own() {
    let game =
        tree(&efg("c \"\" 1 \"\" { \"x\" 1 } 0 p \"\" 1 1 \"\" { \"x\" } 0 p \"\" 2 1 \"\" { \"x\" } 0 t \"\" 0")).tree;
    assert_eq!(game.infoset_count(), 3);
    assert_eq!(game.depth(), 3);
}

#[test]
fn players_may_forget() {
    let same_set = "p \"\" 1 1 \"\" { \"on\" \"off\" } 0\np \"\" 1 1 0\nt \"\" 1 \"\" { 1, 1 }\nt \"\" 0\nt \"\" 0";
    let game = tree(&efg(same_set)).tree;
    assert!(game.recall().expect_err("it forgets").absent_minded);
}

#[test]
fn chances_may_be_zero_and_off_by_rounding() {
    let game = tree(&efg("c \"\" 1 \"\" { \"x\" 0 \"y\" 1.0 } 0 t \"\" 0 t \"\" 0")).tree;
    assert_eq!((game.chance(0), game.chance(1)), (&Exact::ZERO, &Exact::ONE));
    let thirds = "c \"\" 1 \"\" { \"x\" 0.3333333333333333 \"y\" 0.3333333333333333 \"z\" 0.3333333333333333 } 0";
    let rounded = read_efg(&efg(&format!("{thirds} t \"\" 0 t \"\" 0 t \"\" 0"))).expect("a tree");
    assert!((0..3).all(|action| *rounded.tree.chance(action) == exact("1/3")));
    same(&rounded.remarks, &[(2, 11, "the chances add up to 1 but for 1e-16")]);
    assert_eq!(read_efg(&write_efg(&rounded.tree)).expect("a tree").tree, rounded.tree);
}

#[test]
fn an_end_alone_is_a_tree() {
    assert_eq!(tree(&efg("t \"\" 1 \"\" { 1, 2 }")).tree.node_count(), 1);
}

#[test]
fn a_strategic_game_is_read_in_either_form() {
    let counted = strategic("NFG 1 R \"g\" { \"A\" \"B\" } { 3 2 }\n\n1 2 3 4 5 6\n7 8, 9 10 11 1/2").game;
    assert_eq!((counted.title(), counted.comment()), ("g", None));
    assert_eq!(counted.sizes(), [3, 2]);
    assert_eq!(counted.strategies(PlayerId(0)), ["1", "2", "3"]);
    assert_eq!(counted.payoffs(counted.profile(&[1, 0])), numbers("3 4"), "the first player's strategy is fastest");
    assert_eq!(counted.payoffs(counted.profile(&[2, 1])), numbers("11 0.5"));
    let named = strategic(
        "NFG 1 D \"g\" { \"A\" \"B\" } { { \"x\" \"x\" \"\" } { \"l\" \"r\" } }\n\"said\"\n\
         { { \"one\" 1, 2 } { \"\" 0.5 -1 } }\n1 0 2 2 2 1",
    );
    assert_eq!(named.game.comment(), Some("said"));
    assert_eq!(named.game.strategies(PlayerId(0)), ["x", "x", ""]);
    let row: Vec<&[Exact]> = (0..6).map(|profile| named.game.payoffs(profile)).collect();
    assert_eq!(row[..3], [&numbers("1 2")[..], &numbers("0 0"), &numbers("0.5 -1")]);
    let table = named.outcomes.expect("outcomes");
    assert_eq!(table.outcomes[0].label, "one");
    assert_eq!(table.cells, [Some(0), None, Some(1), Some(1), Some(1), Some(0)]);
    assert!(matches!(read("NFG 1 R \"\" { \"A\" } { 1 } 5"), Ok(ReadGame::Strategic(_))));
}

#[test]
fn trees_that_no_file_gave_are_written_so_that_they_are_read() {
    let mut builder = TreeBuilder::new("a \"quote\"", &["A", "B\\"]);
    let first = builder.numbered_infoset(Mover::Player(PlayerId(0)), (5, "\\"), &["x\\", "\\\"y"], &[]);
    let second = builder.numbered_infoset(Mover::Player(PlayerId(0)), (5, ""), &["x"], &[]);
    let zero = builder.numbered_outcome((0, ""), numbers("1 2"));
    let repeated = builder.numbered_outcome((0, ""), numbers("3 1/7"));
    builder.node("root", Some(first), None);
    builder.node("", Some(second), Some(zero));
    builder.node("", None, Some(repeated));
    builder.node("", Some(second), None);
    builder.node("", None, None);
    let built = builder.build().expect("a tree");
    let read = tree(&write_efg(&built)).tree;
    assert_eq!((read.node_count(), read.infoset_count()), (5, 2));
    assert_eq!(read.payoffs_at(NodeId(2)), numbers("4 15/7"));
    assert_eq!((read.title(), read.action_label(0), read.action_label(1)), ("a \"quote\"", "x\\ ", "\\\"y"));
    assert_eq!(read.players(), ["A", "B\\ "]);
}

#[test]
fn outcomes_that_are_not_the_payoffs_are_not_written() {
    let text = "NFG 1 R \"\" { \"A\" } { 2 } { { \"x\" 1 } { \"y\" 2 } } 1 2";
    let table = strategic(text).outcomes.expect("outcomes");
    let other =
        StrategicGame::new("", vec!["A".to_owned()], vec![vec!["1".to_owned(), "2".to_owned()]], numbers("1 3"));
    let other = other.expect("a game");
    assert_eq!(write_nfg_outcomes(&other, &table), write_nfg(&other));
}
