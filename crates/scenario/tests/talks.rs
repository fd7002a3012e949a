//! What is negotiated, from text to situation.

use detente_base::Exact;
use detente_scenario::situation::{Foresight, ParameterOrNumber, Quantity, Situation};
use detente_scenario::{check_goods, goods_of, load, print_scenario};

const HEAD: &str = "detente: 1\ntitle: t\nparties: {north: North, south: South, broker: Broker}\n\
    issues: {post: {values: [manned, watched, empty], set_by: north}, road: {set_by: south}, \
    rain: {set_by: nature, chances: {no: 0.5, yes: 0.5}}}\n\
    sources: {memo: {title: Memo}}\nclaims: {talk: {says: Talk., source: memo}, other: {says: More., source: memo}}\n\
    parameters: {pride: {value: 1..3, because: talk}}\n\
    preferences:\n  north: {because: talk, worth: [{when: road, add: 2}, {when: post == empty & rain, add: -1}]}\n  \
    south: {because: other, worth: [{when: post == empty, add: 3}]}\n  broker: {priority: [road]}\n";

fn situation(text: &str) -> Situation {
    let loaded = load("x.yaml", format!("{HEAD}{text}").as_bytes());
    loaded.situation.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

#[track_caller]
fn expect(text: &str, expected: &[&str]) {
    let loaded = load("x.yaml", format!("{HEAD}{text}").as_bytes());
    let found: Vec<String> = loaded.diagnostics.iter().map(|d| format!("{} {}", d.code.0, d.message)).collect();
    assert_eq!(found, expected, "{text}");
}

const WHOLE: &str = "negotiation:\n  about: Talks at the border.\n  because: talk\n  between: [north, south]\n  \
    over: [post, road]\n  without_agreement: smr\n  reservations:\n    north: pride\n    south: {low: 0, likely: 1/2, high: 2, because: other}\n  \
    openings:\n    north: {post: manned, road: yes}\n    south: {post: empty, because: other}\n";

#[test]
fn everything_arrives_and_prints_back() {
    let read = situation(WHOLE);
    let talks = read.negotiation.as_ref().expect("given");
    assert_eq!((talks.between.len(), talks.over.len(), talks.origin.because.len()), (2, 2, 1));
    let failing = talks.without_agreement.as_ref().expect("given");
    assert_eq!(failing.foresight, Some(Foresight::SymmetricMetarational));
    let ParameterOrNumber::Parameter(pride) = talks.reservations[0].worth else { panic!("a parameter") };
    assert_eq!(read.parameters[pride.index()].id, "pride");
    let ParameterOrNumber::Parameter(own) = talks.reservations[1].worth else { panic!("a parameter") };
    let Quantity::Range { likely, .. } = &read.parameters[own.index()].value else { panic!("a range") };
    assert_eq!(*likely, Exact::ratio(1, 2));
    let demands: Vec<usize> = talks.openings.iter().map(|opening| opening.demands.len()).collect();
    assert_eq!(demands, [2, 1]);
    assert_eq!(talks.openings[0].origin.because, talks.origin.because, "an entry rests on the claims of the whole");
    let text = print_scenario(&read);
    let again = load("again.yaml", text.as_bytes()).situation.unwrap_or_else(|| panic!("{text}"));
    assert_eq!(print_scenario(&again), text);
    assert!(text.contains("      post: \"manned\"\n"), "{text}");
}

#[test]
fn everything_has_a_default() {
    for text in ["", "negotiation:\n", "negotiation: {}\n"] {
        let read = situation(text);
        let talks = read.negotiation.unwrap_or_default();
        assert!(talks.between.is_empty() && talks.over.is_empty() && talks.openings.is_empty());
    }
}

#[test]
fn every_fault_is_reported_once() {
    expect(
        "negotiation:\n  between: [north, south, north, suoth]\n  over: [post, rain, raod]\n  \
         reservations: {broker: 2, nrth: 1}\n  openings: {south: {road: yes, post: emtpy}}\n",
        &[
            "S260 `north` is named twice; expected each name once",
            "S202 there is no party `suoth`; expected one of `north`, `south` and `broker`",
            "S260 nature sets `rain`; expected an issue that parties can settle",
            "S217 there is no issue `raod`; expected one of `post`, `road` and `rain`",
            "S264 the reservation of `broker` is a number, and its preferences have no worth",
            "S202 there is no party `nrth`; expected one of `north`, `south` and `broker`",
            "S260 `road` is not negotiated; expected an issue of `over`",
            "S104 `post` has no value `emtpy`; expected one of `manned`, `watched` and `empty`",
        ],
    );
    expect(
        "negotiation: {between: [north, south], openings: {broker: {road: yes}}}\n",
        &["S260 `broker` does not negotiate; expected one of `north` and `south`"],
    );
    expect(
        "negotiation: {without_agreement: SEC}\n",
        &["S223 there is no foresight `SEC`; expected one of R, GMR, SMR, SEQ, SSEQ and own"],
    );
    assert_eq!(
        situation("negotiation: {without_agreement: own}\n").negotiation.and_then(|t| t.without_agreement?.foresight),
        None
    );
    expect(
        "negotiation: {between: [north, brokr], reservations: {broker: 1}}\n",
        &[
            "S202 there is no party `brokr`; expected one of `north`, `south` and `broker`",
            "S264 the reservation of `broker` is a number, and its preferences have no worth",
        ],
    );
    expect(
        "negotiation: {between: broker}\n",
        &["S261 `broker` is said to negotiate with nobody; expected two parties or more"],
    );
}

const GOODS: &str = "detente: 1\ntitle: t\nparties: {anna: Anna, bert: Bert, clerk: Clerk}\nissues:\n  \
    house: {values: [anna, bert], set_by: [anna, bert]}\n  boat: {values: [bert, anna], set_by: [anna, bert]}\n  \
    fee: {set_by: clerk}\npreferences:\n  anna: {worth: [{when: house == anna, add: 6}, {when: boat == anna, add: 4}]}\n  \
    bert: {worth: [{when: house == bert, add: 5}, {when: boat == bert & fee, add: 5}]}\n";

/// What is raised about goods, by line.
fn faults(text: &str) -> Vec<String> {
    let loaded = load("x.yaml", text.as_bytes());
    let raised = loaded.diagnostics.iter().filter(|d| d.code.0.starts_with("S2"));
    raised.map(|d| format!("{} {} {}", loaded.source.position(d.span.start).0, d.code.0, d.message)).collect()
}

#[test]
fn goods_are_the_issues_whose_values_are_the_parties() {
    let goods = |text: &str| {
        let situation = load("x.yaml", text.as_bytes()).situation.unwrap_or_else(|| panic!("{:?}", faults(text)));
        let found = goods_of(&situation);
        assert!(check_goods(&situation, &found).is_empty());
        let text = print_scenario(&situation);
        let again = load("again.yaml", text.as_bytes()).situation.unwrap_or_else(|| panic!("{text}"));
        assert_eq!(goods_of(&again).len(), found.len(), "{text}");
        found.iter().map(|(good, _)| situation.issues[good.index()].id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(goods(GOODS), ["house", "boat"]);
    assert_eq!(goods(&format!("{GOODS}negotiation: {{divide: boat}}\n")), ["boat"]);
    assert_eq!(goods(&format!("{GOODS}negotiation: {{over: [boat, fee]}}\n")), ["boat"]);
    let third =
        GOODS.replace("clerk: Clerk}", "clerk: Clerk, carl: Carl}") + "  carl: {worth: [{when: fee, add: 1}]}\n";
    assert!(goods(&third).is_empty(), "a good that cannot go to Carl is none");
    assert_eq!(goods(&format!("{third}negotiation: {{between: [anna, bert]}}\n")), ["house", "boat"]);
}

#[test]
fn what_keeps_goods_from_being_divided_is_told_by_line() {
    let text = GOODS
        .replace("house: {values: [anna, bert]", "house: {values: [anna, burt]")
        .replace("house == bert", "house == burt")
        .replace("boat == bert & fee", "boat == bert & house == anna & fee")
        + "constraints: [{never: fee & boat == anna}]\nnegotiation: {divide: [house, boat, fee, boat]}\n";
    let told = ["12 S260 `boat` is named twice; expected each name once"];
    assert_eq!(faults(&text), told, "goods are looked at when all names are right");
    let text = text.replace(", fee, boat]", ", fee]");
    assert_eq!(
        faults(&text),
        [
            "10 S263 a term of the worth of `bert` is about `house`, `boat` and `fee` together; expected a term for each good",
            "12 S262 `house` has the value `burt`, which is no party at the table",
            "12 S262 a constraint mentions `boat`, so that not every division is possible",
            "12 S262 `fee` has the value `no`, which is no party at the table",
            "12 S262 a constraint mentions `fee`, so that not every division is possible",
        ]
    );
    let order = GOODS.replace(
        "bert: {worth: [{when: house == bert, add: 5}, {when: boat == bert & fee, add: 5}]}",
        "bert: {priority: [house == bert]}",
    );
    let told = faults(&format!("{order}negotiation: {{divide: house}}\n"));
    assert_eq!(
        told,
        ["10 S263 the preferences of `bert` order outcomes and say nothing about how much; expected a `worth`"]
    );
    let idle = faults(&format!("{GOODS}negotiation: {{between: [anna, bert, clerk], divide: house}}\n"));
    assert_eq!(
        idle,
        [
            "11 S262 `house` cannot go to `clerk`: no value is called so",
            "11 S263 `clerk` wants nothing, so that no good is worth anything to it",
        ]
    );
    let outside = faults(&format!("{GOODS}negotiation: {{over: [house], divide: [boat, hoose]}}\n"));
    assert_eq!(
        outside,
        [
            "11 S260 `boat` is not negotiated; expected an issue of `over`",
            "11 S217 there is no issue `hoose`; expected one of `house`, `boat` and `fee`",
        ]
    );
}
