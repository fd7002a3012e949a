//! Tree to [`GmcrFile`], with every fault reported.

use std::collections::{BTreeMap, BTreeSet};

use detente_base::{Code, Diagnostic, Span};

use super::ranking::count_states;
use super::{Direction, GmcrDecisionMaker, GmcrFile, GmcrLiteral, GmcrOption, GmcrStatement};
use crate::codes::front::{
    GMCR_ANSWER, GMCR_CONDITION, GMCR_DIRECTION, GMCR_EMPTY, GMCR_FIELD, GMCR_KIND, GMCR_NAME, GMCR_NOT_JSON,
    GMCR_OPTION_OWNER, GMCR_OPTION_RANGE, GMCR_RANK, GMCR_UNUSED,
};
use crate::yaml::{MAX_DIAGNOSTICS, Node, NodeKind, shortened};

/// Fields of the file; those after `infeasibles` are not read.
const FILE_FIELDS: &[&str] = &[
    "options",
    "decisionMakers",
    "infeasibles",
    "useManualPreferenceRanking",
    "useManualPreferenceVectors",
    "coalitions",
    "coalitionsFull",
    "program",
    "version",
    "nodes",
];

/// Fields of a decision maker; `payoffs` is not read.
const MAKER_FIELDS: &[&str] =
    &["name", "options", "preferences", "preferenceRanking", "preferenceVector", "misperceptions", "payoffs"];

/// Reads the whole tree.
pub(super) fn read_file(root: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<GmcrFile> {
    if root.kind == NodeKind::Broken {
        return None;
    }
    let mut reader = Reader { diagnostics, sorted: Vec::new() };
    if !matches!(root.kind, NodeKind::Mapping { .. }) {
        reader.error(
            GMCR_NOT_JSON,
            root.span,
            "the file is not a JSON object; expected one with `options` and `decisionMakers`",
        );
        return None;
    }
    reader.unknown_fields(root, FILE_FIELDS);
    let declared = reader.required_list(root, "options", "the file")?;
    let makers = reader.required_list(root, "decisionMakers", "the file")?;
    let owners = reader.owners(declared, makers);
    reader.sort_options(declared.len(), &owners);
    let mut options: Vec<_> = declared.iter().zip(&owners).map(|(node, owner)| reader.option(node, *owner)).collect();
    options = reader.sorted.iter().map(|index| options[*index].clone()).collect();
    reader.sorted = inverse(&reader.sorted);
    let infeasible = reader.statements(root.get("infeasibles"), "infeasible condition", "the file");
    let manual = reader.manual_rankings(root, makers);
    let mut names = BTreeMap::new();
    let mut first = 0;
    let mut decision_makers = Vec::new();
    for (i, node) in makers.iter().enumerate() {
        let count = options.iter().filter(|option| option.owner == i).count();
        let mut maker = reader.decision_maker(node, i, first..first + count);
        if manual {
            let states = (options.len(), infeasible.as_slice());
            maker.ranking = reader.ranking(node, &shortened(&maker.name), states);
        }
        if let Some(before) = names.insert(maker.name.clone(), node.span) {
            let message =
                format!("two decision makers are named `{}`; expected distinct names", shortened(&maker.name));
            reader.push(Diagnostic::warning(GMCR_NAME, name_span(node), message).with_place(before, "the other one"));
        }
        decision_makers.push(maker);
        first += count;
    }
    for (node, what) in [(declared, "options"), (makers, "decisionMakers")] {
        if node.is_empty() {
            let place = root.get(what).map_or(root.span, |list| list.span);
            reader.error(GMCR_EMPTY, place, format!("`{what}` is empty; expected at least one entry"));
        }
    }
    Some(GmcrFile { options, decision_makers, infeasible })
}

struct Reader<'a> {
    diagnostics: &'a mut Vec<Diagnostic>,
    /// First the options in their final order, then the final place of each.
    sorted: Vec<usize>,
}

impl Reader<'_> {
    fn push(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() <= MAX_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    fn error(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.push(Diagnostic::error(code, span, message));
    }

    fn wrong_kind(&mut self, node: &Node, what: &str, expected: &str) {
        let Some(found) = node.described() else { return };
        if node.complete {
            self.error(GMCR_KIND, node.span, format!("{what} is {found}; expected {expected}"));
        }
    }

    fn unknown_fields(&mut self, node: &Node, known: &[&str]) {
        let NodeKind::Mapping { entries, .. } = &node.kind else { return };
        for (key, value) in entries {
            let word = key.word().unwrap_or_default();
            let joint = word == "coalitions" && list(value).iter().any(|entry| list(entry).len() > 1);
            if !known.contains(&word) || joint {
                let word = shortened(word);
                let message = format!("`{word}` is not read; expected only fields of GMCR+");
                self.push(Diagnostic::warning(GMCR_UNUSED, key.span, message));
            }
        }
    }

    fn required_list<'n>(&mut self, node: &'n Node, field: &str, owner: &str) -> Option<&'n [Node]> {
        match node.get(field) {
            Some(Node { kind: NodeKind::Sequence { items, .. }, .. }) => Some(items),
            Some(other) => {
                self.wrong_kind(other, &format!("`{field}` of {owner}"), "a list");
                None
            }
            None => {
                if node.complete {
                    let place = Span::new(node.span.start, node.span.start);
                    self.error(GMCR_FIELD, place, format!("{owner} has no `{field}`; expected a list"));
                }
                None
            }
        }
    }

    /// The decision maker of each option.
    fn owners(&mut self, options: &[Node], makers: &[Node]) -> Vec<usize> {
        let known = self.diagnostics.len();
        let mut owners: Vec<Option<(usize, Span)>> = vec![None; options.len()];
        for (i, maker) in makers.iter().enumerate() {
            let name = shortened(&maker_name(maker, i));
            if !matches!(maker.kind, NodeKind::Mapping { .. }) {
                self.wrong_kind(maker, &format!("decision maker {}", i + 1), "an object");
                continue;
            }
            let listed = self.required_list(maker, "options", &format!("decision maker `{name}`")).unwrap_or_default();
            for node in listed {
                let Some(option) = self.option_index(node, options.len(), &format!("an option of `{name}`")) else {
                    continue;
                };
                if let Some((_, before)) = owners[option] {
                    let message = format!("option {option} is controlled twice; expected one decision maker");
                    let label = "first controlled here";
                    self.push(Diagnostic::error(GMCR_OPTION_OWNER, node.span, message).with_place(before, label));
                } else {
                    owners[option] = Some((i, node.span));
                }
            }
        }
        // An entry that could not be read may be what controls an option.
        let lost = self.diagnostics.iter().skip(known).any(|fault| fault.code != GMCR_OPTION_OWNER);
        for (option, node) in options.iter().enumerate().filter(|(option, _)| !lost && owners[*option].is_none()) {
            let message = format!("option {option} is controlled by nobody; expected one decision maker");
            self.error(GMCR_OPTION_OWNER, node.span, message);
        }
        owners.into_iter().map(|owner| owner.map_or(0, |(maker, _)| maker)).collect()
    }

    /// Options by decision maker, and within one in file order.
    fn sort_options(&mut self, count: usize, owners: &[usize]) {
        self.sorted = (0..count).collect();
        self.sorted.sort_by_key(|option| owners[*option]);
    }

    fn option_index(&mut self, node: &Node, count: usize, what: &str) -> Option<usize> {
        let index = node.word().and_then(|word| word.parse::<i64>().ok());
        match index {
            Some(index) => match usize::try_from(index).ok().filter(|index| *index < count) {
                Some(index) => Some(index),
                None => {
                    let expected = if count == 0 { "no option".to_owned() } else { format!("0 to {}", count - 1) };
                    self.error(GMCR_OPTION_RANGE, node.span, format!("{what} is {index}; expected {expected}"));
                    None
                }
            },
            None => {
                self.wrong_kind(node, what, "the number of an option");
                None
            }
        }
    }

    fn option(&mut self, node: &Node, owner: usize) -> GmcrOption {
        let mut option = GmcrOption { name: String::new(), direction: Direction::Both, owner, span: node.span };
        if !matches!(node.kind, NodeKind::Mapping { .. }) {
            self.wrong_kind(node, "an option", "an object with `name` and `permittedDirection`");
            return option;
        }
        option.name = self.name(node, "an option");
        match node.get("permittedDirection") {
            None => {}
            Some(value) => match value.word() {
                Some("both") => {}
                Some("fwd") => option.direction = Direction::Forward,
                Some("back") => option.direction = Direction::Backward,
                Some(word) => {
                    let word = shortened(word);
                    let message = format!(
                        "the direction of option `{}` is `{word}`; expected `both`, `fwd` or `back`",
                        shortened(&option.name)
                    );
                    self.error(GMCR_DIRECTION, value.span, message);
                }
                None => self.wrong_kind(value, "the direction of an option", "`both`, `fwd` or `back`"),
            },
        }
        option
    }

    fn name(&mut self, node: &Node, what: &str) -> String {
        match node.get("name") {
            Some(Node { kind: NodeKind::Scalar(scalar), span, .. }) => {
                if scalar.text.trim().is_empty() {
                    self.push(Diagnostic::warning(
                        GMCR_NAME,
                        *span,
                        format!("the name of {what} is empty; expected text"),
                    ));
                }
                scalar.text.trim().to_owned()
            }
            Some(other) => {
                self.wrong_kind(other, &format!("the name of {what}"), "text");
                String::new()
            }
            None => {
                self.error(
                    GMCR_FIELD,
                    Span::new(node.span.start, node.span.start),
                    format!("{what} has no `name`; expected text"),
                );
                String::new()
            }
        }
    }

    /// Whether rankings decide.
    fn manual_rankings(&mut self, root: &Node, makers: &[Node]) -> bool {
        let flag = root.get("useManualPreferenceRanking").or_else(|| root.get("useManualPreferenceVectors"));
        match flag.map(|node| (node, node.word())) {
            Some((_, Some("true"))) => true,
            Some((_, Some("false"))) => false,
            Some((node, _)) => {
                self.wrong_kind(node, "the flag for manual rankings", "`true` or `false`");
                false
            }
            // Older files lack the flag: rankings decide where nothing else could.
            None => {
                let ranked = |maker: &Node| ranking_of(maker).is_some_and(|ranking| !list(ranking).is_empty());
                let stated = |maker: &Node| maker.get("preferences").is_some_and(|p| !list(p).is_empty());
                !makers.is_empty() && makers.iter().all(ranked) && !makers.iter().any(stated)
            }
        }
    }

    fn decision_maker(&mut self, node: &Node, i: usize, options: std::ops::Range<usize>) -> GmcrDecisionMaker {
        let mut maker = GmcrDecisionMaker {
            name: maker_name(node, i),
            options,
            statements: Vec::new(),
            ranking: None,
            unseen: Vec::new(),
            span: node.span,
        };
        if matches!(node.kind, NodeKind::Mapping { .. }) {
            let owner = format!("`{}`", shortened(&maker.name));
            self.unknown_fields(node, MAKER_FIELDS);
            self.name(node, &format!("decision maker {}", i + 1));
            maker.statements = self.statements(node.get("preferences"), "statement", &owner);
            maker.unseen = self.statements(node.get("misperceptions"), "misperception", &owner);
        }
        maker
    }

    fn statements(&mut self, node: Option<&Node>, what: &str, owner: &str) -> Vec<GmcrStatement> {
        let items = match node.map(|node| (node, &node.kind)) {
            None | Some((_, NodeKind::Null { .. })) => return Vec::new(),
            Some((_, NodeKind::Sequence { items, .. })) => items,
            Some((node, _)) => {
                self.wrong_kind(node, &format!("the list of {what}s of {owner}"), "a list");
                return Vec::new();
            }
        };
        let named = |i: usize| format!("{what} {} of {owner}", i + 1);
        items.iter().enumerate().filter_map(|(i, item)| self.statement(item, &named(i))).collect()
    }

    /// A conjunction, or `{"compound": true, "members": […]}`.
    fn statement(&mut self, node: &Node, what: &str) -> Option<GmcrStatement> {
        let members = match &node.kind {
            NodeKind::Mapping { .. } => self.required_list(node, "members", what)?,
            _ => std::slice::from_ref(node),
        };
        let any_of: Vec<_> = members.iter().filter_map(|member| self.conjunction(member, what)).collect();
        if members.is_empty() {
            let message = format!("{what} has no members and is not read; expected at least one");
            self.push(Diagnostic::warning(GMCR_CONDITION, node.span, message));
        }
        (!any_of.is_empty()).then_some(GmcrStatement { any_of, span: node.span })
    }

    fn conjunction(&mut self, node: &Node, what: &str) -> Option<Vec<GmcrLiteral>> {
        let NodeKind::Sequence { items, .. } = &node.kind else {
            self.wrong_kind(node, what, "a list of pairs `[option, \"Y\"]`");
            return None;
        };
        if items.is_empty() {
            let message = format!("{what} has no literals and is not read; expected at least one");
            self.push(Diagnostic::warning(GMCR_CONDITION, node.span, message));
            return None;
        }
        let literals: Vec<_> = items.iter().filter_map(|item| self.literal(item, what)).collect();
        let mut answers = BTreeMap::new();
        for (literal, item) in literals.iter().zip(items) {
            if answers.insert(literal.option, literal.taken).is_some_and(|before| before != literal.taken) {
                let message = format!("{what} wants one option both taken and not taken; expected one answer");
                self.push(Diagnostic::warning(GMCR_CONDITION, item.span, message).with_label("so it never holds"));
            }
        }
        (literals.len() == items.len()).then_some(literals)
    }

    fn literal(&mut self, node: &Node, what: &str) -> Option<GmcrLiteral> {
        let [option, answer] = list(node) else {
            self.wrong_kind(node, &format!("a literal of {what}"), "a pair `[option, \"Y\"]`");
            return None;
        };
        let index = self.option_index(option, self.sorted.len(), &format!("an option in {what}"));
        let taken = match answer.word() {
            Some("Y") => Some(true),
            Some("N") => Some(false),
            Some(word) => {
                let word = shortened(word);
                self.error(GMCR_ANSWER, answer.span, format!("an answer in {what} is `{word}`; expected `Y` or `N`"));
                None
            }
            None => {
                self.wrong_kind(answer, &format!("an answer in {what}"), "`Y` or `N`");
                None
            }
        };
        Some(GmcrLiteral { option: self.sorted[index?], taken: taken? })
    }

    fn ranking(&mut self, node: &Node, name: &str, states: (usize, &[GmcrStatement])) -> Option<Vec<Vec<u64>>> {
        if !matches!(node.kind, NodeKind::Mapping { .. }) {
            return None;
        }
        let Some(ranking) = ranking_of(node) else {
            let place = Span::new(node.span.start, node.span.start);
            let message = format!("`{name}` has no `preferenceRanking`; expected one where rankings are in use");
            self.error(GMCR_FIELD, place, message);
            return None;
        };
        let NodeKind::Sequence { items, .. } = &ranking.kind else {
            self.wrong_kind(ranking, &format!("the ranking of `{name}`"), "a list");
            return None;
        };
        let mut seen: BTreeMap<u64, Span> = BTreeMap::new();
        let mut groups = Vec::new();
        for item in items {
            let members =
                if matches!(item.kind, NodeKind::Sequence { .. }) { list(item) } else { std::slice::from_ref(item) };
            if members.is_empty() {
                self.error(GMCR_RANK, item.span, format!("the ranking of `{name}` has an empty tie; expected states"));
            }
            let mut group = Vec::new();
            for member in members {
                match member.word().and_then(|word| word.parse::<u64>().ok()).filter(|ordinal| *ordinal > 0) {
                    None => {
                        self.wrong_kind(member, &format!("a state in the ranking of `{name}`"), "an ordinal from 1");
                    }
                    Some(ordinal) => match seen.insert(ordinal, member.span) {
                        None => group.push(ordinal),
                        Some(before) => {
                            let message = format!("the ranking of `{name}` has state {ordinal} twice; expected once");
                            self.push(
                                Diagnostic::error(GMCR_RANK, member.span, message).with_place(before, "first here"),
                            );
                        }
                    },
                }
            }
            groups.push(group);
        }
        self.coverage(ranking, name, &seen, states);
        Some(groups)
    }

    /// Compares the ordinals of a ranking with the number of states.
    fn coverage(&mut self, ranking: &Node, name: &str, seen: &BTreeMap<u64, Span>, states: (usize, &[GmcrStatement])) {
        let largest = seen.last_key_value().map_or(0, |(ordinal, _)| *ordinal);
        let enough = largest.max(seen.len() as u64).saturating_add(1);
        let Some(count) = count_states(states.0, states.1, enough) else { return };
        for (ordinal, span) in seen.range(count.saturating_add(1)..) {
            let message = format!("the ranking of `{name}` has state {ordinal}; expected 1 to {count}");
            self.error(GMCR_RANK, *span, message);
        }
        let ranked = seen.range(..=count).count() as u64;
        if count == enough {
            let message =
                format!("the ranking of `{name}` has {ranked} states and there are more; expected every state once");
            self.error(GMCR_RANK, ranking.span, message);
        } else if ranked < count {
            let present: BTreeSet<_> = seen.keys().copied().collect();
            let missing: Vec<_> =
                (1..=count).filter(|ordinal| !present.contains(ordinal)).take(8).map(|o| o.to_string()).collect();
            let states = if count - ranked == 1 { "state" } else { "states" };
            let more = if count - ranked > 8 { format!(" and {} more", count - ranked - 8) } else { String::new() };
            let message = format!(
                "the ranking of `{name}` lacks {states} {}{more}; expected each of 1 to {count}",
                missing.join(", ")
            );
            self.error(GMCR_RANK, ranking.span, message);
        }
    }
}

fn inverse(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (place, index) in order.iter().enumerate() {
        places[*index] = place;
    }
    places
}

fn list(node: &Node) -> &[Node] {
    match &node.kind {
        NodeKind::Sequence { items, .. } => items,
        _ => &[],
    }
}

fn ranking_of(maker: &Node) -> Option<&Node> {
    maker.get("preferenceRanking").or_else(|| maker.get("preferenceVector"))
}

fn maker_name(node: &Node, i: usize) -> String {
    node.get("name").and_then(Node::word).map_or_else(|| (i + 1).to_string(), |name| name.trim().to_owned())
}

fn name_span(node: &Node) -> Span {
    node.get("name").map_or(node.span, |name| name.span)
}
