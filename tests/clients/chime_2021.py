"""Every operation on messaging and identity that the service `chime` had in 2021, by the boto3 that runs this.

usage: chime_2021.py ENDPOINT prefixed|plain

Prints, as JSON, the operations that succeeded and those that the model has.
"""

import json
import socket
import sys

import boto3
from botocore.config import Config

endpoint, hosts = sys.argv[1:]
resolve = socket.getaddrinfo
# What a line in /etc/hosts does, or a system that knows that `localhost` has subdomains.
socket.getaddrinfo = lambda host, *rest, **more: resolve("127.0.0.1" if host.endswith(".localhost") else host, *rest, **more)
chime = boto3.client(
    "chime", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="local", aws_secret_access_key="local",
    config=Config(inject_host_prefix=hosts == "prefixed", retries={"max_attempts": 0}),
)
model = chime.meta.service_model
done = set()


def call(operation, **arguments):
    """Calls an operation with those of the arguments that it has, and gives the answer."""
    members = model.operation_model(operation).input_shape.members
    answer = chime._make_api_call(operation, {name: value for name, value in arguments.items() if name in members})
    done.add(operation)
    return answer


app = call("CreateAppInstance", Name="House", ClientRequestToken="house")["AppInstanceArn"]
here = {"AppInstanceArn": app}
ann, bob, cy = (
    call("CreateAppInstanceUser", **here, AppInstanceUserId=name, Name=name, ClientRequestToken=f"user-{name}")["AppInstanceUserArn"]
    for name in ("ann", "bob", "cy")
)
call("DescribeAppInstance", **here)
call("UpdateAppInstance", **here, Name="Home", Metadata="")
call("ListAppInstances")
call("DescribeAppInstanceUser", AppInstanceUserArn=bob)
call("UpdateAppInstanceUser", AppInstanceUserArn=bob, Name="Bob", Metadata="")
call("ListAppInstanceUsers", **here)
call("CreateAppInstanceAdmin", **here, AppInstanceAdminArn=ann)
call("DescribeAppInstanceAdmin", **here, AppInstanceAdminArn=ann)
call("ListAppInstanceAdmins", **here)
call("PutAppInstanceRetentionSettings", **here, AppInstanceRetentionSettings={"ChannelRetentionSettings": {"RetentionDays": 30}})
call("GetAppInstanceRetentionSettings", **here)

by = {"ChimeBearer": ann}
channel = call(
    "CreateChannel", **here, **by, Name="general", Mode="UNRESTRICTED", Privacy="PRIVATE", ClientRequestToken="channel",
)["ChannelArn"]
there = {"ChannelArn": channel, **by}
call("UpdateChannel", **there, Name="General", Mode="UNRESTRICTED")
call("DescribeChannel", **there)
call("ListChannels", **here, **by)
call("CreateChannelMembership", **there, MemberArn=bob, Type="DEFAULT")
if "BatchCreateChannelMembership" in model.operation_names:
    call("BatchCreateChannelMembership", **there, MemberArns=[cy], Type="DEFAULT")
call("DescribeChannelMembership", **there, MemberArn=bob)
call("ListChannelMemberships", **there)
call("ListChannelMembershipsForAppInstanceUser", **by, AppInstanceUserArn=bob)
call("DescribeChannelMembershipForAppInstanceUser", **there, AppInstanceUserArn=bob)
call("CreateChannelModerator", **there, ChannelModeratorArn=bob)
call("DescribeChannelModerator", **there, ChannelModeratorArn=bob)
call("ListChannelModerators", **there)
call("ListChannelsModeratedByAppInstanceUser", **by, AppInstanceUserArn=bob)
call("DescribeChannelModeratedByAppInstanceUser", **there, AppInstanceUserArn=bob)
call("CreateChannelBan", **there, MemberArn=cy)
call("DescribeChannelBan", **there, MemberArn=cy)
call("ListChannelBans", **there)
message = {**there, "MessageId": call(
    "SendChannelMessage", **there, Content="hello", Type="STANDARD", Persistence="PERSISTENT", ClientRequestToken="message",
)["MessageId"]}
call("UpdateChannelMessage", **message, Content="hello, all")
assert call("GetChannelMessage", **message)["ChannelMessage"]["Content"] == "hello, all"
assert [it["Content"] for it in call("ListChannelMessages", **there)["ChannelMessages"]] == ["hello, all"]
call("UpdateChannelReadMarker", **there)
call("RedactChannelMessage", **message)
call("GetMessagingSessionEndpoint")
call("DeleteChannelMessage", **message)
call("DeleteChannelBan", **there, MemberArn=cy)
call("DeleteChannelModerator", **there, ChannelModeratorArn=bob)
call("DeleteChannelMembership", **there, MemberArn=bob)
call("DeleteChannel", **there)
call("DeleteAppInstanceAdmin", **here, AppInstanceAdminArn=ann)
call("DeleteAppInstanceUser", AppInstanceUserArn=bob)
call("DeleteAppInstance", **here)

prefixes = ("identity-", "messaging-")
of = [name for name in model.operation_names if ((model.operation_model(name).endpoint or {}).get("hostPrefix")) in prefixes]
print(json.dumps({"done": sorted(done), "model": sorted(of)}))
