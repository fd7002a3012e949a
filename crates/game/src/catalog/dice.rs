//! Liar's dice.

use detente_base::Exact;
use rustc_hash::FxHashMap;

use crate::{InfosetId, Mover, PlayerId, Tree, TreeBuilder, TreeError};

/// Liar's dice for two with one die each of so many sides: bids rise in number and then in
/// face, the last face counts as any, and who is called a liar wrongly wins.
///
/// # Errors
/// When there are no sides.
pub fn liars_dice(sides: usize) -> Result<Tree, TreeError> {
    let mut game =
        Dice { builder: TreeBuilder::new("Liar's dice", &["first", "second"]), sets: FxHashMap::default(), sides };
    let faces: Vec<String> = (1..=sides).map(|face| face.to_string()).collect();
    let even = vec![Exact::ratio(1, (sides as i64).max(1)); sides];
    let first = game.builder.chance_set("first", &faces, &even);
    let second = game.builder.chance_set("second", &faces, &even);
    game.builder.decision(first);
    for one in 0..sides {
        game.builder.decision(second);
        for two in 0..sides {
            game.bid([one, two], &mut Vec::new());
        }
    }
    game.builder.build()
}

struct Dice {
    builder: TreeBuilder,
    sets: FxHashMap<(usize, usize, Vec<usize>), InfosetId>,
    sides: usize,
}

impl Dice {
    /// Whoever is next bids higher, or calls the other a liar. A bid is `face + sides · (number − 1)`.
    fn bid(&mut self, dice: [usize; 2], bids: &mut Vec<usize>) {
        let player = bids.len() % 2;
        let last = bids.last().copied();
        let most = 2 * self.sides;
        let higher = last.map_or(0, |bid| bid + 1)..most;
        let (builder, sides) = (&mut self.builder, self.sides);
        let set = *self.sets.entry((player, dice[player], bids.clone())).or_insert_with(|| {
            let mut labels: Vec<String> =
                higher.clone().map(|bid| format!("{}x{}", bid / sides + 1, bid % sides + 1)).collect();
            if last.is_some() {
                labels.push("liar".to_owned());
            }
            builder.infoset(Mover::Player(PlayerId::from_index(player)), &(dice[player] + 1).to_string(), &labels)
        });
        self.builder.decision(set);
        for bid in higher {
            bids.push(bid);
            self.bid(dice, bids);
            bids.pop();
        }
        if let Some(bid) = last {
            let face = bid % self.sides;
            let shown = dice.iter().filter(|die| **die == face || **die == self.sides - 1).count();
            let told_truth = shown > bid / self.sides;
            // Who called loses if the bid was true.
            let to_first = if told_truth == (player == 1) { 1 } else { -1 };
            self.builder.terminal(vec![Exact::from(to_first), Exact::from(-to_first)]);
        }
    }
}
