"""The alarms of the template over what happens to a chat: each goes off for its reason, and for no other.

CloudWatch's way of evaluating them is played here: data points of a period, so many of so many that breach, no data is none that breaches.
What Lambda and the function count in each case is written down by hand, minute by minute.
"""

import re
import unittest

from template import Template

# An hour of one-minute counts.
HOUR = range(60)


def every(minutes, *values):
    """The same values in each of some minutes."""
    return {minute: list(values) for minute in minutes}


def busy(messages=50, minutes=HOUR):
    """A chat in which all is well."""
    return {
        "Messages": every(minutes, messages),
        "CallbackAccepted": every(minutes, messages),
        "Duration": every(minutes, *[12.0] * 99, 80.0),
        "AsyncEventAge": every(minutes, 20.0, 90.0),
    }


FAILING = {minute: [1] for minute in (10, 11, 13)}

# What happened, what was counted because of it, and which alarms that must set off.
CASES = [
    ("nobody writes", {}, set()),
    ("all is well", busy(), set()),
    ("one message an hour", busy(1, [30]), set()),
    ("Lambda counts zeros", {name: every(HOUR, 0) for name in ("Errors", "Throttles", "AsyncEventsDropped")}, set()),
    ("a crowd comes, and events wait for new environments", {**busy(), "AsyncEventAge": every(range(10, 20), 20.0, 5000.0)}, set()),
    (
        "one message fails once, and Lambda's second attempt is answered",
        {**busy(), "Errors": every([10], 1), "CallbackFailed": every([10], 1), "AsyncEventAge": {**every(HOUR, 20.0), 11: [60000.0]}},
        set(),
    ),
    (
        "one message fails for good",
        {
            **busy(), "Errors": FAILING, "AsyncEventAge": {**every(HOUR, 20.0), 11: [60000.0], 13: [180000.0]},
            "AsyncEventsDropped": every([13], 1), "ApproximateNumberOfMessagesVisible": every(range(13, 60), 1),
        },
        {"EventsDropped", "FailedEventsWaiting"},
    ),
    (
        "the service is out of order for ten minutes, and every message is answered in the end",
        {
            **busy(), "Errors": every(range(10, 20), 50), "CallbackFailed": every(range(10, 20), 50),
            "Duration": {**every(HOUR, 12.0), **every(range(10, 20), 9000.0)},
            "AsyncEventAge": {**every(HOUR, 20.0), **every(range(11, 23), 60000.0, 180000.0)},
        },
        {"FunctionErrors", "CallbackFailed", "Slow", "EventsWaitLong"},
    ),
    (
        "the permission is gone: every answer is refused",
        {
            **busy(), "Errors": every(range(10, 60), 50), "CallbackRefused": every(range(10, 60), 50),
            "AsyncEventAge": {**every(HOUR, 20.0), **every(range(11, 60), 60000.0, 180000.0)},
            "AsyncEventsDropped": every(range(13, 60), 50), "ApproximateNumberOfMessagesVisible": every(range(13, 60), 500),
        },
        {"FunctionErrors", "CallbackRefused", "EventsWaitLong", "EventsDropped", "FailedEventsWaiting"},
    ),
    ("and the queue refuses events as well", {"DestinationDeliveryFailures": every([13], 1)}, {"FailedEventsLost"}),
    ("a burst is throttled for a minute", {**busy(), "Throttles": every([10], 300)}, set()),
    ("concurrency lacks for ten minutes", {**busy(), "Throttles": every(range(10, 20), 30)}, {"Throttles"}),
    ("a deploy that crashes", {"Errors": every(range(10, 12), 20), "Errors of the new version": every([10], 2)}, {"FunctionErrors", "NewVersionErrors"}),
    ("the service cannot invoke the function", {"TriggeredRules": every([10], 1)}, {"InvocationFailures"}),
    ("events come twice, now and then", {**busy(), "CallbackDuplicates": every(HOUR, 1)}, set()),
    ("the only message of a quiet quarter of an hour comes twice", {"Messages": every([10], 2), "CallbackDuplicates": every([10], 1)}, set()),
    ("somebody else answers half of the messages", {**busy(), "CallbackDuplicates": every(range(10, 60), 25)}, {"ManyDuplicates"}),
    ("one slow answer", {**busy(), "Duration": {**busy()["Duration"], 10: [9000.0]}}, set()),
    ("somebody tries what breaks a rule", {**busy(), "RuleFailures": every([10], 6)}, set()),
    ("messages made to break a rule", {**busy(), "RuleFailures": every([10, 11, 12], 8)}, {"RuleFailures"}),
    ("a few are denied", {**busy(), "Messages denied": every(HOUR, 3)}, set()),
    ("all five messages of a quiet chat are denied", {"Messages": every([10], 5), "Messages denied": every([10], 5)}, set()),
    ("a rule finds too much", {**busy(), "Messages denied": every(range(10, 20), 45)}, {"MostlyDenied"}),
    ("a new environment cannot read its rules at once", {**busy(), "RulesRefreshFailures": every([10], 1), "RulesAge": every(HOUR, 12.0)}, set()),
    ("rules are refused", {**busy(), "RulesRefreshFailures": every(range(10, 60), 6), "RulesAge": every(HOUR, 12.0)}, {"RulesRefused"}),
    ("the first message after a quiet hour", {**busy(1, [59]), "RulesAge": every([59], 3600.0)}, set()),
    ("environments wake up beside one that is awake", {**busy(), "RulesAge": every(HOUR, 12.0, 3600.0)}, set()),
    ("a message every ten minutes", {**busy(1, range(0, 60, 10)), "RulesAge": every(range(0, 60, 10), 600.0)}, set()),
    ("the table is slow now and then", {**busy(), "StateBypassed": every([10, 25, 40], 3)}, set()),
    ("the table is down for ten minutes", {**busy(), "StateBypassed": every(range(10, 20), 50)}, {"StateBypassed"}),
    (
        "AppConfig is out of order for an hour",
        {**busy(), "RulesRefreshFailures": every(HOUR, 6), "RulesAge": {minute: [60.0 * minute, 60.0 * minute + 30] for minute in HOUR}},
        {"RulesRefused", "RulesOld"},
    ),
]


def points(minutes, statistic, period):
    """The data points of the periods of an hour, `None` where there is no data."""
    for start in range(0, 60, period):
        values = sorted(value for minute in range(start, start + period) for value in minutes.get(minute, []))
        match statistic:
            case _ if not values:
                yield None
            case "Sum":
                yield sum(values)
            case "Maximum":
                yield values[-1]
            case "Minimum":
                yield values[0]
            case "p99":
                yield values[-max(1, len(values) // 100)]
            case _:
                raise NotImplementedError(statistic)


def series(metric, counted):
    """What was counted of a metric."""
    dimensions = {one["Name"]: one["Value"] for one in metric["Dimensions"]}
    of = f" {dimensions['verdict']}" if "verdict" in dimensions else " of the new version" if "ExecutedVersion" in dimensions else ""
    return counted.get(metric["MetricName"] + of, {})


def share(alarm, counted):
    """The data points of `IF(messages >= FEW, 100 * PART / messages, 0)`: none where one of the two has none."""
    queries = {query["Id"]: query for query in alarm["Metrics"]}
    few, part = re.fullmatch(r"IF\(messages >= (\d+), 100 \* (\w+) / messages, 0\)", queries["share"]["Expression"]).groups()
    asked = [queries[name]["MetricStat"] for name in (part, "messages")]
    for some, messages in zip(*(points(series(one["Metric"], counted), one["Stat"], one["Period"] // 60) for one in asked)):
        yield None if some is None or messages is None else 100 * some / messages if messages >= int(few) else 0


def goes_off(alarm, counted):
    """Whether the alarm was on at any time of the hour."""
    if "Metrics" in alarm:
        values = list(share(alarm, counted))
    else:
        statistic = alarm.get("Statistic") or alarm["ExtendedStatistic"]
        values = list(points(series(alarm, counted), statistic, alarm["Period"] // 60))
    over = {"GreaterThanThreshold": float.__gt__, "GreaterThanOrEqualToThreshold": float.__ge__}[alarm["ComparisonOperator"]]
    breaches = [value is not None and over(float(value), float(alarm["Threshold"])) for value in values]
    span = alarm["EvaluationPeriods"]
    needed = alarm.get("DatapointsToAlarm", span)
    return any(sum(breaches[max(0, end - span):end]) >= needed for end in range(1, len(breaches) + 1))


class Alarms(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        template = Template(RulesFrom="appconfig", Deployment="Canary10Percent5Minutes", State="dynamodb")
        self.alarms = template.all("AWS::CloudWatch::Alarm")

    def test_each_goes_off_for_its_reason_and_no_other(self):
        for what, counted, expected in CASES:
            with self.subTest(what):
                self.assertEqual({name for name, alarm in self.alarms.items() if goes_off(alarm, counted)}, expected)

    def test_every_alarm_has_a_case_that_sets_it_off(self):
        self.assertEqual(set().union(*(expected for _, _, expected in CASES)), set(self.alarms))


if __name__ == "__main__":
    unittest.main()
