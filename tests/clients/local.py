"""`chimeflow local`, for tests with clients of AWS, and a function behind it that a test plays."""

import json
import queue
import re
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from support import ROOT, Program, run

PROGRAM = ROOT / "target" / "debug" / "chimeflow"


def built():
    """The program, built."""
    run("cargo", "build", "--quiet", "--bin", "chimeflow", seconds=1800)
    return PROGRAM


@contextmanager
def service(*arguments, cwd=ROOT):
    """The endpoint of a local service that ends with the block."""
    with running(*arguments, cwd=cwd) as (endpoint, _):
        yield endpoint


@contextmanager
def running(*arguments, cwd=ROOT):
    """The same, with the program, which says what functions say."""
    with Program(built(), "local", "--listen", "127.0.0.1:0", *arguments, cwd=cwd) as program:
        found = program.wait_for(lambda said: re.search(r"http://127\.0\.0\.1:\d+", said), "address", 30)
        yield found.group(), program


class Function:
    """Serves Lambda's Invoke API as Lambda does for asynchronous invocations, and keeps the events for the test to answer."""

    def __init__(self):
        self.events = queue.Queue()
        events = self.events

        class Invoke(BaseHTTPRequestHandler):
            def do_POST(self):
                events.put(json.loads(self.rfile.read(int(self.headers["content-length"]))))
                self.send_response(202)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Invoke)
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def event(self):
        """The next event that the function got."""
        return self.events.get(timeout=10)
