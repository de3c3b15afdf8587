"""What the template says about the function holds: its metrics, its permissions, its pages of documentation."""

import fnmatch
import json
import re
import unittest

from support import EVENTS, ROOT, clean_env, run
from template import INSTANCE, Template

# Everything that the template can make.
FULL = {
    "RulesFrom": "appconfig", "Deployment": "Canary10Percent5Minutes", "AlarmEmail": "ann@example.com", "Tracing": "Active",
    "KmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/1234", "State": "dynamodb",
}

# Metrics of AWS's own that are asked for, with the dimensions that AWS counts them by.
OF_AWS = {
    "AWS/Events": {"TriggeredRules": {"RuleName"}},
    "AWS/Lambda": {
        "AsyncEventAge": {"FunctionName"},
        "AsyncEventsDropped": {"FunctionName"},
        "ConcurrentExecutions": {"FunctionName"},
        "DestinationDeliveryFailures": {"FunctionName"},
        "Errors": {"FunctionName", "FunctionName+Resource+ExecutedVersion"},
        "Throttles": {"FunctionName"},
    },
    "AWS/SQS": {"ApproximateNumberOfMessagesVisible": {"QueueName"}},
}


# The page that says what the function counts.
LOGS = ROOT / "docs" / "logs.md"


def page(name):
    return (ROOT / "docs" / name).read_text()


def sections(name, level):
    """The headings of a level of a page."""
    return re.findall(rf"^{'#' * level} (.+)$", page(name), flags=re.MULTILINE)


def metrics_of_the_function():
    """What docs/logs.md says the function counts: name to sets of dimensions. Its own tests hold that page to the lines."""
    rows = re.findall(r"^\| `(\w+)` \| (?:Count|Milliseconds|Seconds) \| ([\w+; ]+?) \|", page("logs.md"), flags=re.MULTILINE)
    return {name: set(dimensions.split("; ")) for name, dimensions in rows}


def metrics_in(properties):
    """Each metric that an alarm watches: namespace, name, dimensions."""
    asked = [query["MetricStat"]["Metric"] for query in properties.get("Metrics", []) if "MetricStat" in query] or [properties]
    for metric in asked:
        yield metric["Namespace"], metric["MetricName"], {one["Name"]: one["Value"] for one in metric["Dimensions"]}


@unittest.skipUnless(LOGS.exists(), "nothing says what the function counts")
class Metrics(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.alarms = Template(**FULL).all("AWS::CloudWatch::Alarm")
        self.known = {**OF_AWS, "Chimeflow": metrics_of_the_function()}

    def assert_known(self, namespace, name, dimensions, where):
        self.assertIn(name, self.known[namespace], where)
        self.assertIn("+".join(dimensions), self.known[namespace][name], where)
        if namespace == "Chimeflow":
            self.assertEqual(dimensions["service"], "chimeflow", where)

    def test_each_watches_a_metric_that_somebody_writes(self):
        self.assertGreater(len(self.known["Chimeflow"]), 10)
        for name, properties in self.alarms.items():
            for namespace, metric, dimensions in metrics_in(properties):
                self.assert_known(namespace, metric, dimensions, name)

    def test_the_service_that_the_function_writes_is_the_one_that_they_watch(self):
        functions = Template(**FULL).all("AWS::Serverless::Function")
        variables = {name: about["Environment"]["Variables"] for name, about in functions.items()}
        self.assertEqual(variables["Processor"]["POWERTOOLS_SERVICE_NAME"], "chimeflow")
        self.assertNotIn("POWERTOOLS_METRICS_NAMESPACE", variables["Processor"])

    def test_the_dashboard_shows_metrics_that_somebody_writes(self):
        [board] = Template(**FULL).all("AWS::CloudWatch::Dashboard").values()
        shown = set()
        for widget in json.loads(board["DashboardBody"])["widgets"]:
            title = widget["properties"]["title"]
            for row in widget["properties"]["metrics"]:
                if isinstance(row[0], dict):
                    namespace, dimensions, metric = self.searched(row[0]["expression"])
                    self.assertIn(metric, self.known[namespace], title)
                    self.assertIn(dimensions, self.known[namespace][metric], title)
                else:
                    namespace, metric, *pairs = [part for part in row if isinstance(part, str)]
                    self.assert_known(namespace, metric, dict(zip(pairs[::2], pairs[1::2])), title)
                shown.add(metric)
        expected = {"Messages", "RuleHits", "Findings", "RuleFailures", "Callbacks", "Duration", "ColdStart", "RulesAge"}
        self.assertLessEqual(expected, shown)

    def searched(self, expression):
        """The namespace, the dimensions and the metric of a search."""
        schema, terms = re.fullmatch(r"SEARCH\('\{([^}]+)\} (.+)', '\w+', \d+\)", expression).groups()
        namespace, *dimensions = schema.split(",")
        terms = dict(re.findall(r'(\w+)="([^"]+)"', terms))
        self.assertEqual(terms["service"], "chimeflow")
        self.assertLessEqual(set(terms) - {"MetricName"}, set(dimensions))
        return namespace, "+".join(dimensions), terms["MetricName"]

    def test_the_saved_queries_are_those_of_the_page(self):
        on_page = re.findall(r"^### (.+?)\n.*?```logs-insights\n(.*?)```", page("logs.md"), flags=re.MULTILINE | re.DOTALL)
        saved = Template().all("AWS::Logs::QueryDefinition").values()
        self.assertEqual({about["Name"]: about["QueryString"] for about in saved}, {f"chimeflow/{name}": text for name, text in on_page})

    def test_the_queries_that_alarms_send_people_to_are_saved(self):
        named = set(re.findall(r"(?<!\*)\*([a-z' ]+)\*(?!\*)", page("operations.md").replace("\n", " ")))
        self.assertGreater(len(named), 3)
        saved = {about["Name"].removeprefix("chimeflow/") for about in Template().all("AWS::Logs::QueryDefinition").values()}
        self.assertLessEqual(named, saved)


class Alarms(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.alarms = Template(**FULL).all("AWS::CloudWatch::Alarm")

    def test_an_idle_chat_raises_none(self):
        for name, properties in self.alarms.items():
            self.assertEqual(properties["TreatMissingData"], "notBreaching", name)
            self.assertIn(properties["ComparisonOperator"], ("GreaterThanThreshold", "GreaterThanOrEqualToThreshold"), name)
            # No messages are not too many of anything, also where something is counted as 0.
            smallest = 0 if properties["ComparisonOperator"] == "GreaterThanThreshold" else 1
            self.assertGreaterEqual(properties["Threshold"], smallest, name)

    def test_a_share_of_few_messages_says_nothing(self):
        shares = {name: about for name, about in self.alarms.items() if "Metrics" in about}
        self.assertEqual(set(shares), {"ManyDuplicates", "MostlyDenied"})
        for name, properties in shares.items():
            [expression] = [query["Expression"] for query in properties["Metrics"] if "Expression" in query]
            self.assertRegex(expression, r"^IF\(messages >= \d+, 100 \* (\w+) / messages, 0\)$", name)
            self.assertEqual([query["Id"] for query in properties["Metrics"] if query.get("ReturnData", True)], ["share"], name)

    def test_every_error_of_the_function_is_explained(self):
        errors = re.findall(r'Self::\w+.* => "(\w+)"', (ROOT / "core" / "src" / "handler" / "error.rs").read_text())
        self.assertGreater(len(errors), 8)
        for name in errors:
            self.assertIn(f"`{name}`", page("operations.md"))

    def test_each_has_a_section_that_says_what_to_do(self):
        self.assertEqual(set(self.alarms), set(sections("operations.md", 3)))
        for name, properties in self.alarms.items():
            self.assertIn(f"See docs/operations.md, {name}.", properties["AlarmDescription"])


class Permissions(unittest.TestCase):
    """The role of the function against the calls that are made in its name."""

    def allowed(self, template, role="Role"):
        [policy] = template.all("AWS::IAM::Role")[role]["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]:
            self.assertEqual(statement["Effect"], "Allow")
            actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
            for action in actions:
                self.assertNotIn("*", action)
                yield action, statement["Resource"]

    def calls(self):
        """Every call, as IAM sees it: action and resource. Whose call it is: the function, Lambda, or the AppConfig extension."""
        for file in EVENTS.glob("*.json"):
            message = json.loads(file.read_text()).get("ChannelMessage", {})
            if isinstance(message, dict) and isinstance(channel := message.get("ChannelArn"), str):
                yield "chime:ChannelFlowCallback", INSTANCE + channel[channel.index("/channel/"):]
        for action in ("logs:CreateLogStream", "logs:PutLogEvents"):
            yield action, "<LogGroup.Arn>"
        yield "sqs:SendMessage", "<FailedEvents.Arn>"
        yield "dynamodb:UpdateItem", "<StateTable.Arn>"
        for action in ("kms:GenerateDataKey", "kms:Decrypt"):
            yield action, FULL["KmsKeyArn"]
        # In the name of whoever uses the table. Source: DynamoDB Developer Guide, "Authorizing use of your customer managed key".
        for action in ("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"):
            yield action, FULL["KmsKeyArn"]
        profile = "application/<RulesApplication>/environment/<RulesEnvironment>/configuration/<RulesProfile>"
        for action in ("appconfig:StartConfigurationSession", "appconfig:GetLatestConfiguration"):
            yield action, f"arn:aws:appconfig:us-east-1:111122223333:{profile}"
        for action in ("xray:PutTraceSegments", "xray:PutTelemetryRecords"):
            yield action, "*"

    def test_every_call_is_allowed_and_nothing_else_is(self):
        granted = list(self.allowed(Template(**FULL)))
        used = set()
        for action, resource in self.calls():
            matching = [grant for grant in granted if grant[0] == action and fnmatch.fnmatchcase(resource, grant[1])]
            self.assertTrue(matching, f"{action} on {resource}")
            used.update(matching)
        self.assertEqual(set(granted), used)

    def test_a_channel_of_another_app_instance_is_out_of_reach(self):
        [resource] = [resource for action, resource in self.allowed(Template()) if action == "chime:ChannelFlowCallback"]
        for other in (INSTANCE[:-1] + "0/channel/general", INSTANCE + "/user/ann", INSTANCE + "x/channel/general"):
            self.assertFalse(fnmatch.fnmatchcase(other, resource), other)

    def test_what_is_not_chosen_is_not_granted(self):
        services = {action.split(":")[0] for action, _ in self.allowed(Template())}
        self.assertEqual(services, {"chime", "logs", "sqs"})
        self.assertEqual({action for action, _ in self.allowed(Template(**FULL), "RulesValidatorRole")}, {"logs:CreateLogStream", "logs:PutLogEvents"})

    def test_the_function_calls_nothing_else_of_aws(self):
        """Whoever adds another service to it adds the permission, and the call above."""
        tree = run("cargo", "tree", "--no-default-features", "--features", "lambda", "--edges", "normal", "--prefix", "none", seconds=120)
        services = set(re.findall(r"^(aws-sdk-\S+)", tree, flags=re.MULTILINE))
        # The second is for roles in profiles and for web identities. On Lambda credentials are in the environment.
        self.assertEqual(services, {"aws-sdk-chimesdkmessaging", "aws-sdk-sts"})

    def test_every_statement_is_explained(self):
        statements = [
            statement["Sid"]
            for role in Template(**FULL).all("AWS::IAM::Role").values()
            for policy in role["Policies"]
            for statement in policy["PolicyDocument"]["Statement"]
        ]
        for name in statements:
            self.assertIn(f"`{name}`", page("deploy.md"))

    def test_the_failed_events_and_the_flow_cannot_be_reached_by_others(self):
        permissions = Template(**FULL).all("AWS::Lambda::Permission")
        self.assertEqual(permissions["InvokePermission"]["SourceArn"], INSTANCE)
        self.assertEqual(permissions["InvokePermission"]["SourceAccount"], "111122223333")
        self.assertEqual(set(permissions), {"InvokePermission", "RulesValidatorPermission"})


class Parameters(unittest.TestCase):
    def setUp(self):
        self.parameters = Template().source["Parameters"]

    def test_each_is_explained_with_its_default(self):
        rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", page("deploy.md"), flags=re.MULTILINE))
        for name, about in self.parameters.items():
            self.assertIn(name, rows)
            default = about.get("Default")
            if isinstance(default, (int, str)) and default != "" and default != []:
                self.assertEqual(rows[name], f"`{default}`", name)
            self.assertGreater(len(about["Description"]), 30, name)

    def test_each_is_in_one_group(self):
        groups = Template().source["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
        self.assertEqual(sorted(name for group in groups for name in group["Parameters"]), sorted(self.parameters))

    def test_wrong_values_are_refused(self):
        wrong = {
            "AppInstanceArn": ["", "arn:aws:chime:us-east-1:111122223333:appInstance/1", INSTANCE.replace("us-east-1", "us-west-2"), INSTANCE + "/channel/x"],
            "AlarmEmail": ["ann", "ann@example", "ann @example.com"],
            "AlarmTopicArn": ["topic", "arn:aws:sns:us-east-1:111122223333:topic.fifo"],
            "AppConfigExtensionArn": ["arn:aws:lambda:us-east-1:027255383542:layer:Other:1", "AWS-AppConfig-Extension"],
            "BotArn": ["bot", INSTANCE],
            "KmsKeyArn": ["alias/mine", "arn:aws:kms:us-east-1:111122223333:alias/mine"],
        }
        right = {
            "AppInstanceArn": [INSTANCE],
            "AlarmEmail": ["", "ann@example.com"],
            "AlarmTopicArn": ["", "arn:aws:sns:us-east-1:111122223333:topic"],
            "AppConfigExtensionArn": ["", "arn:aws:lambda:us-east-1:027255383542:layer:AWS-AppConfig-Extension-Arm64:46"],
            "BotArn": ["", INSTANCE + "/bot/helper", INSTANCE + "/user/ann"],
            "KmsKeyArn": ["", FULL["KmsKeyArn"]],
        }
        free = {name for name, about in self.parameters.items() if about["Type"] == "String" and "AllowedValues" not in about}
        self.assertEqual((set(wrong), set(right)), (free, free))
        for name in free:
            pattern = self.parameters[name]["AllowedPattern"]
            for value in wrong[name]:
                self.assertIsNone(re.fullmatch(pattern, value), f"{name}={value}")
            for value in right[name]:
                self.assertIsNotNone(re.fullmatch(pattern, value), f"{name}={value}")

    def test_every_variable_that_the_function_gets_is_explained(self):
        pages = page("configuration.md") + page("live-rules.md") + page("deploy.md")
        functions = Template(**FULL, BotArn=INSTANCE + "/bot/helper").all("AWS::Serverless::Function").values()
        variables = {variable for function in functions for variable in function["Environment"]["Variables"]}
        self.assertEqual([variable for variable in sorted(variables) if variable not in pages], [])

    def test_numbers_have_bounds(self):
        for name, about in self.parameters.items():
            if about["Type"] == "Number" and "AllowedValues" not in about:
                self.assertLessEqual(about["MinValue"], about["Default"], name)
                self.assertGreaterEqual(about["MaxValue"], about["Default"], name)

    def test_one_parameter_is_the_policy_for_failures(self):
        for policy, fallback in (("deny", "ABORT"), ("pass", "CONTINUE")):
            template = Template(FailurePolicy=policy)
            variables = template.all("AWS::Serverless::Function")["Processor"]["Environment"]["Variables"]
            [processor] = template.all("AWS::Chime::ChannelFlow")["ChannelFlow"]["Processors"]
            self.assertEqual((variables["CHIMEFLOW_ON_ERROR"], processor["FallbackAction"]), (policy, fallback))

    def test_a_stack_without_state_has_nothing_of_it(self):
        kinds = ("AWS::DynamoDB::Table", "AWS::SecretsManager::Secret")
        for state, made in (("none", 0), ("dynamodb", 1)):
            template = Template(RulesFrom="appconfig", State=state)
            self.assertEqual([len(template.all(kind)) for kind in kinds], [made, made])
            self.assertEqual("StateBypassed" in template.all("AWS::CloudWatch::Alarm"), bool(made))
            functions = template.all("AWS::Serverless::Function")
            variables = [functions[name]["Environment"]["Variables"].get("CHIMEFLOW_STATE") for name in ("Processor", "RulesValidator")]
            self.assertEqual(variables, ["dynamodb:<StateTable>", "memory"] if made else [None, None])

    def test_the_extension_is_that_of_the_region_and_the_architecture(self):
        seen = set()
        for region in ("us-east-1", "eu-central-1"):
            for architecture, name in (("x86_64", "AWS-AppConfig-Extension"), ("arm64", "AWS-AppConfig-Extension-Arm64")):
                template = Template(**FULL, Architecture=architecture, **{"AWS::Region": region})
                [layer] = template.all("AWS::Serverless::Function")["Processor"]["Layers"]
                self.assertRegex(layer, rf"^arn:aws:lambda:{region}:\d{{12}}:layer:{name}:\d+$")
                seen.add(layer)
        self.assertEqual(len(seen), 4)
        mine = "arn:aws:lambda:us-east-1:027255383542:layer:AWS-AppConfig-Extension:999"
        template = Template(**FULL, AppConfigExtensionArn=mine)
        self.assertEqual(template.all("AWS::Serverless::Function")["Processor"]["Layers"], [mine])
        self.assertEqual(Template().all("AWS::Serverless::Function")["Processor"].get("Layers", []), [])


class Cost(unittest.TestCase):
    """The arithmetic of docs/cost.md."""

    def test_lambdas_time(self):
        prices = [float(price) for price in re.search(r"GB-second is \$([\d.]+\d) on arm64 and \$([\d.]+\d) on", page("cost.md")).groups()]
        rows = re.findall(r"^\| (\d+) MB \| (.+) \|$", page("cost.md"), flags=re.MULTILINE)
        self.assertEqual(len(rows), 4)
        for memory, row in rows:
            said = [cell.strip() for cell in row.split("|")]
            reckoned = [ms / 1000 * 1e6 * int(memory) / 1024 * price for price in prices for ms in (1, 10, 30)]
            self.assertEqual(said, [f"${dollars:.4f}" for dollars in reckoned], memory)

    def test_sums_are_sums(self):
        million, month = (self.table(heading) for heading in ("A million messages", "A month, whatever the number of messages"))
        together = million.pop("**together**")
        self.assertEqual(together, round(sum(million.values()), 2))
        self.assertIn(f"| **${together}** |", page("cost.md").partition("## Compared with other services")[2])
        self.assertEqual(month["**a stack with the defaults**"], sum(month[name] for name in ("metrics", "alarms", "dashboard")))

    def test_as_many_alarms_are_paid_for_as_there_are(self):
        month = self.table("A month, whatever the number of messages")
        watched = sum(len(list(metrics_in(about))) for about in Template().all("AWS::CloudWatch::Alarm").values())
        self.assertEqual(month["alarms"], round(watched * 0.1, 2))
        more = sum(len(list(metrics_in(about))) for about in Template(RulesFrom="appconfig").all("AWS::CloudWatch::Alarm").values()) - watched
        self.assertEqual(month["with AppConfig, two alarms more"], round(more * 0.1, 2))

    def table(self, heading):
        """The first table under a heading: what costs how much."""
        body = page("cost.md").partition(f"\n## {heading}\n")[2].split("\n## ")[0]
        rows = re.findall(r"^\| ([^|]+) \|.*\| \**\$([\d.]+)\** \|$", body.split("\n### ")[0], flags=re.MULTILINE)
        return {name: float(dollars) for name, dollars in rows}


class Lint(unittest.TestCase):
    def test_cfn_lint_has_nothing_to_say(self):
        run("cfn-lint", "template.yaml", "--regions", "us-east-1", "eu-central-1", seconds=120, env=clean_env())


if __name__ == "__main__":
    unittest.main()
