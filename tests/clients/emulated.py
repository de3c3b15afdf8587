"""AWS on this machine, for what deploys: moto, with what it lacks for the template.

    sam, cargo lambda, boto3 ──> moto ── CloudFormation ── SAM's transform, then each resource
                                                              ├─ moto's own types
                                                              ├─ types of the table below, by the API of their service
                                                              └─ AWS::Chime::ChannelFlow, in `chimeflow local`

What moto has no API for is checked against the model of its service and kept nowhere; `CHECKED_ONLY` names it. The transform is the one
that AWS runs, `aws-sam-translator`. Permissions are not enforced here: `test_permissions.py` judges the role.
"""

import json
import logging
import os
import re
import urllib.request
import warnings
from dataclasses import dataclass, field

import boto3
import botocore.session
from botocore.validate import ParamValidator
from moto.cloudformation import models, parsing
from moto.core.common_models import CloudFormationModel
from moto.server import ThreadedMotoServer
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

from support import clean_env

REGION = "us-east-1"
# The account of everything in the local service.
ACCOUNT = "111122223333"
KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}

# Operations that moto does not have.
CHECKED_ONLY = {
    ("appconfig", "CreateEnvironment"), ("appconfig", "CreateDeploymentStrategy"), ("logs", "PutQueryDefinition"),
}


@dataclass
class Made:
    """A resource as CloudFormation knows it: what `Ref` gives, and its attributes."""

    ref: str
    attributes: dict = field(default_factory=dict)


class Cloud:
    """AWS, until the block ends. `chime` is where the local service is."""

    current = None

    def __init__(self, chime):
        self.chime = chime
        # What CloudFormation made, by logical name, and which calls it took.
        self.made = {}
        self.calls = []

    def __enter__(self):
        os.environ["MOTO_ACCOUNT_ID"] = ACCOUNT
        for name in ("werkzeug", "samtranslator"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        # By name: in an address moto's CloudFormation takes the first number for a bucket.
        self.endpoint = f"http://localhost:{self.server.get_host_and_port()[1]}"
        # moto's state is its process's, and another test may have been here.
        urllib.request.urlopen(f"{self.endpoint}/moto-api/reset", data=b"").close()
        Cloud.current = self
        return self

    def __exit__(self, *_):
        Cloud.current = None
        self.server.stop()
        del os.environ["MOTO_ACCOUNT_ID"]

    def env(self, **more):
        """The environment in which an AWS client finds this instead of AWS."""
        chime = {"AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING": self.chime, "AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY": self.chime}
        return clean_env(AWS_ENDPOINT_URL=self.endpoint, AWS_REGION=REGION, **chime, **KEYS, **more)

    def called(self, operation):
        """The parameters of each call of an operation."""
        return [parameters for name, parameters in self.calls if name == operation]

    def client(self, service):
        endpoint = self.chime if service.startswith("chime") else self.endpoint
        keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
        return boto3.client(service, region_name=REGION, endpoint_url=endpoint, **keys)

    def call(self, service, operation, **parameters):
        """Makes a call, or only checks its parameters when moto cannot answer."""
        self.calls.append((operation, parameters))
        if (service, operation) in CHECKED_ONLY:
            model = botocore.session.get_session().get_service_model(service).operation_model(operation)
            report = ParamValidator().validate(parameters, model.input_shape)
            if report.has_errors():
                raise ValueError(f"{service} {operation}: {report.generate_report()}")
            return {}
        client = self.client(service)
        method = botocore.xform_name(operation)
        return getattr(client, method)(**parameters)


# ---------------------------------------------------------------------------------------------- resources that moto does not make


def alarm(cloud, name, properties):
    cloud.call("cloudwatch", "PutMetricAlarm", **{"AlarmName": name, **properties})
    return Made(name, {"Arn": f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:{name}"})


def function(cloud, name, properties):
    wanted = {"FunctionName": name, **properties}
    concurrency = wanted.pop("ReservedConcurrentExecutions", None)
    wanted["Tags"] = {tag["Key"]: tag["Value"] for tag in wanted.pop("Tags", [])}
    # moto knows no layers of other accounts.
    layers = wanted.pop("Layers", [])
    answer = cloud.call("lambda", "CreateFunction", **wanted)
    if concurrency is not None:
        cloud.call("lambda", "PutFunctionConcurrency", FunctionName=name, ReservedConcurrentExecutions=concurrency)
    return Made(name, {"Arn": answer["FunctionArn"], "Layers": layers})


def version(cloud, _, properties):
    answer = cloud.call("lambda", "PublishVersion", **properties)
    return Made(answer["FunctionArn"], {"Version": answer["Version"]})


def alias(cloud, _, properties):
    answer = cloud.call("lambda", "CreateAlias", **properties)
    return Made(answer["AliasArn"])


def permission(cloud, name, properties):
    whose, qualifier = re.fullmatch(r"(.*?:function:[^:]+|[^:]+)(?::([^:]+))?", properties["FunctionName"]).groups()
    where = {"FunctionName": whose, **({"Qualifier": qualifier} if qualifier else {})}
    cloud.call("lambda", "AddPermission", **{**properties, "StatementId": name, **where})
    return Made(name)


def event_invoke_config(cloud, name, properties):
    cloud.call("lambda", "PutFunctionEventInvokeConfig", **properties)
    return Made(name)


def queue_policy(cloud, name, properties):
    for queue in properties["Queues"]:
        policy = {"Policy": json.dumps(properties["PolicyDocument"])}
        cloud.call("sqs", "SetQueueAttributes", QueueUrl=queue, Attributes=policy)
    return Made(name)


def topic_policy(cloud, name, properties):
    for topic in properties["Topics"]:
        policy = json.dumps(properties["PolicyDocument"])
        cloud.call("sns", "SetTopicAttributes", TopicArn=topic, AttributeName="Policy", AttributeValue=policy)
    return Made(name)


def bucket_policy(cloud, name, properties):
    # Not put: moto takes a denial for one, and passes over the condition that it is only meant for requests without TLS.
    return Made(name)


def query_definition(cloud, name, properties):
    wanted = {key[0].lower() + key[1:]: value for key, value in properties.items()}
    cloud.call("logs", "PutQueryDefinition", **wanted)
    return Made(name)


def rules_application(cloud, _, properties):
    return Made(cloud.call("appconfig", "CreateApplication", **properties)["Id"])


def rules_environment(cloud, _, properties):
    cloud.call("appconfig", "CreateEnvironment", **properties)
    return Made("env1234")


def rules_profile(cloud, _, properties):
    return Made(cloud.call("appconfig", "CreateConfigurationProfile", **properties)["Id"])


def rules_strategy(cloud, _, properties):
    cloud.call("appconfig", "CreateDeploymentStrategy", **properties)
    return Made("strategy")


def gradual_application(cloud, name, properties):
    cloud.call("codedeploy", "CreateApplication", applicationName=name, computePlatform=properties["ComputePlatform"])
    return Made(name)


def gradual_group(cloud, name, properties):
    wanted = {key[0].lower() + key[1:]: value for key, value in properties.items()}
    alarms = wanted["alarmConfiguration"]
    wanted["alarmConfiguration"] = {
        "enabled": alarms["Enabled"], "alarms": [{"name": one["Name"]} for one in alarms["Alarms"]],
    }
    rollback = wanted["autoRollbackConfiguration"]
    wanted["autoRollbackConfiguration"] = {"enabled": rollback["Enabled"], "events": rollback["Events"]}
    style = wanted["deploymentStyle"]
    wanted["deploymentStyle"] = {
        "deploymentType": style["DeploymentType"], "deploymentOption": style["DeploymentOption"],
    }
    cloud.call("codedeploy", "CreateDeploymentGroup", deploymentGroupName=name, **wanted)
    return Made(name)


def channel_flow(cloud, _, properties):
    answer = cloud.call("chime-sdk-messaging", "CreateChannelFlow", ClientRequestToken="stack", **properties)
    return Made(answer["ChannelFlowArn"], {"Arn": answer["ChannelFlowArn"]})


TYPES = {
    "AWS::AppConfig::Application": rules_application,
    "AWS::AppConfig::ConfigurationProfile": rules_profile,
    "AWS::AppConfig::DeploymentStrategy": rules_strategy,
    "AWS::AppConfig::Environment": rules_environment,
    "AWS::Chime::ChannelFlow": channel_flow,
    "AWS::CloudWatch::Alarm": alarm,
    "AWS::CodeDeploy::Application": gradual_application,
    "AWS::CodeDeploy::DeploymentGroup": gradual_group,
    "AWS::Lambda::Alias": alias,
    "AWS::Lambda::EventInvokeConfig": event_invoke_config,
    "AWS::Lambda::Function": function,
    "AWS::Lambda::Permission": permission,
    "AWS::Lambda::Version": version,
    "AWS::Logs::QueryDefinition": query_definition,
    # In the stack of its own that `sam deploy --resolve-s3` makes.
    "AWS::S3::BucketPolicy": bucket_policy,
    "AWS::SNS::TopicPolicy": topic_policy,
    "AWS::SQS::QueuePolicy": queue_policy,
}


# --------------------------------------------------------------------------------------------------- where moto takes them up


def cloudformation_model(kind, make):
    """A class by which moto's CloudFormation makes resources of a type."""

    class Resource(CloudFormationModel):
        # moto takes the name of a model's service from its module.
        __module__ = "moto.emulated.models"

        def __init__(self, made):
            self.made = made

        @property
        def physical_resource_id(self):
            return self.made.ref

        def get_cfn_attribute(self, name):
            return self.made.attributes[name]

        def is_created(self):
            return True

        @staticmethod
        def cloudformation_name_type():
            return ""

        @staticmethod
        def cloudformation_type():
            return kind

        @classmethod
        def has_cfn_attr(cls, _):
            return True

        @classmethod
        def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **about):
            made = make(Cloud.current, resource_name, cloudformation_json["Properties"])
            Cloud.current.made[about["LogicalId"]] = made
            return cls(made)

    return Resource


MODELS = [cloudformation_model(kind, make) for kind, make in TYPES.items()]


def transformed(template, parameters):
    """The template as CloudFormation sees it after the transform that it names."""
    if "Transform" not in template:
        return template
    translator = Translator({}, Parser(), boto_session=boto3.Session(region_name=REGION))
    return translator.translate(sam_template=template, parameter_values=dict(parameters))


def parse_change_set(change_set):
    parse_as_written(change_set)
    change_set.template_dict = transformed(change_set.template_dict, change_set.parameters)


def without_nothing(value, resources):
    """Takes `AWS::NoValue` out of lists as well, which moto leaves in them."""
    clean = clean_as_moto(value, resources)
    return [one for one in clean if one is not None] if isinstance(clean, list) else clean


def apply_change_set(change_set):
    stack = change_set.stack
    apply_without_outputs(change_set)
    stack.template_dict = change_set.template_dict
    stack.output_map = stack._create_output_map()


parse_as_written = models.ChangeSet._parse_template
models.ChangeSet._parse_template = parse_change_set
apply_without_outputs = models.ChangeSet.apply
models.ChangeSet.apply = apply_change_set
clean_as_moto = parsing.clean_json
parsing.clean_json = without_nothing
# What the types above and moto's own do not cover must fail, and not be passed over.
warnings.filterwarnings("error", message="Tried to parse .* but it's not supported by moto")
