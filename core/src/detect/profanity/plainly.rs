//! A word that stands there plainly is found: whole lists, in brackets and quotes, beside signs, in capitals, decomposed.

use unicode_normalization::UnicodeNormalization;

use super::engine::rated_words;
use super::tests::{detector, pieces};
use crate::detect::Detector;

/// What may stand before and after a word.
const FRAMES: &[(&str, &str)] = &[
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
const CASES: &[fn(&str) -> String] = &[
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

/// A text in which a word is not found as it is in the middle of a line.
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
    /// Whether the word is not found at all, or a part of it only.
    pub(super) fn is_of_the_word(&self) -> bool {
        let is_covered = |word: &String| self.found.iter().any(|piece| piece.contains(word.as_str()));
        self.expected.is_empty() || !self.expected.iter().all(is_covered)
    }
}

/// Of `words` those that `detector` misses in a frame or a case, or of which it finds more or less than it does in the middle of a
/// line; a sample of some `trials`, always the same.
pub(super) fn missed(detector: &dyn Detector, words: &[String], trials: usize) -> Vec<Miss> {
    // Each prime walks through all of its list, whatever the others do.
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
        let text = format!("{before}{written}{after}");
        let found = pieces(detector, &text);
        if expected.is_empty() && written != capitalised(word) || found != expected {
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
