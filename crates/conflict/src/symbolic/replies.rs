//! The worst that others can lead to, bit by bit.
//!
//! W(q) is the least of a number over q and the ends of the legal sequences from q. The
//! bits of W are found one after another, the highest first. Along a sequence that leads
//! to the least, W stays the same; hence bit l of W(q) is 0 iff steps between states whose
//! W has the same higher bits lead from q to a state whose number has these bits too and
//! then a 0. That is a search backwards in sets for each bit, and the relations of the
//! moves lose the steps that change what is known of W.
//!
//! Where it matters who moved last, W depends on that as well: there are several, one for
//! the start and one for each last mover.

use biodivine_lib_bdd::Bdd;
use detente_base::StopReason;

use super::encoding::Encoding;
use super::stable::Work;
use super::vectors::Number;
use crate::moves::MoveKind;

/// W as far as it is known.
pub(super) struct Worst<'w> {
    work: &'w Work<'w>,
    edges: Vec<Edge<'w>>,
    /// For the start and the last movers, the states whose number has the bits of W that
    /// are known.
    attained: Vec<Bdd>,
}

/// Moves of one mover.
struct Edge<'w> {
    mover: usize,
    /// Who moved last before them, and after them, by position.
    from: usize,
    to: usize,
    steps: Steps<'w>,
}

/// The moves that keep what is known of W.
enum Steps<'w> {
    /// From any combination of the mover's values to any other. W is the same at both
    /// ends, since each leads to the other.
    Anywhere(&'w [bool]),
    /// Pairs, the state after primed.
    Pairs(Bdd),
}

impl<'w> Worst<'w> {
    /// Nothing known yet.
    ///
    /// # Errors
    /// When the budget ends the construction of the moves.
    pub(super) fn new(work: &'w Work<'w>, others: &[usize], kind: MoveKind) -> Result<Self, StopReason> {
        let movers = &work.model.movers;
        let free = others.iter().all(|other| movers[*other].transitive);
        let mut edges = Vec::new();
        for (place, &mover) in others.iter().enumerate() {
            let steps = || Ok(Steps::Pairs(work.relation(mover, kind)?.clone()));
            if free {
                // Moving twice in a row gains nothing, so who moved last does not matter.
                let plain = kind == MoveKind::Any && movers[mover].plain;
                let steps = if plain { Steps::Anywhere(&movers[mover].marks) } else { steps()? };
                edges.push(Edge { mover, from: 0, to: 0, steps });
            } else {
                let to = place + 1;
                for from in (0..=others.len()).filter(|from| *from != to) {
                    edges.push(Edge { mover, from, to, steps: steps()? });
                }
            }
        }
        let count = if free { 1 } else { others.len() + 1 };
        Ok(Self { work, edges, attained: vec![work.model.feasible.clone(); count] })
    }

    /// Every bit of W.
    pub(super) fn all(mut self, number: &[Bdd]) -> Result<Number, StopReason> {
        number.iter().map(|bit| Ok(self.next_low(bit)?.not())).collect()
    }

    /// Where the next bit of W is 0, given the bit of the number.
    pub(super) fn next_low(&mut self, bit: &Bdd) -> Result<Bdd, StopReason> {
        let dd = &self.work.dd;
        let mut low = self.attained.iter().map(|attained| dd.and_not(attained, bit)).collect::<Result<Vec<_>, _>>()?;
        self.close_backwards(&mut low)?;
        for (attained, low) in self.attained.iter_mut().zip(&low) {
            *attained = dd.and_not(attained, &dd.and(low, bit)?)?;
        }
        for edge in &mut self.edges {
            if let Steps::Pairs(pairs) = &mut edge.steps {
                let after = Encoding::primed(&low[edge.to], &self.work.model.movers[edge.mover].marks);
                *pairs = dd.and_not(pairs, &dd.and_not(&low[edge.from], &after)?)?;
            }
        }
        Ok(low.swap_remove(0))
    }

    /// Adds the states from which moves lead into the sets.
    fn close_backwards(&self, low: &mut [Bdd]) -> Result<(), StopReason> {
        let dd = &self.work.dd;
        let mut followed = vec![self.work.model.code.no(); self.edges.len()];
        let mut unchanged = 0;
        for (at, edge) in self.edges.iter().enumerate().cycle() {
            let fresh = dd.and_not(&low[edge.to], &followed[at])?;
            if fresh.is_false() {
                unchanged += 1;
            } else {
                unchanged = 0;
                // Following the old ones again does no harm; the smaller diagram is cheaper.
                let target = if fresh.size() <= low[edge.to].size() { &fresh } else { &low[edge.to] };
                let found = self.leading_into(edge, target)?;
                followed[at] = low[edge.to].clone();
                low[edge.from] = dd.or(&low[edge.from], &found)?;
                if edge.from == edge.to {
                    // What the same mover could do next it did at once.
                    followed[at] = low[edge.to].clone();
                }
            }
            if unchanged >= self.edges.len() {
                break;
            }
        }
        Ok(())
    }

    fn leading_into(&self, edge: &Edge<'_>, target: &Bdd) -> Result<Bdd, StopReason> {
        let Work { model, dd } = self.work;
        match &edge.steps {
            Steps::Anywhere(marks) => dd.and(&dd.and_exists(target, &model.feasible, marks)?, &model.feasible),
            Steps::Pairs(pairs) => {
                let mover = &model.movers[edge.mover];
                dd.and_exists(pairs, &Encoding::primed(target, &mover.marks), &mover.primed)
            }
        }
    }
}
