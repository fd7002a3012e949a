//! What is wrong with files of games is told, all at once, and no file of any shape does harm.

use detente_base::Pcg;
use detente_game::files::{FileFault, read, read_efg, read_nfg, write_efg, write_nfg};

/// A tree of two players, given its nodes.
fn efg(nodes: &str) -> String {
    format!("EFG 2 R \"game\" {{ \"A\" \"B\" }}\n{nodes}")
}

/// The faults of nodes after the two lines of [`efg`], as lines, columns and messages.
#[track_caller]
fn faults(nodes: &str, expected: &[(usize, usize, &str)]) {
    let found = read_efg(&efg(nodes)).expect_err(nodes);
    same(&found, expected);
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
fn every_fault_of_a_tree_is_told_at_once() {
    faults(
        "p \"\" 3 1 \"\" { \"a\" \"b\" } 0\n\
         t \"\" 1 \"\" { 1 }\n\
         t \"\" 2 \"\" { 1, x }\n\
         c \"\" 1 \"\" { \"a\" 1/2 \"b\" 1/3 } 0\n\
         t \"\" 9\n\
         q \"\" 9\n\
         t \"\" 0 \"\" { 1, 2 }\n",
        &[
            (2, 6, "player 3 moves where there are 2 players"),
            (3, 11, "1 payoff where there are 2 players"),
            (4, 16, "expected a payoff or `}`, found `x`"),
            (5, 11, "the chances of 2 actions add up to 5/6, not to 1"),
            (6, 6, "outcome 9 has not been described before this node"),
            (7, 1, "expected a node, found `q`"),
            (8, 6, "outcome 0 pays nothing, and has no name or payoffs"),
        ],
    );
}

#[test]
fn a_tree_must_be_whole() {
    faults("", &[(2, 1, "the game has no nodes")]);
    faults("t \"\" 0\nt \"\" 0\nt \"\" 0", &[(3, 1, "the node follows no action: the tree is complete before it")]);
    let set = "p \"\" 1 1 \"\" { \"a\" \"b\" } 0\n";
    let missing = r#"the file ends while 1 action leads nowhere; the next is "b" of the node in line 2"#;
    faults(&format!("{set}t \"\" 0\n"), &[(4, 1, missing)]);
    let missing = r#"the file ends while 2 actions lead nowhere; the next is "b" of the node in line 3"#;
    faults(&format!("{set}p \"\" 1 1 0\nt \"\" 0\n"), &[(5, 1, missing)]);
    faults("p \"\" 1 1 \"\" { } 0", &[(2, 13, "the information set has no actions")]);
}

#[test]
fn sets_must_stay_what_they_are() {
    let set = "p \"\" 1 1 \"\" { \"a\" \"b\" } 0\nt \"\" 0\n";
    let again = |again: &str| format!("{set}{again} 0\nt \"\" 0\nt \"\" 0\n");
    let other = "the information set has other actions here than in line 2";
    faults(&again("p \"\" 1 1 \"\" { \"a\" \"c\" }"), &[(4, 10, other)]);
    faults(&again("p \"\" 1 1 \"\" { \"a\" \"b\" \"c\" }"), &[(4, 10, other)]);
    faults(&again("p \"\" 1 2"), &[(4, 8, "information set 2 has not been described before this node")]);
    let named = "expected the actions of the information set, found `0`";
    faults(&again("p \"\" 1 1 \"\""), &[(4, 13, named)]);
    let chance =
        "c \"\" 1 \"\" { \"a\" 1/2 \"b\" 1/2 } 0 t \"\" 0\nc \"\" 1 \"\" { \"a\" 1/3 \"b\" 2/3 } 0 t \"\" 0 t \"\" 0";
    faults(chance, &[(3, 8, "the chances of the actions are others here than in line 2")]);
    let outcomes = "p \"\" 1 1 \"\" { \"a\" \"b\" } 0\nt \"\" 1 \"\" { 1, 2 }\nt \"\" 1 \"\" { 1, 3 }\n";
    faults(outcomes, &[(4, 8, "outcome 1 pays something else here than in line 3")]);
}

#[test]
fn actions_have_chances_where_chance_moves_and_only_there() {
    let ends = " 0 t \"\" 0 t \"\" 0";
    let chance = |actions: &str| format!("c \"\" 1 \"\" {actions}{ends}");
    faults(&chance("{ \"a\" 1 \"b\" }"), &[(2, 23, "expected the chance of the action, found `}`")]);
    faults(&chance("{ \"a\" -1 \"b\" 2 }"), &[(2, 11, "a chance is -1")]);
    faults(&chance("{ \"a\" 1/0 \"b\" 1 }"), &[(2, 17, "expected the chance of the action, found `1/0`")]);
    let player = format!("p \"\" 1 1 \"\" {{ \"a\" 1/2 \"b\" 1/2 }}{ends}");
    let message = "a player's action has no chance";
    faults(&player, &[(2, 19, message), (2, 27, message)]);
}

#[test]
fn a_node_needs_a_blank_after_its_letter() {
    faults("t\"\" 0", &[(2, 2, "`t` and what follows it are one word to most readers")]);
}

#[test]
fn what_is_no_game_is_told() {
    let first = |text: &str| read(text).expect_err(text).remove(0);
    assert!(first("").message.contains("not a game"));
    assert!(first("<gambit>").message.contains("not a game"));
    assert_eq!(read_efg("NFG 1 R").expect_err("wrong kind")[0].message, "the file holds a strategic game, not a tree");
    assert_eq!(read_nfg("EFG 2 R").expect_err("wrong kind")[0].message, "the file holds a tree, not a strategic game");
    assert_eq!(read_efg("{").expect_err("no kind")[0].message, "the file does not begin with `EFG`");
    let versions = read_efg("EFG 3 X \"\" { } t \"\" 0").expect_err("three faults");
    same(
        &versions,
        &[
            (1, 5, "version `3` of EFG files is not known"),
            (1, 7, "expected `R` or `D` after the version, found `X`"),
            (1, 12, "the game has no players"),
        ],
    );
    same(&read_efg("EFG 2 R game").expect_err("no title"), &[(1, 9, "expected the title, found `game`")]);
    let open = read_efg("EFG 2 R \"game { \n").expect_err("open");
    same(&open, &[(1, 9, "a text opens here and never closes")]);
}

#[test]
fn every_fault_of_a_strategic_game_is_told_at_once() {
    let faults = |text: &str, expected: &[(usize, usize, &str)]| {
        same(&read_nfg(&format!("NFG 1 R \"\" {{ \"A\" \"B\" }}\n{text}")).expect_err(text), expected);
    };
    faults("{ 2 2 }\n1 2 3", &[(3, 6, "found 3 numbers, needed 8: payoffs for 2 × 2 profiles of 2 players")]);
    faults("{ 1 2 }\n1 2 3 4 5", &[(3, 9, "found 5 numbers, needed 4: payoffs for 1 × 2 profiles of 2 players")]);
    faults(
        "{ 1 0 2 }\n1/0 2 x",
        &[
            (2, 1, "the strategies of 3 players where there are 2 players"),
            (2, 5, "player 2 has 0 strategies"),
            (3, 1, "expected a payoff, found `1/0`"),
            (3, 7, "expected a number or the end of the file, found `x`"),
        ],
    );
    faults(
        "{ { \"a\" } { \"b\" \"c\" } }\n{ { \"\" 1 } }\n1 2",
        &[(3, 3, "1 payoff where there are 2 players"), (4, 3, "outcome 2 where there is 1 outcome")],
    );
    faults(
        "{ 1 1 }\n{ { \"\" 1, 2 } }\n",
        &[(4, 1, "found 0 numbers, needed 1: numbers of outcomes for 1 × 1 profiles")],
    );
    faults("{ { \"a\" } 2 }", &[(2, 11, "expected the names of a player's strategies, found `2`")]);
}

#[test]
fn sizes_are_believed_only_when_the_file_shows_them() {
    let opened = |sizes: &str| format!("NFG 1 R \"\" {{ \"A\" \"B\" \"C\" }} {{ {sizes} }}");
    for sizes in ["1000000000 1 1", "100000 100000 100000", "9223372036854775807 9223372036854775807 2"] {
        for body in ["1 2 3", "{ { \"\" 1 2 3 } } 1 1 1", ""] {
            let faults = read_nfg(&format!("{}\n{body}", opened(sizes))).expect_err(sizes);
            assert!(faults[0].message.contains(", needed "), "{faults:?}");
        }
    }
    // Many players, each profile of all of which is a number in the file.
    let players = 30_000;
    let names = "\"\" ".repeat(players);
    let sizes = "1 ".repeat(players - 1);
    let cells = "0 ".repeat(5_000);
    let faults =
        read_nfg(&format!("NFG 1 R \"\" {{ {names} }} {{ {sizes} 5000 }} {{ }} {cells}")).expect_err("too many");
    assert!(faults[0].message.contains("2 GiB"), "{}", faults[0]);
    assert!(faults[0].message.contains("1 × 1 × …"));
    // Many actions at many nodes.
    let actions = "\"\" ".repeat(20_000);
    let nodes = "p \"\" 1 1 0\n".repeat(20_000);
    let faults = read_efg(&efg(&format!("p \"\" 1 1 \"\" {{ {actions} }} 0\n{nodes}"))).expect_err("too many");
    assert!(
        faults[0].message.starts_with("the file ends while 400000000 actions lead nowhere"),
        "{}",
        faults[0].message
    );
}

#[test]
fn depth_is_bounded_by_the_file_alone() {
    let deep = 200_000;
    let text = efg(&format!("p \"\" 1 1 \"\" {{ \"\" }} 0\n{}t \"\" 0", "p \"\" 1 1 0\n".repeat(deep)));
    let read = read_efg(&text).expect("a tree").tree;
    assert_eq!(read.depth(), deep + 1);
    assert!(read_efg(&write_efg(&read)).expect("a tree").tree == read);
    for nested in ["{".repeat(deep), "{ \"\" ".repeat(deep), "p \"\" 1 1 \"\" {".repeat(deep)] {
        assert!(read_efg(&efg(&nested)).is_err());
        assert!(read_nfg(&format!("NFG 1 R \"\" {nested}")).is_err());
    }
}

#[test]
fn at_most_a_hundred_faults_are_told() {
    let found = read_efg(&efg(&"x ".repeat(300).replace("x ", "t \"\" y\n"))).expect_err("all wrong");
    assert_eq!(found.len(), 100);
    assert!(found.is_sorted_by_key(|fault| (fault.line, fault.column)));
}

/// A file with something cut off, left out, doubled, swapped or put in.
fn spoilt(random: &mut Pcg, text: &str) -> String {
    const PIECES: [&str; 16] = [
        "\"",
        "{",
        "}",
        ",",
        " 0 ",
        " t ",
        " p ",
        " c ",
        "-",
        "/",
        "9999999999999999999999",
        "\\",
        "e9",
        "\n",
        "ö",
        "\"\" { \"a\" }",
    ];
    let mut text = text.to_owned();
    for _ in 0..=random.below(3) {
        let mut place = || {
            let mut at = random.below(text.len() as u32 + 1) as usize;
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (one, other) = (place(), place());
        let (from, to) = (one.min(other), one.max(other));
        match random.below(6) {
            0 => text.truncate(to),
            1 => text.replace_range(from..to.min(from + 8).max(from), ""),
            2 => text.insert_str(from, PIECES[random.below(PIECES.len() as u32) as usize]),
            3 => text.insert_str(from, &text.clone()[from..to]),
            4 => text.replace_range(..from, ""),
            _ => {
                let moved = text[from..to].to_owned();
                text.replace_range(from..to, "");
                text.insert_str(from.min(text.len()), &moved);
            }
        }
    }
    text
}

#[test]
fn spoilt_files_are_read_or_told_and_never_do_harm() {
    let outcomes = "NFG 1 R \"g\" { \"A\" \"B\" } { { \"x\" \"y\" } { \"l\" \"r\" } } \"said\" { { \"\" 1, 2 } { \"o\" .5 -1/3 } } 1 0 2 2";
    let files = [PLAIN, outcomes, "NFG 1 R \"g\" { \"A\" \"B\" } { 2 2 }\n1 2 3 4 5 6 7e-1 8"];
    let mut random = Pcg::new(7);
    let (mut fine, mut faulty) = (0, 0);
    for _ in 0..20_000 {
        let file = files[random.below(3) as usize];
        let text = spoilt(&mut random, file);
        match (read_efg(&text), read_nfg(&text)) {
            (Ok(read), Err(_)) => {
                fine += 1;
                assert_eq!(read_efg(&write_efg(&read.tree)).expect(&text).tree, read.tree, "{text}");
            }
            (Err(_), Ok(read)) => {
                fine += 1;
                assert_eq!(read_nfg(&write_nfg(&read.game)).expect(&text).game, read.game, "{text}");
            }
            (Ok(_), Ok(_)) => panic!("of two kinds: {text}"),
            (Err(one), Err(other)) => {
                faulty += 1;
                let lines = text.lines().count() + 1;
                for fault in one.iter().chain(&other) {
                    assert!(fault.line <= lines && fault.column > 0 && !fault.repair.is_empty(), "{text}\n{fault}");
                }
                assert!(
                    !one.is_empty() && !other.is_empty() && one.is_sorted_by_key(|fault| (fault.line, fault.column))
                );
            }
        }
        let _ = read(&text);
    }
    assert!(fine > 1_000 && faulty > 1_000, "{fine} read, {faulty} told");
}
