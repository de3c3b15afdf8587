"""Chat in a real browser against `chimeflow local`: `amazon-chime-sdk-js` and the AWS SDK for JavaScript, bundled as they come."""

import shutil
import sys
import unittest

from local import built
from support import ROOT, packages, run

HERE = ROOT / "tests" / "clients" / "browser"
INSTALLED = ROOT / "target" / "clients-browser"
# How the script ends where no browser can be started.
NO_BROWSER = 77
# What the pages looked like, for whoever wonders.
PICTURES = INSTALLED / "pictures"
BUNDLE = [
    "--bundle", "--log-level=warning", "--jsx=automatic", "--main-fields=browser,module,main", "--conditions=browser,import",
    "--define:global=window", '--define:process.env.NODE_ENV="production"',
]


def installed():
    """The folder with the packages, installed."""
    packages(HERE / "package.json", INSTALLED)
    PICTURES.mkdir(exist_ok=True)
    return INSTALLED


def driven(script, page, *options):
    """What `script` prints, which drives a browser that shows `page`, beside a service with these options."""
    folder = installed()
    # Node and esbuild look for packages beside what they are given.
    for file in HERE.iterdir():
        shutil.copy(file, folder)
    bundle = folder / f"{page}.bundle.js"
    run(folder / "node_modules" / ".bin" / "esbuild", folder / page, f"--outfile={bundle}", *BUNDLE, seconds=120)
    try:
        said = run(built(), "local", "exec", *options, "--", "node", folder / script, bundle, PICTURES, seconds=180)
    except AssertionError as error:
        if f"ended with {NO_BROWSER} " not in str(error):
            raise
        print(f"\n!!!!! NOT TESTED in a browser, as none starts here:\n{error}\n", file=sys.stderr)
        raise unittest.SkipTest("no browser starts on this machine") from error
    return said.splitlines()


def of(name, lines):
    return [line.removeprefix(f"{name} ") for line in lines if line.startswith(f"{name} ")]


class Browser(unittest.TestCase):
    maxDiff = None

    def test_two_people_hear_exactly_what_is_for_them_in_order(self):
        # Every signature is verified, those in the URLs of sessions too.
        lines = driven("session.mjs", "chat.mjs", "--auth", "strict", "--keys", HERE / "keys.toml")
        self.assertEqual(of("ann", lines), [
            "connecting",
            "SESSION_ESTABLISHED",
            "CHANNEL_DETAILS",
            "PENDING_CREATE_CHANNEL_MESSAGE PENDING hello",
            "CREATE_CHANNEL_MESSAGE SENT hello",
            "PENDING_CREATE_CHANNEL_MESSAGE PENDING what the fuck",
            "CREATE_CHANNEL_MESSAGE SENT what the ****",
            "PENDING_CREATE_CHANNEL_MESSAGE PENDING use AKIATESTKEYNOTREAL23",
            "DENIED_CREATE_CHANNEL_MESSAGE DENIED use AKIATESTKEYNOTREAL23",
            "PENDING_UPDATE_CHANNEL_MESSAGE PENDING hello, shit",
            "UPDATE_CHANNEL_MESSAGE SENT hello, ****",
            "REDACT_CHANNEL_MESSAGE SENT (redacted)",
            'CREATE_CHANNEL_MESSAGE SENT {"Typing":"Indicator"}',
            "PENDING_CREATE_CHANNEL_MESSAGE PENDING are you there?",
            "CREATE_CHANNEL_MESSAGE SENT are you there?",
            "stopped 4003",
        ])
        self.assertEqual(of("bob", lines), [
            "connecting",
            "SESSION_ESTABLISHED",
            "CREATE_CHANNEL_MESSAGE SENT hello",
            "CREATE_CHANNEL_MESSAGE SENT what the ****",
            "UPDATE_CHANNEL_MESSAGE SENT hello, ****",
            "REDACT_CHANNEL_MESSAGE SENT (redacted)",
            'CREATE_CHANNEL_MESSAGE SENT {"Typing":"Indicator"}',
            "reconnecting",
            "SESSION_ESTABLISHED",
            "CREATE_CHANNEL_MESSAGE SENT are you there?",
            "stopped 1005",
        ])
        self.assertEqual(of("eve", lines), ["connecting", "rejected 4401"])
        self.assertEqual(of("read", lines), ["hello, **** | (redacted) | are you there?"])
        self.assertEqual(of("refused", lines), ["ForbiddenException"])
        # The one that was refused on purpose is all that the browser complains about.
        self.assertEqual([line.split(" https:")[0] for line in of("error", lines)], [
            "Failed to load resource: the server responded with a status of 403 (Forbidden)",
        ])

    def test_a_front_end_of_what_the_chat_demo_is_made_of(self):
        lines = driven("front.mjs", "front.jsx")
        self.assertEqual(of("page", lines), [
            "SENT Ann: hello", "SENT Ann: what the ****", "DENIED Ann: use AKIATESTKEYNOTREAL23denied", "SENT Ann: wait for me",
        ])
        self.assertEqual(of("held", lines), [
            "sent", "queued for the function", "held by hand", "callback: deliver", "delivered",
        ])
        self.assertIn("callback: deny", of("trace", lines))
        before = ["reads hello", "reads what the ****", "reads wait for me"]
        self.assertEqual(of("ann", lines), [
            "Ann, Bob; flow moderation; moderators 1", *before,
            "reads **** & so on", "reads use AKIATESTKEYNOTREAL45 (DENIED)", "reads über uns?",
        ])
        self.assertEqual(of("bob", lines), [
            "Ann, Bob; flow moderation; moderators 0", *before, "reads **** & so on", "reads über uns?",
        ])
        # Who runs the channel is not for Bob to know.
        self.assertTrue(all("403 (Forbidden)" in line for line in of("error", lines)), lines)

    def test_pages_of_other_sites_get_nothing(self):
        lines = driven("sites.mjs", "chat.mjs")
        sent = {"plans faults: nothing to read", "advances: nothing to read", "makes: nothing to read"}
        refused = sent | {
            "reads: TypeError", "reads with cookies: TypeError", "runs the function: TypeError", "listens: an error",
        }
        # What its client of AWS cannot reach it asks for again, and gives up.
        self.assertEqual(set(of("evil", lines)), refused | {"client: TypeError"})
        self.assertEqual(set(of("sandboxed", lines)), refused)
        self.assertEqual(of("rebound", lines), ["shows: Forbidden", "reads: 403,403"])
        self.assertEqual(of("done for", lines)[0], 'them: {"ahead":0,"made":0,"faults":0,"sessions":0}')
        # The page of this machine needs no option. Its faults make what comes after them fail, as it asked for.
        self.assertEqual(set(of("mine", lines)), sent | {
            "reads: 200", "reads with cookies: 200", "runs the function: 200", "listens: a session",
            "client: ServiceFailureException",
        })
        self.assertIn('"ahead":172800', of("done for", lines)[1])


if __name__ == "__main__":
    unittest.main()
