//! Outcomes that hold, counted by the values of a few issues.

use detente_base::Exact;
use detente_conflict::{FixedBitSet, StateId, StateSpace};
use detente_scenario::situation::Situation;
use detente_scenario::suggest::{expected_names, nearest};

use crate::ask::AskError;
use crate::report::{GroupChoice, GroupRow, Groups};

/// Most issues that are chosen without being asked for.
const MAX_CHOSEN: usize = 2;

/// Most combinations of values of issues that are chosen without being asked for.
const MAX_CHOSEN_ROWS: usize = 16;

/// Most combinations of values of issues that are asked for.
const MAX_ROWS: u64 = 1 << 20;

/// What is counted.
pub(crate) struct Counted<'a> {
    pub(crate) situation: &'a Situation,
    pub(crate) space: &'a StateSpace,
    /// Outcomes that the question is narrowed to.
    pub(crate) among: &'a FixedBitSet,
    /// Equilibria of each concept among them, by symbol.
    pub(crate) sets: &'a [(String, FixedBitSet)],
    /// Outcomes reached by improvements, with a status quo.
    pub(crate) reached: Option<&'a FixedBitSet>,
}

/// The issues that the user names.
///
/// # Errors
/// When an issue does not exist or is named twice, or there are too many combinations.
pub(crate) fn asked_issues(situation: &Situation, ids: &[String]) -> Result<Vec<usize>, AskError> {
    let known: Vec<&str> = situation.issues.iter().map(|issue| issue.id.as_str()).collect();
    let mut found: Vec<usize> = Vec::new();
    let mut combinations = 1_u64;
    for id in ids.iter().map(|id| id.trim()) {
        let Some(issue) = known.iter().position(|k| *k == id) else {
            let help = match nearest(id, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("expected {}", expected_names(id, &known, "issues")),
            };
            return Err(AskError::new(format!("there is no issue `{id}` to group by"), Some(help)));
        };
        if found.contains(&issue) {
            return Err(AskError::new(format!("the issue `{id}` is named twice"), Some("name it once".into())));
        }
        combinations = combinations.saturating_mul(situation.issues[issue].values.len() as u64);
        found.push(issue);
    }
    if combinations > MAX_ROWS {
        let message = format!("these issues have {combinations} combinations of values; expected at most {MAX_ROWS}");
        return Err(AskError::new(message, Some("group by fewer issues".into())));
    }
    Ok(found)
}

impl Counted<'_> {
    /// Counts by the issues that the user chose.
    ///
    /// Cost: O(n·i) time; n outcomes, i issues.
    pub(crate) fn by_asked(&self, issues: &[usize], limit: usize) -> Groups {
        self.table(issues, GroupChoice::Asked, limit)
    }

    /// Counts by the issues that tell best whether an outcome holds; `None` when none
    /// tells anything.
    ///
    /// The outcomes looked at are those with the values that all those that hold under
    /// the concept share, since what they share is said elsewhere. The first issue is the
    /// one that leaves least doubt when its value is known: Σ h·(n − h)/n over its values
    /// is least, for n outcomes with the value of which h hold (the Gini impurity,
    /// weighted). The second does the same given the first. Ties go to the issue that is
    /// declared first.
    ///
    /// Source: `[BreimanFriedmanOlshenStone1984]`, ch. 4. Differs: one split into all
    /// values.
    /// Cost: O(n·k) time; n outcomes, k issues.
    pub(crate) fn by_telling(&self, concept: usize, limit: usize) -> Option<Groups> {
        let (symbol, set) = &self.sets[concept];
        let shared = having(self.space, self.among, &shared_values(self.space, set));
        let mut chosen: Vec<usize> = Vec::new();
        let mut least = self.doubt(&shared, set, &chosen);
        while chosen.len() < MAX_CHOSEN && least > Exact::ZERO {
            let mut best: Option<(Exact, usize)> = None;
            for issue in (0..self.space.coordinate_count()).filter(|i| !chosen.contains(i)) {
                let with: Vec<usize> = chosen.iter().copied().chain([issue]).collect();
                if self.combinations(&with) > MAX_CHOSEN_ROWS {
                    continue;
                }
                let doubt = self.doubt(&shared, set, &with);
                if doubt < least && best.as_ref().is_none_or(|(known, _)| doubt < *known) {
                    best = Some((doubt, issue));
                }
            }
            let Some((doubt, issue)) = best else { break };
            least = doubt;
            chosen.push(issue);
        }
        chosen.sort_unstable();
        let choice = GroupChoice::Telling { concept: symbol.clone() };
        (!chosen.is_empty()).then(|| {
            let narrowed = Counted {
                situation: self.situation,
                space: self.space,
                among: &shared,
                sets: self.sets,
                reached: self.reached,
            };
            narrowed.table(&chosen, choice, limit)
        })
    }

    fn combinations(&self, issues: &[usize]) -> usize {
        issues.iter().map(|issue| self.space.sizes()[*issue] as usize).product()
    }

    /// Place of an outcome's combination of values, the last issue changing fastest.
    fn place(&self, issues: &[usize], state: usize) -> usize {
        let code = self.space.code(StateId::from_index(state));
        let digit = |place: usize, issue: &usize| {
            place * self.space.sizes()[*issue] as usize + self.space.value(code, *issue) as usize
        };
        issues.iter().fold(0, digit)
    }

    /// Σ h·(n − h)/n over the combinations of values of some issues.
    fn doubt(&self, among: &FixedBitSet, set: &FixedBitSet, issues: &[usize]) -> Exact {
        let mut counts = vec![(0_u64, 0_u64); self.combinations(issues)];
        for state in among.ones() {
            let (all, holding) = &mut counts[self.place(issues, state)];
            *all += 1;
            *holding += u64::from(set.contains(state));
        }
        let exact = |n: u64| Exact::from(n as i64);
        counts.iter().filter(|(all, _)| *all > 0).fold(Exact::ZERO, |sum, (all, holding)| {
            &sum + &(&(&exact(*holding) * &exact(all - holding)) * &Exact::ratio(1, *all as i64))
        })
    }

    fn table(&self, issues: &[usize], chosen: GroupChoice, limit: usize) -> Groups {
        let mut counts =
            vec![Counts { holding: vec![0; self.sets.len()], ..Counts::default() }; self.combinations(issues)];
        for state in self.among.ones() {
            let counts = &mut counts[self.place(issues, state)];
            counts.outcomes += 1;
            let mut holds = false;
            for (concept, _) in self.sets.iter().enumerate().filter(|(_, (_, set))| set.contains(state)) {
                counts.holding[concept] += 1;
                holds = true;
            }
            counts.reached += u64::from(holds && self.reached.is_some_and(|r| r.contains(state)));
        }
        let filled: Vec<(usize, &Counts)> = counts.iter().enumerate().filter(|(_, c)| c.outcomes > 0).collect();
        let rows = filled.iter().take(limit).map(|(place, counts)| GroupRow {
            values: self.values(issues, *place),
            outcomes: counts.outcomes,
            holding: counts.holding.clone(),
            reached: self.reached.map(|_| counts.reached),
        });
        Groups {
            issues: issues.iter().map(|issue| self.situation.issues[*issue].id.clone()).collect(),
            chosen,
            rows: rows.collect(),
            rows_left_out: filled.len().saturating_sub(limit) as u64,
        }
    }

    fn values(&self, issues: &[usize], mut place: usize) -> Vec<String> {
        let mut values = Vec::new();
        for issue in issues.iter().rev() {
            let size = self.space.sizes()[*issue] as usize;
            values.push(self.situation.issues[*issue].values[place % size].id.clone());
            place /= size;
        }
        values.reverse();
        values
    }
}

#[derive(Clone, Debug, Default)]
struct Counts {
    outcomes: u64,
    holding: Vec<u64>,
    reached: u64,
}

/// For each coordinate the value that all states of a set have, if there is one.
///
/// Cost: O(n·k) time for n states of the set and k coordinates; less where little is
/// shared.
pub(crate) fn shared_values(space: &StateSpace, set: &FixedBitSet) -> Vec<Option<u32>> {
    let mut states = set.ones();
    let Some(first) = states.next() else { return vec![None; space.coordinate_count()] };
    let first = space.code(StateId::from_index(first));
    let mut shared: Vec<usize> = (0..space.coordinate_count()).collect();
    for state in states {
        let code = space.code(StateId::from_index(state));
        shared.retain(|coordinate| space.value(code, *coordinate) == space.value(first, *coordinate));
        if shared.is_empty() {
            break;
        }
    }
    let value = |coordinate| shared.contains(&coordinate).then(|| space.value(first, coordinate));
    (0..space.coordinate_count()).map(value).collect()
}

/// The states among some that have these values.
///
/// Cost: O(n·k) time for n states and k coordinates.
pub(crate) fn having(space: &StateSpace, among: &FixedBitSet, values: &[Option<u32>]) -> FixedBitSet {
    let wanted: Vec<(usize, u32)> =
        values.iter().enumerate().filter_map(|(coordinate, value)| value.map(|value| (coordinate, value))).collect();
    let mut found = among.clone();
    for state in among.ones() {
        let code = space.code(StateId::from_index(state));
        if wanted.iter().any(|(coordinate, value)| space.value(code, *coordinate) != *value) {
            found.remove(state);
        }
    }
    found
}
