//! Finds secrets without a distinctive format by the name that they are assigned to: `aws_secret_access_key = …`.

use memchr::{memchr_iter, memchr3_iter};

use super::names::{NAMED, Named};
use super::pattern::match_end;
use super::{Finds, random};

/// The maximum length of a name in bytes, including the space after it.
const MAX_NAME_LEN: usize = 48;

/// Finds the named secrets in `text`, in order.
pub(super) fn find(text: &str, found: &mut Finds) {
    let bytes = text.as_bytes();
    for at in memchr3_iter(b':', b'=', b'>', bytes) {
        find_at(text, at, found);
    }
    // A comma separates a name and a value only in a row of quoted values.
    for at in memchr_iter(b',', bytes).filter(|at| text[..*at].ends_with(['"', '\''])) {
        find_at(text, at, found);
    }
}

/// Finds the named secret whose name ends before the operator at `at`.
fn find_at(text: &str, at: usize, found: &mut Finds) {
    let bytes = text.as_bytes();
    let value = value_start(bytes, at);
    // Every value starts with at least eight such characters, which rules out most operators.
    if !bytes.get(value..value + 8).is_some_and(|start| start.iter().all(|b| is_value_char(*b))) {
        return;
    }
    let Some((start, name)) = name_before(text, at) else { return };
    let lower = name.to_ascii_lowercase();
    for word_at in 0..lower.len() {
        for named in rows(&lower.as_bytes()[word_at..]) {
            if !matches_name(named, name, &lower, word_at) {
                continue;
            }
            let (Some(end), _) = match_end(named.parts, bytes, value) else { continue };
            let flaw = random::flaw(named.parts, &text[value..end]);
            found.judge(start..end, named.kind, flaw);
            if flaw.is_none() {
                return;
            }
        }
    }
}

fn is_value_char(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'_' | b'-' | b'.')
}

/// Returns the start of the value after the operator that starts at `at`.
fn value_start(bytes: &[u8], at: usize) -> usize {
    let skip = |at: usize, max: usize, set: &[u8]| {
        at + bytes[at..].iter().take(max).take_while(|byte| set.contains(byte)).count()
    };
    let value = skip(at + 1, 2, b"=>:");
    // The value of an XML element may be on a line of its own.
    let value = if bytes[at] == b'>' { skip(value, 16, b" \t\r\n") } else { skip(value, 3, b" \t") };
    skip(value, 2, b"\\\"'`")
}

/// Returns the name before the operator at `at`, and the start of its last word.
fn name_before(text: &str, at: usize) -> Option<(usize, &str)> {
    // `?=`, `||=` and `+=` are operators too.
    let at = text[..at].trim_end_matches(['?', '|', '+']).len();
    let bytes = &text.as_bytes()[..at];
    let is_name_char = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-. \t\"'\\:/".contains(byte);
    let len = bytes.iter().rev().take(MAX_NAME_LEN).take_while(|byte| is_name_char(byte)).count();
    let name = text.get(at - len..at)?;
    // The finding starts at the last word, because the text before it may be a sentence.
    let word = name.trim_end_matches(['"', '\'', '\\', ' ', '\t', ':']);
    let start = word.rfind(['"', '\'', ' ', '\t']).map_or(0, |before| before + 1);
    (!word.is_empty()).then_some((at - len + start, name))
}

/// Returns whether `name`, whose lower case form is `lower`, contains at `at` a word of the first group of `named`, and anywhere one of
/// each other group.
fn matches_name(named: &Named, name: &str, lower: &str, at: usize) -> bool {
    let bytes = name.as_bytes();
    let Some((first, others)) = named.words.split_first() else { return false };
    // A word must not cross word boundaries: `CameraKit` does not contain Meraki, and `sumObject` does not contain Sumo.
    let is_at_boundaries = |len: usize| {
        let starts_inside = bytes[at].is_ascii_lowercase() && at > 0 && bytes[at - 1].is_ascii_alphabetic();
        let ends_inside =
            bytes[at + len - 1].is_ascii_uppercase() && bytes[at + len - 2].is_ascii_lowercase();
        !(starts_inside || ends_inside)
    };
    first.iter().any(|word| lower[at..].starts_with(word) && is_at_boundaries(word.len()))
        && others.iter().all(|words| words.iter().any(|word| lower.contains(word)))
}

/// Returns the rows with a word of the first group that may be at the beginning of the lower-case `text`.
fn rows(text: &[u8]) -> impl Iterator<Item = &'static Named> {
    static BY_LETTERS: [[Rows; BUCKETS]; LETTERS] = rows_by_letters();
    let mut sets = [u64::MAX; 4];
    for (at, by_letter) in BY_LETTERS.iter().enumerate() {
        let bucket = text.get(at).map_or(BUCKETS - 1, |letter| bucket(*letter));
        sets.iter_mut().zip(by_letter[bucket]).for_each(|(set, other)| *set &= other);
    }
    let numbers = sets.into_iter().enumerate().flat_map(|(word, set)| {
        std::iter::successors(Some(set), |set| (*set != 0).then(|| set & (set - 1)))
            .take_while(|set| *set != 0)
            .map(move |set| word * 64 + set.trailing_zeros() as usize)
    });
    numbers.map(|number| &NAMED[number])
}

/// A set of numbers of rows in [`NAMED`].
type Rows = [u64; 4];

/// The number of letters at the beginning of a word that tell rows apart.
const LETTERS: usize = 3;

/// One bucket for each letter, one for other characters, and one for the end of the text.
const BUCKETS: usize = 28;

/// Returns the rows by each of the first letters of a word of their first group.
const fn rows_by_letters() -> [[Rows; BUCKETS]; LETTERS] {
    assert!(NAMED.len() <= 256);
    let (mut sets, mut row) = ([[[0; 4]; BUCKETS]; LETTERS], 0);
    while row < NAMED.len() {
        let words = NAMED[row].words[0];
        let mut word = 0;
        while word < words.len() {
            let (letters, mut at) = (words[word].as_bytes(), 0);
            while at < LETTERS {
                let mut bucket_at = 0;
                while bucket_at < BUCKETS {
                    // Anything may follow a shorter word.
                    if at >= letters.len() || bucket(letters[at]) == bucket_at {
                        sets[at][bucket_at][row / 64] |= 1 << (row % 64);
                    }
                    bucket_at += 1;
                }
                at += 1;
            }
            word += 1;
        }
        row += 1;
    }
    sets
}

const fn bucket(letter: u8) -> usize {
    if letter.is_ascii_lowercase() { (letter - b'a') as usize } else { BUCKETS - 2 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_values_by_their_names() {
        let (hex, base) =
            ("0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c", "aZ3bY7cX1dW9eV5fU2gT8hS4iR6jQ0kPlOmNn+/q");
        let found = |text: &str| {
            let mut finds = Finds::default();
            find(text, &mut finds);
            finds.found.into_iter().map(|(range, kind)| (text[range].to_owned(), kind)).collect::<Vec<_>>()
        };
        for (text, start, kind) in [
            (format!("my AWS_SECRET_ACCESS_KEY={base}"), 3, "aws"),
            (format!("{{\"SecretAccessKey\": \"{base}\"}}"), 2, "aws"),
            (format!("export meraki-api-key => '{hex}'"), 7, "cisco"),
            (format!("the aws secret key: {base}."), 15, "aws"),
            ("BUNDLE_GEMS__CONTRIBSYS__COM: c0ffee01:decade02".to_owned(), 0, "sidekiq"),
            (format!("walletPrivateKey = 0x{hex}{}", &hex[..24]), 0, "private-key"),
        ] {
            let end = text.trim_end_matches(['"', '\'', '.', '}']).len();
            assert_eq!(found(&text), [(text[start..end].to_owned(), kind)]);
        }
        for text in [
            format!("key = {base}"),
            format!("CameraKit: {hex}"),
            format!("ReactNativeCameraKit: {hex}"),
            format!("aws_secret_key = {hex}"),
            "aws_secret_key = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".to_owned(),
            "aws_secret_key = ${AWS_SECRET}, okta: 00".to_owned(),
        ] {
            assert_eq!(found(&text), [], "{text}");
        }
    }
}
