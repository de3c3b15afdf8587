//! Core words with letters omitted, moved or encoded: `mthrfckr`, `kcuf`, `fcuk`, `uckfay`, `shpx`.

use super::cores::{core_words, core_words_from, is_ending, is_strong};
use super::english::{SLIPS, holds};

/// Returns the core word of which the lower-case `word` is a respelling. None of the results is a word of its own.
pub(super) fn respelled(word: &str) -> Option<&'static str> {
    without_vowels(word).or_else(|| otherwise(word).filter(|_| !holds(SLIPS, word)))
}

/// Returns the core word of which the lower-case `word` is a respelling with all vowels.
fn otherwise(word: &str) -> Option<&'static str> {
    if !(4..=20).contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let last = word.chars().next_back()?;
    let initial = word.chars().next()?;
    from(initial)
        .find(|core| slipped(word, core) && is_strong(core))
        .or_else(|| from(last).find(|core| core.bytes().eq(word.bytes().rev())))
        .or_else(|| from(rotated(initial)).find(|core| core.chars().eq(word.chars().map(rotated))))
        .or_else(|| pig_latin(word))
}

/// Returns the core words that begin with `initial`, except short ones, of which other words are variants by coincidence.
fn from(initial: char) -> impl Iterator<Item = &'static str> {
    core_words_from(initial).iter().copied().filter(|core| core.len() >= 4)
}

/// Returns the core word that becomes `word` without its vowels, apart from the first letter.
fn without_vowels(word: &str) -> Option<&'static str> {
    if word.len() < 4 || word[1..].contains(is_vowel) {
        return None;
    }
    from(word.chars().next()?).find(|core| has_consonants(core, word))
}

fn has_consonants(core: &str, word: &str) -> bool {
    core.chars().enumerate().filter(|(at, c)| *at == 0 || !is_vowel(*c)).map(|(_, c)| c).eq(word.chars())
}

/// Returns whether `word` is `core` with two letters swapped or, if it is long, one left out, possibly with an ending.
fn slipped(word: &str, core: &str) -> bool {
    let same = core.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
    let (core, word) = (&core.as_bytes()[same..], &word.as_bytes()[same..]);
    let rest = |rest: &[u8]| std::str::from_utf8(rest).is_ok_and(is_ending);
    let swapped = core.len() >= 2
        && word.len() >= core.len()
        && core[0] == word[1]
        && core[1] == word[0]
        && core[0] != core[1]
        && core[2..] == word[2..core.len()]
        && rest(&word[core.len()..]);
    let left_out = same + core.len() >= 6
        && same >= 1
        && core.len() >= 2
        && word.len() >= core.len() - 1
        && core[1..] == word[..core.len() - 1]
        && rest(&word[core.len() - 1..]);
    swapped || left_out
}

/// Returns the letter 13 places further in the alphabet (ROT13).
fn rotated(c: char) -> char {
    match c {
        'a'..='m' => char::from_u32(u32::from(c) + 13).unwrap_or(c),
        'n'..='z' => char::from_u32(u32::from(c) - 13).unwrap_or(c),
        _ => c,
    }
}

/// Returns the core word of which `word` is Pig Latin: its first consonant, or all before its first vowel, moved to the end before `ay`.
fn pig_latin(word: &str) -> Option<&'static str> {
    let body = word.strip_suffix("ay")?;
    let mut long = core_words().filter(|core| core.len() >= 4 && core.len() == body.len());
    long.find(|core| {
        let most = core.find(is_vowel).unwrap_or(0).max(1);
        [1, most].iter().any(|at| body.strip_prefix(&core[*at..]) == Some(&core[..*at]))
    })
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_spellings_are_read() {
        for (word, core) in [
            ("mthrfckr", "motherfucker"),
            ("kcuf", "fuck"),
            ("fcuk", "fuck"),
            ("fukcing", "fuck"),
            ("bicthes", "bitch"),
            ("assohle", "asshole"),
            ("bastrd", "bastard"),
            ("uckfay", "fuck"),
            ("itshay", "shit"),
            ("hitsay", "shit"),
            ("qvpx", "dick"),
            ("shpx", "fuck"),
        ] {
            assert_eq!(respelled(word), Some(core), "{word}");
        }
    }

    #[test]
    fn words_and_slips_are_not() {
        for word in [
            "", "a", "tihs", "siht", "cnut", "bustard", "custard", "where", "switch", "today", "shift",
            "kitch", "bullish", "wander",
        ] {
            assert_eq!(respelled(word), None, "{word}");
        }
    }
}
