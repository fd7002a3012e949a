//! Preferences as binary numbers.
//!
//! The *key* of a decision maker is a row of diagrams, the most important first: read
//! as a binary number it is larger for a better state and equal for a tie.

use biodivine_lib_bdd::Bdd;
use detente_base::StopReason;

use super::Formula;
use super::conflict::Order;
use super::diagrams::Diagrams;
use super::encoding::Encoding;

pub(super) fn key(order: &Order, feasible: &Bdd, code: &Encoding, dd: &Diagrams<'_>) -> Result<Vec<Bdd>, StopReason> {
    let bits = match order {
        Order::Indifferent => Vec::new(),
        Order::Priority(statements) => statements.iter().map(|s| code.formula(s, dd)).collect::<Result<_, _>>()?,
        Order::Levels(levels) => level_bits(levels, code, dd)?,
        Order::Sum(terms) => sum_bits(terms, code, dd)?,
    };
    // What is the same in every feasible state, or was asked before, decides nothing.
    let mut kept: Vec<Bdd> = Vec::new();
    for bit in bits {
        let constant = dd.disjoint(feasible, &bit)? || dd.disjoint(feasible, &bit.not())?;
        if !constant && !kept.contains(&bit) {
            kept.push(bit);
        }
    }
    Ok(kept)
}

/// The number of a state's level, counted from the worst.
fn level_bits(levels: &[Formula], code: &Encoding, dd: &Diagrams<'_>) -> Result<Vec<Bdd>, StopReason> {
    let width = usize::BITS - levels.len().leading_zeros();
    let mut bits = vec![code.no(); width as usize];
    let mut rest = code.yes();
    for (index, level) in levels.iter().enumerate() {
        let here = code.formula(level, dd)?;
        let reached = dd.and(&rest, &here)?;
        let number = levels.len() - index;
        for (place, bit) in bits.iter_mut().rev().enumerate() {
            if number >> place & 1 == 1 {
                *bit = dd.or(bit, &reached)?;
            }
        }
        rest = dd.and_not(&rest, &here)?;
    }
    Ok(bits)
}

/// A sum of weights, less the constant that makes every weight positive.
fn sum_bits(terms: &[(Formula, i128)], code: &Encoding, dd: &Diagrams<'_>) -> Result<Vec<Bdd>, StopReason> {
    let divisor = terms.iter().fold(0, |divisor, (_, weight)| gcd(divisor, weight.unsigned_abs()));
    // Lowest bit first.
    let mut sum: Vec<Bdd> = Vec::new();
    for (when, weight) in terms.iter().filter(|(_, weight)| *weight != 0) {
        let holds = code.formula(when, dd)?;
        // w·[f] = w + |w|·[not f] for w < 0.
        let counts = if *weight < 0 { holds.not() } else { holds };
        add(&mut sum, &counts, weight.unsigned_abs() / divisor, code, dd)?;
    }
    sum.reverse();
    Ok(sum)
}

/// Adds a weight where a condition holds.
fn add(sum: &mut Vec<Bdd>, counts: &Bdd, weight: u128, code: &Encoding, dd: &Diagrams<'_>) -> Result<(), StopReason> {
    let mut carry = code.no();
    let width = (u128::BITS - weight.leading_zeros()) as usize;
    for place in 0.. {
        if place >= width && carry.is_false() {
            break;
        }
        if place == sum.len() {
            sum.push(code.no());
        }
        let addend = if weight >> place & 1 == 1 { counts.clone() } else { code.no() };
        let half = dd.xor(&sum[place], &addend)?;
        let both = dd.or(&dd.and(&sum[place], &addend)?, &dd.and(&half, &carry)?)?;
        sum[place] = dd.xor(&half, &carry)?;
        carry = both;
    }
    Ok(())
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}
