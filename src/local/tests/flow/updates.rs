//! Updates of delivered messages.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::and;
use super::{Flowing, refused};
use crate::local::state::{End, Invocation, InvocationId};

/// Returns a delivered message with a pending update.
fn updating() -> (Flowing, String, InvocationId, Invocation) {
    let mut flow = Flowing::new();
    let message = flow.send("old");
    let (id, invocation) = flow.invoked();
    flow.call_back(&invocation, json!({}));
    flow.world.ended(id, End::Returned);
    flow.world.pass(Duration::from_secs(1));
    let update = and(&flow.about(&message, "ann"), json!({ "Content": "new" }));
    assert_eq!(flow.world.ok("UpdateChannelMessage", update)["Status"]["Value"], "PENDING");
    assert_eq!(flow.world.events(), ["PENDING_UPDATE_CHANNEL_MESSAGE to ann"]);
    let (id, invocation) = flow.invoked();
    let event: Value = serde_json::from_str(&invocation.event).unwrap();
    assert_eq!(event["ChannelMessage"]["Content"], "new");
    assert!(event["ChannelMessage"]["LastEditedTimestamp"].is_string());
    assert_eq!((flow.read(&message, "ann"), flow.read(&message, "bob")), ("old".into(), "old".into()));
    assert_eq!(flow.status(&message, "ann"), "PENDING");
    (flow, message, id, invocation)
}

#[test]
fn an_update_passes_the_flow_too() {
    let (mut flow, message, _, invocation) = updating();
    let before = flow.world.state.channels.all()[&flow.channel].last_message;
    flow.call_back(&invocation, json!({ "Content": "n*w" }));
    assert_eq!(flow.world.events(), ["UPDATE_CHANNEL_MESSAGE to ann bob"]);
    assert_eq!(flow.read(&message, "bob"), "n*w");
    let about = flow.about(&message, "bob");
    let got = flow.world.ok("GetChannelMessage", about)["ChannelMessage"].clone();
    assert!(got["LastEditedTimestamp"].as_f64() > got["CreatedTimestamp"].as_f64());
    assert_eq!(flow.world.state.channels.all()[&flow.channel].last_message, before);
}

#[test]
fn an_update_that_does_not_get_through_leaves_what_was_there() {
    let (mut flow, message, _, invocation) = updating();
    let denied = and(&flow.callback(&invocation, json!({})), json!({ "DeleteResource": true }));
    flow.world.ok("ChannelFlowCallback", denied);
    assert_eq!(flow.world.events(), ["DENIED_UPDATE_CHANNEL_MESSAGE to ann"]);
    assert_eq!((flow.read(&message, "bob"), flow.status(&message, "ann")), ("old".into(), "SENT".into()));

    let (mut flow, message, id, _) = updating();
    flow.world.ended(id, refused());
    assert_eq!(flow.world.events(), ["FAILED_UPDATE_CHANNEL_MESSAGE to ann"]);
    assert_eq!((flow.read(&message, "bob"), flow.status(&message, "ann")), ("old".into(), "SENT".into()));
}

#[test]
fn while_an_update_is_on_its_way_nobody_may_do_anything_to_the_message() {
    let (mut flow, message, _, _) = updating();
    flow.cannot_be_changed(&message);
}
