//! What bargaining over time ends in.

mod answers;
mod assumptions;
mod numbers;

use detente_analysis::delay::answer::{Choice, DelayAnswer, Finding, GivenNumber, ProtocolAnswer, Verdict};

use super::holds::stop_reason;
use super::words::{capital, counted, listed};
use crate::doc::{Document, Item, Level, Table, Text};
use answers::answer;
use assumptions::assumptions;
use numbers::{measure, near, result_text, time};

/// The protocols of a file, each with its model, what it assumes and what comes of it.
pub fn delay_document(answer: &DelayAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Title, format!("Bargaining over time: {}", answer.title));
    if let Some(reason) = &answer.stopped {
        out.paragraph(Text::default().strong("Ranges not covered: ").plain(stop_reason(reason)));
    }
    if !answer.fixed.is_empty() {
        let fixed: Vec<String> = answer.fixed.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        out.paragraph(format!("With {}.", fixed.join(", ")));
    }
    for protocol in &answer.protocols {
        out.append(one(protocol));
    }
    out
}

/// What the protocols end in, in a few sentences each.
pub(super) fn over_time(answer: &DelayAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, "Bargaining over time");
    for protocol in &answer.protocols {
        out.heading(Level::Part, heading(protocol));
        for sentence in self::answer(protocol) {
            out.paragraph(sentence);
        }
    }
    out.paragraph(Text::from("Ranges and what the models assume: ").code("detente delay").plain("."));
    out
}

/// That the file has protocols, which other questions do not use.
pub fn protocols_remark(protocols: &[String]) -> Option<String> {
    let (subject, verb) = match protocols {
        [] => return None,
        [one] => (format!("the protocol {one}"), "ends"),
        many => (format!("the protocols {}", listed(many, "and")), "end"),
    };
    Some(format!("What {subject} {verb} in, `detente delay` says; this answer does not use it."))
}

fn one(protocol: &ProtocolAnswer) -> Document {
    let mut out = Document::default();
    out.heading(Level::Section, heading(protocol));
    if let Some(about) = &protocol.about {
        out.paragraph(about.as_str());
    }
    for sentence in answer(protocol) {
        out.paragraph(sentence);
    }
    out.table(results(protocol));
    let findings: Vec<Item> = protocol.findings.iter().filter_map(|f| finding(protocol, f)).map(Item::new).collect();
    out.bullets(findings);
    out.append(ranges(protocol));
    out.paragraph(Text::default().strong("Model: ").plain(format!("{}.", protocol.definition)));
    out.bullets(assumptions(protocol).into_iter().map(Item::new).collect());
    out.append(given(protocol));
    out
}

fn heading(protocol: &ProtocolAnswer) -> String {
    let place = format!("{}, line {}", protocol.kind, protocol.line);
    if protocol.name == protocol.id {
        format!("{} ({place})", protocol.id)
    } else {
        format!("{} ({}, {place})", protocol.name, protocol.id)
    }
}

/// The name of a party.
fn party<'p>(protocol: &'p ProtocolAnswer, id: &'p str) -> &'p str {
    protocol.parties.iter().find(|party| party.id == id).map_or(id, |party| party.name.as_str())
}

fn results(protocol: &ProtocolAnswer) -> Table {
    let mut table = Table::default();
    table.left("Result");
    table.right("Central");
    let ranged = protocol.coverage.uncertain > 0;
    if ranged {
        table.right("Least");
        table.right("Most");
        table.left("Proven");
    }
    for result in &protocol.results {
        let mut row = vec![capital(&measure(protocol, result)), result_text(result)];
        if ranged {
            let value = |value: Option<f64>| value.map_or_else(|| "no end".to_owned(), near);
            row.extend([value(result.low), value(result.high)]);
            row.push(if result.proven { "yes" } else { "no" }.to_owned());
        }
        table.rows.push(row);
    }
    table
}

fn finding(protocol: &ProtocolAnswer, finding: &Finding) -> Option<String> {
    let name = |id: &str| party(protocol, id).to_owned();
    let rates = protocol.given.iter().any(|number| number.field == "rates");
    Some(match finding {
        Finding::OptionBinds { party, option } => format!(
            "{} would leave rather than take less than {option}: its outside option decides what it gets.",
            name(party)
        ),
        Finding::OptionIdle { party, option, waiting } => format!(
            "The outside option of {} ({option}) changes nothing: it could count on {} without it.",
            name(party),
            near(waiting.to_f64())
        ),
        Finding::OptionsTooGood { sum } => format!(
            "The outside options add up to {}, more than there is to divide: whoever gets the first offer leaves.",
            near(sum.to_f64())
        ),
        Finding::Hazard { party, with, without } if rates => format!(
            "What may cost {} its mandate raises its rate from {without} to {}.",
            name(party),
            near(with.to_f64())
        ),
        Finding::Hazard { party, with, without } => format!(
            "What may cost {} its mandate lowers its patience from {without} to {}.",
            name(party),
            near(with.to_f64())
        ),
        Finding::Partners { needed, others } => {
            format!("A proposer needs the votes of {needed} of the {others} others, each as likely to be asked.")
        }
        Finding::LastOffer { rounds } => {
            let other = protocol.parties.iter().find(|p| Some(&p.id) != protocol.last.as_ref())?;
            format!(
                "Who makes the last of the {} matters: the table has what would come out if {} made it.",
                counted(*rounds as u64, "offer"),
                other.name
            )
        }
        Finding::NotCredible => "The threat is not credible even now: to drop it costs less.".to_owned(),
        Finding::AlwaysCredible => {
            "The threat never loses its credibility: to drop it costs at least as much, or nothing decays.".to_owned()
        }
        Finding::ClauseOutlasts => format!(
            "When a deal with the clause is due the threat has gone: {} can go back on its word without risk.",
            protocol.parties.last()?.name
        ),
        Finding::ClauseLeaves { left } => {
            format!("When a deal with the clause is due the threat is credible for another {}.", time(*left, protocol))
        }
    })
}

/// How far the answer holds.
fn ranges(protocol: &ProtocolAnswer) -> Document {
    let mut out = Document::default();
    let coverage = &protocol.coverage;
    if coverage.uncertain == 0 {
        return out;
    }
    let corners = match coverage.corners {
        0 => String::new(),
        n => format!("every combination of the ends of the ranges ({n})"),
    };
    let draws = match coverage.draws {
        0 => String::new(),
        n => format!("{n} combinations drawn from inside (seed {})", coverage.seed),
    };
    let looked = [corners, draws].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" and ");
    let proven = protocol.results.iter().filter(|result| result.proven).count();
    let standing = match proven {
        0 => "Beyond them a result may be less or more.",
        n if n == protocol.results.len() => {
            "They are proven: each result rises or falls with each number throughout, so that no values in between give \
             less or more."
        }
        _ => {
            "Where they are proven, the result rises or falls with each number throughout; elsewhere it may be less or \
             more between what was looked at."
        }
    };
    out.paragraph(format!(
        "Least and most are over {}, from {looked}. {standing}",
        counted(coverage.uncertain as u64, "uncertain number")
    ));
    for verdict in &protocol.verdicts {
        if let Some(sentence) = elsewhere(protocol, verdict.choice, verdict.verdict, &verdict.also) {
            out.paragraph(sentence);
        }
    }
    if let Some(first) = protocol.results.first().filter(|_| coverage.uncertain > 1) {
        out.paragraph(format!(
            "One uncertain number at a time, the others at their central values; the result is “{}”.",
            measure(protocol, first)
        ));
        out.table(swings(protocol));
    }
    out
}

/// What else is chosen somewhere in the ranges.
fn elsewhere(protocol: &ProtocolAnswer, choice: Choice, central: Verdict, also: &[Verdict]) -> Option<String> {
    let subject = match choice {
        Choice::Agreement if also.is_empty() => return None,
        Choice::Agreement => "Whether there is an agreement".to_owned(),
        Choice::FirstOffer => "The first offer".to_owned(),
        Choice::GivesIn => format!("When {} gives in", protocol.parties.last()?.name),
        Choice::AfterClause => format!("What {} does when the clause ends", protocol.parties.last()?.name),
    };
    Some(if also.is_empty() {
        format!("{subject} is the same wherever it was looked at: {}.", verdict_words(central))
    } else {
        let others: Vec<&str> = also.iter().map(|verdict| verdict_words(*verdict)).collect();
        format!("{subject} turns on the ranges: {} elsewhere also {}.", with_comma(central), others.join(" or "))
    })
}

fn with_comma(verdict: Verdict) -> String {
    format!("{} at the central values,", verdict_words(verdict))
}

fn verdict_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agreed => "there is one",
        Verdict::NoAgreement => "there is none",
        Verdict::Pool => "what everybody accepts",
        Verdict::Screen => "what only the high type accepts",
        Verdict::Mix => "what the high type accepts by chance",
        Verdict::Now => "at once",
        Verdict::Last => "at the last moment",
        Verdict::Never => "never",
    }
}

/// One number at a time.
fn swings(protocol: &ProtocolAnswer) -> Table {
    let mut table = Table::default();
    table.left("One number");
    table.right("From");
    table.right("To");
    table.right("Result from");
    table.right("to");
    let verdicts = protocol.swings.iter().any(|swing| swing.verdicts.is_some_and(|(a, b)| a != b));
    if verdicts {
        table.left("Then");
    }
    for swing in &protocol.swings {
        let value = |value: Option<f64>| value.map_or_else(|| "no end".to_owned(), near);
        let mut row = vec![
            format!("{} (line {})", swing.number.replace('`', ""), swing.line),
            swing.ends.0.to_string(),
            swing.ends.1.to_string(),
            value(swing.results.0),
            value(swing.results.1),
        ];
        if verdicts {
            row.push(match swing.verdicts {
                Some((a, b)) if a == b => verdict_words(a).to_owned(),
                Some((a, b)) => format!("{} → {}", verdict_words(a), verdict_words(b)),
                None => "–".to_owned(),
            });
        }
        table.rows.push(row);
    }
    table
}

/// The numbers that the answer rests on.
fn given(protocol: &ProtocolAnswer) -> Document {
    let mut out = Document::default();
    let mut table = Table::default();
    table.left("Given");
    table.right("Value");
    table.left("Range");
    table.right("Line");
    table.below("Claims");
    for number in &protocol.given {
        table.rows.push(row(protocol, number));
    }
    out.table(table);
    out
}

fn row(protocol: &ProtocolAnswer, number: &GivenNumber) -> Vec<String> {
    let whose = number.party.as_ref().map_or_else(String::new, |id| format!(" of {}", party(protocol, id)));
    let range = if number.low == number.high { "–".to_owned() } else { format!("{} to {}", number.low, number.high) };
    let claims = if number.because.is_empty() { "–".to_owned() } else { number.because.join(", ") };
    vec![format!("{}{whose}", number.field), number.value.to_string(), range, number.line.to_string(), claims]
}
