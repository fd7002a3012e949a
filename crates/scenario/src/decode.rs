//! Node tree to [`Scenario`]: takes what has the right shape and passes over the
//! rest, which the checker of shapes has reported.

mod forms;
mod nuances;
mod protocols;
mod talks;

use crate::ast::{
    AssignmentItem, BeliefItem, ClaimItem, ComparisonItem, ComparisonKind, ConditionItem, ConstraintItem,
    ConstraintRule, DisagreementItem, FormItem, FormKind, IssueItem, LevelItem, Lost, MoveRuleItem, MovesItem,
    OutcomeItem, ParameterItem, PartyItem, PreferenceItem, QuantityItem, QuantityKind, Scenario, SourceItem, TermItem,
    Text, TypeItem, ValueItem,
};
use crate::yaml::{Node, NodeKind};

/// Reads a whole file.
pub(crate) fn decode_scenario(root: &Node) -> Scenario {
    Scenario {
        title: text_at(root, "title"),
        about: text_at(root, "about"),
        parties: entries_at(root, "parties").filter_map(party).collect(),
        sources: entries_at(root, "sources").filter_map(source).collect(),
        claims: entries_at(root, "claims").filter_map(claim).collect(),
        parameters: entries_at(root, "parameters")
            .filter_map(|(key, node)| Some(ParameterItem { id: key_text(key)?, value: quantity(node)? }))
            .collect(),
        issues: entries_at(root, "issues").filter_map(issue).collect(),
        outcomes: entries_at(root, "outcomes").filter_map(outcome).collect(),
        constraints: items_at(root, "constraints").filter_map(constraint).collect(),
        status_quo: root.get("status_quo").and_then(assignment),
        disagreement: root.get("disagreement").and_then(disagreement),
        preferences: entries_at(root, "preferences").filter_map(preference).collect(),
        believes: entries_at(root, "believes").filter_map(belief).collect(),
        protocols: entries_at(root, "protocols").filter_map(protocols::protocol).collect(),
        forms: entries_at(root, "protocols").filter_map(forms::form).collect(),
        negotiation: root.get("negotiation").and_then(talks::talks),
        lost: lost_sections(root),
        lost_names: lost_names(root),
    }
}

/// Sections whose names are not known: not read, or read in part.
fn lost_sections(root: &Node) -> Lost {
    let sections = ["parties", "sources", "claims", "parameters", "issues", "outcomes"];
    let is_lost = |section: &&str| match root.get(section) {
        None => !root.complete || *section == "parties",
        Some(node) => !matches!(node.kind, NodeKind::Mapping { .. } | NodeKind::Null { .. }) || !node.complete,
    };
    Lost(sections.into_iter().filter(is_lost).collect())
}

fn lost_names(root: &Node) -> Vec<String> {
    let parameters = entries_at(root, "parameters").filter(|(_, node)| quantity(node).is_none());
    let outcomes = entries_at(root, "outcomes").filter(|entry| outcome(*entry).is_none());
    parameters.chain(outcomes).filter_map(|(key, _)| Some(key_text(key)?.value)).collect()
}

// Parties, sources, claims.

fn party((key, node): (&Node, &Node)) -> Option<PartyItem> {
    Some(PartyItem {
        id: key_text(key)?,
        name: text(node).or_else(|| text_at(node, "name")),
        about: text_at(node, "about"),
        foresight: text_at(node, "foresight"),
        unseen: items_at(node, "unseen").filter_map(condition).collect(),
        because: texts_at(node, "because"),
    })
}

fn condition(node: &Node) -> Option<ConditionItem> {
    Some(ConditionItem {
        span: node.span,
        when: text(node).or_else(|| text_at(node, "when"))?,
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
    })
}

fn source((key, node): (&Node, &Node)) -> Option<SourceItem> {
    Some(SourceItem {
        id: key_text(key)?,
        title: text_at(node, "title"),
        author: text_at(node, "author"),
        publisher: text_at(node, "publisher"),
        date: text_at(node, "date"),
        url: text_at(node, "url"),
        file: text_at(node, "file"),
        about: text_at(node, "about"),
    })
}

fn claim((key, node): (&Node, &Node)) -> Option<ClaimItem> {
    Some(ClaimItem {
        id: key_text(key)?,
        says: text_at(node, "says"),
        source: text_at(node, "source"),
        at: text_at(node, "at"),
        by: text_at(node, "by"),
        rivals: texts_at(node, "rivals"),
        about: text_at(node, "about"),
    })
}

// Quantities and issues.

fn quantity(node: &Node) -> Option<QuantityItem> {
    let kind = match (text(node).or_else(|| text_at(node, "value")), text_at(node, "low"), text_at(node, "high")) {
        (Some(value), ..) => QuantityKind::Text(value),
        (None, Some(low), Some(high)) => QuantityKind::Spread { low, likely: text_at(node, "likely"), high },
        _ => return None,
    };
    Some(QuantityItem {
        span: node.span,
        kind,
        unit: text_at(node, "unit"),
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
    })
}

fn issue((key, node): (&Node, &Node)) -> Option<IssueItem> {
    Some(IssueItem {
        id: key_text(key)?,
        name: text_at(node, "name"),
        about: text_at(node, "about"),
        values: node.get("values").and_then(values),
        scale: node.get("scale").and_then(values),
        range: text_at(node, "range"),
        step: text_at(node, "step"),
        unit: text_at(node, "unit"),
        set_by: node.get("set_by").map(texts).filter(|parties| !parties.is_empty()),
        chances: entries_at(node, "chances")
            .filter_map(|(key, node)| Some((key_text(key)?, quantity(node)?)))
            .collect(),
        moves: node.get("moves").and_then(moves),
        because: texts_at(node, "because"),
        lost: lost_of_issue(node),
    })
}

fn lost_of_issue(node: &Node) -> Lost {
    let (entries, complete) = match &node.kind {
        NodeKind::Mapping { entries, .. } => (entries.as_slice(), node.complete),
        NodeKind::Null { .. } => (&[][..], true),
        _ => (&[][..], false),
    };
    let lost = |field: &str, read: &dyn Fn(&Node) -> bool| node.get(field).map_or(!complete, |node| !read(node));
    let whole_values = |node: &Node| node.complete && values(node).is_some_and(|values| values.len() == count(node));
    let fields = ["values", "scale", "range"];
    let given = fields.iter().any(|field| node.get(field).is_some());
    // A list under an unknown key may be the values.
    let stray = |(key, node): &(Node, Node)| {
        let known = key.word().is_some_and(crate::grammar::is_issue_field);
        !known && !matches!(node.kind, NodeKind::Scalar(_) | NodeKind::Null { .. })
    };
    let values = if given {
        lost("range", &|node| text(node).is_some()) && node.get("range").is_some()
            || ["values", "scale"].iter().any(|field| node.get(field).is_some_and(|node| !whole_values(node)))
    } else {
        !complete || entries.iter().any(stray)
    };
    let whole_chances = |node: &Node| {
        let NodeKind::Mapping { entries, .. } = &node.kind else { return false };
        node.complete && entries.iter().all(|(_, node)| quantity(node).is_some())
    };
    let all = [
        ("values", values || node.get("step").is_some_and(|node| text(node).is_none())),
        ("set_by", lost("set_by", &|node| !texts(node).is_empty() && texts(node).len() == count(node))),
        ("chances", lost("chances", &whole_chances)),
        ("moves", lost("moves", &|node| moves(node).is_some())),
    ];
    Lost(all.into_iter().filter(|(_, lost)| *lost).map(|(field, _)| field).collect())
}

/// Number of entries of a list or mapping; one for anything else.
fn count(node: &Node) -> usize {
    match &node.kind {
        NodeKind::Sequence { items, .. } => items.len(),
        NodeKind::Mapping { entries, .. } => entries.len(),
        _ => 1,
    }
}

/// The field, if it is given and could not be read.
fn lost_field(node: &Node, field: &'static str, read: bool) -> Lost {
    let lost = !read && (node.get(field).is_some() || !node.complete);
    Lost(lost.then_some(field).into_iter().collect())
}

fn values(node: &Node) -> Option<Vec<ValueItem>> {
    let values: Vec<_> = match &node.kind {
        NodeKind::Sequence { items, .. } => {
            items.iter().filter_map(|item| Some(ValueItem { id: text(item)?, name: None })).collect()
        }
        NodeKind::Mapping { entries, .. } => entries
            .iter()
            .filter_map(|(key, value)| Some(ValueItem { id: key_text(key)?, name: text(value) }))
            .collect(),
        _ => return None,
    };
    (!values.is_empty()).then_some(values)
}

fn moves(node: &Node) -> Option<MovesItem> {
    match &node.kind {
        NodeKind::Sequence { items, .. } => Some(MovesItem::Rules(items.iter().filter_map(move_rule).collect())),
        _ => text(node).map(MovesItem::Kind),
    }
}

fn move_rule(node: &Node) -> Option<MoveRuleItem> {
    matches!(node.kind, NodeKind::Mapping { .. }).then(|| MoveRuleItem {
        span: node.span,
        by: texts_at(node, "by"),
        from: texts_at(node, "from"),
        to: texts_at(node, "to"),
        when: text_at(node, "when"),
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
        lost: lost_field(node, "by", !texts_at(node, "by").is_empty()),
    })
}

// Outcomes.

fn outcome((key, node): (&Node, &Node)) -> Option<OutcomeItem> {
    Some(OutcomeItem {
        id: key_text(key)?,
        name: text_at(node, "name"),
        when: text(node).or_else(|| text_at(node, "when"))?,
        about: text_at(node, "about"),
    })
}

fn constraint(node: &Node) -> Option<ConstraintItem> {
    let rule = match (text_at(node, "never"), text_at(node, "always")) {
        (Some(never), _) => ConstraintRule::Never(never),
        (None, Some(always)) => ConstraintRule::Always(always),
        (None, None) => ConstraintRule::IfThen(text_at(node, "if")?, text_at(node, "then")?),
    };
    Some(ConstraintItem { span: node.span, rule, about: text_at(node, "about"), because: texts_at(node, "because") })
}

fn assignment(node: &Node) -> Option<AssignmentItem> {
    let NodeKind::Mapping { entries, .. } = &node.kind else { return None };
    let values = entries.iter().filter(|(key, _)| key.word() != Some("because"));
    Some(AssignmentItem {
        span: node.span,
        entries: values.filter_map(|(key, value)| Some((key_text(key)?, text(value)))).collect(),
        complete: node.complete,
        because: texts_at(node, "because"),
    })
}

fn disagreement(node: &Node) -> Option<DisagreementItem> {
    match text(node) {
        Some(word) => (word.value == "status_quo").then_some(DisagreementItem::StatusQuo(word)),
        None => assignment(node).map(DisagreementItem::Outcome),
    }
}

// Preferences.

fn preference((key, node): (&Node, &Node)) -> Option<PreferenceItem> {
    Some(PreferenceItem {
        party: key_text(key)?,
        span: node.span,
        form: form(node),
        types: entries_at(node, "types").filter_map(private_type).collect(),
        nuances: nuances::nuances(node),
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
    })
}

fn belief((key, node): (&Node, &Node)) -> Option<BeliefItem> {
    Some(BeliefItem {
        party: key_text(key)?,
        span: node.span,
        preferences: entries_at(node, "preferences").filter_map(preference).collect(),
        types: entries_at(node, "types").filter_map(|(key, node)| Some((key_text(key)?, text(node)?))).collect(),
        parameters: entries_at(node, "parameters")
            .filter_map(|(key, node)| Some((key_text(key)?, quantity(node)?)))
            .collect(),
        impossible: items_at(node, "impossible").filter_map(condition).collect(),
        believes: entries_at(node, "believes").filter_map(belief).collect(),
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
    })
}

fn private_type((key, node): (&Node, &Node)) -> Option<TypeItem> {
    Some(TypeItem {
        id: key_text(key)?,
        span: node.span,
        name: text_at(node, "name"),
        chance: node.get("chance").and_then(quantity),
        form: form(node),
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
        lost: lost_field(node, "chance", node.get("chance").and_then(quantity).is_some()),
    })
}

/// The first of the three forms in file order.
fn form(node: &Node) -> Option<FormItem> {
    let NodeKind::Mapping { entries, .. } = &node.kind else { return None };
    entries.iter().find_map(|(key, value)| {
        let NodeKind::Sequence { items, .. } = &value.kind else { return None };
        let kind = match key.word()? {
            "worth" => FormKind::Worth(items.iter().filter_map(term).collect()),
            "priority" => FormKind::Priority(items.iter().filter_map(condition).collect()),
            "ranking" => ranking(items),
            _ => return None,
        };
        Some(FormItem { keyword: key.span, kind })
    })
}

fn term(node: &Node) -> Option<TermItem> {
    Some(TermItem {
        span: node.span,
        when: text_at(node, "when"),
        add: quantity(node.get("add")?)?,
        about: text_at(node, "about"),
        because: texts_at(node, "because"),
    })
}

fn ranking(items: &[Node]) -> FormKind {
    let comparisons: Vec<_> = items.iter().filter_map(comparison).collect();
    if comparisons.is_empty() {
        FormKind::Ranking(items.iter().filter_map(level).collect())
    } else {
        FormKind::Comparisons(comparisons)
    }
}

fn level(node: &Node) -> Option<LevelItem> {
    let any_of = match &node.kind {
        NodeKind::Scalar(_) | NodeKind::Sequence { .. } => texts(node),
        _ => texts_at(node, "any_of"),
    };
    let level =
        LevelItem { span: node.span, any_of, about: text_at(node, "about"), because: texts_at(node, "because") };
    (!level.any_of.is_empty()).then_some(level)
}

fn comparison(node: &Node) -> Option<ComparisonItem> {
    let kind = match (text_at(node, "better"), text_at(node, "worse")) {
        (Some(better), Some(worse)) => ComparisonKind::Better(better, worse),
        _ => ComparisonKind::Same(Some(texts_at(node, "same")).filter(|same| same.len() >= 2)?),
    };
    Some(ComparisonItem { span: node.span, kind, about: text_at(node, "about"), because: texts_at(node, "because") })
}

// Pieces.

/// Text of a scalar that is not blank.
fn text(node: &Node) -> Option<Text> {
    match &node.kind {
        NodeKind::Scalar(scalar) if !scalar.text.trim().is_empty() => Some(Text {
            value: scalar.text.clone(),
            span: scalar.exact.unwrap_or(node.span),
            exact: scalar.exact.is_some(),
        }),
        _ => None,
    }
}

/// Text of a key; the word `null` names something too.
fn key_text(node: &Node) -> Option<Text> {
    match &node.kind {
        NodeKind::Null { word } if !word.is_empty() => Some(Text { value: word.clone(), span: node.span, exact: true }),
        _ => text(node),
    }
}

fn text_at(node: &Node, key: &str) -> Option<Text> {
    node.get(key).and_then(text)
}

/// One text or a list of them.
fn texts(node: &Node) -> Vec<Text> {
    match &node.kind {
        NodeKind::Sequence { items, .. } => items.iter().filter_map(text).collect(),
        _ => text(node).into_iter().collect(),
    }
}

fn texts_at(node: &Node, key: &str) -> Vec<Text> {
    node.get(key).map(texts).unwrap_or_default()
}

fn items_at<'a>(node: &'a Node, key: &str) -> impl Iterator<Item = &'a Node> {
    let items = match node.get(key).map(|list| &list.kind) {
        Some(NodeKind::Sequence { items, .. }) => items.as_slice(),
        _ => &[],
    };
    items.iter()
}

fn entries_at<'a>(node: &'a Node, key: &str) -> impl Iterator<Item = (&'a Node, &'a Node)> {
    let entries = match node.get(key).map(|mapping| &mapping.kind) {
        Some(NodeKind::Mapping { entries, .. }) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().map(|(key, value)| (key, value))
}
