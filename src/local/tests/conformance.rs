//! Every operation succeeds, refuses whatever its model does not allow, and returns the errors that it declares.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::requests::{FUNCTION, Fixture, operations, processors};
use super::{MODEL, and, operation};
use crate::local::api;
use crate::local::refusal::ErrorKind;

#[test]
fn every_operation_succeeds() {
    let fixture = Fixture::new();
    let names = operations();
    assert_eq!(names.len() + 3, MODEL.operations().len(), "three are the same in both services");
    for name in names {
        let mut fixture = fixture.clone();
        fixture.prepare(name);
        let valid = fixture.valid(name);
        fixture.world.ok(name, valid);
    }
}

#[test]
fn every_operation_refuses_what_its_model_does_not_allow() {
    let mut fixture = Fixture::new();
    let mut cases = 0;
    for name in operations() {
        for wrong in MODEL.wrongs(operation(name), &with_token(&fixture, name)) {
            cases += 1;
            let case = format!("{name} {} {}", wrong.at, wrong.what);
            match fixture.world.ask_as_it_is(name, &wrong.input) {
                Err((error, message)) => {
                    assert_eq!(error, "BadRequest", "{case}: {message}");
                    assert!(message.contains(&wrong.at), "{case} is not named: {message}");
                }
                Ok(answer) => panic!("{case} is accepted: {answer}"),
            }
        }
    }
    assert!(cases > 1000, "there were {cases} cases");
}

#[test]
fn every_operation_understands_the_outermost_that_its_model_allows() {
    let fixture = Fixture::new();
    let mut cases = 0;
    for name in operations() {
        for outermost in MODEL.outermost(operation(name), &with_token(&fixture, name)) {
            cases += 1;
            let request = MODEL.request(operation(name), &outermost.input);
            let understood = api::understand(&MODEL, &request).map(|wanted| wanted.operation.name.clone());
            assert_eq!(understood.as_deref(), Ok(name), "{} {}", outermost.at, outermost.what);
        }
    }
    assert!(cases > 300, "there were {cases} cases");
}

/// Returns a request that succeeds, with the token that SDKs generate.
fn with_token(fixture: &Fixture, name: &str) -> Value {
    let mut valid = fixture.valid(name);
    MODEL.fill_tokens(operation(name), &mut valid, "token");
    valid
}

/// Returns requests that are refused, one for each error that an operation declares and that a rule of the service causes: the operation,
/// the error, and the difference from a request that succeeds.
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn refusals(fixture: &Fixture) -> Vec<(&'static str, &'static str, Value)> {
    let world = &fixture.world;
    let user = |id: &str| world.user(id);
    let gone = world.channel("gone");
    let nobody = world.user("nobody");
    let no_instance = "arn:aws:chime:us-east-1:111122223333:app-instance/gone";
    let two_tags = json!([{ "Key": "k", "Value": "1" }, { "Key": "k", "Value": "2" }]);
    let elsewhere = json!([{
        "Name": "f", "ExecutionOrder": 1, "FallbackAction": "ABORT",
        "Configuration": { "Lambda": {
            "ResourceArn": "arn:aws:lambda:eu-central-1:111122223333:function:f", "InvocationType": "ASYNC",
        } },
    }]);
    let elastic = json!({
        "MaximumSubChannels": 2, "TargetMembershipsPerSubChannel": 2, "MinimumMembershipPercentage": 40,
    });
    let mut all = vec![
        (
            "AssociateChannelFlow",
            "NotFound",
            json!({ "ChannelFlowArn": world.instance.child("channel-flow", "x") }),
        ),
        ("BatchCreateChannelMembership", "Forbidden", json!({ "ChimeBearer": user("member") })),
        ("ChannelFlowCallback", "Forbidden", json!({ "CallbackId": "0".repeat(64) })),
        ("CreateAppInstance", "BadRequest", json!({ "Tags": two_tags })),
        ("CreateAppInstanceAdmin", "BadRequest", json!({ "AppInstanceAdminArn": nobody })),
        ("CreateAppInstanceAdmin", "Conflict", json!({ "AppInstanceAdminArn": user("admin") })),
        ("CreateAppInstanceBot", "BadRequest", json!({ "Tags": two_tags })),
        ("CreateAppInstanceUser", "BadRequest", json!({ "Tags": two_tags })),
        ("CreateAppInstanceUser", "Conflict", json!({ "AppInstanceUserId": "bob" })),
        ("CreateChannel", "BadRequest", json!({ "MemberArns": [nobody] })),
        ("CreateChannel", "Conflict", json!({ "ChannelId": "flowing" })),
        (
            "CreateChannel",
            "ResourceLimitExceeded",
            json!({ "ElasticChannelConfiguration": elastic, "MemberArns": null, "Mode": null }),
        ),
        ("CreateChannelBan", "BadRequest", json!({ "MemberArn": nobody })),
        ("CreateChannelBan", "Conflict", json!({ "MemberArn": user("banned") })),
        ("CreateChannelFlow", "BadRequest", json!({ "Processors": elsewhere })),
        (
            "CreateChannelFlow",
            "ResourceLimitExceeded",
            json!({ "Processors": processors(&[("f", "ABORT"), ("g", "ABORT")]) }),
        ),
        ("CreateChannelMembership", "BadRequest", json!({ "MemberArn": nobody })),
        ("CreateChannelMembership", "Conflict", json!({ "MemberArn": user("bob") })),
        (
            "CreateChannelMembership",
            "NotFound",
            json!({ "ChannelArn": world.channel("elastic"), "MemberArn": user("moderator"), "SubChannelId": "x" }),
        ),
        ("CreateChannelModerator", "BadRequest", json!({ "ChannelModeratorArn": nobody })),
        ("CreateChannelModerator", "Conflict", json!({ "ChannelModeratorArn": user("moderator") })),
        ("DeleteChannelFlow", "Conflict", json!({})),
        (
            "DescribeAppInstanceBot",
            "NotFound",
            json!({ "AppInstanceBotArn": world.instance.child("bot", "x") }),
        ),
        ("DescribeChannelBan", "NotFound", json!({ "MemberArn": user("bob") })),
        ("DescribeChannelMembership", "NotFound", json!({ "MemberArn": user("spare") })),
        ("DescribeChannelModerator", "NotFound", json!({ "ChannelModeratorArn": user("bob") })),
        ("DisassociateChannelFlow", "NotFound", json!({ "ChannelArn": fixture.messages[0].0 })),
        ("GetChannelMessage", "NotFound", json!({ "MessageId": "x" })),
        ("GetMessagingStreamingConfigurations", "NotFound", json!({ "AppInstanceArn": no_instance })),
        ("ListSubChannels", "BadRequest", json!({ "ChannelArn": fixture.messages[0].0 })),
        ("PutMessagingStreamingConfigurations", "NotFound", json!({ "AppInstanceArn": no_instance })),
        ("PutChannelExpirationSettings", "BadRequest", json!({ "ChimeBearer": null })),
        ("SearchChannels", "BadRequest", json!({ "ChimeBearer": null })),
        ("SendChannelMessage", "BadRequest", json!({ "Content": "x".repeat(4097) })),
        ("UpdateChannelFlow", "BadRequest", json!({ "Processors": elsewhere })),
        ("UpdateChannelReadMarker", "Forbidden", json!({ "ChimeBearer": user("admin") })),
    ];
    for (wrong, value) in [
        ("Fields", json!([{ "Key": "MEMBERS", "Operator": "EQUALS", "Values": ["x"] }])),
        ("Preferences", json!({ "PushNotifications": { "AllowNotifications": "FILTERED" } })),
        ("StreamingConfigurations", json!([{ "DataType": "Channel", "ResourceArn": FUNCTION }])),
    ] {
        let name = match wrong {
            "Fields" => "SearchChannels",
            "Preferences" => "PutChannelMembershipPreferences",
            _ => "PutMessagingStreamingConfigurations",
        };
        all.push((name, "BadRequest", json!({ wrong: value })));
    }
    // Every member that contains an ARN may name a resource that does not exist.
    for name in operations() {
        let input = fixture.valid(name);
        for (member, value) in [
            ("ChannelArn", gone.as_str()),
            ("AppInstanceArn", no_instance),
            ("AppInstanceUserArn", nobody.as_str()),
            ("AppInstanceBotArn", nobody.as_str()),
            ("ChannelFlowArn", gone.as_str()),
            ("ResourceARN", gone.as_str()),
            ("ChimeBearer", nobody.as_str()),
        ] {
            let not_found = [
                "GetMessagingStreamingConfigurations",
                "PutMessagingStreamingConfigurations",
                "DescribeAppInstanceBot",
                "AssociateChannelFlow",
                "DisassociateChannelFlow",
            ];
            let says_so = not_found.contains(&name) && !["ChannelArn", "ChimeBearer"].contains(&member);
            if input.get(member).is_some() && !says_so {
                all.push((name, "Forbidden", json!({ member: value })));
            }
        }
    }
    all
}

#[test]
fn every_error_that_a_rule_produces_is_declared_and_seen() {
    let fixture = Fixture::new();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    for (name, error, change) in refusals(&fixture) {
        let mut fixture = fixture.clone();
        let mut input = and(&fixture.valid(name), change.clone());
        input.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        assert_eq!(fixture.world.refused(name, input), error, "{name} {change}");
        seen.insert((name.to_owned(), format!("{error}Exception")));
    }
    // For every operation with a token, reusing a token for different input is a conflict.
    for name in operations().into_iter().filter(|name| uses_token(name)) {
        let mut fixture = fixture.clone();
        let first = and(&fixture.valid(name), json!({ "ClientRequestToken": "repeated" }));
        let again = fixture.world.ok(name, first.clone());
        assert_eq!(fixture.world.ok(name, first.clone()), again, "{name}: the first answer comes again");
        assert!(fixture.world.effects.is_empty(), "{name}: and nothing else happens");
        let other = and(
            &first,
            if name == "SendChannelMessage" { json!({ "Content": "x" }) } else { json!({ "Name": "x" }) },
        );
        assert_eq!(fixture.world.refused(name, other), "Conflict", "{name}");
        seen.insert((name.to_owned(), "ConflictException".to_owned()));
    }
    seen.extend(super::limits::seen().map(|(name, error)| (name.to_owned(), format!("{error}Exception"))));
    // Every constraint of the model causes a bad request; see above. The others are errors that no rule here causes.
    let never = |name: &str, error: &str| {
        let elsewhere =
            ["UnauthorizedClient", "ThrottledClient", "ServiceFailure", "ServiceUnavailable", "BadRequest"];
        elsewhere.iter().any(|it| error == format!("{it}Exception"))
            || NEVER.contains(&(name, error.strip_suffix("Exception").unwrap()))
    };
    let declared = operations()
        .into_iter()
        .flat_map(|name| operation(name).errors.iter().map(move |error| (name.to_owned(), error.clone())));
    let missing: Vec<_> = declared.filter(|pair| !seen.contains(pair) && !never(&pair.0, &pair.1)).collect();
    assert!(missing.is_empty(), "declared and never answered: {missing:#?}");
    let needless: Vec<_> = NEVER
        .iter()
        .filter(|(name, error)| seen.contains(&((*name).to_owned(), format!("{error}Exception"))))
        .collect();
    assert!(needless.is_empty(), "answered after all: {needless:?}");
}

/// Errors that operations declare and this service never returns: conflicts between simultaneous changes, which cannot occur because
/// commands run one after another, and quotas that AWS does not publish.
const NEVER: &[(&str, &str)] = &[
    ("AssociateChannelFlow", "Conflict"),
    ("BatchCreateChannelMembership", "NotFound"),
    ("BatchCreateChannelMembership", "ResourceLimitExceeded"),
    ("ChannelFlowCallback", "Conflict"),
    ("CreateAppInstance", "Forbidden"),
    ("CreateChannelBan", "ResourceLimitExceeded"),
    ("DeleteAppInstance", "ResourceLimitExceeded"),
    ("DeleteAppInstanceAdmin", "Conflict"),
    ("DeleteAppInstanceAdmin", "ResourceLimitExceeded"),
    ("DeleteAppInstanceBot", "Conflict"),
    ("DeleteAppInstanceBot", "ResourceLimitExceeded"),
    ("DeleteAppInstanceUser", "Conflict"),
    ("DeleteAppInstanceUser", "ResourceLimitExceeded"),
    ("DeleteChannel", "Conflict"),
    ("DeleteChannelMembership", "Conflict"),
    ("DescribeAppInstanceBot", "Forbidden"),
    ("DisassociateChannelFlow", "Conflict"),
    ("GetMessagingSessionEndpoint", "Forbidden"),
    ("GetMessagingStreamingConfigurations", "Forbidden"),
    ("ListAppInstanceAdmins", "ResourceLimitExceeded"),
    ("ListAppInstanceBots", "ResourceLimitExceeded"),
    ("ListAppInstances", "Forbidden"),
    ("PutAppInstanceUserExpirationSettings", "Conflict"),
    ("PutChannelExpirationSettings", "Conflict"),
    ("PutChannelMembershipPreferences", "Conflict"),
    ("PutMessagingStreamingConfigurations", "Forbidden"),
    ("PutMessagingStreamingConfigurations", "Conflict"),
    ("RedactChannelMessage", "Conflict"),
    ("UpdateAppInstance", "Conflict"),
    ("UpdateAppInstanceBot", "Conflict"),
    ("UpdateAppInstanceBot", "ResourceLimitExceeded"),
    ("UpdateAppInstanceUser", "Conflict"),
    ("UpdateAppInstanceUser", "ResourceLimitExceeded"),
    ("UpdateAppInstanceUserEndpoint", "Conflict"),
    ("UpdateChannel", "Conflict"),
    ("UpdateChannelFlow", "Conflict"),
    ("UpdateChannelMessage", "Conflict"),
    ("UpdateChannelReadMarker", "Conflict"),
];

fn uses_token(name: &str) -> bool {
    let mut input = json!({});
    MODEL.fill_tokens(operation(name), &mut input, "token");
    input.get("ClientRequestToken").is_some()
}

#[test]
fn the_errors_here_are_the_errors_of_the_model() {
    let declared: BTreeSet<_> =
        MODEL.operations().iter().flat_map(|operation| &operation.errors).map(String::as_str).collect();
    assert_eq!(ErrorKind::ALL.map(ErrorKind::shape).into_iter().collect::<BTreeSet<_>>(), declared);
}
