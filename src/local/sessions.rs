//! [`Sessions`]: who is connected, and what they are told.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::json;
use tokio::sync::mpsc;

use super::arn::Arn;
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// An event, as text.
    Text(Arc<str>),
    /// The end, with the code and the reason that the client gets.
    Close(u16, &'static str),
}

/// A session's own side: what it has to send.
#[derive(Debug)]
pub(super) struct Session {
    pub who: Arn,
    pub id: u64,
    pub frames: mpsc::Receiver<Frame>,
}

/// How many events a client may be behind. One that does not read is disconnected, and comes back.
const BEHIND: usize = 1024;

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
    pub(super) fn tell(&mut self, to: &[Arn], event: &Event) {
        let mut text: Option<Arc<str>> = None;
        for who in to {
            let Some(sessions) = self.open.get_mut(who) else { continue };
            let frame = Frame::Text(text.get_or_insert_with(|| frame(event)).clone());
            // A full queue is dropped with its sender: the session then ends by itself.
            sessions.retain(|open| open.frames.try_send(frame.clone()).is_ok());
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

/// An event as clients read it: the payload is JSON within JSON.
pub(super) fn frame(event: &Event) -> Arc<str> {
    let mut payload = event.payload.clone();
    super::operations::drop_nulls(&mut payload);
    let payload = if payload.is_null() { payload } else { payload.to_string().into() };
    let frame = json!({
        "Headers": {
            "x-amz-chime-event-type": event.name,
            "x-amz-chime-message-type": event.message_type,
        },
        "Payload": payload,
    });
    frame.to_string().into()
}

#[cfg(test)]
mod tests {
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
        sessions.tell(std::slice::from_ref(&ann), &event());
        let told = r#"{"Headers":{"x-amz-chime-event-type":"DELETE_CHANNEL","x-amz-chime-message-type":"SYSTEM"},"Payload":"{\"Name\":\"x\"}"}"#;
        assert_eq!(first.frames.try_recv(), Ok(Frame::Text(told.into())));
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
            sessions.tell(std::slice::from_ref(&ann), &event());
        }
        assert_eq!(sessions.open[&ann].len(), 0);
        let mut read = 0;
        while session.frames.try_recv().is_ok() {
            read += 1;
        }
        assert_eq!(read, BEHIND);
    }
}
