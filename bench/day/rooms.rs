//! [`Rooms`]: the channels of the day, and who is in them.

use serde_json::json;

use super::Failure;
use super::client::{Chat, Client};

/// The channels, all with the same flow.
pub(crate) struct Rooms {
    /// The ARNs of everybody.
    pub(crate) people: Vec<String>,
    /// Pairs of people who talk all day.
    pub(crate) pairs: Vec<Chat>,
    /// Where the first person floods, and the others raid. Its ARN ends as `rules.toml` has it.
    pub(crate) market: Chat,
}

/// The function of the flow.
const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:Processor:live";

/// How many pairs there are. So many people send no more than the rules let them in the busiest minute, and no line of talk often.
const PAIRS: usize = 23;

/// How many are in the market: who makes the channel, and those that the service adds with it.
const MARKET: usize = 11;

impl Rooms {
    /// Opens them.
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

    /// The pair that sends the message with this number.
    pub(crate) fn pair(&self, number: usize) -> &Chat {
        &self.pairs[number % self.pairs.len()]
    }
}

/// Opens a channel with the flow of `chat`.
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
