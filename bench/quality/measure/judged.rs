//! [`Judged`]: files about profanity, and what every judge says of every row.

use std::thread::ScopedJoinHandle;

use crate::file::File;
use crate::judge::{Judge, Judgement};
use crate::row::{Row, Subject};
use crate::table::{Section, Share};
use crate::{Failure, progress};

/// Files about profanity, and what every judge says of every row.
#[derive(Debug)]
pub(crate) struct Judged<'f> {
    /// Names of the judges.
    pub names: Vec<String>,
    pub files: Vec<JudgedFile<'f>>,
}

/// A file, and what each judge, in order, says of each row, in order.
#[derive(Debug)]
pub(crate) struct JudgedFile<'f> {
    pub file: &'f File,
    pub says: Vec<Vec<Judgement>>,
}

impl<'f> Judged<'f> {
    /// Asks `judges` about every file that is about profanity, all of them at once: their time is counted in work, not by a watch.
    pub(crate) fn new(files: &'f [File], judges: &mut [Judge]) -> Result<Self, Failure> {
        let about = [Subject::Suite, Subject::Disguises, Subject::Labels, Subject::ToxicSpans];
        let files: Vec<_> = files.iter().filter(|file| about.contains(&file.subject)).collect();
        let names = judges.iter().map(|judge| judge.name.clone()).collect();
        let all = std::thread::scope(|scope| {
            let ask = |judge| scope.spawn(|| ask(judge, &files));
            let asked: Vec<_> = judges.iter_mut().map(ask).collect();
            let answer = |asked: ScopedJoinHandle<'_, _>| asked.join().map_err(|_| "a judge broke down")?;
            asked.into_iter().map(answer).collect::<Result<Vec<_>, Failure>>()
        })?;
        let says = |at: usize| all.iter().map(|says| says[at].clone()).collect();
        let file = |(at, &file)| JudgedFile { file, says: says(at) };
        Ok(Self { names, files: files.iter().enumerate().map(file).collect() })
    }

    /// The files that measure `subject`.
    pub(crate) fn about(&self, subject: Subject) -> impl Iterator<Item = &JudgedFile<'f>> {
        self.files.iter().filter(move |judged| judged.file.subject == subject)
    }

    /// A section with a column for each judge after `first`.
    pub(crate) fn section(&self, name: &'static str, title: &'static str, first: &[&str]) -> Section {
        let mut section = Section::new(name, title, first);
        section.head.extend(self.names.iter().cloned());
        section
    }

    /// Messages a second of each judge, over all rows.
    pub(crate) fn speed(&self) -> Section {
        let mut section = self.section("speed", "Messages a second", &["", "rows"]);
        let rows: usize = self.files.iter().map(|judged| judged.file.rows.len()).sum();
        let nanos = |at: usize| -> u64 {
            self.files.iter().flat_map(|judged| &judged.says[at]).map(|says| says.nanos).sum()
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

/// What `judge` says of every row of `files`.
fn ask(judge: &mut Judge, files: &[&File]) -> Result<Vec<Vec<Judgement>>, Failure> {
    // The first call builds what the others use.
    judge.judge("warm up")?;
    let of_file = |file: &&File| {
        progress(&judge.name, &file.name);
        file.rows.iter().map(|row| judge.judge(&row.text)).collect()
    };
    files.iter().map(of_file).collect()
}

impl JudgedFile<'_> {
    /// How many of the rows that `wanted` takes each judge flags.
    pub(crate) fn flagged(&self, wanted: impl Fn(&Row) -> bool) -> Vec<Share> {
        let of = |says: &Vec<Judgement>| {
            let rows = self.file.rows.iter().zip(says).filter(|(row, _)| wanted(row));
            Share::of(rows.map(|(_, says)| says.flagged))
        };
        self.says.iter().map(of).collect()
    }
}
