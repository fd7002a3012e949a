//! Suggestions: the known name that a misspelt one probably means.

/// The nearest known name, if one is near enough to be meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let lower = name.to_lowercase();
    let limit = (name.chars().count() / 3).clamp(1, 4);
    known
        .into_iter()
        .map(|k| (strsim::osa_distance(&lower, &k.to_lowercase()), k))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, k)| k.to_owned())
}

/// Names for a message: `` `a`, `b` and `c` ``, at most eight of them.
pub fn list_names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|n| format!("`{n}`")).collect();
    match names.as_slice() {
        [] => "none".into(),
        [one] => one.clone(),
        many if many.len() <= 8 => {
            let (last, first) = many.split_last().expect("not empty");
            format!("{} and {last}", first.join(", "))
        }
        many => format!("{} and {} more", many[..7].join(", "), many.len() - 7),
    }
}

/// What is expected in place of an unknown name, after "expected ".
pub fn expected_names(name: &str, known: &[&str], what: &str) -> String {
    match known {
        [] => format!("a file that declares it, and this one declares no {what}"),
        [only] => format!("`{only}`"),
        _ if known.len() <= 8 => format!("one of {}", list_names(known.iter().copied())),
        _ => match nearest(name, known.iter().copied()) {
            Some(near) => format!("one of those declared, such as `{near}`"),
            None => format!("one of {}", list_names(known.iter().copied())),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_names_are_suggested() {
        assert_eq!(nearest("arsnal", ["strike", "arsenal"]), Some("arsenal".into()));
        assert_eq!(nearest("Strike", ["strike"]), Some("strike".into()));
        assert_eq!(nearest("weather", ["strike", "arsenal"]), None);
        assert_eq!(nearest("x", ["y"]), Some("y".into()));
    }
}
