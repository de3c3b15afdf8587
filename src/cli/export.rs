//! `chimeflow export`: writes the messages of a channel to a corpus, on AWS or from the local service.
//!
//! ```text
//!  ListChannelMessages, oldest first ──client──> page ──seen: without messages that are in the file──> lines ──> FILE
//!                                                                                      FILE ──resume──> where to continue
//! ```

mod client;
mod moment;
mod seen;

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, ErrorKind, Seek, SeekFrom, Write};
use std::path::PathBuf;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;

use self::client::{ChannelEntry, Pages};
use self::moment::Moment;
use self::seen::SeenMessages;
use crate::cli::Exit;
use crate::cli::aws::Aws;
use crate::cli::flow::{Resource, agree, channel, person};
use crate::cli::output::{self, errln};

/// Write the messages of a channel to a corpus, for `replay` and `diff`
///
/// Writes JSON Lines with `text`, `from`, `in`, `at` and what else the messages have, oldest first. The messages are as the channel has them now:
/// edited by the rules of their time, and without those that were denied or deleted.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The channel
    #[arg(value_name = "CHANNEL_ARN", value_parser = channel)]
    channel: Resource,

    /// Whom to act as: an administrator of the app instance, or a member or moderator of the channel
    #[arg(long = "as", value_name = "ARN", value_parser = person)]
    bearer: Resource,

    /// From when on: how long ago, such as `7d`, or a time such as `2026-11-20` or `2026-11-20T10:00:00Z`
    #[arg(long, value_name = "TIME", default_value = "7d", value_parser = moment::parse)]
    since: Moment,

    /// Until when; by default the last message of the channel
    #[arg(long, value_name = "TIME", value_parser = moment::parse)]
    until: Option<Moment>,

    /// The sub-channel of an elastic channel
    #[arg(long, value_name = "ID")]
    sub_channel: Option<String>,

    /// The file to write; without it, standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Continue the file of an export that broke off: what it has is kept, and what is missing is added
    #[arg(long, requires = "out")]
    resume: bool,

    #[command(flatten)]
    aws: Aws,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    agree(&args.aws, &args.channel.home)?;
    let now = Timestamp::now();
    let until = args.until.map(|until| until.before(now));
    let mut since = args.since.before(now);
    anyhow::ensure!(
        until.is_none_or(|until| since <= until),
        "--since is after --until: nothing was sent in between"
    );
    let (mut out, mut seen) = (Destination::open(args)?, SeenMessages::default());
    if let (Destination::File(file, path), true) = (&mut out, args.resume) {
        seen = resume(file, &args.channel.arn)
            .with_context(|| format!("`{}` cannot be continued", path.display()))?;
        since = seen.from().unwrap_or(since);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let pages = Pages::new(args, since, until).await;
        let result = copy(pages, &mut seen, &mut out).await;
        result.inspect_err(|_| {
            if let Destination::File(_, path) = &out {
                errln!(
                    "`{}` is not complete: run the same command with --resume to continue",
                    path.display()
                );
            }
        })
    })?;
    Ok(Exit::Fine)
}

/// Copies one page after another. Each is written before the next is requested.
async fn copy(mut pages: Pages, seen: &mut SeenMessages, out: &mut Destination) -> anyhow::Result<()> {
    let bar = if output::is_error_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{spinner} {msg}");
    let bar = bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()).tick_chars("|/-\\ "));
    let (mut count, mut skipped) = (0_u64, 0_u64);
    while let Some(page) = pages.next_page().await? {
        let mut lines = String::new();
        let mut last = None;
        for posted in page {
            let ChannelEntry::Message { at, id, line } = posted else {
                skipped += 1;
                continue;
            };
            if seen.is_new(at, &id) {
                lines.push_str(&line);
                lines.push('\n');
                count += 1;
            }
            last = Some(at);
        }
        out.write(&lines)?;
        if output::has_failed() {
            return Ok(());
        }
        if let Some(last) = last {
            bar.set_message(format!("{count} messages, up to {last:.0}"));
            bar.tick();
        }
    }
    bar.finish_and_clear();
    let messages = if count == 1 { "message" } else { "messages" };
    let skipped = match skipped {
        0 => String::new(),
        1 => "; 1 has no text, or was not delivered".to_owned(),
        _ => format!("; {skipped} have no text, or were not delivered"),
    };
    errln!("{count} {messages}{skipped}");
    Ok(())
}

/// Where the corpus is written.
enum Destination {
    Stdout,
    File(File, PathBuf),
}

impl Destination {
    /// Opens the file of `args`. An existing file is continued only with `--resume`, and otherwise left unchanged.
    fn open(args: &Args) -> anyhow::Result<Self> {
        let Some(path) = &args.out else { return Ok(Self::Stdout) };
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        let file = if args.resume { options.create(true).truncate(false) } else { options.create_new(true) }
            .open(path);
        let file = file.map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => anyhow::anyhow!(
                "`{}` exists already: name another file, or continue it with --resume",
                path.display()
            ),
            _ => anyhow::Error::new(error).context(format!("could not write `{}`", path.display())),
        })?;
        Ok(Self::File(file, path.clone()))
    }

    fn write(&mut self, lines: &str) -> anyhow::Result<()> {
        match self {
            Self::Stdout => output::raw(lines),
            Self::File(file, path) => {
                file.write_all(lines.as_bytes())
                    .with_context(|| format!("could not write `{}`", path.display()))?;
            }
        }
        Ok(())
    }
}

/// Reads the file of an interrupted export, and moves to the end of its last complete line.
fn resume(file: &mut File, channel: &str) -> anyhow::Result<SeenMessages> {
    #[derive(serde::Deserialize)]
    struct Row {
        id: String,
        at: String,
        r#in: String,
    }
    let mut seen = SeenMessages::default();
    let (mut end, mut number) = (0_u64, 0_u64);
    let mut reader = BufReader::new(&mut *file);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 && line.ends_with(b"\n") {
        number += 1;
        let row: Row = serde_json::from_slice(&line).map_err(|_| {
            anyhow::anyhow!(
                "line {number}: expected a message with `id`, `at` and `in`, as `export` writes it"
            )
        })?;
        anyhow::ensure!(row.r#in == channel, "line {number}: that is a message of another channel");
        let at = row.at.parse().with_context(|| format!("line {number}: expected a time as `at`"))?;
        seen.is_new(at, &row.id);
        end += line.len() as u64;
        line.clear();
    }
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_broke_off_is_continued_behind_its_last_complete_line() {
        let path = std::env::temp_dir().join(format!("chimeflow-export-{}", std::process::id()));
        let line =
            |id: &str, at: &str| format!("{{\"text\":\"a\",\"in\":\"c\",\"at\":\"{at}\",\"id\":\"{id}\"}}\n");
        let whole = [line("1", "2026-11-20T10:00:00Z"), line("2", "2026-11-20T10:00:05.5Z")].concat();
        std::fs::write(&path, format!("{whole}{{\"text\":\"cut o")).unwrap();
        let mut file = OpenOptions::new().read(true).write(true).open(&path).unwrap();
        let mut seen = resume(&mut file, "c").unwrap();
        file.write_all(b"more").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), format!("{whole}more"));
        assert_eq!(seen.from(), Some("2026-11-20T10:00:04.5Z".parse().unwrap()));
        assert!(!seen.is_new("2026-11-20T10:00:05.5Z".parse().unwrap(), "2"));
        assert!(resume(&mut File::open(&path).unwrap(), "another").is_err());
        std::fs::remove_file(&path).unwrap();
    }
}
