//! Quotas: requests that exceed them by one.

use serde_json::{Value, json};

use super::requests::Fixture;
use super::{World, and};
use crate::local::state::Quotas;

/// The operation, how to set the quota that it exceeds, and the request.
type Limit = (&'static str, fn(&mut Quotas), Value);

/// Returns requests that succeed unless a quota is as small as what exists.
fn limits() -> Vec<Limit> {
    vec![
        ("CreateAppInstance", |it| it.app_instances = 2, json!({})),
        ("CreateAppInstanceUser", |it| it.users = 8, json!({})),
        ("CreateAppInstanceAdmin", |it| it.admins = 1, json!({})),
        ("RegisterAppInstanceUserEndpoint", |it| it.endpoints_of_a_user = 1, json!({})),
        ("CreateChannelFlow", |it| it.flows = 1, json!({})),
        ("CreateChannelMembership", |it| it.memberships_of_a_channel = 4, json!({})),
        ("CreateChannelMembership", |it| it.memberships_of_a_person = 0, json!({})),
        ("CreateChannel", |it| it.memberships_of_a_person = 0, json!({})),
        ("CreateChannelModerator", |it| it.moderators_of_a_channel = 1, json!({})),
        ("TagResource", |it| it.tags_of_a_resource = 0, json!({})),
        ("CreateChannel", |it| it.tags_of_a_resource = 0, json!({})),
        ("CreateAppInstanceBot", |it| it.tags_of_a_resource = 0, json!({})),
    ]
}

/// Returns the operations that respond with an error about a quota, and that error.
pub(super) fn seen() -> impl Iterator<Item = (&'static str, &'static str)> {
    limits().into_iter().map(|(name, _, _)| (name, "ResourceLimitExceeded"))
}

#[test]
fn one_too_many_is_refused() {
    let fixture = Fixture::new();
    for (name, shrink, change) in limits() {
        let mut fixture = fixture.clone();
        let input = and(&fixture.valid(name), change);
        fixture.clone().world.ok(name, input.clone());
        shrink(&mut fixture.world.state.quotas);
        assert_eq!(fixture.world.refused(name, input), "ResourceLimitExceeded", "{name}");
    }
}

#[test]
fn a_batch_adds_as_many_as_there_is_room_for() {
    let mut world = World::with(&["ann", "bob", "cy", "dee"]);
    let channel = world.make_channel("room", "ann", &[], json!({}));
    world.state.quotas.memberships_of_a_channel = 2;
    let batch = json!({
        "ChannelArn": channel, "ChimeBearer": world.user("ann"),
        "MemberArns": [world.user("bob"), world.user("cy"), world.user("ann"), world.user("nobody")],
    });
    let came = world.ok("BatchCreateChannelMembership", batch);
    assert_eq!(came["BatchChannelMemberships"]["Members"].as_array().unwrap().len(), 1);
    let errors: Vec<_> =
        came["Errors"].as_array().unwrap().iter().map(|error| error["ErrorCode"].as_str().unwrap()).collect();
    assert_eq!(errors, ["ResourceLimitExceeded", "Conflict", "BadRequest"]);
    assert_eq!(world.events(), ["BATCH_CREATE_CHANNEL_MEMBERSHIP to ann bob"]);
}

#[test]
fn a_list_is_paged_and_its_tokens_are_its_own() {
    let mut world = World::with(&["ann", "bob"]);
    for id in ["c1", "c2", "c3"] {
        world.make_channel(id, "ann", &[], json!({}));
    }
    let list = json!({ "AppInstanceArn": world.instance, "ChimeBearer": world.user("ann"), "MaxResults": 2 });
    let first = world.ok("ListChannels", list.clone());
    assert_eq!(first["Channels"].as_array().unwrap().len(), 2);
    let token = json!({ "NextToken": first["NextToken"] });
    world.make_channel("c0", "ann", &[], json!({}));
    let second = world.ok("ListChannels", and(&list, token.clone()));
    assert_eq!(second["Channels"][0]["Name"], "c3", "what was added before does not move the page");
    assert!(second.get("NextToken").is_none());
    let foreign = and(&and(&list, token), json!({ "ChimeBearer": world.user("bob") }));
    assert_eq!(world.refused("ListChannels", foreign), "BadRequest");
}
