//! Worths as multilinear functions of the uncertain parameters, in whole numbers.

use detente_base::Exact;
use detente_conflict::ranks_from_scores;
use detente_scenario::columns::{Columns, Table};
use detente_scenario::expr::eval::{Point, Truth, truth};
use detente_scenario::expr::multilinear::{Multilinear, multilinear};
use detente_scenario::situation::{ParameterId, PartyId, PreferenceForm, ValueId, WorthTerm};
use num_bigint::BigInt;
use num_integer::Integer;

use crate::close::Solved;
use crate::ranks::form_of;

/// Every party's worth of every outcome: `Σ coefficient · Π parameters`, all as whole
/// multiples of one unit.
pub(crate) struct Forms {
    /// One entry for each party whose worth depends on a varied parameter.
    pub parties: Vec<PartyForms>,
    /// Central value of each varied parameter.
    pub center: Vec<Exact>,
    /// Range of each varied parameter.
    pub ranges: Vec<(Exact, Exact)>,
}

/// One party's worths.
pub(crate) struct PartyForms {
    /// Whose they are.
    pub party: PartyId,
    /// Products of varied parameters, by index; the first is the empty one.
    pub products: Vec<Vec<usize>>,
    /// For each product, the coefficient of each state.
    pub coefficients: Vec<Vec<i128>>,
}

/// Largest whole number that is kept, so that later products do not overflow.
const LIMIT: i128 = 1 << 60;

impl Forms {
    /// The forms of a combination of types, or why there are none.
    pub(crate) fn new(solved: &Solved<'_>, varied: &[ParameterId]) -> Result<Self, String> {
        let situation = solved.structure.situation;
        let mut parties = Vec::new();
        for party in (0..situation.parties.len()).map(PartyId::from_index) {
            let PreferenceForm::Worth(terms) = form_of(solved.structure, solved.profile, party) else { continue };
            let name = &situation.parties[party.index()].id;
            let sums = sum_of_terms(solved, terms)
                .ok_or_else(|| format!("the worth of `{name}` is no sum of products of different parameters"))?;
            if sums.iter().all(|s| s.as_constant().is_some()) {
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
    pub(crate) fn ranks_at(&self, solved: &Solved<'_>, values: &[Exact]) -> Option<Vec<Vec<u32>>> {
        let mut ranks: Vec<Vec<u32>> =
            solved.model.decision_makers().map(|dm| solved.model.ranks(dm).to_vec()).collect();
        for forms in &self.parties {
            let (factors, _) = common_denominator(&forms.factors(values))?;
            let scores: Option<Vec<i128>> = (0..ranks[forms.party.index()].len())
                .map(|state| {
                    forms.coefficients.iter().zip(&factors).try_fold(0i128, |sum, (coefficients, factor)| {
                        sum.checked_add(coefficients[state].checked_mul(*factor)?)
                    })
                })
                .collect();
            ranks[forms.party.index()] = ranks_from_scores(&scores?);
        }
        Some(ranks)
    }
}

impl PartyForms {
    /// Value of each product at a point.
    pub(crate) fn factors(&self, values: &[Exact]) -> Vec<Exact> {
        let product = |indices: &Vec<usize>| indices.iter().fold(Exact::ONE, |p, i| &p * &values[*i]);
        self.products.iter().map(product).collect()
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

fn sum_of_terms(solved: &Solved<'_>, terms: &[WorthTerm]) -> Option<Vec<Multilinear>> {
    let structure = solved.structure;
    let columns = Columns::new(structure.situation, &structure.space, solved.point);
    let mut sums = vec![Multilinear::default(); structure.states.state_count()];
    for term in terms {
        let table = form_table(solved, &columns, term)?;
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
fn form_table(solved: &Solved<'_>, columns: &Columns<'_>, term: &WorthTerm) -> Option<Table<Multilinear>> {
    let situation = solved.structure.situation;
    let mut issues = term.add.issues();
    issues.extend(term.when.iter().flat_map(detente_scenario::expr::Expr::issues));
    issues.sort_unstable();
    issues.dedup();
    let mut values: Vec<ValueId> = vec![ValueId(0); situation.issues.len()];
    let entry = |values: &[ValueId]| match &term.when {
        None => multilinear(situation, &term.add, values),
        Some(when) => match truth(when, &Point::unknown_parameters(situation, values)) {
            Truth::True => multilinear(situation, &term.add, values),
            Truth::False => Some(Multilinear::default()),
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

fn scaled(party: PartyId, sums: &[Multilinear], varied: &[ParameterId]) -> Option<PartyForms> {
    let mut unit = BigInt::from(1);
    for number in sums.iter().flat_map(|s| s.terms.values()) {
        unit = unit.lcm(&number.to_ratio().1);
    }
    let whole = |number: &Exact| {
        let (num, den) = number.to_ratio();
        i128::try_from(num * (&unit / den)).ok().filter(|n| n.abs() < LIMIT)
    };
    let mut named: Vec<&Vec<ParameterId>> = sums.iter().flat_map(|s| s.terms.keys()).collect();
    let constant = Vec::new();
    named.push(&constant);
    named.sort_unstable();
    named.dedup();
    let coefficients = named
        .iter()
        .map(|product| sums.iter().map(|s| s.terms.get(*product).map_or(Some(0), &whole)).collect::<Option<Vec<_>>>())
        .collect::<Option<Vec<_>>>()?;
    let index = |id: &ParameterId| varied.iter().position(|v| v == id).expect("every uncertain parameter is varied");
    let products = named.iter().map(|product| product.iter().map(index).collect()).collect();
    Some(PartyForms { party, products, coefficients })
}
