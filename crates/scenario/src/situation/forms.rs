//! Who moves when, seeing what: game forms.

use super::{Issue, IssueId, Origin, PartyId, ValueId};
use crate::expr::Expr;

/// A game form: steps that are taken one after another.
#[derive(Clone, Debug)]
pub struct GameForm {
    /// Name used in the file.
    pub id: String,
    /// Name shown to readers.
    pub name: String,
    /// What is chosen besides the issues of the situation. Expressions of the steps know them
    /// as issues that follow those of the situation.
    pub choices: Vec<Issue>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// Where it is declared.
    pub origin: Origin,
}

/// A step of a game form.
#[derive(Clone, Debug)]
pub struct Step {
    /// Where it is taken; everywhere without.
    pub condition: Option<Expr>,
    /// What happens.
    pub kind: StepKind,
    /// Who learns of it besides whoever acts; everybody without, but for a type, which its
    /// party learns alone.
    pub seen_by: Option<Vec<PartyId>>,
    /// Where it is declared.
    pub origin: Origin,
}

/// What happens in a step.
#[derive(Clone, Debug)]
pub enum StepKind {
    /// The type of a party is drawn.
    Type(PartyId),
    /// Chance gives an issue or a choice one of these values, each with its chance; the
    /// chance of the last one may be what the others leave.
    Chance {
        /// The issue or choice.
        what: IssueId,
        /// The values, with their chances as amounts over parameters.
        values: Vec<(ValueId, Option<Expr>)>,
    },
    /// A party gives an issue or a choice one of these values.
    Move {
        /// Who moves.
        party: PartyId,
        /// The issue or choice.
        what: IssueId,
        /// The values that it may choose.
        values: Vec<ValueId>,
    },
    /// These moves are made without seeing each other.
    Together(Vec<Step>),
    /// Parties gain or lose, besides the worth of the outcome.
    Pay(Vec<(PartyId, Expr)>),
    /// From here on everything counts this many times as much; for a party, or for all.
    Discount(Vec<(Option<PartyId>, Expr)>),
    /// Steps that are taken again and again.
    Repeat {
        /// How often at most.
        times: u32,
        /// The steps.
        steps: Vec<Step>,
        /// What ends them early, looked at after each round.
        until: Option<Expr>,
    },
    /// The game ends.
    End,
}
