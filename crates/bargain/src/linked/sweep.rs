//! Issue after issue, for every way in which what is still open hangs on what is settled.
//!
//! Tables link issues. When an issue gets its value, an earlier one of which no table is
//! open any more is forgotten; those that are not are the *boundary*. Sums of worths that
//! go with the same values of the boundary have the same future, so that of these only
//! those that no other dominates are kept, as for additive worth. The cost grows with the
//! number of values of the boundary, not with the number of packages: a chain of issues is
//! nearly as easy as unlinked ones.
//!
//! Source: `[Dechter1999]`, bucket elimination, here along one path; the vectors of
//! `[RollonLarrosa2006]`. Differs: equal sums are kept together and counted.

use std::collections::BTreeMap;

use detente_base::{Budget, Exact, StopReason};
use num_bigint::BigInt;

use super::search::{fits_words, units, whole};
use super::{Linked, Query};
use crate::efficient::Filter;
use crate::frontier::{Frontier, FrontierPoint};
use crate::layers::{Layer, Way, packages};

/// Combinations of values of the boundary up to which it is swept.
pub(super) const MOST_BOUNDARY: u64 = 4_096;

/// Sums between two looks at the stopper.
const STRIDE: u64 = 1 << 12;

/// In which order issues are settled, and what stays open.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The issues in order.
    order: Vec<usize>,
    /// For each of them the boundary after it, ascending.
    boundaries: Vec<Vec<usize>>,
    /// Combinations of values of the largest boundary, with the issue that is settled.
    pub(super) widest: u64,
}

impl Plan {
    /// Settles next what leaves the smallest boundary.
    ///
    /// Cost: for each issue, the tables of those that share one with the boundary.
    pub(super) fn new(linked: &Linked) -> Self {
        let mut links = Links::new(linked);
        let mut plan = Self { order: Vec::new(), boundaries: Vec::new(), widest: 1 };
        let mut boundary: Vec<usize> = Vec::new();
        for _ in 0..links.sizes.len() {
            let candidates = links.near(&boundary);
            let best = candidates.into_iter().map(|issue| (links.size(&links.after(&boundary, issue)), issue)).min();
            // A new part begins with the issue that is linked to the fewest others.
            let issue = best.map_or_else(|| links.loosest(), |(_, issue)| issue);
            let mut inside = boundary.clone();
            inside.push(issue);
            plan.widest = plan.widest.max(links.size(&inside));
            boundary = links.after(&boundary, issue);
            links.settle(issue);
            plan.order.push(issue);
            plan.boundaries.push(boundary.clone());
        }
        plan
    }
}

/// Which issues share tables, and which are settled.
struct Links<'l> {
    sizes: &'l [usize],
    scopes: Vec<&'l [usize]>,
    /// The scopes of each issue.
    of: Vec<Vec<usize>>,
    /// How many issues of each scope are not settled.
    open: Vec<usize>,
    settled: Vec<bool>,
    /// Issues by how many others they are linked to, those settled already left out lazily.
    loose: Vec<usize>,
}

impl<'l> Links<'l> {
    fn new(linked: &'l Linked) -> Self {
        let (sizes, scopes) = (linked.sizes(), scopes(linked));
        let mut of = vec![Vec::new(); sizes.len()];
        for (at, scope) in scopes.iter().enumerate() {
            scope.iter().for_each(|issue| of[*issue].push(at));
        }
        let degree = |issue: &usize| of[*issue].iter().map(|scope| scopes[*scope].len()).sum::<usize>();
        let mut loose: Vec<usize> = (0..sizes.len()).collect();
        loose.sort_by_key(|issue| (degree(issue), *issue));
        loose.reverse();
        let open = scopes.iter().map(|scope| scope.len()).collect();
        Self { sizes, scopes, of, open, settled: vec![false; sizes.len()], loose }
    }

    /// Issues that share a table with the boundary.
    fn near(&self, boundary: &[usize]) -> Vec<usize> {
        let scopes = boundary.iter().flat_map(|issue| &self.of[*issue]);
        let issues = scopes.flat_map(|scope| self.scopes[*scope].iter().copied());
        let mut found: Vec<usize> = issues.filter(|issue| !self.settled[*issue]).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The boundary when an issue is settled too.
    fn after(&self, boundary: &[usize], issue: usize) -> Vec<usize> {
        let stays = |own: &usize| {
            self.of[*own].iter().any(|scope| {
                let here = usize::from(self.scopes[*scope].contains(&issue));
                self.open[*scope] > here
            })
        };
        let mut left: Vec<usize> = boundary.iter().copied().chain([issue]).filter(stays).collect();
        left.sort_unstable();
        left
    }

    fn loosest(&mut self) -> usize {
        while self.loose.last().is_some_and(|issue| self.settled[*issue]) {
            self.loose.pop();
        }
        self.loose.pop().expect("an issue is open")
    }

    fn settle(&mut self, issue: usize) {
        self.settled[issue] = true;
        self.of[issue].iter().for_each(|scope| self.open[*scope] -= 1);
    }

    fn size(&self, issues: &[usize]) -> u64 {
        issues.iter().fold(1, |n: u64, issue| n.saturating_mul(self.sizes[*issue] as u64))
    }
}

/// The issues of every table and rule.
fn scopes(linked: &Linked) -> Vec<&[usize]> {
    let tables = linked.parties().iter().flat_map(|party| &party.tables).map(|table| table.issues.as_slice());
    tables.chain(linked.rules.iter().map(|rule| rule.issues.as_slice())).collect()
}

/// Finds the packages that a query seeks; nothing where worths do not fit machine words.
///
/// # Errors
/// When the budget ends it.
pub(super) fn solve(
    linked: &Linked,
    (query, plan): (&Query, &Plan),
    budget: &Budget,
) -> Result<Option<Frontier>, StopReason> {
    let units = units(linked, query);
    if !fits_words(linked, &units, query) {
        return Ok(None);
    }
    let sweep = Sweep::new(linked, query, plan, &units);
    let (sums, layers) = sweep.run(budget)?;
    Ok(Some(sweep.frontier(&sums, layers, &units)))
}

/// A table of numbers of one party, or of what is allowed.
struct Part {
    issues: Vec<usize>,
    /// The party; nothing for a rule.
    party: Option<usize>,
    /// For a rule 1 for what is allowed.
    entries: Vec<i64>,
}

struct Sweep<'l> {
    sizes: &'l [usize],
    plan: &'l Plan,
    parties: usize,
    objectives: usize,
    least: Vec<Option<i64>>,
    /// For each place of the order, what is decided when its issue is settled.
    parts: Vec<Vec<Part>>,
    /// For each place, the most that each party can still gain after it.
    rest: Vec<Vec<i64>>,
}

/// Sums that go with the same values of the boundary.
type Sums = BTreeMap<Vec<u32>, Vec<(u32, Vec<i64>)>>;

impl<'l> Sweep<'l> {
    fn new(linked: &'l Linked, query: &Query, plan: &'l Plan, units: &[BigInt]) -> Self {
        let sizes = linked.sizes();
        let mut places = vec![0; sizes.len()];
        plan.order.iter().enumerate().for_each(|(place, issue)| places[*issue] = place);
        let word = |number: &Exact, party: usize| i64::try_from(whole(number, &units[party])).expect("it fits");
        let mut parts: Vec<Vec<Part>> = plan.order.iter().map(|_| Vec::new()).collect();
        let mut always = vec![0; linked.parties().len()];
        for (party, of) in linked.parties().iter().enumerate() {
            for table in &of.tables {
                let entries: Vec<i64> = table.entries.iter().map(|entry| word(entry, party)).collect();
                match table.issues.iter().map(|issue| places[*issue]).max() {
                    Some(place) => {
                        parts[place].push(Part { issues: table.issues.clone(), party: Some(party), entries });
                    }
                    None => always[party] += entries[0],
                }
            }
        }
        for rule in &linked.rules {
            let entries = rule.entries.iter().map(|allowed| i64::from(*allowed)).collect();
            // A rule about nothing stands at the first issue.
            let place = rule.issues.iter().map(|issue| places[*issue]).max().unwrap_or(0);
            if let Some(at) = parts.get_mut(place) {
                at.push(Part { issues: rule.issues.clone(), party: None, entries });
            }
        }
        let mut left = vec![0; linked.parties().len()];
        let mut rest = vec![left.clone()];
        for parts in parts.iter().rev() {
            for part in parts {
                if let Some(party) = part.party {
                    left[party] += part.entries.iter().max().copied().unwrap_or(0);
                }
            }
            rest.push(left.clone());
        }
        rest.reverse();
        let least = query.least.iter().enumerate();
        Self {
            sizes,
            plan,
            parties: linked.parties().len(),
            objectives: query.objectives,
            least: least.map(|(party, least)| least.as_ref().map(|least| word(least, party) - always[party])).collect(),
            parts,
            rest,
        }
        .shifted(&always)
    }

    /// Worth that hangs on nothing is added at the first issue.
    fn shifted(mut self, always: &[i64]) -> Self {
        for (party, worth) in always.iter().enumerate().filter(|(_, worth)| **worth != 0) {
            if let Some(first) = self.parts.first_mut() {
                first.push(Part { issues: Vec::new(), party: Some(party), entries: vec![*worth] });
            }
            if let Some(least) = &mut self.least[party] {
                *least += worth;
            }
            self.rest[0][party] += worth;
        }
        self
    }

    /// The sums after the last issue, and how they come about.
    fn run(&self, budget: &Budget) -> Result<(Vec<Vec<i64>>, Vec<Layer>), StopReason> {
        let mut layers = Vec::new();
        let mut boundary: Vec<usize> = Vec::new();
        let mut sums: Sums = BTreeMap::from([(Vec::new(), vec![(0, vec![0; self.parties])])]);
        let mut looked: u64 = 0;
        for place in 0..self.plan.order.len() {
            budget.check()?;
            let next = &self.plan.boundaries[place];
            let mut candidates: BTreeMap<Vec<u32>, Vec<(Vec<i64>, Way)>> = BTreeMap::new();
            for (values, own) in &sums {
                for value in 0..self.sizes[self.plan.order[place]] as u32 {
                    let at = |issue: usize| {
                        if issue == self.plan.order[place] {
                            return value;
                        }
                        values[boundary.iter().position(|known| *known == issue).expect("it is open")]
                    };
                    let Some(gain) = self.decided(place, &at) else { continue };
                    let key: Vec<u32> = next.iter().map(|issue| at(*issue)).collect();
                    let into = candidates.entry(key).or_default();
                    for (before, sum) in own {
                        let sum: Vec<i64> = sum.iter().zip(&gain).map(|(a, b)| a + b).collect();
                        if self.in_reach(place + 1, &sum) {
                            into.push((sum, Way { before: *before, value }));
                        }
                    }
                    looked += own.len() as u64;
                    if looked > budget.states {
                        return Err(StopReason::TooManyStates {
                            states: format!("more than {looked}"),
                            limit: budget.states,
                        });
                    }
                    if looked % STRIDE < own.len() as u64 {
                        budget.check()?;
                    }
                }
            }
            let mut layer = Layer::default();
            let mut count = 0;
            sums = BTreeMap::new();
            for (key, found) in candidates {
                let kept = self.efficient(found, &mut layer, &mut count, budget)?;
                if !kept.is_empty() {
                    sums.insert(key, kept);
                }
            }
            layers.push(layer);
            boundary.clone_from(next);
        }
        let last = sums.into_values().next().unwrap_or_default();
        Ok((last.into_iter().map(|(_, sum)| sum).collect(), layers))
    }

    /// What each party gains when an issue is settled; nothing where a rule forbids it.
    fn decided(&self, place: usize, at: &dyn Fn(usize) -> u32) -> Option<Vec<i64>> {
        let mut gain = vec![0; self.parties];
        for part in &self.parts[place] {
            let digits = part.issues.iter().rev();
            let index = digits.fold(0, |index, issue| index * self.sizes[*issue] + at(*issue) as usize);
            match part.party {
                Some(party) => gain[party] += part.entries[index],
                None if part.entries[index] == 0 => return None,
                None => {}
            }
        }
        Some(gain)
    }

    fn in_reach(&self, place: usize, sum: &[i64]) -> bool {
        let most = sum.iter().zip(&self.rest[place]).map(|(sum, rest)| sum + rest);
        most.zip(&self.least).all(|(most, least)| least.is_none_or(|least| most >= least))
    }

    /// The sums that no other dominates, equal ones together.
    fn efficient(
        &self,
        mut found: Vec<(Vec<i64>, Way)>,
        layer: &mut Layer,
        count: &mut u32,
        budget: &Budget,
    ) -> Result<Vec<(u32, Vec<i64>)>, StopReason> {
        // Of equal sums the one with the first values comes first.
        found.sort_by(|(a, _), (b, _)| b.cmp(a));
        let mut filter = Filter::new(self.parties);
        let mut kept: Vec<(u32, Vec<i64>)> = Vec::new();
        let mut last: Option<(Vec<i64>, bool)> = None;
        for (at, (sum, way)) in found.into_iter().enumerate() {
            if at as u64 % STRIDE == STRIDE - 1 {
                budget.check()?;
            }
            if let Some((same, was_kept)) = &last
                && *same == sum
            {
                if *was_kept {
                    layer.also(way);
                }
                continue;
            }
            let keeps = if self.objectives == self.parties {
                filter.keeps(&sum)
            } else {
                !kept.iter().any(|(_, better)| self.outdone(better, &sum))
            };
            if keeps {
                layer.start(way);
                kept.push((*count, sum.clone()));
                *count += 1;
            }
            last = Some((sum, keeps));
        }
        Ok(kept)
    }

    /// Whether a sum makes another one idle where only some parties judge: it is better for
    /// them, and gives the others that need something as much.
    fn outdone(&self, better: &[i64], sum: &[i64]) -> bool {
        let judged = 0..self.objectives;
        better[judged.clone()] != sum[judged.clone()]
            && better[judged.clone()].iter().zip(&sum[judged]).all(|(b, s)| b >= s)
            && (self.objectives..self.parties).all(|party| self.least[party].is_none() || better[party] >= sum[party])
    }

    /// The points, with all ways to worths that judges do not tell apart brought together.
    fn frontier(&self, sums: &[Vec<i64>], mut layers: Vec<Layer>, units: &[BigInt]) -> Frontier {
        let mut order = self.plan.order.clone();
        let mut judged: Vec<&[i64]> = Vec::new();
        let mut last = Layer::default();
        let mut filter = Filter::new(self.objectives);
        let mut kept = false;
        let mut previous: Option<&[i64]> = None;
        for (before, sum) in sums.iter().enumerate() {
            let own = &sum[..self.objectives];
            let way = Way { before: before as u32, value: 0 };
            if previous == Some(own) {
                if kept {
                    last.also(way);
                }
                continue;
            }
            previous = Some(own);
            kept = filter.keeps(own);
            if kept {
                last.start(way);
                judged.push(own);
            }
        }
        layers.push(last);
        order.push(usize::MAX);
        let mut sizes: Vec<usize> = self.plan.order.iter().map(|issue| self.sizes[*issue]).collect();
        sizes.push(1);
        let exact = |(amount, unit): (&i64, &BigInt)| Exact::from_ratio(&BigInt::from(*amount), unit);
        let points = judged.iter().zip(packages(&layers, &sizes)).map(|(worths, packages)| FrontierPoint {
            worths: worths.iter().zip(units).map(exact).collect(),
            packages,
        });
        Frontier::swept(points.collect(), (layers, order), self.sizes)
    }
}

#[cfg(test)]
mod tests {
    use detente_base::Pcg;

    use super::super::{LinkedParty, Table};
    use super::*;
    use crate::linked::search;

    fn table(rng: &mut Pcg, sizes: &[usize], issues: Vec<usize>) -> Table<Exact> {
        let count = issues.iter().map(|issue| sizes[*issue]).product::<usize>();
        let entries = (0..count).map(|_| Exact::from(i64::from(rng.below(7)) - 3)).collect();
        Table { issues, entries }
    }

    fn random(rng: &mut Pcg) -> Linked {
        let sizes: Vec<usize> = (0..2 + rng.below(5)).map(|_| 1 + rng.below(3) as usize).collect();
        let scope =
            |rng: &mut Pcg| -> Vec<usize> { (0..sizes.len()).filter(|_| rng.below(sizes.len() as u32) < 2).collect() };
        let parties = (0..=rng.below(3))
            .map(|party| {
                let tables = (0..=rng.below(4)).map(|_| {
                    let issues = scope(rng);
                    table(rng, &sizes, issues)
                });
                LinkedParty {
                    tables: tables.collect(),
                    name: party.to_string(),
                    reservation: Exact::from(i64::from(rng.below(5)) - 3),
                }
            })
            .collect();
        let rules = (0..rng.below(3))
            .map(|_| {
                let issues = scope(rng);
                let count = issues.iter().map(|issue| sizes[*issue]).product::<usize>();
                Table { issues, entries: (0..count).map(|_| rng.below(5) > 0).collect() }
            })
            .collect();
        Linked::new(sizes, parties, rules).expect("tables fit")
    }

    #[test]
    fn sweeping_finds_what_the_search_finds() {
        let mut rng = Pcg::new(21);
        let mut met = 0;
        for _ in 0..2_000 {
            let linked = random(&mut rng);
            let parties = linked.parties().len();
            let query = Query {
                objectives: 1 + rng.below(parties as u32) as usize,
                least: linked.reservations().into_iter().map(|r| (rng.below(2) == 0).then_some(r)).collect(),
            };
            let plan = Plan::new(&linked);
            let budget = Budget::default();
            let swept = solve(&linked, (&query, &plan), &budget).expect("no limit").expect("small numbers");
            let searched = search::solve(&linked, &query, &budget).expect("no limit");
            let points: Vec<_> = swept.points().collect();
            assert_eq!(points, searched.points().collect::<Vec<_>>());
            assert_eq!(swept.occurrences(|_| true), searched.occurrences(|_| true));
            for (issue, size) in linked.sizes().iter().enumerate() {
                for value in 0..*size as u32 {
                    assert_eq!(swept.packages_with(issue, value), searched.packages_with(issue, value));
                }
            }
            for (at, point) in points.iter().enumerate() {
                let package = swept.package(at);
                assert!(linked.allows(&package));
                assert_eq!(linked.worths(&package)[..query.objectives], point.worths);
                met += 1;
            }
        }
        assert!(met > 2_000, "{met}");
    }

    #[test]
    fn chains_of_many_issues_are_swept() {
        let mut rng = Pcg::new(4);
        let sizes = vec![2; 60];
        let parties = (0..2)
            .map(|party: usize| LinkedParty {
                name: party.to_string(),
                tables: (0..59).map(|at| table(&mut rng, &sizes, vec![at, at + 1])).collect(),
                reservation: Exact::ZERO,
            })
            .collect();
        let linked = Linked::new(sizes, parties, Vec::new()).expect("tables fit");
        let found = crate::linked::frontier(&linked, &Budget::default()).expect("within the budget");
        assert!(found.points().len() > 20);
        for (at, point) in found.points().enumerate() {
            assert_eq!(linked.worths(&found.package(at)), point.worths);
        }
        // What is best for one party alone is the first point of two.
        let alone = crate::linked::frontier(&linked.seated(&[0]), &Budget::default()).expect("within the budget");
        assert_eq!(
            alone.points().next().expect("a package").worths[0],
            found.points().next().expect("a point").worths[0]
        );
    }
}
