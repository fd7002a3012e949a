//! Small random conflicts of every shape that the engine accepts.

pub use detente_base::Pcg;
use detente_conflict::{DmId, FixedBitSet, Model, ModelBuilder, StateSpace, Transitions};

/// What is drawn besides numbers.
pub trait Draws {
    /// Whether something that happens in so many of a hundred cases happens.
    fn chance(&mut self, percent: u32) -> bool;

    /// Each of the first numbers with this chance.
    fn subset(&mut self, len: usize, percent: u32) -> FixedBitSet;
}

impl Draws for Pcg {
    fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    fn subset(&mut self, len: usize, percent: u32) -> FixedBitSet {
        let mut set = FixedBitSet::with_capacity(len);
        set.extend((0..len).filter(|_| self.chance(percent)));
        set
    }
}

/// Everything that a model is built from, so that it can be relabelled.
#[derive(Clone, Debug)]
pub struct Parts {
    pub sizes: Vec<u32>,
    pub feasible: FixedBitSet,
    /// Owner and transitions of each coordinate.
    pub control: Vec<Option<(usize, Transitions)>>,
    pub arcs: Vec<Vec<(u32, u32)>>,
    pub ranks: Vec<Vec<u32>>,
    pub unseen: Vec<Option<FixedBitSet>>,
}

impl Parts {
    pub fn model(&self) -> Model {
        let space = StateSpace::new(&self.sizes, self.feasible.clone()).expect("valid space");
        let mut builder = ModelBuilder::new(space);
        for (dm, arcs) in self.arcs.iter().enumerate() {
            let id = builder.decision_maker(format!("party {dm}"));
            builder.arcs(id, arcs.iter().copied()).ranks(id, self.ranks[dm].clone());
            if let Some(unseen) = &self.unseen[dm] {
                builder.unseen(id, unseen.clone());
            }
        }
        for (coordinate, control) in self.control.iter().enumerate() {
            if let Some((owner, transitions)) = control {
                builder.control(DmId::from_index(*owner), coordinate, transitions.clone());
            }
        }
        builder.build().expect("valid model")
    }
}

/// The kinds of conflicts that are drawn in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Every coordinate free.
    Reversible,
    /// Free, forward, backward and fixed coordinates.
    Irreversible,
    /// Also listed pairs and guards.
    Conditional,
    /// One coordinate that nobody controls; arcs only.
    Graph,
    /// Everything at once, arcs included.
    Mixed,
}

pub const SHAPES: [Shape; 5] = [Shape::Reversible, Shape::Irreversible, Shape::Conditional, Shape::Graph, Shape::Mixed];

/// A conflict with at most `max_states` states; never without one.
pub fn random_parts(rng: &mut Pcg, shape: Shape, max_states: u32) -> Parts {
    let dms = 1 + rng.below(4).max(u32::from(rng.chance(90))) as usize;
    let mut sizes = Vec::new();
    if shape == Shape::Graph {
        sizes.push(2 + rng.below(max_states.min(9) - 1));
    } else {
        while sizes.len() < 6 {
            let size = [2, 2, 2, 3, 3, 4, 1][rng.below(7) as usize];
            if sizes.iter().product::<u32>() * size > max_states {
                break;
            }
            sizes.push(size);
        }
    }
    let codes = sizes.iter().product::<u32>() as usize;
    let density = [100, 90, 60][rng.below(3) as usize];
    let mut feasible = rng.subset(codes, density);
    feasible.insert(rng.below(codes as u32) as usize);
    let control = sizes.iter().map(|size| random_control(rng, shape, dms, *size, codes)).collect();
    let states = feasible.count_ones(..);
    let arcs_wanted = match shape {
        Shape::Graph => 3 * codes as u32,
        Shape::Mixed => codes as u32 / 2,
        _ => 0,
    };
    let feasible_codes: Vec<u32> = feasible.ones().map(|code| code as u32).collect();
    let pick = |rng: &mut Pcg| feasible_codes[rng.below(states as u32) as usize];
    let mut arcs = vec![Vec::new(); dms];
    for of_dm in &mut arcs {
        let count = rng.below(arcs_wanted / dms as u32 + 1);
        of_dm.extend((0..count).map(|_| (pick(rng), pick(rng))));
    }
    let spread = [2, 4, 100][rng.below(3) as usize];
    let ranks = (0..dms).map(|_| (0..states).map(|_| rng.below(spread)).collect()).collect();
    let blind = if rng.chance(25) { 15 } else { 0 };
    let unseen = (0..dms).map(|_| (blind > 0).then(|| rng.subset(codes, blind))).collect();
    Parts { sizes, feasible, control, arcs, ranks, unseen }
}

fn random_control(rng: &mut Pcg, shape: Shape, dms: usize, size: u32, codes: usize) -> Option<(usize, Transitions)> {
    if shape == Shape::Graph || rng.chance(4) {
        return None;
    }
    let kinds = match shape {
        Shape::Reversible | Shape::Graph => 1,
        Shape::Irreversible => 6,
        Shape::Conditional | Shape::Mixed => 9,
    };
    let pair = |rng: &mut Pcg| (rng.below(size), rng.below(size));
    let transitions = match rng.below(kinds) {
        0..=2 => Transitions::Free,
        3 => Transitions::Forward,
        4 => Transitions::Backward,
        5 => Transitions::Fixed,
        6 | 7 => Transitions::Pairs((0..=size).map(|_| pair(rng)).collect()),
        _ => Transitions::Guarded(
            (0..=size)
                .map(|_| {
                    let (from, to) = pair(rng);
                    (from, to, rng.subset(codes, 60))
                })
                .collect(),
        ),
    };
    Some((rng.below(dms as u32) as usize, transitions))
}
