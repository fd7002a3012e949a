//! Negotiations in which some party's worth is by hyper-rectangles.

use detente_bargain::rectangles::{
    Aggregation, Bound, Pays, Rectangle, RectangleError, RectangleFrontier, RectangleGroup, RectangleNegotiation,
    RectangleParty, Uncounted, rectangle_frontier,
};
use detente_bargain::{Solution, chosen_among};
use detente_base::{Budget, Exact};
use detente_scenario::negotiation_files as files;
use detente_scenario::negotiation_files::{Domain, Profile, Worth};

use super::{Count, NegotiationAnswer, NotCounted, PackageView, SearchView, Status, empty, named};
use crate::ask::AskError;

pub(super) fn negotiate(
    domain: &Domain,
    profiles: &[(String, Profile)],
    budget: &Budget,
) -> Result<NegotiationAnswer, AskError> {
    let negotiation = lowered(domain, profiles)?;
    let found = rectangle_frontier(&negotiation, budget);
    let mut answer = empty(domain, profiles);
    fill(&mut answer, domain, &negotiation, &found);
    Ok(answer)
}

/// The same negotiation for the engine.
pub(crate) fn lowered(domain: &Domain, profiles: &[(String, Profile)]) -> Result<RectangleNegotiation, AskError> {
    let sizes = domain.issues.iter().map(|issue| issue.values.len()).collect();
    let parties = profiles.iter().map(|(name, profile)| party(name, profile)).collect();
    RectangleNegotiation::new(sizes, parties).map_err(refused)
}

fn refused(fault: RectangleError) -> AskError {
    let help = match fault {
        RectangleError::TooFine { .. } => Some("round the utilities to fewer digits".to_owned()),
        _ => None,
    };
    AskError::new(fault.to_string(), help)
}

fn party(name: &str, profile: &Profile) -> RectangleParty {
    let (unit, group) = match &profile.worth {
        Worth::Additive(worths) => (Exact::ONE, additive(worths)),
        Worth::Rectangles(rectangles) => (rectangles.unit.clone(), group(rectangles)),
    };
    RectangleParty { name: name.to_owned(), groups: vec![group], unit, reservation: profile.reservation.clone() }
}

/// A value that adds something is a rectangle that bounds one issue.
fn additive(worths: &[Vec<Exact>]) -> RectangleGroup {
    let mut rectangles = Vec::new();
    for (issue, values) in worths.iter().enumerate() {
        for (value, worth) in (0..).zip(values).filter(|(_, worth)| !worth.is_zero()) {
            let bounds = vec![Bound { issue, least: value, greatest: value }];
            rectangles.push(Rectangle { utility: worth.clone(), pays: Pays::Inside, bounds });
        }
    }
    RectangleGroup { aggregation: Aggregation::Sum, weight: Exact::ONE, rectangles }
}

fn group(found: &files::Rectangles) -> RectangleGroup {
    let bound = |bound: &files::ValueBound| Bound { issue: bound.issue, least: bound.least, greatest: bound.greatest };
    let rectangle = |rectangle: &files::HyperRectangle| Rectangle {
        utility: rectangle.utility.clone(),
        pays: match rectangle.pays {
            files::Pays::Inside => Pays::Inside,
            files::Pays::Outside => Pays::Outside,
        },
        bounds: rectangle.bounds.iter().map(bound).collect(),
    };
    RectangleGroup {
        aggregation: match found.aggregation {
            files::Aggregation::Sum => Aggregation::Sum,
            files::Aggregation::Max => Aggregation::Max,
            files::Aggregation::Min => Aggregation::Min,
        },
        weight: found.weight.clone(),
        rectangles: found.rectangles.iter().map(rectangle).collect(),
    }
}

fn fill(
    answer: &mut NegotiationAnswer,
    domain: &Domain,
    negotiation: &RectangleNegotiation,
    found: &RectangleFrontier,
) {
    let near = |worths: &[Exact]| -> Vec<f64> { worths.iter().map(Exact::to_f64).collect() };
    let exact = |worths: &[Exact]| -> Vec<String> { worths.iter().map(Exact::to_string).collect() };
    let stakes = found.stakes(negotiation);
    let worths: Vec<&[Exact]> = found.points.iter().map(|point| point.worths.as_slice()).collect();
    let zone = || found.points.iter().filter(|point| stakes.allow(&point.worths));
    answer.frontier = worths.iter().map(|worths| near(worths)).collect();
    answer.exact.frontier = worths.iter().map(|worths| exact(worths)).collect();
    answer.frontier_outcomes = found.package_count().as_ref().map(Count::of);
    answer.not_counted = found.uncounted.map(not_counted);
    answer.zone_points = zone().count() as u64;
    answer.zone_outcomes = zone().map(|point| point.packages.as_ref()).sum::<Option<_>>().as_ref().map(Count::of);
    let view = |point: &detente_bargain::rectangles::RectanglePoint| PackageView {
        count: point.packages.as_ref().map(Count::of),
        values: named(domain, &point.package),
        in_zone: stakes.allow(&point.worths),
    };
    answer.packages = found.points.iter().map(view).collect();
    let at_most = found.open.iter().flat_map(|open| &open.at_most).map(Exact::to_f64).collect();
    answer.search = Some(SearchView { nodes: found.nodes, at_most });
    if let Some(open) = &found.open {
        answer.stopped = Some(open.reason.clone());
        return;
    }
    answer.status = Status::Proven;
    for solution in Solution::ALL {
        let chosen: Vec<&[Exact]> = chosen_among(solution, &stakes, &worths).iter().map(|at| worths[*at]).collect();
        answer.points.insert(solution.id().into(), chosen.iter().map(|worths| near(worths)).collect());
        answer.exact.points.insert(solution.id().into(), chosen.iter().map(|worths| exact(worths)).collect());
    }
}

fn not_counted(why: Uncounted) -> NotCounted {
    match why {
        Uncounted::SeveralWays => NotCounted::SeveralWays,
        Uncounted::TooFine => NotCounted::TooFine,
        Uncounted::TooMany { limit } => NotCounted::TooMany { limit: limit as u64 },
        Uncounted::Stopped => NotCounted::Stopped,
    }
}
