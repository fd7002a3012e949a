//! Messages that an equilibrium never sends: what would they be taken for?
//!
//! In a *signalling game* chance draws the type of a sender, who sees it and sends a message;
//! a receiver sees the message, not the type, and replies. An equilibrium may live on what
//! the receiver would believe after a message that nobody sends. The *intuitive criterion*
//! and *D1* ask whether that is plausible: a type that would not gain from the message,
//! however well it is answered, is not believed to have sent it; by D1, neither is one to
//! which fewer replies are welcome than to another.
//!
//! ```
//! use detente_base::{Budget, Exact};
//! use detente_game::catalog::beer_quiche;
//! use detente_game::signalling::{Criterion, SignallingGame};
//! use detente_game::Behaviour;
//!
//! let tree = beer_quiche(&Exact::ratio(9, 10))?;
//! let game = SignallingGame::new(&tree)?;
//! // Both have quiche; who has beer must duel, who has quiche need not.
//! let played = [0, 0, 0, 1, 0, 1, 1, 0, 0, 1].map(Exact::from).to_vec();
//! let quiche = Behaviour::new(&tree, played)?;
//! let found = game.tested((&tree, &quiche), Criterion::Intuitive, &Budget::default())?;
//! // Wimps have 3 and could not have more from beer; the surly could.
//! assert!(!found.survives());
//! assert_eq!(found.messages[0].kept, [0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Let u*(t) be what type t gets in the equilibrium, u(t, m, r) what it gets if it sends m and
//! is answered r, T(m) the types that can send m, and B(T', m) the *best replies* to m: the
//! mixtures of replies each of which is best for the receiver under one and the same belief
//! on T' ⊆ T(m). For each message m that nobody sends some types are *excluded*, the others
//! are *kept*:
//!
//! - intuitive criterion, equilibrium dominance: t if u*(t) > u(t, m, r) for all r ∈ B(T(m), m);
//! - D1: t if for some t' every r ∈ B(T(m), m) with u(t, m, r) ≥ u*(t) has
//!   u(t', m, r) > u*(t'), and such an r is there.
//!
//! An equilibrium fails the intuitive criterion if some type gains from m by every r ∈ B(K, m),
//! K the kept types. It fails the two others if for every r ∈ B(K, m) some type gains. With two
//! types the first two are the same.
//!
//! Best replies are described exactly by *faces*: the largest sets of replies that are best
//! together under some belief, each with the beliefs under which they are. All questions
//! are linear programmes over faces, and are answered exactly.
//!
//! Reading order: [`SignallingGame`], [`Criterion`], [`Refined`], [`Face`].
//!
//! Left out: more than one round of exclusion; D2, divinity, stability; messages after
//! which the sender moves again.
//!
//! Sources: `[ChoKreps1987]` (intuitive criterion, equilibrium dominance, D1),
//! `[BanksSobel1987]` (types that are likelier to deviate).

mod evidence;
mod faces;
mod form;
mod solve;

pub use evidence::{Exclusion, MessageTest, Refined, Support};
pub use faces::Face;
pub use form::{Message, NotSignalling, SenderType, SignallingGame};

use detente_base::StopReason;

use crate::regret::Regret;

/// What is asked of an equilibrium.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// The intuitive criterion.
    Intuitive,
    /// The same types are excluded, and the receiver must be able to keep all types at once
    /// from sending the message.
    EquilibriumDominance,
    /// D1.
    D1,
}

/// Why an equilibrium is not tested.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untested {
    /// The strategies are no equilibrium.
    #[error("the strategies are not an equilibrium: somebody gains {}", .0.max())]
    NotEquilibrium(Regret),
    /// The work was stopped.
    #[error("stopped")]
    Stopped(StopReason),
}

impl From<StopReason> for Untested {
    fn from(reason: StopReason) -> Self {
        Self::Stopped(reason)
    }
}
