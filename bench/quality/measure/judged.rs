//! [`ProfanityJudgements`]: files about profanity, and the judgements of every row.

use std::thread::ScopedJoinHandle;

use crate::file::File;
use crate::judge::{Judge, Judgement};
use crate::row::{Row, Subject};
use crate::table::{Section, Share};
use crate::{Failure, progress};

/// Files about profanity, and the judgements of every row.
#[derive(Debug)]
pub(crate) struct ProfanityJudgements<'f> {
    /// The names of the judges.
    pub names: Vec<String>,
    pub files: Vec<FileJudgements<'f>>,
}

/// A file, and for each judge, in order, its judgements of the rows, in order.
#[derive(Debug)]
pub(crate) struct FileJudgements<'f> {
    pub file: &'f File,
    pub judgements: Vec<Vec<Judgement>>,
}

impl<'f> ProfanityJudgements<'f> {
    /// Runs all `judges` at the same time on every file about profanity: their speed is measured in processor time.
    pub(crate) fn new(files: &'f [File], judges: &mut [Judge]) -> Result<Self, Failure> {
        let about = [Subject::Suite, Subject::Disguises, Subject::Labels, Subject::ToxicSpans];
        let files: Vec<_> = files.iter().filter(|file| about.contains(&file.subject)).collect();
        let names = judges.iter().map(|judge| judge.name.clone()).collect();
        let all = std::thread::scope(|scope| {
            let ask = |judge| scope.spawn(|| ask(judge, &files));
            let handles: Vec<_> = judges.iter_mut().map(ask).collect();
            let answer = |handle: ScopedJoinHandle<'_, _>| handle.join().map_err(|_| "a judge broke down")?;
            handles.into_iter().map(answer).collect::<Result<Vec<_>, Failure>>()
        })?;
        let judgements = |at: usize| all.iter().map(|judgements| judgements[at].clone()).collect();
        let file = |(at, &file)| FileJudgements { file, judgements: judgements(at) };
        Ok(Self { names, files: files.iter().enumerate().map(file).collect() })
    }

    /// Returns the files that measure `subject`.
    pub(crate) fn about(&self, subject: Subject) -> impl Iterator<Item = &FileJudgements<'f>> {
        self.files.iter().filter(move |judged| judged.file.subject == subject)
    }

    /// Returns a section with a column for each judge after `first`.
    pub(crate) fn section(&self, name: &'static str, title: &'static str, first: &[&str]) -> Section {
        let mut section = Section::new(name, title, first);
        section.head.extend(self.names.iter().cloned());
        section
    }

    /// Returns the table of how many messages a second each judge processes, over all rows.
    pub(crate) fn speed(&self) -> Section {
        let mut section = self.section("speed", "Messages a second", &["", "rows"]);
        let rows: usize = self.files.iter().map(|judged| judged.file.rows.len()).sum();
        let nanos = |at: usize| -> u64 {
            self.files.iter().flat_map(|judged| &judged.judgements[at]).map(|judgement| judgement.nanos).sum()
        };
        #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
        let rate = |at: usize| format!("{:.0}", rows as f64 * 1e9 / nanos(at).max(1) as f64);
        let rates = (0..self.names.len()).map(rate);
        if rows == 0 {
            return section;
        }
        section.row(["every text about profanity".to_owned(), rows.to_string()].into_iter().chain(rates));
        section
    }
}

/// Returns the judgements of every row of `files`.
fn ask(judge: &mut Judge, files: &[&File]) -> Result<Vec<Vec<Judgement>>, Failure> {
    // The first call builds tables that later calls use.
    judge.judge("warm up")?;
    let of_file = |file: &&File| {
        progress(&judge.name, &file.name);
        file.rows.iter().map(|row| judge.judge(&row.text)).collect()
    };
    files.iter().map(of_file).collect()
}

impl FileJudgements<'_> {
    /// Returns how many of the rows that `selects` accepts each judge flags.
    pub(crate) fn flagged(&self, selects: impl Fn(&Row) -> bool) -> Vec<Share> {
        let of = |judgements: &Vec<Judgement>| {
            let rows = self.file.rows.iter().zip(judgements).filter(|(row, _)| selects(row));
            Share::of(rows.map(|(_, judgement)| judgement.flagged))
        };
        self.judgements.iter().map(of).collect()
    }
}
