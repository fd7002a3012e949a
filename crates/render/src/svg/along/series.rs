//! What is plotted: acts, outcomes and payoffs at the values that were looked at.

use detente_analysis::play::answer::{ActView, AlongView, GameAnswer, PointView};

use super::panel::{Line, Panel, Range};
use crate::svg::words::shortened;

/// Outcomes with a line of their own.
const MOST_OUTCOMES: usize = 6;

/// The values that were looked at, ascending; where behaviour changes the equilibria on both
/// sides stand at the same place.
pub(super) struct Course<'a> {
    points: Vec<(f64, &'a PointView)>,
}

impl<'a> Course<'a> {
    pub(super) fn new(along: &'a AlongView) -> Self {
        let inside =
            |point: &&PointView| along.thresholds.iter().any(|there| there.low <= point.at && point.at <= there.high);
        let mut points: Vec<(f64, &PointView)> =
            along.points.iter().filter(|point| !inside(point)).map(|point| (point.at.to_f64(), point)).collect();
        for threshold in &along.thresholds {
            let place = super::mark(threshold).at;
            let sides = [&threshold.before, &threshold.after];
            let from = points.partition_point(|(at, _)| *at < place);
            points.splice(from..from, sides.into_iter().flatten().map(|side| (place, side)));
        }
        Self { points }
    }

    fn line(&self, label: String, value: impl Fn(&PointView) -> Option<f64>) -> Line {
        Line { label, points: self.points.iter().map(|(at, point)| (*at, value(point))).collect() }
    }

    /// All acts, those of one point of decision together.
    fn acts(&self) -> Vec<Vec<&'a ActView>> {
        let mut all: Vec<&ActView> =
            self.points.iter().flat_map(|(_, point)| &point.chances).map(|one| &one.act).collect();
        all.sort();
        all.dedup();
        all.chunk_by(|a, b| place(a) == place(b)).map(<[&ActView]>::to_vec).collect()
    }

    fn act_line(&self, act: &ActView) -> Line {
        self.line(act.value.clone(), |point| {
            point.chances.iter().find(|one| one.act == *act).map(|one| one.chance.to_f64())
        })
    }
}

/// What acts of one point of decision have in common.
fn place(act: &ActView) -> impl PartialEq + use<'_> {
    (&act.party, &act.own_type, &act.knows, &act.what)
}

/// `Challenger (irresolute), knowing threat = yes: war`.
fn name(game: &GameAnswer, act: &ActView) -> String {
    let party = game.players.iter().find(|player| player.id == act.party).map_or(&act.party, |player| &player.name);
    let own = act.own_type.as_ref().map_or_else(String::new, |own| format!(" ({own})"));
    let known: Vec<String> = act.knows.iter().map(|fact| format!("{} = {}", fact.what, fact.value)).collect();
    let knows = if known.is_empty() { String::new() } else { format!(", knowing {}", known.join(", ")) };
    format!("{party}{own}{knows}: {}", act.what)
}

/// Whether a line never moves.
fn is_constant(line: &Line) -> bool {
    let mut values = line.points.iter().filter_map(|(_, value)| *value);
    let first = values.next();
    values.all(|value| Some(value) == first)
}

/// A panel for each point of decision where something changes.
pub(super) fn acts(game: &GameAnswer, course: &Course<'_>) -> Vec<Panel> {
    let panel = |acts: Vec<&ActView>| {
        let lines: Vec<Line> = acts.iter().map(|act| course.act_line(act)).collect();
        let title = name(game, acts[0]);
        (!lines.iter().all(is_constant)).then_some(Panel { title, lines, range: Range::Chance })
    };
    course.acts().into_iter().filter_map(panel).collect()
}

/// What is done in the same way wherever the game gets there.
pub(super) fn constants(game: &GameAnswer, course: &Course<'_>) -> Vec<String> {
    let said = |acts: Vec<&ActView>| {
        let lines: Vec<Line> = acts.iter().map(|act| course.act_line(act)).collect();
        if !lines.iter().all(is_constant) {
            return None;
        }
        let last = |line: &Line| line.points.iter().rev().find_map(|(_, value)| *value).unwrap_or(0.0);
        let done = lines.iter().filter(|line| last(line) > 0.0);
        let part = |line: &Line| match last(line) {
            sure if sure >= 1.0 => line.label.clone(),
            chance => format!("{} ({})", line.label, super::scale::short(chance)),
        };
        Some(format!("{} = {}", name(game, acts[0]), done.map(part).collect::<Vec<_>>().join(" or ")))
    };
    course.acts().into_iter().filter_map(said).collect()
}

/// How likely outcomes are, the likeliest ones each and the others together.
pub(super) fn outcomes(course: &Course<'_>) -> Option<Panel> {
    let chance = |point: &PointView, name: &str| {
        point.outcomes.iter().find(|(own, _)| own == name).map_or(0.0, |(_, chance)| chance.to_f64())
    };
    let mut names: Vec<(&str, f64)> = Vec::new();
    for (_, point) in &course.points {
        for (name, _) in &point.outcomes {
            let own = chance(point, name);
            match names.iter_mut().find(|(known, _)| known == name) {
                Some((_, most)) => *most = most.max(own),
                None => names.push((name, own)),
            }
        }
    }
    names.sort_by(|a, b| b.1.total_cmp(&a.1));
    let own: Vec<&str> = names.iter().map(|(name, _)| *name).take(MOST_OUTCOMES).collect();
    let told = |name: &&str| if name.is_empty() { "the only end".to_owned() } else { shortened(name, 60) };
    let mut lines: Vec<Line> =
        own.iter().map(|name| course.line(told(name), |point| Some(chance(point, name)))).collect();
    if names.len() > own.len() {
        let rest = |point: &PointView| Some(1.0 - own.iter().map(|name| chance(point, name)).sum::<f64>());
        lines.push(course.line(format!("{} others", names.len() - own.len()), rest));
    }
    let title = "It ends with".to_owned();
    (!lines.is_empty()).then_some(Panel { title, lines, range: Range::Chance })
}

/// What players get.
pub(super) fn payoffs(game: &GameAnswer, course: &Course<'_>) -> Option<Panel> {
    let line = |(at, player): (usize, &detente_analysis::play::answer::PlayerView)| {
        course.line(player.name.clone(), |point| point.payoffs.get(at).map(detente_base::Exact::to_f64))
    };
    let lines: Vec<Line> = game.players.iter().enumerate().map(line).collect();
    let title = "What each expects".to_owned();
    (!lines.is_empty()).then_some(Panel { title, lines, range: Range::Own })
}
