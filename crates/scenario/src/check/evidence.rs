//! The evidence audit: what rests on what, and what rests on nothing.

use std::collections::BTreeSet;

use detente_base::{Diagnostic, Span};

use super::Backing;
use crate::codes::meaning as code;
use crate::situation::{ClaimId, Moves, Origin, Situation};

/// Text of a source, as a shell found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceContent {
    /// The text.
    Read(String),
    /// Why it is not at hand, in a few words.
    Missing(String),
}

/// Reports numbers without a claim, claims and sources that nothing uses, claims
/// without a source and rival claims.
pub(super) fn audit(situation: &Situation, backing: &[Backing]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    unbacked_numbers(situation, backing, &mut found);
    let used = used_claims(situation);
    for (index, claim) in situation.claims.iter().enumerate() {
        let id = ClaimId::from_index(index);
        // The other side of a disputed claim has done its part by being there.
        let answers = claim.rivals.iter().any(|r| used.contains(r));
        if !used.contains(&id) && !answers {
            found.push(
                Diagnostic::warning(
                    code::UNUSED_CLAIM,
                    claim.origin.span,
                    format!("nothing uses the claim `{}`", claim.id),
                )
                .with_help("name it in a `because`, or drop it"),
            );
        }
        if claim.source.is_none() {
            found.push(
                Diagnostic::warning(
                    code::UNSOURCED_CLAIM,
                    claim.origin.span,
                    format!("the claim `{}` names no source", claim.id),
                )
                .with_help("add `source:`"),
            );
        }
        for rival in claim.rivals.iter().filter(|r| **r > id) {
            let other = &situation.claims[rival.index()];
            let side = |used: bool| if used { "something rests on it" } else { "nothing rests on it" };
            found.push(
                Diagnostic::note(
                    code::RIVAL_CLAIMS,
                    claim.origin.span,
                    format!("`{}` and `{}` contradict each other", claim.id, other.id),
                )
                .with_label(format!("“{}” ({})", claim.says, side(used.contains(&id))))
                .with_place(other.origin.span, format!("“{}” ({})", other.says, side(used.contains(rival)))),
            );
        }
    }
    for (index, source) in situation.sources.iter().enumerate() {
        if !situation.claims.iter().any(|c| c.source.is_some_and(|s| s.index() == index)) {
            found.push(Diagnostic::warning(
                code::UNUSED_SOURCE,
                source.origin.span,
                format!("no claim uses the source `{}`", source.id),
            ));
        }
    }
    found
}

fn unbacked_numbers(situation: &Situation, backing: &[Backing], found: &mut Vec<Diagnostic>) {
    let unbacked: Vec<&Backing> = backing.iter().filter(|b| !b.backed).collect();
    if situation.claims.is_empty() {
        // A textbook game has no evidence; one remark says so.
        if let Some(first) = unbacked.first() {
            let numbers = match unbacked.len() {
                1 => "its number".to_owned(),
                many => format!("any of its {many} numbers"),
            };
            found.push(Diagnostic::note(
                code::NO_CLAIMS,
                first.span,
                format!("the file has no claims, so nothing backs {numbers}"),
            ));
        }
        return;
    }
    for number in unbacked {
        found.push(
            Diagnostic::warning(code::UNBACKED_NUMBER, number.span, format!("no claim backs {}", number.what))
                .with_help("add `because:` with a claim"),
        );
    }
}

/// Claims that some part of the situation names.
pub fn used_claims(situation: &Situation) -> BTreeSet<ClaimId> {
    let mut used = BTreeSet::new();
    let mut add = |origin: &Origin| used.extend(origin.because.iter().copied());
    situation.parties.iter().for_each(|p| add(&p.origin));
    situation.parameters.iter().for_each(|p| add(&p.origin));
    situation.constraints.iter().for_each(|c| add(&c.origin));
    situation.status_quo.iter().chain(&situation.disagreement).for_each(|a| add(&a.origin));
    for issue in &situation.issues {
        add(&issue.origin);
        if let Moves::Rules(rules) = &issue.moves {
            rules.iter().for_each(|r| add(&r.origin));
        }
    }
    for protocol in &situation.protocols {
        add(&protocol.origin);
        protocol.numbers.iter().for_each(|n| add(&n.origin));
    }
    for form in &situation.forms {
        add(&form.origin);
        form.all_steps().iter().for_each(|step| add(&step.origin));
    }
    if let Some(talks) = &situation.negotiation {
        add(&talks.origin);
        talks.reservations.iter().for_each(|reservation| add(&reservation.origin));
        talks.openings.iter().for_each(|opening| add(&opening.origin));
    }
    for belief in situation.all_beliefs() {
        add(&belief.origin);
        belief.parameters.iter().for_each(|n| add(&n.origin));
        belief.impossible.iter().for_each(|s| add(&s.origin));
    }
    let believed = situation.all_beliefs().flat_map(|b| &b.preferences).map(|(_, preferences)| preferences);
    for preferences in situation.preferences.iter().chain(believed) {
        add(&preferences.origin);
        preferences.nuances.origins().into_iter().for_each(&mut add);
        for variant in &preferences.types {
            add(&variant.origin);
            form_origins(&variant.form).into_iter().for_each(&mut add);
        }
    }
    used
}

/// Where each entry of a form stands.
pub fn form_origins(form: &crate::situation::PreferenceForm) -> Vec<&Origin> {
    use crate::situation::PreferenceForm as Form;
    match form {
        Form::Indifferent | Form::Listed(_) => Vec::new(),
        Form::Worth(terms) => terms.iter().map(|t| &t.origin).collect(),
        Form::Priority(statements) => statements.iter().map(|s| &s.origin).collect(),
        Form::Ranking(levels) => levels.iter().map(|l| &l.origin).collect(),
    }
}

/// Looks up the words of each claim in the text of its source.
///
/// `read` is asked once for each source that has a file. White space is folded and
/// typographic quotes count as plain ones; case matters.
pub fn check_locators(situation: &Situation, mut read: impl FnMut(&str) -> SourceContent) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, source) in situation.sources.iter().enumerate() {
        let Some((file, span)) = &source.file else { continue };
        let text = match read(file) {
            SourceContent::Read(text) => fold(&text),
            SourceContent::Missing(why) => {
                found.push(Diagnostic::note(
                    code::SOURCE_NOT_READ,
                    *span,
                    format!(
                        "the text of `{}` is not at hand ({why}); words quoted from it are not looked up",
                        source.id
                    ),
                ));
                continue;
            }
        };
        for claim in situation.claims.iter().filter(|c| c.source.is_some_and(|s| s.index() == index)) {
            let Some((at, span)) = &claim.at else { continue };
            if !text.contains(&fold(at)) {
                found.push(locator_fault(&source.id, file, &text, at, *span));
            }
        }
    }
    found
}

fn locator_fault(source: &str, file: &str, text: &str, at: &str, span: Span) -> Diagnostic {
    let fault = Diagnostic::error(
        code::LOCATOR_NOT_FOUND,
        span,
        format!("these words do not occur in `{file}`, the text of `{source}`; expected words of it"),
    )
    .with_label("not found");
    // The longest beginning that does occur shows where the wording departs.
    let folded = fold(at);
    let words: Vec<&str> = folded.split(' ').collect();
    let kept = (1..words.len()).rev().find(|n| text.contains(&words[..*n].join(" ")));
    match kept {
        Some(n) => {
            fault.with_help(format!("the text has “{}”, but not followed by “{}”", words[..n].join(" "), words[n]))
        }
        None => fault.with_help("quote a few consecutive words of the source"),
    }
}

fn fold(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| match c {
            '“' | '”' | '„' => '"',
            '‘' | '’' => '\'',
            '\u{a0}' => ' ',
            other => other,
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
