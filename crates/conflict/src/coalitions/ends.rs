//! Where a group can lead, for all states at once.

use detente_base::{Budget, StopReason};

use super::blocks::Blocks;
use crate::model::{DmId, Model};
use crate::moves::{Listed, MoveTable};

/// `{s} ∪ R_H(s)` for every state s.
///
/// Staying at s is always among the ends. It changes no verdict: s is no improvement on
/// itself; an improvement is no reply that deters; and a way out to where one is counts
/// only if that is an improvement, which then deters nobody in the first place.
pub(crate) enum Ends {
    /// Groups whose own moves compose to own moves: states that lead to each other.
    Blocks(Blocks),
    /// Ends one by one, where the order of movers matters.
    Listed {
        /// Ends of each state but itself.
        forward: Listed,
        /// The states from which each state is reached.
        backward: Listed,
    },
}

impl Ends {
    /// Combines values over the ends of each state.
    pub(crate) fn fold<T: Copy>(&self, values: &[T], neutral: T, pick: impl Fn(T, T) -> T) -> Vec<T> {
        match self {
            Self::Blocks(blocks) => blocks.fold(values, neutral, pick),
            Self::Listed { forward, .. } => {
                let over = |(state, own): (usize, &T)| {
                    forward.from(state).iter().fold(*own, |all, end| pick(all, values[*end as usize]))
                };
                values.iter().enumerate().map(over).collect()
            }
        }
    }

    /// The ends of a state but itself, one by one.
    #[cfg(test)]
    pub(crate) fn of(&self, state: usize) -> Vec<usize> {
        match self {
            Self::Blocks(blocks) => blocks.ends(state),
            Self::Listed { forward, .. } => forward.from(state).iter().map(|end| *end as usize).collect(),
        }
    }
}

/// The moves of all decision makers of a model, made ready for groups.
pub(crate) struct Groups<'m> {
    model: &'m Model,
    tables: Vec<MoveTable>,
}

impl<'m> Groups<'m> {
    pub(crate) fn new(model: &'m Model, budget: &Budget) -> Result<Self, StopReason> {
        let tables = model.decision_makers().map(|dm| MoveTable::new(model, dm, budget)).collect::<Result<_, _>>()?;
        Ok(Self { model, tables })
    }

    /// Whether nobody of these gains from moving twice in a row.
    pub(crate) fn is_transitive(&self, group: &[DmId]) -> bool {
        group.iter().all(|dm| self.tables[dm.index()].is_transitive())
    }

    /// The ends of a group's legal sequences.
    ///
    /// Cost: O(n·d + a) time and memory, n states, d members, a pairs of classes of
    /// their coordinates, where own moves compose to own moves; else O(n·d) time and the
    /// number of ends for each state.
    ///
    /// # Errors
    /// When the stopper is raised or there are more ends than the budget has moves.
    pub(crate) fn ends(&self, group: &[DmId], budget: &Budget) -> Result<Ends, StopReason> {
        budget.check()?;
        if self.is_transitive(group) {
            let rows = group.iter().filter_map(|dm| self.tables[dm.index()].rows.as_ref());
            return Ok(Ends::Blocks(Blocks::new(self.model.state_count(), rows)));
        }
        let forward = self.listed(group, budget)?;
        let backward = forward.reversed();
        Ok(Ends::Listed { forward, backward })
    }

    fn listed(&self, group: &[DmId], budget: &Budget) -> Result<Listed, StopReason> {
        let limit = budget.moves.min(u32::MAX.into());
        let mut moves: Vec<Listed> = Vec::new();
        for dm in group {
            moves.push(Listed::from_moves(self.model, *dm, budget)?);
        }
        let count = self.model.state_count();
        let mut walk = Walk { moves: &moves, met: vec![(u32::MAX, Last::Everybody); count], open: Vec::new() };
        let mut starts = Vec::with_capacity(count + 1);
        let mut targets = Vec::new();
        starts.push(0);
        for state in 0..count {
            if state % 64 == 0 {
                budget.check()?;
            }
            let first = targets.len();
            walk.visit(state as u32, &mut targets);
            targets[first..].sort_unstable();
            if targets.len() as u64 > limit {
                return Err(StopReason::TooManyMoves { limit });
            }
            starts.push(targets.len() as u32);
        }
        Ok(Listed::from_parts(starts, targets))
    }
}

/// After whose move a state was met in a walk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Of this member only.
    Member(u16),
    /// Of two members, so that everybody may go on.
    Everybody,
}

/// Who may go on from a position.
#[derive(Clone, Copy)]
enum Free {
    All,
    AllBut(u16),
    Only(u16),
}

/// The legal sequences of a group from one state after another.
struct Walk<'a> {
    moves: &'a [Listed],
    /// By state: the start of the walk that met it last, and after whose move.
    met: Vec<(u32, Last)>,
    open: Vec<(u32, Free)>,
}

impl Walk<'_> {
    /// Adds the ends from `start`, but itself, in no order.
    fn visit(&mut self, start: u32, ends: &mut Vec<u32>) {
        self.met[start as usize] = (start, Last::Everybody);
        self.open.push((start, Free::All));
        while let Some((state, free)) = self.open.pop() {
            for (index, moves) in self.moves.iter().enumerate() {
                let member = index as u16;
                let may_move = match free {
                    Free::All => true,
                    Free::AllBut(last) => member != last,
                    Free::Only(one) => member == one,
                };
                if !may_move {
                    continue;
                }
                for &target in moves.from(state as usize) {
                    let met = &mut self.met[target as usize];
                    match *met {
                        (known, Last::Everybody) if known == start => {}
                        (known, Last::Member(last)) if known == start => {
                            if last != member {
                                *met = (start, Last::Everybody);
                                self.open.push((target, Free::Only(last)));
                            }
                        }
                        _ => {
                            *met = (start, Last::Member(member));
                            ends.push(target);
                            self.open.push((target, Free::AllBut(member)));
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::naive;
    use crate::model::StateId;
    use crate::random::{Draws, Pcg, SHAPES, random_parts};

    #[test]
    fn ends_are_those_of_all_legal_sequences() {
        let mut listed = 0;
        for seed in 0..500 {
            let mut rng = Pcg::new(21_000_000 + seed);
            let model = random_parts(&mut rng, SHAPES[(seed % 5) as usize], 30).model();
            let budget = Budget::default();
            let groups = Groups::new(&model, &budget).expect("no limits");
            let group: Vec<DmId> = model.decision_makers().filter(|_| rng.chance(70)).collect();
            let ends = groups.ends(&group, &budget).expect("no limits");
            listed += u32::from(matches!(ends, Ends::Listed { .. }));
            for state in 0..model.state_count() {
                let mut tries = u64::MAX;
                let found = naive::ends(&model, &group, StateId::from_index(state), &mut tries);
                let mut expected = found.expect("tries without end");
                expected.remove(&StateId::from_index(state));
                assert_eq!(ends.of(state), expected.into_iter().map(StateId::index).collect::<Vec<_>>(), "seed {seed}");
            }
        }
        assert!((100..400).contains(&listed), "{listed}");
    }
}
