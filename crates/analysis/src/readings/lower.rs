//! From a situation to the engine's pairwise preferences.

use detente_base::Exact;
use detente_conflict::FixedBitSet;
use detente_conflict::pairwise::{self, GradedPreference, LikelyPreference, PairSets};
use detente_scenario::columns::Columns;
use detente_scenario::expr::Expr;
use detente_scenario::expr::eval::Interval;
use detente_scenario::situation::{self, Chance, ParameterOrNumber, PartyId, PreferenceForm, Situation, Strong};

use crate::profile::Profile;
use crate::ranks::{form_of, party_ranks, party_worths};
use crate::structure::Structure;

/// A structure at a point of the parameters.
pub struct Lowering<'a> {
    pub structure: &'a Structure<'a>,
    pub point: &'a [Interval],
}

impl Lowering<'_> {
    fn situation(&self) -> &Situation {
        self.structure.situation
    }

    fn set(&self, expr: &Expr) -> FixedBitSet {
        let columns = Columns::new(self.situation(), &self.structure.space, self.point);
        self.structure.states.states_from_codes(&columns.holds(expr))
    }

    fn pairs<'e>(&self, pairs: impl Iterator<Item = (&'e Expr, &'e Expr)>) -> PairSets {
        let sets: Vec<_> = pairs.map(|(first, second)| (self.set(first), self.set(second))).collect();
        PairSets::new(self.structure.states.state_count(), &sets)
    }

    fn unknown(&self, party: usize) -> PairSets {
        let nuances = &self.situation().preferences[party].nuances;
        self.pairs(nuances.unknown.iter().map(|pairs| (&pairs.between, pairs.other())))
    }

    /// Preferences with gaps and strength, for the types of a combination.
    pub fn graded(&self, profile: &Profile, ranks: &[Vec<u32>]) -> Vec<GradedPreference> {
        let of_party = |(party, ranks): (usize, &Vec<u32>)| {
            let nuances = &self.situation().preferences[party].nuances;
            let form = form_of(self.structure, profile, PartyId::from_index(party));
            let great_below = match &nuances.strong {
                Strong::Gap(gap, _) => self.great_below(form, ranks, gap),
                Strong::Nothing | Strong::Pairs(_) => Vec::new(),
            };
            let strong = self.pairs(nuances.strong.pairs().iter().map(|pairs| (&pairs.better, &pairs.worse)));
            GradedPreference { ranks: ranks.clone(), unknown: self.unknown(party), strong, great_below }
        };
        ranks.iter().enumerate().map(of_party).collect()
    }

    /// For each state the rank below which all lag behind it by the gap.
    fn great_below(&self, form: &PreferenceForm, ranks: &[u32], gap: &Exact) -> Vec<u32> {
        // One state for each rank, ascending.
        let mut levels: Vec<(u32, usize)> = ranks.iter().copied().zip(0..).collect();
        levels.sort_unstable();
        levels.dedup_by_key(|(rank, _)| *rank);
        let worths = party_worths(self.structure, form, self.point);
        let values: Vec<Exact> = match worths {
            Some(worths) => levels.iter().map(|(_, state)| worths[*state].clone()).collect(),
            None => (0..levels.len()).map(|level| Exact::from(level as i64)).collect(),
        };
        let below: Vec<u32> = values
            .iter()
            .map(|value| {
                let lagging = values.partition_point(|other| *other <= value - gap);
                levels.get(lagging).map_or(u32::MAX, |(rank, _)| *rank)
            })
            .collect();
        let level = |rank: &u32| levels.partition_point(|(other, _)| other < rank);
        ranks.iter().map(|rank| below[level(rank)]).collect()
    }

    /// Preferences with chances, over all types of each party; types without chances
    /// are equally likely.
    pub fn likely(&self) -> Vec<LikelyPreference> {
        (0..self.situation().parties.len()).map(|party| self.likely_of(party)).collect()
    }

    fn likely_of(&self, party: usize) -> LikelyPreference {
        let preferences = &self.situation().preferences[party];
        let kinds = self.kind_chances(party).into_iter().zip(&preferences.types);
        let kinds = kinds.map(|(chance, kind)| (chance, party_ranks(self.structure, &kind.form, self.point))).collect();
        let nuances = &preferences.nuances;
        let threshold =
            nuances.threshold.as_ref().map_or(Exact::ratio(1, 2), |threshold| self.number(&threshold.value));
        let stated = self.pairs(nuances.chances.iter().map(|pairs| (&pairs.better, &pairs.worse)));
        let chances = nuances.chances.iter().map(|pairs| self.number(&pairs.chance)).collect();
        LikelyPreference::new(kinds, threshold).with_stated(stated, chances).with_unknown(self.unknown(party))
    }

    /// The chance of each type of a party at the central values.
    fn kind_chances(&self, party: usize) -> Vec<Exact> {
        let types = &self.situation().preferences[party].types;
        let given: Exact = types
            .iter()
            .filter_map(|kind| match &kind.chance {
                Some(Chance::Given(chance)) => Some(self.number(chance)),
                _ => None,
            })
            .sum();
        types
            .iter()
            .map(|kind| match &kind.chance {
                Some(Chance::Given(chance)) => self.number(chance),
                Some(Chance::Rest) => &Exact::ONE - &given,
                None => Exact::ratio(1, types.len() as i64),
            })
            .collect()
    }

    /// A chance at the central values.
    fn number(&self, number: &ParameterOrNumber) -> Exact {
        match number {
            ParameterOrNumber::Number(n) => n.clone(),
            ParameterOrNumber::Parameter(id) => self.point[id.index()].low.clone(),
        }
    }

    /// Who feels how about whom.
    pub fn attitudes(&self) -> Vec<Vec<pairwise::Attitude>> {
        let parties = self.situation().parties.len();
        let row = |party: usize| {
            let mut row = vec![pairwise::Attitude::Neutral; parties];
            row[party] = pairwise::Attitude::Positive;
            for attitude in &self.situation().preferences[party].nuances.attitudes {
                row[attitude.party.index()] = match attitude.attitude {
                    situation::Attitude::Positive => pairwise::Attitude::Positive,
                    situation::Attitude::Neutral => pairwise::Attitude::Neutral,
                    situation::Attitude::Negative => pairwise::Attitude::Negative,
                };
            }
            row
        };
        (0..parties).map(row).collect()
    }
}
