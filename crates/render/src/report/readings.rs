//! What holds in each way to read preferences that are more or less than an order.

use detente_analysis::readings::{
    AnswerView, CloseReading, FailingView, NuanceIndex, NuanceKind, NuanceView, PartyReadings, ReadingEvidence,
    ReadingVerdict, ReadingsAnswer, ReadingsPart, WeighingRelation, WeighingView,
};
use detente_analysis::report::{Completion, OutcomeNumber, StepView};
use detente_base::Exact;

use super::aside::{kind_words, line_words};
use super::holds::{stop_reason, values_table};
use super::names::Names;
use super::scripts::{ORDER, numbers};
use super::words::{capital, concept_cell, concepts, counted, grouped, listed, readable, short_meaning};
use crate::doc::{Document, Item, Level, Table, Text};

/// Outcomes whose values are listed.
const MOST_LISTED: usize = 40;

/// Statements of one party and kind that are told one by one.
const MOST_STATEMENTS: usize = 8;

/// The answer of `readings`.
pub fn readings_document(answer: &ReadingsAnswer) -> Document {
    let names = Names::of(&answer.situation, &answer.outcomes, Vec::new());
    let view = View { answer, names: &names };
    let mut out = Document::default();
    out.heading(Level::Title, answer.situation.title.trim());
    if let Completion::Undecided { reason } = &answer.completion {
        out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
    }
    out.append(view.statements());
    for part in &answer.parts {
        out.append(view.part(part));
    }
    if answer.parts.iter().all(|part| part.readings.is_empty()) {
        return out;
    }
    out.append(view.outcomes());
    out.append(view.meanings());
    out.append(view.checked());
    out
}

/// What the columns of a reading's name mean.
fn reading_meaning(reading: &str) -> &'static str {
    match reading {
        "order" => "the order of each party alone, as the file gives it",
        "sure" => "however the unknown comparisons turn out, as far as that is shown",
        "a" => "a party goes for what may be better, and nothing that may be better deters it",
        "b" => "a party goes only for what is better, and nothing that may be better deters it",
        "c" => "a party goes for what may be better, and what may be worse deters it",
        "d" => "a party goes only for what is better, and what may be worse deters it",
        "strong" => "only what is greatly worse deters",
        "strong a" => "as a, but only what is greatly worse deters",
        "strong b" => "as b, but only what is greatly worse deters",
        "strong c" => "as c, but only what is greatly worse, or may be, deters",
        "strong d" => "as d, but only what is greatly worse, or may be, deters",
        "attitudes" => "a party moves as it feels about each party: not against a friend, not for an enemy",
        "chances" => "a preference counts when its chance is above the threshold",
        "chances with ties" => "as chances, but a chance of just the threshold makes a reply credible and deters",
        _ => "",
    }
}

struct View<'a> {
    answer: &'a ReadingsAnswer,
    names: &'a Names<'a>,
}

impl View<'_> {
    fn statements(&self) -> Document {
        let mut out = Document::default();
        let views = &self.answer.statements;
        if views.is_empty() {
            return out;
        }
        let mut items: Vec<Item> = Vec::new();
        let mut told: Vec<&str> = Vec::new();
        for run in views.chunk_by(|a, b| (&a.party, a.kind) == (&b.party, b.kind)) {
            if run.len() > MOST_STATEMENTS {
                items.push(claimed(self.many_statements(run), run, &mut told));
            } else {
                for view in run {
                    items.push(claimed(self.statement(view), std::slice::from_ref(view), &mut told));
                }
            }
        }
        out.paragraph("Besides the order of each party the file says:");
        out.bullets(items);
        out
    }

    fn statement(&self, view: &NuanceView) -> Text {
        let party = capital(self.names.party(&view.party));
        let text = match view.kind {
            NuanceKind::Unknown => Text::from(format!("{party}: not known: ")).code(&view.text),
            NuanceKind::Strong => Text::from(format!("{party}: greatly better: ")).code(&view.text),
            NuanceKind::Gap => Text::from(format!("{party}: greatly better when ahead by {} or more", view.text)),
            NuanceKind::Chance => Text::from(format!("{party}: chance of preferring ")).code(&view.text),
            NuanceKind::Threshold => Text::from(format!("{party}: threshold {}", view.text)),
            NuanceKind::Attitude => Text::from(format!("{party}: {}", view.text)),
        };
        let mut text = text.plain(format!(" (line {})", view.line));
        if let Some(about) = &view.about {
            text = text.plain(format!(". {about}"));
        }
        text
    }

    /// Statements of one party and kind, of which only the first is told in full.
    fn many_statements(&self, views: &[NuanceView]) -> Text {
        let party = capital(self.names.party(&views[0].party));
        let lines: Vec<usize> = views.iter().map(|view| view.line).collect();
        let lead =
            format!("{party}: {} entries on {} ({})", views.len(), kind_words(views[0].kind), line_words(&lines));
        Text::from(format!("{lead}; the first: ")).code(&views[0].text)
    }

    fn part(&self, part: &ReadingsPart) -> Document {
        let mut out = Document::default();
        if self.answer.parts.len() > 1 {
            out.heading(Level::Section, self.part_name(part));
        }
        if let Completion::Undecided { reason } = &part.completion {
            if self.answer.parts.len() > 1 {
                out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
            }
            return out;
        }
        out.append(self.thresholds(part));
        out.paragraph("Outcomes that hold, by reading and foresight:");
        out.table(sets(part));
        out.append(weakly(part));
        out.append(self.rows(part));
        for close in &part.close {
            out.append(self.close(part, close));
        }
        out
    }

    fn part_name(&self, part: &ReadingsPart) -> String {
        if part.all_types {
            return "By chances".into();
        }
        let kind = |party: &str, kind: &str| {
            let view = self.answer.situation.parties.iter().find(|view| view.id == party);
            let name = view.and_then(|view| view.types.iter().find(|other| other.id == kind));
            name.map_or_else(|| kind.to_owned(), |view| view.name.clone())
        };
        let types: Vec<String> = part
            .types
            .iter()
            .map(|(party, id)| format!("{} is {}", self.names.party_inside(party), kind(party, id)))
            .collect();
        if types.is_empty() { "By the order".into() } else { format!("If {}", listed(&types, "and")) }
    }

    /// From which chance on a preference counts.
    fn thresholds(&self, part: &ReadingsPart) -> Document {
        let mut out = Document::default();
        let words = |(threshold, parties): (&Exact, Vec<usize>)| {
            let at = |party: usize| self.names.party_inside(part.thresholds[party].0.as_str());
            let parties: Vec<String> = parties.into_iter().map(|party| at(party).clone()).collect();
            format!("{} for {}", readable(threshold), listed(&parties, "and"))
        };
        let all = grouped(part.thresholds.iter().map(|(_, threshold)| threshold).enumerate());
        let words: Vec<String> = all.into_iter().map(words).collect();
        if !words.is_empty() {
            out.paragraph(format!("A preference counts when its chance is above {}.", listed(&words, "and")));
        }
        out
    }

    /// Outcomes on which readings differ, with the statements that decide.
    fn rows(&self, part: &ReadingsPart) -> Document {
        let mut out = Document::default();
        let alike =
            |row: &&detente_analysis::readings::ReadingRow| row.holds.iter().all(|(_, held)| *held == row.holds[0].1);
        let differing: Vec<_> = part.rows.iter().filter(|row| !alike(row)).collect();
        if differing.is_empty() {
            if part.row_count > 0 && part.readings.len() > 1 {
                out.paragraph("All readings agree.");
            }
            return out;
        }
        out.paragraph("Where the readings differ:");
        // Readings with the same cells in every row share a column.
        let cells = |at: usize| differing.iter().map(|row| &row.holds[at].1).collect::<Vec<_>>();
        let columns = grouped((0..part.readings.len()).map(|at| (at, cells(at))));
        let mut table = Table::default();
        table.right("#");
        columns.iter().for_each(|(_, at)| table.left(reading_names(part, at)));
        table.below("turns on");
        let all = ORDER.map(str::to_owned);
        for (index, row) in differing.iter().enumerate() {
            let mut line = vec![row.outcome.to_string()];
            line.extend(columns.iter().map(|(cells, _)| concept_cell(cells[index], &all)));
            line.push(self.turns_on(&row.turns_on));
            table.rows.push(line);
        }
        out.table(table);
        // Those that differ come first.
        let more = part.row_count - differing.len() as u64;
        if differing.len() < part.rows.len() {
            out.paragraph(format!("On the other {} that hold, all readings agree.", counted(more, "outcome")));
        } else if more > 0 {
            out.paragraph(format!("{more} more hold in some reading and are not listed."));
        }
        out
    }

    fn turns_on(&self, statements: &[NuanceIndex]) -> String {
        let lines: Vec<usize> = statements.iter().map(|index| self.answer.statements[*index].line).collect();
        if lines.is_empty() { String::new() } else { line_words(&lines) }
    }

    fn close(&self, part: &ReadingsPart, close: &CloseReading) -> Document {
        let mut out = Document::default();
        out.heading(Level::Part, format!("Outcome {}", self.names.full(close.outcome)));
        let items: Vec<Item> = close.parties.iter().map(|party| self.party(part, party)).collect();
        out.bullets(items);
        out
    }

    fn party(&self, part: &ReadingsPart, party: &PartyReadings) -> Item {
        let mut item = Item::new(Text::default().strong(capital(self.names.party(&party.party))));
        item.inner = party.verdicts.iter().map(|verdict| self.verdict(part, verdict)).collect();
        item
    }

    fn verdict(&self, part: &ReadingsPart, verdict: &ReadingVerdict) -> Item {
        let all = ORDER.map(str::to_owned);
        // Readings with the same foresights together.
        let mut of: Vec<(String, Vec<String>)> = Vec::new();
        for (reading, held) in &verdict.of {
            let foresights = concepts(held, &all);
            match of.iter_mut().find(|(other, _)| *other == foresights) {
                Some((_, readings)) => readings.push(reading.clone()),
                None => of.push((foresights, vec![reading.clone()])),
            }
        }
        let when: Vec<String> =
            of.iter().map(|(foresights, readings)| format!("{} under {foresights}", which(part, readings))).collect();
        let mut text = Text::default().strong(if verdict.stable { "Stays" } else { "Leaves" });
        text = text.plain(format!(" ({}): ", when.join("; ")));
        let mut item = Item::new("");
        item.text = match &verdict.evidence {
            ReadingEvidence::NotTempted => text.plain("no move tempts it."),
            ReadingEvidence::Deterred { answers } => {
                item.inner = answers.iter().map(|answer| self.answer(answer)).collect();
                text.plain("every tempting move is answered.")
            }
            ReadingEvidence::Leaves { step, tempted, replies, failing } => text.plain(format!(
                "{} leads to {}, {}. {}",
                self.names.changes(step),
                self.names.brief(step.to),
                self.weighing(tempted),
                self.no_answer(*replies, failing.as_deref())
            )),
        };
        item
    }

    fn answer(&self, answer: &AnswerView) -> Item {
        Item::new(format!(
            "{} leads to {}, {}. Answer: {}; {}.",
            self.names.changes(&answer.step),
            self.names.brief(answer.step.to),
            self.weighing(&answer.tempted),
            self.path(&answer.reply),
            self.weighing(&answer.deterred)
        ))
    }

    fn no_answer(&self, replies: u64, failing: Option<&FailingView>) -> String {
        let Some(failing) = failing else { return "Nothing that it reckons with answers that.".into() };
        let many = if replies == 1 { "The one answer is not enough" } else { "No answer is enough" };
        let nearest = format!("{}; {}", self.path(&failing.reply), self.weighing(&failing.compared));
        let way_out = failing.way_out.as_ref().map_or(String::new(), |way| {
            format!(", but leaves a way out to {}, {}", self.names.brief(way.outcome), self.weighing(way))
        });
        format!("{many}: {nearest}{way_out}.")
    }

    /// Who moves and where it ends: `Russia moves (text: draft → none), to 9`.
    fn path(&self, steps: &[StepView]) -> String {
        let step = |step: &StepView| format!("{}: {}", self.names.party_inside(&step.party), self.names.changes(step));
        let words: Vec<String> = steps.iter().map(step).collect();
        let end = steps.last().map_or(0, |step| step.to);
        format!("{}, to {}", words.join(", then "), self.names.brief(end))
    }

    fn weighing(&self, view: &WeighingView) -> String {
        let line =
            view.statement.map_or(String::new(), |index| format!(" (line {})", self.answer.statements[index].line));
        let than = view.against;
        let chance = || view.chance.as_ref().map_or(String::new(), ToString::to_string);
        match view.relation {
            WeighingRelation::Better => format!("better than {than}"),
            WeighingRelation::GreatlyBetter => format!("greatly better than {than}{line}"),
            WeighingRelation::Equal => format!("as good as {than}"),
            WeighingRelation::Worse => format!("worse than {than}"),
            WeighingRelation::GreatlyWorse => format!("greatly worse than {than}{line}"),
            WeighingRelation::Unknown => format!("not known to be better or worse than {than}{line}"),
            WeighingRelation::AboveThreshold => {
                format!("preferred to {than} with a chance of {}, above the threshold{line}", chance())
            }
            WeighingRelation::AtThreshold => {
                format!("preferred to {than} with a chance of {}, just the threshold{line}", chance())
            }
            WeighingRelation::BelowThreshold => {
                format!("preferred to {than} with a chance of {}, not above the threshold{line}", chance())
            }
        }
    }

    /// Values of the outcomes mentioned.
    fn outcomes(&self) -> Document {
        let numbers: Vec<OutcomeNumber> =
            self.answer.outcomes.iter().map(|view| view.number).take(MOST_LISTED).collect();
        let lead = if self.answer.outcomes.len() > MOST_LISTED {
            "The first outcomes by number:"
        } else {
            "The outcomes by number:"
        };
        values_table(self.names, numbers, lead)
    }

    fn meanings(&self) -> Document {
        let mut seen: Vec<&str> = Vec::new();
        let mut out = Document::default();
        let mut items = Vec::new();
        for reading in self.answer.parts.iter().flat_map(|part| &part.readings) {
            if !seen.contains(&reading.reading.as_str()) {
                seen.push(&reading.reading);
                items.push(Item::new(
                    Text::default().strong(&reading.reading).plain(format!(": {}.", reading_meaning(&reading.reading))),
                ));
            }
        }
        out.paragraph("The readings:");
        out.bullets(items);
        let foresights = ORDER.iter().filter_map(|concept| Some((concept, short_meaning(concept)?)));
        let items =
            foresights.map(|(concept, text)| Item::new(Text::default().strong(*concept).plain(format!(": {text}."))));
        out.paragraph("The foresights:");
        out.bullets(items.collect());
        out
    }

    fn checked(&self) -> Document {
        let mut out = Document::default();
        let checked = self.answer.checked;
        if checked.confirmed > 0 {
            out.paragraph(format!("{} confirmed by the independent checker.", counted(checked.confirmed, "verdict")));
        }
        if checked.unchecked > 0 {
            out.paragraph(format!(
                "{} not checked: there are too many outcomes.",
                counted(checked.unchecked, "verdict")
            ));
        }
        out
    }
}

/// A text with the claims behind some statements below it; what a claim says is told once.
fn claimed<'a>(text: Text, views: &'a [NuanceView], told: &mut Vec<&'a str>) -> Item {
    let mut item = Item::new(text);
    let mut here: Vec<&str> = Vec::new();
    for claim in views.iter().flat_map(|view| &view.claims) {
        if here.contains(&claim.id.as_str()) {
            continue;
        }
        here.push(&claim.id);
        let known = told.contains(&claim.id.as_str());
        let says = if known { " (above)".to_owned() } else { format!(": {}", claim.says) };
        item.inner.push(Item::new(Text::default().code(&claim.id).plain(says)));
        if !known {
            told.push(&claim.id);
        }
    }
    item
}

/// Readings in words: `all readings`, `all but order`, `a and b`. Nobody is asked why
/// something is sure.
fn which(part: &ReadingsPart, readings: &[String]) -> String {
    let asked: Vec<&String> = part.readings.iter().map(|view| &view.reading).filter(|name| *name != "sure").collect();
    let missing: Vec<&str> = asked.iter().filter(|name| !readings.contains(name)).map(|name| name.as_str()).collect();
    match missing[..] {
        [] if asked.len() > 1 => "all readings".into(),
        [one] if asked.len() > 3 => format!("all readings but {one}"),
        _ => listed(readings, "and"),
    }
}

/// Names of readings, by their places: `a, b`.
fn reading_names(part: &ReadingsPart, at: &[usize]) -> String {
    at.iter().map(|at| part.readings[*at].reading.as_str()).collect::<Vec<_>>().join(", ")
}

/// Numbers of the outcomes that hold, by reading and foresight; readings with the same
/// outcomes together.
fn sets(part: &ReadingsPart) -> Table {
    let mut table = Table::default();
    table.left("Reading");
    ORDER.iter().for_each(|concept| table.left(*concept));
    for (set, at) in grouped(part.readings.iter().map(|reading| &reading.equilibria).enumerate()) {
        let mut row = vec![reading_names(part, &at)];
        row.extend(ORDER.iter().map(|concept| set.get(*concept).map_or(String::new(), |set| numbers(set))));
        table.rows.push(row);
    }
    table
}

/// What holds in general, but not strongly.
fn weakly(part: &ReadingsPart) -> Document {
    let mut out = Document::default();
    let mut items: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    for reading in &part.readings {
        let Some(weakly) = &reading.weakly else { continue };
        let held: Vec<String> = (ORDER.iter())
            .filter_map(|concept| Some((concept, weakly.get(*concept)?)))
            .filter(|(_, set)| !set.is_empty())
            .map(|(concept, set)| format!("{} under {concept}", numbers(set)))
            .collect();
        if !held.is_empty() {
            match items.iter_mut().find(|(_, other)| *other == held) {
                Some((names, _)) => names.push(reading.reading.clone()),
                None => items.push((vec![reading.reading.clone()], held)),
            }
        }
    }
    if !items.is_empty() {
        out.paragraph("Weakly stable, that is in general but not strongly:");
        let item = |(names, held): &(Vec<String>, Vec<String>)| {
            Item::new(Text::default().strong(names.join(", ")).plain(format!(": {}", held.join("; "))))
        };
        out.bullets(items.iter().map(item).collect());
    }
    out
}
