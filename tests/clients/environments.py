"""Execution environments: the function as a process, behind a Runtime API that gives it one event at a time."""

import json
import queue
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

from support import Program, clean_env

CALLBACKS = Path(__file__).parent / "callbacks.py"
LAMBDA = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_REGION": "us-east-1",
    "AWS_LAMBDA_FUNCTION_NAME": "chimeflow",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
    "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
    "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/chimeflow",
    "AWS_LAMBDA_LOG_STREAM_NAME": "test",
    "AWS_EXECUTION_ENV": "AWS_Lambda_provided.al2023",
}
# How long a function may take to start, and an event.
START, ANSWER = 60, 60


class Callbacks:
    """What answers callbacks, until the block ends, and keeps them."""

    def __enter__(self):
        self.program = Program(sys.executable, "-B", CALLBACKS, 0)
        said = self.program.wait_for(lambda said: "http://" in said and said.strip(), "address", 20)
        self.endpoint = said.split()[-1]
        return self

    def __exit__(self, *error):
        self.program.__exit__(*error)

    def calls(self):
        return [json.loads(line) for line in self.program.said().splitlines() if line.startswith("{")]


class Environment:
    """An execution environment until the block ends. `failed` is what the function says when it cannot start, as Lambda hears it."""

    def __init__(self, program, callbacks=None, **settings):
        self.command, self.busy, self.failed = program, Lock(), None
        self.events, self.ends = queue.Queue(), queue.Queue()
        self.server = RuntimeApi(self)
        endpoint = {"AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING": callbacks.endpoint} if callbacks else {}
        address = f"127.0.0.1:{self.server.server_port}"
        self.env = clean_env(AWS_LAMBDA_RUNTIME_API=address, **LAMBDA, **endpoint, **settings)

    def __enter__(self):
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.program = Program(self.command, env=self.env)
        ended, self.failed = self.ends.get(timeout=START)
        self.is_ready = ended == "ready"
        return self

    def __exit__(self, *error):
        self.program.__exit__(*error)
        self.server.shutdown()
        self.server.server_close()

    def invoke(self, event):
        """Has the function process an event; gives what it returned, or the error that it failed with."""
        with self.busy:
            self.events.put(event)
            _, said = self.ends.get(timeout=ANSWER)
            return said

    def log(self):
        """The lines that it wrote."""
        return [json.loads(line) for line in self.program.said().splitlines()]


class Server(ThreadingHTTPServer):
    """A server whose clients may end in the middle of a request."""

    daemon_threads = True

    def handle_error(self, *_):
        """Says nothing."""


class RuntimeApi(Server):
    """Lambda's Runtime API of an environment."""

    def __init__(self, environment):
        class Calls(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                if not environment.server.was_asked:
                    environment.server.was_asked = True
                    environment.ends.put(("ready", None))
                event = json.dumps(environment.events.get()).encode()
                number = environment.server.number = environment.server.number + 1
                self.send_response(200)
                self.send_header("lambda-runtime-aws-request-id", f"request-{number}")
                self.send_header("lambda-runtime-deadline-ms", str(int((time.time() + 10) * 1000)))
                self.send_header("lambda-runtime-invoked-function-arn", "arn:aws:lambda:us-east-1:111122223333:function:chimeflow")
                self.send_header("content-length", str(len(event)))
                self.end_headers()
                self.wfile.write(event)

            def do_POST(self):
                said = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or "null")
                self.send_response(202)
                self.send_header("content-length", "0")
                self.end_headers()
                environment.ends.put((self.path.rpartition("/")[2], said))

            def log_message(self, *_):
                """Says nothing."""

        super().__init__(("127.0.0.1", 0), Calls)
        self.was_asked, self.number = False, 0
