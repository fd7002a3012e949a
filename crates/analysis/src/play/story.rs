//! An equilibrium of a lowered game in the words of the file.

use std::collections::BTreeMap;

use detente_base::{Exact, SourceText};
use detente_game::{Assessment, NodeId};
use detente_scenario::expr::eval::{Interval, Point, Truth, truth};
use detente_scenario::situation::{NamedOutcome, PartyId, ValueId};

use super::answer::{
    ActView, ActionView, BeliefView, EquilibriumView, Fact, NamedChance, OutcomeChance, PayoffView, SetView,
};
use super::bluffs::bluffs;
use super::lowered::{Known, Lowered, News};
use super::search::Found;
use super::setting::Setting;

/// A game, and the words for it.
pub(super) struct Story<'a> {
    pub(super) source: &'a SourceText,
    pub(super) setting: &'a Setting<'a>,
    pub(super) lowered: &'a Lowered,
    /// The parameters.
    pub(super) point: &'a [Interval],
    /// What the status quo is worth to each player.
    pub(super) status_quo: Option<&'a [Exact]>,
}

impl Story<'_> {
    /// The whole story of an equilibrium; `revealed` is how the game is played if all types
    /// are known.
    pub(super) fn told(&self, found: &Found, revealed: Option<&(Lowered, Assessment)>) -> EquilibriumView {
        let assessment = &found.assessment;
        let reach = assessment.behaviour().reach(&self.lowered.tree);
        let (sets, places) = self.sets(assessment, &reach);
        EquilibriumView {
            strength: found.strength,
            max_regret: found.regret.max(),
            found: found.count,
            payoffs: self.payoffs(&found.regret.payoffs, &reach),
            bluffs: revealed.map_or_else(Vec::new, |revealed| bluffs(self, assessment, revealed, (&sets, &places))),
            sets,
            outcomes: self.outcomes(&reach),
            named: self.named(&reach),
        }
    }

    pub(super) fn party(&self, party: PartyId) -> String {
        self.setting.extended.parties[party.index()].id.clone()
    }

    pub(super) fn type_name(&self, party: PartyId, kind: usize) -> String {
        let types = &self.setting.extended.preferences[party.index()].types;
        types[kind].id.clone().unwrap_or_else(|| (kind + 1).to_string())
    }

    fn fact(&self, news: &News) -> Fact {
        match *news {
            News::Type(party, kind) => {
                Fact { what: format!("type of {}", self.party(party)), value: self.type_name(party, kind) }
            }
            News::Value(what, value) => {
                let issue = &self.setting.extended.issues[what.index()];
                Fact { what: issue.id.clone(), value: issue.values[value.index()].id.clone() }
            }
        }
    }

    /// The player's own type at a set, and what else it has learnt.
    pub(super) fn knowledge(&self, set: &Known) -> (Option<usize>, Vec<Fact>) {
        let own = set.news.iter().find_map(|news| match news {
            News::Type(party, kind) if *party == set.party => Some(*kind),
            _ => None,
        });
        let other = |news: &&News| !matches!(news, News::Type(party, _) if *party == set.party);
        (own, set.news.iter().filter(other).map(|news| self.fact(news)).collect())
    }

    /// All sets, reached ones first, and for each set of the tree its place among them.
    fn sets(&self, assessment: &Assessment, reach: &[Exact]) -> (Vec<SetView>, Vec<usize>) {
        let tree = &self.lowered.tree;
        let worths = assessment.action_worths(tree);
        let reached =
            |set: &Known| -> Exact { tree.members(set.infoset).iter().map(|node| reach[node.index()].clone()).sum() };
        let chances: Vec<Exact> = self.lowered.sets.iter().map(reached).collect();
        let mut order: Vec<usize> = (0..chances.len()).collect();
        // As the game goes on; who knows less has moved before who knows more.
        order.sort_by_key(|at| {
            let set = &self.lowered.sets[*at];
            (
                chances[*at].is_zero(),
                set.news.iter().filter(|news| matches!(news, News::Value(..))).count(),
                set.span.start,
            )
        });
        let mut places = vec![0; order.len()];
        order.iter().enumerate().for_each(|(place, at)| places[*at] = place);
        let view = |at: &usize| {
            let set = &self.lowered.sets[*at];
            let (own, knows) = self.knowledge(set);
            let issue = &self.setting.extended.issues[set.what.index()];
            let actions = tree.infoset(set.infoset).actions.clone().zip(&set.values);
            let action = |(action, value): (usize, &ValueId)| ActionView {
                value: issue.values[value.index()].id.clone(),
                chance: assessment.behaviour().of(action).clone(),
                worth: worths[action].clone(),
            };
            SetView {
                party: self.party(set.party),
                own_type: own.map(|kind| self.type_name(set.party, kind)),
                line: self.source.position(set.span.start).0,
                knows,
                what: issue.id.clone(),
                actions: actions.map(action).collect(),
                reached: chances[*at].clone(),
                beliefs: self.beliefs(assessment, set),
            }
        };
        (order.iter().map(view).collect(), places)
    }

    /// What is believed at a set of the types of others that are not known there.
    fn beliefs(&self, assessment: &Assessment, set: &Known) -> Vec<BeliefView> {
        let tree = &self.lowered.tree;
        let chances = assessment.beliefs(tree, set.infoset);
        let parties = (0..self.setting.extended.parties.len()).map(PartyId::from_index);
        let told = |about: PartyId| set.news.iter().any(|news| matches!(news, News::Type(party, _) if *party == about));
        let view = |about: PartyId| {
            let mut types: BTreeMap<usize, Exact> = BTreeMap::new();
            for (node, chance) in tree.members(set.infoset).iter().zip(&chances) {
                let sum = types.entry(self.lowered.types(*node)[about.index()]?).or_insert(Exact::ZERO);
                *sum = &*sum + chance;
            }
            let types = types.into_iter().map(|(kind, chance)| (self.type_name(about, kind), chance)).collect();
            Some(BeliefView { about: self.party(about), types })
        };
        parties.filter(|about| *about != set.party && !told(*about)).filter_map(view).collect()
    }

    fn payoffs(&self, expected: &[Exact], reach: &[Exact]) -> Vec<PayoffView> {
        let lowered = self.lowered;
        let view = |(player, party): (usize, &PartyId)| {
            let mut by_type: BTreeMap<usize, (Exact, Exact)> = BTreeMap::new();
            for end in lowered.ends.iter().filter(|end| !reach[end.node.index()].is_zero()) {
                let Some(kind) = lowered.types(end.node)[party.index()] else { continue };
                let chance = &reach[end.node.index()];
                let paid = self.paid(end.node, player);
                let (mass, sum) = by_type.entry(kind).or_insert((Exact::ZERO, Exact::ZERO));
                *mass = &*mass + chance;
                *sum = &*sum + &(chance * &paid);
            }
            let mean = |(kind, (mass, sum)): (usize, (Exact, Exact))| {
                (self.type_name(*party, kind), sum.checked_div(&mass).expect("what is reached has a chance"))
            };
            PayoffView {
                party: self.party(*party),
                expected: expected[player].clone(),
                by_type: by_type.into_iter().map(mean).collect(),
                status_quo: self.status_quo.map(|worth| worth[player].clone()),
            }
        };
        lowered.players.iter().enumerate().map(view).collect()
    }

    /// Everything is paid at the end.
    fn paid(&self, end: NodeId, player: usize) -> Exact {
        let tree = &self.lowered.tree;
        tree.outcome_at(end).map_or(Exact::ZERO, |outcome| tree.outcome(outcome).payoffs[player].clone())
    }

    /// What the game settles: issues and choices that do not end the same always.
    fn settled(&self) -> Vec<usize> {
        let ends = &self.lowered.ends;
        let Some(first) = ends.first() else { return Vec::new() };
        (0..first.values.len()).filter(|at| ends.iter().any(|end| end.values[*at] != first.values[*at])).collect()
    }

    pub(super) fn outcomes(&self, reach: &[Exact]) -> Vec<OutcomeChance> {
        let settled = self.settled();
        let players = self.lowered.players.len();
        let mut sums: BTreeMap<Vec<ValueId>, (Exact, Vec<Exact>)> = BTreeMap::new();
        for end in self.lowered.ends.iter().filter(|end| !reach[end.node.index()].is_zero()) {
            let key = settled.iter().map(|at| end.values[*at]).collect();
            let (mass, paid) = sums.entry(key).or_insert_with(|| (Exact::ZERO, vec![Exact::ZERO; players]));
            let chance = &reach[end.node.index()];
            *mass = &*mass + chance;
            paid.iter_mut()
                .enumerate()
                .for_each(|(player, sum)| *sum = &*sum + &(chance * &self.paid(end.node, player)));
        }
        let view = |(key, (mass, paid)): (Vec<ValueId>, (Exact, Vec<Exact>))| {
            let fact = |(at, value): (&usize, &ValueId)| {
                let issue = &self.setting.extended.issues[*at];
                Fact { what: issue.id.clone(), value: issue.values[value.index()].id.clone() }
            };
            OutcomeChance {
                values: settled.iter().zip(&key).map(fact).collect(),
                payoffs: paid.iter().map(|sum| sum.checked_div(&mass).expect("what is reached has a chance")).collect(),
                chance: mass,
            }
        };
        let mut outcomes: Vec<OutcomeChance> = sums.into_iter().map(view).collect();
        outcomes.sort_by(|a, b| b.chance.cmp(&a.chance));
        outcomes
    }

    /// How likely the outcomes are that have a name.
    pub(super) fn named(&self, reach: &[Exact]) -> Vec<NamedChance> {
        let extended = self.setting.extended;
        let mut sums = vec![Exact::ZERO; extended.outcomes.len()];
        for end in self.lowered.ends.iter().filter(|end| !reach[end.node.index()].is_zero()) {
            let at = Point::new(extended, &end.values, self.point);
            let holds = extended.outcomes.iter().map(|outcome| truth(&outcome.when, &at) == Truth::True);
            for (sum, _) in sums.iter_mut().zip(holds).filter(|(_, holds)| *holds) {
                *sum = &*sum + &reach[end.node.index()];
            }
        }
        let view = |(outcome, chance): (&NamedOutcome, Exact)| NamedChance {
            id: outcome.id.clone(),
            name: outcome.name.clone(),
            chance,
        };
        extended.outcomes.iter().zip(sums).map(view).collect()
    }

    /// How likely each act is where the game may get to.
    pub(super) fn act_chances(&self, assessment: &Assessment) -> Vec<(ActView, Exact)> {
        let tree = &self.lowered.tree;
        let reach = assessment.behaviour().reach(tree);
        let mut acts = Vec::new();
        for set in &self.lowered.sets {
            if tree.members(set.infoset).iter().all(|node| reach[node.index()].is_zero()) {
                continue;
            }
            let (own, knows) = self.knowledge(set);
            let issue = &self.setting.extended.issues[set.what.index()];
            for (action, value) in tree.infoset(set.infoset).actions.clone().zip(&set.values) {
                let act = ActView {
                    party: self.party(set.party),
                    own_type: own.map(|kind| self.type_name(set.party, kind)),
                    knows: knows.clone(),
                    what: issue.id.clone(),
                    value: issue.values[value.index()].id.clone(),
                };
                acts.push((act, assessment.behaviour().of(action).clone()));
            }
        }
        acts.sort();
        acts
    }
}
