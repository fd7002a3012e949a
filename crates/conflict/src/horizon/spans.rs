//! Bounds on what is anticipated, whatever is chosen where moves promise equally much.

use std::cmp::Reverse;

use detente_base::StopReason;

use super::anticipate::Sides;
use super::cycle::Chain;
use crate::moves::Rows;

/// Least and greatest rank of the anticipated state, for each side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    least: [u32; 2],
    greatest: [u32; 2],
}

/// In how many resolutions a state is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    Never,
    Perhaps,
    Always,
}

/// Spans of both sides with a number of moves to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SpanLevel {
    spans: [Vec<Span>; 2],
    pub(super) leaving: [Vec<Leaving>; 2],
}

/// The levels of spans.
pub(super) struct Spans<'s, 'a>(pub(super) &'s Sides<'a>);

impl Span {
    fn union(&mut self, other: &Self) {
        for side in 0..2 {
            self.least[side] = self.least[side].min(other.least[side]);
            self.greatest[side] = self.greatest[side].max(other.greatest[side]);
        }
    }
}

impl Chain for Spans<'_, '_> {
    type Level = SpanLevel;

    fn first(&self) -> SpanLevel {
        let states = self.0.model.state_count();
        let point = |state: usize| {
            let ranks = [self.0.ranks(0)[state], self.0.ranks(1)[state]];
            Span { least: ranks, greatest: ranks }
        };
        let points: Vec<Span> = (0..states).map(point).collect();
        let nobody = vec![Leaving::Never; states];
        SpanLevel { spans: [points.clone(), points], leaving: [nobody.clone(), nobody] }
    }

    fn next(&self, before: &SpanLevel) -> Result<SpanLevel, StopReason> {
        let mut level = self.first();
        for side in 0..2 {
            let promised = &before.spans[1 - side];
            let (spans, leaving) = (&mut level.spans[side], &mut level.leaving[side]);
            let mut set = |state: usize, offers: Offers| {
                let here = self.0.ranks(side)[state];
                if offers.surest <= here {
                    leaving[state] = Leaving::Perhaps;
                    let mut with_staying = offers.union;
                    with_staying.union(&spans[state]);
                    spans[state] = with_staying;
                } else {
                    leaving[state] = Leaving::Always;
                    spans[state] = offers.union;
                }
            };
            match self.0.rows(side) {
                Some(rows) => self.next_in_rows(rows, side, promised, &mut set)?,
                None => self.0.visit_listed(side, |state, targets| {
                    let promises: Vec<Span> = targets.iter().map(|to| promised[*to as usize]).collect();
                    if let Some(offers) = offers_among(&promises, side, self.0.ranks(side)[state]) {
                        set(state, offers);
                    }
                })?,
            }
        }
        Ok(level)
    }
}

/// What moves offer that may be better than staying.
struct Offers {
    /// What the surest move promises at least.
    surest: u32,
    /// Bounds on what a move that may be chosen and pays can lead to.
    union: Span,
}

/// The offers of some promises; `None` when none can be better than `here`. What is
/// chosen promises no less than the surest move, and more than `here`.
fn offers_among(promises: &[Span], side: usize, here: u32) -> Option<Offers> {
    let surest = promises.iter().map(|span| span.least[side]).max()?;
    let greatest = promises.iter().map(|span| span.greatest[side]).max()?;
    if greatest <= here {
        return None;
    }
    let floor = surest.max(here + 1);
    let mut candidates = promises.iter().filter(|span| span.greatest[side] >= floor);
    let mut union = *candidates.next().expect("the greatest promise is not below the floor");
    candidates.for_each(|span| union.union(span));
    union.least[side] = union.least[side].max(floor);
    Some(Offers { surest, union })
}

impl Spans<'_, '_> {
    /// The same for states between which moves are free: every state but the one that is
    /// left is offered.
    ///
    /// Cost: O(r·log r) time for a row of r states.
    fn next_in_rows(
        &self,
        rows: &Rows,
        side: usize,
        promised: &[Span],
        set: &mut impl FnMut(usize, Offers),
    ) -> Result<(), StopReason> {
        let mut order: Vec<usize> = Vec::new();
        let mut bounds: Vec<Bounds> = Vec::new();
        for row in 0..rows.count() {
            if row % (1 << 8) == 0 {
                self.0.budget.check()?;
            }
            order.clear();
            order.extend(rows.row(row));
            order.sort_unstable_by_key(|state| Reverse(promised[*state].greatest[side]));
            let surest =
                order.iter().fold(TopTwo::default(), |top, state| top.with(promised[*state].least[side], *state));
            bounds.clear();
            let mut bound = Bounds::default();
            for state in &order {
                bound = bound.with(&promised[*state], side, *state);
                bounds.push(bound);
            }
            for &state in &order {
                let here = self.0.ranks(side)[state];
                let best = if order[0] == state { order[1] } else { order[0] };
                let greatest = promised[best].greatest[side];
                if greatest <= here {
                    continue;
                }
                let surest = surest.without(state).expect("a row has two states");
                let floor = surest.max(here + 1);
                let count = order.partition_point(|other| promised[*other].greatest[side] >= floor);
                let Some(mut union) = bounds[count - 1].without(state, side) else {
                    unreachable!("the greatest promise of another state is not below the floor")
                };
                union.greatest[side] = greatest;
                union.least[side] = union.least[side].max(floor);
                set(state, Offers { surest, union });
            }
        }
        Ok(())
    }
}

/// The greatest value, and the greatest of all other states.
#[derive(Clone, Copy, Default)]
struct TopTwo {
    first: Option<(u32, usize)>,
    second: Option<u32>,
}

impl TopTwo {
    fn with(self, value: u32, state: usize) -> Self {
        match self.first {
            Some((first, _)) if value <= first => Self { second: self.second.max(Some(value)), ..self },
            first => Self { first: Some((value, state)), second: first.map(|(value, _)| value) },
        }
    }

    fn without(&self, state: usize) -> Option<u32> {
        match self.first {
            Some((_, holder)) if holder == state => self.second,
            first => first.map(|(value, _)| value),
        }
    }
}

/// Bounds over some states of a row; least ones are kept as complements.
#[derive(Clone, Copy, Default)]
struct Bounds {
    own_least: TopTwo,
    other_least: TopTwo,
    other_greatest: TopTwo,
}

impl Bounds {
    fn with(self, span: &Span, side: usize, state: usize) -> Self {
        Self {
            own_least: self.own_least.with(!span.least[side], state),
            other_least: self.other_least.with(!span.least[1 - side], state),
            other_greatest: self.other_greatest.with(span.greatest[1 - side], state),
        }
    }

    /// The union without a state; `None` when there is no other. The own greatest value
    /// is not kept.
    fn without(&self, state: usize, side: usize) -> Option<Span> {
        let own_least = !self.own_least.without(state)?;
        let other_greatest = self.other_greatest.without(state)?;
        let mut span = Span { least: [own_least; 2], greatest: [other_greatest; 2] };
        span.least[1 - side] = !self.other_least.without(state)?;
        Some(span)
    }
}
