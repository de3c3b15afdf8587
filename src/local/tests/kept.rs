//! The data folder: journals and snapshots of earlier versions still load, and the current version writes the same.
//!
//! `kept/journal.jsonl` and `kept/state.json` were written by the first version that has this test. A change that adds a field to the state
//! gives it a default, and extends `state.json` by what is written now.

use std::time::Duration;

use serde_json::json;

use super::World;
use super::flow::{Flowing, failed};
use crate::local::command::Command;
use crate::local::state::{End, State};
use crate::local::tests::MODEL;
use crate::local::time::Timestamp;

const JOURNAL: &str = include_str!("kept/journal.jsonl");
const STATE: &str = include_str!("kept/state.json");

/// Returns a service that contains every kind of stored data.
fn story() -> World {
    let mut flow = Flowing::new();
    let (channel, instance) = (flow.channel.clone(), flow.world.instance.clone());
    let (ann, cy) = (flow.world.user("ann"), flow.world.add_user("cy"));
    let world = &mut flow.world;
    world.ok("TagResource", json!({ "ResourceARN": channel, "Tags": [{ "Key": "k", "Value": "v" }] }));
    let expires = json!({ "ExpirationDays": 3, "ExpirationCriterion": "CREATED_TIMESTAMP" });
    world.make_channel("other", "ann", &[], json!({ "ExpirationSettings": expires, "Privacy": "PRIVATE" }));
    let parts = json!({
        "MaximumSubChannels": 3, "TargetMembershipsPerSubChannel": 2, "MinimumMembershipPercentage": 40,
    });
    world.make_channel("parts", "ann", &[], json!({ "ElasticChannelConfiguration": parts }));
    world.ok("CreateChannelBan", json!({ "ChannelArn": channel, "ChimeBearer": ann, "MemberArn": cy }));
    let retention = json!({ "ChannelRetentionSettings": { "RetentionDays": 30 } });
    let retention = json!({ "AppInstanceArn": instance, "AppInstanceRetentionSettings": retention });
    world.ok("PutAppInstanceRetentionSettings", retention);
    let bot = json!({ "Lex": { "LexBotAliasArn": "arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/ABCDEFGHIJ", "LocaleId": "en_US" } });
    world.ok(
        "CreateAppInstanceBot",
        json!({ "AppInstanceArn": instance, "Name": "Bot", "Configuration": bot }),
    );
    // One message was delivered, one denied, one held; one is about to be retried, one is with its function, and one cannot be passed
    // to its function.
    for (content, end) in [
        ("through", End::Returned),
        ("denied", End::Returned),
        ("held", End::Held),
        ("tried again", failed()),
        ("invoked", End::Throttled),
        ("failed", End::Refused { reason: "nobody may invoke it".to_owned() }),
    ] {
        flow.send(content);
        let (id, invocation) = flow.invoked();
        if end == End::Returned {
            let mut callback = flow.callback(&invocation, json!({ "Content": "edited" }));
            callback["DeleteResource"] = json!(content == "denied");
            flow.world.ok("ChannelFlowCallback", callback);
        }
        flow.world.ended(id, end);
    }
    flow.world.pass(Duration::from_secs(2));
    flow.world
}

/// Returns the state as written to a snapshot, one field a line, so that a difference is easy to find.
fn written(state: &State) -> String {
    serde_json::to_string(state).unwrap().replace("},\"", "},\n\"") + "\n"
}

#[test]
fn what_is_kept_is_written_as_it_was() {
    let world = story();
    let lines = world.journal.iter().map(|line| serde_json::to_string(line).unwrap() + "\n");
    let (journal, state) = (lines.collect::<String>(), written(&world.state));
    assert!(journal == JOURNAL, "commands are written in another way:\n{journal}");
    assert!(state == STATE, "the state is written in another way:\n{state}");
}

#[test]
fn what_was_kept_loads() {
    let state: State = serde_json::from_str(STATE).unwrap();
    assert_eq!(written(&state), STATE);
    let mut again = State::new(7);
    for line in JOURNAL.lines() {
        let (now, command): (Timestamp, Command) = serde_json::from_str(line).unwrap();
        again.carry_out(command, now, "", &MODEL).unwrap();
    }
    // A journal contains only commands that change something, but commands that only read also advance the time.
    again.now = state.now;
    let processors = state.quotas.processors_of_a_flow;
    again.quotas.processors_of_a_flow = processors;
    assert_eq!(written(&again), STATE);
}
