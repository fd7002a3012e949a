//! Seeded pseudo-random numbers that are the same on every machine.

/// A permuted congruential generator (XSH RR 64/32 with one fixed stream).
///
/// Equal seeds give equal sequences everywhere. Not for secrets.
///
/// Source: `[ONeill2014]`. Cost: a multiplication for each number.
///
/// ```
/// use detente_base::Pcg;
/// let (mut a, mut b) = (Pcg::new(7), Pcg::new(7));
/// assert_eq!([a.next(), a.next()], [b.next(), b.next()]);
/// assert!((0..1000).all(|_| a.below(6) < 6));
/// ```
#[derive(Clone, Debug)]
pub struct Pcg(u64);

const MULTIPLIER: u64 = 6_364_136_223_846_793_005;
const INCREMENT: u64 = 1_442_695_040_888_963_407;

impl Pcg {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Self {
        // Seeds that lie close together are taken apart (the finalizer of SplitMix64).
        let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mut pcg = Self(mixed ^ (mixed >> 31));
        pcg.next();
        pcg
    }

    /// The sequence of one of many draws under a seed, whoever makes it and when.
    pub fn of_draw(seed: u64, draw: u64) -> Self {
        let mut pcg = Self::new(seed);
        let (high, low) = (u64::from(pcg.next()), u64::from(pcg.next()));
        Self::new((high << 32 | low) ^ draw)
    }

    /// The next 32 bits.
    #[expect(clippy::should_implement_trait, reason = "a sequence without end is no iterator to be adapted")]
    pub fn next(&mut self) -> u32 {
        let old = self.0;
        self.0 = old.wrapping_mul(MULTIPLIER).wrapping_add(INCREMENT);
        ((((old >> 18) ^ old) >> 27) as u32).rotate_right((old >> 59) as u32)
    }

    /// A number below a bound, each equally likely.
    ///
    /// # Panics
    /// If the bound is zero.
    pub fn below(&mut self, bound: u32) -> u32 {
        assert!(bound > 0, "there is no number below zero");
        // Numbers in the incomplete last part of the range are drawn again.
        let incomplete = bound.wrapping_neg() % bound;
        loop {
            let wide = u64::from(self.next()) * u64::from(bound);
            if wide as u32 >= incomplete {
                return (wide >> 32) as u32;
            }
        }
    }

    /// Puts things in an order, each equally likely.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for place in (1..things.len()).rev() {
            things.swap(place, self.below(place as u32 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_fixed() {
        let mut pcg = Pcg::new(1);
        let first: Vec<u32> = (0..3).map(|_| pcg.next()).collect();
        let mut again = Pcg::new(1);
        assert!(first.iter().all(|number| again.next() == *number));
        assert_ne!(Pcg::new(2).next(), first[0]);
        assert_ne!(Pcg::of_draw(1, 0).next(), Pcg::of_draw(1, 1).next());
    }

    #[test]
    fn numbers_below_a_bound_are_about_equally_frequent() {
        let mut pcg = Pcg::new(42);
        let mut counts = [0_i32; 6];
        for _ in 0..60_000 {
            counts[pcg.below(6) as usize] += 1;
        }
        assert!(counts.iter().all(|count| (count - 10_000).abs() < 500), "{counts:?}");
        let mut orders = [0_i32; 6];
        for draw in 0..6_000 {
            let mut things = [0, 1, 2];
            Pcg::of_draw(9, draw).shuffle(&mut things);
            orders[things[0] * 2 + usize::from(things[1] > things[2])] += 1;
        }
        assert!(orders.iter().all(|count| (count - 1_000).abs() < 150), "{orders:?}");
    }
}
