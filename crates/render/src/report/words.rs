//! Small phrases.

use detente_base::Exact;

/// `a, b and c`.
pub fn listed(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}

/// The same for names at the start of a sentence; names may hold an “and” themselves.
pub fn listed_names(names: &[String]) -> String {
    let inner = |(index, name): (usize, &String)| if index == 0 { name.clone() } else { inside(name) };
    let words: Vec<String> = names.iter().enumerate().map(inner).collect();
    match words.as_slice() {
        [most @ .., end] if !most.is_empty() && names.iter().any(|n| n.contains(" and ")) => {
            format!("{}, and {end}", most.join(", "))
        }
        _ => listed(&words, "and"),
    }
}

/// A name as it stands inside a sentence: without the capital of an article.
pub fn inside(name: &str) -> String {
    name.strip_prefix("The ").map_or_else(|| name.to_owned(), |rest| format!("the {rest}"))
}

/// What is found in each combination of types, alike findings together.
pub fn grouped<T: PartialEq>(found: impl IntoIterator<Item = (usize, T)>) -> Vec<(T, Vec<usize>)> {
    let mut out: Vec<(T, Vec<usize>)> = Vec::new();
    for (index, item) in found {
        match out.iter_mut().find(|(other, _)| *other == item) {
            Some((_, places)) => places.push(index),
            None => out.push((item, vec![index])),
        }
    }
    out
}

/// `1 move`, `2 moves`.
pub fn counted(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// A number; a fraction that no decimal equals also as a decimal that is close.
pub fn readable(number: &Exact) -> String {
    let text = number.to_string();
    if text.contains('/') { format!("{text} (about {:.2})", number.to_f64()) } else { text }
}

/// A difference with its sign, rounded where no short decimal equals it.
pub fn signed_near(number: &Exact) -> String {
    let text = signed(number);
    if !text.contains('/') {
        return text;
    }
    let size = number.to_f64().abs();
    format!("about {}{size:.2}", if number.signum() < 0 { "−" } else { "+" })
}

/// A difference with its sign: `+3`, `−2`.
pub fn signed(number: &Exact) -> String {
    match number.signum() {
        1.. => format!("+{number}"),
        0 => "±0".to_owned(),
        _ => format!("−{}", -number),
    }
}

/// A chance: one number, or two where it is a range.
pub fn chance((low, high): &(Exact, Exact)) -> String {
    if low == high { low.to_string() } else { format!("{low} to {high}") }
}

/// Number of the usual concepts. Where fewer are spoken of, each is named.
const EVERY: usize = 5;

/// Concepts in words: `every foresight`, `R`, `R and SEQ`, `every foresight but R`.
pub fn concepts(some: &[String], all: &[String]) -> String {
    if some.len() == all.len() && all.len() == EVERY {
        return "every foresight".to_owned();
    }
    let missing: Vec<&String> = all.iter().filter(|c| !some.contains(c)).collect();
    match missing[..] {
        [one] if all.len() == EVERY => format!("every foresight but {one}"),
        _ => listed(some, "and"),
    }
}

/// Concepts for a cell of a table: `all`, `–`, or their symbols.
pub fn concept_cell(some: &[String], all: &[String]) -> String {
    match some.len() {
        0 => "–".to_owned(),
        n if n == all.len() && n > 1 => "all".to_owned(),
        _ => some.join(", "),
    }
}

/// First letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a foresight means.
pub fn meaning(concept: &str) -> Option<&'static str> {
    Some(match concept {
        "R" => {
            "looks one move ahead. A party stays when no move of its own leads to an outcome that it likes better; it \
             expects no reply (Nash)."
        }
        "SSEQ" => {
            "fears only credible replies, and counts its own best way out of them. A party stays when the others can \
             answer each improvement by moves that each of them likes to make, and it ends no better off than now \
             whatever it then does itself (symmetric sequential stability)."
        }
        "SEQ" => {
            "fears only credible replies. A party stays when the others can answer each improvement by moves that each \
             of them likes to make and that leave it no better off than now (sequential stability)."
        }
        "SMR" => {
            "fears any reply, even one that hurts those who make it, and counts its own best way out of it (symmetric \
             metarationality)."
        }
        "GMR" => "fears any reply, and counts no way out of it (general metarationality).",
        _ => return None,
    })
}

/// The same in few words.
pub fn short_meaning(concept: &str) -> Option<&'static str> {
    Some(match concept {
        "R" => "a party expects no reply to its moves (Nash)",
        "SSEQ" => "as SEQ, and it counts its own best way out of the reply",
        "SEQ" => "it fears credible replies: those that the others would like to make",
        "SMR" => "it fears any reply, even one that hurts its maker, and counts a way out",
        "GMR" => "it fears any reply, and counts no way out",
        _ => return None,
    })
}

/// At most two digits after the point; never 0 or 100 for what is not.
pub(super) fn percent(chance: &Exact) -> String {
    let value = chance.to_f64() * 100.0;
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "0" && !chance.is_zero() {
        "under 0.01 %".to_owned()
    } else if text == "100" && *chance != Exact::ONE {
        "over 99.99 %".to_owned()
    } else {
        format!("{text} %")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases() {
        let all: Vec<String> = ["R", "SSEQ", "SEQ", "SMR", "GMR"].map(String::from).to_vec();
        assert_eq!(concepts(&all, &all), "every foresight");
        assert_eq!(concepts(&all[1..], &all), "every foresight but R");
        assert_eq!(concepts(&all[2..], &all), "SEQ, SMR and GMR");
        assert_eq!(concept_cell(&[], &all), "–");
        assert_eq!(signed(&Exact::from(-2)), "−2");
        assert_eq!(signed(&Exact::ratio(1, 2)), "+0.5");
        assert_eq!(counted(1, "move"), "1 move");
        assert_eq!(capital("état"), "État");
    }
}
