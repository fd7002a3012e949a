//! Which changes bring a verdict about: the smallest sets of changes that, made in the
//! first version, turn its answer into the second's.
//!
//! Sets are tried by size, all of one size before the next, as long as there is something
//! left to explain and the number of sets stays within the limit. For what is left a set is
//! thinned out from all changes by delta debugging, until no single change can go
//! (`[ZellerHildebrandt2002]`). A set that makes no situation, such as a wish about an issue
//! that is not there, brings nothing about.

use detente_base::{Budget, Severity, StopReason};
use detente_conflict::FixedBitSet;
use detente_scenario::check_scenario;
use detente_scenario::versions::{Bearing, Difference};
use rustc_hash::FxHashMap;

use super::answers::{Answered, Frame, Verdict, answer, changed};
use crate::report::{Certainty, SearchView};

/// Most sets of changes that are tried.
pub(super) const MAX_TRIED: u64 = 1024;

/// Most outcomes that are solved for all sets together, unless single changes take more.
const MAX_SOLVED: u64 = 1 << 24;

/// What was found.
#[derive(Debug)]
pub(super) struct Found {
    /// The verdicts that changed, each with its cause.
    pub verdicts: Vec<(Verdict, Explained)>,
    pub search: SearchView,
    /// Why the search ended before its time.
    pub stopped: Option<StopReason>,
}

/// The cause of one verdict. Sets hold positions of changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Explained {
    pub sets: Vec<Vec<usize>>,
    pub certainty: Certainty,
    pub needed: Vec<usize>,
    pub not_needed: Vec<usize>,
}

/// What making a set of changes does to the verdicts that changed, by position.
#[derive(Clone, Debug)]
struct Effects {
    /// They are as in the second version.
    after: FixedBitSet,
    /// They are as in the first version.
    before: FixedBitSet,
}

struct Search<'a> {
    difference: &'a Difference,
    frame: &'a Frame,
    answers: &'a [Answered; 2],
    budget: &'a Budget,
    verdicts: Vec<Verdict>,
    /// Changes that can bear on answers.
    relevant: Vec<usize>,
    tried: FxHashMap<FixedBitSet, Option<Effects>>,
    limit: u64,
    without_meaning: u64,
}

/// Finds the causes of all verdicts that changed.
pub(super) fn search(difference: &Difference, frame: &Frame, answers: &[Answered; 2], budget: &Budget) -> Found {
    let verdicts = changed(frame, &answers[0], &answers[1]);
    let bears = |at: &usize| difference.changes[*at].bearing == Bearing::Answers;
    let relevant: Vec<usize> = (0..difference.changes.len()).filter(bears).collect();
    let outcomes = answers.iter().map(|a| a.brief.feasible).max().unwrap_or(1).max(1);
    let limit = (MAX_SOLVED / outcomes).max(2 * relevant.len() as u64 + 2).min(MAX_TRIED);
    let count = verdicts.len();
    let mut search = Search {
        difference,
        frame,
        answers,
        budget,
        verdicts,
        relevant,
        tried: FxHashMap::default(),
        limit,
        without_meaning: 0,
    };
    let mut causes: Vec<Explained> = (0..count)
        .map(|_| Explained {
            sets: Vec::new(),
            certainty: Certainty::Sufficient,
            needed: Vec::new(),
            not_needed: Vec::new(),
        })
        .collect();
    let (all_up_to, stopped) = match search.run(&mut causes) {
        Ok(size) => (size, None),
        Err((size, reason)) => (size, Some(reason)),
    };
    let view = SearchView {
        changes: search.relevant.len(),
        tried: search.tried.len() as u64,
        without_meaning: search.without_meaning,
        all_up_to,
        limit,
    };
    Found { verdicts: search.verdicts.into_iter().zip(causes).collect(), search: view, stopped }
}

impl Search<'_> {
    /// Fills in the causes; yields the size up to which all sets were tried.
    fn run(&mut self, causes: &mut [Explained]) -> Result<usize, (usize, StopReason)> {
        let n = self.relevant.len();
        if causes.is_empty() || n == 0 {
            return Ok(0);
        }
        let all: Vec<usize> = (0..n).collect();
        // All changes together are the second version.
        for cause in causes.iter_mut() {
            cause.sets = vec![self.relevant.clone()];
        }
        let mut size = 0;
        let mut open: Vec<usize> = (0..causes.len()).collect();
        while !open.is_empty() && size < n && self.room_for(n, size + 1) {
            size += 1;
            self.all_of_size(size, causes, &mut open).map_err(|reason| (size - 1, reason))?;
            if size == 1 {
                self.leave_one_out(&all, causes).map_err(|reason| (size, reason))?;
            }
        }
        for at in open {
            if self.room_for(n, 1) || n > 1 {
                self.thin_out(at, &all, &mut causes[at]).map_err(|reason| (size, reason))?;
            }
        }
        for cause in causes.iter_mut() {
            let Explained { sets, not_needed, .. } = cause;
            not_needed.retain(|change| sets.iter().any(|set| set.contains(change)));
        }
        Ok(size)
    }

    /// Whether all sets of this size can still be tried.
    fn room_for(&self, n: usize, size: usize) -> bool {
        let sets = (0..size).try_fold(1u64, |sets, k| sets.checked_mul((n - k) as u64).map(|s| s / (k as u64 + 1)));
        sets.is_some_and(|sets| size == 1 || self.tried.len() as u64 + sets <= self.limit)
    }

    fn all_of_size(&mut self, size: usize, causes: &mut [Explained], open: &mut Vec<usize>) -> Result<(), StopReason> {
        let n = self.relevant.len();
        let mut found: FxHashMap<usize, Vec<Vec<usize>>> = FxHashMap::default();
        let mut chosen: Vec<usize> = (0..size).collect();
        loop {
            let changes: Vec<usize> = chosen.iter().map(|c| self.relevant[*c]).collect();
            if let Some(effects) = self.make(&chosen)? {
                for at in open.iter().filter(|at| effects.after.contains(**at)) {
                    found.entry(*at).or_default().push(changes.clone());
                }
            }
            // The next set of this size.
            let Some(at) = (0..size).rev().find(|at| chosen[*at] < n - size + at) else { break };
            chosen[at] += 1;
            for later in at + 1..size {
                chosen[later] = chosen[later - 1] + 1;
            }
        }
        open.retain(|at| match found.remove(at) {
            None => true,
            Some(sets) => {
                causes[*at].sets = sets;
                causes[*at].certainty = Certainty::Smallest;
                false
            }
        });
        Ok(())
    }

    fn leave_one_out(&mut self, all: &[usize], causes: &mut [Explained]) -> Result<(), StopReason> {
        for left_out in all {
            let rest: Vec<usize> = all.iter().filter(|c| *c != left_out).copied().collect();
            let change = self.relevant[*left_out];
            if let Some(effects) = self.make(&rest)? {
                effects.before.ones().for_each(|at| causes[at].needed.push(change));
                effects.after.ones().for_each(|at| causes[at].not_needed.push(change));
            }
        }
        Ok(())
    }

    /// Delta debugging: halves, then finer parts, of what brings the verdict about; each
    /// alone, then all others.
    fn thin_out(&mut self, at: usize, all: &[usize], cause: &mut Explained) -> Result<(), StopReason> {
        let mut set = all.to_vec();
        let mut parts = 2.min(set.len());
        while set.len() > 1 {
            let length = set.len().div_ceil(parts);
            let chunks: Vec<Vec<usize>> = set.chunks(length).map(<[usize]>::to_vec).collect();
            let without = |chunk: &Vec<usize>| set.iter().filter(|c| !chunk.contains(c)).copied().collect::<Vec<_>>();
            let rests: Vec<Vec<usize>> = chunks.iter().map(without).collect();
            let mut smaller = None;
            for candidate in chunks.iter().chain(&rests).filter(|c| !c.is_empty()) {
                if self.tried.len() as u64 >= self.limit && !self.knows(candidate) {
                    return Ok(());
                }
                if self.make(candidate)?.is_some_and(|effects| effects.after.contains(at)) {
                    smaller = Some(candidate.clone());
                    break;
                }
            }
            match smaller {
                Some(candidate) => {
                    parts = if candidate.len() <= length { 2 } else { (parts - 1).max(2) }.min(candidate.len());
                    set = candidate;
                    cause.sets = vec![set.iter().map(|c| self.relevant[*c]).collect()];
                }
                None if parts < set.len() => parts = (2 * parts).min(set.len()),
                None => break,
            }
        }
        cause.certainty = Certainty::Minimal;
        Ok(())
    }

    fn knows(&self, chosen: &[usize]) -> bool {
        self.tried.contains_key(&self.set(chosen))
    }

    fn set(&self, chosen: &[usize]) -> FixedBitSet {
        let mut set = FixedBitSet::with_capacity(self.relevant.len());
        chosen.iter().for_each(|c| set.insert(*c));
        set
    }

    /// Makes some of the relevant changes in the first version and asks again. `None` when
    /// that is no situation.
    fn make(&mut self, chosen: &[usize]) -> Result<Option<&Effects>, StopReason> {
        let set = self.set(chosen);
        if !self.tried.contains_key(&set) {
            self.budget.check()?;
            let effects = self.ask(&set)?;
            self.without_meaning += u64::from(effects.is_none());
            self.tried.insert(set.clone(), effects);
        }
        Ok(self.tried[&set].as_ref())
    }

    fn ask(&self, set: &FixedBitSet) -> Result<Option<Effects>, StopReason> {
        let position = |change: usize| self.relevant.iter().position(|c| *c == change);
        let tree = self.difference.merged(&|change| position(change).is_some_and(|at| set.contains(at)));
        let checked = check_scenario(&tree);
        let Some(situation) = checked.situation else {
            debug_assert!(checked.diagnostics.iter().any(|d| d.severity == Severity::Error));
            return Ok(None);
        };
        let answered = answer(self.frame, &situation, self.budget)?;
        let mut effects = Effects {
            after: FixedBitSet::with_capacity(self.verdicts.len()),
            before: FixedBitSet::with_capacity(self.verdicts.len()),
        };
        for (at, verdict) in self.verdicts.iter().enumerate() {
            let said = answered.says(self.frame, *verdict);
            let as_in = |version: usize| said.is_some() && said == self.answers[version].says(self.frame, *verdict);
            effects.before.set(at, as_in(0));
            effects.after.set(at, as_in(1));
        }
        Ok(Some(effects))
    }
}
