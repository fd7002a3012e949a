//! Equilibria of extensive games as drawings.

use detente_base::Exact;
use detente_game::{Behaviour, InfosetId, Mover, Tree};

use super::Game;
use super::answer::{GameEquilibrium, GameSolution};
use super::names::by_set;
use crate::picture::{Scene, TooLarge, TreePicture, picture};

/// Drawings of the first equilibria of an answer, each with the probabilities that it tells;
/// nothing for a table, which has no tree.
///
/// # Panics
/// When the answer is not that of this game.
pub fn game_pictures(game: &Game, answer: &GameSolution, most: usize) -> Option<Result<Vec<TreePicture>, TooLarge>> {
    let Game::Tree(read) = game else { return None };
    let listed = answer.equilibria.iter().enumerate().take(most);
    Some(listed.map(|(at, found)| of_one(&read.tree, answer, (at, found))).collect())
}

fn of_one(tree: &Tree, answer: &GameSolution, (at, found): (usize, &GameEquilibrium)) -> Result<TreePicture, TooLarge> {
    let beliefs = |set: InfosetId| -> Option<Vec<Exact>> {
        let told = found.exact.as_ref()?.beliefs.as_ref()?;
        let Mover::Player(player) = tree.infoset(set).mover else { return None };
        told.get(&answer.players[player.index()])?.get(&tree.infoset(set).number.to_string()).cloned()
    };
    let near: Vec<Exact>;
    let payoffs = if let Some(exact) = &found.exact {
        &exact.payoffs
    } else {
        near = found.payoffs.iter().map(|payoff| from_near(*payoff)).collect();
        &near
    };
    let behaviour = behaviour(tree, found);
    let scene = Scene { tree, players: &answer.players, behaviour: &behaviour, beliefs: &beliefs, payoffs };
    let mut drawn = picture(&scene, at + 1)?;
    drawn.approximate = found.exact.is_none();
    if drawn.title.is_empty() {
        "A game".clone_into(&mut drawn.title);
    }
    Ok(drawn)
}

/// The probabilities of an answer, in the order of the tree.
fn behaviour(tree: &Tree, found: &GameEquilibrium) -> Behaviour {
    // Where each action stands in the answer, which is made by the same function.
    let places = by_set(tree, |action| action);
    let places = places.0.iter().flat_map(|(_, sets)| &sets.0).flat_map(|(_, own)| &own.0).map(|(_, action)| *action);
    match &found.exact {
        Some(exact) => {
            let told = exact.strategies.0.iter().flat_map(|(_, sets)| &sets.0).flat_map(|(_, own)| &own.0);
            let mut chances = vec![Exact::ZERO; tree.action_count()];
            places.zip(told).for_each(|(action, (_, chance))| chances[action] = chance.clone());
            Behaviour::new(tree, chances).expect("answers hold probabilities")
        }
        None => {
            let told = found.strategies.0.iter().flat_map(|(_, sets)| &sets.0).flat_map(|(_, own)| &own.0);
            let mut chances = vec![0.0; tree.action_count()];
            places.zip(told).for_each(|(action, (_, chance))| chances[action] = *chance);
            Behaviour::rounded(tree, &chances)
        }
    }
}

/// A number to six places.
fn from_near(value: f64) -> Exact {
    format!("{value:.6}").parse().unwrap_or(Exact::ZERO)
}
