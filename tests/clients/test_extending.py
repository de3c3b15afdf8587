"""The crate in examples/own-detector: copied out of the tree and used as docs/extending.md says, then built as Lambda gets it."""

import os
import re
import tempfile
import tomllib
import unittest
import zipfile
from pathlib import Path

from support import ROOT, clean_env, run

PAGE = (ROOT / "docs" / "extending.md").read_text()
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)


class OwnDetector(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory())) / "clinic-chat"
        # The same versions, features and profiles: what was built for Chimeflow serves this crate, too.
        cls.env = clean_env(CARGO_TARGET_DIR=str(ROOT / "target"))
        cls.copy, cls.commands = BLOCKS
        cls.said = cls.shell(cls.copy.replace("../clinic-chat", str(cls.folder)), ROOT)

    @classmethod
    def shell(cls, text, folder):
        """Runs lines of the page in `folder`; returns what they print."""
        return run("bash", "-euo", "pipefail", "-c", f'cd "{folder}"\n{text}', seconds=1800, env=cls.env)

    def test_its_profiles_are_those_of_chimeflow(self):
        own, ours = (tomllib.loads((folder / "Cargo.toml").read_text())["profile"] for folder in (self.folder, ROOT))
        # What are packages of the workspace here are dependencies there, and built as such unless it says otherwise.
        own_packages, our_packages = own["release"]["package"], ours["release"]["package"]
        self.assertEqual(own_packages.pop("chimeflow-core")["opt-level"], ours["release"]["opt-level"])
        self.assertEqual(our_packages.pop("chimeflow"), own_packages["*"])
        self.assertEqual(own, {name: ours[name] for name in own})

    def test_its_own_tests_pass(self):
        self.assertIn("the_examples_of_every_detector_hold ... ok", self.said)

    def test_every_command_knows_the_detector(self):
        outputs = {line.split(" -- ")[1].split()[0]: self.shell(line, self.folder) for line in self.commands.splitlines()}
        expected = {
            "check": "fine",
            "test": "0 failed",
            "explain": "*** **** **74",
            "replay": "record-numbers",
            "detectors": "the number of a patient's record",
            "invoke": "Please look at *** **** **74.",
            "local": '"status":"ok"',
        }
        self.assertEqual(outputs.keys(), expected.keys())
        for command, text in expected.items():
            self.assertIn(text, outputs[command], command)

    def test_the_function_is_built_with_its_rules_beside_it(self):
        # Apart from the functions that other tests build meanwhile.
        built = self.folder / "built"
        self.shell(f"cargo lambda build --release --output-format zip --lambda-dir {built}", self.folder)
        with zipfile.ZipFile(built / "processor" / "bootstrap.zip") as archive:
            self.assertLessEqual({"bootstrap", "rules/chat.toml"}, set(archive.namelist()))
            archive.extractall(self.folder / "deployed")
        bootstrap = self.folder / "deployed" / "bootstrap"
        os.chmod(bootstrap, 0o755)
        said = self.shell(f"cargo run -- invoke --processor {bootstrap} --rules rules/chat.toml events/record.json", self.folder)
        self.assertIn("Please look at *** **** **74.", said)


if __name__ == "__main__":
    unittest.main()
