//! Equilibria that paths from several starts lead to.

use detente_base::{Budget, Exact, Pcg};
use detente_game::StrategicGame;
use detente_game::logit::{LogitSettings, limit_of_table};

use super::plans::{Known, Plans};

/// Limits of branches that start at strategies that are drawn: starts are moved by taking
/// strategies several times.
pub fn drawn(known: &Known) -> Vec<Plans> {
    let Some(table) = known.table() else { return Vec::new() };
    let limit = |draw: u64| {
        let mut rng = Pcg::of_draw(1, draw);
        let copies = |size: usize| (0..size).flat_map(|own| vec![own; 1 + rng.below(5) as usize]).collect();
        let copies: Vec<Vec<usize>> = table.sizes().into_iter().map(copies).collect();
        let found = limit_of_table(&repeated(table, &copies), &LogitSettings::default(), &Budget::default()).ok()?;
        let mut mixed: Vec<Vec<Exact>> = table.sizes().into_iter().map(|size| vec![Exact::ZERO; size]).collect();
        for (own, (copies, weights)) in mixed.iter_mut().zip(copies.iter().zip(&found.mixed)) {
            copies.iter().zip(weights).for_each(|(copy, weight)| own[*copy] = &own[*copy] + weight);
        }
        Some(known.plans_of(&mixed))
    };
    (0..40).filter_map(limit).collect()
}

/// A table in which players have their strategies several times.
fn repeated(table: &StrategicGame, copies: &[Vec<usize>]) -> StrategicGame {
    let names = copies.iter().map(|own| own.iter().map(ToString::to_string).collect()).collect();
    let count: usize = copies.iter().map(Vec::len).product();
    let profile = |mut at: usize| -> Vec<Exact> {
        let digit = |own: &Vec<usize>| {
            let copy = own[at % own.len()];
            at /= own.len();
            copy
        };
        let chosen: Vec<usize> = copies.iter().map(digit).collect();
        table.payoffs(table.profile(&chosen)).to_vec()
    };
    let payoffs = (0..count).flat_map(profile).collect();
    StrategicGame::new("", table.players().to_vec(), names, payoffs).expect("a table")
}
