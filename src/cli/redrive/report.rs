//! [`Report`]: the records in the queue and what happened to them, as ids and counts.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;

use super::judge::Attempt;
use super::record::Failed;
use super::sorted::{Held, Sorted};
use crate::cli::output::{self, outln};
use crate::cli::style;

/// What happened to an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Resolution {
    /// It was answered with this verdict.
    Answered(String),
    /// It had been answered before.
    Decided,
    /// It was not answered, for this reason.
    Failed(String),
    /// It is too old, and stays in the queue.
    Expired,
    /// It was too old, and was deleted.
    Dropped,
    /// It is younger than `--older-than`, and stays in the queue.
    Young,
    /// The run ended before it was processed.
    Left,
}

impl Resolution {
    pub(super) fn of(attempt: Attempt) -> Self {
        match attempt {
            Attempt::Answered { duplicate: true, .. } => Self::Decided,
            Attempt::Answered { verdict, .. } => Self::Answered(verdict),
            Attempt::Failed(why) => Self::Failed(why),
        }
    }

    /// Returns whether the message is certain to be answered.
    pub(super) const fn is_over(&self) -> bool {
        matches!(self, Self::Answered(_) | Self::Decided)
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::Answered(_) => "answered",
            Self::Decided => "already-decided",
            Self::Failed(_) => "failed",
            Self::Expired => "expired",
            Self::Dropped => "dropped",
            Self::Young => "young",
            Self::Left => "left",
        }
    }
}

/// The records in the queue, and what happened to them.
#[derive(Debug)]
pub(super) struct Report {
    json: bool,
    dry_run: bool,
    /// Whether the queue may contain more.
    more: bool,
    unreadable: usize,
    counts: BTreeMap<&'static str, usize>,
    /// The verdicts of answered messages, and the reasons of those that failed again.
    details: BTreeMap<(&'static str, String), usize>,
}

impl Report {
    pub(super) fn new(json: bool, dry_run: bool) -> Self {
        let (counts, details) = (BTreeMap::new(), BTreeMap::new());
        Self { json, dry_run, more: false, unreadable: 0, counts, details }
    }

    /// Shows the records and the reasons; `full` if the queue may contain more.
    pub(super) fn begin(&mut self, sorted: &Sorted, full: bool) {
        (self.more, self.unreadable) = (full, sorted.unreadable.len());
        if self.json {
            for why in &sorted.unreadable {
                output::json(&json!({ "result": "unreadable", "says": why }));
            }
            if self.dry_run {
                let kinds = [
                    ("answerable", &sorted.answerable),
                    ("expired", &sorted.expired),
                    ("young", &sorted.young),
                ];
                for (kind, all) in kinds {
                    for held in all {
                        self.count(kind, None);
                        output::json(&line(&held.failed, held.age, kind));
                    }
                }
            }
            return;
        }
        let all = || sorted.answerable.iter().chain(&sorted.expired).chain(&sorted.young);
        let records = all().map(Held::records).sum::<usize>() + sorted.unreadable.len();
        if records == 0 {
            outln!("the queue is empty");
            return;
        }
        let mut groups: BTreeMap<&str, (usize, Option<Duration>)> = BTreeMap::new();
        for held in all() {
            let group = groups.entry(&held.failed.why).or_default();
            *group = (group.0 + 1, group.1.max(held.age));
        }
        let width = groups.keys().map(|why| why.len()).max().unwrap_or_default().max("unreadable".len());
        outln!("{}{:width$}  {:>7}  {:>8}{:#}", style::QUIET, "why", "events", "oldest", style::QUIET);
        for (why, (count, oldest)) in groups {
            outln!("{why:width$}  {count:>7}  {:>8}", oldest.map(short).unwrap_or_default());
        }
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for why in &sorted.unreadable {
            *reasons.entry(why).or_default() += 1;
        }
        for (why, count) in reasons {
            outln!("{:width$}  {count:>7}  {why}", "unreadable");
        }
        let twice = records - sorted.unreadable.len() - all().count();
        if twice > 0 {
            outln!("{twice} more records are of the same events");
        }
        if self.dry_run {
            let Sorted { answerable, expired, young, unreadable } = sorted;
            outln!(
                "\n{} can be answered, {} too old, {} too young, {} unreadable; nothing was changed",
                answerable.len(),
                expired.len(),
                young.len(),
                unreadable.len()
            );
        }
    }

    /// Records what happened to an event.
    pub(super) fn became(&mut self, failed: &Failed, age: Option<Duration>, resolution: Resolution) {
        let mut object = line(failed, age, resolution.name());
        let name = resolution.name();
        match resolution {
            Resolution::Answered(detail) | Resolution::Failed(detail) => {
                let key = if name == "failed" { "error" } else { "verdict" };
                object[key] = json!(detail);
                self.count(name, Some(detail));
            }
            _ => self.count(name, None),
        }
        if self.json {
            output::json(&object);
        }
    }

    fn count(&mut self, name: &'static str, detail: Option<String>) {
        *self.counts.entry(name).or_default() += 1;
        if let Some(detail) = detail {
            *self.details.entry((name, detail)).or_default() += 1;
        }
    }

    /// Prints the summary; `stopped` says why the run ended early.
    pub(super) fn end(&self, stopped: Option<&str>) {
        if self.json {
            let details = |of: &str| -> serde_json::Map<_, _> {
                let details = self.details.iter().filter(|((name, _), _)| *name == of);
                details.map(|((_, detail), count)| (detail.clone(), json!(count))).collect()
            };
            let summary = json!({
                "counts": self.counts, "unreadable": self.unreadable, "verdicts": details("answered"),
                "errors": details("failed"), "more": self.more, "stopped": stopped,
            });
            output::json(&json!({ "summary": summary }));
            return;
        }
        if !self.dry_run && (!self.counts.is_empty() || self.unreadable > 0) {
            let part = |(name, count): (&&'static str, &usize)| {
                let details = self.details.iter().filter(|((of, _), _)| of == name);
                let details: Vec<_> =
                    details.map(|((_, detail), count)| format!("{count} {detail}")).collect();
                let details =
                    if details.is_empty() { String::new() } else { format!(" ({})", details.join(", ")) };
                format!("{count} {}{details}", name.replace('-', " "))
            };
            let mut parts: Vec<_> = self.counts.iter().map(part).collect();
            parts.extend((self.unreadable > 0).then(|| format!("{} unreadable", self.unreadable)));
            outln!("\n{}", parts.join(", "));
        }
        if self.more {
            outln!("there may be more in the queue: run this again, or raise --limit");
        }
        if let Some(stopped) = stopped {
            outln!("{stopped}");
        }
    }

    /// Returns whether nothing is left that needs attention.
    pub(super) fn is_fine(&self) -> bool {
        let left = ["failed", "expired", "left"].iter().any(|name| self.counts.contains_key(name));
        self.unreadable == 0 && (self.dry_run || !left && !self.more)
    }
}

fn line(failed: &Failed, age: Option<Duration>, result: &str) -> serde_json::Value {
    json!({
        "result": result, "message_id": failed.message, "channel_arn": failed.channel, "why": failed.why,
        "age_seconds": age.map(|age| age.as_secs()),
    })
}

/// Formats a duration for people: `90 s`, `12 min`, `3 h`.
fn short(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7200 => format!("{} min", seconds / 60),
        seconds => format!("{} h", seconds / 3600),
    }
}
