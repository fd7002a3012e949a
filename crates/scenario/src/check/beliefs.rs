//! Beliefs: what parties take the situation for.

use detente_base::Diagnostic;

use super::Checker;
use crate::ast::{BeliefItem, PreferenceItem, Text};
use crate::codes::meaning as code;
use crate::expr::eval;
use crate::expr::resolve::Scope;
use crate::situation::{Belief, BelievedNumber, PartyId, Preferences, Situation, Statement};
use crate::suggest::expected_names;

impl Checker<'_> {
    /// Beliefs are read after everything that they replace.
    pub(super) fn check_beliefs(&mut self) {
        for item in &self.tree.believes {
            let belief = self.belief(item, None);
            self.situation.beliefs.extend(belief);
        }
    }

    /// One belief; `outer`: that of the party which takes another one to have it.
    fn belief(&mut self, item: &BeliefItem, outer: Option<&Belief>) -> Option<Belief> {
        let origin = self.origin(item.party.span, &item.because, item.about.as_ref());
        let party = self.party(&item.party);
        let mut belief = Belief {
            party: party.unwrap_or(PartyId(0)),
            preferences: Vec::new(),
            types: Vec::new(),
            parameters: Vec::new(),
            impossible: Vec::new(),
            believes: Vec::new(),
            origin,
        };
        for preference in &item.preferences {
            belief.preferences.extend(self.believed_preferences(item, preference));
        }
        for (other, kind) in &item.types {
            belief.types.extend(self.believed_type(item, other, kind));
        }
        for (name, quantity) in &item.parameters {
            belief.parameters.extend(self.believed_number(name, quantity));
        }
        for condition in &item.impossible {
            let origin = self.origin(condition.span, &condition.because, condition.about.as_ref());
            if let Some(holds) = self.condition(&condition.when, Scope::Outcomes) {
                belief.impossible.push(Statement { holds, origin });
            }
        }
        party?;
        self.check_believed_amounts(item, outer, &belief);
        for inner in &item.believes {
            if inner.party.value == item.party.value {
                self.own_beliefs(inner);
            } else if let Some(inner) = self.belief(inner, Some(&belief)) {
                belief.believes.push(inner);
            }
        }
        Some(belief)
    }

    fn own_beliefs(&mut self, item: &BeliefItem) {
        let name = &item.party.value;
        self.report(
            Diagnostic::error(
                code::BELIEF_ABOUT_OWN_BELIEF,
                item.party.span,
                format!("`{name}` is said to believe something of its own beliefs; expected another party"),
            )
            .with_help("what a party believes stands beside, not in its own `believes`"),
        );
    }

    /// The party that a belief is about, unless it is the one that holds it.
    fn believed_party(&mut self, item: &BeliefItem, about: &Text) -> Option<PartyId> {
        if about.value == item.party.value {
            self.report(
                Diagnostic::error(
                    code::BELIEF_ABOUT_ITSELF,
                    about.span,
                    format!(
                        "`{0}` is said to be wrong about what `{0}` itself wants; expected another party",
                        about.value
                    ),
                )
                .with_help("a party knows its own preferences and type; change them in `preferences`"),
            );
            return None;
        }
        self.party(about)
    }

    fn believed_preferences(
        &mut self,
        item: &BeliefItem,
        preference: &PreferenceItem,
    ) -> Option<(PartyId, Preferences)> {
        let party = self.believed_party(item, &preference.party);
        let origin = self.entry_origin(
            preference.party.span,
            &preference.because,
            preference.about.as_ref(),
            &crate::situation::Origin::default(),
        );
        let types = self.party_types(preference, &origin);
        Some((party?, Preferences { types, nuances: crate::situation::Nuances::default(), origin }))
    }

    fn believed_type(&mut self, item: &BeliefItem, other: &Text, kind: &Text) -> Option<(PartyId, usize)> {
        let party = self.believed_party(item, other)?;
        if let Some(preference) = item.preferences.iter().find(|p| p.party.value == other.value) {
            self.report(
                Diagnostic::error(
                    code::BELIEF_TWICE,
                    other.span,
                    format!(
                        "`{}` takes `{}` for a type and for other preferences; expected one of the two",
                        item.party.value, other.value
                    ),
                )
                .with_place(preference.party.span, "the preferences"),
            );
            return None;
        }
        let types = &self.situation.preferences[party.index()].types;
        let known: Vec<&str> = types.iter().filter_map(|t| t.id.as_deref()).collect();
        let found = types.iter().position(|t| t.id.as_deref() == Some(kind.value.as_str()));
        if found.is_none() {
            let expected = expected_names(&kind.value, &known, "type");
            let message = format!("`{}` has no type `{}`; expected {expected}", other.value, kind.value);
            self.report(Diagnostic::error(code::UNKNOWN_TYPE, kind.span, message).with_label("unknown type"));
        }
        found.map(|index| (party, index))
    }

    fn believed_number(&mut self, name: &Text, quantity: &crate::ast::QuantityItem) -> Option<BelievedNumber> {
        let found = self.situation.parameter(&name.value);
        if found.is_none() && !self.broken.contains(&name.value) && !self.tree.lost.has("parameters") {
            let known: Vec<&str> =
                self.situation.parameters.iter().filter(|p| p.named).map(|p| p.id.as_str()).collect();
            let expected = expected_names(&name.value, &known, "parameter");
            let message = format!("there is no parameter `{}`; expected {expected}", name.value);
            self.report(Diagnostic::error(code::UNKNOWN_NAME, name.span, message).with_label("unknown parameter"));
        }
        let origin = self.origin(name.span, &quantity.because, quantity.about.as_ref());
        let value = self.read_quantity(quantity, Scope::Parameters)?;
        Some(BelievedNumber { parameter: found?, value, origin })
    }

    /// The situation that a party believes in must have numbers everywhere.
    fn check_believed_amounts(&mut self, item: &BeliefItem, outer: Option<&Belief>, belief: &Belief) {
        if belief.parameters.is_empty() || self.faults.any() {
            return;
        }
        let base = outer.map(|outer| self.situation.with_numbers(outer));
        let believed: Situation = base.as_ref().unwrap_or(&self.situation).with_numbers(belief);
        if eval::central_point(&believed).is_none() {
            self.report(Diagnostic::error(
                code::DIVISION,
                item.party.span,
                format!("with the numbers that `{}` believes in an amount divides by zero", item.party.value),
            ));
        }
    }
}
