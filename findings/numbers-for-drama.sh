#!/usr/bin/env bash
# libphonenumber: of the numbers that a regulator reserves for films and examples, some are valid and some are not.
#
# Expected: Ofcom's page lists ranges that nobody will ever have, so that films and manuals can print them. One expects a library
#   to call all of them valid, or none.
# What happens: London's (020 7946 0xxx), those of other towns and freephone are valid; mobiles (07700 900xxx) and the numbers of no
#   area (01632 960xxx) are not. The matcher, which by default wants valid numbers, finds a landline of a sample text and passes its mobile.
# Hurts: whoever tries a filter for personal data with the numbers that are there for trying: every mobile is "not found", and
#   tests with landlines say nothing about that. Fixtures that must be valid cannot use the range for mobiles.
# Versions: phonenumbers 9.0.43 (all ports share the metadata)
# Seen: as said above; the ranges are Ofcom's, "Telephone numbers for use in TV and radio drama programmes"
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check phonenumbers==9.0.43
cat > finding.py <<'EOP'
import phonenumbers as p

NUMBERS = {
    "London": "02079460123",
    "Leeds": "01134960123",
    "Cardiff": "02920180123",
    "freephone": "08081570123",
    "mobile": "07700900123",
    "no area": "01632960123",
    "Tyneside": "01914980123",
}
valid = {name: p.is_valid_number(p.parse(number, "GB")) for name, number in NUMBERS.items()}
found = len(list(p.PhoneNumberMatcher("call 020 7946 0123 or 07700 900123", "GB")))
print(*(name for name in valid if valid[name]), "|", *(name for name in valid if not valid[name]), "|", found)
EOP
venv/bin/python finding.py | tee seen
echo 'London Leeds Cardiff freephone Tyneside | mobile no area | 1' | diff - seen
