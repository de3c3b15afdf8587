"""A cold start takes no more instructions than it did.

Time says little on a machine that others use too, and is what everybody's first message waits for. Instructions are the same everywhere:
valgrind counts them on a processor that it emulates. Keys and nonces are random and make counts differ, by less than a percent. A build
that gathers CPU jitter for entropy, as aws-lc does unless `.cargo/config.toml` is seen when it is built, takes thirty times as many.
"""

import json
import os
import shutil
import tomllib
import unittest
from pathlib import Path

from support import built_function, run

RECORD = Path(__file__).parent / "cold_start.toml"
# What may be added without a word.
GROWTH = 0.05
# Gathering jitter takes more than 400 million.
JITTER = 200_000_000


class ColdStart(unittest.TestCase):
    def test_a_cold_start_takes_no_more_than_it_did(self):
        if shutil.which("valgrind") is None:
            self.fail("valgrind is not there, so nobody knows what a cold start takes: install it")
        count = ("cargo", "run", "--quiet", "--example", "processors", "--", "--count", built_function())
        # The least of three: on a machine that is busy, valgrind may be too slow for the connection to be warm in time, and then it is
        # opened twice. Nothing makes a start take less than it takes.
        counted = min(json.loads(run(*count, seconds=1200))["cold"] for _ in range(3))
        if os.environ.get("RECORD"):
            RECORD.write_text(recording(RECORD.read_text(), counted))
        recorded = tomllib.loads(RECORD.read_text())["instructions"]
        print(f"a cold start takes {counted:,} instructions, recorded are {recorded:,}", flush=True)
        judge(counted, recorded)
        # What was just counted does not pass for a tenth less: the check can fail.
        with self.assertRaises(AssertionError):
            judge(counted, counted * 9 // 10)


class Judge(unittest.TestCase):
    def test_little_more_is_let_pass_and_much_more_is_not(self):
        for counted, refusal in (
            (10_000_000, None),
            (10_400_000, None),
            (8_000_000, None),
            (10_600_000, "6.0 % more"),
            (450_000_000, "CPU jitter"),
        ):
            with self.subTest(counted):
                if refusal is None:
                    judge(counted, 10_000_000)
                else:
                    self.assertRaisesRegex(AssertionError, refusal, judge, counted, 10_000_000)

    def test_what_is_recorded_is_what_is_read(self):
        self.assertEqual(tomllib.loads(recording(RECORD.read_text(), 12_345_678)), {"instructions": 12_345_678})


def judge(counted, recorded):
    """Raises when a cold start takes `counted` instructions and that is too many more than `recorded`."""
    growth = counted / recorded - 1
    if growth <= GROWTH:
        return
    why = f"a cold start takes {counted:,} instructions, {growth * 100:.1f} % more than the {recorded:,} in {RECORD.name}"
    if counted - recorded > JITTER:
        raise AssertionError(
            f"{why}: aws-lc gathers CPU jitter; it was built without AWS_LC_SYS_NO_JITTER_ENTROPY=1, which .cargo/config.toml sets"
        )
    raise AssertionError(
        f"{why}: see where they go (docs/benchmarks.md), and if they are worth it, RECORD=1 tests/clients/run test_cold_start"
    )


def recording(text, counted):
    """The text of the record, with another number."""
    return "".join(
        f"instructions = {counted}\n" if line.startswith("instructions = ") else line
        for line in text.splitlines(keepends=True)
    )


if __name__ == "__main__":
    unittest.main()
