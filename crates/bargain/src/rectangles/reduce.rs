//! Rectangles as clauses over classes of values.
//!
//! Every rectangle becomes a *clause* that pays nothing or something positive: one that
//! costs something is a constant loss and a clause that takes it back. A clause pays if all
//! its literals hold, or if any does. Values of an issue that occur in the same literals
//! act alike and are one *class*.
//!
//! For the frontier, classes that are never better than another go: literals only ever
//! help, so that a class is not needed if what it alone can still satisfy pays no party
//! more than the other class has for certain.

use std::collections::{BTreeMap, BTreeSet};

use detente_base::Exact;
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, ToPrimitive as _};

use super::negotiation::{Aggregation, Pays, Rectangle, RectangleError, RectangleGroup, RectangleNegotiation};

/// Most bounds in all rectangles.
const MOST_BOUNDS: usize = 2_048;

/// Most ways to leave some of several rectangles.
const MOST_WAYS: usize = 4_096;

/// Classes of an issue above which no two are compared.
const MOST_COMPARED: usize = 256;

/// Which classes are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Those that some efficient package may need.
    Best,
    /// Those that are not worse than another whatever the other issues are.
    Sure,
    /// All of them.
    All,
}

/// When a clause pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// When every literal holds.
    All,
    /// When some literal holds.
    Any,
}

/// What pays, and what it pays each party; nothing is negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) kind: Kind,
    /// Variables in ascending order, and for each class whether the literal holds.
    pub(super) literals: Vec<(usize, Vec<bool>)>,
    pub(super) weights: Vec<i128>,
}

/// Values that act alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Class {
    /// The first of them.
    pub(super) value: u32,
    /// How many they are.
    pub(super) count: u64,
}

/// The clauses of a negotiation.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    /// By variable, its classes: first the issues, then choices that greatest and least
    /// numbers leave open.
    pub(super) variables: Vec<Vec<Class>>,
    /// Number of issues.
    pub(super) issues: usize,
    pub(super) clauses: Vec<Clause>,
    /// What every package pays.
    pub(super) base: Vec<i128>,
    /// By party, how many whole numbers make one unit of its groups.
    pub(super) scales: Vec<BigInt>,
    /// By variable, classes that were left out, each with one that is no worse, by value.
    pub(super) instead: Vec<BTreeMap<u32, u32>>,
}

/// A literal before values have classes.
#[derive(Clone, Copy)]
enum Literal {
    /// Values from the first to the second number of an issue.
    In(usize, u32, u32),
    /// The others.
    Out(usize, u32, u32),
    /// A choice and one of its ways.
    Way(usize, usize),
}

struct Draft {
    kind: Kind,
    literals: Vec<Literal>,
    party: usize,
    weight: i128,
}

/// What is gathered from groups.
struct Drafts {
    all: Vec<Draft>,
    base: Vec<i128>,
    /// Ways of each choice.
    ways: Vec<usize>,
    issues: usize,
}

impl Problem {
    pub(super) fn new(negotiation: &RectangleNegotiation, keep: Keep) -> Result<Self, RectangleError> {
        let parties = negotiation.parties();
        let bounds = parties.iter().flat_map(|p| &p.groups).flat_map(|g| &g.rectangles).map(|r| r.bounds.len()).sum();
        if bounds > MOST_BOUNDS {
            return Err(RectangleError::TooManyBounds { bounds, limit: MOST_BOUNDS });
        }
        let issues = negotiation.sizes().len();
        let mut drafts = Drafts { all: Vec::new(), base: vec![0; parties.len()], ways: Vec::new(), issues };
        let mut scales = Vec::new();
        for (at, party) in parties.iter().enumerate() {
            let fine = || RectangleError::TooFine { party: party.name.clone() };
            let (scale, amounts) = whole_amounts(&party.groups).ok_or_else(fine)?;
            scales.push(scale);
            for (group, amounts) in party.groups.iter().zip(amounts) {
                drafts.group(at, &party.name, group, &amounts)?;
            }
        }
        let mut problem = drafts.problem(negotiation.sizes(), scales, parties.len());
        problem.simplify(keep);
        Ok(problem)
    }

    /// Variables that clauses still mention.
    pub(super) fn active(&self) -> Vec<usize> {
        let mentioned: BTreeSet<usize> =
            self.clauses.iter().flat_map(|clause| clause.literals.iter().map(|(variable, _)| *variable)).collect();
        mentioned.into_iter().collect()
    }

    /// What a party's whole number is worth before it is divided by its unit.
    pub(super) fn amount(&self, party: usize, whole: i128) -> Exact {
        Exact::from_ratio(&BigInt::from(whole), &self.scales[party])
    }

    fn simplify(&mut self, keep: Keep) {
        loop {
            self.settle();
            self.merge_clauses();
            let fewer = match keep {
                Keep::Best => self.drop_classes(),
                Keep::Sure => {
                    self.drop_classes();
                    self.settle();
                    self.merge_clauses();
                    false
                }
                Keep::All => self.join_classes(),
            };
            if !fewer {
                return;
            }
        }
    }

    /// Drops literals and clauses that no longer depend on anything.
    fn settle(&mut self) {
        let base = &mut self.base;
        self.clauses.retain_mut(|clause| {
            let (all, any) = (Kind::All, Kind::Any);
            let always = clause.literals.iter().any(|(_, holds)| holds.iter().all(|h| *h));
            let never = clause.literals.iter().any(|(_, holds)| !holds.iter().any(|h| *h));
            if (clause.kind == all && never) || (clause.kind == any && always) {
                if clause.kind == any {
                    base.iter_mut().zip(&clause.weights).for_each(|(sum, weight)| *sum += weight);
                }
                return false;
            }
            clause.literals.retain(|(_, holds)| holds.iter().any(|h| *h) && !holds.iter().all(|h| *h));
            if clause.literals.is_empty() {
                if clause.kind == all {
                    base.iter_mut().zip(&clause.weights).for_each(|(sum, weight)| *sum += weight);
                }
                return false;
            }
            if clause.literals.len() == 1 {
                clause.kind = all;
            }
            true
        });
    }

    fn merge_clauses(&mut self) {
        self.clauses.sort_by(|a, b| (a.kind, &a.literals).cmp(&(b.kind, &b.literals)));
        self.clauses.dedup_by(|next, kept| {
            let same = next.kind == kept.kind && next.literals == kept.literals;
            if same {
                kept.weights.iter_mut().zip(&next.weights).for_each(|(sum, weight)| *sum += weight);
            }
            same
        });
    }

    /// The literals of a variable: its clause, whether that has no other literal, and where
    /// it holds.
    fn literals(&self, variable: usize) -> Vec<(&Clause, &[bool])> {
        let of = |clause: &'_ Clause| clause.literals.iter().position(|(at, _)| *at == variable);
        self.clauses.iter().filter_map(|clause| Some((clause, clause.literals[of(clause)?].1.as_slice()))).collect()
    }

    fn drop_classes(&mut self) -> bool {
        let mut fewer = false;
        let mut instead = Vec::new();
        for variable in 0..self.variables.len() {
            let count = self.variables[variable].len();
            if count == 1 || count > MOST_COMPARED {
                continue;
            }
            let mut gone = vec![false; count];
            let literals = self.literals(variable);
            for a in 0..count {
                let better = (0..count).find(|b| a != *b && !gone[*b] && no_worse(&literals, *b, a, self.base.len()));
                gone[a] = better.is_some();
                if let Some(b) = better {
                    instead.push((variable, self.variables[variable][a].value, self.variables[variable][b].value));
                }
            }
            fewer |= gone.iter().any(|gone| *gone);
            self.remove(variable, &gone);
        }
        self.note(instead);
        fewer
    }

    /// The class that a value falls to.
    pub(super) fn class_of(&self, variable: usize, value: u32) -> usize {
        let mut value = value;
        while let Some(other) = self.instead[variable].get(&value) {
            value = *other;
        }
        self.variables[variable].iter().position(|class| class.value == value).expect("kept")
    }

    fn join_classes(&mut self) -> bool {
        let mut fewer = false;
        let mut instead = Vec::new();
        for variable in 0..self.variables.len() {
            let count = self.variables[variable].len();
            let literals = self.literals(variable);
            let mut first: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
            let mut gone = vec![false; count];
            let mut added = vec![0; count];
            for class in 0..count {
                let signature = literals.iter().map(|(_, holds)| holds[class]).collect();
                let kept = *first.entry(signature).or_insert(class);
                if kept != class {
                    gone[class] = true;
                    let classes = &self.variables[variable];
                    added[kept] += classes[class].count;
                    instead.push((variable, classes[class].value, classes[kept].value));
                }
            }
            self.variables[variable].iter_mut().zip(added).for_each(|(class, more)| class.count += more);
            fewer |= gone.iter().any(|gone| *gone);
            self.remove(variable, &gone);
        }
        self.note(instead);
        fewer
    }

    fn note(&mut self, instead: Vec<(usize, u32, u32)>) {
        for (variable, value, other) in instead {
            self.instead[variable].insert(value, other);
        }
    }

    fn remove(&mut self, variable: usize, gone: &[bool]) {
        if !gone.iter().any(|gone| *gone) {
            return;
        }
        let mut at = 0..;
        self.variables[variable].retain(|_| !gone[at.next().expect("endless")]);
        for clause in &mut self.clauses {
            for (_, holds) in clause.literals.iter_mut().filter(|(of, _)| *of == variable) {
                let mut at = 0..;
                holds.retain(|_| !gone[at.next().expect("endless")]);
            }
        }
    }
}

/// Whether a class gives every party at least what another does, whatever the other
/// variables are: what only the other can satisfy pays no more than what it has for
/// certain.
fn no_worse(literals: &[(&Clause, &[bool])], class: usize, other: usize, parties: usize) -> bool {
    (0..parties).all(|party| {
        let mut ahead = 0;
        for (clause, holds) in literals {
            let weight = clause.weights[party];
            match (holds[class], holds[other]) {
                (true, false) if clause.literals.len() == 1 => ahead += weight,
                (false, true) => ahead -= weight,
                _ => {}
            }
        }
        ahead >= 0
    })
}

impl Drafts {
    fn group(
        &mut self,
        party: usize,
        name: &str,
        group: &RectangleGroup,
        amounts: &[i128],
    ) -> Result<(), RectangleError> {
        let rectangles = || group.rectangles.iter().zip(amounts.iter().copied());
        if group.aggregation == Aggregation::Sum {
            rectangles().for_each(|(rectangle, amount)| self.paid(party, rectangle, amount));
            return Ok(());
        }
        if group.weight < Exact::ZERO || group.rectangles.iter().any(|r| r.utility < Exact::ZERO) {
            return Err(RectangleError::NegativeGroup { party: name.to_owned() });
        }
        let too_many = || RectangleError::TooManyWays { party: name.to_owned(), limit: MOST_WAYS };
        // Each way pays what it says if all its literals hold; the best way counts.
        let mut ways: Vec<(Vec<Literal>, i128)> = Vec::new();
        if group.aggregation == Aggregation::Max {
            for (rectangle, amount) in rectangles() {
                ways.extend(ways_of(rectangle).into_iter().map(|literals| (literals, amount)));
            }
        } else if let Some(least) = amounts.iter().min() {
            let mut joint: Vec<Vec<Literal>> = vec![Vec::new()];
            for rectangle in &group.rectangles {
                let next = ways_of(rectangle);
                if joint.len() * next.len() > MOST_WAYS {
                    return Err(too_many());
                }
                let both = |way: &Vec<Literal>| next.iter().map(|more| [way.as_slice(), more].concat()).collect();
                joint = joint.iter().flat_map(|way| -> Vec<Vec<Literal>> { both(way) }).collect();
            }
            ways.extend(joint.into_iter().map(|literals| (literals, *least)));
        }
        if ways.len() > MOST_WAYS {
            return Err(too_many());
        }
        let choice = self.issues + self.ways.len();
        if ways.len() > 1 {
            self.ways.push(ways.len());
        }
        let several = ways.len() > 1;
        for (at, (mut literals, weight)) in ways.into_iter().enumerate() {
            if several {
                literals.push(Literal::Way(choice, at));
            }
            self.all.push(Draft { kind: Kind::All, literals, party, weight });
        }
        Ok(())
    }

    /// A rectangle whose amount is added.
    fn paid(&mut self, party: usize, rectangle: &Rectangle, amount: i128) {
        let inside = rectangle.pays == Pays::Inside || rectangle.bounds.is_empty();
        let bounds = || rectangle.bounds.iter();
        // What is lost inside is lost everywhere and given back outside, and the other way.
        let (kind, literals) = if inside == (amount >= 0) {
            (Kind::All, bounds().map(|b| Literal::In(b.issue, b.least, b.greatest)).collect())
        } else {
            (Kind::Any, bounds().map(|b| Literal::Out(b.issue, b.least, b.greatest)).collect())
        };
        if amount < 0 {
            self.base[party] += amount;
        }
        self.all.push(Draft { kind, literals, party, weight: amount.abs() });
    }

    fn problem(self, sizes: &[usize], scales: Vec<BigInt>, parties: usize) -> Problem {
        let mut variables = Vec::new();
        // By issue, the class of each run of values: runs end where some bound does.
        let mut runs: Vec<Vec<u32>> = Vec::new();
        for (issue, size) in sizes.iter().enumerate() {
            let mut starts = BTreeSet::from([0]);
            for literal in self.all.iter().flat_map(|draft| &draft.literals) {
                if let Literal::In(of, least, greatest) | Literal::Out(of, least, greatest) = literal
                    && *of == issue
                {
                    starts.extend([*least, greatest.saturating_add(1)].into_iter().filter(|s| (*s as usize) < *size));
                }
            }
            let starts: Vec<u32> = starts.into_iter().collect();
            let ends = starts.iter().skip(1).copied().chain([*size as u32]);
            let class = |(start, end): (&u32, u32)| Class { value: *start, count: u64::from(end - start) };
            variables.push(starts.iter().zip(ends).map(class).collect::<Vec<Class>>());
            runs.push(starts);
        }
        for ways in &self.ways {
            variables.push((0..*ways as u32).map(|value| Class { value, count: 1 }).collect());
        }
        let holds = |literal: &Literal| match *literal {
            Literal::In(issue, least, greatest) => {
                (issue, runs[issue].iter().map(|start| (least..=greatest).contains(start)).collect::<Vec<bool>>())
            }
            Literal::Out(issue, least, greatest) => {
                (issue, runs[issue].iter().map(|start| !(least..=greatest).contains(start)).collect())
            }
            Literal::Way(choice, way) => {
                (choice, (0..variables[choice].len()).map(|other| other == way).collect::<Vec<bool>>())
            }
        };
        let clause = |draft: &Draft| {
            let mut literals: Vec<(usize, Vec<bool>)> = draft.literals.iter().map(holds).collect();
            literals.sort();
            literals.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    let both = kept.1.iter_mut().zip(&next.1);
                    both.for_each(|(k, n)| *k = if draft.kind == Kind::All { *k && *n } else { *k || *n });
                }
                same
            });
            let weights = (0..parties).map(|party| if party == draft.party { draft.weight } else { 0 }).collect();
            Clause { kind: draft.kind, literals, weights }
        };
        let paying = |draft: &&Draft| draft.weight != 0;
        let clauses = self.all.iter().filter(paying).map(clause).collect();
        let instead = vec![BTreeMap::new(); variables.len()];
        Problem { variables, issues: sizes.len(), clauses, base: self.base, scales, instead }
    }
}

/// The ways in which a package can be one that a rectangle pays.
fn ways_of(rectangle: &Rectangle) -> Vec<Vec<Literal>> {
    let bounds = rectangle.bounds.iter();
    match rectangle.pays {
        Pays::Outside if !rectangle.bounds.is_empty() => {
            bounds.map(|bound| vec![Literal::Out(bound.issue, bound.least, bound.greatest)]).collect()
        }
        _ => vec![bounds.map(|bound| Literal::In(bound.issue, bound.least, bound.greatest)).collect()],
    }
}

/// What the rectangles of each group pay, weighted, as whole numbers of the smallest unit
/// that they have in common; `None` if their sum has more than 30 digits or so.
fn whole_amounts(groups: &[RectangleGroup]) -> Option<(BigInt, Vec<Vec<i128>>)> {
    let weighted = |group: &RectangleGroup| -> Vec<(BigInt, BigInt)> {
        group.rectangles.iter().map(|rectangle| (&rectangle.utility * &group.weight).to_ratio()).collect()
    };
    let ratios: Vec<Vec<(BigInt, BigInt)>> = groups.iter().map(weighted).collect();
    let scale = ratios.iter().flatten().fold(BigInt::one(), |scale, (_, denominator)| scale.lcm(denominator));
    let whole = |(numerator, denominator): &(BigInt, BigInt)| numerator * (&scale / denominator);
    let total: BigInt = ratios.iter().flatten().map(|ratio| whole(ratio).abs()).sum();
    if total.bits() > 100 {
        return None;
    }
    let amounts = ratios.iter().map(|group| group.iter().map(|ratio| whole(ratio).to_i128()).collect());
    let amounts = amounts.collect::<Option<_>>()?;
    Some((scale, amounts))
}
