//! A game form as a program: steps one after another, with jumps for conditions and rounds.

use detente_scenario::expr::Expr;
use detente_scenario::situation::{GameForm, IssueId, PartyId, Step, StepKind, ValueId};

/// One thing that happens.
#[derive(Clone, Copy, Debug)]
pub(super) enum Op<'a> {
    /// The type of a party is drawn.
    Type { party: PartyId, step: &'a Step },
    /// Chance gives an issue a value.
    Chance { what: IssueId, values: &'a [(ValueId, Option<Expr>)], step: &'a Step },
    /// A party gives an issue a value.
    Move { party: PartyId, what: IssueId, values: &'a [ValueId], step: &'a Step },
    /// Parties gain or lose.
    Pay(&'a [(PartyId, Expr)]),
    /// Everything after counts less.
    Discount(&'a [(Option<PartyId>, Expr)]),
    /// The game ends.
    End,
    /// Goes on elsewhere where a condition does not hold.
    Unless(&'a Expr, usize),
    /// Begins the rounds of a counter.
    Enter(usize),
    /// Begins another round of a counter, unless it is the last or the condition holds.
    Again { counter: usize, times: u32, until: Option<&'a Expr>, start: usize },
    /// From here on nobody sees the others' moves…
    Hold,
    /// … until here.
    Release,
}

/// The steps of a game form in the order in which they are taken.
#[derive(Clone, Debug)]
pub(super) struct Program<'a> {
    pub(super) ops: Vec<Op<'a>>,
    /// Number of counters of rounds.
    pub(super) counters: usize,
}

impl<'a> Program<'a> {
    pub(super) fn new(form: &'a GameForm) -> Self {
        let mut program = Self { ops: Vec::new(), counters: 0 };
        program.add(&form.steps);
        program.ops.push(Op::End);
        program
    }

    fn add(&mut self, steps: &'a [Step]) {
        for step in steps {
            let skip = step.condition.as_ref().map(|condition| {
                self.ops.push(Op::Unless(condition, 0));
                self.ops.len() - 1
            });
            self.add_kind(step);
            let after = self.ops.len();
            if let Some(skip) = skip
                && let Op::Unless(_, target) = &mut self.ops[skip]
            {
                *target = after;
            }
        }
    }

    fn add_kind(&mut self, step: &'a Step) {
        match &step.kind {
            StepKind::Type(party) => self.ops.push(Op::Type { party: *party, step }),
            StepKind::Chance { what, values } => self.ops.push(Op::Chance { what: *what, values, step }),
            StepKind::Move { party, what, values } => {
                self.ops.push(Op::Move { party: *party, what: *what, values, step });
            }
            StepKind::Together(steps) => {
                self.ops.push(Op::Hold);
                self.add(steps);
                self.ops.push(Op::Release);
            }
            StepKind::Pay(amounts) => self.ops.push(Op::Pay(amounts)),
            StepKind::Discount(amounts) => self.ops.push(Op::Discount(amounts)),
            StepKind::Repeat { times, steps, until } => {
                let counter = self.counters;
                self.counters += 1;
                self.ops.push(Op::Enter(counter));
                let start = self.ops.len();
                self.add(steps);
                self.ops.push(Op::Again { counter, times: *times, until: until.as_ref(), start });
            }
            StepKind::End => self.ops.push(Op::End),
        }
    }
}
