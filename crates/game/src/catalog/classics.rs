//! Games that the literature argues about.

use detente_base::Exact;

use crate::{InfosetId, Mover, PlayerId, Tree, TreeBuilder, TreeError};

fn whole(payoffs: &[i64]) -> Vec<Exact> {
    payoffs.iter().map(|payoff| Exact::from(*payoff)).collect()
}

fn player(index: usize) -> Mover {
    Mover::Player(PlayerId::from_index(index))
}

/// Selten's horse: the first of three players goes down or across, after which the second
/// does; the third moves left or right if somebody went down, not knowing who.
///
/// Payoffs: (1, 1, 1) if nobody goes down; down by the first (3, 3, 2) left and (0, 0, 0)
/// right; down by the second (4, 4, 0) left and (0, 0, 1) right. Two components of Nash
/// equilibria: down, across with chance ≥ 1/3, left; and across, across, left with
/// chance ≤ 1/4. Only the second are sequential. The game is its own only subgame.
///
/// Source: `[Selten1975]`.
///
/// # Errors
/// Never: the rules give a tree.
pub fn selten_horse() -> Result<Tree, TreeError> {
    let mut builder = TreeBuilder::new("Selten's horse", &["first", "second", "third"]);
    let first = builder.infoset(player(0), "", &["across", "down"]);
    let second = builder.infoset(player(1), "", &["across", "down"]);
    let third = builder.infoset(player(2), "", &["left", "right"]);
    builder.decision(first);
    builder.decision(second);
    builder.terminal(whole(&[1, 1, 1]));
    for [left, right] in [[[4, 4, 0], [0, 0, 1]], [[3, 3, 2], [0, 0, 0]]] {
        builder.decision(third);
        builder.terminal(whole(&left));
        builder.terminal(whole(&right));
    }
    builder.build()
}

/// Beer and quiche: a stranger is surly with this chance, else a wimp, and has beer or quiche
/// for breakfast; a bully sees what, and duels or not.
///
/// The stranger gets 1 for the breakfast that its type likes (surly: beer) and 2 if there is
/// no duel; the bully 1 for a duel with a wimp or for none with the surly. With a chance above
/// 1/2 both types have beer, or both quiche; the other breakfast is answered with a duel with
/// chance ≥ 1/2. The published chance is 9/10.
///
/// Source: `[ChoKreps1987, Fig. I]`.
///
/// # Errors
/// When the chance is none.
pub fn beer_quiche(surly: &Exact) -> Result<Tree, TreeError> {
    let mut builder = TreeBuilder::new("Beer and quiche", &["stranger", "bully"]);
    let chances = [surly.clone(), &Exact::ONE - surly];
    let draw = builder.chance_set("type", &["surly", "wimp"], &chances);
    let types = ["surly", "wimp"].map(|label| builder.infoset(player(0), label, &["beer", "quiche"]));
    let seen = ["beer", "quiche"].map(|label| builder.infoset(player(1), label, &["duel", "let be"]));
    builder.decision(draw);
    for (own, set) in types.into_iter().enumerate() {
        builder.decision(set);
        for (breakfast, answer) in seen.into_iter().enumerate() {
            let liked = i64::from(own == breakfast);
            let wimp = own as i64;
            builder.decision(answer);
            builder.terminal(whole(&[liked, wimp]));
            builder.terminal(whole(&[liked + 2, 1 - wimp]));
        }
    }
    builder.build()
}

/// The centipede: two players take turns to end the game or to go on, at most this many
/// times; going on costs the mover 1 and gives the other 3, and all begins at (0, 0).
///
/// In every Nash equilibrium the first player ends the game at once; in the only
/// subgame-perfect one everybody always would. Going on throughout ten moves is worth
/// (10, 10).
///
/// Source: `[Rosenthal1981]`.
///
/// # Errors
/// Never: without moves the tree is one end.
pub fn centipede(moves: usize) -> Result<Tree, TreeError> {
    let mut builder = TreeBuilder::new("Centipede", &["first", "second"]);
    let mut worth = [0_i64, 0];
    // The end after "end" comes before what follows "go on".
    for turn in 0..moves {
        let mover = turn % 2;
        let set = builder.infoset(player(mover), &(turn + 1).to_string(), &["end", "go on"]);
        builder.decision(set);
        builder.terminal(whole(&worth));
        worth[mover] -= 1;
        worth[1 - mover] += 3;
    }
    builder.terminal(whole(&worth));
    builder.build()
}

/// The trust game: the first player trusts the second or not, (0, 0); the second honours
/// that, (10, 10), or abuses it, (−5, 15).
///
/// In the only subgame-perfect equilibrium trust would be abused, and is not given.
///
/// Source: `[Kreps1990]`.
///
/// # Errors
/// Never: the rules give a tree.
pub fn trust() -> Result<Tree, TreeError> {
    let mut builder = TreeBuilder::new("Trust", &["truster", "trustee"]);
    let first = builder.infoset(player(0), "", &["trust", "decline"]);
    let second = builder.infoset(player(1), "", &["honour", "abuse"]);
    builder.decision(first);
    builder.decision(second);
    builder.terminal(whole(&[10, 10]));
    builder.terminal(whole(&[-5, 15]));
    builder.terminal(whole(&[0, 0]));
    builder.build()
}

/// The investment game: both players have this many units; the first sends some, which grow
/// by a factor on the way, and the second sends back some of what arrives.
///
/// In the only subgame-perfect equilibrium nothing is sent in either direction. Published
/// with ten units and a factor of three.
///
/// Source: `[BergDickhautMcCabe1995]`.
///
/// # Errors
/// Never: without units the tree is two moves that leave no choice.
pub fn investment(units: u32, factor: u32) -> Result<Tree, TreeError> {
    let mut builder = TreeBuilder::new("Investment", &["truster", "trustee"]);
    let amounts = |most: u32| (0..=most).map(|amount| amount.to_string()).collect::<Vec<_>>();
    let first = builder.infoset(player(0), "", &amounts(units));
    builder.decision(first);
    for sent in 0..=units {
        let arrived = sent * factor;
        let second = builder.infoset(player(1), &sent.to_string(), &amounts(arrived));
        builder.decision(second);
        for back in 0..=arrived {
            let kept = [units - sent + back, units + arrived - back];
            builder.terminal(whole(&kept.map(i64::from)));
        }
    }
    builder.build()
}

/// The chain store: in so many towns one after another an entrant stays out, (1, 5), or
/// enters, and the store yields, (2, 2), or fights, (0, 0); payoffs to the entrant of the town
/// and, added up over towns, to the store. All is seen.
///
/// In the only subgame-perfect equilibrium everybody enters and the store always yields; that
/// it fights and nobody enters is a Nash equilibrium by an empty threat. The store is the last
/// player.
///
/// Source: `[Selten1978]`.
///
/// # Errors
/// Never: without towns the tree is one end.
pub fn chain_store(towns: usize) -> Result<Tree, TreeError> {
    let names: Vec<String> = (1..=towns).map(|town| town.to_string()).chain(["store".to_owned()]).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut builder = TreeBuilder::new("Chain store", &names);
    town(&mut builder, &mut Vec::new(), towns);
    builder.build()
}

/// What follows what happened in the towns before, given as payoffs of entrant and store.
fn town(builder: &mut TreeBuilder, before: &mut Vec<[i64; 2]>, towns: usize) {
    if before.len() == towns {
        let store = before.iter().map(|paid| paid[1]).sum();
        let entrants = before.iter().map(|paid| paid[0]);
        builder.terminal(whole(&entrants.chain([store]).collect::<Vec<_>>()));
        return;
    }
    let entrant = builder.infoset(player(before.len()), "", &["stay out", "enter"]);
    let store = builder.infoset(player(towns), "", &["yield", "fight"]);
    let mut then = |builder: &mut TreeBuilder, paid: [i64; 2]| {
        before.push(paid);
        town(builder, before, towns);
        before.pop();
    };
    builder.decision(entrant);
    then(builder, [1, 5]);
    builder.decision(store);
    then(builder, [2, 2]);
    then(builder, [0, 0]);
}

/// Education as a signal: a worker of productivity 2 with this chance, else 1, chooses one of
/// `levels` + 1 levels of education from 0 to 3/2, a level e costing e divided by productivity;
/// an employer, who sees e only, pays one of `wages` + 1 wages from 1 to 2, as near the
/// productivity as it can: it gets −(wage − productivity)².
///
/// The least education that separates the two is e = 1, where the grid has it: the less able
/// worker would have 2 − e ≤ 1 from it.
///
/// Source: `[Spence1973]`, on grids. Differs: one employer with a quadratic loss stands for
/// the competition of employers.
///
/// # Errors
/// When the chance is none, or there are no levels or wages.
pub fn education(able: &Exact, levels: u32, wages: u32) -> Result<Tree, TreeError> {
    let mut builder = TreeBuilder::new("Education", &["worker", "employer"]);
    let step = |at: u32, of: u32, span: Exact| &span * &Exact::ratio(i64::from(at), i64::from(of.max(1)));
    let schooling: Vec<Exact> = (0..=levels).map(|at| step(at, levels, Exact::ratio(3, 2))).collect();
    let paid: Vec<Exact> = (0..=wages).map(|at| &Exact::ONE + &step(at, wages, Exact::ONE)).collect();
    let names = |all: &[Exact]| all.iter().map(Exact::to_string).collect::<Vec<_>>();
    let draw = builder.chance_set("type", &["able", "less able"], &[able.clone(), &Exact::ONE - able]);
    let types = ["able", "less able"].map(|label| builder.infoset(player(0), label, &names(&schooling)));
    let seen: Vec<InfosetId> =
        names(&schooling).iter().map(|label| builder.infoset(player(1), label, &names(&paid))).collect();
    builder.decision(draw);
    for (set, productivity) in types.into_iter().zip([Exact::from(2), Exact::ONE]) {
        builder.decision(set);
        for (level, answer) in schooling.iter().zip(&seen) {
            builder.decision(*answer);
            for wage in &paid {
                let off = wage - &productivity;
                builder.terminal(vec![wage - &(level / &productivity), -&(&off * &off)]);
            }
        }
    }
    builder.build()
}
