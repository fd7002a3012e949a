//! Which coalitions leave a state together, and which states none of them leaves.
//!
//! A *coalition* H is any non-empty set of decision makers; the others are N − H. Write
//! `R_H(s)` for the ends of the legal sequences of H from s (see [`reach`](crate::reach)):
//! they pass through feasible states, and nobody moves twice in a row. A state q is
//! *better* than s for H, q ≻ s, by one of two readings:
//!
//! * strict: Pᵢ(q) > Pᵢ(s) for every i in H;
//! * Pareto: Pᵢ(q) ≥ Pᵢ(s) for every i in H, and > for one.
//!
//! A *joint improvement* of H from s is a q ∈ `R_H(s)` with q ≻ s. H stays at s if for
//! every joint improvement q …
//!
//! | symbol | … |
//! |---|---|
//! | `CNash` | (there must be none) |
//! | CGMR | some k ∈ `R_{N−H}(q)` has not k ≻ s |
//! | CSMR | some k ∈ `R_{N−H}(q)` has not k ≻ s, and no h ∈ `R_H(k)` has h ≻ s |
//! | CSEQ | some k at the end of *class improvements* of N − H from q has not k ≻ s |
//!
//! A class improvement of N − H is a series of joint improvements of non-empty sets K of
//! others, by the same reading, each better for its K than the state that it leaves; the
//! same K does not come twice in a row. A state is coalitionally stable if every
//! coalition stays, single decision makers included. All decision makers together have
//! no others to fear: they stay iff they have no joint improvement.
//!
//! In the strict reading a reply deters if *some* member likes its result no better. In
//! the Pareto reading it deters if some member likes it less or all like it equally.
//!
//! What follows: `CNash` ⊆ CSMR ⊆ CGMR and `CNash` ⊆ CSEQ, coalition by coalition. For one
//! decision maker `CNash`, CGMR and CSMR are R, GMR and SMR; CSEQ is weaker than SEQ, since
//! the others may reply jointly, and the same as SEQ for two decision makers. So what is
//! coalitionally stable under `CNash`, CGMR or CSMR holds under R, GMR or SMR, but CSEQ does
//! not imply SEQ. CSEQ ⊆ CGMR where own moves compose to own moves; where they do not, a
//! joint improvement may begin with the move of the one who moved last, and the inclusion
//! fails. Pareto `CNash`, CGMR and CSMR imply the strict ones; Pareto CSEQ does not imply
//! strict CSEQ, as the others' replies are more too. `tests/coalitions.rs` checks what
//! holds and has a conflict against each that does not.
//!
//! A listed move is a step like any other: where it stands for a change that others
//! consent to, they are asked at that step, by what they think of the state that it
//! leaves, members of the coalition too.
//!
//! ```
//! use detente_base::Budget;
//! use detente_conflict::{
//!     Coalition, CoalitionConcept, ModelBuilder, Reading, StateId, StateSpace, Transitions, solve_coalitions,
//! };
//!
//! // Prisoner's dilemma: states 0 both silent, 1 the first confesses, 2 the second, 3 both.
//! let mut builder = ModelBuilder::new(StateSpace::full(&[2, 2])?);
//! let (first, second) = (builder.decision_maker("first"), builder.decision_maker("second"));
//! builder.control(first, 0, Transitions::Free).ranks(first, vec![2, 3, 0, 1]);
//! builder.control(second, 1, Transitions::Free).ranks(second, vec![2, 0, 3, 1]);
//! let model = builder.build()?;
//!
//! let solution = solve_coalitions(&model, Reading::Strict, 2, &Budget::default());
//! // Together they leave mutual confession, which neither leaves alone.
//! let both = Coalition::of([first, second]);
//! assert!(!solution.stable(CoalitionConcept::Nash, both).expect("no limits").contains(3));
//! let holds = |concept| solution.equilibria(concept).expect("no limits").ones().collect::<Vec<_>>();
//! assert!(holds(CoalitionConcept::Nash).is_empty());
//! assert_eq!(holds(CoalitionConcept::Sequential), [0]);
//! # Ok::<(), detente_conflict::ModelError>(())
//! ```
//!
//! Reading order: [`Coalition`], [`Reading`], [`CoalitionConcept`], [`solve_coalitions`],
//! [`CoalitionSolution`], [`explain_coalition`], [`CoalitionEvidence`]; then `verdicts`
//! (one group against the others) and what it uses: `ends` and `blocks` (where a group can
//! lead), `player` and `pool` (what it leaves), `credible`, `symmetric`. [`solve_merged`]
//! asks another question.
//!
//! Left out: how coalitions form and hold; preferences of a coalition of its own.
//!
//! Source: `[KilgourHipelFangPeng2001]`; CSEQ by class improvements `[InoharaHipel2008]`;
//! Pareto `[ZhaoEtAl2019]`. Differs: the wording of the sources on single decision
//! makers varies (some ask of coalitions of two and more only); here they count. The
//! sources close moves of transitive graphs; here the order of movers is kept for all.
//! When a reply deters in the Pareto reading is not taken from the source: it is the
//! negation of the improvement, as it is in the strict reading.

mod blocks;
mod coalition;
mod concept;
mod credible;
mod ends;
mod evidence;
mod merged;
mod player;
mod pool;
mod solution;
mod symmetric;
mod verdicts;

pub use coalition::Coalition;
pub use concept::CoalitionConcept;
pub use evidence::{CoalitionEvidence, Deterred, GroupMove, explain_coalition, explain_coalition_within};
pub use merged::{MergedSolution, solve_merged};
pub use pool::Reading;
pub use solution::{CoalitionSolution, solve_coalitions};
