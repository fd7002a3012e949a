//! From issues and constraints to the states and moves of a conflict.
//!
//! What does not depend on anybody's preferences is built once: the feasible
//! outcomes and what each party can change alone. Preferences are added for each
//! combination of types and each point of the parameters ([`Structure::model`]).
//!
//! An issue becomes a coordinate with the same values. A party owns the coordinates
//! that it sets alone. Issues that several parties set by moves of their own become
//! arcs. Issues that are set jointly become arcs too, and those depend on
//! preferences: a change is proposed by one setter and happens when none of the
//! others ranks its result below what it replaces; issues with the same setters
//! change together as one package. What nature sets never changes.

use std::sync::OnceLock;

use detente_base::{Budget, StopReason};
use detente_conflict::{
    FixedBitSet, MAX_DECISION_MAKERS, Model, ModelBuilder, ModelError, StateId, StateSpace, Transitions,
};
use detente_scenario::columns::Columns;
use detente_scenario::expr::eval::{Interval, central_point};
use detente_scenario::situation::{IssueId, Moves, PartyId, SetBy, Situation, ValueId};
use detente_scenario::space::Space;

/// The states and moves of a situation, without preferences.
#[derive(Debug)]
pub struct Structure<'a> {
    /// The situation.
    pub situation: &'a Situation,
    /// Numbering of outcomes.
    pub space: Space,
    /// Feasible outcomes as states.
    pub states: StateSpace,
    /// Coordinates set by one party.
    control: Vec<(PartyId, usize, Transitions)>,
    /// Arcs of each party that need nobody's consent.
    arcs: Vec<Vec<(u32, u32)>>,
    /// Packages of issues that need consent.
    packages: Vec<Package>,
    /// Outcomes that a party does not see.
    unseen: Vec<Option<FixedBitSet>>,
    /// Every change of a package, listed when first asked for.
    proposals: OnceLock<Vec<Proposal>>,
}

/// A change of jointly set issues, of one package.
#[derive(Clone, Copy, Debug)]
struct Proposal {
    package: usize,
    from: StateId,
    to: StateId,
}

/// Moves that found consent: pairs of codes by proposer.
type Consented = Vec<Vec<(u32, u32)>>;

/// Issues that the same parties set jointly.
#[derive(Debug)]
struct Package {
    setters: Vec<PartyId>,
    issues: Vec<(usize, Transitions)>,
}

impl<'a> Structure<'a> {
    /// Builds states and moves.
    ///
    /// Cost: O(n·c) time and n/8 bytes for n combinations of values and c conditions.
    ///
    /// # Errors
    /// When there are more combinations than the budget allows, or none is feasible.
    ///
    /// # Panics
    /// If the situation was not checked: it has a feasible outcome and no faulty name.
    pub fn new(situation: &'a Situation, budget: &Budget) -> Result<Self, StopReason> {
        let parties = situation.parties.len();
        if parties > MAX_DECISION_MAKERS {
            return Err(StopReason::TooManyParties { parties: parties as u64, limit: MAX_DECISION_MAKERS as u64 });
        }
        let limit = budget.states.min(1 << 31);
        let space = Space::of(situation)
            .filter(|space| space.size() <= limit)
            .ok_or_else(|| StopReason::TooManyStates { states: Space::combinations(situation).to_string(), limit })?;
        // Conditions on outcomes mention no parameter, so any point will do.
        let point: Vec<Interval> = central_point(situation).expect("checked amounts divide by no zero");
        let columns = Columns::new(situation, &space, &point);
        let size = space.size() as usize;
        let feasible = detente_scenario::check::lints::feasible_outcomes(situation, &columns, size);
        // Checked files have an outcome where all were looked at; larger ones may have none.
        if feasible.is_clear() {
            return Err(StopReason::NoOutcome);
        }
        let states = StateSpace::new(space.sizes(), feasible).map_err(|e| stop_reason(&e, limit))?;
        let mut built = Self {
            situation,
            space: space.clone(),
            states,
            control: Vec::new(),
            arcs: vec![Vec::new(); situation.parties.len()],
            packages: Vec::new(),
            unseen: Vec::new(),
            proposals: OnceLock::new(),
        };
        for index in 0..situation.issues.len() {
            budget.check()?;
            built.add_issue(index, &columns, budget)?;
        }
        for party in &situation.parties {
            let mut hidden = FixedBitSet::with_capacity(size);
            for condition in &party.unseen {
                hidden.union_with(&columns.holds(condition));
            }
            built.unseen.push((!party.unseen.is_empty()).then_some(hidden));
        }
        Ok(built)
    }

    fn add_issue(&mut self, index: usize, columns: &Columns<'_>, budget: &Budget) -> Result<(), StopReason> {
        let issue = &self.situation.issues[index];
        match &issue.set_by {
            SetBy::Nature(_) => {}
            SetBy::Party(party) => {
                let change = transitions(&issue.moves, None, columns, &self.space);
                self.control.push((*party, index, change));
            }
            SetBy::Jointly(setters) => {
                let change = transitions(&issue.moves, None, columns, &self.space);
                match self.packages.iter_mut().find(|p| p.setters == *setters) {
                    Some(package) => package.issues.push((index, change)),
                    None => self.packages.push(Package { setters: setters.clone(), issues: vec![(index, change)] }),
                }
            }
            SetBy::Each(parties) => {
                for party in parties {
                    let change = transitions(&issue.moves, Some(*party), columns, &self.space);
                    let mut arcs = Vec::new();
                    for state in 0..self.states.state_count() {
                        let code = self.states.code(StateId::from_index(state));
                        self.changes(code, &[(index, &change)], &mut |to| arcs.push((code, to)));
                        if arcs.len() as u64 > budget.moves {
                            return Err(StopReason::TooManyMoves { limit: budget.moves });
                        }
                    }
                    self.arcs[party.index()].extend(arcs);
                }
            }
        }
        Ok(())
    }

    /// Feasible codes that differ from `code` only in the given coordinates, each
    /// changed by at most one of its transitions.
    fn changes(&self, code: u32, coordinates: &[(usize, &Transitions)], visit: &mut impl FnMut(u32)) {
        let mut targets = vec![code];
        for (coordinate, transitions) in coordinates {
            let value = self.states.value(code, *coordinate);
            let stride = self.states.strides()[*coordinate];
            for at in 0..targets.len() {
                for to in 0..self.states.sizes()[*coordinate] {
                    if transitions.allows(value, to, code) {
                        targets.push(targets[at] - value * stride + to * stride);
                    }
                }
            }
        }
        for to in targets.into_iter().filter(|to| *to != code && self.states.feasible().contains(*to as usize)) {
            visit(to);
        }
    }

    /// Whether some moves need consent, and so depend on preferences.
    pub fn needs_consent(&self) -> bool {
        !self.packages.is_empty()
    }

    /// Calls `visit` for each change of jointly set issues: who sets them, state
    /// before, state after.
    pub fn visit_proposals(&self, visit: &mut impl FnMut(&[PartyId], StateId, StateId)) {
        for proposal in self.proposals() {
            visit(&self.packages[proposal.package].setters, proposal.from, proposal.to);
        }
    }

    fn proposals(&self) -> &[Proposal] {
        self.proposals.get_or_init(|| {
            let mut found = Vec::new();
            for (index, package) in self.packages.iter().enumerate() {
                let coordinates: Vec<_> = package.issues.iter().map(|(i, t)| (*i, t)).collect();
                for state in 0..self.states.state_count() {
                    let from = StateId::from_index(state);
                    self.changes(self.states.code(from), &coordinates, &mut |to| {
                        let to = self.states.state_at(to).expect("changes lead to feasible codes");
                        found.push(Proposal { package: index, from, to });
                    });
                }
            }
            found
        })
    }

    /// Most proposals that can be made: states times the changes of each package.
    fn proposal_bound(&self) -> u64 {
        let sizes = self.states.sizes();
        let changes = |package: &Package| package.issues.iter().map(|(i, _)| u64::from(sizes[*i])).product::<u64>();
        self.packages.iter().map(|p| changes(p).saturating_mul(self.states.state_count() as u64)).sum()
    }

    /// The conflict with these ranks: for each party one rank for each state.
    ///
    /// # Errors
    /// When consent takes more moves than the budget allows.
    pub fn model(&self, ranks: Vec<Vec<u32>>, budget: &Budget) -> Result<Model, StopReason> {
        let worse =
            |p: PartyId, from: StateId, to: StateId| ranks[p.index()][to.index()] < ranks[p.index()][from.index()];
        let consented = self.consented(&worse, budget)?;
        Ok(self.model_with_arcs(ranks, consented))
    }

    /// The same, where a party objects to a change as `objects` says: of a party, the
    /// state before and the state after.
    ///
    /// # Errors
    /// When consent takes more moves than the budget allows.
    pub fn model_where(
        &self,
        ranks: Vec<Vec<u32>>,
        objects: &dyn Fn(PartyId, StateId, StateId) -> bool,
        budget: &Budget,
    ) -> Result<Model, StopReason> {
        let consented = self.consented(objects, budget)?;
        Ok(self.model_with_arcs(ranks, consented))
    }

    /// Proposals to which nobody objects, by proposer.
    fn consented(
        &self,
        objects: &dyn Fn(PartyId, StateId, StateId) -> bool,
        budget: &Budget,
    ) -> Result<Consented, StopReason> {
        let mut arcs: Consented = vec![Vec::new(); self.situation.parties.len()];
        if self.proposal_bound() > budget.moves {
            return Err(StopReason::TooManyMoves { limit: budget.moves });
        }
        for (at, Proposal { package, from, to }) in self.proposals().iter().enumerate() {
            if at % 4096 == 0 {
                budget.check()?;
            }
            let setters = &self.packages[*package].setters;
            let mut objectors = setters.iter().filter(|p| objects(**p, *from, *to));
            let (first, second) = (objectors.next(), objectors.next());
            if second.is_some() {
                continue;
            }
            // One objector may still propose it: nobody asks whether it consents itself.
            let arc = (self.states.code(*from), self.states.code(*to));
            for proposer in setters.iter().filter(|p| first.is_none_or(|o| o == *p)) {
                arcs[proposer.index()].push(arc);
            }
        }
        Ok(arcs)
    }

    /// The conflict with these moves besides those that need nobody's consent.
    pub fn model_with_arcs(&self, ranks: Vec<Vec<u32>>, consented: Vec<Vec<(u32, u32)>>) -> Model {
        let mut arcs = self.arcs.clone();
        for (own, more) in arcs.iter_mut().zip(consented) {
            own.extend(more);
        }
        self.build(ranks, arcs)
    }

    fn build(&self, ranks: Vec<Vec<u32>>, arcs: Vec<Vec<(u32, u32)>>) -> Model {
        let mut builder = ModelBuilder::new(self.states.clone());
        let parties: Vec<_> =
            self.situation.parties.iter().map(|party| builder.decision_maker(party.name.clone())).collect();
        for (party, coordinate, transitions) in &self.control {
            builder.control(parties[party.index()], *coordinate, transitions.clone());
        }
        for (index, ((dm, ranks), arcs)) in parties.iter().zip(ranks).zip(arcs).enumerate() {
            builder.ranks(*dm, ranks);
            if !arcs.is_empty() {
                builder.arcs(*dm, arcs);
            }
            if let Some(hidden) = &self.unseen[index] {
                builder.unseen(*dm, hidden.clone());
            }
        }
        builder.build().unwrap_or_else(|fault| panic!("a checked situation lowers to a sound model: {fault}"))
    }
}

fn stop_reason(fault: &ModelError, limit: u64) -> StopReason {
    match fault {
        ModelError::TooManyStates { codes } => StopReason::TooManyStates { states: codes.to_string(), limit },
        other => panic!("a checked situation lowers to a sound space: {other}"),
    }
}

/// The transitions of an issue; of those that rules give only to one party, `by`'s.
fn transitions(moves: &Moves, by: Option<PartyId>, columns: &Columns<'_>, space: &Space) -> Transitions {
    let rules = match moves {
        Moves::Free => return Transitions::Free,
        Moves::Forward => return Transitions::Forward,
        Moves::Backward => return Transitions::Backward,
        Moves::Fixed => return Transitions::Fixed,
        Moves::Rules(rules) => rules,
    };
    let mine: Vec<_> =
        rules.iter().filter(|rule| by.is_none_or(|by| rule.by.is_empty() || rule.by.contains(&by))).collect();
    let pairs = |from: &[ValueId], to: &[ValueId]| -> Vec<(u32, u32)> {
        from.iter().flat_map(|f| to.iter().map(|t| (f.0, t.0))).filter(|(f, t)| f != t).collect()
    };
    if mine.iter().all(|rule| rule.when.is_none()) {
        let mut all: Vec<(u32, u32)> = mine.iter().flat_map(|rule| pairs(&rule.from, &rule.to)).collect();
        all.sort_unstable();
        all.dedup();
        return Transitions::Pairs(all);
    }
    let everywhere = || {
        let mut all = FixedBitSet::with_capacity(space.size() as usize);
        all.insert_range(..);
        all
    };
    Transitions::Guarded(
        mine.iter()
            .flat_map(|rule| {
                let guard = rule.when.as_ref().map_or_else(everywhere, |when| columns.holds(when));
                pairs(&rule.from, &rule.to).into_iter().map(move |(f, t)| (f, t, guard.clone()))
            })
            .collect(),
    )
}

/// The values of an outcome that a state stands for.
pub fn state_values(structure: &Structure<'_>, state: StateId) -> Vec<ValueId> {
    structure.space.values(u64::from(structure.states.code(state)))
}

/// Issues in which two outcomes differ.
pub fn changed_issues(before: &[ValueId], after: &[ValueId]) -> Vec<IssueId> {
    (0..before.len()).filter(|i| before[*i] != after[*i]).map(IssueId::from_index).collect()
}
