//! Equilibria by limits of logit equilibria, of constant-sum trees by a linear programme,
//! and of tables by the paths of Lemke and Howson.

use detente_base::{Budget, StopReason};
use detente_game::logit::{Branch, LogitError, LogitLimit, LogitSettings, limit, limit_of_table};
use detente_game::regret::on_tree;
use detente_game::table::accessible_equilibria;
use detente_game::{StrategicGame, Tree, zero_sum};

use super::answer::{GameEquilibrium, GameSolution, Refinement};
use super::tables::told as told_table;
use super::trees::{assessed, told};

/// What the limit of a branch is called.
fn named(branch: Branch) -> &'static str {
    match branch {
        Branch::Principal => "the limit of the principal branch of logit equilibria",
        Branch::Drawn { .. } => "the limit of a branch of logit equilibria that starts at drawn strategies",
    }
}

/// The limit of a branch of logit equilibria of a tree, the principal one if it leads to one.
pub(super) fn logit(tree: &Tree, answer: &mut GameSolution, budget: &Budget) -> Result<(), StopReason> {
    named(Branch::Principal).clone_into(&mut answer.method);
    let found = limit(tree, &LogitSettings::default(), budget).map_err(stop)?;
    named(found.branch).clone_into(&mut answer.method);
    let LogitLimit { behaviour, regret, assessment, .. } = &found;
    let own = on_tree(tree, behaviour).expect("recall was checked");
    answer.verified = own == *regret;
    answer.equilibria.push(match assessment {
        Some(assessment) if regret.is_equilibrium() => {
            answer.verified &= assessment.is_sequential(tree);
            assessed(tree, assessment, regret, Refinement::Sequential)
        }
        _ => approximate(told(tree, behaviour, regret, Refinement::Nash)),
    });
    Ok(())
}

/// The same of a table.
pub(super) fn logit_table(game: &StrategicGame, answer: &mut GameSolution, budget: &Budget) -> Result<(), StopReason> {
    named(Branch::Principal).clone_into(&mut answer.method);
    let found = limit_of_table(game, &LogitSettings::default(), budget).map_err(stop)?;
    named(found.limit.branch).clone_into(&mut answer.method);
    answer.equilibria.push(approximate(told_table(game, &found.mixed, &found.regret, Refinement::Nash)));
    Ok(())
}

/// Where fractions only come close to an equilibrium they are not told as exact.
fn approximate(mut found: GameEquilibrium) -> GameEquilibrium {
    if found.max_regret > 0.0 {
        found.refinement = Refinement::Approximate;
        found.exact = None;
    }
    found
}

fn stop(fault: LogitError) -> StopReason {
    match fault {
        LogitError::Stopped(reason) => reason,
        other => StopReason::NoMethod { why: other.to_string() },
    }
}

/// The value of a constant-sum tree, exactly or between bounds.
pub(super) fn programme(tree: &Tree, answer: &mut GameSolution, budget: &Budget) -> Result<(), StopReason> {
    "a linear programme on the sequence form".clone_into(&mut answer.method);
    let found = zero_sum::solve(tree, budget).map_err(|fault| match fault {
        zero_sum::Unsolved::Stopped(reason) => reason,
        other => StopReason::NoMethod { why: other.to_string() },
    })?;
    answer.verified = zero_sum::verify(tree, &found).is_ok();
    let regret = on_tree(tree, &found.behaviour).expect("recall was checked");
    answer.equilibria.push(approximate(told(tree, &found.behaviour, &regret, Refinement::Nash)));
    Ok(())
}

/// The equilibria that paths of Lemke and Howson lead to.
pub(super) fn lemke_howson(game: &StrategicGame, answer: &mut GameSolution, budget: &Budget) -> Result<(), StopReason> {
    "the paths of Lemke and Howson, from every label".clone_into(&mut answer.method);
    let found = accessible_equilibria(game, budget)?;
    answer.equilibria =
        found.equilibria.iter().map(|one| told_table(game, &one.strategies, &one.regret, Refinement::Nash)).collect();
    Ok(())
}
