//! Measures whether profane texts are found, and clean ones are not.

use std::collections::BTreeMap;

use super::judged::{FileJudgements, ProfanityJudgements};
use crate::Failure;
use crate::finder::Finder;
use crate::row::{Row, Subject};
use crate::table::{Section, Share};

/// The number of classes in the table of the worst disguises.
const WORST: usize = 15;

/// Returns every table about profanity except that of toxic spans.
pub(crate) fn sections(judged: &ProfanityJudgements<'_>) -> Result<Vec<Section>, Failure> {
    let [found, flagged] = labels(judged);
    let disguises = disguises(judged);
    Ok([found, flagged].into_iter().chain(disguises).chain([suites(judged)?, judged.speed()]).collect())
}

fn is_profane(row: &Row) -> bool {
    row.is_profane() == Some(true)
}

fn is_clean(row: &Row) -> bool {
    row.is_profane() == Some(false)
}

/// Returns the tables for ordinary texts that people labelled: the share of offensive and of other texts that are flagged.
fn labels(judged: &ProfanityJudgements<'_>) -> [Section; 2] {
    let mut found =
        judged.section("found", "Found, of texts that people labelled offensive, in percent", &["", "rows"]);
    let mut flagged =
        judged.section("flagged", "Flagged, of texts that are clean, in percent", &["", "rows"]);
    for file in judged.about(Subject::Labels) {
        add(&mut found, file, is_profane, 1);
        add(&mut flagged, file, is_clean, 2);
    }
    [found, flagged]
}

/// Returns the tables for profane and clean words in the same disguises: all of them, then the worst classes at `work`.
fn disguises(judged: &ProfanityJudgements<'_>) -> [Section; 2] {
    let mut all =
        judged.section("disguises", "Words in disguise that are flagged, in percent", &["", "rows"]);
    let mut classes: BTreeMap<&str, (Vec<Share>, Vec<Share>)> = BTreeMap::new();
    for file in judged.about(Subject::Disguises) {
        add(&mut all, file, |_| true, 1);
        for row in &file.file.rows {
            let (profane, clean) = classes.entry(&row.cls).or_default();
            let side = if is_profane(row) { profane } else { clean };
            if side.is_empty() {
                *side = file.flagged(|other| other.cls == row.cls && other.is_profane() == row.is_profane());
            }
        }
    }
    let title = "The disguises that hide most at `work`: found, in percent, and flagged of clean words in the same disguise";
    let mut worst = judged.section("worst-disguises", title, &["", "rows"]);
    let mut classes: Vec<_> = classes.into_iter().filter(|(_, (profane, _))| !profane.is_empty()).collect();
    let hidden = |shares: &[Share]| shares.first().and_then(|share| share.percent()).unwrap_or(0.0);
    classes.sort_by(|(_, (a, _)), (_, (b, _))| hidden(a).total_cmp(&hidden(b)));
    let whole = classes.iter().filter(|(_, (profane, _))| profane[0].hits == profane[0].of).count();
    worst.notes.push(format!("Of {} classes, `work` finds all of {whole}.", classes.len()));
    for (class, (profane, clean)) in classes.into_iter().take(WORST) {
        let cell = |at: usize| {
            let clean = clean.get(at).copied().unwrap_or_default();
            format!("{} / {}", profane[at].show(0), clean.show(0))
        };
        let cells = (0..profane.len()).map(cell);
        worst.row([class.to_owned(), profane[0].of.to_string()].into_iter().chain(cells));
    }
    [all, worst]
}

/// Returns the table for the tests of other filters: the share of cases with the expected result.
fn suites(judged: &ProfanityJudgements<'_>) -> Result<Section, Failure> {
    let mut section =
        judged.section("suites", "Test suites of filters: cases that come out right", &["", "cases"]);
    let mut sums = vec![Share::default(); judged.names.len()];
    for file in judged.about(Subject::Suite) {
        let (profane, clean) = (file.flagged(is_profane), file.flagged(is_clean));
        let right = |at: usize| profane[at].hits + clean[at].of - clean[at].hits;
        for (at, sum) in sums.iter_mut().enumerate() {
            sum.hits += right(at);
            sum.of += file.file.rows.len();
        }
        let cells = (0..judged.names.len()).map(|at| right(at).to_string());
        section
            .row([file.file.title().to_owned(), file.file.rows.len().to_string()].into_iter().chain(cells));
    }
    if let Some(sum) = sums.first().filter(|sum| sum.of > 0) {
        let cells = sums.iter().map(|sum| sum.hits.to_string());
        section.row(["together".to_owned(), sum.of.to_string()].into_iter().chain(cells));
    }
    let finder = Finder::new("profanity = 'strict'")?;
    let wants = judged.about(Subject::Suite).flat_map(|file| &file.file.rows);
    let masked = Share::of(wants.filter_map(|row| Some(finder.mask(&row.text) == *row.want.as_ref()?)));
    if masked.of > 0 {
        section
            .notes
            .push(format!("Of cases that say how the text is to be masked, `strict` masks {masked} so."));
    }
    Ok(section)
}

/// Adds a row for the rows of `file` that `selects` accepts, if there are any.
fn add(section: &mut Section, file: &FileJudgements<'_>, selects: impl Fn(&Row) -> bool, decimals: usize) {
    let shares = file.flagged(selects);
    let Some(of) = shares.first().map(|share| share.of).filter(|of| *of > 0) else { return };
    let cells = shares.iter().map(|share| share.show(decimals));
    section.row([file.file.title().to_owned(), of.to_string()].into_iter().chain(cells));
}
