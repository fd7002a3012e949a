//! Results and times as words.

use detente_analysis::delay::answer::{Measure, ProtocolAnswer, ResultView};

use super::party;

/// Longest exact number that is written beside or in place of its decimals.
const MOST_DIGITS: usize = 12;

/// At most four digits after the point.
pub fn near(value: f64) -> String {
    if value != 0.0 && value.abs() < 0.001 {
        return format!("{value:.2e}");
    }
    let text = format!("{value:.4}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// The central value: exactly where that is short.
pub fn result_text(result: &ResultView) -> String {
    let Some(value) = result.value else { return "no end".to_owned() };
    match &result.exact {
        Some(exact) if exact.len() <= MOST_DIGITS && !exact.contains('/') => exact.clone(),
        Some(exact) if exact.len() <= MOST_DIGITS => format!("{} ({exact})", near(value)),
        _ => near(value),
    }
}

/// A time in the unit of the protocol, to two digits after the point.
pub fn time(value: f64, protocol: &ProtocolAnswer) -> String {
    let text = near((value * 100.0).round() / 100.0);
    match (protocol.unit.as_str(), text.as_str()) {
        ("unit", "1") => "1 unit of time".to_owned(),
        ("unit", _) => format!("{text} units of time"),
        (unit, "1") => format!("1 {unit}"),
        (unit, _) => format!("{text} {unit}s"),
    }
}

/// The other one of two parties.
fn other<'p>(protocol: &'p ProtocolAnswer, id: Option<&String>) -> &'p str {
    protocol.parties.iter().find(|party| Some(&party.id) != id).map_or("", |party| party.name.as_str())
}

/// What a result is, lower case.
pub fn measure(protocol: &ProtocolAnswer, result: &ResultView) -> String {
    let name = result.party.as_ref().map(|id| party(protocol, id)).unwrap_or_default();
    let unit = if protocol.unit == "unit" { "unit of time" } else { protocol.unit.as_str() };
    let times = format!("({}s)", if protocol.unit == "unit" { "unit" } else { protocol.unit.as_str() });
    match result.result {
        Measure::Share => format!("share of {name}"),
        Measure::ShareIfOtherFirst => format!("share of {name} if {} opens", other(protocol, protocol.first.as_ref())),
        Measure::ShareIfOtherLast => {
            format!(
                "share of {name} if {} opens and {} makes the last offer",
                other(protocol, protocol.first.as_ref()),
                other(protocol, protocol.last.as_ref())
            )
        }
        Measure::ShareWithoutDeadline => format!("share of {name} without a deadline"),
        Measure::Keeps => format!("what {name} keeps when it proposes"),
        Measure::Expected => format!("share of {name} on average"),
        Measure::Accepts => format!("least that {name} accepts"),
        Measure::FirstPrice => "first price".to_owned(),
        Measure::PriceRatio => "next price, as a part of the one before".to_owned(),
        Measure::AgreementAtOnce => "chance of an agreement in the first round".to_owned(),
        Measure::Profit => format!("what {name} gets on average"),
        Measure::CommitmentProfit => format!("what {name} would get by one price for ever"),
        Measure::HighAccepts => "chance that the high type accepts it".to_owned(),
        Measure::Gap => "worth above cost that an agreement takes".to_owned(),
        Measure::AgreementChance => "chance of an agreement".to_owned(),
        Measure::Gains => "gains of both on average".to_owned(),
        Measure::FirstBest => "gains if every worthwhile agreement were made".to_owned(),
        Measure::Hazard => format!("how often {name} gives in, for a {unit}"),
        Measure::Wins => format!("chance that {name} wins"),
        Measure::MeanTime => format!("mean time until one gives in {times}"),
        Measure::GivesInAtOnce => format!("chance that {name} gives in at once"),
        Measure::LastDate => format!("last date at which anybody gives in {times}"),
        Measure::Payoff => format!("what {name} gets on average, if not obstinate"),
        Measure::Never => "chance that nobody ever gives in".to_owned(),
        Measure::Locked => format!("chance that {name} is locked in"),
        Measure::War => "chance of war".to_owned(),
        Measure::CredibleUntil => format!("how long the threat is credible {times}"),
        Measure::NeededTime => format!("how long it must be for a deal at once {times}"),
        Measure::NeededDecay => "greatest decay with which it is".to_owned(),
        Measure::LossNow => format!("what a deal at once costs {name}"),
        Measure::LossLast => format!("what a deal at the last moment costs {name}"),
        Measure::LossNever => format!("what no deal costs {name}"),
        Measure::LongestClause => format!("longest clause with which {name} still complies {times}"),
        Measure::LossWithClause => format!("what a deal with the clause costs {name}"),
        Measure::ClauseWorth => format!("what the clause is worth to {name}"),
        Measure::HalfClauseWorth => format!("what half its time is worth to {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn numbers_are_short() {
        assert_eq!([near(10.0 / 19.0), near(2.0), near(-0.0), near(0.000_02)], ["0.5263", "2", "0", "2.00e-5"]);
    }
}
