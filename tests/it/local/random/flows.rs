//! What the model learns from the service, and the functions of channel flows, which this test emulates.

use std::time::Duration;

use serde_json::{Value, json};

use super::World;
use super::model::NewIds;
use super::operation::Operation;

impl World {
    /// Returns the ids that the service chose in its answer.
    pub(super) async fn made(&self, op: &Operation, answer: &Value) -> NewIds {
        let of_flow = answer["ChannelFlowArn"].as_str().filter(|_| op.name == "CreateChannelFlow");
        let id = answer["MessageId"].as_str().or_else(|| of_flow?.rsplit('/').next());
        let mut made = NewIds { id: id.unwrap_or_default().to_owned(), sub_channels: Vec::new() };
        if !["CreateChannel", "CreateChannelMembership", "BatchCreateChannelMembership"].contains(&op.name) {
            return made;
        }
        let elastic = self.model.channels.get(&op.channel).and_then(|it| it.elastic.as_ref());
        if elastic.is_some() || op.input["ElasticChannelConfiguration"].is_object() {
            let state = self.client.get("GET", "/_local/state", "", Value::Null).await;
            let there = &state["channels"][self.model.channel_arn(&op.channel)]["sub_channels"];
            let is_new = |id: &&String| elastic.is_none_or(|it| !it.sub_channels.contains(*id));
            let ids = there.as_object().into_iter().flat_map(|it| it.keys());
            made.sub_channels = ids.filter(is_new).cloned().collect();
            // In the order in which people came to be in them.
            let members = &state["channels"][self.model.channel_arn(&op.channel)]["members"];
            let is_in = |who: &String, id: &String| members[self.model.user_arn(who)]["sub_channel"] == **id;
            made.sub_channels.sort_by_key(|id| op.people.iter().position(|who| is_in(who, id)));
        }
        made
    }

    async fn trace(&self, message: &str) -> Vec<Value> {
        let path = format!("/_local/messages/{message}/trace");
        let trace = self.client.get("GET", &path, "", Value::Null).await;
        trace["steps"].as_array().expect("steps").clone()
    }

    /// Receives the events that functions have to answer, and compares them.
    pub(super) async fn get_callbacks(&mut self, what: &impl std::fmt::Debug) {
        for at in 0..self.model.waiting.len() {
            let waiting = &self.model.waiting[at];
            if waiting.callback.is_some() {
                continue;
            }
            let steps = self.trace(&waiting.message.id).await;
            let queued = steps.iter().rev().find(|step| step["what"] == "queued for the function");
            let Some(queued) = queued.map(|step| &step["detail"]) else {
                self.differs(what, &format!("nothing waits: {steps:?}"))
            };
            let expected = waiting.event(&self.model.channel_arn(&waiting.channel));
            if let Err(why) = self.model.times.compare(&expected, &queued["event"]) {
                self.differs(what, &format!("the event of the function: {why}"));
            }
            self.model.waiting[at].callback = queued["callback-id"].as_str().map(str::to_owned);
        }
    }

    /// Lets the service find that it may not invoke the function for one of the messages that wait.
    pub(super) async fn fail_to_invoke(&mut self) {
        if self.model.waiting.is_empty() {
            return;
        }
        let id = self.dice.pick(&self.model.waiting).message.id;
        let what = format!("no invocation for {id}");
        self.wait_until_held().await;
        let before = self.trace(&id).await.len();
        self.client.get("DELETE", "/_local/faults", "", Value::Null).await;
        self.client.get("POST", "/_local/faults", "", json!({ "fault": "denied-invoke", "times": 1 })).await;
        self.hold_everything().await;
        self.model.times.begin();
        self.client.get("POST", &format!("/_local/messages/{id}/release"), "", Value::Null).await;
        for _ in 0..1_000 {
            let steps = self.trace(&id).await;
            let is_over = |step: &Value| step["what"] != "handed on" && step["what"] != "invocation ended";
            if steps.get(before..).is_some_and(|new| new.iter().any(is_over)) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        self.model.fall_back(&id);
        *self.done.entry("a function that cannot be invoked").or_default() += 1;
        self.model.times.end();
        self.get_callbacks(&what).await;
        self.events(&what).await;
    }

    /// Holds all messages from now on, unless another fault was planned for them before.
    pub(super) async fn hold_everything(&self) {
        self.client.get("POST", "/_local/faults", "", json!({ "fault": "hold", "times": 0 })).await;
    }

    /// Waits until no message is on its way to a function.
    pub(super) async fn wait_until_held(&self) {
        for _ in 0..1_000 {
            let held = self.client.get("GET", "/_local/held", "", Value::Null).await;
            if held["held"].as_array().map(Vec::len) == Some(self.model.waiting.len()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("{}: not everything that waits is held", self.at)
    }
}
