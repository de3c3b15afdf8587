#!/usr/bin/env bash
# detect-secrets (PyPI): `scan_line` finds a secret in every word, and `scan_file` none in the same words.
#
# Expected: detect_secrets.core.scan has one function for a line, one for a file and one for a diff. The documentation says of the plugins
#   that what they find is above a limit of entropy, 4.5 bits for Base64 and 3.0 for hexadecimal digits; so one expects it of all three.
# What happens: scan_line("hello world") yields "hello" and "world" as `Base64 High Entropy String`, and "ok thanks" two more. It asks the
#   plugins for whatever they might look at, quoted or not, so that the command line can print the entropy of a word; the limit is
#   applied by the caller there. Whoever takes the yielded objects, which are the same class `PotentialSecret`, gets all of them.
# Hurts: bots and hooks that pass one message or one line to scan_line and block what yields anything: they block everybody.
# Versions: detect-secrets 1.5.0
# Seen: as said above; a line in a file with the same words has no finding
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check detect-secrets==1.5.0
cat > finding.py <<'PY'
from pathlib import Path

from detect_secrets.core.scan import scan_file, scan_line
from detect_secrets.settings import default_settings

with default_settings():
    for text in ["hello world", "ok thanks", "Lunch at twelve"]:
        Path("line.txt").write_text(text + "\n")
        line = sorted((one.type, one.secret_value) for one in scan_line(text))
        print(repr(text), "line:", line, "file:", list(scan_file("line.txt")))
        assert {value for _, value in line} == set(text.split())
        assert {kind for kind, _ in line} == {"Base64 High Entropy String"}
        assert not list(scan_file("line.txt"))
PY
venv/bin/python finding.py
