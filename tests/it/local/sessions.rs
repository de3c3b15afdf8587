//! WebSocket sessions: who is told what, in which order.

use std::time::Duration;

use chimeflow::local::{Keys, LocalChime, Options};
use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::client::{Chat, Client, encoded};

pub(super) type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

pub(super) async fn connect(chime: &LocalChime, who: &str, more: &str) -> Socket {
    let url = format!("ws://{}/connect?sessionId=s&userArn={}{more}", chime.address(), encoded(who));
    tokio_tungstenite::connect_async(url).await.expect("a session is let in").0
}

/// The next event: its name and its payload.
pub(super) async fn event(socket: &mut Socket) -> (String, Value) {
    loop {
        let next =
            tokio::time::timeout(Duration::from_secs(10), socket.next()).await.expect("something is said");
        match next.expect("the session goes on").expect("it is a frame") {
            Message::Text(text) => {
                let frame: Value = serde_json::from_str(&text).expect("JSON");
                let name = frame["Headers"]["x-amz-chime-event-type"].as_str().expect("a name").to_owned();
                let payload = frame["Payload"].as_str().map(|text| serde_json::from_str(text).expect("JSON"));
                return (name, payload.unwrap_or_default());
            }
            Message::Ping(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

/// The names of the next events.
pub(super) async fn names<const N: usize>(socket: &mut Socket) -> [String; N] {
    let mut names = Vec::new();
    for _ in 0..N {
        names.push(event(socket).await.0);
    }
    names.try_into().expect("as many")
}

#[tokio::test]
async fn the_sender_hears_of_every_step_and_others_of_what_goes_out() {
    let chime = LocalChime::start().await.expect("it starts");
    let client = Client::new(chime.address());
    let chat = client.moderated_chat().await;
    let (mut ann, mut bob) = (connect(&chime, chat.ann(), "").await, connect(&chime, chat.bob(), "").await);
    assert_eq!(event(&mut ann).await.0, "SESSION_ESTABLISHED");
    assert_eq!(event(&mut bob).await.0, "SESSION_ESTABLISHED");
    let path = format!("{}/messages", chat.path());
    for (content, token) in [("what the fuck", "a1"), ("use AKIATESTKEYNOTREAL23", "a2"), ("bye", "a3")] {
        client.get("POST", &path, chat.bob(), Chat::message(content, token)).await;
    }
    // The flow lets messages out in whatever order functions answer.
    let mut heard: [String; 6] = names(&mut bob).await;
    heard.sort();
    assert_eq!(
        heard,
        [
            "CREATE_CHANNEL_MESSAGE",
            "CREATE_CHANNEL_MESSAGE",
            "DENIED_CREATE_CHANNEL_MESSAGE",
            "PENDING_CREATE_CHANNEL_MESSAGE",
            "PENDING_CREATE_CHANNEL_MESSAGE",
            "PENDING_CREATE_CHANNEL_MESSAGE",
        ]
    );
    for _ in 0..2 {
        let (name, message) = event(&mut ann).await;
        assert_eq!(name, "CREATE_CHANNEL_MESSAGE");
        assert!(
            ["what the ****", "bye"].contains(&message["Content"].as_str().unwrap_or_default()),
            "{message}"
        );
        assert!(message["CreatedTimestamp"].as_str().is_some_and(|time| time.ends_with('Z')), "{message}");
    }
}

/// The code and the reason with which a session with this query is closed at once.
async fn refused(chime: &LocalChime, query: &str) -> (u16, String) {
    let url = format!("ws://{}/connect?sessionId=s{query}", chime.address());
    let mut socket =
        tokio_tungstenite::connect_async(url).await.expect("it is accepted before it is closed").0;
    match socket.next().await {
        Some(Ok(Message::Close(Some(frame)))) => (frame.code.into(), frame.reason.to_string()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn who_is_refused_a_session_is_told_why() {
    let eve = "arn:aws:chime:us-east-1:111122223333:app-instance/a/user/eve";
    let named = format!("&userArn={}", encoded(eve));
    let chime = LocalChime::start().await.expect("it starts");
    assert_eq!(refused(&chime, "").await, (4401, "the query has no userArn".to_owned()));
    let (code, why) = refused(&chime, &named).await;
    assert_eq!((code, why), (4401, format!("there is no user or bot with the userArn {eve}")));
    // What does not fit into a close frame is cut off, between characters.
    let (code, why) = refused(&chime, &format!("&userArn={}", encoded(&"é".repeat(200)))).await;
    assert!(code == 4401 && why.starts_with("there is no user or bot") && why.ends_with("é"), "{why}");

    let keys = Keys::parse("[keys.known]\nsecret = \"s\"\nbearers = [\"*\"]").expect("keys");
    let chime =
        LocalChime::with(Options { keys: Some(keys), ..Options::default() }).await.expect("it starts");
    let signed = |key: &str| {
        format!(
            "{named}&X-Amz-Credential={key}%2F20261120%2Fus-east-1%2Fchime%2Faws4_request&X-Amz-SignedHeaders=host&X-Amz-Signature=0&X-Amz-Date=20261120T103000Z&X-Amz-Expires=10"
        )
    };
    for (query, expected) in [
        (named.clone(), "the request is not signed"),
        (signed("unknown"), "no key unknown is known here"),
        (signed("known"), "the signature has expired"),
    ] {
        let (code, why) = refused(&chime, &query).await;
        assert!(code == 4401 && why.starts_with(expected), "{code} {why}");
    }
}

#[tokio::test]
async fn a_session_may_begin_with_the_channels_it_is_in() {
    let chime = LocalChime::start().await.expect("it starts");
    let client = Client::new(chime.address());
    let chat = client.chat().await;
    let path = format!("{}/messages", chat.path());
    client.get("POST", &path, chat.ann(), Chat::message("hello", "b1")).await;
    let mut bob = connect(&chime, chat.bob(), "&prefetch-on=connect").await;
    assert_eq!(event(&mut bob).await.0, "SESSION_ESTABLISHED");
    let (name, details) = event(&mut bob).await;
    assert_eq!(name, "CHANNEL_DETAILS");
    assert_eq!(details["Channel"]["Name"], "general");
    assert_eq!(details["ChannelMessages"][0]["Content"], "hello");
    assert_eq!(details["ChannelMemberships"].as_array().map(Vec::len), Some(2));
    assert_eq!(details["ChannelMessagesHasMore"], json!(false));
    let kick = format!("{}/memberships/{}", chat.path(), encoded(chat.bob()));
    client.get("DELETE", &kick, chat.ann(), Value::Null).await;
    assert_eq!(names::<1>(&mut bob).await, ["DELETE_CHANNEL_MEMBERSHIP"]);
    assert!(chat.bob().starts_with(chat.app()));
}
