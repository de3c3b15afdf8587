"""From a clone to a channel that is moderated, with the commands of docs/deploy.md and no others.

Deployed to AWS as `emulated.py` plays it; the channel is in `chimeflow local`, whose function is what the deployment has built. What
AWS alone can show is not covered: that CodeDeploy shifts traffic, that EventBridge and the alarms send what they should, that the
AppConfig extension is in its layer, and whether the service takes the permission.
"""

import io
import json
import re
import shutil
import tempfile
import time
import unittest
import zipfile

from emulated import ACCOUNT, REGION, Cloud
from local import PROGRAM, built, service
from support import EVENTS, ROOT, expected_callback, run

ATTACH = "chimeflow flow attach"

# In us-east-1 version 1 of the AWS CLI goes to AWS for queues, whatever the environment says.
SQS_OF_THE_CLI = """aws() {
  if [ "$1" = sqs ]; then command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; else command aws "$@"; fi
}"""


def commands(section):
    """The commands under a heading of docs/deploy.md that are there to be run as they stand."""
    page = (ROOT / "docs" / "deploy.md").read_text()
    _, _, rest = page.partition(f"\n## {section}\n")
    body = re.split(r"^## ", rest, flags=re.MULTILINE)[0]
    return re.findall(r"^```sh\n(.*?)^```$", body, flags=re.MULTILINE | re.DOTALL)


class Deployment(unittest.TestCase):
    """An app instance with a channel, on a service whose function is a program that was built."""

    maxDiff = None
    # The command that builds the function, and where it puts it.
    build = program = None

    @classmethod
    def setUpClass(cls):
        if cls.build is None:
            raise unittest.SkipTest("what other tests share")
        built()
        run(*cls.build, seconds=2400)

    def setUp(self):
        # A copy: what is documented builds the function once more, and a program that runs cannot be written over.
        runs = shutil.copy(self.program, self.enterContext(tempfile.TemporaryDirectory()))
        chime = self.enterContext(service("--processor", runs))
        self.cloud = self.enterContext(Cloud(chime))
        self.identity, self.messaging = map(self.cloud.client, ("chime-sdk-identity", "chime-sdk-messaging"))
        self.instance = self.identity.create_app_instance(Name="chat", ClientRequestToken="one")["AppInstanceArn"]
        admin = {"AppInstanceArn": self.instance, "AppInstanceUserId": "ann", "Name": "Ann", "ClientRequestToken": "one"}
        self.admin = self.identity.create_app_instance_user(**admin)["AppInstanceUserArn"]
        self.identity.create_app_instance_admin(AppInstanceArn=self.instance, AppInstanceAdminArn=self.admin)
        channel = {"AppInstanceArn": self.instance, "Name": "general", "ClientRequestToken": "one", "ChimeBearer": self.admin}
        self.channel = self.messaging.create_channel(**channel)["ChannelArn"]

    def follow(self, section):
        """Runs what docs/deploy.md says under a heading, and gives what was written after it, in one shell."""
        script = "\n".join([SQS_OF_THE_CLI, *commands(section)])
        env = self.cloud.env(APP_INSTANCE_ARN=self.instance, CHANNEL_ARN=self.channel, ADMIN_ARN=self.admin)
        env["PATH"] = f"{PROGRAM.parent}:{env['PATH']}"
        said = run("bash", "-euo", "pipefail", "-c", f'{script}\necho "function: $FUNCTION_ARN"', seconds=2400, env=env)
        return said.splitlines()[-1].removeprefix("function: ")

    def assert_the_channel_is_moderated_by(self, function):
        channel = {"ChannelArn": self.channel, "ChimeBearer": self.admin}
        flow = self.messaging.describe_channel(**channel)["Channel"]["ChannelFlowArn"]
        [processor] = self.messaging.describe_channel_flow(ChannelFlowArn=flow)["ChannelFlow"]["Processors"]
        self.assertEqual(processor["Configuration"]["Lambda"], {"ResourceArn": function, "InvocationType": "ASYNC"})
        self.assertEqual(processor["FallbackAction"], "ABORT")

        message = {"Type": "STANDARD", "Persistence": "PERSISTENT", "ClientRequestToken": "one"}
        self.messaging.send_channel_message(**channel, **message, Content="what the fuck")
        end = time.monotonic() + 30
        while True:
            [sent] = self.messaging.list_channel_messages(**channel)["ChannelMessages"]
            if sent.get("Status", {}).get("Value") != "PENDING" or time.monotonic() > end:
                break
            time.sleep(0.05)
        self.assertEqual(sent["Content"], "what the ****")

    def deployed(self, function):
        """What Lambda knows of the alias: its configuration, and what becomes of events that fail."""
        awslambda = self.cloud.client("lambda")
        name, _, qualifier = function.rpartition(":")
        self.assertEqual(qualifier, "live")
        retries = awslambda.get_function_event_invoke_config(FunctionName=name, Qualifier=qualifier)
        return awslambda.get_function_configuration(FunctionName=name, Qualifier=qualifier), retries


class WithSam(Deployment):
    build = ("sam", "build")
    program = ROOT / ".aws-sam" / "build" / "Processor" / "bootstrap"

    def test_the_documented_commands_moderate_a_channel(self):
        function = self.follow("With SAM")
        self.assert_the_channel_is_moderated_by(function)
        outputs = self.outputs()
        self.assertEqual(outputs["ProcessorArn"], function)
        for name in ("ChannelFlowArn", "LogGroupName", "FailedEventsUrl", "RedriveCommand", "DashboardUrl"):
            self.assertTrue(outputs[name])

        # The command that the stack says next is the one that the page says.
        said = outputs["NextCommand"].replace("CHANNEL_ARN", self.channel).replace("ADMIN_ARN", self.admin)
        values = {"APP_INSTANCE_ARN": self.instance, "FUNCTION_ARN": function, "CHANNEL_ARN": self.channel, "ADMIN_ARN": self.admin}
        [documented] = [line for line in "\n".join(commands("With SAM")).splitlines() if line.startswith(ATTACH)]
        self.assertEqual(said, re.sub(r'"\$(\w+)"', lambda name: values[name[1]], documented))

        configuration, retries = self.deployed(function)
        self.assertEqual((configuration["Runtime"], configuration["Architectures"]), ("provided.al2023", ["x86_64"]))
        self.assertEqual((configuration["MemorySize"], configuration["Timeout"]), (256, 10))
        variables = configuration["Environment"]["Variables"]
        expected = {"CHIMEFLOW_RULES": "embedded", "CHIMEFLOW_ON_ERROR": "deny", "POWERTOOLS_SERVICE_NAME": "chimeflow"}
        self.assertEqual(variables, expected)
        self.assertEqual((retries["MaximumRetryAttempts"], retries["MaximumEventAgeInSeconds"]), (2, 300))
        self.assert_the_queue_is_safe(outputs["FailedEventsUrl"], retries["DestinationConfig"]["OnFailure"]["Destination"])
        self.assert_only_the_service_may_invoke(function)
        self.assert_what_was_uploaded_is_what_was_built()
        self.assert_it_answers_in_its_environment(variables)

    def test_everything_that_the_template_can_make_is_made(self):
        parameters = {
            "AppInstanceArn": self.instance, "FailurePolicy": "pass", "RulesFrom": "appconfig", "RulesRolloutMinutes": 10,
            "Deployment": "Canary10Percent5Minutes", "ReservedConcurrency": 5, "Tracing": "Active",
            "AlarmEmail": "ann@example.com", "KmsKeyArn": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234",
        }
        self.deploy(parameters)
        outputs = self.outputs()
        application, environment, profile = outputs["RulesSource"].split("/")
        self.assertIn(f"--to {outputs['RulesSource']}", outputs["RulesCommand"])

        configuration, _ = self.deployed(outputs["ProcessorArn"])
        variables = configuration["Environment"]["Variables"]
        self.assertEqual(variables["CHIMEFLOW_RULES"], f"appconfig:{outputs['RulesSource']}")
        self.assertEqual(variables["CHIMEFLOW_ON_ERROR"], "pass")
        prefetched = f"/applications/{application}/environments/{environment}/configurations/{profile}"
        self.assertEqual(variables["AWS_APPCONFIG_EXTENSION_PREFETCH_LIST"], prefetched)
        [layer] = self.cloud.made["Processor"].attributes["Layers"]
        self.assertRegex(layer, rf"^arn:aws:lambda:{REGION}:\d+:layer:AWS-AppConfig-Extension:\d+$")

        appconfig = self.cloud.client("appconfig")
        made = appconfig.get_configuration_profile(ApplicationId=application, ConfigurationProfileId=profile)
        [validator] = made["Validators"]
        validators = self.cloud.client("lambda").get_function_configuration(FunctionName=validator["Content"])
        self.assertEqual(validators["Environment"]["Variables"]["CHIMEFLOW_ROLE"], "validator")

        flow = self.messaging.describe_channel_flow(ChannelFlowArn=outputs["ChannelFlowArn"])["ChannelFlow"]
        self.assertEqual(flow["Processors"][0]["FallbackAction"], "CONTINUE")

        [gradual] = self.cloud.called("CreateDeploymentGroup")
        self.assertEqual(gradual["deploymentConfigName"], "CodeDeployDefault.LambdaCanary10Percent5Minutes")
        [watching] = gradual["alarmConfiguration"]["alarms"]
        self.assertEqual(watching["name"], self.cloud.made["NewVersionErrors"].ref)
        [environment] = self.cloud.called("CreateEnvironment")
        self.assertLessEqual(len(environment["Monitors"]), 5)
        for monitor in environment["Monitors"]:
            self.assertIn(monitor["AlarmArn"], [made.attributes.get("Arn") for made in self.cloud.made.values()])

        # Everybody who is told is told by the one topic, and the topic has the one subscriber.
        topic = outputs["AlarmTopicArn"]
        alarms = self.cloud.client("cloudwatch").describe_alarms()
        alarms = alarms["MetricAlarms"] + alarms.get("CompositeAlarms", [])
        self.assertGreater(len(alarms), 15)
        for alarm in alarms:
            self.assertEqual(alarm["AlarmActions"], [topic], alarm["AlarmName"])
        [subscription] = self.cloud.client("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
        self.assertEqual(subscription["Endpoint"], "ann@example.com")
        events = self.cloud.client("events")
        [target] = events.list_targets_by_rule(Rule=events.list_rules()["Rules"][0]["Name"])["Targets"]
        self.assertEqual(target["Arn"], topic)

        for attributes in (self.queue(outputs["FailedEventsUrl"]), self.topic(topic)):
            self.assertEqual(attributes["KmsMasterKeyId"], parameters["KmsKeyArn"])

    def test_the_small_deployment_is_small(self):
        self.deploy({"AppInstanceArn": self.instance, "Alarms": "no", "Dashboard": "no"})
        small = {
            "ChannelFlow", "FailedEventsPolicy", "InvokePermission", "Processor", "ProcessorAliaslive", "ProcessorEventInvokeConfig",
            "ProcessorVersion",
        }
        made = {re.sub(r"^(ProcessorVersion)\w+", r"\1", name) for name in self.cloud.made}
        # And what moto makes by itself: the role, the log and the queue.
        self.assertEqual(made - {"SamCliSourceBucketBucketPolicy"}, small)
        self.assertEqual(self.cloud.client("cloudwatch").describe_alarms()["MetricAlarms"], [])

    def deploy(self, parameters):
        """Deploys what `sam build` makes, with parameters of its own."""
        overrides = [f"{name}={value}" for name, value in parameters.items()]
        how = ("--stack-name", "chimeflow", "--resolve-s3", "--capabilities", "CAPABILITY_IAM")
        run("sam", "deploy", *how, "--parameter-overrides", *overrides, seconds=300, env=self.cloud.env())

    def outputs(self):
        [stack] = self.cloud.client("cloudformation").describe_stacks(StackName="chimeflow")["Stacks"]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def queue(self, url):
        return self.cloud.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]

    def topic(self, arn):
        return self.cloud.client("sns").get_topic_attributes(TopicArn=arn)["Attributes"]

    def assert_the_queue_is_safe(self, url, destination):
        queue = self.queue(url)
        self.assertEqual(queue["QueueArn"], destination)
        self.assertEqual((queue["SqsManagedSseEnabled"], queue["MessageRetentionPeriod"]), ("true", "172800"))
        [statement] = json.loads(queue["Policy"])["Statement"]
        self.assertEqual(statement["Condition"], {"Bool": {"aws:SecureTransport": "false"}})

    def assert_only_the_service_may_invoke(self, function):
        # moto keeps one policy a function; Lambda keeps one a qualifier, and the flow needs that of the alias.
        [permission] = self.cloud.called("AddPermission")
        self.assertEqual(f"{permission['FunctionName']}:{permission['Qualifier']}", function)
        who = {name: permission[name] for name in ("Action", "Principal", "SourceAccount", "SourceArn")}
        self.assertEqual(who, {
            "Action": "lambda:InvokeFunction", "Principal": "messaging.chime.amazonaws.com", "SourceAccount": ACCOUNT,
            "SourceArn": self.instance,
        })

    def assert_what_was_uploaded_is_what_was_built(self):
        s3 = self.cloud.client("s3")
        [bucket] = [one["Name"] for one in s3.list_buckets()["Buckets"]]
        keys = [one["Key"] for one in s3.list_objects_v2(Bucket=bucket)["Contents"]]
        # The function and the validator are the same program.
        code = [key for key in keys if not key.endswith(".template")]
        self.assertIn(len(code), (1, 2))
        for key in code:
            with zipfile.ZipFile(io.BytesIO(s3.get_object(Bucket=bucket, Key=key)["Body"].read())) as uploaded:
                self.assertEqual(uploaded.namelist(), ["bootstrap"])
                self.assertEqual(uploaded.read("bootstrap"), self.program.read_bytes())

    def assert_it_answers_in_its_environment(self, variables):
        env = self.cloud.env(**variables)
        invoke = (PROGRAM, "invoke", "--json", "--processor", self.program, EVENTS / "denied.json")
        delivery = json.loads(run(*invoke, seconds=60, env=env).splitlines()[0])
        [call] = delivery["callbacks"]
        self.assertEqual({"ChannelArn": call["channel_arn"], **call["body"]}, expected_callback("denied"))


class WithCargoLambda(Deployment):
    build = ("cargo", "lambda", "build", "--release")
    program = ROOT / "target" / "lambda" / "processor" / "bootstrap"

    @unittest.skipUnless(shutil.which("aws"), "the commands are the AWS CLI's")
    def test_the_documented_commands_moderate_a_channel(self):
        function = self.follow("With cargo-lambda")
        self.assert_the_channel_is_moderated_by(function)
        configuration, retries = self.deployed(function)
        self.assertEqual(configuration["Role"], f"arn:aws:iam::{ACCOUNT}:role/chimeflow")
        self.assertEqual((configuration["MemorySize"], configuration["Timeout"]), (256, 10))
        self.assertTrue(retries["DestinationConfig"]["OnFailure"]["Destination"].endswith(":chimeflow-failed-events"))


if __name__ == "__main__":
    unittest.main()
