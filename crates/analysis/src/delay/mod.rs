//! What bargaining over time ends in, protocol by protocol.
//!
//! Each protocol of a file names a model of `detente_bargain::time`. Its numbers are taken at
//! their central values, and over their ranges at every combination of ends and at drawn ones
//! (`ranges`). Nothing is said about a protocol that its model does not say.
//!
//! Reading order: [`answer`], [`delay`](fn@delay), `terms` (numbers at a point), `solve`
//! (model by model), `ranges`.

pub mod answer;
mod ranges;
mod solve;
mod terms;

use detente_bargain::time::TimeError;
use detente_base::{Budget, SourceText, StopReason};
use detente_scenario::expr::eval::{central_point, number_bounds};
use detente_scenario::situation::{ParameterOrNumber, PartyId, Protocol, ProtocolNumber, Situation};
use detente_scenario::suggest::{list_names, nearest};

use crate::ask::{AskError, FORMAT, Options, with_options};
use answer::{DelayAnswer, GivenNumber, Participant, ProtocolAnswer, ResultView, VerdictView};
use ranges::Case;
use solve::{Value, definition};
use terms::Terms;

/// Longest exact number of an answer, in characters.
const MOST_DIGITS: usize = 400;

/// What the protocols of a situation end in, or one of them.
///
/// Cost: a constant number of solutions of each protocol; each is in closed form but for
/// deadlines, which take one step for each round.
///
/// # Errors
/// When the options name something that the situation does not have, there is no protocol, or
/// a parameter that was set takes a number out of the domain of its model.
pub fn delay(
    source: &SourceText,
    situation: &Situation,
    options: &Options,
    only: Option<&str>,
    budget: &Budget,
) -> Result<DelayAnswer, AskError> {
    let situation = &with_options(situation, options)?;
    let protocols = asked(situation, only)?;
    over_time(source, situation, (options, &protocols), budget)
}

/// The same of these protocols, the options being those of the situation already.
pub(crate) fn over_time(
    source: &SourceText,
    situation: &Situation,
    (options, protocols): (&Options, &[&Protocol]),
    budget: &Budget,
) -> Result<DelayAnswer, AskError> {
    let mut answer = DelayAnswer {
        format: FORMAT,
        title: situation.title.clone(),
        fixed: options.fixed.clone(),
        protocols: Vec::new(),
        stopped: None,
    };
    for protocol in protocols {
        let case = Case { situation, source, protocol };
        let (view, stopped) = one(&case, budget).map_err(|fault| refused(situation, protocol, &fault))?;
        answer.protocols.push(view);
        answer.stopped = answer.stopped.or(stopped);
    }
    Ok(answer)
}

fn asked<'s>(situation: &'s Situation, only: Option<&str>) -> Result<Vec<&'s Protocol>, AskError> {
    let known: Vec<&str> = situation.protocols.iter().map(|protocol| protocol.id.as_str()).collect();
    if known.is_empty() {
        let help =
            "say how parties bargain: `protocols: {talks: {kind: alternating-offers, between: [a, b], patience: 0.9}}`";
        return Err(AskError::new("the file has no protocols", Some(help.into())));
    }
    let Some(id) = only else { return Ok(situation.protocols.iter().collect()) };
    let found: Vec<&Protocol> = situation.protocols.iter().filter(|protocol| protocol.id == id).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let help = match nearest(id, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the protocols are {}", list_names(known)),
    };
    Err(AskError::new(format!("there is no protocol `{id}`"), Some(help)))
}

/// A number that a model is not defined for: only one that was set can be.
fn refused(situation: &Situation, protocol: &Protocol, fault: &TimeError) -> AskError {
    let whose = fault.party.and_then(|party| protocol.parties.get(party));
    let whose = whose.map_or_else(String::new, |party| format!(" of `{}`", situation.parties[party.index()].id));
    AskError::new(
        format!(
            "`{}`{whose} in the protocol `{}` is {}; expected {}",
            fault.field, protocol.id, fault.value, fault.expected
        ),
        Some("set another value, or change the file".into()),
    )
}

fn one(case: &Case<'_>, budget: &Budget) -> Result<(ProtocolAnswer, Option<StopReason>), TimeError> {
    let (situation, protocol) = (case.situation, case.protocol);
    let solved = case.solved_at(&[])?;
    let over = case.over(&solved, budget)?;
    let id = |party: usize| situation.parties[protocol.parties[party].index()].id.clone();
    let bounded = |value: f64| value.is_finite().then_some(value);
    let result = |(found, (low, high, proven)): (&solve::Found, &(f64, f64, bool))| ResultView {
        result: found.measure,
        party: found.party.map(id),
        value: bounded(found.value.near()),
        exact: match &found.value {
            Value::Exact(exact) => Some(exact.to_string()).filter(|text| text.len() <= MOST_DIGITS),
            Value::Float(_) | Value::Endless => None,
        },
        low: bounded(*low),
        high: bounded(*high),
        proven: *proven,
    };
    let view = ProtocolAnswer {
        id: protocol.id.clone(),
        name: protocol.name.clone(),
        line: case.source.position(protocol.origin.span.start).0,
        about: protocol.origin.about.clone(),
        kind: protocol.kind.word().to_owned(),
        form: solved.form,
        definition: definition(protocol.kind, solved.form).to_owned(),
        parties: participants(situation, protocol),
        first: solved.first.map(id),
        last: solved.last.map(id),
        unit: protocol.word("unit").unwrap_or("unit").to_owned(),
        given: given(case),
        results: solved.found.iter().zip(&over.ends).map(result).collect(),
        verdicts: (solved.verdicts.iter().zip(over.also))
            .map(|((choice, verdict), also)| VerdictView { choice: *choice, verdict: *verdict, also })
            .collect(),
        findings: solved.findings,
        swings: over.swings,
        coverage: over.coverage,
    };
    Ok((view, over.stopped))
}

fn participants(situation: &Situation, protocol: &Protocol) -> Vec<Participant> {
    let participant = |(at, id): (usize, &PartyId)| {
        let party = &situation.parties[id.index()];
        let role = protocol.kind.roles().get(at).map(|role| (*role).to_owned());
        Participant { id: party.id.clone(), name: party.name.clone(), role }
    };
    protocol.parties.iter().enumerate().map(participant).collect()
}

fn given(case: &Case<'_>) -> Vec<GivenNumber> {
    let (situation, protocol) = (case.situation, case.protocol);
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let number = |number: &ProtocolNumber| {
        let (low, high) = number_bounds(situation, &number.value).expect("checked amounts divide by no zero");
        let terms = Terms { protocol, point: &point };
        let mut because = number.origin.because.clone();
        if let ParameterOrNumber::Parameter(id) = &number.value {
            // Claims of the whole protocol stand behind a number that has none of its own.
            let own = &situation.parameters[id.index()].origin.because;
            if !own.is_empty() && because == protocol.origin.because {
                because.clear();
            }
            because.extend(own);
        }
        because.sort_unstable();
        because.dedup();
        GivenNumber {
            field: number.field.to_owned(),
            party: number.party.map(|party| situation.parties[party.index()].id.clone()),
            value: terms.value(&number.value),
            low,
            high,
            line: case.source.position(number.origin.span.start).0,
            because: because.iter().map(|claim| situation.claims[claim.index()].id.clone()).collect(),
        }
    };
    protocol.numbers.iter().map(number).collect()
}
