//! [`Measured`]: what was found in a row beside what there is to find, and the table of many of them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::offsets::overlap;
use crate::row::Row;
use crate::table::{Section, Share};

/// What was found in a row beside what there is to find.
#[derive(Debug)]
pub(crate) struct Measured<'f> {
    /// The row of the table it counts for.
    pub group: String,
    pub row: &'f Row,
    pub score: Score,
    /// What was found, for people.
    pub found: Vec<String>,
}

/// Counts of things to find.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Score {
    /// Found, from the first to the last character.
    pub right: usize,
    /// Found in part, or with too much around it.
    pub partly: usize,
    pub missed: usize,
    /// Found where nothing is to be found.
    pub beside: usize,
}

impl Score {
    /// Of texts about which is only known whether something is to be found.
    pub(crate) fn of(wanted: bool, found: bool) -> Self {
        let one = |is: bool| usize::from(is);
        let (right, missed) = (one(wanted && found), one(wanted && !found));
        Self { right, missed, beside: one(!wanted && found), partly: 0 }
    }

    /// Of ranges to find and found.
    pub(crate) fn of_ranges(wanted: &[Range<usize>], found: &[Range<usize>]) -> Self {
        let mut score = Self::default();
        for wanted in wanted {
            if found.contains(wanted) {
                score.right += 1;
            } else if found.iter().any(|found| overlap(found, wanted)) {
                score.partly += 1;
            } else {
                score.missed += 1;
            }
        }
        score.beside = found.iter().filter(|found| !wanted.iter().any(|w| overlap(w, found))).count();
        score
    }

    /// How many things there are to find.
    pub(crate) fn wanted(&self) -> usize {
        self.right + self.partly + self.missed
    }

    /// What went wrong, if anything did.
    pub(crate) fn wrong(&self) -> Option<&'static str> {
        match self {
            Self { missed: 1.., .. } => Some("missed"),
            Self { partly: 1.., .. } => Some("partly"),
            Self { beside: 1.., .. } => Some("flagged"),
            _ => None,
        }
    }
}

/// The table of `measured`, by group.
pub(crate) fn section(name: &'static str, title: &'static str, measured: &[Measured<'_>]) -> Section {
    let mut groups: BTreeMap<&str, Vec<&Score>> = BTreeMap::new();
    for Measured { group, score, .. } in measured {
        groups.entry(group).or_default().push(score);
    }
    let head = ["", "texts", "to find", "right", "partly", "missed", "found beside", "clean texts flagged"];
    let mut section = Section::new(name, title, &head);
    let row = |section: &mut Section, group: &str, scores: &[&Score]| {
        let sum =
            |part: fn(&Score) -> usize| scores.iter().map(|score| part(score)).sum::<usize>().to_string();
        let clean = scores.iter().filter(|score| score.wanted() == 0);
        section.row([
            group.to_owned(),
            scores.len().to_string(),
            sum(Score::wanted),
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
