//! Protocols, from text to situation.

mod support;

use detente_base::Exact;
use detente_scenario::situation::{ParameterOrNumber, ProtocolKind, Quantity, Situation};
use detente_scenario::versions::{Bearing, Difference, Part, Version};
use detente_scenario::{Loaded, grammar, load, print_scenario};

use support::{expect_codes, read};

const HEAD: &str = "detente: 1\ntitle: t\nparties: {north: North, south: South, east: East}\n\
    sources: {memo: {title: Memo}}\nclaims: {talk: {says: Talk., source: memo}}\n";

fn situation(text: &str) -> Situation {
    support::situation(HEAD, text)
}

#[track_caller]
fn expect(fields: &str, expected: &[&str]) {
    let loaded = read(HEAD, &format!("protocols: {{talks: {{{fields}, because: talk}}, other: {REST}}}\n"));
    expect_codes(&loaded, fields, expected);
}

/// Uses all parties, so that none is idle.
const REST: &str = "{kind: unanimity, between: [north, south, east], patience: 0.5, because: talk}";

const WHOLE: &str = "parameters: {trust: {value: 0.6..0.8, because: talk}}
protocols:
  talks:
    kind: alternating-offers
    name: The talks
    about: As they are held.
    because: talk
    between: [south, north]
    patience: {north: trust, south: {low: 0.5, likely: 0.6, high: 0.9, about: A guess.}}
    hazards: 0.1..0.2
    outside: {north: 1 - trust}
    breakdown: {value: 0.1, because: talk, about: Seldom.}
    rounds: 4
  threat: {kind: decaying-will, coercer: north, target: east, will: 10, decay: 0.1..0.2, cost: 6, unit: day, because: talk}
";

#[test]
fn everything_is_read_and_printed_back() {
    let read = situation(WHOLE);
    let [talks, threat] = read.protocols.as_slice() else { panic!("{:?}", read.protocols) };
    assert_eq!((talks.kind, threat.kind), (ProtocolKind::AlternatingOffers, ProtocolKind::DecayingWill));
    let ids = |parties: &[detente_scenario::situation::PartyId]| {
        parties.iter().map(|p| read.parties[p.index()].id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        (ids(&talks.parties), ids(&threat.parties)),
        (vec!["south".into(), "north".into()], vec!["north".into(), "east".into()])
    );
    assert_eq!((talks.name.as_str(), threat.name.as_str()), ("The talks", "threat"));
    assert_eq!((threat.word("unit"), talks.word("unit")), (Some("day"), None));
    let [south, north] = talks.parties[..] else { panic!("two parties") };
    let trust = talks.number("patience", Some(north)).expect("a number");
    assert_eq!(trust.value, ParameterOrNumber::Parameter(read.parameter("trust").expect("declared")));
    let patience = talks.number("patience", Some(south)).expect("a number");
    assert_eq!(patience.origin.about.as_deref(), Some("A guess."));
    assert_eq!(patience.origin.because.len(), 1, "claims of the protocol stand behind its numbers");
    let ParameterOrNumber::Parameter(id) = patience.value else { panic!("a range") };
    let Quantity::Range { likely, .. } = &read.parameters[id.index()].value else { panic!("a range") };
    assert_eq!(*likely, Exact::ratio(3, 5));
    // One for all counts for each.
    assert!(talks.number("hazards", Some(south)).is_some() && talks.number("hazards", Some(north)).is_some());
    assert!(talks.number("outside", Some(south)).is_none());
    let ParameterOrNumber::Parameter(id) = talks.number("outside", Some(north)).expect("a number").value else {
        panic!()
    };
    assert!(matches!(read.parameters[id.index()].value, Quantity::Derived(_)));
    assert_eq!(talks.number("rounds", None).expect("a number").value, ParameterOrNumber::Number(Exact::from(4)));
    let printed = print_scenario(&read);
    let again = load("again.yaml", printed.as_bytes());
    let again = again.situation.unwrap_or_else(|| panic!("{:#?}\n{printed}", again.diagnostics));
    assert_eq!(print_scenario(&again), printed);
    assert_eq!(format!("{:?}", again.protocols[0].words), format!("{:?}", talks.words));
    assert_eq!(again.protocols[0].numbers.len(), talks.numbers.len());
    for (a, b) in again.protocols[0].numbers.iter().zip(&talks.numbers) {
        assert_eq!(
            (a.field, a.party, &a.origin.about, &a.origin.because),
            (b.field, b.party, &b.origin.about, &b.origin.because)
        );
    }
    assert!(read_without_faults(WHOLE), "no lint complains");
}

fn read_without_faults(text: &str) -> bool {
    let found = read(HEAD, text).diagnostics;
    assert!(found.is_empty(), "{found:#?}");
    true
}

/// The fields that the checker knows are those of the table.
#[test]
fn the_table_has_the_fields_of_each_model() {
    let text = grammar::reference_markdown();
    for kind in ProtocolKind::ALL {
        let section = text.split("\n## ").find(|section| section.contains(&format!("kind: {}\n```", kind.word())));
        let section = section.unwrap_or_else(|| panic!("no section on {kind:?}"));
        let numbers = kind.number_fields().iter().map(|field| field.name);
        for field in numbers.chain(kind.roles().iter().copied()).chain(kind.word_fields().iter().copied()) {
            assert!(section.contains(&format!("### `{field}`")), "{kind:?} {field}");
        }
        let listed = section.matches("\n### `").count();
        let between = usize::from(kind.roles().is_empty());
        let known = kind.number_fields().len() + kind.roles().len() + kind.word_fields().len() + between;
        // Besides `kind`, `name`, `about` and `because`.
        assert_eq!(listed, known + 4, "{kind:?}");
    }
}

#[test]
fn faults_are_reported_once_each() {
    let two = "kind: alternating-offers, between: [north, south]";
    for (fields, codes) in [
        (format!("{two}, patience: 0.9"), vec![]),
        ("kind: alternating_offers, between: [north, south], patience: 0.9".into(), vec!["S036"]),
        ("between: [north, south], patience: 0.9".into(), vec!["S032"]),
        (format!("{two}, patience: 0.9, round: 3"), vec!["S030"]),
        (two.to_owned(), vec!["S039"]),
        (format!("{two}, patience: 0.9, rates: 1"), vec!["S038"]),
        (format!("{two}, rates: 1, rounds: 3"), vec!["S039"]),
        (format!("{two}, patience: 1.2"), vec!["S213"]),
        (format!("{two}, patience: {{north: 0.9, south: 0..0.5}}"), vec!["S213"]),
        (format!("{two}, patience: 0.9, rounds: 2.5"), vec!["S213"]),
        (format!("{two}, patience: 0.9, rounds: 2..3"), vec!["S213"]),
        (format!("{two}, patience: soon"), vec!["S102"]),
        (format!("{two}, patience: {{north: 0.9}}"), vec!["S272"]),
        (format!("{two}, patience: {{north: 0.9, south: 0.9, east: 0.9}}"), vec!["S271"]),
        (format!("{two}, patience: {{north: 0.9, sooth: 0.9}}"), vec!["S202"]),
        ("kind: random-proposer, between: [north, south, east], patience: 0.9, weights: {north: 1, south: 2, east: 1}, votes: 2".into(), vec!["S273"]),
        ("kind: random-proposer, between: [north, south, east], patience: 0.9, weights: {north: 1, south: 2, east: 1}".into(), vec![]),
        ("kind: random-proposer, between: [north, south, east], patience: 0.9, hazards: {north: 0}, votes: 2".into(), vec![]),
        (format!("{two}, patience: 1"), vec!["S273"]),
        (format!("{two}, patience: 1, breakdown: 0.1"), vec![]),
        (format!("{two}, patience: 0.9, breakdown: 1.1"), vec!["S273"]),
        (format!("{two}, rates: 1, breakdown: 1.1"), vec![]),
        (format!("{two}, rates: 0"), vec!["S273"]),
        (format!("{two}, rates: 0, hazards: {{north: 0.1}}"), vec![]),
        (format!("{two}, patience: 0.9, hazards: 1"), vec!["S273"]),
        (format!("{two}, patience: 0.9, breakdown_payoffs: 0.5..0.6"), vec!["S273"]),
        ("kind: alternating-offers, between: [north, south, east], patience: 0.9".into(), vec!["S270"]),
        ("kind: alternating-offers, between: [north, north], patience: 0.9".into(), vec!["S226"]),
        ("kind: alternating-offers, between: [north], patience: 0.9".into(), vec!["S040"]),
        ("kind: alternating-offers, between: [north, west], patience: 0.9".into(), vec!["S202"]),
        ("kind: coase, proposer: north, informed: north, patience: 0.9".into(), vec!["S226"]),
        ("kind: coase, proposer: north, patience: 0.9".into(), vec!["S032"]),
        (
            "kind: screening, proposer: north, informed: south, patience: 0.9, high: 1..3, low: 2, chance: 0.5".into(),
            vec!["S273"],
        ),
        ("kind: random-proposer, between: [north, south], patience: 0.9, votes: 3".into(), vec!["S273"]),
        ("kind: reputation, between: [north, south], rates: 1, demands: 0.5, obstinate: 0.1".into(), vec!["S273"]),
        (
            "kind: decaying-will, coercer: north, target: south, will: 1, decay: 1, cost: 1, deal: 3".into(),
            vec!["S039", "S039"],
        ),
        (
            "kind: decaying-will, coercer: north, target: south, will: 1, decay: 1, cost: 1, clause: 3".into(),
            vec!["S039"],
        ),
    ] {
        expect(&fields, &codes);
    }
}

#[test]
fn numbers_without_a_claim_are_audited() {
    let text = "protocols: {talks: {kind: unanimity, between: [north, south, east], patience: {north: 0.9, south: {value: 0.8, because: talk}, east: 0.7..0.8}}}\n";
    let found = read(HEAD, text).diagnostics;
    let shown: Vec<_> = found.iter().map(|d| (d.code.0, d.message.as_str())).collect();
    let expected = [
        ("S401", "no claim backs the `patience` of `north` in `talks`"),
        ("S401", "no claim backs the `patience` of `east` in `talks`"),
    ];
    assert_eq!(shown, expected);
}

fn version(loaded: &Loaded) -> Version<'_> {
    Version::new(&loaded.source, loaded.situation.as_ref().expect("a whole file"))
}

#[test]
fn versions_tell_protocols_apart() {
    let file = |patience: &str| {
        format!(
            "{HEAD}protocols: {{talks: {{kind: unanimity, between: [north, south, east], patience: {patience}, because: talk}}}}\n"
        )
    };
    let (a, b) = (file("0.9"), file("0.8"));
    let read = |text: &str| load("x.yaml", text.as_bytes());
    let (a, b) = (read(&a), read(&b));
    let difference = Difference::between(&version(&a), &version(&b));
    let [change] = difference.changes.as_slice() else { panic!("{:?}", difference.changes) };
    assert_eq!(
        (change.part, change.bearing, change.place.id.as_deref()),
        (Part::Protocol, Bearing::Nothing, Some("talks"))
    );
    assert!(change.before.as_ref().is_some_and(|said| said.text.contains("patience 0.9")), "{change:?}");
    assert!(Difference::between(&version(&a), &version(&a)).changes.is_empty());
}
