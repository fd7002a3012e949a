//! The moves of a decision maker as a relation between states.

use std::cell::OnceCell;

use biodivine_lib_bdd::Bdd;
use detente_base::StopReason;

use super::conflict::{Change, Conflict, Package};
use super::diagrams::Diagrams;
use super::encoding::{Encoding, primes};
use super::vectors::{Number, at_most};

/// How one decision maker moves.
pub(super) struct Mover {
    /// Unprimed variables that its moves change.
    pub(super) marks: Vec<bool>,
    /// The same, primed.
    pub(super) primed: Vec<bool>,
    /// Every combination of its own values can follow every other.
    pub(super) plain: bool,
    /// Two moves in a row are a move, or lead back.
    pub(super) transitive: bool,
    /// Moves; pairs of different feasible states.
    any: OnceCell<Bdd>,
    /// Moves to better states.
    improving: OnceCell<Bdd>,
}

/// What all movers share.
pub(super) struct Ground<'m> {
    pub(super) conflict: &'m Conflict,
    pub(super) code: &'m Encoding,
    pub(super) feasible: &'m Bdd,
    pub(super) keys: &'m [Number],
}

impl Mover {
    pub(super) fn new(conflict: &Conflict, party: usize, code: &Encoding) -> Self {
        let party = &conflict.parties[party];
        let changes = || party.packages.iter().flat_map(|package| &package.changes);
        let marks = code.mark(changes().map(|(coordinate, _)| *coordinate));
        let single = party.packages.len() <= 1 && party.packages.iter().all(|p| p.consent.is_empty());
        Self {
            primed: primes(&marks),
            marks,
            plain: single && party.unseen.is_none() && changes().all(|(_, change)| *change == Change::Free),
            transitive: single && changes().all(|(_, change)| is_transitive(change)),
            any: OnceCell::new(),
            improving: OnceCell::new(),
        }
    }

    /// All its moves.
    pub(super) fn any(&self, party: usize, ground: &Ground<'_>, dd: &Diagrams<'_>) -> Result<&Bdd, StopReason> {
        if self.any.get().is_none() {
            let relation = self.relation(party, ground, dd)?;
            let _ = self.any.set(relation);
        }
        Ok(self.any.get().expect("set above"))
    }

    /// Its improvements.
    pub(super) fn improving(&self, party: usize, ground: &Ground<'_>, dd: &Diagrams<'_>) -> Result<&Bdd, StopReason> {
        if self.improving.get().is_none() {
            let better = self.not_worse(party, ground, dd, Direction::Before)?.not();
            let relation = dd.and(self.any(party, ground, dd)?, &better)?;
            let _ = self.improving.set(relation);
        }
        Ok(self.improving.get().expect("set above"))
    }

    /// Where a party ranks the one state no lower than the other.
    fn not_worse(
        &self,
        party: usize,
        ground: &Ground<'_>,
        dd: &Diagrams<'_>,
        at_least: Direction,
    ) -> Result<Bdd, StopReason> {
        let before = &ground.keys[party];
        let after: Number = before.iter().map(|bit| Encoding::primed(bit, &self.marks)).collect();
        match at_least {
            Direction::Before => at_most(&after, before, ground.code.yes(), dd),
            Direction::After => at_most(before, &after, ground.code.yes(), dd),
        }
    }

    fn relation(&self, party: usize, ground: &Ground<'_>, dd: &Diagrams<'_>) -> Result<Bdd, StopReason> {
        let Ground { conflict, code, feasible, .. } = ground;
        let packages = &conflict.parties[party].packages;
        let mut changed: Vec<usize> = packages.iter().flat_map(|p| &p.changes).map(|(c, _)| *c).collect();
        changed.sort_unstable();
        changed.dedup();
        let mut any = code.no();
        for package in packages {
            any = dd.or(&any, &self.package_relation(package, &changed, ground, dd)?)?;
        }
        let mut stays = code.yes();
        for coordinate in &changed {
            stays = dd.and(&stays, &code.unchanged(*coordinate, dd)?)?;
        }
        any = dd.and_not(&any, &stays)?;
        let mut possible = (*feasible).clone();
        if let Some(unseen) = &conflict.parties[party].unseen {
            possible = dd.and_not(&possible, &code.formula(unseen, dd)?)?;
        }
        any = dd.and(&any, &possible)?;
        dd.and(&any, &Encoding::primed(&possible, &self.marks))
    }

    /// Changes of one package, staying included, the other coordinates unchanged.
    fn package_relation(
        &self,
        package: &Package,
        changed: &[usize],
        ground: &Ground<'_>,
        dd: &Diagrams<'_>,
    ) -> Result<Bdd, StopReason> {
        let code = ground.code;
        let mut all = code.yes();
        for coordinate in changed {
            let mut here = code.unchanged(*coordinate, dd)?;
            for (_, change) in package.changes.iter().filter(|(c, _)| c == coordinate) {
                here = dd.or(&here, &self.change_relation(*coordinate, change, code, dd)?)?;
            }
            all = dd.and(&all, &here)?;
        }
        for asked in &package.consent {
            all = dd.and(&all, &self.not_worse(*asked, ground, dd, Direction::After)?)?;
        }
        Ok(all)
    }

    fn change_relation(
        &self,
        coordinate: usize,
        change: &Change,
        code: &Encoding,
        dd: &Diagrams<'_>,
    ) -> Result<Bdd, StopReason> {
        let size = code.sizes()[coordinate];
        let step = |from: u32, to: &[u32]| {
            let after = Encoding::primed(&code.value_in(coordinate, to, dd)?, &self.marks);
            dd.and(&code.value_in(coordinate, &[from], dd)?, &after)
        };
        let mut any = code.no();
        match change {
            Change::Free => any = code.yes(),
            Change::Fixed => {}
            Change::Forward | Change::Backward => {
                for from in 0..size {
                    let to: Vec<u32> = if *change == Change::Forward { from + 1..size } else { 0..from }.collect();
                    any = dd.or(&any, &step(from, &to)?)?;
                }
            }
            Change::Rules(rules) => {
                for (from, to, guard) in rules {
                    any = dd.or(&any, &dd.and(&step(*from, &[*to])?, &code.formula(guard, dd)?)?)?;
                }
            }
        }
        Ok(any)
    }
}

#[derive(Clone, Copy)]
enum Direction {
    Before,
    After,
}

/// Whether two changes in a row are a change, or lead back.
fn is_transitive(change: &Change) -> bool {
    let Change::Rules(rules) = change else { return true };
    let has = |from: u32, to: u32| from == to || rules.iter().any(|(f, t, _)| (*f, *t) == (from, to));
    rules.iter().all(|(_, _, guard)| *guard == super::Formula::always())
        && rules.iter().all(|(from, middle, _)| {
            rules.iter().filter(|(start, _, _)| start == middle).all(|(_, to, _)| has(*from, *to))
        })
}
