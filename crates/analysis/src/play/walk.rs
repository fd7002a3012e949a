//! From a game form to a tree: every way in which the steps can go.
//!
//! A player's information set is what it has learnt so far, in order, and what it may
//! choose: so nobody forgets anything.

use detente_base::{Budget, Exact, Span, StopReason};
use detente_game::{InfosetId, Mover, PlayerId, TreeBuilder};
use detente_scenario::expr::Expr;
use detente_scenario::expr::eval::{Interval, Point, Truth, amount, truth};
use detente_scenario::situation::{Chance, Issue, IssueId, Moves, ParameterOrNumber, PartyId, Situation, ValueId};
use rustc_hash::FxHashMap;

use super::lowered::{Ending, Known, Lowered, News, Types};
use super::program::{Op, Program};
use super::setting::{Setting, worth};
use crate::ask::{AskError, Obstacle};

/// Moves on the longest path that is followed.
const MOST_MOVES: usize = 1_000;

/// Who learns of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// Who the steps say.
    AsWritten,
    /// Everybody.
    TypesKnown,
}

impl Setting<'_> {
    /// The tree with these numbers.
    ///
    /// # Errors
    /// When the tree is larger than the budget allows.
    pub(super) fn lower(&self, point: &[Interval], sight: Sight, budget: &Budget) -> Result<Lowered, Obstacle> {
        let program = Program::new(self.form);
        let names: Vec<&str> =
            self.players.iter().map(|party| self.extended.parties[party.index()].name.as_str()).collect();
        let mut walk = Walk {
            setting: self,
            program: &program,
            point,
            sight,
            budget,
            limit: budget.states,
            builder: TreeBuilder::new(&self.form.name, &names),
            sets: FxHashMap::default(),
            known: Vec::new(),
            chances: FxHashMap::default(),
            worths: FxHashMap::default(),
            ends: Vec::new(),
            kinds: Vec::new(),
            drawn: Drawn::default(),
        };
        let state = State {
            values: self.start.clone(),
            types: vec![None; self.extended.parties.len()],
            discounts: vec![Exact::ONE; self.players.len()],
            paid: vec![Exact::ZERO; self.players.len()],
            rounds: vec![0; program.counters],
            news: vec![Vec::new(); self.players.len()],
            pending: None,
            moves: 0,
        };
        walk.go(0, state)?;
        let Walk { builder, known, ends, kinds, drawn, .. } = walk;
        let tree = builder.build().expect("steps give a tree");
        Ok(Lowered::new(tree, self.players.clone(), (known, ends), (kinds, drawn.list)))
    }
}

/// Where the steps are.
#[derive(Clone, Debug)]
struct State {
    values: Vec<ValueId>,
    types: Types,
    discounts: Vec<Exact>,
    paid: Vec<Exact>,
    rounds: Vec<u32>,
    /// For each player what it has learnt.
    news: Vec<Vec<News>>,
    /// What others learn when moves that are made together are over.
    pending: Option<Vec<(usize, News)>>,
    moves: usize,
}

/// A value, and its chance unless that is what others leave.
type Chanced = (ValueId, Option<Expr>);

/// What tells information sets apart: the player, the step, what it has learnt, its choices.
type SetKey = (usize, usize, Vec<News>, Vec<ValueId>);

struct Walk<'w, 'a> {
    setting: &'w Setting<'a>,
    program: &'w Program<'w>,
    point: &'w [Interval],
    sight: Sight,
    budget: &'w Budget,
    limit: u64,
    builder: TreeBuilder,
    sets: FxHashMap<SetKey, InfosetId>,
    known: Vec<Known>,
    chances: FxHashMap<(usize, Vec<usize>), InfosetId>,
    worths: FxHashMap<(usize, usize, Vec<ValueId>), Exact>,
    ends: Vec<Ending>,
    kinds: Vec<u32>,
    drawn: Drawn,
}

/// Types that are drawn somewhere, each listed once.
#[derive(Debug, Default)]
struct Drawn {
    list: Vec<Types>,
    numbers: FxHashMap<Types, u32>,
}

impl Drawn {
    fn number(&mut self, types: &Types) -> u32 {
        if let Some(found) = self.numbers.get(types) {
            return *found;
        }
        let number = self.list.len() as u32;
        self.list.push(types.clone());
        self.numbers.insert(types.clone(), number);
        number
    }
}

impl Walk<'_, '_> {
    /// Follows the steps from one on.
    fn go(&mut self, mut at: usize, mut state: State) -> Result<(), Obstacle> {
        loop {
            match self.program.ops[at] {
                Op::Unless(condition, target) => at = if self.holds(condition, &state) { at + 1 } else { target },
                Op::Pay(amounts) => {
                    for (party, expr) in amounts {
                        if let Some(player) = self.player(*party) {
                            let gain = &self.amount(expr, &state) * &state.discounts[player];
                            state.paid[player] = &state.paid[player] + &gain;
                        }
                    }
                    at += 1;
                }
                Op::Discount(amounts) => {
                    for (party, expr) in amounts {
                        let factor = self.amount(expr, &state);
                        for player in 0..state.discounts.len() {
                            if party.is_none_or(|party| self.player(party) == Some(player)) {
                                state.discounts[player] = &state.discounts[player] * &factor;
                            }
                        }
                    }
                    at += 1;
                }
                Op::Enter(counter) => {
                    state.rounds[counter] = 1;
                    at += 1;
                }
                Op::Again { counter, times, until, start } => {
                    let over = state.rounds[counter] >= times || until.is_some_and(|until| self.holds(until, &state));
                    if over {
                        at += 1;
                    } else {
                        state.rounds[counter] += 1;
                        at = start;
                    }
                }
                Op::Hold => {
                    state.pending = Some(Vec::new());
                    at += 1;
                }
                Op::Release => {
                    for (player, news) in state.pending.take().unwrap_or_default() {
                        state.news[player].push(news);
                    }
                    at += 1;
                }
                Op::End => return self.end(&state),
                Op::Type { party, step } => return self.types(at, state, (party, step.seen_by.as_deref())),
                Op::Chance { what, values, step } => {
                    return self.chance(at, state, (what, values, step.seen_by.as_deref()));
                }
                Op::Move { party, what, values, step } => {
                    let player = self.player(party).expect("whoever moves plays");
                    let open = self.open(what, values, &state);
                    let key = (player, at, state.news[player].clone(), open.clone());
                    let set = self.set(key, (party, what, step.origin.span));
                    self.step_in(&mut state)?;
                    self.decide(set, &state);
                    for value in open {
                        let mut after = state.clone();
                        self.give(&mut after, (what, value), (Some(player), step.seen_by.as_deref()));
                        self.go(at + 1, after)?;
                    }
                    return Ok(());
                }
            }
        }
    }

    /// Counts a move, and ends what is too large.
    fn step_in(&self, state: &mut State) -> Result<(), Obstacle> {
        state.moves += 1;
        if state.moves > MOST_MOVES {
            return Err(StopReason::TooManyCases { limit: MOST_MOVES as u64 }.into());
        }
        self.grown()
    }

    fn grown(&self) -> Result<(), Obstacle> {
        let nodes = self.builder.node_count() as u64;
        if nodes.is_multiple_of(1024) {
            self.budget.check()?;
        }
        if nodes >= self.limit {
            return Err(StopReason::GameTooLarge { nodes: format!("more than {nodes}"), limit: self.limit }.into());
        }
        Ok(())
    }

    fn decide(&mut self, set: InfosetId, state: &State) {
        self.builder.decision(set);
        self.kinds.push(self.drawn.number(&state.types));
    }

    fn player(&self, party: PartyId) -> Option<usize> {
        self.setting.players.iter().position(|player| *player == party)
    }

    fn holds(&self, condition: &Expr, state: &State) -> bool {
        truth(condition, &self.at(state)) == Truth::True
    }

    fn amount(&self, expr: &Expr, state: &State) -> Exact {
        amount(expr, &self.at(state)).expect("a checked amount is a number at a point").low
    }

    fn at<'s>(&'s self, state: &'s State) -> Point<'s> {
        Point::new(self.setting.extended, &state.values, self.point)
    }

    /// The values that a choice may take now.
    fn open(&self, what: IssueId, values: &[ValueId], state: &State) -> Vec<ValueId> {
        let issue = &self.setting.extended.issues[what.index()];
        let now = state.values[what.index()];
        let allowed = |value: &ValueId| *value == now || may_change(issue, now, *value);
        let open: Vec<ValueId> = values.iter().copied().filter(allowed).collect();
        // A choice without a way out is none: things stay as they are.
        if open.is_empty() { vec![now] } else { open }
    }

    /// The information set of a key, made when it is first met.
    fn set(&mut self, key: SetKey, (party, what, span): (PartyId, IssueId, Span)) -> InfosetId {
        if let Some(found) = self.sets.get(&key) {
            return *found;
        }
        let issue = &self.setting.extended.issues[what.index()];
        let labels: Vec<&str> = key.3.iter().map(|value| issue.values[value.index()].id.as_str()).collect();
        let mover = Mover::Player(PlayerId::from_index(key.0));
        let set = self.builder.infoset(mover, &issue.id, &labels);
        self.known.push(Known { infoset: set, party, what, values: key.3.clone(), news: key.2.clone(), span });
        self.sets.insert(key, set);
        set
    }

    /// Gives an issue a value, and tells those who learn of it.
    fn give(
        &self,
        state: &mut State,
        (what, value): (IssueId, ValueId),
        (by, seen_by): (Option<usize>, Option<&[PartyId]>),
    ) {
        state.values[what.index()] = value;
        self.tell(state, News::Value(what, value), (by, seen_by));
    }

    fn tell(&self, state: &mut State, news: News, (by, seen_by): (Option<usize>, Option<&[PartyId]>)) {
        for player in 0..self.setting.players.len() {
            if by == Some(player) {
                state.news[player].push(news);
            } else if seen_by.is_none_or(|parties| parties.contains(&self.setting.players[player])) {
                match &mut state.pending {
                    Some(pending) => pending.push((player, news)),
                    None => state.news[player].push(news),
                }
            }
        }
    }

    /// Draws the type of a party.
    fn types(
        &mut self,
        at: usize,
        mut state: State,
        (party, seen_by): (PartyId, Option<&[PartyId]>),
    ) -> Result<(), Obstacle> {
        let types = &self.setting.extended.preferences[party.index()].types;
        let chances = type_chances(self.setting.extended, party, self.point);
        check_chances(&chances, &self.setting.extended.parties[party.index()].id)?;
        let open: Vec<usize> = (0..types.len()).filter(|kind| chances[*kind].signum() > 0).collect();
        let labels: Vec<&str> = open.iter().map(|kind| types[*kind].id.as_deref().unwrap_or("")).collect();
        let own = self.player(party);
        let about = format!("type of {}", self.setting.extended.parties[party.index()].id);
        let set = self.chance_set(
            (at, open.clone()),
            (&about, &labels),
            open.iter().map(|kind| chances[*kind].clone()).collect(),
        );
        self.step_in(&mut state)?;
        self.decide(set, &state);
        for kind in open {
            let mut after = state.clone();
            after.types[party.index()] = Some(kind);
            // Nobody but the party learns its type, unless the step says so.
            let learners = match self.sight {
                Sight::AsWritten => Some(seen_by.unwrap_or(&[])),
                Sight::TypesKnown => None,
            };
            self.tell(&mut after, News::Type(party, kind), (own, learners));
            self.go(at + 1, after)?;
        }
        Ok(())
    }

    fn chance_set(
        &mut self,
        key: (usize, Vec<usize>),
        (about, labels): (&str, &[&str]),
        chances: Vec<Exact>,
    ) -> InfosetId {
        if let Some(found) = self.chances.get(&key) {
            return *found;
        }
        let set = self.builder.chance_set(about, labels, &chances);
        self.chances.insert(key, set);
        set
    }

    /// Chance gives an issue a value.
    fn chance(
        &mut self,
        at: usize,
        mut state: State,
        (what, values, seen_by): (IssueId, &[Chanced], Option<&[PartyId]>),
    ) -> Result<(), Obstacle> {
        let given: Vec<Option<Exact>> =
            values.iter().map(|(_, chance)| chance.as_ref().map(|expr| self.amount(expr, &state))).collect();
        let sum: Exact = given.iter().flatten().cloned().sum();
        let chances: Vec<Exact> =
            given.into_iter().map(|chance| chance.unwrap_or_else(|| &Exact::ONE - &sum)).collect();
        check_chances(&chances, &self.setting.extended.issues[what.index()].id)?;
        let open: Vec<usize> = (0..values.len()).filter(|value| chances[*value].signum() > 0).collect();
        let issue = &self.setting.extended.issues[what.index()];
        let labels: Vec<&str> = open.iter().map(|at| issue.values[values[*at].0.index()].id.as_str()).collect();
        let own = open.iter().map(|at| chances[*at].clone()).collect();
        let set = self.chance_set((at, open.clone()), (&issue.id, &labels), own);
        self.step_in(&mut state)?;
        self.decide(set, &state);
        for place in open {
            let mut after = state.clone();
            self.give(&mut after, (what, values[place].0), (None, seen_by));
            self.go(at + 1, after)?;
        }
        Ok(())
    }

    fn end(&mut self, state: &State) -> Result<(), Obstacle> {
        self.grown()?;
        let mut payoffs = Vec::with_capacity(self.setting.players.len());
        for player in 0..self.setting.players.len() {
            let worth = self.worth(player, state);
            payoffs.push(&(&worth * &state.discounts[player]) + &state.paid[player]);
        }
        let node = self.builder.terminal(payoffs);
        self.kinds.push(self.drawn.number(&state.types));
        self.ends.push(Ending { node, values: state.values.clone() });
        Ok(())
    }

    /// What the outcome is worth to a player of its type.
    fn worth(&mut self, player: usize, state: &State) -> Exact {
        let party = self.setting.players[player];
        let kind = state.types[party.index()].unwrap_or(0);
        let own = state.values[..self.setting.own_issues()].to_vec();
        if let Some(found) = self.worths.get(&(player, kind, own.clone())) {
            return found.clone();
        }
        let at = self.at(state);
        let worth = worth(&self.setting.extended.preferences[party.index()].types[kind].form, &at);
        self.worths.insert((player, kind, own), worth.clone());
        worth
    }
}

/// Chances of a file are checked over all ranges; a number that was set may spoil them.
fn check_chances(chances: &[Exact], what: &str) -> Result<(), Obstacle> {
    let sum: Exact = chances.iter().cloned().sum();
    match chances.iter().find(|chance| chance.signum() < 0) {
        Some(bad) => {
            let message = format!("with these values a chance of `{what}` is {bad}; expected one from 0 to 1");
            Err(AskError::new(message, Some("set another value".into())).into())
        }
        None if sum != Exact::ONE => {
            let message = format!("with these values the chances of `{what}` add up to {sum}; expected 1");
            Err(AskError::new(message, Some("set another value".into())).into())
        }
        None => Ok(()),
    }
}

/// Whether the rules of an issue let one value follow another.
fn may_change(issue: &Issue, from: ValueId, to: ValueId) -> bool {
    match &issue.moves {
        Moves::Free => true,
        Moves::Forward => to > from,
        Moves::Backward => to < from,
        Moves::Fixed => false,
        // Which party a rule is for, and where, the steps say themselves.
        Moves::Rules(rules) => rules.iter().any(|rule| rule.from.contains(&from) && rule.to.contains(&to)),
    }
}

/// The chances of a party's types at a point.
pub(super) fn type_chances(situation: &Situation, party: PartyId, point: &[Interval]) -> Vec<Exact> {
    let types = &situation.preferences[party.index()].types;
    let given = |chance: &Option<Chance>| match chance {
        Some(Chance::Given(ParameterOrNumber::Number(number))) => Some(number.clone()),
        Some(Chance::Given(ParameterOrNumber::Parameter(id))) => Some(point[id.index()].low.clone()),
        Some(Chance::Rest) | None => None,
    };
    let sum: Exact = types.iter().filter_map(|variant| given(&variant.chance)).sum();
    types.iter().map(|variant| given(&variant.chance).unwrap_or_else(|| &Exact::ONE - &sum)).collect()
}
