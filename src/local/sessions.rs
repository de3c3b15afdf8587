//! [`Sessions`]: the open sessions and the events that they receive.
//!
//! Events are queued for sessions under the service's lock, which defines their order. They are serialized outside the lock, once for all
//! sessions, by the first session that sends the event.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use axum::extract::ws::Utf8Bytes;
use serde::Serialize;
use tokio::sync::mpsc;

use super::arn::Arn;
use super::json::WithoutNulls;
use super::state::Event;

/// The open sessions, by user.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    open: HashMap<Arn, Vec<Open>>,
}

#[derive(Debug)]
struct Open {
    id: u64,
    frames: mpsc::Sender<Frame>,
}

/// A frame to send over a session.
#[derive(Clone, Debug)]
pub(super) enum Frame {
    Event(Arc<SharedEvent>),
    /// The end of the session, with the close code and the reason that the client receives.
    Close(u16, &'static str),
}

/// An event that several sessions share.
#[derive(Debug)]
pub(super) struct SharedEvent {
    event: Event,
    text: OnceLock<Utf8Bytes>,
}

/// The receiving end of a session: the frames that it has to send.
#[derive(Debug)]
pub(super) struct Session {
    pub who: Arn,
    pub id: u64,
    pub frames: mpsc::Receiver<Frame>,
}

/// The maximum number of unsent events of a session: at 5,000 a second, more than a second and a half. A client that does not read them is
/// disconnected, and may connect again.
const MAX_QUEUED: usize = 8192;

impl Sessions {
    pub(super) fn open(&mut self, who: &Arn) -> Session {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let (sender, frames) = mpsc::channel(MAX_QUEUED);
        self.open.entry(who.clone()).or_default().push(Open { id, frames: sender });
        Session { who: who.clone(), id, frames }
    }

    /// Removes a session.
    pub(super) fn close(&mut self, who: &Arn, id: u64) {
        if let Some(sessions) = self.open.get_mut(who) {
            sessions.retain(|open| open.id != id);
            if sessions.is_empty() {
                self.open.remove(who);
            }
        }
    }

    /// Returns the users that have sessions.
    pub(super) fn people(&self) -> Vec<Arn> {
        self.open.keys().cloned().collect()
    }

    pub(super) fn count(&self) -> usize {
        self.open.values().map(Vec::len).sum()
    }

    /// Sends an event to all sessions of the users in `to`.
    pub(super) fn send(&mut self, to: &[Arn], event: Event) {
        let frame = Arc::new(SharedEvent::new(event));
        for who in to {
            let Some(sessions) = self.open.get_mut(who) else { continue };
            // A full queue is dropped together with its sender, which ends the session.
            sessions.retain(|open| open.frames.try_send(Frame::Event(frame.clone())).is_ok());
        }
    }

    /// Closes the sessions of one user, or of all users.
    pub(super) fn end(&mut self, who: Option<&Arn>, code: u16, reason: &'static str) {
        let ended = self.open.iter().filter(|(arn, _)| who.is_none_or(|who| who == *arn));
        for open in ended.flat_map(|(_, sessions)| sessions) {
            let _ = open.frames.try_send(Frame::Close(code, reason));
        }
    }
}

impl SharedEvent {
    pub(super) fn new(event: Event) -> Self {
        Self { event, text: OnceLock::new() }
    }

    /// Returns the event as clients receive it.
    pub(super) fn text(&self) -> Utf8Bytes {
        self.text.get_or_init(|| self.event.frame().into()).clone()
    }
}

/// The event's format on the wire: its payload is JSON in a JSON string.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct EventFrame<'e> {
    headers: Headers<'e>,
    payload: Option<String>,
}

#[derive(Serialize)]
struct Headers<'e> {
    #[serde(rename = "x-amz-chime-event-type")]
    event_type: &'e str,
    #[serde(rename = "x-amz-chime-message-type")]
    message_type: &'e str,
}

impl Event {
    fn frame(&self) -> String {
        let payload = (!self.payload.is_null()).then(|| WithoutNulls(&self.payload).to_string());
        let headers = Headers { event_type: &self.name, message_type: self.message_type };
        serde_json::to_string(&EventFrame { headers, payload }).expect("texts and maps of texts are JSON")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event() -> Event {
        Event {
            name: "DELETE_CHANNEL".into(),
            message_type: "SYSTEM",
            payload: json!({ "Name": "x", "Metadata": null }),
        }
    }

    #[test]
    fn an_event_reaches_every_session_of_whom_it_is_for() {
        let (ann, bob) = (Arn::new("arn:ann"), Arn::new("arn:bob"));
        let mut sessions = Sessions::default();
        let (mut first, mut second, mut other) =
            (sessions.open(&ann), sessions.open(&ann), sessions.open(&bob));
        sessions.send(std::slice::from_ref(&ann), event());
        let expected = r#"{"Headers":{"x-amz-chime-event-type":"DELETE_CHANNEL","x-amz-chime-message-type":"SYSTEM"},"Payload":"{\"Name\":\"x\"}"}"#;
        let Ok(Frame::Event(frame)) = first.frames.try_recv() else { panic!("nothing was told") };
        assert_eq!(frame.text().as_str(), expected);
        assert!(second.frames.try_recv().is_ok() && other.frames.try_recv().is_err());
        sessions.close(&ann, first.id);
        assert_eq!(sessions.count(), 2);
    }

    #[test]
    fn who_does_not_read_is_let_go() {
        let ann = Arn::new("arn:ann");
        let mut sessions = Sessions::default();
        let mut session = sessions.open(&ann);
        for _ in 0..=MAX_QUEUED {
            sessions.send(std::slice::from_ref(&ann), event());
        }
        assert_eq!(sessions.open[&ann].len(), 0);
        let mut read = 0;
        while session.frames.try_recv().is_ok() {
            read += 1;
        }
        assert_eq!(read, MAX_QUEUED);
    }
}
