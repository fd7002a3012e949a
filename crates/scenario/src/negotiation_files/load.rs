//! All files of a negotiation, one after the other.

use detente_base::{Diagnostic, Severity, SourceText, Span};

use super::recognise::{FileKind, is_xml, kind_of};
use super::tree::tree;
use super::{Domain, Parsed, Profile, geniusweb, negmas, negolog};
use crate::codes::front::{TALKS_KIND_OF_FILE, TOO_LARGE};
use crate::genius;
use crate::yaml::Yaml;

/// A file of a negotiation.
#[derive(Clone, Copy, Debug)]
pub struct NegotiationFile<'f> {
    /// Its name, for messages.
    pub name: &'f str,
    /// What it holds.
    pub bytes: &'f [u8],
}

/// What the files of a negotiation say.
#[derive(Clone, Debug)]
pub struct LoadedNegotiation {
    /// The issues; `None` where they could not be read.
    pub domain: Option<Domain>,
    /// The profiles, in the order of their files; `None` where one could not be read.
    pub profiles: Vec<Option<Profile>>,
    /// The file of the first profile: 0 where the first file holds domain and profile, else 1.
    pub first_profile: usize,
    /// The text of each file, and what was found in it.
    pub found: Vec<(SourceText, Vec<Diagnostic>)>,
}

/// Text of a file, not yet read.
enum Content<'f> {
    Xml(NegotiationFile<'f>),
    Tree(FileKind, Yaml),
}

impl<'f> Content<'f> {
    fn of(file: NegotiationFile<'f>) -> Self {
        if is_xml(file.bytes) {
            return Self::Xml(file);
        }
        let yaml = tree(file.name, file.bytes);
        Self::Tree(kind_of(&yaml.root), yaml)
    }

    fn kind(&self) -> FileKind {
        match self {
            Self::Xml(_) => FileKind::Genius,
            Self::Tree(kind, _) => *kind,
        }
    }
}

/// Reads the files of a negotiation: the domain first, then the profiles. Where the first
/// file is a profile that holds its domain, all files are profiles.
///
/// Cost: linear in the size of the files.
///
/// # Panics
/// If there is no file.
pub fn load_negotiation(files: &[NegotiationFile<'_>]) -> LoadedNegotiation {
    let (first, rest) = files.split_first().expect("a first file");
    let content = Content::of(*first);
    let kind = content.kind();
    let mut loaded = LoadedNegotiation { domain: None, profiles: Vec::new(), first_profile: 1, found: Vec::new() };
    if kind.is_whole() {
        loaded.first_profile = 0;
        let Content::Tree(_, yaml) = content else { unreachable!("XML holds one of both") };
        let (domain, source, mut diagnostics) = domain_of_tree(kind, yaml.clone());
        let profile = domain.as_ref().and_then(|domain| {
            let (profile, _, found) = profile_of_tree(kind, kind, yaml, domain);
            // What was said of the domain is not said again.
            diagnostics.extend(found.into_iter().filter(|new| !diagnostics.contains(new)).collect::<Vec<_>>());
            profile
        });
        diagnostics.sort_by_key(|d| (d.span.start, d.span.end, d.code.0));
        loaded.domain = domain;
        loaded.profiles.push(profile);
        loaded.found.push((source, diagnostics));
    } else {
        let (domain, source, diagnostics) = match content {
            Content::Xml(file) => genius::parse_domain(file.name, file.bytes),
            Content::Tree(kind, yaml) => domain_of_tree(kind, yaml),
        };
        loaded.domain = domain;
        loaded.found.push((source, diagnostics));
    }
    for file in rest {
        let Some(domain) = &loaded.domain else {
            loaded.profiles.push(None);
            continue;
        };
        let (profile, source, diagnostics) = match Content::of(*file) {
            Content::Xml(file) if kind == FileKind::Genius => genius::parse_profile(file.name, file.bytes, domain),
            Content::Xml(file) => {
                let source = SourceText::new(file.name, String::from_utf8_lossy(file.bytes).into_owned());
                (None, source, vec![no_negotiation(strange(FileKind::Genius, kind))])
            }
            Content::Tree(own, yaml) => profile_of_tree(own, kind, yaml, domain),
        };
        loaded.profiles.push(profile);
        loaded.found.push((source, diagnostics));
    }
    loaded
}

fn domain_of_tree(kind: FileKind, yaml: Yaml) -> Parsed<Domain> {
    match kind {
        FileKind::GeniusWebDomain | FileKind::GeniusWebProfile => geniusweb::read_domain(yaml),
        FileKind::NegologProfile => negolog::read_domain(yaml),
        FileKind::NegmasDomain => negmas::read_domain(yaml),
        FileKind::NegmasProfile => {
            refused(yaml, "the file is a utility function of NegMAS; expected a domain first".to_owned())
        }
        FileKind::Genius | FileKind::Other => refused(
            yaml,
            "the file is no domain of a negotiation; expected one of GENIUS, GeniusWeb, NegoLog or NegMAS".to_owned(),
        ),
    }
}

/// A profile over a domain that came from a file of another kind perhaps.
fn profile_of_tree(own: FileKind, first: FileKind, yaml: Yaml, domain: &Domain) -> Parsed<Profile> {
    match own {
        _ if own.program() != first.program() => stray(own, first, yaml),
        FileKind::GeniusWebProfile => geniusweb::read_profile(yaml, domain),
        FileKind::NegologProfile => negolog::read_profile(yaml, domain),
        FileKind::NegmasProfile => negmas::read_profile(yaml, domain),
        FileKind::GeniusWebDomain | FileKind::NegmasDomain | FileKind::Genius | FileKind::Other => {
            refused(yaml, "the file is a domain; expected the profile of a party".to_owned())
        }
    }
}

fn stray(own: FileKind, first: FileKind, yaml: Yaml) -> Parsed<Profile> {
    refused(yaml, strange(own, first))
}

/// That a file does not go with the first.
fn strange(own: FileKind, first: FileKind) -> String {
    match own {
        FileKind::Other => format!("the file is not the profile of a party; expected a profile of {}", first.program()),
        _ => format!("the file is of {}, and the domain of {}; expected one program", own.program(), first.program()),
    }
}

fn no_negotiation(message: String) -> Diagnostic {
    let help = "name the domain first and then a profile for each party";
    Diagnostic::error(TALKS_KIND_OF_FILE, Span::default(), message).with_help(help)
}

/// Faults of the text come first: they may be why the file is not recognised.
fn refused<T>(yaml: Yaml, message: String) -> Parsed<T> {
    let mut diagnostics = yaml.diagnostics;
    let blank = yaml.source.text().trim().is_empty();
    let read = diagnostics.iter().all(|d| d.severity != Severity::Error);
    // A file that was not read at all, for its size, is not said to be something else.
    if read || (blank && diagnostics.iter().all(|d| d.code != TOO_LARGE)) {
        diagnostics.push(no_negotiation(message));
    }
    (None, yaml.source, diagnostics)
}
