//! Worth of real numbers that is linear between some of them.

use std::cmp::Ordering;

use detente_base::Exact;

/// Worth over the real numbers of an issue: linear between knots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Ascending; the first and the last are the bounds of the issue.
    knots: Vec<Knot>,
}

/// A number, what it is worth, and what numbers beside it are worth in the limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Knot {
    /// The number.
    pub at: Exact,
    /// What it is worth.
    pub worth: Exact,
    /// What numbers just below it are worth.
    pub before: Exact,
    /// What numbers just above it are worth.
    pub after: Exact,
}

impl Line {
    /// The line of a worth that is linear between these turns and the bounds; `None` where it
    /// jumps down to a number, so that numbers near it are worth more than itself.
    pub(crate) fn new(
        (low, high): (&Exact, &Exact),
        turns: impl IntoIterator<Item = Exact>,
        worth: impl Fn(&Exact) -> Exact,
    ) -> Option<Self> {
        let mut numbers: Vec<Exact> = turns.into_iter().filter(|turn| low < turn && turn < high).collect();
        numbers.extend([low.clone(), high.clone()]);
        numbers.sort_unstable();
        numbers.dedup();
        let level = |at: &Exact| Knot { at: at.clone(), worth: worth(at), before: worth(at), after: worth(at) };
        let mut knots: Vec<Knot> = numbers.iter().map(level).collect();
        for (place, pair) in numbers.windows(2).enumerate() {
            // Between two turns the worth is a line, which two numbers show.
            let third = |of: i64| worth(&(&pair[0] + &(&(&pair[1] - &pair[0]) * &Exact::ratio(of, 3))));
            let (first, second) = (third(1), third(2));
            knots[place].after = &(&first + &first) - &second;
            knots[place + 1].before = &(&second + &second) - &first;
        }
        let falls = |knot: &Knot| knot.worth < knot.before || knot.worth < knot.after;
        (!knots.iter().any(falls)).then_some(Self { knots })
    }

    /// The knots, ascending.
    pub fn knots(&self) -> &[Knot] {
        &self.knots
    }

    /// The worth of a number between the bounds, and of those beside it.
    ///
    /// # Panics
    /// If the number is not between the bounds.
    pub fn at(&self, number: &Exact) -> Knot {
        let next = self.knots.partition_point(|knot| knot.at < *number);
        let knot = &self.knots[next];
        if knot.at == *number {
            return knot.clone();
        }
        let last = &self.knots[next.checked_sub(1).expect("a number between the bounds")];
        let part = (number - &last.at).checked_div(&(&knot.at - &last.at)).expect("knots are apart");
        let worth = &last.after + &(&(&knot.before - &last.after) * &part);
        Knot { at: number.clone(), before: worth.clone(), after: worth.clone(), worth }
    }

    /// The line times a number from 0, with another one added.
    #[must_use]
    pub(crate) fn scaled(&self, factor: &Exact, plus: &Exact) -> Self {
        debug_assert!(factor.cmp(&Exact::ZERO) != Ordering::Less, "jumps stay jumps up");
        let change = |worth: &Exact| &(worth * factor) + plus;
        let knot = |knot: &Knot| Knot {
            at: knot.at.clone(),
            worth: change(&knot.worth),
            before: change(&knot.before),
            after: change(&knot.after),
        };
        Self { knots: self.knots.iter().map(knot).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jumps_and_turns_are_kept() {
        // 0 up to 2, where it jumps to 3; from there down to 1 at 4, and level.
        let worth = |x: &Exact| {
            if *x < Exact::from(2) { Exact::ZERO } else { (&Exact::from(5) - x).clamp(Exact::ONE, Exact::from(3)) }
        };
        let turns = || [2, 4, 9].map(Exact::from);
        let line = Line::new((&Exact::ZERO, &Exact::from(6)), turns(), worth).expect("it jumps up");
        let at: Vec<i64> = line.knots().iter().filter_map(|knot| knot.at.as_integer()).collect();
        assert_eq!(at, [0, 2, 4, 6]);
        let jump = line.at(&Exact::from(2));
        assert_eq!((jump.before, jump.worth, jump.after), (Exact::ZERO, Exact::from(3), Exact::from(3)));
        for number in 0..=60 {
            let number = Exact::ratio(number, 10);
            assert_eq!(line.at(&number).worth, worth(&number), "{number}");
        }
        let scaled = line.scaled(&Exact::ratio(1, 2), &Exact::ONE);
        assert_eq!(scaled.at(&Exact::from(3)).worth, Exact::from(2));
        let down = |x: &Exact| if *x <= Exact::from(2) { Exact::ZERO } else { Exact::ONE };
        assert_eq!(Line::new((&Exact::ZERO, &Exact::from(6)), turns(), down), None);
    }
}
