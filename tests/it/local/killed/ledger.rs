//! Compares what a service has stored with what it acknowledged to writers.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::super::client::Client;
use super::writer::Writer;

/// What a service has stored of a channel.
pub(super) struct Ledger<'s> {
    /// The content of each message, by its id.
    messages: BTreeMap<&'s str, &'s str>,
    tags: &'s Value,
}

impl<'s> Ledger<'s> {
    /// Reads an export, in which every message has passed the flow.
    pub(super) fn read(state: &'s Value, channel: &str) -> Self {
        let messages = state["channels"][channel]["messages"].as_object().expect("messages").values();
        let message = |message: &'s Value| {
            assert_eq!(message["status"], "SENT", "{}", message["id"]);
            let text = message["body"]["Content"].as_str().expect("a text");
            assert!(text.starts_with("what the **** "), "{}: {text}", message["id"]);
            (message["id"].as_str().expect("an id"), text)
        };
        Self { messages: messages.map(message).collect(), tags: &state["tags"][channel] }
    }

    /// Checks that everything acknowledged is stored as acknowledged, and nothing is stored twice.
    pub(super) fn check(&self, writers: &[Writer]) {
        let mut expected = 0;
        for writer in writers {
            expected += writer.messages.len();
            for (id, text) in &writer.messages {
                assert_eq!(self.messages.get(&**id), Some(&&**text), "{id}");
            }
            assert_eq!(self.tags.get(writer.key()), writer.tag.clone().map(Value::from).as_ref());
        }
        let texts: BTreeSet<_> = self.messages.values().collect();
        assert_eq!(texts.len(), self.messages.len(), "a request that came again was done again");
        assert_eq!(self.messages.len(), expected, "there is what nobody wrote");
    }
}

impl Client {
    /// Waits until no message is pending any more.
    pub(super) async fn settled(&self) {
        let began = Instant::now();
        loop {
            let health = self.get("GET", "/_local/health", "", json!(null)).await;
            if health["waiting-for-callback"] == 0 && health["invocations"] == 0 {
                return;
            }
            assert!(began.elapsed() < Duration::from_secs(15), "stuck: {health}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}
