#!/usr/bin/env bash
# taplo (TOML language server and linter): a time of day can satisfy no time format of JSON Schema, and nan is null.
#
# Expected: taplo checks TOML files against JSON Schema and its documentation shows schemas for them. TOML has four kinds of
#   date and time, three of them without an offset. One expects `"format": "time"` to fit `quiet = 22:30:00` and `"format":
#   "date-time"` a TOML local date-time, and `"type": "number"` to fit every TOML float.
# What happens: to the schema a date or time is a string, and the formats are those of RFC 3339, which demand an offset. TOML
#   has no time with an offset, so no TOML time ever fits `time`; a text "22:30:00Z" does. A local date-time fits nothing,
#   only date and offset date-time do. nan and inf are the JSON value null: `"type": "number"` refuses them, `"type": "null"`
#   takes them, though TOML has no null.
# Hurts: authors of schemas for rule files with hours ("quiet from 22:30"): the editor marks every right file as wrong, and
#   the only thing the schema takes is a text that the program then has to refuse. The same file read by tomllib or the toml
#   crate gives neither strings nor null, so a schema that pleases taplo fails elsewhere.
# Versions: taplo 0.9.3
# Seen: "22:30:00" is not a "time"; null is not of type "number"
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check taplo==0.9.3
cat > schema.json <<'EOF'
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "type": "object",
  "properties": {
    "day": { "type": "string", "format": "date" },
    "hour": { "type": "string", "format": "time" },
    "since": { "type": "string", "format": "date-time" },
    "rate": { "type": "number" },
    "nothing": { "type": "null" }
  }
}
EOF
export RUST_BACKTRACE=0
takes() {
  printf '%s\n' "$1" > file.toml
  if venv/bin/taplo lint --schema "file://$dir/schema.json" file.toml > out 2>&1; then
    echo "taken:   $1"
  else
    echo "refused: $1   $(grep -o -m1 '[^ ]* is not .*' out)"
    return 1
  fi
}
takes 'day = 2026-11-29'
takes 'since = 2026-11-29T22:30:00Z'
takes 'hour = "22:30:00Z"'
takes 'nothing = nan'
! takes 'hour = 22:30:00' || exit 1
! takes 'since = 2026-11-29T22:30:00' || exit 1
! takes 'rate = nan' || exit 1
! takes 'rate = inf' || exit 1
