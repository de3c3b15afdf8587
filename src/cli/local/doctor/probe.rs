//! Checks whether a message passes a flow: creates an app instance, sends a message through the function, and deletes everything.

use std::time::Duration;

use anyhow::{Context, bail};
use hyper::{Method, Uri};
use serde_json::{Value, json};

use super::Check;
use crate::cli::local::client::ask_as;

/// The message. No rule should find anything in it.
const PROBE: &str = "hello from chimeflow local doctor";
/// How long to wait for the function: its timeout in the template, plus a cold start.
const TIMEOUT: Duration = Duration::from_secs(35);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

pub(super) async fn check(at: &Uri, health: &Value) -> Check {
    if health["faults"].as_u64() != Some(0) {
        let message = "no message was sent, because planned faults would affect it";
        return Check::odd("message", message, "`chimeflow local fault clear`, then ask again");
    }
    if health["auth"] == "strict" {
        let message = "no message was sent: the service verifies signatures, and this command has none";
        return Check::odd("message", message, "start one without --auth strict to look at the function");
    }
    let function = health["function"].as_str().unwrap_or("chimeflow");
    let chat = match chat(at, function).await {
        Ok(chat) => chat,
        Err(error) => {
            return Check::wrong(
                "message",
                format!("no chat could be made: {error:#}"),
                "see the error of the service",
            );
        }
    };
    let round_trip = chat.round_trip().await;
    let check = match round_trip {
        Ok(RoundTrip { status, took }) if status == "SENT" => Check::fine(
            "message",
            format!("sent through a flow, answered by the function in {} ms", took.as_millis()),
        ),
        Ok(RoundTrip { status, .. }) if status == "DENIED" => Check::odd(
            "message",
            "the function replied, and denied a friendly message",
            "`chimeflow explain` says which rule, if that is not what you want",
        ),
        Ok(RoundTrip { status, .. }) => Check::wrong(
            "message",
            format!("still {status} after {} s: the function did not answer", TIMEOUT.as_secs()),
            "check the output of the service, and the function at --processor or --lambda-endpoint",
        ),
        Err(error) => Check::wrong("message", format!("{error:#}"), "look at what the service prints"),
    };
    match chat.delete().await {
        Ok(()) => check,
        Err(error) => Check::wrong(
            "message",
            format!("the probe's app instance is left behind: {error:#}"),
            format!("delete {}", chat.instance),
        ),
    }
}

/// The resources created for the message.
struct Chat<'a> {
    at: &'a Uri,
    instance: String,
    /// The name of the function that is to receive the message.
    function: &'a str,
}

/// What happened to the message.
struct RoundTrip {
    status: String,
    took: Duration,
}

async fn chat<'a>(at: &'a Uri, function: &'a str) -> anyhow::Result<Chat<'a>> {
    let instance = json!({ "Name": "chimeflow local doctor", "ClientRequestToken": token("instance") });
    let made = ask_as(at, Method::POST, "/app-instances", "", Some(instance.to_string())).await?;
    Ok(Chat { at, instance: text(&made, "AppInstanceArn")?, function })
}

impl Chat<'_> {
    async fn round_trip(&self) -> anyhow::Result<RoundTrip> {
        let instance = &self.instance;
        let user = json!({ "AppInstanceArn": instance, "AppInstanceUserId": "doctor", "Name": "doctor", "ClientRequestToken": token("user") });
        let user = text(&self.post("/app-instance-users", "", user).await?, "AppInstanceUserArn")?;
        let channel =
            json!({ "AppInstanceArn": instance, "Name": "doctor", "ClientRequestToken": token("channel") });
        let channel = text(&self.post("/channels", &user, channel).await?, "ChannelArn")?;
        let function = format!("arn:aws:lambda:us-east-1:111122223333:function:{}", self.function);
        let processor = json!({
            "Name": "doctor", "ExecutionOrder": 1, "FallbackAction": "ABORT",
            "Configuration": { "Lambda": { "InvocationType": "ASYNC", "ResourceArn": function } },
        });
        let flow = json!({ "AppInstanceArn": instance, "Name": "doctor", "Processors": [processor], "ClientRequestToken": token("flow") });
        let flow = text(&self.post("/channel-flows", "", flow).await?, "ChannelFlowArn")?;
        let path = format!("/channels/{}", encoded(&channel));
        ask_as(
            self.at,
            Method::PUT,
            &format!("{path}/channel-flow"),
            &user,
            Some(json!({ "ChannelFlowArn": flow }).to_string()),
        )
        .await?;
        let message = json!({ "Content": PROBE, "Type": "STANDARD", "Persistence": "PERSISTENT", "ClientRequestToken": token("message") });
        let began = tokio::time::Instant::now();
        let id = text(&self.post(&format!("{path}/messages"), &user, message).await?, "MessageId")?;
        let status = format!("{path}/messages/{id}?scope=message-status");
        loop {
            // A denied message is not stored, so its status cannot be requested.
            let status = match ask_as(self.at, Method::GET, &status, &user, None).await {
                Ok(answer) => answer["Status"]["Value"].as_str().unwrap_or_default().to_owned(),
                Err(_) => "DENIED".to_owned(),
            };
            let took = began.elapsed();
            if status != "PENDING" || took > TIMEOUT {
                return Ok(RoundTrip { status, took });
            }
            // Lambda's first retry would follow only after a minute.
            let trace = format!("/_local/messages/{id}/trace");
            let trace = ask_as(self.at, Method::GET, &trace, "", None).await.unwrap_or_default();
            if let Some(failure) = failure(&trace) {
                bail!("the function failed: {failure}");
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    async fn post(&self, path: &str, bearer: &str, body: Value) -> anyhow::Result<Value> {
        let answer = ask_as(self.at, Method::POST, path, bearer, Some(body.to_string())).await;
        answer.with_context(|| format!("POST {path}"))
    }

    /// Deletes the app instance, and everything in it.
    async fn delete(&self) -> anyhow::Result<()> {
        let path = format!("/app-instances/{}", encoded(&self.instance));
        ask_as(self.at, Method::DELETE, &path, "", None).await?;
        let left = ask_as(self.at, Method::GET, &path, "", None).await;
        if left.is_ok() {
            bail!("it is still there after it was deleted");
        }
        Ok(())
    }
}

/// Returns why an invocation of the function ended without a callback, if one did.
fn failure(trace: &Value) -> Option<String> {
    let steps = trace["steps"].as_array()?;
    let failed = steps.iter().map(|step| &step["detail"]["Failed"]).find(|failed| failed.is_object())?;
    let text = |name: &str| failed[name].as_str().unwrap_or_default();
    Some(format!("{}: {}", text("error_type"), text("message")))
}

fn text(answer: &Value, name: &str) -> anyhow::Result<String> {
    let text = answer[name].as_str().map(ToOwned::to_owned);
    text.with_context(|| format!("the service answers without {name}"))
}

/// Returns an ARN, percent-encoded for a path.
fn encoded(arn: &str) -> String {
    arn.replace(':', "%3A").replace('/', "%2F")
}

/// Returns a token that is unique to this run.
fn token(what: &str) -> String {
    #[expect(clippy::disallowed_methods, reason = "two runs must not be mistaken for one that retries")]
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    format!("doctor-{what}-{}-{}", std::process::id(), now.as_nanos())
}
