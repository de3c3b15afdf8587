"""Handlers in Python and Node behind `chimeflow local`: those of docs/local.md, as they stand there."""

import re
import shlex
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

from chat import ACCOUNT, REGION, Chat, until
from local import running
from support import ROOT
from test_local_js import installed

PAGE = (ROOT / "docs" / "local.md").read_text()
FILES = dict(re.findall(r"^```(?:python|js)\n(?:#|//) (\S+)\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE))
PYTHON = f"{shlex.quote(sys.executable)} -m awslambdaric app.handler"
# A handler that says by what name it is invoked, and where AWS's services are for it.
NAMES = """
import os
import boto3

messaging = boto3.client("chime-sdk-messaging")

def handler(event, context):
    message = event["ChannelMessage"]
    names = (context.function_name, context.invoked_function_arn.rpartition(":")[2], os.environ.get("GREETING"))
    print(*names, boto3.client("dynamodb").meta.endpoint_url)
    messaging.channel_flow_callback(
        ChannelArn=message["ChannelArn"], CallbackId=event["CallbackId"],
        ChannelMessage={"MessageId": message["MessageId"], "Content": " ".join(map(str, names))},
    )
"""


class Handlers(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def write(self, name, text):
        # Moved into place: what watches the file never sees half of it.
        (self.folder / "new").write_text(text)
        (self.folder / "new").rename(self.folder / name)

    def chat(self, *arguments, function="chimeflow", cwd=None):
        """A chat behind a flow that names the function, in a service with these arguments."""
        endpoint, self.program = self.enterContext(running(*arguments, cwd=cwd or self.folder))
        chat = Chat(endpoint)
        self.moderate(chat, chat.channels[0], function)
        return chat

    def moderate(self, chat, channel, function):
        arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{function}"
        processor = {
            "Name": function, "ExecutionOrder": 1, "FallbackAction": "ABORT",
            "Configuration": {"Lambda": {"ResourceArn": arn, "InvocationType": "ASYNC"}},
        }
        flow = chat.messaging.create_channel_flow(AppInstanceArn=chat.app, Name=function, Processors=[processor])
        chat.messaging.associate_channel_flow(
            ChannelArn=channel, ChannelFlowArn=flow["ChannelFlowArn"], ChimeBearer=chat.ben,
        )

    def test_python_and_its_errors_and_edits(self):
        self.write("app.py", FILES["app.py"])
        chat = self.chat("--processor", PYTHON, "--watch", "app.py")
        self.assertEqual(chat.read(chat.say("a heron")), ("SENT", "a *****"))

        broken = FILES["app.py"].replace('    message = event["ChannelMessage"]\n', '    raise KeyError("a bug")\n', 1)
        self.write("app.py", broken)
        self.program.wait_for(lambda said: "app.py was saved" in said, "restart", 20)
        message = chat.say("a heron")
        failed = until(lambda: self.failure(chat, message), bool, seconds=30)
        self.assertEqual(failed["error_type"], "KeyError")
        self.assertIn("Traceback", "\n".join(failed["output"]))
        self.assertNotIn("heron", str(failed))

        self.write("app.py", FILES["app.py"])
        self.program.wait_for(lambda said: said.count("app.py was saved") == 2, "restart", 20)
        chat.advance("1m")
        self.assertEqual(chat.read(message), ("SENT", "a *****"))

    def failure(self, chat, message):
        """How the first invocation for a message failed, once it did."""
        steps = chat.admin("GET", f"messages/{message}/trace")["steps"]
        return next((step["detail"]["Failed"] for step in steps if step["what"] == "invocation ended"), None)

    def test_node(self):
        folder = installed()
        for name in ("handler.mjs", "loop.mjs"):
            # Node looks for packages beside the script.
            (folder / name).write_text(FILES[name])
        chat = self.chat("--processor", f"{shlex.quote(shutil.which('node'))} loop.mjs", cwd=folder)
        self.assertEqual(chat.read(chat.say("a heron")), ("SENT", "a *****"))

    def test_functions_by_name_with_settings_of_their_own(self):
        self.write("app.py", NAMES)
        self.write("names.env", 'GREETING="from the file"\nAWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000\n')
        chat = self.chat(
            "--function", f"presence={PYTHON}", "--function", f"moderation={PYTHON}",
            "--env-file", "names.env", "--env", "GREETING=hello", function="presence",
        )
        self.moderate(chat, chat.channels[1], "moderation")
        self.assertEqual(chat.read(chat.say("?")), ("SENT", "presence presence hello"))
        self.assertEqual(
            chat.read(chat.say("?", chat.channels[1]), chat.channels[1]), ("SENT", "moderation moderation hello"),
        )
        said = "function moderation: moderation moderation hello http://127.0.0.1:8000"
        self.program.wait_for(lambda lines: said in lines, "line of the function", 10)

    def test_what_looks_for_aws_on_the_internet_does_not_get_there(self):
        # A client that is told an address of its own passes over AWS_ENDPOINT_URL.
        elsewhere = 'boto3.client("dynamodb", endpoint_url="https://dynamodb.us-east-1.amazonaws.com").list_tables()'
        self.write("app.py", FILES["app.py"].replace('    message = event', f"    {elsewhere}\n    message = event", 1))
        chat = self.chat("--processor", PYTHON)
        message = chat.say("a heron")
        failed = until(lambda: self.failure(chat, message), bool, seconds=30)
        self.assertEqual(failed["error_type"], "ProxyConnectionError")
        said = "was kept from dynamodb.us-east-1.amazonaws.com:443"
        self.program.wait_for(lambda lines: said in lines, "notice", 10)


if __name__ == "__main__":
    unittest.main()
