//! Elastic channels: members in sub-channels that are created and closed.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{World, and};
use crate::local::arn::Arn;

/// Returns a channel of at most two sub-channels with this many members each, and a minimum of two fifths of them.
fn elastic(members: u32) -> (World, Arn) {
    let mut world = World::with(&["mod", "a", "b", "c", "d", "e"]);
    let size = json!({ "ElasticChannelConfiguration": {
        "MaximumSubChannels": 2, "TargetMembershipsPerSubChannel": members, "MinimumMembershipPercentage": 40,
    } });
    let channel = world.make_channel("hall", "mod", &[], size);
    (world, channel)
}

fn add(world: &World, channel: &Arn, who: &str) -> Value {
    json!({
        "ChannelArn": channel, "ChimeBearer": world.user("mod"), "MemberArn": world.user(who), "Type": "DEFAULT",
    })
}

fn join(world: &mut World, channel: &Arn, who: &str) -> String {
    let add = add(world, channel, who);
    world.ok("CreateChannelMembership", add)["SubChannelId"].as_str().unwrap().to_owned()
}

fn leave(world: &mut World, channel: &Arn, who: &str) {
    let leave =
        json!({ "ChannelArn": channel, "ChimeBearer": world.user("mod"), "MemberArn": world.user(who) });
    world.ok("DeleteChannelMembership", leave);
}

fn sub_channels(world: &mut World, channel: &Arn) -> BTreeMap<String, u64> {
    let list = json!({ "ChannelArn": channel, "ChimeBearer": world.user("mod") });
    let list = world.ok("ListSubChannels", list);
    let parts = list["SubChannels"].as_array().unwrap().iter();
    parts
        .map(|it| (it["SubChannelId"].as_str().unwrap().to_owned(), it["MembershipCount"].as_u64().unwrap()))
        .collect()
}

#[test]
fn whoever_makes_one_moderates_it_and_is_not_in_it() {
    let (mut world, channel) = elastic(2);
    let channel_now = &world.state.channels.all()[&channel];
    assert_eq!((channel_now.members.len(), channel_now.moderators.len()), (0, 1));
    assert_eq!(sub_channels(&mut world, &channel).values().collect::<Vec<_>>(), [&0]);
    let another = json!({
        "AppInstanceArn": world.instance, "ChimeBearer": world.user("a"), "Name": "x",
        "ElasticChannelConfiguration": { "MaximumSubChannels": 2, "TargetMembershipsPerSubChannel": 2, "MinimumMembershipPercentage": 1 },
    });
    assert_eq!(
        world.refused("CreateChannel", and(&another, json!({ "MemberArns": [world.user("b")] }))),
        "BadRequest"
    );
    assert_eq!(
        world.refused("CreateChannel", and(&another, json!({ "Mode": "UNRESTRICTED" }))),
        "BadRequest"
    );
    assert_eq!(world.refused("CreateChannel", another), "ResourceLimitExceeded", "one an app instance");
    let open = json!({ "ChannelArn": channel, "ChimeBearer": world.user("mod"), "Mode": "UNRESTRICTED" });
    assert_eq!(world.refused("UpdateChannel", open), "BadRequest");
}

#[test]
fn only_those_who_run_a_channel_see_how_it_is_divided() {
    let (mut world, channel) = elastic(3);
    let admin = json!({ "AppInstanceArn": world.instance, "AppInstanceAdminArn": world.user("e") });
    world.ok("CreateAppInstanceAdmin", admin);
    join(&mut world, &channel, "a");
    join(&mut world, &channel, "e");
    for (who, sees) in [("mod", true), ("e", true), ("a", false), ("b", false)] {
        let about = json!({ "ChannelArn": channel, "ChimeBearer": world.user(who) });
        let described = world.ok("DescribeChannel", about);
        let configuration = described["Channel"].get("ElasticChannelConfiguration");
        assert_eq!(configuration.is_some(), sees, "{who}");
    }
    let update = json!({ "ChannelArn": channel, "ChimeBearer": world.user("mod"), "Name": "Hall" });
    world.ok("UpdateChannel", update);
    assert_eq!(world.events(), ["UPDATE_CHANNEL to e", "UPDATE_CHANNEL to a"]);
    assert_eq!(world.payload().get("ElasticChannelConfiguration"), None);
}

#[test]
fn members_are_spread_over_sub_channels() {
    let (mut world, channel) = elastic(2);
    let [a, b, c] = ["a", "b", "c"].map(|who| join(&mut world, &channel, who));
    assert_eq!(a, b, "one is filled before the next is made");
    assert_ne!(a, c);
    assert_eq!(world.events(), ["CREATE_CHANNEL_MEMBERSHIP to c"], "they hear of their own sub-channel only");
    join(&mut world, &channel, "d");
    assert_eq!(sub_channels(&mut world, &channel), [(a.clone(), 2), (c.clone(), 2)].into());
    let full = add(&world, &channel, "e");
    assert_eq!(world.refused("CreateChannelMembership", full.clone()), "ResourceLimitExceeded");
    let chosen = and(&full, json!({ "SubChannelId": a }));
    assert_eq!(world.refused("CreateChannelMembership", chosen), "BadRequest", "only moderators choose");
    let moderator = add(&world, &channel, "mod");
    assert_eq!(world.refused("CreateChannelMembership", moderator.clone()), "BadRequest", "and have to");
    let moderator = and(&moderator, json!({ "SubChannelId": c }));
    assert_eq!(world.ok("CreateChannelMembership", moderator)["SubChannelId"], *c);
    assert_eq!(world.events(), ["CREATE_CHANNEL_MEMBERSHIP to c d mod"]);
    let list = json!({ "ChannelArn": channel, "ChimeBearer": world.user("mod"), "SubChannelId": a });
    assert_eq!(world.ok("ListChannelMemberships", list)["ChannelMemberships"].as_array().unwrap().len(), 2);
}

#[test]
fn messages_stay_in_their_sub_channel() {
    let (mut world, channel) = elastic(2);
    let [a, _, c] = ["a", "b", "c"].map(|who| join(&mut world, &channel, who));
    let message = world.message(&channel, "a", "hello");
    assert_eq!(world.refused("SendChannelMessage", message.clone()), "BadRequest", "it has to be said where");
    assert_eq!(world.refused("SendChannelMessage", and(&message, json!({ "SubChannelId": c }))), "Forbidden");
    let target = json!({ "SubChannelId": a, "Target": [{ "MemberArn": world.user("c") }] });
    assert_eq!(world.refused("SendChannelMessage", and(&message, target)), "BadRequest", "nobody there");
    let sent = world.ok("SendChannelMessage", and(&message, json!({ "SubChannelId": a })));
    assert_eq!(world.events(), ["CREATE_CHANNEL_MESSAGE to a b"]);
    assert_eq!(world.payload()["SubChannelId"], *a);
    let read = json!({ "ChannelArn": channel, "MessageId": sent["MessageId"], "SubChannelId": a });
    for (who, came) in [("b", "y"), ("mod", "y"), ("c", "Forbidden")] {
        let read = and(&read, json!({ "ChimeBearer": world.user(who) }));
        let came_of_it = world.ask("GetChannelMessage", read).map_or_else(|(error, _)| error, |_| "y".into());
        assert_eq!(came_of_it, came, "{who}");
    }
    let elsewhere = and(&read, json!({ "ChimeBearer": world.user("mod"), "SubChannelId": c }));
    assert_eq!(world.refused("GetChannelMessage", elsewhere), "NotFound");
    let marker = json!({ "ChannelArn": channel, "ChimeBearer": world.user("a") });
    assert_eq!(world.refused("UpdateChannelReadMarker", marker), "BadRequest");
}

#[test]
fn a_sub_channel_that_is_too_small_is_closed() {
    let (mut world, channel) = elastic(3);
    let [a, .., d] = ["a", "b", "c", "d", "e"].map(|who| join(&mut world, &channel, who));
    let moderator = and(&add(&world, &channel, "mod"), json!({ "SubChannelId": d }));
    world.ok("CreateChannelMembership", moderator);
    leave(&mut world, &channel, "a");
    leave(&mut world, &channel, "b");
    // One of three members is left, and the minimum is two. The other sub-channel has three, and no room for it.
    assert_eq!(sub_channels(&mut world, &channel), [(a.clone(), 1), (d.clone(), 3)].into());
    leave(&mut world, &channel, "e");
    assert_eq!(sub_channels(&mut world, &channel), [(a.clone(), 1), (d.clone(), 2)].into());
    leave(&mut world, &channel, "d");
    // Now the other is below the minimum and is closed; its moderator has to join again.
    assert_eq!(
        world.events(),
        ["DELETE_CHANNEL_MEMBERSHIP to d mod", "DELETE_CHANNEL_MEMBERSHIP to mod"],
        "the moderator was the last one there"
    );
    assert_eq!(sub_channels(&mut world, &channel), [(a.clone(), 1)].into());
    assert_eq!(world.state.channels.all()[&channel].members.len(), 1);
}

#[test]
fn members_of_a_closed_sub_channel_move() {
    let (mut world, channel) = elastic(3);
    let [a, ..] = ["a", "b", "c", "d", "e"].map(|who| join(&mut world, &channel, who));
    leave(&mut world, &channel, "b");
    leave(&mut world, &channel, "e");
    assert_eq!(world.events(), ["DELETE_CHANNEL_MEMBERSHIP to d e", "UPDATE_CHANNEL_MEMBERSHIP to a c d"]);
    assert_eq!(world.payload()["SubChannelId"], *a);
    assert_eq!(sub_channels(&mut world, &channel), [(a, 3)].into());
}

#[test]
fn what_was_said_in_a_closed_sub_channel_is_over_for_everybody() {
    let (mut world, channel) = elastic(3);
    let admin = json!({ "AppInstanceArn": world.instance, "AppInstanceAdminArn": world.user("e") });
    world.ok("CreateAppInstanceAdmin", admin);
    let [a, .., d] = ["a", "b", "c", "d", "e"].map(|who| join(&mut world, &channel, who));
    let message = and(&world.message(&channel, "d", "hello"), json!({ "SubChannelId": d }));
    let sent = world.ok("SendChannelMessage", message);
    let about = json!({ "ChannelArn": channel, "SubChannelId": d });
    let one = and(&about, json!({ "MessageId": sent["MessageId"] }));
    let changed = and(&one, json!({ "Content": "changed" }));
    // Until then, administrators and moderators read it without being there.
    for who in ["e", "mod"] {
        world.ok("GetChannelMessage", and(&one, json!({ "ChimeBearer": world.user(who) })));
        let list = and(&about, json!({ "ChimeBearer": world.user(who) }));
        assert_eq!(world.ok("ListChannelMessages", list)["ChannelMessages"].as_array().unwrap().len(), 1);
    }
    leave(&mut world, &channel, "b");
    leave(&mut world, &channel, "e");
    assert_eq!(sub_channels(&mut world, &channel), [(a, 3)].into(), "d moved");
    let never = json!({ "SubChannelId": "never" });
    for who in ["e", "mod", "d", "a"] {
        let by = json!({ "ChimeBearer": world.user(who) });
        for (name, input) in [
            ("GetChannelMessage", &one),
            ("GetChannelMessageStatus", &one),
            ("UpdateChannelMessage", &changed),
            ("RedactChannelMessage", &one),
            ("DeleteChannelMessage", &one),
            ("ListChannelMessages", &about),
            ("ListChannelMemberships", &about),
        ] {
            let input = and(input, by.clone());
            for input in [&input, &and(&input, never.clone())] {
                let error = world.refused(name, input.clone());
                assert!(["NotFound", "Forbidden"].contains(&&*error), "{name} by {who}: {error}");
            }
        }
    }
}
