//! [`Rooms`]: the channels of the day, and their members.

use serde_json::json;

use super::Failure;
use super::client::{Chat, Client};

/// The channels, all with the same flow.
pub(crate) struct Rooms {
    /// The ARNs of all users.
    pub(crate) people: Vec<String>,
    /// The channels of pairs of users who talk all day.
    pub(crate) pairs: Vec<Chat>,
    /// The channel that the first user floods and the others raid. `rules.toml` contains the end of its ARN.
    pub(crate) market: Chat,
}

/// The function of the flow.
const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:Processor:live";

/// The number of pairs: enough that no user exceeds the limits of the rules, even in the busiest minute, nor repeats a line often.
const PAIRS: usize = 23;

/// The number of members of the market: the user who creates the channel, and those that are added with it.
const MARKET: usize = 11;

impl Rooms {
    /// Creates the channels.
    pub(crate) async fn open(client: &Client) -> Result<Self, Failure> {
        let ids: Vec<String> = (0..2 * PAIRS + MARKET).map(|number| format!("person-{number}")).collect();
        let ids: Vec<_> = ids.iter().map(String::as_str).collect();
        let chat = client.make_chat(&ids, FUNCTION).await?;
        let (talkers, marketers) = chat.users.split_at(2 * PAIRS);
        let mut pairs = Vec::with_capacity(PAIRS);
        for (number, pair) in talkers.chunks(2).enumerate() {
            pairs.push(room(client, &chat, &format!("pair-{number}"), pair).await?);
        }
        let market = room(client, &chat, "market", marketers).await?;
        Ok(Self { pairs, market, people: chat.users })
    }

    /// Returns the channel of the pair that sends the message with this number.
    pub(crate) fn pair(&self, number: usize) -> &Chat {
        &self.pairs[number % self.pairs.len()]
    }
}

/// Creates a channel with the flow of `chat`.
async fn room(client: &Client, chat: &Chat, id: &str, people: &[String]) -> Result<Chat, Failure> {
    let (first, others) = people.split_first().ok_or("a channel without people")?;
    let (app, _) = chat.channel.split_once("/channel/").ok_or("a channel of no app instance")?;
    let channel = json!({
        "AppInstanceArn": app, "Name": id, "ChannelId": id, "ClientRequestToken": id, "MemberArns": others,
    });
    client.request("POST", "/channels", first, &channel).await?;
    let (channel, flow) = (format!("{app}/channel/{id}"), chat.flow.clone());
    let room = Chat { users: people.to_vec(), channel, flow };
    client.associate(&room).await?;
    Ok(room)
}
