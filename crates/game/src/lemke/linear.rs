//! Sparse linear equations, solved exactly for several right sides at once.

use detente_base::{Budget, Exact, StopReason};

/// One equation: what the unknowns count, by number ascending, and its right sides.
#[derive(Clone, Debug)]
pub(crate) struct Equation {
    pub(crate) left: Vec<(u32, Exact)>,
    pub(crate) right: Vec<Exact>,
}

/// The unknowns of as many equations, for each its values; nothing if they are not
/// independent.
///
/// Rows with few entries are used first, so that what has the shape of a tree stays sparse.
pub(crate) fn solve(
    mut equations: Vec<Equation>,
    unknowns: usize,
    budget: &Budget,
) -> Result<Option<Vec<Vec<Exact>>>, StopReason> {
    if equations.len() != unknowns {
        return Ok(None);
    }
    // For each unknown the equations that may contain it.
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); unknowns];
    for (row, equation) in equations.iter().enumerate() {
        equation.left.iter().for_each(|(column, _)| holders[*column as usize].push(row as u32));
    }
    let mut open: Vec<bool> = vec![true; equations.len()];
    let mut order: Vec<(usize, u32)> = Vec::with_capacity(unknowns);
    for _ in 0..unknowns {
        budget.check()?;
        let Some(row) = (0..equations.len()).filter(|row| open[*row]).min_by_key(|row| equations[*row].left.len())
        else {
            break;
        };
        let rarest = equations[row].left.iter().min_by_key(|(column, factor)| {
            let unit = factor.as_integer().is_none_or(|factor| factor.abs() != 1);
            (holders[*column as usize].len(), unit)
        });
        let Some((column, factor)) = rarest.cloned() else { return Ok(None) };
        open[row] = false;
        let inverse = Exact::ONE.checked_div(&factor).expect("entries are not zero");
        if factor != Exact::ONE {
            equations[row].left.iter_mut().for_each(|(_, entry)| *entry = &*entry * &inverse);
            equations[row].right.iter_mut().for_each(|entry| *entry = &*entry * &inverse);
        }
        let pivot = equations[row].clone();
        for other in std::mem::take(&mut holders[column as usize]) {
            if open[other as usize] {
                eliminate(&mut equations[other as usize], &pivot, column, |added| holders[added as usize].push(other));
            }
        }
        order.push((row, column));
    }
    let mut values: Vec<Vec<Exact>> = vec![Vec::new(); unknowns];
    for (row, column) in order.into_iter().rev() {
        let Equation { left, mut right } =
            std::mem::replace(&mut equations[row], Equation { left: vec![], right: vec![] });
        for (other, factor) in left.iter().filter(|(other, _)| *other != column) {
            let known = &values[*other as usize];
            right.iter_mut().zip(known).filter(|(_, known)| !known.is_zero()).for_each(|(sum, known)| {
                *sum = &*sum - &(factor * known);
            });
        }
        values[column as usize] = right;
    }
    Ok(Some(values))
}

/// Takes an unknown out of an equation, by one in which it counts one.
fn eliminate(equation: &mut Equation, pivot: &Equation, column: u32, mut added: impl FnMut(u32)) {
    let Ok(at) = equation.left.binary_search_by_key(&column, |(column, _)| *column) else { return };
    let factor = equation.left[at].1.clone();
    let mut merged = Vec::with_capacity(equation.left.len() + pivot.left.len());
    let mut own = std::mem::take(&mut equation.left).into_iter().peekable();
    for (column_of, entry) in &pivot.left {
        while let Some(next) = own.next_if(|(column, _)| column < column_of) {
            merged.push(next);
        }
        let change = &factor * entry;
        match own.next_if(|(column, _)| column == column_of) {
            Some((column, before)) => {
                let after = &before - &change;
                if !after.is_zero() {
                    merged.push((column, after));
                }
            }
            None => {
                added(*column_of);
                merged.push((*column_of, -&change));
            }
        }
    }
    merged.extend(own);
    equation.left = merged;
    let right = equation.right.iter_mut().zip(&pivot.right).filter(|(_, part)| !part.is_zero());
    right.for_each(|(sum, part)| *sum = &*sum - &(&factor * part));
}
