//! Every sample event has the result that the file next to it specifies.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chimeflow::detect::Detectors;
use chimeflow::outcome::{Effect, Outcome, StepResult, Verdict};
use chimeflow::rules::{self, Source};
use chimeflow_core::handler::{Attempt, Callback, Clock, Handled, Handler, NoStore, Sent};
use chimeflow_core::reply::{Answer, Delivery, Push, Reply};
use serde::Deserialize;
use serde_json::Value;

/// The expected result of an event: the file next to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Expected {
    verdict: String,
    #[serde(default)]
    by: Vec<String>,
    content: Option<String>,
    metadata: Option<String>,
    push_title: Option<String>,
    push_body: Option<String>,
}

#[tokio::test]
async fn every_sample_event_is_answered_as_the_file_beside_it_says() {
    let source = Source::alone("default.toml", rules::DEFAULT);
    let pipeline = Arc::new(rules::load(&source, &Detectors::builtin()).expect("the default rules load"));
    let paths = samples();
    assert!(paths.len() >= 16, "{} sample events", paths.len());
    for path in paths {
        let name = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
        let event = fs::read_to_string(&path).expect("it can be read");
        let expected = fs::read_to_string(path.with_extension("toml")).expect("an outcome is next to it");
        let expected: Expected = toml::from_str(&expected).unwrap_or_else(|error| panic!("{name}: {error}"));

        let (pipeline, callback) = (pipeline.clone(), Recorder::default());
        let handler = Handler { pipeline, callback, store: NoStore, clock: Real, own_bot: None };
        let Handled { outcome, sent, .. } = handler.handle(&event, Some(Duration::from_secs(10))).await;

        assert_eq!(sent, Ok(Sent { duplicate: false }), "{name}");
        let outcome = outcome.expect("it was judged");
        assert_eq!(outcome.verdict.name(), expected.verdict, "{name}");
        assert_eq!(acted(&outcome), expected.by, "{name}");
        let replies = handler.callback.0.into_inner().expect("nobody panicked");
        let [reply] = &replies[..] else { panic!("{name}: {} replies", replies.len()) };
        check_reply(&name, reply, &serde_json::from_str(&event).expect("it is JSON"), &expected);
    }
}

/// Compares `reply` with the expected one: an edit is stated in full, anything else follows from the event as received.
fn check_reply(name: &str, reply: &Reply, event: &Value, expected: &Expected) {
    let received = &event["ChannelMessage"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let to = &reply.to;
    assert_eq!(Some(&*to.callback_id), event["CallbackId"].as_str(), "{name}");
    assert_eq!(Some(&*to.channel), received["ChannelArn"].as_str(), "{name}");
    assert_eq!(Some(&*to.message_id), received["MessageId"].as_str(), "{name}");
    assert_eq!(to.sub_channel, text(&received["SubChannelId"]), "{name}");

    let Expected { verdict, content, metadata, push_title, push_body, .. } = expected;
    let pushed = push_title.is_some() || push_body.is_some();
    let push = pushed.then(|| Push {
        title: push_title.clone(),
        body: push_body.clone(),
        kind: text(&received["PushNotification"]["Type"]),
    });
    let wanted = match &**verdict {
        "denied" => Answer::Delete,
        "unchanged" => Answer::Deliver(Box::new(Delivery {
            content: text(&received["Content"]),
            metadata: text(&received["Metadata"]),
            ..Delivery::default()
        })),
        _ => {
            let (content, metadata) = (content.clone(), metadata.clone());
            Answer::Deliver(Box::new(Delivery { content, metadata, push, attributes: None }))
        }
    };
    if let (Answer::Deliver(sent), Answer::Deliver(wanted)) = (&reply.answer, &wanted) {
        // Field by field, because the types do not print texts, and these texts may be shown.
        assert_eq!(sent.content, wanted.content, "{name}: content");
        assert_eq!(sent.metadata, wanted.metadata, "{name}: metadata");
        let words = |push: &Option<Push>| push.clone().map(|push| [push.title, push.body, push.kind]);
        assert_eq!(words(&sent.push), words(&wanted.push), "{name}: push notification");
    }
    assert!(reply.answer == wanted, "{name}: the reply carries something else beside");
}

/// The rules behind the verdict.
fn acted(outcome: &Outcome) -> Vec<&str> {
    if let Verdict::Denied(denial) = &outcome.verdict {
        return denial.rule().map(|rule| &**rule).into_iter().collect();
    }
    let edited = |result: &StepResult| matches!(result, StepResult::Hit { effect: Effect::Edited, .. });
    outcome.trace.iter().filter(|step| edited(&step.result)).map(|step| &*step.rule).collect()
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("events");
    let files = fs::read_dir(folder).expect("events/ is there");
    let paths = files.map(|file| file.expect("it can be listed").path());
    let mut events: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|kind| kind == "json")).collect();
    events.sort();
    events
}

/// A service that accepts every reply.
#[derive(Default)]
struct Recorder(Mutex<Vec<Reply>>);

impl Callback for Recorder {
    async fn attempt(&self, reply: &Reply, _: Duration) -> Attempt {
        self.0.lock().expect("nobody panicked").push(reply.clone());
        Attempt::Accepted
    }
}

struct Real;

impl Clock for Real {
    #[expect(clippy::disallowed_methods, reason = "this is the host, which brings the time")]
    fn now(&self) -> Instant {
        Instant::now()
    }

    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}
