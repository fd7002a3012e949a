//! Codes of faults in what a file means.

use detente_base::{Code, Severity};

use super::CodeInfo;

macro_rules! codes {
    ($($name:ident = $code:literal, $severity:ident, $title:literal;)*) => {
        $(#[doc = $title] pub const $name: Code = Code($code);)*

        /// All codes of this part.
        pub const CODES: &[CodeInfo] = &[
            $(CodeInfo { code: $code, severity: Severity::$severity, title: $title },)*
        ];
    };
}

codes! {
    SYNTAX = "S101", Error, "expression that cannot be read";
    UNKNOWN_NAME = "S102", Error, "unknown name in an expression";
    TYPE = "S103", Error, "condition where an amount is expected, or the reverse";
    UNKNOWN_VALUE = "S104", Error, "value that the issue does not have";
    DIVISION = "S105", Error, "division by zero";
    TOO_LARGE = "S106", Error, "definition built on too many others";
    NAME_CLASH = "S201", Error, "one name for two things";
    UNKNOWN_PARTY = "S202", Error, "unknown party";
    UNKNOWN_CLAIM = "S203", Error, "unknown claim";
    UNKNOWN_SOURCE = "S204", Error, "unknown source";
    DUPLICATE_VALUE = "S205", Error, "value listed twice";
    BAD_RANGE = "S206", Error, "range of an issue that yields no values";
    FEW_VALUES = "S207", Error, "issue with fewer than two values";
    NO_SETTER = "S208", Error, "issue that nobody sets";
    NATURE_AND_PARTY = "S209", Error, "issue set by nature and by a party";
    BAD_CHANCE = "S210", Error, "chances that do not fit together";
    BAD_QUANTITY = "S212", Error, "number that cannot be read";
    OUT_OF_RANGE = "S213", Error, "quantity outside its range";
    EMPTY_RANGE = "S214", Error, "range whose ends are in the wrong order";
    CYCLE = "S215", Error, "definitions that refer to each other in a circle";
    MISSING_VALUE = "S216", Error, "issue without a value";
    UNKNOWN_ISSUE = "S217", Error, "unknown issue";
    STATUS_QUO_INFEASIBLE = "S218", Error, "status quo that the constraints rule out";
    NO_FEASIBLE_OUTCOME = "S219", Error, "constraints that rule out every outcome";
    INTRANSITIVE = "S221", Error, "ranking that goes in a circle";
    INCOMPLETE_RANKING = "S222", Error, "ranking that leaves two levels uncompared";
    UNKNOWN_FORESIGHT = "S223", Error, "unknown foresight";
    FOREIGN_MOVE = "S224", Error, "move by a party that does not set the issue";
    DUPLICATE_PARTY = "S226", Error, "party listed twice";
    MIXED_FORMS = "S227", Error, "type whose preferences do not combine with the shared ones";
    STRAY_CHANCES = "S228", Error, "chances of an issue that nature does not set";
    TWO_CHANCES = "S240", Error, "one chance for both directions of a pair";
    BELIEF_ABOUT_ITSELF = "S250", Error, "belief of a party about its own wishes";
    BELIEF_TWICE = "S251", Error, "belief about a type and about preferences of the same party";
    UNKNOWN_TYPE = "S252", Error, "unknown private type";
    BELIEF_ABOUT_OWN_BELIEF = "S253", Error, "belief of a party about its own beliefs";
    NOT_NEGOTIATED = "S260", Error, "party or issue that is not part of the negotiation";
    FEW_NEGOTIATORS = "S261", Error, "negotiation of one party";
    NOT_A_GOOD = "S262", Error, "issue that is no good to divide";
    LINKED_GOODS = "S263", Error, "worth that does not add up good by good";
    RESERVATION_WITHOUT_WORTH = "S264", Error, "reservation of a party whose preferences have no worth";
    PROTOCOL_PARTIES = "S270", Error, "protocol between too few or too many parties";
    PROTOCOL_STRANGER = "S271", Error, "number of a party that takes no part in a protocol";
    PROTOCOL_GAP = "S272", Error, "protocol without a number for a party";
    PROTOCOL_NUMBERS = "S273", Error, "numbers of a protocol that do not fit together";
    STEP = "S280", Error, "step of a sequence of moves that cannot be taken";
    IDLE_CONSTRAINT = "S301", Warning, "constraint that rules nothing out";
    UNWANTED_ISSUE = "S302", Warning, "issue that no preference mentions";
    CONSTANT_STATEMENT = "S303", Warning, "statement that is always or never true";
    IDLE_PARTY = "S304", Warning, "party that controls nothing and wants nothing";
    INDIFFERENT_PARTY = "S305", Warning, "party without preferences";
    IDLE_TERM = "S306", Warning, "worth that never counts";
    SHADOWED_LEVEL = "S307", Warning, "level of a ranking that no outcome reaches";
    EMPTY_OUTCOME = "S308", Warning, "named outcome that is impossible";
    IMPOSSIBLE_VALUE = "S309", Warning, "value that no feasible outcome has";
    IDLE_MOVE = "S310", Warning, "move that can never be made";
    UNUSED_PARAMETER = "S311", Warning, "parameter that nothing uses";
    UNRANKED_OUTCOMES = "S312", Warning, "outcomes that a ranking leaves out";
    NOT_EXAMINED = "S313", Note, "checks left out because there are too many outcomes";
    IDLE_PAIR = "S320", Warning, "comparison about no two outcomes";
    STRONG_AGAINST_ORDER = "S321", Warning, "strong preference that the order contradicts";
    STRONG_INTRANSITIVE = "S322", Warning, "strong preference that is not transitive";
    IDLE_THRESHOLD = "S323", Warning, "threshold without chances";
    UNBACKED_NUMBER = "S401", Warning, "number without a claim";
    UNUSED_CLAIM = "S402", Warning, "claim that nothing uses";
    LOCATOR_NOT_FOUND = "S403", Error, "words that do not occur in the source";
    SOURCE_NOT_READ = "S404", Note, "source whose text is not at hand";
    RIVAL_CLAIMS = "S405", Note, "claims that contradict each other";
    UNUSED_SOURCE = "S406", Warning, "source that no claim uses";
    UNSOURCED_CLAIM = "S407", Warning, "claim without a source";
    NO_CLAIMS = "S408", Note, "file without claims";
}
