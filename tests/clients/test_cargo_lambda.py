"""`cargo lambda watch` and `cargo lambda invoke`, offline, as events/README.md says."""

import json
import sys
import tempfile
import unittest

from support import EVENTS, Program, expected_callback, free_port, run


class CargoLambda(unittest.TestCase):
    maxDiff = None

    def test_an_invocation_makes_the_callback_that_the_event_calls_for(self):
        port = free_port()
        with (
            Program(sys.executable, "tests/clients/callbacks.py", 0) as callbacks,
            tempfile.NamedTemporaryFile(mode="w", suffix=".env") as env_file,
        ):
            address = callbacks.wait_for(lambda said: said.strip().rpartition("//")[2], "address", 10)
            env_file.write((EVENTS / "offline.env").read_text().replace("127.0.0.1:8200", address))
            env_file.flush()
            watch = ("cargo", "lambda", "watch", "--ignore-changes", "--invoke-port", port, "--env-file", env_file.name)
            with Program(*watch) as function:
                function.wait_for(lambda said: "starting Runtime server" in said, "Runtime API", 60)
                for name in ("profane", "denied", "clean"):
                    self.invoke(port, name, function)
                    calls = callbacks.wait_for(lambda said: calls_in(said, name), "callback", 10)
                    self.assertEqual(calls, [expected_callback(name)], function.said())

    def invoke(self, port, name, function):
        # The first invocation is what makes cargo-lambda build the function.
        data = ("--data-file", EVENTS / f"{name}.json")
        try:
            run("cargo", "lambda", "invoke", "--invoke-port", port, *data, seconds=1200)
        except AssertionError as error:
            raise AssertionError(f"{error}\nthe function said:\n{function.said()}") from None


def calls_in(said, name):
    """The callbacks made for the sample event `name`."""
    calls = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    return [call for call in calls if call["CallbackId"] == expected_callback(name)["CallbackId"]]


if __name__ == "__main__":
    unittest.main()
