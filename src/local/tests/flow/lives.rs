//! Changes to the channel, the flow, the sender and the service while a message waits in a flow.

use std::time::Duration;

use serde_json::json;

use super::super::and;
use super::super::requests::processors;
use super::{Flowing, failed, refused};

#[test]
fn a_message_that_is_not_kept_passes_the_flow_and_is_an_event_only() {
    let mut flow = Flowing::new();
    let message =
        and(&flow.world.message(&flow.channel, "ann", "hello"), json!({ "Persistence": "NON_PERSISTENT" }));
    let sent = flow.world.ok("SendChannelMessage", message);
    let message = sent["MessageId"].as_str().unwrap().to_owned();
    let (_, invocation) = flow.invoked();
    assert_eq!(
        (flow.status(&message, "ann"), flow.read(&message, "ann")),
        ("PENDING".into(), "NotFound".into())
    );
    flow.call_back(&invocation, json!({}));
    assert_eq!(flow.world.events(), ["CREATE_CHANNEL_MESSAGE to ann bob"]);
    assert_eq!(flow.read(&message, "bob"), "NotFound");
}

#[test]
fn control_messages_pass_no_flow() {
    let mut flow = Flowing::new();
    let typing = json!({ "Type": "CONTROL", "Persistence": "NON_PERSISTENT", "Content": "typing" });
    let typing = and(&flow.world.message(&flow.channel, "ann", ""), typing);
    assert_eq!(flow.world.ok("SendChannelMessage", typing)["Status"]["Value"], "SENT");
    assert_eq!(flow.world.events(), ["CREATE_CHANNEL_MESSAGE to ann bob"]);
    assert!(!flow.is_invoked());
}

#[test]
fn a_channel_takes_what_is_on_its_way_with_it() {
    let mut flow = Flowing::new();
    flow.send("hello");
    let (id, invocation) = flow.invoked();
    let delete = json!({ "ChannelArn": flow.channel, "ChimeBearer": flow.world.user("ann") });
    flow.world.ok("DeleteChannel", delete);
    assert_eq!(flow.world.events(), ["DELETE_CHANNEL to ann bob"]);
    let late = flow.callback(&invocation, json!({}));
    assert_eq!(flow.world.refused("ChannelFlowCallback", late), "Forbidden");
    // Lambda does not know about this, and retries the failed invocation.
    flow.world.ended(id, failed());
    flow.world.pass(Duration::from_mins(1));
    assert!(flow.is_invoked());
    flow.world.ended(id, refused());
    assert!(flow.world.effects.is_empty());
}

#[test]
fn what_is_on_its_way_finishes_on_the_flow_it_began_with() {
    let mut flow = Flowing::through(&[("one", "ABORT"), ("two", "ABORT")]);
    let arn = flow.world.state.flows.of(&flow.world.instance).next().map(|(arn, _)| arn).unwrap().clone();
    flow.send("hello");
    let (_, invocation) = flow.invoked();
    let update =
        json!({ "ChannelFlowArn": arn, "Name": "Flow", "Processors": processors(&[("three", "ABORT")]) });
    flow.world.ok("UpdateChannelFlow", update);
    let leave =
        json!({ "ChannelArn": flow.channel, "ChannelFlowArn": arn, "ChimeBearer": flow.world.user("ann") });
    flow.world.ok("DisassociateChannelFlow", leave);
    flow.world.ok("DeleteChannelFlow", json!({ "ChannelFlowArn": arn }));
    flow.call_back(&invocation, json!({}));
    let (_, invocation) = flow.invoked();
    assert!(invocation.function.as_str().ends_with("two"));
    flow.call_back(&invocation, json!({}));
    assert_eq!(flow.world.events(), ["CREATE_CHANNEL_MESSAGE to ann bob"]);
    flow.send("and now without");
    assert_eq!(flow.world.events(), ["CREATE_CHANNEL_MESSAGE to ann bob"]);
}

#[test]
fn another_flow_takes_the_place_of_the_first() {
    let mut flow = Flowing::new();
    let other = json!({
        "AppInstanceArn": flow.world.instance, "Name": "Other", "Processors": processors(&[("other", "ABORT")]),
    });
    let other = flow.world.ok("CreateChannelFlow", other)["ChannelFlowArn"].clone();
    let associate = json!({
        "ChannelArn": flow.channel, "ChannelFlowArn": other, "ChimeBearer": flow.world.user("ann"),
    });
    flow.world.ok("AssociateChannelFlow", associate);
    flow.send("hello");
    assert!(flow.invoked().1.function.as_str().ends_with("other"));
    let channels = flow.world.ok("ListChannelsAssociatedWithChannelFlow", json!({ "ChannelFlowArn": other }));
    assert_eq!(channels["Channels"][0]["Name"], "room");
}

#[test]
fn messages_of_one_moment_keep_their_order_and_no_time_runs_backwards() {
    let mut flow = Flowing::new();
    let ids: Vec<_> = (0..3)
        .map(|n| {
            let id = flow.send(&n.to_string());
            (id, flow.invoked().1)
        })
        .collect();
    for (_, invocation) in ids.iter().rev() {
        flow.call_back(invocation, json!({}));
    }
    let list = json!({ "ChannelArn": flow.channel, "ChimeBearer": flow.world.user("bob"), "SortOrder": "ASCENDING" });
    let listed = flow.world.ok("ListChannelMessages", list)["ChannelMessages"].clone();
    for (message, (id, _)) in listed.as_array().unwrap().iter().zip(&ids) {
        assert_eq!(
            message["MessageId"], **id,
            "they stand where they were sent, not where they were let out"
        );
        assert!(message["CreatedTimestamp"].as_f64() <= message["LastUpdatedTimestamp"].as_f64());
    }
}

#[test]
fn a_sender_who_is_gone_or_banned_has_still_sent_it() {
    for name in ["DeleteAppInstanceUser", "CreateChannelBan"] {
        let mut flow = Flowing::new();
        let message = flow.world.send(&flow.channel.clone(), "bob", "hello");
        let (_, invocation) = flow.invoked();
        let bob = flow.world.user("bob");
        let input = match name {
            "CreateChannelBan" => {
                json!({ "ChannelArn": flow.channel, "MemberArn": bob, "ChimeBearer": flow.world.user("ann") })
            }
            _ => json!({ "AppInstanceUserArn": bob }),
        };
        flow.world.ok(name, input);
        assert_eq!(flow.world.events(), ["DELETE_CHANNEL_MEMBERSHIP to ann bob"], "{name}");
        flow.call_back(&invocation, json!({}));
        assert_eq!(flow.world.events(), ["CREATE_CHANNEL_MESSAGE to ann"], "{name}");
        assert_eq!(flow.read(&message, "ann"), "hello", "{name}");
    }
}

#[test]
fn a_state_that_was_written_down_goes_on_where_it_stopped() {
    let mut flow = Flowing::new();
    let message = flow.send("hello");
    let (id, invocation) = flow.invoked();
    flow.world.ended(id, failed());
    let written = serde_json::to_string(&flow.world.state).unwrap();
    flow.world.state = serde_json::from_str(&written).unwrap();
    assert_eq!(serde_json::to_string(&flow.world.state).unwrap(), written);
    flow.world.pass(Duration::from_mins(1));
    assert!(flow.is_invoked(), "what was to be tried again is");
    flow.call_back(&invocation, json!({}));
    assert_eq!(flow.status(&message, "ann"), "SENT");
}
