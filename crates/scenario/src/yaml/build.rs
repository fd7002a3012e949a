//! Parser events to tree: aliases copied under a budget, keys made unique, reading
//! taken up again at the next line that starts a section after a syntax error.

use std::collections::BTreeMap;

use detente_base::{Diagnostic, Severity, Span};
use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

use super::errors::{self, Filler, SyntaxFault};
use super::{Limits, MAX_DIAGNOSTICS, Node, NodeKind, Scalar, Style, shortened};
use crate::codes::front::{
    ALIAS, COMPLEX_KEY, DUPLICATE_KEY, EMPTY_FILE, MERGE_KEY, SEVERAL_DOCUMENTS, TOO_DEEP, TOO_MANY_NODES,
    UNUSED_ANCHOR,
};

/// Syntax errors reported in one run; more would seldom be independent.
const MAX_SYNTAX_ERRORS: usize = 16;

/// Bytes up to which reading is taken up again; larger files stop at the first error.
const MAX_RESUMED_BYTES: usize = 1 << 20;

/// Builds the tree of a text.
///
/// After a syntax error, reading goes on in one of two ways. Where the error lies in
/// one value, the value is overwritten in a copy of the text, same length, and the
/// text read again; its node is [`NodeKind::Broken`]. Otherwise reading starts again at
/// the next section.
pub(super) fn build_tree(text: &str, limits: &Limits, diagnostics: &mut Vec<Diagnostic>) -> Node {
    let mut reading = Reading { text, copy: text.to_owned(), masked: Vec::new(), base: 0, nodes: 0, copies: 0 };
    let mut root: Option<Node> = None;
    for _ in 0..MAX_SYNTAX_ERRORS {
        let known = diagnostics.len();
        let mut builder = Builder::new(&reading, limits, diagnostics);
        let stop = builder.run();
        let resume_after = builder.last_root_key.unwrap_or(reading.base);
        let part = builder.finish();
        let (nodes, copies) = (builder.nodes, builder.copies);
        let Err(Stop::Syntax(fault)) = stop else {
            merge(&mut root, part, diagnostics);
            break;
        };
        let resumable = text.len() <= MAX_RESUMED_BYTES;
        if let Some((region, filler)) = fault.mask.filter(|_| resumable)
            && reading.mask(region, filler)
        {
            diagnostics.truncate(known);
            diagnostics.push(fault.diagnostic);
            continue;
        }
        (reading.nodes, reading.copies) = (nodes, copies);
        if !diagnostics.iter().any(|d| d.span == fault.diagnostic.span && d.code == fault.diagnostic.code) {
            diagnostics.push(fault.diagnostic);
        }
        let next = next_section(text, resume_after).filter(|_| resumable);
        merge(&mut root, part.map(|node| truncated(node, next.unwrap_or(usize::MAX))), diagnostics);
        match next {
            Some(next) => reading.base = next,
            None => break,
        }
    }
    match root {
        Some(Node { kind: NodeKind::Null { .. }, .. }) | None => {
            if !diagnostics.iter().any(|d| d.severity == Severity::Error) {
                let message = "the file is empty; expected a mapping";
                diagnostics.push(Diagnostic::error(EMPTY_FILE, Span::default(), message));
            }
            Node::broken(Span::default())
        }
        Some(root) => root,
    }
}

/// A text on its way to a tree.
struct Reading<'a> {
    text: &'a str,
    /// The text with faulty values overwritten, byte for byte of the same length.
    copy: String,
    masked: Vec<Span>,
    /// Where the present part starts.
    base: usize,
    /// Nodes and copies of earlier parts.
    nodes: usize,
    copies: usize,
}

impl Reading<'_> {
    /// Overwrites a region; false where that would change nothing.
    fn mask(&mut self, region: Span, filler: Filler) -> bool {
        let mut bytes = std::mem::take(&mut self.copy).into_bytes();
        let mut changed = false;
        match filler {
            Filler::Value => {
                for byte in &mut bytes[region.start..region.end] {
                    changed |= *byte != b'x';
                    *byte = b'x';
                }
                self.masked.push(region);
            }
            Filler::Indentation => {
                let mut indenting = true;
                for byte in &mut bytes {
                    match *byte {
                        b'\n' => indenting = true,
                        b'\t' if indenting => {
                            *byte = b' ';
                            changed = true;
                        }
                        b' ' => {}
                        _ => indenting = false,
                    }
                }
            }
        }
        self.copy = String::from_utf8(bytes).expect("whole characters were replaced by ASCII");
        changed
    }
}

/// Start of the first line after `from` that begins with a word and a colon.
fn next_section(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|b| *b == b'\n')? + 1;
        let line = &bytes[at..];
        let word = line.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'_').count();
        let colon = line.get(word) == Some(&b':');
        if word > 0 && colon && matches!(line.get(word + 1), None | Some(b' ' | b'\t' | b'\r' | b'\n')) {
            return Some(at);
        }
    }
}

/// Drops what was read from `limit` on, inside nodes that a syntax error ended.
fn truncated(mut node: Node, limit: usize) -> Node {
    if node.complete {
        return node;
    }
    node.span.end = node.span.end.min(limit.max(node.span.start));
    match &mut node.kind {
        NodeKind::Sequence { items, .. } => {
            items.retain(|item| item.span.start < limit);
            if let Some(last) = items.pop() {
                items.push(truncated(last, limit));
            }
        }
        NodeKind::Mapping { entries, .. } => {
            entries.retain(|(key, _)| key.span.start < limit);
            if let Some((key, value)) = entries.pop() {
                entries.push((key, truncated(value, limit)));
            }
        }
        _ => {}
    }
    node
}

/// Adds the entries of a later part to the root.
fn merge(root: &mut Option<Node>, part: Option<Node>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(part) = part else { return };
    let Some(Node { kind: NodeKind::Mapping { entries, .. }, span, .. }) = root else {
        if root.is_none() {
            *root = Some(part);
        }
        return;
    };
    if let Node { kind: NodeKind::Mapping { entries: more, .. }, span: part_span, .. } = part {
        *span = span.to(part_span);
        // The keys of one part are distinct already.
        let seen: BTreeMap<_, _> =
            entries.iter().map(|(key, _)| (key.word().map(ToOwned::to_owned), key.span)).collect();
        for (key, value) in more {
            match seen.get(&key.word().map(ToOwned::to_owned)) {
                Some(first) => diagnostics.push(duplicate_key(&key, *first)),
                None => entries.push((key, value)),
            }
        }
    }
}

fn duplicate_key(key: &Node, first: Span) -> Diagnostic {
    let message = format!("key `{}` is given twice; expected once", shortened(key.word().unwrap_or_default()));
    Diagnostic::error(DUPLICATE_KEY, key.span, message)
        .with_label("again here; this entry is not read")
        .with_place(first, "first given here")
        .with_help("rename one of the two, or join their contents")
}

/// Why reading ended early.
enum Stop {
    /// A syntax error; reading may go on behind it.
    Syntax(Box<SyntaxFault>),
    /// A bound was reached, already reported.
    Bound,
}

/// A list or mapping whose end has not been read.
struct Frame {
    span: Span,
    flow: bool,
    anchor: usize,
    body: Body,
    /// Whether entries were refused, whose names are not known.
    lacks_entries: bool,
}

enum Body {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<(Node, Node)>, seen: BTreeMap<String, Span>, key: Option<Node> },
}

/// An anchor: its node, unless still open, and whether an alias used it.
struct Anchor {
    span: Span,
    name: String,
    node: Option<Node>,
    used: bool,
}

struct Builder<'a> {
    text: &'a str,
    reading: &'a Reading<'a>,
    base: usize,
    limits: &'a Limits,
    diagnostics: &'a mut Vec<Diagnostic>,
    frames: Vec<Frame>,
    root: Option<Node>,
    anchors: BTreeMap<usize, Anchor>,
    /// Where the last key of the outermost mapping stands.
    last_root_key: Option<usize>,
    nodes: usize,
    copies: usize,
}

impl<'a> Builder<'a> {
    fn new(reading: &'a Reading<'a>, limits: &'a Limits, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            text: reading.text,
            reading,
            base: reading.base,
            limits,
            diagnostics,
            frames: Vec::new(),
            root: None,
            anchors: BTreeMap::new(),
            last_root_key: None,
            nodes: reading.nodes,
            copies: reading.copies,
        }
    }

    /// Reads events to the end or to the first reason to stop.
    fn run(&mut self) -> Result<(), Stop> {
        let nesting = self.limits.depth + 1;
        let options = granit_parser::options! {
            emit_anchor_events: true,
            emit_unresolved_aliases: true,
            flow_nesting_limit: nesting,
            block_nesting_limit: nesting,
        };
        let mut documents = 0;
        for next in Parser::new_from_str_with_options(&self.reading.copy[self.base..], options) {
            let (event, place) = next.map_err(|error| {
                let at = self.base + error.marker().byte_offset().unwrap_or(0);
                let open = self.frames.iter().rev().map(|frame| frame.span.start);
                let open = open.into_iter().find(|at| self.text[*at..].starts_with(['[', '{']));
                Stop::Syntax(Box::new(errors::syntax_error(self.text, error.kind(), at, open)))
            })?;
            let shifted = |range: std::ops::Range<usize>| Span::new(self.base + range.start, self.base + range.end);
            let span = shifted(place.byte_range().unwrap_or(0..0));
            let tag = place.tag_span().and_then(|tag| tag.byte_range()).map(shifted);
            if matches!(event, Event::DocumentStart(..)) {
                documents += 1;
                if documents > 1 {
                    let message = "a second document starts here; expected one document per file";
                    let help = "delete the line `---`, or move the rest to another file";
                    self.report(Diagnostic::error(SEVERAL_DOCUMENTS, span, message).with_help(help));
                    return Err(Stop::Bound);
                }
            }
            self.take(event, span, tag)?;
            if self.nodes > self.limits.nodes {
                let message = format!("the file holds more than {} entries; expected fewer", self.limits.nodes);
                self.report(Diagnostic::error(TOO_MANY_NODES, span, message));
                return Err(Stop::Bound);
            }
        }
        self.report_unused_anchors();
        Ok(())
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() <= MAX_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Takes one event.
    fn take(&mut self, event: Event, span: Span, tag: Option<Span>) -> Result<(), Stop> {
        match event {
            Event::Anchor(id, name) => {
                if let Some(anchor) = self.anchors.get_mut(&id) {
                    (anchor.span, anchor.name) = (span, name.into_owned());
                }
            }
            Event::Alias(id) => {
                let node = self.copy(id, span)?;
                self.add(node);
            }
            Event::UnresolvedAlias(name) => {
                // After a syntax error the anchor may stand in the part left out.
                if !self.text[..self.base].contains(&format!("&{name}")) {
                    self.report(errors::unknown_alias(self.text, &name, span));
                }
                self.add(Node::broken(span));
            }
            Event::Scalar(value, style, id, _) => {
                let node = self.scalar(value.into_owned(), style, span, tag);
                if id != 0 {
                    self.anchors.insert(id, Anchor::open(span));
                    self.keep(id, &node)?;
                }
                self.add(node);
            }
            Event::SequenceStart(style, id, _) => {
                self.open(Frame::new(style, id, span, Body::Sequence(Vec::new())), tag)?;
            }
            Event::MappingStart(style, id, _) => {
                let body = Body::Mapping { entries: Vec::new(), seen: BTreeMap::new(), key: None };
                self.open(Frame::new(style, id, span, body), tag)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(Some(span))?,
            _ => {}
        }
        Ok(())
    }

    /// Starts a list or mapping.
    fn open(&mut self, frame: Frame, tag: Option<Span>) -> Result<(), Stop> {
        if let Some(tag) = tag {
            self.report(errors::tag_on_collection(self.text, tag));
        }
        if self.frames.len() >= self.limits.depth {
            return Err(self.too_deep(frame.span));
        }
        if frame.anchor != 0 {
            self.anchors.insert(frame.anchor, Anchor::open(frame.span));
        }
        self.frames.push(frame);
        Ok(())
    }

    fn too_deep(&mut self, span: Span) -> Stop {
        let message = format!("lists and mappings are nested deeper than {}; expected fewer", self.limits.depth);
        self.report(Diagnostic::error(TOO_DEEP, span, message));
        Stop::Bound
    }

    /// Ends the innermost list or mapping; without an end, as cut off.
    fn close(&mut self, end: Option<Span>) -> Result<(), Stop> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let anchor = frame.anchor;
        let node = frame.into_node(end);
        if anchor != 0 && end.is_some() {
            self.keep(anchor, &node)?;
        }
        self.add(node);
        Ok(())
    }

    /// Closes what is open and gives the tree.
    fn finish(&mut self) -> Option<Node> {
        while !self.frames.is_empty() {
            if let Some(Frame { body: Body::Mapping { key: Some(key), .. }, .. }) = self.frames.last() {
                let place = Span::new(key.span.end, key.span.end);
                self.add(Node::broken(place));
            }
            // Closing without an end copies nothing, so no bound can be reached.
            if self.close(None).is_err() {
                break;
            }
        }
        self.root.take()
    }

    /// Keeps the node of an anchor for later aliases.
    fn keep(&mut self, id: usize, node: &Node) -> Result<(), Stop> {
        self.spend(node.size(), node.span)?;
        if let Some(anchor) = self.anchors.get_mut(&id) {
            anchor.node = Some(node.clone());
        }
        Ok(())
    }

    fn spend(&mut self, nodes: usize, span: Span) -> Result<(), Stop> {
        self.copies += nodes;
        if self.copies <= self.limits.copies {
            return Ok(());
        }
        let message = format!("anchors and aliases copy more than {} entries; expected fewer", self.limits.copies);
        self.report(Diagnostic::error(TOO_MANY_NODES, span, message));
        Err(Stop::Bound)
    }

    /// The node an alias stands for.
    fn copy(&mut self, id: usize, span: Span) -> Result<Node, Stop> {
        let Some(anchor) = self.anchors.get_mut(&id) else { return Ok(Node::broken(span)) };
        anchor.used = true;
        let Some(node) = anchor.node.clone() else {
            let message =
                format!("alias `*{}` stands inside its own anchor; expected a finished entry", shortened(&anchor.name));
            let diagnostic = Diagnostic::error(ALIAS, span, message).with_place(anchor.span, "anchor of this entry");
            self.report(diagnostic);
            return Ok(Node::broken(span));
        };
        let size = node.size();
        self.spend(size, span)?;
        self.nodes += size - 1;
        if self.frames.len() + node.depth() > self.limits.depth {
            return Err(self.too_deep(span));
        }
        Ok(node)
    }

    /// A scalar or null from its event.
    fn scalar(&mut self, text: String, style: ScalarStyle, span: Span, tag: Option<Span>) -> Node {
        if let Some(tag) = tag {
            return self.tagged(tag, span);
        }
        let is_null = style == ScalarStyle::Plain
            && (span.start == span.end || matches!(text.as_str(), "~" | "null" | "Null" | "NULL"));
        if is_null {
            let word = if span.start == span.end { String::new() } else { text };
            return Node { kind: NodeKind::Null { word }, span, complete: true };
        }
        if self.reading.masked.iter().any(|masked| masked.start < span.end && span.start < masked.end) {
            return Node::broken(span);
        }
        let source = &self.text[span.start..span.end];
        let (style, inner) = match style {
            ScalarStyle::Plain => (Style::Plain, Some(span)),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                (Style::Quoted, (source.len() >= 2).then(|| Span::new(span.start + 1, span.end - 1)))
            }
            _ => (Style::Block, source.find(&text).map(|at| Span::new(span.start + at, span.start + at + text.len()))),
        };
        let exact = inner.filter(|inner| self.text.get(inner.start..inner.end) == Some(text.as_str()));
        Node { kind: NodeKind::Scalar(Scalar { text, style, exact }), span, complete: true }
    }

    /// A scalar behind a tag, read as the text it looks like.
    fn tagged(&mut self, tag: Span, scalar: Span) -> Node {
        let whole = if scalar.end > tag.end { tag.to(scalar) } else { tag };
        let source = &self.text[whole.start..whole.end];
        self.report(errors::tag_on_scalar(self.text, tag, whole));
        if source.contains('\n') || source.starts_with("!!") || source.starts_with("!<") {
            return Node::broken(whole);
        }
        let scalar = Scalar { text: source.to_owned(), style: Style::Plain, exact: Some(whole) };
        Node { kind: NodeKind::Scalar(scalar), span: whole, complete: true }
    }

    /// Puts a finished node where it belongs.
    fn add(&mut self, node: Node) {
        self.nodes += 1;
        let at_root = self.frames.len() == 1;
        match self.frames.last_mut().map(|frame| &mut frame.body) {
            None => self.root = Some(node),
            Some(Body::Sequence(items)) => items.push(node),
            Some(Body::Mapping { entries, seen, key }) => match key.take() {
                None => {
                    if at_root {
                        self.last_root_key = Some(node.span.start);
                    }
                    *key = Some(node);
                }
                Some(key) => match entry_fault(&key, seen, self.text) {
                    None => entries.push((key, node)),
                    Some(diagnostic) => {
                        let repeated = diagnostic.code == DUPLICATE_KEY;
                        self.report(diagnostic);
                        if let Some(frame) = self.frames.last_mut().filter(|_| !repeated) {
                            frame.lacks_entries = true;
                        }
                    }
                },
            },
        }
    }

    fn report_unused_anchors(&mut self) {
        let unused: Vec<_> =
            self.anchors.values().filter(|anchor| !anchor.used).map(|a| (a.span, a.name.clone())).collect();
        for (span, name) in unused {
            let name = shortened(&name);
            let message =
                format!("`&{name}` marks an entry to be repeated, and nothing repeats it; expected plain text");
            let help = "put an expression that starts with `&` in quotes, or delete the anchor";
            self.report(Diagnostic::warning(UNUSED_ANCHOR, span, message).with_help(help));
        }
    }
}

/// What is wrong with a key, if anything; remembers the key.
fn entry_fault(key: &Node, seen: &mut BTreeMap<String, Span>, text: &str) -> Option<Diagnostic> {
    let fault = |message: &str, help: &str| Some(Diagnostic::error(COMPLEX_KEY, key.span, message).with_help(help));
    let word = match (&key.kind, key.word()) {
        (NodeKind::Broken, _) => return None,
        (_, None) => {
            let quoted = format!(
                "put text that holds brackets or braces in quotes, as `\"{}\"`",
                shortened(text.get(key.span.start..key.span.end).unwrap_or_default())
            );
            return fault("a key is a list or a mapping; expected text", &quoted);
        }
        (NodeKind::Null { .. }, Some("")) => {
            return fault("a key is missing before `:`; expected text", "write a name before `:`");
        }
        (_, Some(word)) => word,
    };
    if word == "<<" {
        let message = "merge key `<<` is not supported; expected every entry written out";
        return Some(
            Diagnostic::error(MERGE_KEY, key.span, message).with_help("repeat the entries that `<<` stands for"),
        );
    }
    if let Some(first) = seen.get(word) {
        return Some(duplicate_key(key, *first));
    }
    seen.insert(word.to_owned(), key.span);
    None
}

impl Anchor {
    fn open(span: Span) -> Self {
        Self { span, name: String::new(), node: None, used: false }
    }
}

impl Frame {
    fn new(style: StructureStyle, anchor: usize, span: Span, body: Body) -> Self {
        Self { span, flow: style == StructureStyle::Flow, anchor, body, lacks_entries: false }
    }

    fn into_node(self, end: Option<Span>) -> Node {
        let complete = end.is_some() && !self.lacks_entries;
        let last = match &self.body {
            Body::Sequence(items) => items.last().map(|item| item.span.end),
            Body::Mapping { entries, .. } => entries.last().map(|(key, value)| key.span.end.max(value.span.end)),
        };
        let last = last.unwrap_or(self.span.end).max(self.span.end);
        let end_byte = end.filter(|_| self.flow).map_or(last, |end| end.end);
        let kind = match self.body {
            Body::Sequence(items) => NodeKind::Sequence { items, flow: self.flow },
            Body::Mapping { entries, .. } => NodeKind::Mapping { entries, flow: self.flow },
        };
        Node { kind, span: Span::new(self.span.start, end_byte), complete }
    }
}
