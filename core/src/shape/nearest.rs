//! [`did_you_mean`]: suggests a known word for an unknown one.

use super::meant::meant;

/// Returns advice to use the word of `known` that is similar to `word` or has it as a synonym; if there is none, a list of all known words.
pub(crate) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str> + Clone) -> Option<String> {
    did_you_mean(word, known.clone()).or_else(|| {
        let all: Vec<_> = known.into_iter().map(|name| format!("`{name}`")).collect();
        match all.split_last() {
            Some((last, [])) => Some(format!("the only one is {last}")),
            Some((last, rest)) => Some(format!("there are {} and {last}", rest.join(", "))),
            None => None,
        }
    })
}

/// Returns advice to use the word of `known` that is similar to `word` or has it as a synonym; `None` if there is none.
pub fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    let known: Vec<_> = known.into_iter().collect();
    if let Some(meant) = meant(word, &known) {
        return Some(format!("did you mean `{meant}`?"));
    }
    let length = word.chars().count();
    // A part of the name counts as a small typing error: `ssn` for `us-ssn`.
    let distance = |known: &str| {
        if length >= 3 && known.contains(word) { 1 } else { strsim::damerau_levenshtein(word, known) }
    };
    let near = known.iter().map(|known| (distance(known), *known));
    let (_, best) = near.filter(|(distance, _)| *distance <= (length / 3).max(1)).min()?;
    Some(format!("did you mean `{best}`?"))
}
