//! One panel of a plot.

use std::fmt::Write as _;

use super::scale::{Scale, short, ticks};
use super::{Mark, frame};
use crate::svg::style::{fill, stroke};
use crate::svg::words::shortened;
use crate::svg::writer::{At, Writer, number};

/// Lines with a scale in common.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Panel {
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
    pub(super) range: Range,
}

/// What a panel's scale runs over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// From 0 to 1.
    Chance,
    /// Over what is plotted.
    Own,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) label: String,
    /// Values, ascending by place; nothing where there is no value.
    pub(super) points: Vec<(f64, Option<f64>)>,
}

/// Upper and lower edge of a panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// Dashes of lines, so that colour is not all that tells them apart.
const DASHES: [&str; 6] = ["", "7 3", "2 3", "10 3 2 3", "4 2", "1 2"];

/// Draws a panel below a place, and returns where the next one may begin.
pub(super) fn draw(out: &mut Writer, panel: &Panel, (scale, marks): (&Scale, &[Mark]), y: f64) -> f64 {
    out.text(At { x: scale.start, y, class: "strong" }, &[("", &shortened(&panel.title, 110))]);
    let frame = frame(panel, y + 12.0);
    let range = range(panel);
    let up = Scale { low: range.0, high: range.1, start: frame.bottom, end: frame.top };
    grid(out, (panel, range), (scale, &up));
    for mark in marks {
        let x = number(scale.place(mark.at));
        out.path("line mark", 1.0, &format!("M{x} {}V{}", number(frame.top - 4.0), number(frame.bottom + 4.0)));
    }
    for (at, line) in panel.lines.iter().enumerate() {
        out.group(&format!("{}: {}", panel.title, line.label));
        let commands = commands(line, (scale, &up));
        out.element(
            "path",
            &[
                ("class", &format!("line {}", stroke(at))),
                ("stroke-width", "2.5"),
                ("stroke-dasharray", DASHES[at % DASHES.len()]),
                ("d", &commands),
            ],
        );
        out.end_group();
    }
    labels(out, panel, (scale, &up), frame);
    frame.bottom + 34.0
}

fn range(panel: &Panel) -> (f64, f64) {
    if panel.range == Range::Chance {
        return (0.0, 1.0);
    }
    let values = || panel.lines.iter().flat_map(|line| &line.points).filter_map(|(_, value)| *value);
    let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    if low < high {
        let room = (high - low) * 0.06;
        (low - room, high + room)
    } else {
        let middle = if low.is_finite() { low } else { 0.0 };
        (middle - 1.0, middle + 1.0)
    }
}

fn grid(out: &mut Writer, (panel, range): (&Panel, (f64, f64)), (across, up): (&Scale, &Scale)) {
    let lines = match panel.range {
        Range::Chance => vec![(0.0, "0".to_owned()), (0.5, "½".to_owned()), (1.0, "1".to_owned())],
        Range::Own => ticks(range, 5).into_iter().map(|value| (value, short(value))).collect(),
    };
    for (value, text) in lines {
        let y = up.place(value);
        let commands = format!("M{} {}H{}", number(across.start), number(y), number(across.end));
        out.path("line grid", 1.0, &commands);
        out.text(At { x: across.start - 8.0, y: y + 4.0, class: "end mute small" }, &[("", &text)]);
    }
}

/// The path of a line, with a gap where there is no value.
fn commands(line: &Line, (across, up): (&Scale, &Scale)) -> String {
    let mut out = String::new();
    let mut pen = false;
    for (at, value) in &line.points {
        if let Some(value) = value {
            let letter = if pen { 'L' } else { 'M' };
            let _ = write!(out, "{letter}{} {}", number(across.place(*at)), number(up.place(*value)));
        }
        pen = value.is_some();
    }
    out
}

/// What the lines are, right of them, each as near to its line's end as others allow.
fn labels(out: &mut Writer, panel: &Panel, (across, up): (&Scale, &Scale), frame: Frame) {
    let end = |line: &Line| line.points.iter().rev().find_map(|(_, value)| *value).map_or(frame.top, |v| up.place(v));
    let mut places: Vec<(usize, f64)> = panel.lines.iter().enumerate().map(|(at, line)| (at, end(line))).collect();
    places.sort_by(|a, b| a.1.total_cmp(&b.1));
    spread(&mut places, (frame.top, frame.bottom));
    for (at, y) in places {
        let x = across.end + 12.0;
        let swatch = format!("M{} {}h22", number(x), number(y));
        out.element(
            "path",
            &[
                ("class", &format!("line {}", stroke(at))),
                ("stroke-width", "2.5"),
                ("stroke-dasharray", DASHES[at % DASHES.len()]),
                ("d", &swatch),
            ],
        );
        let label = shortened(&panel.lines[at].label, 46);
        out.text(At { x: x + 28.0, y: y + 4.0, class: &format!("small {}", fill(at)) }, &[("", &label)]);
    }
}

/// Moves places that are too near apart: down first, and then back up from the end.
fn spread(places: &mut [(usize, f64)], (top, bottom): (f64, f64)) {
    const APART: f64 = 15.0;
    let mut least = top;
    for place in places.iter_mut() {
        place.1 = place.1.max(least);
        least = place.1 + APART;
    }
    let mut most = bottom;
    for place in places.iter_mut().rev() {
        place.1 = place.1.min(most);
        most = place.1 - APART;
    }
}
