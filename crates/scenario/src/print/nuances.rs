//! What qualifies an order of outcomes.

use super::Printer;
use crate::situation::{ClaimId, Nuances, Strong};

impl Printer<'_> {
    pub(super) fn nuances(&mut self, nuances: &Nuances, inherited: &[ClaimId]) {
        if !nuances.unknown.is_empty() {
            self.line(4, "unknown:");
        }
        for pairs in &nuances.unknown {
            let and = pairs.and.as_ref().map_or_else(String::new, |and| format!(", and: {}", self.expression(and)));
            let trailer = self.trailer(&pairs.origin, inherited);
            self.line(6, &format!("- {{between: {}{and}{trailer}}}", self.expression(&pairs.between)));
        }
        match &nuances.strong {
            Strong::Nothing => {}
            Strong::Gap(gap, origin) => {
                let trailer = self.trailer(origin, inherited);
                self.line(4, &format!("strong: {{gap: \"{gap}\"{trailer}}}"));
            }
            Strong::Pairs(pairs) => {
                self.line(4, "strong:");
                for pairs in pairs {
                    let (better, worse) = (self.expression(&pairs.better), self.expression(&pairs.worse));
                    let trailer = self.trailer(&pairs.origin, inherited);
                    self.line(6, &format!("- {{better: {better}, worse: {worse}{trailer}}}"));
                }
            }
        }
        if !nuances.chances.is_empty() {
            self.line(4, "chances:");
        }
        for pairs in &nuances.chances {
            let (better, worse) = (self.expression(&pairs.better), self.expression(&pairs.worse));
            let (chance, trailer) = (self.chance(&pairs.chance), self.trailer(&pairs.origin, inherited));
            self.line(6, &format!("- {{better: {better}, worse: {worse}, chance: {chance}{trailer}}}"));
        }
        if let Some(threshold) = &nuances.threshold {
            let text = self.chance(&threshold.value);
            self.line(4, &format!("threshold: {text}"));
        }
        if !nuances.attitudes.is_empty() {
            self.line(4, "attitudes:");
        }
        for attitude in &nuances.attitudes {
            let party = &self.situation.parties[attitude.party.index()].id;
            self.line(6, &format!("{party}: {}", attitude.attitude.word()));
        }
    }
}
