//! Colours and letters.

/// Colours that tell players and lines apart; further ones begin again.
pub(super) const COLORS: usize = 6;

/// Classes: `p0` to `p5` fill, `s0` to `s5` draw lines.
pub(super) const STYLE: &str = "\
text{font:12px system-ui,'Segoe UI','Helvetica Neue',Arial,sans-serif;fill:#1f2328;stroke:#fff;stroke-width:3px;stroke-linejoin:round;paint-order:stroke}
.title{font-size:17px;font-weight:600}.strong{font-weight:600}.small{font-size:11px}
.mute{fill:#59616b}.end{text-anchor:end}.mid{text-anchor:middle}.bare{stroke:none}
.ground{fill:#fff}.hollow{fill:#fff;stroke-width:2px}.on{fill:#fff;stroke:none}
.line{fill:none;stroke-linecap:butt;stroke-linejoin:round}.faint{stroke:#b3bac2}.ink{stroke:#59616b}.grid{stroke:#e3e6ea}
.pale{opacity:.4}
.set{fill:none;stroke-dasharray:5 4;stroke-width:1.5px}.mark{stroke:#59616b;stroke-dasharray:2 3}
.p0{fill:#0067a6}.p1{fill:#b84500}.p2{fill:#00795a}.p3{fill:#a03a78}.p4{fill:#7d5f00}.p5{fill:#4b5fb8}
.s0{stroke:#0072b2}.s1{stroke:#d55e00}.s2{stroke:#009e73}.s3{stroke:#c05c98}.s4{stroke:#b88a00}.s5{stroke:#5b72d8}
@media (prefers-color-scheme:dark){
text{fill:#e6e8eb;stroke:#16191d}.mute{fill:#a3abb5}
.ground{fill:#16191d}.hollow{fill:#16191d}.on{fill:#16191d}
.faint{stroke:#4d545d}.ink,.mark{stroke:#a3abb5}.grid{stroke:#2b3036}
.p0{fill:#66bdf0}.p1{fill:#ff9a5c}.p2{fill:#3fd0a4}.p3{fill:#eb9fca}.p4{fill:#e6bd4a}.p5{fill:#a9b8ff}
.s0{stroke:#56b4e9}.s1{stroke:#f0813a}.s2{stroke:#2bbf93}.s3{stroke:#dd86b8}.s4{stroke:#d9ae35}.s5{stroke:#8fa2ff}
}
";

/// The class that fills in the colour of a player or line.
pub(super) fn fill(at: usize) -> &'static str {
    ["p0", "p1", "p2", "p3", "p4", "p5"][at % COLORS]
}

/// The class that draws in the colour of a player or line.
pub(super) fn stroke(at: usize) -> &'static str {
    ["s0", "s1", "s2", "s3", "s4", "s5"][at % COLORS]
}
