//! Reading files, and the texts of sources beside them.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use detente_base::{Diagnostic, Severity};
use detente_scenario::yaml::Limits;
use detente_scenario::{Loaded, SourceContent, check_locators, load, load_gmcr};

use crate::fault::Fault;

/// Bytes of a source's text that are read: far above any article.
const SOURCE_BYTES: u64 = 4 << 20;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// By the ending of its name.
    ByName,
    /// As a save file of GMCR+.
    Gmcr,
}

/// Reads and checks a file; `-` is standard input. Diagnostics include those of the
/// sources' texts.
pub fn read_scenario(path: &Path, language: Language) -> Result<Loaded, Fault> {
    let from_stdin = path == Path::new("-");
    let name = if from_stdin { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = read_bytes(path, &name)?;
    let gmcr = language == Language::Gmcr || path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gmcr"));
    let mut loaded = if gmcr { load_gmcr(&name, &bytes) } else { load(&name, &bytes) };
    if let Some(situation) = &loaded.situation {
        let folder = (!from_stdin).then(|| path.parent().unwrap_or(Path::new("")).to_owned());
        let found = check_locators(situation, |file| read_source(folder.as_deref(), file));
        loaded.diagnostics.extend(found);
        loaded.diagnostics.sort_by_key(|d| (d.span.start, d.span.end, d.code.0));
    }
    Ok(loaded)
}

/// One byte more than is allowed shows the library that the file is too large.
pub fn read_bytes(path: &Path, name: &str) -> Result<Vec<u8>, Fault> {
    let limit = Limits::default().bytes as u64 + 1;
    let fault = |e: std::io::Error| Fault::of_file("read", name, &e);
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(fault)?;
        return Ok(bytes);
    }
    if path.is_dir() {
        return Err(Fault::new(format!("cannot read `{name}`: it is a folder; expected a file")));
    }
    File::open(path).map_err(fault)?.take(limit).read_to_end(&mut bytes).map_err(fault)?;
    Ok(bytes)
}

fn read_source(folder: Option<&Path>, file: &str) -> SourceContent {
    let missing = |why: &str| SourceContent::Missing(why.to_owned());
    let Some(folder) = folder else { return missing("the scenario came from standard input") };
    let path = match source_path(folder, file) {
        Ok(path) => path,
        Err(why) => return missing(why),
    };
    let mut bytes = Vec::new();
    let read = File::open(&path).and_then(|f| f.take(SOURCE_BYTES + 1).read_to_end(&mut bytes));
    match read {
        Err(_) => missing("it cannot be read"),
        Ok(_) if bytes.len() as u64 > SOURCE_BYTES => missing("it is larger than 4 MiB"),
        Ok(_) => match String::from_utf8(bytes) {
            Ok(text) => SourceContent::Read(text),
            Err(_) => missing("it is not UTF-8"),
        },
    }
}

/// The path of a source's text: a plain file below the folder of the scenario, links
/// followed.
fn source_path(folder: &Path, file: &str) -> Result<PathBuf, &'static str> {
    let relative = Path::new(file);
    let mut depth = 0_i32;
    for part in relative.components() {
        match part {
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::ParentDir => depth -= 1,
            Component::RootDir | Component::Prefix(_) => {
                return Err("its path is absolute; expected one below the scenario's folder");
            }
        }
        if depth < 0 {
            return Err("its path leads out of the scenario's folder");
        }
    }
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let base = folder.canonicalize().map_err(|_| "the scenario's folder cannot be read")?;
    let path = base.join(relative).canonicalize().map_err(|_| "there is no such file")?;
    if !path.starts_with(&base) {
        return Err("its path leads out of the scenario's folder");
    }
    if path.is_file() { Ok(path) } else { Err("it is not a file") }
}

/// Whether the file must not be used.
pub fn has_errors(diagnostics: &[Diagnostic], strict: Strict) -> bool {
    let refused = |severity| match strict {
        Strict::Errors => severity == Severity::Error,
        Strict::Warnings => severity != Severity::Note,
    };
    diagnostics.iter().any(|d| refused(d.severity))
}

/// What makes a file unusable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strict {
    /// Errors.
    Errors,
    /// Warnings too.
    Warnings,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_stay_below_the_scenario() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(source_path(here, "src/main.rs").is_ok());
        assert!(source_path(here, "./src/../Cargo.toml").is_ok());
        for outside in ["../render/Cargo.toml", "src/../../render/Cargo.toml", "/etc/hostname"] {
            assert!(source_path(here, outside).unwrap_err().contains("scenario's folder"), "{outside}");
        }
        assert_eq!(source_path(here, "src").unwrap_err(), "it is not a file");
        assert_eq!(source_path(here, "none.txt").unwrap_err(), "there is no such file");
    }
}
