//! Whether a piece that reads like a word of a list is meant to be it.

use std::ops::Range;

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

use super::file::Entry;
use crate::detect::Problem;
use crate::text::{Folded, is_hangul, is_invisible, without_umlauts};

/// How entries are compared with what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Through accents, and through any disguise.
    Loose,
    /// As loose, but a disguise must be mostly of the entry's own letters: folding makes Latin ones of Cyrillic and Greek words,
    /// and few of many.
    Own(Script),
    /// As written, but for case.
    Exact,
}

impl Manner {
    pub(super) const ALL: [Self; 4] =
        [Self::Loose, Self::Own(Script::Cyrillic), Self::Own(Script::Greek), Self::Exact];

    /// How `entry` is compared.
    pub(super) fn of(entry: &Entry) -> Self {
        let script = entry.written.chars().find(|c| c.is_alphabetic()).map(|c| c.script());
        match script {
            _ if entry.exact => Self::Exact,
            Some(script @ (Script::Cyrillic | Script::Greek)) => Self::Own(script),
            _ => Self::Loose,
        }
    }
}

/// Entries as they are written, for looking them up in what was found.
pub(super) struct Confirm {
    manner: Manner,
    plain: AhoCorasick,
}

impl Confirm {
    /// Confirms `words`, as written in a list.
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

    /// Where the word is, if `range` of `text` is one as it is written, or one in disguise.
    pub(super) fn meant(&self, text: &str, range: Range<usize>) -> Option<Range<usize>> {
        let piece = &text[range.clone()];
        // `piç!` reads like `piçi`: signs at the ends that the word can do without are not part of it.
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
    /// `text` without what makes no difference in this manner.
    pub(super) fn plain(self, text: &str) -> String {
        // Folding takes the syllables of Korean apart, and then 씹 (to chew) is 씨ㅂ.
        if self != Self::Exact && !text.contains(is_hangul) {
            return Folded::new(text).text().nfc().collect();
        }
        let lower = |c: char| match c {
            // Elsewhere it becomes an `i` with a second dot.
            'İ' => 'i'.to_lowercase(),
            _ => c.to_lowercase(),
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        text.nfc().filter(|c| !is_invisible(*c)).flat_map(lower).nfc().collect()
    }
}

/// Shorter pieces are disguised by nobody, and code is full of them.
const SHORTEST: usize = 4;

/// How often in a row a letter is written for its sound, and by no rule of spelling.
const DRAWN_OUT: usize = 3;

/// Whether `piece` is written as nobody writes who has nothing to hide: with digits or signs in it, letter by letter, drawn out, or
/// with the letters of several alphabets.
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

/// Whether `c` ends a sentence or a part of one where no space follows: what stands on both sides of it is no word.
fn ends_sentence(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '…' | '؟' | '،' | '\n')
}

/// Whether `c` is a letter that no language of the lists is written in, such as a small capital.
fn is_costume(c: char) -> bool {
    matches!(c, '\u{250}'..='\u{2af}' | '\u{13a0}'..='\u{13ff}' | '\u{1d00}'..='\u{1dbf}' | '\u{2c60}'..='\u{2c7f}'
        | '\u{a4d0}'..='\u{a4ff}' | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{abbf}' | '\u{10400}'..='\u{1044f}')
}

/// Whether `c` is a vowel of Korean outside of a syllable, where a consonant may be an abbreviation.
fn is_lone_vowel(c: char) -> bool {
    matches!(c, '\u{314f}'..='\u{3163}')
}

/// Whether more than half of the letters of `piece` are of `script`.
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
