"""`chimeflow flow` against the local service, with Lambda from there and from moto."""

import io
import json
import subprocess
import unittest
import zipfile

from botocore.exceptions import ClientError
from chat import ACCOUNT, REGION, Chat, client, moto
from local import built, service
from support import ROOT, clean_env

FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:chimeflow"


class Flow(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = built()
        cls.local = cls.enterClassContext(service())
        cls.moto = cls.enterClassContext(moto())

    def setUp(self):
        self.chat = Chat(self.local)
        self.env = clean_env(AWS_ENDPOINT_URL=self.local)

    def flow(self, *arguments, ends=0, env=None):
        """Runs `chimeflow flow`, which has to end with this code, and gives what it printed."""
        command = [str(self.program), "flow", *arguments]
        ran = subprocess.run(command, cwd=ROOT, env=env or self.env, capture_output=True, text=True, timeout=60)
        self.assertEqual(ran.returncode, ends, f"{command}\n{ran.stdout}\n{ran.stderr}")
        return ran.stdout if ends != 2 else ran.stderr

    def attach(self, *arguments, who=None, function="chimeflow:live", ends=0, env=None):
        channels = [part for channel in self.chat.channels for part in ("--channel", channel)]
        common = ("--app-instance", self.chat.app, "--function", function, "--as", who or self.chat.ann, "--json")
        said = self.flow("attach", *common, *channels, *arguments, ends=ends, env=env)
        return json.loads(said)

    def results(self, report):
        return [(step["result"], step["about"]) for step in report["steps"]]

    def test_attaching_moderates_and_attaching_again_changes_nothing(self):
        dry = self.attach("--dry-run")
        self.assertEqual((dry["fine"], dry["changed"], dry["flow"]), (True, 0, None))
        self.assertEqual(self.chat.messaging.list_channel_flows(AppInstanceArn=self.chat.app)["ChannelFlows"], [])

        first = self.attach()
        self.assertEqual((first["fine"], first["changed"]), (True, 3))
        self.assertEqual(self.chat.read(self.chat.say("what the fuck")), ("SENT", "what the ****"))
        second = self.attach()
        self.assertEqual((second["changed"], second["flow"]), (0, first["flow"]))
        self.assertNotIn("did", [result for result, _ in self.results(second)])

        # Another version of the function takes the place of this one in the flow that is called like the function.
        third = self.attach(function=f"{FUNCTION}:7")
        self.assertEqual((third["changed"], third["flow"]), (1, first["flow"]))
        self.assertEqual(len(self.chat.messaging.list_channel_flows(AppInstanceArn=self.chat.app)["ChannelFlows"]), 1)
        # The channel that is not given has the flow too.
        self.chat.channels.pop()
        self.assertIn("chimeflow changes for 1 other channel too", json.dumps(self.attach("--dry-run", function=f"{FUNCTION}:8")))

    def test_whoever_is_acted_as_has_to_run_the_channels(self):
        report = self.attach(who=self.chat.cy, ends=1)
        problems = [step for step in report["steps"] if step["result"] == "problem"]
        self.assertEqual(len(problems), 2)
        self.assertIn("create-channel-moderator", problems[0]["fix"])
        self.assertEqual(self.chat.messaging.list_channel_flows(AppInstanceArn=self.chat.app)["ChannelFlows"], [])
        # A moderator does.
        self.assertEqual(self.attach(who=self.chat.ben)["changed"], 3)

    def test_a_channel_keeps_another_flow_unless_it_is_said(self):
        first = self.attach()["flow"]
        report = self.attach(function="other:live", ends=1)
        self.assertIn("has another flow, chimeflow", json.dumps(report))
        self.assertEqual(report["changed"], 0)
        second = self.attach("--replace", function="other:live")
        self.assertEqual(second["changed"], 3)
        self.assertNotEqual(second["flow"], first)
        has = self.chat.messaging.describe_channel(ChannelArn=self.chat.channels[0], ChimeBearer=self.chat.ben)
        self.assertEqual(has["Channel"]["ChannelFlowArn"], second["flow"])

    def test_a_function_on_aws_is_looked_at_first(self):
        # Lambda is moto here, which has functions only when they are created, and no permission unless it is granted.
        env = clean_env(AWS_ENDPOINT_URL=self.local, AWS_ENDPOINT_URL_LAMBDA=self.moto)
        self.assertIn("there is no function chimeflow in", json.dumps(self.attach(ends=1, env=env)))

        functions = client("lambda", self.moto)
        role = client("iam", self.moto).create_role(RoleName="processor", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("bootstrap", "#!/bin/sh\n")
        functions.create_function(
            FunctionName="chimeflow", Runtime="provided.al2023", Role=role, Handler="bootstrap", Code={"ZipFile": code.getvalue()},
            Publish=True,
        )
        self.assertIn("no alias and no version `live`", json.dumps(self.attach(ends=1, env=env)))
        functions.create_alias(FunctionName="chimeflow", Name="live", FunctionVersion="1")

        missing = self.attach(ends=1, env=env)
        self.assertEqual([about for result, about in self.results(missing) if result == "problem"], ["permission"])
        self.assertEqual([about for result, about in self.results(missing) if result == "warning"], ["failures"])
        self.assertIn("aws lambda add-permission", json.dumps(missing))

        granted = self.attach("--grant", env=env)
        self.assertEqual(granted["changed"], 4)
        policy = json.loads(functions.get_policy(FunctionName="chimeflow", Qualifier="live")["Policy"])
        [statement] = policy["Statement"]
        self.assertEqual(statement["Principal"], {"Service": "messaging.chime.amazonaws.com"})
        self.assertIn(self.chat.app, json.dumps(statement["Condition"]))
        self.assertEqual(self.attach(env=env)["changed"], 0)

    def test_flows_one_by_one(self):
        json_of = lambda *arguments, ends=0: json.loads(self.flow(*arguments, "--json", ends=ends))
        flow = json_of("create", "--app-instance", self.chat.app, "--function", "chimeflow:live", "--name", "mine")["flow"]
        self.assertEqual(
            self.flow("list", "--app-instance", self.chat.app), f"mine\t{FUNCTION}:live\tABORT\t{flow}\n",
        )
        updated = json_of("update", flow, "--fallback", "continue")
        self.assertEqual((updated["changed"], updated["processors"][0]["fallback"]), (True, "CONTINUE"))
        self.assertEqual(json_of("update", flow, "--fallback", "continue")["changed"], False)
        channel = self.chat.channels[0]
        associate = ("associate", flow, "--channel", channel, "--as", self.chat.ann)
        self.assertEqual(json_of(*associate)["result"], "associated")
        self.assertEqual(json_of(*associate)["result"], "same")
        described = json_of("describe", flow)
        self.assertEqual((described["name"], described["channels"]), ("mine", [channel]))
        self.assertEqual(json_of("delete", flow, ends=1)["channels"], [channel])
        self.assertEqual(json_of("disassociate", "--channel", channel, "--as", self.chat.ann)["before"], flow)
        self.assertTrue(json_of("delete", flow)["deleted"])
        with self.assertRaises(ClientError):
            self.chat.messaging.describe_channel_flow(ChannelFlowArn=flow)

    def test_what_tools_ask_of_lambda_is_answered_here_too(self):
        functions = client("lambda", self.local)
        self.assertEqual(functions.get_function(FunctionName="any:live")["Configuration"]["State"], "Active")
        self.assertEqual(functions.get_function_configuration(FunctionName="any", Qualifier="3")["Version"], "3")
        permission = {
            "FunctionName": "any", "Qualifier": "live", "StatementId": "mine", "Action": "lambda:InvokeFunction",
            "Principal": "messaging.chime.amazonaws.com", "SourceArn": self.chat.app, "SourceAccount": ACCOUNT,
        }
        added = json.loads(functions.add_permission(**permission)["Statement"])
        with self.assertRaises(functions.exceptions.ResourceConflictException):
            functions.add_permission(**permission)
        policy = json.loads(functions.get_policy(FunctionName="any", Qualifier="live")["Policy"])
        self.assertEqual(policy["Statement"][1:], [added])
        config = functions.get_function_event_invoke_config(FunctionName="any", Qualifier="live")
        self.assertEqual(config["MaximumRetryAttempts"], 2)
        with self.assertRaises(ClientError) as refused:
            functions.list_functions()
        self.assertEqual(refused.exception.response["ResponseMetadata"]["HTTPStatusCode"], 501)

    def test_a_refusal_says_which_call_and_what_to_do(self):
        gone = f"{self.chat.app}/channel-flow/gone"
        said = self.flow("describe", gone, ends=2)
        self.assertRegex(said, r"DescribeChannelFlow was refused: .*HTTP 403, ForbiddenException, request [-0-9a-f]+\)\n  help: ")

    def test_throttling_is_waited_out(self):
        self.chat.fault("throttle", operation="ListChannelFlows", times=2)
        self.assertEqual(self.flow("list", "--app-instance", self.chat.app, "--json"), "")


if __name__ == "__main__":
    unittest.main()
