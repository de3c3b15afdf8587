"""The SAM template: it is valid, and what it builds is a function that answers."""

import json
import unittest

from support import EVENTS, built_function, clean_env, expected_callback, run


class Sam(unittest.TestCase):
    maxDiff = None

    def test_the_template_is_valid(self):
        for region in ("us-east-1", "eu-central-1"):
            with self.subTest(region):
                run("sam", "validate", "--lint", "--region", region, seconds=120, env=clean_env(AWS_DEFAULT_REGION=region))

    def test_what_it_builds_answers_every_sample_event(self):
        bootstrap = built_function()
        self.assertEqual([file.name for file in bootstrap.parent.iterdir()], ["bootstrap"])

        events = sorted(EVENTS.glob("*.json"))
        invoke = ("cargo", "run", "--quiet", "--", "invoke", "--json", "--processor", bootstrap)
        *deliveries, summary = map(json.loads, run(*invoke, *events, seconds=1200).splitlines())
        self.assertEqual(len(deliveries), len(events), summary)
        for event, delivery in zip(events, deliveries):
            with self.subTest(event.stem):
                calls = [{"ChannelArn": call["channel_arn"], **call["body"]} for call in delivery["callbacks"]]
                self.assertEqual(calls, [expected_callback(event.stem)])


if __name__ == "__main__":
    unittest.main()
