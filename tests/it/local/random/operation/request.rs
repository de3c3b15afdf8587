//! The requests that operations are.

use super::Operation;
use crate::local::client::encoded;
use crate::local::random::model::Model;

impl Operation {
    /// Returns the method and the path of the request.
    pub(in super::super) fn request(&self, model: &Model) -> (&'static str, String) {
        let (method, path) = self.plain_request(model);
        let is_in_body = matches!(method, "POST" | "PUT") || self.name == "ListSubChannels";
        match &self.sub_channel {
            Some(id) if !is_in_body => {
                let joint = if path.contains('?') { "&" } else { "?" };
                (method, format!("{path}{joint}sub-channel-id={id}"))
            }
            _ => (method, path),
        }
    }

    fn plain_request(&self, model: &Model) -> (&'static str, String) {
        let app = format!("/app-instances/{}", encoded(&model.app));
        let user = format!("/app-instance-users/{}", encoded(&model.user_arn(&self.who)));
        let channel = format!("/channels/{}", encoded(&model.channel_arn(&self.channel)));
        let who = encoded(&model.user_arn(&self.who));
        let message = format!("{channel}/messages/{}", self.message);
        let flow = format!("/channel-flows/{}", encoded(&model.flow_arn(&self.flow)));
        let of_channel = format!("{channel}/channel-flow");
        match self.name {
            "CreateAppInstanceUser" => ("POST", "/app-instance-users".to_owned()),
            "UpdateAppInstanceUser" => ("PUT", user),
            "DescribeAppInstanceUser" => ("GET", user),
            "DeleteAppInstanceUser" => ("DELETE", user),
            "PutAppInstanceUserExpirationSettings" => ("PUT", format!("{user}/expiration-settings")),
            "PutAppInstanceRetentionSettings" => ("PUT", format!("{app}/retention-settings")),
            "CreateAppInstanceAdmin" => ("POST", format!("{app}/admins")),
            "DescribeAppInstanceAdmin" => ("GET", format!("{app}/admins/{who}")),
            "DeleteAppInstanceAdmin" => ("DELETE", format!("{app}/admins/{who}")),
            "CreateChannel" => ("POST", "/channels".to_owned()),
            "DescribeChannel" => ("GET", channel),
            "UpdateChannel" => ("PUT", channel),
            "DeleteChannel" => ("DELETE", channel),
            "PutChannelExpirationSettings" => ("PUT", format!("{channel}/expiration-settings")),
            "CreateChannelMembership" => ("POST", format!("{channel}/memberships")),
            "BatchCreateChannelMembership" => {
                ("POST", format!("{channel}/memberships?operation=batch-create"))
            }
            "DescribeChannelMembership" => ("GET", format!("{channel}/memberships/{who}")),
            "DeleteChannelMembership" => ("DELETE", format!("{channel}/memberships/{who}")),
            "CreateChannelModerator" => ("POST", format!("{channel}/moderators")),
            "DescribeChannelModerator" => ("GET", format!("{channel}/moderators/{who}")),
            "DeleteChannelModerator" => ("DELETE", format!("{channel}/moderators/{who}")),
            "CreateChannelBan" => ("POST", format!("{channel}/bans")),
            "DescribeChannelBan" => ("GET", format!("{channel}/bans/{who}")),
            "DeleteChannelBan" => ("DELETE", format!("{channel}/bans/{who}")),
            "UpdateChannelReadMarker" => ("PUT", format!("{channel}/readMarker")),
            "SendChannelMessage" => ("POST", format!("{channel}/messages")),
            "UpdateChannelMessage" => ("PUT", message),
            "RedactChannelMessage" => ("POST", format!("{message}?operation=redact")),
            "DeleteChannelMessage" => ("DELETE", message),
            "GetChannelMessage" => ("GET", message),
            "GetChannelMessageStatus" => ("GET", format!("{message}?scope=message-status")),
            "ListAppInstanceUsers" => {
                ("GET", format!("/app-instance-users?app-instance-arn={}", encoded(&model.app)))
            }
            "ListAppInstanceAdmins" => ("GET", format!("{app}/admins?")),
            "ListChannels" => ("GET", format!("/channels?app-instance-arn={}", encoded(&model.app))),
            "CreateChannelFlow" => ("POST", "/channel-flows".to_owned()),
            "UpdateChannelFlow" => ("PUT", flow),
            "DescribeChannelFlow" => ("GET", flow),
            "DeleteChannelFlow" => ("DELETE", flow),
            "AssociateChannelFlow" => ("PUT", of_channel),
            "DisassociateChannelFlow" => {
                ("DELETE", format!("{of_channel}/{}", encoded(&model.flow_arn(&self.flow))))
            }
            "ChannelFlowCallback" => ("POST", format!("{channel}?operation=channel-flow-callback")),
            "TagResource" => ("POST", "/tags?operation=tag-resource".to_owned()),
            "UntagResource" => ("POST", "/tags?operation=untag-resource".to_owned()),
            "ListTagsForResource" => ("GET", format!("/tags?arn={}", encoded(&self.resource))),
            "PutChannelMembershipPreferences" => ("PUT", format!("{channel}/memberships/{who}/preferences")),
            "GetChannelMembershipPreferences" => ("GET", format!("{channel}/memberships/{who}/preferences")),
            "ListChannelFlows" => ("GET", format!("/channel-flows?app-instance-arn={}", encoded(&model.app))),
            "ListChannelsAssociatedWithChannelFlow" => {
                let flow = encoded(&model.flow_arn(&self.flow));
                ("GET", format!("/channels?scope=channel-flow-associations&channel-flow-arn={flow}"))
            }
            "ListSubChannels" => ("GET", format!("{channel}/subchannels?")),
            "SearchChannels" => ("POST", "/channels?operation=search".to_owned()),
            "ListChannelMembershipsForAppInstanceUser" => {
                ("GET", format!("/channels?scope=app-instance-user-memberships&app-instance-user-arn={who}"))
            }
            "ListChannelsModeratedByAppInstanceUser" => (
                "GET",
                format!("/channels?scope=app-instance-user-moderated-channels&app-instance-user-arn={who}"),
            ),
            "ListChannelMemberships" => ("GET", format!("{channel}/memberships?")),
            "ListChannelModerators" => ("GET", format!("{channel}/moderators?")),
            "ListChannelBans" => ("GET", format!("{channel}/bans?")),
            "ListChannelMessages" => ("GET", format!("{channel}/messages?")),
            other => panic!("no request is known for {other}"),
        }
    }
}
