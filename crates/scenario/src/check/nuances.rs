//! Unknown comparisons, strength, chances of preferences, and attitudes.

use detente_base::Diagnostic;

use super::Checker;
use crate::ast::{NuancesItem, PreferenceItem, StrongItem, Text};
use crate::codes::meaning as code;
use crate::expr::Expr;
use crate::expr::resolve::Scope;
use crate::situation::{
    Attitude, AttitudeTo, ChancePairs, Nuances, Origin, Strong, StrongPairs, Threshold, UnknownPairs,
};

impl Checker<'_> {
    /// What qualifies the preferences of one party.
    pub(super) fn nuances(&mut self, item: &PreferenceItem, inherited: &Origin) -> Nuances {
        let NuancesItem { unknown, strong, chances, threshold, attitudes } = &item.nuances;
        let party = &item.party.value;
        let mut nuances = Nuances::default();
        for entry in unknown {
            let origin = self.entry_origin(entry.span, &entry.because, entry.about.as_ref(), inherited);
            let between = self.outcomes(&entry.between);
            let and = entry.and.as_ref().map(|text| self.outcomes(text));
            if let (Some(between), None | Some(Some(_))) = (between, &and) {
                nuances.unknown.push(UnknownPairs { between, and: and.flatten(), origin });
            }
        }
        if let Some(strong) = strong {
            nuances.strong = self.strong(strong, party, inherited);
        }
        for (index, entry) in chances.iter().enumerate() {
            let origin = self.entry_origin(entry.span, &entry.because, entry.about.as_ref(), inherited);
            let (better, worse) = (self.outcomes(&entry.better), self.outcomes(&entry.worse));
            let what = format!("chance {} of a preference of `{party}`", index + 1);
            let chance = self.chance(&entry.chance, what, &origin);
            if let (Some(better), Some(worse), Some(chance)) = (better, worse, chance) {
                nuances.chances.push(ChancePairs { better, worse, chance, origin });
            }
        }
        nuances.threshold = threshold.as_ref().and_then(|threshold| {
            let origin = self.entry_origin(threshold.span, &threshold.because, threshold.about.as_ref(), inherited);
            let value = self.chance(threshold, format!("the threshold of `{party}`"), &origin)?;
            Some(Threshold { value, origin })
        });
        for (about, word) in attitudes {
            let origin = self.entry_origin(about.span, &[], None, inherited);
            if let (Some(party), Some(attitude)) = (self.party(about), Attitude::from_word(word.value.trim())) {
                nuances.attitudes.push(AttitudeTo { party, attitude, origin });
            }
        }
        nuances
    }

    fn strong(&mut self, strong: &StrongItem, party: &str, inherited: &Origin) -> Strong {
        match strong {
            StrongItem::Pairs(items) => {
                let mut pairs = Vec::new();
                for item in items {
                    let origin = self.entry_origin(item.span, &item.because, item.about.as_ref(), inherited);
                    if let (Some(better), Some(worse)) = (self.outcomes(&item.better), self.outcomes(&item.worse)) {
                        pairs.push(StrongPairs { better, worse, origin });
                    }
                }
                Strong::Pairs(pairs)
            }
            StrongItem::Gap { span, gap, about, because } => {
                let origin = self.entry_origin(*span, because, about.as_ref(), inherited);
                match self.number(gap) {
                    Some(number) if number.signum() <= 0 => {
                        self.report(
                            Diagnostic::error(
                                code::OUT_OF_RANGE,
                                gap.span,
                                format!("the gap of `{party}` is {number}; expected a number above 0"),
                            )
                            .with_label("makes everything greatly better"),
                        );
                        Strong::Nothing
                    }
                    Some(number) => Strong::Gap(number, origin),
                    None => Strong::Nothing,
                }
            }
        }
    }

    /// A set of outcomes; the word `otherwise` is none, since there are no levels.
    fn outcomes(&mut self, text: &Text) -> Option<Expr> {
        self.condition(text, Scope::Outcomes)
    }
}
