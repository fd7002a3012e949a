//! XML to hyper-rectangles.

use std::collections::BTreeMap;

use detente_base::Exact;
use roxmltree::Node;

use super::read::{Reader, child, span};
use crate::codes::front::{
    GENIUS_AGGREGATION, GENIUS_BOUND_EMPTY, GENIUS_BOUND_ISSUE, GENIUS_BOUND_KINDS, GENIUS_BOUND_ORDER, GENIUS_COST,
    GENIUS_GREATEST, GENIUS_SHAPE,
};
use crate::negotiation_files::{Aggregation, Domain, HyperRectangle, Pays, Rectangles, ValueBound};
use crate::yaml::shortened;

/// What says that worth is by hyper-rectangles.
pub(super) fn of<'a, 'i>(root: Node<'a, 'i>) -> Option<Node<'a, 'i>> {
    let first = ["utility", "ufun", "hyperRectangle"].into_iter().find_map(|name| child(root, name));
    first.or_else(|| (root.attribute("type") == Some("nonlinear")).then_some(root))
}

/// An issue whose values are whole numbers one after the other.
struct Numbered {
    position: usize,
    from: i64,
    to: i64,
}

impl Reader {
    /// The hyper-rectangles of a `utility`.
    pub(super) fn rectangles(&mut self, utility: Node<'_, '_>, domain: &Domain) -> Option<Rectangles> {
        let functions: Vec<Node<'_, '_>> = utility.descendants().filter(|node| node.has_tag_name("ufun")).collect();
        let [function] = functions.as_slice() else {
            match functions.get(1) {
                None => {
                    let help = "a `utility` holds one `ufun` with the hyper-rectangles";
                    self.error(GENIUS_SHAPE, utility, "there is no `ufun` with hyper-rectangles".into(), help);
                }
                Some(second) => {
                    let message = "there is more than one `ufun`".to_owned();
                    self.error(GENIUS_AGGREGATION, *second, message, "put the hyper-rectangles into one `ufun`");
                }
            }
            return None;
        };
        let unit = self.greatest_worth(utility);
        let aggregation = self.aggregation(*function);
        let weight = self.optional(*function, "weight");
        let numbered = numbered(domain);
        let found: Vec<Option<HyperRectangle>> = (function.children())
            .filter(|node| node.has_tag_name("hyperRectangle"))
            .map(|node| self.rectangle(node, domain, &numbered))
            .collect();
        let rectangles: Option<Vec<HyperRectangle>> = found.into_iter().collect();
        let (unit, aggregation, weight, rectangles) = (unit?, aggregation?, weight?, rectangles?);
        if aggregation != Aggregation::Sum {
            self.costs(*function, &weight, &rectangles);
        }
        Some(Rectangles { unit, aggregation, weight, rectangles })
    }

    /// What sums are divided by.
    fn greatest_worth(&mut self, utility: Node<'_, '_>) -> Option<Exact> {
        let greatest = self.number(utility, "maxutility")?;
        if greatest <= Exact::ZERO {
            let message = format!("`maxutility` is {greatest}; expected more than 0");
            self.error(GENIUS_GREATEST, utility, message, "write the most that the hyper-rectangles can pay together");
            return None;
        }
        Some(greatest)
    }

    fn aggregation(&mut self, function: Node<'_, '_>) -> Option<Aggregation> {
        let written = function.attribute("aggregation");
        let known = match written.map(str::to_ascii_lowercase).as_deref() {
            Some("sum") => Some(Aggregation::Sum),
            Some("max") => Some(Aggregation::Max),
            Some("min") => Some(Aggregation::Min),
            _ => None,
        };
        if known.is_none() {
            let message = match written {
                None => "`ufun` has no `aggregation`".to_owned(),
                Some(other) => format!("`aggregation` is `{}`; expected `sum`, `max` or `min`", shortened(other)),
            };
            self.error(GENIUS_AGGREGATION, function, message, "hyper-rectangles are put together by `sum`, as a rule");
        }
        known
    }

    /// A number that is 1 unless given.
    fn optional(&mut self, node: Node<'_, '_>, attribute: &str) -> Option<Exact> {
        if node.has_attribute(attribute) { self.number(node, attribute) } else { Some(Exact::ONE) }
    }

    fn rectangle(
        &mut self,
        node: Node<'_, '_>,
        domain: &Domain,
        numbered: &BTreeMap<i64, Option<Numbered>>,
    ) -> Option<HyperRectangle> {
        let utility = self.number(node, "utility");
        let weight = self.optional(node, "weight");
        let named = |name: &'static str| node.children().filter(move |inner| inner.has_tag_name(name));
        let pays = match (named("INCLUDES").next(), named("EXCLUDES").next()) {
            (Some(_), Some(second)) => {
                let message = "a hyper-rectangle has `INCLUDES` and `EXCLUDES`".to_owned();
                self.error(GENIUS_BOUND_KINDS, second, message, "write two hyper-rectangles");
                None
            }
            (_, Some(_)) => Some(Pays::Outside),
            _ => Some(Pays::Inside),
        };
        let places = node.children().filter(|inner| inner.has_tag_name("INCLUDES") || inner.has_tag_name("EXCLUDES"));
        let bounds: Vec<Option<ValueBound>> = places.map(|place| self.bound(place, domain, numbered)).collect();
        let bounds: Option<Vec<ValueBound>> = bounds.into_iter().collect();
        Some(HyperRectangle { utility: &utility? * &weight?, pays: pays?, bounds: bounds?, span: span(node) })
    }

    fn bound(
        &mut self,
        node: Node<'_, '_>,
        domain: &Domain,
        numbered: &BTreeMap<i64, Option<Numbered>>,
    ) -> Option<ValueBound> {
        let (index, least, greatest) = (self.whole(node, "index"), self.whole(node, "min"), self.whole(node, "max"));
        let (index, least, greatest) = (index?, least?, greatest?);
        let issue = match numbered.get(&index) {
            Some(Some(issue)) => issue,
            other => {
                let message = match other {
                    None => format!("the domain has no issue {index}"),
                    Some(_) => format!("the values of issue {index} are not whole numbers"),
                };
                self.error(GENIUS_BOUND_ISSUE, node, message, "a bound names an issue over whole numbers by its index");
                return None;
            }
        };
        if least > greatest {
            let message = format!("the bound runs from {least} to {greatest}");
            self.error(GENIUS_BOUND_ORDER, node, message, "write the lesser number as `min`");
            return None;
        }
        if greatest < issue.from || least > issue.to {
            let name = shortened(&domain.issues[issue.position].name);
            let (from, to) = (issue.from, issue.to);
            let message = format!("no value of `{name}` is from {least} to {greatest}; its values are {from} to {to}");
            self.warning(GENIUS_BOUND_EMPTY, node, message);
            return Some(ValueBound { issue: issue.position, least: 1, greatest: 0 });
        }
        let position = |value: i64| (value.clamp(issue.from, issue.to) - issue.from) as u32;
        Some(ValueBound { issue: issue.position, least: position(least), greatest: position(greatest) })
    }

    /// Faults of a greatest or least number.
    fn costs(&mut self, function: Node<'_, '_>, weight: &Exact, rectangles: &[HyperRectangle]) {
        let help = "with `max` and `min`, all utilities and weights are 0 or more";
        if *weight < Exact::ZERO {
            let message = format!("the weight of the `ufun` is {weight}");
            self.error(GENIUS_COST, function, message, help);
        }
        let nodes = function.children().filter(|node| node.has_tag_name("hyperRectangle"));
        for (node, rectangle) in nodes.zip(rectangles).filter(|(_, rectangle)| rectangle.utility < Exact::ZERO) {
            let message = format!("a hyper-rectangle pays {}", rectangle.utility);
            self.error(GENIUS_COST, node, message, help);
        }
    }
}

/// The issues by index; `None` for those whose values are not numbers in a row.
fn numbered(domain: &Domain) -> BTreeMap<i64, Option<Numbered>> {
    let numbers = |(position, issue): (usize, &crate::negotiation_files::DomainIssue)| {
        let values: Option<Vec<i64>> = issue.values.iter().map(|value| value.parse().ok()).collect();
        let row = values.filter(|values| values.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1])));
        let numbered = row.and_then(|row| Some(Numbered { position, from: *row.first()?, to: *row.last()? }));
        (issue.index, numbered)
    };
    domain.issues.iter().enumerate().map(numbers).collect()
}
