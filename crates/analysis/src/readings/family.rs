//! The readings of one part, each as a judgement for the engine.

use std::cmp::Ordering;

use detente_conflict::pairwise::{
    self, Caution, Comparison, Graded, GradedPreference, Judgement, Likely, LikelyPreference, Relational, Severity,
    Strength, Ties,
};
use detente_conflict::{Comparisons, DmId, StateId};

use super::view::{NuanceIndex, NuanceKind, NuanceView, WeighingRelation};

/// A way to read preferences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The order alone.
    Order,
    /// Gaps and strength.
    Graded(Caution, Severity),
    /// Attitudes.
    Attitudes,
    /// Chances against the threshold.
    Chances(Ties),
}

impl Reading {
    /// Its name in answers. `gaps`: whether some comparison is not known.
    pub fn name(self, gaps: bool) -> String {
        match self {
            Self::Order => "order".into(),
            Self::Graded(caution, Severity::General) => caution.symbol().into(),
            Self::Graded(caution, Severity::Strong) if gaps => format!("strong {}", caution.symbol()),
            Self::Graded(_, Severity::Strong) => "strong".into(),
            Self::Attitudes => "attitudes".into(),
            Self::Chances(Ties::Excluded) => "chances".into(),
            Self::Chances(Ties::Included) => "chances with ties".into(),
        }
    }
}

/// What the readings of one part are made from.
pub struct Family {
    /// Orders alone.
    pub orders: Vec<GradedPreference>,
    pub graded: Vec<GradedPreference>,
    pub ranks: Vec<Vec<u32>>,
    pub attitudes: Vec<Vec<pairwise::Attitude>>,
    pub likely: Vec<LikelyPreference>,
}

impl Family {
    /// The judgement of a reading.
    pub fn judgement(&self, reading: Reading) -> Box<dyn Judgement + '_> {
        match reading {
            Reading::Order => {
                Box::new(Graded { preferences: &self.orders, caution: Caution::A, severity: Severity::General })
            }
            Reading::Graded(caution, severity) => Box::new(Graded { preferences: &self.graded, caution, severity }),
            Reading::Attitudes => Box::new(Relational { ranks: &self.ranks, attitudes: &self.attitudes }),
            Reading::Chances(ties) => Box::new(Likely { preferences: &self.likely, ties }),
        }
    }

    /// How a party weighs an outcome against another, and which of the `statements`
    /// decides it.
    pub fn weigh(
        &self,
        reading: Reading,
        (dm, party): (DmId, &str),
        (a, b): (StateId, StateId),
        statements: &[NuanceView],
    ) -> (WeighingRelation, Option<NuanceIndex>) {
        let nth = |kind: NuanceKind, index: usize| {
            let of_kind = |(_, view): &(usize, &NuanceView)| view.kind == kind && view.party == party;
            statements.iter().enumerate().filter(of_kind).nth(index).map(|(place, _)| place)
        };
        match reading {
            Reading::Order | Reading::Attitudes => (relation(self.orders[dm.index()].compare(a, b)), None),
            Reading::Graded(..) => {
                let preference = &self.graded[dm.index()];
                let comparison = preference.compare(a, b);
                let statement = match comparison {
                    Comparison::Unknown => {
                        preference.unknown_statement(a, b).and_then(|index| nth(NuanceKind::Unknown, index))
                    }
                    Comparison::Better(Strength::Great) | Comparison::Worse(Strength::Great) => preference
                        .strong
                        .find_either_way(a.index(), b.index())
                        .and_then(|index| nth(NuanceKind::Strong, index))
                        .or_else(|| nth(NuanceKind::Gap, 0)),
                    _ => None,
                };
                (relation(comparison), statement)
            }
            Reading::Chances(_) => {
                let preference = &self.likely[dm.index()];
                let relation = match preference.chance(a, b).cmp(preference.threshold()) {
                    Ordering::Greater => WeighingRelation::AboveThreshold,
                    Ordering::Equal => WeighingRelation::AtThreshold,
                    Ordering::Less => WeighingRelation::BelowThreshold,
                };
                (relation, preference.statement(a, b).and_then(|index| nth(NuanceKind::Chance, index)))
            }
        }
    }

    /// Whether some comparison is not known.
    pub fn has_gaps(&self) -> bool {
        self.graded.iter().any(|preference| !preference.unknown.is_empty())
    }

    /// Whether something is greatly better.
    pub fn has_strength(&self) -> bool {
        self.graded.iter().any(|preference| !preference.strong.is_empty() || !preference.great_below.is_empty())
    }
}

/// What is sure of comparisons with gaps.
impl Comparisons for Family {
    fn surely_better(&self, dm: DmId, a: StateId, b: StateId) -> bool {
        matches!(self.graded[dm.index()].compare(a, b), Comparison::Better(_))
    }

    fn surely_not_better(&self, dm: DmId, a: StateId, b: StateId) -> bool {
        matches!(self.graded[dm.index()].compare(a, b), Comparison::Worse(_) | Comparison::Equal)
    }
}

fn relation(comparison: Comparison) -> WeighingRelation {
    match comparison {
        Comparison::Better(Strength::Mild) => WeighingRelation::Better,
        Comparison::Better(Strength::Great) => WeighingRelation::GreatlyBetter,
        Comparison::Equal => WeighingRelation::Equal,
        Comparison::Worse(Strength::Mild) => WeighingRelation::Worse,
        Comparison::Worse(Strength::Great) => WeighingRelation::GreatlyWorse,
        Comparison::Unknown => WeighingRelation::Unknown,
    }
}
