//! Codes of reading a file: S001–S029 for YAML, S030–S059 for the shape of a
//! scenario, G001–G029 for the import of GMCR+ files,
//! G030–G049 for that of GENIUS files, G050–G059 for other files of negotiations,
//! G060–G069 for files of games.

use detente_base::{Code, Severity};

use super::CodeInfo;

macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $title:literal;)*) => {
        $(#[doc = $title] pub const $name: Code = Code($code);)*
        /// The codes of this part.
        pub(crate) const CODES: &[CodeInfo] =
            &[$(CodeInfo { code: $code, title: $title, severity: Severity::$severity },)*];
    };
}

codes! {
    GMCR_NOT_JSON "G001" Error "GMCR+ file that is not a JSON object";
    GMCR_PICKLE "G002" Error "GMCR+ file in the binary format of old versions";
    GMCR_FIELD "G003" Error "GMCR+ field missing";
    GMCR_KIND "G004" Error "GMCR+ field of the wrong kind";
    GMCR_OPTION_RANGE "G005" Error "GMCR+ option number out of range";
    GMCR_OPTION_OWNER "G006" Error "GMCR+ option controlled twice or by nobody";
    GMCR_DIRECTION "G007" Error "GMCR+ direction unknown";
    GMCR_ANSWER "G008" Error "GMCR+ answer neither Y nor N";
    GMCR_CONDITION "G009" Warning "GMCR+ condition that is empty or contradicts itself";
    GMCR_RANK "G010" Error "GMCR+ ranking with a state out of range, repeated or missing";
    GMCR_UNUSED "G011" Warning "GMCR+ field not read";
    GMCR_NAME "G012" Warning "GMCR+ name empty or used twice";
    GMCR_EMPTY "G013" Error "GMCR+ file without decision makers or options";
    GMCR_RANKED "G014" Error "GMCR+ ranking among too many states";
    GENIUS_NOT_XML "G030" Error "GENIUS file that is not XML";
    GENIUS_SHAPE "G031" Error "GENIUS file without an objective, an issue or its values";
    GENIUS_NUMBER "G032" Error "GENIUS number missing or unreadable";
    GENIUS_KIND "G033" Error "GENIUS issue or worth of a kind that is not read";
    GENIUS_WEIGHT "G034" Error "GENIUS weight missing, repeated or negative";
    GENIUS_VALUE "G035" Error "GENIUS profile that judges other issues or values than its domain";
    GENIUS_REPEATED "G036" Warning "GENIUS value listed twice";
    GENIUS_RANGE "G037" Warning "GENIUS number out of its range";
    GENIUS_AGGREGATION "G040" Error "GENIUS hyper-rectangles put together in a way that is not known";
    GENIUS_GREATEST "G041" Error "GENIUS greatest worth that is not above 0";
    GENIUS_BOUND_ISSUE "G042" Error "GENIUS bound on an issue that cannot be bounded";
    GENIUS_BOUND_ORDER "G043" Error "GENIUS bound that runs backwards";
    GENIUS_BOUND_EMPTY "G044" Warning "GENIUS bound that no value of its issue keeps";
    GENIUS_BOUND_KINDS "G045" Error "GENIUS hyper-rectangle with bounds of both kinds";
    GENIUS_COST "G046" Error "GENIUS hyper-rectangle that costs something where the greatest or least is taken";
    TALKS_KIND_OF_FILE "G050" Error "file that is not the domain or the profile that is expected";
    TALKS_SHAPE "G051" Error "part of a domain or profile missing or of the wrong kind";
    TALKS_NUMBER "G052" Error "number of a domain or profile that cannot be read";
    TALKS_KIND "G053" Error "issue, profile or value function of a kind that is not read";
    TALKS_WEIGHT "G054" Error "weight below zero";
    TALKS_OTHER "G055" Error "profile that judges other issues or values than its domain";
    TALKS_RANGE "G056" Warning "weights or evaluations out of their range";
    TALKS_VALUES "G057" Error "issue without values, with too many, or with one twice";
    TALKS_UNUSED "G058" Warning "field of a profile that is not used";
    GAME_BAD "G060" Error "game file that cannot be read";
    GAME_MENDED "G061" Warning "game file in which something was put right";
    NOT_UTF8 "S001" Error "text that is not UTF-8";
    NOT_UTF8_BUT_UTF16 "S002" Error "text in UTF-16 or UTF-32";
    TOO_LARGE "S003" Error "file too large";
    CONTROL_CHARACTER "S004" Error "control character in the text";
    EMPTY_FILE "S005" Error "file without content";
    TAB "S006" Error "tab used for indentation";
    UNCLOSED_QUOTE "S007" Error "quote not closed";
    BRACKET "S008" Error "bracket not closed or not opened";
    SYNTAX "S009" Error "YAML syntax";
    TOO_DEEP "S010" Error "nesting too deep";
    TOO_MANY_NODES "S011" Error "too many entries";
    ALIAS "S012" Error "alias without a usable anchor";
    DUPLICATE_KEY "S013" Error "key given twice";
    COMPLEX_KEY "S014" Error "key that is not plain text";
    MERGE_KEY "S015" Error "merge key";
    SEVERAL_DOCUMENTS "S016" Error "more than one document";
    TAG "S017" Error "YAML tag";
    UNUSED_ANCHOR "S018" Warning "anchor that nothing refers to";
    INDICATOR "S019" Error "value that starts with a YAML indicator";
    UNKNOWN_FIELD "S030" Error "unknown field";
    LATER_SECTION "S031" Error "section not supported yet";
    MISSING_FIELD "S032" Error "missing field";
    WRONG_KIND "S033" Error "entry of the wrong kind";
    EMPTY_ENTRY "S034" Error "entry without content";
    BAD_IDENTIFIER "S035" Error "malformed identifier";
    UNKNOWN_WORD "S036" Error "unknown keyword";
    VERSION "S037" Error "unknown version of the language";
    FIELDS_EXCLUDE "S038" Error "fields that exclude each other";
    FIELD_NEEDED "S039" Error "field that another one needs";
    TOO_FEW "S040" Error "list with too few entries";
    MIXED_RANKING "S041" Error "ranking that mixes levels and pairs";
    CUT_TEXT "S042" Error "text cut at a comma";
    MORE_FAULTS "S059" Note "more faults than are shown";
}
