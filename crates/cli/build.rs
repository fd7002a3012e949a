//! Puts the pages of `docs/codes` into the program: a function from code to page.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let folder = Path::new(&root).join("../../docs/codes");
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(&folder).expect("docs/codes is there");
    let mut pages: Vec<_> = entries.map(|entry| entry.expect("docs/codes can be read").path()).collect();
    pages.retain(|page| page.extension().is_some_and(|e| e == "md") && page.file_stem().is_some_and(|s| s != "README"));
    pages.sort();
    let mut text = "pub fn page(code: &str) -> Option<&'static str> {\n    Some(match code {\n".to_owned();
    for page in pages {
        let code = page.file_stem().and_then(|s| s.to_str()).expect("codes are ASCII").to_owned();
        let _ = writeln!(text, "        {code:?} => include_str!({:?}),", page.display().to_string());
    }
    text.push_str("        _ => return None,\n    })\n}\n");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("codes.rs"), text).expect("the output folder can be written");
}
