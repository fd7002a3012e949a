//! How many packages have the worths of each point.
//!
//! Issue by issue, all packages so far that pay the same and leave the same clauses open
//! are one, with their number. Each is followed by an *image*, in which every class is
//! replaced by one that is no worse, whatever the other issues are. Bounds are of images;
//! what a package has lost against its image is taken off, as far as that is certain.
//! Those that cannot reach a point any more are dropped.

use detente_base::Budget;
use num_bigint::BigUint;
use num_traits::{One as _, Zero as _};
use rustc_hash::FxHashMap;

use super::bounds::{Bounds, Ordered};
use super::hull::Room;
use super::negotiation::RectangleNegotiation;
use super::order::search_order;
use super::reduce::{Keep, Kind, Problem};

/// Most packages so far that are told apart after an issue.
const MOST_STATES: usize = 1 << 18;

/// Why packages were not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncounted {
    /// A party takes the greatest or the least over several rectangles, so that one package
    /// comes about in several ways.
    SeveralWays,
    /// Worths have too many digits.
    TooFine,
    /// Too many packages so far would have to be told apart.
    TooMany {
        /// Packages so far that can be told apart.
        limit: usize,
    },
    /// The search for points or the counting was stopped.
    Stopped,
}

/// What is known about a clause from the classes so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Open,
    Paid,
    Dead,
}

/// Packages so far that are alike.
struct State {
    count: BigUint,
    /// Classes of the image of one of them, by position.
    image: Vec<u32>,
    /// Bounds of the image.
    bounds: Vec<i64>,
    /// By clause, of the package and of its image.
    clauses: Vec<(Status, Status)>,
    /// By direction, what the package is sure to have lost against its image.
    losses: Vec<i64>,
    amounts: Vec<i128>,
}

/// A clause that mentions the variable of a step.
struct Touched {
    clause: usize,
    /// Whether no later variable is in it.
    last: bool,
    kind: Kind,
    holds: Vec<bool>,
}

/// A variable in the order in which packages are counted.
struct Step {
    /// Of each class: values, its image by position, and its image among all classes.
    classes: Vec<(u64, u32, usize)>,
    /// Where it is in the order of the bounds; `None` if all its classes have one image.
    position: Option<usize>,
    touched: Vec<Touched>,
}

/// Packages with the worths of each point.
pub(super) fn package_counts(
    negotiation: &RectangleNegotiation,
    directions: &[Bounds],
    points: &[&[i128]],
    budget: &Budget,
) -> Result<Vec<BigUint>, Uncounted> {
    let problem = |keep| Problem::new(negotiation, keep).expect("checked when the negotiation was built");
    let (all, sure) = (problem(Keep::All), problem(Keep::Sure));
    if all.variables.len() > all.issues {
        // A package would count once for each way in which its greatest number comes about.
        return Err(Uncounted::SeveralWays);
    }
    let ordered = Ordered::new(&sure, search_order(&sure));
    let again = |other: &Bounds| Room::LARGE.bounds(&ordered, other.direction().to_vec());
    let directions: Vec<Bounds> = directions.iter().map(again).collect();
    if directions.iter().any(Bounds::is_coarse) {
        return Err(Uncounted::TooFine);
    }
    let order = counting_order(&all, &ordered.order);
    let counting = Counting::new(&all, &sure, &ordered, directions, points);
    let mut layer = vec![counting.start()];
    for (at, variable) in order.iter().enumerate() {
        layer = counting.next(&layer, &counting.step(*variable, &order[..at]), budget)?;
    }
    let free = (0..all.issues).filter(|variable| !order.contains(variable));
    let values = |variable: usize| all.variables[variable].iter().map(|class| class.count).sum::<u64>();
    let others: BigUint = free.map(values).map(BigUint::from).product();
    let mut counts = vec![BigUint::zero(); points.len()];
    for state in layer {
        if let Some(at) = points.iter().position(|point| *point == state.amounts) {
            counts[at] += state.count * &others;
        }
    }
    Ok(counts)
}

/// The order of the bounds, with other variables as soon as all in it that they meet in a
/// clause are there.
fn counting_order(all: &Problem, bounded: &[usize]) -> Vec<usize> {
    let mut places: Vec<Option<usize>> = vec![None; all.variables.len()];
    bounded.iter().enumerate().for_each(|(place, variable)| places[*variable] = Some(place));
    let mut last: Vec<Option<usize>> = vec![None; all.variables.len()];
    for clause in &all.clauses {
        let meets = clause.literals.iter().filter_map(|(variable, _)| places[*variable]).max();
        for (variable, _) in &clause.literals {
            last[*variable] = last[*variable].max(meets);
        }
    }
    let place = |variable: usize| match places[variable] {
        Some(place) => (Some(place), false, variable),
        None => (last[variable], true, variable),
    };
    let active = all.active();
    let others = active.iter().filter(|variable| !bounded.contains(variable));
    let mut order: Vec<(Option<usize>, bool, usize)> = bounded.iter().chain(others).map(|v| place(*v)).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, _, variable)| variable).collect()
}

struct Counting<'a> {
    all: &'a Problem,
    sure: &'a Problem,
    ordered: &'a Ordered,
    directions: Vec<Bounds>,
    /// By clause and direction.
    weights: Vec<Vec<i64>>,
    /// By point and direction.
    targets: Vec<Vec<i64>>,
}

impl<'a> Counting<'a> {
    fn new(
        all: &'a Problem,
        sure: &'a Problem,
        ordered: &'a Ordered,
        directions: Vec<Bounds>,
        points: &[&[i128]],
    ) -> Self {
        let weigh = |amounts: &[i128]| -> Vec<i64> { directions.iter().map(|d| d.weight(amounts)).collect() };
        let weights = all.clauses.iter().map(|clause| weigh(&clause.weights)).collect();
        let targets = points.iter().map(|point| weigh(point)).collect();
        Self { all, sure, ordered, directions, weights, targets }
    }

    fn start(&self) -> State {
        State {
            count: BigUint::one(),
            image: Vec::new(),
            bounds: self.directions.iter().map(|bounds| bounds.root).collect(),
            clauses: vec![(Status::Open, Status::Open); self.all.clauses.len()],
            losses: vec![0; self.directions.len()],
            amounts: self.all.base.clone(),
        }
    }

    fn step(&self, variable: usize, before: &[usize]) -> Step {
        let classes = &self.all.variables[variable];
        let image = |class: &super::reduce::Class| {
            let image = self.sure.class_of(variable, class.value);
            let value = self.sure.variables[variable][image].value;
            let among_all = self.all.class_of(variable, value);
            (class.count, image as u32, among_all)
        };
        let touched = |(clause, of): (usize, &super::reduce::Clause)| {
            let (_, holds) = of.literals.iter().find(|(at, _)| *at == variable)?;
            let last = of.literals.iter().all(|(at, _)| *at == variable || before.contains(at));
            Some(Touched { clause, last, kind: of.kind, holds: holds.clone() })
        };
        Step {
            classes: classes.iter().map(image).collect(),
            position: self.ordered.order.iter().position(|at| *at == variable),
            touched: self.all.clauses.iter().enumerate().filter_map(touched).collect(),
        }
    }

    /// The packages so far after one more variable.
    fn next(&self, layer: &[State], step: &Step, budget: &Budget) -> Result<Vec<State>, Uncounted> {
        let mut places: FxHashMap<(Vec<u64>, Vec<i128>), usize> = FxHashMap::default();
        let mut next: Vec<State> = Vec::new();
        let size = step.position.map_or(0, |position| self.ordered.sizes[position]);
        let mut regrets = vec![vec![0; size]; self.directions.len()];
        for (at, state) in layer.iter().enumerate() {
            if at % 1024 == 0 {
                budget.check().map_err(|_| Uncounted::Stopped)?;
            }
            if let Some(position) = step.position {
                let directions = self.directions.iter().zip(&mut regrets);
                directions.for_each(|(direction, found)| direction.regrets(position, &state.image, found));
            }
            for class in 0..step.classes.len() {
                let Some(found) = self.with(state, step, class, &regrets) else { continue };
                let key = (found.open(), found.amounts.clone());
                match places.get(&key) {
                    Some(place) => next[*place].count += found.count,
                    None if next.len() == MOST_STATES => return Err(Uncounted::TooMany { limit: MOST_STATES }),
                    None => {
                        places.insert(key, next.len());
                        next.push(found);
                    }
                }
            }
        }
        Ok(next)
    }

    /// A state with one more class, unless it cannot reach a point.
    fn with(&self, state: &State, step: &Step, class: usize, regrets: &[Vec<i64>]) -> Option<State> {
        let (values, position_class, image_class) = step.classes[class];
        let mut bounds = state.bounds.clone();
        if step.position.is_some() {
            bounds.iter_mut().zip(regrets).for_each(|(bound, regrets)| *bound -= regrets[position_class as usize]);
        }
        let mut losses = state.losses.clone();
        for touched in &step.touched {
            let before = state.clauses[touched.clause];
            let after = touched.after(before, (class, image_class));
            let change = certain_loss(after) - certain_loss(before);
            if change != 0 {
                losses.iter_mut().zip(&self.weights[touched.clause]).for_each(|(loss, w)| *loss += change * w);
            }
        }
        let reaches = |target: &Vec<i64>| {
            let least = target.iter().zip(&bounds).zip(&losses);
            least.into_iter().all(|((least, bound), loss)| *least <= bound - (*loss).max(0))
        };
        if !self.targets.iter().any(reaches) {
            return None;
        }
        let (mut clauses, mut amounts) = (state.clauses.clone(), state.amounts.clone());
        for touched in &step.touched {
            let before = clauses[touched.clause];
            clauses[touched.clause] = touched.after(before, (class, image_class));
            if before.0 == Status::Open && clauses[touched.clause].0 == Status::Paid {
                let weights = &self.all.clauses[touched.clause].weights;
                amounts.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
            }
        }
        let mut image = state.image.clone();
        if step.position.is_some() {
            image.push(position_class);
        }
        Some(State { count: &state.count * values, image, bounds, clauses, losses, amounts })
    }
}

impl Touched {
    fn after(&self, before: (Status, Status), (class, image): (usize, usize)) -> (Status, Status) {
        let next = |status: Status, holds: bool| match (status, self.kind, holds) {
            (Status::Open, Kind::All, false) => Status::Dead,
            (Status::Open, Kind::Any, true) => Status::Paid,
            (Status::Open, _, _) if self.last => {
                if holds {
                    Status::Paid
                } else {
                    Status::Dead
                }
            }
            (status, _, _) => status,
        };
        (next(before.0, self.holds[class]), next(before.1, self.holds[image]))
    }
}

/// How often an image is paid more than the package whatever comes, by a clause in these
/// states.
fn certain_loss((own, image): (Status, Status)) -> i64 {
    match (own, image) {
        (Status::Dead, Status::Paid) => 1,
        (Status::Paid | Status::Open, Status::Dead) | (Status::Paid, Status::Open) => -1,
        _ => 0,
    }
}

impl State {
    /// Bits of the clauses that the package leaves open.
    fn open(&self) -> Vec<u64> {
        let bits = |statuses: &[(Status, Status)]| {
            let open = statuses.iter().enumerate().filter(|(_, (own, _))| *own == Status::Open);
            open.fold(0_u64, |bits, (at, _)| bits | 1 << at)
        };
        self.clauses.chunks(64).map(bits).collect()
    }
}
