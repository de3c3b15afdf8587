//! [`Sessions`]: who is connected, and what they are told.
//!
//! Events are handed to sessions under the service's lock, which puts them in order, and written as text outside of it: once for all
//! sessions, by the first that sends it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use axum::extract::ws::Utf8Bytes;
use serde::Serialize;
use tokio::sync::mpsc;

use super::arn::Arn;
use super::json::WithoutNulls;
use super::state::Event;

/// Who is connected.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    open: HashMap<Arn, Vec<Open>>,
}

#[derive(Debug)]
struct Open {
    id: u64,
    frames: mpsc::Sender<Frame>,
}

/// What goes out over a session.
#[derive(Clone, Debug)]
pub(super) enum Frame {
    /// An event.
    Event(Arc<SharedEvent>),
    /// The end, with the code and the reason that the client gets.
    Close(u16, &'static str),
}

/// An event that sessions are told.
#[derive(Debug)]
pub(super) struct SharedEvent {
    event: Event,
    text: OnceLock<Utf8Bytes>,
}

/// A session's own side: what it has to send.
#[derive(Debug)]
pub(super) struct Session {
    pub who: Arn,
    pub id: u64,
    pub frames: mpsc::Receiver<Frame>,
}

/// How many events a client may be behind: at 5,000 a second, more than a second and a half. One that does not read is disconnected,
/// and comes back.
const BEHIND: usize = 8192;

impl Sessions {
    /// Opens a session for `who`.
    pub(super) fn open(&mut self, who: &Arn) -> Session {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let (sender, frames) = mpsc::channel(BEHIND);
        self.open.entry(who.clone()).or_default().push(Open { id, frames: sender });
        Session { who: who.clone(), id, frames }
    }

    /// Forgets a session.
    pub(super) fn close(&mut self, who: &Arn, id: u64) {
        if let Some(sessions) = self.open.get_mut(who) {
            sessions.retain(|open| open.id != id);
            if sessions.is_empty() {
                self.open.remove(who);
            }
        }
    }

    /// Who is connected.
    pub(super) fn people(&self) -> Vec<Arn> {
        self.open.keys().cloned().collect()
    }

    /// How many sessions are open.
    pub(super) fn count(&self) -> usize {
        self.open.values().map(Vec::len).sum()
    }

    /// Tells everybody in `to` who is connected.
    pub(super) fn tell(&mut self, to: &[Arn], event: Event) {
        let told = Arc::new(SharedEvent::new(event));
        for who in to {
            let Some(sessions) = self.open.get_mut(who) else { continue };
            // A full queue is dropped with its sender: the session then ends by itself.
            sessions.retain(|open| open.frames.try_send(Frame::Event(told.clone())).is_ok());
        }
    }

    /// Ends the sessions of somebody, or everybody's.
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

    /// The event as clients read it.
    pub(super) fn text(&self) -> Utf8Bytes {
        self.text.get_or_init(|| self.event.frame().into()).clone()
    }
}

/// What goes over the wire: the payload is JSON within JSON.
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
        sessions.tell(std::slice::from_ref(&ann), event());
        let told = r#"{"Headers":{"x-amz-chime-event-type":"DELETE_CHANNEL","x-amz-chime-message-type":"SYSTEM"},"Payload":"{\"Name\":\"x\"}"}"#;
        let Ok(Frame::Event(frame)) = first.frames.try_recv() else { panic!("nothing was told") };
        assert_eq!(frame.text().as_str(), told);
        assert!(second.frames.try_recv().is_ok() && other.frames.try_recv().is_err());
        sessions.close(&ann, first.id);
        assert_eq!(sessions.count(), 2);
    }

    #[test]
    fn who_does_not_read_is_let_go() {
        let ann = Arn::new("arn:ann");
        let mut sessions = Sessions::default();
        let mut session = sessions.open(&ann);
        for _ in 0..=BEHIND {
            sessions.tell(std::slice::from_ref(&ann), event());
        }
        assert_eq!(sessions.open[&ann].len(), 0);
        let mut read = 0;
        while session.frames.try_recv().is_ok() {
            read += 1;
        }
        assert_eq!(read, BEHIND);
    }
}
