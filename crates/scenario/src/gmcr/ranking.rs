//! How many states are there? Only as far as a ranking needs to know.

use super::{GmcrLiteral, GmcrStatement};

/// Steps after which counting gives up; some tenths of a second.
const MAX_STEPS: u64 = 4_000_000;

/// Number of states that no statement rules out, counted up to `enough`; `None` where
/// the steps do not suffice.
///
/// Options are answered one after the other; a partial answer is dropped as soon as it
/// satisfies a conjunction.
pub(super) fn count_states(options: usize, infeasible: &[GmcrStatement], enough: u64) -> Option<u64> {
    let mut by_last: Vec<Vec<&[GmcrLiteral]>> = vec![Vec::new(); options];
    for conjunction in infeasible.iter().flat_map(|statement| &statement.any_of) {
        if let Some(last) = conjunction.iter().map(|literal| literal.option).max() {
            by_last[last].push(conjunction);
        }
    }
    let mut answers: Vec<bool> = Vec::new();
    let mut count = 0;
    let mut steps = 0;
    loop {
        let refused = answers.len().checked_sub(1).is_some_and(|last| {
            steps += 1 + by_last[last].len() as u64;
            by_last[last].iter().any(|all| all.iter().all(|literal| answers[literal.option] == literal.taken))
        });
        if steps > MAX_STEPS {
            return None;
        }
        if !refused && answers.len() < options {
            answers.push(false);
            continue;
        }
        count += u64::from(!refused);
        if count >= enough {
            return Some(count);
        }
        while answers.last() == Some(&true) {
            answers.pop();
        }
        match answers.last_mut() {
            Some(last) => *last = true,
            None => return Some(count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_base::Span;

    fn never(literals: &[(usize, bool)]) -> GmcrStatement {
        let all = literals.iter().map(|(option, taken)| GmcrLiteral { option: *option, taken: *taken }).collect();
        GmcrStatement { any_of: vec![all], span: Span::default() }
    }

    #[test]
    fn states_are_counted_as_far_as_needed() {
        assert_eq!(count_states(0, &[], 9), Some(1));
        assert_eq!(count_states(3, &[], 99), Some(8));
        assert_eq!(count_states(40, &[], 100), Some(100));
        let rules = [never(&[(0, true), (1, true)]), never(&[(2, false)])];
        assert_eq!(count_states(3, &rules, 99), Some(3));
        assert_eq!(count_states(1, &[never(&[(0, true)]), never(&[(0, false)])], 99), Some(0));
        let exclusive: Vec<_> = (0..30).flat_map(|a| (0..a).map(move |b| never(&[(a, true), (b, true)]))).collect();
        assert_eq!(count_states(30, &exclusive, 99), Some(31));
    }
}
