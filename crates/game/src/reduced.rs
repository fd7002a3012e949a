//! The reduced strategic form of a tree: strategies that say what to do only where they lead.

use detente_base::{Budget, Exact, StopReason};

use crate::{Behaviour, PlayerId, SequenceForm, SequencePlayer, StrategicGame, Tree};

/// Most profiles of a table that is made of a tree.
const MOST_PROFILES: usize = 1 << 20;

/// A tree as a table.
#[derive(Clone, Debug)]
pub struct ReducedForm {
    /// The table. A strategy is named by its actions.
    pub game: StrategicGame,
    form: SequenceForm,
    /// For each player and strategy the sequences that it plays, ascending.
    plays: Vec<Vec<Vec<u32>>>,
}

impl ReducedForm {
    /// For each player the number of its reduced strategies; nothing if it exceeds 64 bits.
    pub fn sizes(form: &SequenceForm) -> Option<Vec<usize>> {
        form.players.iter().map(count).collect()
    }

    /// The table of a tree with perfect recall.
    ///
    /// Cost: for each end the profiles that lead there.
    ///
    /// # Errors
    /// When there are more than 2²⁰ profiles, or the budget is used up.
    ///
    /// # Panics
    /// If a player has forgotten something; [`SequenceForm::new`] says so before.
    pub fn new(tree: &Tree, form: SequenceForm, budget: &Budget) -> Result<Self, StopReason> {
        let profiles =
            Self::sizes(&form).and_then(|counts| counts.iter().try_fold(1_usize, |n, own| n.checked_mul(*own)));
        let profiles = profiles.filter(|profiles| *profiles <= MOST_PROFILES);
        let Some(profiles) = profiles else { return Err(StopReason::TooManyCases { limit: MOST_PROFILES as u64 }) };
        let plays: Vec<Vec<Vec<u32>>> = form.players.iter().map(strategies).collect();
        let players = form.players.len();
        let mut payoffs = vec![Exact::ZERO; profiles * players];
        let mut stride = vec![1_usize; players];
        for player in 1..players {
            stride[player] = stride[player - 1] * plays[player - 1].len();
        }
        // For each player and sequence the strategies that play it.
        let playing: Vec<Vec<Vec<usize>>> =
            plays.iter().zip(&form.players).map(|(own, all)| playing(own, all)).collect();
        for leaf in &form.leaves {
            budget.check()?;
            let mut reached = vec![0_usize];
            for (player, sequence) in leaf.sequences.iter().enumerate() {
                let own = &playing[player][*sequence as usize];
                let step = stride[player];
                reached = reached.iter().flat_map(|base| own.iter().map(move |s| base + s * step)).collect();
            }
            for profile in reached {
                let own = &mut payoffs[profile * players..(profile + 1) * players];
                own.iter_mut().zip(&leaf.payoffs).for_each(|(sum, paid)| *sum = &*sum + paid);
            }
        }
        let name = |own: &SequencePlayer, strategy: &Vec<u32>| {
            let labels = strategy.iter().skip(1).map(|sequence| tree.action_label(own.actions[*sequence as usize]));
            labels.collect::<Vec<_>>().join(" ")
        };
        let names = plays.iter().zip(&form.players).map(|(all, own)| all.iter().map(|one| name(own, one)).collect());
        let game = StrategicGame::new(tree.title(), tree.players().to_vec(), names.collect(), payoffs);
        Ok(Self { game: game.expect("every player has a strategy"), form, plays })
    }

    /// The realization plans of mixed strategies.
    pub fn plans(&self, mixed: &[Vec<Exact>]) -> Vec<Vec<Exact>> {
        let plan = |(player, own): (usize, &Vec<Exact>)| {
            let mut plan = vec![Exact::ZERO; self.form.players[player].len()];
            for (strategy, weight) in own.iter().enumerate().filter(|(_, weight)| !weight.is_zero()) {
                for sequence in &self.plays[player][strategy] {
                    let sum = &mut plan[*sequence as usize];
                    *sum = &*sum + weight;
                }
            }
            plan
        };
        mixed.iter().enumerate().map(plan).collect()
    }

    /// The behaviour of mixed strategies; where a player does not lead by its own plan,
    /// every action is as likely.
    pub fn behaviour(&self, tree: &Tree, mixed: &[Vec<Exact>]) -> Behaviour {
        self.form.behaviour(tree, &self.plans(mixed))
    }

    /// The sequences of a player.
    pub fn sequences(&self, player: PlayerId) -> &SequencePlayer {
        &self.form.players[player.index()]
    }
}

/// For each sequence the sets that follow it.
fn following(player: &SequencePlayer) -> Vec<Vec<usize>> {
    let mut after = vec![Vec::new(); player.len()];
    player.sets.iter().enumerate().for_each(|(at, set)| after[set.before as usize].push(at));
    after
}

/// Number of reduced strategies.
fn count(player: &SequencePlayer) -> Option<usize> {
    let after = following(player);
    let mut of = vec![1_usize; player.len()];
    for sequence in (0..player.len()).rev() {
        let mut product = 1_usize;
        for set in &after[sequence] {
            let sum = player.sets[*set].sequences().try_fold(0_usize, |sum, own| sum.checked_add(of[own]))?;
            product = product.checked_mul(sum)?;
        }
        of[sequence] = product;
    }
    Some(of[0])
}

/// Every reduced strategy as the sequences that it plays.
fn strategies(player: &SequencePlayer) -> Vec<Vec<u32>> {
    let after = following(player);
    // What is played from each sequence on; later sequences have greater numbers.
    let mut of: Vec<Vec<Vec<u32>>> = vec![Vec::new(); player.len()];
    for sequence in (0..player.len()).rev() {
        let mut all = vec![vec![sequence as u32]];
        for set in &after[sequence] {
            let choices: Vec<Vec<u32>> =
                player.sets[*set].sequences().flat_map(|own| std::mem::take(&mut of[own])).collect();
            let joined = |base: &Vec<u32>| -> Vec<Vec<u32>> {
                choices.iter().map(|choice| base.iter().chain(choice).copied().collect()).collect()
            };
            all = all.iter().flat_map(joined).collect();
        }
        of[sequence] = all;
    }
    let mut all = std::mem::take(&mut of[0]);
    all.iter_mut().for_each(|strategy| strategy.sort_unstable());
    all
}

fn playing(strategies: &[Vec<u32>], player: &SequencePlayer) -> Vec<Vec<usize>> {
    let mut of = vec![Vec::new(); player.len()];
    for (at, strategy) in strategies.iter().enumerate() {
        strategy.iter().for_each(|sequence| of[*sequence as usize].push(at));
    }
    of
}
