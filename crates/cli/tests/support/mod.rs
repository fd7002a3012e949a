//! Running the program.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What a run left behind.
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// Runs `detente` with an empty standard input.
pub fn detente(args: &[&str]) -> Run {
    detente_reading(args, b"")
}

/// Runs `detente` with this standard input.
pub fn detente_reading(args: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The program may end before it has read everything.
    let _ = child.stdin.take().expect("piped").write_all(input);
    let done = child.wait_with_output().expect("the program ends");
    Run {
        status: done.status.code().expect("no signal"),
        out: String::from_utf8(done.stdout).expect("UTF-8"),
        err: String::from_utf8(done.stderr).expect("UTF-8"),
    }
}

/// A folder of its own for one test, empty at the start.
pub fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("a folder for tests");
    path
}

/// Writes a file for one test and yields its path.
pub fn file(test: &str, name: &str, bytes: &[u8]) -> String {
    let path = folder(test).join(name);
    std::fs::write(&path, bytes).expect("a file for tests");
    path.to_str().expect("UTF-8").to_owned()
}

/// A conflict of two parties that turns on a number and on a type.
pub const QUARREL: &str = "\
detente: 1
title: A quarrel
parties: {a: Ada, b: {name: Bo}}
parameters: {cost: 1..4}
issues:
  push: {set_by: a}
  hit: {set_by: b}
outcomes: {peace: not push & not hit}
status_quo: {push: no, hit: no}
preferences:
  a:
    worth:
      - {when: push, add: 2}
      - {when: hit, add: -cost}
  b:
    types:
      meek: {chance: 0.25, priority: [not push, not hit]}
      fierce: {chance: 0.75, priority: [not push, push == hit]}
";
