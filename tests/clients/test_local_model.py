"""The models that `chimeflow local` answers by are those of the botocore that is pinned here, and a newer one is told by what it adds."""

import copy
import importlib.machinery
import importlib.util
import json
import subprocess
import sys
import unittest

from support import ROOT

FOLDER = ROOT / "src" / "local" / "model"


def script():
    """The script that writes the models, as a module."""
    loader = importlib.machinery.SourceFileLoader("update", str(FOLDER / "update"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("update", loader))
    loader.exec_module(module)
    return module


class Models(unittest.TestCase):
    def test_they_are_those_of_the_pinned_botocore(self):
        # With this interpreter, which has the pinned one.
        checked = subprocess.run([sys.executable, "-B", FOLDER / "update", "--check"], capture_output=True, text=True, timeout=60)
        self.assertEqual(checked.returncode, 0, f"{checked.stdout}{checked.stderr}")
        self.assertIn("no difference", checked.stdout)

    def test_what_aws_adds_is_told(self):
        old = json.loads((FOLDER / "chime-sdk-messaging.json").read_text())
        new = copy.deepcopy(old)
        new["operations"]["PinChannelMessage"] = new["operations"]["RedactChannelMessage"]
        del new["operations"]["ListTagsForResource"]
        new["shapes"]["SendChannelMessageRequest"]["members"]["Mood"] = {"shape": "String"}
        new["shapes"]["MessageId"]["max"] = 7
        self.assertEqual(list(script().differences(old, new)), [
            "new operation PinChannelMessage",
            "operation ListTagsForResource is gone",
            "shape MessageId changed",
            "shape SendChannelMessageRequest changed: new member Mood",
        ])
        self.assertEqual(list(script().differences(old, old)), [])


if __name__ == "__main__":
    unittest.main()
