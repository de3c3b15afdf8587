//! Requests of tests to a local service, and what they expect.

use serde_json::{Value, json};

pub(crate) use self::shared::{Chat, Client, Response, encoded};

#[path = "../../../bench/client.rs"]
mod shared;

/// The function of every flow in these tests, which is the embedded processor.
pub(crate) const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:chimeflow";

impl Client {
    /// Sends a request that succeeds, and returns the body of the response.
    pub(crate) async fn get(&self, method: &str, path: &str, bearer: &str, body: Value) -> Value {
        self.request(method, path, bearer, &body).await.expect("it works")
    }

    /// Creates a chat of Ann, who created the channel, and Bob, with a flow that is not associated yet.
    pub(crate) async fn chat(&self) -> Chat {
        self.make_chat(&["ann", "bob"], FUNCTION).await.expect("a chat can be made")
    }

    /// The same, with the flow associated with the channel.
    pub(crate) async fn moderated_chat(&self) -> Chat {
        let chat = self.chat().await;
        self.associate(&chat).await.expect("the flow is there");
        chat
    }
}

impl Chat {
    pub(crate) fn app(&self) -> &str {
        self.channel.split("/channel/").next().expect("a part")
    }

    pub(crate) fn ann(&self) -> &str {
        &self.users[0]
    }

    pub(crate) fn bob(&self) -> &str {
        &self.users[1]
    }

    /// Returns a message to send.
    pub(crate) fn message(content: &str, token: &str) -> Value {
        json!({ "Content": content, "Type": "STANDARD", "Persistence": "PERSISTENT", "ClientRequestToken": token })
    }
}
