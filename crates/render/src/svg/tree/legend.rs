//! What stands above a tree: the game, its players, and what the signs mean.

use detente_analysis::picture::TreePicture;

use super::SIZE;
use super::layout::RADIUS;
use crate::svg::style::{fill, stroke};
use crate::svg::words::{amount, width};
use crate::svg::writer::{At, Writer, number};

/// A line of the legend.
const LINE: f64 = 22.0;

/// The name of a drawing.
pub(super) fn name(picture: &TreePicture) -> String {
    format!("{}: equilibrium {}", one_line(&picture.title), picture.number)
}

/// The title on one line.
fn one_line(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a drawing shows, for who has it read out.
pub(super) fn description(picture: &TreePicture) -> String {
    let players: Vec<String> =
        picture.players.iter().map(|(name, payoff)| format!("{name} expects {}", amount(payoff))).collect();
    format!("A game tree with {} nodes. {}.", picture.nodes.len(), players.join("; "))
}

/// A sign with what it means.
enum Sign {
    Player(usize),
    Chance,
    Set,
    Thick,
    Pale,
    None,
}

/// Draws the legend from the top, and returns where it ends.
pub(super) fn legend(out: &mut Writer, picture: &TreePicture, (left, wide): (f64, f64)) -> f64 {
    let mut y = 30.0;
    let title = crate::svg::words::shortened(&one_line(&picture.title), (wide / 9.5) as usize);
    out.text(At { x: left, y, class: "title" }, &[("", &title)]);
    y += LINE - 2.0;
    let parts: Vec<String> = [Some(format!("Equilibrium {}", picture.number))]
        .into_iter()
        .chain([
            picture.approximate.then(|| "approximate".to_owned()),
            (picture.left_out > 0)
                .then(|| format!("drawn is what is reached; {} other ends are left out", picture.left_out)),
        ])
        .flatten()
        .collect();
    out.text(At { x: left, y, class: "mute" }, &[("", &parts.join("; "))]);
    y += LINE + 2.0;
    let players = picture
        .players
        .iter()
        .enumerate()
        .map(|(at, (name, payoff))| (Sign::Player(at), format!("{} expects", one_line(name)), amount(payoff)));
    y = flow(out, players.collect(), (left, y, wide));
    let plain = |sign: Sign, text: &str| (sign, text.to_owned(), String::new());
    let signs = vec![
        plain(Sign::Chance, "chance"),
        plain(Sign::Pale, "not reached"),
        plain(Sign::Set, "cannot be told apart"),
        plain(Sign::None, "μ belief"),
        plain(Sign::Thick, "thick: likely"),
        plain(Sign::None, "ends: payoffs, chance"),
    ];
    flow(out, signs, (left, y, wide)) + 4.0
}

/// Signs side by side, on as many lines as they need; returns where the next line stands.
fn flow(out: &mut Writer, items: Vec<(Sign, String, String)>, (left, mut y, wide): (f64, f64, f64)) -> f64 {
    let mut x = left;
    for (at, (sign, text, value)) in items.iter().enumerate() {
        let room = match sign {
            Sign::None => 0.0,
            Sign::Set | Sign::Thick => 34.0,
            _ => 24.0,
        };
        let own = room + width(text, SIZE) + 5.0 + width(value, SIZE) + 14.0;
        if at > 0 && x + own > left + wide {
            (x, y) = (left, y + LINE);
        }
        draw(out, sign, (x, y - 4.0));
        let class = if matches!(sign, Sign::Player(_)) { "" } else { "mute" };
        let tail = format!(" {value}");
        let colour = if let Sign::Player(player) = sign { format!("strong {}", fill(*player)) } else { String::new() };
        let parts = [(class, text.as_str()), (colour.as_str(), tail.as_str())];
        out.text(At { x: x + room, y, class: "" }, if value.is_empty() { &parts[..1] } else { &parts });
        x += own;
    }
    y + LINE
}

fn draw(out: &mut Writer, sign: &Sign, (x, y): (f64, f64)) {
    let center = (x + RADIUS, y);
    match sign {
        Sign::Player(player) => super::parts::player(out, *player, center, true),
        Sign::Chance => super::parts::square(out, center, true),
        Sign::Pale => {
            let (cx, cy) = (number(center.0), number(y));
            out.element("circle", &[("class", "hollow faint"), ("cx", &cx), ("cy", &cy), ("r", &number(RADIUS - 1.0))]);
        }
        Sign::Set => {
            let commands = format!("M{} {}h28", number(x), number(y));
            out.path(&format!("set {}", stroke(0)), 1.5, &commands);
        }
        Sign::Thick => {
            let wedge = format!("M{} {}l28 -2.5v5z", number(x), number(y));
            out.element("path", &[("class", "mute"), ("d", &wedge)]);
        }
        Sign::None => {}
    }
}
