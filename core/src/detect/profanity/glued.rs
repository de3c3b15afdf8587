//! Core words joined with common words: `youshitface`, `hugecock`, `iFuckYou`.

use std::ops::Range;

use super::cores::{core_words_from, is_ending};
use super::english::{Edged, GLUE, OTHER_WITH_AN_ENDING, PARTS_OF_OTHERS, holds};

/// Returns the first core word in the lower-case `word` that has text before or after it, where that text consists only of words that
/// people attach.
pub(super) fn glued(word: &str) -> Option<&'static str> {
    if !(5..=40).contains(&word.len()) || !word.is_ascii() {
        return None;
    }
    (0..word.len() - 3).find_map(|at| {
        let initial = char::from(word.as_bytes()[at]);
        let fits = |core: &&&str| {
            core.len() >= 4
                && word[at..].starts_with(**core)
                && is_glue(&word[..at], 3)
                && is_tail(&word[at + core.len()..])
                && !is_known(word, at..at + core.len())
        };
        core_words_from(initial).iter().find(fits).copied()
    })
}

/// Returns whether `tail` is an ending, or common words, or both.
fn is_tail(tail: &str) -> bool {
    is_ending(tail) || (0..=tail.len().min(4)).any(|end| is_ending(&tail[..end]) && is_glue(&tail[end..], 3))
}

/// Returns whether `text` is empty, or consists of at most `words` common words.
fn is_glue(text: &str, words: u8) -> bool {
    text.is_empty()
        || (words > 0
            && GLUE.iter().any(|glue| text.strip_prefix(glue).is_some_and(|rest| is_glue(rest, words - 1))))
}

/// Returns whether a core word together with the letters around it is another word: a name, or what is done to a gun.
fn is_known(word: &str, at: Range<usize>) -> bool {
    let (before, core, after) = (&word[..at.start], &word[at.clone()], &word[at.end..]);
    let ended = before.is_empty() && is_ending(after) && holds(OTHER_WITH_AN_ENDING, core);
    let part = |(part, before_it, after_it): &Edged| {
        *part == core && (before_it.contains(&before) || after_it.contains(&after))
    };
    ended || PARTS_OF_OTHERS.iter().any(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn core_words_are_found_among_everyday_ones() {
        for (word, core) in [
            ("youshitface", "shit"),
            ("hugecock", "cock"),
            ("thisthetits", "tits"),
            ("notfucking", "fuck"),
            ("youfuckme", "fuck"),
            ("cocklolface", "cock"),
            ("yourdicklol", "dick"),
        ] {
            assert_eq!(glued(word), Some(core), "{word}");
        }
    }

    #[test]
    fn names_and_other_words_are_not() {
        for word in [
            "peacock",
            "cocktail",
            "hancock",
            "cocker",
            "cocking",
            "benedick",
            "dickens",
            "theparse",
            "sparse",
            "hearse",
            "arsenal",
            "titsian",
            "swank",
            "pinprick",
            "scunthorpe",
            "mishits",
            "pushit",
        ] {
            assert_eq!(glued(word), None, "{word}");
        }
    }
}
