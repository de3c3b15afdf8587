//! After random commands, redundant data is consistent, and replaying the journal produces the same state.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};

use super::requests::processors;
use super::{MODEL, World};
use crate::local::arn::Arn;
use crate::local::ids::Ids;
use crate::local::state::{Effect, End, State};

const PEOPLE: [&str; 5] = ["ann", "bob", "cy", "dee", "eve"];
const CHANNELS: [&str; 3] = ["one", "two", "hall"];

/// Pseudo-random numbers that are the same in every run.
struct Dice(Ids);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        usize::from_str_radix(&self.0.long()[..8], 16).unwrap() % sides
    }

    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.throw(of.len())].clone()
    }
}

/// Returns a request that may or may not succeed.
fn request(world: &World, dice: &mut Dice) -> (&'static str, Value) {
    // Ann administers the app instance, and is never deleted.
    let by = if dice.throw(2) == 0 { "ann" } else { dice.pick(&PEOPLE) };
    let [by, who] = [by, dice.pick(&PEOPLE[1..])].map(|id| world.user(id));
    let id = dice.pick(&CHANNELS);
    let channel = world.channel(id);
    let there = world.state.channels.get(&channel);
    let message =
        there.and_then(|it| it.messages.values().last()).map_or("none", |message| &message.id).to_owned();
    let part = there.and_then(|it| it.sub_channels.keys().next().cloned());
    let mut input = json!({ "ChannelArn": channel, "ChimeBearer": by });
    let (name, more) = match dice.throw(60) {
        0 => {
            let elastic = json!({
                "MaximumSubChannels": 3, "TargetMembershipsPerSubChannel": 2, "MinimumMembershipPercentage": 40,
            });
            let days = json!({ "ExpirationDays": 1, "ExpirationCriterion": "LAST_MESSAGE_TIMESTAMP" });
            input = json!({
                "AppInstanceArn": world.instance, "ChimeBearer": by, "ChannelId": id, "Name": id, "ExpirationSettings": days,
            });
            (
                "CreateChannel",
                if id == "hall" {
                    json!({ "ElasticChannelConfiguration": elastic })
                } else {
                    json!({ "MemberArns": [who] })
                },
            )
        }
        1..12 => ("CreateChannelMembership", json!({ "MemberArn": who, "Type": "DEFAULT" })),
        12..16 => {
            ("CreateChannelMembership", json!({ "MemberArn": who, "Type": "DEFAULT", "SubChannelId": part }))
        }
        16..20 => ("BatchCreateChannelMembership", json!({ "MemberArns": [by, who] })),
        20..26 => ("DeleteChannelMembership", json!({ "MemberArn": who })),
        26..29 => ("CreateChannelModerator", json!({ "ChannelModeratorArn": who })),
        29..32 => ("DeleteChannelModerator", json!({ "ChannelModeratorArn": who })),
        32..34 => ("CreateChannelBan", json!({ "MemberArn": who })),
        34..37 => ("DeleteChannelBan", json!({ "MemberArn": who })),
        37 => ("DeleteChannel", json!({})),
        38 => {
            input = json!({ "AppInstanceUserArn": who });
            ("DeleteAppInstanceUser", json!({}))
        }
        39..49 => {
            let text = json!({ "Content": "hello", "Type": "STANDARD", "Persistence": "PERSISTENT" });
            ("SendChannelMessage", text)
        }
        49..52 => ("UpdateChannelMessage", json!({ "MessageId": message, "Content": "changed" })),
        52..54 => ("RedactChannelMessage", json!({ "MessageId": message })),
        54..56 => ("DeleteChannelMessage", json!({ "MessageId": message })),
        _ => (
            "AssociateChannelFlow",
            json!({ "ChannelFlowArn": world.state.flows.of(&world.instance).next().map(|(arn, _)| arn) }),
        ),
    };
    let mut input = super::and(&input, more);
    input.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    (name, input)
}

/// Checks that all redundant data is consistent.
fn check(state: &State) {
    let mut places: BTreeMap<Arn, [BTreeSet<Arn>; 3]> = BTreeMap::new();
    for (arn, channel) in state.channels.all() {
        let all = [
            channel.members.keys().collect::<Vec<_>>(),
            channel.moderators.keys().collect(),
            channel.bans.keys().collect(),
        ];
        for (kind, people) in all.into_iter().enumerate() {
            for who in people {
                assert!(state.directory.name(who).is_some(), "{who} is nobody and in {arn}");
                places.entry(who.clone()).or_default()[kind].insert(arn.clone());
            }
        }
        let mut parts: BTreeMap<&str, usize> = channel.sub_channels.keys().map(|id| (&**id, 0)).collect();
        for member in channel.members.values() {
            assert_eq!(member.sub_channel.is_some(), channel.elastic.is_some());
            if let Some(part) = &member.sub_channel {
                *parts.get_mut(&**part).unwrap() += 1;
            }
        }
        assert!(parts.iter().all(|(id, members)| channel.sub_channels[*id] == *members), "{parts:?}");
        assert!(channel.messages.iter().all(|(key, message)| channel.message_keys[&message.id] == *key));
        assert_eq!(channel.messages.len(), channel.message_keys.len());
    }
    for id in PEOPLE {
        let instance = state.directory.instances().keys().next().unwrap();
        let who = instance.child("user", id);
        let there = state.channels.places(&who);
        let [member, moderator, banned] = places.remove(&who).unwrap_or_default();
        assert_eq!((&there.member, &there.moderator, &there.banned), (&member, &moderator, &banned), "{who}");
    }
    let written = serde_json::to_value(state.deliveries.processing()).unwrap();
    let waiting = written["by_callback"].as_object().unwrap();
    for (callback, it) in waiting {
        let (channel, message) = (it["channel"].as_str().unwrap(), it["message"]["id"].as_str().unwrap());
        assert_eq!(written["by_message"][channel][message], **callback);
        assert!(state.channels.all().contains_key(channel));
    }
    for held in state.deliveries.held() {
        let callback = held["callback-id"].as_str().unwrap();
        assert!(
            state.deliveries.invocations().values().any(|invocation| invocation.callback == callback),
            "{held}"
        );
    }
    let all = serde_json::to_value(state).unwrap();
    assert_eq!(
        all["held"].as_object().unwrap().len(),
        state.deliveries.held().len(),
        "nothing is held that is over"
    );
    let by_message = written["by_message"].as_object().unwrap().values();
    assert_eq!(by_message.map(|messages| messages.as_object().unwrap().len()).sum::<usize>(), waiting.len());
}

#[test]
fn whatever_happens_the_state_agrees_with_itself_and_its_journal() {
    let mut world = World::with(&PEOPLE);
    let admin = json!({ "AppInstanceArn": world.instance, "AppInstanceAdminArn": world.user("ann") });
    world.ok("CreateAppInstanceAdmin", admin);
    let flow = json!({ "AppInstanceArn": world.instance, "Name": "Flow", "Processors": processors(&[("f", "ABORT")]) });
    world.ok("CreateChannelFlow", flow);
    let mut dice = Dice(Ids::new(1));
    let (mut done, mut refused) = (0, 0);
    for step in 0..1600 {
        let (name, input) = request(&world, &mut dice);
        match world.ask(name, input) {
            Ok(_) => done += 1,
            Err(_) => refused += 1,
        }
        let invoked: Vec<_> = world
            .effects
            .drain(..)
            .filter_map(|effect| match effect {
                Effect::Invoke(id) => Some(id),
                _ => None,
            })
            .collect();
        for id in invoked {
            let end = [End::Returned, End::Held, End::Throttled, End::Refused { reason: "no".into() }];
            world.ended(id, dice.pick(&end));
        }
        if step % 20 == 0 {
            world.pass(Duration::from_mins(30));
            let gone = PEOPLE.into_iter().find(|id| world.state.directory.name(&world.user(id)).is_none());
            if let Some(id) = gone {
                world.add_user(id);
            }
        }
        check(&world.state);
    }
    assert!(done > 200 && refused > 200, "{done} done, {refused} refused");
    let mut again = State::new(7);
    for (now, command) in world.journal {
        again.carry_out(command, now, "", &MODEL).unwrap();
    }
    again.now = world.state.now;
    assert!(
        serde_json::to_value(&again).unwrap() == serde_json::to_value(&world.state).unwrap(),
        "the journal makes another state"
    );
}
