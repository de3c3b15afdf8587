//! Processes every message of a corpus: streaming, on all cores, in order, in constant memory.
//!
//! ```text
//! lines ──reader──> chunks, distributed in turn ──> worker 0 ──┐
//!                                               ──> worker 1 ──┤ collected in the same turn ──> sink
//!                                               ──> …        ──┘
//! ```

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::cli::output::{self, errln};
use crate::cli::style::EDITED;
use crate::message::Message;
use crate::rules::{channel_arn, sender_arn};

/// Which messages a command works with.
#[derive(clap::Args)]
pub(crate) struct CorpusArg {
    /// JSON Lines: each line is an object with `text` and, optionally, `from`, `in`, `metadata`, `push-title` and `push-body`; `-` reads
    /// standard input. `from` and `in` are ARNs or the ends of ARNs
    #[arg(value_name = "CORPUS.jsonl")]
    corpus: PathBuf,
}

/// One line of a corpus.
pub(crate) struct Line {
    /// The line's number, starting at 1.
    pub number: u64,
    /// The message, or what is wrong with the line.
    pub message: Result<Message, String>,
}

/// Consecutive lines.
struct Chunk {
    /// The number of the first line.
    first: u64,
    /// The length of the lines in bytes.
    bytes: u64,
    /// The lines, or why they cannot be read.
    lines: Vec<Result<String, String>>,
}

/// The number of lines in a chunk: large enough to make distribution cheap, small enough to save memory.
const CHUNK: usize = 256;
/// The maximum number of chunks that wait for a worker, or for the sink.
const WAITING: usize = 4;
/// The maximum length of a line in bytes: the service accepts 4 KB of content and 1 KB of metadata.
const LONGEST: usize = 1 << 20;

impl CorpusArg {
    /// Applies `work` to every line, on all cores, and passes the results to `sink` in order.
    pub(crate) fn run<T: Send>(
        &self,
        work: impl Fn(Line) -> T + Sync,
        mut sink: impl FnMut(Vec<T>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let (input, bar) = self.open()?;
        let unread = UnreadKeys::default();
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            let (mut to_workers, mut from_workers) = (Vec::new(), Vec::new());
            for _ in 0..workers {
                let (to, chunks) = sync_channel::<Chunk>(WAITING);
                let (results, from) = sync_channel(WAITING);
                to_workers.push(to);
                from_workers.push(from);
                let (work, unread) = (&work, &unread);
                scope.spawn(move || {
                    for Chunk { first, bytes, lines } in chunks {
                        let line = |(number, line): (u64, Result<String, String>)| {
                            work(Line { number, message: line.and_then(|line| read_line(&line, unread)) })
                        };
                        // The receiver is dropped if the sink failed.
                        if results.send((bytes, (first..).zip(lines).map(line).collect())).is_err() {
                            break;
                        }
                    }
                });
            }
            let reader = scope.spawn(move || deal(input, &to_workers));
            for from in from_workers.iter().cycle() {
                let Ok((bytes, results)) = from.recv() else { break };
                bar.inc(bytes);
                sink(results)?;
                if output::has_failed() {
                    break;
                }
            }
            drop(from_workers);
            bar.finish_and_clear();
            unread.tell();
            reader.join().map_err(|_| anyhow::anyhow!("reading the corpus broke down"))?
        })
    }

    fn open(&self) -> anyhow::Result<(Box<dyn Read + Send>, ProgressBar)> {
        if self.corpus == Path::new("-") {
            return Ok((Box::new(std::io::stdin()), ProgressBar::hidden()));
        }
        let what = || format!("could not read `{}`", self.corpus.display());
        let file = File::open(&self.corpus).with_context(what)?;
        let size = file.metadata().with_context(what)?.len();
        let bar = if output::is_error_terminal() { ProgressBar::new(size) } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{bar:40} {percent}% {bytes_per_sec}, {eta} to go");
        Ok((Box::new(file), bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))))
    }
}

/// Distributes chunks of lines to the workers in turn.
fn deal(input: impl Read, workers: &[SyncSender<Chunk>]) -> anyhow::Result<()> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let mut first = 1;
    for worker in workers.iter().cycle() {
        let mut chunk = Chunk { first, bytes: 0, lines: Vec::with_capacity(CHUNK) };
        while chunk.lines.len() < CHUNK {
            let Some((line, bytes)) = next_line(&mut input).context("could not read the corpus")? else {
                break;
            };
            chunk.bytes += bytes;
            chunk.lines.push(line);
        }
        first += chunk.lines.len() as u64;
        if chunk.lines.is_empty() || worker.send(chunk).is_err() {
            break;
        }
    }
    Ok(())
}

/// Returns the next line without its line end, and its length in bytes. A line that is too long is skipped, and not kept in memory.
fn next_line(input: &mut impl BufRead) -> std::io::Result<Option<(Result<String, String>, u64)>> {
    let mut line = Vec::new();
    let mut bytes = input.take(LONGEST as u64).read_until(b'\n', &mut line)? as u64;
    if bytes == 0 {
        return Ok(None);
    }
    if bytes == LONGEST as u64 && !line.ends_with(b"\n") {
        bytes += input.skip_until(b'\n')? as u64;
        return Ok(Some((Err(format!("the line is longer than {LONGEST} bytes")), bytes)));
    }
    let text = String::from_utf8(line).map_err(|_| "the line is not UTF-8 text".to_owned());
    Ok(Some((text, bytes)))
}

/// Parses a line of JSON.
fn read_line(line: &str, unread: &UnreadKeys) -> Result<Message, String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[expect(clippy::zero_sized_map_values, reason = "serde reads a map, of which only the keys matter")]
    struct Row {
        text: String,
        from: Option<String>,
        r#in: Option<String>,
        metadata: Option<String>,
        push_title: Option<String>,
        push_body: Option<String>,
        #[serde(flatten)]
        others: BTreeMap<String, IgnoredAny>,
    }
    // The parser's own message may quote the line, which contains message text.
    let row: Row = serde_json::from_str(line).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => {
            format!(
                "expected an object with `text`, all of its texts strings; column {} is not",
                error.column()
            )
        }
        serde_json::error::Category::Eof => "the line is cut off: expected a JSON object".to_owned(),
        _ => format!("not JSON from column {} on: expected an object with `text`", error.column()),
    })?;
    let absent = [
        ("from", row.from.is_none()),
        ("in", row.r#in.is_none()),
        ("metadata", row.metadata.is_none()),
        ("push-title", row.push_title.is_none()),
        ("push-body", row.push_body.is_none()),
    ];
    for key in row.others.into_keys() {
        if let Some(meant) = meant(&key).filter(|meant| absent.contains(&(meant, true))) {
            unread.add(key, meant);
        }
    }
    Ok(Message {
        content: row.text,
        sender: sender_arn(&row.from.unwrap_or_default()),
        channel: channel_arn(&row.r#in.unwrap_or_default()),
        metadata: row.metadata,
        push_title: row.push_title,
        push_body: row.push_body,
        ..Message::default()
    })
}

/// Returns the key that is probably meant by an unknown one.
fn meant(key: &str) -> Option<&'static str> {
    let plain: String = key.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    Some(match &*plain {
        "sender" | "senderarn" | "user" | "userarn" | "userid" | "author" | "authorid" | "from" => "from",
        "channel" | "channelarn" | "channelid" | "room" | "roomid" | "in" => "in",
        "metadata" | "meta" => "metadata",
        "pushtitle" | "notificationtitle" => "push-title",
        "pushbody" | "notificationbody" => "push-body",
        _ => return None,
    })
}

/// Unknown keys that resemble known ones: the number of lines that contain each, and the key that is probably meant.
#[derive(Default)]
struct UnreadKeys(Mutex<BTreeMap<String, (u64, &'static str)>>);

impl UnreadKeys {
    fn add(&self, key: String, meant: &'static str) {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.entry(key).or_insert((0, meant)).0 += 1;
    }

    /// Reports them on standard error.
    fn tell(&self) {
        for (key, (count, meant)) in self.0.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let lines = if *count == 1 { "1 line has".to_owned() } else { format!("{count} lines have") };
            errln!("{EDITED}warning:{EDITED:#} {lines} `{key}`, which is not read: did you mean `{meant}`?");
        }
    }
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

    /// Returns an error if there were any.
    pub(crate) fn into_result(self) -> anyhow::Result<()> {
        let more = self.count - self.first.len() as u64;
        let more = if more == 0 { String::new() } else { format!("\n  and {more} more") };
        let lines =
            if self.count == 1 { "1 line holds".to_owned() } else { format!("{} lines hold", self.count) };
        anyhow::ensure!(self.count == 0, "{lines} no message\n  {}{more}", self.first.join("\n  "));
        Ok(())
    }
}
