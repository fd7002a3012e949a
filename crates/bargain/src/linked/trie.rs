//! Tables as the search reads them: value by value, with the best that is left.

use super::Table;

/// A table whose issues come in the order of the search.
pub(super) struct Trie<T> {
    /// By number of issues that have their value, what is the best of the entries left.
    levels: Vec<Vec<T>>,
}

impl<T: Clone> Trie<T> {
    /// The table with its issues in the order of their places; `best` of entries that are
    /// left as a choice.
    pub(super) fn new(table: &Table<T>, places: &[usize], sizes: &[usize], best: fn(&T, &T) -> T) -> Self {
        let mut ordered = table.issues.clone();
        ordered.sort_unstable_by_key(|issue| places[*issue]);
        let mut strides = vec![0; sizes.len()];
        let mut stride = 1;
        for issue in &table.issues {
            strides[*issue] = stride;
            stride *= sizes[*issue];
        }
        // The last issue of the search is the lowest digit: a value is appended to an index.
        let mut indices = vec![0];
        for issue in &ordered {
            let next = |index: &usize| (0..sizes[*issue]).map(|v| index + v * strides[*issue]).collect::<Vec<_>>();
            indices = indices.iter().flat_map(next).collect();
        }
        let mut levels = vec![indices.into_iter().map(|index| table.entries[index].clone()).collect::<Vec<T>>()];
        for issue in ordered.iter().rev() {
            let below = levels.last().expect("at least the entries");
            let group = |entries: &[T]| entries[1..].iter().fold(entries[0].clone(), |a, b| best(&a, b));
            levels.push(below.chunks(sizes[*issue]).map(group).collect());
        }
        levels.reverse();
        Self { levels }
    }

    /// The best entry that is left after so many issues with the values of this index.
    pub(super) fn best(&self, depth: usize, index: usize) -> &T {
        &self.levels[depth][index]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_that_is_left() {
        // Issue 0 has two values, issue 1 three; issue 1 comes first.
        let table = Table { issues: vec![0, 1], entries: vec![1, 9, 4, 2, 3, 5] };
        let trie = Trie::new(&table, &[1, 0], &[2, 3], |a, b| *a.max(b));
        assert_eq!(trie.best(0, 0), &9);
        assert_eq!((0..3).map(|v| *trie.best(1, v)).collect::<Vec<_>>(), [9, 4, 5]);
        assert_eq!((0..6).map(|v| *trie.best(2, v)).collect::<Vec<_>>(), [1, 9, 4, 2, 3, 5]);
    }
}
