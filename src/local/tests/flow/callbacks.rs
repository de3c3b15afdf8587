//! Callbacks that are late, invalid or repeated.

use std::time::Duration;

use serde_json::json;

use super::super::and;
use super::{Flowing, failed};
use crate::local::state::End;

#[test]
fn a_callback_is_taken_within_48_hours_once_and_for_its_own_message() {
    let mut flow = Flowing::new();
    let first = flow.send("first");
    let (_, invocation) = flow.invoked();
    let other = flow.world.make_channel("other", "ann", &["bob"], json!({}));
    let right = flow.callback(&invocation, json!({}));
    for wrong in [
        json!({ "ChannelArn": other }),
        json!({ "CallbackId": "0".repeat(64) }),
        json!({ "ChannelMessage": { "MessageId": "x" } }),
    ] {
        assert_eq!(flow.world.refused("ChannelFlowCallback", and(&right, wrong)), "Forbidden");
    }
    flow.world.pass(Duration::from_hours(48));
    flow.world.ok("ChannelFlowCallback", right.clone());
    assert_eq!(flow.status(&first, "ann"), "SENT");
    assert_eq!(flow.world.refused("ChannelFlowCallback", right), "Forbidden", "the second one");

    let second = flow.send("second");
    let (_, invocation) = flow.invoked();
    flow.world.pass(Duration::from_hours(48) + Duration::from_secs(1));
    let late = flow.callback(&invocation, json!({}));
    assert_eq!(flow.world.refused("ChannelFlowCallback", late), "Forbidden");
    assert_eq!(flow.status(&second, "ann"), "PENDING");
}

#[test]
fn an_event_that_is_delivered_twice_is_decided_once() {
    let mut flow = Flowing::new();
    let message = flow.send("hello");
    let (id, invocation) = flow.invoked();
    flow.call_back(&invocation, json!({}));
    // Lambda invokes the function again, and this time it denies the message.
    let denied = and(&flow.callback(&invocation, json!({})), json!({ "DeleteResource": true }));
    assert_eq!(flow.world.refused("ChannelFlowCallback", denied), "Forbidden");
    flow.world.ended(id, End::Returned);
    flow.world.ended(id, failed());
    assert!(flow.world.effects.is_empty(), "the end of what is over is nothing");
    assert_eq!(flow.status(&message, "ann"), "SENT");
}
