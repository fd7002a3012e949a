//! What players, information sets and actions are called in answers.

use detente_base::Exact;
use detente_game::{Assessment, Behaviour, Mover, PlayerId, StrategicGame, Tree};

use super::answer::{Named, Strategies};

/// Names that tell apart: what is empty or not unique gets its position.
pub(super) fn distinct(names: &[String]) -> Vec<String> {
    let unique = |name: &String| names.iter().filter(|other| *other == name).count() == 1;
    let own = |(at, name): (usize, &String)| match name.as_str() {
        "" => format!("#{}", at + 1),
        _ if unique(name) => name.clone(),
        _ => format!("{name}#{}", at + 1),
    };
    names.iter().enumerate().map(own).collect()
}

/// Something for each action of a tree, by player and information set.
pub(super) fn by_set<T>(tree: &Tree, value: impl Fn(usize) -> T) -> Strategies<T> {
    let players = distinct(tree.players());
    let of_player = |(player, name): (usize, String)| {
        let own = tree.infosets().filter(|(_, set)| set.mover == Mover::Player(PlayerId::from_index(player)));
        let sets = own.map(|(_, set)| {
            let labels: Vec<String> = set.actions.clone().map(|action| tree.action_label(action).to_owned()).collect();
            let actions = distinct(&labels).into_iter().zip(set.actions.clone().map(&value)).collect();
            (set.number.to_string(), Named(actions))
        });
        (name, Named(sets.collect()))
    };
    Named(players.into_iter().enumerate().map(of_player).collect())
}

pub(super) fn probabilities(tree: &Tree, behaviour: &Behaviour) -> (Strategies<f64>, Strategies<Exact>) {
    (by_set(tree, |action| behaviour.of(action).to_f64()), by_set(tree, |action| behaviour.of(action).clone()))
}

/// What is believed at each set of a player.
pub(super) fn beliefs(tree: &Tree, assessment: &Assessment) -> Named<Named<Vec<Exact>>> {
    let of_player = |(player, name): (usize, String)| {
        let own = tree.infosets().filter(|(_, set)| set.mover == Mover::Player(PlayerId::from_index(player)));
        let sets = own.map(|(id, set)| (set.number.to_string(), assessment.beliefs(tree, id)));
        (name, Named(sets.collect()))
    };
    Named(distinct(tree.players()).into_iter().enumerate().map(of_player).collect())
}

/// Mixed strategies of a table.
pub(super) fn by_strategy<T>(game: &StrategicGame, value: impl Fn(usize, usize) -> T) -> Strategies<T> {
    let of_player = |(player, name): (usize, String)| {
        let labels = distinct(game.strategies(PlayerId::from_index(player)));
        let own = labels
            .into_iter()
            .enumerate()
            .map(|(at, label)| ((at + 1).to_string(), Named(vec![(label, value(player, at))])));
        (name, Named(own.collect()))
    };
    Named(distinct(game.players()).into_iter().enumerate().map(of_player).collect())
}
