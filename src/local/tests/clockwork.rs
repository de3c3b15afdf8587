//! Changes caused by time alone: expiration and retention.

use std::time::Duration;

use serde_json::json;

use super::{MODEL, World, and};
use crate::local::command::Command;
use crate::local::state::State;
use crate::local::time::Timestamp;

const DAY: Duration = Duration::from_hours(24);

#[test]
fn channels_expire_after_they_were_made_or_last_spoken_in() {
    let mut world = World::with(&["ann", "bob"]);
    let days = |days: u32, criterion: &str| json!({ "ExpirationSettings": { "ExpirationDays": days, "ExpirationCriterion": criterion } });
    let made = world.make_channel("made", "ann", &["bob"], days(2, "CREATED_TIMESTAMP"));
    let spoken = world.make_channel("spoken", "ann", &["bob"], days(2, "LAST_MESSAGE_TIMESTAMP"));
    let kept = world.make_channel("kept", "ann", &["bob"], days(1, "CREATED_TIMESTAMP"));
    world.ok("PutChannelExpirationSettings", json!({ "ChannelArn": kept, "ChimeBearer": world.user("ann") }));
    world.pass(DAY);
    world.send(&spoken, "ann", "still here");
    world.pass(DAY.saturating_sub(Duration::from_millis(1)));
    assert_eq!(world.state.channels.all().len(), 3);
    world.pass(Duration::from_millis(1));
    assert_eq!(world.events(), ["DELETE_CHANNEL to ann bob"]);
    assert!(!world.state.channels.all().contains_key(&made));
    world.pass(DAY);
    assert_eq!(
        world.state.channels.all().keys().collect::<Vec<_>>(),
        [&kept],
        "what was called off does not happen"
    );
    let list = json!({ "ChimeBearer": world.user("bob") });
    let memberships = world.ok("ListChannelMembershipsForAppInstanceUser", list);
    assert_eq!(memberships["ChannelMemberships"].as_array().unwrap().len(), 1);
}

#[test]
fn what_expires_at_once_expires_in_its_order() {
    let hours = Duration::from_hours;
    let expires = |criterion: &str| json!({ "ExpirationSettings": { "ExpirationDays": 2, "ExpirationCriterion": criterion } });
    let mut world = World::with(&["ann"]);
    let channel = world.make_channel("spoken", "ann", &[], expires("LAST_MESSAGE_TIMESTAMP"));
    world.pass(hours(1));
    let bob = world.add_user("bob");
    let put = and(&json!({ "AppInstanceUserArn": bob }), expires("CREATED_TIMESTAMP"));
    world.ok("PutAppInstanceUserExpirationSettings", put);
    let join = json!({ "ChannelArn": channel, "ChimeBearer": bob, "MemberArn": bob, "Type": "DEFAULT" });
    world.ok("CreateChannelMembership", join);
    world.pass(hours(1));
    world.send(&channel, "ann", "hello");
    world.pass(DAY * 3);
    assert_eq!(world.events(), ["DELETE_CHANNEL_MEMBERSHIP to ann bob", "DELETE_CHANNEL to ann"]);
}

#[test]
fn expiration_can_be_put_off() {
    let mut world = World::with(&["ann"]);
    let days = |days: u32| json!({ "ExpirationDays": days, "ExpirationCriterion": "CREATED_TIMESTAMP" });
    let channel = world.make_channel("room", "ann", &[], json!({ "ExpirationSettings": days(1) }));
    let put = json!({ "ChannelArn": channel, "ChimeBearer": world.user("ann") });
    world.ok("PutChannelExpirationSettings", and(&put, json!({ "ExpirationSettings": days(3) })));
    world.pass(DAY * 2);
    assert!(world.state.channels.all().contains_key(&channel));
    world.pass(DAY);
    assert!(world.state.channels.all().is_empty());
}

#[test]
fn users_expire_and_leave_everything() {
    let mut world = World::with(&["ann", "bob"]);
    world.make_channel("room", "ann", &["bob"], json!({}));
    let put = json!({
        "AppInstanceUserArn": world.user("bob"),
        "ExpirationSettings": { "ExpirationDays": 1, "ExpirationCriterion": "CREATED_TIMESTAMP" },
    });
    world.ok("PutAppInstanceUserExpirationSettings", put);
    world.pass(DAY);
    assert_eq!(world.events(), ["DELETE_CHANNEL_MEMBERSHIP to ann bob"]);
    assert_eq!(
        world.refused("DescribeAppInstanceUser", json!({ "AppInstanceUserArn": world.user("bob") })),
        "Forbidden"
    );
}

#[test]
fn messages_that_are_too_old_are_hidden_and_then_deleted() {
    let mut world = World::with(&["ann"]);
    let channel = world.make_channel("room", "ann", &[], json!({}));
    let old = world.send(&channel, "ann", "old");
    world.pass(DAY);
    let new = world.send(&channel, "ann", "new");
    let settings = json!({ "ChannelRetentionSettings": { "RetentionDays": 1 } });
    let put = json!({ "AppInstanceArn": world.instance, "AppInstanceRetentionSettings": settings });
    let answer = world.ok("PutAppInstanceRetentionSettings", put);
    assert_eq!(answer["AppInstanceRetentionSettings"], settings);
    let got = world.ok("GetAppInstanceRetentionSettings", json!({ "AppInstanceArn": world.instance }));
    assert_eq!(got, answer);
    world.now = world.now.plus(Duration::from_millis(1));
    let about = |world: &World, id: &str| json!({ "ChannelArn": channel, "ChimeBearer": world.user("ann"), "MessageId": id });
    let (hidden, seen) = (about(&world, &old), about(&world, &new));
    assert_eq!(world.refused("GetChannelMessage", hidden.clone()), "NotFound");
    assert_eq!(world.refused("RedactChannelMessage", hidden), "Forbidden");
    world.ok("GetChannelMessage", seen);
    let list = json!({ "ChannelArn": channel, "ChimeBearer": world.user("ann") });
    assert_eq!(world.ok("ListChannelMessages", list)["ChannelMessages"].as_array().unwrap().len(), 1);
    assert_eq!(world.state.channels.all()[&channel].messages.len(), 2);
    world.pass(Duration::from_hours(1));
    let there = &world.state.channels.all()[&channel];
    assert_eq!((there.messages.len(), there.message_keys.len()), (1, 1));
}

#[test]
fn pages_go_on_while_messages_become_too_old() {
    for (order, size) in
        ["ASCENDING", "DESCENDING"].into_iter().flat_map(|order| [(order, 1), (order, 2), (order, 5)])
    {
        let mut world = World::with(&["ann"]);
        let channel = world.make_channel("room", "ann", &[], json!({}));
        let settings = json!({ "ChannelRetentionSettings": { "RetentionDays": 1 } });
        let put = json!({ "AppInstanceArn": world.instance, "AppInstanceRetentionSettings": settings });
        world.ok("PutAppInstanceRetentionSettings", put);
        let mut sent = Vec::new();
        for _ in 0..20 {
            world.now = world.now.plus(Duration::from_hours(1));
            sent.push((world.now, world.send(&channel, "ann", "hello")));
        }
        if order == "DESCENDING" {
            sent.reverse();
        }
        let list = json!({ "ChannelArn": channel, "ChimeBearer": world.user("ann"), "SortOrder": order, "MaxResults": size });
        let (mut token, mut rest) = (json!(null), &*sent);
        while !rest.is_empty() {
            // The oldest are hidden from one page to the next, some of which were not read yet.
            world.now = world.now.plus(Duration::from_hours(3));
            let kept = |time: Timestamp| world.now.since(time) <= DAY;
            let wanted: Vec<_> = rest.iter().filter(|(time, _)| kept(*time)).take(size).collect();
            let page = if token.is_null() { list.clone() } else { and(&list, json!({ "NextToken": token })) };
            let expected: Vec<_> = wanted.iter().map(|(_, id)| id.clone()).collect();
            let page = world.ok("ListChannelMessages", page);
            let messages = page["ChannelMessages"].as_array().unwrap().iter();
            let came: Vec<_> =
                messages.map(|message| message["MessageId"].as_str().unwrap().to_owned()).collect();
            assert_eq!(came, expected, "{order} {size}");
            token = page["NextToken"].clone();
            let read = expected.last().and_then(|last| rest.iter().position(|(_, id)| id == last));
            rest = read.map_or(&[], |read| &rest[read + 1..]);
            let more = rest.iter().any(|(time, _)| world.now.since(*time) <= DAY);
            assert_eq!(token.is_string(), more, "{order} {size}");
            if !more {
                break;
            }
        }
    }
}

#[test]
fn a_clock_that_is_moved_does_what_is_due_and_is_part_of_the_journal() {
    let mut world = World::with(&["ann"]);
    let expires =
        json!({ "ExpirationSettings": { "ExpirationDays": 1, "ExpirationCriterion": "CREATED_TIMESTAMP" } });
    world.make_channel("room", "ann", &[], expires);
    let before = world.state.now;
    let by = |millis: u64| Command::Advance { millis };
    for hours in [3, 20] {
        world.carry_out(by(hours * 3_600_000));
    }
    assert_eq!(world.state.now.since(before), Duration::from_hours(23));
    assert_eq!(world.state.channels.all().len(), 1);
    world.carry_out(by(3_600_000));
    assert!(world.state.channels.all().is_empty());
    assert_eq!(world.state.ahead, 24 * 3_600_000);
    assert!(world.state.carry_out(by(u64::MAX), world.now, "", &MODEL).is_err());
    let mut again = State::new(7);
    for (now, command) in world.journal {
        again.carry_out(command, now, "", &MODEL).unwrap();
    }
    assert_eq!(serde_json::to_value(&again).unwrap(), serde_json::to_value(&world.state).unwrap());
}

#[test]
fn the_service_knows_when_it_has_something_to_do() {
    let mut world = World::with(&["ann"]);
    assert_eq!(world.state.next_due(), None);
    let expires =
        json!({ "ExpirationSettings": { "ExpirationDays": 1, "ExpirationCriterion": "CREATED_TIMESTAMP" } });
    world.make_channel("room", "ann", &[], expires);
    assert_eq!(world.state.next_due(), Some(world.now.plus(DAY)));
    world.pass(DAY);
    assert_eq!(world.state.next_due(), None);
}
