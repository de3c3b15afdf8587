//! Numbers that states give to people, and that offices, hospitals and banks give to them.
//!
//! Where a number has nothing to tell it from any other of its length but a check digit that one in ten has by chance, it counts
//! only when the text says what it is, when it is written as only such numbers are, or when there is nothing else in the text: an
//! answer to a question.

mod americas;
mod asia;
mod documents;
mod europe;
mod germany;
mod layout;
mod nordic;
mod south;
mod uk;
mod us;

use std::ops::Range;

use super::context::{are_alone, is_named};
use super::neighbours::{Candidate, is_escape, whole};
use crate::detect::{Budget, Exhausted};

/// A kind of number, or one of the ways in which numbers of a kind are written.
#[derive(Debug)]
pub(super) struct Id {
    pub kind: &'static str,
    /// What it is, and what is checked of it, for the documentation. Said once for each kind.
    pub what: &'static str,
    /// How it is written; see [`layout`].
    layouts: &'static [&'static str],
    /// Whether letters and digits (as values, letters upper case) can be such a number.
    check: fn(&[u8]) -> bool,
    /// Of how many numbers written so one satisfies the check by chance: what decides when a number could be two things.
    one_in: u16,
    /// What makes it one for sure.
    sure: Sure,
}

/// What makes a number of the right shape and with the right check digit one for sure.
#[derive(Clone, Copy, Debug)]
enum Sure {
    /// Nothing more.
    Always,
    /// Being written as only such numbers are, being all there is, or one of these words beside it.
    Written(&'static [&'static str]),
    /// One of these words beside it.
    Named(&'static [&'static str]),
}

/// A number that was found, and how sure that is.
#[derive(Debug)]
pub(super) struct Sighting {
    pub range: Range<usize>,
    pub kind: &'static str,
    /// Of sightings that overlap, the one with the greatest rank is what the number is.
    rank: (Evidence, u16),
}

impl Sighting {
    /// Whether nothing but its digits speaks for it.
    pub(super) fn is_doubtful(&self) -> bool {
        self.rank.0 == Evidence::Alone
    }
}

/// What speaks for a sighting, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    Alone,
    Shape,
    Name,
}

/// Every kind, those of the same country together.
pub(super) fn all() -> impl Iterator<Item = &'static Id> {
    let countries = [
        us::IDS,
        uk::IDS,
        germany::IDS,
        europe::IDS,
        nordic::IDS,
        asia::IDS,
        americas::IDS,
        south::IDS,
        documents::IDS,
    ];
    countries.into_iter().flatten()
}

/// The fewest digits that a number of any kind has.
pub(super) const FEWEST_DIGITS: usize = 1;

/// How far ahead digits are counted to see whether a number can begin at a place.
const LOOK_AHEAD: usize = 32;

/// The kinds that a rule asks for.
#[derive(Debug)]
pub(super) struct Wanted {
    /// With the fewest digits that a number of the kind has.
    ids: Vec<(&'static Id, usize)>,
    layouts: usize,
}

impl Wanted {
    /// The kinds of these names; other names are of no concern here.
    pub(super) fn of(kinds: &[&str]) -> Self {
        let wanted = all().filter(|id| kinds.contains(&id.kind));
        let ids: Vec<_> = wanted.map(|id| (id, id.fewest_digits())).collect();
        Self { layouts: ids.iter().map(|(id, _)| id.layouts.len()).sum(), ids }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The numbers of these kinds in `text`, the surest first.
    pub(super) fn find(&self, text: &str, budget: &mut Budget) -> Result<Vec<Sighting>, Exhausted> {
        let starts = starts(text);
        budget.spend((starts.len() * self.layouts * 8) as u64)?;
        let most = starts.iter().map(|start| start.digits).max().unwrap_or_default();
        let ids = self.ids.iter().filter(|(_, fewest)| *fewest <= most);
        let mut found: Vec<_> = ids.flat_map(|(id, fewest)| id.find(text, &starts, *fewest)).collect();
        found.sort_by_key(|sighting: &Sighting| std::cmp::Reverse(sighting.rank));
        Ok(found)
    }
}

/// Where in `text` a number could begin: at words with digits in or close after them.
fn starts(text: &str) -> Vec<Start> {
    let bytes = text.as_bytes();
    let digit = |at: usize| usize::from(bytes.get(at).is_some_and(u8::is_ascii_digit));
    let mut ahead = (0..LOOK_AHEAD).map(digit).sum::<usize>();
    let mut starts = Vec::new();
    for at in 0..bytes.len() {
        let inside = at > 0 && bytes[at - 1].is_ascii_alphanumeric() && !is_escape(&bytes[..at]);
        if ahead >= FEWEST_DIGITS && bytes[at].is_ascii_alphanumeric() && !inside {
            starts.push(Start { at, digits: ahead });
        }
        ahead = ahead + digit(at + LOOK_AHEAD) - digit(at);
    }
    starts
}

/// Where a number could begin.
struct Start {
    at: usize,
    /// How many digits there are from there on, as far as a number can go.
    digits: usize,
}

/// How something is written that is written like a number of some kind.
struct Written {
    layout: &'static str,
    checked: bool,
}

impl Written {
    /// Another number of the kind `id` that is written the same way at `start`, where the one before it ends.
    fn another(&self, id: &Id, text: &str, start: usize) -> Option<Candidate<Self>> {
        text[start..]
            .starts_with(|c: char| c.is_ascii_alphanumeric())
            .then(|| id.written(self.layout, text, start))?
    }
}

impl Id {
    fn fewest_digits(&self) -> usize {
        self.layouts.iter().map(|layout| layout::digits(layout)).min().unwrap_or_default()
    }

    /// The numbers of this kind in `text`, which begin at some of `starts` and have at least `fewest` digits.
    fn find(&self, text: &str, starts: &[Start], fewest: usize) -> Vec<Sighting> {
        let (mut written, mut end) = (Vec::new(), 0);
        for start in starts.iter().filter(|start| start.digits >= fewest) {
            let mut next = (start.at >= end).then(|| self.at(text, start.at)).flatten();
            while let Some(number) = next {
                if number.stands_apart() {
                    end = number.range.end;
                }
                // Right behind it, in the middle of a word, may be another that is written alike.
                next = number.goes_on().then(|| number.what.another(self, text, number.range.end)).flatten();
                written.push(number);
            }
        }
        if !written.iter().any(|written| written.what.checked) {
            return Vec::new();
        }
        let written = whole(text, written);
        let ranges: Vec<_> = written.iter().map(|written| written.range.clone()).collect();
        let alone = matches!(self.sure, Sure::Written(_)) && are_alone(text, &ranges);
        let sighting = |written: Candidate<Written>| {
            let words = self.words();
            let evidence = match self.sure {
                _ if is_named(text, &written.range, words) => Evidence::Name,
                Sure::Always => Evidence::Shape,
                Sure::Written(_) if layout::is_telling(written.what.layout) => Evidence::Shape,
                Sure::Written(_) if alone => Evidence::Alone,
                _ => return None,
            };
            Some(Sighting { range: written.range, kind: self.kind, rank: (evidence, self.one_in) })
        };
        written.into_iter().filter(|written| written.what.checked).filter_map(sighting).collect()
    }

    /// What is written like such a number at `start`: of several ways to read it one that stands apart, and of those the longest
    /// that satisfies the check.
    fn at(&self, text: &str, start: usize) -> Option<Candidate<Written>> {
        let read = |layout: &&'static str| self.written(layout, text, start);
        let rank = |number: &Candidate<Written>| {
            let Written { layout, checked } = number.what;
            (number.stands_apart(), checked, number.range.end, layout::is_telling(layout))
        };
        self.layouts.iter().filter_map(read).max_by_key(rank)
    }

    /// What is written in `layout` at `start`, if it is whole, or such a number beside something else.
    fn written(&self, layout: &'static str, text: &str, start: usize) -> Option<Candidate<Written>> {
        let range = start..start + layout::end(layout, &text.as_bytes()[start..])?;
        let checked = (self.check)(&values(&text[range.clone()]));
        let number = Candidate::of(text, range, Written { layout, checked });
        (checked || number.stands_apart()).then_some(number)
    }

    fn words(&self) -> &'static [&'static str] {
        match self.sure {
            Sure::Always => &[],
            Sure::Written(words) | Sure::Named(words) => words,
        }
    }
}

/// The letters and digits of `number`: digits as numbers, letters as themselves, in upper case.
fn values(number: &str) -> Vec<u8> {
    let value = |byte: u8| if byte.is_ascii_digit() { byte - b'0' } else { byte.to_ascii_uppercase() };
    number.bytes().filter(u8::is_ascii_alphanumeric).map(value).collect()
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(super) use self::samples::{Sample, samples};
