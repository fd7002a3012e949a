//! Equilibria along a parameter: how likely each act and each outcome is, and what players
//! get, with the values at which behaviour changes.
//!
//! Reading order: [`along_svg`], `series` (what is plotted), `panel` (how), `scale`.

mod panel;
mod scale;
mod series;
#[cfg(test)]
mod tests;

use detente_analysis::play::answer::{AlongView, GameAnswer, ThresholdView};

use super::words::{amount, shortened};
use super::writer::{At, Writer, number};
use panel::{Frame, Panel};
use scale::{Scale, ticks};
use series::{Course, acts, constants, outcomes, payoffs};

/// Left of the panels, their width, and what is right of them.
const SIDES: (f64, f64, f64) = (58.0, 560.0, 330.0);

/// Acts that happen everywhere which are listed.
const MOST_LISTED: usize = 12;

/// Panels of acts that are drawn.
const MOST_PANELS: usize = 16;

/// A value at which behaviour changes.
#[derive(Clone, Debug, PartialEq)]
struct Mark {
    at: f64,
    text: String,
}

/// The plot of a game along a parameter: a panel for each point of decision where something
/// changes, one for outcomes and one for payoffs.
pub fn along_svg(game: &GameAnswer, along: &AlongView) -> String {
    let course = Course::new(along);
    let marks: Vec<Mark> = along.thresholds.iter().map(mark).collect();
    let scale = Scale { low: along.low.to_f64(), high: along.high.to_f64(), start: SIDES.0, end: SIDES.0 + SIDES.1 };
    let mut out = Writer::default();
    let title = format!("{} along {}", game.name, along.parameter);
    out.text(At { x: 18.0, y: 30.0, class: "title" }, &[("", &shortened(&title, 80))]);
    out.text(At { x: 18.0, y: 50.0, class: "mute" }, &[("", &thresholds(along, &marks))]);
    let mut y = 82.0;
    let mut panels = acts(game, &course);
    let more = panels.len().saturating_sub(MOST_PANELS);
    panels.truncate(MOST_PANELS);
    panels.extend(outcomes(&course));
    panels.extend(payoffs(game, &course));
    for panel in &panels {
        y = panel::draw(&mut out, panel, (&scale, &marks), y);
    }
    y = axis(&mut out, &along.parameter, (&scale, &marks), y);
    y = remarks(&mut out, (&constants(game, &course), more), y);
    let size = (SIDES.0 + SIDES.1 + SIDES.2, y + 6.0);
    out.finish(size, &title, &thresholds(along, &marks))
}

fn mark(threshold: &ThresholdView) -> Mark {
    match &threshold.exact {
        Some(exact) => Mark { at: exact.to_f64(), text: amount(exact) },
        None => {
            let middle = threshold.low.midpoint(&threshold.high);
            Mark { at: middle.to_f64(), text: format!("≈{}", scale::short(middle.to_f64())) }
        }
    }
}

fn thresholds(along: &AlongView, marks: &[Mark]) -> String {
    let places: Vec<&str> = marks.iter().map(|mark| mark.text.as_str()).collect();
    match places[..] {
        [] => format!("From {} to {} the same acts happen.", along.low, along.high),
        _ => format!("Behaviour changes at {} = {}.", along.parameter, places.join(", ")),
    }
}

/// The axis under the panels: round values, and those at which behaviour changes.
fn axis(out: &mut Writer, parameter: &str, (scale, marks): (&Scale, &[Mark]), y: f64) -> f64 {
    let line = format!("M{} {}H{}", number(scale.start), number(y), number(scale.end));
    out.path("line ink", 1.0, &line);
    out.text(At { x: scale.end + 28.0, y: y + 17.0, class: "strong" }, &[("", &shortened(parameter, 30))]);
    // Values that lie side by side stand on lines of their own.
    let mut lines: Vec<f64> = Vec::new();
    for mark in marks {
        let (x, half) = (scale.place(mark.at), super::words::strong_width(&mark.text, 12.0) / 2.0 + 4.0);
        let row = lines.iter().position(|end| *end <= x - half).unwrap_or(lines.len());
        if row == lines.len() {
            lines.push(0.0);
        }
        lines[row] = x + half;
        let down = y + 17.0 + 16.0 * row as f64;
        out.path("line mark", 1.0, &format!("M{} {}V{}", number(x), number(y), number(down - 11.0)));
        out.text(At { x, y: down, class: "mid strong" }, &[("", &mark.text)]);
    }
    // Round values stand where no such value is.
    let free = |x: f64| marks.iter().all(|mark| (scale.place(mark.at) - x).abs() > 34.0);
    for value in ticks((scale.low, scale.high), 7) {
        let x = scale.place(value);
        out.path("line ink", 1.0, &format!("M{} {}v4", number(x), number(y)));
        if free(x) {
            out.text(At { x, y: y + 17.0, class: "mid mute small" }, &[("", &scale::short(value))]);
        }
    }
    y + 28.0 + 16.0 * lines.len().max(1) as f64
}

/// What is not plotted, for it does not change.
fn remarks(out: &mut Writer, (constant, more): (&[String], usize), mut y: f64) -> f64 {
    let mut lines: Vec<String> = constant.iter().take(MOST_LISTED).cloned().collect();
    if constant.len() > MOST_LISTED {
        lines.push(format!("… and {} more", constant.len() - MOST_LISTED));
    }
    if !lines.is_empty() {
        lines.insert(0, "Wherever it can be done:".to_owned());
    }
    if more > 0 {
        lines.push(format!("{more} points of decision more are not plotted."));
    }
    for (at, line) in lines.iter().enumerate() {
        let x = if at == 0 || !line.contains(':') { 18.0 } else { 30.0 };
        out.text(At { x, y, class: "mute" }, &[("", &shortened(line, 120))]);
        y += 18.0;
    }
    y
}

/// The frame of a panel of so many lines, its upper edge given.
fn frame(panel: &Panel, top: f64) -> Frame {
    let height = 96.0_f64.max(15.0 * panel.lines.len() as f64);
    Frame { top, bottom: top + height }
}
