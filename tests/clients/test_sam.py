"""The SAM template: it is valid, and what it builds is a function that answers."""

import json
import unittest

from support import EVENTS, ROOT, clean_env, run


class Sam(unittest.TestCase):
    maxDiff = None

    def test_the_template_is_valid(self):
        for region in ("us-east-1", "eu-central-1"):
            with self.subTest(region):
                run("sam", "validate", "--lint", "--region", region, seconds=120, env=clean_env(AWS_DEFAULT_REGION=region))

    def test_what_it_builds_answers_events(self):
        build = ROOT / "target" / "sam"
        run("sam", "build", "--build-dir", build, seconds=1800)
        self.assertEqual([file.name for file in (build / "Processor").iterdir()], ["bootstrap"])
        # TODO(house)


if __name__ == "__main__":
    unittest.main()
