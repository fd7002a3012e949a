//! Concepts by name: which are asked for, and which are defined for a situation.

use detente_base::SourceText;
use detente_conflict::{CoalitionConcept, Concept, DmId, HorizonConcept};
use detente_scenario::situation::{Moves, SetBy, Situation};

use crate::ask::{AskError, party_of};
use crate::close::CONCEPTS;
use crate::report::{ConceptView, NotDefined};

/// Names that `--concepts` takes.
const NAMES: &str = "the concepts are R, SSEQ, SEQ, SMR, GMR, SIM, SEQ+SIM, L1, L2, … (or L1..L4), NM, ST:PARTY, all";

/// Longest range of horizons, such as `L1..L100`.
const MOST_HORIZONS: u32 = 100;

/// Horizons that `all` stands for; L1 is R.
const USUAL_HORIZONS: [u32; 3] = [2, 3, 4];

/// A concept that can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// One of the five for any number of parties.
    Usual(Concept),
    /// SIM.
    Simultaneous,
    /// SEQ+SIM.
    SequentialOrSimultaneous,
    /// Lₕ, NM or ST.
    Horizon(HorizonConcept),
}

/// The concepts of a list of names, each once, in the order of the list; the five usual
/// ones for an empty list.
///
/// # Errors
/// When a name is not that of a concept, or of one that is not offered.
pub fn asked_concepts(situation: &Situation, names: &[String]) -> Result<Vec<Asked>, AskError> {
    let mut found: Vec<Asked> = Vec::new();
    for name in names.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        for asked in concepts_named(situation, name)? {
            if !found.contains(&asked) {
                found.push(asked);
            }
        }
    }
    Ok(if found.is_empty() { CONCEPTS.map(Asked::Usual).to_vec() } else { found })
}

fn concepts_named(situation: &Situation, name: &str) -> Result<Vec<Asked>, AskError> {
    let upper = name.to_ascii_uppercase();
    let leaders = || (0..situation.parties.len()).map(|party| Asked::Horizon(stackelberg(party)));
    if let Some(concept) = Concept::from_symbol(&upper) {
        return Ok(vec![Asked::Usual(concept)]);
    }
    Ok(match upper.as_str() {
        "NASH" => vec![Asked::Usual(Concept::Nash)],
        "SIM" => vec![Asked::Simultaneous],
        "SEQ+SIM" | "SIM+SEQ" => vec![Asked::SequentialOrSimultaneous],
        "NM" => vec![Asked::Horizon(HorizonConcept::NonMyopic)],
        "ST" => leaders().collect(),
        "ALL" => {
            let horizons = USUAL_HORIZONS.map(|horizon| Asked::Horizon(HorizonConcept::LimitedMove { horizon }));
            let mut all = CONCEPTS.map(Asked::Usual).to_vec();
            all.extend([Asked::Simultaneous, Asked::SequentialOrSimultaneous]);
            all.extend(horizons);
            all.push(Asked::Horizon(HorizonConcept::NonMyopic));
            all.extend(leaders());
            all
        }
        _ if upper.starts_with("ST:") => {
            vec![Asked::Horizon(stackelberg(party_of(situation, name[3..].trim())?))]
        }
        _ if is_numbered(&upper, "MR") || is_numbered(&upper, "CMR") || upper == "POLICY" => {
            return Err(AskError::new(
                format!("`{name}`: metarational trees and policies are not offered"),
                Some(format!("{NAMES}; the book says what is missing")),
            ));
        }
        _ => match horizons_named(&upper) {
            Some(horizons) => horizons.map(|horizon| Asked::Horizon(HorizonConcept::LimitedMove { horizon })).collect(),
            None if is_joint(&upper) => {
                return Err(AskError::new(
                    format!("`{name}` is a concept of coalitions"),
                    Some("`detente coalitions FILE` answers for it".to_owned()),
                ));
            }
            None => return Err(AskError::new(format!("there is no concept `{name}`"), Some(NAMES.to_owned()))),
        },
    })
}

fn stackelberg(party: usize) -> HorizonConcept {
    HorizonConcept::Stackelberg { leader: DmId::from_index(party) }
}

fn is_joint(upper: &str) -> bool {
    CoalitionConcept::ALL.iter().any(|concept| concept.symbol().to_uppercase() == upper)
}

fn is_numbered(name: &str, letters: &str) -> bool {
    name.strip_prefix(letters).is_some_and(|rest| rest.trim_start_matches('_').chars().all(|c| c.is_ascii_digit()))
}

/// `L3`, `L2..5` or `L2..L5`.
fn horizons_named(name: &str) -> Option<std::ops::RangeInclusive<u32>> {
    let rest = name.strip_prefix('L')?;
    let (low, high) = rest.split_once("..").unwrap_or((rest, rest));
    let number =
        |text: &str| text.parse::<u32>().ok().filter(|h| *h > 0 && text.starts_with(|c: char| c.is_ascii_digit()));
    let (low, high) = (number(low)?, number(high.strip_prefix('L').unwrap_or(high))?);
    (low <= high && high - low < MOST_HORIZONS).then_some(low..=high)
}

impl Asked {
    /// The concept, if it is one of the five.
    pub(crate) fn usual(self) -> Option<Concept> {
        if let Self::Usual(concept) = self { Some(concept) } else { None }
    }

    /// The concept as answers name it.
    pub fn symbol(self, situation: &Situation) -> String {
        match self {
            Self::Usual(concept) => concept.symbol().to_owned(),
            Self::Simultaneous => "SIM".to_owned(),
            Self::SequentialOrSimultaneous => "SEQ+SIM".to_owned(),
            Self::Horizon(HorizonConcept::LimitedMove { horizon }) => format!("L{horizon}"),
            Self::Horizon(HorizonConcept::NonMyopic) => "NM".to_owned(),
            Self::Horizon(HorizonConcept::Stackelberg { leader }) => {
                format!("ST:{}", situation.parties[leader.index()].id)
            }
        }
    }

    fn name(self, situation: &Situation) -> String {
        match self {
            Self::Usual(concept) => concept.name().to_owned(),
            Self::Simultaneous => "simultaneous stability".to_owned(),
            Self::SequentialOrSimultaneous => "sequential or simultaneous stability".to_owned(),
            Self::Horizon(HorizonConcept::LimitedMove { horizon: 1 }) => "limited-move stability, 1 move".to_owned(),
            Self::Horizon(HorizonConcept::LimitedMove { horizon }) => {
                format!("limited-move stability, {horizon} moves")
            }
            Self::Horizon(HorizonConcept::NonMyopic) => "non-myopic stability".to_owned(),
            Self::Horizon(HorizonConcept::Stackelberg { leader }) => {
                format!("Stackelberg stability, led by {}", situation.parties[leader.index()].name)
            }
        }
    }

    /// Why the concept is not defined for a situation; `None` when it is.
    pub fn not_defined(self, source: &SourceText, situation: &Situation) -> Option<NotDefined> {
        match self {
            Self::Usual(_) => None,
            Self::Simultaneous | Self::SequentialOrSimultaneous => situation.issues.iter().find_map(|issue| {
                let (name, line) = (issue.id.clone(), source.position(issue.origin.span.start).0);
                match issue.set_by {
                    _ if matches!(issue.moves, Moves::Fixed) => None,
                    SetBy::Party(_) | SetBy::Nature(_) => None,
                    SetBy::Jointly(_) => Some(NotDefined::JointIssue { issue: name, line }),
                    SetBy::Each(_) => Some(NotDefined::SeveralMovers { issue: name, line }),
                }
            }),
            Self::Horizon(_) => {
                let parties = situation.parties.len();
                (parties != 2).then_some(NotDefined::PartyCount { parties })
            }
        }
    }

    /// The concept for an answer.
    pub(crate) fn view(self, source: &SourceText, situation: &Situation) -> ConceptView {
        ConceptView {
            symbol: self.symbol(situation),
            name: self.name(situation),
            not_defined: self.not_defined(source, situation),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn horizons_by_name() {
        assert_eq!(horizons_named("L3"), Some(3..=3));
        assert_eq!(horizons_named("L2..5"), Some(2..=5));
        assert_eq!(horizons_named("L2..L5"), Some(2..=5));
        for wrong in ["L", "L0", "L5..2", "L1..1000", "L+3", "LX", "L1..", "L-1", "L99999999999"] {
            assert_eq!(horizons_named(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_not_offered_is_told_apart_from_what_does_not_exist() {
        assert!(is_numbered("MR3", "MR") && is_numbered("CMR", "CMR") && is_numbered("MR_2", "MR"));
        assert!(!is_numbered("MRX", "MR"));
    }
}
