"""A chat in `chimeflow local` with boto3: an app instance, people, a channel; and AWS's other services from moto."""

import json
import logging
import os
import time
import urllib.request
from contextlib import contextmanager

import boto3
from moto.server import ThreadedMotoServer

# The account of everything in the local service.
ACCOUNT = "111122223333"
REGION = "us-east-1"
KEYS = {"aws_access_key_id": "local", "aws_secret_access_key": "local"}


@contextmanager
def moto():
    """The endpoint of AWS's other services, until the block ends."""
    os.environ["MOTO_ACCOUNT_ID"] = ACCOUNT
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    finally:
        server.stop()
        del os.environ["MOTO_ACCOUNT_ID"]


def client(service, endpoint):
    return boto3.client(service, region_name=REGION, endpoint_url=endpoint, **KEYS)


class Chat:
    """An app instance in the local service, with an administrator called ann, ben who made the channels, and cy who made none."""

    def __init__(self, endpoint, channels=("general", "random")):
        self.endpoint = endpoint
        self.identity = client("chime-sdk-identity", endpoint)
        self.messaging = client("chime-sdk-messaging", endpoint)
        self.app = self.identity.create_app_instance(Name="chat")["AppInstanceArn"]
        self.ann, self.ben, self.cy = (self.person(name) for name in ("ann", "ben", "cy"))
        self.identity.create_app_instance_admin(AppInstanceArn=self.app, AppInstanceAdminArn=self.ann)
        self.channels = [
            self.messaging.create_channel(AppInstanceArn=self.app, Name=name, ChimeBearer=self.ben)["ChannelArn"]
            for name in channels
        ]

    def person(self, name):
        person = self.identity.create_app_instance_user(AppInstanceArn=self.app, AppInstanceUserId=name, Name=name)
        return person["AppInstanceUserArn"]

    def say(self, text, channel=None):
        """Sends a message, and gives its id."""
        sent = self.messaging.send_channel_message(
            ChannelArn=channel or self.channels[0], Content=text, Type="STANDARD", Persistence="PERSISTENT", ChimeBearer=self.ben,
        )
        return sent["MessageId"]

    def read(self, message, channel=None):
        """A message's status and content, once its flow has let it go."""
        def now():
            found = self.messaging.get_channel_message(
                ChannelArn=channel or self.channels[0], MessageId=message, ChimeBearer=self.ben,
            )["ChannelMessage"]
            return found["Status"]["Value"], found["Content"]
        return until(now, lambda seen: seen[0] != "PENDING")

    def admin(self, method, path, body=None):
        """What the local service says under `/_local/`."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.endpoint}/_local/{path}", method=method, data=data)
        return json.loads(urllib.request.urlopen(request, timeout=10).read())

    def advance(self, time):
        self.admin("POST", "clock", {"advance": time})

    def fault(self, fault, **more):
        self.admin("POST", "faults", {"fault": fault, **more})

    def steps(self, message):
        return [step["what"] for step in self.admin("GET", f"messages/{message}/trace")["steps"]]

    def answers(self, message):
        """How often a message was answered."""
        return sum(step.startswith("callback:") for step in self.steps(message))


def until(look, enough, seconds=10):
    """Looks until it has seen enough, or time is up; gives what it saw last."""
    end = time.monotonic() + seconds
    while not enough(seen := look()) and time.monotonic() < end:
        time.sleep(0.05)
    return seen
