//! Outcomes that the user names: by number, by the name of an outcome, or by condition.

use detente_base::Span;
use detente_conflict::StateId;
use detente_scenario::ast::Text;
use detente_scenario::columns::Columns;
use detente_scenario::expr::eval::central_point;
use detente_scenario::expr::resolve::{Resolver, Scope};

use crate::ask::AskError;
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
    let states: Vec<StateId> = structure.states.states_from_codes(&holds).ones().map(StateId::from_index).collect();
    if states.is_empty() {
        return Err(AskError::new(format!("no feasible outcome satisfies `{text}`"), None));
    }
    Ok(states)
}
