//! Openings, and a package that was asked about.

use detente_analysis::deals::{AskedPackage, Concession, DealsProfile, PackageJudged, Shortfall};

use super::super::words::{capital, counted, listed};
use super::{Length, Page, SOLUTIONS, amount};
use crate::doc::{Document, Item, Level, Table, Text};

/// Concessions written out for each opening.
const MOST_CONCESSIONS: usize = 4;

/// Improvements written out.
const MOST_IMPROVEMENTS: usize = 12;

pub(super) fn openings(page: &Page<'_>, profile: &DealsProfile) -> Document {
    let mut out = Document::default();
    if profile.openings.is_empty() {
        return out;
    }
    out.heading(Level::Part, "Openings, and what would repair them");
    out.paragraph(
        "For each party the package that is best for it among those that meet its demands, whom it gives too little, and \
         the package that everybody could accept with the fewest changes.",
    );
    let mut items = Vec::new();
    for opening in &profile.openings {
        let mut text = Text::default().strong(page.names.party(&opening.party));
        let Some(package) = &opening.package else {
            items.push(Item::new(text.plain(": no package that the rules allow meets all its demands.")));
            continue;
        };
        if page.length == Length::Full {
            text = text.plain(format!(": {}.", page.settings(&package.package)));
        }
        let mut inner = judged(page, package);
        let most = if page.length == Length::Full { MOST_CONCESSIONS } else { 0 };
        let cheap: Vec<&Concession> = opening.concessions.iter().take(most).collect();
        if !cheap.is_empty() {
            let words: Vec<String> = cheap.iter().map(|concession| concession_words(page, concession)).collect();
            inner.push(Item::new(format!("Its cheapest concessions: {}.", words.join("; "))));
        }
        items.push(Item { text, inner });
    }
    out.bullets(items);
    out
}

/// Whom a package suits, and what would repair it.
fn judged(page: &Page<'_>, package: &PackageJudged) -> Vec<Item> {
    let mut items = Vec::new();
    let worths = page.worths(&package.worths);
    if !worths.is_empty() {
        items.push(Item::new(format!("Worth: {worths}.")));
    }
    for broken in &package.ruled_out_by {
        let text = Text::from("It is ruled out: ").code(broken.rule.clone());
        items.push(Item::new(text.plain(format!(" (line {}).", broken.line))));
    }
    items.extend(shortfalls(page, &package.short_of));
    match &package.repair {
        Some(repair) => {
            let worths = page.worths(&repair.worths);
            let then = if worths.is_empty() { String::new() } else { format!(" Then: {worths}.") };
            let more = if repair.efficient { "" } else { " It is not efficient: there is more to gain together." };
            items.push(Item::new(format!(
                "Repaired by {}: {}.{then}{more}",
                counted(repair.changes.len() as u64, "change"),
                page.settings(&repair.changes)
            )));
        }
        None if package.short_of.is_empty() && package.ruled_out_by.is_empty() => {
            items.push(Item::new("Every party has at least what it has without."));
        }
        None => items.push(Item::new("Nothing repairs it: the zone is empty.")),
    }
    items
}

/// Why a package fails: one sentence for parties that the same issues would cure.
fn shortfalls(page: &Page<'_>, short_of: &[Shortfall]) -> Vec<Item> {
    let mut groups: Vec<(&[String], Vec<&Shortfall>)> = Vec::new();
    for short in short_of {
        match groups.iter_mut().find(|(on, _)| *on == short.on.as_slice()) {
            Some((_, shorts)) => shorts.push(short),
            None => groups.push((&short.on, vec![short])),
        }
    }
    groups.into_iter().map(|(on, shorts)| Item::new(shortfall(page, on, &shorts))).collect()
}

fn shortfall(page: &Page<'_>, on: &[String], shorts: &[&Shortfall]) -> String {
    let lacks = |short: &&Shortfall| {
        let party = page.names.party_inside_of(&short.party);
        match &short.lacks {
            Some(lacks) => format!("{party} lacks {}", amount(lacks)),
            None => format!("{party} would rather have no agreement"),
        }
    };
    let who = listed(&shorts.iter().map(lacks).collect::<Vec<_>>(), "and");
    let issues: Vec<String> = on.iter().map(|id| page.names.issue(id).to_owned()).collect();
    let cure = match issues.len() {
        0 => "no other value of one issue alone is enough".to_owned(),
        1 => format!("another value of this issue alone is enough: {}", issues[0]),
        _ => format!("another value of one of these issues is enough: {}", issues.join("; ")),
    };
    format!("It fails because {who}; {cure}.")
}

fn concession_words(page: &Page<'_>, concession: &Concession) -> String {
    let change = page.setting(&concession.change);
    let gain = format!("gives {} {}", page.names.party_inside_of(&concession.gainer), amount(&concession.gain));
    if concession.loss.is_zero() {
        format!("{change} costs nothing and {gain}")
    } else {
        format!("{change} costs {} and {gain}", amount(&concession.loss))
    }
}

pub(super) fn asked(page: &Page<'_>, profile: &DealsProfile) -> Document {
    let mut out = Document::default();
    let Some(asked) = &profile.asked else { return out };
    out.heading(Level::Part, "The package asked about");
    out.paragraph(format!("{}.", capital(&page.settings(&asked.judged.package))));
    out.bullets(judged(page, &asked.judged));
    out.append(improvements(page, asked));
    let words: Vec<Item> = asked
        .concessions
        .iter()
        .map(|concession| {
            let giver = page.names.party(&concession.giver);
            Item::new(format!("{giver}: {}", concession_words(page, concession)))
        })
        .collect();
    if !words.is_empty() {
        out.paragraph("Single changes from it, the most gained for what is lost first:");
        out.bullets(words);
    }
    out.append(single_text(page, asked));
    out
}

fn improvements(page: &Page<'_>, asked: &AskedPackage) -> Document {
    let mut out = Document::default();
    if asked.efficient {
        out.paragraph(
            "It is efficient: nothing else is as good for every party and better for one. After it is signed nothing can \
             be gained together.",
        );
        return out;
    }
    if asked.improvements.is_empty() {
        out.paragraph("Nothing that the rules allow is as good for every party.");
        return out;
    }
    out.paragraph(
        "It is not efficient. If it were signed, these would be as good for every party and better for one (a \
         post-settlement settlement):",
    );
    let mut table = Table::default();
    page.answer.parties.iter().for_each(|party| table.right(page.names.party(party)));
    table.left("Chosen by");
    table.below("Changes");
    for (at, point) in asked.improvements.iter().enumerate().take(MOST_IMPROVEMENTS) {
        let mut row: Vec<String> = (0..page.answer.parties.len()).map(|party| super::cell(point, party)).collect();
        let chosen = SOLUTIONS.iter().filter(|(id, _)| asked.points.get(*id).is_some_and(|c| c.contains(&at)));
        row.push(chosen.map(|(_, name)| (*name).to_owned()).collect::<Vec<_>>().join(", "));
        let differs = point.package.iter().filter(|setting| !asked.judged.package.contains(setting));
        row.push(differs.map(|setting| page.setting(setting)).collect::<Vec<_>>().join("; "));
        table.rows.push(row);
    }
    out.table(table);
    if asked.improvements.len() > MOST_IMPROVEMENTS {
        let rest = asked.improvements.len() - MOST_IMPROVEMENTS;
        out.paragraph(Text::from(format!("{rest} more; ")).code("--format json").plain(" lists them all."));
    }
    out
}

/// The way of a single negotiating text.
fn single_text(page: &Page<'_>, asked: &AskedPackage) -> Document {
    let mut out = Document::default();
    if asked.text.is_empty() {
        return out;
    }
    let end = if asked.text_ends_efficient {
        "ends with an efficient package."
    } else {
        "ends where no change of one or two issues helps, short of an efficient package."
    };
    out.paragraph(format!(
        "A single negotiating text that starts from it, changed by one or two issues at a time so that nobody is worse \
         off, {end}"
    ));
    let step = |step: &detente_analysis::deals::TextStep| {
        let worths = page.worths(&step.worths);
        let then = if worths.is_empty() { String::new() } else { format!(" ({worths})") };
        Item::new(format!("{}{then}", page.settings(&step.changes)))
    };
    out.bullets(asked.text.iter().map(step).collect());
    out
}

/// Names of solutions.
pub(super) fn solution_names(ids: &[String]) -> String {
    let names: Vec<String> = SOLUTIONS
        .iter()
        .filter(|(id, _)| ids.iter().any(|other| other == id))
        .map(|(_, name)| (*name).to_owned())
        .collect();
    listed(&names, "and")
}
