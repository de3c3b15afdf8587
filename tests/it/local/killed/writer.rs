//! A client that writes, one request after another, and remembers what was acknowledged.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use serde_json::{Value, json};

use super::super::client::{Chat, Client, Response};

/// A client that writes.
pub(super) struct Writer {
    number: usize,
    bearer: String,
    channel: String,
    messages_path: String,
    /// The number of requests so far.
    count: usize,
    /// The request without a response, if there is one.
    unanswered: Option<Request>,
    /// The contents of messages, by their ids.
    pub(super) messages: BTreeMap<String, String>,
    /// Messages that were sent in an earlier round, so that they can be changed in this one.
    old: Vec<String>,
    /// The value of this writer's tag.
    pub(super) tag: Option<String>,
    acknowledged: usize,
}

/// A request that changes something.
#[derive(Clone)]
enum Request {
    Send { text: String, token: String },
    Update { message: String, text: String },
    Tag { value: String },
}

impl Writer {
    pub(super) fn new(number: usize, chat: &Chat) -> Self {
        Self {
            number,
            bearer: chat.bob().to_owned(),
            channel: chat.channel.clone(),
            messages_path: format!("{}/messages", chat.path()),
            count: 0,
            unanswered: None,
            messages: BTreeMap::new(),
            old: Vec::new(),
            tag: None,
            acknowledged: 0,
        }
    }

    pub(super) fn acknowledged(&self) -> usize {
        self.acknowledged
    }

    /// The key of this writer's tag.
    pub(super) fn key(&self) -> String {
        format!("writer{}", self.number)
    }

    /// Writes until the connection breaks.
    pub(super) async fn write(&mut self, address: SocketAddr) {
        self.old = self.messages.keys().cloned().collect();
        let client = Client::new(address);
        loop {
            let request = self.think_up();
            self.unanswered = Some(request.clone());
            let Ok(answer) = self.ask(&client, &request).await else { return };
            self.note(request, &answer);
        }
    }

    /// Retries the request without a response.
    pub(super) async fn ask_again(&mut self, client: &Client) {
        let Some(request) = self.unanswered.clone() else { return };
        let answer = self.ask(client, &request).await.expect("an answer");
        self.note(request, &answer);
    }

    fn think_up(&mut self) -> Request {
        self.count += 1;
        let text = format!("what the fuck {} {}", self.number, self.count);
        match self.count % 6 {
            0 => Request::Tag { value: self.count.to_string() },
            1 if let Some(message) = self.old.pop() => Request::Update { message, text },
            _ => Request::Send { text, token: format!("{}-{}", self.number, self.count) },
        }
    }

    async fn ask(
        &self,
        client: &Client,
        request: &Request,
    ) -> Result<Response, Box<dyn std::error::Error + Send + Sync>> {
        let path = &self.messages_path;
        match request {
            Request::Send { text, token } => {
                client.send("POST", path, &self.bearer, &Chat::message(text, token)).await
            }
            Request::Update { message, text } => {
                let update = json!({ "Content": text });
                client.send("PUT", &format!("{path}/{message}"), &self.bearer, &update).await
            }
            Request::Tag { value } => {
                let tags = json!([{ "Key": self.key(), "Value": value }]);
                let tags = json!({ "ResourceARN": self.channel, "Tags": tags });
                client.send("POST", "/tags?operation=tag-resource", "", &tags).await
            }
        }
    }

    fn note(&mut self, request: Request, Response { status, body }: &Response) {
        assert!(*status < 300, "{status}: {}", body["Message"]);
        self.unanswered = None;
        self.acknowledged += 1;
        let masked = |text: String| text.replace("fuck", "****");
        let id = |body: &Value| body["MessageId"].as_str().expect("an id").to_owned();
        match request {
            Request::Send { text, .. } | Request::Update { text, .. } => {
                drop(self.messages.insert(id(body), masked(text)));
            }
            Request::Tag { value } => self.tag = Some(value),
        }
    }
}
