//! Bounded convex sets with their vertices, in exact numbers.

use detente_base::Exact;

/// The points p with normal · p ≤ bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Half {
    pub(crate) normal: Vec<Exact>,
    pub(crate) bound: Exact,
    /// Whether points with equality belong to what it bounds. The geometry is that of
    /// closed sets.
    pub(crate) closed: bool,
}

impl Half {
    /// How far a point lies outside; negative inside.
    pub(crate) fn excess(&self, point: &[Exact]) -> Exact {
        let sum = self.normal.iter().zip(point).fold(Exact::ZERO, |sum, (a, x)| &sum + &(a * x));
        &sum - &self.bound
    }

    /// The other side.
    pub(crate) fn opposite(&self) -> Self {
        Self { normal: self.normal.iter().map(|a| -a).collect(), bound: -&self.bound, closed: !self.closed }
    }
}

/// A bounded set with an interior: an intersection of half-spaces.
#[derive(Clone, Debug)]
pub(crate) struct Polytope {
    halves: Vec<Half>,
    vertices: Vec<Vertex>,
}

#[derive(Clone, Debug)]
struct Vertex {
    at: Vec<Exact>,
    /// Positions of the half-spaces on whose boundary it lies, ascending.
    tight: Vec<usize>,
}

/// What is left of a set inside a half-space.
pub(crate) enum Clipped {
    /// All of it.
    Whole,
    /// Nothing with an interior.
    Nothing,
    /// A part.
    Part(Polytope),
}

impl Polytope {
    /// The box of the ranges, each from a lower to a larger number.
    pub(crate) fn cuboid(ranges: &[(Exact, Exact)]) -> Self {
        let unit = |index: usize, sign: i64| -> Vec<Exact> {
            (0..ranges.len()).map(|i| if i == index { Exact::from(sign) } else { Exact::ZERO }).collect()
        };
        let mut halves = Vec::new();
        for (index, (low, high)) in ranges.iter().enumerate() {
            halves.push(Half { normal: unit(index, -1), bound: -low, closed: true });
            halves.push(Half { normal: unit(index, 1), bound: high.clone(), closed: true });
        }
        let vertices = (0..1_usize << ranges.len())
            .map(|corner| {
                let top = |index: usize| corner >> index & 1;
                Vertex {
                    at: (ranges.iter().enumerate())
                        .map(|(i, (low, high))| if top(i) == 1 { high.clone() } else { low.clone() })
                        .collect(),
                    tight: (0..ranges.len()).map(|i| 2 * i + top(i)).collect(),
                }
            })
            .collect();
        Self { halves, vertices }
    }

    /// The part inside a half-space.
    ///
    /// New vertices lie on edges that the boundary crosses; two vertices share an edge iff
    /// no third lies on all boundaries that both lie on.
    pub(crate) fn clip(&self, half: &Half) -> Clipped {
        let excess: Vec<Exact> = self.vertices.iter().map(|v| half.excess(&v.at)).collect();
        if excess.iter().all(|e| e.signum() <= 0) {
            return Clipped::Whole;
        }
        if excess.iter().all(|e| e.signum() >= 0) {
            return Clipped::Nothing;
        }
        let new = self.halves.len();
        let mut vertices: Vec<Vertex> = Vec::new();
        for (vertex, excess) in self.vertices.iter().zip(&excess).filter(|(_, e)| e.signum() <= 0) {
            let mut kept = vertex.clone();
            if excess.is_zero() {
                kept.tight.push(new);
            }
            vertices.push(kept);
        }
        let side = |sign: i8| (0..self.vertices.len()).filter(|v| excess[*v].signum() == sign).collect::<Vec<_>>();
        let outside = side(1);
        for inner in side(-1) {
            for &outer in &outside {
                let Some(mut tight) = self.edge(inner, outer) else { continue };
                let (a, b) = (&self.vertices[inner].at, &self.vertices[outer].at);
                let along = (-&excess[inner])
                    .checked_div(&(&excess[outer] - &excess[inner]))
                    .expect("the signs differ, so that the difference is not zero");
                let at = a.iter().zip(b).map(|(x, y)| x + &(&(y - x) * &along)).collect();
                tight.push(new);
                vertices.push(Vertex { at, tight });
            }
        }
        let mut halves = self.halves.clone();
        halves.push(half.clone());
        Clipped::Part(Self { halves, vertices })
    }

    /// The boundaries that two vertices share, if an edge joins them.
    fn edge(&self, a: usize, b: usize) -> Option<Vec<usize>> {
        let (first, second) = (&self.vertices[a], &self.vertices[b]);
        let shared: Vec<usize> =
            first.tight.iter().copied().filter(|h| second.tight.binary_search(h).is_ok()).collect();
        if shared.len() + 1 < first.at.len() {
            return None;
        }
        let contains = |vertex: &Vertex| shared.iter().all(|h| vertex.tight.binary_search(h).is_ok());
        let third = self.vertices.iter().enumerate().any(|(index, v)| index != a && index != b && contains(v));
        (!third).then_some(shared)
    }

    /// A point of the interior: a mean of the vertices, with other weights for each `turn`.
    pub(crate) fn inner_point(&self, turn: i64) -> Vec<Exact> {
        let weights: Vec<Exact> =
            (0..self.vertices.len() as i64).map(|index| Exact::from(1 + index * turn % 7)).collect();
        let whole: Exact = weights.iter().cloned().sum();
        (0..self.vertices[0].at.len())
            .map(|axis| {
                let terms = self.vertices.iter().zip(&weights).map(|(v, w)| &v.at[axis] * w);
                terms.sum::<Exact>().checked_div(&whole).expect("weights are positive")
            })
            .collect()
    }

    /// The half-spaces that bound it, those that others make superfluous left out.
    pub(crate) fn facets(&self) -> Vec<&Half> {
        let on = |half: usize| -> Vec<usize> {
            (0..self.vertices.len()).filter(|v| self.vertices[*v].tight.binary_search(&half).is_ok()).collect()
        };
        let faces: Vec<Vec<usize>> = (0..self.halves.len()).map(on).collect();
        let inside = |a: &Vec<usize>, b: &Vec<usize>| a.iter().all(|v| b.contains(v));
        // A facet is a face that lies in no other.
        let is_facet = |half: usize| {
            !faces[half].is_empty()
                && !faces.iter().enumerate().any(|(other, face)| {
                    other != half && inside(&faces[half], face) && (!inside(face, &faces[half]) || other < half)
                })
        };
        (0..self.halves.len()).filter(|half| is_facet(*half)).map(|half| &self.halves[half]).collect()
    }

    /// All half-spaces that it was cut with.
    pub(crate) fn halves(&self) -> &[Half] {
        &self.halves
    }

    /// Whether it contains another, boundaries included.
    pub(crate) fn contains(&self, other: &Self) -> bool {
        other.vertices.iter().all(|v| self.halves.iter().all(|half| half.excess(&v.at).signum() <= 0))
    }

    /// The vertex with the least coordinate on an axis.
    pub(crate) fn least(&self, axis: usize) -> &[Exact] {
        let by = |a: &&Vertex, b: &&Vertex| a.at[axis].cmp(&b.at[axis]).then_with(|| a.at.cmp(&b.at));
        &self.vertices.iter().min_by(by).expect("a set with an interior has vertices").at
    }

    /// Length or area; `None` in three dimensions or more.
    pub(crate) fn measure(&self) -> Option<Exact> {
        match self.vertices[0].at.len() {
            1 => {
                let ends = self.vertices.iter().map(|v| &v.at[0]);
                Some(ends.clone().max()? - ends.min()?)
            }
            2 => Some(self.area()),
            _ => None,
        }
    }

    /// Triangles between the first vertex and each edge that does not touch it.
    fn area(&self) -> Exact {
        let origin = &self.vertices[0].at;
        let mut twice = Exact::ZERO;
        for a in 1..self.vertices.len() {
            for b in a + 1..self.vertices.len() {
                if self.edge(a, b).is_some() {
                    let (u, v) = (&self.vertices[a].at, &self.vertices[b].at);
                    let cross = &(&(&u[0] - &origin[0]) * &(&v[1] - &origin[1]))
                        - &(&(&u[1] - &origin[1]) * &(&v[0] - &origin[0]));
                    twice = &twice + &if cross.signum() < 0 { -cross } else { cross };
                }
            }
        }
        &twice * &Exact::ratio(1, 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_base::Pcg;

    fn half(normal: &[i64], bound: i64) -> Half {
        Half { normal: normal.iter().map(|n| Exact::from(*n)).collect(), bound: Exact::from(bound), closed: true }
    }

    fn unit_box(dimensions: usize) -> Polytope {
        Polytope::cuboid(&vec![(Exact::ZERO, Exact::from(10)); dimensions])
    }

    #[test]
    fn a_square_is_cut_into_a_triangle_and_a_pentagon() {
        let square = unit_box(2);
        assert_eq!(square.measure(), Some(Exact::from(100)));
        let cut = half(&[1, 1], 5);
        let (Clipped::Part(triangle), Clipped::Part(rest)) = (square.clip(&cut), square.clip(&cut.opposite())) else {
            panic!("the line crosses the square");
        };
        assert_eq!((triangle.facets().len(), rest.facets().len()), (3, 5));
        assert_eq!(triangle.measure(), Some(Exact::ratio(25, 2)));
        assert_eq!(rest.measure(), Some(Exact::ratio(175, 2)));
        assert!(square.contains(&triangle) && !triangle.contains(&rest));
        assert!(matches!(triangle.clip(&half(&[1, 0], 5)), Clipped::Whole));
        assert!(matches!(triangle.clip(&half(&[-1, 0], -5)), Clipped::Nothing));
    }

    /// Random cuts of boxes: the two parts add up, and each vertex satisfies all cuts.
    #[test]
    fn parts_add_up_and_vertices_are_feasible() {
        let mut rng = Pcg::new(5);
        for round in 0..300 {
            let dimensions = 1 + round % 4;
            let mut whole = unit_box(dimensions);
            for _ in 0..6 {
                let normal: Vec<i64> = (0..dimensions).map(|_| i64::from(rng.below(7)) - 3).collect();
                let cut = half(&normal, i64::from(rng.below(40)) - 10);
                let Clipped::Part(inside) = whole.clip(&cut) else { continue };
                let Clipped::Part(outside) = whole.clip(&cut.opposite()) else { panic!("both sides have a part") };
                if let (Some(a), Some(b), Some(sum)) = (inside.measure(), outside.measure(), whole.measure()) {
                    assert_eq!(&a + &b, sum);
                }
                for turn in 0..3 {
                    let point = inside.inner_point(turn);
                    assert!(
                        inside
                            .halves()
                            .iter()
                            .all(|h| h.excess(&point).signum() < 0 || h.normal.iter().all(Exact::is_zero))
                    );
                }
                for vertex in &inside.vertices {
                    assert!(inside.halves.iter().all(|h| h.excess(&vertex.at).signum() <= 0));
                    assert!(vertex.tight.iter().all(|h| inside.halves[*h].excess(&vertex.at).is_zero()));
                    assert!(vertex.tight.len() >= dimensions);
                }
                // What the facets alone bound is the same set.
                let mut by_facets = unit_box(dimensions);
                for facet in inside.facets() {
                    if let Clipped::Part(part) = by_facets.clip(facet) {
                        by_facets = part;
                    }
                }
                assert!(by_facets.contains(&inside) && inside.contains(&by_facets));
                whole = inside;
            }
        }
    }
}
