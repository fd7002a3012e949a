//! From the tree of a file to a checked situation, or to diagnostics.
//!
//! Checking never stops at the first fault: every section is read with what the
//! others yielded, and a name whose declaration is faulty is not reported again where
//! it is used. The order is parties, sources, claims, parameters, issues, named
//! outcomes, constraints, status quo, preferences, beliefs, protocols; then, if nothing is wrong, the
//! lints that look at all outcomes ([`lints`]) and the evidence audit ([`evidence`]).

mod beliefs;
pub mod evidence;
pub(crate) mod faults;
mod forms;
pub mod goods;
mod issues;
pub mod lints;
pub(crate) mod names;
mod nuance_lints;
mod nuances;
mod order;
mod outcomes;
mod preferences;
mod protocols;
pub(crate) mod quantities;
mod rankings;
mod talks;

use std::collections::BTreeMap;

use detente_base::{Diagnostic, Severity, Span};

use crate::ast::{Scenario, Text};
use crate::codes::meaning as code;
use crate::expr::resolve::unknown_value;
use crate::expr::resolve::{Resolver, Scope};
use crate::expr::{Expr, eval};
use crate::situation::{ClaimId, IssueId, Origin, PartyId, Situation};
use crate::suggest::{expected_names, nearest};
use crate::yaml::shortened;
use faults::{Faults, Kind};

/// Most parts of named outcomes that the expressions of one file repeat; some 100 MB.
pub(crate) const MAX_REPEATED: usize = 1_000_000;

/// What checking a tree yields.
#[derive(Debug)]
pub struct Checked {
    /// The situation, unless an error stands in its way.
    pub situation: Option<Situation>,
    /// Everything found, in order of place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks a tree.
///
/// Cost: linear in the file, plus one pass over all outcomes for each condition as
/// long as there are at most [`lints::MAX_OUTCOMES`] of them.
pub fn check_scenario(scenario: &Scenario) -> Checked {
    check_tree(scenario, Lints::Run)
}

/// Whether to look for faults that show only over all outcomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lints {
    /// Look, unless an error was found before.
    Run,
    /// Do not: the tree lacks parts that could not be read.
    Skip,
}

pub(crate) fn check_tree(scenario: &Scenario, lints: Lints) -> Checked {
    let mut checker = Checker {
        tree: scenario,
        situation: Situation::default(),
        broken: scenario.lost_names.clone(),
        allowance: MAX_REPEATED,
        unset: Vec::new(),
        faults: Faults::default(),
        claim_places: BTreeMap::new(),
        backing: Vec::new(),
    };
    checker.run();
    let Checker { situation, faults, backing, .. } = checker;
    let mut faults = faults.into_sorted();
    let is_error = |d: &Diagnostic| d.severity == Severity::Error;
    if lints == Lints::Run && !faults.iter().any(is_error) {
        let goods = situation.negotiation.iter().flat_map(|talks| &talks.divide).copied().collect::<Vec<_>>();
        faults.extend(goods::check_goods(&situation, &goods));
    }
    if lints == Lints::Run && !faults.iter().any(is_error) {
        faults.extend(lints::lint_situation(&situation));
        faults.extend(evidence::audit(&situation, &backing));
    }
    faults.sort_by_key(|d| (d.span.start, d.span.end, d.code.0));
    let failed = faults.iter().any(is_error);
    Checked { situation: (!failed).then_some(situation), diagnostics: faults }
}

/// A number of the file and whether a claim stands behind it.
#[derive(Clone, Debug)]
pub struct Backing {
    /// The number's place.
    pub span: Span,
    /// What it is, for a message.
    pub what: String,
    /// Whether it, or the entry it belongs to, names a claim.
    pub backed: bool,
}

pub(crate) struct Checker<'a> {
    tree: &'a Scenario,
    situation: Situation,
    /// Names whose declarations are faulty.
    broken: Vec<String>,
    /// How many parts of named outcomes expressions may still repeat.
    allowance: usize,
    /// Issues of which it is not known who sets them.
    unset: Vec<String>,
    faults: Faults,
    /// Claims by id.
    claim_places: BTreeMap<String, usize>,
    /// Numbers met on the way.
    backing: Vec<Backing>,
}

impl Checker<'_> {
    fn run(&mut self) {
        if let Some(title) = &self.tree.title {
            self.situation.title.clone_from(&title.value);
        }
        self.situation.about = self.tree.about.as_ref().map(|t| t.value.clone());
        self.check_parties();
        self.check_sources_and_claims();
        self.check_parameters();
        self.check_issues();
        self.check_name_clashes();
        self.check_outcomes();
        self.check_moves();
        self.check_unseen();
        self.check_constraints();
        self.check_status_quo();
        self.check_preferences();
        self.check_beliefs();
        self.check_protocols();
        self.check_forms();
        self.check_negotiation();
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.faults.push(diagnostic);
    }

    fn condition(&mut self, text: &Text, scope: Scope) -> Option<Expr> {
        let found = self.resolve(scope, |resolver| resolver.condition(text))?;
        let place = found.span;
        self.check_division(&found, place, "condition", eval::is_undefined);
        Some(found)
    }

    fn amount(&mut self, text: &Text, scope: Scope) -> Option<Expr> {
        self.resolve(scope, |resolver| resolver.amount(text))
    }

    fn resolve(&mut self, scope: Scope, read: impl FnOnce(&mut Resolver<'_>) -> Option<Expr>) -> Option<Expr> {
        let mut resolver = Resolver::new(&self.situation, scope, &self.broken);
        resolver.names_lost = ["issues", "outcomes", "parameters"].iter().any(|section| self.tree.lost.has(section));
        resolver.allowance = self.allowance;
        let expr = read(&mut resolver);
        let Resolver { faults, mut unknown, allowance, .. } = resolver;
        self.allowance = allowance;
        for (index, fault) in faults.into_iter().enumerate() {
            match unknown.remove(&index) {
                Some((kind, name)) => self.faults.push_unknown(kind, name, fault),
                None => self.faults.push(fault),
            }
        }
        expr
    }

    /// Reports a value that an issue does not have.
    fn unknown_value(&mut self, issue: IssueId, text: &Text) {
        let issue = &self.situation.issues[issue.index()];
        let fault = unknown_value(issue, &text.value, text.span);
        self.faults.push_unknown(Kind::Value, format!("{} {}", issue.id, text.value), fault);
    }

    fn party(&mut self, text: &Text) -> Option<PartyId> {
        let found = self.situation.party(&text.value);
        let lost = self.tree.lost.has("parties") || self.tree.parties.is_empty();
        if found.is_none() && !lost && !self.broken.contains(&text.value) {
            let known = self.situation.parties.iter().map(|p| p.id.as_str()).collect();
            let fault = unknown(code::UNKNOWN_PARTY, "party", text, known);
            self.faults.push_unknown(Kind::Party, text.value.clone(), fault);
        }
        found
    }

    fn claims(&mut self, because: &[Text]) -> Vec<ClaimId> {
        let mut ids = Vec::new();
        for text in because {
            match self.claim_places.get(&text.value).copied() {
                Some(index) => ids.push(ClaimId::from_index(index)),
                None if self.tree.lost.has("claims") => {}
                None => {
                    let known = self.situation.claims.iter().map(|c| c.id.as_str()).collect();
                    let fault = unknown(code::UNKNOWN_CLAIM, "claim", text, known);
                    self.faults.push_unknown(Kind::Claim, text.value.clone(), fault);
                }
            }
        }
        ids
    }

    fn origin(&mut self, span: Span, because: &[Text], about: Option<&Text>) -> Origin {
        Origin { span, because: self.claims(because), about: about.map(|t| t.value.clone()) }
    }
}

/// The fault of a name that is not declared.
fn unknown(code: detente_base::Code, what: &str, text: &Text, known: Vec<&str>) -> Diagnostic {
    let expected = expected_names(&text.value, &known, what);
    let message = format!("there is no {what} `{}`; expected {expected}", shortened(&text.value));
    let fault = Diagnostic::error(code, text.span, message).with_label(format!("unknown {what}"));
    match nearest(&text.value, known) {
        Some(near) => fault.with_help(format!("did you mean `{near}`?")).with_replacement(near),
        None => fault,
    }
}
