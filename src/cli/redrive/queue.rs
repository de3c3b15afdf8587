//! [`Queue`]: the on-failure queue, with what is held of it.
//!
//! What is received is invisible to others for half a minute, and for another one every ten seconds: a run that dies gives all of
//! it back by itself, soon.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_sdk_sqs::types::{ChangeMessageVisibilityBatchRequestEntry, MessageSystemAttributeName};
use aws_sdk_sqs::{Client, config};
use jiff::Timestamp;
use tokio::task::JoinHandle;

use super::stop::Stop;
use crate::cli::aws::{Aws, Refusal, RetryThrottled};

/// For how long a record is held, in seconds, and how often that is said anew.
const HOLD: i32 = 30;
const AGAIN: Duration = Duration::from_secs(10);
/// How many records SQS deals with in one request.
const BATCH: usize = 10;

/// Where a queue is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    url: String,
    pub region: Option<String>,
    /// Where SQS is, when it is not at AWS.
    pub endpoint: Option<String>,
}

impl Address {
    /// Reads the URL of a queue.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        const SHAPE: &str = "expected a URL such as https://sqs.us-east-1.amazonaws.com/111122223333/QUEUE";
        let url: hyper::Uri = text.parse().map_err(|_| SHAPE)?;
        let (Some(scheme), Some(authority)) = (url.scheme_str(), url.authority()) else {
            return Err(SHAPE.to_owned());
        };
        if url.path().trim_matches('/').is_empty() {
            return Err(SHAPE.to_owned());
        }
        let host = authority.host();
        let at_aws = host.strip_suffix(".amazonaws.com").map(|host| match host.split_once('.') {
            // `sqs.REGION`, and as older texts have it `REGION.queue`.
            Some(("sqs", region) | (region, "queue")) => Some(region.to_owned()),
            _ => None,
        });
        Ok(Self {
            url: text.to_owned(),
            endpoint: at_aws.is_none().then(|| format!("{scheme}://{authority}")),
            region: at_aws.flatten(),
        })
    }
}

/// The on-failure queue.
pub(super) struct Queue {
    client: Client,
    url: String,
    held: Arc<Mutex<BTreeSet<String>>>,
    holding: JoinHandle<()>,
}

/// A record as it was received.
pub(super) struct Received {
    /// What names it for as long as it is held.
    pub receipt: String,
    pub body: String,
    /// When it came into the queue.
    pub queued: Option<Timestamp>,
}

impl Queue {
    pub(super) async fn open(address: &Address, aws: &Aws, region: &str) -> Self {
        let mut aws = aws.clone();
        if let Some(endpoint) = &address.endpoint {
            aws.endpoint_url = Some(endpoint.clone());
        }
        let config =
            config::Builder::from(&aws.config(region).await).retry_classifier(RetryThrottled).build();
        let (client, url) = (Client::from_conf(config), address.url.clone());
        let held = Arc::new(Mutex::new(BTreeSet::new()));
        let holding = tokio::spawn(hold(client.clone(), url.clone(), held.clone()));
        Self { client, url, held, holding }
    }

    /// Takes what is there, and holds it: at most `limit` records.
    pub(super) async fn receive(&self, limit: u32, stop: &Stop) -> Result<Vec<Received>, Refusal> {
        let limit = limit as usize;
        let mut received = Vec::new();
        while received.len() < limit && !stop.is_asked() {
            let most = (limit - received.len()).min(BATCH);
            let request = self.client.receive_message().queue_url(&self.url).visibility_timeout(HOLD);
            let request = request
                .max_number_of_messages(i32::try_from(most).unwrap_or(1))
                .message_system_attribute_names(MessageSystemAttributeName::SentTimestamp)
                // Waiting, SQS asks all of its servers; otherwise an empty answer would prove nothing.
                .wait_time_seconds(1);
            let answer = request.send().await.map_err(|error| Refusal::of("ReceiveMessage", &error))?;
            let messages = answer.messages.unwrap_or_default();
            if messages.is_empty() {
                break;
            }
            for message in messages {
                let Some(receipt) = message.receipt_handle else { continue };
                let sent = message.attributes.as_ref();
                let sent = sent.and_then(|all| all.get(&MessageSystemAttributeName::SentTimestamp));
                let sent = sent.and_then(|millis| millis.parse().ok());
                self.lock().insert(receipt.clone());
                received.push(Received {
                    receipt,
                    body: message.body.unwrap_or_default(),
                    queued: sent.and_then(|millis| Timestamp::from_millisecond(millis).ok()),
                });
            }
        }
        Ok(received)
    }

    /// Deletes a record for good.
    pub(super) async fn delete(&self, receipt: &str) -> Result<(), Refusal> {
        let request = self.client.delete_message().queue_url(&self.url).receipt_handle(receipt);
        request.send().await.map_err(|error| Refusal::of("DeleteMessage", &error))?;
        self.lock().remove(receipt);
        Ok(())
    }

    /// Gives all that is still held back to the queue, for everybody to see at once.
    pub(super) async fn let_go(&self) {
        self.holding.abort();
        let held = std::mem::take(&mut *self.lock());
        visible_in(&self.client, &self.url, held.into_iter().collect(), 0).await;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Holds what is held, for ever.
async fn hold(client: Client, url: String, held: Arc<Mutex<BTreeSet<String>>>) {
    loop {
        tokio::time::sleep(AGAIN).await;
        let all = held.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect();
        visible_in(&client, &url, all, HOLD).await;
    }
}

/// Says in how many seconds others see these. When that fails they are seen sooner or later, and no harm is done.
async fn visible_in(client: &Client, url: &str, receipts: Vec<String>, seconds: i32) {
    for batch in receipts.chunks(BATCH) {
        let entries = batch.iter().enumerate().filter_map(|(at, receipt)| {
            let entry = ChangeMessageVisibilityBatchRequestEntry::builder().id(at.to_string());
            entry.receipt_handle(receipt).visibility_timeout(seconds).build().ok()
        });
        let request = client.change_message_visibility_batch().queue_url(url);
        let _ = request.set_entries(Some(entries.collect())).send().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_says_where_the_queue_is() {
        let read = |text| Address::parse(text).map(|it| (it.region, it.endpoint));
        let region = Ok((Some("eu-central-1".to_owned()), None));
        assert_eq!(read("https://sqs.eu-central-1.amazonaws.com/111122223333/failed"), region);
        assert_eq!(read("https://eu-central-1.queue.amazonaws.com/111122223333/failed"), region);
        let local = Ok((None, Some("http://127.0.0.1:5000".to_owned())));
        assert_eq!(read("http://127.0.0.1:5000/123456789012/failed"), local);
        for wrong in ["", "failed", "http://127.0.0.1:5000/", "arn:aws:sqs:us-east-1:111122223333:failed"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
