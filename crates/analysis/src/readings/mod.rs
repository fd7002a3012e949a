//! Which outcomes hold when preferences are less than an order, or more?
//!
//! A file may say that comparisons are not known, that outcomes are greatly better than
//! others, how likely it is that one is preferred, and how parties feel about each
//! other. Each of these can be read in one or several ways; the answer has what holds
//! in each, where the readings differ, and which statement decides.
//!
//! - *order*: the order alone, as all other questions take it;
//! - *a* to *d*: the readings of unknown comparisons; *sure*: what holds however the
//!   gaps are filled, as far as the bounds show it;
//! - *strong*: deterred only by what is greatly worse;
//! - *attitudes*: relational stability;
//! - *chances*: what is preferred with a chance above the threshold, over all types.
//!
//! Reading order: [`ReadingsAnswer`], [`readings`]; `lower` (situation to engine),
//! `family` (a reading as a judgement), `why` (evidence).
//!
//! Left out: ranges of numbers; all is told at the central values. Moves that need
//! consent find it by the order, and in the readings by chances when no other setter
//! prefers what is replaced with a chance above its threshold.

mod family;
mod lower;
mod nuances;
mod view;
mod why;

pub use nuances::nuance_views;
pub use view::*;

use std::collections::{BTreeMap, BTreeSet};

use detente_base::{Budget, SourceText, StopReason};
use detente_conflict::pairwise::{Caution, GradedPreference, Judgement, Likely, Severity, Ties, solve};
use detente_conflict::{FixedBitSet, Model, Solution, StateId, SureStability, bound_stability};
use detente_scenario::expr::eval::{Interval, central_point};
use detente_scenario::situation::Situation;

use crate::ask::{AskError, FORMAT, MAX_PROFILES, Options, party_of, with_options};
use crate::close::{CONCEPTS, number};
use crate::find::find_outcomes;
use crate::overview::{brief, listing, outcome_views};
use crate::profile::{Profile, profiles};
use crate::ranks::profile_ranks;
use crate::report::{CheckedCount, Completion, OutcomeNumber};
use crate::structure::Structure;
use family::{Family, Reading};
use lower::Lowering;
use nuances::{has_chances, only_chances};
use why::{Case, Why};

/// Most outcomes for which it is asked what holds however gaps are filled: the bounds
/// take time that grows with the square of the number.
const MAX_BOUNDED: usize = 2_000;

/// Most outcomes explained when the user asks for a set of them.
const MAX_ASKED: usize = 12;

/// Which outcomes hold in each reading of the preferences.
///
/// # Errors
/// When the options name something that the situation does not have, or the file says
/// nothing that could be read in several ways.
pub fn readings(
    source: &SourceText,
    situation: &Situation,
    options: &Options,
    budget: &Budget,
) -> Result<ReadingsAnswer, AskError> {
    let situation = &with_options(situation, options)?;
    let only = options.party.as_ref().map(|id| party_of(situation, id)).transpose()?;
    let statements = nuance_views(situation, source);
    if statements.is_empty() && !has_chances(situation) {
        return Err(AskError::new(
            "the file says nothing that can be read in several ways",
            Some(
                "add `unknown`, `strong`, `chances` or `attitudes` to a party's preferences, or `chance` to its types"
                    .into(),
            ),
        ));
    }
    let mut answer = ReadingsAnswer {
        format: FORMAT,
        situation: brief(situation, None),
        completion: Completion::Complete,
        statements,
        parts: Vec::new(),
        outcomes: Vec::new(),
        checked: CheckedCount::default(),
    };
    let Some(structure) = listing(situation, (&mut answer.situation, &mut answer.completion), budget) else {
        return Ok(answer);
    };
    let asked = options.outcome.as_ref().map(|text| find_outcomes(&structure, text)).transpose()?;
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let mut asking = Asking {
        structure: &structure,
        point: &point,
        statements: &answer.statements,
        asked: asked.unwrap_or_default(),
        only,
        limit: options.list_limit,
        budget,
        checked: CheckedCount::default(),
        mentioned: BTreeSet::new(),
    };
    let parts = asking.parts();
    let Asking { checked, mentioned, .. } = asking;
    if let Some(reason) = parts.iter().find_map(|part| stop_of(&part.completion)) {
        answer.completion = Completion::Undecided { reason };
    }
    answer.parts = parts;
    answer.outcomes = outcome_views(&structure, &mentioned);
    answer.checked = checked;
    Ok(answer)
}

fn stop_of(completion: &Completion) -> Option<StopReason> {
    match completion {
        Completion::Complete => None,
        Completion::Undecided { reason } => Some(reason.clone()),
    }
}

struct Asking<'a> {
    structure: &'a Structure<'a>,
    point: &'a [Interval],
    statements: &'a [NuanceView],
    asked: Vec<StateId>,
    only: Option<usize>,
    limit: usize,
    budget: &'a Budget,
    checked: CheckedCount,
    mentioned: BTreeSet<StateId>,
}

/// A reading with what holds in it.
struct Read {
    reading: Reading,
    name: String,
    solution: Solution,
}

impl Asking<'_> {
    fn parts(&mut self) -> Vec<ReadingsPart> {
        let situation = self.structure.situation;
        let profiles = profiles(situation, MAX_PROFILES);
        let mut parts = Vec::new();
        let only = match profiles.as_slice() {
            [one] if only_chances(situation) && !self.structure.needs_consent() => Some(one),
            _ => None,
        };
        for profile in profiles.iter().filter(|_| only.is_none()) {
            let types = profile.named_types(situation).into_iter().collect();
            let part = self.of_types(profile);
            parts.push(finish(part, types, false));
        }
        if has_chances(situation) {
            let part = self.of_chances(only);
            parts.push(finish(part, BTreeMap::new(), true));
        }
        parts
    }

    /// Order, gaps, strength and attitudes in one combination of types.
    fn of_types(&mut self, profile: &Profile) -> Result<ReadingsPart, StopReason> {
        self.budget.check()?;
        let lowering = Lowering { structure: self.structure, point: self.point };
        let ranks = profile_ranks(self.structure, profile, self.point);
        let family = Family {
            orders: ranks.iter().cloned().map(GradedPreference::new).collect(),
            graded: lowering.graded(profile, &ranks),
            attitudes: lowering.attitudes(),
            likely: Vec::new(),
            ranks: ranks.clone(),
        };
        let model = self.structure.model(ranks, self.budget)?;
        let mut readings = vec![Reading::Order];
        if family.has_gaps() {
            readings.extend(Caution::ALL.map(|caution| Reading::Graded(caution, Severity::General)));
        }
        if family.has_strength() {
            let cautions = if family.has_gaps() { &Caution::ALL[..] } else { &Caution::ALL[..1] };
            readings.extend(cautions.iter().map(|caution| Reading::Graded(*caution, Severity::Strong)));
        }
        let nuances = |party: usize| &self.structure.situation.preferences[party].nuances;
        if (0..family.orders.len()).any(|party| !nuances(party).attitudes.is_empty()) {
            readings.push(Reading::Attitudes);
        }
        self.part(&model, &family, &readings)
    }

    /// Chances, over all types; with the order if it is the same for all.
    fn of_chances(&mut self, order: Option<&Profile>) -> Result<ReadingsPart, StopReason> {
        self.budget.check()?;
        let lowering = Lowering { structure: self.structure, point: self.point };
        let likely = lowering.likely();
        let judgement = Likely { preferences: &likely, ties: Ties::Excluded };
        let dm = |party: detente_scenario::situation::PartyId| detente_conflict::DmId(party.0);
        let objects = |party, from, to| judgement.tempts(dm(party), from, to);
        let states = self.structure.states.state_count();
        let nobody = vec![vec![0; states]; likely.len()];
        let model = self.structure.model_where(nobody, &objects, self.budget)?;
        let ranks = order.map(|profile| profile_ranks(self.structure, profile, self.point)).unwrap_or_default();
        let orders = ranks.into_iter().map(GradedPreference::new).collect();
        let family = Family { orders, graded: Vec::new(), ranks: Vec::new(), attitudes: Vec::new(), likely };
        let readings: Vec<Reading> =
            order.map(|_| Reading::Order).into_iter().chain(Ties::ALL.map(Reading::Chances)).collect();
        let parties = self.structure.situation.parties.iter().map(|party| party.id.clone());
        let thresholds = parties.zip(family.likely.iter().map(|likely| likely.threshold().clone())).collect();
        Ok(ReadingsPart { thresholds, ..self.part(&model, &family, &readings)? })
    }

    fn part(&mut self, model: &Model, family: &Family, readings: &[Reading]) -> Result<ReadingsPart, StopReason> {
        let gaps = family.has_gaps();
        let mut read: Vec<Read> = Vec::new();
        for &reading in readings {
            let solution = solve(model, &*family.judgement(reading), &CONCEPTS, self.budget)?;
            read.push(Read { reading, name: reading.name(gaps), solution });
        }
        let mut views: Vec<ReadingView> = read.iter().map(|one| reading_view(one, &read, gaps)).collect();
        if gaps && model.state_count() <= MAX_BOUNDED {
            views.insert(1, self.sure(model, family)?);
        }
        let mut why = Why {
            structure: self.structure,
            model,
            family,
            statements: self.statements,
            budget: self.budget,
            checked: self.checked,
            mentioned: &mut self.mentioned,
        };
        let (rows, row_count) = rows(&mut why, &read, &views, self.limit)?;
        let names: Vec<(Reading, String)> = read.iter().map(|one| (one.reading, one.name.clone())).collect();
        let mut close = Vec::new();
        for state in self.asked.iter().take(MAX_ASKED) {
            close.push(why.close(*state, &names, self.only)?);
        }
        self.checked = why.checked;
        let types = BTreeMap::new();
        Ok(ReadingsPart {
            types,
            all_types: false,
            completion: Completion::Complete,
            thresholds: Vec::new(),
            readings: views,
            rows,
            row_count,
            close,
        })
    }

    /// What holds however the gaps are filled.
    fn sure(&self, model: &Model, family: &Family) -> Result<ReadingView, StopReason> {
        let bounds = bound_stability(model, family, &CONCEPTS, self.budget)?;
        let holds = |concept: &detente_conflict::Concept| {
            let sure = |state: &StateId| bounds.equilibrium(*concept, *state) == SureStability::SurelyStable;
            (concept.symbol().to_owned(), model.states().filter(sure).map(number).collect())
        };
        Ok(ReadingView { reading: "sure".into(), equilibria: CONCEPTS.iter().map(holds).collect(), weakly: None })
    }
}

fn finish(part: Result<ReadingsPart, StopReason>, types: BTreeMap<String, String>, all_types: bool) -> ReadingsPart {
    let undecided = |reason| ReadingsPart {
        types: BTreeMap::new(),
        all_types,
        completion: Completion::Undecided { reason },
        thresholds: Vec::new(),
        readings: Vec::new(),
        rows: Vec::new(),
        row_count: 0,
        close: Vec::new(),
    };
    ReadingsPart { types, all_types, ..part.unwrap_or_else(undecided) }
}

fn reading_view(one: &Read, all: &[Read], gaps: bool) -> ReadingView {
    let weakly = match one.reading {
        Reading::Graded(caution, Severity::Strong) => {
            let general = if gaps { Reading::Graded(caution, Severity::General) } else { Reading::Order };
            all.iter().find(|other| other.reading == general)
        }
        _ => None,
    };
    let weakly = weakly.map(|general| {
        by_symbol(|concept| {
            let mut only = general.solution.equilibria(concept);
            only.difference_with(&one.solution.equilibria(concept));
            only
        })
    });
    ReadingView { reading: one.name.clone(), equilibria: by_symbol(|concept| one.solution.equilibria(concept)), weakly }
}

fn by_symbol(set: impl Fn(detente_conflict::Concept) -> FixedBitSet) -> BTreeMap<String, Vec<OutcomeNumber>> {
    let numbers = |set: FixedBitSet| set.ones().map(|state| number(StateId::from_index(state))).collect();
    CONCEPTS.iter().map(|concept| (concept.symbol().to_owned(), numbers(set(*concept)))).collect()
}

/// The outcomes that hold in some reading, those first on which the readings differ.
fn rows(
    why: &mut Why<'_>,
    read: &[Read],
    views: &[ReadingView],
    limit: usize,
) -> Result<(Vec<ReadingRow>, u64), StopReason> {
    let sets: Vec<Vec<FixedBitSet>> =
        read.iter().map(|one| CONCEPTS.iter().map(|concept| one.solution.equilibria(*concept)).collect()).collect();
    let states = why.model.state_count();
    let (mut any, mut differ) = (FixedBitSet::with_capacity(states), FixedBitSet::with_capacity(states));
    for concept in 0..CONCEPTS.len() {
        let mut all = sets[0][concept].clone();
        let mut some = all.clone();
        for of_reading in &sets[1..] {
            all.intersect_with(&of_reading[concept]);
            some.union_with(&of_reading[concept]);
        }
        any.union_with(&some);
        some.difference_with(&all);
        differ.union_with(&some);
    }
    let order = differ.ones().chain(any.ones().filter(|state| !differ.contains(*state))).map(StateId::from_index);
    let mut found = Vec::new();
    for state in order.take(limit) {
        why.mentioned.insert(state);
        let outcome = number(state);
        let holds = |view: &ReadingView| {
            let held = |symbol: &&str| view.equilibria[*symbol].binary_search(&outcome).is_ok();
            let symbols = CONCEPTS.iter().map(|concept| concept.symbol()).filter(held);
            (view.reading.clone(), symbols.map(str::to_owned).collect())
        };
        let turns_on = if differ.contains(state.index()) { turns_on(why, read, state)? } else { Vec::new() };
        found.push(ReadingRow { outcome, holds: views.iter().map(holds).collect(), turns_on });
    }
    Ok((found, any.count_ones(..) as u64))
}

/// The statements that decide verdicts on which readings differ.
fn turns_on(why: &mut Why<'_>, read: &[Read], state: StateId) -> Result<Vec<NuanceIndex>, StopReason> {
    let mut found = BTreeSet::new();
    for concept in CONCEPTS {
        for dm in why.model.decision_makers() {
            let verdicts: Vec<bool> = read.iter().map(|one| one.solution.is_stable(concept, dm, state)).collect();
            if verdicts.iter().any(|stable| *stable != verdicts[0]) {
                for (one, stable) in read.iter().zip(&verdicts) {
                    let case = Case { reading: one.reading, concept, dm, state };
                    found.extend(why.statements_behind(case, *stable)?);
                }
            }
        }
    }
    Ok(found.into_iter().collect())
}
