//! A fixture that contains every kind of resource, and for every operation a request that succeeds there.

use serde_json::{Value, json};

use super::{MODEL, World};
use crate::local::arn::Arn;

pub(super) const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:moderate";
const BOT_ALIAS: &str = "arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/ABCDEFGHIJ";
const STREAM: &str = "arn:aws:kinesis:us-east-1:111122223333:stream/chime-messaging-fixture";

/// The four kinds of channels that authorization distinguishes, by their ids.
pub(super) const KINDS: [(&str, &str, &str); 4] = [
    ("public-restricted", "PUBLIC", "RESTRICTED"),
    ("public-unrestricted", "PUBLIC", "UNRESTRICTED"),
    ("private-restricted", "PRIVATE", "RESTRICTED"),
    ("private-unrestricted", "PRIVATE", "UNRESTRICTED"),
];

/// A fixture in which every role exists in every kind of channel.
#[derive(Clone, Debug)]
pub(super) struct Fixture {
    pub world: World,
    /// A user of another app instance.
    pub stranger: Arn,
    pub bot: Arn,
    pub flow: Arn,
    /// One message from Bob in every channel, by the channel's id.
    pub messages: Vec<(Arn, String)>,
    endpoint: String,
    /// A message that waits for a callback, and the callback's id.
    pending: (String, String),
}

pub(super) fn processors(names: &[(&str, &str)]) -> Value {
    let processor = |(order, (name, fallback)): (usize, &(&str, &str))| {
        json!({
            "Name": name,
            "Configuration": { "Lambda": {
                "ResourceArn": format!("arn:aws:lambda:us-east-1:111122223333:function:{name}"),
                "InvocationType": "ASYNC",
            } },
            "ExecutionOrder": order + 1,
            "FallbackAction": fallback,
        })
    };
    names.iter().enumerate().map(processor).collect()
}

fn bot_configuration() -> Value {
    json!({ "Lex": { "LexBotAliasArn": BOT_ALIAS, "LocaleId": "en_US" } })
}

impl Fixture {
    pub(super) fn new() -> Self {
        let people = ["admin", "moderator", "member", "hidden", "other", "bob", "banned", "spare"];
        let mut world = World::with(&people);
        let instance = world.instance.clone();
        let admin = json!({ "AppInstanceArn": instance, "AppInstanceAdminArn": world.user("admin") });
        world.ok("CreateAppInstanceAdmin", admin);
        let elsewhere = world.ok("CreateAppInstance", json!({ "Name": "Elsewhere" }));
        let stranger = json!({
            "AppInstanceArn": elsewhere["AppInstanceArn"], "AppInstanceUserId": "stranger", "Name": "stranger",
        });
        let stranger = arn(&world.ok("CreateAppInstanceUser", stranger), "AppInstanceUserArn");
        let bot = json!({
            "AppInstanceArn": instance, "Name": "Bot", "Configuration": bot_configuration(),
        });
        let bot = arn(&world.ok("CreateAppInstanceBot", bot), "AppInstanceBotArn");
        let flow = json!({
            "AppInstanceArn": instance, "Name": "Flow", "Processors": processors(&[("moderate", "ABORT")]),
        });
        let flow = arn(&world.ok("CreateChannelFlow", flow), "ChannelFlowArn");
        let endpoint = json!({
            "AppInstanceUserArn": world.user("bob"), "Type": "GCM", "ResourceArn": instance,
            "EndpointAttributes": { "DeviceToken": "token" },
        });
        let endpoint = text(&world.ok("RegisterAppInstanceUserEndpoint", endpoint), "EndpointId");
        let mut messages = Vec::new();
        for (id, privacy, mode) in KINDS {
            let kind = json!({ "Privacy": privacy, "Mode": mode });
            let channel = world.make_channel(id, "moderator", &["member", "bob"], kind);
            let hidden = json!({
                "ChannelArn": channel, "ChimeBearer": world.user("moderator"), "MemberArn": world.user("hidden"),
                "Type": "HIDDEN",
            });
            world.ok("CreateChannelMembership", hidden);
            let ban = json!({
                "ChannelArn": channel, "ChimeBearer": world.user("moderator"), "MemberArn": world.user("banned"),
            });
            world.ok("CreateChannelBan", ban);
            let message = world.send(&channel, "bob", "hello");
            messages.push((channel, message));
        }
        let flowing = world.make_channel("flowing", "moderator", &["bob"], json!({}));
        let associate = json!({
            "ChannelArn": flowing, "ChannelFlowArn": flow, "ChimeBearer": world.user("moderator"),
        });
        world.ok("AssociateChannelFlow", associate);
        let message = world.send(&flowing, "bob", "wait");
        let callback = world.state.deliveries.invocations().values().next().unwrap().callback.clone();
        let size = json!({ "ElasticChannelConfiguration": {
            "MaximumSubChannels": 2, "TargetMembershipsPerSubChannel": 2, "MinimumMembershipPercentage": 40,
        } });
        world.make_channel("elastic", "moderator", &[], size);
        let streaming = json!({
            "AppInstanceArn": instance,
            "StreamingConfigurations": [{ "DataType": "Channel", "ResourceArn": STREAM }],
        });
        world.ok("PutMessagingStreamingConfigurations", streaming);
        Self { world, stranger, bot, flow, messages, endpoint, pending: (message, callback) }
    }

    /// Returns a request for an operation that succeeds, with every member that it supports.
    #[expect(clippy::too_many_lines, reason = "it is a table")]
    pub(super) fn valid(&self, name: &str) -> Value {
        let world = &self.world;
        let instance = &world.instance;
        let (channel, message) = &self.messages[0];
        let [admin, moderator, bob, spare, banned] =
            ["admin", "moderator", "bob", "spare", "banned"].map(|id| world.user(id));
        let in_it = json!({ "ChannelArn": channel, "ChimeBearer": moderator });
        let by_admin = json!({ "ChannelArn": channel, "ChimeBearer": admin });
        let bobs = json!({ "ChannelArn": channel, "ChimeBearer": bob, "MessageId": message });
        let user = json!({ "AppInstanceUserArn": bob });
        let endpoint = json!({ "AppInstanceUserArn": bob, "EndpointId": self.endpoint });
        let page = json!({ "MaxResults": 3 });
        let tags = json!([{ "Key": "k", "Value": "v" }]);
        let expiration = json!({ "ExpirationDays": 1, "ExpirationCriterion": "CREATED_TIMESTAMP" });
        let and = super::and;
        match name {
            "AssociateChannelFlow" => and(&in_it, json!({ "ChannelFlowArn": self.flow })),
            "BatchCreateChannelMembership" => {
                and(&in_it, json!({ "MemberArns": [spare], "Type": "DEFAULT" }))
            }
            "ChannelFlowCallback" => json!({
                "ChannelArn": world.channel("flowing"), "CallbackId": self.pending.1, "DeleteResource": false,
                "ChannelMessage": {
                    "MessageId": self.pending.0, "Content": "through", "Metadata": "m", "ContentType": "text/plain",
                    "PushNotification": { "Title": "t", "Body": "b", "Type": "DEFAULT" },
                    "MessageAttributes": { "a": { "StringValues": ["b"] } },
                },
            }),
            "CreateAppInstance" => json!({ "Name": "Other", "Metadata": "m", "Tags": tags }),
            "CreateAppInstanceAdmin" => json!({ "AppInstanceArn": instance, "AppInstanceAdminArn": bob }),
            "CreateAppInstanceBot" => json!({
                "AppInstanceArn": instance, "Name": "New", "Metadata": "m", "Tags": tags,
                "Configuration": bot_configuration(),
            }),
            "CreateAppInstanceUser" => json!({
                "AppInstanceArn": instance, "AppInstanceUserId": "new", "Name": "New", "Metadata": "m",
                "Tags": tags, "ExpirationSettings": expiration,
            }),
            "CreateChannel" => json!({
                "AppInstanceArn": instance, "ChimeBearer": bob, "Name": "New", "Mode": "UNRESTRICTED",
                "Privacy": "PRIVATE", "Metadata": "m", "ChannelId": "new", "MemberArns": [spare],
                "ModeratorArns": [admin], "Tags": tags, "ExpirationSettings": expiration,
            }),
            "CreateChannelBan" => and(&in_it, json!({ "MemberArn": bob })),
            "CreateChannelFlow" => json!({
                "AppInstanceArn": instance, "Name": "New", "Processors": processors(&[("f", "ABORT")]), "Tags": tags,
            }),
            "CreateChannelMembership" => and(&in_it, json!({ "MemberArn": spare, "Type": "DEFAULT" })),
            "CreateChannelModerator" => and(&in_it, json!({ "ChannelModeratorArn": bob })),
            "DeleteAppInstance"
            | "DescribeAppInstance"
            | "GetAppInstanceRetentionSettings"
            | "DeleteMessagingStreamingConfigurations"
            | "GetMessagingStreamingConfigurations" => {
                json!({ "AppInstanceArn": instance })
            }
            "DeleteAppInstanceAdmin" | "DescribeAppInstanceAdmin" => {
                json!({ "AppInstanceArn": instance, "AppInstanceAdminArn": admin })
            }
            "DeleteAppInstanceBot" | "DescribeAppInstanceBot" => json!({ "AppInstanceBotArn": self.bot }),
            "DeleteAppInstanceUser" | "DescribeAppInstanceUser" => user,
            "DeleteChannel" | "DescribeChannel" | "UpdateChannelReadMarker" => in_it,
            "DeleteChannelBan" | "DescribeChannelBan" => and(&in_it, json!({ "MemberArn": banned })),
            "DeleteChannelFlow" | "DescribeChannelFlow" => json!({ "ChannelFlowArn": self.flow }),
            "DeleteChannelMembership" | "DescribeChannelMembership" => {
                and(&in_it, json!({ "MemberArn": bob }))
            }
            "DeleteChannelMessage" => and(&by_admin, json!({ "MessageId": message })),
            "DeleteChannelModerator" | "DescribeChannelModerator" => {
                and(&in_it, json!({ "ChannelModeratorArn": moderator }))
            }
            "DeregisterAppInstanceUserEndpoint" | "DescribeAppInstanceUserEndpoint" => endpoint,
            "DescribeChannelMembershipForAppInstanceUser" => {
                and(&by_admin, json!({ "AppInstanceUserArn": bob }))
            }
            "DescribeChannelModeratedByAppInstanceUser" => {
                and(&by_admin, json!({ "AppInstanceUserArn": moderator }))
            }
            "DisassociateChannelFlow" => json!({
                "ChannelArn": world.channel("flowing"), "ChannelFlowArn": self.flow, "ChimeBearer": moderator,
            }),
            "GetChannelMembershipPreferences" => {
                json!({ "ChannelArn": channel, "ChimeBearer": bob, "MemberArn": bob })
            }
            "GetChannelMessage" | "GetChannelMessageStatus" | "RedactChannelMessage" => bobs,
            "GetMessagingSessionEndpoint" => json!({ "NetworkType": "DUAL_STACK" }),
            "ListAppInstanceAdmins" | "ListAppInstanceBots" | "ListAppInstanceUsers" | "ListChannelFlows" => {
                and(&page, json!({ "AppInstanceArn": instance }))
            }
            "ListAppInstanceUserEndpoints" => and(&page, user),
            "ListAppInstances" => page,
            "ListChannelBans" | "ListChannelModerators" => and(&page, in_it),
            "ListChannelMemberships" => and(&page, and(&in_it, json!({ "Type": "HIDDEN" }))),
            "ListChannelMembershipsForAppInstanceUser" | "ListChannelsModeratedByAppInstanceUser" => {
                and(&page, json!({ "ChimeBearer": admin, "AppInstanceUserArn": bob }))
            }
            "ListChannelMessages" => and(
                &and(&page, in_it),
                json!({
                    "SortOrder": "ASCENDING", "NotBefore": "2026-11-01T00:00:00Z", "NotAfter": "2026-12-01T00:00:00Z",
                }),
            ),
            "ListChannels" => {
                and(&page, json!({ "AppInstanceArn": instance, "ChimeBearer": admin, "Privacy": "PRIVATE" }))
            }
            "ListChannelsAssociatedWithChannelFlow" => and(&page, json!({ "ChannelFlowArn": self.flow })),
            "ListSubChannels" => {
                and(&page, json!({ "ChannelArn": world.channel("elastic"), "ChimeBearer": moderator }))
            }
            "ListTagsForResource" => json!({ "ResourceARN": channel }),
            "PutAppInstanceRetentionSettings" => json!({
                "AppInstanceArn": instance,
                "AppInstanceRetentionSettings": { "ChannelRetentionSettings": { "RetentionDays": 1 } },
            }),
            "PutAppInstanceUserExpirationSettings" => and(&user, json!({ "ExpirationSettings": expiration })),
            "PutChannelExpirationSettings" => and(&in_it, json!({ "ExpirationSettings": expiration })),
            "PutChannelMembershipPreferences" => json!({
                "ChannelArn": channel, "ChimeBearer": bob, "MemberArn": bob,
                "Preferences": { "PushNotifications": {
                    "AllowNotifications": "FILTERED", "FilterRule": r#"{"urgent": ["yes"]}"#,
                } },
            }),
            "PutMessagingStreamingConfigurations" => json!({
                "AppInstanceArn": instance,
                "StreamingConfigurations": [{ "DataType": "ChannelMessage", "ResourceArn": STREAM }],
            }),
            "RegisterAppInstanceUserEndpoint" => json!({
                "AppInstanceUserArn": bob, "Name": "Phone", "Type": "APNS", "ResourceArn": instance,
                "EndpointAttributes": { "DeviceToken": "t", "VoipDeviceToken": "v" }, "AllowMessages": "ALL",
            }),
            "SearchChannels" => and(
                &page,
                json!({
                    "ChimeBearer": admin,
                    "Fields": [{ "Key": "MEMBERS", "Operator": "INCLUDES", "Values": [bob] }],
                }),
            ),
            "SendChannelMessage" => json!({
                "ChannelArn": channel, "ChimeBearer": bob, "Content": "hello", "Type": "STANDARD",
                "Persistence": "PERSISTENT", "Metadata": "m", "ContentType": "text/plain",
                "PushNotification": { "Title": "t", "Body": "b", "Type": "VOIP" },
                "MessageAttributes": { "a": { "StringValues": ["b"] } }, "Target": [{ "MemberArn": moderator }],
            }),
            "TagResource" => json!({ "ResourceARN": channel, "Tags": tags }),
            "UntagResource" => json!({ "ResourceARN": channel, "TagKeys": ["k"] }),
            "UpdateAppInstance" => json!({ "AppInstanceArn": instance, "Name": "Home", "Metadata": "m" }),
            "UpdateAppInstanceBot" => json!({
                "AppInstanceBotArn": self.bot, "Name": "Robot", "Metadata": "m", "Configuration": bot_configuration(),
            }),
            "UpdateAppInstanceUser" => and(&user, json!({ "Name": "Robert", "Metadata": "m" })),
            "UpdateAppInstanceUserEndpoint" => {
                and(&endpoint, json!({ "Name": "Old", "AllowMessages": "NONE" }))
            }
            "UpdateChannel" => {
                and(&in_it, json!({ "Name": "Hall", "Mode": "UNRESTRICTED", "Metadata": "m" }))
            }
            "UpdateChannelFlow" => json!({
                "ChannelFlowArn": self.flow, "Name": "Flow", "Processors": processors(&[("g", "CONTINUE")]),
            }),
            "UpdateChannelMessage" => {
                and(&bobs, json!({ "Content": "hi", "Metadata": "m", "ContentType": "x/y" }))
            }
            other => panic!("no request for {other}"),
        }
    }

    /// Prepares the fixture so that the request for an operation succeeds.
    pub(super) fn prepare(&mut self, name: &str) {
        if name == "DeleteChannelFlow" {
            let disassociate = self.valid("DisassociateChannelFlow");
            self.world.ok("DisassociateChannelFlow", disassociate);
        }
    }
}

fn text(answer: &Value, name: &str) -> String {
    answer[name].as_str().unwrap().to_owned()
}

fn arn(answer: &Value, name: &str) -> Arn {
    Arn::new(&text(answer, name))
}

/// Returns the names of all operations. Those for tags are the same in both services.
pub(super) fn operations() -> Vec<&'static str> {
    let mut names: Vec<_> = MODEL.operations().iter().map(|operation| &*operation.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}
