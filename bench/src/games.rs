//! Generated crises and known games, as trees and as `.efg` files.

use detente_base::Exact;
use detente_game::catalog::{kuhn_poker, leduc_poker, liars_dice};
use detente_game::{InfosetId, Mover, PlayerId, Tree, TreeBuilder};

/// Two sides of hidden will take turns to raise the stakes or to quit.
#[derive(Clone, Copy, Debug)]
pub struct Crisis {
    /// Types of each side, as likely each: type t would lose (2t + 1)/(2·types) in a war.
    pub types: usize,
    /// Turns after which there is war.
    pub turns: usize,
}

impl Crisis {
    /// Whoever quits after its k-th turn loses k/20 before its public, and the other gets the
    /// prize of 1.
    ///
    /// # Panics
    /// If there are no types.
    pub fn tree(self) -> Tree {
        let mut builder = TreeBuilder::new("A race of threats", &["first", "second"]);
        let names: Vec<String> = (1..=self.types).map(|at| format!("type {at}")).collect();
        let chances = vec![Exact::ratio(1, self.types as i64); self.types];
        let draw = builder.chance_set("", &names, &chances);
        let mut sets: Vec<Vec<InfosetId>> = Vec::new();
        for turn in 0..self.turns {
            let mover = Mover::Player(PlayerId::from_index(turn % 2));
            sets.push((0..self.types).map(|_| builder.infoset(mover, "", &["quit", "raise"])).collect());
        }
        builder.decision(draw);
        for first in 0..self.types {
            // A draw of its own: some programs take one that is shared for forgetting.
            let other = builder.chance_set("", &names, &chances);
            builder.decision(other);
            for second in 0..self.types {
                for (turn, own) in sets.iter().enumerate() {
                    builder.decision(own[if turn % 2 == 0 { first } else { second }]);
                    let cost = Exact::ratio(-((turn / 2) as i64), 20);
                    let payoffs = if turn % 2 == 0 { vec![cost, Exact::ONE] } else { vec![Exact::ONE, cost] };
                    builder.terminal(payoffs);
                }
                let loss = |kind: usize| Exact::ratio(-(2 * kind as i64 + 1), 2 * self.types as i64);
                builder.terminal(vec![loss(first), loss(second)]);
            }
        }
        builder.build().expect("turns give a tree")
    }
}

/// A game by its name: `crisis-TYPES-TURNS`, `kuhn-CARDS`, `leduc` or `dice-SIDES`.
pub fn named(name: &str) -> Option<Tree> {
    let parts: Vec<&str> = name.split('-').collect();
    let number = |at: usize| parts.get(at)?.parse::<usize>().ok().filter(|number| *number > 0);
    match parts[0] {
        "crisis" => Some(Crisis { types: number(1)?, turns: number(2)? }.tree()),
        "kuhn" => kuhn_poker(number(1)?).ok(),
        "leduc" => leduc_poker().ok(),
        "dice" => liars_dice(number(1)?).ok(),
        _ => None,
    }
}
