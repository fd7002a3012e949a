//! Vectors that are searched for one that is nowhere less.
//!
//! Vectors are kept in trees of 16, 32, 64 … of them. Each node of a tree knows the greatest
//! number of its vectors in every coordinate: if one of them is less than what is asked for,
//! nothing below it dominates. A new vector waits in a short list; when that is full, it is
//! joined with the smaller trees into one, like carrying in a sum, so that every vector is
//! moved O(log k) times.
//!
//! Source: `[Bentley1975]` for the trees; `[BentleySaxe1980]` for the carrying.

/// Vectors in a leaf, and waiting at most.
const LEAF: usize = 16;

/// Vectors that dominated others lately and are asked first.
const BUSY: usize = 16;

pub(crate) struct Forest<T> {
    width: usize,
    /// Flat.
    waiting: Vec<T>,
    /// Flat; those that dominated most lately first.
    busy: Vec<T>,
    /// The tree at a place has `LEAF` vectors times 2 to the place.
    trees: Vec<Option<Tree<T>>>,
}

struct Tree<T> {
    /// Flat; the leaves from left to right.
    vectors: Vec<T>,
    /// Flat; the greatest numbers of each node. The children of node n are 2n + 1 and
    /// 2n + 2.
    greatest: Vec<T>,
}

impl<T: Ord + Clone> Forest<T> {
    pub(crate) fn new(width: usize) -> Self {
        Self { width, waiting: Vec::new(), busy: Vec::new(), trees: Vec::new() }
    }

    /// Adds a vector unless one that is there is nowhere less.
    pub(crate) fn keeps(&mut self, vector: &[T]) -> bool {
        if self.is_dominated(vector) {
            return false;
        }
        self.waiting.extend_from_slice(vector);
        if self.waiting.len() == LEAF * self.width {
            self.carry();
        }
        true
    }

    fn is_dominated(&mut self, vector: &[T]) -> bool {
        let width = self.width;
        if let Some(at) = self.busy.chunks_exact(width).position(|other| no_less(other, vector)) {
            // Moved half the way to the front.
            for offset in 0..width {
                self.busy.swap(at * width + offset, at / 2 * width + offset);
            }
            return true;
        }
        let mut trees = self.trees.iter().rev().flatten();
        let waiting = || self.waiting.chunks_exact(width).find(|other| no_less(other, vector));
        let Some(found) = trees.find_map(|tree| tree.dominating(vector)).or_else(waiting) else {
            return false;
        };
        if self.busy.len() == BUSY * width {
            self.busy.truncate((BUSY - 1) * width);
        }
        self.busy.extend_from_slice(found);
        true
    }

    /// Makes a tree of those that wait and of all smaller trees.
    fn carry(&mut self) {
        let mut vectors = std::mem::take(&mut self.waiting);
        let full = self.trees.iter().position(Option::is_none).unwrap_or(self.trees.len());
        for tree in self.trees.iter_mut().take(full) {
            vectors.extend(tree.take().expect("a smaller tree").vectors);
        }
        if full == self.trees.len() {
            self.trees.push(None);
        }
        self.trees[full] = Some(Tree::new(&vectors, self.width));
    }
}

impl<T: Ord + Clone> Tree<T> {
    /// A tree of `LEAF` times a power of two vectors.
    fn new(vectors: &[T], width: usize) -> Self {
        let count = vectors.len() / width;
        let mut order: Vec<u32> = (0..count as u32).collect();
        arrange(vectors, width, &mut order, 0);
        let vectors: Vec<T> =
            order.iter().flat_map(|at| vectors[*at as usize * width..][..width].iter().cloned()).collect();
        let leaves = count / LEAF;
        let nodes = 2 * leaves - 1;
        let mut greatest: Vec<T> = vec![vectors[0].clone(); nodes * width];
        for node in (0..nodes).rev() {
            for axis in 0..width {
                greatest[node * width + axis] = if node + 1 >= leaves {
                    let leaf = &vectors[(node + 1 - leaves) * LEAF * width..][..LEAF * width];
                    leaf.iter().skip(axis).step_by(width).max().expect("a full leaf").clone()
                } else {
                    let child = |at: usize| greatest[(2 * node + at) * width + axis].clone();
                    child(1).max(child(2))
                };
            }
        }
        Self { vectors, greatest }
    }

    /// A vector that is nowhere less than another.
    fn dominating(&self, vector: &[T]) -> Option<&[T]> {
        self.below(0, vector)
    }

    fn below(&self, node: usize, vector: &[T]) -> Option<&[T]> {
        let width = vector.len();
        if !no_less(&self.greatest[node * width..][..width], vector) {
            return None;
        }
        let leaves = self.vectors.len() / width / LEAF;
        if node + 1 >= leaves {
            let leaf = &self.vectors[(node + 1 - leaves) * LEAF * width..][..LEAF * width];
            return leaf.chunks_exact(width).find(|other| no_less(other, vector));
        }
        self.below(2 * node + 2, vector).or_else(|| self.below(2 * node + 1, vector))
    }
}

/// Splits vectors at the middle of one coordinate after the other, down to the leaves.
fn arrange<T: Ord>(vectors: &[T], width: usize, order: &mut [u32], axis: usize) {
    if order.len() <= LEAF {
        return;
    }
    let middle = order.len() / 2;
    let number = |at: &u32| &vectors[*at as usize * width + axis];
    order.select_nth_unstable_by(middle, |a, b| number(a).cmp(number(b)));
    let (low, high) = order.split_at_mut(middle);
    arrange(vectors, width, low, (axis + 1) % width);
    arrange(vectors, width, high, (axis + 1) % width);
}

fn no_less<T: Ord>(vector: &[T], other: &[T]) -> bool {
    vector.iter().zip(other).all(|(a, b)| a >= b)
}
