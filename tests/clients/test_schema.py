"""The schema of rules files in a TOML language server: it takes what loads, and underlines what does not."""

import subprocess
import tempfile
import unittest
from pathlib import Path

from support import ROOT, clean_env

GOOD = ["rules", "tests/rules", "docs/writing-rules.in"]
# What is wrong in these is no matter of shape: a name that is not defined, an example that does not hold.
BEYOND_A_SCHEMA = {
    "bad-regex", "duplicate-id", "failing-checks", "missing-list-file", "star-inside", "unknown-list", "unknown-people",
    "when-grammar", "when-later", "when-unknown",
}


def check(*files):
    """What taplo says of `files`, and whether it takes them."""
    schema = (ROOT / "rules/rules.schema.json").as_uri()
    done = subprocess.run(
        ["taplo", "check", "--schema", schema, *map(str, files)], cwd=ROOT, env=clean_env(), capture_output=True, text=True, timeout=60
    )
    return done.returncode == 0, done.stderr


class Schema(unittest.TestCase):
    def test_every_file_that_loads_is_valid(self):
        files = [file for folder in GOOD for file in (ROOT / folder).glob("*.toml")]
        self.assertGreater(len(files), 10)
        taken, said = check(*files)
        self.assertTrue(taken, said)

    def test_mistakes_of_shape_are_underlined(self):
        mistakes = sorted((ROOT / "tests/cmd/mistakes.in").glob("*.toml"))
        self.assertGreater(len(mistakes), 20)
        for file in mistakes:
            with self.subTest(file.stem):
                taken, said = check(file)
                self.assertEqual(taken, file.stem in BEYOND_A_SCHEMA, said)

    def test_a_file_finds_the_schema_beside_it(self):
        with tempfile.TemporaryDirectory(dir=ROOT / "target") as folder:
            folder = Path(folder)
            (folder / "rules.schema.json").write_bytes((ROOT / "rules/rules.schema.json").read_bytes())
            for key, good in [("id", True), ("ids", False)]:
                file = folder / f"{key}.toml"
                file.write_text(f'#:schema ./rules.schema.json\nversion = 1\n[[rule]]\n{key} = "a"\nwhen = "score > 1"\ndo = "deny"\n')
                done = subprocess.run(["taplo", "check", str(file)], env=clean_env(), capture_output=True, text=True, timeout=60)
                self.assertEqual(done.returncode == 0, good, done.stderr)


if __name__ == "__main__":
    unittest.main()
