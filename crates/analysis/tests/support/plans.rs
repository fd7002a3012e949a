//! Games and answers in the terms of realization plans.

use std::ops::Range;

use detente_analysis::games::answer::{GameEquilibrium, GameSolution, Named};
use detente_analysis::games::{Game, read_game};
use detente_base::{Budget, Exact, SourceText};
use detente_game::regret::{in_table, on_tree};
use detente_game::{Behaviour, Leaf, Mover, PlayerId, ReducedForm, SequenceForm, StrategicGame, Tree};
use serde_json::Value;

use super::expected::number;

/// For each player the weights of its sequences; in a table, of its strategies.
pub type Plans = Vec<Vec<Exact>>;

/// A game with what plans need.
#[expect(clippy::large_enum_variant, reason = "there are few, and most are trees")]
pub enum Known {
    Tree { tree: Tree, form: SequenceForm, reduced: Option<ReducedForm> },
    Table(StrategicGame),
}

impl Known {
    /// A game from a file; also as the solver takes it.
    pub fn read(name: &str, text: &str) -> (Game, Self) {
        let (game, _) = read_game(&SourceText::new(name, text));
        let game = game.unwrap_or_else(|| panic!("{name} is no game"));
        let known = match &game {
            Game::Table(table) => Self::Table(table.clone()),
            Game::Tree(read) => {
                let form = SequenceForm::new(&read.tree).unwrap_or_else(|_| panic!("{name}: somebody forgets"));
                let reduced = ReducedForm::new(&read.tree, form.clone(), &Budget::default()).ok();
                Self::Tree { tree: read.tree.clone(), form, reduced }
            }
        };
        (game, known)
    }

    pub fn players(&self) -> usize {
        match self {
            Self::Tree { tree, .. } => tree.player_count(),
            Self::Table(table) => table.player_count(),
        }
    }

    /// The table of which equilibria are listed.
    pub fn table(&self) -> Option<&StrategicGame> {
        match self {
            Self::Tree { reduced, .. } => reduced.as_ref().map(|reduced| &reduced.game),
            Self::Table(table) => Some(table),
        }
    }

    /// The plans of mixed strategies of that table.
    pub fn plans_of(&self, mixed: &[Vec<Exact>]) -> Plans {
        match self {
            Self::Tree { reduced, .. } => reduced.as_ref().expect("a table").plans(mixed),
            Self::Table(_) => mixed.to_vec(),
        }
    }

    /// Whether payoffs add up to the same everywhere.
    pub fn is_constant_sum(&self) -> bool {
        match self {
            Self::Tree { tree, .. } => tree.constant_sum().is_some(),
            Self::Table(table) => {
                let mut sums = (0..table.profile_count()).map(|at| table.payoffs(at).iter().cloned().sum::<Exact>());
                let first = sums.next();
                sums.all(|sum| Some(sum) == first)
            }
        }
    }

    /// The plans of a stated profile, which has probabilities of strategies, or of actions at
    /// each information set; nothing if it is no such profile.
    pub fn stated(&self, profile: &Value) -> Option<Plans> {
        let players = profile.as_array()?;
        if players.len() != self.players() {
            return None;
        }
        let flat = players.iter().any(|own| own[0].is_string() || own[0].is_number());
        let lists = |value: &Value| value.as_array()?.iter().map(number).collect::<Option<Vec<Exact>>>();
        match self {
            Self::Tree { tree, form, .. } if !flat => Some(plans(form, &stated_behaviour(tree, profile)?)),
            _ => {
                let mixed: Option<Vec<Vec<Exact>>> = players.iter().map(|own| Some(scaled(lists(own)?))).collect();
                self.strategic_plans(&mixed?)
            }
        }
    }

    fn strategic_plans(&self, mixed: &[Vec<Exact>]) -> Option<Plans> {
        let Self::Tree { tree, reduced, .. } = self else {
            let Self::Table(table) = self else { return None };
            return (mixed.iter().map(Vec::len).eq(table.sizes())).then(|| mixed.to_vec());
        };
        let reduced = reduced.as_ref()?;
        let sizes = reduced.game.sizes();
        if !mixed.iter().map(Vec::len).eq(sizes.iter().copied()) {
            return None;
        }
        let own = |player: usize| -> Vec<Exact> {
            let mut sorted = vec![Exact::ZERO; sizes[player]];
            let order = as_stated(tree, reduced, &sizes, player);
            order.iter().zip(&mixed[player]).for_each(|(at, weight)| sorted[*at] = weight.clone());
            sorted
        };
        let mixed: Vec<Vec<Exact>> = (0..sizes.len()).map(own).collect();
        Some(reduced.plans(&mixed))
    }

    /// The plans of an equilibrium of an answer.
    pub fn told(&self, answer: &GameSolution) -> Vec<Plans> {
        answer.equilibria.iter().map(|one| self.told_one(one)).collect()
    }

    fn told_one(&self, one: &GameEquilibrium) -> Plans {
        let exact = one.exact.as_ref().map(|exact| &exact.strategies);
        match self {
            Self::Table(_) => match exact {
                Some(exact) => exact.0.iter().map(|(_, own)| flat(&own.0, Clone::clone)).collect(),
                None => one.strategies.0.iter().map(|(_, own)| scaled(flat(&own.0, |value| near(*value)))).collect(),
            },
            Self::Tree { tree, form, .. } => {
                let values: Vec<Vec<Exact>> = match exact {
                    Some(exact) => exact.0.iter().map(|(_, own)| flat(&own.0, Clone::clone)).collect(),
                    None => one.strategies.0.iter().map(|(_, own)| flat(&own.0, |value| near(*value))).collect(),
                };
                let mut all = vec![Exact::ZERO; tree.action_count()];
                for (player, own) in values.into_iter().enumerate() {
                    actions(tree, player).into_iter().flatten().zip(own).for_each(|(at, value)| all[at] = value);
                }
                plans(form, &behaviour(tree, all))
            }
        }
    }

    /// The most that anybody could gain.
    pub fn regret(&self, plans: &Plans) -> Exact {
        match self {
            Self::Table(table) => in_table(table, plans).max(),
            Self::Tree { tree, form, .. } => on_tree(tree, &form.behaviour(tree, plans)).expect("recall").max(),
        }
    }

    /// How likely each end is, where sequences meet.
    pub fn ends(&self, plans: &Plans) -> Vec<Exact> {
        match self {
            Self::Table(_) => plans.concat(),
            Self::Tree { form, .. } => {
                let of = |leaf: &Leaf| {
                    let own = leaf.sequences.iter().zip(plans).map(|(sequence, plan)| &plan[*sequence as usize]);
                    own.fold(leaf.chance.clone(), |product, weight| &product * weight)
                };
                form.leaves.iter().map(of).collect()
            }
        }
    }
}

/// For each information set of a player, in the order of their numbers, its actions.
fn actions(tree: &Tree, player: usize) -> Vec<Range<usize>> {
    let own = tree.infosets().filter(|(_, set)| set.mover == Mover::Player(PlayerId::from_index(player)));
    own.map(|(_, set)| set.actions.clone()).collect()
}

/// The same in the order in which the tree comes to them, as the other program has them.
fn met(tree: &Tree, player: usize) -> Vec<Range<usize>> {
    let own = tree.infosets().filter(|(_, set)| set.mover == Mover::Player(PlayerId::from_index(player)));
    let mut sets: Vec<_> = own.map(|(id, set)| (tree.members(id)[0], set.actions.clone())).collect();
    sets.sort_by_key(|(first, _)| *first);
    sets.into_iter().map(|(_, actions)| actions).collect()
}

/// The behaviour of a profile with probabilities of actions at each information set.
pub fn stated_behaviour(tree: &Tree, profile: &Value) -> Option<Behaviour> {
    let mut all = vec![Exact::ZERO; tree.action_count()];
    for (player, own) in profile.as_array()?.iter().enumerate() {
        let (sets, stated) = (met(tree, player), own.as_array()?);
        if sets.len() != stated.len() {
            return None;
        }
        for (set, values) in sets.into_iter().zip(stated) {
            let values = values.as_array()?;
            if set.len() != values.len() {
                return None;
            }
            for (at, value) in set.zip(values) {
                all[at] = number(value)?;
            }
        }
    }
    Some(behaviour(tree, all))
}

/// Whether nobody gains by another action at one information set alone.
pub fn holds_at_each_set(tree: &Tree, behaviour: &Behaviour) -> bool {
    let paid = |behaviour: &Behaviour| on_tree(tree, behaviour).expect("recall").payoffs;
    let now = paid(behaviour);
    let own = tree.infosets().filter_map(|(_, set)| Some((set.mover.player()?.index(), set.actions.clone())));
    own.flat_map(|(player, set)| set.clone().map(move |action| (player, set.clone(), action))).all(
        |(player, set, action)| {
            let mut changed = behaviour.probabilities().to_vec();
            changed[set].fill(Exact::ZERO);
            changed[action] = Exact::ONE;
            paid(&Behaviour::new(tree, changed).expect("probabilities"))[player] <= now[player]
        },
    )
}

fn behaviour(tree: &Tree, mut all: Vec<Exact>) -> Behaviour {
    for (_, set) in tree.infosets().filter(|(_, set)| set.mover != Mover::Chance) {
        let own = scaled(all[set.actions.clone()].to_vec());
        all[set.actions.clone()].clone_from_slice(&own);
    }
    Behaviour::new(tree, all).expect("probabilities")
}

fn plans(form: &SequenceForm, behaviour: &Behaviour) -> Plans {
    (0..form.players.len()).map(|player| form.plan(PlayerId::from_index(player), behaviour)).collect()
}

/// Strategies of the reduced table in the order of their actions at one set after the other.
fn as_stated(tree: &Tree, reduced: &ReducedForm, sizes: &[usize], player: usize) -> Vec<usize> {
    let sequences = reduced.sequences(PlayerId::from_index(player));
    let sets = met(tree, player);
    let key = |strategy: &usize| -> Vec<Option<usize>> {
        let pure = |(other, size): (usize, &usize)| {
            let chosen = if other == player { *strategy } else { 0 };
            (0..*size).map(|at| if at == chosen { Exact::ONE } else { Exact::ZERO }).collect()
        };
        let mixed: Vec<Vec<Exact>> = sizes.iter().enumerate().map(pure).collect();
        let plan = &reduced.plans(&mixed)[player];
        let played =
            |action: usize| sequences.actions.iter().zip(plan).any(|(own, weight)| *own == action && !weight.is_zero());
        sets.iter().map(|set| set.clone().position(played)).collect()
    };
    let mut order: Vec<usize> = (0..sizes[player]).collect();
    order.sort_by_cached_key(key);
    order
}

/// Numbers that add up to one.
fn scaled(own: Vec<Exact>) -> Vec<Exact> {
    let sum: Exact = own.iter().cloned().sum();
    own.iter().map(|value| value.checked_div(&sum).expect("not zero")).collect()
}

fn near(value: f64) -> Exact {
    format!("{value:e}").parse().expect("a number")
}

fn flat<T>(sets: &[(String, Named<T>)], value: impl Fn(&T) -> Exact) -> Vec<Exact> {
    sets.iter().flat_map(|(_, own)| &own.0).map(|(_, own)| value(own)).collect()
}
