#!/usr/bin/env python3
"""Answers ChannelFlowCallback on loopback and prints every call as one line of JSON.

usage: callbacks.py [PORT]

PORT is 8200 unless it is said; 0 takes a free one. The first line, on standard error, tells the address.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit


class Callbacks(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        # The function opens its connection with a bare GET before it needs it.
        self.answer(200, {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        url = urlsplit(self.path)
        place, _, channel = url.path.lstrip("/").partition("/")
        if place != "channels" or parse_qs(url.query).get("operation") != ["channel-flow-callback"]:
            self.answer(501, {"Code": "NotImplemented", "Message": "only ChannelFlowCallback is answered here"})
            return
        call = json.loads(body)
        channel = unquote(channel)
        # In one piece: another thread may print at the same time.
        print(json.dumps({"ChannelArn": channel, **call}, ensure_ascii=False) + "\n", end="", flush=True)
        self.answer(200, {"CallbackId": call["CallbackId"], "ChannelArn": channel})

    def answer(self, status, body):
        body = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing: the calls are the output."""


class Server(ThreadingHTTPServer):
    daemon_threads = True


def main():
    server = Server(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8200), Callbacks)
    print(f"answering callbacks on http://127.0.0.1:{server.server_port}", file=sys.stderr, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
