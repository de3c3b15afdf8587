#!/usr/bin/env bash
# libphonenumber: since 2024 Mexico's mobile numbers with a 1 after +52 are no numbers; WhatsApp writes them so to this day.
#
# Expected: Mexico gave up the 1 after the country code in 2019, and libphonenumber went on reading it for years, taking it
#   off. WhatsApp's ids and webhooks still have it (521 and ten digits; reported for python-phonenumbers as 306 in 2025), as
#   have the address books of a decade. One expects the library that "parses, formats and validates" to go on reading it.
# What happens: with the metadata of 8.13.20 (2023), +52 1 222 123 4567 is valid and becomes +522221234567. With that of
#   8.13.40 (2024) and since, it is neither valid nor possible, keeps its 1, and the matcher finds nothing in a text (as by
#   default it wants valid numbers). All ports share the metadata; Python's and JavaScript's are tried here.
# Hurts: filters for personal data in chats of a country of 130 million: the form people copy from WhatsApp is not found, and
#   the same person's two forms are two people. An update of the library changed it, without a line of code. Take the 1 off
#   before asking.
# Versions: phonenumbers 9.0.43 and 8.13.20, libphonenumber-js 1.13.16
# Seen: as said above; the number is the library's own example number with a 1
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
for version in 8.13.20 9.0.43; do
  venv/bin/pip install --quiet --disable-pip-version-check --target "$version" "phonenumbers==$version"
done
cat > finding.py <<'EOF'
import phonenumbers as p

example = p.example_number_for_type("MX", p.PhoneNumberType.MOBILE)
assert p.is_valid_number(example)
text = f"+521{example.national_number}"
number = p.parse(text)
found = len(list(p.PhoneNumberMatcher(f"write to {text} please", "MX")))
print(p.__version__, p.is_valid_number(number), p.is_possible_number(number), number == example, found)
EOF
for version in 8.13.20 9.0.43; do
  PYTHONPATH=$version venv/bin/python finding.py
done | tee seen
printf '%s\n' '8.13.20 True True True 1' '9.0.43 False False False 0' | diff - seen
npm install --silent --no-audit --no-fund --ignore-scripts libphonenumber-js@1.13.16
node -e '
const assert = require("node:assert");
const { findPhoneNumbersInText, getExampleNumber, parsePhoneNumber } = require("libphonenumber-js/max");
const example = getExampleNumber("MX", require("libphonenumber-js/examples.mobile.json")).nationalNumber;
const number = parsePhoneNumber(`+521${example}`);
const found = findPhoneNumbersInText(`write to +521${example} please`, "MX").length;
console.log("libphonenumber-js:", number.isValid(), found);
assert.deepStrictEqual([number.isValid(), found], [false, 0]);
'
