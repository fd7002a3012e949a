//! Patterns of the engine in the words of the file, and sets of outcomes as patterns.

use detente_base::{Budget, Span, StopReason};
use detente_conflict::{Cover, CoverFailure, CoverLimits, FixedBitSet, Pattern, StateSpace, cover, verify_cover};
use detente_scenario::expr::print::print_expression;
use detente_scenario::expr::{Expr, ExprKind};
use detente_scenario::situation::{IssueId, Situation, ValueId};

use crate::report::{ConditionView, CoveredPattern, Formula, Membership, PatternView, Side};

/// Most states times patterns that the checker goes through, about a second.
const MAX_CHECKED: u64 = 1 << 26;

/// A pattern in the words of the file; its coordinates are the issues.
///
/// # Panics
/// If the pattern allows no value of an issue: patterns that cover nothing are not
/// shown.
pub fn pattern_view(situation: &Situation, pattern: &Pattern) -> PatternView {
    let restricted: Vec<usize> = (0..situation.issues.len()).filter(|issue| !pattern.is_open(*issue)).collect();
    let conditions = restricted.iter().map(|issue| condition_view(situation, pattern, *issue)).collect();
    let part = |issue: &usize| {
        let values = pattern.values(*issue).map(ValueId).collect();
        Expr { kind: ExprKind::IssueIn(IssueId::from_index(*issue), values), span: Span::default() }
    };
    let mut parts: Vec<Expr> = restricted.iter().map(part).collect();
    let whole = match parts.len() {
        0 => Expr { kind: ExprKind::Bool(true), span: Span::default() },
        1 => parts.remove(0),
        _ => Expr { kind: ExprKind::And(parts), span: Span::default() },
    };
    PatternView { conditions, when: print_expression(situation, &whole) }
}

fn condition_view(situation: &Situation, pattern: &Pattern, issue: usize) -> ConditionView {
    let all = &situation.issues[issue].values;
    let allowed = pattern.values(issue).count();
    assert!(allowed > 0, "a pattern allows some value of every issue");
    let relation = if all.len() - allowed < allowed { Membership::NoneOf } else { Membership::OneOf };
    let named = |value: &usize| pattern.allows(issue, *value as u32) == (relation == Membership::OneOf);
    let values = (0..all.len()).filter(named).map(|value| all[value].id.clone()).collect();
    ConditionView { issue: situation.issues[issue].id.clone(), relation, values }
}

/// A set of feasible outcomes as patterns, or the outcomes outside it, whichever takes
/// fewer conditions; at most `listed` patterns are given.
///
/// Cost: that of [`cover`](fn@cover), twice.
///
/// # Errors
/// When the budget's stopper is raised.
pub fn formula(
    situation: &Situation,
    space: &StateSpace,
    set: &FixedBitSet,
    listed: usize,
    budget: &Budget,
) -> Result<Formula, StopReason> {
    let limits = CoverLimits { patterns: (4 * listed).max(32), ..CoverLimits::default() };
    let mut others = set.clone();
    others.toggle_range(..);
    let of_members = cover(space, set, limits, budget)?;
    let of_others = cover(space, &others, limits, budget)?;
    // A set that is empty, or everything, is best told by its members: by no pattern, or by
    // one without conditions.
    let (side, described, chosen) = if !of_others.patterns.is_empty()
        && !set.is_clear()
        && length(&of_others, listed) < length(&of_members, listed)
    {
        (Side::Others, &others, of_others)
    } else {
        (Side::Members, set, of_members)
    };
    let verified = confirm(space, described, &chosen, budget);
    let patterns_left_out = chosen.patterns.len().saturating_sub(listed) as u64;
    let view =
        |(pattern, outcomes): (Pattern, u64)| CoveredPattern { pattern: pattern_view(situation, &pattern), outcomes };
    let patterns = chosen.patterns.into_iter().take(listed).map(view).collect();
    Ok(Formula { side, patterns, patterns_left_out, outcomes_left: chosen.left, verified })
}

/// How long a cover is to read: complete ones first, then those that are listed in full,
/// then by conditions and patterns.
fn length(cover: &Cover, listed: usize) -> (bool, bool, usize) {
    let conditions = |pattern: &Pattern| (0..pattern.coordinate_count()).filter(|c| !pattern.is_open(*c)).count();
    let all: usize = cover.patterns.iter().map(|(pattern, _)| 1 + conditions(pattern)).sum();
    (cover.left > 0, cover.patterns.len() > listed, all)
}

/// Runs the independent checker, unless that would take too long.
fn confirm(space: &StateSpace, set: &FixedBitSet, cover: &Cover, budget: &Budget) -> bool {
    let cost = (space.state_count() as u64).saturating_mul(1 + cover.patterns.len() as u64);
    if cost > MAX_CHECKED {
        return false;
    }
    match verify_cover(space, set, cover.patterns.iter().map(|(pattern, _)| pattern), cover.left, budget) {
        Ok(()) => true,
        Err(CoverFailure::Stopped(_)) => false,
        Err(wrong) => panic!("the checker refutes a description of a set: {wrong}"),
    }
}
