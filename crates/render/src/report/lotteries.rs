//! What solutions choose among lotteries.

use std::collections::BTreeMap;

use detente_analysis::lotteries::{DrawView, LotteryView};
use detente_base::Exact;

use super::solutions::SOLUTIONS;
use super::words::listed;
use crate::doc::{Document, Item, Level, Table, Text};

/// The lotteries that solutions choose, for parties with these names; `number` writes a worth.
pub(super) fn lotteries(
    found: &BTreeMap<String, LotteryView>,
    (level, parties): (Level, &[String]),
    number: &dyn Fn(&Exact) -> String,
) -> Document {
    let mut out = Document::default();
    out.heading(level, "If the parties may agree that a package is drawn");
    if found.is_empty() {
        out.paragraph("No lottery gives every party what it has without an agreement on average.");
        return out;
    }
    out.paragraph(
        "Worths are means over what may be drawn. A lottery is in the zone if it gives every party what it has without an \
         agreement on average; a package that is drawn need not.",
    );
    let mut table = Table::default();
    table.left("Solution");
    parties.iter().for_each(|party| table.right(party));
    table.left("Drawn: number of the point, chance");
    let named = || SOLUTIONS.iter().filter_map(|(id, name)| Some((*name, found.get(*id)?)));
    for (name, lottery) in named() {
        let mut row = vec![name.to_owned()];
        row.extend(lottery.exact.iter().map(number));
        let draws: Vec<String> = lottery.draws.iter().map(draw).collect();
        row.push(draws.join("; "));
        table.rows.push(row);
    }
    out.table(table);
    let definition = |(name, lottery): (&str, &LotteryView)| {
        let bound = lottery.at_most.map_or_else(String::new, |factor| {
            format!(" No other lottery's product is greater by more than a factor of {factor}.")
        });
        Item::new(Text::default().strong(name).plain(format!(": {}.{bound}", lottery.definition)))
    };
    out.bullets(named().map(definition).collect());
    let drawn: Vec<&str> = named().filter(|(_, lottery)| lottery.draws.len() > 1).map(|(name, _)| name).collect();
    if drawn.is_empty() {
        out.paragraph("No solution needs a lottery.");
    } else {
        let names: Vec<String> = drawn.iter().map(|name| (*name).to_owned()).collect();
        out.paragraph(format!("A lottery is better than any package for {}.", listed(&names, "and")));
    }
    out
}

fn draw(draw: &DrawView) -> String {
    let exact = draw.chance.to_string();
    let chance = if exact.len() <= 9 { exact } else { format!("{:.6}", draw.near) };
    format!("{}: {chance}", draw.point + 1)
}
