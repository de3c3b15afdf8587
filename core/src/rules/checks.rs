//! The checks that a rules file makes of itself: `hit` and `miss` of its rules, and `[[test]]`s of all of them together.

use std::ops::Range;

use toml::Spanned;

use super::ids::Ids;
use super::report::Diagnostic;
use super::table::Table;
use crate::detect::nearest;
use crate::message::Message;
use crate::outcome::{Outcome, Verdict};
use crate::pipeline::Pipeline;
use crate::text::{Edits, Encoding, percent_encode};

/// One thing that a rules file says about itself.
#[derive(Debug)]
pub struct Check {
    /// Where it is said.
    pub span: Range<usize>,
    claim: Claim,
}

#[derive(Debug)]
enum Claim {
    /// The rule with this index finds something in this text, or nothing.
    Example { rule: usize, hit: bool, text: String },
    /// All rules together do this.
    Test(Box<Test>),
}

/// A `[[test]]`.
#[derive(Debug)]
struct Test {
    message: Message,
    encoding: Encoding,
    expected: Expected,
    /// What each rule with an id in `by` is, in the order written.
    by: Option<Spanned<Vec<String>>>,
}

#[derive(Debug)]
enum Expected {
    /// These fields change, to this; no other does.
    Texts { content: Option<Spanned<String>>, others: Vec<(&'static str, Spanned<String>)> },
    /// The message is denied by the rule with this id.
    Denied(Spanned<String>),
}

impl Check {
    pub(super) fn example(rule: usize, hit: bool, text: Spanned<String>) -> Self {
        let span = text.span();
        Self { span, claim: Claim::Example { rule, hit, text: text.into_inner() } }
    }

    /// What the check is about, in a few words.
    #[must_use]
    pub fn title(&self, pipeline: &Pipeline) -> String {
        let id = |rule: usize| pipeline.rules.get(rule).map_or("?", |rule| &*rule.id);
        match &self.claim {
            Claim::Example { rule, hit: true, text } => format!("{} finds {text:?}", id(*rule)),
            Claim::Example { rule, hit: false, text } => format!("{} leaves {text:?} alone", id(*rule)),
            Claim::Test(test) => format!("test {:?}", test.say()),
        }
    }

    pub(super) fn run(&self, pipeline: &Pipeline) -> Option<Diagnostic> {
        match &self.claim {
            Claim::Example { rule, hit, text } => {
                let rule = &pipeline.rules[*rule];
                let problem = match (rule.finds(text), hit) {
                    (Ok(found), true) if found.is_empty() => {
                        format!("rule `{}` should find something in this", rule.id)
                    }
                    (Ok(found), false) if !found.is_empty() => {
                        format!("rule `{}` should leave this alone", rule.id)
                    }
                    (Ok(_), _) => return None,
                    (Err(failure), _) => format!("rule `{}` {failure} on this", rule.id),
                };
                let label = match rule.finds(text) {
                    Ok(found) if found.is_empty() => "it finds nothing".to_owned(),
                    Ok(found) => format!("it finds {}", quoted(&found)),
                    Err(_) => return Some(Diagnostic::error(self.span.clone(), problem)),
                };
                Some(Diagnostic::error(self.span.clone(), problem).label(label))
            }
            Claim::Test(test) => test.run(pipeline, &self.span),
        }
    }
}

impl Test {
    fn say(&self) -> &str {
        &self.message.content
    }

    /// `text` as it travels in this test.
    fn sent(&self, text: &str) -> String {
        match self.encoding {
            Encoding::Percent => percent_encode(text),
            Encoding::Auto | Encoding::Plain => text.to_owned(),
        }
    }

    fn run(&self, pipeline: &Pipeline, span: &Range<usize>) -> Option<Diagnostic> {
        let mut message = self.message.clone();
        message.content = self.sent(&message.content);
        let outcome = pipeline.run(message);
        self.judge(&outcome, span).or_else(|| self.judge_by(&outcome))
    }

    /// What is wrong about the verdict.
    fn judge(&self, outcome: &Outcome, span: &Range<usize>) -> Option<Diagnostic> {
        let unexpected = |message: String| Some(Diagnostic::error(span.clone(), message));
        match (&self.expected, &outcome.verdict) {
            (Expected::Denied(id), Verdict::Denied(denial)) => match denial.rule() {
                Some(rule) if **rule == *id.get_ref() => None,
                Some(rule) => Some(Diagnostic::error(id.span(), format!("the test is denied by `{rule}`"))),
                None => Some(Diagnostic::error(id.span(), "the test is denied by no rule")),
            },
            (Expected::Denied(id), verdict) => {
                let message = format!("the test should be denied, and comes out {}", verdict.name());
                Some(Diagnostic::error(id.span(), message))
            }
            (Expected::Texts { .. }, Verdict::Denied(denial)) => {
                let by = denial.rule().map_or(denial.name(), |rule| rule);
                unexpected(format!("the test should not be denied, but is, by `{by}`"))
            }
            (Expected::Texts { content, others }, verdict) => {
                let none = Edits::default();
                let edits = if let Verdict::Edited(edits) = verdict { edits } else { &none };
                let got = [
                    ("gets", &edits.content, content.as_ref()),
                    ("gets-metadata", &edits.metadata, expected(others, "gets-metadata")),
                    ("gets-push-title", &edits.push_title, expected(others, "gets-push-title")),
                    ("gets-push-body", &edits.push_body, expected(others, "gets-push-body")),
                ];
                got.into_iter()
                    .find_map(|(key, got, expected)| self.compare(key, got.as_deref(), expected, span))
            }
        }
    }

    fn compare(
        &self,
        key: &str,
        got: Option<&str>,
        expected: Option<&Spanned<String>>,
        span: &Range<usize>,
    ) -> Option<Diagnostic> {
        let before = match key {
            "gets" => Some(self.sent(&self.message.content)),
            "gets-metadata" => self.message.metadata.clone(),
            "gets-push-title" => self.message.push_title.clone(),
            _ => self.message.push_body.clone(),
        };
        let got = got.or(before.as_deref());
        let want = expected
            .map(|text| if key == "gets" { self.sent(text.get_ref()) } else { text.get_ref().clone() });
        if got == want.as_deref().or(before.as_deref()) {
            return None;
        }
        let got = got.unwrap_or_default();
        let Some(expected) = expected else {
            let message = format!("the test should leave this unchanged, but makes it {got:?}");
            return Some(
                Diagnostic::error(span.clone(), message)
                    .help(format!("say `{key} = {got:?}` if that is right")),
            );
        };
        Some(
            Diagnostic::error(expected.span(), "the test comes out differently")
                .label(format!("it is {got:?}")),
        )
    }

    /// What is wrong about the rules that found something.
    fn judge_by(&self, outcome: &Outcome) -> Option<Diagnostic> {
        let by = self.by.as_ref()?;
        let hits: Vec<_> = outcome.hits().map(|step| &*step.rule).collect();
        let same = by.get_ref().iter().map(String::as_str).eq(hits.iter().copied());
        let found =
            if hits.is_empty() { "no rule does".to_owned() } else { format!("`{}` do", hits.join("`, `")) };
        let message = "these are not the rules that find something in the test";
        (!same).then(|| Diagnostic::error(by.span(), message).label(found))
    }
}

fn expected<'t>(others: &'t [(&str, Spanned<String>)], key: &str) -> Option<&'t Spanned<String>> {
    others.iter().find(|(name, _)| *name == key).map(|(_, text)| text)
}

/// Reads a `[[test]]`. `ids` are the rules of the file.
pub(super) fn read_test(mut table: Table<'_>, ids: &Ids, problems: &mut Vec<Diagnostic>) -> Option<Check> {
    let say = table.need::<Spanned<String>>("say", problems);
    let from: Option<String> = table.take("from", problems);
    let channel: Option<String> = table.take("in", problems);
    let metadata = table.take("metadata", problems);
    let push_title = table.take("push-title", problems);
    let push_body = table.take("push-body", problems);
    let encoding = table.take("encoding", problems).unwrap_or_default();
    let content: Option<Spanned<String>> = table.take("gets", problems);
    let mut others = Vec::new();
    for key in ["gets-metadata", "gets-push-title", "gets-push-body"] {
        others.extend(table.take(key, problems).map(|text: Spanned<String>| (key, text)));
    }
    let denied: Option<Spanned<String>> = table.take("denied", problems);
    let by: Option<Spanned<Vec<String>>> = table.take("by", problems);
    table.finish(problems);

    for id in by.iter().flat_map(Spanned::get_ref).chain(denied.as_ref().map(Spanned::get_ref)) {
        if !ids.rules.contains_key(id) {
            let span = denied.as_ref().filter(|denied| denied.get_ref() == id).map(Spanned::span);
            let span = span.or(by.as_ref().map(Spanned::span));
            let help = nearest(id, ids.rules.keys().map(String::as_str));
            problems.push(Diagnostic::error(span, format!("no rule is called `{id}`")).help(help));
        }
    }
    if let (Some(denied), Some(_)) = (&denied, &content) {
        problems
            .push(Diagnostic::error(denied.span(), "a denied message gets nobody: drop `gets` or `denied`"));
    }
    let say = say?;
    let span = say.span();
    let message = Message {
        channel: channel.unwrap_or_else(|| "app-instance/test/channel/test".to_owned()),
        sender: from.unwrap_or_else(|| "app-instance/test/user/test".to_owned()),
        content: say.into_inner(),
        metadata,
        push_title,
        push_body,
        ..Message::default()
    };
    let expected = denied.map_or(Expected::Texts { content, others }, Expected::Denied);
    Some(Check { span, claim: Claim::Test(Box::new(Test { message, encoding, expected, by })) })
}

/// What was found, quoted, and what kind of thing it is where that says more.
fn quoted(found: &[(String, &'static str)]) -> String {
    let each: Vec<_> = found.iter().map(|(text, kind)| format!("{text:?} ({kind})")).collect();
    each.join(", ")
}
