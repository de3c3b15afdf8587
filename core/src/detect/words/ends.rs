//! Word boundaries, judged on the original text.
//!
//! In scripts that put spaces between words, a word is delimited by anything but letters and digits. Other scripts have other rules:
//!
//! * Chinese, Japanese in hiragana, Thai and related scripts do not mark word boundaries. A word is found wherever its letters occur,
//!   but never within a grapheme cluster: not before a vowel sign or mark that belongs to its last letter.
//! * A word in katakana is a whole run of katakana: `バカ` is not in `バカンス`. A word that is listed in katakana is also found in
//!   hiragana, but not after another hiragana letter.
//! * In Korean text, a word of any script may be followed by particles: `바보` is in `바보야` and `바보들은` but not in `바보상자`, and
//!   `zebra` is in `zebra의` and `zebra에서는`.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::particles::{MAX_SYLLABLES, are_particles, is_particle};
use crate::text::{is_hangul, is_hiragana, is_katakana, is_part_of_glyph, is_spaced_letter};

/// At which ends of a listed word further letters may follow, as its `*` characters say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    pub before: bool,
    pub after: bool,
    /// Whether the word is listed in katakana.
    pub katakana: bool,
}

impl Ends {
    /// Returns the ends of a word that is listed both with these and with `other`.
    pub(super) fn or(self, other: Self) -> Self {
        let Self { before, after, katakana } = other;
        Self { before: self.before | before, after: self.after | after, katakana: self.katakana & katakana }
    }

    /// Returns whether Latin letters continue the word in `folded` at an end where they may not. This detects letters that are written as
    /// character references such as `&#97;`, which the original text does not show. The word is at `range` in `text` and at `within`
    /// in `folded`.
    pub(super) fn are_exceeded(
        self,
        text: &str,
        range: &Range<usize>,
        folded: &str,
        within: &Range<usize>,
    ) -> bool {
        let is_letter = |at: Option<usize>| {
            at.and_then(|at| folded.as_bytes().get(at)).is_some_and(u8::is_ascii_alphanumeric)
        };
        let is_joined = |at: usize| is_letter(at.checked_sub(1)) && is_letter(Some(at));
        let is_visible = |c: &char| !is_part_of_glyph(*c);
        let previous_is_ascii =
            || text[..range.start].chars().rev().find(is_visible).is_some_and(|c| c.is_ascii());
        let next_is_ascii = || text[range.end..].chars().find(is_visible).is_some_and(|c| c.is_ascii());
        !self.before && is_joined(within.start) && previous_is_ascii()
            || !self.after && is_joined(within.end) && next_is_ascii()
    }

    /// Returns `range` of `text`, extended to the whole word at the ends where letters may follow, or `None` if letters follow at an end
    /// where they may not.
    pub(super) fn whole_word(self, text: &str, range: Range<usize>) -> Option<Range<usize>> {
        let is_visible = |c: &char| !is_part_of_glyph(*c);
        let word = &text[range.clone()];
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let (first, last) = (word.chars().find(is_visible), word.chars().rev().find(is_visible));
        let (previous, next) = (before.chars().rev().find(is_visible), after.chars().find(is_visible));
        let (mut start, mut end) = (range.start, range.end);
        let is_inside_hiragana =
            self.katakana && first.is_some_and(is_hiragana) && previous.is_some_and(is_hiragana);
        let longer_before = is_inside_hiragana || is_same_word(previous, first);
        let longer_after = is_same_word(last, next) && !has_particle(last, after);
        // This check comes first because the search for the ends may be long.
        if longer_before && !self.before || longer_after && !self.after {
            return None;
        }
        if longer_before {
            start =
                before.char_indices().rfind(|(_, c)| ends_word(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        }
        if longer_after {
            end += after.find(ends_word).unwrap_or(after.len());
        }
        Some(start..end)
    }
}

/// Returns the `range` of a word in `text`, extended by the Korean particles after it.
pub(super) fn with_particles(text: &str, range: Range<usize>) -> Range<usize> {
    let after = &text[range.end..];
    let last = text[range.clone()].chars().next_back();
    range.start..range.end + if has_particle(last, after) { syllables(after).len() } else { 0 }
}

/// Returns whether `range` is within the last of `found`, so that it adds nothing.
pub(super) fn is_known(range: &Range<usize>, found: &[Range<usize>]) -> bool {
    found.last().is_some_and(|last| last.start <= range.start && range.end <= last.end)
}

/// Returns whether there is no word boundary between two adjacent characters.
fn is_same_word(one: Option<char>, next: Option<char>) -> bool {
    let (Some(one), Some(next)) = (one, next) else { return false };
    let both = |is: fn(char) -> bool| is(one) && is(next);
    both(is_spaced) || both(is_katakana) || is_combining_mark(next) && one.is_alphanumeric()
}

/// Returns whether `c` is a letter, digit or mark of a script that puts spaces between words.
fn is_spaced(c: char) -> bool {
    is_spaced_letter(c)
        || is_combining_mark(c) && !matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{17ff}')
}

fn ends_word(c: char) -> bool {
    !is_part_of_glyph(c) && !is_spaced(c) && !is_katakana(c)
}

/// Returns whether the Korean syllables at the start of `after` are particles of a word, in any script, that ends in `last`.
fn has_particle(last: Option<char>, after: &str) -> bool {
    let syllables = syllables(after);
    match last {
        Some(last) if is_hangul(last) => is_particle(syllables),
        // No Korean word goes on in Hangul after another script, so rarer particles and several of them are certain.
        Some(last) => last.is_alphanumeric() && are_particles(syllables),
        None => false,
    }
}

/// Returns the Korean syllables at the start of `text`, limited to more than the longest particle so that the cost is bounded.
fn syllables(text: &str) -> &str {
    let reach = text.char_indices().nth(MAX_SYLLABLES).map_or(text.len(), |(at, _)| at);
    let near = &text[..reach];
    &near[..near.find(|c| !is_hangul(c)).unwrap_or(reach)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extends_words_only_at_stars() {
        let ends = |before, after| Ends { before, after, ..Ends::default() };
        for (ends, found) in [
            (ends(false, false), None),
            (ends(true, false), None),
            (ends(false, true), None),
            (ends(true, true), Some("to\u{200b}mcats")),
        ] {
            let text = "a to\u{200b}mcats, b";
            let at = text.find("cat").unwrap();
            assert_eq!(ends.whole_word(text, at..at + 3).map(|range| &text[range]), found, "{ends:?}");
        }
    }

    #[test]
    fn applies_the_word_boundaries_of_each_script() {
        for (word, text, whole) in [
            ("笨蛋", "你是笨蛋吗", true),
            ("ばか", "おまえはばかだ", true),
            ("バカ", "おまえバカだな", true),
            ("バカ", "バカンス", false),
            ("ﾊﾞｶ", "ﾊﾞｶﾝｽ", false),
            ("か", "か\u{3099}", false),
            ("โง่", "คุณโง่มาก", true),
            ("กน", "กนิ", false),
            ("राम", "राम से", true),
            ("राम", "रामा", false),
            ("바보", "바보야!", true),
            ("바보", "바보들은", true),
            ("바보", "바보상자", false),
            ("바보", "딸바보", false),
            ("zebra", "그 zebra의", true),
            ("zebra", "zebra들은", true),
            ("zebra", "zebra상자", false),
            ("zebra", "의zebra", false),
            ("дурак", "дураки", false),
        ] {
            let at = text.find(word).unwrap();
            let found = Ends::default().whole_word(text, at..at + word.len());
            assert_eq!(found.is_some(), whole, "{word} in {text}");
        }
    }
}
