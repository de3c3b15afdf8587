//! Words in plain writing are found: whole lists, in brackets and quotes, next to signs, in capitals, decomposed.

use unicode_normalization::UnicodeNormalization;

use super::engine::rated_words;
use super::tests::{detector, pieces};
use crate::detect::Detector;

/// What may precede and follow a word.
pub(super) const FRAMES: &[(&str, &str)] = &[
    ("", ""),
    ("(", ")"),
    ("(", ""),
    ("hmm (", ") hmm"),
    ("[", "]"),
    ("{", "}"),
    ("<", ">"),
    ("'", "'"),
    ("\"", "\""),
    ("“", "”"),
    ("«", "»"),
    ("„", "“"),
    ("「", "」"),
    ("（", "）"),
    ("`", "`"),
    ("*", "*"),
    ("**", "**"),
    ("_", "_"),
    ("~~", "~~"),
    ("||", "||"),
    ("/", "/"),
    ("\\", "\\"),
    ("-", "-"),
    ("=", "="),
    ("+", "+"),
    (":", ":"),
    (";", ";"),
    ("^", "^"),
    ("", ","),
    ("", "."),
    ("", "..."),
    ("", "…"),
    ("", "!!!"),
    ("", "!1"),
    ("", "?!"),
    ("¿", "?"),
    ("¡", "!"),
    ("¡", "¡"),
    ("！", "！"),
    ("#", ""),
    ("@", ""),
    ("＠", ""),
    ("$", "$"),
    ("$", ""),
    ("€", "€"),
    ("", "¢"),
    ("§", "§"),
    ("%", "%"),
    ("&", "&"),
    ("©", "®"),
    ("", "™"),
    ("> ", ""),
    ("- ", ""),
    ("# ", ""),
    ("1. ", ""),
    ("\n", "\n"),
    ("\r\n", "\r\n"),
    ("\t", "\t"),
    ("\u{a0}", "\u{a0}"),
    ("—", "—"),
    ("🙂", "🙂"),
    ("❤️", "❤️"),
    ("[", "](https://example.com)"),
    ("hmm,", ",hmm"),
];

/// How a word may be written.
pub(super) const CASES: &[fn(&str) -> String] = &[
    str::to_owned,
    str::to_uppercase,
    capitalised,
    |word| word.nfd().collect(),
    |word| word.to_uppercase().nfd().collect(),
];

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A text in which a word is found differently than in the middle of a line.
pub(super) struct Miss {
    text: String,
    found: Vec<String>,
    expected: Vec<String>,
}

impl std::fmt::Debug for Miss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}: found {:?}, expected {:?}", self.text, self.found, self.expected)
    }
}

impl Miss {
    /// Returns whether the word is not found at all, or only in part.
    pub(super) fn is_of_the_word(&self) -> bool {
        let is_covered = |word: &String| self.found.iter().any(|piece| piece.contains(word.as_str()));
        self.expected.is_empty() || !self.expected.iter().all(is_covered)
    }
}

/// Returns the texts in which `detector` misses one of `words`, or finds more or less than in the middle of a line, in a deterministic
/// sample of `trials` frames and cases.
pub(super) fn missed(detector: &dyn Detector, words: &[String], trials: usize) -> Vec<Miss> {
    // Each prime steps through all of its list, independently of the others.
    let at = |trial: usize, prime: usize, len: usize| trial * prime % len;
    let mut missed = Vec::new();
    for trial in 0..trials {
        let word = &words[at(trial, 7919, words.len())];
        let (before, after) = FRAMES[at(trial, 104_729, FRAMES.len())];
        if pieces(detector, &format!("hmm {word} hmm")).is_empty() {
            continue;
        }
        let written = CASES[at(trial, 611_953, CASES.len())](word);
        let text = format!("hmm {written} hmm");
        let expected = pieces(detector, &text);
        // With a capital letter within a sentence it is a name.
        if expected.is_empty() && written == capitalised(word) {
            continue;
        }
        let text = format!("{before}{written}{after}");
        let found = pieces(detector, &text);
        if expected.is_empty() || found != expected {
            missed.push(Miss { text, found, expected });
        }
    }
    missed
}

#[test]
fn english_words_are_found() {
    let detector = detector("{ level = 'strict', kinds = ['profane', 'offensive', 'sexual', 'mean'] }");
    let missed = missed(&*detector, &rated_words(), 8000);
    assert!(missed.is_empty(), "{} missed: {missed:#?}", missed.len());
}
