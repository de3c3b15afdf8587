//! A channel with a flow, and who is in it.

use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::Failure;
use crate::client::Client;

/// A channel with a flow, and who is in it.
#[derive(Clone, Debug)]
pub(crate) struct Chat {
    /// Ann, who made the channel, and Bob, who writes.
    pub(crate) members: [String; 2],
    /// Somebody who is in no channel.
    pub(crate) outsider: String,
    /// The path of the channel's messages.
    pub(crate) messages: String,
}

/// What plays the flow's function is the embedded processor, whatever it is called.
const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:chimeflow";

impl Chat {
    pub(crate) async fn make(address: SocketAddr) -> Result<Self, Failure> {
        let mut client = Client::connect(address).await?;
        let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let app = json!({ "Name": "load", "ClientRequestToken": "t0" });
        let app = text(&client.json("POST", "/app-instances", "", &app).await?, "AppInstanceArn");
        let mut people = Vec::new();
        for id in ["ann", "bob", "cy"] {
            let user = json!({ "AppInstanceArn": app, "AppInstanceUserId": id, "Name": id, "ClientRequestToken": id.repeat(2) });
            let user = client.json("POST", "/app-instance-users", "", &user).await?;
            people.push(text(&user, "AppInstanceUserArn"));
        }
        let [ann, bob, outsider] = <[String; 3]>::try_from(people).map_err(|_| "three people")?;
        let channel =
            json!({ "AppInstanceArn": app, "Name": "load", "MemberArns": [bob], "ClientRequestToken": "t1" });
        let channel = text(&client.json("POST", "/channels", &ann, &channel).await?, "ChannelArn");
        let lambda = json!({ "ResourceArn": FUNCTION, "InvocationType": "ASYNC" });
        let processor = json!({
            "Name": "chimeflow", "ExecutionOrder": 1, "FallbackAction": "ABORT", "Configuration": { "Lambda": lambda },
        });
        let flow = json!({ "AppInstanceArn": app, "Name": "flow", "Processors": [processor], "ClientRequestToken": "t2" });
        let flow = client.json("POST", "/channel-flows", "", &flow).await?;
        let path = format!("/channels/{}", encoded(&channel));
        let associate = json!({ "ChannelFlowArn": flow["ChannelFlowArn"] });
        client.json("PUT", &format!("{path}/channel-flow"), &ann, &associate).await?;
        Ok(Self { members: [ann, bob], outsider, messages: format!("{path}/messages") })
    }
}

/// An ARN in a path or in a query.
pub(crate) fn encoded(arn: &str) -> String {
    arn.replace(':', "%3A").replace('/', "%2F")
}
