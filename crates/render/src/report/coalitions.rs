//! What parties would do together.

use detente_analysis::report::{
    BrokenOutcome, CoalitionSets, CoalitionView, CoalitionsAnswer, CoalitionsProfile, Completion, EquilibriumSet,
    MergedView, ReadingView,
};

use super::aside::set_aside;
use super::breaks::{break_item, members_in_words};
use super::holds::{stop_reason, values_table};
use super::names::Names;
use super::scripts::numbers;
use super::symbolic_coalitions::large_coalitions;
use super::words::{capital, counted, listed};
use crate::doc::{Document, Level, Table, Text};

/// Coalitions named one by one before the rest is counted.
const MOST_NAMED: usize = 6;

/// Outcomes whose values are listed.
const MOST_VALUES: usize = 40;

/// Which outcomes coalitions would leave, and how.
pub fn coalitions_document(answer: &CoalitionsAnswer) -> Document {
    let types = answer.profiles.iter().map(|profile| profile.types.as_slice()).collect();
    let names = Names::of(&answer.situation, &answer.outcomes, types).with_statements(&answer.statements);
    let view = View { answer, names: &names };
    let mut out = Document::default();
    out.heading(Level::Title, answer.situation.title.trim());
    out.append(set_aside(&answer.set_aside));
    out.paragraph(match answer.reading {
        ReadingView::Strict => {
            "A coalition leaves an outcome for one that its members can lead to, moving in turn, and that every member \
             likes better."
        }
        ReadingView::Pareto => {
            "A coalition leaves an outcome for one that its members can lead to, moving in turn, and that no member likes \
             less and one likes better (Pareto)."
        }
    });
    answer.large.iter().for_each(|large| out.append(large_coalitions(large)));
    for (index, profile) in answer.profiles.iter().enumerate() {
        if answer.profiles.len() > 1 {
            out.heading(Level::Section, capital(&names.when(&[index]).unwrap_or_default()));
        }
        out.append(view.profile(profile));
    }
    out.append(view.values());
    out.append(view.ending());
    out
}

struct View<'a> {
    answer: &'a CoalitionsAnswer,
    names: &'a Names<'a>,
}

impl<'a> View<'a> {
    fn profile(&self, profile: &'a CoalitionsProfile) -> Document {
        let mut out = Document::default();
        if let Completion::Undecided { reason } = &profile.completion {
            out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
        }
        if profile.sets.is_empty() {
            return out;
        }
        out.paragraph(self.extent(profile));
        out.table(sets_table(&profile.sets));
        for set in profile.sets.iter().filter(|set| set.together.is_none()) {
            if let Some(reason) = &set.stopped {
                out.paragraph(format!("{} is left open: {}", joint_symbol(set), stop_reason(reason)));
            }
        }
        out.append(self.broken(profile));
        if let Some(merged) = &profile.merged {
            out.append(self.merged(merged));
        }
        if profile.coalitions.len() > 1 && self.answer.outcome.is_none() {
            out.heading(Level::Section, "Coalition by coalition");
            out.paragraph(format!(
                "Number of outcomes, of {}, that each would not leave:",
                self.answer.situation.feasible
            ));
            out.table(Self::coalitions_table(&profile.coalitions));
            out.append(self.coalitions_cut(profile));
        }
        out
    }

    fn extent(&self, profile: &CoalitionsProfile) -> String {
        let parties = self.answer.situation.parties.len();
        if profile.largest >= parties {
            let all = match profile.coalition_count.as_str() {
                "1" => "The one coalition was".to_owned(),
                n => format!("All {n} coalitions, each party alone among them, were"),
            };
            return format!("{all} looked at. What holds for each party alone, and for every coalition:");
        }
        let up_to = match profile.largest {
            0 => "no full size".to_owned(),
            1 => "one member".to_owned(),
            n => format!("up to {n} members"),
        };
        format!(
            "Of {} coalitions, those of {up_to} were looked at. What holds for each party alone, and for these:",
            profile.coalition_count
        )
    }

    fn coalitions_table(coalitions: &[CoalitionView]) -> Table {
        let mut table = Table::default();
        table.left("Coalition");
        let Some(first) = coalitions.first() else { return table };
        let most = coalitions.iter().max_by_key(|view| view.stays.len()).unwrap_or(first);
        most.stays.iter().for_each(|set| table.right(&set.concept));
        for view in coalitions {
            let count = |concept: &str| {
                let set = view.stays.iter().find(|set| set.concept == concept);
                set.map_or("open".to_owned(), |set| set.count.to_string())
            };
            let counts = most.stays.iter().map(|set| count(&set.concept));
            table.rows.push(std::iter::once(view.members.join(" + ")).chain(counts).collect());
        }
        table
    }

    fn coalitions_cut(&self, profile: &CoalitionsProfile) -> Document {
        let mut out = Document::default();
        let shown = profile.coalitions.len() as u128;
        let rest = profile.coalition_count.parse::<u128>().ok().and_then(|all| all.checked_sub(shown));
        if let (Some(rest @ 1..), true) = (rest, shown as usize >= self.answer.settings.list_limit) {
            out.paragraph(Text::from(format!("{rest} more; ")).code("--limit").plain(" lists more, larger ones last."));
        }
        out
    }

    fn broken(&self, profile: &'a CoalitionsProfile) -> Document {
        let mut out = Document::default();
        if profile.broken_count == 0 && self.answer.outcome.is_none() {
            out.paragraph("No coalition that was looked at breaks what holds for each party alone.");
            return out;
        }
        let asked = self.answer.outcome.is_some();
        out.heading(Level::Section, if asked { "The outcomes asked for" } else { "What coalitions break" });
        profile.broken.iter().for_each(|one| out.append(self.one(one)));
        let rest = profile.broken_count - profile.broken.len() as u64;
        if rest > 0 {
            let more = if rest == 1 { "1 more outcome is".to_owned() } else { format!("{rest} more outcomes are") };
            let which = if asked { "asked for" } else { "broken" };
            out.paragraph(Text::from(format!("{more} {which}; ")).code("--limit").plain(" tells of more."));
        }
        out
    }

    fn one(&self, one: &'a BrokenOutcome) -> Document {
        let mut out = Document::default();
        out.heading(Level::Part, format!("Outcome {}", self.names.full(one.outcome)));
        let alone = match one.alone.as_slice() {
            [] => "It does not hold even for each party alone.".to_owned(),
            some => format!("It holds for each party alone under {}.", listed(some, "and")),
        };
        let together = match (one.by.len(), one.together.as_slice()) {
            (0, some) => format!(" No coalition would leave it, under {}.", listed(some, "or")),
            (n, some) => {
                let stays = if some.is_empty() {
                    String::new()
                } else {
                    format!(" No coalition leaves it under {}.", listed(some, "or"))
                };
                let who = if n == 1 { "One coalition leaves".to_owned() } else { format!("{n} coalitions leave") };
                format!("{stays} {who} it under {}.", one.concept)
            }
        };
        out.paragraph(format!("{alone}{together}"));
        out.bullets(one.breaks.iter().map(|found| break_item(self.names, one, found)).collect());
        let told = |members: &&Vec<String>| one.breaks.iter().any(|found| found.members == **members);
        let rest: Vec<&Vec<String>> = one.by.iter().filter(|members| !told(members)).collect();
        if !rest.is_empty() {
            let mut named: Vec<String> =
                rest.iter().take(MOST_NAMED).map(|members| members_in_words(self.names, members)).collect();
            if rest.len() > MOST_NAMED {
                named.push(format!("{} more", rest.len() - MOST_NAMED));
            }
            let lead = if one.breaks.is_empty() { "It is left by: " } else { "Also: " };
            out.paragraph(format!("{lead}{}.", named.join("; ")));
        }
        out
    }

    fn merged(&self, merged: &'a MergedView) -> Document {
        let mut out = Document::default();
        out.heading(Level::Section, "Merged into one decision maker");
        let blocks: Vec<String> =
            merged.blocks.iter().filter(|block| block.len() > 1).map(|block| block.join(" + ")).collect();
        out.paragraph(format!(
            "{} {} as one decision maker would: all that its members set changes in one move, and a move is an \
             improvement if {}.",
            listed(&blocks, "and"),
            if blocks.len() == 1 { "acts" } else { "act, each" },
            match self.answer.reading {
                ReadingView::Strict => "every member likes the result better",
                ReadingView::Pareto => "no member likes the result less and one likes it better",
            }
        ));
        if let Completion::Undecided { reason } = &merged.completion {
            out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
        }
        let mut table = Table::default();
        table.left("Foresight");
        table.right("Count");
        table.left("Outcomes");
        for set in &merged.sets {
            table.rows.push(vec![set.concept.clone(), set.count.to_string(), outcomes(set)]);
        }
        out.table(table);
        out
    }

    /// Values of the outcomes that are mentioned.
    fn values(&self) -> Document {
        let mut out = Document::default();
        let numbers: Vec<u32> = self.answer.outcomes.iter().map(|view| view.number).collect();
        if numbers.len() > 1 && numbers.len() <= MOST_VALUES {
            out.heading(Level::Section, "Outcomes mentioned");
            out.append(values_table(self.names, numbers, "By number:"));
        }
        out
    }

    fn ending(&self) -> Document {
        let mut out = Document::default();
        if self.answer.combinations_left_out > 0 {
            let more = counted(self.answer.combinations_left_out, "more combination");
            out.paragraph(format!("{more} of types not analysed."));
        }
        let confirmed: u64 = self.answer.profiles.iter().map(|profile| profile.checked.confirmed).sum();
        let unchecked: u64 = self.answer.profiles.iter().map(|profile| profile.checked.unchecked).sum();
        if confirmed > 0 {
            let verdicts = counted(confirmed, "verdict");
            let rest = match unchecked {
                0 => String::new(),
                n => format!(" {} not checked a second time, for want of budget.", counted_were(n)),
            };
            out.paragraph(format!("An independent checker confirmed {verdicts} of which the evidence is shown.{rest}"));
        }
        out.paragraph(
            "CNash: a coalition expects no reply. CSEQ: it fears credible replies, joint improvements of groups of the \
             others. CSMR: it fears any reply, and counts its own joint way out. CGMR: it fears any reply.",
        );
        out
    }
}

/// `1 was`, `3 were`.
fn counted_were(number: u64) -> String {
    if number == 1 { "1 was".to_owned() } else { format!("{number} were") }
}

fn joint_symbol(set: &CoalitionSets) -> String {
    match set.alone.concept.as_str() {
        "R" => "CNash".to_owned(),
        other => format!("C{other}"),
    }
}

fn sets_table(sets: &[CoalitionSets]) -> Table {
    let mut table = Table::default();
    for head in ["Alone", "Outcomes"] {
        table.left(head);
    }
    table.left("Together");
    table.left("Outcomes");
    for set in sets {
        let together = match (&set.together, set.complete, set.stopped.is_some()) {
            (None, _, _) => "open".to_owned(),
            (Some(found), false, true) => format!("{} so far", outcomes(found)),
            (Some(found), ..) => outcomes(found),
        };
        table.rows.push(vec![set.alone.concept.clone(), outcomes(&set.alone), joint_symbol(set), together]);
    }
    table
}

/// Numbers of outcomes; a list that was cut is counted.
fn outcomes(set: &EquilibriumSet) -> String {
    if set.truncated {
        format!("{} of them: {}, …", set.count, numbers(&set.outcomes))
    } else {
        numbers(&set.outcomes)
    }
}
