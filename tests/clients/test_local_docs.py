"""The shell lines of docs/local.md, run as they stand there."""

import re
import unittest

from local import built, service
from support import ROOT, clean_env, run

PAGE = (ROOT / "docs" / "local.md").read_text()
# Those in a language, such as toml, are not for a shell.
FENCED = re.findall(r"^```(.*?)\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE)
BLOCKS = [block for language, block in FENCED if not language]


class Walk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.endpoint = cls.enterClassContext(service())

    def shell(self, text, env=None):
        """Runs lines of the page, with the program that is built instead of the one that `cargo run` would build, and gives what they print."""
        text = re.sub(r"cargo run (-q )?-- ", f"{built()} ", text)
        return run("bash", "-euo", "pipefail", "-c", text, seconds=300, env=env or clean_env(CHIMEFLOW_LOCAL=self.endpoint))

    def test_the_five_minutes(self):
        walk = next(block for block in BLOCKS if "create-channel-flow" in block)
        # What the walk says of the message follows it at once; the function takes a moment.
        walk, listed = re.subn(r"^(aws chime-sdk-messaging list-channel-messages)", r"sleep 1; \1", walk, flags=re.MULTILINE)
        self.assertEqual(listed, 1)
        said = self.shell(walk + "\n")
        self.assertIn('"PENDING"', said)
        self.assertIn('"what the ****"', said)
        message = re.search(r'"MessageId": "([0-9a-f]{64})"', said).group(1)
        trace = next(block for block in BLOCKS if "trace MESSAGE-ID" in block)
        for line in trace.strip().splitlines():
            told = self.shell(line.replace("MESSAGE-ID", message).replace("event.json", "/dev/stdout"))
            self.assertIn("what the fuck", told, line)

    def test_exec_runs_a_command_with_a_service(self):
        exec_line = next(block for block in BLOCKS if "exec -- npm test" in block)
        script = 'aws chime-sdk-identity create-app-instance --name demo --query AppInstanceArn && test -n "$CHIMEFLOW_LOCAL"'
        line = exec_line.strip().replace("chimeflow ", f"{built()} ").replace("npm test", f"bash -c '{script}'")
        self.assertIn(":app-instance/", self.shell(line, env=clean_env()))


if __name__ == "__main__":
    unittest.main()
