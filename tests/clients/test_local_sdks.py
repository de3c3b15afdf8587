"""What today's SDKs make of answers of `chimeflow local`: retries, typed errors, empty headers, slashes, times, text."""

import json
import shutil
import unittest
from datetime import datetime, timedelta, timezone

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError
from chat import KEYS, REGION, Chat
from local import built, service
from support import run
from test_local_js import HERE, installed

REFUSED = {"attempts": 1, "typed": True}


class JavaScript(unittest.TestCase):
    maxDiff = None

    def test_answers_are_understood(self):
        script = shutil.copy(HERE / "sdk.mjs", installed())
        said = run(built(), "local", "exec", "--", "node", "--no-warnings", script, seconds=120)
        told = {line.pop("about"): line for line in map(json.loads, said.splitlines())}
        self.assertEqual(told, {
            # It tries again by itself, unlike boto3 and the SDK for Rust where it is throttled.
            "throttle": {"status": 200, "attempts": 2},
            "unavailable": {"status": 200, "attempts": 2},
            "failure": {"status": 200, "attempts": 2},
            "unauthorized": {"status": 401, "error": "UnauthorizedClientException", "code": "Unauthorized", **REFUSED},
            # It sends empty headers and members, which other clients refuse to send.
            "no bearer": {"status": 400, "error": "BadRequestException", "code": "BadRequest", **REFUSED},
            "no callback id": {"status": 400, "error": "BadRequestException", "code": "BadRequest", **REFUSED},
            "a stranger": {"status": 403, "error": "ForbiddenException", "code": "Forbidden", **REFUSED},
            "endpoint /": {"status": 200, "attempts": 1},
            # It keeps the second slash, so that this is another path.
            "endpoint //": {"status": 404, "error": "UnknownOperationException", "code": "UnknownOperation", **REFUSED},
            "time": {"milliseconds": True, "isDate": True},
            "text": {"same": True},
        })


class Boto3(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chat = Chat(cls.enterClassContext(service()))
        # With the slash that people leave at the end of an address.
        cls.chat.messaging = boto3.client(
            "chime-sdk-messaging", region_name=REGION, endpoint_url=f"{cls.chat.endpoint}/", **KEYS,
            # The default since boto3 1.44.
            config=Config(retries={"mode": "standard"}),
        )

    def describe(self, bearer=None):
        """How often a call was made, and the code of its error."""
        describe, channel = self.chat.messaging.describe_channel, self.chat.channels[0]
        try:
            return describe(ChannelArn=channel, ChimeBearer=bearer or self.chat.ben)["ResponseMetadata"]["RetryAttempts"], None
        except ClientError as error:
            return error.response["ResponseMetadata"]["RetryAttempts"], error.response["Error"]["Code"]

    def test_errors_and_retries(self):
        for fault, wanted in {
            "throttle": (0, "ThrottledClientException"),
            "unavailable": (1, None),
            "failure": (1, None),
            "unauthorized": (0, "UnauthorizedClientException"),
        }.items():
            with self.subTest(fault):
                self.chat.fault(fault, operation="DescribeChannel")
                self.assertEqual(self.describe(), wanted)
        self.assertEqual(self.describe(f"{self.chat.ben}x"), (0, "ForbiddenException"))
        with self.assertRaises(ParamValidationError):
            self.chat.messaging.describe_channel(ChannelArn=self.chat.channels[0], ChimeBearer="")

    def test_times_and_text(self):
        text = 'ünï "quoted" 日本語 👍 %20'
        message = self.chat.messaging.get_channel_message(
            ChannelArn=self.chat.channels[0], MessageId=self.chat.say(text), ChimeBearer=self.chat.ben,
        )["ChannelMessage"]
        self.assertEqual(message["Content"], text)
        self.assertLess(abs(message["CreatedTimestamp"] - datetime.now(timezone.utc)), timedelta(minutes=1))


if __name__ == "__main__":
    unittest.main()
