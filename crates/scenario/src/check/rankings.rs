//! Rankings given by pairs: from `a` better than `b` to levels in one order.

use detente_base::{Diagnostic, Span};

use super::Checker;
use super::order::cycles;
use super::preferences::{any_of, resolve_otherwise};
use crate::ast::{ComparisonItem, ComparisonKind, Text};
use crate::codes::meaning as code;
use crate::expr::Expr;
use crate::situation::{Level, Origin, PreferenceForm};

impl Checker<'_> {
    /// Levels of a ranking that is given by pairs. Its pairs must leave no two
    /// members uncompared and must not go in a circle.
    pub(super) fn comparisons(
        &mut self,
        keyword: Span,
        items: &[ComparisonItem],
        inherited: &Origin,
    ) -> PreferenceForm {
        let mut members: Vec<(&Text, Option<Expr>)> = Vec::new();
        let mut origins: Vec<Origin> = Vec::new();
        for item in items {
            let origin = self.entry_origin(item.span, &item.because, item.about.as_ref(), inherited);
            let texts: Vec<&Text> = match &item.kind {
                ComparisonKind::Better(a, b) => vec![a, b],
                ComparisonKind::Same(texts) => texts.iter().collect(),
            };
            for text in texts {
                if !members.iter().any(|(known, _)| same_text(known, text)) {
                    members.push((text, self.level_condition(text)));
                    origins.push(origin.clone());
                }
            }
        }
        let place =
            |text: &Text| members.iter().position(|(known, _)| same_text(known, text)).expect("collected above");
        let mut class: Vec<usize> = (0..members.len()).collect();
        for item in items {
            if let ComparisonKind::Same(texts) = &item.kind
                && let Some((first, rest)) = texts.split_first()
            {
                for text in rest {
                    let (keep, drop) = (class[place(first)], class[place(text)]);
                    class.iter_mut().filter(|c| **c == drop).for_each(|c| *c = keep);
                }
            }
        }
        let mut worse: Vec<Vec<usize>> = vec![Vec::new(); members.len()];
        for item in items {
            if let ComparisonKind::Better(a, b) = &item.kind {
                worse[class[place(a)]].push(class[place(b)]);
            }
        }
        let circles = cycles(&worse);
        if !circles.is_empty() {
            for circle in circles {
                self.report_circle(keyword, items, &circle, &members, &class);
            }
            return PreferenceForm::Indifferent;
        }
        // Longest way down: in a total order every class has its own depth.
        let mut classes: Vec<usize> = (0..members.len()).filter(|i| class[*i] == *i).collect();
        let below = |from: usize| {
            let mut seen = vec![false; members.len()];
            let mut open = worse[from].clone();
            while let Some(next) = open.pop() {
                if !std::mem::replace(&mut seen[next], true) {
                    open.extend(&worse[next]);
                }
            }
            seen
        };
        let reach: Vec<Vec<bool>> = (0..members.len()).map(below).collect();
        classes.sort_by_key(|c| std::cmp::Reverse(reach[*c].iter().filter(|r| **r).count()));
        for (i, a) in classes.iter().enumerate() {
            for b in &classes[i + 1..] {
                if !reach[*a][*b] && !reach[*b][*a] {
                    let (x, y) = (members[*a].0, members[*b].0);
                    let (a, b) = (one_line(x), one_line(y));
                    self.report(
                        Diagnostic::error(
                            code::INCOMPLETE_RANKING,
                            x.span,
                            format!(
                                "the pairs do not say which of `{a}` and `{b}` is better; expected a pair of the two"
                            ),
                        )
                        .with_place(y.span, "not compared with it")
                        .with_help(format!(
                            "add `{{better: {a}, worse: {b}}}`, `{{better: {b}, worse: {a}}}` or `{{same: [{a}, {b}]}}`"
                        )),
                    );
                    return PreferenceForm::Indifferent;
                }
            }
        }
        let mut levels: Vec<Level> = Vec::new();
        for c in classes {
            let parts: Vec<Expr> =
                (0..members.len()).filter(|i| class[*i] == c).filter_map(|i| members[i].1.clone()).collect();
            if let Some(holds) = any_of(parts, members[c].0.span) {
                levels.push(Level { holds, origin: origins[c].clone() });
            }
        }
        resolve_otherwise(&mut levels);
        PreferenceForm::Ranking(levels)
    }

    fn report_circle(
        &mut self,
        keyword: Span,
        items: &[ComparisonItem],
        circle: &[usize],
        members: &[(&Text, Option<Expr>)],
        class: &[usize],
    ) {
        let names: Vec<String> = circle.iter().map(|c| format!("`{}`", one_line(members[*c].0))).collect();
        let message = match names.as_slice() {
            [one] => format!("{one} is ranked better than itself; expected an order"),
            many => format!("the ranking goes in a circle through {}; expected an order", many.join(", ")),
        };
        let mut fault = Diagnostic::error(code::INTRANSITIVE, keyword, message)
            .with_help("drop or turn round one of the marked pairs");
        for item in items {
            if let ComparisonKind::Better(a, b) = &item.kind {
                let find = |text: &Text| members.iter().position(|(known, _)| same_text(known, text)).map(|i| class[i]);
                if find(a).is_some_and(|x| circle.contains(&x)) && find(b).is_some_and(|x| circle.contains(&x)) {
                    fault = fault.with_place(item.span, format!("`{}` better than `{}`", one_line(a), one_line(b)));
                }
            }
        }
        self.report(fault);
    }
}

/// An expression on one line, whole: a repair repeats it.
fn one_line(text: &Text) -> String {
    text.value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Members of pairs are the same when they are worded the same, white space aside.
fn same_text(a: &Text, b: &Text) -> bool {
    a.value.split_whitespace().eq(b.value.split_whitespace())
}
