"""Prints the alarms of template.yaml as JSON, for the day to judge: target/clients/bin/python bench/day/alarms.py

Names that the stack would get from AWS are the logical ids of what they name, and the stack is called chimeflow. Alarms on shares of
messages come as their two metrics and the least number of messages that they look at; another expression is an error here.
"""

import json
import pathlib
import re
import sys

import yaml

TEMPLATE = pathlib.Path(__file__).parents[2] / "template.yaml"
SHARE = re.compile(r"IF\((\w+) >= (\d+), 100 \* (\w+) / \1, 0\)")


class Loader(yaml.SafeLoader):
    """Reads what CloudFormation writes shortly."""


def function(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {suffix: value}


Loader.add_multi_constructor("!", function)


def text(value):
    """What a value of a dimension will be, with logical ids for names."""
    match value:
        case str() | int():
            return str(value)
        case {"Ref": "AWS::StackName"}:
            return "chimeflow"
        case {"Ref": name}:
            return name
        case {"GetAtt": name}:
            return "new" if name.endswith(".Version.Version") else name.split(".")[0]
        case {"Sub": pattern}:
            return re.sub(r"\$\{([^}]+)\}", lambda found: text({"Ref": found[1]}), pattern)
    sys.exit(f"{TEMPLATE.name}: cannot tell what {value} will be")


def dimensions(written):
    return {text(dimension["Name"]): text(dimension["Value"]) for dimension in written or []}


def watched(properties):
    """What an alarm looks at, and what it makes of it."""
    if "Metrics" not in properties:
        metric = {key: properties[key] for key in ("Namespace", "MetricName")}
        metric["Dimensions"] = dimensions(properties.get("Dimensions"))
        statistic = properties.get("Statistic") or properties["ExtendedStatistic"]
        return {"Metric": metric, "Statistic": statistic, "Period": properties["Period"]}
    metrics = {metric["Id"]: metric for metric in properties["Metrics"]}
    (expression,) = [metric["Expression"] for metric in metrics.values() if "Expression" in metric]
    share = SHARE.fullmatch(expression) or sys.exit(f"{TEMPLATE.name}: cannot judge {expression}")
    parts = [metrics[share[3]]["MetricStat"], metrics[share[1]]["MetricStat"]]
    (period,) = {part["Period"] for part in parts}
    (statistic,) = {part["Stat"] for part in parts}
    part, whole = ({**part["Metric"], "Dimensions": dimensions(part["Metric"]["Dimensions"])} for part in parts)
    among = {"Metric": whole, "AtLeast": int(share[2])}
    return {"Metric": part, "Among": among, "Statistic": statistic, "Period": period}


def alarm(name, properties):
    periods = properties["EvaluationPeriods"]
    return watched(properties) | {
        "Name": name,
        "EvaluationPeriods": periods,
        "DatapointsToAlarm": properties.get("DatapointsToAlarm", periods),
        "Threshold": properties["Threshold"],
        "ComparisonOperator": properties["ComparisonOperator"],
        "TreatMissingData": properties["TreatMissingData"],
    }


def alarms(template=TEMPLATE):
    resources = yaml.load(template.read_text(), Loader)["Resources"]
    return [
        alarm(name, resource["Properties"])
        for name, resource in resources.items()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    ]


if __name__ == "__main__":
    json.dump(alarms(), sys.stdout, indent=1)
