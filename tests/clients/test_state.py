"""State in a table: the updates of many environments at once, against an emulator of DynamoDB."""

import unittest

import dynoxide
from support import run


@dynoxide.needed
class State(unittest.TestCase):
    def test_messages_that_many_environments_count_are_counted_once(self):
        print(run("cargo", "bench", "--quiet", "--profile", "dev", "--bench", "state", "--", dynoxide.program(), 5_000, seconds=1800), flush=True)


if __name__ == "__main__":
    unittest.main()
