//! Bytes to text.

use detente_base::{Diagnostic, Span};

use crate::codes::front::{CONTROL_CHARACTER, NOT_UTF8, NOT_UTF8_BUT_UTF16, TOO_LARGE};

/// Decodes a file, replacing what no text may hold.
pub(super) fn decode_text(bytes: &[u8], limit: usize) -> (String, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    if bytes.len() > limit {
        let message = format!("the file has more than {limit} bytes; expected no more");
        diagnostics.push(Diagnostic::error(TOO_LARGE, Span::default(), message));
        return (String::new(), diagnostics);
    }
    let text = match wide_encoding(bytes) {
        Some((name, text)) => {
            let message = format!("the file is encoded as {name}; expected UTF-8");
            diagnostics.push(
                Diagnostic::error(NOT_UTF8_BUT_UTF16, Span::default(), message)
                    .with_help("save the file as UTF-8 in the editor's menu for encodings"),
            );
            text
        }
        None => narrow_text(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes), &mut diagnostics),
    };
    (normalise(text, &mut diagnostics), diagnostics)
}

/// Recognises UTF-16 and UTF-32 by their byte order mark, or by zero bytes at every
/// other place.
fn wide_encoding(bytes: &[u8]) -> Option<(&'static str, String)> {
    let utf16 = |bytes: &[u8], from: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| from([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => return Some(("UTF-32", String::new())),
        [0xFF, 0xFE, rest @ ..] => return Some(("UTF-16", utf16(rest, u16::from_le_bytes))),
        [0xFE, 0xFF, rest @ ..] => return Some(("UTF-16", utf16(rest, u16::from_be_bytes))),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(64) & !1];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = head.len() / 2 - head.len() / 8;
    if head.len() < 4 {
        None
    } else if odd >= enough && even == 0 {
        Some(("UTF-16", utf16(bytes, u16::from_le_bytes)))
    } else if even >= enough && odd == 0 {
        Some(("UTF-16", utf16(bytes, u16::from_be_bytes)))
    } else {
        None
    }
}

/// Decodes UTF-8; invalid sequences become U+FFFD, reported once at the first.
fn narrow_text(bytes: &[u8], diagnostics: &mut Vec<Diagnostic>) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut first = None;
    let mut count = 0_usize;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if let Some(byte) = chunk.invalid().first() {
            first.get_or_insert((text.len(), *byte));
            count += 1;
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    if let Some((offset, byte)) = first {
        let message = match count {
            1 => format!("byte 0x{byte:02X} is not UTF-8 text; expected the file in UTF-8"),
            _ => format!("byte 0x{byte:02X} and {} later places are not UTF-8 text; expected UTF-8", count - 1),
        };
        diagnostics.push(
            Diagnostic::error(NOT_UTF8, Span::new(offset, offset + char::REPLACEMENT_CHARACTER.len_utf8()), message)
                .with_help("save the file as UTF-8 in the editor's menu for encodings"),
        );
    }
    text
}

/// Replaces control characters by spaces and lone carriage returns by line feeds;
/// no byte moves.
fn normalise(text: String, diagnostics: &mut Vec<Diagnostic>) -> String {
    let mut bytes = text.into_bytes();
    let mut first = None;
    let mut count = 0_usize;
    for i in 0..bytes.len() {
        match bytes[i] {
            b'\t' | b'\n' | 0x20..=0x7E | 0x80.. => {}
            b'\r' => {
                if bytes.get(i + 1) != Some(&b'\n') {
                    bytes[i] = b'\n';
                }
            }
            control => {
                first.get_or_insert((i, control));
                count += 1;
                bytes[i] = b' ';
            }
        }
    }
    if let Some((offset, control)) = first {
        let more = if count == 1 { String::new() } else { format!(" and {} more", count - 1) };
        let message = format!("the text holds control character U+{control:04X}{more}; expected printable text");
        let mut diagnostic = Diagnostic::error(CONTROL_CHARACTER, Span::new(offset, offset + 1), message);
        if count == 1 {
            diagnostic = diagnostic.with_help("delete the character").with_replacement("");
        }
        diagnostics.push(diagnostic);
    }
    String::from_utf8(bytes).expect("only single bytes below 0x80 were replaced, by others below 0x80")
}
