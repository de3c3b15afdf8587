//! [`RowResult`]: what was found in a row compared with what is expected, and the table of many results.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::offsets::overlap;
use crate::row::Row;
use crate::table::{Section, Share};

/// What was found in a row compared with what is expected.
#[derive(Debug)]
pub(crate) struct RowResult<'f> {
    /// The row of the table to which it belongs.
    pub group: String,
    pub row: &'f Row,
    pub score: Score,
    /// What was found, for people.
    pub found: Vec<String>,
}

/// Counts of expected and actual findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Score {
    /// Found exactly.
    pub right: usize,
    /// Found in part, or together with surrounding text.
    pub partly: usize,
    pub missed: usize,
    /// Found where nothing is expected.
    pub beside: usize,
}

impl Score {
    /// Returns the score of a text whose label only states whether something must be found.
    pub(crate) fn of(expected: bool, found: bool) -> Self {
        let one = |is: bool| usize::from(is);
        let (right, missed) = (one(expected && found), one(expected && !found));
        Self { right, missed, beside: one(!expected && found), partly: 0 }
    }

    /// Returns the score of the ranges `found` compared with those expected.
    pub(crate) fn of_ranges(expected: &[Range<usize>], found: &[Range<usize>]) -> Self {
        let mut score = Self::default();
        for expected in expected {
            if found.contains(expected) {
                score.right += 1;
            } else if found.iter().any(|found| overlap(found, expected)) {
                score.partly += 1;
            } else {
                score.missed += 1;
            }
        }
        score.beside = found.iter().filter(|found| !expected.iter().any(|w| overlap(w, found))).count();
        score
    }

    /// Returns the number of expected findings.
    pub(crate) fn expected(&self) -> usize {
        self.right + self.partly + self.missed
    }

    /// Returns what is wrong, if anything is.
    pub(crate) fn wrong(&self) -> Option<&'static str> {
        match self {
            Self { missed: 1.., .. } => Some("missed"),
            Self { partly: 1.., .. } => Some("partly"),
            Self { beside: 1.., .. } => Some("flagged"),
            _ => None,
        }
    }
}

/// Returns the table of `measured`, by group.
pub(crate) fn section(name: &'static str, title: &'static str, measured: &[RowResult<'_>]) -> Section {
    let mut groups: BTreeMap<&str, Vec<&Score>> = BTreeMap::new();
    for RowResult { group, score, .. } in measured {
        groups.entry(group).or_default().push(score);
    }
    let head = ["", "texts", "to find", "right", "partly", "missed", "found beside", "clean texts flagged"];
    let mut section = Section::new(name, title, &head);
    let row = |section: &mut Section, group: &str, scores: &[&Score]| {
        let sum =
            |part: fn(&Score) -> usize| scores.iter().map(|score| part(score)).sum::<usize>().to_string();
        let clean = scores.iter().filter(|score| score.expected() == 0);
        section.row([
            group.to_owned(),
            scores.len().to_string(),
            sum(Score::expected),
            sum(|score| score.right),
            sum(|score| score.partly),
            sum(|score| score.missed),
            sum(|score| score.beside),
            Share::of(clean.map(|score| score.beside > 0)).to_string(),
        ]);
    };
    for (group, scores) in &groups {
        row(&mut section, group, scores);
    }
    if groups.len() > 1 {
        row(&mut section, "together", &measured.iter().map(|measured| &measured.score).collect::<Vec<_>>());
    }
    section
}
