"""The SAM template: it is valid, and what it builds is a function that answers."""

import json
import re
import tempfile
import unittest
from pathlib import Path

from support import EVENTS, ROOT, built_function, clean_env, expected_callback, run


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


class RulesOfOnesOwn(unittest.TestCase):
    """The commands of docs/deploy.md, with a folder of the test in place of the one beside the repository."""

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        page = (ROOT / "docs" / "deploy.md").read_text()
        [commands] = re.findall(r"^## Rules of your own$.*?^```sh\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
        self.commands = commands.replace("../our-chat", str(self.folder / "our-chat"))

    def build(self, commands):
        commands = commands.replace("sam build", f"sam build --build-dir {self.folder / 'build'}")
        run("bash", "-euo", "pipefail", "-c", commands, seconds=1800)
        return self.folder / "build" / "Processor" / "bootstrap"

    def test_they_are_built_in(self):
        bootstrap = self.build(self.commands)
        event = json.loads((EVENTS / "clean.json").read_text())
        event["ChannelMessage"]["Content"] = "Is BLUEBIRD done, or was it fuck all?"
        (self.folder / "event.json").write_text(json.dumps(event))
        invoke = ("cargo", "run", "--quiet", "--", "invoke", "--json", "--processor", bootstrap)
        [delivery, _] = map(json.loads, run(*invoke, self.folder / "event.json", seconds=1200).splitlines())
        [call] = delivery["callbacks"]
        self.assertEqual(call["body"]["ChannelMessage"]["Content"], "Is ******** done, or was it fuck all?")

    def test_a_rule_that_fails_its_example_fails_the_build(self):
        broken = self.commands.replace('hit  = ["Is BLUEBIRD done?"]', 'hit  = ["Is the wren done?"]')
        self.assertNotEqual(broken, self.commands)
        with self.assertRaisesRegex(AssertionError, "(?s)should find something in this.*rules.toml:8:9.*not fit to be built in"):
            self.build(broken)


if __name__ == "__main__":
    unittest.main()
