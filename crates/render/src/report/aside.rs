//! What an answer that takes the order of each party alone does not use.

use detente_analysis::readings::{NuanceKind, NuanceView};

use super::words::listed;
use crate::doc::{Document, Text};

/// Which statements an answer sets aside, and the question that takes them in.
pub fn set_aside(views: &[NuanceView]) -> Document {
    set_aside_by("This answer", views)
}

/// The same with words for the answer, or the part of it.
pub fn set_aside_by(answer: &str, views: &[NuanceView]) -> Document {
    let mut out = Document::default();
    if views.is_empty() {
        return out;
    }
    let mut kinds: Vec<(&str, Vec<usize>)> = Vec::new();
    for view in views {
        let what = kind_words(view.kind);
        match kinds.iter_mut().find(|(kind, _)| *kind == what) {
            Some((_, lines)) => lines.push(view.line),
            None => kinds.push((what, vec![view.line])),
        }
    }
    let words: Vec<String> = kinds.iter().map(|(what, lines)| format!("{what} ({})", line_words(lines))).collect();
    out.paragraph(
        Text::default()
            .strong("Set aside: ")
            .plain(format!("{}. {answer} takes the order of each party alone; ", listed(&words, "and")))
            .code("detente readings")
            .plain(" takes them into account."),
    );
    out
}

/// Kinds of statements in words.
pub fn kind_words(kind: NuanceKind) -> &'static str {
    match kind {
        NuanceKind::Unknown => "unknown comparisons",
        NuanceKind::Strong | NuanceKind::Gap => "what is greatly better",
        NuanceKind::Chance | NuanceKind::Threshold => "chances of preferences",
        NuanceKind::Attitude => "attitudes",
    }
}

/// `line 3`, `lines 3 and 5`, `lines 3 and 5 to 12`.
pub fn line_words(lines: &[usize]) -> String {
    let mut lines = lines.to_vec();
    lines.sort_unstable();
    lines.dedup();
    let mut words: Vec<String> = Vec::new();
    for run in lines.chunk_by(|a, b| a + 1 == *b) {
        match run {
            [first, _, .., last] => words.push(format!("{first} to {last}")),
            few => words.extend(few.iter().map(usize::to_string)),
        }
    }
    format!("{} {}", if lines.len() == 1 { "line" } else { "lines" }, listed(&words, "and"))
}

#[cfg(test)]
mod tests {
    use super::line_words;

    #[test]
    fn lines_in_a_row_are_told_as_a_run() {
        assert_eq!(line_words(&[3]), "line 3");
        assert_eq!(line_words(&[5, 3, 5]), "lines 3 and 5");
        assert_eq!(line_words(&[4, 3]), "lines 3 and 4");
        assert_eq!(line_words(&[9, 1, 7, 8, 4, 5]), "lines 1, 4, 5 and 7 to 9");
    }
}
