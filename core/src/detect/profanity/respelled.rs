//! Core words with letters omitted, moved or encoded: `mthrfckr`, `kcuf`, `fcuk`, `uckfay`, `shpx`.

use super::cores::{CORE_WORDS, core_word, core_words, core_words_from, is_ending, is_strong};
use super::english::{SLIPS, holds};

/// Returns the core word of which the lower-case `word` is a respelling. None of the results is a word of its own.
pub(super) fn respelled(word: &str) -> Option<&'static str> {
    if !may_be_respelled(word.as_bytes()) {
        return None;
    }
    without_vowels(word).or_else(|| otherwise(word).filter(|_| !holds(SLIPS, word)))
}

/// Returns whether the lower-case `word` may be a respelling; a cheap test before the exact one.
pub(super) fn may_be_respelled(word: &[u8]) -> bool {
    let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk::<4>()) else { return false };
    let [a, b, c, d] = *first;
    fits(&SLIPPED, *first)
        || fits(&CONSONANTS, *first)
        || fits(&SPELLED, [last[3], last[2], last[1], last[0]])
        || fits(&SPELLED, [rotated_byte(a), rotated_byte(b), rotated_byte(c), rotated_byte(d)])
        || word.ends_with(b"ay")
}

/// Returns whether any core word has `letters` at these places.
#[inline]
fn fits([first, second, third, fourth]: &[[u64; 26]; 4], [a, b, c, d]: [u8; 4]) -> bool {
    let with = |place: &[u64; 26], letter: u8| {
        place.get(usize::from(letter.wrapping_sub(b'a'))).copied().unwrap_or(0)
    };
    with(first, a) & with(second, b) & with(third, c) & with(fourth, d) != 0
}

/// The core words by their first four letters, one bit for each.
static SPELLED: [[u64; 26]; 4] = first_letters(false);
/// The core words by their first letter and their consonants after it.
static CONSONANTS: [[u64; 26]; 4] = first_letters(true);
/// The core words by their first letters where two may be swapped, or one left out.
static SLIPPED: [[u64; 26]; 4] = {
    let (mut slipped, mut at) = ([[0; 26]; 4], 0);
    while at < CORE_WORDS {
        let (word, mut place) = (core_word(at).as_bytes(), 0);
        while place < word.len() {
            // The first letter stays; the others move by one place at most.
            let mut to = if place == 0 { 0 } else { max(1, place - 1) };
            while to < 4 && to <= if place == 0 { 0 } else { place + 1 } {
                slipped[to][(word[place] - b'a') as usize] |= 1 << (at % 64);
                to += 1;
            }
            place += 1;
        }
        at += 1;
    }
    slipped
};

const fn max(one: usize, other: usize) -> usize {
    if one > other { one } else { other }
}

/// Returns the core words by their first four letters, without vowels after the first if so.
const fn first_letters(only_consonants: bool) -> [[u64; 26]; 4] {
    let (mut letters, mut at) = ([[0; 26]; 4], 0);
    while at < CORE_WORDS {
        let (word, mut place, mut from) = (core_word(at).as_bytes(), 0, 0);
        while from < word.len() && place < 4 {
            if from == 0 || !only_consonants || !is_vowel(word[from] as char) {
                // Words that are further than the bits reach share one.
                letters[place][(word[from] - b'a') as usize] |= 1 << (at % 64);
                place += 1;
            }
            from += 1;
        }
        at += 1;
    }
    letters
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
    u8::try_from(c).map_or(c, |byte| char::from(rotated_byte(byte)))
}

const fn rotated_byte(byte: u8) -> u8 {
    match byte {
        b'a'..=b'm' => byte + 13,
        b'n'..=b'z' => byte - 13,
        _ => byte,
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

const fn is_vowel(c: char) -> bool {
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
    fn the_cheap_test_misses_none() {
        // Every core word with two letters swapped or one left out, turned around, rotated, without vowels, with endings.
        let written = core_words().flat_map(|core| {
            let at = 1..core.len().saturating_sub(1);
            let swapped = at.clone().map(move |at| {
                format!("{}{}{}", &core[..at], &core[at + 1..=at + 1], &core[at..=at]) + &core[at + 2..]
            });
            let left_out = at.map(move |at| core[..at].to_owned() + &core[at + 1..]);
            let others = [
                core.chars().rev().collect(),
                core.chars().map(rotated).collect(),
                core.char_indices().filter(|(at, c)| *at == 0 || !is_vowel(*c)).map(|(_, c)| c).collect(),
            ];
            swapped.chain(left_out).chain(others)
        });
        let mut found = 0;
        for word in written {
            for ending in ["", "s", "ing", "ed", "ay"] {
                let word = format!("{word}{ending}");
                if without_vowels(&word).or_else(|| otherwise(&word)).is_some() {
                    assert!(may_be_respelled(word.as_bytes()), "{word}");
                    found += 1;
                }
            }
        }
        assert!(found > 100, "{found}");
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
