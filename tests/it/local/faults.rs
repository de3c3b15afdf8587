//! Planned faults as clients see them, and messages that are decided manually.

use std::collections::BTreeSet;
use std::time::Duration;

use chimeflow::local::{LocalChime, Options, Quota, SecondCallback};
use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::client::{Chat, Client};
use super::sessions::{Socket, connect, event, names};

/// A service with a chat whose channel has a flow, and a session of Bob's.
async fn start(options: Options) -> (LocalChime, Client, Chat, Socket) {
    let chime = LocalChime::with(options).await.expect("it starts");
    let client = Client::new(chime.address());
    let chat = client.moderated_chat().await;
    let mut bob = connect(&chime, chat.bob(), "").await;
    assert_eq!(event(&mut bob).await.0, "SESSION_ESTABLISHED");
    (chime, client, chat, bob)
}

impl Client {
    async fn fault(&self, fault: Value) {
        self.get("POST", "/_local/faults", "", fault).await;
    }

    /// Sends a message of Bob's, and returns its id.
    async fn say(&self, chat: &Chat, content: &str) -> String {
        let path = format!("{}/messages", chat.path());
        let sent =
            self.get("POST", &path, chat.bob(), Chat::message(content, &content.replace(' ', "-"))).await;
        sent["MessageId"].as_str().expect("an id").to_owned()
    }
}

/// How a session ends: with this code, or without any.
async fn end(socket: &mut Socket) -> Option<u16> {
    match socket.next().await {
        Some(Ok(Message::Close(frame))) => Some(frame.expect("a code").code.into()),
        Some(Ok(other)) => panic!("{other:?}"),
        Some(Err(_)) | None => None,
    }
}

#[tokio::test]
async fn sessions_end_with_the_code_that_was_asked_for() {
    let (chime, client, chat, mut bob) = start(Options::default()).await;
    client.fault(json!({ "fault": "socket-close", "code": 4003, "user": "ann" })).await;
    let mut ann = connect(&chime, chat.ann(), "").await;
    assert_eq!(event(&mut ann).await.0, "SESSION_ESTABLISHED");
    assert_eq!(end(&mut ann).await, Some(4003), "there was no session of hers, so it was the next");
    client.fault(json!({ "fault": "socket-close", "user": "bob" })).await;
    assert_eq!(end(&mut bob).await, Some(1011));
    let mut bob = connect(&chime, chat.bob(), "").await;
    assert_eq!(event(&mut bob).await.0, "SESSION_ESTABLISHED", "once, and not again");
    client.fault(json!({ "fault": "socket-close", "code": 1006 })).await;
    assert_eq!(end(&mut bob).await, None);
    let refused =
        client.send("POST", "/_local/faults", "", &json!({ "fault": "socket-close", "code": 5 })).await;
    assert_eq!(refused.expect("an answer").status, 400);
}

#[tokio::test]
async fn a_fault_that_could_never_happen_is_refused() {
    let (_chime, client, ..) = start(Options::default()).await;
    for (fault, why) in [
        (json!({ "fault": "throttle", "operation": "SendMessage" }), "no operation `SendMessage`"),
        (json!({ "fault": "latency", "millis": 1, "operation": "" }), "no operation ``"),
        (json!({ "fault": "hold", "code": 4 }), "`hold` takes no `code`"),
        (json!({ "fault": "latency" }), "`latency` needs `millis`"),
        (json!({ "fault": "throtle" }), "did you mean `throttle`?"),
        (json!([]), "expected an object"),
    ] {
        let refused = client.send("POST", "/_local/faults", "", &fault).await.expect("an answer");
        let error = refused.body["error"].as_str().unwrap_or_default();
        assert!(refused.status == 400 && error.contains(why), "{fault}: {error}");
    }
    let refused =
        client.send("DELETE", "/_local/faults?fault=hol", "", &Value::Null).await.expect("an answer");
    assert_eq!(
        (refused.status, &refused.body["error"]),
        (400, &json!("no fault `hol`: did you mean `hold`?"))
    );
    assert_eq!(client.get("GET", "/_local/faults", "", Value::Null).await["faults"], json!([]));
}

#[tokio::test]
async fn an_event_comes_after_the_one_that_follows_it() {
    let (_chime, client, chat, mut bob) = start(Options::default()).await;
    client.fault(json!({ "fault": "out-of-order", "user": "bob" })).await;
    client.say(&chat, "hello").await;
    assert_eq!(names(&mut bob).await, ["CREATE_CHANNEL_MESSAGE", "PENDING_CREATE_CHANNEL_MESSAGE"]);
    client.fault(json!({ "fault": "out-of-order" })).await;
    let kick = format!("{}/memberships/{}", chat.path(), super::client::encoded(chat.bob()));
    client.get("DELETE", &kick, chat.ann(), Value::Null).await;
    assert_eq!(names(&mut bob).await, ["DELETE_CHANNEL_MEMBERSHIP"], "nothing follows, so it comes late");
}

#[tokio::test]
async fn an_operation_takes_longer() {
    let (_chime, client, chat, _bob) = start(Options::default()).await;
    client.fault(json!({ "fault": "latency", "millis": 300, "operation": "DescribeChannel" })).await;
    let took = async |client: &Client| {
        let before = tokio::time::Instant::now();
        client.get("GET", &chat.path(), chat.ann(), Value::Null).await;
        before.elapsed()
    };
    assert!(took(&client).await >= Duration::from_millis(300));
    assert!(took(&client).await < Duration::from_millis(300));
}

#[tokio::test]
async fn a_message_is_held_and_decided_by_hand() {
    let (_chime, client, chat, mut bob) = start(Options::default()).await;
    client.fault(json!({ "fault": "hold", "times": 3 })).await;
    let mut ids = Vec::new();
    for content in ["what the fuck", "hello", "bye"] {
        ids.push(client.say(&chat, content).await);
        assert_eq!(names(&mut bob).await, ["PENDING_CREATE_CHANNEL_MESSAGE"]);
    }
    let held = async |client: &Client| {
        // It is held only when its function would have been invoked.
        for _ in 0..100 {
            let held = client.get("GET", "/_local/held", "", Value::Null).await;
            if held["held"].as_array().is_some_and(|held| held.len() == 3) {
                return held["held"].clone();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("three messages are not held");
    };
    assert_eq!(held(&client).await[0]["message"], ids[0].as_str());
    let path = |id: &str, what: &str| format!("/_local/messages/{id}/{what}");
    client.get("POST", &path(&ids[0], "release"), "", Value::Null).await;
    let (name, message) = event(&mut bob).await;
    assert_eq!(
        (&*name, &message["Content"]),
        ("CREATE_CHANNEL_MESSAGE", &json!("what the ****")),
        "by the function"
    );
    client.get("POST", &path(&ids[1], "pass"), "", json!({ "content": "hello, all" })).await;
    assert_eq!(event(&mut bob).await.1["Content"], "hello, all");
    client.get("POST", &path(&ids[2], "deny"), "", Value::Null).await;
    assert_eq!(event(&mut bob).await.0, "DENIED_CREATE_CHANNEL_MESSAGE");
    for what in ["release", "pass", "deny"] {
        let again = client.send("POST", &path(&ids[2], what), "", &Value::Null).await.expect("an answer");
        assert_eq!(again.status, 404, "{what}: {again:?}");
    }
}

/// Starts a service in the folder of one that ends: its connections take a moment to notice that their clients are gone.
async fn again(options: impl Fn() -> Options) -> LocalChime {
    for _ in 0..100 {
        match LocalChime::with(options()).await {
            Ok(chime) => return chime,
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::AddrInUse),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the folder does not become free")
}

#[tokio::test]
async fn what_was_held_and_planned_survives_a_restart() {
    let folder = std::env::temp_dir().join(format!("chimeflow-held-{}", std::process::id()));
    let kept = || Options { data: Some(folder.clone()), ..Options::default() };
    let (chime, client, chat, mut bob) = start(kept()).await;
    client.fault(json!({ "fault": "hold" })).await;
    client.fault(json!({ "fault": "throttle", "operation": "ListChannels", "times": 2 })).await;
    let id = client.say(&chat, "hello").await;
    assert_eq!(names(&mut bob).await, ["PENDING_CREATE_CHANNEL_MESSAGE"]);
    while client.get("GET", "/_local/health", "", Value::Null).await["held"] != 1 {}
    drop((chime, client, bob));

    let chime = again(kept).await;
    let client = Client::new(chime.address());
    let mut bob = connect(&chime, chat.bob(), "").await;
    assert_eq!(event(&mut bob).await.0, "SESSION_ESTABLISHED");
    let faults = client.get("GET", "/_local/faults", "", Value::Null).await;
    assert_eq!(faults["faults"], json!([{ "fault": "throttle", "operation": "ListChannels", "times": 2 }]));
    let status = format!("{}/messages/{id}?scope=message-status", chat.path());
    let status = client.get("GET", &status, chat.bob(), Value::Null).await;
    assert_eq!(status["Status"]["Value"], "PENDING", "nobody gave it to the function meanwhile");
    client.get("POST", &format!("/_local/messages/{id}/release"), "", Value::Null).await;
    assert_eq!(names(&mut bob).await, ["CREATE_CHANNEL_MESSAGE"]);
    drop((chime, client));
    std::fs::remove_dir_all(folder).expect("it is ours");
}

#[tokio::test]
async fn quotas_and_what_nobody_knows_are_for_whoever_starts_it_to_say() {
    let quotas = ["users=3", "messages-a-second=1"].map(|text| Quota::parse(text).expect("a quota"));
    let options = Options {
        quotas: quotas.to_vec(),
        second_callback: Some(SecondCallback::NonPending),
        ..Options::default()
    };
    let (_chime, client, chat, _bob) = start(options).await;
    let user = |id: &str| json!({ "AppInstanceArn": chat.app(), "AppInstanceUserId": id, "Name": id, "ClientRequestToken": id });
    client.get("POST", "/app-instance-users", "", user("cy")).await;
    let fourth = client.send("POST", "/app-instance-users", "", &user("dee")).await.expect("an answer");
    assert_eq!((fourth.status, &fourth.body["Code"]), (400, &json!("ResourceLimitExceeded")));

    // Two of three messages are within one second, whenever that begins.
    let path = format!("{}/messages", chat.path());
    let mut throttled = 0;
    for content in ["one", "two", "three"] {
        let answer = client
            .send("POST", &path, chat.bob(), &Chat::message(content, &content.replace(' ', "-")))
            .await
            .expect("an answer");
        throttled += usize::from(answer.status == 429);
    }
    assert!(throttled > 0);
    let callback = json!({ "CallbackId": "a".repeat(32), "ChannelMessage": { "MessageId": "m" } });
    let path = format!("{}?operation=channel-flow-callback", chat.path());
    let mut answer = client.send("POST", &path, "", &callback).await.expect("an answer");
    // The function's own callbacks count too, and are retried if there are too many.
    while answer.status == 429 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        answer = client.send("POST", &path, "", &callback).await.expect("an answer");
    }
    assert_eq!(answer.status, 400);
    assert!(answer.body["Message"].as_str().expect("a reason").contains("non-pending message"), "{answer:?}");

    // They outlive a reset.
    client.get("POST", "/_local/reset", "", Value::Null).await;
    let listed = client.get("GET", "/_local/quotas", "", Value::Null).await;
    let users = listed["quotas"].as_array().expect("a list").iter().find(|quota| quota["name"] == "users");
    assert_eq!(users.map(|users| (&users["value"], &users["default"])), Some((&json!(3), &json!(100_000))));
}

#[tokio::test]
async fn who_signs_in_becomes_a_user() {
    let (chime, client, chat, _bob) = start(Options::default()).await;
    let ann = client.get("POST", "/_local/creds", "", json!({ "user": "ann" })).await;
    assert_eq!(
        (&ann["ChimeAppInstanceUserArn"], &ann["ChimeDisplayName"]),
        (&json!(chat.ann()), &json!("ann"))
    );
    let mut guests = BTreeSet::new();
    for _ in 0..3 {
        let guest = client.get("POST", "/_local/creds", "", json!("anything")).await;
        let arn = guest["ChimeAppInstanceUserArn"].as_str().expect("an ARN").to_owned();
        assert!(arn.starts_with(&format!("{}/user/anonymous-", chat.app())), "{arn}");
        let mut session = connect(&chime, &arn, "").await;
        assert_eq!(event(&mut session).await.0, "SESSION_ESTABLISHED");
        assert!(guests.insert(arn), "everybody without a name is somebody else");
    }
    let bad =
        client.send("POST", "/_local/creds", "", &json!({ "user": "no body" })).await.expect("an answer");
    assert_eq!(bad.status, 400, "{bad:?}");
}
