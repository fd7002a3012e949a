//! Who bluffs: what a type does more often than it would if its type were known.
//!
//! The game is solved again with all types told to everybody. It has the same nodes, and
//! other information sets; so what a type would do at a set if it were known is the mean over
//! the set's nodes, by what the player believes there.

use detente_base::Exact;
use detente_game::{Assessment, NodeKind};

use super::answer::{BluffView, SetView};
use super::lowered::Lowered;
use super::story::Story;

/// Bluffs at sets that are reached.
pub(super) fn bluffs(
    story: &Story<'_>,
    assessment: &Assessment,
    (known, as_known): &(Lowered, Assessment),
    (views, places): (&[SetView], &[usize]),
) -> Vec<BluffView> {
    let tree = &story.lowered.tree;
    let mut found = Vec::new();
    for (set, place) in story.lowered.sets.iter().zip(places) {
        let view = &views[*place];
        let Some(own_type) = &view.own_type else { continue };
        if view.reached.is_zero() {
            continue;
        }
        let beliefs = assessment.beliefs(tree, set.infoset);
        for (at, action) in view.actions.iter().enumerate() {
            let mut if_known = Exact::ZERO;
            for (node, belief) in tree.members(set.infoset).iter().zip(&beliefs) {
                let NodeKind::Move(there) = known.tree.kind(*node) else { continue };
                let same = known.tree.infoset(there).actions.start + at;
                if_known = &if_known + &(belief * as_known.behaviour().of(same));
            }
            if action.chance > if_known {
                found.push(BluffView {
                    party: view.party.clone(),
                    own_type: own_type.clone(),
                    set: *place,
                    what: view.what.clone(),
                    value: action.value.clone(),
                    chance: action.chance.clone(),
                    if_known,
                });
            }
        }
    }
    found.sort_by_key(|bluff| bluff.set);
    found
}
