//! Confirms that a piece of text that reads like a word of a list is meant as that word.

use std::ops::Range;

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

use super::file::Entry;
use crate::detect::Problem;
use crate::text::{Folded, is_hangul, is_invisible, without_umlauts};

/// How to compare entries with the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Ignores accents and any obfuscation.
    Loose,
    /// Like `Loose`, but an obfuscated word must consist mostly of letters of the entry's own script: folding turns Cyrillic and
    /// Greek words into Latin letters, and makes many of them equal.
    Own(Script),
    /// As written, except for case.
    Exact,
}

impl Manner {
    pub(super) const ALL: [Self; 4] =
        [Self::Loose, Self::Own(Script::Cyrillic), Self::Own(Script::Greek), Self::Exact];

    /// Returns how to compare `entry`.
    pub(super) fn of(entry: &Entry) -> Self {
        let script = entry.written.chars().find(|c| c.is_alphabetic()).map(|c| c.script());
        match script {
            _ if entry.exact => Self::Exact,
            Some(script @ (Script::Cyrillic | Script::Greek)) => Self::Own(script),
            _ => Self::Loose,
        }
    }
}

/// The entries as written, to look them up in what was found.
pub(super) struct Confirm {
    manner: Manner,
    plain: AhoCorasick,
}

impl Confirm {
    /// Creates a confirmation for `words`, as written in a list.
    pub(super) fn new(manner: Manner, words: &[String]) -> Result<Self, Problem> {
        let spellings = |word: &String| {
            let word = word.trim_matches('*');
            [Some(word.to_owned()), without_umlauts(word)].into_iter().flatten()
        };
        let plain = words.iter().flat_map(spellings).map(|word| manner.plain(&word));
        let plain = AhoCorasick::new(plain)
            .map_err(|error| Problem::new(format!("the list is too large: {error}")))?;
        Ok(Self { manner, plain })
    }

    /// Returns the range of the word, if `range` of `text` is one as written, or an obfuscated one.
    pub(super) fn meant(&self, text: &str, range: Range<usize>) -> Option<Range<usize>> {
        let piece = &text[range.clone()];
        // `piç!` reads like `piçi`: signs at the ends are not part of the word if it is a word without them.
        let is_sign = |c: char| !c.is_alphanumeric() && !is_combining_mark(c);
        let start = range.start + piece.len() - piece.trim_start_matches(is_sign).len();
        let bare = piece.trim_matches(is_sign);
        if self.is_plain(bare) {
            return Some(start..start + bare.len());
        }
        self.is_meant(piece).then_some(range)
    }

    fn is_meant(&self, piece: &str) -> bool {
        self.is_plain(piece)
            || match self.manner {
                Manner::Exact => false,
                Manner::Loose => is_disguised(piece),
                Manner::Own(script) => is_disguised(piece) && is_mostly(script, piece),
            }
    }

    fn is_plain(&self, piece: &str) -> bool {
        self.plain.is_match(&self.manner.plain(piece))
            || self.manner == Manner::Exact
                && piece.contains('I')
                && self.plain.is_match(&self.manner.plain(&piece.replace('I', "ı")))
    }
}

impl Manner {
    /// Returns `text` without the differences that this manner ignores.
    pub(super) fn plain(self, text: &str) -> String {
        // Folding decomposes Korean syllables, which would make 씹 (to chew) equal to 씨ㅂ.
        if self != Self::Exact && !text.contains(is_hangul) {
            return Folded::new(text).text().nfc().collect();
        }
        let lower = |c: char| match c {
            // The default mapping produces an `i` with a second dot.
            'İ' => 'i'.to_lowercase(),
            _ => c.to_lowercase(),
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        text.nfc().filter(|c| !is_invisible(*c)).flat_map(lower).nfc().collect()
    }
}

/// The minimum length of an obfuscated piece, in characters: nobody obfuscates shorter words, and code is full of such pieces.
const SHORTEST: usize = 4;

/// The number of repetitions of a letter that no spelling requires and that express emphasis.
const DRAWN_OUT: usize = 3;

/// Returns whether `piece` is written in a way that shows an intention to hide it: with digits or signs in it, letter by letter, drawn
/// out, or with letters of several alphabets.
fn is_disguised(piece: &str) -> bool {
    let joins = |c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '-' | '\u{200c}');
    let is_letter = |c: char| c.is_alphabetic() && !is_costume(c) || is_combining_mark(c);
    if piece.contains(ends_sentence)
        || piece.chars().filter(|c| !c.is_whitespace()).nth(SHORTEST - 1).is_none()
    {
        return false;
    }
    if piece.chars().any(|c| !is_letter(c) && !joins(c) || is_lone_vowel(c)) {
        return true;
    }
    let mut words = piece.split(joins).filter(|word| !word.is_empty()).peekable();
    let one_letter = |word: &str| word.chars().nth(1).is_none();
    let alphabet =
        |c: char| matches!(c.script(), Script::Latin | Script::Cyrillic | Script::Greek).then(|| c.script());
    let mut alphabets = piece.chars().filter_map(alphabet);
    let first = alphabets.next();
    let letters: Vec<char> = piece.chars().flat_map(char::to_lowercase).collect();
    alphabets.any(|alphabet| Some(alphabet) != first)
        || letters.windows(DRAWN_OUT).any(|run| run.iter().all(|c| *c == run[0]))
        || words.clone().nth(1).is_some() && words.all(one_letter)
}

/// Returns whether `c` ends a sentence or clause without a following space, so that a word cannot contain it.
fn ends_sentence(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '…' | '؟' | '،' | '\n')
}

/// Returns whether `c` is a letter that no listed language uses, such as a small capital.
fn is_costume(c: char) -> bool {
    matches!(c, '\u{250}'..='\u{2af}' | '\u{13a0}'..='\u{13ff}' | '\u{1d00}'..='\u{1dbf}' | '\u{2c60}'..='\u{2c7f}'
        | '\u{a4d0}'..='\u{a4ff}' | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{abbf}' | '\u{10400}'..='\u{1044f}')
}

/// Returns whether `c` is a Korean vowel outside of a syllable. Consonants there may be abbreviations.
fn is_lone_vowel(c: char) -> bool {
    matches!(c, '\u{314f}'..='\u{3163}')
}

/// Returns whether more than half of the letters of `piece` are of `script`.
fn is_mostly(script: Script, piece: &str) -> bool {
    let letters = || piece.chars().filter(|c| c.is_alphanumeric());
    letters().filter(|c| c.script() == script).count() * 2 > letters().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disguise_is_what_is_not_plainly_written() {
        for (piece, disguised) in [
            ("puta", false),
            ("hijo de puta", false),
            ("lèche-cul", false),
            ("t’encule", false),
            ("сука", false),
            ("傻b", false),
            ("씨ㅂ새끼", false),
            ("ㅅㅣㅂㅏㄹ", true),
            ("pu7a", true),
            ("p.u.t.a", true),
            ("p u t a", true),
            ("puuuta", true),
            ("pυta", true),
            ("ᴘᴜᴛᴀ", true),
            ("a", false),
        ] {
            assert_eq!(is_disguised(piece), disguised, "{piece}");
        }
    }

    #[test]
    fn what_is_written_plainly_is_in_the_list_as_it_is_written() {
        let loose =
            Confirm::new(Manner::Loose, &["*scheiße*", "röv", "보지", "씨ㅂ*"].map(str::to_owned)).unwrap();
        let exact = Confirm::new(Manner::Exact, &["piç".to_owned(), "sik".to_owned()]).unwrap();
        let own = Confirm::new(Manner::Own(Script::Cyrillic), &["хуй".to_owned()]).unwrap();
        for (confirm, piece, meant) in [
            (&loose, "Scheiße", true),
            (&loose, "Scheibe", false),
            (&loose, "SchEiß€", true),
            (&loose, "Roev", true),
            (&loose, "보직", false),
            (&loose, "씨ㅂ아", true),
            (&loose, "씹어", false),
            (&loose, "ㅂㅗㅈㅣ", true),
            (&loose, "보지", true),
            (&exact, "Piç", true),
            (&exact, "pic", false),
            (&exact, "p1ç", false),
            (&exact, "SİK", true),
            (&exact, "PIÇ", true),
            (&exact, "SIK", true),
            (&exact, "sık", false),
            (&own, "ХУЙ", true),
            (&own, "х у й", false),
            (&own, "х-у-й", true),
            (&own, "x y n", false),
            (&own, "xyn", false),
        ] {
            assert_eq!(confirm.is_meant(piece), meant, "{piece}");
        }
    }
}
