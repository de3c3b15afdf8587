//! `chimeflow explain`: shows what every rule does with a message, and why.

mod history;
mod json;
mod layout;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;

use self::layout::printable;
use crate::cli::output::{self, outln};
use crate::cli::rules_file::{RulesArg, read};
use crate::cli::width::{WidthArg, columns};
use crate::cli::{Exit, input, style};
use crate::detect::{Detectors, NearMiss};
use crate::event::Event;
use crate::message::{Field, Message};
use crate::outcome::{Denial, Effect, Outcome, Span, Step, StepResult, Verdict};
use crate::pipeline::Pipeline;
use crate::rules::{Action, Group, Mode, Outside, Points, Rule, channel_arn, sender_arn};
use crate::state::Memory;
use crate::text::Folded;

/// Show what each rule does with a message, and why
///
/// Shows the rules in the order of the file: what each found and did, or why it did nothing. This answers "why was this blocked?" and,
/// above all, "why was it not?".
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The text of the message; `-` reads it from standard input
    #[arg(value_name = "TEXT", required_unless_present = "event", conflicts_with = "event")]
    text: Option<String>,

    /// A message event, as the service delivers it, instead of a text; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    event: Option<PathBuf>,

    #[command(flatten)]
    rules: RulesArg,

    /// ARN of the sender, or the end of it, such as `mod-7`
    #[arg(long, value_name = "ARN", conflicts_with = "event")]
    from: Option<String>,

    /// ARN of the channel, or the end of it, such as `kids-1`
    #[arg(long = "in", value_name = "ARN", conflicts_with = "event")]
    channel: Option<String>,

    /// Metadata of the message
    #[arg(long, value_name = "TEXT", conflicts_with = "event")]
    metadata: Option<String>,

    /// Title of its push notification
    #[arg(long, value_name = "TEXT", conflicts_with = "event")]
    push_title: Option<String>,

    /// Body of its push notification
    #[arg(long, value_name = "TEXT", conflicts_with = "event")]
    push_body: Option<String>,

    /// What was sent before the message, for rules that count over time: a corpus as `replay` reads it. The message follows a second after the
    /// last of them, unless its event says when it was sent
    #[arg(long, value_name = "CORPUS")]
    history: Option<PathBuf>,

    #[command(flatten)]
    width: WidthArg,

    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Args {
    /// Returns the message to explain.
    fn message(&self) -> anyhow::Result<Message> {
        if let Some(path) = &self.event {
            let name = input::name(path);
            let event =
                Event::parse(&read(path)?).with_context(|| format!("`{name}` is not a message event"))?;
            let damage = event.damage.join(", ");
            let policy = "the function does not judge a damaged message; the default `on-error` decides";
            anyhow::ensure!(damage.is_empty(), "`{name}` is damaged, it has no readable {damage}: {policy}");
            return Ok(event.message);
        }
        let content = match self.text.as_deref() {
            Some("-") => {
                let mut text = read(Path::new("-"))?;
                if text.ends_with('\n') {
                    text.pop();
                }
                text
            }
            text => text.unwrap_or_default().to_owned(),
        };
        Ok(Message {
            content,
            sender: sender_arn(self.from.as_deref().unwrap_or_default()),
            channel: channel_arn(self.channel.as_deref().unwrap_or_default()),
            metadata: self.metadata.clone(),
            push_title: self.push_title.clone(),
            push_body: self.push_body.clone(),
            ..Message::default()
        })
    }
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    let pipeline = args.rules.load(detectors)?;
    let mut message = args.message()?;
    let mut memory = Memory::default();
    if let Some(path) = &args.history
        && let Some(last) = history::remember(path, &pipeline, &mut memory)?
    {
        message.sent = message.sent.or_else(|| last.at.checked_add(1000));
        history::hint(&message, &last, &pipeline);
    }
    let (outcome, counted) = pipeline.explain_after(message.clone(), &mut memory);
    if args.json {
        output::json(&json::json(&pipeline, &message, &outcome, &counted));
    } else {
        explain(&pipeline, &message, &outcome, &counted, args.width.columns());
    }
    Ok(Exit::Fine)
}

fn explain(
    pipeline: &Pipeline,
    message: &Message,
    outcome: &Outcome,
    counted: &[(Arc<str>, String)],
    total: usize,
) {
    for field in Field::ALL {
        let Some(raw) = raw(message, field) else { continue };
        show_text(field, raw, pipeline, message, outcome, total);
    }
    if !message.attributes.is_empty() {
        show_lines(Field::Attributes.name(), &serde_json::json!(message.attributes).to_string(), total);
    }
    outln!("");
    let width = pipeline.rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    for (rule, step) in pipeline.rules.iter().zip(&outcome.trace) {
        show_step(rule, step, message, width);
        for (_, explanation) in counted.iter().filter(|(id, _)| *id == rule.id) {
            outln!("{}  {:width$}  counted: {explanation}{:#}", style::QUIET, "", style::QUIET);
        }
    }
    show_verdict(outcome, total);
}

/// The column at which texts begin, after the names of fields.
const MARGIN: usize = 12;

/// Prints the text of `field` with all findings underlined, in `total` columns.
fn show_text(
    field: Field,
    raw: &str,
    pipeline: &Pipeline,
    message: &Message,
    outcome: &Outcome,
    total: usize,
) {
    let rows = layout::rows(raw, total - MARGIN);
    let mut labelled = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        show_row(if number == 0 { field.name() } else { "" }, &raw[row.clone()]);
        for (which, (rule, span)) in
            spans(pipeline, outcome).filter(|(_, span)| span.field == field).enumerate()
        {
            let Some(mark) = layout::mark(raw, row, &span.range) else { continue };
            // A finding that continues in the next row is named once.
            let label = if labelled.contains(&which) {
                String::new()
            } else {
                format!("{}: {}", rule.id, described_kind(rule, span, message))
            };
            labelled.push(which);
            show_mark(mark, &label, total);
        }
    }
    let folded = Folded::new(raw);
    if folded.text() != raw.to_lowercase() {
        for (number, row) in layout::rows(folded.text(), total - MARGIN).into_iter().enumerate() {
            let title = if number == 0 { "read as" } else { "" };
            let text = printable(&folded.text()[row]);
            outln!("{}{title:<10}  {text}{:#}", style::QUIET, style::QUIET);
        }
    }
}

/// Prints carets, with `label` after them if there is room, or else below them.
fn show_mark(mark: layout::Mark, label: &str, total: usize) {
    let start = MARGIN + mark.column;
    let carets = "^".repeat(mark.columns);
    let edited = style::EDITED;
    let has_room = |at: usize| at + columns(label) <= total;
    if label.is_empty() || !has_room(start + mark.columns + 1) {
        outln!("{:start$}{edited}{carets}{edited:#}", "");
        let indent = if has_room(start) { start } else { MARGIN };
        if !label.is_empty() {
            outln!("{:indent$}{edited}{label}{edited:#}", "");
        }
        return;
    }
    outln!("{:start$}{edited}{carets} {label}{edited:#}", "");
}

fn show_row(title: &str, text: &str) {
    outln!("{}{title:<10}{:#}  {}", style::QUIET, style::QUIET, printable(text));
}

fn spans<'a>(pipeline: &'a Pipeline, outcome: &'a Outcome) -> impl Iterator<Item = (&'a Rule, &'a Span)> {
    pipeline.rules.iter().zip(&outcome.trace).flat_map(|(rule, step)| match &step.result {
        StepResult::Hit { spans, .. } => spans.iter().map(|span| (rule, span)).collect(),
        _ => Vec::new(),
    })
}

/// Prints what a rule did and, if it did something, why the rule exists.
fn show_step(rule: &Rule, step: &Step, message: &Message, width: usize) {
    let (mark, style) = match &step.result {
        StepResult::Hit { effect: Effect::Denied, .. } => ("x", style::ERROR),
        StepResult::Hit { effect: Effect::Edited, .. } => ("~", style::EDITED),
        StepResult::Hit { .. } => ("+", style::GOOD),
        StepResult::Failed(_) => ("!", style::ERROR),
        _ => ("-", style::QUIET),
    };
    let points = points(rule, step);
    let did = format!("{}{points}", describe(rule, step, message));
    outln!("{style}{mark} {:width$}{style:#}  {did}", rule.id);
    if let (StepResult::Hit { .. }, Some(why)) = (&step.result, &rule.why) {
        outln!("  {:width$}  {}{why}{:#}", "", style::QUIET, style::QUIET);
    }
    for (_, text, near) in near_misses(rule, step, message) {
        outln!("  {:width$}  {}{}{:#}", "", style::QUIET, printable(&near.sentence(text)), style::QUIET);
    }
}

/// Returns the near misses of a rule that found nothing, each with its field and the text of the field.
fn near_misses<'m>(rule: &Rule, step: &Step, message: &'m Message) -> Vec<(Field, &'m str, NearMiss)> {
    if step.result != StepResult::Miss {
        return Vec::new();
    }
    let is_searched = |field: &Field| rule.on.iter().any(|place| place.field == *field);
    let fields = Field::ALL.into_iter().filter(is_searched);
    let texts = fields.filter_map(|field| raw(message, field).map(|text| (field, text)));
    texts
        .flat_map(|(field, text)| rule.near_misses(text).into_iter().map(move |near| (field, text, near)))
        .collect()
}

/// Returns the points that a rule added and, if it counts its findings, how they were computed.
fn points(rule: &Rule, step: &Step) -> String {
    let (points, each) = (step.points, rule.points.each);
    match &step.result {
        _ if points == 0 => String::new(),
        StepResult::Hit { spans, .. } if each != 0 => {
            let limit = rule.points.at_most.map_or(String::new(), |most| format!(", at most {most}"));
            format!(" ({points:+} points: {each:+} for each of {}{limit})", Points::count(spans))
        }
        _ => format!(" ({points:+} points)"),
    }
}

/// Returns what a rule did, as a sentence.
fn describe(rule: &Rule, step: &Step, message: &Message) -> String {
    match &step.result {
        StepResult::Hit { spans, effect } => {
            let found = found(rule, spans, message);
            let done = done(rule, *effect, spans.len());
            let shadow =
                if step.mode == Mode::Shadow { "; it is in shadow mode, so this has no effect" } else { "" };
            format!("{found}{done}{shadow}")
        }
        StepResult::Miss => "found nothing".to_owned(),
        StepResult::Outside(Outside::From) => outside("sender", rule.scope.from.as_ref()),
        StepResult::Outside(Outside::In) => outside("channel", rule.scope.channels.as_ref()),
        StepResult::Unmet => {
            format!("did not run: `{}` does not hold", rule.when.as_ref().map_or("", |when| &when.source))
        }
        StepResult::Ended { by } => format!("did not run: `{by}` had ended it"),
        StepResult::Failed(failure) => format!("{failure}, so its `on-error` decided"),
    }
}

fn outside(what: &str, group: Option<&Group>) -> String {
    let Some(group) = group else { return format!("does not apply to this {what}") };
    let names = group.names.join("`, `");
    let is = if group.except { "is" } else { "is not" };
    format!("does not apply: this {what} {is} in `{names}`")
}

/// Returns the kind and severity of `span`.
fn kind(span: &Span) -> String {
    span.severity
        .map_or_else(|| span.kind.to_owned(), |severity| format!("{}, {}", span.kind, severity.name()))
}

/// Returns the kind and severity of `span`, and the word as which it is read if it is written differently.
fn described_kind(rule: &Rule, span: &Span, message: &Message) -> String {
    let read = read_as(rule, span, message).map_or(String::new(), |word| format!(", read as `{word}`"));
    format!("{}{read}", kind(span))
}

/// Returns the word as which `rule` reads `span`, if it is written differently.
fn read_as(rule: &Rule, span: &Span, message: &Message) -> Option<String> {
    let word = rule.word_read(raw(message, span.field)?, &span.range)?;
    Some(printable(&word))
}

fn found(rule: &Rule, spans: &[Span], message: &Message) -> String {
    if spans.is_empty() {
        return match &rule.when {
            Some(when) => format!("`{}` holds", when.source),
            None if rule.find.is_empty() => "is about this message".to_owned(),
            None => "is about the message as a whole".to_owned(),
        };
    }
    let piece = |span: &Span| {
        let Some(text) = raw(message, span.field).and_then(|raw| raw.get(span.range.clone())) else {
            return format!("something ({}) in {}", kind(span), span.field);
        };
        let place = if span.field == Field::Content { "" } else { &format!(" in {}", span.field) };
        format!("`{}` ({}){place}", printable(text), described_kind(rule, span, message))
    };
    let shown: Vec<_> = spans.iter().take(3).map(piece).collect();
    let more = spans.len().saturating_sub(3);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("found {}{more}", shown.join(", "))
}

fn done(rule: &Rule, effect: Effect, spans: usize) -> String {
    let it = if spans > 1 { "them" } else { "it" };
    match (effect, &rule.action) {
        (Effect::Denied, _) => ", and denied the message".to_owned(),
        (Effect::Passed, _) => ", and let the message pass".to_owned(),
        (Effect::Edited, Some(Action::Mask(_))) => format!(", and masked {it}"),
        (Effect::Edited, Some(Action::Strip)) => format!(", and cut {it} out"),
        (Effect::Edited, Some(Action::Replace(_))) => format!(", and replaced {it}"),
        (Effect::Edited, Some(Action::KeepLast(keep, _))) => {
            format!(", and left at most the last {keep} readable")
        }
        (Effect::Edited, _) => ", and wrote into the metadata".to_owned(),
        (Effect::None, _) => String::new(),
    }
}

fn show_verdict(outcome: &Outcome, total: usize) {
    let (style, word) = match &outcome.verdict {
        Verdict::Unchanged => (style::GOOD, "unchanged: everybody gets it as it is".to_owned()),
        Verdict::Edited(_) => (style::EDITED, "edited: everybody gets this instead".to_owned()),
        Verdict::Denied(denial) => (style::ERROR, format!("denied: nobody gets it, {}", because(denial))),
    };
    let score = if outcome.score == 0 { String::new() } else { format!(" (score {})", outcome.score) };
    outln!("\n{style}{word}{style:#}{score}");
    let Verdict::Edited(edits) = &outcome.verdict else { return };
    let attributes = edits.attributes.as_ref().map(|attributes| serde_json::json!(attributes).to_string());
    let fields = [
        (Field::Content, &edits.content),
        (Field::PushTitle, &edits.push_title),
        (Field::PushBody, &edits.push_body),
        (Field::Metadata, &edits.metadata),
        (Field::Attributes, &attributes),
    ];
    for (field, text) in fields {
        if let Some(text) = text {
            show_lines(field.name(), text, total);
        }
    }
}

fn show_lines(title: &str, text: &str, total: usize) {
    for (number, row) in layout::rows(text, total - MARGIN).into_iter().enumerate() {
        show_row(if number == 0 { title } else { "" }, &text[row]);
    }
}

fn because(denial: &Denial) -> String {
    match denial {
        Denial::Rule(rule) => format!("because of `{rule}`"),
        Denial::Error(rule, failure) => format!("because `{rule}` {failure}"),
        Denial::Unjudged(failure) => format!("because the rules could not be completed: the run {failure}"),
        Denial::Empty => "because edits left it empty".to_owned(),
        Denial::TooLong(field) => format!("because the edited {field} is over its limit"),
    }
}

fn raw(message: &Message, field: Field) -> Option<&str> {
    match field {
        Field::Content => Some(&message.content),
        Field::PushTitle => message.push_title.as_deref(),
        Field::PushBody => message.push_body.as_deref(),
        Field::Metadata => message.metadata.as_deref(),
        Field::Attributes => None,
    }
}
