//! The cases that are solved: numbers or orders, drawn or all of them.

use detente_base::{Exact, Pcg};
use detente_conflict::{DmId, StateId};
use detente_scenario::expr::eval::central_point;
use detente_scenario::situation::{ParameterId, PartyId, PreferenceForm, Quantity};
use num_bigint::BigUint;
use num_traits::ToPrimitive;

use super::orders::NearOrders;
use super::{Distribution, Vary};
use crate::close::Solved;
use crate::ranges::{Forms, Line, range_of, worth_parameters};
use crate::ranks::{form_of, profile_ranks};

/// Steps into which a range is divided for drawing: a fine grid keeps numbers short.
const GRID: u32 = 1 << 20;

/// Most outcomes for which the cells along a single parameter are found.
const MOST_COMPARED: usize = 1_000;

/// One rank for each state, for each party.
pub(super) type Ranks = Vec<Vec<u32>>;

/// A drawn case.
pub(super) struct Drawn {
    pub(super) ranks: Ranks,
    /// For each parameter whether it lies in the upper half of its range.
    pub(super) upper: Vec<bool>,
}

/// Where cases come from.
pub(super) enum Cases {
    /// Nothing varies.
    Constant,
    /// All there are, with their chances.
    All(Vec<(Exact, Ranks)>),
    /// Too many: they are drawn.
    Many(Source),
}

/// What cases are drawn from.
pub(super) enum Source {
    Numbers { varied: Vec<ParameterId>, forms: Option<Forms>, distribution: Distribution },
    Orders(Vec<Option<NearOrders>>),
}

impl Cases {
    /// The cases of a combination of types, all of them if that takes at most so many.
    pub(super) fn new(solved: &Solved<'_>, vary: Vary, most: u32) -> Self {
        match vary {
            Vary::Parameters(distribution) => Self::of_numbers(solved, distribution, most),
            Vary::Orders { swaps } => Self::of_orders(solved, swaps, most),
        }
    }

    fn of_numbers(solved: &Solved<'_>, distribution: Distribution, most: u32) -> Self {
        let varied: Vec<ParameterId> = worth_parameters(solved).into_iter().collect();
        let forms = Forms::new(solved, &varied).ok();
        if varied.is_empty() {
            return Self::Constant;
        }
        if let ([id], Some(forms)) = (varied.as_slice(), &forms)
            && solved.model.state_count() <= MOST_COMPARED
            && let Some(all) = along(solved, forms, *id, distribution, most as usize)
        {
            return Self::All(all);
        }
        Self::Many(Source::Numbers { varied, forms, distribution })
    }

    fn of_orders(solved: &Solved<'_>, swaps: u32, most: u32) -> Self {
        let stated = |dm: &DmId| {
            let form = form_of(solved.structure, solved.profile, PartyId(dm.0));
            !matches!(form, PreferenceForm::Indifferent)
        };
        let near: Vec<Option<NearOrders>> = solved
            .model
            .decision_makers()
            .map(|dm| stated(&dm).then(|| NearOrders::new(solved.model.ranks(dm), swaps)))
            .collect();
        let count: BigUint = near.iter().flatten().map(NearOrders::count).product();
        match count.to_u32() {
            Some(1) => Self::Constant,
            Some(count) if count <= most => {
                let mut all: Vec<Ranks> = vec![Vec::new()];
                for (dm, near) in solved.model.decision_makers().zip(&near) {
                    let own = match near {
                        Some(near) => near.all(count.into()).expect("as few as their product"),
                        None => vec![solved.model.ranks(dm).to_vec()],
                    };
                    all = all
                        .iter()
                        .flat_map(|ranks| {
                            own.iter().map(move |more| [ranks.as_slice(), std::slice::from_ref(more)].concat())
                        })
                        .collect();
                }
                let chance = Exact::ratio(1, count.into());
                Self::All(all.into_iter().map(|ranks| (chance.clone(), ranks)).collect())
            }
            _ => Self::Many(Source::Orders(near)),
        }
    }
}

impl Source {
    /// One case; equal seeds and numbers of draws give equal cases.
    pub(super) fn draw(&self, solved: &Solved<'_>, seed: u64, draw: u32) -> Drawn {
        let mut rng = Pcg::of_draw(seed, draw.into());
        match self {
            Self::Orders(near) => {
                let parties = solved.model.decision_makers().zip(near);
                let ranks = parties.map(|(dm, near)| match near {
                    Some(near) => near.draw(&mut rng),
                    None => solved.model.ranks(dm).to_vec(),
                });
                Drawn { ranks: ranks.collect(), upper: Vec::new() }
            }
            Self::Numbers { varied, forms, distribution } => {
                let situation = solved.structure.situation;
                let values: Vec<Exact> =
                    varied.iter().map(|id| distribution.draw(&range_of(situation, *id), &mut rng)).collect();
                let upper = (varied.iter().zip(&values))
                    .map(|(id, value)| {
                        let (low, _, high) = range_of(situation, *id);
                        *value >= low.midpoint(&high)
                    })
                    .collect();
                let fast = forms.as_ref().and_then(|forms| forms.ranks_at(solved, &values));
                Drawn { ranks: fast.unwrap_or_else(|| ranks_with(solved, varied, &values)), upper }
            }
        }
    }
}

/// Ranks at a point, from the expressions of the file.
fn ranks_with(solved: &Solved<'_>, varied: &[ParameterId], values: &[Exact]) -> Ranks {
    let mut changed = solved.structure.situation.clone();
    for (id, value) in varied.iter().zip(values) {
        changed.parameters[id.index()].value = Quantity::Exact(value.clone());
    }
    let point = central_point(&changed).expect("checked amounts divide by no zero over their ranges");
    profile_ranks(solved.structure, solved.profile, &point)
}

/// Every value of a single parameter: the intervals between neighbouring values at which
/// a comparison changes, with their chances.
fn along(
    solved: &Solved<'_>,
    forms: &Forms,
    id: ParameterId,
    distribution: Distribution,
    most: usize,
) -> Option<Vec<(Exact, Ranks)>> {
    let range = range_of(solved.structure.situation, id);
    let outcomes: Vec<StateId> = solved.model.states().collect();
    let line = Line::new(forms, 0);
    let cells = line.cells(solved, &outcomes, 2 * most)?;
    cells
        .iter()
        .filter(|cell| !cell.is_point())
        .map(|cell| {
            let chance = distribution.below(&range, &cell.high) - distribution.below(&range, &cell.low);
            Some((chance, line.ranks(solved, &cell.sample)?))
        })
        .collect()
}

impl Distribution {
    /// A number from a range: low, likely, high.
    pub(crate) fn draw(self, (low, likely, high): &(Exact, Exact, Exact), rng: &mut Pcg) -> Exact {
        let part = |number: u32| Exact::ratio(number.into(), GRID.into());
        let whole = high - low;
        match self {
            Self::Uniform => low + &(&whole * &part(rng.below(GRID + 1))),
            Self::Triangular => {
                // The larger of two uniform numbers has a density that rises from zero.
                let (side, first, second) = (rng.below(GRID), rng.below(GRID + 1), rng.below(GRID + 1));
                let far = part(first.max(second));
                if &whole * &part(side) < likely - low {
                    low + &(&(likely - low) * &far)
                } else {
                    high - &(&(high - likely) * &far)
                }
            }
        }
    }

    /// The chance of a number no larger than a value of the range.
    fn below(self, (low, likely, high): &(Exact, Exact, Exact), value: &Exact) -> Exact {
        if value <= low || value >= high {
            return if value >= high { Exact::ONE } else { Exact::ZERO };
        }
        // Inside the range neither side that is divided by is empty.
        let quotient = |a: &Exact, b: &Exact| a.checked_div(b).expect("a range inside which a value lies");
        let whole = high - low;
        match self {
            Self::Uniform => quotient(&(value - low), &whole),
            Self::Triangular if value <= likely => {
                let past = value - low;
                quotient(&(&past * &past), &(&whole * &(likely - low)))
            }
            Self::Triangular => {
                let left = high - value;
                &Exact::ONE - &quotient(&(&left * &left), &(&whole * &(high - likely)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_follow_their_distribution() {
        let range = (Exact::from(0), Exact::from(1), Exact::from(4));
        for distribution in [Distribution::Uniform, Distribution::Triangular] {
            let draws: Vec<Exact> = (0..4_000).map(|d| distribution.draw(&range, &mut Pcg::of_draw(3, d))).collect();
            for value in [1, 2, 3].map(Exact::from) {
                let share = draws.iter().filter(|d| **d <= value).count() as f64 / 4_000.0;
                let chance = distribution.below(&range, &value).to_f64();
                assert!((share - chance).abs() < 0.03, "{distribution:?} {value}: {share} {chance}");
            }
            assert_eq!(distribution.below(&range, &range.0), Exact::ZERO);
            assert_eq!(distribution.below(&range, &range.2), Exact::ONE);
        }
        // A likely value at an end of the range.
        let steep = (Exact::from(0), Exact::from(0), Exact::from(2));
        assert_eq!(Distribution::Triangular.below(&steep, &Exact::from(1)), Exact::ratio(3, 4));
    }
}
