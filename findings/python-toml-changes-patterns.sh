#!/usr/bin/env bash
# toml (PyPI): writes a regular expression with \x in it as another one, or as a file that nothing can read.
#
# Expected: toml.dumps() writes a text so that reading gives the same text; the README calls the library "a Python library for
#   parsing and creating TOML". A backslash is written as two.
# What happens: the writer goes over Python's repr() of the text and looks for "\x" in it to mend escapes that TOML lacks; it
#   also meets a backslash and an x that stand in the text. The pattern \x41 becomes "A" on the way, \\x41 loses a backslash,
#   and \d+\x20 becomes a document that its own loads() and tomllib refuse. rtoml, tomlkit and tomli_w keep all three.
# Hurts: tools that write moderation rules: \x{...} and \x41 are how Rust and Python patterns name characters that one cannot
#   see, so rules on invisible characters change on saving. The package has had no release since 2020 and many still reach for
#   it, as tomllib cannot write.
# Versions: toml 0.10.2; rtoml 0.14.0, tomlkit 0.15.2, tomli_w 1.2.0 as witnesses
# Seen: \x41 -> "\u0041", \\x41 -> "\\x41", \d+\x20 -> "\d+\x20"
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check toml==0.10.2 rtoml==0.14.0 tomlkit==0.15.2 tomli_w==1.2.0 tomli==2.2.1
venv/bin/python - <<'EOF'
import rtoml
import toml
import tomli
import tomli_w
import tomlkit

unreadable = object()
wanted = {
    r"\x41": "A",
    r"\\x41": r"\x41",
    r"\d+\x20": unreadable,
    r"\bzebra\b": r"\bzebra\b",
}
for pattern, read in wanted.items():
    written = toml.dumps({"pattern": pattern})
    try:
        back = tomli.loads(written)["pattern"]
    except tomli.TOMLDecodeError:
        back = unreadable
        try:
            toml.loads(written)
            raise SystemExit("it reads its own document")
        except toml.TomlDecodeError:
            pass
    print(f"{pattern!r} is written {written.strip()} and read", "with an error" if back is unreadable else repr(back))
    assert back == read
    for other in (rtoml, tomlkit, tomli_w):
        assert tomli.loads(other.dumps({"pattern": pattern}))["pattern"] == pattern, other
EOF
