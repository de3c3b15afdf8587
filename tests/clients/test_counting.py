"""Rules that count, in the function as `sam build` builds it, with an emulator of DynamoDB: those of docs/rules.md, as they stand there."""

import base64
import json
import random
import re
import statistics
import tempfile
import time
import unittest
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import dynoxide
from environments import Callbacks, Environment, Server
from support import EVENTS, ROOT, built_function

APP = "arn:aws:chime:us-east-1:111122223333:app-instance/694d2099-cb1e-463e-9d64-697ff5b8950e"
SAMPLE = json.loads((EVENTS / "attributes.json").read_text())
# What a rule is called in the table must not be read there, so it is called what does not occur in codes by chance.
PREFIX = "ruleid-"
# How long the function leaves a table alone that fails.
PAUSE = 5


def documented():
    """The rules of the page, with longer ids."""
    page = (ROOT / "docs" / "rules.md").read_text()
    [rules] = re.findall(r"^## Rules that count$.*?^```toml\n(.*?)^```$", page, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r'^((?:id|denied|by) +=[ \[]+")', rf"\1{PREFIX}", rules, flags=re.MULTILINE)


RULES = documented()


class Chat:
    """Messages as the service delivers them, and what has to become of them."""

    def __init__(self):
        self.events, self.expected = [], {}
        self.now = datetime.now(UTC).replace(microsecond=0)

    def say(self, sender, text, ago, expected="unchanged", channel="generalroom", message=None, edited=None):
        """Adds a message that was sent so many seconds ago, or an edit of one."""
        event = json.loads(json.dumps(SAMPLE))
        event["CallbackId"] = str(uuid.uuid4())
        received = event["ChannelMessage"]
        for key in received.keys() - {"Persistence", "Type"}:
            del received[key]
        received |= {
            "MessageId": message or uuid.uuid4().hex * 2,
            "ChannelArn": f"{APP}/channel/{channel}",
            "Content": text,
            "Sender": {"Arn": f"{APP}/user/{sender}", "Name": sender.title()},
            "CreatedTimestamp": self.time(ago),
        }
        if edited is not None:
            received["LastEditedTimestamp"] = self.time(edited)
        self.events.append((edited if edited is not None else ago, event))
        self.expected[event["CallbackId"]] = expected.replace("denied ", f"denied {PREFIX}")
        return event

    def time(self, ago):
        return (self.now - timedelta(seconds=ago)).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def in_order(self):
        """The events, each with how long ago it happened, in the order in which they did."""
        return sorted(self.events, key=lambda one: -one[0])


def conversation():
    """A bit of everything that the rules are about."""
    chat = Chat()
    hour, minute = 3600, 60
    # The first five messages within a day must have no links.
    chat.say("newcomer", "look at example.com please", 26 * hour, "edited")
    for number in range(4):
        chat.say("newcomer", f"question {number}", 25 * hour - number * 20)
    chat.say("newcomer", "example.com has the timetable", 5 * minute)
    # A flood: three strikes mute for an hour.
    first = None
    for number in range(12):
        expected = "unchanged" if number < 8 else "denied flood" if number < 11 else "denied muted"
        sent = chat.say("flooder", f"line {number}", 2 * hour - number / 2, expected)
        first = first or sent["ChannelMessage"]["MessageId"]
    chat.say("flooder", "line nought", 2 * hour, message=first, edited=2 * hour - 4.2)
    chat.say("flooder", "may I speak?", 2 * hour - 30 * minute, "denied muted")
    chat.say("flooder", "and now?", 2 * hour - 62 * minute)
    # The same, said a little differently.
    for number, text in enumerate((
        "Has anybody found the umbrella in the vestibule?", "has anybody found THE umbrella in the vestibule???",
        "Has anybody found the umbrella in our vestibule 2", "Has anybody found that umbrella in the vestibule?",
    )):
        chat.say("repeater", text, 30 * minute - 25 * number, "unchanged" if number < 2 else "denied again")
    for number in range(5):
        chat.say("cheerful", "Let's go team!" + "!" * number, 20 * minute - 20 * number)
    # A raid, in which nobody says much.
    for number in range(7):
        text = "Join the better server, everybody is welcome" + "!" * number
        chat.say(f"raider-{number}", text, 10 * minute - 5 * number, "unchanged" if number < 4 else "denied raid")
    # In another channel nobody has heard it.
    chat.say("bystander", "Join the better server, everybody is welcome", 10 * minute - 40, channel="otherroom")
    for number in range(12):
        chat.say("staff-member", "Announcement for everybody at once", 5 * minute - number / 4)
    return chat


class Gate:
    """What stands between the function and the table: it counts the requests, and can hang or break them off."""

    def __init__(self, table):
        self.behind, self.does, self.asked, self.opened = urlsplit(table.meta.endpoint_url).netloc, "answers", 0, Event()
        gate = self

        class Requests(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.pass_on()

            def do_POST(self):
                gate.asked += 1
                self.pass_on()

            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                if gate.does == "hangs":
                    gate.opened.wait()
                if gate.does != "answers":
                    self.close_connection = True
                    return
                connection = HTTPConnection(gate.behind)
                connection.request(self.command, self.path, body, dict(self.headers))
                response = connection.getresponse()
                said = response.read()
                connection.close()
                self.send_response(response.status)
                self.send_header("content-type", "application/x-amz-json-1.0")
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_):
                """Says nothing."""

        self.server = Server(("127.0.0.1", 0), Requests)
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.opened.set()
        self.server.shutdown()
        self.server.server_close()

    def counted(self, act):
        """How many requests arrive while something is done."""
        before = self.asked
        act()
        return self.asked - before


@dynoxide.needed
class Counting(unittest.TestCase):
    def setUp(self):
        self.program = built_function()
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (folder / "rules.toml").write_text(RULES)
        self.rules = {"CHIMEFLOW_RULES": f"file:{folder / 'rules.toml'}"}

    def environment(self, callbacks=None, **settings):
        return self.enterContext(Environment(self.program, callbacks, **self.rules, **settings))

    def test_every_delivery_is_decided_alike_and_the_table_tells_nobody_what(self):
        table = self.enterContext(dynoxide.table())
        callbacks = self.enterContext(Callbacks())
        settings = dynoxide.settings(table.meta.endpoint_url)
        environments = [self.environment(callbacks, **settings) for _ in range(3)]
        chat = conversation()
        deliveries = deliver(chat, environments, random.Random(28))

        for event, answer in deliveries:
            self.assertNotIn("errorType", answer, event)
        lines = [line for environment in environments for line in environment.log()]
        self.assertEqual([line for line in lines if line["message"] == "state bypassed"], [])
        self.judge(chat, callbacks.calls(), [line for line in lines if "message_id" in line])
        self.assertEqual(len(callbacks.calls()), len(deliveries))
        print(f"{len(chat.events)} events, {len(deliveries)} deliveries to {len(environments)} environments", flush=True)
        self.search(table, chat)
        # With another key, the same sender is somebody else.
        before = {item["k"]["S"] for item in scan(table)}
        settings["CHIMEFLOW_STATE_KEY"] = "another secret for a table of which nothing is kept"
        self.environment(callbacks, **settings).invoke(chat.say("flooder", "hello", 0))
        self.assertEqual(len({item["k"]["S"] for item in scan(table)} - before), 1)

    def judge(self, chat, calls, lines):
        """Looks at what became of each event: of all deliveries the same, and what has to."""
        by_callback, verdicts = {}, {}
        for line in lines:
            verdicts.setdefault(line["message_id"], set()).add(verdict(line))
        for call in calls:
            message = call["ChannelMessage"]
            how = "denied" if call.get("DeleteResource") else message["Content"]
            by_callback.setdefault(call["CallbackId"], set()).add(how)
        for _, event in chat.events:
            sent, expected = event["ChannelMessage"], chat.expected[event["CallbackId"]]
            with self.subTest(sent["Content"], at=sent["CreatedTimestamp"], sender=sent["Sender"]["Name"]):
                word = expected.split()[0]
                reply = {"denied": "denied", "unchanged": sent["Content"], "edited": "look at please"}[word]
                self.assertEqual(by_callback[event["CallbackId"]], {reply})
                self.assertEqual(verdicts[sent["MessageId"]], {expected})

    def search(self, table, chat):
        """Looks for anything in the table that says who wrote what, where and why."""
        items = scan(table)
        senders = {event["ChannelMessage"]["Sender"]["Arn"] for _, event in chat.events}
        staff = {sender for sender in senders if "/staff-" in sender}
        kinds = [item["k"]["S"][:2] for item in items]
        self.assertEqual(kinds.count("s#"), len(senders - staff), "nothing is kept of staff")
        self.assertEqual(set(kinds), {"s#", "t#"})
        for item in items:
            self.assertRegex(item["k"]["S"], r"^[st]#[A-Za-z0-9+/]{15}$")
            self.assertTrue(item.keys() >= {"k", "e"})
            for name, value in item.items():
                self.assertEqual(set(value), {"k": {"S"}, "e": {"N"}}.get(name, {"SS"}), name)
        dump = json.dumps(items).casefold()
        secrets = {PREFIX.rstrip("-"), APP.rpartition("/")[2], "111122223333", "app-instance"}
        for _, event in chat.events:
            sent = event["ChannelMessage"]
            secrets |= {sent["MessageId"], event["CallbackId"]}
            for name in (sent["Content"], sent["Sender"]["Arn"], sent["ChannelArn"]):
                # A shorter word may be in a code by chance.
                secrets |= {word for word in re.findall(r"[\w.]+", name.casefold()) if len(word) >= 6}
        self.assertGreater(len(secrets), 60)
        for secret in secrets:
            for written in (secret, base64.b64encode(secret.encode()).decode().rstrip("=")[:-1], secret.encode().hex()):
                self.assertNotIn(written.casefold(), dump, f"{secret} is in the table")
        print(f"{len(items)} items of {len(dump)} bytes, {len(secrets)} words not in them", flush=True)

    def test_without_a_store_these_rules_are_refused(self):
        environment = self.environment()
        self.assertFalse(environment.is_ready)
        self.assertEqual(environment.failed["errorType"], "InvalidRules")
        for part in (f"rule `{PREFIX}muted` counts messages", "CHIMEFLOW_STATE"):
            self.assertIn(part, environment.failed["errorMessage"])
        self.assertEqual(environment.log()[-1]["message"], "cannot start")

        content = base64.b64encode(RULES.encode()).decode()
        pushed = {"applicationId": "app", "content": content, "configurationVersion": "7", "uri": "", "type": "LAMBDA"}
        validator = self.environment(CHIMEFLOW_ROLE="validator")
        refused = validator.invoke(pushed)
        self.assertEqual(refused["errorType"], "InvalidRules")
        self.assertIn("counts messages", refused["errorMessage"])
        # As the template has it for a stack with a table.
        accepted = self.environment(CHIMEFLOW_ROLE="validator", CHIMEFLOW_STATE="memory").invoke(pushed)
        self.assertEqual(accepted["rules"], 6)

    def test_no_message_waits_for_a_table_that_hangs_or_is_down(self):
        table = self.enterContext(dynoxide.table())
        gate = self.enterContext(Gate(table))
        callbacks = self.enterContext(Callbacks())
        environment = self.environment(callbacks, **dynoxide.settings(gate.endpoint))
        chat = Chat()

        def say(sender, text, ago=0):
            """Has a message processed, and gives its line of the log and how many lines `state bypassed` came with it."""
            event = chat.say(sender, text, ago)
            before = len(environment.log())
            environment.invoke(event)
            lines = environment.log()[before:]
            [decision] = [line for line in lines if line.get("message_id") == event["ChannelMessage"]["MessageId"]]
            return decision, [line for line in lines if line["message"] == "state bypassed"]

        # What asks the table: the sender's item for all rules together, and the text's for a raid. A newcomer is written down first.
        for number in range(5):
            say("annabel", f"line {number}", ago=600)
        morning = "Good morning to all of you"
        for sender, text, requests in (("staff-one", morning, 0), ("annabel", "Hi all!", 1), ("annabel", morning, 2)):
            self.assertEqual(gate.counted(lambda: say(sender, text)), requests, text)

        gate.does, asked = "hangs", gate.asked
        # Five attempts are waited for, of up to three messages.
        waited = [say(f"early-{number}", "hello") for number in range(3)]
        self.assertLessEqual(gate.asked - asked, 5)
        began, asked, bypasses, waits = time.monotonic(), gate.asked, [], []
        for number in range(12):
            # It goes by what this environment has seen.
            decision, bypassed = say("flooder", f"line {number}", ago=10 - number / 2)
            bypasses += bypassed
            waits.append(decision["rules_us"])
            rule = "flood" if number < 11 else "muted"
            self.assertEqual(verdict(decision), "unchanged" if number < 8 else f"denied {PREFIX}{rule}")
        for number in range(20):
            decision, bypassed = say(f"talker-{number}", "how are you?")
            bypasses += bypassed
            waits.append(decision["rules_us"])
            self.assertEqual(verdict(decision), "unchanged")
        # A message that does not ask has nothing to wait for. What is asked now is a probe after each pause, for which nobody waits.
        self.assertLessEqual(gate.asked - asked, 1 + (time.monotonic() - began) // PAUSE)
        # Two updates for a message of a newcomer and one for each other; the flood also gave three strikes.
        self.assertEqual(len(bypasses), 2 * (5 + 20) + 7 + 3)
        self.assertEqual({line["exception_name"] for line in bypasses}, {"StateTimeout"})

        gate.does = "down"
        gate.opened.set()
        names = lambda: {line["exception_name"] for line in say("later", "still there?")[1]}
        self.assertEqual(self.until(names, lambda names: names == {"StateUnreachable"}), {"StateUnreachable"})
        gate.does = "answers"
        self.until(lambda: say("patient", "and now?")[1], lambda bypassed: not bypassed)
        decision, bypassed = say("annabel", "Good evening to all of you")
        self.assertEqual((verdict(decision), bypassed), ("unchanged", []))

        lines = [line for line in environment.log() if line["message"] == "state bypassed"]
        for line in lines:
            self.assertEqual((line["level"], line["StateBypassed"]), ("WARN", 1))
            [directive] = line["_aws"]["CloudWatchMetrics"]
            self.assertEqual([metric["Name"] for metric in directive["Metrics"]], ["StateBypassed"])
        calls = [call["CallbackId"] for call in callbacks.calls()]
        self.assertCountEqual(calls, [event["CallbackId"] for _, event in chat.events])
        first = ", ".join(f"{decision['rules_us'] / 1000:.0f}" for decision, _ in waited)
        afterwards = statistics.median(waits) / 1000
        print(f"the table hangs: {first} ms; with the breaker open {afterwards:.2f} ms, {len(lines)} bypassed", flush=True)

    def until(self, act, done):
        """Does something again and again until its result is right, for longer than any pause."""
        end = time.monotonic() + 8 * PAUSE
        while not done(result := act()) and time.monotonic() < end:
            time.sleep(0.3)
        return result


def deliver(chat, environments, draws):
    """Delivers each event once to three times, at once to several environments or again after some later ones; gives events and answers."""
    answered, again = [], []
    with ThreadPoolExecutor(len(environments)) as pool:

        def at_once(events):
            chosen = draws.sample(environments, len(events))
            answers = pool.map(lambda environment, event: environment.invoke(event), chosen, events)
            answered.extend(zip(events, answers, strict=True))

        before = None
        for ago, event in chat.in_order():
            # An attempt comes minutes later at most.
            while again and (before is not None and before - ago > 60 or draws.random() < 0.4):
                at_once([again.pop(draws.randrange(len(again)))])
            copies = draws.randint(1, 3)
            now = draws.randint(1, copies)
            at_once([event] * now)
            again += [event] * (copies - now)
            before = ago
        for event in again:
            at_once([event])
    return answered


def scan(table):
    pages = table.get_paginator("scan").paginate(TableName=dynoxide.TABLE)
    return [item for page in pages for item in page["Items"]]


def verdict(line):
    """A line's verdict, with the rule that denied."""
    return " ".join([line["verdict"], *([line["denial"].get("rule", line["denial"]["reason"])] if "denial" in line else [])])


if __name__ == "__main__":
    unittest.main()
