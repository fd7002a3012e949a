//! All ranges at once: what holds with every comparison that is not constant over
//! the box taken as unknown.

use detente_base::{Budget, StopReason};
use detente_conflict::{
    Comparisons, Concept, DmId, Model, StabilityBounds, StateId, SureStability, bound_stability_at,
};
use detente_scenario::situation::ParameterId;
use rustc_hash::FxHashMap;

use super::forms::{Forms, PartyForms, common_denominator};
use crate::close::Solved;

/// Most outcomes for which stability is bounded over the box.
const MAX_STATES: usize = 3_000;

/// Most different worths of a party that are compared pair by pair.
const MAX_CLASSES: usize = 3_000;

/// Most parameters of one party that occur in products with others.
const MAX_CROSSED: usize = 6;

/// What is certain over the whole box.
pub(super) struct BoxBounds {
    bounds: StabilityBounds,
}

impl BoxBounds {
    /// Bounds stability over the box; `None` when there is too much to compare.
    pub(super) fn new(
        solved: &Solved<'_>,
        forms: &Forms,
        varied: &[ParameterId],
        outcomes: &[StateId],
        budget: &Budget,
    ) -> Result<Option<Self>, StopReason> {
        if solved.model.state_count() > MAX_STATES || varied.is_empty() {
            return Ok(None);
        }
        let mut signs: Vec<Option<Signs>> = solved.model.decision_makers().map(|_| None).collect();
        for party in &forms.parties {
            let Some(found) = Signs::new(party, forms) else { return Ok(None) };
            signs[party.party.index()] = Some(found);
        }
        let mut comparisons = BoxComparisons { model: &solved.model, signs, possible: FxHashMap::default() };
        let consented = comparisons.consent(solved);
        let ranks = solved.model.decision_makers().map(|dm| solved.model.ranks(dm).to_vec()).collect();
        let sure = solved.structure.model_with_arcs(ranks, consented);
        let bounds = bound_stability_at(&sure, &comparisons, &Concept::ALL, outcomes, budget)?;
        Ok(Some(Self { bounds }))
    }

    /// Whether the outcome holds, or fails to, for all values of all parameters.
    pub(super) fn proves(&self, concept: Concept, state: StateId, holds: bool) -> bool {
        self.bounds.equilibrium(concept, state)
            == if holds { SureStability::SurelyStable } else { SureStability::SurelyUnstable }
    }
}

/// For one party, the sign of every difference of worths over the box.
struct Signs {
    class: Vec<u32>,
    classes: usize,
    /// 1 where the first is better throughout, -1 where it is nowhere better, 0 else.
    table: Vec<i8>,
}

impl Signs {
    fn new(party: &PartyForms, forms: &Forms) -> Option<Self> {
        // Multilinear forms differ least and most at corners of the parameters involved.
        let mut involved: Vec<usize> = party.products.iter().flatten().copied().collect();
        involved.sort_unstable();
        involved.dedup();
        let crossed: Vec<usize> =
            involved.iter().copied().filter(|i| party.products.iter().any(|p| p.len() > 1 && p.contains(i))).collect();
        if crossed.len() > MAX_CROSSED {
            return None;
        }
        let corners = corner_factors(party, forms, &crossed)?;
        let mut known: FxHashMap<Vec<i128>, u32> = FxHashMap::default();
        let mut worths: Vec<Vec<i128>> = Vec::new();
        let mut class = Vec::with_capacity(party.coefficients[0].len());
        for state in 0..party.coefficients[0].len() {
            let worth: Vec<i128> = party.coefficients.iter().map(|c| c[state]).collect();
            let next = worths.len() as u32;
            class.push(*known.entry(worth.clone()).or_insert_with(|| {
                worths.push(worth);
                next
            }));
        }
        if worths.len() > MAX_CLASSES {
            return None;
        }
        let mut table = Vec::with_capacity(worths.len() * worths.len());
        for a in &worths {
            for b in &worths {
                let (mut low, mut high) = (i128::MAX, i128::MIN);
                for corner in &corners {
                    let (least, most) = corner.bounds(a, b)?;
                    low = low.min(least);
                    high = high.max(most);
                }
                table.push(if low > 0 {
                    1
                } else if high <= 0 {
                    -1
                } else {
                    0
                });
            }
        }
        Some(Self { class, classes: worths.len(), table })
    }

    fn of(&self, a: StateId, b: StateId) -> i8 {
        self.table[self.class[a.index()] as usize * self.classes + self.class[b.index()] as usize]
    }
}

/// The parameters that occur in products at one corner; the others, which occur
/// alone, still free: smallest and largest value of each product.
struct Corner {
    ends: Vec<(i128, i128)>,
}

impl Corner {
    /// Smallest and largest difference of two worths.
    fn bounds(&self, a: &[i128], b: &[i128]) -> Option<(i128, i128)> {
        let (mut low, mut high) = (0i128, 0i128);
        for (which, (x, y)) in self.ends.iter().enumerate() {
            let slope = a[which] - b[which];
            let (u, v) = (slope.checked_mul(*x)?, slope.checked_mul(*y)?);
            low = low.checked_add(u.min(v))?;
            high = high.checked_add(u.max(v))?;
        }
        Some((low, high))
    }
}

fn corner_factors(party: &PartyForms, forms: &Forms, crossed: &[usize]) -> Option<Vec<Corner>> {
    let mut all_ends = Vec::new();
    for corner in 0..1usize << crossed.len() {
        let at = |high: bool| -> Vec<_> {
            (forms.ranges.iter().enumerate())
                .map(|(index, (low, top))| match crossed.iter().position(|c| *c == index) {
                    Some(bit) if corner >> bit & 1 == 1 => top.clone(),
                    Some(_) => low.clone(),
                    None if high => top.clone(),
                    None => low.clone(),
                })
                .collect()
        };
        all_ends.extend(party.factors(&at(false)));
        all_ends.extend(party.factors(&at(true)));
    }
    let (scaled, _) = common_denominator(&all_ends)?;
    let products = party.products.len();
    Some(
        scaled
            .chunks_exact(2 * products)
            .map(|ends| Corner { ends: (0..products).map(|i| (ends[i], ends[products + i])).collect() })
            .collect(),
    )
}

struct BoxComparisons<'m> {
    model: &'m Model,
    signs: Vec<Option<Signs>>,
    /// Moves that exist for some values of the parameters only, by party and origin.
    possible: FxHashMap<(u32, StateId), Vec<StateId>>,
}

impl BoxComparisons<'_> {
    fn sign(&self, dm: DmId, a: StateId, b: StateId) -> i8 {
        match &self.signs[dm.index()] {
            Some(signs) => signs.of(a, b),
            None if self.model.rank(dm, a) > self.model.rank(dm, b) => 1,
            None => -1,
        }
    }

    /// Moves that surely find consent; those that possibly do are kept aside.
    fn consent(&mut self, solved: &Solved<'_>) -> Vec<Vec<(u32, u32)>> {
        let mut sure: Vec<Vec<(u32, u32)>> = solved.model.decision_makers().map(|_| Vec::new()).collect();
        let mut possible: FxHashMap<(u32, StateId), Vec<StateId>> = FxHashMap::default();
        solved.structure.visit_proposals(&mut |setters, from, to| {
            for proposer in setters {
                let others = setters.iter().filter(|p| *p != proposer);
                // A party consents when what there is now is nowhere better for it.
                let answers: Vec<i8> = others.map(|p| self.sign(DmId(p.0), from, to)).collect();
                if answers.iter().all(|sign| *sign == -1) {
                    sure[proposer.index()].push((solved.model.code(from), solved.model.code(to)));
                } else if answers.iter().all(|sign| *sign != 1) {
                    possible.entry((proposer.0, from)).or_default().push(to);
                }
            }
        });
        self.possible = possible;
        sure
    }
}

impl Comparisons for BoxComparisons<'_> {
    fn surely_better(&self, dm: DmId, a: StateId, b: StateId) -> bool {
        self.sign(dm, a, b) == 1
    }

    fn surely_not_better(&self, dm: DmId, a: StateId, b: StateId) -> bool {
        self.sign(dm, a, b) == -1
    }

    fn possible_moves(&self, dm: DmId, from: StateId) -> Vec<StateId> {
        self.possible.get(&(dm.0, from)).cloned().unwrap_or_default()
    }
}
