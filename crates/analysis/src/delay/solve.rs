//! From the numbers of a protocol to what comes of them: `offers` for models in which
//! something is proposed, `waiting` for those in which somebody waits.

mod offers;
mod waiting;

use detente_bargain::time::TimeError;
use detente_base::Exact;
use detente_scenario::situation::ProtocolKind;

use super::answer::{Choice, Finding, Form, Measure, Verdict};
use super::terms::Terms;

/// What comes of a protocol at one point.
pub struct Solved {
    pub form: Form,
    pub found: Vec<Found>,
    pub verdicts: Vec<(Choice, Verdict)>,
    pub findings: Vec<Finding>,
    /// Position of the party that makes the first offer, and of the one that makes the last.
    pub first: Option<usize>,
    pub last: Option<usize>,
}

/// A result at one point.
pub struct Found {
    pub measure: Measure,
    pub party: Option<usize>,
    pub value: Value,
    /// Whether it is monotone in each number of the protocol by itself, so that it is least
    /// and greatest where every number is at an end of its range.
    pub monotone: bool,
}

/// A number that may have no end.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Exact(Exact),
    Float(f64),
    Endless,
}

impl Value {
    /// The nearest float; infinity where there is no end.
    pub fn near(&self) -> f64 {
        match self {
            Self::Exact(exact) => exact.to_f64(),
            Self::Float(float) => *float,
            Self::Endless => f64::INFINITY,
        }
    }
}

impl From<Exact> for Value {
    fn from(exact: Exact) -> Self {
        Self::Exact(exact)
    }
}

impl From<f64> for Value {
    fn from(float: f64) -> Self {
        Self::Float(float)
    }
}

impl Solved {
    fn new(form: Form) -> Self {
        Self { form, found: Vec::new(), verdicts: Vec::new(), findings: Vec::new(), first: None, last: None }
    }

    /// Adds a result that is monotone in each number.
    fn add(&mut self, measure: Measure, party: Option<usize>, value: impl Into<Value>) {
        self.found.push(Found { measure, party, value: value.into(), monotone: true });
    }

    /// Adds a result of which that is not shown.
    fn add_loose(&mut self, measure: Measure, party: Option<usize>, value: impl Into<Value>) {
        self.found.push(Found { measure, party, value: value.into(), monotone: false });
    }

    /// Adds a result for each party.
    fn add_each<T: Into<Value>>(&mut self, measure: Measure, values: impl IntoIterator<Item = T>) {
        values.into_iter().enumerate().for_each(|(party, value)| self.add(measure, Some(party), value));
    }

    fn add_each_loose<T: Into<Value>>(&mut self, measure: Measure, values: impl IntoIterator<Item = T>) {
        values.into_iter().enumerate().for_each(|(party, value)| self.add_loose(measure, Some(party), value));
    }
}

/// Solves a protocol. `name` gives the id of a party by its position.
///
/// # Errors
/// When a number is outside the domain of the model.
pub fn solve(terms: &Terms<'_>, name: &dyn Fn(usize) -> String) -> Result<Solved, TimeError> {
    match terms.protocol.kind {
        ProtocolKind::AlternatingOffers if terms.has("rates") => offers::continuous(terms, name),
        ProtocolKind::AlternatingOffers => offers::alternating(terms, name),
        ProtocolKind::Unanimity => offers::unanimity(terms, name),
        ProtocolKind::RandomProposer => offers::random_proposer(terms, name),
        ProtocolKind::Coase => offers::coase(terms),
        ProtocolKind::Screening => offers::screening(terms),
        ProtocolKind::DoubleAuction => offers::double_auction(terms),
        ProtocolKind::Attrition => waiting::attrition(terms),
        ProtocolKind::Reputation => waiting::reputation(terms, name),
        ProtocolKind::AudienceCosts => waiting::audience_costs(terms),
        ProtocolKind::DecayingWill => waiting::decaying_will(terms),
    }
}

/// How the answer of a form is defined.
pub fn definition(kind: ProtocolKind, form: Form) -> &'static str {
    match (kind, form) {
        (ProtocolKind::AlternatingOffers, Form::Deadline) => {
            "backward induction from the last offer of talks with alternating offers (Ståhl 1972)"
        }
        (ProtocolKind::AlternatingOffers, Form::Continuous) => {
            "limit of talks with alternating offers as the time between offers goes to nothing (Binmore, Rubinstein and \
             Wolinsky 1986)"
        }
        (ProtocolKind::AlternatingOffers, _) => {
            "the one subgame perfect equilibrium of talks with alternating offers (Rubinstein 1982; outside options as \
             Binmore, Shaked and Sutton 1989, breakdown as Binmore, Rubinstein and Wolinsky 1986)"
        }
        (ProtocolKind::Unanimity, Form::Rotation) => {
            "stationary equilibrium of talks in which parties propose in turn and all must agree (Osborne and Rubinstein \
             1990)"
        }
        (ProtocolKind::Unanimity, _) => {
            "stationary equilibrium of talks in which whoever refuses proposes next and all must agree (Chatterjee, \
             Dutta, Ray and Sengupta 1993)"
        }
        (ProtocolKind::RandomProposer, _) => {
            "stationary equilibrium of bargaining with a proposer that is drawn, closed rule (Baron and Ferejohn 1989)"
        }
        (ProtocolKind::Coase, _) => {
            "the linear equilibrium of offers by a proposer that does not know the other's worth, uniform from 0 (Sobel \
             and Takahashi 1983; Gul, Sonnenschein and Wilson 1986)"
        }
        (ProtocolKind::Screening, _) => {
            "perfect Bayesian equilibrium of two offers to a party of two types (Fudenberg and Tirole 1983)"
        }
        (ProtocolKind::DoubleAuction, _) => {
            "the linear equilibrium of a sealed-bid double auction at the middle price (Chatterjee and Samuelson 1983)"
        }
        (ProtocolKind::Attrition, _) => {
            "the mixed equilibrium of a war of attrition in which nobody gives in at once (Hendricks, Weiss and Wilson \
             1988)"
        }
        (ProtocolKind::Reputation, _) => {
            "equilibrium of bargaining with one obstinate type on each side, demands given (Abreu and Gul 2000)"
        }
        (ProtocolKind::AudienceCosts, _) => {
            "equilibrium of a war of attrition with growing audience costs, prize and worst war 1 (Fearon 1994)"
        }
        (ProtocolKind::DecayingWill, Form::Target) => {
            "best reply of a target to a threat that is carried out at a constant hazard while what it is worth, falling \
             exponentially, covers its cost less that of backing down"
        }
        (ProtocolKind::DecayingWill, _) => {
            "time until what carrying out a threat is worth, falling exponentially, no longer covers its cost less that \
             of backing down"
        }
    }
}
