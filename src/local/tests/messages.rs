//! Contents, visibility and changes of messages, without a flow.

use std::time::Duration;

use serde_json::{Value, json};

use super::{World, and};
use crate::local::arn::Arn;

fn room() -> (World, Arn) {
    let mut world = World::with(&["ann", "bob", "cy", "admin"]);
    let admin = json!({ "AppInstanceArn": world.instance, "AppInstanceAdminArn": world.user("admin") });
    world.ok("CreateAppInstanceAdmin", admin);
    let channel = world.make_channel("room", "ann", &["bob", "cy"], json!({}));
    (world, channel)
}

#[test]
fn a_message_has_limits() {
    let (mut world, channel) = room();
    let message = world.message(&channel, "ann", "hello");
    let control = json!({ "Type": "CONTROL" });
    let attribute = |size: usize| json!({ "MessageAttributes": { "name": { "StringValues": vec!["x".repeat(510); size / 510] } } });
    for (change, fits) in [
        (json!({ "Content": "x".repeat(4096) }), true),
        (json!({ "Content": "x".repeat(4097) }), false),
        (json!({ "Content": "é".repeat(2048) }), true),
        (json!({ "Content": "é".repeat(2049) }), false),
        (and(&control, json!({ "Content": "x".repeat(30) })), true),
        (and(&control, json!({ "Content": "x".repeat(31) })), false),
        (and(&control, json!({ "Metadata": "m" })), false),
        (json!({ "Metadata": "é".repeat(512) }), true),
        (json!({ "Metadata": "é".repeat(513) }), false),
        (attribute(1020), true),
        (attribute(1530), false),
    ] {
        let came = world.ask("SendChannelMessage", and(&message, change.clone()));
        assert_eq!(came.is_ok(), fits, "{:.60}", change.to_string());
    }
}

#[test]
fn what_is_not_kept_does_not_count_as_said() {
    let (mut world, channel) = room();
    let typing = json!({ "Type": "CONTROL", "Persistence": "NON_PERSISTENT" });
    let typing = and(&world.message(&channel, "ann", "typing"), typing);
    world.ok("SendChannelMessage", typing);
    assert_eq!(world.events(), ["CREATE_CHANNEL_MESSAGE to ann bob cy"]);
    assert_eq!(world.state.channels.all()[&channel].last_message, None);
    world.send(&channel, "ann", "hello");
    assert_eq!(world.state.channels.all()[&channel].last_message, Some(world.now));
}

#[test]
fn a_channel_that_was_read_is_read_however_fast_people_write() {
    let (mut world, channel) = room();
    let bob = world.user("bob");
    for _ in 0..5 {
        for _ in 0..50 {
            world.send(&channel, "ann", "hello");
        }
        world.ok("UpdateChannelReadMarker", json!({ "ChannelArn": channel, "ChimeBearer": bob }));
        let read = json!({ "ChannelArn": channel, "ChimeBearer": bob, "AppInstanceUserArn": bob });
        let read = world.ok("DescribeChannelMembershipForAppInstanceUser", read);
        let (channel, mine) = (
            &read["ChannelMembership"]["ChannelSummary"],
            &read["ChannelMembership"]["AppInstanceUserMembershipSummary"],
        );
        assert!(mine["ReadMarkerTimestamp"].as_f64() >= channel["LastMessageTimestamp"].as_f64(), "{read}");
        world.now = world.now.plus(Duration::from_millis(10));
    }
}

#[test]
fn a_message_for_one_member_is_between_two() {
    let (mut world, channel) = room();
    let target = |who: Arn| json!({ "Target": [{ "MemberArn": who }] });
    let message = world.message(&channel, "ann", "psst");
    assert_eq!(world.refused("SendChannelMessage", and(&message, target(world.user("admin")))), "BadRequest");
    let sent = world.ok("SendChannelMessage", and(&message, target(world.user("bob"))));
    assert_eq!(world.events(), ["CREATE_CHANNEL_MESSAGE to ann bob"]);
    for (who, reads) in [("ann", 1), ("bob", 1), ("cy", 0), ("admin", 0)] {
        let list = json!({ "ChannelArn": channel, "ChimeBearer": world.user(who) });
        let list = world.ok("ListChannelMessages", list);
        assert_eq!(list["ChannelMessages"].as_array().unwrap().len(), reads, "{who}");
    }
    let delete =
        json!({ "ChannelArn": channel, "ChimeBearer": world.user("admin"), "MessageId": sent["MessageId"] });
    world.ok("DeleteChannelMessage", delete);
    assert_eq!(world.events(), ["DELETE_CHANNEL_MESSAGE to ann bob"]);
}

#[test]
fn a_redacted_message_is_empty_and_stays() {
    let (mut world, channel) = room();
    let message = and(&world.message(&channel, "bob", "secret"), json!({ "Metadata": "m" }));
    let sent = world.ok("SendChannelMessage", message);
    let about =
        json!({ "ChannelArn": channel, "ChimeBearer": world.user("bob"), "MessageId": sent["MessageId"] });
    world.ok("RedactChannelMessage", about.clone());
    assert_eq!(world.events(), ["REDACT_CHANNEL_MESSAGE to ann bob cy"]);
    let payload = world.payload();
    assert!(payload.get("Content").is_none() && payload.get("Metadata").is_none());
    let got = world.ok("GetChannelMessage", about.clone())["ChannelMessage"].clone();
    assert_eq!(got["Redacted"], true);
    assert!(got.get("Content").is_none());
    assert_eq!(
        world.refused("UpdateChannelMessage", and(&about, json!({ "Content": "again" }))),
        "Forbidden"
    );
    let list = json!({ "ChannelArn": channel, "ChimeBearer": world.user("cy") });
    let listed = world.ok("ListChannelMessages", list)["ChannelMessages"][0].clone();
    assert_eq!(listed["MessageId"], sent["MessageId"]);
    assert!(listed.get("ChannelArn").is_none() && listed.get("Persistence").is_none());
    let delete = and(&about, json!({ "ChimeBearer": world.user("admin") }));
    world.ok("DeleteChannelMessage", delete);
    assert_eq!(world.refused("GetChannelMessage", about), "NotFound");
}

#[test]
fn an_edited_message_says_when() {
    let (mut world, channel) = room();
    let id = world.send(&channel, "bob", "one");
    let about = json!({ "ChannelArn": channel, "ChimeBearer": world.user("bob"), "MessageId": id });
    let got = world.ok("GetChannelMessage", about.clone())["ChannelMessage"].clone();
    assert!(got.get("LastEditedTimestamp").is_none());
    assert!(got["CreatedTimestamp"].as_f64() <= got["LastUpdatedTimestamp"].as_f64());
    world.pass(Duration::from_secs(3));
    world.ok("UpdateChannelMessage", and(&about, json!({ "Content": "two", "Metadata": "m" })));
    assert_eq!(world.events(), ["UPDATE_CHANNEL_MESSAGE to ann bob cy"]);
    assert_eq!(world.payload()["CreatedTimestamp"], "2026-11-20T10:30:00.000Z", "events carry ISO 8601");
    let got = world.ok("GetChannelMessage", about)["ChannelMessage"].clone();
    assert_eq!((&got["Content"], &got["Metadata"]), (&json!("two"), &json!("m")));
    let seconds = |name: &str| got[name].as_f64().unwrap();
    assert!((seconds("LastEditedTimestamp") - seconds("CreatedTimestamp") - 3.0).abs() < 1e-3);
}

#[test]
fn messages_are_listed_in_either_order_page_by_page() {
    let (mut world, channel) = room();
    for n in 0..7 {
        world.send(&channel, "ann", &n.to_string());
        world.now = world.now.plus(Duration::from_secs(u64::from(n % 2 == 0)));
    }
    let mut read = |more: Value| {
        let mut all = Vec::new();
        let mut list =
            and(&json!({ "ChannelArn": channel, "ChimeBearer": world.user("bob"), "MaxResults": 2 }), more);
        loop {
            let page = world.ok("ListChannelMessages", list.clone());
            let texts = page["ChannelMessages"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it["Content"].as_str().unwrap().to_owned());
            all.extend(texts);
            let Some(next) = page.get("NextToken") else { return all.concat() };
            list["NextToken"] = next.clone();
        }
    };
    assert_eq!(read(json!({})), "6543210");
    assert_eq!(read(json!({ "SortOrder": "ASCENDING" })), "0123456");
    assert_eq!(
        read(json!({ "NotBefore": "2026-11-20T10:30:01Z", "NotAfter": "2026-11-20T10:30:02.001Z" })),
        "4321"
    );
    assert_eq!(read(json!({ "NotBefore": "2026-11-20T10:30:02Z", "NotAfter": "2026-11-20T10:30:01Z" })), "");
}

#[test]
fn what_happens_is_streamed_where_that_is_wanted() {
    let (mut world, channel) = room();
    let stream = "arn:aws:kinesis:us-east-1:111122223333:stream/chime-messaging-house";
    let put = json!({
        "AppInstanceArn": world.instance,
        "StreamingConfigurations": [
            { "DataType": "ChannelMessage", "ResourceArn": stream }, { "DataType": "Channel", "ResourceArn": stream },
        ],
    });
    world.ok("PutMessagingStreamingConfigurations", put.clone());
    for wrong in [stream.replace("chime-messaging-", ""), stream.replace("us-east-1", "eu-central-1")] {
        let mut put = put.clone();
        put["StreamingConfigurations"][0]["ResourceArn"] = json!(wrong);
        assert_eq!(world.refused("PutMessagingStreamingConfigurations", put), "BadRequest", "{wrong}");
    }
    let mut twice = put;
    twice["StreamingConfigurations"][0]["DataType"] = json!("Channel");
    assert_eq!(world.refused("PutMessagingStreamingConfigurations", twice), "BadRequest");
    let id = world.send(&channel, "bob", "hello");
    let about = json!({ "ChannelArn": channel, "ChimeBearer": world.user("bob"), "MessageId": id });
    world.ok("RedactChannelMessage", about);
    world.make_channel("new", "ann", &[], json!({}));
    let streamed: Vec<_> =
        world.state.records.all().iter().map(|record| record["EventType"].as_str().unwrap()).collect();
    assert_eq!(streamed, ["CREATE_CHANNEL_MESSAGE", "REDACT_CHANNEL_MESSAGE", "CREATE_CHANNEL"]);
    assert_eq!(world.state.records.all()[0]["Payload"]["Content"], "hello");
    world.ok("DeleteMessagingStreamingConfigurations", json!({ "AppInstanceArn": world.instance }));
    world.send(&channel, "bob", "unseen");
    assert_eq!(world.state.records.all().len(), 3);
}
