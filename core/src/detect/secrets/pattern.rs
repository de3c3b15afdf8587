//! What the table of shapes is written in: a few parts in a row, matched from left to right without ever going back.
//!
//! Regular expressions would say the same; a hundred of them take milliseconds and megabytes to compile. These are constants, and a
//! text costs no more than the bytes they look at.

use std::ops::Range;

use memchr::memmem;

/// A set of ASCII characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Set(u128);

impl Set {
    pub(super) const EMPTY: Self = Self(0);
    pub(super) const ALL: Self = Self(u128::MAX);

    /// The characters of both.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The characters of `spec`: themselves, and those between two that a hyphen joins. A hyphen at the end is one.
    pub(super) const fn of(spec: &str) -> Self {
        let (bytes, mut set, mut at) = (spec.as_bytes(), 0, 0);
        while at < bytes.len() {
            let joined = at + 2 < bytes.len() && bytes[at + 1] == b'-';
            let last = if joined { bytes[at + 2] } else { bytes[at] };
            let mut byte = bytes[at];
            while byte <= last {
                set |= 1 << byte;
                byte += 1;
            }
            at += if joined { 3 } else { 1 };
        }
        Self(set)
    }

    /// Whether `byte` is one of them.
    pub(super) const fn has(self, byte: u8) -> bool {
        byte < 128 && self.0 >> byte & 1 == 1
    }
}

pub(super) const DIGITS: Set = Set::of("0-9");
pub(super) const HEX: Set = Set::of("0-9a-f");
pub(super) const ANY_HEX: Set = Set::of("0-9A-Fa-f");
pub(super) const LOWER: Set = Set::of("0-9a-z");
pub(super) const UPPER: Set = Set::of("0-9A-Z");
pub(super) const LETTERS: Set = Set::of("A-Za-z");
pub(super) const ALNUM: Set = Set::of("0-9A-Za-z");
pub(super) const BASE64: Set = Set::of("0-9A-Za-z+/");
pub(super) const WEB64: Set = Set::of("0-9A-Za-z_-");

/// A part of a shape.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// These very letters.
    Is(&'static str),
    /// The first of these that is there.
    Either(&'static [&'static str]),
    /// As many characters of a set as there are, at least and at most so many.
    Run(Set, usize, usize),
    /// All of these, or nothing.
    Maybe(&'static [Part]),
    /// The run before holds these letters.
    Holding(&'static str),
    /// The run before ends with these letters.
    Ending(&'static str),
    /// The run before has digits, small and capital letters, as far as chance would give it each of them, and hardly a name in a
    /// program has.
    Mixed,
}

/// `count` characters of `set`.
pub(super) const fn just(set: Set, count: usize) -> Part {
    Part::Run(set, count, count)
}

/// `least` characters of `set` or more.
pub(super) const fn from(set: Set, least: usize) -> Part {
    Part::Run(set, least, usize::MAX)
}

/// The groups of a UUID.
pub(super) const UUID: &[Part] = &[
    just(HEX, 8),
    Part::Is("-"),
    just(HEX, 4),
    Part::Is("-"),
    just(HEX, 4),
    Part::Is("-"),
    just(HEX, 4),
    Part::Is("-"),
    just(HEX, 12),
];

/// The letters that `parts` can begin with, each with what can come next.
pub(super) fn starts(parts: &[Part]) -> Vec<(u8, Set)> {
    let start = |letters: &str| match *letters.as_bytes() {
        [first, second, ..] => (first, Set(1 << second)),
        _ => unreachable!("every shape begins with two letters or more"),
    };
    match parts {
        [Part::Is(letters), ..] => vec![start(letters)],
        [Part::Either(all), ..] => all.iter().map(|letters| start(letters)).collect(),
        [Part::Run(set, least, _), ..] => {
            let next = if *least > 1 { *set } else { Set::ALL };
            (0..128).filter(|byte| set.has(*byte)).map(|byte| (byte, next)).collect()
        }
        _ => Vec::new(),
    }
}

/// The runs in `token`, which is made of `parts`: what is different in every token.
pub(super) fn runs<'t>(parts: &[Part], token: &'t str) -> Vec<&'t str> {
    let mut place = Place { all: Some(Vec::new()), ..Place::at(0) };
    place.pass(parts, token.as_bytes());
    place.all.into_iter().flatten().filter_map(|run| token.get(run)).collect()
}

/// Where the parts end that begin at `at` of `text`, and how many bytes were looked at. There is no end when the parts are not there, or
/// when they go on beyond what they may be.
pub(super) fn end(parts: &[Part], text: &[u8], at: usize) -> (Option<usize>, usize) {
    let mut place = Place::at(at);
    let end = place.pass(parts, text).and_then(|()| place.stop(text));
    (end, place.end - at)
}

/// How far a match has come.
struct Place {
    end: usize,
    /// The last run and what it is made of.
    run: Range<usize>,
    set: Set,
    /// Every run, when somebody wants to know.
    all: Option<Vec<Range<usize>>>,
}

impl Place {
    fn at(at: usize) -> Self {
        Self { end: at, run: at..at, set: Set::EMPTY, all: None }
    }

    fn pass(&mut self, parts: &[Part], text: &[u8]) -> Option<()> {
        for part in parts {
            let rest = text.get(self.end..).unwrap_or_default();
            let run = &text[self.run.clone()];
            match *part {
                Part::Is(letters) => self.literal(rest.starts_with(letters.as_bytes()).then_some(letters)?),
                Part::Either(all) => {
                    self.literal(all.iter().find(|letters| rest.starts_with(letters.as_bytes()))?);
                }
                Part::Run(set, least, most) => {
                    let mut len = rest.iter().take(most).take_while(|byte| set.has(**byte)).count();
                    // A sentence ends behind a key, or emphasis does, rather than a key in a sign.
                    let next = rest.get(len).copied().unwrap_or(b' ');
                    let is_last = !next.is_ascii_alphanumeric() && !b"./=+~:".contains(&next);
                    let is_trailing = |len: usize| match rest[len - 1] {
                        b'.' => true,
                        b'-' | b'_' => len < most && is_last,
                        _ => false,
                    };
                    while len > least && is_trailing(len) {
                        len -= 1;
                    }
                    if len < least {
                        return None;
                    }
                    (self.run, self.set) = (self.end..self.end + len, set);
                    self.end += len;
                    if let Some(all) = &mut self.all {
                        all.push(self.run.clone());
                    }
                }
                Part::Maybe(parts) => {
                    let mut further = Self { run: self.run.clone(), all: self.all.clone(), ..*self };
                    if further.pass(parts, text).is_some() {
                        *self = further;
                    }
                }
                Part::Holding(letters) => {
                    memmem::find(run, letters.as_bytes())?;
                }
                Part::Ending(letters) => run.ends_with(letters.as_bytes()).then_some(())?,
                Part::Mixed => is_mixed(run, self.set).then_some(())?,
            }
        }
        Some(())
    }

    fn literal(&mut self, letters: &str) {
        self.end += letters.len();
        self.set = Set::EMPTY;
    }

    /// The end, unless what was matched goes on there.
    fn stop(&self, text: &[u8]) -> Option<usize> {
        let next = |ahead: usize| text.get(self.end + ahead).copied().unwrap_or(b' ');
        let word = next(0).is_ascii_alphanumeric() && text[self.end - 1] != b'=';
        // What the last run is made of goes on; hyphens, underscores and full stops do so only before something. `_key_` is emphasis,
        // and so is a dash behind a key.
        let ahead = text[self.end..].iter().take_while(|byte| matches!(byte, b'-' | b'_' | b'.')).count();
        let sign = match next(0) {
            b'_' => next(ahead).is_ascii_alphanumeric(),
            b'-' | b'.' => self.set.has(next(0)) && next(ahead).is_ascii_alphanumeric(),
            other => self.set.has(other),
        };
        (!word && !sign).then_some(self.end)
    }
}

/// Whether `run` has every kind of character that chance would not have left out of so many of `set`.
fn is_mixed(run: &[u8], set: Set) -> bool {
    let kinds = [DIGITS, Set::of("a-z"), Set::of("A-Z")];
    kinds.into_iter().all(|kind| {
        let left_out = 1.0 - f64::from((set.0 & kind.0).count_ones()) / f64::from(set.0.count_ones());
        let by_chance = left_out.powi(i32::try_from(run.len()).unwrap_or(i32::MAX));
        by_chance > 0.002 || run.iter().any(|byte| kind.has(*byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_what_its_name_says() {
        let members = |set: Set| (0..=255).filter(|byte| set.has(*byte)).map(char::from).collect::<String>();
        assert_eq!(members(Set::of("a-cx")), "abcx");
        assert_eq!(members(Set::of("+-")), "+-");
        assert_eq!(members(HEX), "0123456789abcdef");
        assert_eq!(members(WEB64).len(), 64);
    }

    #[test]
    fn parts_are_matched_in_a_row() {
        const MIXED: &[Part] = &[from(ALNUM, 2), Part::Mixed];
        const PARTS: &[Part] =
            &[Part::Is("k-"), Part::Run(HEX, 2, 4), Part::Maybe(&[Part::Is("."), just(DIGITS, 2)])];
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
            assert_eq!(end(PARTS, text.as_bytes(), 0).0, len, "{text}");
        }
        assert_eq!(end(&[from(WEB64, 2), Part::Ending("AA")], b"xyAA", 0).0, Some(4));
        assert_eq!(end(&[from(WEB64, 2), Part::Ending("AA")], b"AAxy", 0).0, None);
        assert_eq!(end(&[from(WEB64, 2), Part::Holding("AA")], b"xAAy", 0).0, Some(4));
        for (text, mixed) in
            [("abC", true), ("k5x9w2m7q1z4", false), ("k5x9W2m7q1z4", true), ("QWRTPLKMNVCXZ", false)]
        {
            assert_eq!(end(MIXED, text.as_bytes(), 0).0.is_some(), mixed, "{text}");
        }
        assert_eq!(
            runs(&[Part::Is("k-"), just(HEX, 2), Part::Is("."), from(HEX, 1)], "k-ab.1234"),
            ["ab", "1234"]
        );
        assert_eq!(end(UUID, b"743b294a-cd03-11ec-9d64-0242ac120002", 0).0, Some(36));
    }
}
