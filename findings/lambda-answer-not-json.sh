#!/usr/bin/env bash
# awslambdaric (Lambda's Python runtime client): an answer with nan is posted as JSON that is none, and counts as a success.
#
# Expected: Lambda's guide says that the runtime turns what a Python handler returns into JSON, and that what cannot be turned
#   "returns an error": the client has Runtime.MarshalError for it and uses it for sets and dates. NaN is no JSON (RFC 8259:
#   "numeric values that cannot be represented in the grammar ... are not permitted").
# What happens: {"score": float("nan")} is posted to the Runtime API as {"score": NaN} with the content type application/json,
#   to the address for successful answers. A caller that reads JSON strictly (JSON.parse, serde_json) fails, where nobody can
#   see why. A Decimal goes out as a number with its digits kept, 1.10, unlike what Python's own json does (a TypeError): the
#   client brings simplejson along.
# Hurts: functions that score messages and are called by others (custom judges, say): an empty batch makes nan in numpy, the
#   function's error count stays 0, and the caller's own retry repeats it.
# Versions: awslambdaric 4.2.2
# Seen: POST .../invocation/1/response {"score": NaN}, application/json; a set: POST .../error Runtime.MarshalError
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check awslambdaric==4.2.2
cat > app.py <<'EOF'
from decimal import Decimal


def handler(event, context):
    return {"nan": {"score": float("nan")}, "decimal": {"score": Decimal("1.10")}, "set": {1}}[event]
EOF
venv/bin/python - <<'EOF'
import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

events = ["nan", "decimal", "set"]
posted = {}
done = Event()


class Runtime(BaseHTTPRequestHandler):
    """As much of Lambda's Runtime API as three events need."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, headers=(), body=b""):
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if len(posted) == len(events):
            done.set()
            return self.answer(500)
        headers = [
            ("Lambda-Runtime-Aws-Request-Id", str(len(posted))),
            ("Lambda-Runtime-Deadline-Ms", "9999999999999"),
            ("Lambda-Runtime-Invoked-Function-Arn", "arn"),
            ("Content-Type", "application/json"),
        ]
        self.answer(200, headers, f'"{events[len(posted)]}"'.encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if len(posted) < len(events):
            posted[events[len(posted)]] = self.path.rsplit("/", 1)[1], self.headers["Content-Type"], body
        self.answer(202)


server = ThreadingHTTPServer(("127.0.0.1", 0), Runtime)
Thread(target=server.serve_forever, daemon=True).start()
where = {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_port}", "LAMBDA_TASK_ROOT": ".", "PYTHONPATH": "."}
function = subprocess.Popen(
    [sys.executable, "-m", "awslambdaric", "app.handler"],
    env={**os.environ, **where},
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
done.wait(60)
function.kill()
for event, what in posted.items():
    print(event, *what)
assert posted["nan"] == ("response", "application/json", '{"score": NaN}')
assert posted["decimal"] == ("response", "application/json", '{"score": 1.10}')
assert posted["set"][0] == "error" and "Runtime.MarshalError" in posted["set"][2]
EOF
