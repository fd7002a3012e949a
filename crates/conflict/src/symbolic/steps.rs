//! Where moves come from and lead to, for sets of states.

use biodivine_lib_bdd::Bdd;
use detente_base::StopReason;

use super::encoding::Encoding;
use super::local::Step;
use super::set::StateSet;
use super::stable::Work;
use crate::moves::MoveKind;

impl Work<'_> {
    /// Where one move of a party leads from a set.
    pub(super) fn after(&self, party: usize, kind: MoveKind, from: &Bdd) -> Result<Bdd, StopReason> {
        let mover = &self.model.movers[party];
        let after = self.dd.and_exists(self.relation(party, kind)?, from, &mover.marks)?;
        Ok(Encoding::unprimed(&after, &mover.marks))
    }

    /// From where one move of a party leads into a set; the set may depend on origins.
    pub(super) fn before(&self, party: usize, kind: MoveKind, target: &Bdd) -> Result<Bdd, StopReason> {
        let mover = &self.model.movers[party];
        let target = Encoding::primed(target, &mover.marks);
        self.dd.and_exists(self.relation(party, kind)?, &target, &mover.primed)
    }

    /// The same, staying included. Cheaper for a party that can always return.
    fn before_or_there(&self, party: usize, kind: MoveKind, target: &Bdd) -> Result<Bdd, StopReason> {
        let mover = &self.model.movers[party];
        if mover.plain && kind == MoveKind::Any {
            let from = self.dd.and_exists(target, &self.model.feasible, &mover.marks)?;
            return self.dd.and(&from, &self.model.feasible);
        }
        self.dd.or(target, &self.before(party, kind, target)?)
    }

    /// The feasible states of a set, and those from which a legal sequence of a group
    /// leads there.
    pub(super) fn leading_to(&self, group: &[usize], kind: MoveKind, target: &Bdd) -> Result<Bdd, StopReason> {
        let target = self.dd.and(target, &self.model.feasible)?;
        if group.iter().all(|party| self.model.movers[*party].transitive) {
            return self.leading_in_free_turns(group, kind, target);
        }
        // By who moves first.
        let mut starts = vec![self.model.code.no(); group.len()];
        let mut unchanged = 0;
        for turn in (0..group.len()).cycle() {
            let mut next = target.clone();
            for (_, others) in starts.iter().enumerate().filter(|(other, _)| *other != turn) {
                next = self.dd.or(&next, others)?;
            }
            let found = self.before(group[turn], kind, &next)?;
            unchanged = if found == starts[turn] { unchanged + 1 } else { 1 };
            starts[turn] = found;
            if unchanged > group.len() {
                break;
            }
        }
        starts.iter().try_fold(target, |all, start| self.dd.or(&all, start))
    }

    /// Where moving twice in a row gains nothing, the rule against it can be dropped.
    fn leading_in_free_turns(&self, group: &[usize], kind: MoveKind, target: Bdd) -> Result<Bdd, StopReason> {
        let mut all = target;
        let mut unchanged = 0;
        for party in group.iter().cycle() {
            let grown = self.before_or_there(*party, kind, &all)?;
            unchanged = if grown == all { unchanged + 1 } else { 1 };
            all = grown;
            if unchanged >= group.len() {
                break;
            }
        }
        Ok(all)
    }

    /// A shortest legal sequence of a group from a state into a set, at least one step
    /// long; `None` when there is none.
    pub(super) fn shortest(
        &self,
        group: &[usize],
        kind: MoveKind,
        from: &[u32],
        target: &Bdd,
    ) -> Result<Option<Vec<Step>>, StopReason> {
        let start = self.state(from)?;
        let nothing = || vec![self.model.code.no(); group.len()];
        let mut seen = nothing();
        // What each member reached first with so many steps.
        let mut rounds: Vec<Vec<Bdd>> = Vec::new();
        loop {
            let mut round = nothing();
            for turn in 0..group.len() {
                let origin = self.last_but(turn, rounds.last(), &start)?;
                let reached = self.dd.and_not(&self.after(group[turn], kind, &origin)?, &seen[turn])?;
                seen[turn] = self.dd.or(&seen[turn], &reached)?;
                round[turn] = reached;
            }
            if round.iter().all(Bdd::is_false) {
                return Ok(None);
            }
            for (turn, reached) in round.iter().enumerate() {
                let hit = self.dd.and(reached, target)?;
                if !hit.is_false() {
                    return self.retrace(group, kind, (&rounds, &start), (turn, self.one_of(hit))).map(Some);
                }
            }
            rounds.push(round);
        }
    }

    /// The states where the others than a member arrived last.
    fn last_but(&self, turn: usize, round: Option<&Vec<Bdd>>, start: &Bdd) -> Result<Bdd, StopReason> {
        let Some(round) = round else { return Ok(start.clone()) };
        let others = round.iter().enumerate().filter(|(other, _)| *other != turn);
        others.map(|(_, reached)| reached).try_fold(self.model.code.no(), |all, reached| self.dd.or(&all, reached))
    }

    /// The steps to a state that a member reached after all of these rounds.
    fn retrace(
        &self,
        group: &[usize],
        kind: MoveKind,
        (rounds, start): (&[Vec<Bdd>], &Bdd),
        (mut turn, mut at): (usize, Vec<u32>),
    ) -> Result<Vec<Step>, StopReason> {
        let mut steps = Vec::new();
        for round in rounds.iter().rev() {
            let origins = self.before(group[turn], kind, &self.state(&at)?)?;
            steps.push(Step { party: group[turn], to: at });
            let mut found = None;
            for (other, reached) in round.iter().enumerate().filter(|(other, _)| *other != turn) {
                let both = self.dd.and(reached, &origins)?;
                if !both.is_false() {
                    found = Some((other, self.one_of(both)));
                    break;
                }
            }
            (turn, at) = found.expect("a state was reached from the round before");
        }
        debug_assert!(!self.dd.disjoint(&self.before(group[turn], kind, &self.state(&at)?)?, start)?);
        steps.push(Step { party: group[turn], to: at });
        steps.reverse();
        Ok(steps)
    }

    pub(super) fn state(&self, values: &[u32]) -> Result<Bdd, StopReason> {
        self.dd.and(&self.model.feasible, &self.model.code.formula(&super::Formula::state(values), &self.dd)?)
    }

    /// A state of a set that is not empty.
    pub(super) fn one_of(&self, set: Bdd) -> Vec<u32> {
        StateSet(set).draw(&self.model.code, 0).expect("a set with a state")
    }

    /// The moves of a party.
    pub(super) fn relation(&self, party: usize, kind: MoveKind) -> Result<&Bdd, StopReason> {
        let (mover, ground) = (&self.model.movers[party], self.model.ground());
        match kind {
            MoveKind::Any => mover.any(party, &ground, &self.dd),
            MoveKind::Improving => mover.improving(party, &ground, &self.dd),
        }
    }
}
