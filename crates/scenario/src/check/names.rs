//! Parties, sources and claims.

use std::collections::BTreeMap;

use detente_base::Diagnostic;

use super::faults::Kind;
use super::{Checker, unknown};
use crate::ast::Text;
use crate::codes::meaning as code;
use crate::expr::parse::is_keyword;
use crate::expr::resolve::Scope;
use crate::situation::{Claim, ClaimId, Foresight, Party, Source, SourceId};
use crate::suggest::nearest;

/// What a party's foresight can be.
const FORESIGHTS: [&str; 5] = ["R", "GMR", "SMR", "SEQ", "SSEQ"];

/// Names that the language keeps for itself.
pub(crate) fn is_reserved(name: &str) -> bool {
    is_keyword(name) || matches!(name, "otherwise" | "because" | "min" | "max" | "true" | "false" | "nature")
}

impl Foresight {
    /// All of them, from the shortest view to the longest.
    pub const ALL: [Self; 5] = [
        Self::Nash,
        Self::SymmetricSequential,
        Self::Sequential,
        Self::SymmetricMetarational,
        Self::GeneralMetarational,
    ];

    /// The concept's usual symbol.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Nash => "R",
            Self::GeneralMetarational => "GMR",
            Self::SymmetricMetarational => "SMR",
            Self::Sequential => "SEQ",
            Self::SymmetricSequential => "SSEQ",
        }
    }

    /// The concept of a symbol or name, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().replace(['-', ' '], "_").as_str() {
            "r" | "nash" => Some(Self::Nash),
            "gmr" | "general_metarational" => Some(Self::GeneralMetarational),
            "smr" | "symmetric_metarational" => Some(Self::SymmetricMetarational),
            "seq" | "sequential" => Some(Self::Sequential),
            "sseq" | "symmetric_sequential" => Some(Self::SymmetricSequential),
            _ => None,
        }
    }
}

impl Checker<'_> {
    /// The foresight of a name; `known` are the names that are expected.
    pub(super) fn foresight(&mut self, text: &Text, known: &[&str]) -> Option<Foresight> {
        let found = Foresight::from_name(&text.value);
        if found.is_none() {
            let (last, rest) = known.split_last().expect("a name is expected");
            let message =
                format!("there is no foresight `{}`; expected one of {} and {last}", text.value, rest.join(", "));
            let mut fault = Diagnostic::error(code::UNKNOWN_FORESIGHT, text.span, message);
            if let Some(near) = nearest(&text.value, known.iter().copied()) {
                fault = fault.with_help(format!("did you mean `{near}`?")).with_replacement(near);
            }
            self.report(fault);
        }
        found
    }

    pub(super) fn check_parties(&mut self) {
        for item in &self.tree.parties {
            let id = &item.id.value;
            if id == "nature" {
                self.broken.push(id.clone());
                self.report(
                    Diagnostic::error(
                        code::NAME_CLASH,
                        item.id.span,
                        "`nature` stands for chance; expected another name for a party",
                    )
                    .with_label("reserved"),
                );
                continue;
            }
            let foresight = item.foresight.as_ref().and_then(|text| self.foresight(text, &FORESIGHTS));
            let name = item.name.as_ref().map_or_else(|| id.clone(), |n| n.value.clone());
            self.situation.parties.push(Party {
                id: id.clone(),
                name,
                foresight,
                unseen: Vec::new(),
                origin: crate::situation::Origin {
                    span: item.id.span,
                    because: Vec::new(),
                    about: item.about.as_ref().map(|t| t.value.clone()),
                },
            });
        }
    }

    pub(super) fn check_sources_and_claims(&mut self) {
        for item in &self.tree.sources {
            let text = |t: &Option<crate::ast::Text>| t.as_ref().map(|t| t.value.clone());
            self.situation.sources.push(Source {
                id: item.id.value.clone(),
                title: text(&item.title).unwrap_or_default(),
                author: text(&item.author),
                publisher: text(&item.publisher),
                date: text(&item.date),
                url: text(&item.url),
                file: item.file.as_ref().map(|f| (f.value.clone(), f.span)),
                origin: crate::situation::Origin { span: item.id.span, because: Vec::new(), about: text(&item.about) },
            });
        }
        for item in &self.tree.claims {
            let source = item.source.as_ref().and_then(|text| {
                let found = self.situation.sources.iter().position(|s| s.id == text.value);
                if found.is_none() && !self.tree.lost.has("sources") {
                    let known = self.situation.sources.iter().map(|s| s.id.as_str()).collect();
                    let fault = unknown(code::UNKNOWN_SOURCE, "source", text, known);
                    self.faults.push_unknown(Kind::Source, text.value.clone(), fault);
                }
                found.map(SourceId::from_index)
            });
            self.situation.claims.push(Claim {
                id: item.id.value.clone(),
                says: item.says.as_ref().map(|t| t.value.clone()).unwrap_or_default(),
                source,
                at: item.at.as_ref().map(|t| (t.value.clone(), t.span)),
                by: item.by.as_ref().map(|t| t.value.clone()),
                rivals: Vec::new(),
                origin: crate::situation::Origin {
                    span: item.id.span,
                    because: Vec::new(),
                    about: item.about.as_ref().map(|t| t.value.clone()),
                },
            });
        }
        let ids = self.situation.claims.iter().enumerate().rev();
        self.claim_places = ids.map(|(index, claim)| (claim.id.clone(), index)).collect();
        // Rivalry is symmetric, whichever side states it.
        for (index, item) in self.tree.claims.iter().enumerate() {
            for rival in self.claims(&item.rivals) {
                for (a, b) in [(index, rival), (rival.index(), ClaimId::from_index(index))] {
                    let rivals = &mut self.situation.claims[a].rivals;
                    if !rivals.contains(&b) && b.index() != a {
                        rivals.push(b);
                    }
                }
            }
        }
        for claim in &mut self.situation.claims {
            claim.rivals.sort_unstable();
        }
        for (index, item) in self.tree.parties.iter().filter(|p| p.id.value != "nature").enumerate() {
            let because = self.claims(&item.because);
            self.situation.parties[index].origin.because = because;
        }
    }

    pub(super) fn check_unseen(&mut self) {
        for (index, item) in self.tree.parties.iter().filter(|p| p.id.value != "nature").enumerate() {
            for condition in &item.unseen {
                self.claims(&condition.because);
                if let Some(expr) = self.condition(&condition.when, Scope::Outcomes) {
                    self.situation.parties[index].unseen.push(expr);
                }
            }
        }
    }

    /// Issues, parameters and named outcomes share one set of names.
    pub(super) fn check_name_clashes(&mut self) {
        let declared = (self.tree.parameters.iter().map(|p| (&p.id, "parameter")))
            .chain(self.tree.issues.iter().map(|i| (&i.id, "issue")))
            .chain(self.tree.outcomes.iter().map(|o| (&o.id, "named outcome")));
        let mut seen: BTreeMap<&str, (&str, detente_base::Span)> = BTreeMap::new();
        for (id, what) in declared {
            if is_reserved(&id.value) {
                self.faults.push(
                    Diagnostic::error(
                        code::NAME_CLASH,
                        id.span,
                        format!("`{}` is a word of the language; expected another name", id.value),
                    )
                    .with_label("reserved")
                    .with_replacement(format!("{}_", id.value)),
                );
            }
            // A name repeated within one section is a duplicate key, reported by the reader.
            if let Some((other, span)) = seen.get(id.value.as_str()).filter(|(other, _)| *other != what) {
                self.faults.push(
                    Diagnostic::error(
                        code::NAME_CLASH,
                        id.span,
                        format!("`{}` names {} and {}; expected one meaning", id.value, article(other), article(what)),
                    )
                    .with_label(format!("{what} of this name"))
                    .with_place(*span, format!("{other} of this name")),
                );
            } else {
                seen.insert(&id.value, (what, id.span));
            }
        }
    }
}

fn article(noun: &str) -> String {
    let an = noun.starts_with(['a', 'e', 'i', 'o']);
    format!("{} {noun}", if an { "an" } else { "a" })
}
