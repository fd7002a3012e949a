//! Compares a tree with the table and reports every difference.

use detente_base::{Diagnostic, SourceText, Span};

use super::mend::Mends;
use super::words::{alternatives, is_blank, is_key, is_word, nearest, repaired};
use super::{ByKind, EitherList, Field, Kinds, List, Map, Mapping, Record, Rule, Shape, Word};
use crate::codes::front::{
    BAD_IDENTIFIER, CUT_TEXT, EMPTY_ENTRY, FIELD_NEEDED, FIELDS_EXCLUDE, LATER_SECTION, MISSING_FIELD, MIXED_RANKING,
    TOO_FEW, UNKNOWN_FIELD, UNKNOWN_WORD, VERSION, WRONG_KIND,
};
use crate::yaml::{MAX_DIAGNOSTICS, Node, NodeKind, Scalar, Style, shortened};

/// Every fault in the shape of a tree that should be the given record.
///
/// Nodes that reading the file has refused already are passed over, and so is what
/// may be missing from a node that a syntax error ended.
///
/// Cost: O(n·f) time for n nodes and at most f fields in a record.
pub fn check_shape(record: &'static Record, root: &Node, source: &SourceText) -> Vec<Diagnostic> {
    check_and_mend(record, root, source).0
}

/// The same, with what would make the tree as it was meant.
pub(crate) fn check_and_mend(record: &'static Record, root: &Node, source: &SourceText) -> (Vec<Diagnostic>, Mends) {
    let mut checker = Checker { source, path: String::new(), diagnostics: Vec::new(), mends: Mends::default() };
    let start = Span::new(root.span.start, root.span.start);
    checker.record(record, root, start);
    (checker.diagnostics, checker.mends)
}

struct Checker<'a> {
    source: &'a SourceText,
    path: String,
    diagnostics: Vec<Diagnostic>,
    mends: Mends,
}

impl Checker<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        if !self.is_full() {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Whether nothing more will be reported.
    fn is_full(&self) -> bool {
        self.diagnostics.len() > MAX_DIAGNOSTICS
    }

    /// The place as text: `preferences.state.worth[2]`.
    fn here(&self) -> String {
        if self.path.is_empty() { "the file".to_owned() } else { format!("`{}`", self.path) }
    }

    /// Checks a part under its own path.
    fn under(&mut self, step: &str, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 && !step.starts_with('[') {
            self.path.push('.');
        }
        self.path.extend(step.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }));
        check(self);
        self.path.truncate(length);
    }

    /// `place` is where something missing is reported: the key of the entry, if any.
    fn shape(&mut self, shape: &'static Shape, node: &Node, place: Span) {
        match shape {
            Shape::Scalar(word) => self.scalar(*word, node, place),
            Shape::Record(record) => self.record(record, node, place),
            Shape::Map(map) => match &node.kind {
                NodeKind::Null { .. } if map.min == 0 => {}
                _ => self.map(map, node, place),
            },
            Shape::List(list) => match &node.kind {
                NodeKind::Null { .. } if list.min == 0 => {}
                _ => self.list(list, node, place),
            },
            Shape::OneOrMany(word) => match &node.kind {
                NodeKind::Sequence { items, .. } => {
                    self.at_least(1, node, items.len(), &format!("{} or a list of them", word.noun()));
                    self.items(node, items, |checker, item| checker.scalar(*word, item, item.span));
                }
                NodeKind::Mapping { .. } => self.wrong_kind(node, &format!("{} or a list of them", word.noun())),
                _ => self.scalar(*word, node, place),
            },
            Shape::ByKind(by_kind) => self.by_kind(by_kind, node, place),
            Shape::EitherList(either) => self.either_list(either, node, place),
            Shape::Kinds(kinds) => self.kinds(kinds, node, place),
        }
    }

    fn scalar(&mut self, word: Word, node: &Node, place: Span) {
        match &node.kind {
            NodeKind::Scalar(scalar) if is_word(word, scalar) => {}
            NodeKind::Scalar(scalar) => self.wrong_word(word, scalar, node.span),
            NodeKind::Null { .. } => self.empty(node, place, &word.noun()),
            _ => self.wrong_kind(node, &word.noun()),
        }
    }

    fn by_kind(&mut self, by_kind: &'static ByKind, node: &Node, place: Span) {
        match &node.kind {
            NodeKind::Scalar(scalar) => match by_kind.scalar {
                Some(word) if is_word(word, scalar) => {}
                Some(word) => self.wrong_word(word, scalar, node.span),
                None => self.wrong_kind(node, by_kind.noun),
            },
            NodeKind::Null { .. } => {
                if !by_kind.nothing {
                    self.empty(node, place, by_kind.noun);
                }
            }
            NodeKind::Sequence { .. } => match by_kind.list {
                Some(list) => self.list(list, node, place),
                None => self.wrong_kind(node, by_kind.noun),
            },
            NodeKind::Mapping { .. } => match &by_kind.mapping {
                Some(Mapping::Record(record)) => self.record(record, node, place),
                Some(Mapping::Map(map)) => self.map(map, node, place),
                None => self.wrong_kind(node, by_kind.noun),
            },
            NodeKind::Broken => {}
        }
    }

    fn list(&mut self, list: &'static List, node: &Node, place: Span) {
        match &node.kind {
            NodeKind::Sequence { items, .. } => {
                self.at_least(list.min, node, items.len(), list.noun);
                self.items(node, items, |checker, item| checker.shape(&list.item, item, item.span));
            }
            NodeKind::Null { .. } => self.empty(node, place, list.noun),
            _ => self.wrong_kind(node, list.noun),
        }
    }

    fn items(&mut self, node: &Node, items: &[Node], mut check: impl FnMut(&mut Self, &Node)) {
        let flow = matches!(node.kind, NodeKind::Sequence { flow: true, .. });
        let mut cut_until = 0;
        for (i, item) in items.iter().enumerate() {
            if self.is_full() {
                return;
            }
            if i < cut_until {
                continue;
            }
            if let Some(end) = cut_entry(items, i).filter(|_| flow) {
                let what = format!("entry {} of {}", i + 1, self.here());
                self.report_cut(&what, item, &items[i + 1..end]);
                cut_until = end;
                continue;
            }
            self.under(&format!("[{}]", i + 1), |checker| check(checker, item));
        }
    }

    fn either_list(&mut self, either: &'static EitherList, node: &Node, place: Span) {
        let NodeKind::Sequence { items, .. } = &node.kind else {
            return match &node.kind {
                NodeKind::Null { .. } => self.empty(node, place, either.noun),
                _ => self.wrong_kind(node, either.noun),
            };
        };
        self.at_least(either.min, node, items.len(), either.noun);
        let is_second = |item: &Node| either.second_keys.iter().any(|key| item.get(key).is_some());
        let first = items.iter().find(|item| item.kind != NodeKind::Broken).map(|item| (item.span, is_second(item)));
        let mut mixed = false;
        self.items(node, items, |checker, item| {
            let second = is_second(item);
            match first {
                Some((first, form)) if !mixed && item.kind != NodeKind::Broken && form != second => {
                    mixed = true;
                    let (these, those) = if second {
                        (either.second_noun, either.first_noun)
                    } else {
                        (either.first_noun, either.second_noun)
                    };
                    let message =
                        format!("{} mixes {those} and {these}; expected one of the two forms", checker.here());
                    checker.report(
                        Diagnostic::error(MIXED_RANKING, item.span, message)
                            .with_place(first, format!("the list starts with {those}")),
                    );
                }
                _ => {}
            }
            if second {
                checker.record(either.second, item, item.span);
            } else {
                checker.shape(&either.first, item, item.span);
            }
        });
    }

    fn kinds(&mut self, kinds: &'static Kinds, node: &Node, place: Span) {
        let expected = format!("{} (a mapping with `{}`)", kinds.noun, kinds.tag);
        match &node.kind {
            NodeKind::Mapping { .. } => {}
            NodeKind::Null { .. } => return self.empty(node, place, &expected),
            _ => return self.wrong_kind(node, &expected),
        }
        let Some(tag) = node.get(kinds.tag) else {
            if node.complete {
                let message = format!("{} has no `{}`; expected {}", self.here(), kinds.tag, alternatives(kinds.words));
                self.report(Diagnostic::error(MISSING_FIELD, place, message));
            }
            return;
        };
        match kinds.words.iter().position(|word| Some(*word) == tag.word()) {
            Some(at) => self.record(kinds.records[at], node, place),
            None => self.under(kinds.tag, |checker| checker.scalar(Word::OneOf(kinds.words), tag, tag.span)),
        }
    }

    fn map(&mut self, map: &'static Map, node: &Node, place: Span) {
        let entries = match &node.kind {
            NodeKind::Mapping { entries, .. } => entries,
            NodeKind::Null { .. } => return self.empty(node, place, map.noun),
            _ => return self.wrong_kind(node, map.noun),
        };
        self.at_least(map.min, node, entries.len(), map.noun);
        let is_known = |word: &str| is_key(map.key, word) || map.reserved.iter().any(|field| field.name == word);
        let mut cut_until = 0;
        for (i, (key, value)) in entries.iter().enumerate() {
            let Some(word) = key.word() else { continue };
            if self.is_full() {
                return;
            }
            if i < cut_until {
                continue;
            }
            if let Some(end) = self.cut_text(&is_known, node, i) {
                cut_until = end;
                continue;
            }
            let reserved = map.reserved.iter().find(|field| field.name == word);
            if !is_known(word) {
                self.bad_identifier(map.key, map.key_noun, word, key.span.start, exact_span(key));
            }
            let shape = reserved.map_or(&map.value, |field| &field.shape);
            self.under(word, |checker| checker.shape(shape, value, key.span));
        }
    }

    fn record(&mut self, record: &'static Record, node: &Node, place: Span) {
        let entries = match &node.kind {
            NodeKind::Mapping { entries, .. } => entries,
            NodeKind::Null { .. } if record.may_be_empty => return,
            NodeKind::Null { .. } => return self.empty(node, place, &expected_record(record)),
            _ => return self.wrong_kind(node, &expected_record(record)),
        };
        let present = Present::of(record, entries);
        let mut meant = Vec::new();
        let mut cut_until = 0;
        for (i, (key, value)) in entries.iter().enumerate() {
            let Some(word) = key.word() else { continue };
            if self.is_full() {
                return;
            }
            if let Some(field) = record.fields.iter().find(|field| field.name == word) {
                self.under(word, |checker| checker.shape(&field.shape, value, key.span));
            } else if record.later.contains(&word) {
                let message = format!("section `{word}` is not supported yet; expected a file without it");
                self.report(Diagnostic::error(LATER_SECTION, key.span, message));
            } else if i >= cut_until {
                match self.cut_text(&|word| record.fields.iter().any(|field| field.name == word), node, i) {
                    Some(end) => cut_until = end,
                    None => meant.extend(self.unknown_field(&present, (key, value), word)),
                }
            }
        }
        if node.complete {
            self.missing_fields(&present, place, &meant);
            for rule in record.rules {
                self.rule(rule, &present, place, &meant);
            }
        }
    }

    fn missing_fields(&mut self, present: &Present, place: Span, meant: &[&str]) {
        for field in present.record.fields {
            if !field.required || present.place(field.name).is_some() || meant.contains(&field.name) {
                continue;
            }
            let message = format!("{} has no `{}`; expected one, such as `{}`", self.here(), field.name, field.example);
            let diagnostic = Diagnostic::error(MISSING_FIELD, place, message);
            let diagnostic = diagnostic.with_help(format!("add `{}`: {}", field.name, lower_first(field.doc)));
            self.report(match field.shape {
                Shape::Scalar(Word::Version) => diagnostic.with_replacement(format!("{}\n", field.example)),
                _ => diagnostic,
            });
        }
    }

    /// Reports an unknown field; gives the field that was probably meant, as which it
    /// is read.
    fn unknown_field(&mut self, present: &Present, (key, value): (&Node, &Node), word: &str) -> Option<&'static str> {
        let free = || present.record.fields.iter().filter(|field| present.place(field.name).is_none());
        let folded = word.to_lowercase();
        let other_word = free().find(|field| field.also.contains(&folded.as_str()));
        let meant = other_word.map(|field| field.name).or_else(|| nearest(word, free().map(|field| field.name)));
        let place = if self.path.is_empty() { "the scenario".to_owned() } else { self.here() };
        let fact = format!("{place} has an unknown field `{}`", shortened(word));
        let Some(field) = free().find(|field| Some(field.name) == meant) else {
            let names: Vec<_> = present.record.fields.iter().map(|field| field.name).collect();
            let message = format!("{fact}; expected {}", alternatives(&names));
            self.report(Diagnostic::error(UNKNOWN_FIELD, key.span, message));
            return None;
        };
        let span = exact_span(key);
        self.report(
            Diagnostic::error(UNKNOWN_FIELD, span, format!("{fact}; expected `{}`", field.name))
                .with_help(format!("write `{}`", field.name))
                .with_replacement(field.name),
        );
        self.mends.read_as(key, field.name, span);
        let known = self.diagnostics.len();
        self.under(field.name, |checker| checker.shape(&field.shape, value, key.span));
        // Another word for a field is a guess, which its content may refute.
        if other_word.is_some() && self.diagnostics.len() > known {
            self.diagnostics.truncate(known);
            self.mends.refuse_value_of(key);
        }
        Some(field.name)
    }

    /// Recognises `{when: min(a, b) > 1, …}`: an unquoted value that a comma ends, so
    /// that its rest reads as keys without values. Gives the index after the rest.
    fn cut_text(&mut self, is_known: &dyn Fn(&str) -> bool, node: &Node, at: usize) -> Option<usize> {
        let NodeKind::Mapping { entries, flow: true } = &node.kind else { return None };
        let (field, value) = entries.get(at.checked_sub(1)?)?;
        let open = value.word().is_some_and(|text| text.matches('(').count() > text.matches(')').count());
        let is_bare = |(key, value): &&(Node, Node)| {
            plain(key) && matches!(&value.kind, NodeKind::Null { word } if word.is_empty())
        };
        let unknown = |key: &Node| key.word().is_some_and(|word| !is_known(word));
        let bare = entries[at..].iter().take_while(is_bare).take(32);
        let rest = bare.enumerate().filter(|(_, (key, _))| unknown(key)).last()?.0;
        if !plain(value) || !(open || unknown(&entries[at].0)) {
            return None;
        }
        let end = at + rest + 1;
        let what = format!("the text of `{}`", shortened(field.word().unwrap_or_default()));
        self.report_cut(&what, value, entries[at..end].iter().map(|(key, _)| key));
        Some(end)
    }

    /// Reports text that ends at a comma, and reads it whole.
    fn report_cut<'n>(&mut self, what: &str, first: &Node, rest: impl IntoIterator<Item = &'n Node>) {
        let mut whole = first.span;
        for part in rest {
            whole = whole.to(part.span);
            self.mends.drop_entry(part.span.start);
        }
        let text = self.source.slice(whole);
        self.mends.read_as(first, text, whole);
        let message = format!("{what} is cut at a comma, and its rest reads as a field; expected it in quotes");
        let diagnostic = Diagnostic::error(CUT_TEXT, whole, message).with_help("put the text in quotes");
        let quotable = !text.contains(['"', '\\', '\n', '\'']);
        let replacement = format!("\"{text}\"");
        self.report(if quotable { diagnostic.with_replacement(replacement) } else { diagnostic });
    }

    fn rule(&mut self, rule: &Rule, present: &Present, place: Span, meant: &[&str]) {
        match rule {
            Rule::OneOf(names) | Rule::AtMostOne(names) => {
                let given: Vec<_> = names.iter().filter_map(|name| Some((name, present.place(name)?))).collect();
                if let [(a, first), (b, second), ..] = given[..] {
                    let message = format!("{} has both `{a}` and `{b}`; expected one of them", self.here());
                    let label = format!("`{a}` given here");
                    self.report(Diagnostic::error(FIELDS_EXCLUDE, second, message).with_place(first, label));
                }
                let needed = matches!(rule, Rule::OneOf(_)) && given.is_empty();
                if needed && !names.iter().any(|name| meant.contains(name)) {
                    let message = format!("{} has none of its forms; expected {}", self.here(), alternatives(names));
                    self.report(Diagnostic::error(FIELD_NEEDED, place, message));
                }
            }
            Rule::Needs(name, other) => {
                if let (Some(span), None) = (present.place(name), present.place(other))
                    && !meant.contains(other)
                {
                    let message = format!("{} has `{name}` without `{other}`; expected both", self.here());
                    self.report(Diagnostic::error(FIELD_NEEDED, span, message));
                }
            }
        }
    }

    fn at_least(&mut self, min: usize, node: &Node, found: usize, expected: &str) {
        if found < min && node.complete {
            let found = if found == 0 { "is empty".to_owned() } else { format!("has {found} entry") };
            let message = format!("{} {found}; expected {expected}", self.here());
            self.report(Diagnostic::error(TOO_FEW, node.span, message));
        }
    }

    fn empty(&mut self, node: &Node, place: Span, expected: &str) {
        let span = if node.span.start == node.span.end { place } else { node.span };
        let message = format!("{} is empty; expected {expected}", self.here());
        let diagnostic = Diagnostic::error(EMPTY_ENTRY, span, message);
        self.report(match node.word() {
            Some(word) if !word.is_empty() => {
                diagnostic.with_help(format!("put `{word}` in quotes if the word itself is meant"))
            }
            _ => diagnostic,
        });
    }

    fn wrong_kind(&mut self, node: &Node, expected: &str) {
        if !node.complete {
            return;
        }
        let found = match &node.kind {
            NodeKind::Broken => return,
            NodeKind::Scalar(_) => "text",
            NodeKind::Sequence { .. } => "a list",
            NodeKind::Mapping { .. } => "a mapping",
            NodeKind::Null { .. } => "nothing",
        };
        let message = format!("{} is {found}; expected {expected}", self.here());
        let diagnostic = Diagnostic::error(WRONG_KIND, node.span, message);
        let flow = matches!(node.kind, NodeKind::Sequence { flow: true, .. } | NodeKind::Mapping { flow: true, .. });
        self.report(if expected.starts_with("a list") && !matches!(node.kind, NodeKind::Sequence { .. }) {
            diagnostic.with_help("start every entry of the list with `- `, or put the list in brackets")
        } else if flow && expected.starts_with("an expression") {
            diagnostic.with_help("put an expression that starts with a bracket or brace in quotes")
        } else {
            diagnostic
        });
    }

    fn wrong_word(&mut self, word: Word, scalar: &Scalar, span: Span) {
        let text = shortened(&scalar.text);
        if is_blank(&scalar.text) {
            let message = format!("{} is empty; expected {}", self.here(), word.noun());
            return self.report(Diagnostic::error(EMPTY_ENTRY, span, message));
        }
        let place = scalar.exact.unwrap_or(span);
        match word {
            Word::OneOf(words) => {
                let message = format!("{} is `{text}`; expected {}", self.here(), word.noun());
                let diagnostic = Diagnostic::error(UNKNOWN_WORD, place, message);
                let diagnostic = match nearest(&scalar.text, words.iter().copied()) {
                    Some(near) => {
                        self.mends.rename(span.start, place, "", near);
                        diagnostic.with_help(format!("write `{near}`")).with_replacement(near)
                    }
                    None => {
                        self.mends.refuse(span.start);
                        diagnostic
                    }
                };
                self.report(diagnostic);
            }
            Word::Version => {
                let message = format!("{} is `{text}`; expected {}, the only version known", self.here(), word.noun());
                self.report(Diagnostic::error(VERSION, place, message).with_replacement("1"));
            }
            _ => {
                let noun = match word {
                    Word::Value => "value",
                    Word::Reference => "id",
                    _ => "name",
                };
                self.bad_identifier(word, noun, &scalar.text, span.start, place);
            }
        }
    }

    /// Reports a malformed name, which is read as its repair; the scalar starts at `start`.
    fn bad_identifier(&mut self, word: Word, noun: &str, text: &str, start: usize, place: Span) {
        let rule = match word {
            Word::Reference => "letters, digits, `_` and `-`, no `-` first",
            Word::Value => "a number, or letters, digits and `_`, no digit first",
            _ => "letters, digits and `_`, no digit first",
        };
        let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let message = format!("`{}` cannot name {article} {noun}; expected {rule}", shortened(text));
        let diagnostic = Diagnostic::error(BAD_IDENTIFIER, place, message);
        let diagnostic = match repaired(word, text) {
            Some(repair) => {
                self.mends.rename(start, place, text, &repair);
                diagnostic.with_help(format!("write `{repair}`, here and wherever it is used")).with_replacement(repair)
            }
            None => diagnostic,
        };
        self.report(diagnostic);
    }
}

/// Where the fields of a record stand in a mapping.
struct Present {
    record: &'static Record,
    places: Vec<Option<Span>>,
}

impl Present {
    fn of(record: &'static Record, entries: &[(Node, Node)]) -> Self {
        let mut places = vec![None; record.fields.len()];
        for (key, _) in entries {
            let known = record.fields.iter().position(|field| Some(field.name) == key.word());
            if let Some(field) = known {
                places[field] = Some(key.span);
            }
        }
        Self { record, places }
    }

    fn place(&self, name: &str) -> Option<Span> {
        self.places[self.record.fields.iter().position(|field| field.name == name)?]
    }
}

/// What a place for a record expects.
fn expected_record(record: &Record) -> String {
    let shown = |field: &&Field| field.required;
    let required: Vec<_> = record.fields.iter().filter(shown).map(|field| field.name).collect();
    if required.is_empty() {
        format!("{} (a mapping)", record.noun)
    } else {
        format!(
            "{} (a mapping with {})",
            record.noun,
            required.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")
        )
    }
}

/// Where the text of a scalar stands, without its quotes if possible.
fn exact_span(node: &Node) -> Span {
    match &node.kind {
        NodeKind::Scalar(scalar) => scalar.exact.unwrap_or(node.span),
        _ => node.span,
    }
}

/// Where an entry of a list ends that a comma inside parentheses cuts.
fn cut_entry(items: &[Node], at: usize) -> Option<usize> {
    let mut open = 0;
    for (i, item) in items.iter().enumerate().skip(at).take(32) {
        let text = item.word().filter(|_| plain(item))?;
        open += text.matches('(').count();
        open = open.checked_sub(text.matches(')').count())?;
        if open == 0 {
            return Some(i + 1).filter(|end| *end > at + 1);
        }
    }
    None
}

fn plain(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Scalar(scalar) if scalar.style == Style::Plain)
}

fn lower_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().collect::<String>() + chars.as_str())
}
