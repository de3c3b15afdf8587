//! Converts numbers that are spelled out in words to digits: `four one five, double five five 2671`.

use std::ops::Range;

use crate::text::{Offsets, is_alphanumeric};

/// The words for the digits from zero to nine in English, German, Spanish, French and Portuguese.
const DIGIT_WORDS: [&[&str]; 10] = [
    &["zero", "oh", "null", "cero", "zéro", "nul"],
    &["one", "eins", "uno", "un", "um"],
    &["two", "zwei", "zwo", "dos", "deux", "dois"],
    &["three", "drei", "tres", "trois", "três"],
    &["four", "vier", "cuatro", "quatre", "quatro"],
    &["five", "fünf", "cinco", "cinq"],
    &["six", "sechs", "seis", "meia"],
    &["seven", "sieben", "siete", "sept", "sete"],
    &["eight", "acht", "ocho", "huit", "oito"],
    &["nine", "neun", "nueve", "neuf", "nove"],
];

/// The minimum number of digit words in a number. Fewer are not an attempt to obfuscate it.
const MIN_WORDS: usize = 3;

/// A text in which digit words are replaced by digits, with a mapping to the original ranges.
pub(super) struct Digits {
    pub text: String,
    offsets: Offsets,
    spelled: Vec<Range<usize>>,
}

/// A digit word, possibly after `double` or `triple`, or a run of digits.
struct Piece {
    range: Range<usize>,
    digits: String,
    is_word: bool,
}

impl Digits {
    /// Converts `text`; returns `None` if no number is spelled out in it, which is the usual case.
    pub(super) fn of(text: &str) -> Option<Self> {
        let runs: Vec<_> = runs(text).into_iter().filter(|run| is_number(run)).collect();
        if runs.is_empty() {
            return None;
        }
        let (mut digits, mut offsets, mut done) = (String::with_capacity(text.len()), Offsets::default(), 0);
        let mut spelled = Vec::new();
        for piece in runs.iter().flatten() {
            let gap = &text[done..piece.range.start];
            let continues =
                spelled.last().is_some_and(|last: &Range<usize>| last.end == digits.len()) && is_gap(gap);
            if continues {
                digits.push(' ');
                offsets.swap(1, gap.len());
            } else {
                digits.push_str(gap);
                offsets.copy(gap.len());
            }
            let start = digits.len();
            digits.push_str(&piece.digits);
            offsets.swap(piece.digits.len(), piece.range.len());
            done = piece.range.end;
            spelled.push(start..digits.len());
        }
        digits.push_str(&text[done..]);
        offsets.copy(text.len() - done);
        Some(Self { text: digits, offsets, spelled })
    }

    /// Returns the range of the original text for `range`, if it contains a number that was spelled out.
    pub(super) fn origin(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let is_inside = |spelled: &Range<usize>| range.start <= spelled.start && spelled.end <= range.end;
        self.spelled.iter().any(is_inside).then(|| self.offsets.to_origin(range.clone()))
    }
}

/// Returns whether `run` has enough digits for a phone number and enough digit words to be spelled out on purpose.
fn is_number(run: &[Piece]) -> bool {
    run.iter().filter(|piece| piece.is_word).count() >= MIN_WORDS
        && run.iter().map(|piece| piece.digits.len()).sum::<usize>() >= super::MIN_DIGITS
}

/// Returns the runs of digits and digit words in `text`.
fn runs(text: &str) -> Vec<Vec<Piece>> {
    let words = words(text);
    let (mut runs, mut run, mut at): (Vec<_>, Vec<Piece>, _) = (Vec::new(), Vec::new(), 0);
    while at < words.len() {
        let times = times(&text[words[at].clone()]);
        let last = (at + usize::from(times > 1)).min(words.len() - 1);
        let range = words[at].start..words[last].end;
        let piece = digits(&text[words[last].clone()]).map(|(digits, is_word)| Piece {
            range,
            digits: digits.repeat(times),
            is_word,
        });
        let continues_run = |piece: &Piece| {
            run.last().is_none_or(|before: &Piece| is_gap(&text[before.range.end..piece.range.start]))
        };
        if !piece.as_ref().is_some_and(continues_run) {
            runs.push(std::mem::take(&mut run));
        }
        run.extend(piece);
        at = last + 1;
    }
    runs.push(run);
    runs
}

/// Returns the runs of letters and the runs of digits in `text`.
fn words(text: &str) -> Vec<Range<usize>> {
    let (mut words, mut word): (Vec<Range<usize>>, Option<(usize, bool)>) = (Vec::new(), None);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let kind = is_alphanumeric(c).then(|| c.is_ascii_digit());
        if let Some((start, _)) = word.filter(|(_, before)| Some(*before) != kind) {
            words.push(start..at);
            word = None;
        }
        if let Some(kind) = kind {
            word.get_or_insert((at, kind));
        }
    }
    words
}

/// Returns how often the digit after `word` counts: `double` and `triple` repeat it.
fn times(word: &str) -> usize {
    if word.eq_ignore_ascii_case("double") {
        2
    } else if word.eq_ignore_ascii_case("triple") {
        3
    } else {
        1
    }
}

/// Returns the digits that `word` stands for, and whether it is a digit word.
fn digits(word: &str) -> Option<(String, bool)> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((word.to_owned(), false));
    }
    let name = word.to_lowercase();
    let digit = DIGIT_WORDS.iter().position(|words| words.contains(&name.as_str()))?;
    Some((digit.to_string(), true))
}

/// Returns whether `gap` may separate the digits of a number that is spelled out.
fn is_gap(gap: &str) -> bool {
    gap.len() <= 4 && gap.bytes().all(|byte| matches!(byte, b' ' | b'-' | b',' | b'.' | b'_' | b'\n' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_words_to_digits() {
        for (text, digits) in [
            ("call four one five, double five five 2671!", Some("call 4 1 5 55 5 2671!")),
            ("null eins fünf eins 234567", Some("0 1 5 1 234567")),
            ("one or two of them", None),
            ("one, two, three and 4", None),
        ] {
            assert_eq!(Digits::of(text).map(|digits| digits.text).as_deref(), digits, "{text:?}");
        }
    }

    #[test]
    fn maps_digits_to_the_original_words() {
        let text = "é four one five double five five 2671 or 4155552671";
        let digits = Digits::of(text).unwrap();
        let at = digits.text.find('4').unwrap();
        let end = digits.text.find(" or").unwrap();
        assert_eq!(&text[digits.origin(&(at..end)).unwrap()], "four one five double five five 2671");
        assert_eq!(digits.origin(&(end + 4..digits.text.len())), None);
    }
}
