//! Why a party prefers one outcome to another, in words.

use detente_analysis::report::{PreferenceView, ReasonView, Relation, StatementKind};

use super::names::Names;
use super::words::{signed, signed_near};
use crate::doc::{Text, join_texts};

/// Characters of a statement that a short answer quotes.
const MOST_CHARACTERS: usize = 60;

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The weightiest reasons.
    Short,
    /// All, with their lines.
    Full,
}

impl Detail {
    fn reasons(self) -> usize {
        match self {
            Self::Short => 1,
            Self::Full => usize::MAX,
        }
    }
}

/// What decides a comparison: `+3: +5 from …, −2 from …`; empty when nothing is known.
pub fn deciding(names: &Names<'_>, compared: &PreferenceView, detail: Detail) -> Text {
    let reasons = &compared.reasons;
    if let Some(difference) = &compared.difference {
        return amounts(names, compared, &signed(difference), detail);
    }
    match reasons.as_slice() {
        [] => Text::default(),
        [one] if one.holds_in_first.is_some() && kind(names, one) == Some(StatementKind::Priority) => {
            let (has, lacks) = match one.holds_in_first {
                Some(true) => (compared.outcome, compared.with),
                _ => (compared.with, compared.outcome),
            };
            Text::default().then(statement(names, one, detail)).plain(format!(" is true of {has} and not of {lacks}"))
        }
        levels => {
            let words = levels.iter().map(|level| {
                let outcome = if level.holds_in_first == Some(false) { compared.with } else { compared.outcome };
                Text::from(format!("{outcome} is at ")).then(statement(names, level, detail))
            });
            let unranked = if levels.len() == 1 { ", the other below every level" } else { "" };
            join_texts(words, ", ").plain(unranked)
        }
    }
}

fn amounts(names: &Names<'_>, compared: &PreferenceView, total: &str, detail: Detail) -> Text {
    let reasons = &compared.reasons;
    let shown = reasons.iter().take(detail.reasons()).map(|reason| {
        let amount = reason.difference.as_ref().map(signed).unwrap_or_default();
        Text::from(format!("{amount} from ")).then(statement(names, reason, detail))
    });
    let rest = reasons.len().saturating_sub(detail.reasons());
    let out = join_texts(shown, ", ");
    let out = if rest > 0 { out.plain(format!(" and {rest} more")) } else { out };
    match (reasons.len(), detail) {
        (0, _) => Text::from(total),
        // A single reason already says the total.
        (1, _) => out,
        _ => Text::from(format!("{total}: ")).then(out),
    }
}

/// The weightiest reasons: what a statement says, or the analyst's remark where that is
/// shorter.
pub fn in_words(names: &Names<'_>, compared: &PreferenceView, most: usize) -> Text {
    let reasons = &compared.reasons;
    if compared.difference.is_none() {
        return deciding(names, compared, Detail::Short);
    }
    let shown = reasons.iter().take(most).map(|reason| {
        let amount = reason.difference.as_ref().map(signed_near).unwrap_or_default();
        Text::from(format!("{amount} from ")).then(remark(names, reason))
    });
    let out = join_texts(shown, ", ");
    match reasons.len().saturating_sub(most) {
        0 => out,
        rest => out.plain(format!(" and {rest} more")),
    }
}

fn remark(names: &Names<'_>, reason: &ReasonView) -> Text {
    let Some(view) = names.statement(reason.statement) else { return statement(names, reason, Detail::Short) };
    let long = view.text.chars().count() > MOST_CHARACTERS;
    let about = view.about.as_deref().map(|text| text.trim().trim_end_matches('.'));
    match about.filter(|text| long && text.chars().count() <= MOST_CHARACTERS) {
        Some(text) => Text::from(format!("“{text}”")),
        None => statement(names, reason, Detail::Short),
    }
}

fn kind(names: &Names<'_>, reason: &ReasonView) -> Option<StatementKind> {
    names.statement(reason.statement).map(|s| s.kind)
}

fn statement(names: &Names<'_>, reason: &ReasonView, detail: Detail) -> Text {
    let Some(view) = names.statement(reason.statement) else { return Text::from("a statement of the file") };
    match detail {
        Detail::Short => Text::default().code(shortened(&view.text)),
        Detail::Full => Text::default().code(&view.text).plain(format!(" [line {}]", view.line)),
    }
}

/// The beginning of a long statement.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}

/// The deciding reasons in brackets with a space before, or nothing.
pub fn bracketed(names: &Names<'_>, compared: &PreferenceView, detail: Detail) -> Text {
    let inner = deciding(names, compared, detail);
    if inner.is_empty() { inner } else { Text::from(" (").then(inner).plain(")") }
}

/// How the first outcome compares: `better than 4`, `no better than 4 for it`.
pub fn against(compared: &PreferenceView) -> String {
    let with = compared.with;
    match compared.relation {
        Relation::Better => format!("better than {with}"),
        Relation::Equal => format!("no better than {with}"),
        Relation::Worse => format!("worse than {with}"),
    }
}
