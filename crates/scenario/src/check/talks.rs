//! What is negotiated.

use detente_base::{Diagnostic, Span};

use super::Checker;
use super::quantities::NumberRole;
use crate::ast::{AssignmentItem, QuantityItem, TalksItem, Text};
use crate::codes::meaning as code;
use crate::expr::resolve::{Scope, find_value};
use crate::situation::{
    Failing, IssueId, Opening, Origin, PartyId, PartyType, PreferenceForm, Reservation, SetBy, Talks,
};
use crate::suggest::list_names;

/// Every party looks ahead as far as it does elsewhere.
const OWN_FORESIGHT: &str = "own";

impl Checker<'_> {
    pub(super) fn check_negotiation(&mut self) {
        let Some(item) = &self.tree.negotiation else { return };
        let origin = self.origin(item.span, &item.because, item.about.as_ref());
        let mut talks = Talks { origin, ..Talks::default() };
        for text in &item.between {
            let party = self.party(text);
            self.add_once(text, party, &mut talks.between);
        }
        for text in &item.over {
            let issue = self.settled_issue(text);
            self.add_once(text, issue, &mut talks.over);
        }
        for text in &item.divide {
            self.add_good(item, &mut talks, text);
        }
        if let [only] = talks.between.as_slice()
            && item.between.len() == 1
        {
            let name = &self.situation.parties[only.index()].id;
            let message = format!("`{name}` is said to negotiate with nobody; expected two parties or more");
            self.report(
                Diagnostic::error(code::FEW_NEGOTIATORS, item.between[0].span, message)
                    .with_help("name the other parties too, or leave `between` out for all"),
            );
        }
        talks.without_agreement = item.without_agreement.as_ref().and_then(|text| self.failing(&talks, text));
        for (text, quantity) in &item.reservations {
            let reservation = self.reservation(&talks, text, quantity);
            talks.reservations.extend(reservation);
        }
        for (text, demands) in &item.openings {
            let opening = self.opening(item, &talks, text, demands);
            talks.openings.extend(opening);
        }
        self.situation.negotiation = Some(talks);
    }

    fn failing(&mut self, talks: &Talks, text: &Text) -> Option<Failing> {
        let foresight = if text.value == OWN_FORESIGHT {
            None
        } else {
            Some(self.foresight(text, &["R", "GMR", "SMR", "SEQ", "SSEQ", OWN_FORESIGHT])?)
        };
        Some(Failing { foresight, origin: Origin { span: text.span, ..talks.origin.clone() } })
    }

    fn add_once<T: PartialEq>(&mut self, text: &Text, found: Option<T>, list: &mut Vec<T>) {
        let Some(found) = found else { return };
        if list.contains(&found) {
            let message = format!("`{}` is named twice; expected each name once", text.value);
            self.report(Diagnostic::error(code::NOT_NEGOTIATED, text.span, message).with_help("drop one of the two"));
        } else {
            list.push(found);
        }
    }

    fn add_good(&mut self, item: &TalksItem, talks: &mut Talks, text: &Text) {
        let Some(issue) = self.settled_issue(text) else { return };
        if !talks.over.is_empty() && !talks.over.contains(&issue) {
            return self.report_not_settled(item, text);
        }
        let mut goods: Vec<IssueId> = talks.divide.iter().map(|(good, _)| *good).collect();
        self.add_once(text, Some(issue), &mut goods);
        if goods.len() > talks.divide.len() {
            talks.divide.push((issue, text.span));
        }
    }

    /// An issue that an agreement can settle.
    fn settled_issue(&mut self, text: &Text) -> Option<IssueId> {
        let Some(issue) = self.situation.issue(&text.value) else {
            if !self.broken.contains(&text.value) && !self.tree.lost.has("issues") {
                self.unknown_issue(text);
            }
            return None;
        };
        if let SetBy::Nature(_) = self.situation.issues[issue.index()].set_by {
            let message = format!("nature sets `{}`; expected an issue that parties can settle", text.value);
            self.report(Diagnostic::error(code::NOT_NEGOTIATED, text.span, message));
            return None;
        }
        Some(issue)
    }

    /// A party that is at the table.
    fn negotiator(&mut self, talks: &Talks, text: &Text) -> Option<PartyId> {
        let party = self.party(text)?;
        // A name of `between` that is not known may stand for this party.
        let whole = self.tree.negotiation.as_ref().is_none_or(|item| item.between.len() == talks.between.len());
        if whole && !talks.between.is_empty() && !talks.between.contains(&party) {
            let names = list_names(talks.between.iter().map(|id| self.situation.parties[id.index()].id.as_str()));
            let message = format!("`{}` does not negotiate; expected one of {names}", text.value);
            self.report(
                Diagnostic::error(code::NOT_NEGOTIATED, text.span, message)
                    .with_help(format!("add `{}` to `between`, or drop this entry", text.value)),
            );
            return None;
        }
        Some(party)
    }

    fn reservation(&mut self, talks: &Talks, text: &Text, quantity: &QuantityItem) -> Option<Reservation> {
        let party = self.negotiator(talks, text);
        let mut origin = self.origin(text.span.to(quantity.span), &quantity.because, quantity.about.as_ref());
        if origin.because.is_empty() {
            origin.because.clone_from(&talks.origin.because);
        }
        let what = format!("the reservation of `{}`", text.value);
        let role = NumberRole { what, inherited: &talks.origin, scope: Scope::Parameters };
        let worth = self.number_or_parameter(quantity, &role)?;
        let party = party?;
        let types = &self.situation.preferences[party.index()].types;
        let orders = |kind: &PartyType| !matches!(kind.form, PreferenceForm::Worth(_));
        if types.iter().any(orders) {
            let message = format!("the reservation of `{}` is a number, and its preferences have no worth", text.value);
            let help = format!(
                "give `{}` a `worth`, or say with `disagreement` what happens without an agreement",
                text.value
            );
            self.report(Diagnostic::error(code::RESERVATION_WITHOUT_WORTH, quantity.span, message).with_help(help));
            return None;
        }
        Some(Reservation { party, worth, origin })
    }

    fn opening(&mut self, item: &TalksItem, talks: &Talks, text: &Text, demands: &AssignmentItem) -> Option<Opening> {
        let party = self.negotiator(talks, text);
        let mut origin = self.origin(text.span.to(demands.span), &demands.because, None);
        if origin.because.is_empty() {
            origin.because.clone_from(&talks.origin.because);
        }
        let mut found = Vec::new();
        for (issue, value) in &demands.entries {
            let Some(id) = self.settled_issue(issue) else { continue };
            if !talks.over.is_empty() && !talks.over.contains(&id) {
                self.report_not_settled(item, issue);
                continue;
            }
            let Some(value) = value else { continue };
            match find_value(&self.situation.issues[id.index()], &value.value) {
                Some(value) => found.push((id, value)),
                None => self.unknown_value(id, value),
            }
        }
        Some(Opening { party: party?, demands: found, origin: Origin { span: text.span, ..origin } })
    }

    fn report_not_settled(&mut self, item: &TalksItem, issue: &Text) {
        let over: Span = item.over.iter().map(|text| text.span).reduce(Span::to).unwrap_or_default();
        let message = format!("`{}` is not negotiated; expected an issue of `over`", issue.value);
        self.report(
            Diagnostic::error(code::NOT_NEGOTIATED, issue.span, message)
                .with_place(over, "what is negotiated")
                .with_help(format!("add `{}` to `over`, or drop it here", issue.value)),
        );
    }
}
