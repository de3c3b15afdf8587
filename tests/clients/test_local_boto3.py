"""boto3 against `chimeflow local`: every operation of both services, each answer checked against the model."""

import unittest
from datetime import datetime, timezone

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from local import Function, service
from strict import seen, strict

ALIAS = "arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/ABCDEFGHIJ"
FUNCTION = "arn:aws:lambda:us-east-1:111122223333:function:moderate"
STREAM = "arn:aws:kinesis:us-east-1:111122223333:stream/chime-messaging-house"
PROCESSORS = [{
    "Name": "moderate", "ExecutionOrder": 1, "FallbackAction": "ABORT",
    "Configuration": {"Lambda": {"ResourceArn": FUNCTION, "InvocationType": "ASYNC"}},
}]
TAGS = [{"Key": "k", "Value": "v"}]
DAY = {"ExpirationDays": 1, "ExpirationCriterion": "CREATED_TIMESTAMP"}


def client(name, endpoint):
    return strict(boto3.client(
        name, endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="local", aws_secret_access_key="local",
        # What boto3 would refuse by itself is for the service to refuse here.
        config=Config(parameter_validation=False, retries={"total_max_attempts": 1}),
    ))


class Boto3(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.function = cls.enterClassContext(Function())
        endpoint = cls.enterClassContext(service("--lambda-endpoint", cls.function.endpoint))
        cls.messaging = client("chime-sdk-messaging", endpoint)
        cls.identity = client("chime-sdk-identity", endpoint)

    def people(self, *names):
        instance = self.identity.create_app_instance(Name="House")["AppInstanceArn"]
        create = self.identity.create_app_instance_user
        return instance, *(create(AppInstanceArn=instance, AppInstanceUserId=name, Name=name)["AppInstanceUserArn"] for name in names)

    def refused(self, error, call, **arguments):
        with self.assertRaises(ClientError) as refused:
            call(**arguments)
        # The strict checker has seen that the operation declares it.
        self.assertEqual(refused.exception.response["Error"]["Code"], f"{error}Exception")
        return refused.exception.response["Error"]["Message"]

    def test_every_operation_succeeds(self):
        self.identities()
        self.channels()
        self.flows()
        for service_client in (self.messaging, self.identity):
            model = service_client.meta.service_model
            answered = {name for name, statuses in seen[model.service_name].items() if min(statuses) < 300}
            with self.subTest(model.service_name):
                self.assertEqual(sorted(model.operation_names), sorted(answered))

    def identities(self):
        identity = self.identity
        instance, ann, bob = self.people("ann", "bob")
        self.assertEqual(identity.describe_app_instance(AppInstanceArn=instance)["AppInstance"]["Name"], "House")
        identity.update_app_instance(AppInstanceArn=instance, Name="Home", Metadata="m")
        self.assertIn(instance, [one["AppInstanceArn"] for one in identity.list_app_instances()["AppInstances"]])

        retention = {"ChannelRetentionSettings": {"RetentionDays": 30}}
        identity.put_app_instance_retention_settings(AppInstanceArn=instance, AppInstanceRetentionSettings=retention)
        kept = identity.get_app_instance_retention_settings(AppInstanceArn=instance)
        self.assertEqual(kept["AppInstanceRetentionSettings"], retention)
        self.assertIsInstance(kept["InitiateDeletionTimestamp"], datetime)

        admin = {"AppInstanceArn": instance, "AppInstanceAdminArn": ann}
        identity.create_app_instance_admin(**admin)
        self.assertEqual(identity.describe_app_instance_admin(**admin)["AppInstanceAdmin"]["Admin"]["Name"], "ann")
        self.assertEqual(len(identity.list_app_instance_admins(AppInstanceArn=instance)["AppInstanceAdmins"]), 1)
        identity.delete_app_instance_admin(**admin)

        lex = {"Lex": {"LexBotAliasArn": ALIAS, "LocaleId": "en_US"}}
        bot = identity.create_app_instance_bot(AppInstanceArn=instance, Name="Bot", Configuration=lex)["AppInstanceBotArn"]
        self.assertEqual(identity.describe_app_instance_bot(AppInstanceBotArn=bot)["AppInstanceBot"]["Configuration"], lex)
        identity.update_app_instance_bot(AppInstanceBotArn=bot, Name="Robot", Metadata="m")
        self.assertEqual(len(identity.list_app_instance_bots(AppInstanceArn=instance)["AppInstanceBots"]), 1)
        identity.delete_app_instance_bot(AppInstanceBotArn=bot)

        identity.update_app_instance_user(AppInstanceUserArn=ann, Name="Anna", Metadata="m")
        identity.put_app_instance_user_expiration_settings(AppInstanceUserArn=ann, ExpirationSettings=DAY)
        user = identity.describe_app_instance_user(AppInstanceUserArn=ann)["AppInstanceUser"]
        self.assertEqual((user["Name"], user["ExpirationSettings"]), ("Anna", DAY))
        page = identity.list_app_instance_users(AppInstanceArn=instance, MaxResults=1)
        rest = identity.list_app_instance_users(AppInstanceArn=instance, MaxResults=1, NextToken=page["NextToken"])
        both = page["AppInstanceUsers"] + rest["AppInstanceUsers"]
        self.assertEqual([user["AppInstanceUserArn"] for user in both], [ann, bob])

        phone = {"AppInstanceUserArn": ann, "EndpointId": identity.register_app_instance_user_endpoint(
            AppInstanceUserArn=ann, Type="GCM", ResourceArn=instance, EndpointAttributes={"DeviceToken": "t"},
        )["EndpointId"]}
        identity.update_app_instance_user_endpoint(**phone, Name="Phone", AllowMessages="NONE")
        self.assertEqual(
            identity.describe_app_instance_user_endpoint(**phone)["AppInstanceUserEndpoint"]["EndpointState"]["Status"], "ACTIVE")
        self.assertEqual(len(identity.list_app_instance_user_endpoints(AppInstanceUserArn=ann)["AppInstanceUserEndpoints"]), 1)
        identity.deregister_app_instance_user_endpoint(**phone)

        identity.tag_resource(ResourceARN=instance, Tags=TAGS)
        self.assertEqual(identity.list_tags_for_resource(ResourceARN=instance)["Tags"], TAGS)
        identity.untag_resource(ResourceARN=instance, TagKeys=["k"])
        identity.delete_app_instance_user(AppInstanceUserArn=bob)
        identity.delete_app_instance(AppInstanceArn=instance)

    def channels(self):
        messaging = self.messaging
        instance, ann, bob, cy = self.people("ann", "bob", "cy")
        self.identity.create_app_instance_admin(AppInstanceArn=instance, AppInstanceAdminArn=cy)
        channel = messaging.create_channel(
            AppInstanceArn=instance, Name="Room", ChimeBearer=ann, ChannelId="room", Metadata='{"a": "é"}', Tags=TAGS,
        )["ChannelArn"]
        here = {"ChannelArn": channel, "ChimeBearer": ann}
        messaging.update_channel(**here, Name="Hall", Mode="UNRESTRICTED")
        described = messaging.describe_channel(**here)["Channel"]
        self.assertEqual((described["Name"], described["Metadata"]), ("Hall", '{"a": "é"}'))
        self.assertEqual(len(messaging.list_channels(AppInstanceArn=instance, ChimeBearer=bob)["Channels"]), 1)

        messaging.create_channel_membership(**here, MemberArn=bob, Type="DEFAULT")
        batch = messaging.batch_create_channel_membership(**here, MemberArns=[bob, cy])
        self.assertEqual([error["ErrorCode"] for error in batch["Errors"]], ["Conflict"])
        self.assertEqual(messaging.describe_channel_membership(**here, MemberArn=bob)["ChannelMembership"]["Type"], "DEFAULT")
        self.assertEqual(len(messaging.list_channel_memberships(**here)["ChannelMemberships"]), 3)
        self.assertEqual(len(messaging.list_channel_memberships_for_app_instance_user(ChimeBearer=bob)["ChannelMemberships"]), 1)
        messaging.update_channel_read_marker(ChannelArn=channel, ChimeBearer=bob)
        mine = messaging.describe_channel_membership_for_app_instance_user(
            ChannelArn=channel, ChimeBearer=cy, AppInstanceUserArn=bob)["ChannelMembership"]
        self.assertIsInstance(mine["AppInstanceUserMembershipSummary"]["ReadMarkerTimestamp"], datetime)
        found = messaging.search_channels(ChimeBearer=bob, Fields=[{"Key": "MEMBERS", "Operator": "INCLUDES", "Values": [cy]}])
        self.assertEqual([one["ChannelArn"] for one in found["Channels"]], [channel])

        own = {"ChannelArn": channel, "ChimeBearer": bob, "MemberArn": bob}
        preferences = {"PushNotifications": {"AllowNotifications": "FILTERED", "FilterRule": '{"a": ["b"]}'}}
        messaging.put_channel_membership_preferences(**own, Preferences=preferences)
        self.assertEqual(messaging.get_channel_membership_preferences(**own)["Preferences"], preferences)

        message = {"ChannelArn": channel, "ChimeBearer": bob, "MessageId": messaging.send_channel_message(
            ChannelArn=channel, ChimeBearer=bob, Content="héllo 👋", Type="STANDARD", Persistence="PERSISTENT", Metadata="m",
            MessageAttributes={"a": {"StringValues": ["b"]}}, PushNotification={"Title": "t", "Body": "b", "Type": "DEFAULT"},
        )["MessageId"]}
        self.assertEqual(messaging.get_channel_message_status(**message)["Status"], {"Value": "SENT"})
        messaging.update_channel_message(**message, Content="bye")
        got = messaging.get_channel_message(**message)["ChannelMessage"]
        self.assertEqual((got["Content"], got["Metadata"]), ("bye", "m"))
        self.assertGreaterEqual(got["LastEditedTimestamp"], got["CreatedTimestamp"])
        listed = messaging.list_channel_messages(**here, SortOrder="ASCENDING", NotBefore=datetime(2020, 1, 1, tzinfo=timezone.utc))
        self.assertEqual([one["Content"] for one in listed["ChannelMessages"]], ["bye"])
        messaging.redact_channel_message(**message)
        self.assertNotIn("Content", messaging.get_channel_message(**message)["ChannelMessage"])
        messaging.delete_channel_message(**{**message, "ChimeBearer": cy})

        moderator = {**here, "ChannelModeratorArn": bob}
        messaging.create_channel_moderator(**moderator)
        self.assertEqual(messaging.describe_channel_moderator(**moderator)["ChannelModerator"]["CreatedBy"]["Name"], "ann")
        self.assertEqual(len(messaging.list_channel_moderators(**here)["ChannelModerators"]), 2)
        self.assertEqual(len(messaging.list_channels_moderated_by_app_instance_user(ChimeBearer=bob)["Channels"]), 1)
        messaging.describe_channel_moderated_by_app_instance_user(ChannelArn=channel, ChimeBearer=bob, AppInstanceUserArn=bob)
        messaging.delete_channel_moderator(**moderator)
        ban = {**here, "MemberArn": bob}
        messaging.create_channel_ban(**ban)
        self.assertEqual(messaging.describe_channel_ban(**ban)["ChannelBan"]["Member"]["Name"], "bob")
        self.assertEqual(len(messaging.list_channel_bans(**here)["ChannelBans"]), 1)
        messaging.delete_channel_ban(**ban)
        messaging.delete_channel_membership(**here, MemberArn=cy)

        messaging.tag_resource(ResourceARN=channel, Tags=[{"Key": "l", "Value": "w"}])
        self.assertEqual(len(messaging.list_tags_for_resource(ResourceARN=channel)["Tags"]), 2)
        messaging.untag_resource(ResourceARN=channel, TagKeys=["k"])
        messaging.put_channel_expiration_settings(**here, ExpirationSettings=DAY)
        self.assertEqual(messaging.describe_channel(**here)["Channel"]["ExpirationSettings"], DAY)
        messaging.delete_channel(**here)

        elastic = messaging.create_channel(AppInstanceArn=instance, Name="Stadium", ChimeBearer=ann, ElasticChannelConfiguration={
            "MaximumSubChannels": 2, "TargetMembershipsPerSubChannel": 2, "MinimumMembershipPercentage": 40,
        })["ChannelArn"]
        joined = messaging.create_channel_membership(ChannelArn=elastic, ChimeBearer=ann, MemberArn=bob, Type="DEFAULT")
        parts = messaging.list_sub_channels(ChannelArn=elastic, ChimeBearer=ann)["SubChannels"]
        self.assertEqual(parts, [{"SubChannelId": joined["SubChannelId"], "MembershipCount": 1}])

        streams = [{"DataType": "ChannelMessage", "ResourceArn": STREAM}]
        messaging.put_messaging_streaming_configurations(AppInstanceArn=instance, StreamingConfigurations=streams)
        self.assertEqual(
            messaging.get_messaging_streaming_configurations(AppInstanceArn=instance)["StreamingConfigurations"], streams)
        messaging.delete_messaging_streaming_configurations(AppInstanceArn=instance)
        url = messaging.get_messaging_session_endpoint()["Endpoint"]["Url"]
        self.assertRegex(url, r"^localhost:\d+$")

    def flows(self):
        messaging = self.messaging
        instance, ann = self.people("ann")
        flow = messaging.create_channel_flow(AppInstanceArn=instance, Name="Flow", Processors=PROCESSORS)["ChannelFlowArn"]
        messaging.update_channel_flow(ChannelFlowArn=flow, Name="Moderation", Processors=PROCESSORS)
        self.assertEqual(messaging.describe_channel_flow(ChannelFlowArn=flow)["ChannelFlow"]["Processors"], PROCESSORS)
        self.assertEqual(len(messaging.list_channel_flows(AppInstanceArn=instance)["ChannelFlows"]), 1)
        channel = messaging.create_channel(AppInstanceArn=instance, Name="Room", ChimeBearer=ann)["ChannelArn"]
        here = {"ChannelArn": channel, "ChimeBearer": ann}
        messaging.associate_channel_flow(**here, ChannelFlowArn=flow)
        self.assertEqual(messaging.describe_channel(**here)["Channel"]["ChannelFlowArn"], flow)
        self.assertEqual(len(messaging.list_channels_associated_with_channel_flow(ChannelFlowArn=flow)["Channels"]), 1)

        sent = messaging.send_channel_message(**here, Content="hello", Type="STANDARD", Persistence="PERSISTENT")
        self.assertEqual(sent["Status"]["Value"], "PENDING")
        event = self.function.event()
        self.assertEqual(event["ChannelMessage"]["Content"], "hello")
        callback = {"ChannelArn": channel, "CallbackId": event["CallbackId"], "ChannelMessage": {
            "MessageId": event["ChannelMessage"]["MessageId"], "Content": "h***o",
        }}
        self.assertEqual(messaging.channel_flow_callback(**callback)["CallbackId"], event["CallbackId"])
        self.refused("Forbidden", messaging.channel_flow_callback, **callback)
        got = messaging.get_channel_message(**here, MessageId=sent["MessageId"])["ChannelMessage"]
        self.assertEqual((got["Content"], got["Status"]["Value"]), ("h***o", "SENT"))

        messaging.disassociate_channel_flow(**here, ChannelFlowArn=flow)
        messaging.delete_channel_flow(ChannelFlowArn=flow)

    def test_what_the_model_does_not_allow_is_refused_and_named(self):
        instance, ann = self.people("ann")
        channel = self.messaging.create_channel(AppInstanceArn=instance, Name="Room", ChimeBearer=ann)["ChannelArn"]
        send, create = self.messaging.send_channel_message, self.messaging.create_channel
        message = {"ChannelArn": channel, "ChimeBearer": ann, "Content": "x", "Type": "STANDARD", "Persistence": "PERSISTENT"}
        room = {"AppInstanceArn": instance, "Name": "Room", "ChimeBearer": ann}
        for call, base, change in (
            (send, message, {"Content": ""}),
            (send, message, {"Content": "é" * 2049}),
            (send, message, {"Metadata": "m" * 1025}),
            (send, message, {"Type": "SYSTEM"}),
            (send, message, {"Target": []}),
            (send, message, {"ContentType": "x" * 46}),
            (send, message, {"ClientRequestToken": "é"}),
            (create, room, {"Name": ""}),
            (create, room, {"Name": "\u0001"}),
            (create, room, {"ChannelId": "-"}),
            (create, room, {"MemberArns": [ann] * 11}),
            (create, room, {"MemberArns": ["ann"]}),
            (create, room, {"ExpirationSettings": {"ExpirationDays": 5476, "ExpirationCriterion": "CREATED_TIMESTAMP"}}),
            (create, room, {"ExpirationSettings": {"ExpirationDays": 1}}),
            (self.messaging.list_channels, {"AppInstanceArn": instance, "ChimeBearer": ann}, {"MaxResults": 51}),
            (self.messaging.list_channels, {"AppInstanceArn": instance, "ChimeBearer": ann}, {"NextToken": "made up"}),
            (self.identity.create_app_instance_user, {"AppInstanceArn": instance, "Name": "x"}, {"AppInstanceUserId": "no/slash"}),
        ):
            with self.subTest(change):
                self.assertIn(next(iter(change)), self.refused("BadRequest", call, **{**base, **change}))

    def test_a_bearer_is_asked_for(self):
        instance, ann = self.people("ann")
        channel = self.messaging.create_channel(AppInstanceArn=instance, Name="Room", ChimeBearer=ann)["ChannelArn"]
        self.assertIn("ChimeBearer", self.refused("BadRequest", self.messaging.describe_channel, ChannelArn=channel))
        nobody = f"{instance}/user/nobody"
        self.refused("Forbidden", self.messaging.describe_channel, ChannelArn=channel, ChimeBearer=nobody)

    def test_errors_are_exceptions_of_their_names(self):
        instance, ann = self.people("ann")
        room = {"AppInstanceArn": instance, "Name": "Room", "ChimeBearer": ann, "ChannelId": "room"}
        channel = self.messaging.create_channel(**room)["ChannelArn"]
        with self.assertRaises(self.messaging.exceptions.ConflictException):
            self.messaging.create_channel(**room)
        with self.assertRaises(self.messaging.exceptions.NotFoundException):
            self.messaging.get_channel_message(ChannelArn=channel, ChimeBearer=ann, MessageId="none")
        with self.assertRaises(self.messaging.exceptions.ResourceLimitExceededException):
            self.messaging.create_channel_flow(
                AppInstanceArn=instance, Name="Flow", Processors=[PROCESSORS[0], {**PROCESSORS[0], "ExecutionOrder": 2}])


if __name__ == "__main__":
    unittest.main()
