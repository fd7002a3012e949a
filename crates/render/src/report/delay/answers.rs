//! The answer in a sentence or two.

use detente_analysis::delay::answer::{Choice, Form, Measure, ProtocolAnswer, ResultView, Verdict};

use super::numbers::{near, result_text, time};
use super::party;
use crate::report::words::listed;

/// What comes of a protocol, the most important first.
pub fn answer(protocol: &ProtocolAnswer) -> Vec<String> {
    match protocol.kind.as_str() {
        "alternating-offers" | "unanimity" => offers(protocol),
        "random-proposer" => vec![drawn(protocol)],
        "coase" => vec![falling(protocol)],
        "screening" => vec![screening(protocol)],
        "double-auction" => vec![double_auction(protocol)],
        "attrition" => vec![attrition(protocol)],
        "reputation" => vec![reputation(protocol)],
        "audience-costs" => vec![audience(protocol)],
        "decaying-will" => decaying(protocol),
        _ => Vec::new(),
    }
}

fn found(protocol: &ProtocolAnswer, measure: Measure) -> Option<&ResultView> {
    protocol.results.iter().find(|result| result.result == measure)
}

fn value(protocol: &ProtocolAnswer, measure: Measure) -> String {
    found(protocol, measure).map_or_else(|| "–".to_owned(), result_text)
}

/// `North 0.5 and South 0.25`.
fn each(protocol: &ProtocolAnswer, measure: Measure) -> String {
    let of = protocol.results.iter().filter(|result| result.result == measure);
    let words =
        of.filter_map(|result| Some(format!("{} {}", party(protocol, result.party.as_ref()?), result_text(result))));
    listed(&words.collect::<Vec<_>>(), "and")
}

fn verdict(protocol: &ProtocolAnswer, choice: Choice) -> Option<Verdict> {
    protocol.verdicts.iter().find(|verdict| verdict.choice == choice).map(|verdict| verdict.verdict)
}

fn offers(protocol: &ProtocolAnswer) -> Vec<String> {
    let name = |id: &Option<String>| id.as_ref().map(|id| party(protocol, id).to_owned());
    let turns = match (name(&protocol.first), name(&protocol.last)) {
        (Some(first), Some(last)) if first == last => format!("{first} makes the first offer, and also the last. "),
        (Some(first), Some(last)) => format!("{first} makes the first offer, {last} the last. "),
        (Some(first), None) => format!("{first} makes the first offer; there is no last one. "),
        _ => "Offers follow each other so fast that it does not matter who makes the first. ".to_owned(),
    };
    if verdict(protocol, Choice::Agreement) == Some(Verdict::NoAgreement) {
        return vec![format!("{turns}There is no agreement, and each has its outside option.")];
    }
    let shares = each(protocol, Measure::Share);
    let accepted = if protocol.form == Form::Continuous { "They agree at once" } else { "It is accepted" };
    vec![format!("{turns}{accepted}, and the shares are: {shares}.")]
}

fn drawn(protocol: &ProtocolAnswer) -> String {
    let shares = each(protocol, Measure::Expected);
    let all = if protocol.form == Form::All { "All must agree" } else { "Fewer than all must agree" };
    format!("{all}, and the first proposal is accepted. On average each has: {shares}. Whoever is drawn keeps more.")
}

fn falling(protocol: &ProtocolAnswer) -> String {
    format!(
        "{} asks {} first and lowers its price round by round, each to {} of the one before. It gets {} on average; with \
         one price for ever, if it were believed, {}.",
        protocol.parties[0].name,
        value(protocol, Measure::FirstPrice),
        value(protocol, Measure::PriceRatio),
        value(protocol, Measure::Profit),
        value(protocol, Measure::CommitmentProfit),
    )
}

fn screening(protocol: &ProtocolAnswer) -> String {
    let proposer = &protocol.parties[0].name;
    let (first, profit) = (value(protocol, Measure::FirstPrice), value(protocol, Measure::Profit));
    let then = match verdict(protocol, Choice::FirstOffer) {
        Some(Verdict::Pool) => "which everybody accepts".to_owned(),
        Some(Verdict::Screen) => {
            "which only the high type accepts; after a refusal it asks what the low type accepts".to_owned()
        }
        _ => format!(
            "which the high type accepts with chance {}; after a refusal the proposer does not care whether it asks the \
             high or the low worth",
            value(protocol, Measure::HighAccepts)
        ),
    };
    format!("{proposer} makes both offers. It asks {first} first, {then}. It gets {profit} on average.")
}

fn double_auction(protocol: &ProtocolAnswer) -> String {
    format!(
        "They agree with chance {}: only if the worth is above the cost by {}. Their gains are {} on average of a \
         possible {}.",
        value(protocol, Measure::AgreementChance),
        value(protocol, Measure::Gap),
        value(protocol, Measure::Gains),
        value(protocol, Measure::FirstBest),
    )
}

fn attrition(protocol: &ProtocolAnswer) -> String {
    let mean = found(protocol, Measure::MeanTime).and_then(|result| result.value).unwrap_or_default();
    format!(
        "One gives in after {} on average. Chance of winning: {}.",
        time(mean, protocol),
        each(protocol, Measure::Wins)
    )
}

fn gives_in(protocol: &ProtocolAnswer) -> String {
    let of = protocol.results.iter().filter(|result| result.result == Measure::GivesInAtOnce);
    let words: Vec<String> = of
        .filter(|result| result.value.is_some_and(|chance| chance > 0.0))
        .filter_map(|result| {
            Some(format!(
                "{} gives in at once with chance {}",
                party(protocol, result.party.as_ref()?),
                result_text(result)
            ))
        })
        .collect();
    if words.is_empty() { "Nobody gives in at once".to_owned() } else { listed(&words, "and") }
}

fn reputation(protocol: &ProtocolAnswer) -> String {
    let last = found(protocol, Measure::LastDate).and_then(|result| result.value).unwrap_or_default();
    format!(
        "{}. By {} whoever is not obstinate has given in. On average, if not obstinate: {}.",
        gives_in(protocol),
        time(last, protocol),
        each(protocol, Measure::Payoff)
    )
}

fn audience(protocol: &ProtocolAnswer) -> String {
    let last = found(protocol, Measure::LastDate).and_then(|result| result.value).unwrap_or_default();
    format!(
        "{}. After {} nobody backs down any more. There is war with chance {}.",
        gives_in(protocol),
        time(last, protocol),
        value(protocol, Measure::War)
    )
}

fn decaying(protocol: &ProtocolAnswer) -> Vec<String> {
    let coercer = &protocol.parties[0].name;
    let until = match found(protocol, Measure::CredibleUntil).and_then(|result| result.value) {
        Some(date) if date > 0.0 => format!("The threat by {coercer} is credible for {}.", time(date, protocol)),
        Some(_) => format!("The threat by {coercer} is not credible for any time."),
        None => format!("The threat by {coercer} is credible for ever."),
    };
    let mut out = vec![until];
    if let Some(when) = verdict(protocol, Choice::GivesIn) {
        out.push(target(protocol, when));
    }
    if found(protocol, Measure::ClauseWorth).is_some() {
        out.push(clause(protocol));
    }
    out
}

fn target(protocol: &ProtocolAnswer, when: Verdict) -> String {
    let target = &protocol.parties[1].name;
    let (now, never) = (value(protocol, Measure::LossNow), value(protocol, Measure::LossNever));
    let last = value(protocol, Measure::LossLast);
    let choice = match when {
        Verdict::Now => {
            format!("{target} gives in at once: a deal costs it {now}, to wait until the threat has gone {never}.")
        }
        Verdict::Last => format!(
            "{target} gives in at the last moment: that costs it {last}, a deal at once {now}, and to let the moment pass {never}."
        ),
        _ => format!(
            "{target} never gives in: to wait until the threat has gone costs it {never}, a deal at once {now}."
        ),
    };
    let needed = found(protocol, Measure::NeededTime).map(|result| result.value);
    let decay = found(protocol, Measure::NeededDecay).and_then(|result| result.value);
    let turns = match needed {
        Some(None) => " However long the threat were credible, it would not give in at once.".to_owned(),
        Some(Some(date)) if date > 0.0 => {
            let decay =
                decay.map_or_else(String::new, |decay| format!(", which takes a decay of at most {}", near(decay)));
            format!(" It gives in at once if the threat is credible for {} or more{decay}.", time(date, protocol))
        }
        _ => String::new(),
    };
    format!("{choice}{turns}")
}

fn clause(protocol: &ProtocolAnswer) -> String {
    let target = &protocol.parties[1].name;
    let clause =
        protocol.given.iter().find(|number| number.field == "clause").map_or(0.0, |number| number.value.to_f64());
    let longest = match found(protocol, Measure::LongestClause).map(|result| result.value) {
        Some(Some(longest)) => {
            format!(" It would still carry out a deal that is due after at most {}.", time(longest, protocol))
        }
        Some(None) => " It would carry out a deal after any time.".to_owned(),
        None => String::new(),
    };
    let then = match verdict(protocol, Choice::AfterClause) {
        Some(Verdict::Now) => "and it would then carry the deal out",
        Some(Verdict::Last) => "and it would then put the deal off until the last moment",
        _ => "and it would then not carry the deal out",
    };
    format!(
        "A deal that is due only after {} costs {target} {}, {then}. The clause is worth {} to it, and half the time {}.{longest}",
        time(clause, protocol),
        value(protocol, Measure::LossWithClause),
        value(protocol, Measure::ClauseWorth),
        value(protocol, Measure::HalfClauseWorth),
    )
}
