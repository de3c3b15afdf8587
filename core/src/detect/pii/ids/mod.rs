//! Finds identification numbers of persons and companies, such as social security, tax, health insurance and passport numbers.
//!
//! A check digit alone is weak evidence, because one in ten random numbers satisfies it. A number of a kind with no stronger check is found
//! only next to a label, in a distinctive layout, or if the text contains nothing else, as a reply to a question does, and the rule selects
//! few kinds.

mod americas;
mod asia;
mod baltic;
mod central;
mod companies;
mod documents;
mod east_asia;
mod europe;
mod germany;
mod latin_america;
mod layout;
mod licences;
mod near_misses;
mod nordic;
mod plates;
mod south;
mod south_east;
mod uk;
mod us;
mod vat;
mod west_asia;
mod western;

use std::ops::Range;

use super::context::{contains_only, is_labelled};
use super::neighbours::{Candidate, delimited, is_escape};
use crate::detect::profanity::commonest::is_english;
use crate::detect::{Budget, Exhausted};

/// A kind of identification number, or a variant of a kind with its own layouts and check.
#[derive(Debug)]
pub(super) struct Id {
    pub kind: &'static str,
    /// What the number is and what is verified, for the documentation. All variants of a kind but one leave it empty.
    pub what: &'static str,
    /// Its formats; see [`layout`].
    layouts: &'static [&'static str],
    /// Returns whether letters (upper case ASCII) and digits (as values) are a valid number.
    check: fn(&[u8]) -> bool,
    /// The check accepts about one in this many random numbers of the same layout. Of several possible kinds, the one with the
    /// strictest check is preferred.
    one_in: u16,
    requires: Requires,
}

/// The evidence that is required besides a layout and a passed check.
#[derive(Clone, Copy, Debug)]
enum Requires {
    /// No further evidence.
    Nothing,
    /// A distinctive layout, a text that contains nothing else, or one of these labels near it.
    FormatOrLabel(&'static [&'static str]),
    /// A distinctive layout, or one of these labels near it.
    LayoutOrLabel(&'static [&'static str]),
    /// One of these labels near it.
    Label(&'static [&'static str]),
}

/// A found number, and the evidence for its kind.
#[derive(Debug)]
pub(super) struct FoundId {
    pub range: Range<usize>,
    pub kind: &'static str,
    /// The highest rank decides the kind of overlapping numbers.
    rank: (Evidence, u16),
}

impl FoundId {
    /// Returns whether a label of its kind is next to it.
    pub(super) fn is_labelled(&self) -> bool {
        self.rank.0 == Evidence::Label
    }

    /// Returns whether only its digits indicate its kind.
    pub(super) fn is_uncertain(&self) -> bool {
        self.rank.0 == Evidence::OnlyText
    }
}

/// The evidence for the kind of a number, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    /// The text contains nothing else.
    OnlyText,
    Layout,
    Label,
}

/// Returns all kinds with their variants, grouped by country.
pub(super) fn all() -> impl Iterator<Item = &'static Id> {
    let countries = [
        us::IDS,
        uk::IDS,
        germany::IDS,
        europe::IDS,
        western::IDS,
        central::IDS,
        south_east::IDS,
        nordic::IDS,
        baltic::IDS,
        asia::IDS,
        east_asia::IDS,
        west_asia::IDS,
        americas::IDS,
        latin_america::IDS,
        south::IDS,
        vat::IDS,
        companies::IDS,
        licences::IDS,
        plates::IDS,
        documents::IDS,
    ];
    countries.into_iter().flatten()
}

/// The minimum number of digits in a number of any kind.
pub(super) const MIN_DIGITS: usize = 1;

/// The number of bytes in which digits are counted, to decide whether a number can start at a position.
const LOOK_AHEAD: usize = 32;

/// The kinds that a rule selects.
#[derive(Debug)]
pub(super) struct Kinds {
    ids: Vec<(&'static Id, Filter, Vec<Lead>)>,
    /// Whether the rule selects few kinds, so that a message that contains only a number may be the reply to a question about it.
    are_few: bool,
}

/// The maximum number of kinds of a rule that expects particular numbers. Nearly every number is valid as some kind.
const MAX_FEW: usize = 12;

/// A check that at most one in this many random numbers passes identifies a number by itself.
const STRICT: u16 = 90;

/// The start of a layout: how many digits or letters it has. This rules out most texts before they are compared.
#[derive(Clone, Copy, Debug)]
struct Lead {
    layout: &'static str,
    count: usize,
    /// Whether something else must follow these digits or letters.
    is_exact: bool,
    /// Whether they are digits or letters; `None` if the layout starts with something else.
    is_digit: Option<bool>,
}

impl Lead {
    fn of(layout: &'static str) -> Self {
        let parts = layout.strip_prefix('!').unwrap_or(layout).as_bytes();
        let count = parts.iter().take_while(|part| **part == parts[0]).count();
        let is_digit = matches!(parts[0], b'9' | b'A' | b'^').then(|| parts[0] == b'9');
        let is_exact = match (is_digit, parts.get(count)) {
            (_, None | Some(b'?' | b'*')) => false,
            (Some(true), Some(next)) => !next.is_ascii_digit() && *next != b'n',
            (_, Some(next)) => !next.is_ascii_alphabetic(),
        };
        Self { layout, count, is_exact, is_digit }
    }

    fn admits(self, start: &Start) -> bool {
        self.is_digit.is_none_or(|is_digit| {
            is_digit == start.is_digit
                && if self.is_exact { start.run == self.count } else { start.run >= self.count }
        })
    }
}

/// What a number of a kind requires at its start; this rules out most positions.
#[derive(Clone, Copy, Debug)]
struct Filter {
    /// The minimum number of digits ahead.
    min_digits: usize,
    /// Whether it may start with a letter.
    letter: bool,
    /// Whether it may start with a digit.
    digit: bool,
}

impl Filter {
    fn of(id: &Id) -> Self {
        let firsts = || id.layouts.iter().filter_map(|layout| layout.trim_start_matches('!').bytes().next());
        Self {
            min_digits: id.min_digits(),
            letter: firsts().any(|first| first != b'9'),
            digit: firsts().any(|first| matches!(first, b'9' | b'*')),
        }
    }

    fn admits(self, start: &Start) -> bool {
        start.digits >= self.min_digits && if start.is_digit { self.digit } else { self.letter }
    }

    /// Returns whether it may admit any of several starts, where `most` is the maximum number of digits ahead: of starts with a letter,
    /// and of starts with a digit.
    fn may_admit(self, most: [usize; 2]) -> bool {
        self.letter && most[0] >= self.min_digits || self.digit && most[1] >= self.min_digits
    }
}

impl Kinds {
    /// Selects the kinds with these names, and ignores names of kinds that are found elsewhere.
    pub(super) fn of(kinds: &[&str]) -> Self {
        let selected = all().filter(|id| kinds.contains(&id.kind));
        let leads = |id: &Id| id.layouts.iter().map(|layout| Lead::of(layout)).collect();
        let ids: Vec<_> = selected.map(|id| (id, Filter::of(id), leads(id))).collect();
        let mut names: Vec<_> = ids.iter().map(|(id, ..)| id.kind).collect();
        names.dedup();
        Self { are_few: names.len() <= MAX_FEW, ids }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Finds the numbers of these kinds in `text`, those with the strongest evidence first.
    pub(super) fn find(&self, text: &str, budget: &mut Budget) -> Result<Vec<FoundId>, Exhausted> {
        let starts = starts(text);
        let most = [false, true].map(|is_digit| {
            let digits = starts.iter().filter(|start| start.is_digit == is_digit).map(|start| start.digits);
            digits.max().unwrap_or_default()
        });
        let mut found = Vec::new();
        for (id, filter, leads) in self.ids.iter().filter(|(_, filter, _)| filter.may_admit(most)) {
            let starts = || starts.iter().filter(|start| filter.admits(start));
            budget.spend((starts().count() * id.layouts.len() * 8) as u64)?;
            found.extend(id.find(text, starts(), leads, self.are_few));
        }
        found.sort_by_key(|id: &FoundId| std::cmp::Reverse(id.rank));
        Ok(found)
    }
}

/// Returns the positions in `text` where a number can start: starts of words that contain digits or are shortly before digits.
fn starts(text: &str) -> Vec<Start> {
    let bytes = text.as_bytes();
    let count_digit = |at: usize| usize::from(bytes.get(at).is_some_and(u8::is_ascii_digit));
    let mut digits = (0..LOOK_AHEAD).map(count_digit).sum::<usize>();
    let mut starts = Vec::new();
    for at in 0..bytes.len() {
        let is_inside_word = at > 0 && bytes[at - 1].is_ascii_alphanumeric() && !is_escape(&bytes[..at]);
        if digits >= MIN_DIGITS
            && bytes[at].is_ascii_alphanumeric()
            && !is_inside_word
            && !is_escape(&bytes[..=at])
        {
            let is_digit = bytes[at].is_ascii_digit();
            let is_same =
                |byte: &&u8| if is_digit { byte.is_ascii_digit() } else { byte.is_ascii_alphabetic() };
            let run = bytes[at..].iter().take_while(is_same).count();
            starts.push(Start { at, digits, is_digit, run });
        }
        digits = digits + count_digit(at + LOOK_AHEAD) - count_digit(at);
    }
    starts
}

/// A position where a number can start.
struct Start {
    at: usize,
    /// The number of digits in the [`LOOK_AHEAD`] bytes from there.
    digits: usize,
    /// Whether a digit, rather than a letter, is there.
    is_digit: bool,
    /// The number of digits, or of letters, in a row there.
    run: usize,
}

/// The layout that a text matches, and whether it passes the check of the kind.
struct Match {
    layout: &'static str,
    is_valid: bool,
}

impl Match {
    /// Returns the number of the kind `id` in the same layout at `start`, directly after this one.
    fn next_adjacent(&self, id: &Id, text: &str, start: usize) -> Option<Candidate<Self>> {
        text[start..]
            .starts_with(|c: char| c.is_ascii_alphanumeric())
            .then(|| id.match_layout(self.layout, text, start))?
    }
}

impl Id {
    fn min_digits(&self) -> usize {
        self.layouts.iter().map(|layout| layout::min_digits(layout)).min().unwrap_or_default()
    }

    /// Finds the numbers of this kind in `text` that start at one of `starts`.
    ///
    /// In a text that contains nothing else, a number is found if it `is_expected`, or if its check, its groups or its letters are
    /// evidence enough.
    fn find<'s>(
        &self,
        text: &str,
        starts: impl Iterator<Item = &'s Start>,
        leads: &[Lead],
        is_expected: bool,
    ) -> Vec<FoundId> {
        let (mut candidates, mut end) = (Vec::new(), 0);
        for start in starts {
            let mut next = (start.at >= end).then(|| self.match_at(text, start, leads)).flatten();
            while let Some(number) = next {
                if number.is_delimited() {
                    end = number.range.end;
                }
                // Another number in the same layout may follow directly, within the same word.
                next = number
                    .is_continued()
                    .then(|| number.data.next_adjacent(self, text, number.range.end))
                    .flatten();
                candidates.push(number);
            }
        }
        if !candidates.iter().any(|candidate| candidate.data.is_valid) {
            return Vec::new();
        }
        let candidates = delimited(text, candidates);
        let ranges: Vec<_> = candidates.iter().map(|candidate| candidate.range.clone()).collect();
        let is_only_text =
            matches!(self.requires, Requires::FormatOrLabel(_)) && contains_only(text, &ranges);
        let found_id = |candidate: Candidate<Match>| {
            let evidence = match self.requires {
                _ if is_labelled(text, &candidate.range, self.labels()) => Evidence::Label,
                Requires::Nothing => Evidence::Layout,
                Requires::FormatOrLabel(_) | Requires::LayoutOrLabel(_)
                    if layout::is_distinctive(candidate.data.layout) =>
                {
                    Evidence::Layout
                }
                Requires::FormatOrLabel(_)
                    if is_only_text
                        && !contains_word(&text[candidate.range.clone()])
                        && (is_expected || self.is_convincing(&text[candidate.range.clone()])) =>
                {
                    Evidence::OnlyText
                }
                Requires::FormatOrLabel(_) if self.is_field(text, &candidate.range) => Evidence::OnlyText,
                _ => return None,
            };
            Some(FoundId { range: candidate.range, kind: self.kind, rank: (evidence, self.one_in) })
        };
        candidates.into_iter().filter(|candidate| candidate.data.is_valid).filter_map(found_id).collect()
    }

    /// Returns the best match of a layout at `start`: preferably delimited, then valid, then the longest.
    fn match_at(&self, text: &str, start: &Start, leads: &[Lead]) -> Option<Candidate<Match>> {
        let rank = |number: &Candidate<Match>| {
            let Match { layout, is_valid } = number.data;
            (number.is_delimited(), is_valid, number.range.end, layout::is_distinctive(layout))
        };
        let admitted = leads.iter().filter(|lead| lead.admits(start));
        admitted.filter_map(|lead| self.match_layout(lead.layout, text, start.at)).max_by_key(rank)
    }

    /// Returns the match of `layout` at `start`, if it is delimited or valid.
    fn match_layout(&self, layout: &'static str, text: &str, start: usize) -> Option<Candidate<Match>> {
        let range = start..start + layout::end(layout, &text.as_bytes()[start..])?;
        let is_valid = (self.check)(&values(&text[range.clone()]));
        let number = Candidate::of(text, range, Match { layout, is_valid });
        (is_valid || number.is_delimited()).then_some(number)
    }

    fn labels(&self) -> &'static [&'static str] {
        match self.requires {
            Requires::Nothing => &[],
            Requires::FormatOrLabel(labels) | Requires::LayoutOrLabel(labels) | Requires::Label(labels) => {
                labels
            }
        }
    }

    /// Returns whether `number`, which passed the check, passed one that few random numbers pass, or has telling letters, or has groups
    /// that only numbers of this kind have.
    fn is_convincing(&self, number: &str) -> bool {
        let has_letters = number.contains(|c: char| c.is_ascii_alphabetic());
        let has_groups = number.contains(|c: char| !c.is_ascii_alphanumeric());
        self.one_in >= STRICT
            || if has_letters { self.one_in > 2 } else { has_groups && !is_grouped_in_threes(number) }
    }

    /// Returns whether the number at `range` is alone in a field of a delimited line, is written in groups, and passed a check that few
    /// random numbers pass.
    fn is_field(&self, text: &str, range: &Range<usize>) -> bool {
        const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
        let is_end = |c: char| DELIMITERS.contains(&c) || c == '\n' || c == '\r';
        let before = text[..range.start].trim_end_matches('"');
        let after = text[range.end..].trim_start_matches('"');
        let is_delimited = before.ends_with(DELIMITERS) || after.starts_with(DELIMITERS);
        self.one_in >= 10
            && is_delimited
            && text[range.clone()].contains(|c: char| !c.is_ascii_alphanumeric())
            && (before.is_empty() || before.ends_with(is_end))
            && (after.is_empty() || after.starts_with(is_end))
    }
}

/// Returns whether the digits are grouped in threes, as large numbers are: `123 456 782`, `12.345.678`.
fn is_grouped_in_threes(number: &str) -> bool {
    let mut groups = number.split(|c: char| !c.is_ascii_alphanumeric());
    groups.next().is_some_and(|first| first.len() <= 3) && groups.all(|group| group.len() == 3)
}

/// Returns whether one of the groups of `number` is a word or a unit, as in `M25 bad` and `60 fps 144`.
fn contains_word(number: &str) -> bool {
    number.contains(' ')
        && number.split(' ').any(|group| {
            group.len() > 1
                && group.bytes().all(|byte| byte.is_ascii_alphabetic())
                && (is_everyday_word(group.as_bytes()) || UNITS.contains(&&*group.to_ascii_lowercase()))
        })
}

/// Units and similar words of two or three letters that occur between numbers.
const UNITS: &[&str] = &[
    "am", "bn", "bps", "cal", "chf", "cm", "db", "dpi", "eur", "fps", "ft", "gb", "gbp", "ghz", "hp", "hrs",
    "hz", "kb", "kg", "khz", "km", "kmh", "kph", "kr", "kwh", "lbs", "lvl", "max", "mb", "mhz", "min", "ml",
    "mm", "mph", "ms", "nm", "ok", "oz", "pct", "pin", "pln", "pm", "pts", "pos", "ppl", "psi", "pt", "px",
    "rpm", "sec", "sek", "tb", "tl", "try", "usd", "vs", "xl", "xp", "yr", "yrs",
];

/// Returns whether the letters are an everyday word of English.
fn is_everyday_word(letters: &[u8]) -> bool {
    std::str::from_utf8(letters).is_ok_and(|word| is_english(&word.to_ascii_lowercase()))
}

/// Returns the letters and digits of `number`: digits as values, letters as upper case ASCII.
fn values(number: &str) -> Vec<u8> {
    let value = |byte: u8| if byte.is_ascii_digit() { byte - b'0' } else { byte.to_ascii_uppercase() };
    number.bytes().filter(u8::is_ascii_alphanumeric).map(value).collect()
}

#[cfg(test)]
mod cases;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(super) use self::samples::{Sample, samples};
