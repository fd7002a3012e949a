//! In which order outcomes that hold are listed.

use detente_conflict::{FixedBitSet, Reachability, StateId};
use detente_scenario::situation::Situation;
use detente_scenario::suggest::nearest;

use crate::ask::AskError;
use crate::close::Solved;

/// One thing to order outcomes by. What ties under the first key is ordered by the
/// next one, and in the end by [`SortKey::Support`] and by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// Reached from the status quo by improvements first; then by the shortest
    /// foresight under which they hold; then by improvements, then by moves, from the
    /// status quo. The usual order.
    Support,
    /// By the shortest foresight under which they hold: the first of the concepts asked
    /// for, by default R, SSEQ, SEQ, SMR, GMR.
    Strength,
    /// By the number of improvements from the status quo, then of moves; what is not
    /// reached comes last.
    Reach,
    /// By the sum of the places in the orders of all parties, the least first. The sum
    /// weighs all parties and places alike: a rough guide, not a verdict.
    Total,
    /// By the worst of the places in the orders of all parties, the least first.
    Worst,
    /// By the place in the order of one party, the best first.
    Party(usize),
}

/// Reads a list of keys: `support`, `strength`, `reach`, `total`, `worst`, the id of a
/// party, or `party:` and its id.
///
/// # Errors
/// When a key is neither.
pub fn parse_order(situation: &Situation, keys: &[String]) -> Result<Vec<SortKey>, AskError> {
    keys.iter().map(|key| parse_key(situation, key.trim())).collect()
}

const WORDS: [(&str, SortKey); 5] = [
    ("support", SortKey::Support),
    ("strength", SortKey::Strength),
    ("reach", SortKey::Reach),
    ("total", SortKey::Total),
    ("worst", SortKey::Worst),
];

fn parse_key(situation: &Situation, key: &str) -> Result<SortKey, AskError> {
    if let Some((_, found)) = WORDS.iter().find(|(word, _)| *word == key) {
        return Ok(*found);
    }
    if let Some(party) = situation.party(key.strip_prefix("party:").unwrap_or(key)) {
        return Ok(SortKey::Party(party.index()));
    }
    let known: Vec<&str> =
        WORDS.iter().map(|(word, _)| *word).chain(situation.parties.iter().map(|p| p.id.as_str())).collect();
    let help = match nearest(key, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the keys are {}", known.join(", ")),
    };
    Err(AskError::new(format!("there is no order `{key}`"), Some(help)))
}

/// What orders outcomes: what holds, what is reached, and who likes what.
pub(crate) struct Ranking<'a> {
    pub(crate) solved: &'a Solved<'a>,
    /// Equilibria of each concept by symbol, the shortest foresight first.
    pub(crate) sets: &'a [(String, FixedBitSet)],
    pub(crate) by_moves: Option<&'a Reachability>,
    pub(crate) by_improvements: Option<&'a Reachability>,
    pub(crate) places: &'a Places,
    pub(crate) keys: &'a [SortKey],
}

impl Ranking<'_> {
    /// The first `limit` of some states.
    ///
    /// Cost: O(n log l) time and O(l) memory; n states, limit l.
    pub(crate) fn first(&self, states: &FixedBitSet, limit: usize) -> Vec<StateId> {
        let mut best: Vec<(Vec<u64>, StateId)> = Vec::new();
        for state in states.ones().map(StateId::from_index) {
            best.push((self.key(state), state));
            // Twice as many are kept as wanted, so that sorting is rare.
            if best.len() >= limit.max(512).saturating_mul(2) {
                best.sort_unstable();
                best.truncate(limit);
            }
        }
        best.sort_unstable();
        best.truncate(limit);
        best.into_iter().map(|(_, state)| state).collect()
    }

    fn key(&self, state: StateId) -> Vec<u64> {
        let mut key = Vec::with_capacity(self.keys.len() + 4);
        for one in self.keys {
            self.push(*one, state, &mut key);
        }
        self.push(SortKey::Support, state, &mut key);
        key
    }

    fn push(&self, one: SortKey, state: StateId, key: &mut Vec<u64>) {
        let strength =
            || self.sets.iter().position(|(_, set)| set.contains(state.index())).unwrap_or(self.sets.len()) as u64;
        let steps = |reach: Option<&Reachability>| reach.and_then(|r| r.distance(state)).map_or(u64::MAX, u64::from);
        match one {
            SortKey::Support => {
                // What the crisis can drift into comes before what only holds once it is there.
                key.push(u64::from(self.by_improvements.is_some_and(|r| !r.reaches(state))));
                key.push(strength());
                key.extend([steps(self.by_improvements), steps(self.by_moves)]);
            }
            SortKey::Strength => key.push(strength()),
            SortKey::Reach => key.extend([steps(self.by_improvements), steps(self.by_moves)]),
            SortKey::Total => key.push(self.places.of(self.solved, state).iter().sum()),
            SortKey::Worst => key.push(self.places.of(self.solved, state).into_iter().max().unwrap_or(0)),
            SortKey::Party(party) => key.push(self.places.of(self.solved, state)[party]),
        }
    }
}

/// For each party and rank, how many outcomes it likes better.
pub(crate) struct Places {
    better: Vec<Vec<u64>>,
}

impl Places {
    pub(crate) fn new(solved: &Solved<'_>) -> Self {
        let better = solved
            .model
            .decision_makers()
            .map(|dm| {
                let ranks = solved.model.ranks(dm);
                let top = ranks.iter().max().copied().unwrap_or(0) as usize;
                let mut counts = vec![0u64; top + 2];
                for rank in ranks {
                    counts[*rank as usize] += 1;
                }
                // Suffix sums over strictly better ranks.
                let mut above = 0;
                for count in counts.iter_mut().rev() {
                    let own = *count;
                    *count = above;
                    above += own;
                }
                counts
            })
            .collect();
        Self { better }
    }

    /// Place of a state in the order of each party: 1 + the outcomes that it likes better.
    pub(crate) fn of(&self, solved: &Solved<'_>, state: StateId) -> Vec<u64> {
        let rank = |dm| solved.model.rank(dm, state) as usize;
        solved.model.decision_makers().zip(&self.better).map(|(dm, better)| 1 + better[rank(dm)]).collect()
    }
}
