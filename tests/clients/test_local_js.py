"""`amazon-chime-sdk-js` and the AWS SDK for JavaScript against `chimeflow local`, over `wss`, in Node."""

import shutil
import unittest

from local import built
from support import ROOT, packages, run

HERE = ROOT / "tests" / "clients" / "js"
INSTALLED = ROOT / "target" / "clients-js"


def installed():
    """The folder with the packages, installed."""
    return packages(HERE / "package.json", INSTALLED)


class JavaScript(unittest.TestCase):
    def test_two_people_hear_exactly_what_is_for_them(self):
        folder = installed()
        # Node looks for packages beside the script.
        script = shutil.copy(HERE / "session.cjs", folder)
        heard = run(str(built()), "local", "exec", "--", "node", "--no-warnings", str(script), seconds=120).splitlines()
        of = lambda name: [line.removeprefix(f"{name} ") for line in heard if line.startswith(f"{name} ")]
        self.assertEqual(of("ann"), [
            "SESSION_ESTABLISHED",
            "CHANNEL_DETAILS",
            "PENDING_CREATE_CHANNEL_MESSAGE PENDING hello",
            "CREATE_CHANNEL_MESSAGE SENT hello",
            "PENDING_CREATE_CHANNEL_MESSAGE PENDING what the fuck",
            "CREATE_CHANNEL_MESSAGE SENT what the ****",
            "PENDING_CREATE_CHANNEL_MESSAGE PENDING use AKIATESTKEYNOTREAL23",
            "DENIED_CREATE_CHANNEL_MESSAGE DENIED use AKIATESTKEYNOTREAL23",
            "stopped 1005",
        ])
        self.assertEqual(of("bob"), [
            "SESSION_ESTABLISHED",
            "CREATE_CHANNEL_MESSAGE SENT hello",
            "CREATE_CHANNEL_MESSAGE SENT what the ****",
            "stopped 1005",
        ])
        self.assertEqual(of("eve"), ["rejected 4401"])
