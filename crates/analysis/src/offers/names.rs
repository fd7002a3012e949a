//! Strategies by name: `boulware`, `micro+frequency`, `linear+bayesian+combi:0.9`.
//!
//! A name is made of parts that are joined by `+`: what is offered first, then in any order
//! a model and conditions of acceptance. Of several conditions one is enough; those joined
//! by `&` must hold together. Numbers follow after colons.
//!
//! | part | meaning |
//! |---|---|
//! | `boulware`, `linear`, `conceder` | concedes with time, with the exponents 1/4, 1 and 4 |
//! | `aspiration:E[:K]` | the same with the exponent E and the opening K |
//! | `tit-for-tat`, `tit-for-tat-absolute[:LAG[:NOISE]]` | concedes as much as the other |
//! | `tit-for-tat-relative[:LAG]` | concedes in the same proportion |
//! | `tit-for-tat-averaged[:WINDOW]` | in proportion to several offers |
//! | `micro` | the next best package for each new one of the other |
//! | `hybrid` | behaviour first, time later |
//! | `random` | any package worth the reservation |
//! | `tough` | the best package, always |
//! | `frequency`, `bayesian` | models of the others |
//! | `next[:FACTOR[:GAP]]` | accepts what is worth as much as the own next offer (the usual) |
//! | `const:S` | accepts a share of worth from S on |
//! | `time:T` | accepts anything from time T on |
//! | `combi:T[:best\|mean\|ever\|S]` | as `next`, and from T on also the best of the recent offers, their mean, the best ever, or a share S |

use detente_bargain::offers::{Acceptance, Bound, Imitation, ModelKind, Offering, Strategy};
use detente_scenario::suggest::nearest;

use crate::ask::AskError;

/// First parts of names.
const OFFERINGS: [&str; 12] = [
    "boulware",
    "linear",
    "conceder",
    "aspiration",
    "tit-for-tat",
    "tit-for-tat-absolute",
    "tit-for-tat-relative",
    "tit-for-tat-averaged",
    "micro",
    "hybrid",
    "random",
    "tough",
];

/// Further parts of names.
const FURTHER: [&str; 6] = ["frequency", "bayesian", "next", "const", "time", "combi"];

/// Greatest lag or window of tit for tat.
const MOST_LAG: f64 = 1_000_000.0;

/// The strategy of a name.
///
/// # Errors
/// When a part is not known, or a number is out of its range.
pub fn strategy_of_name(name: &str) -> Result<Strategy, AskError> {
    let mut parts = name.split('+').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let mut strategy = Strategy::new(offering(first)?);
    let mut conditions = Vec::new();
    for part in parts {
        match part {
            "frequency" | "bayesian" if strategy.model.is_some() => {
                return Err(AskError::new(
                    format!("`{name}` has two models"),
                    Some("a party has one model of each other party".into()),
                ));
            }
            "frequency" => strategy.model = Some(ModelKind::Frequency),
            "bayesian" => strategy.model = Some(ModelKind::Bayesian),
            _ => {
                let mut together = part.split('&').map(|one| condition(one.trim())).collect::<Result<Vec<_>, _>>()?;
                conditions.push(if together.len() == 1 { together.remove(0) } else { Acceptance::All(together) });
            }
        }
    }
    match conditions.len() {
        0 => {}
        1 => strategy.acceptance = conditions.remove(0),
        _ => strategy.acceptance = Acceptance::Any(conditions),
    }
    Ok(strategy)
}

fn offering(part: &str) -> Result<Offering, AskError> {
    let mut read = Numbers::of(part);
    let whole = |number: f64| number as usize;
    let lag = |read: &mut Numbers<'_>| read.whole("a lag", 1.0).map(whole);
    let offering = match read.word {
        "boulware" => Strategy::boulware().offering,
        "linear" => Strategy::linear().offering,
        "conceder" => Strategy::conceder().offering,
        "aspiration" => {
            let exponent = read.given("an exponent", (1e-6, 1e6))?;
            Offering::Aspiration { exponent, opening: read.or("an opening", (0.0, 1.0), 0.0)? }
        }
        "tit-for-tat" | "tit-for-tat-absolute" => {
            let lag = lag(&mut read)?;
            Offering::TitForTat(Imitation::Absolute { lag, noise: read.or("the noise", (0.0, 1.0), 0.0)? })
        }
        "tit-for-tat-relative" => Offering::TitForTat(Imitation::Relative { lag: lag(&mut read)? }),
        "tit-for-tat-averaged" => {
            let window = whole(read.whole("a window", 3.0)?);
            Offering::TitForTat(Imitation::Averaged { window })
        }
        "micro" => Offering::Micro,
        "hybrid" => Offering::Hybrid,
        "random" => Offering::Random,
        "tough" => Offering::Tough,
        other => return Err(unknown(other, &OFFERINGS, "a strategy starts with what it offers")),
    };
    read.end()?;
    Ok(offering)
}

fn condition(part: &str) -> Result<Acceptance, AskError> {
    let mut read = Numbers::of(part);
    let share = (0.0, 1.0);
    let condition = match read.word {
        "next" => {
            let factor = read.or("the factor", (0.0, 1e6), 1.0)?;
            Acceptance::Next { factor, gap: read.or("the gap", (-1.0, 1.0), 0.0)? }
        }
        "const" => Acceptance::Constant(read.given("a share of worth", share)?),
        "time" => Acceptance::Time(read.given("a time", share)?),
        "combi" => {
            let from = read.given("a time", share)?;
            let bound = match read.word_next() {
                None | Some("best") => Bound::BestInWindow,
                Some("mean") => Bound::MeanInWindow,
                Some("ever") => Bound::BestSoFar,
                Some(text) => {
                    Bound::Constant(read.number(text, "`best`, `mean`, `ever` or a share of worth", share)?)
                }
            };
            Acceptance::Combined { from, bound }
        }
        other => {
            return Err(unknown(other, &FURTHER, "after what it offers come a model and conditions of acceptance"));
        }
    };
    read.end()?;
    Ok(condition)
}

fn unknown(word: &str, known: &[&str], meaning: &str) -> AskError {
    let help = match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{meaning}: {}", known.join(", ")),
    };
    AskError::new(format!("there is no strategy or part of one `{word}`"), Some(help))
}

/// A word and the numbers after it.
struct Numbers<'t> {
    part: &'t str,
    word: &'t str,
    rest: std::str::Split<'t, char>,
}

impl<'t> Numbers<'t> {
    fn of(part: &'t str) -> Self {
        let mut rest = part.split(':');
        let word = rest.next().unwrap_or_default();
        Self { part, word, rest }
    }

    fn word_next(&mut self) -> Option<&'t str> {
        self.rest.next()
    }

    fn given(&mut self, what: &str, range: (f64, f64)) -> Result<f64, AskError> {
        match self.rest.next() {
            Some(text) => self.number(text, what, range),
            None => Err(AskError::new(
                format!("`{}` has no number; expected {what}", self.part),
                Some(format!("write it after a colon, such as `{}:0.5`", self.word)),
            )),
        }
    }

    fn or(&mut self, what: &str, range: (f64, f64), usual: f64) -> Result<f64, AskError> {
        match self.rest.next() {
            Some(text) => self.number(text, what, range),
            None => Ok(usual),
        }
    }

    fn whole(&mut self, what: &str, usual: f64) -> Result<f64, AskError> {
        let number = self.or(what, (1.0, MOST_LAG), usual)?;
        if number.fract() == 0.0 {
            return Ok(number);
        }
        Err(AskError::new(format!("{what} in `{}` is {number}; expected a whole number", self.part), None))
    }

    fn number(&self, text: &str, what: &str, (low, high): (f64, f64)) -> Result<f64, AskError> {
        match text.trim().parse::<f64>() {
            Ok(number) if (low..=high).contains(&number) => Ok(number),
            _ => Err(AskError::new(
                format!("`{}` in `{}` is not {what}; expected a number from {low} to {high}", text.trim(), self.part),
                None,
            )),
        }
    }

    fn end(&mut self) -> Result<(), AskError> {
        match self.rest.next() {
            None => Ok(()),
            Some(text) => Err(AskError::new(format!("`{text}` in `{}` is a number too many", self.part), None)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Strategy {
        strategy_of_name(name).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    #[test]
    fn names_are_read() {
        assert_eq!(named("boulware"), named("aspiration:0.25"));
        assert_eq!(named("tit-for-tat"), named("tit-for-tat-absolute:1:0"));
        assert_eq!(named("aspiration:2:0.1").offering, Offering::Aspiration { exponent: 2.0, opening: 0.1 });
        let learning = named("micro + frequency");
        assert_eq!((learning.offering, learning.model), (Offering::Micro, Some(ModelKind::Frequency)));
        assert_eq!(learning.acceptance, Acceptance::Next { factor: 1.0, gap: 0.0 });
        assert_eq!(
            named("tough+next:1.02:0.1+const:0.8&time:0.5+combi:0.9+combi:0.9:mean+combi:0.99:0.4").acceptance,
            Acceptance::Any(vec![
                Acceptance::Next { factor: 1.02, gap: 0.1 },
                Acceptance::All(vec![Acceptance::Constant(0.8), Acceptance::Time(0.5)]),
                Acceptance::Combined { from: 0.9, bound: Bound::BestInWindow },
                Acceptance::Combined { from: 0.9, bound: Bound::MeanInWindow },
                Acceptance::Combined { from: 0.99, bound: Bound::Constant(0.4) },
            ])
        );
        for offering in OFFERINGS {
            let name = if offering == "aspiration" { "aspiration:1" } else { offering };
            named(name);
        }
    }

    #[test]
    fn faults_are_named() {
        for (name, words) in [
            ("boulwar", "did you mean `boulware`?"),
            ("soft", "boulware, linear"),
            ("", "boulware, linear"),
            ("frequency", "starts with what it offers"),
            ("micro+frequncy", "did you mean `frequency`?"),
            ("micro+frequency+bayesian", "two models"),
            ("aspiration", "such as `aspiration:0.5`"),
            ("aspiration:0", "expected a number from 0.000001"),
            ("aspiration:nan", "is not an exponent"),
            ("tit-for-tat:1.5", "whole number"),
            ("tough:1", "a number too many"),
            ("tough+const:2", "from 0 to 1"),
            ("tough+combi:0.5:worst", "`best`, `mean`, `ever`"),
            ("tough+const:0.5&tim:1", "did you mean `time`?"),
        ] {
            let fault = strategy_of_name(name).expect_err(name);
            let text = format!("{fault} {}", fault.help.clone().unwrap_or_default());
            assert!(text.contains(words), "{name}: {text}");
        }
    }
}
