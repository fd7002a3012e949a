//! Best replies to all beliefs on some types, exactly.

use detente_base::{Budget, Exact, StopReason};

use super::Message;
use crate::program::{Program, stopped};

/// Most sets of replies that are looked at for one message.
const MOST_SETS: usize = 20_000;

/// Replies that are best together: a largest such set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// The replies, ascending; every mixture of them is a best reply to every belief of the
    /// face.
    pub replies: Vec<usize>,
    /// A belief of the face, by type.
    pub belief: Vec<Exact>,
    /// For each type the least and the greatest that it can be believed with; with two types
    /// these are the beliefs of the face.
    pub range: Vec<[Exact; 2]>,
}

/// The greatest c·x over x ≥ 0 with Σ x ≤ 1 and each of some rows · x ≤ 0, and where.
pub(super) fn greatest(
    rows: &[Vec<Exact>],
    objective: &[Exact],
    budget: &Budget,
) -> Result<(Exact, Vec<Exact>), StopReason> {
    let column = |at: usize| {
        let own = rows.iter().enumerate().filter(|(_, row)| !row[at].is_zero());
        let own = own.map(|(place, row)| (place as u32 + 1, row[at].clone()));
        std::iter::once((0, Exact::ONE)).chain(own).collect()
    };
    let mut right = vec![Exact::ZERO; rows.len() + 1];
    right[0] = Exact::ONE;
    let columns = (0..objective.len()).map(column).collect();
    let program = Program { columns, objective: objective.to_vec(), right, start: None };
    let solution = program.solve(budget).map_err(stopped)?.solution.to_exact();
    let value = solution.iter().zip(objective).map(|(x, c)| x * c).sum();
    Ok((value, solution))
}

/// All faces for beliefs on some types.
pub(super) fn faces(message: &Message, on: &[usize], budget: &Budget) -> Result<Vec<Face>, StopReason> {
    let mut search = Search { message, on, budget, looked: 0, faces: Vec::new() };
    let replies = on.first().map_or(0, |own| message.receiver[*own].len());
    search.extend(&mut Vec::new(), (0..replies).collect())?;
    Ok(search.faces)
}

struct Search<'g> {
    message: &'g Message,
    on: &'g [usize],
    budget: &'g Budget,
    looked: usize,
    faces: Vec<Face>,
}

impl Search<'_> {
    /// Faces that hold some replies and, of those that come later, only candidates.
    fn extend(&mut self, chosen: &mut Vec<usize>, candidates: Vec<usize>) -> Result<(), StopReason> {
        let mut able = Vec::new();
        for reply in candidates {
            chosen.push(reply);
            let is_best = self.belief(chosen)?.is_some();
            chosen.pop();
            if is_best {
                able.push(reply);
            }
        }
        if able.is_empty() {
            return if chosen.is_empty() { Ok(()) } else { self.close(chosen) };
        }
        for at in 0..able.len() {
            chosen.push(able[at]);
            self.extend(chosen, able[at + 1..].to_vec())?;
            chosen.pop();
        }
        Ok(())
    }

    /// Keeps a set of replies if it is a largest one.
    fn close(&mut self, chosen: &[usize]) -> Result<(), StopReason> {
        let holds = |face: &Face| chosen.iter().all(|reply| face.replies.contains(reply));
        if self.faces.iter().any(holds) {
            return Ok(());
        }
        let Some(belief) = self.belief(chosen)? else { return Ok(()) };
        let mut range = vec![[Exact::ZERO, Exact::ZERO]; self.message.actions.len()];
        let rows = self.rows(chosen);
        for (place, own) in self.on.iter().enumerate() {
            let unit = |inside: bool| {
                (0..self.on.len()).map(move |at| if (at == place) == inside { Exact::ONE } else { Exact::ZERO })
            };
            let most = greatest(&rows, &unit(true).collect::<Vec<_>>(), self.budget)?.0;
            let others = greatest(&rows, &unit(false).collect::<Vec<_>>(), self.budget)?.0;
            range[*own] = [&Exact::ONE - &others, most];
        }
        self.faces.push(Face { replies: chosen.to_vec(), belief, range });
        Ok(())
    }

    /// What a belief must not give, for some replies to be best: what another reply gives more
    /// than the first of them, and the first more than the others.
    fn rows(&self, replies: &[usize]) -> Vec<Vec<Exact>> {
        let worth = |reply: usize| self.on.iter().map(move |own| &self.message.receiver[*own][reply]);
        let more = |a: usize, b: usize| worth(a).zip(worth(b)).map(|(a, b)| a - b).collect::<Vec<Exact>>();
        let first = replies[0];
        let all = self.message.receiver[self.on[0]].len();
        let others = (0..all).filter(|reply| *reply != first).map(|reply| more(reply, first));
        others.chain(replies[1..].iter().map(|reply| more(first, *reply))).collect()
    }

    /// A belief under which some replies are best together.
    fn belief(&mut self, replies: &[usize]) -> Result<Option<Vec<Exact>>, StopReason> {
        self.looked += 1;
        if self.looked > MOST_SETS {
            return Err(StopReason::TooManyCases { limit: MOST_SETS as u64 });
        }
        self.budget.check()?;
        let (sum, found) = greatest(&self.rows(replies), &vec![Exact::ONE; self.on.len()], self.budget)?;
        if sum != Exact::ONE {
            return Ok(None);
        }
        let mut belief = vec![Exact::ZERO; self.message.actions.len()];
        self.on.iter().zip(found).for_each(|(own, likely)| belief[*own] = likely);
        Ok(Some(belief))
    }
}
