//! The checks in a rules file: `hit` and `miss` of its rules, and `[[test]]`s of all rules together.

use std::borrow::Cow;
use std::ops::Range;

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use toml::Spanned;

use super::arns::{channel_arn, sender_arn};
use super::ids::Ids;
use super::quote::{list, quoted};
use super::report::Diagnostic;
use super::table::Table;
use crate::message::Message;
use crate::outcome::{Denial, Outcome, Verdict};
use crate::pipeline::Pipeline;
use crate::rule::Rule;
use crate::shape::nearest;
use crate::state::{Memory, parse_duration};
use crate::text::{Edits, Encoding, percent_encode};

/// One check of a rules file.
#[derive(Debug)]
pub struct Check {
    /// Its byte range in the file.
    pub span: Range<usize>,
    claim: Claim,
}

#[derive(Debug)]
enum Claim {
    /// The rule with this index must find something in this text, or nothing.
    Example { rule: usize, hit: bool, text: String },
    /// The expected result of all rules together.
    Test(Box<Test>),
}

#[derive(Debug)]
struct Test {
    message: Message,
    encoding: Encoding,
    /// The messages that are sent before it, by time.
    after: Vec<Message>,
    expected: Expected,
    /// The rules that must find something, in order.
    by: Option<Spanned<Vec<Spanned<String>>>>,
    /// The spans of the keys for fields other than the content.
    places: Vec<(&'static str, Range<usize>)>,
}

/// The fields that must change, by their keys, with the expected values. Others must not change.
type Texts = Vec<(&'static str, Spanned<String>)>;

#[derive(Debug)]
enum Expected {
    /// The message is delivered, with these texts.
    Texts(Texts),
    /// The message is denied by the rule with this id.
    Denied(Spanned<String>),
}

/// A field of a message before and after the rules ran.
struct Comparison {
    /// The key that declares its expected value in a test.
    key: &'static str,
    sent: Option<String>,
    got: Option<String>,
}

impl Check {
    pub(super) fn example(rule: usize, hit: bool, text: Spanned<String>) -> Self {
        let span = text.span();
        Self { span, claim: Claim::Example { rule, hit, text: text.into_inner() } }
    }

    /// Returns a short description of the check.
    #[must_use]
    pub fn title(&self, pipeline: &Pipeline) -> String {
        let id = |rule: usize| pipeline.rules.get(rule).map_or("?", |rule| &*rule.id);
        match &self.claim {
            Claim::Example { rule, hit: true, text } => format!("{} finds {}", id(*rule), quoted(text)),
            Claim::Example { rule, hit: false, text } => {
                format!("{} leaves {} alone", id(*rule), quoted(text))
            }
            Claim::Test(test) => format!("test {}", quoted(&test.message.content)),
        }
    }

    /// Runs the check. Returns everything that is wrong.
    pub(super) fn run(&self, pipeline: &Pipeline) -> Vec<Diagnostic> {
        match &self.claim {
            Claim::Example { rule, hit, text } => {
                Vec::from_iter(self.judge_example(&pipeline.rules[*rule], *hit, text))
            }
            Claim::Test(test) => test.run(pipeline, &self.span),
        }
    }

    fn judge_example(&self, rule: &Rule, hit: bool, text: &str) -> Option<Diagnostic> {
        let id = &rule.id;
        let error = |message: String| Diagnostic::error(self.span.clone(), message);
        let found = match rule.finds(text) {
            Ok(found) => found,
            Err(failure) => return Some(error(format!("rule `{id}` {failure} on this"))),
        };
        match (hit, found.is_empty()) {
            (true, true) => {
                let near: Vec<_> = rule.near_misses(text).iter().map(|near| near.sentence(text)).collect();
                let help = (!near.is_empty()).then(|| near.join("; "));
                let problem = error(format!("rule `{id}` should find something in this"));
                Some(problem.label("it finds nothing").help(help))
            }
            (false, false) => {
                // The kind helps more than the text alone.
                let each = found.iter().map(|(text, kind)| format!("{} ({kind})", quoted(text)));
                let label = format!("it finds {}", each.collect::<Vec<_>>().join(", "));
                Some(error(format!("rule `{id}` should leave this alone")).label(label))
            }
            (true, false) | (false, true) => None,
        }
    }
}

impl Test {
    fn run(&self, pipeline: &Pipeline, span: &Range<usize>) -> Vec<Diagnostic> {
        let mut message = self.message.clone();
        message.content = self.sent(&message.content);
        let mut memory = Memory::default();
        for earlier in &self.after {
            let content = self.sent(&earlier.content);
            let _ = pipeline.run_after(Message { content, ..earlier.clone() }, &mut memory);
        }
        let outcome = pipeline.run_after(message, &mut memory);
        let mut problems = match &self.expected {
            Expected::Denied(id) => Vec::from_iter(self.judge_denial(id, &outcome.verdict)),
            Expected::Texts(texts) => self.judge_texts(texts, &outcome.verdict, span),
        };
        problems.extend(self.judge_by(&outcome));
        problems
    }

    /// Encodes `text` as this test sends it.
    fn sent(&self, text: &str) -> String {
        match self.encoding {
            Encoding::Percent => percent_encode(text),
            Encoding::Auto | Encoding::Plain => text.to_owned(),
        }
    }

    /// Decodes `text`, as sent in this test, to what people read.
    fn received(&self, text: &str) -> String {
        let decoded = percent_decode_str(text).decode_utf8();
        match self.encoding {
            Encoding::Percent => decoded.map_or_else(|_| text.to_owned(), Cow::into_owned),
            Encoding::Auto | Encoding::Plain => text.to_owned(),
        }
    }

    /// Returns what people can read in this test before and after the rules ran, by field.
    fn fields(&self, verdict: &Verdict) -> [Comparison; 4] {
        let none = Edits::default();
        let edits = if let Verdict::Edited(edits) = verdict { edits } else { &none };
        let Message { content, metadata, push_title, push_body, .. } = &self.message;
        let field = |key, sent: Option<String>, edited: Option<String>| Comparison {
            key,
            got: edited.or_else(|| sent.clone()),
            sent,
        };
        let edited = edits.content.as_ref().map(|text| self.received(text));
        [
            field("gets", Some(content.clone()), edited),
            field("gets-metadata", metadata.clone(), edits.metadata.clone()),
            field("gets-push-title", push_title.clone(), edits.push_title.clone()),
            field("gets-push-body", push_body.clone(), edits.push_body.clone()),
        ]
    }

    /// Returns what is wrong if the rule called `expected` should deny the message.
    fn judge_denial(&self, expected: &Spanned<String>, verdict: &Verdict) -> Option<Diagnostic> {
        let error = |message: String| Diagnostic::error(expected.span(), message);
        let Verdict::Denied(denial) = verdict else {
            let changed = self.fields(verdict).into_iter().filter(|field| field.got != field.sent);
            let keys: Vec<_> = changed
                .map(|Comparison { key, got, .. }| format!("`{key} = {}`", quoted(&got.unwrap_or_default())))
                .collect();
            let help = if keys.is_empty() {
                "drop `denied` if that is intended".to_owned()
            } else {
                format!("say {} in place of `denied` if that is intended", keys.join(", "))
            };
            let message = format!("the test should be denied, but the message is {}", verdict.name());
            return Some(error(message).help(help));
        };
        match denial.rule() {
            Some(rule) if **rule == *expected.get_ref() => None,
            Some(rule) => Some(
                error(format!("the test is denied by `{rule}`")).help(suggestion("denied", &quoted(rule))),
            ),
            None => Some(error(format!("the test is denied by no rule, but {}", unintended_denial(denial)))),
        }
    }

    /// Returns what is wrong if the message should be delivered with the changes in `expected`.
    fn judge_texts(&self, expected: &Texts, verdict: &Verdict, span: &Range<usize>) -> Vec<Diagnostic> {
        let Verdict::Denied(denial) = verdict else {
            return self
                .fields(verdict)
                .iter()
                .filter_map(|field| self.compare(field, expected, span))
                .collect();
        };
        let Some(rule) = denial.rule() else {
            let message = format!("the test should not be denied, but {}", unintended_denial(denial));
            return vec![Diagnostic::error(span.clone(), message)];
        };
        let keys: Vec<_> = expected.iter().map(|(key, _)| format!("`{key}`")).collect();
        let place = if keys.is_empty() { String::new() } else { format!(" in place of {}", keys.join(", ")) };
        let help = format!("say `denied = {}`{place} if that is intended", quoted(rule));
        let message = format!("the test should not be denied, but is, by `{rule}`");
        vec![Diagnostic::error(span.clone(), message).help(help)]
    }

    fn compare(&self, field: &Comparison, expected: &Texts, span: &Range<usize>) -> Option<Diagnostic> {
        let Comparison { key, sent, got } = field;
        let expected = expected.iter().find(|(name, _)| name == key).map(|(_, text)| text);
        if got.as_ref() == expected.map(Spanned::get_ref).or(sent.as_ref()) {
            return None;
        }
        let Some(got) = got else {
            let span = expected.map_or_else(|| span.clone(), Spanned::span);
            let problem = Diagnostic::error(span, "the test has a different outcome").label("there is none");
            return Some(problem.help(format!("drop `{key}` if that is intended")));
        };
        let got = quoted(got);
        let problem = if let Some(text) = expected {
            let label = format!("it is {got}");
            Diagnostic::error(text.span(), "the test has a different outcome").label(label)
        } else {
            let message = format!("the test should leave this unchanged, but makes it {got}");
            Diagnostic::error(self.place(key).unwrap_or_else(|| span.clone()), message)
        };
        Some(problem.help(suggestion(key, &got)))
    }

    /// Returns the span of the field that `key` concerns, unless it is the content.
    fn place(&self, key: &str) -> Option<Range<usize>> {
        self.places.iter().find(|(name, _)| *name == key).map(|(_, span)| span.clone())
    }

    /// Returns what is wrong with the set of rules that found something.
    fn judge_by(&self, outcome: &Outcome) -> Option<Diagnostic> {
        let by = self.by.as_ref()?;
        let hits: Vec<_> = outcome.hits().map(|step| &*step.rule).collect();
        if by.get_ref().iter().map(|id| &**id.get_ref()).eq(hits.iter().copied()) {
            return None;
        }
        let found = match &*hits {
            [] => "no rule does".to_owned(),
            [one] => format!("`{one}` does"),
            more => format!("`{}` do", more.join("`, `")),
        };
        let message = "these are not the rules that find something in the test";
        Some(Diagnostic::error(by.span(), message).label(found).help(suggestion("by", &list(hits))))
    }
}

/// Returns advice to write the TOML `value` for `key`.
fn suggestion(key: &str, value: &str) -> String {
    format!("say `{key} = {value}` if that is intended")
}

/// Returns why a message was denied, if no rule intended the denial.
fn unintended_denial(denial: &Denial) -> String {
    match denial {
        Denial::Empty => "edits left it empty: `empty` in [message] says what to send then".to_owned(),
        Denial::TooLong(field) => format!("the edited {field} is over its limit"),
        Denial::Unjudged(failure) | Denial::Error(_, failure) => format!("judging it {failure}"),
        Denial::Rule(rule) => format!("`{rule}` denies it"),
    }
}

/// The messages of an entry of `after`.
#[derive(Debug, Deserialize)]
struct After {
    say: Option<String>,
    from: Option<String>,
    r#in: Option<String>,
    ago: Option<String>,
    every: Option<String>,
    times: Option<u16>,
    senders: Option<u16>,
}

/// When the message of a test is sent, in milliseconds since 1970.
const NOW: i64 = 1_800_000_000_000;

/// The maximum number of messages of an entry of `after`.
const MAX_AFTER: i64 = 1000;

impl After {
    fn count(&self) -> i64 {
        i64::from(self.times.unwrap_or(1)) * i64::from(self.senders.unwrap_or(1))
    }

    /// Returns the messages, which are sent before `test`.
    fn messages(&self, test: &Message) -> Vec<Message> {
        let count = self.count();
        let time = |text: &Option<String>| text.as_deref().and_then(|text| parse_duration(text).ok());
        let every = time(&self.every).unwrap_or(1000);
        let ago = time(&self.ago).unwrap_or(every * count);
        let every = every.min(ago / count);
        let sender = self.from.as_deref().map_or_else(|| test.sender.clone(), sender_arn);
        let message = Message {
            content: self.say.clone().unwrap_or_else(|| test.content.clone()),
            channel: self.r#in.as_deref().map_or_else(|| test.channel.clone(), channel_arn),
            ..Message::default()
        };
        let sent = |number: i64| Message {
            sender: match self.senders {
                None => sender.clone(),
                Some(senders) => format!("{sender}{}", number % i64::from(senders) + 1),
            },
            sent: Some(NOW - ago + number * every),
            ..message.clone()
        };
        (0..count).map(sent).collect()
    }
}

/// Reads a `[[test]]`. `ids` are the rules of the file.
pub(super) fn read_test(mut table: Table<'_>, ids: &Ids, problems: &mut Vec<Diagnostic>) -> Option<Check> {
    let say = table.take::<Spanned<String>>("say", problems);
    let from: Option<String> = table.take("from", problems);
    let channel: Option<String> = table.take("in", problems);
    let mut places = Vec::new();
    let [metadata, push_title, push_body] =
        [("metadata", "gets-metadata"), ("push-title", "gets-push-title"), ("push-body", "gets-push-body")]
            .map(|(key, gets)| {
                let text: Spanned<String> = table.take(key, problems)?;
                places.push((gets, text.span()));
                Some(text.into_inner())
            });
    let encoding = table.take("encoding", problems).unwrap_or_default();
    let mut texts = Vec::new();
    for key in ["gets", "gets-metadata", "gets-push-title", "gets-push-body"] {
        texts.extend(table.take(key, problems).map(|text: Spanned<String>| (key, text)));
    }
    let after: Vec<Spanned<After>> = table.take("after", problems).unwrap_or_default();
    if let Some(much) = after.iter().find(|after| after.get_ref().count() > MAX_AFTER) {
        let message = format!("a test cannot judge {} messages before its own", much.get_ref().count());
        let help = format!("`times`, multiplied by `senders`, may be {MAX_AFTER} at most");
        problems.push(Diagnostic::error(much.span(), message).help(help));
        return None;
    }
    let denied: Option<Spanned<String>> = table.take("denied", problems);
    let by: Option<Spanned<Vec<Spanned<String>>>> = table.take("by", problems);

    let rules_in_by = by.iter().flat_map(Spanned::get_ref);
    for id in rules_in_by.clone().chain(&denied).filter(|id| !ids.rules.contains_key(id.get_ref())) {
        // Suggest only rules that are not listed already.
        let others = ids.rules.keys().filter(|known| !rules_in_by.clone().any(|id| id.get_ref() == *known));
        let help = nearest(id.get_ref(), others.map(String::as_str));
        let message = format!("no rule is called `{}`", id.get_ref());
        problems.push(Diagnostic::error(id.span(), message).help(help));
    }
    let say = say?;
    let span = say.span();
    let message = Message {
        channel: channel_arn(channel.as_deref().unwrap_or("test")),
        sender: sender_arn(from.as_deref().unwrap_or("test")),
        content: say.into_inner(),
        metadata,
        push_title,
        push_body,
        id: "test".to_owned(),
        order: Some(1 << 19),
        sent: Some(NOW),
        ..Message::default()
    };
    let mut after: Vec<_> = after.iter().flat_map(|after| after.get_ref().messages(&message)).collect();
    after.sort_by_key(|earlier| earlier.sent);
    for (number, earlier) in after.iter_mut().enumerate() {
        earlier.id = format!("after-{number}");
        earlier.order = u64::try_from(number).ok();
    }
    let expected = denied.map_or(Expected::Texts(texts), Expected::Denied);
    Some(Check {
        span,
        claim: Claim::Test(Box::new(Test { message, encoding, after, expected, by, places })),
    })
}
