//! Games in which everybody chooses once.

use detente_base::Exact;

use crate::PlayerId;

/// A game in strategic form.
///
/// Profiles are numbered with the first player's strategy fastest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrategicGame {
    title: String,
    comment: Option<String>,
    players: Vec<String>,
    /// For each player the names of its strategies.
    strategies: Vec<Vec<String>>,
    /// For each profile the payoffs of all players.
    payoffs: Vec<Exact>,
}

/// A strategic game that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StrategicError {
    /// Nobody plays.
    #[error("the game has no players")]
    NoPlayers,
    /// A player without strategies.
    #[error("player {} has no strategies", player.0 + 1)]
    NoStrategies {
        /// The player.
        player: PlayerId,
    },
    /// Not one list of strategies for each player.
    #[error("{found} lists of strategies where there are {players} players")]
    Lists {
        /// Lists given.
        found: usize,
        /// Players.
        players: usize,
    },
    /// Not one payoff for each player and profile.
    #[error("{found} payoffs where {expected} are needed")]
    Payoffs {
        /// Payoffs given.
        found: usize,
        /// Payoffs needed, as text: it may exceed 64 bits.
        expected: String,
    },
}

impl StrategicGame {
    /// A game from its payoffs: profile by profile, the first player's strategy fastest, for
    /// each the payoffs of all players.
    ///
    /// # Errors
    /// When a player has no strategies, or payoffs are missing or too many.
    pub fn new(
        title: &str,
        players: Vec<String>,
        strategies: Vec<Vec<String>>,
        payoffs: Vec<Exact>,
    ) -> Result<Self, StrategicError> {
        if players.is_empty() {
            return Err(StrategicError::NoPlayers);
        }
        if strategies.len() != players.len() {
            return Err(StrategicError::Lists { found: strategies.len(), players: players.len() });
        }
        if let Some(player) = strategies.iter().position(Vec::is_empty) {
            return Err(StrategicError::NoStrategies { player: PlayerId::from_index(player) });
        }
        let needed = strategies.iter().try_fold(players.len(), |product, own| product.checked_mul(own.len()));
        if needed != Some(payoffs.len()) {
            let expected = needed.map_or_else(|| "more than 2^64".to_owned(), |needed| needed.to_string());
            return Err(StrategicError::Payoffs { found: payoffs.len(), expected });
        }
        Ok(Self { title: title.to_owned(), comment: None, players, strategies, payoffs })
    }

    /// The same with what is said of it.
    #[must_use]
    pub fn with_comment(self, comment: Option<String>) -> Self {
        Self { comment, ..self }
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What the file says of it.
    pub fn comment(&self) -> Option<&str> {
        self.comment.as_deref()
    }

    /// Names of the players, in order.
    pub fn players(&self) -> &[String] {
        &self.players
    }

    /// Number of players.
    pub fn player_count(&self) -> usize {
        self.players.len()
    }

    /// Names of a player's strategies.
    pub fn strategies(&self, player: PlayerId) -> &[String] {
        &self.strategies[player.index()]
    }

    /// Number of strategies of each player.
    pub fn sizes(&self) -> Vec<usize> {
        self.strategies.iter().map(Vec::len).collect()
    }

    /// Number of profiles.
    pub fn profile_count(&self) -> usize {
        self.payoffs.len() / self.players.len()
    }

    /// Number of a profile, given each player's strategy.
    pub fn profile(&self, strategies: &[usize]) -> usize {
        let digits = strategies.iter().zip(&self.strategies).rev();
        digits.fold(0, |code, (strategy, own)| code * own.len() + strategy)
    }

    /// Each player's strategy in a profile.
    pub fn strategies_of(&self, mut profile: usize) -> Vec<usize> {
        let digit = |own: &Vec<String>| {
            let strategy = profile % own.len();
            profile /= own.len();
            strategy
        };
        self.strategies.iter().map(digit).collect()
    }

    /// Payoffs of all players in a profile.
    pub fn payoffs(&self, profile: usize) -> &[Exact] {
        &self.payoffs[profile * self.players.len()..(profile + 1) * self.players.len()]
    }

    /// The payoffs of two players as matrices: rows are the first player's strategies.
    ///
    /// # Panics
    /// If there are not two players.
    pub fn matrices(&self) -> [Vec<Vec<Exact>>; 2] {
        assert_eq!(self.players.len(), 2, "two players have matrices");
        let (rows, columns) = (self.strategies[0].len(), self.strategies[1].len());
        [0, 1].map(|player| {
            let entry = |row: usize, column: usize| self.payoffs(row + column * rows)[player].clone();
            (0..rows).map(|row| (0..columns).map(|column| entry(row, column)).collect()).collect()
        })
    }
}
