//! Stochastic games as data, checked.

use detente_base::Exact;

use crate::PlayerId;

detente_base::index_type! {
    /// Index of a state.
    pub struct StateId;
}

/// What is played in a state, before it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateForm {
    /// Its name.
    pub name: String,
    /// For each player the names of its actions.
    pub actions: Vec<Vec<String>>,
    /// What each profile of actions leads to, the first player's action fastest.
    pub profiles: Vec<ProfileForm>,
}

/// What a profile of actions leads to, before it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileForm {
    /// The payoffs of all players in this round.
    pub payoffs: Vec<Exact>,
    /// Chances of the next states; states that are not listed have chance 0.
    pub next: Vec<(StateId, Exact)>,
}

/// A game with finitely many states and discounted payoffs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StochasticGame {
    players: Vec<String>,
    discounts: Vec<Exact>,
    states: Vec<StateForm>,
}

/// Why a stochastic game cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GameFault {
    /// Nobody plays.
    #[error("the game has no players")]
    NoPlayers,
    /// Nothing is played.
    #[error("the game has no states")]
    NoStates,
    /// Not one discount factor for each player.
    #[error("{found} discount factors where there are {players} players")]
    Discounts {
        /// Factors given.
        found: usize,
        /// Players.
        players: usize,
    },
    /// A discount factor outside [0, 1).
    #[error("the discount factor of player {} is {discount}; expected one from 0 to below 1", player.0 + 1)]
    Discount {
        /// The player.
        player: PlayerId,
        /// Its factor.
        discount: Exact,
    },
    /// Not one list of actions for each player.
    #[error("state {} has {found} lists of actions where there are {players} players", state.0 + 1)]
    Lists {
        /// The state.
        state: StateId,
        /// Lists given.
        found: usize,
        /// Players.
        players: usize,
    },
    /// A player without actions.
    #[error("player {} has no actions in state {}", player.0 + 1, state.0 + 1)]
    NoActions {
        /// The state.
        state: StateId,
        /// The player.
        player: PlayerId,
    },
    /// Not one entry for each profile of actions.
    #[error("state {} has {found} profiles; expected {expected}", state.0 + 1)]
    Profiles {
        /// The state.
        state: StateId,
        /// Profiles given.
        found: usize,
        /// Profiles needed, as text: it may exceed 64 bits.
        expected: String,
    },
    /// Not one payoff for each player.
    #[error("profile {} of state {} has {found} payoffs; expected {players}", profile + 1, state.0 + 1)]
    Payoffs {
        /// The state.
        state: StateId,
        /// The profile, from 0.
        profile: usize,
        /// Payoffs given.
        found: usize,
        /// Players.
        players: usize,
    },
    /// A next state that is not there.
    #[error("profile {} of state {} leads to state {}, which is not there", profile + 1, state.0 + 1, next.0 + 1)]
    Unknown {
        /// The state.
        state: StateId,
        /// The profile, from 0.
        profile: usize,
        /// The state that is not there.
        next: StateId,
    },
    /// A next state that is listed twice.
    #[error("profile {} of state {} lists state {} twice", profile + 1, state.0 + 1, next.0 + 1)]
    Twice {
        /// The state.
        state: StateId,
        /// The profile, from 0.
        profile: usize,
        /// The state that is listed twice.
        next: StateId,
    },
    /// A chance below zero.
    #[error("profile {} of state {} leads to state {} with chance {chance}; expected none below 0", profile + 1, state.0 + 1, next.0 + 1)]
    Negative {
        /// The state.
        state: StateId,
        /// The profile, from 0.
        profile: usize,
        /// The next state.
        next: StateId,
        /// Its chance.
        chance: Exact,
    },
    /// Chances that do not add up to one.
    #[error("chances after profile {} of state {} sum to {sum}; expected 1", profile + 1, state.0 + 1)]
    Sum {
        /// The state.
        state: StateId,
        /// The profile, from 0.
        profile: usize,
        /// Their sum.
        sum: Exact,
    },
}

impl StochasticGame {
    /// A game from its states.
    ///
    /// Discount factors are in [0, 1); chances after each profile add up to exactly 1. A game
    /// that may end has a state in which nothing is paid and that is never left.
    ///
    /// # Errors
    /// Every fault, in the order of states and profiles.
    pub fn new(players: Vec<String>, discounts: Vec<Exact>, states: Vec<StateForm>) -> Result<Self, Vec<GameFault>> {
        let mut faults = Vec::new();
        if players.is_empty() {
            faults.push(GameFault::NoPlayers);
        }
        if states.is_empty() {
            faults.push(GameFault::NoStates);
        }
        if discounts.len() != players.len() {
            faults.push(GameFault::Discounts { found: discounts.len(), players: players.len() });
        }
        for (player, discount) in discounts.iter().enumerate() {
            if discount.signum() < 0 || *discount >= Exact::ONE {
                let player = PlayerId::from_index(player);
                faults.push(GameFault::Discount { player, discount: discount.clone() });
            }
        }
        for (state, form) in states.iter().enumerate() {
            check_state((StateId::from_index(state), form), (players.len(), states.len()), &mut faults);
        }
        if faults.is_empty() { Ok(Self { players, discounts, states }) } else { Err(faults) }
    }

    /// Names of the players, in order.
    pub fn players(&self) -> &[String] {
        &self.players
    }

    /// How much each player counts the next round, in [0, 1).
    pub fn discounts(&self) -> &[Exact] {
        &self.discounts
    }

    /// Number of players.
    pub fn player_count(&self) -> usize {
        self.players.len()
    }

    /// Number of states.
    pub fn state_count(&self) -> usize {
        self.states.len()
    }

    /// All states with their numbers.
    pub fn states(&self) -> impl Iterator<Item = (StateId, &StateForm)> {
        self.states.iter().enumerate().map(|(state, form)| (StateId::from_index(state), form))
    }

    /// What is played in a state.
    pub fn state(&self, state: StateId) -> &StateForm {
        &self.states[state.index()]
    }

    /// Whether in every state and profile the payoffs add up to zero.
    pub fn is_zero_sum(&self) -> bool {
        let profiles = self.states.iter().flat_map(|state| &state.profiles);
        profiles.into_iter().all(|profile| profile.payoffs.iter().cloned().sum::<Exact>().is_zero())
    }

    /// Least and greatest payoff of a player in one round.
    pub fn range(&self, player: PlayerId) -> (Exact, Exact) {
        let payoffs =
            || self.states.iter().flat_map(|state| &state.profiles).map(|profile| &profile.payoffs[player.index()]);
        (payoffs().min().expect("a profile").clone(), payoffs().max().expect("a profile").clone())
    }

    /// What a profile of a state is worth to a player, given what each next state is worth:
    /// r + δ·Σ p(s′)·v(s′).
    pub(super) fn worth(&self, state: usize, profile: usize, player: usize, values: &[Exact]) -> Exact {
        let ProfileForm { payoffs, next } = &self.states[state].profiles[profile];
        let later: Exact = next.iter().map(|(state, chance)| chance * &values[state.index()]).sum();
        &payoffs[player] + &(&self.discounts[player] * &later)
    }
}

impl StateForm {
    /// Number of actions of each player.
    pub fn sizes(&self) -> Vec<usize> {
        self.actions.iter().map(Vec::len).collect()
    }

    /// Number of a profile, given each player's action.
    pub fn profile(&self, actions: &[usize]) -> usize {
        actions.iter().zip(&self.actions).rev().fold(0, |code, (action, own)| code * own.len() + action)
    }

    /// Each player's action in a profile.
    pub fn actions_of(&self, mut profile: usize) -> Vec<usize> {
        let digit = |own: &Vec<String>| {
            let action = profile % own.len();
            profile /= own.len();
            action
        };
        self.actions.iter().map(digit).collect()
    }
}

fn check_state((state, form): (StateId, &StateForm), (players, states): (usize, usize), faults: &mut Vec<GameFault>) {
    if form.actions.len() != players {
        faults.push(GameFault::Lists { state, found: form.actions.len(), players });
    }
    for (player, own) in form.actions.iter().enumerate() {
        if own.is_empty() {
            faults.push(GameFault::NoActions { state, player: PlayerId::from_index(player) });
        }
    }
    let needed = form.actions.iter().try_fold(1_usize, |product, own| product.checked_mul(own.len()));
    if needed != Some(form.profiles.len()) {
        let expected = needed.map_or_else(|| "more than 2^64".to_owned(), |needed| needed.to_string());
        faults.push(GameFault::Profiles { state, found: form.profiles.len(), expected });
    }
    for (profile, ProfileForm { payoffs, next }) in form.profiles.iter().enumerate() {
        if payoffs.len() != players {
            faults.push(GameFault::Payoffs { state, profile, found: payoffs.len(), players });
        }
        check_next((state, profile), next, states, faults);
    }
}

fn check_next(
    (state, profile): (StateId, usize),
    after: &[(StateId, Exact)],
    states: usize,
    faults: &mut Vec<GameFault>,
) {
    for (at, (next, chance)) in after.iter().enumerate() {
        let next = *next;
        if next.index() >= states {
            faults.push(GameFault::Unknown { state, profile, next });
        }
        if after[..at].iter().any(|(before, _)| *before == next) {
            faults.push(GameFault::Twice { state, profile, next });
        }
        if chance.signum() < 0 {
            faults.push(GameFault::Negative { state, profile, next, chance: chance.clone() });
        }
    }
    let sum: Exact = after.iter().map(|(_, chance)| chance.clone()).sum();
    if sum != Exact::ONE {
        faults.push(GameFault::Sum { state, profile, sum });
    }
}
