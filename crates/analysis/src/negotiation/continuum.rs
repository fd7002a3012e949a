//! Two parties over real numbers: frontiers of segments.

use detente_bargain::continuous::{Chosen, Continuum, Curve, Mark, Segment, Spot, Stretch, chosen_on, curve, within};
use detente_bargain::{Negotiation, Party, Solution, Stakes};
use detente_base::{Budget, Exact};
use detente_scenario::negotiation_files::{Domain, DomainIssue, Line, Profile};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Count, NegotiationAnswer, NotCounted, PackageView, Status, empty};

/// An issue over real numbers of which all are looked at.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ContinuousIssue {
    /// Name of the issue.
    pub issue: String,
    /// The least number.
    pub low: Exact,
    /// The greatest number.
    pub high: Exact,
}

/// Efficient worths on a line: of the first party less and less, of the second more and more.
/// The values of a package change along it evenly.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SegmentView {
    /// Worths at the end that is best for the first party.
    pub from: Vec<f64>,
    /// Worths at the end that is best for the second party.
    pub to: Vec<f64>,
    /// Whether the first end is efficient: if not, a package with the same or more for both
    /// dominates it, and all points near it are efficient.
    pub from_efficient: bool,
    /// Whether the second end is efficient.
    pub to_efficient: bool,
    /// The ends as exact numbers.
    pub exact: [Vec<String>; 2],
    /// A package at the first end, and one at the second: the value of each issue.
    pub packages: [Vec<String>; 2],
    /// Whether some part of it gives every party at least its reservation.
    pub in_zone: bool,
}

/// The answer where issues are continuous; `None` where none is.
pub(super) fn negotiate(domain: &Domain, profiles: &[(String, Profile)], budget: &Budget) -> Option<NegotiationAnswer> {
    let [(_, first), (_, second)] = profiles else { return None };
    let line = |profile: &'_ Profile, issue: usize| profile.lines.get(issue).cloned().flatten();
    let lines: Vec<Option<[Line; 2]>> =
        (0..domain.issues.len()).map(|issue| Some([line(first, issue)?, line(second, issue)?])).collect();
    if lines.iter().all(Option::is_none) {
        return None;
    }
    let table = Table { domain, lines: &lines };
    let continuum = table.continuum(profiles)?;
    let mut answer = empty(domain, profiles);
    let is_continuous = |name: &String| domain.issues.iter().zip(&lines).any(|(i, l)| l.is_some() && i.name == *name);
    answer.sampled.retain(|sampled| !is_continuous(&sampled.issue));
    answer.continuous = table.continuous();
    answer.outcomes = Count::Text("infinite".to_owned());
    match curve(&continuum, budget) {
        Err(reason) => answer.stopped = Some(reason),
        Ok(found) => table.fill(&mut answer, &continuum.stakes(), &found),
    }
    Some(answer)
}

/// The issues of a domain, and the worths of those that are continuous.
struct Table<'t> {
    domain: &'t Domain,
    lines: &'t [Option<[Line; 2]>],
}

impl Table<'_> {
    fn continuous(&self) -> Vec<ContinuousIssue> {
        let issues = self.domain.issues.iter().zip(self.lines).filter(|(_, lines)| lines.is_some());
        let view = |(issue, _): (&DomainIssue, _)| {
            let (low, high) = issue.sampled.clone()?;
            Some(ContinuousIssue { issue: issue.name.clone(), low, high })
        };
        issues.filter_map(view).collect()
    }

    /// `None` where worth is by hyper-rectangles.
    fn continuum(&self, profiles: &[(String, Profile)]) -> Option<Continuum> {
        let party = |(name, profile): &(String, Profile)| {
            let worths = profile.worth.additive()?.iter().zip(self.lines);
            Some(Party {
                name: name.clone(),
                worths: worths.filter(|(_, lines)| lines.is_none()).map(|(worths, _)| worths.clone()).collect(),
                reservation: profile.reservation.clone(),
            })
        };
        let parties = profiles.iter().map(party).collect::<Option<Vec<Party>>>()?;
        let listed = Negotiation::new(parties).expect("parties judge the issues of one domain");
        let real = self.lines.iter().flatten().map(stretches).collect();
        Some(Continuum::new(listed, real).expect("two parties, and bounds that are apart"))
    }

    fn fill(&self, answer: &mut NegotiationAnswer, stakes: &Stakes, found: &Curve) {
        answer.status = Status::Proven;
        answer.not_counted = Some(NotCounted::Infinite);
        for spot in found.vertices() {
            let in_zone = stakes.allow(&spot.worths);
            answer.frontier.push(spot.near().to_vec());
            answer.exact.frontier.push(exact(spot));
            answer.packages.push(PackageView { count: None, values: self.values(found, spot), in_zone });
            answer.zone_points += u64::from(in_zone);
        }
        for segment in found.segments().iter().filter(|segment| !segment.is_point()) {
            answer.segments.push(self.segment(found, segment, stakes));
        }
        for solution in Solution::ALL {
            let chosen = chosen_on(solution, stakes, found);
            let (mut near, mut fractions, mut ties) = (Vec::new(), Vec::new(), Vec::new());
            for chosen in &chosen {
                let spots = match chosen {
                    Chosen::At(spot) => vec![spot],
                    Chosen::Between(from, to) => {
                        ties.push([from.near().to_vec(), to.near().to_vec()]);
                        vec![from, to]
                    }
                };
                near.extend(spots.iter().map(|spot| spot.near().to_vec()));
                fractions.extend(spots.iter().map(|spot| exact(spot)));
                let packages = spots.iter().map(|spot| self.values(found, spot));
                answer.solution_packages.entry(solution.id().into()).or_default().extend(packages);
            }
            answer.points.insert(solution.id().into(), near);
            answer.exact.points.insert(solution.id().into(), fractions);
            if !ties.is_empty() {
                answer.ties_between.insert(solution.id().into(), ties);
            }
        }
    }

    fn segment(&self, found: &Curve, segment: &Segment, stakes: &Stakes) -> SegmentView {
        let Segment { from, to, from_efficient, to_efficient } = segment;
        SegmentView {
            from: from.near().to_vec(),
            to: to.near().to_vec(),
            from_efficient: *from_efficient,
            to_efficient: *to_efficient,
            exact: [exact(from), exact(to)],
            packages: [self.values(found, from), self.values(found, to)],
            in_zone: within(segment, stakes).is_some(),
        }
    }

    /// The values of a package, in the order of the domain.
    fn values(&self, found: &Curve, spot: &Spot) -> Vec<String> {
        let mut listed = found.values(spot).into_iter();
        let mut numbers = spot.numbers.iter();
        let value = |(issue, lines): (&DomainIssue, &Option<[Line; 2]>)| match lines {
            Some(_) => numbers.next().map(Exact::to_string),
            None => listed.next().map(|value| issue.values[value as usize].clone()),
        };
        self.domain.issues.iter().zip(self.lines).filter_map(value).collect()
    }
}

fn exact(spot: &Spot) -> Vec<String> {
    spot.worths.iter().map(Exact::to_string).collect()
}

/// The stretches between the knots of both parties, and the knots at which one of them jumps.
fn stretches(lines: &[Line; 2]) -> Vec<Stretch> {
    let mut numbers: Vec<&Exact> = lines.iter().flat_map(Line::knots).map(|knot| &knot.at).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let knots: Vec<_> = numbers.iter().map(|number| [0, 1].map(|party: usize| lines[party].at(number))).collect();
    let mark = |at: &Exact, worths: [&Exact; 2]| Mark { at: at.clone(), worths: worths.map(Exact::clone) };
    let mut found = Vec::new();
    for (number, [a, b]) in numbers.iter().zip(&knots) {
        if [a, b].iter().any(|knot| knot.worth != knot.before || knot.worth != knot.after) {
            let jump = mark(number, [&a.worth, &b.worth]);
            found.push(Stretch { from: jump.clone(), to: jump });
        }
    }
    for (number, pair) in numbers.windows(2).zip(knots.windows(2)) {
        let ([a, b], [c, d]) = (&pair[0], &pair[1]);
        let (from, to) = (mark(number[0], [&a.after, &b.after]), mark(number[1], [&c.before, &d.before]));
        found.push(Stretch { from, to });
    }
    found
}
