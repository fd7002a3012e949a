//! What is negotiated.

use super::Printer;
use crate::situation::{Foresight, Opening};

impl Printer<'_> {
    pub(super) fn negotiation(&mut self) {
        let situation = self.situation;
        let Some(talks) = &situation.negotiation else { return };
        self.line(0, "negotiation:");
        self.optional(2, "about", talks.origin.about.as_ref());
        if !talks.origin.because.is_empty() {
            self.line(2, &format!("because: [{}]", self.claim_ids(&talks.origin.because)));
        }
        if !talks.between.is_empty() {
            let names: Vec<&str> = talks.between.iter().map(|p| situation.parties[p.index()].id.as_str()).collect();
            self.line(2, &format!("between: [{}]", names.join(", ")));
        }
        if !talks.over.is_empty() {
            let names: Vec<&str> = talks.over.iter().map(|i| situation.issues[i.index()].id.as_str()).collect();
            self.line(2, &format!("over: [{}]", names.join(", ")));
        }
        if let Some(failing) = &talks.without_agreement {
            let name = failing.foresight.map_or("own", Foresight::symbol);
            self.line(2, &format!("without_agreement: {name}"));
        }
        if !talks.divide.is_empty() {
            let names: Vec<&str> = talks.divide.iter().map(|(i, _)| situation.issues[i.index()].id.as_str()).collect();
            self.line(2, &format!("divide: [{}]", names.join(", ")));
        }
        if !talks.reservations.is_empty() {
            self.line(2, "reservations:");
        }
        for reservation in &talks.reservations {
            let party = &situation.parties[reservation.party.index()].id;
            let value = self.chance(&reservation.worth);
            // An unnamed range is a mapping, and carries its claims itself.
            let value = if value.starts_with('{') {
                value
            } else {
                format!("{{value: {value}{}}}", self.trailer(&reservation.origin, &talks.origin.because))
            };
            self.line(4, &format!("{party}: {value}"));
        }
        if !talks.openings.is_empty() {
            self.line(2, "openings:");
        }
        for opening in &talks.openings {
            self.opening(opening, &talks.origin.because);
        }
    }

    fn opening(&mut self, opening: &Opening, inherited: &[crate::situation::ClaimId]) {
        let situation = self.situation;
        self.line(4, &format!("{}:", situation.parties[opening.party.index()].id));
        for (issue, value) in &opening.demands {
            let issue = &situation.issues[issue.index()];
            self.line(6, &format!("{}: {}", issue.id, super::quoted(&issue.values[value.index()].id)));
        }
        if !opening.origin.because.is_empty() && opening.origin.because != inherited {
            self.line(6, &format!("because: [{}]", self.claim_ids(&opening.origin.because)));
        }
    }
}
