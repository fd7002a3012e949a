//! Outcomes that the user names: by number, by the name of an outcome, or by condition.

use detente_base::Span;
use detente_conflict::{FixedBitSet, StateId};
use detente_scenario::ast::Text;
use detente_scenario::columns::Columns;
use detente_scenario::expr::eval::central_point;
use detente_scenario::expr::print::print_expression;
use detente_scenario::expr::resolve::{Resolver, Scope};

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
    if let Ok(number) = text.trim_start_matches('#').parse::<u32>() {
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
        return Err(AskError::new(format!("no feasible outcome satisfies `{text}`"), None));
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
        return Err(AskError::new(format!("no feasible outcome satisfies `{}`", text.trim()), Some(help.into())));
    }
    Ok(found)
}

fn outcomes_where(structure: &Structure<'_>, text: &str) -> Result<Where, AskError> {
    let mut resolver = Resolver::new(structure.situation, Scope::Outcomes, &[]);
    let whole = Text { value: text.to_owned(), span: Span::new(0, text.len()), exact: true };
    let Some(expr) = resolver.condition(&whole) else {
        let fault = resolver.faults.into_iter().next();
        return Err(fault.map_or_else(
            || AskError::new("the condition cannot be read", None),
            |fault| AskError::new(format!("in `{text}`: {}", fault.message), fault.help),
        ));
    };
    let point = central_point(structure.situation).expect("checked amounts divide by no zero");
    let holds = Columns::new(structure.situation, &structure.space, &point).holds(&expr);
    let states = structure.states.states_from_codes(&holds);
    Ok(Where { when: print_expression(structure.situation, &expr), states })
}
