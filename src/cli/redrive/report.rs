//! [`Report`]: the records in the queue and what happened to them, as ids and counts.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;

use super::queue::{Counts, StuckRecords};
use super::sorted::{HeldEvent, SortedRecords};
use super::stop::Reasons;
use crate::cli::aws::Refusal;
use crate::cli::output::{self, outln};
use crate::cli::printable::plain;
use crate::cli::style;
use crate::cli::width::fitted;

/// What happened to an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Resolution {
    /// A reply with this verdict was sent.
    Answered(String),
    /// The message already had a reply.
    Decided,
    /// No reply was sent, for this reason.
    Failed(String),
    /// It is too old, and stays in the queue.
    Expired,
    /// It was too old, and was deleted.
    Dropped,
    /// It is younger than `--older-than`, and stays in the queue.
    Young,
    /// An earlier message of its channel was not answered.
    Waiting,
    /// The run, or the events of its function, ended before it was processed.
    Left,
}

impl Resolution {
    /// Returns whether the message certainly has a reply.
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
            Self::Waiting => "waiting",
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
    /// Records of answered messages that could not be deleted.
    undeleted: usize,
    /// The counts that SQS returns for the records that this run did not receive.
    others: Counts,
    counts: BTreeMap<&'static str, usize>,
    /// The verdicts of answered messages, and the reasons of events that failed again.
    details: BTreeMap<(&'static str, String), usize>,
}

impl Report {
    pub(super) fn new(json: bool, dry_run: bool) -> Self {
        let (counts, details, others) = (BTreeMap::new(), BTreeMap::new(), Counts::default());
        Self { json, dry_run, more: false, unreadable: 0, undeleted: 0, others, counts, details }
    }

    /// Shows the records and the reasons; `full` is whether the queue may contain more, `others` are the counts of the rest.
    pub(super) fn begin(&mut self, sorted: &SortedRecords, full: bool, others: Counts) {
        (self.more, self.unreadable, self.others) = (full, sorted.unreadable.len(), others);
        if self.dry_run {
            let kinds =
                [("answerable", &sorted.answerable), ("expired", &sorted.expired), ("young", &sorted.young)];
            for (kind, held) in kinds.into_iter().flat_map(|(kind, all)| all.iter().map(move |it| (kind, it)))
            {
                self.count(kind, None);
                if self.json {
                    output::json(&line(held, kind));
                }
            }
        }
        if self.json {
            for why in &sorted.unreadable {
                output::json(&json!({ "result": "unreadable", "says": why }));
            }
            return;
        }
        let all = || sorted.answerable.iter().chain(&sorted.expired).chain(&sorted.young);
        let records = all().map(HeldEvent::records).sum::<usize>() + sorted.unreadable.len();
        if records == 0 {
            if !full && others.waiting == Some(0) && others.held == Some(0) {
                outln!("the queue is empty");
            } else {
                outln!("nothing was received");
            }
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
            outln!("{:width$}  {count:>7}\n  {}", "unreadable", plain(why));
        }
        let twice = records - sorted.unreadable.len() - all().count();
        if twice > 0 {
            outln!("{twice} more records are of the same events");
        }
        if self.dry_run {
            let SortedRecords { answerable, expired, young, unreadable } = sorted;
            outln!(
                "\n{} can be answered, {} too old, {} too young, {} unreadable; nothing was changed",
                answerable.len(),
                expired.len(),
                young.len(),
                unreadable.len()
            );
        }
    }

    /// Records what happened to an event, and whether its records were deleted.
    pub(super) fn record(&mut self, held: &HeldEvent, resolution: Resolution, deleted: bool) {
        let (name, is_over) = (resolution.name(), resolution.is_over());
        let mut object = line(held, name);
        if is_over && !deleted {
            self.undeleted += held.records();
            object["deleted"] = json!(false);
        }
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

    /// Prints the summary: why the run or a function was stopped, which records could not be released, and how the run failed.
    pub(super) fn end(&self, stopped: &Reasons, stuck: Option<&StuckRecords>, error: Option<&Refusal>) {
        if self.json {
            let details = |of: &str| -> serde_json::Map<_, _> {
                let details = self.details.iter().filter(|((name, _), _)| *name == of);
                details.map(|((_, detail), count)| (detail.clone(), json!(count))).collect()
            };
            let summary = json!({
                "counts": self.counts, "unreadable": self.unreadable, "verdicts": details("answered"),
                "errors": details("failed"), "more": self.more, "undeleted": self.undeleted,
                "held_by_others": self.others.held, "not_let_go": stuck.map_or(0, |stuck| stuck.records),
                "stopped": stopped.run, "stopped_functions": stopped.functions,
                "error": error.map(ToString::to_string),
            });
            output::json(&json!({ "summary": summary }));
            return;
        }
        self.print_counts();
        if self.counts.contains_key(Resolution::Waiting.name()) {
            outln!("waiting for earlier messages of their channels; --out-of-order does not wait");
        }
        if self.undeleted > 0 {
            let count = self.undeleted;
            outln!("{count} records of answered messages are left: the next run deletes them");
        }
        for (function, why) in &stopped.functions {
            outln!("stopped for {}:", plain(function));
            for line in why.lines() {
                outln!("  {}", fitted(line.trim_start(), 2));
            }
        }
        if let Some(stopped) = &stopped.run {
            outln!("{stopped}");
        }
        if let Some(StuckRecords { records, why }) = stuck {
            outln!("{records} records could not be let go; others see them within half a minute:");
            for line in why.lines() {
                outln!("  {}", fitted(line.trim_start(), 2));
            }
        }
        if error.is_none() && stopped.run.is_none() {
            self.print_rest();
        }
    }

    fn print_counts(&self) {
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
    }

    /// Prints what else may be in the queue.
    fn print_rest(&self) {
        if self.more {
            outln!("there may be more in the queue, and earlier messages too:");
            outln!("run this again, or raise --limit");
        }
        let is_none = self.counts.is_empty() && self.unreadable == 0;
        match self.others {
            Counts { held: Some(held @ 1..), .. } => {
                outln!("others hold {held} records: a run that goes on, or one that could not let them go;");
                outln!("in half a minute they are back: run this again");
            }
            Counts { waiting: Some(waiting @ 1..), .. } if is_none => {
                outln!("{waiting} records wait in the queue: run this again");
            }
            Counts { waiting: Some(_), held: Some(_) } => {}
            _ => {
                outln!("it is unknown whether others hold records: grant sqs:GetQueueAttributes,");
                outln!("or run this again in half a minute");
            }
        }
    }

    /// Returns whether the queue is empty, as far as SQS knows.
    pub(super) fn is_fine(&self) -> bool {
        let is_over = |name: &&'static str| matches!(*name, "answered" | "already-decided" | "dropped");
        let nothing_is_left = self.counts.keys().all(is_over);
        let was_empty = !self.counts.is_empty() || self.others.waiting == Some(0);
        let nobody_holds = self.others.held == Some(0);
        let all_are_read = self.unreadable == 0 && !self.more;
        nothing_is_left && all_are_read && self.undeleted == 0 && was_empty && nobody_holds
    }
}

fn line(held: &HeldEvent, result: &str) -> serde_json::Value {
    let failed = &held.failed;
    json!({
        "result": result, "message_id": failed.message, "channel_arn": failed.channel, "why": failed.why,
        "age_seconds": held.age.map(|age| age.as_secs()),
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
