//! A small pattern language for token formats: a sequence of parts, matched from left to right without backtracking.
//!
//! Regular expressions could express the same, but a hundred of them take milliseconds and megabytes to compile. These patterns are
//! constants, and the cost of matching is proportional to the bytes examined.

use std::ops::Range;

use memchr::memmem;

/// A set of ASCII characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Set(u128);

impl Set {
    pub(super) const EMPTY: Self = Self(0);
    pub(super) const ALL: Self = Self(u128::MAX);

    /// Returns the union of both sets.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the set of the characters in `spec`, in which a hyphen between two characters denotes a range. A hyphen at the end is
    /// itself a member.
    pub(super) const fn of(spec: &str) -> Self {
        let (bytes, mut set, mut at) = (spec.as_bytes(), 0, 0);
        while at < bytes.len() {
            let is_range = at + 2 < bytes.len() && bytes[at + 1] == b'-';
            let last = if is_range { bytes[at + 2] } else { bytes[at] };
            let mut byte = bytes[at];
            while byte <= last {
                set |= 1 << byte;
                byte += 1;
            }
            at += if is_range { 3 } else { 1 };
        }
        Self(set)
    }

    /// Returns whether `byte` is a member.
    pub(super) const fn has(self, byte: u8) -> bool {
        byte < 128 && self.0 >> byte & 1 == 1
    }
}

pub(super) const DIGITS: Set = Set::of("0-9");
/// Hexadecimal digits in lower case.
pub(super) const HEX: Set = Set::of("0-9a-f");
/// Hexadecimal digits in either case.
pub(super) const ANY_HEX: Set = Set::of("0-9A-Fa-f");
pub(super) const LOWER_ALNUM: Set = Set::of("0-9a-z");
pub(super) const UPPER_ALNUM: Set = Set::of("0-9A-Z");
pub(super) const LETTERS: Set = Set::of("A-Za-z");
pub(super) const ALNUM: Set = Set::of("0-9A-Za-z");
pub(super) const BASE64: Set = Set::of("0-9A-Za-z+/");
/// The URL-safe Base64 alphabet.
pub(super) const BASE64_URL: Set = Set::of("0-9A-Za-z_-");

/// A part of a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// This text.
    Literal(&'static str),
    /// The first of these texts that matches.
    AnyOf(&'static [&'static str]),
    /// As many characters of a set as possible, between a minimum and a maximum number.
    Run(Set, usize, usize),
    /// All of these parts, or nothing.
    Optional(&'static [Part]),
    /// The preceding run contains this text.
    Contains(&'static str),
    /// The preceding run ends with this text.
    EndsWith(&'static str),
    /// The preceding run contains digits, lower case and upper case letters, unless a random run of its length might lack them.
    /// Identifiers in programs rarely do.
    Mixed,
}

/// Returns a run of exactly `count` characters of `set`.
pub(super) const fn exactly(set: Set, count: usize) -> Part {
    Part::Run(set, count, count)
}

/// Returns a run of `min` or more characters of `set`.
pub(super) const fn at_least(set: Set, min: usize) -> Part {
    Part::Run(set, min, usize::MAX)
}

/// A UUID in lower case.
pub(super) const UUID: &[Part] = &[
    exactly(HEX, 8),
    Part::Literal("-"),
    exactly(HEX, 4),
    Part::Literal("-"),
    exactly(HEX, 4),
    Part::Literal("-"),
    exactly(HEX, 4),
    Part::Literal("-"),
    exactly(HEX, 12),
];

/// Calls `with` for the characters that can start a match of `parts`, each with the characters that can follow it.
pub(super) fn for_each_start(parts: &[Part], mut with: impl FnMut(u8, Set)) {
    let mut literal = |literal: &str| match *literal.as_bytes() {
        [first, second, ..] => with(first, Set(1 << second)),
        _ => unreachable!("every literal at the start has two characters or more"),
    };
    match parts {
        [Part::Literal(only), ..] => literal(only),
        [Part::AnyOf(literals), ..] => literals.iter().for_each(|one| literal(one)),
        [Part::Run(set, min, _), ..] => {
            let next = if *min > 1 { *set } else { Set::ALL };
            (0..128).filter(|byte| set.has(*byte)).for_each(|byte| with(byte, next));
        }
        _ => {}
    }
}

/// Returns the text of the runs in `token`, which matches `parts`. Runs are the parts that differ between tokens.
pub(super) fn runs<'t>(parts: &[Part], token: &'t str) -> Vec<&'t str> {
    let mut matcher = Matcher { runs: Some(Vec::new()), ..Matcher::at(0) };
    matcher.match_parts(parts, token.as_bytes());
    matcher.runs.into_iter().flatten().filter_map(|run| token.get(run)).collect()
}

/// Returns the end of the match of `parts` at `at` in `text`, and the number of bytes examined. The end is `None` if the parts do not
/// match or if the match is part of a longer token.
pub(super) fn match_end(parts: &[Part], text: &[u8], at: usize) -> (Option<usize>, usize) {
    let mut matcher = Matcher::at(at);
    let end = matcher.match_parts(parts, text).and_then(|()| matcher.delimited_end(text));
    (end, matcher.end - at)
}

/// The state of a match.
struct Matcher {
    end: usize,
    /// The last run.
    run: Range<usize>,
    /// The set of the last run; empty if a literal follows it.
    set: Set,
    /// All runs, if they are to be collected.
    runs: Option<Vec<Range<usize>>>,
}

impl Matcher {
    fn at(at: usize) -> Self {
        Self { end: at, run: at..at, set: Set::EMPTY, runs: None }
    }

    fn match_parts(&mut self, parts: &[Part], text: &[u8]) -> Option<()> {
        for part in parts {
            let rest = text.get(self.end..).unwrap_or_default();
            let run = &text[self.run.clone()];
            match *part {
                Part::Literal(literal) => {
                    self.advance(rest.starts_with(literal.as_bytes()).then_some(literal)?);
                }
                Part::AnyOf(literals) => {
                    self.advance(literals.iter().find(|literal| rest.starts_with(literal.as_bytes()))?);
                }
                Part::Run(set, min, max) => {
                    let mut len = rest.iter().take(max).take_while(|byte| set.has(**byte)).count();
                    // Punctuation at the end belongs to the sentence or to Markdown emphasis rather than to the token.
                    let next = rest.get(len).copied().unwrap_or(b' ');
                    let is_last = !next.is_ascii_alphanumeric() && !b"./=+~:".contains(&next);
                    let is_trailing = |len: usize| match rest[len - 1] {
                        b'.' => true,
                        b'-' | b'_' => len < max && is_last,
                        _ => false,
                    };
                    while len > min && is_trailing(len) {
                        len -= 1;
                    }
                    if len < min {
                        return None;
                    }
                    (self.run, self.set) = (self.end..self.end + len, set);
                    self.end += len;
                    if let Some(runs) = &mut self.runs {
                        runs.push(self.run.clone());
                    }
                }
                Part::Optional(parts) => {
                    let mut extended = Self { run: self.run.clone(), runs: self.runs.clone(), ..*self };
                    if extended.match_parts(parts, text).is_some() {
                        *self = extended;
                    }
                }
                Part::Contains(literal) => {
                    memmem::find(run, literal.as_bytes())?;
                }
                Part::EndsWith(literal) => run.ends_with(literal.as_bytes()).then_some(())?,
                Part::Mixed => is_mixed(run, self.set).then_some(())?,
            }
        }
        Some(())
    }

    fn advance(&mut self, literal: &str) {
        self.end += literal.len();
        self.set = Set::EMPTY;
    }

    /// Returns the end of the match, unless the text after it continues the token.
    fn delimited_end(&self, text: &[u8]) -> Option<usize> {
        let next = |ahead: usize| text.get(self.end + ahead).copied().unwrap_or(b' ');
        let is_word = next(0).is_ascii_alphanumeric() && text[self.end - 1] != b'=';
        // Characters of the last run's set continue the token. Hyphens, underscores and full stops do so only before a letter or digit:
        // otherwise they are Markdown emphasis (`_key_`) or punctuation.
        let ahead = text[self.end..].iter().take_while(|byte| matches!(byte, b'-' | b'_' | b'.')).count();
        let is_continued = match next(0) {
            b'_' => next(ahead).is_ascii_alphanumeric(),
            b'-' | b'.' => self.set.has(next(0)) && next(ahead).is_ascii_alphanumeric(),
            other => self.set.has(other),
        };
        (!is_word && !is_continued).then_some(self.end)
    }
}

/// Returns whether `run` contains each of digits, lower case and upper case letters that a random run of its length from `set` contains
/// with a probability of 99.97 % or more.
fn is_mixed(run: &[u8], set: Set) -> bool {
    let kinds = [DIGITS, Set::of("a-z"), Set::of("A-Z")];
    kinds.into_iter().all(|kind| {
        let absence_per_char = 1.0 - f64::from((set.0 & kind.0).count_ones()) / f64::from(set.0.count_ones());
        let absence = absence_per_char.powi(i32::try_from(run.len()).unwrap_or(i32::MAX));
        absence > MAX_ABSENCE || run.iter().any(|byte| kind.has(*byte))
    })
}

/// The probability that random characters lack a kind, below which the lack is not attributed to chance.
const MAX_ABSENCE: f64 = 0.0003;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_contain_the_specified_characters() {
        let members = |set: Set| (0..=255).filter(|byte| set.has(*byte)).map(char::from).collect::<String>();
        assert_eq!(members(Set::of("a-cx")), "abcx");
        assert_eq!(members(Set::of("+-")), "+-");
        assert_eq!(members(HEX), "0123456789abcdef");
        assert_eq!(members(BASE64_URL).len(), 64);
    }

    #[test]
    fn matches_parts_in_sequence() {
        const MIXED: &[Part] = &[at_least(ALNUM, 2), Part::Mixed];
        const PARTS: &[Part] = &[
            Part::Literal("k-"),
            Part::Run(HEX, 2, 4),
            Part::Optional(&[Part::Literal("."), exactly(DIGITS, 2)]),
        ];
        for (text, len) in [
            ("k-ab", Some(4)),
            ("k-abcd", Some(6)),
            ("k-ab.12 ", Some(7)),
            ("k-ab.", Some(4)),
            ("k-ab.1x", Some(4)),
            ("k-ab_ ", Some(4)),
            ("k-ab_c", None),
            ("k-a", None),
            ("k-abcde", None),
            ("k-abx", None),
            ("k", None),
        ] {
            assert_eq!(match_end(PARTS, text.as_bytes(), 0).0, len, "{text}");
        }
        assert_eq!(match_end(&[at_least(BASE64_URL, 2), Part::EndsWith("AA")], b"xyAA", 0).0, Some(4));
        assert_eq!(match_end(&[at_least(BASE64_URL, 2), Part::EndsWith("AA")], b"AAxy", 0).0, None);
        assert_eq!(match_end(&[at_least(BASE64_URL, 2), Part::Contains("AA")], b"xAAy", 0).0, Some(4));
        for (text, mixed) in [
            ("abC", true),
            ("k5x9w2m7q1z4t8b3", false),
            ("k5x9W2m7q1z4t8b3", true),
            ("QWRTPLKMNVCXZHGDS", false),
        ] {
            assert_eq!(match_end(MIXED, text.as_bytes(), 0).0.is_some(), mixed, "{text}");
        }
        assert_eq!(
            runs(&[Part::Literal("k-"), exactly(HEX, 2), Part::Literal("."), at_least(HEX, 1)], "k-ab.1234"),
            ["ab", "1234"]
        );
        assert_eq!(match_end(UUID, b"743b294a-cd03-11ec-9d64-0242ac120002", 0).0, Some(36));
    }
}
