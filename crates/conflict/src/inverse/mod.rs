//! Which preferences make a state stable: the inverse question.
//!
//! Whether decision maker i stays at E depends, its moves and the others' ranks being
//! given, only on which states it ranks *no better* than E. Let D be the set of these.
//! Each concept asks something of D for every move q of i from E:
//!
//! | concept | q ∈ D, or … |
//! |---|---|
//! | R | – |
//! | GMR, SEQ | some k ∈ D among the ends of the others' (credible) replies to q |
//! | SMR, SSEQ | some such k ∈ D with Rᵢ(k) ⊆ D |
//!
//! These are monotone: a larger D never hurts. So a [`Condition`] is a conjunction of
//! clauses, each an "at least one of these sets lies in D"; it is counted exactly
//! ([`count_rankings`]), and the nearest order that satisfies it is found exactly
//! ([`nearest`]).
//!
//! Under R, GMR and SMR the others' verdicts on E do not depend on i's ranks. Under SEQ
//! and SSEQ they do: what i would like to do is a credible reply to them.
//! [`dependence`] tells whether they can, and [`everybody_stays`] tries all orders of few
//! states.
//!
//! ```
//! use detente_base::Budget;
//! use detente_conflict::inverse::{count_rankings, nearest, stay_condition};
//! use detente_conflict::{Concept, DmId, ModelBuilder, StateId, StateSpace, Transitions};
//!
//! // The prisoner's dilemma; the first shall stay where both are silent.
//! let mut builder = ModelBuilder::new(StateSpace::full(&[2, 2])?);
//! let (first, second) = (builder.decision_maker("first"), builder.decision_maker("second"));
//! builder.control(first, 0, Transitions::Free).control(second, 1, Transitions::Free);
//! builder.ranks(first, vec![2, 3, 0, 1]).ranks(second, vec![2, 0, 3, 1]);
//! let model = builder.build()?;
//!
//! let budget = Budget::default();
//! let condition = stay_condition(&model, Concept::Nash, first, StateId(0), &budget).expect("small");
//! let rankings = count_rankings(&condition, &budget).expect("small");
//! // 1 is not to be better than 0: in half of all orders.
//! assert_eq!((rankings.satisfying.to_string(), rankings.all.to_string()), ("1".into(), "2".into()));
//! let nearest = nearest(&condition, model.ranks(first), &budget).expect("small");
//! assert_eq!((nearest.given_up, nearest.passed), (1, vec![StateId(1)]));
//! # Ok::<(), detente_conflict::ModelError>(())
//! ```
//!
//! Reading order: [`Condition`], [`count_rankings`], [`nearest`], [`dependence`],
//! [`everybody_stays`], [`verify_nearest`].
//!
//! Left out: moves that themselves depend on ranks; the caller holds them fixed.
//!
//! Source: the clauses follow from the definitions in `[FangHipelKilgour1993]`; the
//! question is that of `[KinsaraKilgourHipel2015]`. Differs: conditions and
//! counts by formula and not by trying orders; credible replies of the others use
//! their given ranks.

mod check;
mod condition;
mod count;
mod everybody;
mod fewest;
mod formula;
mod nearest;
mod others;

pub use check::{NearestFailure, verify_nearest};
pub use condition::{Alternative, Clause, Condition, stay_condition};
pub use count::{Rankings, count_rankings};
pub use everybody::{Everybody, everybody_stays};
pub use fewest::{Fewest, fewest};
pub use nearest::{Nearest, nearest};
pub use others::{Dependence, dependence};
