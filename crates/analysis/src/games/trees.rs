//! Equilibria of extensive games.

use detente_base::{Budget, Exact, StopReason};
use detente_game::backward::backward_induction;
use detente_game::files::ReadTree;
use detente_game::lemke::{Unsolved, any_quasi_perfect, several};
use detente_game::minimisation::{Method, Until, minimise};
use detente_game::regret::{Regret, near_tree, on_tree};
use detente_game::table::{extreme_equilibria, pure_equilibria};
use detente_game::{Assessment, Behaviour, Forgotten, Mover, ReducedForm, SequenceForm, Tree};

use super::answer::{ExactEquilibrium, GameEquilibrium, GameKind, GameSolution, Refinement};
use super::names::{beliefs, by_set, probabilities};
use super::tables::is_small;
use super::{GameOptions, SolveMethod, empty, further, stop};
use crate::ask::AskError;

/// Most equilibria of backward induction that are listed.
const MOST_LISTED: usize = 1_000;

/// Most iterations of regret minimisation that nobody asked for.
const MOST_ITERATIONS: u64 = 20_000;

/// Priors that are drawn where several equilibria are asked for.
const PRIORS: u32 = 40;

pub(super) fn solve_tree(read: &ReadTree, options: &GameOptions, budget: &Budget) -> Result<GameSolution, AskError> {
    let tree = &read.tree;
    let size = format!("{} nodes, {} information sets", tree.node_count(), tree.infoset_count());
    let mut answer = empty(tree.title(), tree.players(), (GameKind::Tree, size));
    if let Err(forgotten) = tree.recall() {
        return Err(forgets(read, forgotten));
    }
    let players = tree.player_count();
    let method = match options.method {
        SolveMethod::Auto if players == 2 && options.all && table_is_small(tree) => SolveMethod::Enumerate,
        SolveMethod::Auto if tree.has_perfect_information() => SolveMethod::Backward,
        SolveMethod::Auto if players == 2 && !options.all && is_large_zero_sum(tree) => SolveMethod::Programme,
        SolveMethod::Auto if players <= 2 => SolveMethod::Lemke,
        SolveMethod::Auto if options.all => SolveMethod::Pure,
        SolveMethod::Auto => SolveMethod::Logit,
        chosen => chosen,
    };
    let found = match method {
        SolveMethod::Backward if !tree.has_perfect_information() => {
            return Err(AskError::new(
                "`backward` needs a game in which everybody knows where it is",
                Some("leave `--method` out".into()),
            ));
        }
        SolveMethod::Programme if players != 2 || tree.constant_sum().is_none() => {
            return Err(AskError::new(
                "`lp` is for two players whose payoffs add up to the same at every end",
                Some("leave `--method` out".into()),
            ));
        }
        SolveMethod::LemkeHowson => {
            return Err(AskError::new(
                "`lemke-howson` is a method for tables; the file has a tree",
                Some("`--method lemke` pivots on trees".into()),
            ));
        }
        SolveMethod::Enumerate if players != 2 => return Err(two_players(method, players)),
        SolveMethod::Lemke if players > 2 => return Err(two_players(method, players)),
        SolveMethod::Backward => backward(tree, options, &mut answer, budget),
        SolveMethod::Lemke => match pivoting(tree, options, &mut answer, budget) {
            Err(Unsolved::Large { .. } | Unsolved::Long { .. })
                if options.method == SolveMethod::Auto && tree.constant_sum().is_some() =>
            {
                further::programme(tree, &mut answer, budget).or_else(|_| {
                    let own = GameOptions { iterations: MOST_ITERATIONS, exploitability: close(tree), ..*options };
                    minimised(tree, (Method::CfrPlus, &own), &mut answer, budget);
                    Ok(())
                })
            }
            Err(_) if options.method == SolveMethod::Auto && !budget.stopper.is_stopped() => {
                further::logit(tree, &mut answer, budget)
            }
            found => found.map_err(|fault| stop(&fault)),
        },
        SolveMethod::Enumerate => match enumerate(tree, &mut answer, budget) {
            // What is too much to list is sought from several priors.
            Err(StopReason::TooManyCases { .. }) if options.method == SolveMethod::Auto => {
                pivoting(tree, options, &mut answer, budget).map_err(|fault| stop(&fault))
            }
            found => found,
        },
        SolveMethod::Logit => further::logit(tree, &mut answer, budget),
        SolveMethod::Programme => further::programme(tree, &mut answer, budget),
        SolveMethod::Pure | SolveMethod::Auto => pure_or_logit(tree, options, &mut answer, budget),
        SolveMethod::Minimise(method) => {
            minimised(tree, (method, options), &mut answer, budget);
            Ok(())
        }
    };
    answer.stopped = answer.stopped.or(found.err());
    Ok(answer)
}

fn two_players(method: SolveMethod, players: usize) -> AskError {
    AskError::new(
        format!("`{}` is for two players; the game has {players}", method.word()),
        Some("`--method pure` lists equilibria in pure strategies".into()),
    )
}

fn forgets(read: &ReadTree, forgotten: Forgotten) -> AskError {
    let tree = &read.tree;
    let set = tree.infoset(forgotten.infoset);
    let who = set.mover.player().map_or("chance", |player| tree.players()[player.index()].as_str());
    let what = if forgotten.absent_minded { "whether it has moved there before" } else { "what it did before" };
    AskError::new(
        format!(
            "at its information set {} the player `{who}` has forgotten {what} (lines {} and {})",
            set.number,
            read.line(forgotten.nodes.0),
            read.line(forgotten.nodes.1)
        ),
        Some("equilibria in behaviour strategies need players that remember: split the information set".into()),
    )
}

/// Equilibria in pure strategies, and where not only those were asked for, the limit of logit
/// equilibria beside them.
fn pure_or_logit(
    tree: &Tree,
    options: &GameOptions,
    answer: &mut GameSolution,
    budget: &Budget,
) -> Result<(), StopReason> {
    let listed = pure(tree, options, answer, budget);
    if options.method == SolveMethod::Pure {
        return listed;
    }
    if listed.is_err() {
        // Not every profile was looked at: the limit stands alone.
        return further::logit(tree, answer, budget);
    }
    let mut mixed = empty(tree.title(), tree.players(), (GameKind::Tree, answer.size.clone()));
    further::logit(tree, &mut mixed, budget)?;
    let fresh = |one: &GameEquilibrium| answer.equilibria.iter().all(|other| other.strategies != one.strategies);
    let more: Vec<GameEquilibrium> = mixed.equilibria.into_iter().filter(fresh).collect();
    answer.verified = mixed.verified && (answer.verified || answer.equilibria.is_empty());
    answer.equilibria.extend(more);
    answer.method = format!("{}; and {}", answer.method, mixed.method);
    Ok(())
}

/// Sequences of two players above which a constant-sum tree is solved by a linear programme.
const PROGRAMME_FROM: usize = 800;

fn is_large_zero_sum(tree: &Tree) -> bool {
    let sequences = tree.infosets().filter(|(_, set)| set.mover != Mover::Chance).map(|(_, set)| set.actions.len());
    sequences.sum::<usize>() > PROGRAMME_FROM && tree.constant_sum().is_some()
}

fn table_is_small(tree: &Tree) -> bool {
    let form = SequenceForm::new(tree);
    form.is_ok_and(|form| ReducedForm::sizes(&form).is_some_and(|sizes| is_small(&sizes)))
}

/// An answer from an assessment, checked against the tree alone.
pub(super) fn assessed(
    tree: &Tree,
    assessment: &Assessment,
    regret: &Regret,
    refinement: Refinement,
) -> GameEquilibrium {
    let mut found = told(tree, assessment.behaviour(), regret, refinement);
    if let Some(exact) = &mut found.exact {
        exact.tremble_orders = Some(by_set(tree, |action| assessment.trembles()[action].order));
        exact.beliefs = Some(beliefs(tree, assessment));
    }
    found
}

pub(super) fn told(tree: &Tree, behaviour: &Behaviour, regret: &Regret, refinement: Refinement) -> GameEquilibrium {
    let (strategies, exact) = probabilities(tree, behaviour);
    GameEquilibrium {
        strategies,
        payoffs: regret.payoffs.iter().map(Exact::to_f64).collect(),
        max_regret: regret.max().to_f64(),
        refinement,
        exact: Some(ExactEquilibrium {
            strategies: exact,
            payoffs: regret.payoffs.clone(),
            max_regret: regret.max(),
            tremble_orders: None,
            beliefs: None,
        }),
    }
}

fn regret_of(tree: &Tree, behaviour: &Behaviour) -> Regret {
    on_tree(tree, behaviour).expect("recall was checked")
}

fn backward(tree: &Tree, options: &GameOptions, answer: &mut GameSolution, budget: &Budget) -> Result<(), StopReason> {
    "backward induction".clone_into(&mut answer.method);
    let most = if options.all { MOST_LISTED } else { 1 };
    let found = backward_induction(tree, most, budget)?;
    answer.verified = true;
    for assessment in &found.listed {
        let regret = regret_of(tree, assessment.behaviour());
        answer.verified &= regret.is_equilibrium() && assessment.is_sequential(tree);
        answer.equilibria.push(assessed(tree, assessment, &regret, Refinement::SubgamePerfect));
    }
    // Equilibria that are not subgame-perfect, or mix where two actions are as good, are left out.
    answer.count = found.count.map(|count| count.to_string());
    Ok(())
}

/// A thousandth of the range of payoffs.
fn close(tree: &Tree) -> f64 {
    let payoffs = tree.nodes().filter(|node| tree.is_terminal(*node)).flat_map(|node| tree.payoffs_at(node));
    let payoffs: Vec<f64> = payoffs.map(|payoff| payoff.to_f64()).collect();
    let (low, high) =
        payoffs.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), own| (low.min(*own), high.max(*own)));
    ((high - low) / 1_000.0).max(f64::MIN_POSITIVE)
}

fn pivoting(tree: &Tree, options: &GameOptions, answer: &mut GameSolution, budget: &Budget) -> Result<(), Unsolved> {
    "complementary pivoting on the sequence form with symbolic trembles".clone_into(&mut answer.method);
    let all = if options.all {
        let found = several(tree, PRIORS, budget)?;
        answer.stopped = found.stopped;
        found.found
    } else {
        vec![any_quasi_perfect(tree, budget)?]
    };
    answer.verified = true;
    for found in all {
        let regret = regret_of(tree, found.assessment.behaviour());
        answer.verified &= regret.is_equilibrium() && found.assessment.is_sequential(tree);
        answer.equilibria.push(assessed(tree, &found.assessment, &regret, Refinement::QuasiPerfect));
    }
    Ok(())
}

/// All extreme equilibria of the reduced table, those that the path leads to with the
/// beliefs that it gives.
fn enumerate(tree: &Tree, answer: &mut GameSolution, budget: &Budget) -> Result<(), StopReason> {
    "all extreme equilibria of the reduced strategic form, by vertices of best-reply polytopes"
        .clone_into(&mut answer.method);
    let form = SequenceForm::new(tree).expect("recall was checked");
    let reduced = ReducedForm::new(tree, form.clone(), budget)?;
    let found = extreme_equilibria(&reduced.game, budget)?;
    let paths = several(tree, PRIORS, budget).map(|several| several.found).unwrap_or_default();
    let plans = |behaviour: &Behaviour| -> Vec<Vec<Exact>> {
        (0..2).map(|player| form.plan(detente_game::PlayerId::from_index(player), behaviour)).collect()
    };
    answer.verified = true;
    // Mixtures that play alike are one equilibrium of the tree.
    let mut seen: Vec<Vec<Vec<Exact>>> = Vec::new();
    let mut place: Vec<usize> = Vec::new();
    for one in &found.equilibria {
        let plan = reduced.plans(&one.strategies);
        if let Some(at) = seen.iter().position(|other| *other == plan) {
            place.push(at);
            continue;
        }
        place.push(seen.len());
        let path = paths.iter().find(|path| plans(path.assessment.behaviour()) == plan);
        let view = match path {
            Some(path) => {
                let regret = regret_of(tree, path.assessment.behaviour());
                answer.verified &= regret.is_equilibrium() && path.assessment.is_sequential(tree);
                assessed(tree, &path.assessment, &regret, Refinement::QuasiPerfect)
            }
            None => {
                let behaviour = reduced.behaviour(tree, &one.strategies);
                let regret = regret_of(tree, &behaviour);
                answer.verified &= regret.is_equilibrium();
                told(tree, &behaviour, &regret, Refinement::Nash)
            }
        };
        answer.equilibria.push(view);
        seen.push(plan);
    }
    let joined = |component: &Vec<usize>| {
        let mut own: Vec<usize> = component.iter().map(|at| place[*at]).collect();
        own.sort_unstable();
        own.dedup();
        own
    };
    answer.components = Some(found.components.iter().map(joined).collect());
    answer.complete = true;
    Ok(())
}

fn pure(tree: &Tree, options: &GameOptions, answer: &mut GameSolution, budget: &Budget) -> Result<(), StopReason> {
    "equilibria in pure strategies, by looking at every profile of the reduced table".clone_into(&mut answer.method);
    let form = SequenceForm::new(tree).expect("recall was checked");
    let reduced = ReducedForm::new(tree, form, budget)?;
    let found = pure_equilibria(&reduced.game, budget)?;
    let most = if options.all { usize::MAX } else { 1 };
    answer.verified = !found.is_empty();
    for profile in found.into_iter().take(most) {
        let plays = reduced.game.strategies_of(profile);
        let own = |(player, size): (usize, usize)| -> Vec<Exact> {
            (0..size).map(|at| if at == plays[player] { Exact::ONE } else { Exact::ZERO }).collect()
        };
        let mixed: Vec<Vec<Exact>> = reduced.game.sizes().into_iter().enumerate().map(own).collect();
        let behaviour = reduced.behaviour(tree, &mixed);
        let regret = regret_of(tree, &behaviour);
        answer.verified &= regret.is_equilibrium();
        answer.equilibria.push(told(tree, &behaviour, &regret, Refinement::Nash));
    }
    Ok(())
}

fn minimised(tree: &Tree, (method, options): (Method, &GameOptions), answer: &mut GameSolution, budget: &Budget) {
    answer.method = format!("regret minimisation: {}", SolveMethod::Minimise(method).word());
    let until = Until { iterations: options.iterations, exploitability: options.exploitability };
    let found = minimise(tree, method, until, budget).expect("recall was checked");
    answer.iterations = Some(found.iterations);
    answer.exploitability = Some(found.exploitability);
    answer.stopped.clone_from(&found.stopped);
    let checked = near_tree(tree, &found.average).expect("recall was checked");
    let regret = checked.iter().fold(0.0_f64, |most, gain| most.max(*gain));
    let scale = 1.0 + found.payoffs.iter().fold(0.0_f64, |most, payoff| most.max(payoff.abs()));
    answer.verified = checked.iter().zip(&found.gains).all(|(a, b)| (a - b).abs() <= 1e-9 * scale);
    answer.equilibria.push(GameEquilibrium {
        strategies: by_set(tree, |action| found.average[action]),
        payoffs: found.payoffs,
        max_regret: regret,
        refinement: Refinement::Approximate,
        exact: None,
    });
}
