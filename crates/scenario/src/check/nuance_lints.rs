//! Faults of unknown comparisons, strength and chances that show over all outcomes.

use detente_base::{Diagnostic, Exact, Span};
use fixedbitset::FixedBitSet;

use crate::codes::meaning as code;
use crate::columns::Columns;
use crate::expr::{Expr, eval};
use crate::situation::{Chance, PartyType, PreferenceForm, Preferences, Situation, Strong};
use crate::space::Space;

/// Most feasible outcomes over which strength is compared with the order.
const MAX_RANKED: usize = 1 << 18;

/// Looks at what qualifies the preferences of one party. `columns` evaluates
/// conditions on outcomes.
pub(super) fn lint_nuances(
    situation: &Situation,
    party: usize,
    (space, columns): (&Space, &Columns<'_>),
    feasible: &FixedBitSet,
) -> Vec<Diagnostic> {
    let preferences = &situation.preferences[party];
    if preferences.nuances.is_empty() {
        return Vec::new();
    }
    let name = &situation.parties[party].id;
    let lints = NuanceLints { situation, name, preferences, space, columns, feasible };
    let mut found = lints.idle_pairs();
    found.extend(lints.double_chances());
    found.extend(lints.idle_threshold());
    found.extend(lints.strength());
    found
}

struct NuanceLints<'a> {
    situation: &'a Situation,
    name: &'a str,
    preferences: &'a Preferences,
    space: &'a Space,
    columns: &'a Columns<'a>,
    feasible: &'a FixedBitSet,
}

impl NuanceLints<'_> {
    fn set(&self, expr: &Expr) -> FixedBitSet {
        let mut set = self.columns.holds(expr);
        set.intersect_with(self.feasible);
        set
    }

    /// Entries about no two outcomes, and chances that an earlier entry settles.
    fn idle_pairs(&self) -> Vec<Diagnostic> {
        let nuances = &self.preferences.nuances;
        let mut found = Vec::new();
        let unknown = nuances.unknown.iter().map(|pairs| (&pairs.between, pairs.other(), &pairs.origin));
        let strong = nuances.strong.pairs().iter().map(|pairs| (&pairs.better, &pairs.worse, &pairs.origin));
        let chances = nuances.chances.iter().map(|pairs| (&pairs.better, &pairs.worse, &pairs.origin));
        for (what, entries) in [
            ("unknown comparison", unknown.collect::<Vec<_>>()),
            ("strong preference", strong.collect()),
            ("chance of a preference", chances.collect()),
        ] {
            let mut earlier: Vec<(FixedBitSet, FixedBitSet)> = Vec::new();
            for (first, second, origin) in entries {
                let (first, second) = (self.set(first), self.set(second));
                let one = first.count_ones(..) == 1 && first == second;
                if first.is_clear() || second.is_clear() || one {
                    found.push(
                        Diagnostic::warning(
                            code::IDLE_PAIR,
                            origin.span,
                            format!("this {what} of `{}` is about no two outcomes", self.name),
                        )
                        .with_help("drop it, or correct the values it names"),
                    );
                } else if what.starts_with("chance") && earlier.iter().any(|pair| covers(pair, &first, &second)) {
                    found.push(
                        Diagnostic::warning(
                            code::IDLE_PAIR,
                            origin.span,
                            format!("an earlier entry already gives this chance of a preference of `{}`", self.name),
                        )
                        .with_label("never counts")
                        .with_help("put the narrower entry first, or drop one"),
                    );
                }
                earlier.push((first, second));
            }
        }
        found
    }

    /// Chances other than one half for both directions of the same pair.
    fn double_chances(&self) -> Vec<Diagnostic> {
        let half = Exact::ratio(1, 2);
        let mut found = Vec::new();
        for pairs in &self.preferences.nuances.chances {
            let mut both = self.set(&pairs.better);
            both.intersect_with(&self.set(&pairs.worse));
            let (low, high) =
                eval::number_bounds(self.situation, &pairs.chance).unwrap_or((half.clone(), half.clone()));
            if both.count_ones(..) > 1 && (low != half || high != half) {
                let mut outcomes = both.ones();
                let shown: Vec<String> = outcomes.by_ref().take(2).map(|code| self.number(code)).collect();
                found.push(
                    Diagnostic::error(
                        code::TWO_CHANCES,
                        pairs.origin.span,
                        format!(
                            "this entry of `{}` gives both directions of a pair the same chance; expected chances that add up to 1",
                            self.name
                        ),
                    )
                    .with_label(format!("outcomes {} are in both sets", shown.join(" and ")))
                    .with_help("make the two sets exclude each other"),
                );
            }
        }
        found
    }

    fn idle_threshold(&self) -> Option<Diagnostic> {
        let threshold = self.preferences.nuances.threshold.as_ref()?;
        let has_chance = |variant: &PartyType| matches!(variant.chance, Some(Chance::Given(_) | Chance::Rest));
        let used = !self.preferences.nuances.chances.is_empty() || self.preferences.types.iter().any(has_chance);
        (!used).then(|| {
            Diagnostic::warning(
                code::IDLE_THRESHOLD,
                threshold.origin.span,
                format!("nothing of `{}` has a chance, so that its threshold changes nothing", self.name),
            )
            .with_help("add `chances`, or chances of its types, or drop it")
        })
    }

    /// Strength against the order, and strength that is not transitive, for the first
    /// type that shows it.
    fn strength(&self) -> Vec<Diagnostic> {
        let Strong::Pairs(pairs) = &self.preferences.nuances.strong else { return Vec::new() };
        let count = self.feasible.count_ones(..);
        if count > MAX_RANKED {
            let message =
                format!("there are {count} outcomes, more than {MAX_RANKED}; strength is not compared with the order");
            return vec![Diagnostic::note(code::NOT_EXAMINED, pairs[0].origin.span, message)];
        }
        let sets: Vec<(FixedBitSet, FixedBitSet)> =
            pairs.iter().map(|pairs| (self.set(&pairs.better), self.set(&pairs.worse))).collect();
        let mut against = vec![false; sets.len()];
        let mut found = Vec::new();
        let mut intransitive = false;
        for variant in &self.preferences.types {
            let Some(ranks) = self.ranks(&variant.form) else { continue };
            for (index, (better, worse)) in sets.iter().enumerate() {
                if !against[index]
                    && let Some((a, b)) = against_order(&ranks, better, worse)
                {
                    against[index] = true;
                    found.push(self.against_order(pairs[index].origin.span, a, b));
                }
            }
            // Pairs that do not count leave gaps of their own.
            if !intransitive
                && !against.contains(&true)
                && let Some(triple) = intransitive_triple(&ranks, &sets, self.feasible)
            {
                intransitive = true;
                found.push(self.intransitive(pairs[triple.statement].origin.span, &triple));
            }
        }
        found
    }

    fn against_order(&self, span: Span, a: usize, b: usize) -> Diagnostic {
        let (a, b) = (self.number(a), self.number(b));
        Diagnostic::warning(
            code::STRONG_AGAINST_ORDER,
            span,
            format!(
                "`{}` greatly prefers outcome {a} to {b} here, but does not prefer it at all by its order",
                self.name
            ),
        )
        .with_label("does not count for such pairs")
        .with_help("narrow one of the sets, or correct the order")
    }

    fn intransitive(&self, span: Span, triple: &Triple) -> Diagnostic {
        let [a, b, c] = triple.outcomes.map(|code| self.number(code));
        let (far, near, other) = if triple.below { (&a, &b, &c) } else { (&b, &c, &a) };
        let (text, missing) = if triple.below {
            (
                format!(
                    "outcome {far} is greatly better than {near} for `{}`, and {near} is no worse than {other}",
                    self.name
                ),
                format!("{far} is not greatly better than {other}"),
            )
        } else {
            (
                format!(
                    "outcome {far} is greatly better than {near} for `{}`, and {other} is no worse than {far}",
                    self.name
                ),
                format!("{other} is not greatly better than {near}"),
            )
        };
        Diagnostic::warning(code::STRONG_INTRANSITIVE, span, format!("{text}, but {missing}"))
            .with_label("greatly better is not transitive")
            .with_help("widen one of the sets to everything as bad, or as good")
    }

    /// The number of a feasible outcome, as answers show it.
    fn number(&self, code: usize) -> String {
        (self.feasible.count_ones(..code + 1)).to_string()
    }

    /// By code, larger is better; 0 for what is not feasible. At the central values.
    fn ranks(&self, form: &PreferenceForm) -> Option<Vec<u32>> {
        let point = eval::central_point(self.situation)?;
        let columns = Columns::new(self.situation, self.space, &point);
        let codes: Vec<usize> = self.feasible.ones().collect();
        let mut ranks = vec![0; self.space.size() as usize];
        match form {
            PreferenceForm::Indifferent => {}
            PreferenceForm::Worth(terms) => {
                let mut sums = vec![Exact::ZERO; ranks.len()];
                for term in terms {
                    let table = columns.contribution(term.when.as_ref(), &term.add);
                    table.for_each_code(self.space, |code, entry| {
                        if let Some(entry) = entry.as_ref().filter(|_| self.feasible.contains(code)) {
                            sums[code] = &sums[code] + entry;
                        }
                    });
                }
                put_ranks(&codes, |code| sums[code].clone(), &mut ranks);
            }
            PreferenceForm::Priority(statements) => {
                for (index, statement) in statements.iter().enumerate() {
                    let holds = columns.holds(&statement.holds);
                    codes.iter().for_each(|code| ranks[*code] = ranks[*code] * 2 + u32::from(holds.contains(*code)));
                    // Ranks stay below the number of outcomes, so that they can be doubled.
                    if index % 8 == 7 {
                        let before = ranks.clone();
                        put_ranks(&codes, |code| before[code], &mut ranks);
                    }
                }
            }
            PreferenceForm::Ranking(levels) => {
                for (index, level) in levels.iter().enumerate().rev() {
                    let set = self.set(&level.holds);
                    set.ones().for_each(|code| ranks[code] = (levels.len() - index) as u32);
                }
            }
            PreferenceForm::Listed(groups) => {
                for (index, group) in groups.iter().enumerate() {
                    group.iter().for_each(|code| ranks[*code as usize] = (groups.len() - index) as u32);
                }
            }
        }
        Some(ranks)
    }
}

fn covers(pair: &(FixedBitSet, FixedBitSet), first: &FixedBitSet, second: &FixedBitSet) -> bool {
    (first.is_subset(&pair.0) && second.is_subset(&pair.1)) || (first.is_subset(&pair.1) && second.is_subset(&pair.0))
}

/// Dense ranks of the codes by a key.
fn put_ranks<K: Ord>(codes: &[usize], key: impl Fn(usize) -> K, ranks: &mut [u32]) {
    let mut keyed: Vec<(K, usize)> = codes.iter().map(|code| (key(*code), *code)).collect();
    keyed.sort_unstable();
    let mut rank = 0;
    for index in 0..keyed.len() {
        if index > 0 && keyed[index].0 != keyed[index - 1].0 {
            rank += 1;
        }
        ranks[keyed[index].1] = rank;
    }
}

/// A pair of the sets whose first is not better.
fn against_order(ranks: &[u32], better: &FixedBitSet, worse: &FixedBitSet) -> Option<(usize, usize)> {
    let low = better.ones().min_by_key(|code| (ranks[*code], *code))?;
    let high = worse.ones().filter(|code| *code != low).max_by_key(|code| (ranks[*code], std::cmp::Reverse(*code)))?;
    (ranks[low] <= ranks[high]).then_some((low, high))
}

/// Outcomes a ≥ b ≥ c of which one step is great and the whole way is not.
struct Triple {
    statement: usize,
    outcomes: [usize; 3],
    /// Whether the great step is the first one.
    below: bool,
}

/// Looks among the greatest and the least outcomes of each combination of sets: what
/// is greatly worse than an outcome is so than every better outcome of the same sets.
fn intransitive_triple(ranks: &[u32], sets: &[(FixedBitSet, FixedBitSet)], feasible: &FixedBitSet) -> Option<Triple> {
    let great = |a: usize, b: usize| {
        (ranks[a] > ranks[b])
            .then(|| sets.iter().position(|(better, worse)| better.contains(a) && worse.contains(b)))?
    };
    let marks = |code: usize, second: bool| -> Vec<bool> {
        sets.iter().map(|(better, worse)| if second { worse.contains(code) } else { better.contains(code) }).collect()
    };
    // By combination of first sets the best outcome, by combination of second sets the worst.
    let mut highest: std::collections::BTreeMap<Vec<bool>, usize> = std::collections::BTreeMap::new();
    let mut lowest: std::collections::BTreeMap<Vec<bool>, usize> = std::collections::BTreeMap::new();
    for code in feasible.ones() {
        let high = highest.entry(marks(code, false)).or_insert(code);
        if ranks[code] > ranks[*high] {
            *high = code;
        }
        let low = lowest.entry(marks(code, true)).or_insert(code);
        if ranks[code] < ranks[*low] {
            *low = code;
        }
    }
    for &a in highest.values() {
        // The best of what is greatly worse than a; nothing below it may be less so.
        let best = feasible.ones().filter(|b| great(a, *b).is_some()).max_by_key(|b| ranks[*b]);
        let Some(b) = best else { continue };
        if let Some(c) = feasible.ones().find(|c| ranks[*c] <= ranks[b] && great(a, *c).is_none()) {
            return Some(Triple { statement: great(a, b)?, outcomes: [a, b, c], below: true });
        }
    }
    for &c in lowest.values() {
        let worst = feasible.ones().filter(|b| great(*b, c).is_some()).min_by_key(|b| ranks[*b]);
        let Some(b) = worst else { continue };
        if let Some(a) = feasible.ones().find(|a| ranks[*a] >= ranks[b] && great(*a, c).is_none()) {
            return Some(Triple { statement: great(b, c)?, outcomes: [a, b, c], below: false });
        }
    }
    None
}
