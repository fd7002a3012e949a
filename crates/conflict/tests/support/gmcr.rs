//! A reader of `.gmcr` save files: JSON with binary options, statements in order of
//! priority or ranked states, one-way options, infeasible and unseen patterns.

use detente_conflict::{
    FixedBitSet, Model, ModelBuilder, StateSpace, Transitions, ranks_from_priority, ranks_from_scores,
};
use serde_json::Value;

/// A pattern of options: the bits under `mask` are as in `bits`.
#[derive(Clone, Copy)]
struct Pattern {
    mask: u32,
    bits: u32,
}

/// One of several patterns.
struct Statement(Vec<Pattern>);

impl Statement {
    fn holds(&self, code: u32) -> bool {
        self.0.iter().any(|pattern| code & pattern.mask == pattern.bits)
    }
}

/// The model in a save file. Panics on what is no save file.
pub fn model_from_gmcr(text: &str) -> Model {
    let file: Value = serde_json::from_str(text).expect("JSON");
    model_from_value(&file)
}

/// The model in the JSON of a save file.
pub fn model_from_value(file: &Value) -> Model {
    let parties = array(&file["decisionMakers"]);
    // Options are put in the order of their owners.
    let order: Vec<usize> = parties.iter().flat_map(|party| array(&party["options"])).map(index).collect();
    let place = |option: usize| order.iter().position(|other| *other == option).expect("an owned option");
    let infeasible: Vec<Statement> = array(&file["infeasibles"]).iter().map(|s| statement(s, &place)).collect();
    let sizes = vec![2; order.len()];
    let codes = 1_u32 << order.len();
    let mut feasible = FixedBitSet::with_capacity(codes as usize);
    feasible.extend((0..codes).filter(|code| !infeasible.iter().any(|s| s.holds(*code))).map(|code| code as usize));
    let space = StateSpace::new(&sizes, feasible).expect("a small space");
    let mut builder = ModelBuilder::new(space.clone());
    let manual = ["useManualPreferenceRanking", "useManualPreferenceVectors"]
        .iter()
        .any(|key| file[*key].as_bool() == Some(true));
    for party in parties {
        let dm = builder.decision_maker(party["name"].as_str().expect("a name"));
        for option in array(&party["options"]).iter().map(index) {
            let transitions = match file["options"][option]["permittedDirection"].as_str() {
                Some("fwd") => Transitions::Forward,
                Some("back") => Transitions::Backward,
                _ => Transitions::Free,
            };
            builder.control(dm, place(option), transitions);
        }
        let ranks = if manual {
            ranks_from_list(party, space.state_count())
        } else {
            let statements: Vec<Statement> =
                array(&party["preferences"]).iter().map(|s| statement(s, &place)).collect();
            ranks_from_statements(&space, &statements)
        };
        builder.ranks(dm, ranks);
        let unseen: Vec<Statement> = array(&party["misperceptions"]).iter().map(|s| statement(s, &place)).collect();
        if !unseen.is_empty() {
            let mut set = FixedBitSet::with_capacity(codes as usize);
            set.extend((0..codes).filter(|code| unseen.iter().any(|s| s.holds(*code))).map(|code| code as usize));
            builder.unseen(dm, set);
        }
    }
    builder.build().expect("a valid model")
}

fn ranks_from_statements(space: &StateSpace, statements: &[Statement]) -> Vec<u32> {
    let mut columns = vec![FixedBitSet::with_capacity(space.state_count()); statements.len()];
    for (state, code) in space.feasible().ones().enumerate() {
        for (column, statement) in columns.iter_mut().zip(statements) {
            if statement.holds(code as u32) {
                column.insert(state);
            }
        }
    }
    ranks_from_priority(space.state_count(), &columns)
}

fn ranks_from_list(party: &Value, state_count: usize) -> Vec<u32> {
    let list = party.get("preferenceRanking").or_else(|| party.get("preferenceVector")).expect("a ranking");
    let mut scores = vec![i64::MIN; state_count];
    for (position, entry) in array(list).iter().enumerate() {
        let tied = entry.as_array().cloned().unwrap_or_else(|| vec![entry.clone()]);
        for ordinal in tied.iter().map(index) {
            scores[ordinal - 1] = -(position as i64);
        }
    }
    ranks_from_scores(&scores)
}

fn statement(value: &Value, place: &dyn Fn(usize) -> usize) -> Statement {
    if value["compound"].as_bool() == Some(true) {
        Statement(array(&value["members"]).iter().map(|member| pattern(member, place)).collect())
    } else {
        Statement(vec![pattern(value, place)])
    }
}

fn pattern(value: &Value, place: &dyn Fn(usize) -> usize) -> Pattern {
    let mut pattern = Pattern { mask: 0, bits: 0 };
    let mut contradictory = false;
    for literal in array(value) {
        let (bit, yes) = (1 << place(index(&literal[0])), literal[1].as_str() == Some("Y"));
        contradictory |= pattern.mask & bit != 0 && (pattern.bits & bit != 0) != yes;
        pattern.mask |= bit;
        pattern.bits |= if yes { bit } else { 0 };
    }
    assert!(!contradictory, "a pattern asks for an option and for its opposite");
    pattern
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn index(value: &Value) -> usize {
    value.as_u64().expect("a number") as usize
}
