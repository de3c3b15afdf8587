//! [`Pages`]: the messages of a channel, page by page.

use std::time::Duration;

use aws_sdk_chimesdkmessaging::Client;
use aws_sdk_chimesdkmessaging::types::{
    ChannelMessageStatus, ChannelMessageSummary, ChannelMessageType, SortOrder,
};
use aws_smithy_types::DateTime;
use jiff::{Timestamp, Unit};
use serde_json::{Map, Value};

use super::Args;
use crate::cli::aws::{Refusal, client};
use crate::cli::output::errln;

/// The messages of a channel, page by page, oldest first.
pub(super) struct Pages {
    client: Client,
    arn: String,
    bearer: String,
    sub_channel: Option<String>,
    since: Timestamp,
    /// The end of the period. Without one, none is requested, because the clock of the service may be ahead of this machine's.
    until: Option<Timestamp>,
    next: Next,
}

/// The page to request next.
enum Next {
    First,
    /// The page with this token.
    Page(String),
    None,
}

/// An entry in a channel.
pub(super) enum ChannelEntry {
    Message {
        at: Timestamp,
        id: String,
        line: String,
    },
    /// An entry without text, or one that was not delivered.
    Nothing,
}

/// The maximum page size of the service.
const PAGE: i32 = 50;
/// How long to wait after each throttled or failed request, in seconds. The SDK itself makes four attempts before that, within seconds.
const WAITS: [u64; 7] = [1, 2, 4, 8, 16, 30, 60];

impl Pages {
    pub(super) async fn new(args: &Args, since: Timestamp, until: Option<Timestamp>) -> Self {
        let config = args.aws.config(&args.channel.home.region).await;
        Self {
            client: client!(aws_sdk_chimesdkmessaging, &config),
            arn: args.channel.arn.clone(),
            bearer: args.bearer.arn.clone(),
            sub_channel: args.sub_channel.clone(),
            since,
            until,
            next: Next::First,
        }
    }

    /// Returns the next page.
    pub(super) async fn next_page(&mut self) -> anyhow::Result<Option<Vec<ChannelEntry>>> {
        let token = match &self.next {
            Next::None => return Ok(None),
            Next::First => None,
            Next::Page(token) => Some(token.clone()),
        };
        let mut waits = WAITS.iter();
        let page = loop {
            let refusal = match self.request(token.clone()).await {
                Ok(page) => break page,
                Err(refusal) => refusal,
            };
            let may_pass = match refusal.status() {
                Some(status) => status == 429 || status >= 500,
                // A network may fail between two pages, but an endpoint that never answered is probably the wrong one.
                None => token.is_some(),
            };
            let Some(wait) = waits.next().filter(|_| may_pass) else { return Err(refusal.into()) };
            errln!("waiting {wait} s: {}", refusal.message());
            tokio::time::sleep(Duration::from_secs(*wait)).await;
        };
        self.next = page.next_token.map_or(Next::None, Next::Page);
        let messages = page.channel_messages.unwrap_or_default();
        messages
            .into_iter()
            .map(|message| posted(&self.arn, self.sub_channel.as_deref(), message))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    async fn request(
        &self,
        token: Option<String>,
    ) -> Result<aws_sdk_chimesdkmessaging::operation::list_channel_messages::ListChannelMessagesOutput, Refusal>
    {
        let time = |time: Timestamp| DateTime::from_millis(time.as_millisecond());
        let request = self
            .client
            .list_channel_messages()
            .channel_arn(&self.arn)
            .chime_bearer(&self.bearer)
            .set_sub_channel_id(self.sub_channel.clone())
            .sort_order(SortOrder::Ascending)
            .not_before(time(self.since))
            .set_not_after(self.until.map(time))
            .max_results(PAGE)
            .set_next_token(token);
        request.send().await.map_err(|error| Refusal::of("ListChannelMessages", &error))
    }
}

/// Converts a message to a line of the corpus.
fn posted(
    channel: &str,
    sub_channel: Option<&str>,
    message: ChannelMessageSummary,
) -> anyhow::Result<ChannelEntry> {
    let status = message.status.as_ref().and_then(|status| status.value.clone());
    let is_delivered = status.is_none_or(|status| status == ChannelMessageStatus::Sent);
    let (Some(content), true) = (message.content.filter(|content| !content.is_empty()), is_delivered) else {
        return Ok(ChannelEntry::Nothing);
    };
    let (Some(id), Some(at)) = (message.message_id, message.created_timestamp) else {
        anyhow::bail!("the service returned a message without MessageId or CreatedTimestamp");
    };
    // The service counts milliseconds, and sends them as a fraction that a float represents only approximately.
    let at = Timestamp::new(at.secs(), i32::try_from(at.subsec_nanos())?)?.round(Unit::Millisecond)?;
    let mut line = Map::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            line.insert(key.to_owned(), value);
        }
    };
    put("text", Some(content.into()));
    put("from", message.sender.and_then(|sender| sender.arn).map(Value::from));
    put("in", Some(channel.into()));
    put("at", Some(at.to_string().into()));
    put("id", Some(id.as_str().into()));
    put("metadata", message.metadata.filter(|metadata| !metadata.is_empty()).map(Value::from));
    let attributes = message.message_attributes.filter(|attributes| !attributes.is_empty());
    put(
        "attributes",
        attributes.map(|attributes| {
            attributes
                .into_iter()
                .map(|(name, value)| (name, Value::from(value.string_values.unwrap_or_default())))
                .collect::<Map<_, _>>()
                .into()
        }),
    );
    put("sub-channel", sub_channel.map(Value::from));
    let kind = message.r#type.filter(|kind| *kind != ChannelMessageType::Standard);
    put("type", kind.map(|kind| kind.as_str().into()));
    Ok(ChannelEntry::Message { at, id, line: Value::Object(line).to_string() })
}
