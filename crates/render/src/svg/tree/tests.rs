use detente_analysis::picture::{PictureKind, PictureNode, TreePicture};
use detente_base::Exact;
use proptest::prelude::*;

use super::layout::{Cell, RADIUS, Spot, layout};
use super::tree_svg;

/// Trees of any shape, each node before what follows it, with sets among nodes of a column.
fn trees() -> impl Strategy<Value = Vec<Cell>> {
    let node = (0..100_usize, 8.0..90.0, 0.0..120.0, any::<bool>(), 0..12_usize);
    prop::collection::vec(node, 1..90).prop_map(|all| {
        let mut cells: Vec<Cell> = Vec::new();
        for (choice, left, right, under, set) in all {
            // A new node follows the last one or one of those before it on the way.
            let mut way: Vec<usize> = Vec::new();
            let mut next = cells.len().checked_sub(1);
            while let Some(at) = next {
                way.push(at);
                next = cells[at].parent;
            }
            let parent = (!way.is_empty()).then(|| way[choice % way.len()]);
            cells.push(Cell { parent, left, right, under, set: (set < 6).then_some(set) });
        }
        let mut inner = vec![false; cells.len()];
        cells.iter().filter_map(|cell| cell.parent).for_each(|parent| inner[parent] = true);
        for (cell, inner) in cells.iter_mut().zip(inner) {
            // Only ends have text behind them, and only others a set.
            cell.right = if inner { 0.0 } else { cell.right };
            cell.set = cell.set.filter(|_| inner);
        }
        cells
    })
}

fn meet(a: &Spot, b: &Spot) -> bool {
    let near = 1e-9;
    a.frame[0] + near < b.frame[2]
        && b.frame[0] + near < a.frame[2]
        && a.frame[1] + near < b.frame[3]
        && b.frame[1] + near < a.frame[3]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn frames_do_not_overlap_and_lines_through_sets_meet_no_other_node(cells in trees()) {
        let placed = layout(&cells);
        let spots = &placed.spots;
        for (at, spot) in spots.iter().enumerate() {
            prop_assert!(spot.frame[0] >= 0.0 && spot.frame[1] >= -1e-9);
            prop_assert!(spot.frame[2] <= placed.width && spot.frame[3] <= placed.height);
            for other in &spots[at + 1..] {
                prop_assert!(!meet(spot, other), "{spot:?} meets {other:?}");
            }
        }
        for (at, cell) in cells.iter().enumerate() {
            let same = (0..at).rev().find(|other| cell.set.is_some() && cells[*other].set == cell.set
                && spots[*other].depth == spots[at].depth);
            let Some(before) = same else { continue };
            prop_assert!((spots[before].x - spots[at].x).abs() < 1e-9);
            for between in (0..cells.len()).filter(|other| *other != at && *other != before) {
                let there = &spots[between];
                let passed = there.y > spots[before].y && there.y < spots[at].y && there.depth == spots[at].depth;
                prop_assert!(!passed || (there.x - spots[at].x).abs() > RADIUS);
            }
        }
    }

    #[test]
    fn whoever_moves_stands_half_way_between_first_and_last(cells in trees()) {
        let spots = layout(&cells).spots;
        for at in 0..cells.len() {
            let after: Vec<f64> = (0..cells.len()).filter(|other| cells[*other].parent == Some(at))
                .map(|other| spots[other].y).collect();
            if let (Some(first), Some(last)) = (after.first(), after.last()) {
                prop_assert!((f64::midpoint(*first, *last) - spots[at].y).abs() < 1e-6);
                prop_assert!(after.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
    }
}

fn node(parent: Option<usize>, action: &str, chance: Exact, kind: PictureKind) -> PictureNode {
    let (about, belief) = (String::new(), None);
    PictureNode { parent, action: action.to_owned(), reach: chance.clone(), chance, kind, about, belief }
}

fn picture() -> TreePicture {
    let end = |a, b| PictureKind::End(vec![Exact::from(a), Exact::ratio(b, 3)]);
    let set = |player| PictureKind::Player { player, set: 1 };
    let mut nodes = vec![
        node(None, "", Exact::ONE, PictureKind::Chance),
        node(Some(0), "a < b & \"c\"", Exact::ratio(2, 7), set(1)),
        node(Some(1), "stay", Exact::ratio(1, 3), end(1, -2)),
        node(Some(1), "go\u{1}", Exact::ratio(2, 3), end(0, 1)),
        node(Some(0), "]]> -->", Exact::ratio(5, 7), set(1)),
        node(Some(4), "stay", Exact::ratio(1, 3), end(1, 1)),
        node(Some(4), "go", Exact::ratio(2, 3), end(-1, 1)),
    ];
    nodes[1].belief = Some(Exact::ratio(2, 7));
    nodes[4].belief = Some(Exact::ratio(5, 7));
    nodes[4].about = "<threat>".to_owned();
    TreePicture {
        title: "Tom & <Jerry>".to_owned(),
        number: 1,
        players: vec![("Tom & Co".to_owned(), Exact::ratio(1, 9)), ("<Jerry>".to_owned(), Exact::ZERO)],
        nodes,
        left_out: 3,
        approximate: false,
    }
}

#[test]
fn drawings_are_well_formed_and_say_what_the_picture_holds() {
    let drawn = tree_svg(&picture());
    assert_eq!(drawn, tree_svg(&picture()), "equal data give equal bytes");
    let document = roxmltree::Document::parse(&drawn).expect("XML");
    assert_eq!(document.root_element().tag_name().name(), "svg");
    let of = |name: &str| -> Vec<String> {
        let found = document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)));
        found
            .map(|node| node.descendants().filter_map(|part| part.text().filter(|_| part.is_text())).collect())
            .collect()
    };
    let texts = of("text");
    for shown in ["a < b & \"c\"", "]]> -->", "2/7", "5/7", "1/3", "μ 2/7", "<threat>  μ 5/7", "Tom & Co expects 1/9"]
    {
        assert!(texts.iter().any(|text| text == shown), "{shown}: {texts:?}");
    }
    assert!(texts.iter().any(|text| text.starts_with("1, −2/3")), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("3 other ends are left out")));
    let titles = of("title");
    assert_eq!(titles[0], "Tom & <Jerry>: equilibrium 1");
    assert!(titles.iter().any(|title| title == "chance: a < b & \"c\" with 2/7"));
    assert!(titles.iter().any(|title| title == "<Jerry>; <threat>; reached with 5/7; believed with 5/7"));
}

#[test]
fn probabilities_that_are_near_are_no_fractions() {
    let near = TreePicture { approximate: true, ..picture() };
    let drawn = tree_svg(&near);
    assert!(drawn.contains("≈0.2857") && !drawn.contains("2/7"));
}
