//! Messaging sessions: the WebSocket protocol of `amazon-chime-sdk-js`.
//!
//! If the user does not exist or may not connect, the connection is accepted and then closed with code 4401 and the reason, because clients
//! can read those. An established session ignores what the client sends.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Request, State};
use axum::response::Response;
use futures_util::SinkExt;
use serde_json::Value;

use super::operation::{headers, now, signed};
use crate::local::arn::Arn;
use crate::local::auth::Keys;
use crate::local::prefetch::SortBy;
use crate::local::query::query;
use crate::local::service::Service;
use crate::local::sessions::{Frame, SharedEvent};
use crate::local::state::Event;

/// How often the client is pinged.
const PING_INTERVAL: Duration = Duration::from_secs(30);
/// The size of the read buffer of a session, in bytes. Clients send next to nothing, and the buffer is cleared for each read.
const READ_BUFFER: usize = 1024;
/// The maximum number of queued events that are sent together.
const MAX_BATCH: usize = 64;
/// The maximum length of the reason in a close frame, in bytes.
const MAX_REASON: usize = 123;
/// The close code for users who do not exist or may not connect.
const UNAUTHORIZED: u16 = 4401;

pub(super) async fn connect(
    State(service): State<Arc<Service>>,
    State(keys): State<Option<Arc<Keys>>>,
    upgrade: WebSocketUpgrade,
    request: Request,
) -> Response {
    let (head, _) = request.into_parts();
    let query = query(head.uri.query().unwrap_or_default());
    let parameter = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let headers = headers(&head.headers);
    let signed = signed(&head, &headers, b"");
    let signed = keys.map_or(Ok(()), |keys| keys.check(&signed, parameter("userArn"), now()));
    let who = signed
        .map_err(|refusal| refusal.message)
        .and_then(|()| parameter("userArn").map(Arn::new).ok_or(Cow::Borrowed("the query has no userArn")));
    let prefetch =
        (parameter("prefetch-on") == Some("connect")).then(|| match parameter("prefetch-sort-by") {
            Some("last-message-timestamp") => SortBy::LastMessage,
            _ => SortBy::Unread,
        });
    upgrade.max_message_size(64 * 1024).read_buffer_size(READ_BUFFER).on_upgrade(move |socket| async move {
        session(socket, &service, who, prefetch).await;
    })
}

async fn session(
    mut socket: WebSocket,
    service: &Service,
    who: Result<Arn, Cow<'static, str>>,
    prefetch: Option<SortBy>,
) {
    let opened = who.and_then(|who| {
        let opened = service.connect(&who, prefetch);
        opened.ok_or_else(|| format!("there is no user or bot with the userArn {who}").into())
    });
    let (mut session, details) = match opened {
        Ok(opened) => opened,
        Err(why) => return close(&mut socket, UNAUTHORIZED, &why).await,
    };
    let established =
        Event { name: "SESSION_ESTABLISHED".to_owned(), message_type: "SYSTEM", payload: Value::Null };
    let mut alive = true;
    for event in std::iter::once(established).chain(details) {
        alive = alive && socket.send(Message::Text(SharedEvent::new(event).text())).await.is_ok();
    }
    let mut waiting = Vec::new();
    let mut ping = tokio::time::interval(PING_INTERVAL);
    ping.reset();
    while alive {
        alive = tokio::select! {
            count = session.frames.recv_many(&mut waiting, MAX_BATCH) => match count {
                // The client fell behind. It may reconnect and read what it missed.
                0 => {
                    close(&mut socket, 1013, "the client reads too slowly").await;
                    false
                }
                _ => send(&mut socket, waiting.drain(..)).await,
            },
            // Only close frames from clients have a meaning.
            received = socket.recv() => match received {
                Some(Ok(Message::Close(_))) => {
                    // The reply to the close frame is queued already, and is sent while this waits for the end.
                    while let Some(Ok(_)) = socket.recv().await {}
                    false
                }
                received => matches!(received, Some(Ok(_))),
            },
            _ = ping.tick() => socket.send(Message::Ping(Vec::new().into())).await.is_ok(),
        };
    }
    service.disconnected(&session);
}

/// Sends queued frames, together if the socket can take them. Returns whether the session continues.
async fn send(socket: &mut WebSocket, frames: impl Iterator<Item = Frame>) -> bool {
    for frame in frames {
        match frame {
            Frame::Event(event) => {
                if socket.feed(Message::Text(event.text())).await.is_err() {
                    return false;
                }
            }
            // 1006 never appears on the wire: clients report it for a connection that was lost without a close frame.
            Frame::Close(1006, _) => return false,
            Frame::Close(code, reason) => {
                close(socket, code, reason).await;
                return false;
            }
        }
    }
    socket.flush().await.is_ok()
}

/// Closes the connection with a code and as much of the reason as a close frame holds.
async fn close(socket: &mut WebSocket, code: u16, reason: &str) {
    let reason = &reason[..reason.floor_char_boundary(MAX_REASON)];
    // The client may have disconnected already.
    let _ = SinkExt::send(socket, Message::Close(Some(CloseFrame { code, reason: reason.into() }))).await;
}
