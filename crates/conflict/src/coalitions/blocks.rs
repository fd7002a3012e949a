//! States that a group leads to each other, and which of these sets lead to which.

use crate::moves::Rows;

/// The states in blocks; a group leads from a state to all of its block, and to the
/// blocks below.
///
/// Blocks are numbered so that those below have smaller numbers. Some hold no state:
/// they stand for what several states lead to.
pub(crate) struct Blocks {
    block_of: Vec<u32>,
    /// States of block b: `states[starts[b]..starts[b + 1]]`.
    starts: Vec<u32>,
    states: Vec<u32>,
    /// Pairs (block, block below), and the other way round; `None` when every move can
    /// be taken back.
    below: Option<Pairs>,
    above: Option<Pairs>,
}

/// The numbers paired with x: `to[starts[x]..starts[x + 1]]`.
pub(crate) struct Pairs {
    starts: Vec<u32>,
    to: Vec<u32>,
}

impl Pairs {
    fn new(count: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0_u32; count + 1];
        for (from, _) in pairs {
            starts[*from as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut to = vec![0; pairs.len()];
        for (from, target) in pairs {
            let place = &mut next[*from as usize];
            to[*place as usize] = *target;
            *place += 1;
        }
        Self { starts, to }
    }

    fn of(&self, from: u32) -> &[u32] {
        &self.to[self.starts[from as usize] as usize..self.starts[from as usize + 1] as usize]
    }
}

impl Blocks {
    /// The blocks of a group with these rows, whose own moves compose to own moves.
    pub(crate) fn new<'r>(state_count: usize, rows: impl Iterator<Item = &'r Rows>) -> Self {
        let rows: Vec<&Rows> = rows.collect();
        if rows.iter().all(|rows| rows.class_count() == 1) {
            let block_of = joined(state_count, &rows);
            return Self::numbered(block_of, None);
        }
        let (node_count, pairs) = graph(state_count, &rows);
        let edges = Pairs::new(node_count, &pairs);
        let mut block_of = components(&edges, node_count);
        let mut between: Vec<(u32, u32)> = pairs
            .iter()
            .map(|(from, to)| (block_of[*from as usize], block_of[*to as usize]))
            .filter(|(from, to)| from != to)
            .collect();
        between.sort_unstable();
        between.dedup();
        let block_count = block_of.iter().max().map_or(0, |last| *last as usize + 1);
        block_of.truncate(state_count);
        Self::numbered(block_of, Some((block_count, between)))
    }

    fn numbered(block_of: Vec<u32>, between: Option<(usize, Vec<(u32, u32)>)>) -> Self {
        let count = match &between {
            Some((count, _)) => *count,
            None => block_of.iter().max().map_or(0, |last| *last as usize + 1),
        };
        let by_block: Vec<(u32, u32)> =
            block_of.iter().enumerate().map(|(state, block)| (*block, state as u32)).collect();
        let Pairs { starts, to } = Pairs::new(count, &by_block);
        let reversed = |pairs: &[(u32, u32)]| pairs.iter().map(|(from, to)| (*to, *from)).collect::<Vec<_>>();
        let (below, above) = match between {
            Some((_, pairs)) if !pairs.is_empty() => {
                (Some(Pairs::new(count, &pairs)), Some(Pairs::new(count, &reversed(&pairs))))
            }
            _ => (None, None),
        };
        Self { block_of, starts, states: to, below, above }
    }

    /// Number of blocks.
    pub(crate) fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// States of a block, ascending.
    pub(crate) fn states(&self, block: usize) -> &[u32] {
        &self.states[self.starts[block] as usize..self.starts[block + 1] as usize]
    }

    /// Block of a state.
    pub(crate) fn block_of(&self, state: usize) -> usize {
        self.block_of[state] as usize
    }

    /// Calls `visit` for each block from which a block is reached, itself first;
    /// `stamps` has one entry for each block and must not hold `stamp`.
    pub(crate) fn visit_above(
        &self,
        block: usize,
        (stamps, stamp): (&mut [u32], u32),
        open: &mut Vec<u32>,
        mut visit: impl FnMut(usize),
    ) {
        let Some(above) = &self.above else {
            return visit(block);
        };
        stamps[block] = stamp;
        open.push(block as u32);
        while let Some(next) = open.pop() {
            visit(next as usize);
            for &higher in above.of(next) {
                if stamps[higher as usize] != stamp {
                    stamps[higher as usize] = stamp;
                    open.push(higher);
                }
            }
        }
    }

    /// Combines values over what each state leads to, itself included.
    pub(crate) fn fold<T: Copy>(&self, values: &[T], neutral: T, pick: impl Fn(T, T) -> T) -> Vec<T> {
        let mut of_block: Vec<T> = Vec::with_capacity(self.count());
        for block in 0..self.count() {
            let own = self.states(block).iter().fold(neutral, |all, state| pick(all, values[*state as usize]));
            let lower = self.below.as_ref().map_or(&[][..], |below| below.of(block as u32));
            of_block.push(lower.iter().fold(own, |all, lower| pick(all, of_block[*lower as usize])));
        }
        self.block_of.iter().map(|block| of_block[*block as usize]).collect()
    }

    #[cfg(test)]
    pub(crate) fn ends(&self, state: usize) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let mut open = vec![self.block_of[state]];
        let mut met = vec![false; self.count()];
        while let Some(block) = open.pop() {
            if !std::mem::replace(&mut met[block as usize], true) {
                found.extend(self.states(block as usize).iter().map(|other| *other as usize));
                open.extend(self.below.as_ref().map_or(&[][..], |below| below.of(block)));
            }
        }
        found.retain(|other| *other != state);
        found.sort_unstable();
        found
    }
}

/// Blocks of states that rows join, by number, in the order of their first states.
fn joined(state_count: usize, rows: &[&Rows]) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..state_count as u32).collect();
    for rows in rows {
        for row in 0..rows.count() {
            let mut states = rows.row(row);
            let Some(first) = states.next() else { continue };
            let mut top = root(&mut parent, first as u32);
            for state in states {
                let other = root(&mut parent, state as u32);
                // The smaller number stays, so that a root is the first of its block.
                let (low, high) = (top.min(other), top.max(other));
                parent[high as usize] = low;
                top = low;
            }
        }
    }
    let mut numbers = vec![u32::MAX; state_count];
    let mut count = 0;
    (0..state_count as u32)
        .map(|state| {
            let top = root(&mut parent, state) as usize;
            if numbers[top] == u32::MAX {
                numbers[top] = count;
                count += 1;
            }
            numbers[top]
        })
        .collect()
}

/// The first state of a block, as far as it is joined.
fn root(parent: &mut [u32], mut state: u32) -> u32 {
    while parent[state as usize] != state {
        parent[state as usize] = parent[parent[state as usize] as usize];
        state = parent[state as usize];
    }
    state
}

/// The moves as a graph of states and, for each row and class, one node for leaving the
/// class and one for coming to it: as many edges as states and pairs of classes.
fn graph(state_count: usize, rows: &[&Rows]) -> (usize, Vec<(u32, u32)>) {
    let mut next = state_count as u32;
    let mut pairs = Vec::new();
    let mut present: Vec<u32> = Vec::new();
    for rows in rows {
        for row in 0..rows.count() {
            present.clear();
            present.extend((0..rows.row(row).len()).map(|place| rows.class_in(row, place)));
            let classes = {
                let mut classes = present.clone();
                classes.sort_unstable();
                classes.dedup();
                classes
            };
            let (leave, come) = (next, next + classes.len() as u32);
            next += 2 * classes.len() as u32;
            for (place, state) in rows.row(row).enumerate() {
                let class = classes.partition_point(|class| *class < present[place]) as u32;
                pairs.push((state as u32, leave + class));
                pairs.push((come + class, state as u32));
            }
            for (index, from) in classes.iter().enumerate() {
                let allowed = classes.iter().enumerate().filter(|(_, to)| rows.allows(*from, **to));
                pairs.extend(allowed.map(|(other, _)| (leave + index as u32, come + other as u32)));
            }
        }
    }
    (next as usize, pairs)
}

const OPEN: u32 = u32::MAX;

/// Strongly connected components, numbered so that edges lead to smaller numbers.
fn components(edges: &Pairs, count: usize) -> Vec<u32> {
    let mut search = Tarjan { number: vec![0; count], low: vec![0; count], component: vec![OPEN; count], found: 0 };
    // Nodes of unfinished components, and the walk with its place in each node's edges.
    let (mut stack, mut walk): (Vec<u32>, Vec<(u32, u32)>) = (Vec::new(), Vec::new());
    let mut numbered = 0;
    for start in 0..count as u32 {
        if search.number[start as usize] != 0 {
            continue;
        }
        walk.push((start, 0));
        while let Some((node, place)) = walk.pop() {
            let at = node as usize;
            if place == 0 {
                numbered += 1;
                (search.number[at], search.low[at]) = (numbered, numbered);
                stack.push(node);
            }
            match edges.of(node).get(place as usize) {
                Some(&next) => {
                    walk.push((node, place + 1));
                    if search.number[next as usize] == 0 {
                        walk.push((next, 0));
                    } else if search.component[next as usize] == OPEN {
                        search.low[at] = search.low[at].min(search.number[next as usize]);
                    }
                }
                None => {
                    if search.low[at] == search.number[at] {
                        search.close(node, &mut stack);
                    }
                    if let Some((before, _)) = walk.last() {
                        let before = *before as usize;
                        search.low[before] = search.low[before].min(search.low[at]);
                    }
                }
            }
        }
    }
    search.component
}

struct Tarjan {
    /// Order of discovery from 1; 0 before it.
    number: Vec<u32>,
    low: Vec<u32>,
    component: Vec<u32>,
    found: u32,
}

impl Tarjan {
    fn close(&mut self, node: u32, stack: &mut Vec<u32>) {
        while let Some(member) = stack.pop() {
            self.component[member as usize] = self.found;
            if member == node {
                break;
            }
        }
        self.found += 1;
    }
}
