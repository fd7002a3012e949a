//! Who gets what.

use detente_analysis::division::{CentralNumber, Division, DivisionAnswer};
use detente_base::Exact;

use super::holds::stop_reason;
use super::words::{listed, percent};
use crate::doc::{Document, Item, Level, Table, Text};

/// Fair divisions of goods.
pub fn division_document(answer: &DivisionAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Title, format!("{} divide {} goods", listed(&answer.parties, "and"), answer.goods.len()));
    out.paragraph("Worths are shares: to each party, all goods together are worth 100 %.");
    out.append(taken(answer));
    if let Some(division) = &answer.adjusted_winner {
        out.heading(Level::Section, "Adjusted Winner");
        out.paragraph(match &answer.split {
            Some(good) => format!("{good} is split. Both have the same share, and no other division is better for one and as good for the other."),
            None => "No good is split. Both have the same share, and no other division is better for one and as good for the other.".to_owned(),
        });
        out.append(one(answer, division));
    }
    if let Some(reason) = &answer.stopped {
        out.paragraph(Text::default().strong("Undecided for whole goods: ").plain(stop_reason(reason)));
    }
    for (title, what, divisions) in [
        ("Whole goods: greatest product", "The product of what each has is greatest.", &answer.greatest_product),
        ("Whole goods: leximin", "The least share is greatest, then the second least and so on.", &answer.leximin),
    ] {
        if !divisions.is_empty() {
            out.heading(Level::Section, title);
            out.paragraph(what);
        }
        for division in divisions {
            out.append(one(answer, division));
        }
    }
    out.heading(Level::Section, "Whole goods: taking turns");
    out.paragraph(format!("{} take the best of what is left, one good at a time.", listed(&answer.parties, "and")));
    out.append(one(answer, &answer.round_robin));
    out
}

/// What the division of a scenario leaves as it is, and the numbers that it takes.
fn taken(answer: &DivisionAnswer) -> Document {
    let mut out = Document::default();
    if !answer.unsettled.is_empty() {
        let stays: Vec<String> =
            answer.unsettled.iter().map(|setting| format!("{} = {}", setting.issue, setting.value)).collect();
        out.paragraph(format!("Not divided: {}.", stays.join(", ")));
    }
    let number = |number: &CentralNumber| {
        let CentralNumber { name, line, value, low, high } = number;
        Item::new(format!("{} (line {line}): {value}, of {low} to {high}", name.replace('`', "")))
    };
    if !answer.central.is_empty() {
        out.paragraph("Uncertain numbers are taken at their central values:");
        out.bullets(answer.central.iter().map(number).collect());
    }
    out
}

/// One division: who gets what, and how fair that is.
fn one(answer: &DivisionAnswer, division: &Division) -> Document {
    let mut out = Document::default();
    let mut table = Table::default();
    table.left("Good");
    answer.parties.iter().for_each(|party| table.right(party));
    for (good, parts) in answer.goods.iter().zip(&division.parts) {
        table.rows.push(std::iter::once(good.clone()).chain(parts.iter().map(part)).collect());
    }
    let own = division.worths.iter().enumerate().map(|(party, row)| percent(&row[party]));
    table.rows.push(std::iter::once("Worth".to_owned()).chain(own).collect());
    out.table(table);
    let mut said = Vec::new();
    for (judge, row) in division.worths.iter().enumerate() {
        for (holder, worth) in row.iter().enumerate().filter(|(_, worth)| **worth > row[judge]) {
            said.push(format!(
                "{} would rather have what {} has ({} instead of {}).",
                answer.parties[judge],
                answer.parties[holder],
                percent(worth),
                percent(&row[judge])
            ));
        }
    }
    if said.is_empty() {
        said.push("Nobody would rather have what another has.".to_owned());
    } else if division.envy_free_up_to_one == Some(true) {
        said.push("With one good less of the other's, nobody would.".to_owned());
    }
    if division.equitable {
        said.push("All have the same share.".to_owned());
    }
    if !division.proportional {
        said.push(format!("Not everybody has 1/{} or more.", answer.parties.len()));
    }
    out.paragraph(said.join(" "));
    out
}

fn part(part: &Exact) -> String {
    if part.is_zero() {
        String::new()
    } else if *part == Exact::ONE {
        "all".to_owned()
    } else {
        let (numerator, denominator) = part.to_ratio();
        format!("{numerator}/{denominator}")
    }
}
