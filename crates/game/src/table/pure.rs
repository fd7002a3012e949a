//! Equilibria in pure strategies.

use detente_base::{Budget, StopReason};

use crate::StrategicGame;

/// Profiles, by number, in which nobody gains by another pure strategy; they are equilibria
/// among mixed strategies too.
///
/// Cost: O(profiles · strategies).
///
/// # Errors
/// When the budget is used up.
pub fn pure_equilibria(game: &StrategicGame, budget: &Budget) -> Result<Vec<usize>, StopReason> {
    let sizes = game.sizes();
    let mut found = Vec::new();
    for profile in 0..game.profile_count() {
        if profile.is_multiple_of(4096) {
            budget.check()?;
        }
        let mut stride = 1;
        let mut rest = profile;
        let stays = sizes.iter().enumerate().all(|(player, size)| {
            let own = rest % size;
            let base = profile - own * stride;
            let now = &game.payoffs(profile)[player];
            let gains = (0..*size).any(|other| game.payoffs(base + other * stride)[player] > *now);
            rest /= size;
            stride *= size;
            !gains
        });
        if stays {
            found.push(profile);
        }
    }
    Ok(found)
}
