//! What there is to agree on in a situation.

mod demands;
mod packages;
mod ranges;

use detente_analysis::deals::{DealDemand, DealPoint, DealsAnswer, DealsProfile, Setting, Stake};
use detente_base::Exact;

use super::holds::stop_reason;
use super::lotteries::lotteries;
use super::names::Names;
use super::solutions::SOLUTIONS;
use super::words::{capital, chance, counted, listed, listed_names};
use crate::doc::{Document, Item, Level, Table, Text};
use demands::demands;
use packages::{asked, openings};
use ranges::ranges;

/// Points of the zone that are written out.
const MOST_POINTS: usize = 24;

/// Outcomes without an agreement that are written out.
const MOST_OUTCOMES: usize = 6;

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Short,
    Full,
}

/// What there is to agree on in a situation, in short.
pub fn deals_document(answer: &DealsAnswer) -> Document {
    document(answer, Length::Short)
}

/// The same with everything that the answer holds.
pub fn full_deals_document(answer: &DealsAnswer) -> Document {
    document(answer, Length::Full)
}

fn document(answer: &DealsAnswer, length: Length) -> Document {
    let types = answer.profiles.iter().map(|p| p.types.as_slice()).collect();
    let names = Names::of(&answer.situation, &[], types);
    let page = Page { answer, names, length };
    let mut out = Document::default();
    out.heading(Level::Title, answer.situation.title.trim());
    out.append(page.frame());
    for index in 0..answer.profiles.len() {
        out.append(page.profile(index));
    }
    if answer.combinations_left_out > 0 {
        let n = answer.combinations_left_out;
        out.paragraph(format!("{} of types more are not answered.", counted(n, "combination")));
    }
    if let Some(over_time) = &answer.over_time {
        out.append(super::delay::over_time(over_time));
    }
    if length == Length::Full && answer.profiles.iter().any(|profile| !profile.points.is_empty()) {
        out.append(page.definitions());
    }
    out
}

/// An answer, and what things are called in it.
struct Page<'a> {
    answer: &'a DealsAnswer,
    names: Names<'a>,
    length: Length,
}

impl<'a> Page<'a> {
    /// Who negotiates over what.
    fn frame(&self) -> Document {
        let answer = self.answer;
        let mut out = Document::default();
        let parties: Vec<String> = answer.parties.iter().map(|id| self.names.party(id).to_owned()).collect();
        let issues = counted(answer.issues.len() as u64, "issue");
        out.paragraph(format!("{} negotiate over {issues}.", listed_names(&parties)));
        if !answer.unsettled.is_empty() {
            let kept: Vec<String> = answer.unsettled.iter().map(|s| self.names.setting(&s.issue, &s.value)).collect();
            let without = answer.profiles.iter().any(|profile| profile.without_agreement.is_some());
            let fails = if without { " If talks fail it may change." } else { "" };
            out.paragraph(format!("What an agreement does not settle stays as it is: {}.{fails}", kept.join("; ")));
        }
        if !answer.averaged.is_empty() {
            let names: Vec<String> = answer.averaged.iter().map(|id| self.names.issue(id).to_owned()).collect();
            out.paragraph(format!("Worths are means over what nature settles: {}.", listed(&names, "and")));
        }
        if !answer.fixed.is_empty() {
            let fixed: Vec<String> = answer.fixed.iter().map(|(name, value)| format!("{name} = {value}")).collect();
            out.paragraph(format!("Fixed by the command: {}.", fixed.join(", ")));
        }
        if !answer.ordinal.is_empty() {
            let names: Vec<String> = answer.ordinal.iter().map(|id| self.names.party_inside(id)).collect();
            out.paragraph(format!(
                "The preferences of {} only order packages. What is efficient, who accepts it, and what becomes of a \
                 demand is the same for every worth that gives this order; bargaining solutions need a worth and are \
                 left out.",
                listed(&names, "and")
            ));
        }
        out
    }

    fn profile(&self, index: usize) -> Document {
        let profile = &self.answer.profiles[index];
        let mut out = Document::default();
        if self.answer.profiles.len() > 1 {
            let when = self.names.when(&[index]).unwrap_or_else(|| self.names.combination(index));
            let of = profile.chance.as_ref().map_or(String::new(), |c| format!(" (chance {})", chance(c)));
            out.heading(Level::Section, format!("{}{of}", capital(&when)));
        }
        if let Some(reason) = &profile.stopped {
            out.paragraph(Text::default().strong("Undecided: ").plain(stop_reason(reason)));
            return out;
        }
        out.paragraph(verdict(profile));
        out.append(self.without_agreement(profile));
        out.append(self.stakes(profile));
        if profile.asked.is_some() && self.length == Length::Short {
            out.append(asked(self, profile));
            return out;
        }
        out.append(self.zone(profile));
        if let Some(found) = &profile.lotteries {
            let parties: Vec<String> = self.answer.parties.iter().map(|id| self.names.party(id).to_owned()).collect();
            out.append(lotteries(found, (Level::Part, &parties), &amount));
        }
        out.append(demands(self, profile));
        out.append(openings(self, profile));
        out.append(asked(self, profile));
        out.append(ranges(self, profile));
        out
    }

    /// What holds if talks fail, where each party then acts alone.
    fn without_agreement(&self, profile: &'a DealsProfile) -> Document {
        let mut out = Document::default();
        let Some(without) = &profile.without_agreement else { return out };
        let outcomes = counted(without.count, "outcome");
        let concept = without.concept.as_ref().map_or(String::new(), |concept| format!(" ({concept})"));
        let sure = if without.count == 1 {
            "What it is worth is what each has without an agreement."
        } else {
            "What each has without an agreement is taken to be the least that it has in one of them, so that no package \
             is left out that could be agreed on; who may refuse one is said."
        };
        out.paragraph(if without.holds {
            format!("If talks fail, each party acts alone, and {outcomes} {}{concept}. {sure}", hold(without.count))
        } else {
            format!(
                "If talks fail, each party acts alone, and no outcome holds{concept}: {outcomes} can be reached. {sure}"
            )
        });
        if without.holds {
            let list = without.outcomes.iter().take(MOST_OUTCOMES);
            out.bullets(list.map(|outcome| Item::new(self.settings(outcome))).collect());
        }
        out
    }

    fn stakes(&self, profile: &'a DealsProfile) -> Document {
        let mut out = Document::default();
        let mut table = Table::default();
        table.left("Party");
        ["Without agreement", "In the zone", "At best"].iter().for_each(|head| table.right(*head));
        // Of two parties each holds the other back.
        let several = self.answer.parties.len() > 2;
        if several {
            table.left("Held back by");
        }
        for stake in profile.stakes.iter().filter(|stake| !self.answer.ordinal.contains(&stake.party)) {
            let mut row = self.stake(stake);
            row.truncate(if several { 5 } else { 4 });
            table.rows.push(row);
        }
        out.table(table);
        out
    }

    fn stake(&self, stake: &'a Stake) -> Vec<String> {
        let zone = match &stake.zone {
            None => "–".to_owned(),
            Some((least, most)) if least == most => amount(least),
            Some((least, most)) => format!("{} to {}", amount(least), amount(most)),
        };
        let binding: Vec<String> = stake
            .held_back_by
            .iter()
            .map(|binding| format!("{} ({} without)", self.names.party(&binding.party), amount(&binding.most)))
            .collect();
        let binding = if binding.is_empty() { "nobody alone".to_owned() } else { binding.join(", ") };
        let without = match &stake.reservation_up_to {
            None => amount(&stake.reservation),
            Some(most) => format!("{} to {}", amount(&stake.reservation), amount(most)),
        };
        vec![self.names.party(&stake.party).to_owned(), without, zone, amount(&stake.ideal), binding]
    }

    /// The packages of the zone, the solutions beside them.
    fn zone(&self, profile: &DealsProfile) -> Document {
        let mut out = Document::default();
        let zone: Vec<(usize, &DealPoint)> =
            profile.frontier.iter().enumerate().filter(|(_, point)| point.short_of.is_empty()).collect();
        if zone.is_empty() {
            return out;
        }
        out.heading(Level::Part, "The efficient packages that everybody could accept");
        let several = zone.iter().any(|(_, point)| point.packages.to_string() != "1");
        if !profile.common.is_empty() {
            out.paragraph(format!("All of these have: {}.", self.settings(&profile.common)));
        }
        let mut table = Table::default();
        table.right("No");
        for party in &self.answer.parties {
            table.right(self.names.party(party));
        }
        if several {
            table.right("Packages");
        }
        table.left("Chosen by");
        let apart = zone.iter().any(|(_, point)| point.package.len() > profile.common.len());
        if apart {
            table.below(if several { "First package" } else { "Package" });
        }
        for (at, point) in zone.iter().take(MOST_POINTS) {
            let mut row = vec![(at + 1).to_string()];
            row.extend((0..self.answer.parties.len()).map(|party| cell(point, party)));
            if several {
                row.push(point.packages.to_string());
            }
            row.push(chosen_by(profile, *at).join(", "));
            if apart {
                row.push(self.apart(profile, point));
            }
            table.rows.push(row);
        }
        out.table(table);
        if zone.len() > MOST_POINTS {
            let rest = zone.len() - MOST_POINTS;
            out.paragraph(Text::from(format!("{rest} more; ")).code("--format json").plain(" lists them all."));
        }
        out
    }

    /// What a package has besides what all have, and who may refuse it.
    fn apart(&self, profile: &DealsProfile, point: &DealPoint) -> String {
        let shown = point.package.iter().filter(|setting| !profile.common.contains(setting));
        let package = shown.map(|setting| self.setting(setting)).collect::<Vec<_>>().join("; ");
        if point.may_refuse.is_empty() {
            return package;
        }
        format!("{package} [{} may refuse]", self.parties(&point.may_refuse))
    }

    fn setting(&self, setting: &Setting) -> String {
        self.names.setting(&setting.issue, &setting.value)
    }

    fn settings(&self, settings: &[Setting]) -> String {
        settings.iter().map(|setting| self.setting(setting)).collect::<Vec<_>>().join("; ")
    }

    fn worths(&self, worths: &[Option<Exact>]) -> String {
        let told = self.answer.parties.iter().zip(worths);
        let words: Vec<String> = told
            .filter_map(|(party, worth)| Some(format!("{} {}", self.names.party(party), amount(worth.as_ref()?))))
            .collect();
        listed(&words, "and")
    }

    /// A demand and whose it is.
    fn demand(&self, demand: &DealDemand) -> String {
        format!("{} ({})", self.setting(&demand.demand), self.names.party_inside_of(&demand.party))
    }

    fn parties(&self, ids: &[String]) -> String {
        listed(&ids.iter().map(|id| self.names.party_inside_of(id)).collect::<Vec<_>>(), "and")
    }

    fn definitions(&self) -> Document {
        let mut out = Document::default();
        out.heading(Level::Section, "What the solutions choose");
        let definition = |(id, name): &(&str, &str)| {
            let words = self.answer.definitions.get(*id)?;
            Some(Item::new(Text::default().strong(*name).plain(format!(": {words}."))))
        };
        out.bullets(SOLUTIONS.iter().filter_map(definition).collect());
        out
    }
}

fn hold(count: u64) -> &'static str {
    if count == 1 { "holds" } else { "hold" }
}

/// Whether there is anything to agree on.
fn verdict(profile: &DealsProfile) -> Text {
    if profile.frontier.is_empty() {
        return Text::default().strong("There is nothing to agree on: ").plain("the rules allow no package.");
    }
    let possible = format!("{} combinations of values", profile.combinations);
    if profile.zone_packages.to_string() == "0" {
        return Text::default().strong("There is nothing to agree on: ").plain(format!(
            "of {possible}, none gives every party at least what it has without an agreement. The efficient \
             packages are {}.",
            profile.frontier_packages
        ));
    }
    let zone = match profile.zone_packages.to_string().as_str() {
        "1" => "one gives".to_owned(),
        n => format!("{n} give"),
    };
    let efficient = match profile.frontier_packages.to_string().as_str() {
        "1" => "one is".to_owned(),
        n => format!("{n} are"),
    };
    Text::default().strong("There is something to agree on: ").plain(format!(
        "of {possible}, {efficient} efficient (no other is as good for every party and better for one). Of these {zone} \
         every party at least what it has without an agreement: they are in the zone of possible agreement, which may \
         hold other packages too, each worse for somebody than one of these and better for nobody."
    ))
}

/// What a point is worth to a party, or its place.
fn cell(point: &DealPoint, party: usize) -> String {
    match &point.worths[party] {
        Some(worth) => amount(worth),
        None => format!("place {}", point.places[party]),
    }
}

/// Names of the solutions that choose a point.
fn chosen_by(profile: &DealsProfile, point: usize) -> Vec<&'static str> {
    let chooses = |id: &str| profile.points.get(id).is_some_and(|chosen| chosen.contains(&point));
    SOLUTIONS.iter().filter(|(id, _)| chooses(id)).map(|(_, name)| *name).collect()
}

/// A worth in a few digits.
fn amount(number: &Exact) -> String {
    let text = number.to_string();
    let short = if text.contains('/') || text.len() > 9 {
        let near = format!("{:.3}", number.to_f64());
        near.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    };
    if short == "-0" { "0".to_owned() } else { short.replace('-', "−") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_short() {
        let shown: Vec<String> =
            [Exact::from(-2), Exact::ratio(-187, 30), Exact::ratio(1, 2), Exact::ratio(-1, 100_000_000)]
                .iter()
                .map(amount)
                .collect();
        assert_eq!(shown, ["−2", "−6.233", "0.5", "0"]);
    }
}
