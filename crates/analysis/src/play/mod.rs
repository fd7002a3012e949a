//! Who does what, who bluffs: game forms played out.
//!
//! A game form of a file becomes a tree (`walk`), whose equilibria are found exactly
//! for two players ([`detente_game::lemke`]), and for more as limits of logit equilibria
//! ([`detente_game::logit`]), and told in the file's words (`story`), with what types do that
//! they would not do if they were known (`bluffs`), and where behaviour changes along a
//! parameter (`along`).
//!
//! Reading order: [`answer`], [`play`](fn@play), `setting`, `program`, `walk`, `lowered`,
//! `search`, `story`, `bluffs`, `along`,
//! `update`.

mod along;
pub mod answer;
mod bluffs;
mod lowered;
mod program;
mod search;
mod setting;
mod story;
mod update;
mod walk;

use detente_base::{Budget, Exact, SourceText};
use detente_game::Assessment;
use detente_game::lemke::any_in_parts;
use detente_scenario::expr::eval::{Interval, central_point};
use detente_scenario::situation::{GameForm, Quantity, Situation};
use detente_scenario::suggest::{list_names, nearest};

use crate::ask::{AskError, FORMAT, Obstacle, Options, with_options};
use crate::picture::{Scene, TooLarge, TreePicture, picture};
use answer::{GameAnswer, GameSize, PlayAnswer, PlayerView};
use lowered::Lowered;
use setting::{Setting, extended};
use story::Story;
use walk::{Sight, type_chances};

pub use along::Along;
pub use update::{Seen, update};

/// Most nodes of a game that is built.
const MOST_NODES: u64 = 1 << 22;

/// Nodes above which a game is not solved once more with all types known.
const MOST_REVEALED: usize = 50_000;

/// What else is asked.
#[derive(Clone, Debug, Default)]
pub struct PlayOptions {
    /// Only this game.
    pub game: Option<String>,
    /// Where behaviour changes along a parameter.
    pub along: Option<Along>,
}

/// How the games of a situation are played.
///
/// Cost: see [`detente_game::lemke`]; once for each prior that is drawn, more of them for
/// small games.
///
/// # Errors
/// When the options name something that the situation does not have, there is no game, or
/// the file does not say what a game needs.
pub fn play(
    source: &SourceText,
    situation: &Situation,
    asked: (&Options, &PlayOptions),
    budget: &Budget,
) -> Result<PlayAnswer, AskError> {
    play_drawn(source, situation, asked, budget).map(|(answer, _)| answer)
}

/// For each equilibrium of a game its drawing, or why there is none.
pub type GamePictures = Vec<Result<TreePicture, TooLarge>>;

/// How the games of a situation are played, and for each game drawings of its equilibria: see
/// [`play`](fn@play).
///
/// # Errors
/// As [`play`](fn@play).
pub fn play_drawn(
    source: &SourceText,
    situation: &Situation,
    (options, more): (&Options, &PlayOptions),
    budget: &Budget,
) -> Result<(PlayAnswer, Vec<GamePictures>), AskError> {
    let mut pictures = Vec::new();
    let changed = with_options(situation, options)?;
    let budget = &Budget { states: budget.states.min(MOST_NODES), ..budget.clone() };
    let mut answer = PlayAnswer {
        format: FORMAT,
        title: situation.title.clone(),
        fixed: options.fixed.clone(),
        games: Vec::new(),
        stopped: None,
    };
    for form in asked(&changed, more.game.as_deref())? {
        let (mut game, drawn) = one(source, &changed, form, budget)?;
        if let Some(along) = &more.along {
            let (view, stopped) = along::along(source, &changed, (form, along), budget)?;
            game.along = Some(view);
            game.stopped = game.stopped.or(stopped);
        }
        answer.stopped = answer.stopped.or_else(|| game.stopped.clone());
        answer.games.push(game);
        pictures.push(drawn);
    }
    Ok((answer, pictures))
}

fn asked<'s>(situation: &'s Situation, only: Option<&str>) -> Result<Vec<&'s GameForm>, AskError> {
    let known: Vec<&str> = situation.forms.iter().map(|form| form.id.as_str()).collect();
    if known.is_empty() {
        let help = "say who moves when: `protocols: {crisis: {kind: moves, steps: [{move: a, choose: threat}, …]}}`";
        return Err(AskError::new("the file has no game: no protocol of kind `moves`", Some(help.into())));
    }
    let Some(id) = only else { return Ok(situation.forms.iter().collect()) };
    let found: Vec<&GameForm> = situation.forms.iter().filter(|form| form.id == id).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let help = match nearest(id, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the games are {}", list_names(known)),
    };
    Err(AskError::new(format!("there is no game `{id}`"), Some(help)))
}

fn one(
    source: &SourceText,
    situation: &Situation,
    form: &GameForm,
    budget: &Budget,
) -> Result<(GameAnswer, GamePictures), AskError> {
    let mut pictures = Vec::new();
    let extended = extended(situation, form);
    let setting = Setting::new(&extended, form)?;
    let point = central_point(situation).expect("checked amounts divide by no zero");
    let mut answer = GameAnswer {
        id: form.id.clone(),
        name: form.name.clone(),
        line: source.position(form.origin.span.start).0,
        about: form.origin.about.clone(),
        players: players(&setting, &point),
        size: GameSize { nodes: 0, ends: 0, sets: 0, depth: 0 },
        central: central(situation),
        equilibria: Vec::new(),
        method: String::new(),
        complete: false,
        along: None,
        stopped: None,
    };
    let lowered = match setting.lower(&point, Sight::AsWritten, budget) {
        Ok(lowered) => lowered,
        Err(Obstacle::Error(error)) => return Err(error),
        Err(Obstacle::Undecided(reason)) => {
            answer.stopped = Some(reason);
            return Ok((answer, pictures));
        }
    };
    let tree = &lowered.tree;
    answer.size =
        GameSize { nodes: tree.node_count(), ends: lowered.ends.len(), sets: lowered.sets.len(), depth: tree.depth() };
    match search::all(tree, lowered.sequences(), budget) {
        Ok(all) => {
            let revealed = revealed(&setting, &point, &lowered, budget);
            let status_quo = setting.status_quo_worths(&point);
            let story = Story {
                source,
                setting: &setting,
                lowered: &lowered,
                point: &point,
                status_quo: status_quo.as_deref(),
            };
            answer.equilibria = all.found.iter().map(|found| story.told(found, revealed.as_ref())).collect();
            all.method.clone_into(&mut answer.method);
            let title = format!("{}: {}", situation.title, form.name);
            pictures = all.found.iter().enumerate().map(|found| drawn(&lowered, &title, found)).collect();
            answer.stopped = all.stopped;
        }
        Err(reason) => answer.stopped = Some(reason),
    }
    Ok((answer, pictures))
}

fn drawn(lowered: &Lowered, title: &str, (at, found): (usize, &search::Found)) -> Result<TreePicture, TooLarge> {
    let (tree, assessment) = (&lowered.tree, &found.assessment);
    let beliefs = |set| Some(assessment.beliefs(tree, set));
    let (behaviour, payoffs) = (assessment.behaviour(), found.regret.payoffs.as_slice());
    let mut picture = picture(&Scene { tree, players: tree.players(), behaviour, beliefs: &beliefs, payoffs }, at + 1)?;
    title.clone_into(&mut picture.title);
    Ok(picture)
}

/// The game with all types known, solved; nothing where no types are drawn.
fn revealed(
    setting: &Setting<'_>,
    point: &[Interval],
    lowered: &Lowered,
    budget: &Budget,
) -> Option<(Lowered, Assessment)> {
    if !setting.draws_types() || lowered.tree.node_count() > MOST_REVEALED {
        return None;
    }
    let known = setting.lower(point, Sight::TypesKnown, budget).ok()?;
    let parts = any_in_parts(&known.tree, budget).ok();
    let found = parts.or_else(|| search::one(&known.tree, budget).ok().map(|found| found.assessment))?;
    Some((known, found))
}

fn players(setting: &Setting<'_>, point: &[Interval]) -> Vec<PlayerView> {
    let view = |party: &detente_scenario::situation::PartyId| {
        let all = &setting.extended.preferences[party.index()].types;
        let chances = type_chances(setting.extended, *party, point);
        let named = all.iter().zip(chances).filter(|_| all.len() > 1);
        let types = named.map(|(variant, chance)| (variant.id.clone().unwrap_or_default(), chance));
        let party = &setting.extended.parties[party.index()];
        PlayerView { id: party.id.clone(), name: party.name.clone(), types: types.collect() }
    };
    setting.players.iter().map(view).collect()
}

/// Uncertain numbers with their central values.
fn central(situation: &Situation) -> Vec<(String, Exact)> {
    let uncertain = situation.parameters.iter().filter_map(|parameter| match &parameter.value {
        Quantity::Range { likely, .. } => Some((parameter.id.clone(), likely.clone())),
        _ => None,
    });
    uncertain.collect()
}
