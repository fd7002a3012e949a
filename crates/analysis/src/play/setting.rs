//! Who plays a game form, and from where.

use detente_base::Exact;
use detente_scenario::expr::eval::{Interval, Point, Truth, amount, truth};
use detente_scenario::situation::{GameForm, PartyId, PreferenceForm, Situation, ValueId};

use super::program::{Op, Program};
use super::walk::type_chances;
use crate::ask::AskError;

/// A game form with the situation that it is about.
#[derive(Debug)]
pub(super) struct Setting<'a> {
    /// The situation, its issues followed by what the steps choose besides.
    pub(super) extended: &'a Situation,
    pub(super) form: &'a GameForm,
    pub(super) players: Vec<PartyId>,
    pub(super) start: Vec<ValueId>,
}

/// The situation with what the steps choose as further issues.
pub(super) fn extended(situation: &Situation, form: &GameForm) -> Situation {
    let mut extended = situation.clone();
    extended.issues.extend(form.choices.iter().cloned());
    extended
}

impl<'a> Setting<'a> {
    /// Reads who plays, and from where.
    ///
    /// # Errors
    /// When nobody moves, a player has no worth, the status quo is not known, or a player's
    /// type is never drawn.
    pub(super) fn new(extended: &'a Situation, form: &'a GameForm) -> Result<Self, AskError> {
        let all = (0..extended.parties.len()).map(PartyId::from_index);
        let players: Vec<PartyId> = all.filter(|party| form.moves(*party)).collect();
        if players.is_empty() {
            return Err(AskError::new(format!("nobody moves in `{}`", form.id), Some("add a step with `move`".into())));
        }
        let own = extended.issues.len() - form.choices.len();
        let start = match &extended.status_quo {
            Some(assignment) => assignment.values.iter().copied().chain(vec![ValueId(0); form.choices.len()]).collect(),
            None if own == 0 => vec![ValueId(0); form.choices.len()],
            None => {
                return Err(AskError::new(
                    "the file does not say where the game starts",
                    Some("add `status_quo`".into()),
                ));
            }
        };
        let setting = Self { extended, form, players, start };
        for player in &setting.players {
            setting.check_player(*player)?;
        }
        Ok(setting)
    }

    fn check_player(&self, player: PartyId) -> Result<(), AskError> {
        let id = &self.extended.parties[player.index()].id;
        let types = &self.extended.preferences[player.index()].types;
        if types.iter().any(|variant| !matches!(variant.form, PreferenceForm::Worth(_) | PreferenceForm::Indifferent)) {
            return Err(AskError::new(
                format!("the preferences of `{id}` only order outcomes; a game needs a worth"),
                Some(format!("give `{id}` a `worth`")),
            ));
        }
        let drawn =
            Program::new(self.form).ops.iter().any(|op| matches!(op, Op::Type { party, .. } if *party == player));
        if types.len() > 1 && !drawn {
            return Err(AskError::new(
                format!("`{}` never draws the type of `{id}`", self.form.id),
                Some(format!("add the step `nature: {id}`")),
            ));
        }
        Ok(())
    }

    /// Number of issues of the situation itself.
    pub(super) fn own_issues(&self) -> usize {
        self.extended.issues.len() - self.form.choices.len()
    }

    /// Whether the type of a player is drawn.
    pub(super) fn draws_types(&self) -> bool {
        Program::new(self.form).ops.iter().any(|op| matches!(op, Op::Type { .. }))
    }

    /// What the status quo is worth to each player before types are drawn; nothing where the
    /// file does not say one.
    pub(super) fn status_quo_worths(&self, point: &[Interval]) -> Option<Vec<Exact>> {
        self.extended.status_quo.as_ref()?;
        let at = Point::new(self.extended, &self.start, point);
        let mean = |party: &PartyId| {
            let types = &self.extended.preferences[party.index()].types;
            let chances = type_chances(self.extended, *party, point);
            types.iter().zip(chances).map(|(variant, chance)| &chance * &worth(&variant.form, &at)).sum()
        };
        Some(self.players.iter().map(mean).collect())
    }
}

/// What the outcome at a point is worth to who has these preferences.
pub(super) fn worth(form: &PreferenceForm, at: &Point<'_>) -> Exact {
    let PreferenceForm::Worth(terms) = form else { return Exact::ZERO };
    let counts = terms.iter().filter(|term| term.when.as_ref().is_none_or(|when| truth(when, at) == Truth::True));
    counts.map(|term| amount(&term.add, at).expect("a checked amount is a number at a point").low).sum()
}
