//! What a vector of amounts would have to beat to be new.
//!
//! A *corner* u stands for all vectors v with vᵢ > uᵢ for every party i. The corners of some
//! points are such that exactly the vectors that no point weakly dominates beat one of them.
//!
//! Source: `[KlamrothLacourVanderpooten2015]`.

/// Points and their corners.
pub(super) struct Corners {
    /// Points none of which weakly dominates another, with a package of each.
    points: Vec<(Vec<i128>, Vec<u32>)>,
    corners: Vec<Vec<i128>>,
}

impl Corners {
    /// No points: every vector above these amounts is new.
    pub(super) fn new(below: Vec<i128>) -> Self {
        Self { points: Vec::new(), corners: vec![below] }
    }

    pub(super) fn corners(&self) -> &[Vec<i128>] {
        &self.corners
    }

    /// The points in descending order.
    pub(super) fn into_points(mut self) -> Vec<(Vec<i128>, Vec<u32>)> {
        self.points.sort_by(|a, b| b.cmp(a));
        self.points
    }

    pub(super) fn points(&self) -> &[(Vec<i128>, Vec<u32>)] {
        &self.points
    }

    /// Adds a point unless one weakly dominates it; points that it dominates go.
    pub(super) fn add(&mut self, amounts: &[i128], package: &[u32]) -> bool {
        let beats = |corner: &Vec<i128>| amounts.iter().zip(corner).all(|(amount, least)| amount > least);
        let (beaten, mut kept): (Vec<_>, Vec<_>) = self.corners.drain(..).partition(beats);
        if beaten.is_empty() {
            self.corners = kept;
            return false;
        }
        // Those that are moved up in one coordinate; of those that another includes, none.
        let mut moved: Vec<Vec<i128>> = Vec::new();
        for corner in beaten {
            for (at, amount) in amounts.iter().enumerate() {
                let mut next = corner.clone();
                next[at] = *amount;
                moved.push(next);
            }
        }
        moved.sort();
        moved.dedup();
        let includes = |a: &Vec<i128>, b: &Vec<i128>| a != b && a.iter().zip(b).all(|(a, b)| a <= b);
        let needless = |corner: &Vec<i128>| kept.iter().chain(&moved).any(|other| includes(other, corner));
        let needed: Vec<Vec<i128>> = moved.iter().filter(|corner| !needless(corner)).cloned().collect();
        kept.extend(needed);
        kept.sort();
        kept.dedup();
        self.corners = kept;
        self.points.retain(|(other, _)| !other.iter().zip(amounts).all(|(other, amount)| other <= amount));
        self.points.push((amounts.to_vec(), package.to_vec()));
        true
    }
}
