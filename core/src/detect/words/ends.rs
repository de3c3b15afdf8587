//! Where a word begins and ends, judged on the text as people see it.
//!
//! Where a script puts spaces between words, a word is what stands between them. Others have their own ways:
//!
//! * Chinese, Japanese in hiragana, Thai and its neighbours do not show where words are. A word is found wherever its letters
//!   stand, but never a part of a letter: not before a vowel sign or a mark that belongs to its last letter.
//! * A word in katakana is a whole run of katakana: `バカ` is not in `バカンス`. One that a list has in katakana is found in hiragana
//!   too, but not in the middle of it.
//! * In Korean a word of any script may have particles after it: `바보` is in `바보야` and `바보들은`, and not in `바보상자`, and `zebra`
//!   is in `zebra의`.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::particles::{LONGER_THAN_ANY, is_particle};
use crate::text::{is_hangul, is_hiragana, is_katakana, is_part_of_glyph, is_spaced_letter};

/// Where letters may go on: the stars of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    pub before: bool,
    pub after: bool,
    /// Whether the word is one of katakana.
    pub katakana: bool,
}

impl Ends {
    /// The ends of a word that is listed with these and with `other`.
    pub(super) fn or(self, other: Self) -> Self {
        let Self { before, after, katakana } = other;
        Self { before: self.before | before, after: self.after | after, katakana: self.katakana & katakana }
    }

    /// Whether Latin letters go on beyond the word at `range` of `text`, which is at `within` of `folded`, where they may not: letters
    /// that are written as entities, in ASCII, which the text itself does not tell.
    pub(super) fn are_passed(
        self,
        text: &str,
        range: &Range<usize>,
        folded: &str,
        within: &Range<usize>,
    ) -> bool {
        let letter = |at: Option<usize>| {
            at.and_then(|at| folded.as_bytes().get(at)).is_some_and(u8::is_ascii_alphanumeric)
        };
        let joined = |at: usize| letter(at.checked_sub(1)) && letter(Some(at));
        let seen = |c: &char| !is_part_of_glyph(*c);
        let previous = || text[..range.start].chars().rev().find(seen).is_some_and(|c| c.is_ascii());
        let next = || text[range.end..].chars().find(seen).is_some_and(|c| c.is_ascii());
        !self.before && joined(within.start) && previous() || !self.after && joined(within.end) && next()
    }

    /// `range` of `text` extended to where its letters may go on; nothing if they go on where they may not.
    pub(super) fn whole_word(self, text: &str, range: Range<usize>) -> Option<Range<usize>> {
        let seen = |c: &char| !is_part_of_glyph(*c);
        let word = &text[range.clone()];
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let (first, last) = (word.chars().find(seen), word.chars().rev().find(seen));
        let (previous, next) = (before.chars().rev().find(seen), after.chars().find(seen));
        let (mut start, mut end) = (range.start, range.end);
        let hidden = self.katakana && first.is_some_and(is_hiragana) && previous.is_some_and(is_hiragana);
        let longer_before = hidden || goes_on(previous, first);
        let longer_after = goes_on(last, next) && !has_particle(last, after);
        // Before looking for the ends, which may be far: a word may be all of the text.
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

/// `range` of `text`, in which a word stands, with the particles after it.
pub(super) fn with_particles(text: &str, range: Range<usize>) -> Range<usize> {
    let after = &text[range.end..];
    let last = text[range.clone()].chars().next_back();
    range.start..range.end + if has_particle(last, after) { syllables(after).len() } else { 0 }
}

/// Whether `range` is in the last of `found`: then it says nothing new, and its ends were looked for already.
pub(super) fn is_known(range: &Range<usize>, found: &[Range<usize>]) -> bool {
    found.last().is_some_and(|last| last.start <= range.start && range.end <= last.end)
}

/// Whether a word goes on from one character to the next.
fn goes_on(one: Option<char>, next: Option<char>) -> bool {
    let (Some(one), Some(next)) = (one, next) else { return false };
    let both = |is: fn(char) -> bool| is(one) && is(next);
    both(is_spaced) || both(is_katakana) || is_combining_mark(next) && one.is_alphanumeric()
}

/// Whether `c` is a letter, a digit or a vowel sign of a script with spaces between words.
fn is_spaced(c: char) -> bool {
    is_spaced_letter(c)
        || is_combining_mark(c) && !matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{17ff}')
}

fn ends_word(c: char) -> bool {
    !is_part_of_glyph(c) && !is_spaced(c) && !is_katakana(c)
}

/// Whether what follows a word that ends in `last`, up to the end of its syllables, only says what part it plays in the sentence: also
/// that of a word in Latin letters.
fn has_particle(last: Option<char>, after: &str) -> bool {
    last.is_some_and(char::is_alphanumeric) && is_particle(syllables(after))
}

/// The syllables of Korean that `text` begins with, as far as a particle may reach: no more is looked at, however long they go on.
fn syllables(text: &str) -> &str {
    let reach = text.char_indices().nth(LONGER_THAN_ANY).map_or(text.len(), |(at, _)| at);
    let near = &text[..reach];
    &near[..near.find(|c| !is_hangul(c)).unwrap_or(reach)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_may_go_on_where_there_is_a_star() {
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
    fn every_script_has_its_boundaries() {
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
