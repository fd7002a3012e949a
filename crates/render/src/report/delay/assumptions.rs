//! What each model assumes, in words.

use detente_analysis::delay::answer::{Form, ProtocolAnswer};

/// Both sides are rational, and know all that is not said to be private.
const COMMON: &str = "Everybody knows the rules and the numbers, and that the others do.";

/// The assumptions of a protocol's model, in the order in which they matter.
pub fn assumptions(protocol: &ProtocolAnswer) -> Vec<String> {
    let gives = |field: &str| protocol.given.iter().any(|number| number.field == field);
    let mut found: Vec<&str> = Vec::new();
    match protocol.kind.as_str() {
        "alternating-offers" => {
            found.push(
                "Two parties divide one thing; shares are parts of it, and what is not agreed on is lost to both.",
            );
            found.push(match protocol.form {
                Form::Deadline => {
                    "After the last offer is refused there are no more: each has its payoff after a breakdown."
                }
                Form::Continuous => "There is no deadline, and the time between offers goes to nothing.",
                _ => "There is no deadline: offers go on until one is accepted.",
            });
            if gives("outside") {
                found.push("A party may leave with its outside option only when it has just refused an offer.");
            }
            if gives("breakdown") {
                found.push("Talks break down by chance after a refusal, whatever anybody wants.");
            }
            if gives("hazards") {
                found.push("Who loses office or mandate gets nothing more from an agreement.");
            }
        }
        "unanimity" => {
            found.push("One thing is divided; an offer that anybody refuses is off the table.");
            found.push(match protocol.form {
                Form::Rotation => "After a refusal the next party in the order of the file proposes.",
                _ => "After a refusal whoever refused proposes.",
            });
            found.push("Behaviour does not depend on what happened before; with three parties and more there are other equilibria.");
        }
        "random-proposer" => {
            found.push("One thing is divided; the proposal is voted on as it is, and after a defeat a proposer is drawn again.");
            found.push("Behaviour does not depend on what happened before.");
            if protocol.form == Form::Majority {
                found.push("All parties are alike, and a proposer buys the cheapest votes, each as likely.");
            }
        }
        "coase" => {
            found.push("The proposer names a price in each round and cannot commit itself to a later one.");
            found.push("An agreement costs the proposer nothing; the other's worth of it is uniform from 0 and known to it alone.");
            found.push("Rounds go on until a price is accepted.");
        }
        "screening" => {
            found.push("There are two rounds and no more; the proposer cannot commit itself to the second price.");
            found.push("An agreement costs the proposer nothing; only the other knows which type it is.");
        }
        "double-auction" => {
            found.push("Both name a price once, at the same time, and agree on the middle if the bid is at least what is asked.");
            found.push("Worth and cost are drawn from the same range, uniformly and apart from each other.");
            found.push("Of several equilibria the linear one is taken; it gains the most of all.");
        }
        "attrition" => {
            found.push("Waiting costs each a fixed amount for a unit of time, and there is no deadline.");
            found.push(
                "Of several equilibria the one is taken in which nobody gives in at once; in others one side does.",
            );
        }
        "reputation" => {
            found.push("The demands are given; whoever gives in gets what the other's demand leaves.");
            found.push("An obstinate party never gives in, and nobody can tell it from one that only pretends.");
            if gives("hazards") {
                found.push("Who loses office or mandate gets nothing more from an agreement.");
            }
        }
        "audience-costs" => {
            found.push("The prize is 1 to both; what war is worth to a side is uniform between -1 and 0 and known to it alone.");
            found.push("Backing down costs the more the longer a side has stood firm, in proportion to the time.");
        }
        _ => {
            found.push("What it is worth to carry out the threat falls exponentially; what it costs, and what backing down costs, stay.");
            found.push("The threat is credible as long as carrying it out is no worse than backing down.");
            if protocol.form == Form::Target {
                found.push("While it is credible it is carried out by chance at a constant rate, and at its last moment with the chance given.");
                found.push("The target chooses a date once and for all; it knows when the threat ends. Losses later weigh less to it.");
            }
            if gives("clause") {
                found.push("Under the clause the threat is not carried out until the deal is due; then the target chooses again.");
            }
        }
    }
    let private =
        ["coase", "screening", "double-auction", "reputation", "audience-costs"].contains(&protocol.kind.as_str());
    if !private {
        found.push(COMMON);
    }
    found.into_iter().map(str::to_owned).collect()
}
