"""What the tests of real clients share: programs that end with the test, free ports, waiting with an end."""

import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EVENTS = ROOT / "events"
# The environment variable that names the function that was built for all tests.
FUNCTION = "CLIENTS_FUNCTION"


def expected_callback(name):
    """The one callback that must be made of the sample event `name`, as `callbacks.py` prints it."""
    event = json.loads((EVENTS / f"{name}.json").read_text())
    expected = tomllib.loads((EVENTS / f"{name}.toml").read_text())
    received = event["ChannelMessage"]
    message = {key: received[key] for key in ("MessageId", "SubChannelId") if key in received}
    call = {"ChannelArn": received["ChannelArn"], "CallbackId": event["CallbackId"], "ChannelMessage": message}
    match expected["verdict"]:
        case "denied":
            call["DeleteResource"] = True
        case "unchanged":
            message |= {key: received[key] for key in ("Content", "Metadata") if key in received}
        case "edited":
            message |= {key: expected[key.lower()] for key in ("Content", "Metadata") if key.lower() in expected}
            push = {"Title": expected.get("push-title"), "Body": expected.get("push-body")}
            if any(push.values()):
                message["PushNotification"] = {**received["PushNotification"], **push}
    return call


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_env(**more):
    """The environment without what could make a client talk to AWS or behave differently on somebody's machine."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "SAM_", "CHIMEFLOW_"))}
    offline = {"AWS_EC2_METADATA_DISABLED": "true", "SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "us-east-1"}
    return {**env, **offline, **more}


class Program:
    """A program in the background, with a process group of its own: what it started ends with it."""

    def __init__(self, *command, env=None, cwd=ROOT):
        self.command = [str(part) for part in command]
        self.output = tempfile.NamedTemporaryFile(mode="w+", prefix="chimeflow-", suffix=".log")
        self.process = subprocess.Popen(
            self.command, cwd=cwd, env=env or clean_env(), stdin=subprocess.DEVNULL,
            stdout=self.output, stderr=subprocess.STDOUT, start_new_session=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for end in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, end)
                self.process.wait(timeout=5)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                pass
        self.output.close()

    def said(self):
        return Path(self.output.name).read_text(errors="replace")

    def wait_for(self, done, what, seconds):
        """Waits until `done(what the program said)` is true, and gives that."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if result := done(self.said()):
                return result
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        ended = self.process.poll()
        state = "is running" if ended is None else f"ended with {ended}"
        raise AssertionError(f"no {what} within {seconds} s; {self.command} {state} and said:\n{self.said()}")


def run(*command, seconds, env=None):
    """Runs a program to its end, which must be a good one, and gives what it wrote to standard output."""
    command = [str(part) for part in command]
    process = subprocess.Popen(
        command, cwd=ROOT, env=env or clean_env(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=seconds)
        ended = f"ended with {process.returncode}"
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        ended = f"took more than {seconds} s"
    if process.returncode != 0:
        raise AssertionError(f"{command} {ended} and said:\n{out}\n{err}")
    return out


def packages(wanted, folder):
    """Installs the packages of a `package.json` in a folder, unless they are there."""
    mark = folder / "installed.json"
    if not mark.exists() or mark.read_text() != wanted.read_text():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "package.json").write_text(wanted.read_text())
        run("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, seconds=900)
        mark.write_text(wanted.read_text())
    return folder


@functools.cache
def built_function():
    """The function as SAM builds it; once for all tests, as it takes minutes."""
    if built := os.environ.get(FUNCTION):
        return Path(built)
    build = ROOT / "target" / "sam"
    # Long, as it may get only what other builds leave of the machine.
    run("sam", "build", "--build-dir", build, seconds=3600)
    return build / "Processor" / "bootstrap"
