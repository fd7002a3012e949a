//! A negotiation as a situation.

use std::collections::BTreeSet;

use detente_base::{Exact, Span};

use super::{Aggregation, Domain, DomainIssue, Pays, Profile, Rectangles, ValueBound, Worth};
use crate::expr::{Expr, ExprKind};
use crate::import::identifier;
use crate::situation::{
    Issue, IssueId, IssueKind, Moves, Nuances, Origin, ParameterOrNumber, Party, PartyId, PartyType, PreferenceForm,
    Preferences, Reservation, SetBy, Situation, Talks, Value, ValueId, WorthTerm,
};

/// The situation that a domain and the profiles of parties describe.
///
/// All parties set every issue jointly; what the values are worth becomes `worth`, exactly, and
/// what parties have without an agreement `reservations`. An issue with one value is nothing to
/// settle: what it adds is a term of its own. Discounts have no place in a scenario and are left
/// out.
///
/// Cost: linear in the number of values, times parties.
///
/// # Errors
/// The name of a party whose worth is the greatest or the least over hyper-rectangles.
pub fn situation_from_negotiation(
    domain: &Domain,
    profiles: &[(String, Profile)],
    title: &str,
) -> Result<Situation, String> {
    let mut situation = Situation { title: title.to_owned(), ..Situation::default() };
    let everybody: Vec<PartyId> = (0..profiles.len()).map(PartyId::from_index).collect();
    let mut taken = BTreeSet::new();
    let mut places = Vec::new();
    for issue in &domain.issues {
        let settled = issue.values.len() > 1;
        places.push(settled.then(|| IssueId::from_index(situation.issues.len())));
        if settled {
            situation.issues.push(issue_of(issue, &everybody, &mut taken));
        }
    }
    let terms = Terms { domain, places };
    let mut taken = BTreeSet::new();
    let mut talks = Talks::default();
    for (at, (name, profile)) in profiles.iter().enumerate() {
        let party = PartyId::from_index(at);
        situation.parties.push(Party {
            id: identifier(name, "party", &mut taken),
            name: name.clone(),
            foresight: None,
            unseen: Vec::new(),
            origin: Origin::default(),
        });
        let found = terms.of(&profile.worth).ok_or_else(|| name.clone())?;
        let form = if found.is_empty() { PreferenceForm::Indifferent } else { PreferenceForm::Worth(found) };
        let only = PartyType { id: None, name: String::new(), chance: None, form, origin: Origin::default() };
        let origin = Origin::default();
        situation.preferences.push(Preferences { types: vec![only], nuances: Nuances::default(), origin });
        let worth = ParameterOrNumber::Number(profile.reservation.clone());
        talks.reservations.push(Reservation { party, worth, origin: Origin::default() });
    }
    talks.between = everybody;
    situation.negotiation = Some(talks);
    Ok(situation)
}

fn issue_of(issue: &DomainIssue, everybody: &[PartyId], taken: &mut BTreeSet<String>) -> Issue {
    let mut ids = BTreeSet::new();
    let mut value = |name: &String| Value {
        id: identifier(name, "value", &mut ids),
        name: name.clone(),
        number: None,
        span: issue.span,
    };
    Issue {
        id: identifier(&issue.name, "issue", taken),
        name: issue.name.clone(),
        values: issue.values.iter().map(&mut value).collect(),
        kind: IssueKind::Named,
        set_by: match everybody {
            [only] => SetBy::Party(*only),
            _ => SetBy::Jointly(everybody.to_vec()),
        },
        moves: Moves::Free,
        unit: None,
        origin: Origin::default(),
    }
}

/// What packages are worth, as terms over the issues of the situation.
struct Terms<'d> {
    domain: &'d Domain,
    /// By issue of the domain, that of the situation; `None` for issues with one value.
    places: Vec<Option<IssueId>>,
}

impl Terms<'_> {
    fn of(&self, worth: &Worth) -> Option<Vec<WorthTerm>> {
        match worth {
            Worth::Additive(worths) => Some(self.additive(worths)),
            Worth::Rectangles(rectangles) => self.rectangles(rectangles),
        }
    }

    fn additive(&self, worths: &[Vec<Exact>]) -> Vec<WorthTerm> {
        let mut found = Vec::new();
        for (values, place) in worths.iter().zip(&self.places) {
            for (value, worth) in values.iter().enumerate().filter(|(_, worth)| !worth.is_zero()) {
                let when = place.map(|issue| is(issue, vec![ValueId::from_index(value)]));
                found.push(term(when, worth.clone()));
            }
        }
        found
    }

    /// Only sums are terms: the greatest or the least of several payments is not.
    fn rectangles(&self, found: &Rectangles) -> Option<Vec<WorthTerm>> {
        if found.aggregation != Aggregation::Sum && found.rectangles.len() > 1 {
            return None;
        }
        let pays = |amount: &Exact| (amount * &found.weight).checked_div(&found.unit).expect("above zero");
        let mut terms = Vec::new();
        for rectangle in &found.rectangles {
            let bounds: Vec<Expr> = rectangle.bounds.iter().map(|bound| self.bound(*bound)).collect();
            let inside = (!bounds.is_empty()).then(|| Expr::new(ExprKind::And(bounds), Span::default()));
            let when = match rectangle.pays {
                Pays::Inside => inside,
                Pays::Outside => inside.map(Expr::negated),
            };
            terms.push(term(when, pays(&rectangle.utility)));
        }
        Some(terms)
    }

    fn bound(&self, bound: ValueBound) -> Expr {
        let last = self.domain.issues[bound.issue].values.len() as u32 - 1;
        let values: Vec<ValueId> = (bound.least..=bound.greatest.min(last)).map(ValueId).collect();
        match self.places[bound.issue] {
            Some(issue) if !values.is_empty() => is(issue, values),
            place => Expr::new(ExprKind::Bool(place.is_none() && !values.is_empty()), Span::default()),
        }
    }
}

fn is(issue: IssueId, values: Vec<ValueId>) -> Expr {
    Expr::new(ExprKind::IssueIn(issue, values), Span::default())
}

fn term(when: Option<Expr>, amount: Exact) -> WorthTerm {
    let negative = amount < Exact::ZERO;
    let number = Expr::new(ExprKind::Number(if negative { -amount } else { amount }), Span::default());
    let add = if negative { Expr::new(ExprKind::Negate(Box::new(number)), Span::default()) } else { number };
    WorthTerm { when, add, origin: Origin::default() }
}
