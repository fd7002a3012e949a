//! Deals of situations against listing every outcome, published cases, and what the
//! articles on Syria say about bargaining.

use std::collections::BTreeSet;
use std::path::Path;

use detente_analysis::deals::{DealDemand, DealsAnswer, DealsProfile, Setting};
use detente_analysis::negotiation::{Count, DemandLabel, Over};
use detente_analysis::profile::profiles;
use detente_analysis::ranks::{form_of, party_worths, profile_ranks};
use detente_analysis::structure::Structure;
use detente_analysis::{AskError, DealsOptions, Options, deals};
use detente_base::{Budget, Exact, SourceText};
use detente_scenario::expr::eval::central_point;
use detente_scenario::situation::{PartyId, Situation};
use detente_scenario::{Loaded, load};

fn shipped(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios").join(name).join("scenario.yaml");
    std::fs::read_to_string(path).expect("a worked case")
}

fn read(text: &str) -> (SourceText, Situation) {
    let Loaded { source, situation, diagnostics, .. } = load("x.yaml", text.as_bytes());
    (source, situation.unwrap_or_else(|| panic!("{diagnostics:#?}")))
}

fn ask(text: &str, asked: &DealsOptions) -> Result<DealsAnswer, AskError> {
    let (source, situation) = read(text);
    deals(&source, &situation, (&Options::default(), asked), &Budget::default())
}

fn answer(text: &str) -> DealsAnswer {
    ask(text, &DealsOptions { draws: 0, ..DealsOptions::default() }).expect("a negotiation")
}

fn demand<'a>(profile: &'a DealsProfile, party: &str, issue: &str) -> &'a DealDemand {
    let found = profile.demands.iter().find(|d| d.party == party && d.demand.issue == issue);
    found.unwrap_or_else(|| panic!("no demand of {party} on {issue}"))
}

fn value<'a>(package: &'a [Setting], issue: &str) -> &'a str {
    &package.iter().find(|setting| setting.issue == issue).expect("an issue").value
}

fn count(count: &Count) -> u64 {
    match count {
        Count::Number(number) => *number,
        Count::Text(text) => panic!("{text}"),
    }
}

/// Every feasible outcome with its values and worths, by the engine of conflicts.
struct Listed {
    values: Vec<Vec<String>>,
    worths: Vec<Vec<Exact>>,
    reservations: Vec<Exact>,
}

fn listed(situation: &Situation, parties: &[PartyId]) -> Vec<Listed> {
    let structure = Structure::new(situation, &Budget::default()).expect("few outcomes");
    let point = central_point(situation).expect("numbers");
    let fallback = situation.disagreement.as_ref().or(situation.status_quo.as_ref()).expect("a disagreement");
    let fallback = structure.states.state_at(structure.space.code(&fallback.values) as u32).expect("feasible");
    let all: Vec<u64> = structure.states.feasible().ones().map(|code| code as u64).collect();
    let name = |code: u64| -> Vec<String> {
        let values = structure.space.values(code);
        values.iter().zip(&situation.issues).map(|(v, issue)| issue.values[v.index()].id.clone()).collect()
    };
    profiles(situation, 64)
        .iter()
        .map(|profile| {
            let ranks = profile_ranks(&structure, profile, &point);
            let own = |party: &PartyId| {
                party_worths(&structure, form_of(&structure, profile, *party), &point)
                    .unwrap_or_else(|| ranks[party.index()].iter().map(|rank| Exact::from(i64::from(*rank))).collect())
            };
            let by_party: Vec<Vec<Exact>> = parties.iter().map(own).collect();
            Listed {
                values: all.iter().map(|code| name(*code)).collect(),
                worths: (0..all.len()).map(|at| by_party.iter().map(|w| w[at].clone()).collect()).collect(),
                reservations: by_party.iter().map(|worths| worths[fallback.index()].clone()).collect(),
            }
        })
        .collect()
}

fn no_less(a: &[Exact], b: &[Exact]) -> bool {
    a.iter().zip(b).all(|(a, b)| a >= b)
}

impl Listed {
    fn zone(&self) -> Vec<usize> {
        let dominated = |at: usize| self.worths.iter().any(|o| *o != self.worths[at] && no_less(o, &self.worths[at]));
        let enough = |at: &usize| no_less(&self.worths[*at], &self.reservations);
        (0..self.worths.len()).filter(enough).filter(|at| !dominated(*at)).collect()
    }

    /// The most for a party among outcomes that give enough to all but one.
    fn most(&self, party: usize, free: Option<usize>, has: impl Fn(&[String]) -> bool) -> Option<&Exact> {
        let enough = |at: &usize| {
            (0..self.reservations.len()).all(|p| free == Some(p) || self.worths[*at][p] >= self.reservations[p])
        };
        (0..self.worths.len())
            .filter(|at| has(&self.values[*at]))
            .filter(enough)
            .map(|at| &self.worths[at][party])
            .max()
    }
}

/// Everything in an answer that can be had by listing all outcomes. All issues are
/// settled, and the disagreement is an outcome.
fn check_by_listing(text: &str) {
    let (_, situation) = read(text);
    let answer = answer(text);
    let parties: Vec<PartyId> = answer.parties.iter().map(|id| situation.party(id).expect("a party")).collect();
    for (profile, all) in answer.profiles.iter().zip(listed(&situation, &parties)) {
        let zone = all.zone();
        assert_eq!(count(&profile.zone_packages), zone.len() as u64);
        let shown: BTreeSet<Vec<String>> = profile
            .frontier
            .iter()
            .filter(|point| point.short_of.is_empty())
            .map(|point| point.package.iter().map(|s| s.value.clone()).collect())
            .collect();
        let expected: BTreeSet<Vec<String>> = zone.iter().map(|at| all.values[*at].clone()).collect();
        assert!(shown.is_subset(&expected));
        if profile.frontier.iter().all(|point| count(&point.packages) == 1) {
            assert_eq!(shown, expected);
        }
        for (party, stake) in profile.stakes.iter().enumerate() {
            let free = |other: usize| all.most(party, Some(other), |_| true);
            let own = zone.iter().map(|at| &all.worths[*at][party]).max();
            for other in (0..parties.len()).filter(|other| *other != party) {
                let bound = stake.held_back_by.iter().find(|binding| binding.party == answer.parties[other]);
                if answer.ordinal.is_empty() {
                    let expected = free(other).filter(|most| own.is_none_or(|own| *most > own));
                    assert_eq!(bound.map(|binding| &binding.most), expected, "{} by {other}", stake.party);
                }
            }
        }
        for demand in &profile.demands {
            let party = answer.parties.iter().position(|id| *id == demand.party).expect("at the table");
            let issue = situation.issue(&demand.demand.issue).expect("an issue").index();
            let has = |values: &[String]| values[issue] == demand.demand.value;
            let with = zone.iter().filter(|at| has(&all.values[**at])).count() as u64;
            assert_eq!((count(&demand.with), count(&demand.of)), (with, zone.len() as u64));
            let label = match (zone.len() as u64, with) {
                (0, _) => None,
                (_, 0) => Some(DemandLabel::Chip),
                (of, with) if of == with => Some(DemandLabel::Core),
                _ => Some(DemandLabel::Contested),
            };
            assert_eq!(demand.label, label);
            let insisting = all.most(party, None, has);
            assert_eq!(demand.insisting.is_some(), insisting.is_some());
            if answer.ordinal.is_empty() {
                assert_eq!(demand.insisting.as_ref(), insisting);
                assert_eq!(demand.dropping.as_ref(), all.most(party, None, |values| !has(values)));
            }
            let refusers: Vec<&String> = (0..parties.len())
                .filter(|other| insisting.is_none() && *other != party && all.most(party, Some(*other), has).is_some())
                .map(|other| &answer.parties[other])
                .collect();
            assert_eq!(demand.refused_by.iter().collect::<Vec<_>>(), refusers);
        }
        for opening in &profile.openings {
            let package: Vec<&String> =
                opening.package.as_ref().expect("it can be met").package.iter().map(|s| &s.value).collect();
            let distance = |at: &usize| all.values[*at].iter().zip(&package).filter(|(a, b)| a != *b).count();
            let enough = |at: &usize| no_less(&all.worths[*at], &all.reservations);
            let nearest = (0..all.worths.len()).filter(enough).map(|at| distance(&at)).min();
            match &opening.package.as_ref().expect("it can be met").repair {
                Some(repair) => assert_eq!(Some(repair.changes.len()), nearest),
                None if opening.package.as_ref().expect("it can be met").short_of.is_empty() => {
                    assert_eq!(nearest, Some(0));
                }
                None => assert_eq!(nearest, None),
            }
        }
    }
}

#[test]
fn answers_agree_with_listing_every_outcome() {
    for name in ["syria-2013", "aleppo-2016", "nash-1950", "cuban-missile-crisis", "prisoners-dilemma", "chicken"] {
        let text = shipped(name);
        let (_, situation) = read(&text);
        if situation.disagreement.is_some() || situation.status_quo.is_some() {
            check_by_listing(&text);
        }
    }
}

/// The five sections of a file with different preferences, numbers and rules.
#[test]
fn random_answers_agree_with_listing() {
    let mut rng = detente_base::Pcg::new(11);
    for _ in 0..120 {
        let mut text = String::from(
            "detente: 1\ntitle: t\nparties: {a: A, b: B, c: C}\nissues:\n  x: {values: [p, q, r], set_by: [a, b]}\n  \
             y: {set_by: a}\n  z: {set_by: c}\n  n: {range: 0..4, set_by: b}\nstatus_quo: {x: p, y: no, z: no, n: 0}\n",
        );
        if rng.below(2) == 0 {
            text.push_str("constraints: [{never: x == r & z}, {if: y, then: n > 1}]\n");
        }
        text.push_str("preferences:\n");
        for party in ["a", "b", "c"] {
            let conditions =
                ["x == p", "x == q", "x == r", "y", "z", "n > 2", "x == q & y", "z | y", "x != p & n == 3"];
            let mut pick = || conditions[rng.below(conditions.len() as u32) as usize];
            let chosen = [pick(), pick(), pick(), pick()];
            let [first, second, third, _] = chosen;
            let wants = match rng.below(4) {
                0 => format!("  {party}: {{priority: [\"{first}\", \"{second}\", \"{third}\"]}}\n"),
                1 => format!("  {party}: {{ranking: [\"{first}\", \"{second}\", otherwise]}}\n"),
                _ => {
                    let mut term = |when: &str| {
                        let worth = i64::from(rng.below(9)) - 4;
                        format!("      - {{when: \"{when}\", add: {worth}}}\n")
                    };
                    let terms = chosen.map(&mut term).concat();
                    let slope = i64::from(rng.below(5)) - 2;
                    format!("  {party}:\n    worth:\n{terms}      - {{add: {slope} * n}}\n")
                }
            };
            text.push_str(&wants);
        }
        check_by_listing(&text);
    }
}

// What the articles say (the numbers of the tests are those of the acceptance tests).

#[test]
fn a_defiant_syria_gives_nothing_up_and_one_that_yields_may() {
    let answer = answer(&shipped("syria-2013"));
    let [yields, defiant] = answer.profiles.as_slice() else { panic!("two types") };
    assert_eq!(demand(yields, "usa", "arsenal").label, Some(DemandLabel::Contested));
    let refused = demand(defiant, "usa", "arsenal");
    assert_eq!(
        (refused.label, refused.refused_by.as_slice()),
        (Some(DemandLabel::Chip), ["syria".to_owned()].as_slice())
    );
}

/// T6: the referral can be dropped at no cost to those who asked for it, and is worth
/// much to others.
#[test]
fn the_referral_to_the_court_is_a_chip() {
    let answer = answer(&shipped("syria-2013"));
    for profile in &answer.profiles {
        for party in ["usa", "france_uk"] {
            let referral = demand(profile, party, "referral");
            assert_eq!(referral.label, Some(DemandLabel::Chip), "{party}");
            assert_eq!(referral.insisting, None, "nothing in the zone has it");
            assert!(referral.refused_by.contains(&"russia".to_owned()));
            // What the party can have is what it could have had with the demand dropped.
            let stake = profile.stakes.iter().find(|stake| stake.party == party).expect("at the table");
            assert_eq!(referral.dropping.as_ref(), stake.zone.as_ref().map(|(_, most)| most));
        }
        let opening = profile.openings.iter().find(|opening| opening.party == "usa").expect("it opens");
        let cheapest = &opening.concessions[0];
        assert_eq!((cheapest.change.issue.as_str(), cheapest.change.value.as_str()), ("referral", "no"));
        assert!(cheapest.gain > &cheapest.loss * &Exact::from(10));
        let repair = opening.package.as_ref().and_then(|package| package.repair.as_ref()).expect("there is a zone");
        assert!(repair.changes.contains(&Setting { issue: "referral".into(), value: "no".into() }));
    }
}

/// T5, as far as a package tells it: thirty days in place of at once are worth something
/// to Syria in every deal that is the same otherwise, and cost the United States more.
#[test]
fn thirty_days_are_worth_something_to_syria() {
    let (_, situation) = read(&shipped("syria-2013"));
    let parties: Vec<PartyId> = ["usa", "syria"].iter().map(|id| situation.party(id).expect("a party")).collect();
    let timetable = situation.issue("timetable").expect("an issue").index();
    for all in listed(&situation, &parties) {
        let mut compared = 0;
        for (at, values) in all.values.iter().enumerate().filter(|(_, values)| values[timetable] == "swift") {
            let mut later = values.clone();
            later[timetable] = "thirty".into();
            let Some(other) = all.values.iter().position(|values| *values == later) else { continue };
            assert!(all.worths[other][1] > all.worths[at][1] || values.contains(&"declared".to_owned()));
            assert!(all.worths[other][0] <= all.worths[at][0]);
            compared += 1;
        }
        assert!(compared > 100);
    }
}

/// T7: with arms flowing before the talks, what can be traded is strictly more.
#[test]
fn the_arms_pipeline_is_a_chip_made_for_the_talks() {
    let with = shipped("syria-2013");
    let status_quo = with.find("status_quo:").expect("a status quo");
    let (head, tail) = with.split_at(status_quo);
    let without = format!("{head}{}", tail.replacen("arming: yes", "arming: no", 1));
    assert_ne!(with, without);
    let (with, without) = (answer(&with), answer(&without));
    for (with, without) in with.profiles.iter().zip(&without.profiles) {
        let zone = |profile: &DealsProfile| -> BTreeSet<Vec<String>> {
            let inside = profile.frontier.iter().filter(|point| point.short_of.is_empty());
            inside.map(|point| point.package.iter().map(|s| s.value.clone()).collect()).collect()
        };
        assert!(zone(with).is_superset(&zone(without)));
        for party in ["russia", "syria"] {
            let reservation = |profile: &DealsProfile| {
                profile.stakes.iter().find(|stake| stake.party == party).expect("at the table").reservation.clone()
            };
            assert!(reservation(with) < reservation(without), "{party} has less without an agreement");
        }
    }
    let larger =
        with.profiles.iter().zip(&without.profiles).any(|(a, b)| count(&a.zone_packages) > count(&b.zone_packages));
    assert!(larger, "what can be traded is strictly more");
}

// Published cases.

#[test]
fn the_panama_canal_as_a_scenario() {
    let answer = answer(&shipped("panama-canal"));
    let profile = &answer.profiles[0];
    assert_eq!((count(&profile.frontier_packages), profile.frontier.len()), (26, 20));
    assert_eq!(count(&profile.zone_packages), 6);
    let labelled = |party: &str, label| -> Vec<&str> {
        let own = profile.demands.iter().filter(|d| d.party == party && d.label == Some(label));
        own.map(|d| d.demand.issue.as_str()).collect()
    };
    assert_eq!(labelled("usa", DemandLabel::Core), ["defense", "use", "expansion"]);
    assert_eq!(labelled("usa", DemandLabel::Chip), ["duration", "compensation", "role"]);
    let shares: Vec<(&str, u64)> = profile
        .demands
        .iter()
        .filter(|d| d.party == "usa" && d.label == Some(DemandLabel::Contested))
        .map(|d| (d.demand.issue.as_str(), count(&d.with)))
        .collect();
    assert_eq!(shares, [("land", 2), ("routes", 4), ("jurisdiction", 1), ("military", 1)]);
    let nash = &profile.frontier[profile.points["nash"][0]];
    assert_eq!(nash.near, [Some(64.0), Some(68.0)]);
    // Each chip stays one until the other side would accept this much less.
    let duration = demand(profile, "usa", "duration");
    assert_eq!(duration.holds_above.len(), 1);
}

#[test]
fn bill_and_jack_swap_as_published() {
    let answer = answer(&shipped("nash-1950"));
    let profile = &answer.profiles[0];
    let [nash] = profile.points["nash"][..] else { panic!("one point") };
    assert_eq!(profile.frontier[nash].near, [Some(12.0), Some(5.0)]);
    let swapped: Vec<&str> =
        profile.frontier[nash].package.iter().filter(|s| s.value == "yes").map(|s| s.issue.as_str()).collect();
    assert_eq!(swapped, ["book", "whip", "ball", "bat", "pen", "toy", "knife"]);
    assert_eq!((profile.frontier.len(), count(&profile.combinations)), (11, 512));
}

#[test]
fn england_and_zimbabwe_have_seventeen_packages_and_two_chips() {
    let answer = answer(&shipped("england-zimbabwe"));
    let profile = &answer.profiles[0];
    assert_eq!((profile.frontier.len(), count(&profile.zone_packages)), (25, 17));
    for issue in ["tariffs", "imports"] {
        assert_eq!(demand(profile, "england", issue).label, Some(DemandLabel::Chip));
    }
    let most = &profile.frontier[profile.points["utilitarian"][0]];
    let near: Vec<f64> = most.near.iter().map(|worth| worth.expect("a worth")).collect();
    assert!((near[0] - 0.910_916_286_432_096).abs() < 1e-12 && (near[1] - 0.733_218_280_067_531_9).abs() < 1e-12);
}

// A package that is asked about.

const MARKET: &str = "detente: 1\ntitle: A sale\nparties: {seller: Seller, buyer: Buyer}\n\
    issues:\n  price: {range: 0..10, set_by: [seller, buyer]}\n  delivery: {set_by: seller}\n  \
    warranty: {values: [none, one, two], set_by: seller}\nstatus_quo: {price: 0, delivery: no, warranty: none}\n\
    preferences:\n  seller: {worth: [{add: price}, {when: delivery, add: -1}, {when: warranty == one, add: -1}, {when: warranty == two, add: -4}]}\n  \
    buyer: {worth: [{add: -price}, {when: delivery, add: 3}, {when: warranty == one, add: 2}, {when: warranty == two, add: 3}]}\n";

#[test]
fn a_signed_package_is_improved_on_or_proven_efficient() {
    let asked = |package: &str| {
        let options = DealsOptions { package: Some(package.into()), draws: 0, ..DealsOptions::default() };
        ask(MARKET, &options).expect("a sale").profiles.remove(0).asked.expect("it was asked")
    };
    let waste = asked("price=2, warranty=two");
    assert!(!waste.efficient);
    // Worth -2 and 1: without a warranty and with delivery both have more.
    assert!(!waste.improvements.is_empty());
    for point in &waste.improvements {
        assert!(point.near[0].expect("a worth") >= -2.0 && point.near[1].expect("a worth") >= 1.0);
    }
    assert!(!waste.text.is_empty() && waste.text_ends_efficient);
    let last = waste.text.last().expect("a step");
    assert!(last.worths[0] >= Some(Exact::from(-2)) && last.worths[1] >= Some(Exact::ONE));
    let good = asked("price=3,delivery,warranty=one");
    assert!(good.efficient && good.improvements.is_empty() && good.text.is_empty());
    assert!(good.judged.short_of.is_empty() && good.judged.repair.is_none());
    let greedy = asked("price: 9 & delivery == yes & warranty: one");
    assert!(greedy.efficient, "no other is as good for the seller");
    let [short] = greedy.judged.short_of.as_slice() else { panic!("one party") };
    assert_eq!((short.party.as_str(), short.lacks.clone()), ("buyer", Some(Exact::from(4))));
    assert_eq!(short.on, ["price"]);
    let repair = greedy.judged.repair.expect("there is a zone");
    assert_eq!(repair.changes, [Setting { issue: "price".into(), value: "5".into() }]);
    let cheapest = &waste.concessions[0];
    // Delivery costs the seller 1 and gives the buyer 3; one year of warranty fewer is as good.
    assert_eq!((cheapest.giver.as_str(), cheapest.gainer.as_str()), ("seller", "buyer"));
    assert_eq!(cheapest.rate, Some(Exact::from(3)));
}

#[test]
fn what_cannot_be_asked_is_said() {
    let fault = |package: &str| {
        let options = DealsOptions { package: Some(package.into()), draws: 0, ..DealsOptions::default() };
        let error = ask(MARKET, &options).expect_err("it cannot be read");
        (error.message, error.help.unwrap_or_default())
    };
    assert_eq!(fault("pirce=2"), ("no issue `pirce` is negotiated".into(), "did you mean `price`?".into()));
    assert_eq!(
        fault("warranty=three"),
        ("`warranty` has no value `three`".into(), "its values are `none`, `one` and `two`".into())
    );
    assert_eq!(
        fault("prise=2, warranty=tow, delivery, delivery=no"),
        (
            "no issue `prise` is negotiated; `warranty` has no value `tow`; `delivery` is given twice".into(),
            "did you mean `price`?; did you mean `two`?".into()
        )
    );
    assert_eq!(fault(" , ").0, "the package is empty");
    let open = MARKET.replace("status_quo: {price: 0, delivery: no, warranty: none}\n", "");
    let error = ask(&open, &DealsOptions::default()).expect_err("nobody knows what happens without");
    assert_eq!(error.message, "the file does not say what `seller` has without an agreement");
    let lonely = MARKET
        .replace(MARKET.split("preferences:").nth(1).expect("preferences"), "\n  seller: {worth: [{add: price}]}\n");
    let error = ask(&lonely, &DealsOptions::default()).expect_err("one party");
    assert_eq!(error.message, "fewer than two parties want something, so that there is nothing to negotiate");
}

#[test]
fn what_is_not_negotiated_stays_and_chance_is_averaged() {
    let text = MARKET.replace("status_quo:", "  rain: {set_by: nature, chances: {no: 0.75, yes: 0.25}}\nstatus_quo:");
    let text = text
        .replace("warranty: none}\n", "warranty: none, rain: no}\n")
        .replace("{when: delivery, add: -1}", "{when: delivery & rain, add: -4}")
        + "negotiation: {over: [price, delivery], reservations: {buyer: 1/2}}\n";
    let answer = answer(&text);
    assert_eq!(answer.averaged, ["rain"]);
    assert_eq!(answer.unsettled, [Setting { issue: "warranty".into(), value: "none".into() }]);
    let profile = &answer.profiles[0];
    // Delivery costs the seller four with a chance of a quarter.
    assert_eq!(profile.stakes[1].reservation, Exact::ratio(1, 2));
    let prices: Vec<&str> = profile
        .frontier
        .iter()
        .filter(|point| point.short_of.is_empty())
        .map(|point| value(&point.package, "price"))
        .collect();
    assert_eq!(prices, ["2", "1"], "the seller has price - 1, the buyer 3 - price");
}

#[test]
fn labels_are_drawn_over_ranges() {
    let answer =
        ask(&shipped("syria-2013"), &DealsOptions { draws: 40, ..DealsOptions::default() }).expect("a negotiation");
    let again =
        ask(&shipped("syria-2013"), &DealsOptions { draws: 40, ..DealsOptions::default() }).expect("a negotiation");
    let ranges = answer.profiles[0].ranges.as_ref().expect("numbers have ranges");
    assert_eq!(Some(&ranges.demands), again.profiles[0].ranges.as_ref().map(|ranges| &ranges.demands));
    assert!(ranges.along.iter().any(|along| !along.relabelled.is_empty()));
    // What is said of one number alone is what the question says when it is fixed.
    let (source, situation) = read(&shipped("syria-2013"));
    for along in ranges.along.iter().filter(|along| !along.relabelled.is_empty()) {
        let options = Options { fixed: vec![(along.parameter.clone(), along.value.clone())], ..Options::default() };
        let asked = DealsOptions { draws: 0, ..DealsOptions::default() };
        let fixed = deals(&source, &situation, (&options, &asked), &Budget::default()).expect("a negotiation");
        let changed: Vec<(usize, Option<DemandLabel>)> = (answer.profiles[0].demands.iter().enumerate())
            .zip(&fixed.profiles[0].demands)
            .filter(|((_, before), after)| before.label != after.label)
            .map(|((at, _), after)| (at, after.label))
            .collect();
        assert_eq!(along.relabelled, changed, "{} = {}", along.parameter, along.value);
    }
}

#[test]
fn budgets_end_in_undecided() {
    let (source, situation) = read(&shipped("syria-2013"));
    let budget = Budget { states: 100, ..Budget::default() };
    let answer = deals(&source, &situation, (&Options::default(), &DealsOptions::default()), &budget);
    let profiles = answer.expect("a negotiation").profiles;
    assert!(profiles.iter().all(|profile| profile.stopped.is_some() && profile.frontier.is_empty()));
}

#[test]
fn protocols_between_those_at_the_table_are_answered_too() {
    let with = |parties: &str| {
        format!("{MARKET}protocols: {{talks: {{kind: alternating-offers, between: [{parties}], patience: 0.9}}}}\n")
    };
    let answered = answer(&with("seller, buyer")).over_time.expect("a protocol");
    assert_eq!((answered.protocols.len(), answered.protocols[0].kind.as_str()), (1, "alternating-offers"));
    let apart = with("seller, bank").replace("buyer: Buyer", "buyer: Buyer, bank: Bank");
    assert!(answer(&apart).over_time.is_none(), "the bank is not at the table");
}

#[test]
fn a_budget_that_ends_the_draws_leaves_the_rest() {
    let text = MARKET.replace("{add: price}", "{add: price * worth}") + "parameters: {worth: 1..2}\n";
    let (source, situation) = read(&text);
    let budget = Budget { states: 1 << 26, ..Budget::default() };
    let stopper = budget.stopper.clone();
    let watcher = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(200));
        stopper.stop();
    });
    let asked = DealsOptions { draws: 10_000_000, ..DealsOptions::default() };
    let answer = deals(&source, &situation, (&Options::default(), &asked), &budget).expect("a negotiation");
    watcher.join().expect("it only waits");
    let profile = &answer.profiles[0];
    assert!(profile.ranges.is_none() && profile.ranges_stopped.is_some());
    assert!(profile.stopped.is_none() && !profile.frontier.is_empty() && !profile.demands.is_empty());
}

#[test]
fn an_opening_that_nothing_meets_is_told() {
    let text = format!(
        "{MARKET}constraints: [{{never: delivery & warranty == two}}]\nnegotiation: {{openings: {{buyer: {{delivery: yes, warranty: two}}}}}}\n"
    );
    let openings = &answer(&text).profiles[0].openings;
    assert_eq!(openings.len(), 2);
    assert!(openings.iter().any(|opening| opening.party == "buyer" && opening.package.is_none()));
}

#[test]
fn lotteries_are_chosen_when_asked_for() {
    let asked = DealsOptions { draws: 0, over: Over::Lotteries, ..DealsOptions::default() };
    let text = "detente: 1\ntitle: t\nparties: {a: A, b: B}\nissues: {x: {set_by: [a, b]}}\nstatus_quo: {x: no}\npreferences:\n  \
                a: {worth: [{when: x, add: 1}]}\n  b: {worth: [{when: not x, add: 1}]}\nnegotiation: {reservations: {a: 1/4, b: 1/4}}\n";
    let profile = ask(text, &asked).expect("a negotiation").profiles.remove(0);
    assert_eq!(profile.zone_packages, Count::Number(0), "no package suits both");
    let nash = &profile.lotteries.as_ref().expect("it was asked for")["nash"];
    assert_eq!(nash.exact, [Exact::ratio(1, 2), Exact::ratio(1, 2)]);
    assert_eq!(nash.draws.len(), 2);
}
