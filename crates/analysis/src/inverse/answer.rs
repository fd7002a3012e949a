//! The answer to an inverse question as data.

use std::collections::BTreeMap;

use detente_base::{Exact, StopReason};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::readings::NuanceView;
use crate::report::{Brief, Completion, IntervalView, OutcomeNumber, OutcomeView};

/// Which preferences would make an outcome hold.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MakeAnswer {
    /// Version of this format.
    pub format: u32,
    /// The situation in brief.
    pub situation: Brief,
    /// What the file says about preferences besides the order; this answer does not use it.
    pub set_aside: Vec<NuanceView>,
    /// The outcome asked for, as the user named it.
    pub asked: String,
    /// Whether the question was answered.
    pub completion: Completion,
    /// Every outcome that the answer mentions, ascending by number.
    pub outcomes: Vec<OutcomeView>,
    /// Whether some moves need consent. These are held as they are with the preferences
    /// of the file; a change of preferences could change them too.
    pub moves_need_consent: bool,
    /// One answer for each combination of private types, in file order.
    pub profiles: Vec<MakeProfile>,
}

/// The answer in one combination of types.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MakeProfile {
    /// Party and type, for the parties that have types.
    pub types: Vec<(String, String)>,
    /// Whether it was answered.
    pub completion: Completion,
    /// The outcomes that the user named, those first that need the least change under
    /// SEQ; cut at the list limit.
    pub targets: Vec<MakeTarget>,
    /// Outcomes named that are not in the list.
    pub targets_left_out: u64,
}

/// What would have to change for one outcome.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MakeTarget {
    /// The outcome.
    pub outcome: OutcomeNumber,
    /// Concepts under which it holds already.
    pub holds: Vec<String>,
    /// One entry for each concept.
    pub concepts: Vec<MakeConcept>,
    /// Which numbers would make it hold; absent when no worth uses a number with a range,
    /// and for all outcomes of the list but the first.
    pub numbers: Option<NumbersView>,
}

/// Which numbers would make an outcome hold.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NumbersView {
    /// One number alone, the others at their central values; those are listed on which a
    /// verdict turns.
    pub along: Vec<NumberView>,
    /// Numbers that are looked at together, the others at their central values.
    pub over: Vec<String>,
    /// Where it holds over these, for each concept.
    pub regions: Vec<RegionView>,
    /// What was left open, and why.
    pub left_open: Vec<String>,
}

/// Where an outcome holds along one number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NumberView {
    /// The concept.
    pub concept: String,
    /// The number.
    pub parameter: String,
    /// The lower end of its range.
    pub low: Exact,
    /// The central value.
    pub central: Exact,
    /// The upper end of its range.
    pub high: Exact,
    /// Where the outcome holds: disjoint intervals, ascending.
    pub holds: Vec<IntervalView>,
    /// Where it does not hold at the central value: the nearest end of these.
    pub nearest: Option<Exact>,
}

/// Where an outcome holds over several numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RegionView {
    /// The concept.
    pub concept: String,
    /// Whether it holds at the central values.
    pub holds_at_center: bool,
    /// Parts that together are where it holds, up to sets without interior: each is where
    /// all of its inequalities are true, within the ranges. They may overlap.
    pub parts: Vec<Vec<Inequality>>,
    /// Parts not listed.
    pub parts_left_out: u64,
    /// Share of the box of ranges, for one number or two.
    pub share: Option<Exact>,
    /// Whether parts may be missing because there were too many pieces to look at.
    pub cut_short: bool,
    /// The nearest point at which it holds, when it does not at the central values.
    pub nearest: Option<PointView>,
}

/// Σ coefficient · number ≤ bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Inequality {
    /// Numbers with their coefficients, none of them zero.
    pub terms: Vec<(String, Exact)>,
    /// The bound.
    pub bound: Exact,
    /// Whether equality is excluded.
    pub strict: bool,
}

/// Values of some numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PointView {
    /// Number and value.
    pub values: Vec<(String, Exact)>,
    /// Largest change from a central value, as a part of the width of its range.
    pub change: Exact,
    /// Whether the outcome holds with just that change; otherwise just beyond, and the
    /// values are a little further.
    pub attained: bool,
}

/// What would have to change under one concept.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MakeConcept {
    /// The concept.
    pub concept: String,
    /// Whether the outcome holds already.
    pub holds: bool,
    /// The parties that would leave, or those that the user named. The preferences of
    /// all others, and for each of them those of the rest, are held as they are.
    pub parties: Vec<MakeParty>,
    /// What comes of it when every party that would leave has its nearest order.
    pub together: Option<Together>,
}

/// All nearest orders at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Together {
    /// Strict preferences that are given up.
    pub given_up: u64,
    /// Whether the outcome then holds: the conflict solved again, with the moves held as
    /// they are.
    pub holds: bool,
    /// The same with the moves that need consent found anew; absent where none does.
    pub holds_with_consent: Option<bool>,
}

/// One party and what its order would have to be like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MakeParty {
    /// The party.
    pub party: String,
    /// Whether it stays already.
    pub stays: bool,
    /// What must be true of its order for it to stay: all of these.
    pub conditions: Vec<ConditionView>,
    /// Conditions not listed.
    pub conditions_left_out: u64,
    /// How many of its orders satisfy them.
    pub rankings: Option<RankingsView>,
    /// The nearest order: the target raised past as few outcomes as possible.
    pub nearest: Option<ChangeView>,
    /// A change that puts as few outcomes as possible below the target.
    pub fewest: Option<ChangeView>,
    /// What other parties do that do not stay whatever its order: `leaves`, or `depends`
    /// when its order can change what they are deterred by.
    pub others: BTreeMap<String, String>,
    /// Where others depend: orders with which everybody stays, all of them tried; absent
    /// also when there are too many outcomes to try all.
    pub everybody: Option<EverybodyView>,
    /// Why parts of it are left open.
    pub left_open: Vec<StopReason>,
}

/// A condition on one party's order: at least one alternative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConditionView {
    /// The party's move that must not pay.
    pub improvement: OutcomeNumber,
    /// One of these.
    pub any_of: Vec<AlternativeView>,
    /// Alternatives not listed.
    pub left_out: u64,
}

/// Outcomes that must all be no better than the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AlternativeView {
    /// Where the others' reply leads; absent for the move itself.
    pub sanction: Option<OutcomeNumber>,
    /// The outcomes: the sanction and, where the concept asks for it, the party's ways
    /// out of it.
    pub no_better: Vec<OutcomeNumber>,
    /// Outcomes not listed.
    pub left_out: u64,
}

/// Exact numbers of orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RankingsView {
    /// Outcomes that the conditions speak of, the target included.
    pub concerned: u64,
    /// Strict orders of these that satisfy the conditions, as decimal text.
    pub satisfying: String,
    /// Strict orders of these, as decimal text.
    pub all: String,
    /// The share, in millionths, rounded down.
    pub share_millionths: u32,
    /// Strict orders of all outcomes: those that satisfy the conditions, and all there
    /// are; absent for more than 30 outcomes.
    pub of_all_outcomes: Option<(String, String)>,
    /// The same for orders with ties.
    pub with_ties: Option<(String, String)>,
}

/// A change of one party's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeView {
    /// Strict preferences that are given up.
    pub given_up: u64,
    /// Outcomes that were better than the target and no longer are, the least good first.
    pub passed: Vec<OutcomeNumber>,
    /// Whether the party stays with it: the conflict solved again.
    pub stays: bool,
    /// Whether the independent checker confirmed that.
    pub verified: bool,
}

/// What all strict orders of one party do to the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EverybodyView {
    /// Orders with which everybody stays.
    pub satisfying: u64,
    /// All orders.
    pub all: u64,
    /// Fewest strict preferences that one of these gives up; absent if there is none.
    pub given_up: Option<u64>,
    /// The outcomes that the target passes in it, the least good first.
    pub passed: Vec<OutcomeNumber>,
}
