//! What a file says about preferences besides the order, as views.

use detente_base::SourceText;
use detente_scenario::expr::Expr;
use detente_scenario::expr::print::print_expression;
use detente_scenario::situation::{Chance, Origin, ParameterOrNumber, Situation, Strong};

use super::view::{NuanceKind, NuanceView};
use crate::statements::claim_view;

/// All statements of a situation besides the order, party by party: unknown
/// comparisons, strength, chances, threshold, attitudes.
pub fn nuance_views(situation: &Situation, source: &SourceText) -> Vec<NuanceView> {
    let mut views = Vec::new();
    for party in 0..situation.parties.len() {
        views.extend(entries(situation, party).into_iter().map(|entry| NuanceView {
            kind: entry.kind,
            party: situation.parties[party].id.clone(),
            text: entry.text,
            about: entry.origin.about.clone(),
            line: source.position(entry.origin.span.start).0,
            claims: entry.origin.because.iter().map(|id| claim_view(situation, *id)).collect(),
        }));
    }
    views
}

/// One statement of a party.
struct Entry<'a> {
    kind: NuanceKind,
    text: String,
    origin: &'a Origin,
}

fn entries(situation: &Situation, party: usize) -> Vec<Entry<'_>> {
    let nuances = &situation.preferences[party].nuances;
    let words = |expr: &Expr| print_expression(situation, expr);
    let mut found = Vec::new();
    let mut add = |kind, text, origin| found.push(Entry { kind, text, origin });
    for pairs in &nuances.unknown {
        let text = match &pairs.and {
            Some(and) => format!("{} ? {}", words(&pairs.between), words(and)),
            None => format!("{}, among themselves", words(&pairs.between)),
        };
        add(NuanceKind::Unknown, text, &pairs.origin);
    }
    match &nuances.strong {
        Strong::Nothing => {}
        Strong::Gap(gap, origin) => add(NuanceKind::Gap, gap.to_string(), origin),
        Strong::Pairs(all) => {
            for pairs in all {
                add(NuanceKind::Strong, format!("{} >> {}", words(&pairs.better), words(&pairs.worse)), &pairs.origin);
            }
        }
    }
    for pairs in &nuances.chances {
        let chance = chance_words(situation, &pairs.chance);
        let text = format!("{} over {}: {chance}", words(&pairs.better), words(&pairs.worse));
        add(NuanceKind::Chance, text, &pairs.origin);
    }
    if let Some(threshold) = &nuances.threshold {
        add(NuanceKind::Threshold, chance_words(situation, &threshold.value), &threshold.origin);
    }
    for attitude in &nuances.attitudes {
        let about = &situation.parties[attitude.party.index()].id;
        add(NuanceKind::Attitude, format!("{} towards {about}", attitude.attitude.word()), &attitude.origin);
    }
    found
}

fn chance_words(situation: &Situation, number: &ParameterOrNumber) -> String {
    match number {
        ParameterOrNumber::Number(n) => n.to_string(),
        ParameterOrNumber::Parameter(id) => {
            let parameter = &situation.parameters[id.index()];
            match (&parameter.value, parameter.named) {
                (_, true) => parameter.id.clone(),
                (detente_scenario::situation::Quantity::Range { low, high, .. }, _) => format!("{low}..{high}"),
                _ => parameter.id.clone(),
            }
        }
    }
}

/// Whether a reading by chances says more than the order: some party has chances, or
/// types with chances.
pub fn has_chances(situation: &Situation) -> bool {
    situation.preferences.iter().any(|preferences| {
        !preferences.nuances.chances.is_empty()
            || preferences.types.iter().any(|kind| matches!(kind.chance, Some(Chance::Given(_) | Chance::Rest)))
    })
}

/// Whether chances are all that can be read besides the order.
pub fn only_chances(situation: &Situation) -> bool {
    let no_more = situation.preferences.iter().all(|preferences| {
        let nuances = &preferences.nuances;
        nuances.unknown.is_empty() && matches!(nuances.strong, Strong::Nothing) && nuances.attitudes.is_empty()
    });
    has_chances(situation) && no_more
}
