//! Generated inputs for the benches: the same family and seed give the same file, and the
//! same conflict by formulas.

pub mod games;
pub mod negotiations;

use detente_analysis::ask::solve_profile;
use detente_analysis::profile::profiles;
use detente_analysis::structure::Structure;
use detente_base::Budget;
use detente_conflict::Model;
use detente_conflict::symbolic::{Change, Conflict, Formula, Order, Package, Party};
use detente_scenario::expr::eval::central_point;
use detente_scenario::load_gmcr;
use serde_json::{Value, json};

/// A small generator of numbers: PCG-XSH-RR 64/32 (O'Neill 2014).
#[derive(Clone, Debug)]
pub struct Pcg(u64);

impl Pcg {
    /// A generator with a seed.
    pub fn new(seed: u64) -> Self {
        let mut pcg = Self(seed.wrapping_add(0xda3e_39cb_94b9_5bdb));
        pcg.next_u32();
        pcg
    }

    /// The next 32 bits.
    pub fn next_u32(&mut self) -> u32 {
        let old = self.0;
        self.0 = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let shifted = (((old >> 18) ^ old) >> 27) as u32;
        shifted.rotate_right((old >> 59) as u32)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u32) -> u32 {
        ((u64::from(self.next_u32()) * u64::from(n)) >> 32) as u32
    }
}

/// A family of option-form conflicts.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// Number of yes/no options.
    pub options: u32,
    /// Number of decision makers, who share the options evenly.
    pub decision_makers: u32,
    /// Priority statements of each decision maker.
    pub statements: u32,
    /// Options, of every four, that cannot be taken back.
    pub irreversible: u32,
    /// Pairs of options ruled out together.
    pub exclusions: u32,
}

/// The conflict of a member of a family.
///
/// # Panics
/// If the generated file or its conflict is not sound.
pub fn model(family: Family) -> Model {
    let loaded = load_gmcr("bench.gmcr", gmcr(family, 7).as_bytes());
    let situation = loaded.situation.expect("a generated file is right");
    let budget = Budget::default();
    let structure = Structure::new(&situation, &budget).expect("no limits");
    let point = central_point(&situation).expect("no parameters");
    let profile = profiles(&situation, 1).remove(0);
    solve_profile(&structure, &profile, &point, &budget).expect("no limits").model
}

/// A member of a family as a `.gmcr` file.
pub fn gmcr(family: Family, seed: u64) -> String {
    let mut pcg = Pcg::new(seed);
    let n = family.options;
    let directions: Vec<Value> = (0..n)
        .map(|i| {
            let direction = if i % 4 < family.irreversible { "fwd" } else { "both" };
            json!({"name": format!("o{i}"), "permittedDirection": direction})
        })
        .collect();
    let literal = |pcg: &mut Pcg| json!([pcg.below(n), if pcg.below(2) == 0 { "N" } else { "Y" }]);
    let owner = |i: u32| i * family.decision_makers / n;
    let makers: Vec<Value> = (0..family.decision_makers)
        .map(|dm| {
            let options: Vec<u32> = (0..n).filter(|i| owner(*i) == dm).collect();
            let statements: Vec<Value> = (0..family.statements)
                .map(|_| {
                    let length = 1 + pcg.below(3);
                    Value::Array((0..length).map(|_| literal(&mut pcg)).collect())
                })
                .collect();
            json!({"name": format!("DM{}", dm + 1), "options": options, "preferences": statements})
        })
        .collect();
    let infeasible: Vec<Value> = (0..family.exclusions)
        .map(|_| {
            let (a, b) = (pcg.below(n), pcg.below(n - 1));
            json!([[a, "Y"], [if b >= a { b + 1 } else { b }, "Y"]])
        })
        .collect();
    json!({
        "options": directions,
        "decisionMakers": makers,
        "infeasibles": infeasible,
        "useManualPreferenceRanking": false,
        "program": "generated",
        "version": "1",
    })
    .to_string()
}

/// A member of a family by formulas: the same conflict as [`gmcr`] with the same seed.
///
/// # Panics
/// Never: the file is generated.
pub fn formulas(family: Family, seed: u64) -> Conflict {
    let file: Value = serde_json::from_str(&gmcr(family, seed)).expect("a generated file is JSON");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let number = |value: &Value| value.as_u64().unwrap_or_default() as usize;
    let literal = |pair: &Value| Formula::In(number(&pair[0]), vec![u32::from(pair[1] == "Y")]);
    let all = |pattern: &Value| Formula::All(list(pattern).iter().map(literal).collect());
    let change = |option: &Value| {
        let forward = file["options"][number(option)]["permittedDirection"] == "fwd";
        (number(option), if forward { Change::Forward } else { Change::Free })
    };
    let party = |maker: &Value| Party {
        name: maker["name"].as_str().unwrap_or_default().to_owned(),
        packages: vec![Package { changes: list(&maker["options"]).iter().map(change).collect(), consent: Vec::new() }],
        order: Order::Priority(list(&maker["preferences"]).iter().map(all).collect()),
        unseen: None,
    };
    Conflict {
        sizes: vec![2; family.options as usize],
        feasible: list(&file["infeasibles"]).iter().map(|pattern| all(pattern).negated()).collect(),
        parties: list(&file["decisionMakers"]).iter().map(party).collect(),
    }
}

/// The number of equilibria under each concept, in the order R, GMR, SMR, SEQ, SSEQ,
/// from file text to answer.
///
/// # Panics
/// If the file is not right: the benches' inputs are.
pub fn counts(text: &str) -> [usize; 5] {
    let loaded = detente_scenario::load_gmcr("bench.gmcr", text.as_bytes());
    let situation = loaded.situation.expect("a generated file is right");
    let answer = detente_analysis::solve(
        &loaded.source,
        &situation,
        &detente_analysis::Options::default(),
        &detente_base::Budget::default(),
    )
    .expect("no options");
    ["R", "GMR", "SMR", "SEQ", "SSEQ"].map(|concept| answer.equilibria[concept].len())
}
