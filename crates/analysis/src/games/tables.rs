//! Equilibria of strategic games.

use detente_base::{Budget, Exact, StopReason};
use detente_game::StrategicGame;
use detente_game::lemke::any_quasi_perfect;
use detente_game::logit::one_move_tree;
use detente_game::regret::{Regret, in_table};
use detente_game::table::{extreme_equilibria, pure_equilibria};

use super::answer::{ExactEquilibrium, GameEquilibrium, GameKind, GameSolution, Refinement};
use super::names::by_strategy;
use super::{GameOptions, SolveMethod, empty, further};
use crate::ask::AskError;

/// Strategies of a player up to which all equilibria are listed unless asked otherwise.
const FEW: usize = 64;

pub(super) fn solve_table(
    game: &StrategicGame,
    options: &GameOptions,
    budget: &Budget,
) -> Result<GameSolution, AskError> {
    let sizes: Vec<String> = game.sizes().iter().map(ToString::to_string).collect();
    let mut answer =
        empty(game.title(), game.players(), (GameKind::Table, format!("{} strategies", sizes.join(" × "))));
    let two = game.player_count() == 2;
    let method = match options.method {
        SolveMethod::Auto if two && options.all => SolveMethod::Enumerate,
        SolveMethod::Auto if two => SolveMethod::Lemke,
        SolveMethod::Auto if options.all => SolveMethod::Pure,
        SolveMethod::Auto => SolveMethod::Logit,
        chosen => chosen,
    };
    let found = match method {
        SolveMethod::Enumerate if two => extreme(game, &mut answer, budget),
        SolveMethod::Lemke if game.player_count() <= 2 => one(game, &mut answer, budget),
        SolveMethod::Pure => pure_or_logit(game, options, &mut answer, budget),
        SolveMethod::Logit => further::logit_table(game, &mut answer, budget),
        SolveMethod::LemkeHowson if two => further::lemke_howson(game, &mut answer, budget),
        SolveMethod::Enumerate | SolveMethod::Lemke | SolveMethod::LemkeHowson => {
            return Err(AskError::new(
                format!("`{}` is for two players; the game has {}", method.word(), game.player_count()),
                Some("`--method pure` lists equilibria in pure strategies".into()),
            ));
        }
        other => {
            return Err(AskError::new(
                format!("`{}` is a method for trees; the file has a table", other.word()),
                Some("the methods for tables are `enumerate`, `lemke`, `lemke-howson`, `logit` and `pure`".into()),
            ));
        }
    };
    let exact = |one: &GameEquilibrium| one.max_regret <= 0.0 || one.refinement == Refinement::Approximate;
    answer.verified = answer.equilibria.iter().all(exact) && !answer.equilibria.is_empty();
    answer.stopped = found.err();
    if !options.all && method != SolveMethod::Enumerate && answer.equilibria.len() > 1 {
        answer.equilibria.truncate(1);
        answer.complete = false;
    }
    Ok(answer)
}

pub(super) fn told(
    game: &StrategicGame,
    mixed: &[Vec<Exact>],
    regret: &Regret,
    refinement: Refinement,
) -> GameEquilibrium {
    GameEquilibrium {
        strategies: by_strategy(game, |player, at| mixed[player][at].to_f64()),
        payoffs: regret.payoffs.iter().map(Exact::to_f64).collect(),
        max_regret: regret.max().to_f64(),
        refinement,
        exact: Some(ExactEquilibrium {
            strategies: by_strategy(game, |player, at| mixed[player][at].clone()),
            payoffs: regret.payoffs.clone(),
            max_regret: regret.max(),
            tremble_orders: None,
            beliefs: None,
        }),
    }
}

fn extreme(game: &StrategicGame, answer: &mut GameSolution, budget: &Budget) -> Result<(), StopReason> {
    "all extreme equilibria by vertices of best-reply polytopes".clone_into(&mut answer.method);
    let found = extreme_equilibria(game, budget)?;
    answer.equilibria =
        found.equilibria.iter().map(|one| told(game, &one.strategies, &one.regret, Refinement::Nash)).collect();
    answer.components = Some(found.components);
    answer.complete = true;
    Ok(())
}

/// Equilibria in pure strategies, and where not only those were asked for, the limit of logit
/// equilibria beside them.
fn pure_or_logit(
    game: &StrategicGame,
    options: &GameOptions,
    answer: &mut GameSolution,
    budget: &Budget,
) -> Result<(), StopReason> {
    let all = pure(game, answer, budget);
    if options.method == SolveMethod::Pure {
        return all;
    }
    if all.is_err() {
        // Not every profile was looked at: the limit stands alone.
        return further::logit_table(game, answer, budget);
    }
    let listed = std::mem::take(&mut answer.equilibria);
    let method = std::mem::take(&mut answer.method);
    let found = further::logit_table(game, answer, budget);
    let fresh = |one: &GameEquilibrium| listed.iter().all(|other| other.strategies != one.strategies);
    answer.equilibria.retain(fresh);
    answer.equilibria.splice(0..0, listed);
    answer.method = format!("{method}; and {}", answer.method);
    found
}

fn pure(game: &StrategicGame, answer: &mut GameSolution, budget: &Budget) -> Result<(), StopReason> {
    "all equilibria in pure strategies, by looking at every profile".clone_into(&mut answer.method);
    let found = pure_equilibria(game, budget)?;
    for profile in found {
        let plays = game.strategies_of(profile);
        let own = |(player, size): (usize, usize)| -> Vec<Exact> {
            (0..size).map(|at| if at == plays[player] { Exact::ONE } else { Exact::ZERO }).collect()
        };
        let mixed: Vec<Vec<Exact>> = game.sizes().into_iter().enumerate().map(own).collect();
        answer.equilibria.push(told(game, &mixed, &in_table(game, &mixed), Refinement::Nash));
    }
    // There may be others in mixed strategies.
    answer.complete = false;
    Ok(())
}

/// One equilibrium of a table, by the path on the tree in which nobody sees what others do.
fn one(game: &StrategicGame, answer: &mut GameSolution, budget: &Budget) -> Result<(), StopReason> {
    "complementary pivoting with symbolic trembles".clone_into(&mut answer.method);
    let tree = one_move_tree(game);
    let found = any_quasi_perfect(&tree, budget).map_err(|fault| super::stop(&fault))?;
    let mut at = 0;
    let mixed: Vec<Vec<Exact>> = game
        .sizes()
        .into_iter()
        .map(|size| {
            let own = (at..at + size).map(|action| found.assessment.behaviour().of(action).clone()).collect();
            at += size;
            own
        })
        .collect();
    let regret = in_table(game, &mixed);
    answer.equilibria = vec![told(game, &mixed, &regret, Refinement::QuasiPerfect)];
    Ok(())
}

/// Whether all equilibria of a table of this size are listed without being asked.
pub(super) fn is_small(sizes: &[usize]) -> bool {
    sizes.iter().all(|size| *size <= FEW)
}
