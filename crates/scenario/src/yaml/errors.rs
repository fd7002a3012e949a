//! Messages for what YAML does not allow, in words about the file.

use detente_base::{Code, Diagnostic, Span};
use granit_parser::ErrorKind;

use super::shortened;
use crate::codes::front::{ALIAS, BRACKET, INDICATOR, SYNTAX, TAB, TAG, TOO_DEEP, UNCLOSED_QUOTE};

/// Bytes up to which a value in quotes is offered as repair.
const MAX_QUOTED: usize = 400;

/// A syntax error, and what to overwrite so that reading can go on.
pub(super) struct SyntaxFault {
    pub(super) diagnostic: Diagnostic,
    pub(super) mask: Option<(Span, Filler)>,
}

/// What overwrites a faulty region.
#[derive(Clone, Copy)]
pub(super) enum Filler {
    /// Plain text in place of the region.
    Value,
    /// Spaces in place of every tab at the start of a line.
    Indentation,
}

/// The fault for an error of the event parser at a byte; `open` is where the
/// innermost open bracket stands.
pub(super) fn syntax_error(text: &str, kind: &ErrorKind, at: usize, open: Option<usize>) -> SyntaxFault {
    let at = boundary(text, at);
    let line = Line::around(text, at);
    let tab = line.indenting_tab(text).or_else(|| about_tabs(kind).then(|| next_tab(text, at)).flatten());
    if let Some(tab) = tab {
        return SyntaxFault { diagnostic: tab_in_indentation(tab), mask: Some((tab, Filler::Indentation)) };
    }
    let value = line.value_before(text, at, open.is_some());
    let diagnostic = match indicator_at_value(text, kind, value) {
        Some(diagnostic) => diagnostic,
        None if is_in_value(text, kind, at) => unquoted_value(text, kind, at, value),
        None => return SyntaxFault { diagnostic: outside_values(text, kind, at, open), mask: None },
    };
    SyntaxFault { diagnostic, mask: Some((value, Filler::Value)) }
}

fn about_tabs(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInPlainScalar
    )
}

/// Whether an error says that one value should have been quoted as a whole.
fn is_in_value(text: &str, kind: &ErrorKind, at: usize) -> bool {
    match kind {
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar
        | ErrorKind::MappingValueNotAllowed
        | ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::UnexpectedCharacter { .. } => true,
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
            text[at..].starts_with(['[', '{', '"', '\''])
        }
        _ => false,
    }
}

fn unquoted_value(text: &str, kind: &ErrorKind, at: usize, value: Span) -> Diagnostic {
    let found = text[at..].chars().next();
    let message = match kind {
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            return error(SYNTAX, character(text, at), "text follows a closing quote; expected the end of the value")
                .with_help("put the whole value in quotes, and use the other kind of quote inside it");
        }
        ErrorKind::MappingValueNotAllowed => {
            return error(
                SYNTAX,
                character(text, at),
                "a second `:` stands in one entry; expected one key and one value",
            )
            .with_help(
                "put a value that holds `: ` in quotes, and check the indentation of this line and the one before",
            );
        }
        ErrorKind::UnknownQuotedScalarEscape => {
            return error(
                SYNTAX,
                value,
                "a backslash starts no known escape; expected `\\\\`, `\\\"`, `\\n`, `\\t` or `\\u` with digits",
            )
            .with_help("use single quotes, in which a backslash is plain text");
        }
        ErrorKind::UnexpectedCharacter { character } => {
            format!("a value starts with `{}`; expected a letter, a digit or a quote", character.escape_default())
        }
        _ => format!("`{}` stands inside an unquoted value; expected the value in quotes", found.unwrap_or('[')),
    };
    quotable(error(SYNTAX, character(text, at), message), text, value)
}

fn outside_values(text: &str, kind: &ErrorKind, at: usize, open: Option<usize>) -> Diagnostic {
    match kind {
        ErrorKind::RecursionLimitExceeded => {
            error(TOO_DEEP, character(text, at), "lists and mappings are nested too deep; expected fewer")
        }
        kind if about_tabs(kind) => error(TAB, character(text, at), "a tab is used for indentation; expected spaces"),
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => unclosed_quote(text, at),
        ErrorKind::MismatchedFlowCollectionEnd { open: bracket, .. }
        | ErrorKind::UnclosedFlowCollection { open: bracket } => {
            let place = open.filter(|open| text[*open..].starts_with(*bracket)).unwrap_or(at);
            let message = format!("`{bracket}` is not closed; expected `{}`", partner(*bracket));
            error(BRACKET, character(text, place), message)
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            let found = text[at..].chars().next().unwrap_or(']');
            let message = format!("`{found}` closes nothing; expected `{}` before it", partner(found));
            error(BRACKET, character(text, at), message)
        }
        _ => other_syntax(text, kind, at, open),
    }
}

/// Errors whose message depends on whether a bracket is open.
fn other_syntax(text: &str, kind: &ErrorKind, at: usize, open: Option<usize>) -> Diagnostic {
    let found = text[at..].chars().next();
    if let Some(open) = open {
        let bracket = text[open..].chars().next().unwrap_or('[');
        let opened = format!("opened by this `{bracket}`");
        let new_line = text[open..at].contains('\n');
        if found.is_none() || new_line {
            let message = format!("`{bracket}` is not closed; expected `{}`", partner(bracket));
            return error(BRACKET, character(text, open), message)
                .with_place(character(text, at), "reading stopped here")
                .with_help(format!("add `{}` where the list or mapping ends", partner(bracket)));
        }
        return error(SYNTAX, character(text, at), format!("expected `,` or `{}` here", partner(bracket)))
            .with_place(character(text, open), opened)
            .with_help("put an expression that holds brackets, braces or quotes in quotes");
    }
    let (message, help) = match kind {
        ErrorKind::InvalidColonPlacement => (
            "a second `:` stands in one entry; expected one key and one value".to_owned(),
            Some("put a value that holds `: ` in quotes, and check the indentation of this line and the one before"),
        ),
        ErrorKind::BlockSequenceEntryNotAllowed => (
            "a list entry `-` stands where none may; expected it on a line of its own".to_owned(),
            Some("start the list on the next line, indented, or write `[a, b]`"),
        ),
        ErrorKind::ExpectedBlockSequenceEntry => (
            "this line does not continue the list above; expected `-`".to_owned(),
            Some("align the line with the entry it belongs to"),
        ),
        ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidIndentation
        | ErrorKind::InvalidSimpleKey => (
            "this line does not continue the mapping above; expected `key: value` at the same indentation".to_owned(),
            Some("align the line with its neighbours, and write a space after `:`"),
        ),
        ErrorKind::CommentInterceptedScalar => (
            "a comment stands inside a value of several lines; expected text".to_owned(),
            Some("put the value in quotes, or move the comment"),
        ),
        other => (format!("YAML syntax error: {other}"), None),
    };
    let diagnostic = error(SYNTAX, character(text, at), message);
    match help {
        Some(help) => diagnostic.with_help(help),
        None => diagnostic,
    }
}

/// A value that starts with a character YAML keeps for itself, if that explains the
/// error.
fn indicator_at_value(text: &str, kind: &ErrorKind, value: Span) -> Option<Diagnostic> {
    let about_tags = matches!(
        kind,
        ErrorKind::ExpectedTagBang
            | ErrorKind::UndeclaredTagHandle
            | ErrorKind::InvalidGlobalTagCharacter
            | ErrorKind::InvalidTagTerminator
            | ErrorKind::MissingTagUri
            | ErrorKind::UnclosedVerbatimTag
            | ErrorKind::InvalidTagEscape
            | ErrorKind::InvalidTagUtf8LeadingByte
            | ErrorKind::InvalidTagUtf8TrailingByte
            | ErrorKind::InvalidTagUtf8
    );
    let about_anchors = matches!(kind, ErrorKind::MissingAnchorOrAliasName);
    let after_tag = matches!(
        kind,
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ExpectedNodeContent | ErrorKind::ExpectedWhitespace
    );
    if !(about_tags || about_anchors || after_tag) {
        return None;
    }
    let first = text[value.start..].chars().next()?;
    match first {
        '!' => Some(tag_on_scalar(text, Span::new(value.start, value.start + 1), value)),
        '&' | '*' | '|' | '>' => {
            let word = if first == '&' {
                " as an anchor"
            } else if first == '*' {
                " as an alias"
            } else {
                " as block text"
            };
            let message = format!("a value starts with `{first}`, which YAML reads{word}; expected text");
            Some(quotable(error(INDICATOR, value, message), text, value))
        }
        _ => None,
    }
}

/// The diagnostic for a tag before a scalar; `whole` covers both.
pub(super) fn tag_on_scalar(text: &str, tag: Span, whole: Span) -> Diagnostic {
    let source = &text[whole.start..whole.end];
    if source.starts_with("!!") || source.starts_with("!<") {
        let name = shortened(&text[tag.start..tag.end]);
        return error(TAG, tag, format!("`{name}` is a YAML tag; expected a value without tag"))
            .with_help("delete the tag; text needs none")
            .with_replacement("");
    }
    let message = format!("`{}` starts with `!`, which YAML reads as a tag; expected text", shortened(source));
    let operand = source[1..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    let mut diagnostic = quotable(error(TAG, whole, message), text, whole);
    if !operand.is_empty() && operand.len() < 60 {
        diagnostic = diagnostic.with_help(format!("write `not {operand}`, or put the expression in quotes"));
    }
    diagnostic
}

/// The diagnostic for a tag before a list or mapping.
pub(super) fn tag_on_collection(text: &str, tag: Span) -> Diagnostic {
    let name = shortened(&text[tag.start..tag.end]);
    error(TAG, tag, format!("`{name}` is a YAML tag; expected a list or mapping without tag"))
        .with_help("delete the tag, or put an expression that starts with `!` in quotes")
}

/// The diagnostic for an alias without anchor.
pub(super) fn unknown_alias(text: &str, name: &str, span: Span) -> Diagnostic {
    let name = shortened(name);
    let message = format!("`*{name}` is a YAML alias, and no anchor `&{name}` stands before it; expected text");
    quotable(error(ALIAS, span, message), text, span)
}

/// Adds the repair of putting a value in quotes.
fn quotable(diagnostic: Diagnostic, text: &str, value: Span) -> Diagnostic {
    let source = &text[value.start..value.end];
    let diagnostic = diagnostic.with_help("put the expression in quotes");
    if source.len() > MAX_QUOTED || source.contains(['\n', '"', '\\', '\'']) {
        return diagnostic;
    }
    let mut diagnostic = diagnostic.with_replacement(format!("\"{source}\""));
    diagnostic.span = value;
    diagnostic
}

fn unclosed_quote(text: &str, at: usize) -> Diagnostic {
    // The parser names the quote or the place where it gave up.
    let is_quote = |at: usize| matches!(text.as_bytes().get(at), Some(b'"' | b'\''));
    let mut place = at;
    if !is_quote(at) {
        let mut line = Line::around(text, at);
        loop {
            if let Some(found) = text[line.start..line.end.min(at.max(line.start))]
                .rfind(": \"")
                .or_else(|| text[line.start..line.end].rfind(": '"))
            {
                place = line.start + found + 2;
                break;
            }
            if line.start == 0 || at - line.start > 4096 {
                break;
            }
            line = Line::around(text, line.start - 1);
        }
    }
    let quote = text[place..].chars().next().filter(|c| matches!(c, '"' | '\'')).unwrap_or('"');
    error(
        UNCLOSED_QUOTE,
        character(text, place),
        format!("quote `{quote}` is not closed; expected another `{quote}` after the value"),
    )
    .with_help("close the quote on the same line, or indent the lines that continue it")
}

fn tab_in_indentation(tab: Span) -> Diagnostic {
    error(TAB, tab, "a tab is used for indentation; expected spaces")
        .with_help("replace the tab by spaces; YAML does not allow tabs there")
        .with_replacement("  ")
}

fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, span, message)
}

fn partner(bracket: char) -> char {
    match bracket {
        '[' => ']',
        '{' => '}',
        ']' => '[',
        _ => '{',
    }
}

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The character at a byte, or the empty place at the end of a line or the text.
fn character(text: &str, at: usize) -> Span {
    let width = text[at..].chars().next().filter(|c| !matches!(c, '\n' | '\r')).map_or(0, char::len_utf8);
    Span::new(at, at + width)
}

/// The run of tabs at or after a byte, on this line or the next.
fn next_tab(text: &str, at: usize) -> Option<Span> {
    let start = at + text[at..].lines().take(2).collect::<Vec<_>>().join("\n").find('\t')?;
    Some(Span::new(start, start + text[start..].bytes().take_while(|b| *b == b'\t').count()))
}

/// One line of the text, without its end.
struct Line {
    start: usize,
    end: usize,
}

impl Line {
    fn around(text: &str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
        Self { start, end: start + text[start..end].trim_end().len() }
    }

    /// Tabs in front of the line's content.
    fn indenting_tab(&self, text: &str) -> Option<Span> {
        let line = &text[self.start..self.end];
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let start = self.start + line[..indent].find('\t')?;
        Some(Span::new(start, start + text[start..].bytes().take_while(|b| *b == b'\t').count()))
    }

    /// The value on this line in which a byte stands: from after `: `, `- ` or, inside
    /// brackets, `[`, `{` or `,`, to the end of the line or what ends it there.
    fn value_before(&self, text: &str, at: usize, in_brackets: bool) -> Span {
        let bytes = &text.as_bytes()[self.start..self.end];
        let blanks = |i: usize| bytes[i + 1..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let mut start = bytes.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let mut open: Vec<(u8, usize)> = Vec::new();
        for (i, byte) in bytes.iter().enumerate().take(at - self.start).skip(start) {
            let in_call = matches!(open.last(), Some((b'(', _)));
            match byte {
                b'(' if in_brackets => open.push((b'(', start)),
                b'[' | b'{' if in_brackets => {
                    open.push((*byte, start));
                    start = i + 1 + blanks(i);
                }
                b')' | b']' | b'}' if in_brackets => start = open.pop().map_or(start, |(_, before)| before),
                b',' if in_brackets && !in_call => start = i + 1 + blanks(i),
                b':' if blanks(i) > 0 => start = i + 1 + blanks(i),
                b'-' if i == start && blanks(i) > 0 => start = i + 1 + blanks(i),
                _ => {}
            }
        }
        let start = self.start + start;
        let end = start + value_length(&text.as_bytes()[start..self.end], in_brackets);
        Span::new(start, start + text[start..end].trim_end().len())
    }
}

/// Bytes up to a comment or, inside brackets, to what ends a value there.
fn value_length(bytes: &[u8], in_brackets: bool) -> usize {
    let mut depth = 0_usize;
    for (i, byte) in bytes.iter().enumerate() {
        match byte {
            b'#' if i > 0 && matches!(bytes[i - 1], b' ' | b'\t') => return i,
            b'[' | b'{' | b'(' => depth += 1,
            b']' | b'}' | b')' if depth > 0 => depth -= 1,
            b']' | b'}' | b',' if in_brackets && depth == 0 => return i,
            _ => {}
        }
    }
    bytes.len()
}
