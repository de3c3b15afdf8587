//! A message from sending to delivery, with the real AWS SDK for Rust.

use std::time::Duration;

use aws_sdk_chimesdkmessaging::Client as Messaging;
use aws_sdk_chimesdkmessaging::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_chimesdkmessaging::types::{
    ChannelMessagePersistenceType, ChannelMessageStatus, ChannelMessageType,
};
use chimeflow::local::{Fault, LocalChime};

use super::client::{Chat, Client};

/// Returns a client of the SDK for a local service.
fn sdk(chime: &LocalChime) -> Messaging {
    let http = aws_smithy_http_client::Builder::new().build_http();
    let config = aws_sdk_chimesdkmessaging::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("local", "local", None, None, "test"))
        .endpoint_url(chime.endpoint())
        .http_client(http);
    Messaging::from_conf(config.build())
}

/// Sends a message by Bob.
async fn send(sdk: &Messaging, chat: &Chat, content: &str) -> String {
    let sent = sdk
        .send_channel_message()
        .channel_arn(&chat.channel)
        .chime_bearer(chat.bob())
        .content(content)
        .r#type(ChannelMessageType::Standard)
        .persistence(ChannelMessagePersistenceType::Persistent)
        .send()
        .await
        .expect("it is sent");
    assert_eq!(sent.status().and_then(|status| status.value()), Some(&ChannelMessageStatus::Pending));
    sent.message_id().expect("an id").to_owned()
}

/// Returns what Bob reads of a message, once it is no longer pending; `None` if it does not exist.
async fn outcome(sdk: &Messaging, chat: &Chat, id: &str) -> Option<(ChannelMessageStatus, String)> {
    for _ in 0..200 {
        let read =
            sdk.get_channel_message().channel_arn(&chat.channel).chime_bearer(chat.bob()).message_id(id);
        let Ok(read) = read.send().await else { return None };
        let message = read.channel_message().expect("a message");
        let status = message.status().and_then(|status| status.value()).expect("a status").clone();
        if status != ChannelMessageStatus::Pending {
            return Some((status, message.content().unwrap_or_default().to_owned()));
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Some((ChannelMessageStatus::Pending, String::new()))
}

async fn start() -> (LocalChime, Messaging, Chat) {
    let chime = LocalChime::start().await.expect("it starts");
    let client = Client::new(chime.address());
    let chat = client.moderated_chat().await;
    let sdk = sdk(&chime);
    (chime, sdk, chat)
}

#[tokio::test]
async fn the_embedded_processor_lets_pass_edits_and_denies() {
    let (_chime, sdk, chat) = start().await;
    for (content, expected) in [
        ("hello", Some("hello")),
        ("what the fuck", Some("what the ****")),
        ("use AKIATESTKEYNOTREAL23", None),
    ] {
        let id = send(&sdk, &chat, content).await;
        let expected = expected.map(|text| (ChannelMessageStatus::Sent, text.to_owned()));
        assert_eq!(outcome(&sdk, &chat, &id).await, expected, "{content}");
    }
}

#[tokio::test]
async fn a_function_that_fails_leaves_the_message_pending_until_lambda_tries_again() {
    let (chime, sdk, chat) = start().await;
    chime.plan(Fault::FunctionError);
    let id = send(&sdk, &chat, "hello").await;
    assert_eq!(outcome(&sdk, &chat, &id).await, Some((ChannelMessageStatus::Pending, String::new())));
    chime.advance(Duration::from_mins(1));
    assert_eq!(outcome(&sdk, &chat, &id).await, Some((ChannelMessageStatus::Sent, "hello".into())));
}

#[tokio::test]
async fn a_function_that_cannot_be_invoked_fails_the_message() {
    let (chime, sdk, chat) = start().await;
    chime.plan(Fault::DeniedInvoke);
    let id = send(&sdk, &chat, "hello").await;
    assert_eq!(outcome(&sdk, &chat, &id).await, Some((ChannelMessageStatus::Failed, "hello".into())));
}

#[tokio::test]
async fn duplicates_races_and_lost_answers_change_nothing() {
    let (chime, sdk, chat) = start().await;
    for fault in [
        Fault::DuplicateDelivery,
        Fault::CallbackRace,
        Fault::CallbackLost,
        Fault::SlowCallback { millis: 50 },
    ] {
        chime.plan(fault.clone());
        let id = send(&sdk, &chat, "what the fuck").await;
        let expected = (ChannelMessageStatus::Sent, "what the ****".to_owned());
        assert_eq!(outcome(&sdk, &chat, &id).await, Some(expected), "{fault:?}");
    }
}

#[tokio::test]
async fn the_sdk_tries_again_where_it_should_and_knows_every_error() {
    let (chime, sdk, chat) = start().await;
    let describe = async |bearer: &str| {
        let describe = sdk.describe_channel().channel_arn(&chat.channel).chime_bearer(bearer);
        describe
            .send()
            .await
            .map(drop)
            .map_err(aws_sdk_chimesdkmessaging::error::SdkError::into_service_error)
    };
    let operation = || Some("DescribeChannel".to_owned());
    for fault in [Fault::Unavailable { operation: operation() }, Fault::Failure { operation: operation() }] {
        chime.plan(fault.clone());
        assert!(describe(chat.bob()).await.is_ok(), "{fault:?}");
    }
    chime.plan(Fault::Throttle { operation: operation() });
    assert!(describe(chat.bob()).await.is_err_and(|error| error.is_throttled_client_exception()));
    chime.plan(Fault::Unauthorized { operation: operation() });
    assert!(describe(chat.bob()).await.is_err_and(|error| error.is_unauthorized_client_exception()));
    // It sends an empty header, which boto3 does not.
    assert!(describe("").await.is_err_and(|error| error.is_bad_request_exception()));
    let stranger = format!("{}x", chat.bob());
    assert!(describe(&stranger).await.is_err_and(|error| error.is_forbidden_exception()));
}
