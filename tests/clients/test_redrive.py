"""`chimeflow redrive`: events that the function failed on, in a queue of moto's, answered by the processor of the local service."""

import json
import os
import signal
import subprocess
import time
import unittest
import uuid

from chat import Chat, client, moto, until
from local import built, service
from support import ROOT, clean_env


class Redrive(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = built()
        cls.moto = cls.enterClassContext(moto())
        cls.sqs = client("sqs", cls.moto)

    def setUp(self):
        self.local = self.enterContext(service())
        self.chat = Chat(self.local)
        self.env = clean_env(AWS_ENDPOINT_URL=self.local)
        self.queue = self.sqs.create_queue(QueueName=uuid.uuid4().hex)["QueueUrl"]
        channels = [part for channel in self.chat.channels for part in ("--channel", channel)]
        attach = ("flow", "attach", "--app-instance", self.chat.app, "--function", "chimeflow:live", "--as", self.chat.ann)
        self.ran(*attach, *channels)

    def ran(self, *arguments, ends=0):
        command = [str(self.program), *arguments]
        ran = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=120)
        self.assertEqual(ran.returncode, ends, f"{command}\n{ran.stdout}\n{ran.stderr}")
        return ran.stdout

    def redrive(self, *arguments, ends=0):
        """Runs it, and gives the result of each record and the summary."""
        said = self.ran("redrive", "--queue", self.queue, "--json", *arguments, ends=ends)
        *records, last = [json.loads(line) for line in said.splitlines()]
        return [record["result"] for record in records], last["summary"]

    def records(self):
        """What the on-failure destination would have got."""
        return [event for event in self.chat.admin("GET", "events")["events"] if "requestPayload" in event]

    def fail(self, *texts, first="1m"):
        """Sends messages that the function fails on, until Lambda gives them up, and puts the records into the queue."""
        before = len(self.records())
        self.chat.fault("function-error", times=3 * len(texts))
        messages = [self.chat.say(text) for text in texts]
        for wait, tried in ((first, 1), ("2m", 2)):
            for message in messages:
                ended = until(lambda: self.chat.steps(message).count("invocation ended"), lambda count: count == tried)
                self.assertEqual(ended, tried)
            self.chat.advance(wait)
        records = until(self.records, lambda records: len(records) == before + len(texts))[before:]
        self.assertEqual(len(records), len(texts))
        for record in records:
            self.put(record)
        return messages, records

    def put(self, body):
        body = body if isinstance(body, str) else json.dumps(body)
        self.sqs.send_message(QueueUrl=self.queue, MessageBody=body)

    def left(self):
        """How many records somebody else would see now, and how many are held."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        counts = self.sqs.get_queue_attributes(QueueUrl=self.queue, AttributeNames=names)["Attributes"]
        return tuple(int(counts[name]) for name in names)

    def test_a_message_that_hangs_is_answered_once_however_often_it_is_tried(self):
        [message], [record] = self.fail("what the fuck")
        self.assertEqual(self.redrive("--dry-run", ends=1)[0], ["answerable"])
        self.assertEqual((self.left(), self.chat.answers(message)), ((1, 0), 0))

        results, summary = self.redrive()
        self.assertEqual((results, summary["verdicts"]), (["answered"], {"edited": 1}))
        self.assertEqual(self.chat.read(message), ("SENT", "what the ****"))
        self.assertEqual(self.redrive()[0], [])
        # Lambda may write a record twice, and somebody may put one back.
        self.put(record)
        self.put(record)
        self.assertEqual(self.redrive()[0], ["already-decided"])
        self.assertEqual((self.left(), self.chat.answers(message)), ((0, 0), 1))

    def test_people_see_why_and_never_what(self):
        self.fail("my secret words")
        said = self.ran("redrive", "--queue", self.queue)
        self.assertRegex(said, r"(?s)^why +events +oldest\nFault +1 .*\n\n1 answered \(1 unchanged\)\n$")
        self.assertNotIn("secret", said)
        self.assertEqual(self.ran("redrive", "--queue", self.queue), "the queue is empty\n")

    def test_a_bare_event_needs_the_functions_name(self):
        [message], [record] = self.fail("hello")
        self.redrive("--dry-run", ends=1)
        self.sqs.purge_queue(QueueUrl=self.queue)
        self.put(record["requestPayload"])
        results, summary = self.redrive(ends=1)
        self.assertEqual((results, summary["errors"]), (["failed"], {"NoFunction": 1}))
        self.assertEqual(self.redrive("--function", "chimeflow:live")[0], ["answered"])
        self.assertEqual(self.chat.read(message), ("SENT", "hello"))

    def test_after_48_hours_nothing_is_answered(self):
        [message], _ = self.fail("too late", first="49h")
        self.assertEqual(self.redrive(ends=1)[0], ["expired"])
        self.assertEqual(self.left(), (1, 0))
        self.assertEqual(self.redrive("--drop-expired")[0], ["dropped"])
        self.assertEqual((self.left(), self.chat.answers(message)), ((0, 0), 0))

    def test_what_cannot_be_read_is_told_and_left(self):
        for body in ("no JSON, a secret", "{}", '{"requestPayload": {"CallbackId": "x"}}'):
            self.put(body)
        [message], _ = self.fail("hello")
        results, summary = self.redrive(ends=1)
        self.assertEqual((sorted(results), summary["unreadable"]), (["answered", *["unreadable"] * 3], 3))
        self.assertEqual((self.left(), self.chat.read(message)), ((3, 0), ("SENT", "hello")))

    def test_a_function_that_still_fails_loses_nothing(self):
        messages, _ = self.fail("one", "two", "three")
        self.chat.fault("unauthorized", operation="ChannelFlowCallback", times=1)
        results, summary = self.redrive(ends=1)
        # What fails for one fails for all, so the others are not tried.
        self.assertEqual((results, summary["errors"]), (["failed", "left", "left"], {"BadCredentials": 1}))
        self.assertEqual(self.left(), (3, 0))
        self.assertEqual(self.redrive()[0], ["answered"] * 3)
        self.assertEqual([self.chat.read(message) for message in messages], [("SENT", text) for text in ("one", "two", "three")])

    def test_rules_here_may_answer(self):
        messages, _ = self.fail("hello", "goodbye")
        rules = ROOT / "target" / f"{uuid.uuid4().hex}.toml"
        rule = 'version = 1\n[[rule]]\nid = "a"\nwhy = "b"\nfind = { words = ["goodbye"] }\ndo = "mask"\n'
        try:
            rules.write_text(f'{rule}[[test]]\nsay = "goodbye"\ngets = "goodbye"\n')
            self.ran("redrive", "--queue", self.queue, "--rules", rules, ends=2)
            self.assertEqual(self.left(), (2, 0))
            rules.write_text(rule)
            self.assertEqual(self.redrive("--rules", rules)[1]["verdicts"], {"unchanged": 1, "edited": 1})
        finally:
            rules.unlink()
        self.assertEqual([self.chat.read(message)[1] for message in messages], ["hello", "*******"])

    def interrupted(self, how):
        """Ends a run while it is answering the second of four messages."""
        messages, _ = self.fail("one", "two", "three", "four")
        self.chat.fault("slow-callback", millis=1500, times=4)
        command = [str(self.program), "redrive", "--queue", self.queue, "--json"]
        running = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=subprocess.PIPE, text=True)
        self.assertEqual(json.loads(running.stdout.readline())["result"], "answered")
        time.sleep(0.3)
        os.kill(running.pid, how)
        rest = running.communicate(timeout=30)[0]
        self.chat.admin("DELETE", "faults")
        return messages, rest

    def finish(self, messages):
        self.assertEqual([self.chat.read(message) for message in messages], [("SENT", text) for text in ("one", "two", "three", "four")])
        self.assertEqual([self.chat.answers(message) for message in messages], [1] * 4)
        self.assertEqual(self.left(), (0, 0))

    def test_an_interrupted_run_finishes_what_it_is_at_and_gives_the_rest_back(self):
        messages, rest = self.interrupted(signal.SIGINT)
        results = [json.loads(line).get("result") for line in rest.splitlines()]
        self.assertEqual(results, ["answered", "left", "left", None])
        self.assertEqual(self.left(), (2, 0))
        self.assertEqual(self.redrive()[0], ["answered"] * 2)
        self.finish(messages)

    def test_a_killed_run_loses_nothing_and_answers_nothing_twice(self):
        messages, _ = self.interrupted(signal.SIGKILL)
        self.assertEqual(self.left()[1], 3)
        # The function went on when nobody waited for it any more. What was held is seen again after half a minute.
        until(lambda: self.chat.answers(messages[1]), lambda count: count == 1)
        self.assertEqual(until(self.left, lambda left: left == (3, 0), seconds=40), (3, 0))
        self.assertEqual(sorted(self.redrive()[0]), ["already-decided", "answered", "answered"])
        self.finish(messages)


if __name__ == "__main__":
    unittest.main()
