//! In which order issues are taken.

use std::collections::BTreeSet;

use detente_base::Pcg;

use super::reduce::Problem;

/// Orders that are tried; more help little.
const TRIES: usize = 64;

/// Variables times themselves, over all tries.
const EFFORT: usize = 1 << 20;

/// Neighbours of a variable that are joined; tables of so many are split anyway.
const MOST_JOINED: usize = 64;

/// The variables of a problem in the order of the search: the last is eliminated first.
///
/// Two variables are neighbours if a clause mentions both. Eliminating one joins its
/// neighbours; the order of least total size of the tables that come up is taken, found by
/// always eliminating a variable of one of the smallest tables.
pub(super) fn search_order(problem: &Problem) -> Vec<usize> {
    let mut rng = Pcg::new(1);
    let count = problem.active().len().max(1);
    let tries = (0..(EFFORT / (count * count)).clamp(1, TRIES))
        .map(|attempt| eliminated(problem, if attempt == 0 { None } else { Some(&mut rng) }));
    let (_, mut order) = tries.min_by(|a, b| a.0.total_cmp(&b.0)).expect("at least one");
    order.reverse();
    order
}

/// An order of elimination and the size of its tables.
fn eliminated(problem: &Problem, mut rng: Option<&mut Pcg>) -> (f64, Vec<usize>) {
    let mut left: BTreeSet<usize> = problem.active().into_iter().collect();
    let mut near: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); problem.variables.len()];
    for clause in problem.clauses.iter().filter(|clause| clause.literals.len() <= MOST_JOINED) {
        for (a, _) in &clause.literals {
            near[*a].extend(clause.literals.iter().map(|(b, _)| *b).filter(|b| b != a));
        }
    }
    let size = |variable: usize| problem.variables[variable].len() as f64;
    let (mut total, mut order) = (0.0, Vec::new());
    while !left.is_empty() {
        let table = |at: usize| near[at].iter().fold(size(at), |product, other| product * size(*other));
        let mut best: Option<(f64, usize)> = None;
        for at in &left {
            // A table up to half as large again may be taken, so that tries differ.
            let noise = rng.as_deref_mut().map_or(1.0, |rng| 1.0 + f64::from(rng.below(1_000)) / 2_000.0);
            let cost = table(*at) * noise;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, *at));
            }
        }
        let (_, at) = best.expect("some are left");
        total += table(at);
        left.remove(&at);
        order.push(at);
        let around = std::mem::take(&mut near[at]);
        for a in &around {
            near[*a].remove(&at);
            if around.len() <= MOST_JOINED {
                near[*a].extend(around.iter().filter(|b| *b != a));
            }
        }
    }
    (total, order)
}
