//! Which numbers would make an outcome hold, in words.

use detente_analysis::inverse::{Inequality, NumberView, NumbersView, PointView, RegionView};
use detente_analysis::report::ParameterView;
use detente_base::Exact;

use super::ranges::interval;
use super::words::{concepts, listed, readable, signed};
use crate::doc::{Document, Item, Level, Text};

/// One number alone, then several together.
pub fn numbers_section(numbers: &NumbersView, all: &[String]) -> Document {
    let mut out = Document::default();
    out.heading(Level::Part, "Which numbers would do");
    if numbers.along.is_empty() && numbers.left_open.is_empty() {
        out.paragraph("No number alone, within its range and the others as they are taken, changes any verdict on it.");
    }
    let along = grouped(numbers.along.iter().map(|view| (along_key(view), view.concept.clone())));
    if !along.is_empty() {
        out.paragraph("One number at a time, the others as they are taken:");
        out.bullets(along.into_iter().map(|(text, some)| Item::new(along_text(&text, &some, all))).collect());
    }
    if !numbers.regions.is_empty() {
        let over = listed(&numbers.over, "and");
        out.paragraph(format!("Over {over} together, each within its range, the others as they are taken:"));
        let regions = numbers
            .regions
            .iter()
            .map(|view| (RegionView { concept: String::new(), ..view.clone() }, view.concept.clone()));
        out.bullets(grouped(regions).iter().map(|(view, some)| region_item(view, some, all)).collect());
    }
    out.bullets(numbers.left_open.iter().map(|why| Item::new(format!("Left open: {why}."))).collect());
    out
}

fn grouped<T: PartialEq>(found: impl IntoIterator<Item = (T, String)>) -> Vec<(T, Vec<String>)> {
    let mut out: Vec<(T, Vec<String>)> = Vec::new();
    for (item, concept) in found {
        match out.iter_mut().find(|(known, _)| *known == item) {
            Some((_, some)) => some.push(concept),
            None => out.push((item, vec![concept])),
        }
    }
    out
}

fn along_key(view: &NumberView) -> NumberView {
    NumberView { concept: String::new(), ..view.clone() }
}

fn along_text(view: &NumberView, some: &[String], all: &[String]) -> Text {
    let range = ParameterView {
        id: view.parameter.clone(),
        low: view.low.clone(),
        central: view.central.clone(),
        high: view.high.clone(),
        unit: None,
        line: 0,
        chance: false,
    };
    let parts: Vec<String> = view.holds.iter().map(|part| interval(part, Some(&range))).collect();
    let wherever = if parts.is_empty() { "nowhere".to_owned() } else { listed(&parts, "and") };
    let text = Text::default().strong(&view.parameter).plain(format!(
        " (taken as {}): holds under {} {wherever}",
        view.central,
        concepts(some, all)
    ));
    match &view.nearest {
        Some(nearest) => {
            text.plain(format!("; nearest: {}, a change of {}.", readable(nearest), signed(&(nearest - &view.central))))
        }
        None => text.plain("."),
    }
}

fn region_item(view: &RegionView, some: &[String], all: &[String]) -> Item {
    let under = concepts(some, all);
    let share = view.share.as_ref().map_or(String::new(), |s| format!(" ({} of the box)", percent(s)));
    let text = match view.parts.as_slice() {
        [] if view.cut_short => format!("Under {under}: not established; there is too much to look at."),
        [] => format!("Under {under} it holds nowhere."),
        [only] if only.is_empty() => format!("Under {under} it holds throughout."),
        [only] => format!("Under {under} it holds{share} where {}.", conditions(only)),
        parts => {
            let more = if view.parts_left_out > 0 { ", of which these are the first" } else { "" };
            format!(
                "Under {under} it holds{share} in each of {} parts{more}:",
                parts.len() as u64 + view.parts_left_out
            )
        }
    };
    let mut inner: Vec<Item> = match view.parts.as_slice() {
        parts @ [_, _, ..] => parts.iter().map(|p| Item::new(format!("where {}.", conditions(p)))).collect(),
        _ => Vec::new(),
    };
    if view.cut_short && !view.parts.is_empty() {
        inner.push(Item::new("There may be more parts: there were too many pieces to look at all."));
    }
    if let Some(nearest) = &view.nearest {
        inner.push(Item::new(nearest_text(nearest)));
    }
    Item { text: Text::from(text), inner }
}

fn nearest_text(nearest: &PointView) -> String {
    let values: Vec<String> = nearest.values.iter().map(|(name, value)| format!("{name} {}", short(value))).collect();
    let beyond = if nearest.attained { "" } else { " or just more" };
    format!(
        "Nearest point: {}; no number moves by more than {} of its range{beyond}.",
        listed(&values, "and"),
        percent(&nearest.change)
    )
}

fn conditions(part: &[Inequality]) -> String {
    listed(&part.iter().map(inequality).collect::<Vec<_>>(), "and")
}

/// `2·a − b < 3`, with a positive first coefficient.
fn inequality(found: &Inequality) -> String {
    let turned = found.terms.first().is_some_and(|(_, c)| c.signum() < 0);
    // The first coefficient becomes one where that leaves short numbers.
    let first = found.terms.first().map_or(Exact::ONE, |(_, c)| c.clone());
    let is_short = |number: &Exact| number.checked_div(&first).is_some_and(|n| !n.to_string().contains('/'));
    let all_short = found.terms.iter().map(|(_, c)| c).chain([&found.bound]).all(is_short);
    let unit = match found.terms.len() {
        1 => first,
        _ if all_short => first,
        _ if turned => Exact::from(-1),
        _ => Exact::ONE,
    };
    let divided = |number: &Exact| number.checked_div(&unit).expect("coefficients are not zero");
    let mut left = String::new();
    for (index, (name, coefficient)) in found.terms.iter().enumerate() {
        let coefficient = divided(coefficient);
        let size = if coefficient.signum() < 0 { -&coefficient } else { coefficient.clone() };
        let sign = match (index, coefficient.signum() < 0) {
            (0, false) => "",
            (0, true) => "−",
            (_, false) => " + ",
            (_, true) => " − ",
        };
        let factor = if size == Exact::ONE { String::new() } else { format!("{size}·") };
        left += &[sign, &factor, name].concat();
    }
    let relation = match (unit.signum() < 0, found.strict) {
        (false, true) => "<",
        (false, false) => "≤",
        (true, true) => ">",
        (true, false) => "≥",
    };
    format!("{left} {relation} {}", minus(&divided(&found.bound)))
}

fn minus(number: &Exact) -> String {
    number.to_string().replace('-', "−")
}

fn short(number: &Exact) -> String {
    let text = number.to_string();
    if text.contains('/') && text.len() > 8 { format!("about {:.3}", number.to_f64()) } else { minus(number) }
}

fn percent(share: &Exact) -> String {
    let text = format!("{:.1}", share.to_f64() * 100.0);
    format!("{} %", text.strip_suffix(".0").unwrap_or(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inequalities_in_words() {
        let terms = |list: &[(&str, i64)]| list.iter().map(|(n, c)| ((*n).to_owned(), Exact::from(*c))).collect();
        let words =
            |list, bound, strict| inequality(&Inequality { terms: terms(list), bound: Exact::from(bound), strict });
        assert_eq!(words(&[("a", 2), ("b", -1)], 3, true), "a − 0.5·b < 1.5");
        assert_eq!(words(&[("a", 3), ("b", -1)], 2, true), "3·a − b < 2");
        assert_eq!(words(&[("a", -1), ("b", -2)], -3, false), "a + 2·b ≥ 3");
        assert_eq!(words(&[("a", -2)], 3, true), "a > −1.5");
    }
}
