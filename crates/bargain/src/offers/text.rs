//! A single negotiating text: a mediator changes one draft, and parties say what they think.
//!
//! In each round the mediator shows a draft, and every party says whether it likes it better
//! than the text so far, worse, or alike. The draft becomes the text if nobody likes it worse
//! and somebody likes it better. Parties say what they think: nothing is held back.
//!
//! - *Hill climbing*: the text starts as any package. A draft changes one issue of the text.
//!   All such changes are tried in an order that is drawn; once none of them is taken up the
//!   process is over, for no single change is left that nobody minds and somebody wants.
//! - *Vote*: there is no text at first, and a draft is compared with the reservations. Every
//!   draft is any package.
//!
//! At the end the text is signed if it gives every party at least its reservation.
//!
//! Source: `[Raiffa1982]` for the single text; `[KleinFaratinSayamaBarYam2003]` for a
//! mediator that changes drafts. `Differs:` parties tell indifference from approval, so that
//! a text never goes round in circles; nobody accepts what is worse for it for a while.

use detente_base::{Budget, Pcg, StopReason};

use super::alternating::Record;
use super::space::{PackageCode, Space};

/// What the mediator shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mediation {
    /// The text with one issue changed.
    HillClimbing,
    /// Any package.
    Vote,
}

/// What a party says of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// It likes the text so far better.
    Against,
    /// It likes both alike.
    Indifferent,
    /// It likes the draft better.
    For,
}

/// A draft and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The round, from 0.
    pub round: u32,
    /// The draft.
    pub package: PackageCode,
    /// What each party said.
    pub voices: Vec<Voice>,
}

/// A mediation: what is negotiated, how, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Mediated<'s> {
    /// What can be drafted.
    pub space: &'s Space,
    /// What the mediator shows.
    pub mediation: Mediation,
    /// Where the text starts, if not anywhere.
    pub start: Option<PackageCode>,
    /// Number of rounds.
    pub rounds: u32,
    /// Where random numbers start.
    pub seed: u64,
}

/// How a mediation went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafting {
    /// Where the text started.
    pub start: Option<PackageCode>,
    /// Where it ended.
    pub text: Option<PackageCode>,
    /// Whether it gives every party at least its reservation.
    pub signed: bool,
    /// Whether no single change is left that nobody minds and somebody wants: proved, since
    /// all were tried.
    pub settled: bool,
    /// Number of drafts shown.
    pub rounds: u32,
    /// Number of drafts that became the text.
    pub adopted: u32,
    /// The drafts, if they were to be kept.
    pub drafts: Vec<Draft>,
}

impl Draft {
    /// Whether the draft became the text.
    pub fn is_adopted(&self) -> bool {
        is_adopted(&self.voices)
    }
}

fn is_adopted(voices: &[Voice]) -> bool {
    !voices.contains(&Voice::Against) && voices.contains(&Voice::For)
}

/// Lets a mediator look for a text.
///
/// Cost: O(n·d) for each round, n issues and d parties.
///
/// # Errors
/// When the budget's stopper is raised.
pub fn mediate(mediated: &Mediated<'_>, record: Record, budget: &Budget) -> Result<Drafting, StopReason> {
    let space = mediated.space;
    let mut rng = Pcg::new(mediated.seed);
    let start = match (mediated.start, mediated.mediation) {
        (Some(start), _) => Some(start),
        (None, Mediation::HillClimbing) => Some(space.any(&mut rng)),
        (None, Mediation::Vote) => None,
    };
    let mut found =
        Drafting { start, text: start, signed: false, settled: false, rounds: 0, adopted: 0, drafts: Vec::new() };
    let mut changes: Vec<(usize, u32)> = Vec::new();
    for round in 0..mediated.rounds {
        budget.check()?;
        let package = match (mediated.mediation, found.text) {
            (Mediation::Vote, _) | (_, None) => space.any(&mut rng),
            (Mediation::HillClimbing, Some(text)) => {
                if found.rounds == 0 {
                    changes = shuffled(space, text, &mut rng);
                }
                let Some((issue, value)) = changes.pop() else {
                    found.settled = true;
                    break;
                };
                let mut package = space.package(text);
                package[issue] = value;
                space.code(&package)
            }
        };
        found.rounds += 1;
        let voices = voices(space, found.text, package);
        if is_adopted(&voices) {
            found.text = Some(package);
            found.adopted += 1;
            if mediated.mediation == Mediation::HillClimbing {
                changes = shuffled(space, package, &mut rng);
            }
        }
        if record == Record::Turns {
            found.drafts.push(Draft { round, package, voices });
        }
    }
    if mediated.mediation == Mediation::HillClimbing && found.rounds > 0 && changes.is_empty() {
        found.settled = true;
    }
    found.signed = found.text.is_some_and(|text| (0..space.parties()).all(|party| space.is_enough(party, text)));
    Ok(found)
}

/// All changes of one issue, in an order that is drawn.
fn shuffled(space: &Space, text: PackageCode, rng: &mut Pcg) -> Vec<(usize, u32)> {
    let package = space.package(text);
    let issues = space.sizes().iter().enumerate();
    let mut changes: Vec<(usize, u32)> = issues
        .flat_map(|(issue, size)| (0..*size as u32).map(move |value| (issue, value)))
        .filter(|(issue, value)| package[*issue] != *value)
        .collect();
    rng.shuffle(&mut changes);
    changes
}

fn voices(space: &Space, text: Option<PackageCode>, draft: PackageCode) -> Vec<Voice> {
    let voice = |party: usize| {
        let worth = space.units(party, draft);
        let before = text.map_or_else(|| space.side(party).reservation, |text| space.units(party, text));
        match worth.cmp(&before) {
            std::cmp::Ordering::Less => Voice::Against,
            std::cmp::Ordering::Equal => Voice::Indifferent,
            std::cmp::Ordering::Greater => Voice::For,
        }
    };
    (0..space.parties()).map(voice).collect()
}
