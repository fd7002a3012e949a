//! Drawings of games: `--svg` of `solve` and `play`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A new folder, without what was in it.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("detente-drawings-{}", std::process::id())).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn detente(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.args(arguments).arg("--svg").arg(folder).output().expect("it runs")
}

fn bluff() -> String {
    root().join("scenarios/bluff/scenario.yaml").display().to_string()
}

/// The texts of a drawing, which is well-formed.
fn texts(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
    let document = roxmltree::Document::parse(&text).expect("XML");
    let of = |node: roxmltree::Node<'_, '_>| -> String {
        node.descendants().filter(roxmltree::Node::is_text).filter_map(|part| part.text()).collect()
    };
    document.descendants().filter(|node| node.tag_name().name() == "text").map(of).collect()
}

/// Those of the book are what the program draws; `DETENTE_UPDATE=1` writes them.
#[test]
fn drawings_of_the_book_are_up_to_date() {
    let out = folder("book");
    let run = detente(&["play", &bluff(), "--along", "resolve"], &out);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    for (name, own) in [("crisis-1.svg", "bluff-tree.svg"), ("crisis-along-resolve.svg", "bluff-along.svg")] {
        let drawn = fs::read(out.join(name)).expect("a drawing");
        let path = root().join("docs/book/src/images").join(own);
        if std::env::var_os("DETENTE_UPDATE").is_some_and(|value| value == "1") {
            fs::write(&path, &drawn).expect("a drawing of the book");
        }
        let known = fs::read(&path).unwrap_or_default();
        assert!(known == drawn, "{} is out of date; DETENTE_UPDATE=1 writes it", path.display());
    }
    let tree = texts(&out.join("crisis-1.svg"));
    for shown in ["2/7", "5/7", "1/3", "good  μ 3/5", "Challenger expects 0.14", "0.2, −2  1/5"] {
        assert!(tree.iter().any(|text| text == shown), "{shown}: {tree:?}");
    }
    let along = texts(&out.join("crisis-along-resolve.svg"));
    for shown in ["0.6", "Challenger (irresolute): threat", "Behaviour changes at resolve = 0.6.", "It ends with"] {
        assert!(along.iter().any(|text| text == shown), "{shown}: {along:?}");
    }
}

#[test]
fn nothing_is_overwritten() {
    let out = folder("full");
    fs::write(out.join("mine.txt"), "mine").expect("a file");
    let run = detente(&["play", &bluff()], &out);
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("is not empty"));
    assert_eq!(fs::read_dir(&out).expect("a folder").count(), 1);
}

/// A game that is over after one of 200 actions: whose they are, and what stands behind each.
fn one_of_many(node: &str, behind: &str) -> String {
    let actions: Vec<String> = (1..=200).map(|at| format!("\"{at} & <{at}>\" {behind}")).collect();
    let ends: Vec<String> = (1..=200).map(|at| format!("t \"\" {at} \"\" {{ {at} }}\n")).collect();
    format!("EFG 2 R \"Many\" {{ \"A\" }}\n{node} 1 \"\" {{ {} }} 0\n{}", actions.join(" "), ends.concat())
}

#[test]
fn large_trees_are_cut_to_what_is_reached_or_refused() {
    let file = folder("files").join("many.efg");
    fs::write(&file, one_of_many("p \"\" 1", "")).expect("a file");
    let out = folder("cut");
    let run = detente(&["solve", &file.display().to_string()], &out);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let found = texts(&out.join("equilibrium-1.svg"));
    assert!(found.iter().any(|text| text == "200 & <200>"), "{found:?}");
    assert!(found.iter().any(|text| text.contains("199 other ends are left out")), "{found:?}");

    fs::write(&file, one_of_many("c \"\"", "1/200")).expect("a file");
    let run = detente(&["solve", &file.display().to_string()], &folder("refused"));
    let told = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2), "{told}");
    assert!(told.contains("200 ends, of which 200 are reached; a drawing holds 150"), "{told}");
    assert!(String::from_utf8_lossy(&run.stdout).contains("Equilibrium 1"), "the answer is there all the same");
}

#[test]
fn tables_and_conflicts_have_no_tree() {
    let file = folder("tables").join("pennies.nfg");
    fs::write(&file, "NFG 1 R \"Pennies\" { \"A\" \"B\" } { 2 2 }\n1 -1 -1 1 -1 1 1 -1\n").expect("a file");
    for file in [file.display().to_string(), bluff()] {
        let run = detente(&["solve", &file], &folder("none"));
        assert_eq!(run.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&run.stderr).contains("holds no game tree"));
    }
}
