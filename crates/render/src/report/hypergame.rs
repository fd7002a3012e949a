//! Hypergames: what parties believe, what holds in their eyes, and what happens.

use detente_analysis::report::{
    BeliefView, Completion, CourseView, EquilibriumSet, HypergameAnswer, HypergameProfile, OutcomeNumber, OutcomeView,
    StepView, SurpriseView,
};

use super::aside::set_aside;
use super::holds::{meanings_of, stop_reason};
use super::words::{capital, concepts, counted, inside, listed};
use crate::doc::{Document, Item, Level, Table, Text};

/// Numbers written out before the rest is counted.
const MOST_NUMBERS: usize = 12;

/// Numbers written out in the table of perceived games before they are only counted.
const FEW: usize = 6;

/// What holds and what happens when parties judge by what they believe, as a document.
pub fn hypergame_document(answer: &HypergameAnswer) -> Document {
    let mut out = Document::default();
    let names = Names { answer };
    out.heading(Level::Title, format!("{}: as the parties see it", answer.situation.title.trim()));
    if let Completion::Undecided { reason } = &answer.completion {
        out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
    }
    out.append(set_aside(&answer.set_aside));
    out.heading(Level::Section, "Who is wrong about what");
    if answer.beliefs.is_empty() {
        out.paragraph("Nobody: the file has no `believes:`. What follows is the true situation.");
    }
    out.bullets(answer.beliefs.iter().map(|belief| belief_item(&names, belief)).collect());
    let several = answer.profiles.len() > 1;
    for profile in &answer.profiles {
        if several {
            out.heading(Level::Section, capital(&names.combination(profile)));
        }
        let level = if several { Level::Part } else { Level::Section };
        out.heading(level, "What holds");
        out.paragraph("Outcomes that each party would not leave in its own view, beside those that hold in truth:");
        out.table(holds_table(profile));
        out.heading(level, "The games they believe to be in");
        out.paragraph("Which outcomes hold in each, by foresight:");
        out.table(games_table(&names, profile));
        if let Some(play) = &profile.play {
            out.heading(level, "What happens");
            out.append(course(&names, play));
        }
    }
    out.append(outcomes_table(answer));
    out.append(meanings_of(&["R", "SSEQ", "SEQ", "SMR", "GMR"]));
    out
}

/// That an answer judges the truth although the file says that somebody is wrong.
pub fn truth_remark(mistaken: &[String], name: &dyn Fn(&str) -> String) -> Option<String> {
    if mistaken.is_empty() {
        return None;
    }
    let names: Vec<String> = mistaken.iter().map(|id| name(id)).collect();
    let verb = if names.len() == 1 { "is" } else { "are" };
    Some(format!(
        "The file says that {} {verb} wrong about the situation. This answer judges the true one; `detente hypergame` \
         judges by what they believe.",
        listed(&names, "and")
    ))
}

fn belief_item(names: &Names<'_>, belief: &BeliefView) -> Item {
    let about = belief.about.as_ref().map_or_else(String::new, |about| format!(" {}", about.trim()));
    let text =
        Text::default().strong(capital(&names.party(&belief.party))).plain(format!(" (line {}):{about}", belief.line));
    let mut inner: Vec<Item> = Vec::new();
    inner.extend(belief.statements.iter().map(|statement| {
        let said = Text::default();
        let said = match &statement.subject {
            Some(subject) => said.plain(format!("takes {} for ", names.subject(subject))),
            None => said.plain("takes for impossible "),
        };
        Item::new(said.code(&statement.text).plain(format!(" (line {})", statement.line)))
    }));
    inner.extend(belief.believes.iter().map(|other| {
        let mut item = belief_item(names, other);
        item.text = Text::from(format!("takes {} to be wrong (line {}):", names.party(&other.party), other.line));
        if let Some(about) = &other.about {
            item.text = item.text.plain(format!(" {}", about.trim()));
        }
        item
    }));
    Item { text, inner }
}

fn holds_table(profile: &HypergameProfile) -> Table {
    let mut table = Table::default();
    table.left("Foresight");
    table.right("In truth");
    table.right("As they see it");
    table.left("Stable by mistake");
    table.left("Destroyed by mistake");
    for concept in &profile.concepts {
        table.rows.push(vec![
            concept.concept.clone(),
            concept.true_count.to_string(),
            concept.holds.count.to_string(),
            numbers(&concept.by_mistake),
            numbers(&concept.destroyed),
        ]);
    }
    table
}

fn games_table(names: &Names<'_>, profile: &HypergameProfile) -> Table {
    let mut table = Table::default();
    table.left("In the eyes of");
    for concept in &profile.concepts {
        table.left(&concept.concept);
    }
    let mut truth_told = false;
    for view in &profile.views {
        if !view.mistaken && truth_told {
            continue;
        }
        let who = if view.mistaken {
            capital(&names.party(&view.party))
        } else {
            truth_told = true;
            let seeing: Vec<String> =
                profile.views.iter().filter(|v| !v.mistaken).map(|v| names.party(&v.party)).collect();
            format!("{} (the truth)", capital(&listed(&seeing, "and")))
        };
        table.rows.push(std::iter::once(who).chain(view.equilibria.iter().map(few)).collect());
        for other in &view.others {
            let who = format!("{}, as {} thinks", capital(&names.party(&other.party)), names.party(&view.party));
            table.rows.push(std::iter::once(who).chain(other.equilibria.iter().map(few)).collect());
        }
    }
    table
}

/// A few numbers, or how many there are.
fn few(set: &EquilibriumSet) -> String {
    if set.count as usize > FEW { counted(set.count, "outcome") } else { numbers(set) }
}

/// Numbers in a row; the rest is counted.
fn numbers(set: &EquilibriumSet) -> String {
    if set.count == 0 {
        return "–".to_owned();
    }
    let mut shown: Vec<String> = set.outcomes.iter().take(MOST_NUMBERS).map(u32::to_string).collect();
    let more = set.count - shown.len() as u64;
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    shown.join(", ")
}

fn course(names: &Names<'_>, play: &CourseView) -> Document {
    let mut out = Document::default();
    let who: Vec<String> = play.foresight.iter().map(|(party, concept)| format!("{party} {concept}")).collect();
    out.paragraph(format!(
        "From the status quo ({}), whoever would leave in its own view makes the best move that it believes not to be \
         deterred; all orders of movers are followed. Foresight: {}. {} met.",
        play.from,
        who.join(", "),
        counted(play.met, "outcome")
    ));
    let mut items = Vec::new();
    for end in &play.ends {
        let all: Vec<String> = ["R", "SSEQ", "SEQ", "SMR", "GMR"].map(str::to_owned).to_vec();
        let truth = match end.holds_in_truth.as_slice() {
            [] => "does not hold in truth".to_owned(),
            some => format!("holds in truth under {}", concepts(some, &all)),
        };
        let way = match end.steps.as_slice() {
            [] => "nobody moves".to_owned(),
            steps => steps.iter().map(|s| names.step(s)).collect::<Vec<_>>().join("; then "),
        };
        items.push(Item::new(format!("It ends at {}, which {truth}: {way}.", names.outcome(end.outcome))));
    }
    let more = play.end_count - play.ends.len() as u64;
    if more > 0 {
        items.push(Item::new(format!("… and at {}", counted(more, "other outcome"))));
    }
    if play.ends.is_empty() {
        items.push(Item::new("It ends nowhere."));
    }
    if play.circles {
        items.push(Item::new("The movers can go round in a circle."));
    }
    let without = match play.ends_without_mistakes.as_slice() {
        [] => "nowhere".to_owned(),
        ends => {
            let shown: Vec<String> = ends.iter().take(MOST_NUMBERS).map(|n| names.outcome(*n)).collect();
            format!("at {}{}", listed(&shown, "or"), if ends.len() > MOST_NUMBERS { ", …" } else { "" })
        }
    };
    let round = if play.circles_without_mistakes { ", or the movers go round in a circle" } else { "" };
    items.push(Item::new(format!("If nobody were wrong it would end {without}{round}.")));
    out.bullets(items);
    if !play.surprises.is_empty() {
        out.paragraph("Surprises:");
        let mut items: Vec<Item> = play.surprises.iter().map(|s| Item::new(surprise(names, s))).collect();
        let more = play.surprise_count - play.surprises.len() as u64;
        if more > 0 {
            items.push(Item::new(format!("… and {more} more; `--limit` lists more")));
        }
        out.bullets(items);
    }
    out.paragraph(format!(
        "An independent checker confirmed {} that parties stay where it ends.",
        counted(play.checked.confirmed, "verdict")
    ));
    out
}

fn surprise(names: &Names<'_>, surprise: &SurpriseView) -> String {
    let step = format!("at {}, {}", surprise.from, names.step(&surprise.step));
    if surprise.refused {
        return format!("{}: it is refused, since in truth somebody does not consent.", capital(&step));
    }
    let list = |ids: &[String]| listed(&ids.iter().map(|id| names.party(id)).collect::<Vec<_>>(), "and");
    let others: Vec<String> = surprise.surprised.iter().filter(|id| !surprise.movers.contains(id)).cloned().collect();
    let mut parts = Vec::new();
    if !surprise.movers.is_empty() {
        parts.push(format!("a reply that {}, having moved there, took for not credible", list(&surprise.movers)));
    }
    if !others.is_empty() {
        parts.push(format!("unexpected by {}", list(&others)));
    }
    format!("{}: {}.", capital(&step), parts.join("; "))
}

fn outcomes_table(answer: &HypergameAnswer) -> Document {
    let mut out = Document::default();
    let [first, ..] = answer.outcomes.as_slice() else { return out };
    out.heading(Level::Section, "Outcomes mentioned");
    let value = |o: &OutcomeView, at: usize| o.values[at].1.clone();
    let varies =
        |at: &usize| answer.outcomes.len() == 1 || answer.outcomes.iter().any(|o| value(o, *at) != value(first, *at));
    let (varying, same): (Vec<usize>, Vec<usize>) = (0..first.values.len()).partition(varies);
    let mut table = Table::default();
    table.right("#");
    varying.iter().for_each(|at| table.left(&first.values[*at].0));
    let named = answer.outcomes.iter().any(|o| !o.named.is_empty());
    if named {
        table.below("known as");
    }
    for outcome in &answer.outcomes {
        let mut row = vec![outcome.number.to_string()];
        row.extend(varying.iter().map(|at| value(outcome, *at)));
        if named {
            row.push(outcome.named.join(", "));
        }
        table.rows.push(row);
    }
    out.table(table);
    if !same.is_empty() && answer.outcomes.len() > 1 {
        let values: Vec<String> =
            same.iter().map(|at| format!("{}: {}", first.values[*at].0, first.values[*at].1)).collect();
        out.paragraph(format!("The same in every row: {}.", values.join(", ")));
    }
    out
}

struct Names<'a> {
    answer: &'a HypergameAnswer,
}

impl Names<'_> {
    fn party(&self, id: &str) -> String {
        let found = self.answer.situation.parties.iter().find(|p| p.id == id);
        found.map_or_else(|| id.to_owned(), |p| inside(&p.name))
    }

    /// A party by its name, a parameter by its id.
    fn subject(&self, id: &str) -> String {
        self.party(id)
    }

    fn combination(&self, profile: &HypergameProfile) -> String {
        let word = |(party, kind): &(String, String)| {
            let types = self.answer.situation.parties.iter().find(|p| p.id == *party).map(|p| &p.types);
            let name = types.and_then(|t| t.iter().find(|t| t.id == *kind)).map_or(kind, |t| &t.name);
            format!("{} is {name}", self.party(party))
        };
        format!("if {}", listed(&profile.types.iter().map(word).collect::<Vec<_>>(), "and"))
    }

    /// `9 (“Deal”)`.
    fn outcome(&self, number: OutcomeNumber) -> String {
        let view = self.answer.outcomes.iter().find(|o| o.number == number);
        let name = view.and_then(|o| o.named.first()).map(|id| {
            let named = self.answer.situation.named.iter().find(|n| n.id == *id);
            named.map_or(id.as_str(), |n| n.name.as_str())
        });
        match name {
            Some(name) => format!("“{name}” ({number})"),
            None => number.to_string(),
        }
    }

    /// `Syria – arsenal: kept → declared (to 9)`.
    fn step(&self, step: &StepView) -> String {
        let issue = |id: &str| self.answer.situation.issues.iter().find(|i| i.id == id);
        let value = |id: &str, value: &str| {
            let at =
                issue(id).and_then(|i| i.values.iter().position(|v| v == value).map(|at| i.value_names[at].clone()));
            at.unwrap_or_else(|| value.to_owned())
        };
        let change = |(id, from, to): &(String, String, String)| {
            let name = issue(id).map_or(id.as_str(), |i| i.name.as_str());
            format!("{name}: {} → {}", value(id, from), value(id, to))
        };
        let changes: Vec<String> = step.changes.iter().map(change).collect();
        format!("{} – {} (to {})", self.party(&step.party), changes.join(", "), step.to)
    }
}
