//! Worths as affine functions of the uncertain parameters, in whole numbers.

use detente_base::Exact;
use detente_conflict::ranks_from_scores;
use detente_scenario::columns::{Columns, Table};
use detente_scenario::expr::affine::{Affine, affine};
use detente_scenario::expr::eval::{Point, Truth, truth};
use detente_scenario::situation::{ParameterId, PartyId, PreferenceForm, ValueId, WorthTerm};
use num_bigint::BigInt;
use num_integer::Integer;

use crate::close::Solved;
use crate::ranks::form_of;

/// Every party's worth of every outcome: `constant + Σ coefficient · parameter`, all
/// as whole multiples of one unit.
pub(super) struct Forms {
    /// One entry for each party whose worth depends on a varied parameter.
    pub parties: Vec<PartyForms>,
    /// Central value of each varied parameter.
    pub center: Vec<Exact>,
    /// Range of each varied parameter.
    pub ranges: Vec<(Exact, Exact)>,
}

/// One party's worths.
pub(super) struct PartyForms {
    /// Whose they are.
    pub party: PartyId,
    /// Constant of each state.
    pub constants: Vec<i128>,
    /// For each varied parameter, the coefficient of each state.
    pub coefficients: Vec<Vec<i128>>,
}

/// Largest whole number that is kept, so that later products do not overflow.
const LIMIT: i128 = 1 << 60;

impl Forms {
    /// The forms of a combination of types, or why there are none.
    pub(super) fn new(solved: &Solved<'_>, varied: &[ParameterId]) -> Result<Self, String> {
        let situation = solved.structure.situation;
        let mut parties = Vec::new();
        for party in (0..situation.parties.len()).map(PartyId::from_index) {
            let PreferenceForm::Worth(terms) = form_of(solved.structure, solved.profile, party) else { continue };
            let name = &situation.parties[party.index()].id;
            let sums = sum_of_terms(solved, terms)
                .ok_or_else(|| format!("the worth of `{name}` is not affine in its parameters"))?;
            if sums.iter().all(|s| s.coefficients.is_empty()) {
                continue;
            }
            parties.push(
                scaled(party, &sums, varied)
                    .ok_or_else(|| format!("the worth of `{name}` has numbers too fine to be compared over ranges"))?,
            );
        }
        let ranges = varied.iter().map(|id| super::range_of(situation, *id));
        let (mut center, mut bounds) = (Vec::new(), Vec::new());
        for (low, likely, high) in ranges {
            center.push(likely);
            bounds.push((low, high));
        }
        Ok(Self { parties, center, ranges: bounds })
    }

    /// Ranks of all parties at a point, or `None` where numbers grow too large.
    pub(super) fn ranks_at(&self, solved: &Solved<'_>, values: &[Exact]) -> Option<Vec<Vec<u32>>> {
        let mut ranks: Vec<Vec<u32>> =
            solved.model.decision_makers().map(|dm| solved.model.ranks(dm).to_vec()).collect();
        let (numerators, denominator) = common_denominator(values)?;
        for forms in &self.parties {
            let mut scores = Vec::with_capacity(forms.constants.len());
            for (state, constant) in forms.constants.iter().enumerate() {
                let mut score = constant.checked_mul(denominator)?;
                for (coefficients, numerator) in forms.coefficients.iter().zip(&numerators) {
                    score = score.checked_add(coefficients[state].checked_mul(*numerator)?)?;
                }
                scores.push(score);
            }
            ranks[forms.party.index()] = ranks_from_scores(&scores);
        }
        Some(ranks)
    }
}

/// Numbers as multiples of one over a common denominator.
pub(super) fn common_denominator(values: &[Exact]) -> Option<(Vec<i128>, i128)> {
    let mut denominator = BigInt::from(1);
    for value in values {
        denominator = denominator.lcm(&value.to_ratio().1);
    }
    let numerators: Option<Vec<i128>> = values
        .iter()
        .map(|value| {
            let (num, den) = value.to_ratio();
            i128::try_from(num * (&denominator / den)).ok().filter(|n| n.abs() < LIMIT)
        })
        .collect();
    Some((numerators?, i128::try_from(denominator).ok().filter(|d| *d < LIMIT)?))
}

fn sum_of_terms(solved: &Solved<'_>, terms: &[WorthTerm]) -> Option<Vec<Affine>> {
    let structure = solved.structure;
    let columns = Columns::new(structure.situation, &structure.space, solved.point);
    let mut sums = vec![Affine::default(); structure.states.state_count()];
    for term in terms {
        let table = affine_table(solved, &columns, term)?;
        let mut state = 0;
        table.for_each_code(&structure.space, |code, entry| {
            if structure.states.feasible().contains(code) {
                sums[state] = std::mem::take(&mut sums[state]).plus(&Exact::ONE, entry);
                state += 1;
            }
        });
    }
    Some(sums)
}

/// A term's contribution for each combination of the values it depends on.
fn affine_table(solved: &Solved<'_>, columns: &Columns<'_>, term: &WorthTerm) -> Option<Table<Affine>> {
    let situation = solved.structure.situation;
    let mut issues = term.add.issues();
    issues.extend(term.when.iter().flat_map(detente_scenario::expr::Expr::issues));
    issues.sort_unstable();
    issues.dedup();
    let mut values: Vec<ValueId> = vec![ValueId(0); situation.issues.len()];
    let entry = |values: &[ValueId]| match &term.when {
        None => affine(situation, &term.add, values),
        Some(when) => match truth(when, &Point::unknown_parameters(situation, values)) {
            Truth::True => affine(situation, &term.add, values),
            Truth::False => Some(Affine::default()),
            Truth::Open => None,
        },
    };
    // The same order in which `Columns::table` walks the combinations.
    let count = columns.table(&issues, |_| ()).entries.len();
    let mut entries = Vec::with_capacity(count);
    for _ in 0..count {
        entries.push(entry(&values)?);
        for issue in &issues {
            let value = &mut values[issue.index()];
            value.0 += 1;
            if value.0 < solved.structure.space.sizes()[issue.index()] {
                break;
            }
            value.0 = 0;
        }
    }
    Some(Table { issues, entries })
}

fn scaled(party: PartyId, sums: &[Affine], varied: &[ParameterId]) -> Option<PartyForms> {
    let mut unit = BigInt::from(1);
    for number in sums.iter().flat_map(|s| s.coefficients.values().chain([&s.constant])) {
        unit = unit.lcm(&number.to_ratio().1);
    }
    let whole = |number: &Exact| {
        let (num, den) = number.to_ratio();
        i128::try_from(num * (&unit / den)).ok().filter(|n| n.abs() < LIMIT)
    };
    let constants = sums.iter().map(|s| whole(&s.constant)).collect::<Option<Vec<_>>>()?;
    let coefficients = varied
        .iter()
        .map(|id| sums.iter().map(|s| s.coefficients.get(id).map_or(Some(0), &whole)).collect::<Option<Vec<_>>>())
        .collect::<Option<Vec<_>>>()?;
    Some(PartyForms { party, constants, coefficients })
}
