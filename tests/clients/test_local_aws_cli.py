"""The aws command line against `chimeflow local`: the lines of AWS's developer guide for channel flows, as they stand there."""

import json
import unittest

from local import Function, service
from support import clean_env, run

FUNCTION = "arn:aws:lambda:us-east-1:111122223333:function:ProcessorLambda"


class AwsCli(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.function = cls.enterClassContext(Function())
        endpoint = cls.enterClassContext(service("--lambda-endpoint", cls.function.endpoint))
        cls.env = clean_env(AWS_ENDPOINT_URL=endpoint, AWS_ACCESS_KEY_ID="local", AWS_SECRET_ACCESS_KEY="local")

    def aws(self, service_name, *arguments):
        said = run("aws", f"chime-sdk-{service_name}", *arguments, "--output", "json", seconds=60, env=self.env)
        return json.loads(said) if said.strip() else None

    def test_a_channel_flow_from_the_first_call_to_the_last(self):
        instance = self.aws("identity", "create-app-instance", "--name", "testAppInstance")["AppInstanceArn"]
        user = self.aws(
            "identity", "create-app-instance-user", "--app-instance-arn", instance, "--app-instance-user-id", "ann", "--name", "Ann",
        )["AppInstanceUserArn"]
        channel = self.aws(
            "messaging", "create-channel", "--app-instance-arn", instance, "--name", "firstChannel", "--chime-bearer", user,
        )["ChannelArn"]
        processors = [{
            "ExecutionOrder": 1, "FallbackAction": "CONTINUE", "Name": "profanityProcessor",
            "Configuration": {"Lambda": {"InvocationType": "ASYNC", "ResourceArn": FUNCTION}},
        }]
        flow = self.aws(
            "messaging", "create-channel-flow", "--app-instance-arn", instance, "--name", "ProfanityFilter",
            "--processors", json.dumps(processors),
        )["ChannelFlowArn"]
        self.assertIsNone(self.aws(
            "messaging", "associate-channel-flow", "--channel-arn", channel, "--channel-flow-arn", flow, "--chime-bearer", user,
        ))
        sent = self.aws(
            "messaging", "send-channel-message", "--channel-arn", channel, "--content", "hello", "--type", "STANDARD",
            "--persistence", "PERSISTENT", "--chime-bearer", user,
        )
        self.assertEqual(sent["Status"], {"Value": "PENDING"})
        event = self.function.event()
        answer = self.aws(
            "messaging", "channel-flow-callback", "--channel-arn", channel, "--callback-id", event["CallbackId"],
            "--channel-message", json.dumps({"MessageId": event["ChannelMessage"]["MessageId"], "Content": "h***o"}),
        )
        self.assertEqual(answer["ChannelArn"], channel)
        status = self.aws(
            "messaging", "get-channel-message-status", "--channel-arn", channel, "--message-id", sent["MessageId"],
            "--chime-bearer", user,
        )
        self.assertEqual(status["Status"], {"Value": "SENT"})
        listed = self.aws("messaging", "list-channel-messages", "--channel-arn", channel, "--chime-bearer", user)
        self.assertEqual([message["Content"] for message in listed["ChannelMessages"]], ["h***o"])
        of_flow = self.aws("messaging", "list-channels-associated-with-channel-flow", "--channel-flow-arn", flow)
        self.assertEqual([one["Name"] for one in of_flow["Channels"]], ["firstChannel"])
        self.assertIsNone(self.aws(
            "messaging", "disassociate-channel-flow", "--channel-arn", channel, "--channel-flow-arn", flow,
            "--chime-bearer", user,
        ))
        self.assertIsNone(self.aws("messaging", "delete-channel-flow", "--channel-flow-arn", flow))


if __name__ == "__main__":
    unittest.main()
