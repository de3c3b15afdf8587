"""Corpora of messages as a chat: what `chimeflow local` delivers is what `chimeflow replay` said before, and what `export` reads after.

usage: CHIMEFLOW_CORPORA=FOLDER tests/clients/run test_local_replay     adds up to a thousand messages of each .jsonl file in a folder
"""

import json
import os
import tempfile
import time
import unittest
from pathlib import Path

from chat import ACCOUNT, REGION, Chat
from local import built, service
from support import ROOT, run

SAMPLES = [ROOT / "bench" / "quality" / "sample", *map(Path, os.environ.get("CHIMEFLOW_CORPORA", "").split())]
# Of each file.
MOST = 1000


def texts():
    """The messages in all files, each once."""
    found = {}
    for path in sorted(path for folder in SAMPLES for path in folder.rglob("*.jsonl")):
        # A line ends with a line feed only: texts have other signs that Python takes for ends of lines.
        for line in path.read_text().split("\n")[:MOST]:
            row = json.loads(line) if line.strip() else {}
            text = row.get("text") if isinstance(row, dict) else row
            if isinstance(text, str) and text and len(text.encode()) <= 4096:
                found[text] = None
    return list(found)


def json_lines(text):
    return [json.loads(line) for line in text.split("\n") if line.strip()]


class Replay(unittest.TestCase):
    def test_a_chat_is_what_replay_says(self):
        all_texts = texts()
        self.assertGreater(len(all_texts), 80)
        with tempfile.TemporaryDirectory() as folder, service() as endpoint:
            corpus, exported = Path(folder) / "corpus.jsonl", Path(folder) / "exported.jsonl"
            corpus.write_text("".join(json.dumps({"text": text}) + "\n" for text in all_texts))
            said = [row for row in json_lines(run(built(), "replay", corpus, "--json", seconds=600)) if "verdict" in row]
            expected = [None if row["verdict"] == "denied" else row["content"] for row in said]
            self.assertEqual(len(expected), len(all_texts))

            chat = Chat(endpoint, channels=["general"])
            self.moderate(chat)
            sent = [chat.say(text) for text in all_texts]
            delivered = self.delivered(chat)
            came = [delivered.get(message) for message in sent]
            for text, wanted, content in zip(all_texts, expected, came):
                self.assertEqual(content, wanted, text)

            whose = ["--as", chat.ben, "--endpoint-url", endpoint]
            run(built(), "export", chat.channels[0], *whose, "--out", exported, seconds=600)
            rows = json_lines(exported.read_text())
            self.assertEqual([row["text"] for row in rows], [content for content in came if content is not None])

    def moderate(self, chat):
        function = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:chimeflow"
        processor = {
            "Name": "rules", "ExecutionOrder": 1, "FallbackAction": "ABORT",
            "Configuration": {"Lambda": {"ResourceArn": function, "InvocationType": "ASYNC"}},
        }
        flow = chat.messaging.create_channel_flow(AppInstanceArn=chat.app, Name="rules", Processors=[processor])["ChannelFlowArn"]
        chat.messaging.associate_channel_flow(ChannelArn=chat.channels[0], ChannelFlowArn=flow, ChimeBearer=chat.ben)

    def delivered(self, chat):
        """The content of each message that was delivered, by its id, once none is pending."""
        until = time.monotonic() + 60
        while True:
            messages = [message for page in self.pages(chat) for message in page["ChannelMessages"]]
            if all(message["Status"]["Value"] != "PENDING" for message in messages):
                return {message["MessageId"]: message["Content"] for message in messages}
            self.assertLess(time.monotonic(), until, "messages are still pending")
            time.sleep(0.1)

    def pages(self, chat):
        about = {"ChannelArn": chat.channels[0], "ChimeBearer": chat.ben, "MaxResults": 50}
        while True:
            page = chat.messaging.list_channel_messages(**about)
            yield page
            if "NextToken" not in page:
                return
            about["NextToken"] = page["NextToken"]


if __name__ == "__main__":
    unittest.main()
