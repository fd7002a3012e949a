//! Outcomes that the user names: by number, by the name of an outcome, or by condition.

use detente_base::Span;
use detente_conflict::{FixedBitSet, StateId};
use detente_scenario::ast::Text;
use detente_scenario::columns::Columns;
use detente_scenario::expr::Expr;
use detente_scenario::expr::eval::central_point;
use detente_scenario::expr::print::print_expression;
use detente_scenario::expr::resolve::{Resolver, Scope};
use detente_scenario::situation::Situation;

use crate::ask::AskError;
use crate::report::FilterView;
use crate::structure::Structure;

/// The feasible outcomes that a text names, ascending.
///
/// # Errors
/// When the text cannot be read, names something that the situation does not have, or
/// is satisfied by no feasible outcome.
pub fn find_outcomes(structure: &Structure<'_>, text: &str) -> Result<Vec<StateId>, AskError> {
    let text = text.trim();
    if let Some(number) = as_number(text) {
        let count = structure.states.state_count();
        return match number.checked_sub(1).map(StateId) {
            Some(state) if state.index() < count => Ok(vec![state]),
            _ => Err(AskError::new(
                format!("there is no outcome {number}"),
                Some(format!("outcomes are numbered from 1 to {count}")),
            )),
        };
    }
    let found = outcomes_where(structure, text)?;
    if found.states.is_clear() {
        return Err(AskError::new(format!("no feasible outcome satisfies `{}`", quoted(text)), None));
    }
    Ok(found.states.ones().map(StateId::from_index).collect())
}

/// The feasible outcomes that satisfy a condition.
pub(crate) struct Where {
    /// The condition as the language prints it.
    pub(crate) when: String,
    /// The outcomes.
    pub(crate) states: FixedBitSet,
}

impl Where {
    pub(crate) fn view(&self) -> FilterView {
        FilterView { when: self.when.clone(), outcomes: self.states.count_ones(..) as u64 }
    }
}

/// The outcomes to which a question is narrowed.
///
/// # Errors
/// As [`find_outcomes`]; a number is no condition.
pub(crate) fn filter_outcomes(structure: &Structure<'_>, text: &str) -> Result<Where, AskError> {
    let found = outcomes_where(structure, text.trim())?;
    if found.states.is_clear() {
        let help = "an outcome that does not hold is counted as one that does not; this names none at all";
        return Err(AskError::new(format!("no feasible outcome satisfies `{}`", quoted(text)), Some(help.into())));
    }
    Ok(found)
}

fn outcomes_where(structure: &Structure<'_>, text: &str) -> Result<Where, AskError> {
    let expr = condition(structure.situation, text)?;
    let point = central_point(structure.situation).expect("checked amounts divide by no zero");
    let holds = Columns::new(structure.situation, &structure.space, &point).holds(&expr);
    let states = structure.states.states_from_codes(&holds);
    Ok(Where { when: print_expression(structure.situation, &expr), states })
}

/// A condition on outcomes, or the name of an outcome.
///
/// # Errors
/// When the text cannot be read, or names something that the situation does not have.
pub(crate) fn condition(situation: &Situation, text: &str) -> Result<Expr, AskError> {
    let mut resolver = Resolver::new(situation, Scope::Outcomes, &[]);
    let whole = Text { value: text.to_owned(), span: Span::new(0, text.len()), exact: true };
    resolver.condition(&whole).ok_or_else(|| {
        let fault = resolver.faults.into_iter().next();
        fault.map_or_else(
            || AskError::new("the condition cannot be read", None),
            |fault| AskError::new(format!("in `{}`: {}", quoted(text), fault.message), fault.help),
        )
    })
}

/// Most characters of a condition that are quoted in an error.
const MOST_QUOTED: usize = 80;

/// A condition as it is quoted in an error: long ones are cut.
pub(crate) fn quoted(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(MOST_QUOTED) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

/// The number of an outcome, if a text is one.
pub(crate) fn as_number(text: &str) -> Option<u32> {
    text.trim().trim_start_matches('#').parse().ok()
}
