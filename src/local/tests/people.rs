//! Roles of users in channels, and what remains after a user is deleted.

use serde_json::{Value, json};

use super::requests::processors;
use super::{World, and};
use crate::local::arn::Arn;
use crate::local::state::Effect;

fn room() -> (World, Arn) {
    let mut world = World::with(&["ann", "bob", "cy", "dee"]);
    let channel = world.make_channel("room", "ann", &["bob", "cy"], json!({}));
    (world, channel)
}

fn list(world: &mut World, name: &str, input: Value, of: &str) -> usize {
    world.ok(name, input)[of].as_array().unwrap().len()
}

#[test]
fn whoever_makes_a_channel_is_in_it_and_runs_it() {
    let (mut world, channel) = room();
    assert_eq!(
        world.events(),
        ["ann", "bob", "cy"].map(|_| "CREATE_CHANNEL_MEMBERSHIP to ann bob cy".to_owned()),
        "one event a member"
    );
    let by = json!({ "ChannelArn": channel, "ChimeBearer": world.user("ann") });
    assert_eq!(list(&mut world, "ListChannelModerators", by.clone(), "ChannelModerators"), 1);
    let membership =
        world.ok("DescribeChannelMembership", and(&by, json!({ "MemberArn": world.user("bob") })));
    assert_eq!(membership["ChannelMembership"]["InvitedBy"]["Name"], "ann");
    let defaults = world.ok("DescribeChannel", by.clone())["Channel"].clone();
    assert_eq!((&defaults["Privacy"], &defaults["Mode"]), (&json!("PUBLIC"), &json!("RESTRICTED")));
    world.ok("UpdateChannel", and(&by, json!({ "Name": "hall" })));
    assert_eq!(world.events(), ["UPDATE_CHANNEL to ann bob cy"]);
}

#[test]
fn a_ban_puts_out_and_keeps_out() {
    let (mut world, channel) = room();
    let by =
        json!({ "ChannelArn": channel, "ChimeBearer": world.user("ann"), "MemberArn": world.user("bob") });
    world.ok("CreateChannelBan", by.clone());
    assert_eq!(world.events(), ["DELETE_CHANNEL_MEMBERSHIP to ann bob cy"]);
    assert!(!world.effects.iter().any(|effect| matches!(effect, Effect::Close { .. })), "sessions stay open");
    world.send(&channel, "ann", "he is gone");
    assert_eq!(world.events(), ["CREATE_CHANNEL_MESSAGE to ann cy"]);
    let add = and(&by, json!({ "Type": "DEFAULT" }));
    assert_eq!(world.refused("CreateChannelMembership", add.clone()), "Forbidden");
    world.ok("DeleteChannelBan", by);
    assert_eq!(world.state.channels.all()[&channel].members.len(), 2, "to lift a ban adds nobody");
    world.ok("CreateChannelMembership", add);
}

#[test]
fn a_hidden_member_is_listed_only_when_asked_for() {
    let (mut world, channel) = room();
    let hidden = json!({
        "ChannelArn": channel, "ChimeBearer": world.user("ann"), "MemberArn": world.user("dee"), "Type": "HIDDEN",
    });
    world.ok("CreateChannelMembership", hidden);
    let by = json!({ "ChannelArn": channel, "ChimeBearer": world.user("ann") });
    assert_eq!(list(&mut world, "ListChannelMemberships", by.clone(), "ChannelMemberships"), 3);
    assert_eq!(
        list(
            &mut world,
            "ListChannelMemberships",
            and(&by, json!({ "Type": "HIDDEN" })),
            "ChannelMemberships"
        ),
        1
    );
    world.send(&channel, "ann", "hello");
    assert_eq!(world.events(), ["CREATE_CHANNEL_MESSAGE to ann bob cy dee"]);
}

#[test]
fn channels_are_found_by_who_is_in_them() {
    let (mut world, _) = room();
    world.make_channel("two", "ann", &["bob"], json!({ "Privacy": "PRIVATE" }));
    let search = |world: &World, by: &str, operator: &str, members: &[&str]| {
        let members: Vec<_> = members.iter().map(|id| world.user(id)).collect();
        json!({
            "ChimeBearer": world.user(by),
            "Fields": [{ "Key": "MEMBERS", "Operator": operator, "Values": members }],
        })
    };
    for (by, operator, members, found) in [
        ("ann", "INCLUDES", &["bob"] as &[_], 2),
        ("ann", "INCLUDES", &["bob", "cy"], 1),
        ("ann", "EQUALS", &["ann", "bob"], 1),
        ("cy", "INCLUDES", &["bob"], 1),
        ("dee", "INCLUDES", &["bob"], 0),
    ] {
        let search = search(&world, by, operator, members);
        assert_eq!(
            list(&mut world, "SearchChannels", search, "Channels"),
            found,
            "{by} {operator} {members:?}"
        );
    }
    let admin = json!({ "AppInstanceArn": world.instance, "AppInstanceAdminArn": world.user("dee") });
    world.ok("CreateAppInstanceAdmin", admin);
    let everywhere = search(&world, "dee", "INCLUDES", &["bob"]);
    assert_eq!(list(&mut world, "SearchChannels", everywhere, "Channels"), 2);
}

#[test]
fn somebody_who_goes_leaves_nothing() {
    let (mut world, channel) = room();
    let [ann, bob] = ["ann", "bob"].map(|id| world.user(id));
    let by = json!({ "ChannelArn": channel, "ChimeBearer": ann });
    world.ok("CreateChannelModerator", and(&by, json!({ "ChannelModeratorArn": bob })));
    world.ok(
        "CreateAppInstanceAdmin",
        json!({ "AppInstanceArn": world.instance, "AppInstanceAdminArn": bob }),
    );
    world.ok("TagResource", json!({ "ResourceARN": bob, "Tags": [{ "Key": "k", "Value": "v" }] }));
    let said = world.send(&channel, "bob", "remember me");
    world.ok("DeleteAppInstanceUser", json!({ "AppInstanceUserArn": bob }));
    assert_eq!(world.events(), ["DELETE_CHANNEL_MEMBERSHIP to ann bob cy"]);
    assert_eq!(world.effects.last(), Some(&Effect::Close { who: bob.clone() }));
    let said = world.ok("GetChannelMessage", and(&by, json!({ "MessageId": said })));
    assert_eq!(said["ChannelMessage"]["Sender"]["Name"], "bob", "what was said stays, and who said it");
    assert_eq!(
        world.refused("DescribeChannel", json!({ "ChannelArn": channel, "ChimeBearer": bob })),
        "Forbidden"
    );
    // A new user with the same id is a different user.
    world.add_user("bob");
    assert_eq!(
        list(
            &mut world,
            "ListChannelMembershipsForAppInstanceUser",
            json!({ "ChimeBearer": bob }),
            "ChannelMemberships"
        ),
        0
    );
    let admins = json!({ "AppInstanceArn": world.instance });
    assert_eq!(list(&mut world, "ListAppInstanceAdmins", admins, "AppInstanceAdmins"), 0);
    assert_eq!(world.ok("ListTagsForResource", json!({ "ResourceARN": bob })), json!({}));
}

#[test]
fn who_may_join_a_public_channel_can_be_chosen() {
    use crate::local::unknowns::Joining;

    for (joining, restricted, unrestricted) in
        [(Joining::Public, true, true), (Joining::Unrestricted, false, true), (Joining::Never, false, false)]
    {
        for (mode, privacy, may) in [
            ("RESTRICTED", "PUBLIC", restricted),
            ("UNRESTRICTED", "PUBLIC", unrestricted),
            ("RESTRICTED", "PRIVATE", false),
            ("UNRESTRICTED", "PRIVATE", false),
        ] {
            let mut world = World::with(&["ann", "bob", "cy"]);
            world.state.unknowns.joining = joining;
            let channel = world.make_channel("room", "ann", &[], json!({ "Mode": mode, "Privacy": privacy }));
            let by_bob =
                json!({ "ChannelArn": channel, "ChimeBearer": world.user("bob"), "Type": "DEFAULT" });
            let another = and(&by_bob, json!({ "MemberArn": world.user("cy") }));
            assert_eq!(world.refused("CreateChannelMembership", another), "Forbidden");
            let join = and(&by_bob, json!({ "MemberArn": world.user("bob") }));
            assert_eq!(
                world.ask("CreateChannelMembership", join).is_ok(),
                may,
                "{joining:?} {mode} {privacy}"
            );
        }
    }
}

#[test]
fn what_was_deleted_can_be_made_again_with_the_same_token() {
    let (mut world, _) = room();
    let ann = world.user("ann");
    let token = json!({ "ClientRequestToken": "again" });
    let user =
        and(&token, json!({ "AppInstanceArn": world.instance, "AppInstanceUserId": "new", "Name": "New" }));
    let new = world.user("new");
    let channel = and(
        &token,
        json!({ "AppInstanceArn": world.instance, "ChimeBearer": ann, "ChannelId": "new", "Name": "New" }),
    );
    let flow = json!({ "AppInstanceArn": world.instance, "Name": "Flow", "Processors": processors(&[("f", "ABORT")]) });
    let flow = and(&token, flow);
    for (create, input, delete, by) in [
        ("CreateAppInstanceUser", user, "DeleteAppInstanceUser", json!({})),
        ("CreateChannel", channel, "DeleteChannel", json!({ "ChimeBearer": ann })),
        ("CreateChannelFlow", flow, "DeleteChannelFlow", json!({})),
    ] {
        let made = world.ask_as_it_is(create, &input).unwrap();
        let before = serde_json::to_value(&world.state).unwrap();
        assert_eq!(world.ask_as_it_is(create, &input), Ok(made.clone()));
        assert!(
            serde_json::to_value(&world.state).unwrap() == before,
            "{create}: a repeated request does nothing"
        );
        world.ok(delete, and(&made, by.clone()));
        let again = world.ask_as_it_is(create, &input).unwrap();
        world.ok(delete, and(&again, by));
    }
    assert!(world.state.directory.name(&new).is_none());
    // Messages of a channel that was deleted are of another life, too.
    let room =
        json!({ "AppInstanceArn": world.instance, "ChimeBearer": ann, "ChannelId": "next", "Name": "Next" });
    let mut sent = Vec::new();
    for _ in 0..2 {
        let channel = world.ok("CreateChannel", room.clone());
        let arn = Arn::new(channel["ChannelArn"].as_str().unwrap());
        let message = and(&world.message(&arn, "ann", "hello"), token.clone());
        for _ in 0..2 {
            sent.push(world.ask_as_it_is("SendChannelMessage", &message).unwrap()["MessageId"].clone());
        }
        assert_eq!(world.state.channels.all()[&arn].messages.len(), 1);
        world.ok("DeleteChannel", json!({ "ChannelArn": arn, "ChimeBearer": ann }));
    }
    assert!(sent[0] == sent[1] && sent[1] != sent[2] && sent[2] == sent[3], "{sent:?}");
}

#[test]
fn an_app_instance_takes_everything_with_it() {
    let (mut world, channel) = room();
    world.send(&channel, "ann", "hello");
    world.ok("DeleteAppInstance", json!({ "AppInstanceArn": world.instance }));
    assert_eq!(world.events(), [""; 0]);
    assert_eq!(world.effects.len(), 4, "everybody's sessions end");
    let mut left = serde_json::to_value(&world.state).unwrap();
    for kept in
        ["now", "ahead", "ids", "tokens", "quotas", "unknowns", "traces", "last_invocation", "next_sweep"]
    {
        left.as_object_mut().unwrap().remove(kept);
    }
    assert_eq!(
        left,
        json!({
            "instances": {}, "channels": {}, "flows": {}, "tags": {}, "places": {}, "invocations": {}, "records": [],
            "processing": { "by_callback": {}, "by_message": {} }, "retries": [], "expirations": [],
            "held": {},
        })
    );
}

#[test]
fn a_bot_is_somebody() {
    let (mut world, channel) = room();
    let bot = json!({
        "AppInstanceArn": world.instance, "Name": "Bot",
        "Configuration": { "Lex": {
            "LexBotAliasArn": "arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/ABCDEFGHIJ", "LocaleId": "en_US",
        } },
    });
    let bot = world.ok("CreateAppInstanceBot", bot)["AppInstanceBotArn"].clone();
    let ann = world.user("ann");
    let by = json!({ "ChannelArn": channel, "ChimeBearer": ann });
    world.ok("CreateChannelMembership", and(&by, json!({ "MemberArn": bot, "Type": "DEFAULT" })));
    world.ok("CreateChannelModerator", and(&by, json!({ "ChannelModeratorArn": bot })));
    let sent = and(&world.message(&channel, "ann", "beep"), json!({ "ChimeBearer": bot }));
    world.ok("SendChannelMessage", sent);
    assert_eq!(world.payload()["Sender"], json!({ "Arn": bot, "Name": "Bot" }));
    world.ok("DeleteAppInstanceBot", json!({ "AppInstanceBotArn": bot }));
    assert_eq!(list(&mut world, "ListChannelModerators", by, "ChannelModerators"), 1);
}

#[test]
fn to_make_somebody_who_is_there_as_they_are_is_no_mistake() {
    let mut world = World::with(&["ann"]);
    let again = json!({ "AppInstanceArn": world.instance, "AppInstanceUserId": "ann", "Name": "ann" });
    assert_eq!(
        world.ok("CreateAppInstanceUser", again.clone())["AppInstanceUserArn"],
        json!(world.user("ann"))
    );
    assert_eq!(world.refused("CreateAppInstanceUser", and(&again, json!({ "Name": "Anna" }))), "Conflict");
}

#[test]
fn tags_are_merged_and_taken_off() {
    let (mut world, channel) = room();
    let tag = |tags: Value| json!({ "ResourceARN": channel, "Tags": tags });
    world.ok("TagResource", tag(json!([{ "Key": "a", "Value": "1" }, { "Key": "b", "Value": "1" }])));
    world.ok("TagResource", tag(json!([{ "Key": "b", "Value": "2" }])));
    let twice = tag(json!([{ "Key": "b", "Value": "2" }, { "Key": "b", "Value": "3" }]));
    assert_eq!(world.refused("TagResource", twice), "BadRequest");
    world.ok("UntagResource", json!({ "ResourceARN": channel, "TagKeys": ["a", "absent"] }));
    let tags = world.ok("ListTagsForResource", json!({ "ResourceARN": channel }));
    assert_eq!(tags, json!({ "Tags": [{ "Key": "b", "Value": "2" }] }));
}

#[test]
fn read_markers_and_preferences_are_a_members_own() {
    let (mut world, channel) = room();
    let by = json!({ "ChannelArn": channel, "ChimeBearer": world.user("bob") });
    world.ok("UpdateChannelReadMarker", by.clone());
    let mine = and(&by, json!({ "AppInstanceUserArn": world.user("bob") }));
    let mine = world.ok("DescribeChannelMembershipForAppInstanceUser", mine);
    assert!(mine["ChannelMembership"]["AppInstanceUserMembershipSummary"]["ReadMarkerTimestamp"].is_number());
    let own = and(&by, json!({ "MemberArn": world.user("bob") }));
    assert!(world.ok("GetChannelMembershipPreferences", own.clone()).get("Preferences").is_none());
    let preferences = json!({ "PushNotifications": { "AllowNotifications": "NONE" } });
    world.ok("PutChannelMembershipPreferences", and(&own, json!({ "Preferences": preferences })));
    assert_eq!(world.ok("GetChannelMembershipPreferences", own)["Preferences"], preferences);
}
