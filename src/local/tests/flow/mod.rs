//! Every path of a message through a channel flow, with a simulated clock.

mod callbacks;
mod failures;
mod held;
mod lives;
mod sending;
mod updates;

use serde_json::{Value, json};

use super::requests::processors;
use super::{World, and};
use crate::local::arn::Arn;
use crate::local::state::{Effect, End, Invocation, InvocationId, Output};

/// A service with Ann, Bob and an administrator. Ann and Bob are in a channel with a flow.
pub(super) struct Flowing {
    pub(super) world: World,
    pub(super) channel: Arn,
}

impl Flowing {
    /// Returns a channel whose flow has functions with these names and fallback actions.
    fn through(functions: &[(&str, &str)]) -> Self {
        let mut world = World::with(&["ann", "bob", "admin"]);
        world.state.quotas.processors_of_a_flow = 3;
        let admin = json!({ "AppInstanceArn": world.instance, "AppInstanceAdminArn": world.user("admin") });
        world.ok("CreateAppInstanceAdmin", admin);
        let flow = json!({
            "AppInstanceArn": world.instance, "Name": "Flow", "Processors": processors(functions),
        });
        let flow = world.ok("CreateChannelFlow", flow)["ChannelFlowArn"].clone();
        let channel = world.make_channel("room", "ann", &["bob"], json!({}));
        let associate =
            json!({ "ChannelArn": channel, "ChannelFlowArn": flow, "ChimeBearer": world.user("ann") });
        world.ok("AssociateChannelFlow", associate);
        Self { world, channel }
    }

    pub(super) fn new() -> Self {
        Self::through(&[("one", "ABORT")])
    }

    pub(super) fn send(&mut self, content: &str) -> String {
        let channel = self.channel.clone();
        self.world.send(&channel, "ann", content)
    }

    fn about(&self, message: &str, by: &str) -> Value {
        json!({ "ChannelArn": self.channel, "MessageId": message, "ChimeBearer": self.world.user(by) })
    }

    /// Returns the invocation that the last command requested.
    pub(super) fn invoked(&self) -> (InvocationId, Invocation) {
        let id = self.world.effects.iter().find_map(|effect| match effect {
            Effect::Invoke(id) => Some(*id),
            _ => None,
        });
        let id = id.expect("a function is invoked");
        (id, self.world.state.deliveries.invocations()[&id].clone())
    }

    fn is_invoked(&self) -> bool {
        self.world.effects.iter().any(|effect| matches!(effect, Effect::Invoke(_)))
    }

    pub(super) fn callback(&self, invocation: &Invocation, message: Value) -> Value {
        let message = and(&json!({ "MessageId": invocation.message }), message);
        json!({
            "ChannelArn": self.channel, "CallbackId": invocation.callback, "ChannelMessage": message,
        })
    }

    fn call_back(&mut self, invocation: &Invocation, message: Value) {
        let callback = self.callback(invocation, message);
        self.world.ok("ChannelFlowCallback", callback);
    }

    fn status(&mut self, message: &str, by: &str) -> String {
        let about = self.about(message, by);
        match self.world.ask("GetChannelMessageStatus", about) {
            Ok(status) => status["Status"]["Value"].as_str().unwrap().to_owned(),
            Err((error, _)) => error,
        }
    }

    /// Returns a message's content as this user reads it, or the error.
    fn read(&mut self, message: &str, by: &str) -> String {
        let about = self.about(message, by);
        match self.world.ask("GetChannelMessage", about) {
            Ok(answer) => answer["ChannelMessage"]["Content"].as_str().unwrap().to_owned(),
            Err((error, _)) => error,
        }
    }

    /// Asserts that nobody can change a message while it, or an update of it, is pending.
    fn cannot_be_changed(&mut self, message: &str) {
        for (name, by) in [
            ("UpdateChannelMessage", "ann"),
            ("RedactChannelMessage", "ann"),
            ("DeleteChannelMessage", "admin"),
        ] {
            let mut about = self.about(message, by);
            if name == "UpdateChannelMessage" {
                about["Content"] = json!("other");
            }
            assert_eq!(self.world.refused(name, about), "Forbidden", "{name}");
        }
    }

    /// Returns whether the channel has the time of a last message.
    fn last_message(&self) -> bool {
        self.world.state.channels.all()[&self.channel].last_message.is_some()
    }
}

pub(super) fn failed() -> End {
    End::Failed { error_type: "Error".to_owned(), message: "it broke".to_owned(), output: Output::default() }
}

fn refused() -> End {
    End::Refused { reason: "nobody may invoke it".to_owned() }
}
