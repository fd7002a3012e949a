//! What there is to agree on.

use detente_analysis::negotiation::{Count, Demand, DemandLabel, NegotiationAnswer, NotCounted};

use super::continuum;
use super::holds::stop_reason;
use super::lotteries::lotteries;
use super::solutions::SOLUTIONS;
use super::words::{counted, listed};
use crate::doc::{Document, Item, Level, Table, Text};

/// Points written out before the rest is left to the JSON.
pub(super) const MOST_POINTS: usize = 40;

/// The efficient packages of a negotiation, and what bargaining solutions choose.
pub fn negotiation_document(answer: &NegotiationAnswer) -> Document {
    let mut out = Document::default();
    out.heading(
        Level::Title,
        format!("{} over {}", listed(&answer.parties, "and"), counted(answer.issues.len() as u64, "issue")),
    );
    if answer.continuous.is_empty() {
        out.paragraph(match answer.outcomes.to_string().as_str() {
            "1" => "One package is possible.".to_owned(),
            n => format!("{n} packages are possible."),
        });
    } else {
        out.paragraph("Infinitely many packages are possible.");
    }
    out.append(continuum::issues(answer));
    out.append(reading(answer));
    if let Some(reason) = &answer.stopped {
        out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
        out.append(so_far(answer));
        return out;
    }
    if !answer.continuous.is_empty() {
        out.append(continuum::curve(answer));
        return out;
    }
    out.append(extent(answer));
    out.append(solutions(answer));
    if let Some(found) = &answer.lotteries {
        out.append(lotteries(found, (Level::Section, &answer.parties), &|worth| number(worth.to_f64())));
    }
    out.append(frontier(answer));
    out.append(demands(answer));
    out
}

/// What the files say that the frontier does not show.
fn reading(answer: &NegotiationAnswer) -> Document {
    let mut out = Document::default();
    if let Some(first) = answer.sampled.first() {
        let issues: Vec<String> = answer
            .sampled
            .iter()
            .map(|issue| format!("{} from {} to {}", issue.issue, issue.low, issue.high))
            .collect();
        let each = if issues.len() == 1 { "" } else { " of each" };
        out.paragraph(format!(
            "Over real numbers: {}. {} evenly spaced values{each} are looked at; packages with other values are left \
             out, and may be efficient.",
            listed(&issues, "and"),
            first.values
        ));
    }
    if !answer.discounts.is_empty() {
        let factors: Vec<String> =
            answer.discounts.iter().map(|found| format!("{} for {}", found.factor, found.party)).collect();
        out.paragraph(format!(
            "Worth falls with time, over a whole negotiation by the factor {}. The frontier is that of the start.",
            listed(&factors, "and")
        ));
    }
    out
}

/// What was found before the search was stopped.
fn so_far(answer: &NegotiationAnswer) -> Document {
    let mut out = Document::default();
    let Some(search) = &answer.search else { return out };
    if !answer.frontier.is_empty() {
        let most: Vec<String> = answer
            .parties
            .iter()
            .zip(&search.at_most)
            .map(|(party, most)| format!("{} for {party}", number(*most)))
            .collect();
        out.paragraph(format!(
            "{} sets of packages were looked at. The packages below dominate all others that were found; an efficient \
             package that was not found is worth at most {}.",
            search.nodes,
            listed(&most, "and")
        ));
        out.append(frontier(answer));
    }
    out
}

/// How many packages are efficient, and in the zone.
fn extent(answer: &NegotiationAnswer) -> Document {
    let mut out = Document::default();
    let points = match answer.frontier.len() {
        1 => "one combination of worths".to_owned(),
        n => format!("{n} combinations of worths"),
    };
    let efficient = match answer.frontier_outcomes.as_ref().map(ToString::to_string).as_deref() {
        Some("1") => "One of them is efficient: no other is as good for every party and better for one.".to_owned(),
        Some(n) => format!(
            "{n} of them are efficient: no other is as good for every party and better for one. They have {points}."
        ),
        None => format!(
            "The efficient ones have {points}: no other package is as good for every party and better for one. How \
             many they are was not counted: {}.",
            answer.not_counted.map_or("", why_not_counted)
        ),
    };
    out.paragraph(format!("{efficient} Comparisons are exact."));
    if let Some(search) = &answer.search {
        out.paragraph(format!(
            "Issues are linked by hyper-rectangles. {} sets of packages were looked at; all others are shown to hold no \
             efficient package with worths that are not listed.",
            search.nodes
        ));
    }
    let given = answer.parties.iter().zip(&answer.reservations).filter(|(_, reservation)| **reservation != 0.0);
    let reservations: Vec<String> = given.map(|(party, r)| format!("{} for {party}", number(*r))).collect();
    if !reservations.is_empty() {
        let zone = match answer.zone_points {
            0 => "no efficient package gives every party at least that".to_owned(),
            n => match (&answer.zone_outcomes, n) {
                (Some(Count::Number(1)), _) => "one efficient package gives every party at least that".to_owned(),
                (Some(packages), _) => format!(
                    "{packages} of the efficient packages, with {}, give every party at least that",
                    counted(n, "combination")
                ),
                (None, 1) => "one of the combinations gives every party at least that".to_owned(),
                (None, n) => format!("{n} of the combinations give every party at least that"),
            },
        };
        out.paragraph(format!("Without an agreement: {}; {zone}.", listed(&reservations, "and")));
    }
    out
}

fn solutions(answer: &NegotiationAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "What bargaining solutions choose");
    if answer.zone_points == 0 {
        out.paragraph("Nothing: the zone of possible agreement is empty.");
        return out;
    }
    let mut table = Table::default();
    table.left("Solution");
    answer.parties.iter().for_each(|party| table.right(party));
    for (id, name) in SOLUTIONS {
        for (at, worths) in answer.points.get(id).into_iter().flatten().enumerate() {
            let name = if at == 0 { name } else { "" };
            table.rows.push(std::iter::once(name.to_owned()).chain(worths.iter().map(|w| number(*w))).collect());
        }
    }
    out.table(table);
    out.append(definitions(answer));
    out
}

pub(super) fn definitions(answer: &NegotiationAnswer) -> Document {
    let definition = |(id, name): &(&str, &str)| {
        let words = answer.definitions.get(*id)?;
        Some(Item::new(Text::default().strong(*name).plain(format!(": {words}."))))
    };
    let mut out = Document::default();
    out.bullets(SOLUTIONS.iter().filter_map(definition).collect());
    out
}

fn frontier(answer: &NegotiationAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "The frontier");
    let mut table = Table::default();
    // Lotteries speak of points by their numbers.
    let numbered = answer.lotteries.is_some();
    if numbered {
        table.right("No");
    }
    answer.parties.iter().for_each(|party| table.right(party));
    let counted = answer.packages.iter().all(|package| package.count.is_some());
    if counted {
        table.right("Packages");
    }
    table.left("In zone");
    table.left("One package");
    for (at, (worths, package)) in answer.frontier.iter().zip(&answer.packages).take(MOST_POINTS).enumerate() {
        let mut row: Vec<String> = numbered.then(|| (at + 1).to_string()).into_iter().collect();
        row.extend(worths.iter().map(|worth| number(*worth)));
        row.extend(package.count.as_ref().filter(|_| counted).map(ToString::to_string));
        row.push(if package.in_zone { "yes" } else { "no" }.to_owned());
        row.push(package.values.join(", "));
        table.rows.push(row);
    }
    out.table(table);
    if answer.frontier.len() > MOST_POINTS {
        let rest = answer.frontier.len() - MOST_POINTS;
        out.paragraph(Text::from(format!("{rest} more points; ")).code("--format json").plain(" lists them all."));
    }
    out.paragraph(format!("Values of a package in the order of the issues: {}.", answer.issues.join(", ")));
    out
}

/// What becomes of each party's best values.
fn demands(answer: &NegotiationAnswer) -> Document {
    let mut out = Document::default();
    if answer.zone_points == 0 {
        return out;
    }
    out.heading(Level::Section, "Demands");
    if answer.search.is_some() {
        out.paragraph("They have no labels: where issues are linked, no value of an issue is best by itself.");
        return out;
    }
    out.paragraph(
        "Each party's best value of each issue. It is core if every efficient package in the zone has it, a chip if none \
         has it, so that whoever gets it wastes what it could be traded for, and contested otherwise.",
    );
    for party in &answer.parties {
        let own = || answer.demands.iter().filter(|demand| demand.party == *party);
        let mut items = Vec::new();
        for (label, word) in
            [(DemandLabel::Core, "core"), (DemandLabel::Contested, "contested"), (DemandLabel::Chip, "chips")]
        {
            let found: Vec<String> = own().filter(|demand| demand.label == Some(label)).map(words).collect();
            if !found.is_empty() {
                items.push(Item::new(format!("{word}: {}", found.join("; "))));
            }
        }
        if !items.is_empty() {
            out.bullets(vec![Item { text: Text::default().strong(party), inner: items }]);
        }
    }
    out
}

fn why_not_counted(why: NotCounted) -> &'static str {
    match why {
        NotCounted::Infinite => "there are infinitely many",
        NotCounted::SeveralWays => {
            "a party takes the greatest or the least over several hyper-rectangles, so that one package comes about in \
             several ways"
        }
        NotCounted::TooFine => "worths have too many digits",
        NotCounted::TooMany { .. } => "too many would have to be told apart",
        NotCounted::Stopped => "the budget ended it",
    }
}

fn words(demand: &Demand) -> String {
    let share = match demand.label {
        Some(DemandLabel::Contested) => format!(" ({} of {})", demand.with, demand.of),
        _ => String::new(),
    };
    format!("{}: {}{share}", demand.issue, listed(&demand.values, "or"))
}

/// At most six digits after the point.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.6}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(
            (number(0.5), number(1.0), number(-1e-9), number(2.0 / 3.0)),
            ("0.5".into(), "1".into(), "0".into(), "0.666667".into())
        );
    }
}
