//! From the numbers that a file gives things to their positions.

use rustc_hash::FxHashMap;

use crate::tree::NONE;

/// Positions by number: nearly all files number from 1 on, but any whole number may stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    /// Positions of small numbers, [`NONE`] where there is nothing.
    small: Vec<u32>,
    others: FxHashMap<i64, u32>,
    count: usize,
}

impl Numbers {
    pub(super) fn get(&self, number: i64) -> Option<usize> {
        match usize::try_from(number).ok().and_then(|number| self.small.get(number)) {
            Some(&position) if position != NONE => Some(position as usize),
            _ if self.others.is_empty() => None,
            _ => self.others.get(&number).map(|position| *position as usize),
        }
    }

    /// Gives a number that has none a position.
    pub(super) fn insert(&mut self, number: i64, position: usize) {
        self.count += 1;
        match usize::try_from(number) {
            Ok(number) if number < 2 * self.count + 64 => {
                if number >= self.small.len() {
                    self.small.resize(number + 1, NONE);
                }
                self.small[number] = position as u32;
            }
            _ => {
                self.others.insert(number, position as u32);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_whole_number_finds_its_position() {
        let mut numbers = Numbers::default();
        let given = [1, 2, -5, 1_000_000, i64::MAX, i64::MIN, 0, 300, 70, 66];
        for (position, number) in given.into_iter().enumerate() {
            assert_eq!(numbers.get(number), None);
            numbers.insert(number, position);
        }
        for number in 400..1_000 {
            numbers.insert(number, number as usize);
        }
        for (position, number) in given.into_iter().enumerate() {
            assert_eq!(numbers.get(number), Some(position));
        }
        assert_eq!((numbers.get(999), numbers.get(301)), (Some(999), None));
        assert!(numbers.small.len() < 2_000);
    }
}
