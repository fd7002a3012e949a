//! Assurances that do not rest on patience: bonds, sanctions by vote or by default, small
//! steps; and the shift of power that no assurance covers.

use detente_base::Exact;
use num_bigint::BigInt;
use num_integer::Integer;

use super::{OutOfRange, chance, positive};

/// The least bond that deters: H = g/(p·e).
///
/// g > 0 is what cheating gains, p > 0 the chance that it is seen, e > 0 the chance that the
/// bond is then kept; H is in units of g.
///
/// # Errors
/// If a number is out of range; without detection or enforcement no bond deters.
///
/// Source: `[Williamson1983]` (hostages). Cost: O(1).
pub fn bond(gain: &Exact, detection: &Exact, enforcement: &Exact) -> Result<Exact, OutOfRange> {
    positive("the gain", gain)?;
    for (what, value) in [("the chance of detection", detection), ("the chance of enforcement", enforcement)] {
        chance(what, value)?;
        positive(what, value)?;
    }
    Ok(gain / &(detection * enforcement))
}

/// The same if the bond is kept only after a time: H = g·exp(r·t)/(p·e).
///
/// r ≥ 0 is the rate at which later amounts count less, t ≥ 0 the time in its unit.
///
/// # Errors
/// If a number is out of range.
pub fn bond_after(
    (gain, detection, enforcement): (&Exact, &Exact, &Exact),
    (rate, time): (f64, f64),
) -> Result<f64, OutOfRange> {
    for (what, value) in [("the rate", rate), ("the time", time)] {
        if !value.is_finite() || value < 0.0 {
            return Err(OutOfRange { what, value: value.to_string(), expected: "a number from 0" });
        }
    }
    Ok(bond(gain, detection, enforcement)?.to_f64() * libm::exp(rate * time))
}

/// Chance of enforcement where it needs a new vote: (1 − v)·w.
///
/// v is the chance of a veto, w that the enforcer is willing.
///
/// # Errors
/// If a number is no chance.
pub fn enforced_by_vote(veto: &Exact, willing: &Exact) -> Result<Exact, OutOfRange> {
    chance("the chance of a veto", veto)?;
    chance("the chance that the enforcer is willing", willing)?;
    Ok(&(&Exact::ONE - veto) * willing)
}

/// Chance of enforcement where sanctions return unless all agree to go on without ("snap
/// back"): w, as the veto is the enforcer's.
///
/// # Errors
/// If the number is no chance.
pub fn enforced_by_default(willing: &Exact) -> Result<Exact, OutOfRange> {
    chance("the chance that the enforcer is willing", willing)?;
    Ok(willing.clone())
}

/// The least number of equal steps in which an exchange is safe: n = ⌈X/H⌉.
///
/// X > 0 is what is exchanged in all, H > 0 what breaking off costs: reputation, or a bond.
/// Who breaks off keeps at most one step, X/n, which is then no more than H.
///
/// # Errors
/// If a number is not above 0.
///
/// Source: `[Osgood1962]`, `[Schelling1960]`. Cost: O(1).
pub fn equal_steps(exchanged: &Exact, bond: &Exact) -> Result<BigInt, OutOfRange> {
    positive("what is exchanged", exchanged)?;
    positive("the bond", bond)?;
    let (numerator, denominator) = (exchanged / bond).to_ratio();
    Ok(numerator.div_ceil(&denominator))
}

/// Whether a declining state attacks before the other grows stronger: δ·p₂ − p₁ > c·(1 − δ)².
///
/// The other wins a war in the first round with chance p₁, later with p₂; what is at stake
/// pays 1 a round. War costs the declining state c ≥ 0, once. It attacks if even all of the
/// first round's stake, and its war value from the second on, are worth less than war now.
///
/// # Errors
/// If a number is out of range; δ is in [0, 1).
///
/// Source: `[Fearon1995, section 3]`. Cost: O(1).
pub fn attacks_now(patience: &Exact, [now, later]: [&Exact; 2], cost: &Exact) -> Result<bool, OutOfRange> {
    chance("the other's chance to win now", now)?;
    chance("the other's chance to win later", later)?;
    if patience.signum() < 0 || *patience >= Exact::ONE {
        let expected = "a number from 0 to below 1";
        return Err(OutOfRange { what: "patience", value: patience.to_string(), expected });
    }
    if cost.signum() < 0 {
        return Err(OutOfRange { what: "the cost of war", value: cost.to_string(), expected: "a number from 0" });
    }
    let rest = &Exact::ONE - patience;
    Ok(&(patience * later) - now > cost * &(&rest * &rest))
}
