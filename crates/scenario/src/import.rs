//! GMCR+ files as situations.

use std::collections::BTreeSet;

use detente_base::{Diagnostic, Severity, SourceText, Span};

use crate::check::lints::feasible_outcomes;
use crate::check::names::is_reserved;
use crate::codes::front::GMCR_RANKED;
use crate::columns::Columns;
use crate::expr::{Expr, ExprKind};
use crate::gmcr::{Direction, GmcrFile, GmcrStatement, parse_gmcr};
use crate::load::Loaded;
use crate::situation::{
    Constraint, ConstraintWording, Issue, IssueId, IssueKind, Moves, Nuances, Origin, Party, PartyId, PartyType,
    PreferenceForm, Preferences, SetBy, Situation, Statement, Value, ValueId,
};
use crate::space::Space;

/// Most combinations of options for which a ranking by ordinals can be resolved.
const MAX_RANKED: u64 = 1 << 26;

/// Reads a GMCR+ file straight to a situation: options become yes/no issues in the
/// file's order, so that outcome numbers are the file's state ordinals.
///
/// Cost: that of [`parse_gmcr`]; with rankings also one pass over all combinations.
pub fn load_gmcr(name: &str, bytes: &[u8]) -> Loaded {
    let (file, source, mut diagnostics) = parse_gmcr(name, bytes);
    let situation = file.and_then(|file| match situation_from_gmcr(&file, &title_of(&source)) {
        Ok(situation) => Some(situation),
        Err(fault) => {
            diagnostics.push(*fault);
            None
        }
    });
    debug_assert!(situation.is_none() || diagnostics.iter().all(|d| d.severity != Severity::Error));
    Loaded { source, situation, diagnostics }
}

/// A title from a file name: its last part without the extension.
fn title_of(source: &SourceText) -> String {
    let name = source.name().rsplit(['/', '\\']).next().unwrap_or_default();
    name.strip_suffix(".gmcr").unwrap_or(name).to_owned()
}

/// The situation that a GMCR+ file describes.
///
/// # Errors
/// When no state is feasible, or a ranking speaks of more combinations than can be
/// enumerated.
pub fn situation_from_gmcr(file: &GmcrFile, title: &str) -> Result<Situation, Box<Diagnostic>> {
    let mut situation = Situation { title: title.to_owned(), ..Situation::default() };
    let mut taken = BTreeSet::new();
    for option in &file.options {
        let id = identifier(&option.name, "option", &mut taken);
        let value = |id: &str| Value { id: id.into(), name: id.into(), number: None, span: option.span };
        situation.issues.push(Issue {
            id,
            name: option.name.clone(),
            values: vec![value("no"), value("yes")],
            kind: IssueKind::YesNo,
            set_by: SetBy::Party(PartyId::from_index(option.owner)),
            moves: match option.direction {
                Direction::Both => Moves::Free,
                Direction::Forward => Moves::Forward,
                Direction::Backward => Moves::Backward,
            },
            unit: None,
            origin: at(option.span),
        });
    }
    for statement in &file.infeasible {
        let ruled_out = condition(statement);
        situation.constraints.push(Constraint {
            holds: ruled_out.clone().negated(),
            wording: ConstraintWording::Never(ruled_out),
            origin: at(statement.span),
        });
    }
    let mut taken = BTreeSet::new();
    let codes = feasible_codes(&situation, file)?;
    for maker in &file.decision_makers {
        situation.parties.push(Party {
            id: identifier(&maker.name, "party", &mut taken),
            name: maker.name.clone(),
            foresight: None,
            unseen: maker.unseen.iter().map(condition).collect(),
            origin: at(maker.span),
        });
        let form = match (&maker.ranking, &codes) {
            (Some(groups), Some(codes)) => PreferenceForm::Listed(
                groups.iter().map(|g| g.iter().filter_map(|n| codes.get(*n as usize - 1).copied()).collect()).collect(),
            ),
            _ if maker.statements.is_empty() => PreferenceForm::Indifferent,
            _ => PreferenceForm::Priority(
                maker.statements.iter().map(|s| Statement { holds: condition(s), origin: at(s.span) }).collect(),
            ),
        };
        let origin = at(maker.span);
        let only = PartyType { id: None, name: String::new(), chance: None, form, origin: origin.clone() };
        situation.preferences.push(Preferences { types: vec![only], nuances: Nuances::default(), origin });
    }
    Ok(situation)
}

fn at(span: Span) -> Origin {
    Origin { span, ..Origin::default() }
}

/// Codes of the feasible outcomes, ascending, where a ranking needs them.
fn feasible_codes(situation: &Situation, file: &GmcrFile) -> Result<Option<Vec<u32>>, Box<Diagnostic>> {
    let Some(ranked) = file.decision_makers.iter().find(|m| m.ranking.is_some()) else { return Ok(None) };
    let space = Space::of(situation).filter(|s| s.size() <= MAX_RANKED).ok_or_else(|| {
        Box::new(
            Diagnostic::error(
                GMCR_RANKED,
                ranked.span,
                format!(
                    "`{}` ranks states by ordinal among more than {MAX_RANKED} combinations; expected fewer",
                    ranked.name
                ),
            )
            .with_help("give its preferences by statements (`preferences`), or drop an option"),
        )
    })?;
    let columns = Columns::new(situation, &space, &[]);
    let feasible = feasible_outcomes(situation, &columns, space.size() as usize);
    Ok(Some(feasible.ones().map(|code| code as u32).collect()))
}

fn condition(statement: &GmcrStatement) -> Expr {
    let span = statement.span;
    let literal = |option: usize, taken: bool| {
        Expr::new(ExprKind::IssueIn(IssueId::from_index(option), vec![ValueId(u32::from(taken))]), span)
    };
    let mut parts: Vec<Expr> = statement
        .any_of
        .iter()
        .map(|all_of| {
            let mut literals: Vec<Expr> = all_of.iter().map(|l| literal(l.option, l.taken)).collect();
            if literals.len() == 1 { literals.remove(0) } else { Expr::new(ExprKind::And(literals), span) }
        })
        .collect();
    if parts.len() == 1 { parts.remove(0) } else { Expr::new(ExprKind::Or(parts), span) }
}

/// An identifier made from a free name, different from those taken.
pub(crate) fn identifier(name: &str, fallback: &str, taken: &mut BTreeSet<String>) -> String {
    let mut id = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('_') {
            id.push('_');
        }
    }
    let id = id.trim_end_matches('_');
    let mut id = if id.is_empty() { fallback.to_owned() } else { id.to_owned() };
    if id.starts_with(|c: char| c.is_ascii_digit()) || is_reserved(&id) {
        id = format!("{fallback}_{id}");
    }
    let mut unique = id.clone();
    let mut count = 2;
    while !taken.insert(unique.clone()) {
        unique = format!("{id}_{count}");
        count += 1;
    }
    unique
}
