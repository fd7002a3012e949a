//! How parties bargain: who takes part, and which numbers a model needs.

use detente_base::{Diagnostic, Exact, Span};

use super::Checker;
use super::quantities::NumberRole;
use crate::ast::{ProtocolItem, ProtocolNumberItem, Text};
use crate::codes::meaning as code;
use crate::expr::eval;
use crate::expr::resolve::Scope;
use crate::situation::{
    NumberField, NumberOf, Origin, ParameterOrNumber, PartyId, Protocol, ProtocolKind, ProtocolNumber, Situation,
    Within,
};

impl Checker<'_> {
    pub(super) fn check_protocols(&mut self) {
        for item in &self.tree.protocols {
            if let Some(protocol) = self.protocol(item) {
                self.situation.protocols.push(protocol);
            }
        }
    }

    fn protocol(&mut self, item: &ProtocolItem) -> Option<Protocol> {
        let kind = ProtocolKind::from_word(&item.kind.value)?;
        let origin = self.origin(item.id.span, &item.because, item.about.as_ref());
        let found: Vec<Option<PartyId>> = item.parties.iter().map(|(_, text)| self.party(text)).collect();
        let parties: Option<Vec<PartyId>> = found.into_iter().collect();
        let mut numbers = Vec::new();
        for number in &item.numbers {
            numbers.push(self.protocol_number(item, number, kind, parties.as_deref(), &origin));
        }
        let parties = parties.filter(|_| !item.lost.has("between"))?;
        self.check_party_list(item, kind, &parties)?;
        let numbers: Vec<ProtocolNumber> = numbers.into_iter().collect::<Option<_>>()?;
        let words = item.words.iter().map(|(field, text)| (*field, text.value.trim().to_owned())).collect();
        let name = item.name.as_ref().map_or_else(|| item.id.value.clone(), |name| name.value.clone());
        let protocol = Protocol { id: item.id.value.clone(), name, kind, parties, numbers, words, origin };
        self.check_no_gap(item, &protocol)?;
        self.check_together(item, &protocol)?;
        Some(protocol)
    }

    /// Each party once, and as many as the model takes.
    fn check_party_list(&mut self, item: &ProtocolItem, kind: ProtocolKind, parties: &[PartyId]) -> Option<()> {
        let id = &item.id.value;
        let twice = (1..parties.len()).find(|at| parties[..*at].contains(&parties[*at]));
        if let Some(at) = twice {
            let text = &item.parties[at].1;
            self.report(
                Diagnostic::error(
                    code::DUPLICATE_PARTY,
                    text.span,
                    format!("`{}` is listed twice in the protocol `{id}`; expected each party once", text.value),
                )
                .with_label("listed again"),
            );
            return None;
        }
        let (least, most) = kind.party_count();
        if (least..=most).contains(&parties.len()) {
            return Some(());
        }
        if parties.len() < least {
            // Too short a list has been refused as such.
            return None;
        }
        let expected = if least == most { format!("{least}") } else { format!("{least} to {most}") };
        let span = item.parties.first().map_or(item.id.span, |(_, text)| text.span);
        let message = format!(
            "the protocol `{id}` is between {} parties; expected {expected} for `{}`",
            parties.len(),
            kind.word()
        );
        self.report(Diagnostic::error(code::PROTOCOL_PARTIES, span, message));
        None
    }

    fn protocol_number(
        &mut self,
        item: &ProtocolItem,
        number: &ProtocolNumberItem,
        kind: ProtocolKind,
        parties: Option<&[PartyId]>,
        inherited: &Origin,
    ) -> Option<ProtocolNumber> {
        let party = match &number.party {
            Some(text) => Some(self.taking_part(item, text, parties)?),
            None => None,
        };
        let whose = number.party.as_ref().map_or_else(String::new, |text| format!(" of `{}`", text.value));
        let what = format!("the `{}`{whose} in `{}`", number.field, item.id.value);
        let because = [number.value.because.as_slice(), item.because.as_slice()].into_iter().find(|b| !b.is_empty());
        let origin = self.origin(number.value.span, because.unwrap_or_default(), number.value.about.as_ref());
        let value = self.plain_number(&number.value, what.clone(), inherited)?;
        let field = kind.number_fields().iter().find(|field| field.name == number.field)?;
        self.check_within(field, &what, &value, number.value.span)?;
        Some(ProtocolNumber { field: number.field, party, value, origin })
    }

    /// The party that a number belongs to.
    fn taking_part(&mut self, item: &ProtocolItem, text: &Text, parties: Option<&[PartyId]>) -> Option<PartyId> {
        let party = self.party(text)?;
        if parties.is_none_or(|parties| parties.contains(&party)) || item.lost.has("between") {
            return Some(party);
        }
        self.report(
            Diagnostic::error(
                code::PROTOCOL_STRANGER,
                text.span,
                format!(
                    "`{}` takes no part in the protocol `{}`; expected one of those that do",
                    text.value, item.id.value
                ),
            )
            .with_label("takes no part"),
        );
        None
    }

    /// A number or parameter, for any use.
    fn plain_number(
        &mut self,
        item: &crate::ast::QuantityItem,
        what: String,
        inherited: &Origin,
    ) -> Option<ParameterOrNumber> {
        let role = NumberRole { what: what.clone(), inherited, scope: Scope::Parameters };
        let expr = self.number_expression(item, &role)?;
        Some(self.number_of_expression(expr, what, item.span))
    }

    fn check_within(&mut self, field: &NumberField, what: &str, value: &ParameterOrNumber, span: Span) -> Option<()> {
        let (low, high) = eval::number_bounds(&self.situation, value)?;
        let (holds, expected) = match field.within {
            Within::Between => (low.signum() > 0 && high < Exact::ONE, "a number above 0 and below 1"),
            Within::UpToOne => (low.signum() > 0 && high <= Exact::ONE, "a number above 0 and at most 1"),
            Within::Share => (low.signum() >= 0 && high <= Exact::ONE, "a number from 0 to 1"),
            Within::BelowOne => (low.signum() >= 0 && high < Exact::ONE, "a number from 0 to below 1"),
            Within::Positive => (low.signum() > 0, "a number above 0"),
            Within::NotNegative => (low.signum() >= 0, "0 or a number above it"),
            Within::Whole => {
                let whole = low == high && low.as_integer().is_some_and(|n| (1..=1_000).contains(&n));
                (whole, "a whole number from 1 to 1000")
            }
            Within::Any => (true, ""),
        };
        if holds {
            return Some(());
        }
        let shown = if low == high { low.to_string() } else { format!("{low}..{high}") };
        self.report(Diagnostic::error(code::OUT_OF_RANGE, span, format!("{what} is {shown}; expected {expected}")));
        None
    }

    /// What each party must have, each has.
    fn check_no_gap(&mut self, item: &ProtocolItem, protocol: &Protocol) -> Option<()> {
        let mut whole = Some(());
        for field in protocol.kind.number_fields() {
            let given = protocol.numbers.iter().any(|number| number.field == field.name);
            if field.of != NumberOf::EveryParty || !given || item.lost.has(field.name) {
                continue;
            }
            let parties = protocol.parties.iter().filter(|party| protocol.number(field.name, Some(**party)).is_none());
            let missing: Vec<&str> = parties.map(|party| self.situation.parties[party.index()].id.as_str()).collect();
            if missing.is_empty() {
                continue;
            }
            let missing = crate::suggest::list_names(missing);
            let first = item.numbers.iter().find(|number| number.field == field.name);
            let span = first.map_or(item.id.span, |number| number.value.span);
            let message = format!(
                "the protocol `{}` has no `{}` for {missing}; expected one for each party",
                protocol.id, field.name
            );
            self.report(Diagnostic::error(code::PROTOCOL_GAP, span, message));
            whole = None;
        }
        whole
    }

    /// Numbers that must fit together do, wherever in their ranges they lie.
    fn check_together(&mut self, item: &ProtocolItem, protocol: &Protocol) -> Option<()> {
        let bounds = Bounds { situation: &self.situation, protocol };
        let fault = match protocol.kind {
            ProtocolKind::AlternatingOffers => bounds.of_offers(),
            ProtocolKind::Reputation => bounds.of_demands(),
            ProtocolKind::Screening | ProtocolKind::DoubleAuction => bounds.of_ends(),
            ProtocolKind::RandomProposer => bounds.of_votes(),
            _ => None,
        };
        let Some((field, words)) = fault else { return Some(()) };
        let place = item.numbers.iter().find(|number| number.field == field);
        let span = place.map_or(item.id.span, |number| number.value.span);
        let message = format!("`{field}` of the protocol `{}` {words}", protocol.id);
        self.report(Diagnostic::error(code::PROTOCOL_NUMBERS, span, message));
        None
    }
}

/// Where the numbers of a protocol lie.
struct Bounds<'a> {
    situation: &'a Situation,
    protocol: &'a Protocol,
}

/// A field at fault, and how.
type Misfit = (&'static str, String);

impl Bounds<'_> {
    fn has(&self, field: &str) -> bool {
        self.protocol.numbers.iter().any(|number| number.field == field)
    }

    fn of(&self, field: &str, party: Option<PartyId>) -> Option<(Exact, Exact)> {
        eval::number_bounds(self.situation, &self.protocol.number(field, party)?.value)
    }

    fn any(&self, field: &str, fails: impl Fn(&Exact, &Exact) -> bool) -> bool {
        let mut each = self.protocol.parties.iter().filter_map(|party| self.of(field, Some(*party)));
        each.any(|(low, high)| fails(&low, &high))
    }

    /// Least and greatest sum over the parties; those without a number count as 0.
    fn sum(&self, field: &str) -> (Exact, Exact) {
        let each = self.protocol.parties.iter().filter_map(|party| self.of(field, Some(*party)));
        each.fold((Exact::ZERO, Exact::ZERO), |(low, high), (l, h)| (&low + &l, &high + &h))
    }

    fn of_offers(&self) -> Option<Misfit> {
        let (least, most) = self.of("breakdown", None).unwrap_or_default();
        let lasting = least.is_zero();
        let payoffs = self.sum("breakdown_payoffs").1;
        if self.has("patience") {
            if lasting && self.any("patience", |_, high| *high == Exact::ONE) {
                return Some(("patience", "may be 1, and talks may never break down; expected less than 1".into()));
            }
            if most > Exact::ONE {
                return Some((
                    "breakdown",
                    "is a chance that may be more than 1; expected a number from 0 to 1".into(),
                ));
            }
            if self.any("hazards", |_, high| *high >= Exact::ONE) {
                return Some(("hazards", "is a chance in each round that may be 1; expected less than 1".into()));
            }
        } else if self.has("rates") {
            let hasty = self.any("rates", |low, _| low.signum() > 0) || self.any("hazards", |low, _| low.signum() > 0);
            if lasting && !hasty {
                return Some((
                    "rates",
                    "may be 0 for both, and talks may never break down; expected more for one".into(),
                ));
            }
        }
        let words = format!("may add up to {payoffs}; expected at most 1");
        (payoffs > Exact::ONE).then_some(("breakdown_payoffs", words))
    }

    fn of_demands(&self) -> Option<Misfit> {
        let least = self.sum("demands").0;
        let words = format!("may add up to {least}; expected more than 1: demands that fit together are met");
        (least <= Exact::ONE).then_some(("demands", words))
    }

    fn of_ends(&self) -> Option<Misfit> {
        let ((_, low), (high, _)) = (self.of("low", None)?, self.of("high", None)?);
        (low >= high).then(|| ("high", format!("may be {high} and `low` {low}; expected more than `low`")))
    }

    fn of_votes(&self) -> Option<Misfit> {
        let votes = self.of("votes", None)?.0;
        let parties = self.protocol.parties.len();
        let all = Exact::from(parties as i64);
        if votes > all {
            return Some(("votes", format!("is {votes}; expected at most {parties}, the number of parties")));
        }
        // Unlike parties are solved for unanimity only.
        let alike = |field: &&str| {
            let mut each = self.protocol.parties.iter().map(|party| self.of(field, Some(*party)).unwrap_or_default());
            let first = each.next();
            each.all(|other| Some(other) == first)
        };
        let unlike = ["patience", "hazards", "weights"].into_iter().find(|field| !alike(field))?;
        let words = "differs between parties; expected the same for all where fewer than all must agree".to_owned();
        (votes < all).then_some((unlike, words))
    }
}
