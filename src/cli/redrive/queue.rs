//! [`Queue`]: the on-failure queue, and the records received from it.
//!
//! Received records are invisible to other consumers for half a minute, which is renewed every ten seconds. If this process dies, they
//! become visible again by themselves.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{
    ChangeMessageVisibilityBatchRequestEntry, MessageSystemAttributeName, QueueAttributeName,
};
use jiff::Timestamp;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::stop::Stop;
use crate::cli::aws::{Aws, Refusal, client};
use crate::cli::printable::plain;

/// The visibility timeout of received records, and how often it is renewed, in seconds.
const HOLD: i32 = 30;
const RENEWAL: Duration = Duration::from_secs(10);
/// The timeout for making all records visible again.
const RELEASE_TIMEOUT: Duration = Duration::from_secs(30);
/// The maximum number of records in an SQS request.
const BATCH: usize = 10;

/// The address of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    url: String,
    pub region: Option<String>,
    /// The endpoint of SQS, if it is not AWS's.
    pub endpoint: Option<String>,
}

impl Address {
    /// Parses the URL of a queue.
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
            // `sqs.REGION`, or the older form `REGION.queue`.
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

/// A received record.
pub(super) struct ReceivedRecord {
    /// The receipt handle, which identifies it until it becomes visible again.
    pub receipt: String,
    pub body: String,
    /// When it entered the queue.
    pub queued: Option<Timestamp>,
}

/// How many records are in a queue. SQS counts approximately, and may not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Records that can be received, now or after their delay.
    pub waiting: Option<usize>,
    /// Records that other consumers received, and that are invisible until then.
    pub held: Option<usize>,
}

impl Counts {
    /// Returns the counts without the `ours` records that this run holds.
    pub(super) fn except(self, ours: usize) -> Self {
        Self { held: self.held.map(|held| held.saturating_sub(ours)), ..self }
    }
}

/// Records that could not be made visible to others.
#[derive(Debug)]
pub(super) struct StuckRecords {
    pub records: usize,
    pub why: String,
}

impl Queue {
    pub(super) async fn open(address: &Address, aws: &Aws, region: &str) -> Self {
        let mut aws = aws.clone();
        if let Some(endpoint) = &address.endpoint {
            aws.endpoint_url = Some(endpoint.clone());
        }
        let (client, url) = (client!(aws_sdk_sqs, &aws.config(region).await), address.url.clone());
        let held = Arc::new(Mutex::new(BTreeSet::new()));
        let holding = tokio::spawn(hold(client.clone(), url.clone(), held.clone()));
        Self { client, url, held, holding }
    }

    /// Receives at most `limit` records, and keeps them invisible to others.
    pub(super) async fn receive(&self, limit: u32, stop: &Stop) -> Result<Vec<ReceivedRecord>, Refusal> {
        let limit = limit as usize;
        let mut received = Vec::new();
        while received.len() < limit && !stop.is_asked() {
            let most = (limit - received.len()).min(BATCH);
            let request = self.client.receive_message().queue_url(&self.url).visibility_timeout(HOLD);
            let request = request
                .max_number_of_messages(i32::try_from(most).unwrap_or(1))
                .message_system_attribute_names(MessageSystemAttributeName::SentTimestamp)
                // With a wait time, SQS queries all of its servers; otherwise an empty response would prove nothing.
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
                received.push(ReceivedRecord {
                    receipt,
                    body: message.body.unwrap_or_default(),
                    queued: sent.and_then(|millis| Timestamp::from_millisecond(millis).ok()),
                });
            }
        }
        Ok(received)
    }

    /// Deletes a record.
    pub(super) async fn delete(&self, receipt: &str) -> Result<(), Refusal> {
        let request = self.client.delete_message().queue_url(&self.url).receipt_handle(receipt);
        request.send().await.map_err(|error| Refusal::of("DeleteMessage", &error))?;
        self.lock().remove(receipt);
        Ok(())
    }

    /// Returns how many records there are, as far as SQS knows.
    pub(super) async fn count(&self) -> Result<Counts, Refusal> {
        use QueueAttributeName::{
            ApproximateNumberOfMessages as Waiting, ApproximateNumberOfMessagesDelayed as Delayed,
            ApproximateNumberOfMessagesNotVisible as Held,
        };
        let request = self.client.get_queue_attributes().queue_url(&self.url);
        let request = request.attribute_names(Waiting).attribute_names(Delayed).attribute_names(Held);
        let counted = request.send().await.map_err(|error| Refusal::of("GetQueueAttributes", &error))?;
        let count = |name| counted.attributes()?.get(&name)?.parse::<usize>().ok();
        let waiting = count(Waiting).zip(count(Delayed)).map(|(waiting, delayed)| waiting + delayed);
        Ok(Counts { waiting, held: count(Held) })
    }

    /// Makes all records that were not deleted visible to others at once.
    ///
    /// # Errors
    /// If that fails for some records, or takes too long. They become visible by themselves later.
    pub(super) async fn release_all(&self) -> Result<(), StuckRecords> {
        self.holding.abort();
        let held: Vec<_> = std::mem::take(&mut *self.lock()).into_iter().collect();
        let (mut records, mut why) = (held.len(), None);
        let all = async {
            for batch in held.chunks(BATCH) {
                match visible_in(&self.client, &self.url, batch, 0).await {
                    Ok(None) => records -= batch.len(),
                    Ok(Some((failed, reason))) => {
                        records -= batch.len().saturating_sub(failed);
                        why.get_or_insert(reason);
                    }
                    Err(refusal) => {
                        why = Some(refusal.to_string());
                        return;
                    }
                }
            }
        };
        if timeout(RELEASE_TIMEOUT, all).await.is_err() {
            why = Some(format!("it was not done within {} s", RELEASE_TIMEOUT.as_secs()));
        }
        match why {
            Some(why) if records > 0 => Err(StuckRecords { records, why }),
            _ => Ok(()),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Renews the visibility timeout of the received records until it is cancelled.
async fn hold(client: Client, url: String, held: Arc<Mutex<BTreeSet<String>>>) {
    loop {
        tokio::time::sleep(RENEWAL).await;
        let all: Vec<_> = held.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect();
        // An error does no harm: the service accepts only one reply for a message that becomes visible too soon.
        for batch in all.chunks(BATCH) {
            let _ = visible_in(&client, &url, batch, HOLD).await;
        }
    }
}

/// Sets the number of seconds until others see these records. Returns for how many of them this failed, and why.
async fn visible_in(
    client: &Client,
    url: &str,
    batch: &[String],
    seconds: i32,
) -> Result<Option<(usize, String)>, Refusal> {
    let entries = batch.iter().enumerate().filter_map(|(at, receipt)| {
        let entry = ChangeMessageVisibilityBatchRequestEntry::builder().id(at.to_string());
        entry.receipt_handle(receipt).visibility_timeout(seconds).build().ok()
    });
    let request = client.change_message_visibility_batch().queue_url(url);
    let changed = request.set_entries(Some(entries.collect())).send().await;
    let changed = changed.map_err(|error| Refusal::of("ChangeMessageVisibilityBatch", &error))?;
    // A record that is no longer in flight is visible, or somebody deleted it.
    let (gone, failed): (Vec<_>, Vec<_>) = changed.failed().iter().partition(|one| {
        one.code().contains("NotInflight")
            || one.message().is_some_and(|message| message.contains("does not exist"))
    });
    let missing = batch.len().saturating_sub(changed.successful().len() + gone.len());
    let why = failed.first().map(|one| format!("{} ({})", one.message().unwrap_or("no reason"), one.code()));
    let why = why.unwrap_or_else(|| "the service does not say why".to_owned());
    Ok((missing > 0).then(|| (missing, plain(&why))))
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
