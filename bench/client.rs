//! A client of the local service for programs that load or test it: plain HTTP and JSON, so that it can send what no SDK would.

use std::net::SocketAddr;

use http_body_util::BodyExt;
use hyper::Request;
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A client of the service at an address. Connections are reused.
pub(crate) struct Client {
    address: SocketAddr,
    http: legacy::Client<HttpConnector, String>,
}

/// A response of the service: a status, and a body in JSON, which is null if there is none.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

/// An app instance with a channel, its users, and a flow that is not associated yet.
#[derive(Clone, Debug)]
pub(crate) struct Chat {
    /// The ARNs of the users. The first created the channel, the second is a member of it.
    pub(crate) users: Vec<String>,
    pub(crate) channel: String,
    pub(crate) flow: String,
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Self { address, http: legacy::Client::builder(TokioExecutor::new()).build(connector) }
    }

    /// Sends a request in the name of `bearer`, with no body when `body` is null. Fails if there is no response.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        bearer: &str,
        body: &Value,
    ) -> Result<Response, Failure> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let uri = format!("http://{}{path}", self.address);
        let request = Request::builder().method(method).uri(uri).header("x-amz-chime-bearer", bearer);
        let response = self.http.request(request.body(body)?).await?;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await?.to_bytes();
        Ok(Response { status, body: serde_json::from_slice(&body).unwrap_or_default() })
    }

    /// Sends a request as [`Self::send`] does, and returns the body of the response. Fails if the service refuses the request.
    pub(crate) async fn request(
        &self,
        method: &str,
        path: &str,
        bearer: &str,
        body: &Value,
    ) -> Result<Value, Failure> {
        match self.send(method, path, bearer, body).await? {
            Response { status: 200..300, body } => Ok(body),
            Response { status, body } => Err(format!("{method} {path}: {status}: {body}").into()),
        }
    }

    /// Creates an app instance, users with these ids, a channel and a flow whose function is `function`.
    pub(crate) async fn make_chat(&self, users: &[&str], function: &str) -> Result<Chat, Failure> {
        let app = json!({ "Name": "app", "ClientRequestToken": "app" });
        let app = arn(&self.request("POST", "/app-instances", "", &app).await?, "AppInstanceArn")?;
        let mut arns = Vec::new();
        for id in users {
            let user = json!({ "AppInstanceArn": app, "AppInstanceUserId": id, "Name": id, "ClientRequestToken": id.repeat(2) });
            let user = self.request("POST", "/app-instance-users", "", &user).await?;
            arns.push(arn(&user, "AppInstanceUserArn")?);
        }
        let mut channel =
            json!({ "AppInstanceArn": app, "Name": "general", "ClientRequestToken": "channel" });
        if let Some(member) = arns.get(1) {
            channel["MemberArns"] = json!([member]);
        }
        let channel = self.request("POST", "/channels", &arns[0], &channel).await?;
        let flow = json!({ "AppInstanceArn": app, "Name": "flow", "ClientRequestToken": "flow", "Processors": [{
            "Name": "chimeflow", "ExecutionOrder": 1, "FallbackAction": "ABORT",
            "Configuration": { "Lambda": { "ResourceArn": function, "InvocationType": "ASYNC" } },
        }] });
        let flow = self.request("POST", "/channel-flows", "", &flow).await?;
        Ok(Chat { users: arns, channel: arn(&channel, "ChannelArn")?, flow: arn(&flow, "ChannelFlowArn")? })
    }

    /// Associates the flow with the channel.
    pub(crate) async fn associate(&self, chat: &Chat) -> Result<(), Failure> {
        let path = format!("{}/channel-flow", chat.path());
        let flow = json!({ "ChannelFlowArn": chat.flow });
        self.request("PUT", &path, &chat.users[0], &flow).await.map(drop)
    }
}

impl Chat {
    /// Returns the path of the channel.
    pub(crate) fn path(&self) -> String {
        format!("/channels/{}", encoded(&self.channel))
    }
}

/// Encodes an ARN for a path or a query.
pub(crate) fn encoded(arn: &str) -> String {
    arn.replace(':', "%3A").replace('/', "%2F")
}

fn arn(response: &Value, name: &str) -> Result<String, Failure> {
    Ok(response[name].as_str().ok_or_else(|| format!("a response without {name}"))?.to_owned())
}
