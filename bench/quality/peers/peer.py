"""Runs a filter written in Python: `python peer.py NAME`.

Says its version in a first line, then answers each line `["text"]` with `[flagged, null, nanoseconds]`. The time is what the processor
worked for the filter alone.
"""

import json
import sys
import time
from importlib.metadata import version


def better_profanity():
    from better_profanity import profanity

    profanity.load_censor_words()
    return profanity.contains_profanity


def alt_profanity_check():
    from profanity_check import predict

    return lambda text: bool(predict([text])[0])


def main():
    name = sys.argv[1]
    flags = {"better-profanity": better_profanity, "alt-profanity-check": alt_profanity_check}[name]()
    print(json.dumps(version(name)), flush=True)
    for line in sys.stdin:
        (text,) = json.loads(line)
        start = time.process_time_ns()
        flagged = flags(text)
        nanos = time.process_time_ns() - start
        print(json.dumps([flagged, None, nanos]), flush=True)


if __name__ == "__main__":
    main()
