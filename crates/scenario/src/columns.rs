//! Conditions and amounts over all outcomes at once.
//!
//! A condition becomes a set of outcome codes. Conjunctions and the like work on
//! whole words of 64 outcomes; a comparison of amounts is evaluated once for each
//! combination of values of the issues that it mentions.

use detente_base::Exact;
use fixedbitset::FixedBitSet;

use crate::expr::eval::{Interval, Point, Truth, amount, truth};
use crate::expr::{Expr, ExprKind};
use crate::situation::{IssueId, Situation, ValueId};
use crate::space::Space;

/// Evaluates expressions over a space at a point of the parameters.
///
/// Memory: a set takes one bit for each outcome.
#[derive(Debug)]
pub struct Columns<'a> {
    situation: &'a Situation,
    space: &'a Space,
    parameters: &'a [Interval],
}

/// A table over the combinations of values of a few issues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<T> {
    /// The issues, ascending; the first is the lowest digit of an entry's index.
    pub issues: Vec<IssueId>,
    /// One entry for each combination.
    pub entries: Vec<T>,
}

impl<T> Table<T> {
    /// For each issue of the space, how much one step of its value adds to an entry's index.
    pub fn strides(&self, space: &Space) -> Vec<usize> {
        let mut strides = vec![0; space.sizes().len()];
        let mut stride = 1;
        for issue in &self.issues {
            strides[issue.index()] = stride;
            stride *= space.sizes()[issue.index()] as usize;
        }
        strides
    }

    /// Calls `visit` with the entry of each outcome, in order of codes.
    ///
    /// Cost: constant time per outcome, amortised.
    pub fn for_each_code<'t>(&'t self, space: &Space, mut visit: impl FnMut(usize, &'t T)) {
        let strides = self.strides(space);
        let sizes = space.sizes();
        let mut digits = vec![0u32; sizes.len()];
        let mut index = 0;
        for code in 0..space.size() as usize {
            visit(code, &self.entries[index]);
            for (issue, digit) in digits.iter_mut().enumerate() {
                *digit += 1;
                if *digit < sizes[issue] {
                    index += strides[issue];
                    break;
                }
                index -= strides[issue] * (sizes[issue] as usize - 1);
                *digit = 0;
            }
        }
    }
}

impl<'a> Columns<'a> {
    /// An evaluator; `parameters` as [`crate::expr::eval::parameter_box`] gives them.
    ///
    /// # Panics
    /// If the space has more than 2³² outcomes: callers check their budget first.
    pub fn new(situation: &'a Situation, space: &'a Space, parameters: &'a [Interval]) -> Self {
        assert!(space.size() <= 1 << 32, "a space of {} outcomes is not enumerated", space.size());
        Self { situation, space, parameters }
    }

    /// The outcomes in which a condition is true. Where the parameters span a box,
    /// those in which it is true throughout.
    pub fn holds(&self, expr: &Expr) -> FixedBitSet {
        let size = self.space.size() as usize;
        match &expr.kind {
            ExprKind::Bool(value) => {
                let mut all = FixedBitSet::with_capacity(size);
                all.set_range(.., *value);
                all
            }
            ExprKind::IssueIn(issue, values) => self.column(*issue, values),
            ExprKind::Outcome(_, inner) => self.holds(inner),
            ExprKind::Not(inner) if self.is_exact() => {
                let mut set = self.holds(inner);
                set.toggle_range(..);
                set
            }
            ExprKind::And(parts) => {
                let mut parts = parts.iter();
                let mut set = parts.next().map_or_else(|| FixedBitSet::with_capacity(size), |p| self.holds(p));
                for part in parts {
                    set.intersect_with(&self.holds(part));
                }
                set
            }
            ExprKind::Or(parts) if self.is_exact() => {
                let mut set = FixedBitSet::with_capacity(size);
                for part in parts {
                    set.union_with(&self.holds(part));
                }
                set
            }
            _ => self.tabulated(expr),
        }
    }

    /// An evaluator for tables only, over a space that may be too large to enumerate.
    pub fn over_tables(situation: &'a Situation, space: &'a Space, parameters: &'a [Interval]) -> Self {
        Self { situation, space, parameters }
    }

    fn is_exact(&self) -> bool {
        self.parameters.iter().all(Interval::is_point)
    }

    fn tabulated(&self, expr: &Expr) -> FixedBitSet {
        let table = self.table(&expr.issues(), |point| truth(expr, point) == Truth::True);
        let mut set = FixedBitSet::with_capacity(self.space.size() as usize);
        table.for_each_code(self.space, |code, holds| set.set(code, *holds));
        set
    }

    /// Outcomes in which the issue has one of the values.
    fn column(&self, issue: IssueId, values: &[ValueId]) -> FixedBitSet {
        let size = self.space.size() as usize;
        let stride = self.space.stride(issue) as usize;
        let period = stride * self.space.sizes()[issue.index()] as usize;
        let mut set = FixedBitSet::with_capacity(size);
        if period <= 64 && period.is_power_of_two() {
            let mut word: usize = 0;
            for bit in 0..usize::BITS as usize {
                let value = ValueId::from_index(bit % period / stride);
                word |= usize::from(values.binary_search(&value).is_ok()) << bit;
            }
            set.as_mut_slice().fill(word);
            // Bits past the end must stay clear.
            let tail = size % usize::BITS as usize;
            if tail != 0
                && let Some(last) = set.as_mut_slice().last_mut()
            {
                *last &= (1 << tail) - 1;
            }
            return set;
        }
        for start in (0..size).step_by(period) {
            for value in values {
                let from = start + value.index() * stride;
                set.insert_range(from..from + stride);
            }
        }
        set
    }

    /// An entry for each combination of values of the given issues (ascending).
    ///
    /// Cost: as many evaluations as there are combinations.
    pub fn table<T>(&self, issues: &[IssueId], mut entry: impl FnMut(&Point<'_>) -> T) -> Table<T> {
        let mut values = vec![ValueId(0); self.space.sizes().len()];
        let mut entries = Vec::new();
        loop {
            entries.push(entry(&Point::new(self.situation, &values, self.parameters)));
            let mut carried = true;
            for issue in issues {
                let value = &mut values[issue.index()];
                value.0 += 1;
                if value.0 < self.space.sizes()[issue.index()] {
                    carried = false;
                    break;
                }
                value.0 = 0;
            }
            if carried {
                return Table { issues: issues.to_vec(), entries };
            }
        }
    }

    /// What a term `{when, add}` contributes, as a table over the issues it mentions.
    /// `None` entries mark a division by zero or a contribution that is no single
    /// number at these parameters.
    pub fn contribution(&self, when: Option<&Expr>, add: &Expr) -> Table<Option<Exact>> {
        let mut issues = add.issues();
        if let Some(when) = when {
            issues.extend(when.issues());
        }
        issues.sort_unstable();
        issues.dedup();
        self.table(&issues, |point| match when.map_or(Truth::True, |w| truth(w, point)) {
            Truth::False => Some(Exact::ZERO),
            Truth::Open => None,
            Truth::True => amount(add, point).filter(Interval::is_point).map(|i| i.low),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::eval::parameter_box;
    use crate::expr::random::{Generator, Random, situation};

    #[test]
    fn columns_agree_with_evaluation_outcome_by_outcome() {
        let situation = situation();
        let space = Space::of(&situation).expect("small");
        assert_eq!(space.sizes(), [2, 3, 5, 4, 2]);
        let mut generator = Generator { situation: &situation, random: Random(3) };
        for _ in 0..400 {
            let (whole, point) = generator.parameter_box();
            let expr = generator.condition(4);
            // A division by zero has no truth value; checked situations have none.
            if expr.divides() {
                continue;
            }
            for parameters in [whole, point] {
                let holds = Columns::new(&situation, &space, &parameters).holds(&expr);
                for code in 0..space.size() {
                    let values = space.values(code);
                    let expected = truth(&expr, &Point::new(&situation, &values, &parameters));
                    assert_eq!(holds.contains(code as usize), expected == Truth::True, "{code}: {expr:?}");
                }
            }
        }
    }

    /// Words of 64 outcomes are filled at once where the period divides them.
    #[test]
    fn a_column_has_its_values_whatever_the_sizes() {
        let mut random = Random(9);
        for sizes in
            [vec![2; 8], vec![3, 2, 2], vec![2, 4, 2, 5], vec![5, 3, 2], vec![4, 4, 4, 2], vec![1, 2, 3], vec![64, 2]]
        {
            let space = Space::new(sizes.clone()).expect("small");
            let situation = Situation::default();
            let columns = Columns::new(&situation, &space, &[]);
            for (index, size) in sizes.iter().enumerate() {
                let issue = IssueId::from_index(index);
                let values: Vec<_> = (0..*size).filter(|_| random.below(2) == 0).map(ValueId).collect();
                let column = columns.column(issue, &values);
                for code in 0..space.size() {
                    let expected = values.contains(&space.value(code, issue));
                    assert_eq!(column.contains(code as usize), expected, "{sizes:?} {index} {code}");
                }
                assert_eq!(column.len() as u64, space.size());
                assert_eq!(column.ones().count(), column.count_ones(..));
            }
        }
    }

    #[test]
    fn tables_stand_for_all_outcomes() {
        let situation = situation();
        let space = Space::of(&situation).expect("small");
        let parameters = parameter_box(&situation, |_, _| None).expect("no divisor");
        let columns = Columns::new(&situation, &space, &parameters);
        let mut generator = Generator { situation: &situation, random: Random(21) };
        for _ in 0..200 {
            let (when, add) = (generator.condition(2), generator.amount(3));
            let table = columns.contribution(Some(&when), &add);
            table.for_each_code(&space, |code, entry| {
                let values = space.values(code as u64);
                let point = Point::new(&situation, &values, &parameters);
                let expected = match truth(&when, &point) {
                    Truth::True => amount(&add, &point).map(|i| i.low),
                    Truth::False => Some(Exact::ZERO),
                    Truth::Open => None,
                };
                assert_eq!(*entry, expected);
            });
        }
    }
}
