//! Conflicts whose states are too many to list: the same questions on decision
//! diagrams.
//!
//! A set of states is a binary decision diagram over the bits of the coordinates, a
//! preference a row of such diagrams ([`Order`]), a move a relation between two copies
//! of the bits. Answers are exact and the same as those of [`solve`](crate::solve);
//! what differs is the cost: it depends on how the formulas hang together and not on
//! the number of states. Where the diagrams grow too large the answer is
//! `Undecided`, concept by concept.
//!
//! ```
//! use detente_base::Budget;
//! use detente_conflict::Concept;
//! use detente_conflict::symbolic::{Change, Conflict, Formula, Order, Package, Party, SymbolicModel};
//!
//! // Fifty prisoners. Each confesses (1) or not (0), wants its neighbour not to and, after
//! // that, to confess itself.
//! let yes = |coordinate: usize| Formula::In(coordinate, vec![1]);
//! let prisoner = |i: usize| Party {
//!     name: format!("prisoner {i}"),
//!     packages: vec![Package { changes: vec![(i, Change::Free)], consent: Vec::new() }],
//!     order: Order::Priority(vec![yes((i + 1) % 50).negated(), yes(i)]),
//!     unseen: None,
//! };
//! let conflict = Conflict { sizes: vec![2; 50], feasible: Vec::new(), parties: (0..50).map(prisoner).collect() };
//! let model = SymbolicModel::new(conflict, &Budget::default())?;
//! assert_eq!(model.count(&model.states()), (1_u64 << 50).into());
//! let equilibria = model.equilibria(Concept::Nash, &Budget::default()).expect("a small question");
//! assert_eq!(model.count(&equilibria), 1_u32.into());
//! assert!(model.contains(&equilibria, &[1; 50]));
//! # Ok::<(), detente_conflict::symbolic::BuildError>(())
//! ```
//!
//! Reading order: [`Formula`], [`Conflict`], [`SymbolicModel`], [`StateSet`]. Inside,
//! `variables` orders the bits, `encoding` names them, `diagrams` keeps the budget,
//! `keys` and `vectors` are preferences as numbers, `moves` the relations, `stable` the
//! definitions, `replies` what others do to it, `cover` and `linked` describe sets,
//! `levels` reads one diagram, `reach` follows a status quo, `steps` moves sets of states,
//! `single` judges one state, `joint` coalitions, `local` takes the definitions literally,
//! state by state.
//!
//! Sources: `[Bryant1986]`; `[FangHipelKilgour1993]` for the definitions.

mod conflict;
mod cover;
mod diagrams;
mod encoding;
mod formula;
mod joint;
mod keys;
mod levels;
mod linked;
mod local;
mod model;
mod moves;
mod reach;
mod replies;
mod set;
mod single;
mod stable;
mod steps;
mod variables;
mod vectors;

pub use conflict::{Change, Conflict, ConflictError, Order, Package, Party};
pub use cover::Cover;
pub use formula::Formula;
pub use joint::is_joint_improvement;
pub use linked::Linked;
pub use local::{Local, Step};
pub use model::{BuildError, SymbolicModel};
pub use set::StateSet;
pub use single::{Improvement, Judgement};
