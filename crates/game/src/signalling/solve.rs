//! Types that are excluded, and whether an equilibrium survives that.

use detente_base::{Budget, Exact, StopReason};

use super::faces::{faces, greatest};
use super::{Criterion, Exclusion, Face, Message, MessageTest, Refined, SignallingGame, Support, Untested};
use crate::regret::on_tree;
use crate::{Behaviour, Tree};

impl SignallingGame {
    /// What a criterion says of an equilibrium of the tree that this game is a view of; for an
    /// [`Assessment`](crate::Assessment) of its behaviour: criteria ask of outcomes.
    ///
    /// Source: `[ChoKreps1987, IV]`. Cost: for each message that nobody sends a linear
    /// programme for each set of replies that are best together under some belief, and with D1
    /// one for each two types and largest such set.
    ///
    /// # Errors
    /// When the strategies are no equilibrium, some message has too many such sets, or the
    /// budget is used up.
    ///
    /// # Panics
    /// If the tree is another.
    pub fn tested(
        &self,
        (tree, behaviour): (&Tree, &Behaviour),
        criterion: Criterion,
        budget: &Budget,
    ) -> Result<Refined, Untested> {
        let regret = on_tree(tree, behaviour).expect("everybody moves once");
        if !regret.is_equilibrium() {
            return Err(Untested::NotEquilibrium(regret));
        }
        let payoffs = self.payoffs(tree, behaviour);
        let tests = self.unsent(behaviour).into_iter().map(|at| {
            let message = &self.messages[at];
            Question::new(message, &payoffs).answer(at, criterion, budget)
        });
        let messages = tests.collect::<Result<_, StopReason>>()?;
        Ok(Refined { criterion, payoffs, messages })
    }
}

/// A message that nobody sends.
struct Question<'g> {
    message: &'g Message,
    /// Types that can send it.
    able: Vec<usize>,
    /// For each type and reply what the type would gain.
    gains: Vec<Vec<Exact>>,
}

impl<'g> Question<'g> {
    fn new(message: &'g Message, payoffs: &[Exact]) -> Self {
        let able = (0..payoffs.len()).filter(|own| message.actions[*own].is_some()).collect();
        let gain = |(worths, now): (&Vec<Exact>, &Exact)| worths.iter().map(|worth| worth - now).collect();
        let gains = message.sender.iter().zip(payoffs).map(gain).collect();
        Self { message, able, gains }
    }

    fn answer(&self, at: usize, criterion: Criterion, budget: &Budget) -> Result<MessageTest, StopReason> {
        let all = faces(self.message, &self.able, budget)?;
        let mut excluded = Vec::new();
        for own in &self.able {
            let why = match criterion {
                Criterion::Intuitive | Criterion::EquilibriumDominance => self.dominated(*own, &all),
                Criterion::D1 => self.less_keen(*own, &all, budget)?,
            };
            excluded.extend(why.map(|why| (*own, why)));
        }
        let is_kept = |own: &usize| excluded.iter().all(|(other, _)| other != own);
        let mut kept: Vec<usize> = self.able.iter().copied().filter(is_kept).collect();
        if kept.is_empty() {
            kept.clone_from(&self.able);
        }
        let kept_faces = faces(self.message, &kept, budget)?;
        let least = |own: &usize| {
            let gains = kept_faces.iter().flat_map(|face| &face.replies).map(|reply| &self.gains[*own][*reply]);
            let least = gains.min().expect("some reply is best").clone();
            (least.signum() > 0).then_some((*own, least))
        };
        let gains = self.able.iter().filter_map(least).collect();
        let support = self.support(&kept_faces, budget)?;
        Ok(MessageTest { message: at, faces: all, excluded, kept, kept_faces, gains, support })
    }

    /// The best reply that a type would like best, and what it would gain.
    fn hope(&self, own: usize, faces: &[Face]) -> (usize, &Exact) {
        let replies = faces.iter().flat_map(|face| &face.replies);
        let all = replies.map(|reply| (*reply, &self.gains[own][*reply]));
        all.max_by_key(|(_, gain)| *gain).expect("some reply is best")
    }

    fn dominated(&self, own: usize, faces: &[Face]) -> Option<Exclusion> {
        let (reply, gain) = self.hope(own, faces);
        (gain.signum() < 0).then(|| Exclusion::Dominated { reply, gain: gain.clone() })
    }

    /// Whether another type gains by every best reply by which this one does not lose.
    fn less_keen(&self, own: usize, faces: &[Face], budget: &Budget) -> Result<Option<Exclusion>, StopReason> {
        for than in self.able.iter().filter(|than| **than != own) {
            let (reply, gain) = self.hope(*than, faces);
            if gain.signum() <= 0 {
                continue;
            }
            // A mixture by which this type does not lose and the other does not gain.
            let mut counter = false;
            for face in faces {
                let losses = face.replies.iter().map(|reply| -&self.gains[own][*reply]).collect();
                let gains = face.replies.iter().map(|reply| self.gains[*than][*reply].clone()).collect();
                counter = counter || mixture(&[losses, gains], budget)?.is_some();
            }
            if !counter {
                return Ok(Some(Exclusion::LessKeen { than: *than, reply, gain: gain.clone() }));
            }
        }
        Ok(None)
    }

    /// A best reply by which no type gains.
    fn support(&self, faces: &[Face], budget: &Budget) -> Result<Option<Support>, StopReason> {
        for face in faces {
            let gains = |own: &usize| face.replies.iter().map(|reply| self.gains[*own][*reply].clone()).collect();
            let rows: Vec<Vec<Exact>> = self.able.iter().map(gains).collect();
            if let Some(found) = mixture(&rows, budget)? {
                let mut mixture = vec![Exact::ZERO; self.gains[self.able[0]].len()];
                face.replies.iter().zip(found).for_each(|(reply, likely)| mixture[*reply] = likely);
                return Ok(Some(Support { belief: face.belief.clone(), mixture }));
            }
        }
        Ok(None)
    }
}

/// Weights that add up to one and make none of some rows positive.
fn mixture(rows: &[Vec<Exact>], budget: &Budget) -> Result<Option<Vec<Exact>>, StopReason> {
    let (sum, found) = greatest(rows, &vec![Exact::ONE; rows[0].len()], budget)?;
    Ok((sum == Exact::ONE).then_some(found))
}
