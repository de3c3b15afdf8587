//! A small client: plain HTTP and JSON, so that a test can say what no SDK would.

use std::net::SocketAddr;

use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

/// A connection to a local service.
pub(super) struct Client {
    sender: http1::SendRequest<Full<Bytes>>,
}

/// What was answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub body: Value,
}

/// An app instance with Ann, who runs a channel, and Bob, who is in it.
pub(super) struct Chat {
    pub app: String,
    pub ann: String,
    pub bob: String,
    pub channel: String,
    pub flow: String,
}

/// The function of every flow in these tests: the embedded processor plays it.
pub(super) const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:chimeflow";

impl Client {
    pub(super) async fn connect(address: SocketAddr) -> Self {
        Self::try_connect(address).await.expect("the service listens")
    }

    /// A connection, if the service is still there.
    pub(super) async fn try_connect(address: SocketAddr) -> Option<Self> {
        let stream = TcpStream::connect(address).await.ok()?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.ok()?;
        tokio::spawn(connection);
        Some(Self { sender })
    }

    /// Asks for something. The error is that of a connection that breaks.
    pub(super) async fn ask(
        &mut self,
        method: &str,
        path: &str,
        bearer: &str,
        body: &Value,
    ) -> hyper::Result<Answer> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let request = Request::builder().method(method).uri(path).header("host", "localhost");
        let request = request.header("x-amz-chime-bearer", bearer);
        let request = request.body(Full::new(Bytes::from(body))).expect("a request");
        self.sender.ready().await?;
        let answer = self.sender.send_request(request).await?;
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await?.to_bytes();
        Ok(Answer { status, body: serde_json::from_slice(&body).unwrap_or_default() })
    }

    /// Asks for something that works, and gives what is answered.
    pub(super) async fn get(&mut self, method: &str, path: &str, bearer: &str, body: Value) -> Value {
        let answer = self.ask(method, path, bearer, &body).await.expect("an answer");
        assert!(answer.status < 300, "{method} {path}: {answer:?}");
        answer.body
    }

    /// Makes a chat, with a flow that is not associated yet.
    pub(super) async fn chat(&mut self) -> Chat {
        let text = |value: &Value, name: &str| value[name].as_str().expect(name).to_owned();
        let token = json!("t0");
        let app = self
            .get("POST", "/app-instances", "", json!({ "Name": "app", "ClientRequestToken": token }))
            .await;
        let app = text(&app, "AppInstanceArn");
        let mut people = Vec::new();
        for id in ["ann", "bob"] {
            let user = json!({ "AppInstanceArn": app, "AppInstanceUserId": id, "Name": id, "ClientRequestToken": id.repeat(2) });
            people.push(text(&self.get("POST", "/app-instance-users", "", user).await, "AppInstanceUserArn"));
        }
        let [ann, bob] = <[String; 2]>::try_from(people).expect("two people");
        let channel = json!({ "AppInstanceArn": app, "Name": "general", "MemberArns": [bob], "ClientRequestToken": "t1" });
        let channel = text(&self.get("POST", "/channels", &ann, channel).await, "ChannelArn");
        let processor = json!({
            "Name": "chimeflow", "ExecutionOrder": 1, "FallbackAction": "ABORT",
            "Configuration": { "Lambda": { "ResourceArn": FUNCTION, "InvocationType": "ASYNC" } },
        });
        let flow = json!({ "AppInstanceArn": app, "Name": "flow", "Processors": [processor], "ClientRequestToken": "t2" });
        let flow = text(&self.get("POST", "/channel-flows", "", flow).await, "ChannelFlowArn");
        Chat { app, ann, bob, channel, flow }
    }

    /// Puts the flow on the channel.
    pub(super) async fn associate(&mut self, chat: &Chat) {
        let path = format!("{}/channel-flow", chat.path());
        self.get("PUT", &path, &chat.ann, json!({ "ChannelFlowArn": chat.flow })).await;
    }
}

impl Chat {
    /// The path of the channel.
    pub(super) fn path(&self) -> String {
        format!("/channels/{}", encoded(&self.channel))
    }

    /// A message to send.
    pub(super) fn message(content: &str, token: &str) -> Value {
        json!({ "Content": content, "Type": "STANDARD", "Persistence": "PERSISTENT", "ClientRequestToken": token })
    }
}

/// An ARN in a path.
pub(super) fn encoded(arn: &str) -> String {
    arn.replace(':', "%3A").replace('/', "%2F")
}
