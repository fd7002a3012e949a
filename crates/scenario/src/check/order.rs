//! Definitions that use each other: an order in which each comes after what it uses,
//! and the circles that have none.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Members in an order in which each comes after all that it uses, otherwise ascending;
/// those on a circle or behind one are left out.
pub(super) fn order(uses: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting: Vec<usize> = uses.iter().map(Vec::len).collect();
    let users = reversed(uses);
    let mut ready: BinaryHeap<Reverse<usize>> = (0..uses.len()).filter(|i| waiting[*i] == 0).map(Reverse).collect();
    let mut order = Vec::new();
    while let Some(Reverse(settled)) = ready.pop() {
        order.push(settled);
        for user in &users[settled] {
            waiting[*user] -= 1;
            if waiting[*user] == 0 {
                ready.push(Reverse(*user));
            }
        }
    }
    order
}

fn reversed(uses: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut users = vec![Vec::new(); uses.len()];
    for (user, used) in uses.iter().enumerate() {
        for used in used {
            users[*used].push(user);
        }
    }
    users
}

/// The circles of a graph: each strongly connected part that has a cycle, its members
/// ascending, in order of its smallest.
pub(super) fn cycles(uses: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let users = reversed(uses);
    // What no circle leads to, or what leads to none, is on none.
    let mut open = vec![true; uses.len()];
    for settled in order(uses).into_iter().chain(order(&users)) {
        open[settled] = false;
    }
    let mut found = Vec::new();
    for index in 0..uses.len() {
        if !open[index] {
            continue;
        }
        let (ahead, behind) = (reach(index, uses, &open), reach(index, &users, &open));
        let group: Vec<usize> = (0..uses.len()).filter(|i| ahead[*i] && behind[*i]).collect();
        open[index] = false;
        for member in &group {
            open[*member] = false;
        }
        if !group.is_empty() {
            found.push(group);
        }
    }
    found
}

/// What can be reached in at least one step, through open members only.
fn reach(from: usize, uses: &[Vec<usize>], open: &[bool]) -> Vec<bool> {
    let mut seen = vec![false; uses.len()];
    let mut next = uses[from].clone();
    while let Some(at) = next.pop() {
        if open[at] && !std::mem::replace(&mut seen[at], true) {
            next.extend(&uses[at]);
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_circle_once() {
        let uses = vec![vec![1], vec![0], vec![3], vec![], vec![4], vec![0]];
        assert_eq!(cycles(&uses), vec![vec![0, 1], vec![4]]);
        assert_eq!(order(&uses), [3, 2]);
        let two = vec![vec![1, 2], vec![0], vec![3], vec![2], vec![5], vec![]];
        assert_eq!(cycles(&two), vec![vec![0, 1], vec![2, 3]]);
        assert_eq!(order(&two), [5, 4]);
        assert_eq!(order(&[vec![1, 1], vec![]]), [1, 0]);
    }
}
