//! Poker in the small.

use detente_base::Exact;
use rustc_hash::FxHashMap;

use crate::{InfosetId, Mover, PlayerId, Tree, TreeBuilder, TreeError};

const PLAYERS: [&str; 2] = ["first", "second"];

/// Sets by player and what it sees.
type Sets = FxHashMap<(usize, String), InfosetId>;

fn stakes(to_first: i64) -> Vec<Exact> {
    vec![Exact::from(to_first), Exact::from(-to_first)]
}

fn set_of(builder: &mut TreeBuilder, sets: &mut Sets, player: usize, seen: &str, actions: &[&str]) -> InfosetId {
    *sets
        .entry((player, seen.to_owned()))
        .or_insert_with(|| builder.infoset(Mover::Player(PlayerId::from_index(player)), seen, actions))
}

/// Kuhn's poker for two with this many cards: ante 1, one bet of 1. With three cards its value
/// to the first player is −1/18.
///
/// Source: `[Kuhn1950]`.
///
/// # Errors
/// When there are fewer than two cards.
pub fn kuhn_poker(cards: usize) -> Result<Tree, TreeError> {
    let mut builder = TreeBuilder::new("Kuhn poker", &PLAYERS);
    let deals: Vec<(usize, usize)> =
        (0..cards).flat_map(|a| (0..cards).filter(move |b| *b != a).map(move |b| (a, b))).collect();
    let labels: Vec<String> = deals.iter().map(|(a, b)| format!("{a}{b}")).collect();
    let chance = vec![Exact::ratio(1, (deals.len() as i64).max(1)); deals.len()];
    let deal = builder.chance_set("deal", &labels, &chance);
    let mut sets = Sets::default();
    builder.decision(deal);
    for (first, second) in deals {
        let cards = [first, second];
        let showdown = |pot: i64| stakes(if first > second { pot } else { -pot });
        let mut at = |builder: &mut TreeBuilder, player: usize, history: &str, actions: &[&str]| {
            let set = set_of(builder, &mut sets, player, &format!("{}{history}", cards[player]), actions);
            builder.decision(set);
        };
        at(&mut builder, 0, "", &["pass", "bet"]);
        at(&mut builder, 1, "p", &["pass", "bet"]);
        builder.terminal(showdown(1));
        at(&mut builder, 0, "pb", &["fold", "call"]);
        builder.terminal(stakes(-1));
        builder.terminal(showdown(2));
        at(&mut builder, 1, "b", &["fold", "call"]);
        builder.terminal(stakes(1));
        builder.terminal(showdown(2));
    }
    builder.build()
}

/// Leduc hold'em for two: six cards of three ranks, ante 1, a bet of 2 in the first round and
/// of 4 in the second, after a common card; at most two bets in a round.
///
/// Its value to the first player is −0.085606424078…
///
/// Source: `[SoutheyEtAl2005]`.
///
/// # Errors
/// Never: the rules give a tree.
pub fn leduc_poker() -> Result<Tree, TreeError> {
    let mut table = Leduc { builder: TreeBuilder::new("Leduc poker", &PLAYERS), sets: Sets::default() };
    let cards: Vec<String> = (0..6).map(|card| card.to_string()).collect();
    let deal = table.builder.chance_set("first", &cards, &vec![Exact::ratio(1, 6); 6]);
    table.builder.decision(deal);
    for first in 0..6 {
        let left: Vec<usize> = (0..6).filter(|card| *card != first).collect();
        let labels: Vec<String> = left.iter().map(ToString::to_string).collect();
        let deal = table.builder.chance_set("second", &labels, &vec![Exact::ratio(1, 5); 5]);
        table.builder.decision(deal);
        for second in left {
            table.bet(&Hand { cards: [first, second], common: None, paid: [1, 1], history: String::new() }, 0, 0);
        }
    }
    table.builder.build()
}

struct Leduc {
    builder: TreeBuilder,
    sets: Sets,
}

#[derive(Clone)]
struct Hand {
    cards: [usize; 2],
    common: Option<usize>,
    paid: [i64; 2],
    history: String,
}

impl Hand {
    /// What the first player wins when the cards are shown.
    fn shown(&self) -> i64 {
        let rank = |player: usize| {
            let own = self.cards[player] / 2;
            (self.common.is_some_and(|card| card / 2 == own), own)
        };
        match rank(0).cmp(&rank(1)) {
            std::cmp::Ordering::Greater => self.paid[1],
            std::cmp::Ordering::Less => -self.paid[0],
            std::cmp::Ordering::Equal => 0,
        }
    }

    fn after(&self, letter: char) -> Self {
        Self { history: format!("{}{letter}", self.history), ..self.clone() }
    }
}

impl Leduc {
    /// Somebody is to fold, call or raise, after so many bets in this round.
    fn bet(&mut self, hand: &Hand, player: usize, bets: u32) {
        let owes = hand.paid[1 - player] - hand.paid[player];
        let mut actions: Vec<&str> = if owes > 0 { vec!["fold", "call"] } else { vec!["check"] };
        if bets < 2 {
            actions.push("raise");
        }
        let common = hand.common.map_or(String::new(), |card| card.to_string());
        let seen = format!("{}/{common}{}", hand.cards[player], hand.history);
        let set = set_of(&mut self.builder, &mut self.sets, player, &seen, &actions);
        self.builder.decision(set);
        if owes > 0 {
            let won = if player == 0 { -hand.paid[0] } else { hand.paid[1] };
            self.builder.terminal(stakes(won));
        }
        let mut called = hand.after('c');
        called.paid[player] = hand.paid[1 - player];
        // The round ends with a call, or when both have checked.
        if owes > 0 || hand.history.ends_with('c') {
            self.end_round(&called);
        } else {
            self.bet(&called, 1 - player, bets);
        }
        if bets < 2 {
            let size = if hand.common.is_none() { 2 } else { 4 };
            let mut raised = hand.after('r');
            raised.paid[player] = hand.paid[1 - player] + size;
            self.bet(&raised, 1 - player, bets + 1);
        }
    }

    fn end_round(&mut self, hand: &Hand) {
        if hand.common.is_some() {
            self.builder.terminal(stakes(hand.shown()));
            return;
        }
        let left: Vec<usize> = (0..6).filter(|card| !hand.cards.contains(card)).collect();
        let labels: Vec<String> = left.iter().map(ToString::to_string).collect();
        let set = self.builder.chance_set("common", &labels, &vec![Exact::ratio(1, 4); 4]);
        self.builder.decision(set);
        for card in left {
            self.bet(&Hand { common: Some(card), ..hand.after('/') }, 0, 0);
        }
    }
}
