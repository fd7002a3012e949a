//! Information sets and outcomes of an `.efg` file, which nodes name by number: the first
//! that does so says what they are, later ones may say it again.

use std::borrow::Cow;
use std::ops::Range;

use detente_base::Exact;

use super::header::{count, payoffs};
use super::number::FRACTION;
use super::numbers::Numbers;
use super::scan::{Lost, Scanner};
use crate::{InfosetId, Mover, OutcomeId, TreeBuilder};

/// What was said of sets and outcomes so far.
#[derive(Debug)]
pub(super) struct Moves<'a> {
    players: usize,
    /// Positions of sets by number, for chance and then for each player.
    sets: Vec<Numbers>,
    said_sets: Vec<Set<'a>>,
    outcomes: Numbers,
    /// Where outcomes are said, with what they pay.
    said_outcomes: Vec<Range<usize>>,
}

#[derive(Debug)]
struct Set<'a> {
    /// Where it is said.
    said: Range<usize>,
    label: Cow<'a, str>,
    actions: Vec<Cow<'a, str>>,
    chances: Vec<Exact>,
}

impl<'a> Moves<'a> {
    pub(super) fn new(players: usize) -> Self {
        let sets = vec![Numbers::default(); players + 1];
        Self { players, sets, said_sets: Vec::new(), outcomes: Numbers::default(), said_outcomes: Vec::new() }
    }

    /// Number of actions of a set.
    pub(super) fn arity(&self, set: InfosetId) -> usize {
        self.said_sets[set.index()].actions.len()
    }

    /// Name of an action of a set.
    pub(super) fn action(&self, set: InfosetId, action: usize) -> &str {
        &self.said_sets[set.index()].actions[action]
    }

    /// The set that a node names.
    pub(super) fn set(
        &mut self,
        scan: &mut Scanner<'a>,
        builder: &mut TreeBuilder,
        mover: Mover,
    ) -> Result<InfosetId, Lost> {
        let at = scan.position();
        let number = scan.integer("the number of the information set")?;
        let own = mover.player().map_or(0, |player| player.index() + 1);
        let known = self.sets[own].get(number);
        if let Some(set) = known
            && scan.repeats(&self.said_sets[set].said)
        {
            return Ok(InfosetId::from_index(set));
        }
        if !matches!(scan.peek(), Some(b'"' | b'{')) {
            return known.map(InfosetId::from_index).ok_or_else(|| {
                let message = format!("information set {number} has not been described before this node");
                scan.fault(at, message, "add its name and actions: `\"\" { \"first\" \"second\" }`")
            });
        }
        let set = Self::read_set(scan, mover)?;
        if let Some(known) = known {
            return self.compare(scan, known, &set).map(|()| InfosetId::from_index(known));
        }
        let id = builder.numbered_infoset(mover, (number, &set.label), &set.actions, &set.chances);
        self.sets[own].insert(number, id.index());
        self.said_sets.push(set);
        Ok(id)
    }

    fn read_set(scan: &mut Scanner<'a>, mover: Mover) -> Result<Set<'a>, Lost> {
        let start = scan.position();
        let label = if scan.at_text() { scan.quoted("the name of the information set")? } else { Cow::Borrowed("") };
        let opened = scan.position();
        if !scan.take(b'{') {
            let repair = "list its actions in braces after its name, or leave the name out where it is known";
            return Err(scan.expected("the actions of the information set", repair));
        }
        let mut set = Set { said: start..start, label, actions: Vec::new(), chances: Vec::new() };
        let mut clean = true;
        while !scan.take(b'}') {
            set.actions.push(scan.quoted("the name of an action or `}`")?);
            let number_next = matches!(scan.peek(), Some(b'0'..=b'9' | b'+' | b'-' | b'.'));
            match mover {
                Mover::Chance if number_next => {
                    let chance = scan.number("the chance of the action");
                    clean &= chance.is_ok();
                    set.chances.push(chance.unwrap_or(Exact::ZERO));
                }
                Mover::Chance => {
                    scan.expected("the chance of the action", "write it after the name, such as `1/2`");
                    clean = false;
                    set.chances.push(Exact::ZERO);
                }
                Mover::Player(_) if number_next => {
                    let at = scan.position();
                    scan.fault(at, "a player's action has no chance", "leave the number out, or let chance move: `c`");
                    scan.word();
                }
                Mover::Player(_) => {}
            }
            scan.take(b',');
        }
        set.said.end = scan.end();
        if set.actions.is_empty() {
            scan.fault(opened, "the information set has no actions", "give it one, or make the node an end: `t`");
        } else if mover == Mover::Chance && (!clean || check_chances(scan, opened, &mut set.chances).is_err()) {
            // Any that add up serve until the fault is mended.
            set.chances = vec![Exact::ZERO; set.actions.len()];
            set.chances[0] = Exact::ONE;
        }
        Ok(set)
    }

    /// A set said again, in other words or otherwise.
    ///
    /// # Errors
    /// If it is not known how many nodes follow.
    fn compare(&self, scan: &mut Scanner<'a>, known: usize, again: &Set<'a>) -> Result<(), Lost> {
        let first = &self.said_sets[known];
        let at = again.said.start;
        if (&first.label, &first.actions, &first.chances) == (&again.label, &again.actions, &again.chances) {
            return Ok(());
        }
        let renamed = (&first.actions, &first.chances) == (&again.actions, &again.chances);
        if renamed && scan.remarks.is_full() {
            return Ok(());
        }
        let line = scan.line(first.said.start);
        if first.actions != again.actions {
            let message = format!("the information set has other actions here than in line {line}");
            scan.fault(at, message, "list the same, or give this set a number of its own");
        } else if first.chances != again.chances {
            let message = format!("the chances of the actions are others here than in line {line}");
            scan.fault(at, message, "write the same, or give this move a number of its own");
        } else {
            let message =
                format!("the information set is called {:?} here, {:?} in line {line}", again.label, first.label);
            scan.remarks.add(at, message, "the first name is kept");
        }
        if first.actions.len() == again.actions.len() { Ok(()) } else { Err(Lost) }
    }

    /// The outcome that a node names, if it is one.
    pub(super) fn outcome(
        &mut self,
        scan: &mut Scanner<'a>,
        builder: &mut TreeBuilder,
    ) -> Result<Option<OutcomeId>, Lost> {
        let at = scan.position();
        let number = scan.integer("the number of the outcome, 0 for none")?;
        let known = if number == 0 { None } else { self.outcomes.get(number) };
        if let Some(outcome) = known
            && scan.repeats(&self.said_outcomes[outcome])
        {
            return Ok(Some(OutcomeId::from_index(outcome)));
        }
        if !matches!(scan.peek(), Some(b'"' | b'{')) {
            if number == 0 || known.is_some() {
                return Ok(known.map(OutcomeId::from_index));
            }
            let message = format!("outcome {number} has not been described before this node");
            scan.fault(at, message, "add its name and payoffs: `\"\" { 1, -1 }`");
            return Ok(None);
        }
        let start = scan.position();
        let label = if scan.at_text() { scan.quoted("the name of the outcome")? } else { Cow::Borrowed("") };
        let payoffs = payoffs(scan, self.players)?;
        let said = start..scan.end();
        if number == 0 {
            scan.fault(at, "outcome 0 pays nothing, and has no name or payoffs", "give the outcome another number");
            return Ok(None);
        }
        let Some(known) = known else {
            let id = builder.numbered_outcome((number, &label), payoffs);
            self.outcomes.insert(number, id.index());
            self.said_outcomes.push(said);
            return Ok(Some(id));
        };
        let id = OutcomeId::from_index(known);
        let first = builder.described_outcome(id);
        let line = |scan: &Scanner<'_>| scan.line(self.said_outcomes[known].start);
        if first.payoffs != payoffs {
            let line = line(scan);
            let message = format!("outcome {number} pays something else here than in line {line}");
            scan.fault(start, message, "write the same payoffs, or give this outcome a number of its own");
        } else if first.label != *label && !scan.remarks.is_full() {
            let line = line(scan);
            let message = format!("outcome {number} is called {label:?} here, {:?} in line {line}", first.label);
            scan.remarks.add(start, message, "the first name is kept");
        }
        Ok(Some(id))
    }
}

/// Checks that chances are none below zero and add up to one; scales those that do but for
/// rounding.
fn check_chances(scan: &mut Scanner<'_>, at: usize, chances: &mut [Exact]) -> Result<(), Lost> {
    /// By how much the sum may miss one: a millionth.
    const ROUNDING: i64 = 1_000_000;
    if let Some(negative) = chances.iter().find(|chance| chance.signum() < 0) {
        return Err(scan.fault(at, format!("a chance is {}", shown(negative)), "write chances from 0 to 1"));
    }
    let mut sum = Exact::ZERO;
    for chance in chances.iter() {
        sum = &sum + chance;
        if digits(&sum) > 3 * FRACTION {
            return Err(scan.fault(at, "the chances have too many digits to add up", "round them"));
        }
    }
    let miss = &sum - &Exact::ONE;
    if miss.is_zero() {
        return Ok(());
    }
    if miss > Exact::ratio(1, ROUNDING) || miss < Exact::ratio(-1, ROUNDING) {
        let message = format!("the chances of {} add up to {}, not to 1", count(chances.len(), "action"), shown(&sum));
        return Err(scan.fault(at, message, "make them add up to 1, with fractions such as `1/3` where needed"));
    }
    for chance in chances.iter_mut() {
        *chance = &*chance / &sum;
        if digits(chance) > FRACTION {
            return Err(scan.fault(at, "the chances add up to 1 only nearly", "write them as fractions"));
        }
    }
    let message = format!("the chances add up to 1 but for {:.0e}", miss.to_f64().abs());
    scan.remarks.add(at, message, "they are scaled to add up to 1");
    Ok(())
}

/// A number in few letters.
fn shown(number: &Exact) -> String {
    match number.as_small_ratio() {
        Some((_, ..=10_000)) => number.to_string(),
        _ => number.to_f64().to_string(),
    }
}

/// About as many digits as the longer side of a fraction has, and not fewer.
fn digits(number: &Exact) -> usize {
    if number.as_small_ratio().is_some() {
        return 19;
    }
    let (numerator, denominator) = number.to_ratio();
    // A digit has more than three bits.
    (numerator.bits().max(denominator.bits()) / 3) as usize
}
