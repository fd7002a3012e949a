//! Which numbers would make an outcome hold.

use detente_base::{Budget, Exact, StopReason};
use detente_conflict::StateId;
use detente_scenario::situation::{ParameterId, Quantity, Situation};

use super::{Inequality, MOST_NUMBERS, NumberView, NumbersView, PointView, RegionView};
use crate::ask::AskError;
use crate::close::{CONCEPTS, Solved};
use crate::ranges::region::polytope::{Half, Polytope};
use crate::ranges::region::{Plane, Region};
use crate::ranges::{Forms, outcome_ranges, range_of, worth_parameters};
use crate::report::{IntervalView, RangeVerdict};

/// Numbers that are looked at together unless the user names some.
const USUAL_NUMBERS: usize = 2;

/// Most parts of a region that are listed.
const MOST_PARTS: usize = 12;

/// The parameters of these names.
pub(super) fn named(situation: &Situation, names: &[String]) -> Result<Vec<ParameterId>, AskError> {
    if names.len() > MOST_NUMBERS {
        return Err(AskError::new(format!("at most {MOST_NUMBERS} numbers are looked at together"), None));
    }
    let mut found = Vec::new();
    for name in names {
        let id = situation
            .parameter(name)
            .filter(|id| matches!(situation.parameters[id.index()].value, Quantity::Range { .. }));
        let Some(id) = id else {
            let ranged = situation.parameters.iter().filter(|p| p.named && matches!(p.value, Quantity::Range { .. }));
            let known: Vec<&str> = ranged.map(|p| p.id.as_str()).collect();
            let help = if known.is_empty() {
                "the file has no ranges".to_owned()
            } else {
                format!("the numbers with a range are {}", known.join(", "))
            };
            return Err(AskError::new(format!("`{name}` is no number with a range"), Some(help)));
        };
        if !found.contains(&id) {
            found.push(id);
        }
    }
    Ok(found)
}

/// Which numbers would make an outcome hold; `None` when no worth has a range.
pub(super) fn numbers(
    solved: &Solved<'_>,
    target: StateId,
    over: &[ParameterId],
    budget: &Budget,
) -> Result<Option<NumbersView>, StopReason> {
    let varied: Vec<ParameterId> = worth_parameters(solved).into_iter().collect();
    if varied.is_empty() {
        return Ok(None);
    }
    let mut view = NumbersView { along: Vec::new(), over: Vec::new(), regions: Vec::new(), left_open: Vec::new() };
    let verdicts = match outcome_ranges(solved, target, budget)? {
        Ok(verdicts) => verdicts,
        Err(why) => {
            view.left_open.push(why);
            return Ok(Some(view));
        }
    };
    let situation = solved.structure.situation;
    for verdict in &verdicts {
        along(&mut view, situation, verdict);
    }
    let turning: Vec<ParameterId> = (varied.iter().copied())
        .filter(|id| view.along.iter().any(|a| a.parameter == situation.parameters[id.index()].id))
        .take(USUAL_NUMBERS)
        .collect();
    let together: Vec<ParameterId> = if over.is_empty() { turning } else { over.to_vec() };
    let unused = together.iter().find(|id| !varied.contains(id));
    if let Some(id) = unused {
        view.left_open.push(format!("no worth uses `{}`", situation.parameters[id.index()].id));
    } else if together.len() > 1 || !over.is_empty() {
        regions(&mut view, solved, target, (&varied, &together), budget)?;
    }
    Ok(Some(view))
}

fn along(view: &mut NumbersView, situation: &Situation, verdict: &RangeVerdict) {
    for along in &verdict.along {
        let Some(holds) = &along.holds else {
            let why = format!("too many values of `{}` to look at", along.parameter);
            if !view.left_open.contains(&why) {
                view.left_open.push(why);
            }
            continue;
        };
        let id = situation.parameter(&along.parameter).expect("a parameter of the situation");
        let (low, central, high) = range_of(situation, id);
        let nearest = if verdict.holds_at_center { None } else { nearest_end(holds, &central) };
        view.along.push(NumberView {
            concept: verdict.concept.clone(),
            parameter: along.parameter.clone(),
            low,
            central,
            high,
            holds: holds.clone(),
            nearest,
        });
    }
}

/// The end of an interval that lies nearest to a value outside all of them.
fn nearest_end(holds: &[IntervalView], value: &Exact) -> Option<Exact> {
    let distance = |end: &&Exact| if *end > value { *end - value } else { value - *end };
    holds.iter().flat_map(|part| [&part.low, &part.high]).min_by_key(distance).cloned()
}

fn regions(
    view: &mut NumbersView,
    solved: &Solved<'_>,
    target: StateId,
    (varied, together): (&[ParameterId], &[ParameterId]),
    budget: &Budget,
) -> Result<(), StopReason> {
    let situation = solved.structure.situation;
    let name = |id: &ParameterId| situation.parameters[id.index()].id.clone();
    let names: Vec<String> = together.iter().map(name).collect();
    let place = |id: &ParameterId| varied.iter().position(|v| v == id).expect("a varied parameter");
    let places: Vec<usize> = together.iter().map(place).collect();
    let plane = Forms::new(solved, varied).ok().and_then(|forms| Plane::new(solved, &forms, &places));
    let Some(plane) = plane else {
        let why = format!("worths are no linear function of {} together", names.join(" and "));
        view.left_open.push(why);
        return Ok(());
    };
    let ranges: Vec<(Exact, Exact)> = (together.iter())
        .map(|id| {
            let (low, _, high) = range_of(situation, *id);
            (low, high)
        })
        .collect();
    let whole = Polytope::cuboid(&ranges);
    for concept in CONCEPTS {
        let region = plane.region(concept, target, budget)?;
        let holds_at_center = solved.model.decision_makers().all(|dm| solved.solution.is_stable(concept, dm, target));
        let nearest = if holds_at_center { None } else { plane.nearest(&region, concept, target, budget)? };
        let mut found = region_view(&region, &names, &whole);
        concept.symbol().clone_into(&mut found.concept);
        found.holds_at_center = holds_at_center;
        found.nearest = nearest.map(|nearest| PointView {
            values: names.iter().cloned().zip(nearest.point).collect(),
            change: nearest.change,
            attained: nearest.attained,
        });
        view.regions.push(found);
    }
    view.over = names;
    Ok(())
}

fn region_view(region: &Region, names: &[String], whole: &Polytope) -> RegionView {
    let inequality = |half: &Half| Inequality {
        terms: names.iter().cloned().zip(half.normal.iter().cloned()).filter(|(_, c)| !c.is_zero()).collect(),
        bound: half.bound.clone(),
        strict: !half.closed,
    };
    let is_end = |half: &Half| whole.halves().iter().any(|end| end == half);
    let part = |part: &Polytope| part.facets().into_iter().filter(|h| !is_end(h)).map(inequality).collect();
    RegionView {
        concept: String::new(),
        holds_at_center: false,
        parts: region.parts.iter().take(MOST_PARTS).map(part).collect(),
        parts_left_out: region.parts.len().saturating_sub(MOST_PARTS) as u64,
        share: region.share.clone(),
        cut_short: region.cut_short,
        nearest: None,
    }
}
