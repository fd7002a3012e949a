//! Elements and text of SVG.

use std::fmt::Write as _;

use super::style::STYLE;

/// A drawing that is being written.
#[derive(Debug, Default)]
pub(super) struct Writer {
    body: String,
}

/// Where a text stands, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'a> {
    pub(super) x: f64,
    pub(super) y: f64,
    /// Classes of the style sheet.
    pub(super) class: &'a str,
}

impl Writer {
    /// An element without content.
    pub(super) fn element(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes, "/>\n");
    }

    /// What follows is grouped, with a title that is shown to who points at it.
    pub(super) fn group(&mut self, title: &str) {
        let _ = writeln!(self.body, "<g><title>{}</title>", escaped(title));
    }

    /// What follows lies in an element.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes, ">\n");
    }

    /// The group is over.
    pub(super) fn end_group(&mut self) {
        self.body.push_str("</g>\n");
    }

    /// A line along points, by the commands of a path.
    pub(super) fn path(&mut self, class: &str, width: f64, commands: &str) {
        self.element("path", &[("class", class), ("stroke-width", &number(width)), ("d", commands)]);
    }

    /// A text of parts, each with classes of its own.
    pub(super) fn text(&mut self, at: At<'_>, parts: &[(&str, &str)]) {
        let (x, y) = (number(at.x), number(at.y));
        let space = if parts.len() > 1 { "preserve" } else { "" };
        self.start("text", &[("class", at.class), ("x", &x), ("y", &y), ("xml:space", space)], ">");
        for (class, part) in parts {
            if class.is_empty() {
                self.body.push_str(&escaped(part));
            } else {
                self.start("tspan", &[("class", class)], ">");
                self.body.push_str(&escaped(part));
                self.body.push_str("</tspan>");
            }
        }
        self.body.push_str("</text>\n");
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        let _ = write!(self.body, "<{name}");
        for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
            let _ = write!(self.body, " {key}=\"{}\"", escaped(value));
        }
        self.body.push_str(end);
    }

    /// The whole drawing.
    pub(super) fn finish(self, (width, height): (f64, f64), title: &str, description: &str) -> String {
        let (width, height) = (number(width.ceil()), number(height.ceil()));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title description\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n<style>\n{STYLE}</style>\n\
             <rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n{}</svg>\n",
            escaped(title),
            escaped(description),
            self.body
        )
    }
}

/// At most two digits after the point.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text as XML; characters that XML does not have become `�`.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(letter),
        }
    }
    out
}
