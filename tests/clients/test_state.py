"""State in a table: the updates of many environments at once, against an emulator of DynamoDB.

dynoxide, because moto loses concurrent updates. It is there for one platform only.
"""

import platform
import sys
import unittest
from pathlib import Path

from support import ROOT, clean_env, packages, run

HERE = Path(__file__).parent / "dynamodb"
INSTALLED = ROOT / "target" / "clients-dynamodb"


@unittest.skipUnless((sys.platform, platform.machine()) == ("linux", "x86_64"), "dynoxide is a program for Linux on x86_64")
class State(unittest.TestCase):
    def test_messages_that_many_environments_count_are_counted_once(self):
        emulator = packages(HERE / "package.json", INSTALLED) / "node_modules" / "@dynoxide" / "linux-x64" / "dynoxide"
        print(run("cargo", "run", "--quiet", "--example", "state", "--", emulator, 5_000, seconds=1800), flush=True)


if __name__ == "__main__":
    unittest.main()
