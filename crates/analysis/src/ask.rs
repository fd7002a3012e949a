//! The questions, and what may be said with them.

use std::collections::BTreeSet;

use detente_base::{Budget, Exact, SourceText, StopReason};
use detente_conflict::{Concept, StateId, solve as solve_model};
use detente_scenario::expr::eval::{Interval, central_point};
use detente_scenario::situation::{Foresight, PartyId, Quantity, Situation};
use detente_scenario::suggest::{list_names, nearest};

use crate::asked::{Asked, asked_concepts};
use crate::close::{CONCEPTS, Close, Solved, number};
use crate::coalitions::together_view;
use crate::differences::differences;
use crate::find::{Where, filter_outcomes, find_outcomes};
use crate::further::{Reasons, solve_asked};
use crate::large::{Engine, LargeQuestion, Unlisted, analyze_large, explain_large, listed, refuse_lists};
use crate::order::parse_order;
use crate::overview::{brief, outcome_views};
use crate::profile::{Profile, profile_count, profiles};
use crate::ranges::range_report;
use crate::ranks::profile_ranks;
use crate::readings::nuance_views;
use crate::report::{
    CheckedCount, Completion, Interest, LargeAnswer, OutcomeAnalysis, ProfileReport, Question, Report, Settings,
    StatementIndex, StatementKind,
};
use crate::stability::{
    Choice, EquilibriumList, Listing, chosen_outcomes, equilibrium_list, named_holdings, status_quo_view,
};
use crate::statements::Statements;
use crate::structure::Structure;

/// Version of [`Report`].
pub const FORMAT: u32 = 1;

/// Most combinations of private types that are analysed.
pub const MAX_PROFILES: usize = 64;

/// What the user said with a question.
#[derive(Clone, Debug)]
pub struct Options {
    /// Parameters to fix, by name.
    pub fixed: Vec<(String, Exact)>,
    /// Foresight of parties, by id; overrides the file.
    pub foresight: Vec<(String, Foresight)>,
    /// Most outcomes in one list.
    pub list_limit: usize,
    /// For [`explain`]: a condition, the name of an outcome, or the number of one.
    pub outcome: Option<String>,
    /// For [`explain`]: the id of the only party to speak of.
    pub party: Option<String>,
    /// Concepts by name; the five usual ones when empty.
    pub concepts: Vec<String>,
    /// A condition, or the name of an outcome: only outcomes that satisfy it are listed
    /// and counted.
    pub filter: Option<String>,
    /// For [`stable`](crate::stable): ids of issues by whose values outcomes are counted.
    pub group_by: Vec<String>,
    /// What lists are ordered by: see [`SortKey`](crate::order::SortKey).
    pub order: Vec<String>,
    /// For [`stable`](crate::stable): whether long sets are written out.
    pub lists: Lists,
    /// How conflicts are solved, by questions that have a choice.
    pub engine: Engine,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            fixed: Vec::new(),
            foresight: Vec::new(),
            list_limit: 20,
            outcome: None,
            party: None,
            concepts: Vec::new(),
            filter: None,
            group_by: Vec::new(),
            order: Vec::new(),
            lists: Lists::Short,
            engine: Engine::Auto,
        }
    }
}

/// Whether long sets of outcomes are written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lists {
    /// Sets of more than [`MAX_WRITTEN`] outcomes are counted and described only.
    #[default]
    Short,
    /// Every set is written out.
    Whole,
}

/// Most outcomes of one set that are written out unless the user asks for all.
pub const MAX_WRITTEN: usize = 10_000;

/// A question that cannot be asked of this situation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskError {
    /// What is wrong, lower case, fact first.
    pub message: String,
    /// How to repair it.
    pub help: Option<String>,
}

impl std::fmt::Display for AskError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AskError {}

impl AskError {
    pub(crate) fn new(message: impl Into<String>, help: Option<String>) -> Self {
        Self { message: message.into(), help }
    }
}

/// Why a question has no answer.
#[derive(Debug)]
pub(crate) enum Obstacle {
    /// The file does not say enough.
    Error(AskError),
    /// The budget does not suffice.
    Undecided(StopReason),
}

impl From<AskError> for Obstacle {
    fn from(error: AskError) -> Self {
        Self::Error(error)
    }
}

impl From<StopReason> for Obstacle {
    fn from(reason: StopReason) -> Self {
        Self::Undecided(reason)
    }
}

/// Every question that the file can answer, in short.
///
/// # Errors
/// When the options name something that the situation does not have.
pub fn analyze(
    source: &SourceText,
    situation: &Situation,
    options: &Options,
    budget: &Budget,
) -> Result<Report, AskError> {
    report(Question::Analyze, source, situation, options, budget)
}

/// Why outcomes hold, or do not: those that satisfy [`Options::outcome`].
///
/// # Errors
/// When the options name something that the situation does not have, or no outcome.
pub fn explain(
    source: &SourceText,
    situation: &Situation,
    options: &Options,
    budget: &Budget,
) -> Result<Report, AskError> {
    report(Question::Explain, source, situation, options, budget)
}

/// The situation with the options' parameters and foresight in place of its own.
///
/// # Errors
/// When there is no such parameter or party, or a parameter is computed from others.
pub fn with_options(situation: &Situation, options: &Options) -> Result<Situation, AskError> {
    let mut changed = situation.clone();
    for (name, value) in &options.fixed {
        let Some(id) = situation.parameter(name) else {
            let known: Vec<&str> = situation.parameters.iter().filter(|p| p.named).map(|p| p.id.as_str()).collect();
            return Err(AskError::new(
                format!("there is no parameter `{name}`"),
                Some(if known.is_empty() {
                    "the file declares no parameters".into()
                } else {
                    meant(name, &known, "parameters")
                }),
            ));
        };
        if let Quantity::Derived(_) = situation.parameters[id.index()].value {
            return Err(AskError::new(
                format!("the parameter `{name}` is computed from others and cannot be set"),
                Some("set the parameters it is computed from".into()),
            ));
        }
        changed.parameters[id.index()].value = Quantity::Exact(value.clone());
    }
    if central_point(&changed).is_none() {
        return Err(AskError::new("with these values an amount divides by zero", None));
    }
    for (party, foresight) in &options.foresight {
        let id = party_of(situation, party)?;
        changed.parties[id].foresight = Some(*foresight);
    }
    Ok(changed)
}

pub(crate) fn party_of(situation: &Situation, id: &str) -> Result<usize, AskError> {
    situation.party(id).map(PartyId::index).ok_or_else(|| {
        let known: Vec<&str> = situation.parties.iter().map(|p| p.id.as_str()).collect();
        AskError::new(format!("there is no party `{id}`"), Some(meant(id, &known, "parties")))
    })
}

/// The name that was meant, if one is near, and all that there are where they are few.
fn meant(name: &str, known: &[&str], what: &str) -> String {
    // One letter is near to every other.
    match nearest(name, known.iter().copied()).filter(|_| name.chars().count() > 1) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the {what} are {}", list_names(known.iter().copied())),
    }
}

/// Solves one combination of types.
///
/// # Errors
/// When the budget ends it.
pub fn solve_profile<'a>(
    structure: &'a Structure<'a>,
    profile: &'a Profile,
    point: &'a [Interval],
    budget: &Budget,
) -> Result<Solved<'a>, StopReason> {
    let model = structure.model(profile_ranks(structure, profile, point), budget)?;
    let solution = solve_model(&model, &Concept::ALL, budget)?;
    Ok(Solved { structure, profile, point, model, solution })
}

fn report(
    question: Question,
    source: &SourceText,
    situation: &Situation,
    options: &Options,
    budget: &Budget,
) -> Result<Report, AskError> {
    let situation = &with_options(situation, options)?;
    let only = match &options.party {
        Some(id) => Some(party_of(situation, id)?),
        None => None,
    };
    let asked_for = asked_concepts(situation, &options.concepts)?;
    let mut statements = Statements::new(situation, source);
    let mut report = Report {
        set_aside: nuance_views(situation, source),
        format: FORMAT,
        question,
        situation: brief(situation, None),
        outcomes: Vec::new(),
        profiles: Vec::new(),
        large: Vec::new(),
        combinations_left_out: profile_count(situation).unwrap_or(u64::MAX).saturating_sub(MAX_PROFILES as u64),
        differences: None,
        ranges: None,
        statements: Vec::new(),
        settings: Settings {
            fixed: options.fixed.clone(),
            outcome_limit: budget.states,
            list_limit: options.list_limit,
            filter: None,
        },
        concepts: if options.concepts.is_empty() {
            Vec::new()
        } else {
            asked_for.iter().map(|asked| asked.view(source, situation)).collect()
        },
    };
    let combinations = profiles(situation, MAX_PROFILES);
    let asked_for = AskedFor {
        coalitions_of: (question == Question::Analyze).then_some(combinations.len()),
        party: only,
        concepts: usual_concepts(&asked_for),
        further: (asked_for.into_iter())
            .filter(|asked| !matches!(asked, Asked::Usual(_)) && asked.not_defined(source, situation).is_none())
            .collect(),
    };
    let structure = match listed(situation, options, budget) {
        Ok(structure) => structure,
        Err(Unlisted::Undecided(reason)) => {
            report.profiles = combinations.iter().map(|p| undecided(situation, p, &reason)).collect();
            return Ok(report);
        }
        Err(Unlisted::Large) => {
            refuse_lists(options)?;
            let (concepts, filter) = (&asked_for.concepts, options.filter.as_deref());
            let asked = LargeQuestion { situation, concepts, filter, only, budget };
            report.large = large_answers(&asked, question, options, &combinations)?;
            return Ok(report);
        }
    };
    report.situation = brief(situation, Some(&structure));
    let keys = parse_order(situation, &options.order)?;
    let among = options.filter.as_ref().map(|text| filter_outcomes(&structure, text)).transpose()?;
    report.settings.filter = among.as_ref().map(Where::view);
    let among = among.map(|found| found.states);
    let listing = Listing { limit: options.list_limit, keys: &keys, among: among.as_ref() };
    let asked = match (question, &options.outcome) {
        (Question::Explain, None) => return Err(no_outcome()),
        (Question::Explain, Some(text)) => Some(find_outcomes(&structure, text)?),
        _ => None,
    };
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let mut mentioned: BTreeSet<StateId> = BTreeSet::new();
    let mut all_solved = Vec::new();
    for profile in &combinations {
        match solve_profile(&structure, profile, &point, budget) {
            Ok(solved) => all_solved.push(Ok(solved)),
            Err(reason) => all_solved.push(Err(reason)),
        }
    }
    let mut lists: Vec<Option<EquilibriumList>> = Vec::new();
    for (solved, profile) in all_solved.iter().zip(&combinations) {
        let (view, list) = match solved {
            Err(reason) => (undecided(situation, profile, reason), None),
            Ok(solved) => {
                let list = equilibrium_list(solved, &listing, budget);
                let choice = match (&asked, question) {
                    (Some(states), _) => Choice::Asked(states.clone()),
                    _ => Choice::Interesting,
                };
                let view = profile_view(solved, &list, &choice, &asked_for, &mut statements, &mut mentioned, budget);
                (view, Some(list))
            }
        };
        report.profiles.push(view);
        lists.push(list);
    }
    let complete: Option<Vec<&Solved<'_>>> = all_solved.iter().map(|s| s.as_ref().ok()).collect();
    if let Some(solved) = &complete
        && question == Question::Analyze
    {
        if solved.len() > 1 {
            report.differences = Some(differences(solved, &report.profiles));
        }
        report.ranges = range_report(source, solved, &report.profiles, budget);
    }
    report.outcomes = outcome_views(&structure, &mentioned);
    finish_statements(&mut report, statements, situation);
    Ok(report)
}

/// The answers where outcomes are too many to list.
fn large_answers(
    asked: &LargeQuestion<'_>,
    question: Question,
    options: &Options,
    combinations: &[Profile],
) -> Result<Vec<LargeAnswer>, AskError> {
    match (question, &options.outcome) {
        (Question::Explain, None) => Err(no_outcome()),
        (Question::Explain, Some(text)) => combinations.iter().map(|p| explain_large(asked, p, text)).collect(),
        _ => combinations.iter().map(|p| analyze_large(asked, p)).collect(),
    }
}

fn no_outcome() -> AskError {
    AskError::new("no outcome to explain", Some("name one with `--outcome`".into()))
}

fn undecided(situation: &Situation, profile: &Profile, reason: &StopReason) -> ProfileReport {
    ProfileReport {
        types: profile.named_types(situation),
        chance: profile.chance(situation),
        completion: Completion::Undecided { reason: reason.clone() },
        equilibria: Vec::new(),
        mixture: None,
        rows: Vec::new(),
        row_count: 0,
        common: Vec::new(),
        named: Vec::new(),
        status_quo: None,
        close: Vec::new(),
        together: None,
        checked: CheckedCount::default(),
    }
}

fn profile_view<'a>(
    solved: &Solved<'a>,
    list: &EquilibriumList,
    choice: &Choice,
    asked_for: &AskedFor,
    statements: &mut Statements<'a>,
    mentioned: &mut BTreeSet<StateId>,
    budget: &Budget,
) -> ProfileReport {
    let situation = solved.structure.situation;
    let named = named_holdings(solved, list);
    let mut view = ProfileReport {
        types: solved.profile.named_types(situation),
        chance: solved.profile.chance(situation),
        completion: Completion::Complete,
        equilibria: list.sets.clone(),
        mixture: list.mixture.clone(),
        rows: list.rows.clone(),
        row_count: list.row_count,
        common: list.common.clone(),
        status_quo: status_quo_view(solved, list, &named),
        named,
        close: Vec::new(),
        together: None,
        checked: CheckedCount::default(),
    };
    mentioned.extend(view.named.iter().filter_map(|n| n.nearest).map(|n| StateId(n - 1)));
    mentioned.extend(list.rows.iter().map(|row| StateId(row.outcome - 1)));
    if let Some(view) = &view.status_quo {
        mentioned.insert(StateId(view.outcome - 1));
        mentioned.extend(view.paths.iter().flat_map(|p| &p.steps).map(|s| StateId(s.to - 1)));
    }
    if list.stopped {
        view.completion = Completion::Undecided { reason: StopReason::Interrupted };
    }
    let only = asked_for.party.map(PartyId::from_index);
    let concepts = asked_for.concepts.clone();
    let mut close = Close { solved, statements, mentioned, checked: CheckedCount::default(), concepts };
    let chosen = chosen_outcomes(solved, list, choice);
    let looked = look_closely(&mut close, &chosen, only, asked_for, &mut view.close, budget);
    let together = looked.and_then(|()| match asked_for.coalitions_of {
        Some(combinations) => together_view(&mut close, &chosen, combinations, budget),
        None => Ok(None),
    });
    match together {
        Ok(together) => view.together = together,
        Err(reason) => view.completion = Completion::Undecided { reason },
    }
    view.checked = close.checked;
    view.equilibria.retain(|set| close.concepts.iter().any(|concept| concept.symbol() == set.concept));
    debug_assert!(view.close.iter().all(|c| c.outcome > 0 && number(StateId(c.outcome - 1)) == c.outcome));
    view
}

/// Whom and what a report is to speak of.
struct AskedFor {
    party: Option<usize>,
    /// Of the five usual concepts.
    concepts: Vec<Concept>,
    /// The others that are defined for the situation.
    further: Vec<Asked>,
    /// Whether coalitions are spoken of: the number of combinations of types then.
    coalitions_of: Option<usize>,
}

/// The usual concepts among those asked for, in the order of reports.
fn usual_concepts(asked: &[Asked]) -> Vec<Concept> {
    CONCEPTS.into_iter().filter(|concept| asked.contains(&Asked::Usual(*concept))).collect()
}

/// Adds what is to be said of each chosen outcome, until the budget ends.
fn look_closely(
    close: &mut Close<'_, '_>,
    chosen: &[(StateId, Interest)],
    only: Option<PartyId>,
    asked_for: &AskedFor,
    found: &mut Vec<OutcomeAnalysis>,
    budget: &Budget,
) -> Result<(), StopReason> {
    let further = solve_asked(close.solved, &asked_for.further, budget)?;
    let mut reasons = Reasons::new(close.solved, &further, budget)?;
    for (state, interest) in chosen {
        let mut analysis = close.outcome(*state, interest.clone(), only, budget)?;
        analysis.further = reasons.of_outcome(close, *state, only)?;
        found.push(analysis);
    }
    Ok(())
}

/// Keeps the statements that verdicts rest on and renumbers what refers to them.
fn finish_statements(report: &mut Report, statements: Statements<'_>, situation: &Situation) {
    let mut keep: Vec<StatementIndex> = Vec::new();
    if let Some(assignment) = &situation.status_quo {
        keep.push(statements.at(assignment.origin.span, StatementKind::StatusQuo));
    }
    let (kept, renumbered) = statements.finish(&keep);
    report.statements = kept;
    for profile in &mut report.profiles {
        for close in &mut profile.close {
            close.renumber(&renumbered);
        }
        for broken in profile.together.iter_mut().flat_map(|together| &mut together.broken) {
            broken.renumber(&renumbered);
        }
    }
}
