//! Processes every message of a corpus: streaming, on all cores, in order, in constant memory.
//!
//! ```text
//!  file, gzip ──open──> first bytes ──format──> Format ──records──> Record ──row──> Line
//!
//!  records ──reader──> chunks, distributed in turn ──> worker 0 ──┐
//!                                                  ──> worker 1 ──┤ collected in the same turn ──> sink
//!                                                  ──> …        ──┘
//! ```

mod elements;
mod format;
mod open;
mod quotes;
mod record;
mod records;
mod row;
mod time;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};

use anyhow::Context;
use jiff::Timestamp;

use self::format::FormatArg;
use self::record::Record;
use self::records::Records;
use self::row::Rows;
use crate::cli::output;
use crate::message::Message;

/// The corpus that a command reads.
#[derive(clap::Args)]
pub(crate) struct CorpusArg {
    /// Messages that you have kept: JSON Lines, a JSON document, CSV or plain lines, also gzipped; `-` reads standard input
    #[arg(value_name = "CORPUS")]
    corpus: PathBuf,

    /// The key or column with the text, `text` by default; a number counts the columns of CSV without a header, from 1
    #[arg(long, value_name = "NAME", help_heading = "Corpus")]
    column: Option<String>,

    /// The format of the corpus, if it is not the one that its first lines suggest
    #[arg(long, value_name = "FORMAT", value_enum, help_heading = "Corpus")]
    format: Option<FormatArg>,
}

/// One message of a corpus.
pub(crate) struct Line {
    /// The number of the line on which it begins, starting at 1.
    pub number: u64,
    /// The message, or the problem with the line.
    pub message: Result<Message, String>,
    /// When it was sent, if the corpus says so.
    pub at: Option<Timestamp>,
}

/// The number of records in a chunk: large enough to make distribution cheap, small enough to save memory.
const CHUNK: usize = 256;
/// The maximum number of chunks that wait for a worker, or for the sink.
const WAITING: usize = 4;
/// The maximum length of a record in bytes: the service accepts 4 KB of content and 1 KB of metadata.
const LONGEST: usize = 1 << 20;

impl CorpusArg {
    /// Returns the corpus at `path`, in whatever format it has.
    pub(crate) fn of(path: PathBuf) -> Self {
        Self { corpus: path, column: None, format: None }
    }

    /// Returns the name of the corpus for people.
    pub(crate) fn name(&self) -> String {
        crate::cli::input::name(&self.corpus)
    }

    /// Returns the path of the corpus.
    pub(crate) fn path(&self) -> &Path {
        &self.corpus
    }

    /// Returns the name of the corpus without its folder, for people who do not use this machine.
    pub(crate) fn short_name(&self) -> String {
        crate::cli::input::short_name(&self.corpus)
    }

    /// Applies `work` to every line, on all cores, and passes the results to `sink` in order.
    pub(crate) fn run<T: Send>(
        &self,
        work: impl Fn(Line) -> T + Sync,
        mut sink: impl FnMut(Vec<T>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let opened = open::open(&self.corpus)?;
        let format = format::detect(&opened.head, &self.corpus, self.column.as_deref(), self.format)
            .with_context(|| self.name())?;
        output::error_line(format_args!(
            "{}{}: {format}{}{:#}",
            crate::cli::style::QUIET,
            self.name(),
            if opened.is_gzip { ", gzipped" } else { "" },
            crate::cli::style::QUIET
        ));
        let bar = opened.bar.clone();
        let (name, rows) = (self.name(), Rows::new(self.column.clone()));
        let records = Records::new(opened.input, format);
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            let (mut to_workers, mut from_workers) = (Vec::new(), Vec::new());
            for _ in 0..workers {
                let (to, chunks) = sync_channel::<Vec<Record>>(WAITING);
                let (results, from) = sync_channel(WAITING);
                to_workers.push(to);
                from_workers.push(from);
                let (work, rows) = (&work, &rows);
                scope.spawn(move || {
                    for chunk in chunks {
                        let lines = chunk.into_iter().filter_map(|record| rows.read(record));
                        // The receiver is dropped if the sink failed.
                        if results.send(lines.map(work).collect()).is_err() {
                            break;
                        }
                    }
                });
            }
            let reader = scope.spawn(move || deal(records, &to_workers));
            for from in from_workers.iter().cycle() {
                let Ok(results) = from.recv() else { break };
                sink(results)?;
                if output::has_failed() {
                    break;
                }
            }
            drop(from_workers);
            bar.finish_and_clear();
            rows.print_notes();
            let read = reader.join().map_err(|_| anyhow::anyhow!("reading the corpus broke down"))?;
            read.with_context(|| format!("could not read {name}"))
        })
    }
}

/// Distributes chunks of records to the workers in turn.
fn deal(mut records: Records, workers: &[SyncSender<Vec<Record>>]) -> std::io::Result<()> {
    for worker in workers.iter().cycle() {
        let mut chunk = Vec::with_capacity(CHUNK);
        while chunk.len() < CHUNK {
            let Some(record) = records.next()? else { break };
            chunk.push(record);
        }
        if chunk.is_empty() || worker.send(chunk).is_err() {
            break;
        }
    }
    Ok(())
}

/// Errors in lines without a valid message: the first few, and their number.
#[derive(Default)]
pub(crate) struct BadLines {
    count: u64,
    first: Vec<String>,
}

impl BadLines {
    pub(crate) fn add(&mut self, number: u64, why: &str) {
        self.count += 1;
        if self.first.len() < 5 {
            self.first.push(format!("line {number}: {why}"));
        }
    }

    /// Returns an error if there were any, which names the corpus.
    pub(crate) fn into_result(self, corpus: &CorpusArg) -> anyhow::Result<()> {
        let more = self.count - self.first.len() as u64;
        let more = if more == 0 { String::new() } else { format!("\n  and {more} more") };
        let lines =
            if self.count == 1 { "1 line holds".to_owned() } else { format!("{} lines hold", self.count) };
        anyhow::ensure!(
            self.count == 0,
            "{}: {lines} no message\n  {}{more}",
            corpus.name(),
            self.first.join("\n  ")
        );
        Ok(())
    }
}
