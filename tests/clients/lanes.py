"""Runs every test_*.py of this folder, two at a time, each in a process of its own, and prints how long each took."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import dynoxide
import test_local_browser
import test_local_js
from support import FUNCTION, built_function

HERE = Path(__file__).parent
# Those of a row build to the same places: one after the other. They take longest, so they come first.
BUILDING = [["test_deploy", "test_sam"], ["test_extending", "test_cargo_lambda"]]
# Nothing else may take the processor from these: in the day, a table that answers late sets off alarms; the other counts what a function
# does while it waits for a connection.
ALONE = ["test_day", "test_cold_start"]
OTHERS = sorted({file.stem for file in HERE.glob("test_*.py")} - {*sum(BUILDING, []), *ALONE})


def main():
    started = time.monotonic()
    install_packages()
    os.environ[FUNCTION] = str(built_function())
    print(f"installed and built in {time.monotonic() - started:.0f} s", flush=True)
    with ThreadPoolExecutor(2) as lanes:
        # Compilers leave the processor to the tests that wait for answers.
        rows = [lanes.submit(tests, names, "nice") for names in BUILDING] + [lanes.submit(tests, [name]) for name in OTHERS]
    results = [result for row in rows for result in row.result()] + tests(ALONE)
    print(f"\n===== the seconds of each; {time.monotonic() - started:.0f} in all")
    for name, seconds, _ in sorted(results, key=lambda result: -result[1]):
        print(f"{seconds:6.0f}  {name}")
    failed = [name for name, _, passed in results if not passed]
    print("failed:", ", ".join(failed) or "none")
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def install_packages():
    test_local_js.installed()
    test_local_browser.installed()
    if dynoxide.IS_HERE:
        dynoxide.program()


def tests(names, *how):
    """Runs test modules one after the other; returns the name of each, the seconds that it took, and whether it passed."""
    return [test(name, *how) for name in names]


printing = Lock()


def test(name, *how):
    started = time.monotonic()
    command = [*how, sys.executable, "-B", "-m", "unittest", name, "--verbose"]
    ran = subprocess.run(command, cwd=HERE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    seconds = time.monotonic() - started
    with printing:
        print(f"\n----- {name} ({seconds:.0f} s)\n{ran.stdout.decode(errors='replace')}", flush=True)
    return name, seconds, ran.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
