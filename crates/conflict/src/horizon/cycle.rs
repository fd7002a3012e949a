//! Levels that follow from one another, and when they begin to repeat.

use detente_base::StopReason;

use super::MAX_LEVELS;

/// When the levels repeat: level h equals level h + `period` for every h from
/// `pre_period` on, and both numbers are the least for which this is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cycle {
    /// The first level that comes again.
    pub pre_period: u32,
    /// Number of levels until it does, from 1.
    pub period: u32,
}

/// A sequence in which each level follows from the one before.
pub(super) trait Chain {
    type Level: Clone + PartialEq;
    fn first(&self) -> Self::Level;
    fn next(&self, before: &Self::Level) -> Result<Self::Level, StopReason>;
}

/// Level h. Where the levels repeat before it, whole periods are left out.
pub(super) fn level_at<C: Chain>(chain: &C, h: u32) -> Result<C::Level, StopReason> {
    let mut search = Search::new(chain);
    while search.steps < h {
        if let Some(period) = search.advance()? {
            let rest = (h - search.steps) % period;
            return (0..rest).try_fold(search.level, |level, _| chain.next(&level));
        }
    }
    Ok(search.level)
}

/// The cycle and its first level.
pub(super) fn find_cycle<C: Chain>(chain: &C) -> Result<(Cycle, C::Level), StopReason> {
    let mut search = Search::new(chain);
    let period = loop {
        if let Some(period) = search.advance()? {
            break period;
        }
    };
    let mut behind = chain.first();
    let mut ahead = (0..period).try_fold(chain.first(), |level, _| chain.next(&level))?;
    let mut pre_period = 0;
    while behind != ahead {
        behind = chain.next(&behind)?;
        ahead = chain.next(&ahead)?;
        pre_period += 1;
    }
    Ok((Cycle { pre_period, period }, behind))
}

/// Brent's search: the level is compared with one kept from a power of two ago.
struct Search<'c, C: Chain> {
    chain: &'c C,
    kept: C::Level,
    level: C::Level,
    steps: u32,
    since_kept: u32,
    power: u32,
}

impl<'c, C: Chain> Search<'c, C> {
    fn new(chain: &'c C) -> Self {
        Self { chain, kept: chain.first(), level: chain.first(), steps: 0, since_kept: 0, power: 1 }
    }

    /// One level further; the period when it equals the one kept.
    fn advance(&mut self) -> Result<Option<u32>, StopReason> {
        if self.steps == MAX_LEVELS {
            return Err(StopReason::NoRepetition { levels: MAX_LEVELS });
        }
        if self.since_kept == self.power {
            self.kept = self.level.clone();
            self.power *= 2;
            self.since_kept = 0;
        }
        self.level = self.chain.next(&self.level)?;
        self.steps += 1;
        self.since_kept += 1;
        Ok((self.level == self.kept).then_some(self.since_kept))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 0, 1, …, then round and round.
    struct Rho {
        tail: u32,
        round: u32,
    }

    impl Chain for Rho {
        type Level = u32;
        fn first(&self) -> u32 {
            0
        }
        fn next(&self, before: &u32) -> Result<u32, StopReason> {
            Ok(if before + 1 == self.tail + self.round { self.tail } else { before + 1 })
        }
    }

    #[test]
    fn tails_and_rounds_are_told_apart() {
        for (tail, round) in [(0, 1), (0, 4), (1, 1), (3, 4), (17, 5), (100, 33)] {
            let rho = Rho { tail, round };
            let cycle = Cycle { pre_period: tail, period: round };
            assert_eq!(find_cycle(&rho), Ok((cycle, tail)));
            for h in [0, 1, 2, 7, 50, 1_000, 1_000_003, u32::MAX] {
                let expected = if h < tail { h } else { tail + (h - tail) % round };
                assert_eq!(level_at(&rho, h), Ok(expected), "{h}");
            }
        }
    }

    #[test]
    fn a_search_without_end_is_given_up() {
        let endless = Rho { tail: u32::MAX - 1, round: 1 };
        let reason = StopReason::NoRepetition { levels: MAX_LEVELS };
        assert_eq!(find_cycle(&endless), Err(reason.clone()));
        assert_eq!(level_at(&endless, MAX_LEVELS), Ok(MAX_LEVELS));
        assert_eq!(level_at(&endless, MAX_LEVELS + 1), Err(reason));
    }
}
