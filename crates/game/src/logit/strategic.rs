//! Strategic games as trees in which everybody moves once, knowing nothing.

use detente_base::{Budget, Exact};

use super::{LogitError, LogitLimit, LogitSettings, limit};
use crate::regret::{Regret, in_table};
use crate::{Mover, PlayerId, StrategicGame, Tree, TreeBuilder};

/// An equilibrium of a strategic game that the principal branch leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct TableLimit {
    /// For each player the probabilities of its strategies.
    pub mixed: Vec<Vec<Exact>>,
    /// What they give, and what anybody could gain, read off the table.
    pub regret: Regret,
    /// The same on the tree of [`one_move_tree`].
    pub limit: LogitLimit,
}

/// A strategic game as a tree: one player after the other chooses, and nobody sees what was
/// chosen before. Actions stand in tables over all actions player by player.
///
/// Cost: O(profiles · players).
///
/// # Panics
/// If the game has more than 2³² − 1 nodes.
pub fn one_move_tree(game: &StrategicGame) -> Tree {
    let names: Vec<&str> = game.players().iter().map(String::as_str).collect();
    let mut builder = TreeBuilder::new(game.title(), &names);
    let players = (0..game.player_count()).map(PlayerId::from_index);
    let sets: Vec<_> =
        players.map(|player| builder.infoset(Mover::Player(player), "", game.strategies(player))).collect();
    let sizes = game.sizes();
    let mut chosen = vec![0; sizes.len()];
    let mut at = 0;
    loop {
        sets[at..].iter().for_each(|set| {
            builder.decision(*set);
        });
        builder.terminal(game.payoffs(game.profile(&chosen)).to_vec());
        // The next profile, the last player's strategy fastest.
        let Some(next) = (0..sizes.len()).rev().find(|player| chosen[*player] + 1 < sizes[*player]) else { break };
        chosen[next] += 1;
        chosen[next + 1..].fill(0);
        at = next + 1;
    }
    builder.build().expect("a game with strategies is a tree")
}

/// The equilibrium of a strategic game that its principal branch leads to: p(s) ∝ exp(λ u(s))
/// for each player's strategies s, as λ grows without end.
///
/// Source: `[Turocy2005]`. Cost and errors: those of [`limit`], and O(profiles · players) exact
/// operations.
///
/// # Errors
/// See [`LogitError`].
pub fn limit_of_table(
    game: &StrategicGame,
    settings: &LogitSettings,
    budget: &Budget,
) -> Result<TableLimit, LogitError> {
    let limit = limit(&one_move_tree(game), settings, budget)?;
    let mut rest = limit.behaviour.probabilities();
    let mixed = game.sizes().into_iter().map(|size| {
        let (own, others) = rest.split_at(size);
        rest = others;
        own.to_vec()
    });
    let mixed: Vec<Vec<Exact>> = mixed.collect();
    Ok(TableLimit { regret: in_table(game, &mixed), mixed, limit })
}
