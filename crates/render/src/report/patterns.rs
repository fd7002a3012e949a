//! Patterns in words.

use detente_analysis::report::{ConditionView, Membership, PatternView};

/// A pattern in one line: `strike = no and text ≠ chapter7`; without conditions
/// `always`.
pub fn pattern_words(pattern: &PatternView) -> String {
    if pattern.conditions.is_empty() {
        return "always".to_owned();
    }
    pattern.conditions.iter().map(condition_words).collect::<Vec<_>>().join(" and ")
}

/// A union of patterns in one line: `a = yes and b = no, or c = yes`; without patterns
/// `never`.
pub fn patterns_words(patterns: &[PatternView]) -> String {
    match patterns {
        [] => "never".to_owned(),
        _ => patterns.iter().map(pattern_words).collect::<Vec<_>>().join(", or "),
    }
}

fn condition_words(condition: &ConditionView) -> String {
    let issue = &condition.issue;
    match (condition.relation, condition.values.as_slice()) {
        (Membership::OneOf, [one]) => format!("{issue} = {one}"),
        (Membership::NoneOf, [one]) => format!("{issue} ≠ {one}"),
        (Membership::OneOf, several) => format!("{issue} in {{{}}}", several.join(", ")),
        (Membership::NoneOf, several) => format!("{issue} not in {{{}}}", several.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(issue: &str, relation: Membership, values: &[&str]) -> ConditionView {
        ConditionView { issue: issue.into(), relation, values: values.iter().map(|v| (*v).to_owned()).collect() }
    }

    #[test]
    fn conditions_read_as_words() {
        use Membership::{NoneOf, OneOf};
        let first = PatternView {
            conditions: vec![condition("strike", OneOf, &["no"]), condition("text", NoneOf, &["chapter7"])],
            when: String::new(),
        };
        assert_eq!(pattern_words(&first), "strike = no and text ≠ chapter7");
        let second = PatternView {
            conditions: vec![condition("text", OneOf, &["a", "b"]), condition("date", NoneOf, &["x", "y"])],
            when: String::new(),
        };
        let both = "strike = no and text ≠ chapter7, or text in {a, b} and date not in {x, y}";
        assert_eq!(patterns_words(&[first, second]), both);
        assert_eq!(patterns_words(&[]), "never");
        assert_eq!(patterns_words(&[PatternView { conditions: Vec::new(), when: String::new() }]), "always");
    }
}
