//! Tokens of files: texts, words, braces and commas between blanks.

use std::borrow::Cow;
use std::ops::Range;

use detente_base::Exact;

use super::fault::Faults;
use super::number::number;

/// A fault has been told, and what follows is not where it should be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lost;

/// Reads a file from its beginning, and keeps what is wrong with it.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    pub(super) faults: Faults,
    /// What was set right.
    pub(super) remarks: Faults,
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

const fn ends_word(byte: u8) -> bool {
    is_blank(byte) || matches!(byte, b'{' | b'}' | b',' | b'"')
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        // A mark of the encoding is no part of the first word.
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, bytes: text.as_bytes(), at, faults: Faults::default(), remarks: Faults::default() }
    }

    /// Bytes that are left.
    pub(super) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    pub(super) fn fault(&mut self, at: usize, message: impl Into<String>, repair: impl Into<String>) -> Lost {
        self.faults.add(at, message, repair);
        Lost
    }

    /// The first byte of the next token.
    pub(super) fn peek(&mut self) -> Option<u8> {
        while let Some(&byte) = self.bytes.get(self.at) {
            if !is_blank(byte) {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    /// Where the next token starts.
    pub(super) fn position(&mut self) -> usize {
        self.peek();
        self.at
    }

    /// Where the last token ended.
    pub(super) const fn end(&self) -> usize {
        self.at
    }

    /// Lines that end in a part of the file.
    pub(super) fn line_ends(&self, part: Range<usize>) -> usize {
        self.bytes[part].iter().map(|byte| usize::from(*byte == b'\n')).sum()
    }

    /// The line of a byte.
    pub(super) fn line(&self, at: usize) -> usize {
        1 + self.line_ends(0..at)
    }

    /// Goes over what has stood elsewhere in the same letters, if it comes next.
    pub(super) fn repeats(&mut self, part: &Range<usize>) -> bool {
        let same = !part.is_empty() && {
            self.peek();
            self.bytes[self.at..].starts_with(&self.bytes[part.clone()])
        };
        self.at += if same { part.len() } else { 0 };
        same
    }

    /// Goes over a byte that stands alone, if it comes next.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// The next word; empty if something else comes next.
    pub(super) fn word(&mut self) -> &'a str {
        let start = self.position();
        let rest = &self.bytes[start..];
        self.at += rest.iter().position(|byte| ends_word(*byte)).unwrap_or(rest.len());
        // A word ends before a byte of its own, so at a boundary.
        &self.text[start..self.at]
    }

    /// What comes next, for a message.
    pub(super) fn next_token(&mut self) -> String {
        let shown = match self.peek() {
            None => return "the end of the file".to_owned(),
            Some(byte @ (b'{' | b'}' | b',')) => return format!("`{}`", char::from(byte)),
            Some(b'"') => {
                let rest = &self.text[self.at + 1..];
                return format!("the text {:?}", short(&rest[..rest.find('"').unwrap_or(rest.len())]));
            }
            Some(_) => self.clone_at().word(),
        };
        format!("`{}`", short(shown))
    }

    /// A look ahead.
    fn clone_at(&self) -> Self {
        Self { at: self.at, faults: Faults::default(), remarks: Faults::default(), ..*self }
    }

    /// Tells that something else should stand here.
    pub(super) fn expected(&mut self, what: &str, repair: impl Into<String>) -> Lost {
        let (at, found) = (self.position(), self.next_token());
        self.fault(at, format!("expected {what}, found {found}"), repair)
    }

    /// Whether a text comes next.
    pub(super) fn at_text(&mut self) -> bool {
        self.peek() == Some(b'"')
    }

    /// A text. A backslash makes the quote after it a part of the text, and is one itself
    /// before anything else.
    pub(super) fn quoted(&mut self, what: &str) -> Result<Cow<'a, str>, Lost> {
        if !self.at_text() {
            return Err(self.expected(what, "write it between double quotes, `\"\"` for an empty one"));
        }
        let start = self.at + 1;
        let mut escaped = false;
        let mut end = start;
        loop {
            match self.bytes[end..].iter().position(|byte| *byte == b'"') {
                None => {
                    let opened = self.at;
                    self.at = self.bytes.len();
                    return Err(self.fault(opened, "a text opens here and never closes", "close it with `\"`"));
                }
                Some(length) if length > 0 && self.bytes[end + length - 1] == b'\\' => {
                    escaped = true;
                    end += length + 1;
                }
                Some(length) => {
                    end += length;
                    break;
                }
            }
        }
        self.at = end + 1;
        let text = &self.text[start..end];
        Ok(if escaped { Cow::Owned(text.replace("\\\"", "\"")) } else { Cow::Borrowed(text) })
    }

    /// A whole number.
    pub(super) fn integer(&mut self, what: &str) -> Result<i64, Lost> {
        let start = self.position();
        let word = self.word();
        let found = match word.as_bytes() {
            [digit @ b'0'..=b'9'] => Ok(i64::from(digit - b'0')),
            _ => word.parse(),
        };
        found.map_err(|_| {
            self.at = start;
            let lost = self.expected(what, "write a whole number");
            // A word that should be the number is gone over, anything else left.
            self.word();
            lost
        })
    }

    /// A number; what follows it is read even if it is none.
    pub(super) fn number(&mut self, what: &str) -> Result<Exact, Lost> {
        let start = self.position();
        let word = self.word();
        number(word).map_err(|repair| {
            self.at = start;
            let lost = self.expected(what, repair);
            self.word();
            lost
        })
    }

    /// Goes back to where a word started.
    pub(super) const fn set_back(&mut self, at: usize) {
        self.at = at;
    }

    /// Whether a node comes next.
    pub(super) fn at_node(&mut self) -> bool {
        let start = self.position();
        let found = matches!(self.word(), "c" | "p" | "t");
        self.at = start;
        found
    }

    /// Goes over the next token, whatever it is.
    pub(super) fn skip(&mut self) {
        match self.peek() {
            None => {}
            Some(b'"') => {
                // A text that never closes is told, and ends the file.
                let _ = self.quoted("a text");
            }
            Some(b'{' | b'}' | b',') => self.at += 1,
            Some(_) => {
                self.word();
            }
        }
    }
}

/// The beginning of what may be long.
fn short(text: &str) -> Cow<'_, str> {
    const MOST: usize = 30;
    match text.char_indices().nth(MOST) {
        None => Cow::Borrowed(text),
        Some((at, _)) => Cow::Owned(format!("{}…", &text[..at])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_need_no_blanks_between_braces_and_commas() {
        let mut scan = Scanner::new("{1,-2}p\t\r\n\u{b}\u{c}\"a b\"");
        assert!(scan.take(b'{'));
        assert_eq!((scan.word(), scan.take(b','), scan.word(), scan.take(b'}')), ("1", true, "-2", true));
        assert_eq!((scan.word(), scan.quoted("a text").expect("a text").as_ref()), ("p", "a b"));
        assert_eq!((scan.peek(), scan.word()), (None, ""));
        assert!(scan.faults.is_empty());
    }

    #[test]
    fn a_backslash_keeps_a_quote_and_stays_before_anything_else() {
        for (text, value) in [
            (r#""""#, ""),
            (r#""a\"b""#, "a\"b"),
            (r#""\"""#, "\""),
            (r#""a\nb\\c""#, r"a\nb\\c"),
            ("\"a\nb\"", "a\nb"),
        ] {
            let mut scan = Scanner::new(text);
            assert_eq!(scan.quoted("a text").expect("a text"), value);
            assert_eq!(scan.left(), 0);
        }
        for open in ["\"", "\"abc", "\"abc\\\""] {
            let mut scan = Scanner::new(open);
            assert!(scan.quoted("a text").is_err() && scan.left() == 0, "{open}");
        }
    }

    #[test]
    fn what_was_found_instead_is_told_in_short() {
        for (text, told) in [
            ("", "the end of the file"),
            (" }", "`}`"),
            ("\"x\"", "the text \"x\""),
            ("\"x", "the text \"x\""),
            ("word}", "`word`"),
        ] {
            assert_eq!(Scanner::new(text).next_token(), told);
        }
        assert_eq!(Scanner::new(&"ö".repeat(31)).next_token(), format!("`{}…`", "ö".repeat(30)));
    }
}
