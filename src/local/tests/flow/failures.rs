//! Functions that cannot be invoked, fail, or are throttled.

use std::time::Duration;

use serde_json::json;

use super::{Flowing, failed, refused};
use crate::local::state::End;

#[test]
fn a_function_that_cannot_be_invoked_is_passed_over_or_stops_the_message() {
    let mut flow = Flowing::through(&[("one", "CONTINUE"), ("two", "ABORT")]);
    let message = flow.send("hello");
    let (id, first) = flow.invoked();
    flow.world.ended(id, refused());
    let (id, second) = flow.invoked();
    assert_ne!(first.callback, second.callback);
    flow.world.ended(id, refused());
    assert_eq!(flow.world.events(), ["FAILED_CREATE_CHANNEL_MESSAGE to ann"]);
    assert_eq!((flow.read(&message, "ann"), flow.read(&message, "bob")), ("hello".into(), "NotFound".into()));
    assert_eq!(flow.status(&message, "ann"), "FAILED");
    let reasons: Vec<_> =
        flow.world.state.records.all().iter().map(|it| &it["detail"]["failureReason"]).collect();
    assert_eq!(
        reasons, ["nobody may invoke it"; 2],
        "EventBridge hears of it whatever becomes of the message"
    );
    let late = flow.callback(&first, json!({}));
    assert_eq!(flow.world.refused("ChannelFlowCallback", late), "Forbidden");

    let mut flow = Flowing::through(&[("one", "CONTINUE")]);
    flow.send("hello");
    let (id, _) = flow.invoked();
    flow.world.ended(id, refused());
    assert_eq!(flow.world.events(), ["CREATE_CHANNEL_MESSAGE to ann bob"], "unprocessed");
}

#[test]
fn a_function_that_fails_is_tried_again_after_one_and_two_minutes_and_the_message_stays_pending() {
    let mut flow = Flowing::through(&[("one", "CONTINUE")]);
    let message = flow.send("hello");
    let (id, invocation) = flow.invoked();
    for wait in [60, 120] {
        flow.world.ended(id, failed());
        assert!(!flow.is_invoked());
        flow.world.pass(Duration::from_secs(wait - 1));
        assert!(!flow.is_invoked(), "not before {wait} s");
        flow.world.pass(Duration::from_secs(1));
        assert_eq!(flow.invoked().1.callback, invocation.callback, "it is the same event");
        flow.world.pass(Duration::from_secs(1));
        assert!(!flow.is_invoked(), "once");
    }
    flow.world.ended(id, failed());
    assert!(flow.world.state.deliveries.invocations().is_empty());
    let record = flow.world.state.records.all().back().unwrap();
    assert_eq!(record["requestContext"]["condition"], "RetriesExhausted");
    assert_eq!(record["requestContext"]["approximateInvokeCount"], 3);
    assert_eq!(record["requestPayload"]["CallbackId"], *invocation.callback);
    flow.world.pass(Duration::from_hours(24));
    assert_eq!(flow.status(&message, "ann"), "PENDING", "the service never learns that a function failed");
    flow.call_back(&invocation, json!({}));
    assert_eq!(flow.status(&message, "ann"), "SENT", "and takes its answer however late");
}

#[test]
fn a_throttled_invocation_is_tried_for_six_hours() {
    let mut flow = Flowing::new();
    flow.send("hello");
    let (id, _) = flow.invoked();
    let start = flow.world.now;
    let mut waits = Vec::new();
    loop {
        flow.world.ended(id, End::Throttled);
        let Some(invocation) = flow.world.state.deliveries.invocations().get(&id) else { break };
        let wait = invocation.due.unwrap().since(flow.world.now);
        waits.push(wait.as_secs());
        flow.world.pass(wait);
        assert!(flow.is_invoked());
    }
    assert_eq!(waits[..10], [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
    let kept = flow.world.now.since(start);
    assert!(kept >= Duration::from_hours(6) && kept < Duration::from_mins(6 * 60 + 5), "{kept:?}");
    assert_eq!(
        flow.world.state.records.all().back().unwrap()["requestContext"]["condition"],
        "EventAgeExceeded"
    );
}
