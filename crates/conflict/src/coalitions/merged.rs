//! Groups that have become one decision maker each.

use detente_base::{Budget, StopReason};
use fixedbitset::FixedBitSet;

use super::coalition::Coalition;
use super::concept::CoalitionConcept;
use super::ends::{Ends, Groups};
use super::player::Player;
use super::pool::{Reading, telling_ranks};
use super::verdicts::Contest;
use crate::model::{DmId, Model, ModelBuilder, ranks_from_scores};

/// For each block of decision makers and concept, the states that it has no reason to
/// leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedSolution {
    blocks: Vec<Coalition>,
    state_count: usize,
    stable: Vec<[FixedBitSet; 4]>,
}

/// Finds the stable states of the conflict in which each block is one decision maker.
///
/// A block changes coordinates of all its members at once, in one move; listed moves
/// stay moves of their own. It sees what one of its members sees. A state is better for
/// it than another as the reading says. The concepts are R, GMR, SMR and SEQ with these
/// moves and improvements: a reply is a legal sequence of the other blocks, and deters
/// if its result is not better for the block; under SEQ each of its steps is better for
/// the block that makes it. Blocks of one decision maker give R, GMR, SMR and SEQ.
///
/// It differs from coalition stability in two ways: only these blocks act together, and
/// what they pass on the way need not be feasible.
///
/// Source: gmcr-py 0.4.1, whose coalitions are such blocks in the strict reading.
/// Cost: as one coalition of each size in [`solve_coalitions`](super::solve_coalitions).
///
/// # Errors
/// When the stopper is raised, or listed moves or ends exceed the budget.
///
/// # Panics
/// If the blocks are not a partition of the decision makers.
pub fn solve_merged(
    model: &Model,
    blocks: &[Coalition],
    reading: Reading,
    budget: &Budget,
) -> Result<MergedSolution, StopReason> {
    let merged = merged_model(model, blocks);
    let ranks: Vec<Vec<u32>> = model.decision_makers().map(|dm| ranks_from_scores(model.ranks(dm))).collect();
    let groups = Groups::new(&merged, budget)?;
    let mut players: Vec<Option<Player<'_>>> = Vec::new();
    for (block, dm) in blocks.iter().zip(merged.decision_makers()) {
        players.push(match telling_ranks(reading, &ranks, *block) {
            Some(telling) => Some(Player::new(telling, groups.ends(&[dm], budget)?)),
            None => None,
        });
    }
    let mut stable = Vec::new();
    for dm in merged.decision_makers() {
        let others: Vec<DmId> = merged.decision_makers().filter(|other| *other != dm).collect();
        let replies: Ends = groups.ends(&others, budget)?;
        let contest = Contest {
            player: players[dm.index()].as_ref(),
            replies: &replies,
            credible: Some(others.iter().filter_map(|other| players[other.index()].as_ref()).collect()),
            reading,
            state_count: model.state_count(),
        };
        stable.push(contest.stable(budget)?.map(|set| set.expect("the groups of others are given")));
    }
    Ok(MergedSolution { blocks: blocks.to_vec(), state_count: model.state_count(), stable })
}

/// The conflict in which each block is one decision maker; its ranks mean nothing.
///
/// # Panics
/// If the blocks are not a partition of the decision makers.
pub(crate) fn merged_model(model: &Model, blocks: &[Coalition]) -> Model {
    let block_of = |dm: DmId| {
        let mut found = (0..blocks.len()).filter(|block| blocks[*block].contains(dm));
        match (found.next(), found.next()) {
            (Some(block), None) => DmId::from_index(block),
            _ => panic!("blocks are a partition of the decision makers"),
        }
    };
    let mut builder = ModelBuilder::new(model.space().clone());
    for block in blocks {
        let members: Vec<DmId> = block.members().collect();
        let names: Vec<&str> = members.iter().map(|dm| model.name(*dm)).collect();
        let dm = builder.decision_maker(names.join(" + "));
        let hidden = |code: &usize| members.iter().all(|member| !model.sees(*member, *code as u32));
        let mut unseen = FixedBitSet::with_capacity(model.space().code_count());
        unseen.extend((0..model.space().code_count()).filter(hidden));
        if !unseen.is_clear() {
            builder.unseen(dm, unseen);
        }
    }
    for coordinate in 0..model.space().coordinate_count() {
        if let Some(owner) = model.owner(coordinate) {
            builder.control(block_of(owner), coordinate, model.transitions(coordinate).clone());
        }
    }
    for dm in model.decision_makers() {
        let seen = |(from, to): &(u32, u32)| model.sees(dm, *from) && model.sees(dm, *to);
        builder.arcs(block_of(dm), model.arcs(dm).iter().copied().filter(seen));
    }
    builder.build().expect("a merged model is as sound as the one it is made from")
}

impl MergedSolution {
    /// The blocks, in the order of the question.
    pub fn blocks(&self) -> &[Coalition] {
        &self.blocks
    }

    /// The states that a block, by position, has no reason to leave. The concept stands
    /// for the one that it extends.
    pub fn stable(&self, concept: CoalitionConcept, block: usize) -> &FixedBitSet {
        &self.stable[block][concept.index()]
    }

    /// The states that no block has a reason to leave.
    pub fn equilibria(&self, concept: CoalitionConcept) -> FixedBitSet {
        let mut all = FixedBitSet::with_capacity(self.state_count);
        all.insert_range(..);
        self.stable.iter().for_each(|sets| all.intersect_with(&sets[concept.index()]));
        all
    }
}
