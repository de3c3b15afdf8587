"""A day in production, with all that goes wrong: the function that `sam build` builds, and the alarms of `template.yaml`.

How the day goes, and which alarms have to go off when, stands in `bench/day/story.rs`.
"""

import json
import re
import unittest
from urllib.parse import urlsplit

import dynoxide
from support import ROOT, built_function, run
from template import Template

# What the template makes for a team that takes all of it.
TEMPLATE = Template(RulesFrom="appconfig", Deployment="Canary10Percent5Minutes", State="dynamodb")
SHARE = re.compile(r"IF\((\w+) >= (\d+), 100 \* (\w+) / \1, 0\)")


def plain(value):
    """The day's names: a resource is called what the template calls it, whatever attribute names it on AWS."""
    return re.sub(r"<(\w+)[^>]*>", r"\1", value)


def metric(given):
    dimensions = {one["Name"]: plain(one["Value"]) for one in given["Dimensions"]}
    return {"Namespace": given["Namespace"], "MetricName": given["MetricName"], "Dimensions": dimensions}


def watched(alarm):
    """What an alarm looks at: a metric, or how many percent one metric is of another of which there are enough."""
    if "Metrics" not in alarm:
        statistic = alarm.get("Statistic") or alarm["ExtendedStatistic"]
        return {"Metric": metric(alarm), "Statistic": statistic, "Period": alarm["Period"]}
    metrics = {one["Id"]: one for one in alarm["Metrics"]}
    (expression,) = [one["Expression"] for one in metrics.values() if "Expression" in one]
    whole, least, part = SHARE.fullmatch(expression).groups()
    stats = [metrics[name]["MetricStat"] for name in (part, whole)]
    ((statistic, period),) = {(stat["Stat"], stat["Period"]) for stat in stats}
    part, whole = (metric(stat["Metric"]) for stat in stats)
    return {"Metric": part, "Among": {"Metric": whole, "AtLeast": int(least)}, "Statistic": statistic, "Period": period}


def judged(name, alarm):
    how = {key: alarm[key] for key in ("EvaluationPeriods", "Threshold", "ComparisonOperator", "TreatMissingData")}
    return watched(alarm) | how | {"Name": name, "DatapointsToAlarm": alarm.get("DatapointsToAlarm", alarm["EvaluationPeriods"])}


@dynoxide.needed
class Day(unittest.TestCase):
    def test_every_message_is_decided_once_and_every_alarm_has_its_reason(self):
        function = TEMPLATE.all("AWS::Serverless::Function")["Processor"]
        alarms = {
            "Alarms": [judged(name, alarm) for name, alarm in TEMPLATE.all("AWS::CloudWatch::Alarm").items()],
            "RollBack": [plain(alarm) for alarm in function["DeploymentPreference"]["Alarms"]],
        }
        path = ROOT / "target" / "day-alarms.json"
        path.write_text(json.dumps(alarms, indent=1))
        table = urlsplit(self.enterContext(dynoxide.table()).meta.endpoint_url).netloc
        day = ("cargo", "bench", "--quiet", "--profile", "dev", "--bench", "day", "--", "--alarms", path, "--table", table)
        print(run(*day, "--processor", built_function(), seconds=1800))


if __name__ == "__main__":
    unittest.main()
