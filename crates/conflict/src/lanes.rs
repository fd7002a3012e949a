//! Independent tasks on two threads.
//!
//! What comes out does not depend on who did what when: results stand in the order of
//! the tasks, and of several stops the one of the first task counts.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use detente_base::StopReason;

/// States from which a second thread pays for itself: below, a task takes less than the
/// start of a thread.
const LEAST_STATES: usize = 1 << 14;

/// Results of `task(0)` to `task(count - 1)`, in that order.
///
/// Two threads at most: each task on a large conflict takes some 8 bytes for each state,
/// and memory is what ends such questions first. Where no thread can be started, the
/// caller's does all.
///
/// # Errors
/// That of the first task that fails.
pub(crate) fn in_lanes<T: Send>(
    count: usize,
    state_count: usize,
    task: impl Fn(usize) -> Result<T, StopReason> + Sync,
) -> Result<Vec<T>, StopReason> {
    if count < 2 || state_count < LEAST_STATES {
        return (0..count).map(task).collect();
    }
    let next = AtomicUsize::new(0);
    let lane = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return done;
            }
            done.push((index, task(index)));
        }
    };
    let mut done = thread::scope(|scope| {
        let other = thread::Builder::new().spawn_scoped(scope, lane);
        let mut done = lane();
        if let Ok(other) = other {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_tasks() {
        for states in [1, LEAST_STATES] {
            for count in [0, 1, 2, 7, 100] {
                let found = in_lanes(count, states, |index| Ok(index * index));
                assert_eq!(found, Ok((0..count).map(|index| index * index).collect()));
            }
        }
    }

    #[test]
    fn the_first_stop_counts() {
        let limit = |index: usize| StopReason::TooManyMoves { limit: index as u64 };
        for states in [1, LEAST_STATES] {
            let found = in_lanes(40, states, |index| if index % 10 == 9 { Err(limit(index)) } else { Ok(index) });
            assert_eq!(found, Err(limit(9)));
        }
    }
}
