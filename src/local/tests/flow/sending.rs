//! Messages that are sent, allowed, edited and denied.

use serde_json::{Value, json};

use super::super::{World, and};
use super::Flowing;
use crate::local::state::End;

#[test]
fn without_a_flow_a_message_is_sent_at_once() {
    let mut world = World::with(&["ann", "bob", "cy"]);
    let channel = world.make_channel("room", "ann", &["bob"], json!({}));
    let sent = world.ok("SendChannelMessage", world.message(&channel, "ann", "hello"));
    assert_eq!(sent["Status"]["Value"], "SENT");
    assert_eq!(world.events(), ["CREATE_CHANNEL_MESSAGE to ann bob"]);
    assert_eq!(world.state.channels.all()[&channel].last_message, Some(world.now));
}

#[test]
fn a_message_waits_for_its_function_and_is_seen_by_its_sender_only() {
    let mut flow = Flowing::new();
    let message = flow.send("hello");
    assert_eq!(flow.world.events(), ["PENDING_CREATE_CHANNEL_MESSAGE to ann"]);
    let (_, invocation) = flow.invoked();
    let event: Value = serde_json::from_str(&invocation.event).unwrap();
    assert_eq!(event["EventType"], "CHANNEL_MESSAGE_EVENT");
    assert_eq!(event["CallbackId"], *invocation.callback);
    assert_eq!(event["ChannelMessage"]["Content"], "hello");
    assert!(event["ChannelMessage"]["LastEditedTimestamp"].is_null());
    assert_eq!(
        (flow.status(&message, "ann"), flow.status(&message, "bob")),
        ("PENDING".into(), "Forbidden".into())
    );
    for (reader, read) in [("ann", "hello"), ("bob", "NotFound"), ("admin", "NotFound")] {
        assert_eq!(flow.read(&message, reader), read, "{reader}");
        let list = json!({ "ChannelArn": flow.channel, "ChimeBearer": flow.world.user(reader) });
        let listed = flow.world.ok("ListChannelMessages", list)["ChannelMessages"].as_array().unwrap().len();
        assert_eq!(listed, usize::from(reader == "ann"), "{reader}");
    }
    assert!(!flow.last_message(), "nothing was said yet");
    flow.cannot_be_changed(&message);
}

#[test]
fn a_callback_lets_it_through_as_it_was_or_edited() {
    for (edit, content, metadata) in [
        (json!({}), "hello", None),
        (json!({ "Content": "h***o" }), "h***o", None),
        (json!({ "Content": "hello", "Metadata": "m" }), "hello", Some("m")),
    ] {
        let mut flow = Flowing::new();
        let message = flow.send("hello");
        let (id, invocation) = flow.invoked();
        flow.call_back(&invocation, edit);
        assert_eq!(flow.world.events(), ["CREATE_CHANNEL_MESSAGE to ann bob"]);
        let payload = flow.world.payload();
        assert_eq!(payload["Content"], content);
        assert_eq!(payload.get("Metadata").and_then(Value::as_str), metadata);
        assert_eq!(payload["Status"]["Value"], "SENT");
        assert_eq!(
            (flow.read(&message, "bob"), flow.status(&message, "ann")),
            (content.into(), "SENT".into())
        );
        assert!(flow.last_message());
        flow.world.ended(id, End::Returned);
        assert!(flow.world.state.deliveries.invocations().is_empty());
    }
}

#[test]
fn an_edit_that_is_too_long_is_refused_and_the_message_still_waits() {
    let mut flow = Flowing::new();
    let message = flow.send("hello");
    let (_, invocation) = flow.invoked();
    let too_long = flow.callback(&invocation, json!({ "Content": "x".repeat(4097) }));
    assert_eq!(flow.world.refused("ChannelFlowCallback", too_long), "BadRequest");
    assert_eq!(flow.status(&message, "ann"), "PENDING");
    flow.call_back(&invocation, json!({}));
}

#[test]
fn a_denied_message_is_gone_and_only_its_sender_hears_of_it() {
    let mut flow = Flowing::new();
    let message = flow.send("hello");
    let (_, invocation) = flow.invoked();
    let denied =
        and(&flow.callback(&invocation, json!({ "Content": "edited" })), json!({ "DeleteResource": true }));
    flow.world.ok("ChannelFlowCallback", denied);
    assert_eq!(flow.world.events(), ["DENIED_CREATE_CHANNEL_MESSAGE to ann"]);
    assert_eq!(flow.world.payload()["Content"], "hello", "an edit of what is denied is nothing");
    assert_eq!(
        (flow.read(&message, "ann"), flow.status(&message, "ann")),
        ("NotFound".into(), "Forbidden".into())
    );
    assert!(!flow.last_message());
}

#[test]
fn every_function_gets_what_the_one_before_left() {
    let mut flow = Flowing::through(&[("one", "ABORT"), ("two", "ABORT"), ("three", "CONTINUE")]);
    flow.send("0");
    let mut callbacks = Vec::new();
    for (step, function) in ["one", "two", "three"].into_iter().enumerate() {
        let (_, invocation) = flow.invoked();
        assert!(invocation.function.as_str().ends_with(function));
        let event: Value = serde_json::from_str(&invocation.event).unwrap();
        assert_eq!(event["ChannelMessage"]["Content"], step.to_string());
        callbacks.push(invocation.callback.clone());
        flow.call_back(&invocation, json!({ "Content": (step + 1).to_string() }));
    }
    callbacks.dedup();
    assert_eq!(callbacks.len(), 3, "each has a callback of its own");
    assert_eq!(flow.world.events(), ["CREATE_CHANNEL_MESSAGE to ann bob"]);
    assert_eq!(flow.world.payload()["Content"], "3");
}
