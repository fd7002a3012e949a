//! Offers, of two parties and of many, and to parties that are not known.

use detente_bargain::time::screening::Prospect;
use detente_bargain::time::{
    AlternatingOffers, Binding, Coase, ContinuousOffers, DoubleAuction, Next, Offer, Plan, RandomProposer, Screening,
    TimeError, Unanimity,
};
use detente_base::Exact;

use super::{Solved, Terms};
use crate::delay::answer::{Choice, Finding, Form, Measure, Verdict};

/// Patience for a round after the hazard of losing the mandate, with a finding for each party
/// that has one.
fn patience(terms: &Terms<'_>, name: &dyn Fn(usize) -> String) -> (Vec<Exact>, Vec<Finding>) {
    let (patience, hazards) = (terms.each("patience", &Exact::ONE), terms.each("hazards", &Exact::ZERO));
    let mut findings = Vec::new();
    let left = patience.iter().zip(&hazards).enumerate().map(|(party, (patience, hazard))| {
        let left = patience * &(&Exact::ONE - hazard);
        if !hazard.is_zero() {
            findings.push(Finding::Hazard { party: name(party), with: left.clone(), without: patience.clone() });
        }
        left
    });
    (left.collect(), findings)
}

/// Rates after the hazard of losing the mandate.
pub(super) fn rates(terms: &Terms<'_>, name: &dyn Fn(usize) -> String) -> ([Exact; 2], Vec<Finding>) {
    let (rates, hazards) = (terms.both("rates", &Exact::ZERO), terms.both("hazards", &Exact::ZERO));
    let sums = [0, 1].map(|party: usize| &rates[party] + &hazards[party]);
    let finding = |party: usize| {
        let (with, without) = (sums[party].clone(), rates[party].clone());
        (!hazards[party].is_zero()).then(|| Finding::Hazard { party: name(party), with, without })
    };
    let findings = [0, 1].into_iter().filter_map(finding).collect();
    (sums, findings)
}

/// What is known before anything is divided: whether there is anything to agree on.
fn agreement(solved: &mut Solved, outside: &[Exact; 2], agreed: bool) {
    let verdict = if agreed { Verdict::Agreed } else { Verdict::NoAgreement };
    solved.verdicts.push((Choice::Agreement, verdict));
    if !agreed {
        solved.findings.push(Finding::OptionsTooGood { sum: &outside[0] + &outside[1] });
        solved.add_each(Measure::Share, outside.iter().cloned());
    }
}

/// Whether the outside option of a party decides what it is offered.
fn option(offer: &Offer, waiting: Exact, party: String, option: &Exact) -> Option<Finding> {
    if option.is_zero() {
        return None;
    }
    let option = option.clone();
    Some(if offer.binding == Binding::Leaving {
        Finding::OptionBinds { party, option }
    } else {
        Finding::OptionIdle { party, option, waiting }
    })
}

pub(super) fn alternating(terms: &Terms<'_>, name: &dyn Fn(usize) -> String) -> Result<Solved, TimeError> {
    let (patience, hazards) = patience(terms, name);
    let talks = AlternatingOffers {
        patience: patience.try_into().expect("a model of two parties has two"),
        outside: terms.both("outside", &Exact::ZERO),
        breakdown: terms.one_or("breakdown", Exact::ZERO),
        payoffs: terms.both("breakdown_payoffs", &Exact::ZERO),
    };
    let rounds = terms.count("rounds");
    let mut solved = Solved::new(if rounds.is_some() { Form::Deadline } else { Form::Endless });
    solved.findings = hazards;
    solved.first = Some(0);
    let Some(endless) = talks.stationary()? else {
        agreement(&mut solved, &talks.outside, false);
        return Ok(solved);
    };
    agreement(&mut solved, &talks.outside, true);
    // Shares need not be monotone in the chance of a breakdown.
    let steady = terms.is_fixed("breakdown");
    let add = |solved: &mut Solved, measure, shares: [Exact; 2]| {
        if steady { solved.add_each(measure, shares) } else { solved.add_each_loose(measure, shares) }
    };
    match rounds {
        None => {
            let [first, other] = endless;
            solved.findings.extend(option(&first, first.gives.clone(), name(1), &talks.outside[1]));
            solved.findings.extend(option(&other, other.gives.clone(), name(0), &talks.outside[0]));
            add(&mut solved, Measure::Share, [first.keeps, first.gives]);
            add(&mut solved, Measure::ShareIfOtherFirst, [other.gives, other.keeps]);
        }
        Some(rounds) => {
            let found = talks.with_deadline(rounds)?.expect("there is something to agree on");
            solved.last = Some(found.last.proposer);
            solved.findings.push(Finding::LastOffer { rounds: rounds as usize });
            let offer = &found.first;
            solved.findings.extend(option(offer, offer.gives.clone(), name(1), &talks.outside[1]));
            add(&mut solved, Measure::Share, [offer.keeps.clone(), offer.gives.clone()]);
            // The same talks with the other one to open them.
            let swapped = |pair: &[Exact; 2]| [pair[1].clone(), pair[0].clone()];
            let other = AlternatingOffers {
                patience: swapped(&talks.patience),
                outside: swapped(&talks.outside),
                payoffs: swapped(&talks.payoffs),
                breakdown: talks.breakdown.clone(),
            };
            let other = other.with_deadline(rounds)?.expect("there is something to agree on").first;
            add(&mut solved, Measure::ShareIfOtherLast, [other.gives, other.keeps]);
            let [first, _] = endless;
            add(&mut solved, Measure::ShareWithoutDeadline, [first.keeps, first.gives]);
        }
    }
    Ok(solved)
}

pub(super) fn continuous(terms: &Terms<'_>, name: &dyn Fn(usize) -> String) -> Result<Solved, TimeError> {
    let (rates, hazards) = rates(terms, name);
    let talks = ContinuousOffers {
        rates,
        outside: terms.both("outside", &Exact::ZERO),
        breakdown: terms.one_or("breakdown", Exact::ZERO),
        payoffs: terms.both("breakdown_payoffs", &Exact::ZERO),
    };
    let mut solved = Solved::new(Form::Continuous);
    solved.findings = hazards;
    let share = talks.first_share()?;
    agreement(&mut solved, &talks.outside, share.is_some());
    if let Some(share) = share {
        let shares = [share.clone(), &Exact::ONE - &share];
        for party in [0, 1] {
            let without = ContinuousOffers { outside: [Exact::ZERO, Exact::ZERO], ..talks.clone() };
            let first = without.first_share()?.expect("there is something to agree on");
            let waiting = if party == 0 { first } else { &Exact::ONE - &first };
            let option = talks.outside[party].clone();
            let party = name(party);
            if option > waiting {
                solved.findings.push(Finding::OptionBinds { party, option });
            } else if !option.is_zero() {
                solved.findings.push(Finding::OptionIdle { party, option, waiting });
            }
        }
        // The share is a quotient of functions that are linear in each number by itself.
        solved.add_each(Measure::Share, shares);
    }
    Ok(solved)
}

pub(super) fn unanimity(terms: &Terms<'_>, name: &dyn Fn(usize) -> String) -> Result<Solved, TimeError> {
    let (patience, hazards) = patience(terms, name);
    let next = if terms.protocol.word("next") == Some("rotation") { Next::Rotation } else { Next::Rejector };
    let divisions = Unanimity { patience, next }.stationary()?;
    let form = if next == Next::Rotation { Form::Rotation } else { Form::Rejector };
    let mut solved = Solved::new(form);
    solved.findings = hazards;
    solved.first = Some(0);
    solved.verdicts.push((Choice::Agreement, Verdict::Agreed));
    let keeps: Vec<Exact> = divisions.iter().enumerate().map(|(party, division)| division[party].clone()).collect();
    if next == Next::Rejector {
        solved.add_each(Measure::Share, divisions[0].iter().cloned());
        solved.add_each(Measure::Keeps, keeps);
    } else {
        solved.add_each_loose(Measure::Share, divisions[0].iter().cloned());
        solved.add_each_loose(Measure::Keeps, keeps);
    }
    Ok(solved)
}

pub(super) fn random_proposer(terms: &Terms<'_>, name: &dyn Fn(usize) -> String) -> Result<Solved, TimeError> {
    let (patience, hazards) = patience(terms, name);
    let parties = patience.len();
    let votes = terms.count("votes").map_or(parties, |votes| votes as usize);
    let found = RandomProposer { weights: terms.each("weights", &Exact::ONE), patience, votes }.stationary()?;
    let mut solved = Solved::new(if votes == parties { Form::All } else { Form::Majority });
    solved.findings = hazards;
    if votes < parties {
        solved.findings.push(Finding::Partners { needed: votes - 1, others: parties - 1 });
    }
    solved.verdicts.push((Choice::Agreement, Verdict::Agreed));
    solved.add_each(Measure::Expected, found.iter().map(|of| of.value.clone()));
    solved.add_each_loose(Measure::Keeps, found.iter().map(|of| of.keeps.clone()));
    solved.add_each(Measure::Accepts, found.iter().map(|of| of.accepts.clone()));
    Ok(solved)
}

pub(super) fn coase(terms: &Terms<'_>) -> Result<Solved, TimeError> {
    let prices =
        Coase { patience: terms.one_or("patience", Exact::ZERO), highest: terms.one_or("highest", Exact::ONE) }
            .prices()?;
    let mut solved = Solved::new(Form::Usual);
    solved.first = Some(0);
    solved.add(Measure::FirstPrice, None, prices.first);
    solved.add(Measure::PriceRatio, None, prices.ratio);
    solved.add(Measure::AgreementAtOnce, None, 1.0 - prices.ratio);
    solved.add(Measure::Profit, Some(0), prices.profit);
    solved.add(Measure::CommitmentProfit, Some(0), prices.commitment);
    Ok(solved)
}

pub(super) fn screening(terms: &Terms<'_>) -> Result<Solved, TimeError> {
    let number = |field| terms.one_or(field, Exact::ZERO);
    let model =
        Screening { patience: number("patience"), high: number("high"), low: number("low"), chance: number("chance") };
    let Prospect { plan, first, accepts, at_once, profit } = model.plans()?.remove(0);
    let verdict = match plan {
        Plan::Pool => Verdict::Pool,
        Plan::Screen => Verdict::Screen,
        Plan::Mix => Verdict::Mix,
    };
    let mut solved = Solved::new(Form::Usual);
    solved.first = Some(0);
    solved.last = Some(0);
    solved.verdicts.push((Choice::FirstOffer, verdict));
    solved.add_loose(Measure::FirstPrice, None, first);
    solved.add_loose(Measure::AgreementAtOnce, None, at_once);
    solved.add_loose(Measure::HighAccepts, None, accepts);
    solved.add_loose(Measure::Profit, Some(0), profit);
    Ok(solved)
}

pub(super) fn double_auction(terms: &Terms<'_>) -> Result<Solved, TimeError> {
    let number = |field| terms.one_or(field, Exact::ZERO);
    let bids = DoubleAuction { low: number("low"), high: number("high") }.linear()?;
    let mut solved = Solved::new(Form::Usual);
    solved.add(Measure::AgreementChance, None, bids.chance);
    solved.add(Measure::Gap, None, bids.gap);
    solved.add(Measure::Gains, None, bids.gains);
    solved.add(Measure::FirstBest, None, bids.first_best);
    Ok(solved)
}
