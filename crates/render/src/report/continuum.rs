//! What there is to agree on over real numbers.

use detente_analysis::negotiation::{NegotiationAnswer, SegmentView};

use super::negotiation::{MOST_POINTS, definitions, number};
use super::solutions::SOLUTIONS;
use super::words::{counted, listed};
use crate::doc::{Document, Level, Table, Text};

/// The issues of which all numbers are looked at.
pub(super) fn issues(answer: &NegotiationAnswer) -> Document {
    let mut out = Document::default();
    let range = |issue: &detente_analysis::negotiation::ContinuousIssue| {
        format!("{} from {} to {}", issue.issue, issue.low, issue.high)
    };
    let issues: Vec<String> = answer.continuous.iter().map(range).collect();
    if !issues.is_empty() {
        out.paragraph(format!(
            "Over real numbers: {}. All of them are looked at: worth is linear between some of them.",
            listed(&issues, "and")
        ));
    }
    out
}

/// The frontier, and what solutions choose on it.
pub(super) fn curve(answer: &NegotiationAnswer) -> Document {
    let mut out = extent(answer);
    out.append(solutions(answer));
    out.append(frontier(answer));
    out.heading(Level::Section, "Demands");
    out.paragraph("They have no labels: packages over real numbers cannot be counted.");
    out
}

/// How many single points the frontier has beside its segments.
fn single_points(answer: &NegotiationAnswer) -> Vec<usize> {
    let on = |worths: &Vec<f64>| answer.segments.iter().any(|segment| segment.from == *worths || segment.to == *worths);
    (0..answer.frontier.len()).filter(|at| !on(&answer.frontier[*at])).collect()
}

fn extent(answer: &NegotiationAnswer) -> Document {
    let mut out = Document::default();
    let single = single_points(answer).len() as u64;
    let mut parts = Vec::new();
    if !answer.segments.is_empty() {
        parts.push(counted(answer.segments.len() as u64, "segment"));
    }
    if single > 0 {
        parts.push(counted(single, "single point"));
    }
    out.paragraph(format!(
        "The worths of the efficient ones lie on {}: no other package is as good for both and better for one. \
         Comparisons are exact.",
        listed(&parts, "and")
    ));
    let given = answer.parties.iter().zip(&answer.reservations).filter(|(_, reservation)| **reservation != 0.0);
    let reservations: Vec<String> = given.map(|(party, r)| format!("{} for {party}", number(*r))).collect();
    if !reservations.is_empty() {
        let zone = answer.segments.iter().filter(|segment| segment.in_zone).count() as u64;
        let points = single_points(answer).into_iter().filter(|at| answer.packages[*at].in_zone).count() as u64;
        let mut parts = Vec::new();
        if zone > 0 {
            parts.push(format!("{} or parts of them", counted(zone, "segment")));
        }
        if points > 0 {
            parts.push(counted(points, "single point"));
        }
        let zone = if parts.is_empty() {
            "no efficient package gives both at least that".to_owned()
        } else {
            format!("at least that for both is on {}", listed(&parts, "and"))
        };
        out.paragraph(format!("Without an agreement: {}; {zone}.", listed(&reservations, "and")));
    }
    out
}

fn solutions(answer: &NegotiationAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "What bargaining solutions choose");
    if answer.points.values().all(Vec::is_empty) {
        out.paragraph("Nothing: the zone of possible agreement is empty.");
        return out;
    }
    let mut table = Table::default();
    table.left("Solution");
    answer.parties.iter().for_each(|party| table.right(party));
    table.left("One package");
    for (id, name) in SOLUTIONS {
        let packages = answer.solution_packages.get(id).into_iter().flatten();
        for (at, (worths, package)) in answer.points.get(id).into_iter().flatten().zip(packages).enumerate() {
            let name = if at == 0 { name } else { "" };
            let mut row: Vec<String> =
                std::iter::once(name.to_owned()).chain(worths.iter().map(|w| number(*w))).collect();
            row.push(package.iter().map(|value| short(value)).collect::<Vec<_>>().join(", "));
            table.rows.push(row);
        }
    }
    out.table(table);
    for (id, name) in SOLUTIONS {
        if answer.ties_between.contains_key(id) {
            out.paragraph(format!("{name}: all points between the two are as good."));
        }
    }
    out.append(definitions(answer));
    out
}

fn frontier(answer: &NegotiationAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "The frontier");
    let mut table = Table::default();
    answer.parties.iter().for_each(|party| table.right(party));
    table.left("In zone");
    table.left("One package");
    table.left("Then");
    let rows = rows(answer);
    table.rows.extend(rows.iter().take(MOST_POINTS).cloned());
    out.table(table);
    if rows.len() > MOST_POINTS {
        let rest = rows.len() - MOST_POINTS;
        out.paragraph(Text::from(format!("{rest} more points; ")).code("--format json").plain(" lists them all."));
    }
    out.paragraph(format!("Values of a package in the order of the issues: {}.", answer.issues.join(", ")));
    if answer.segments.iter().any(|segment| !segment.from_efficient || !segment.to_efficient) {
        out.paragraph(
            "An end that is left out is not efficient itself: another package dominates it. Every other point of its \
             line is efficient.",
        );
    }
    out
}

/// The ends of segments and single points from the best for the first party on, and whether a
/// line leads to the next.
fn rows(answer: &NegotiationAnswer) -> Vec<Vec<String>> {
    let mut found: Vec<(Vec<f64>, Vec<String>)> = Vec::new();
    let row = |worths: &[f64], package: &[String], in_zone: &str, then: &str| {
        let mut row: Vec<String> = worths.iter().map(|worth| number(*worth)).collect();
        row.extend([
            in_zone.to_owned(),
            package.iter().map(|v| short(v)).collect::<Vec<_>>().join(", "),
            then.to_owned(),
        ]);
        (worths.to_vec(), row)
    };
    let zone = |worths: &[f64]| {
        let at = answer.frontier.iter().position(|known| known == worths);
        at.map_or("left out", |at| if answer.packages[at].in_zone { "yes" } else { "no" })
    };
    let single = single_points(answer);
    let mut points = single.iter().map(|at| (&answer.frontier[*at], &answer.packages[*at].values)).peekable();
    for segment in &answer.segments {
        while let Some((worths, package)) = points.next_if(|(worths, _)| worths[0] >= segment.from[0]) {
            found.push(row(worths, package, zone(worths), ""));
        }
        let SegmentView { from, to, packages: [first, second], .. } = segment;
        let line = row(from, first, zone(from), "a line to");
        match found.last_mut() {
            Some((last, before)) if last == from => *before = line.1,
            _ => found.push(line),
        }
        found.push(row(to, second, zone(to), ""));
    }
    found.extend(points.map(|(worths, package)| row(worths, package, zone(worths), "")));
    found.into_iter().map(|(_, row)| row).collect()
}

/// A number of a package to six digits after the point, if it is a fraction or longer.
fn short(value: &str) -> String {
    match value.parse::<detente_base::Exact>() {
        Ok(exact) if value.contains('/') || value.len() > 8 => number(exact.to_f64()),
        _ => value.to_owned(),
    }
}
