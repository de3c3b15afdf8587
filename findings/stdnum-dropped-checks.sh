#!/usr/bin/env bash
# python-stdnum: asks for check digits that the authorities have given up (Korea 2020, Taiwan 2023).
#
# Expected: validate() is documented as "check if the number is valid", and the project asks its contributors to avoid that
#   valid numbers are refused. Korea's Ministry of the Interior and Safety replaced the last six digits of new resident
#   registration numbers by random ones in October 2020 (announced 2019-12-17): there is no region and no check digit in them.
#   Taiwan's Ministry of Finance relaxed the check of business numbers from "divisible by 10" to "divisible by 5" on
#   2023-04-01, for the numbers were running out.
# What happens: stdnum.kr.rrn refuses nine of ten numbers of the new kind, for the check digit or for the region;
#   stdnum.tw.ubn refuses half of those the new rule allows. Neither page of the documentation says that it is for older
#   numbers only.
# Hurts: PII filters that confirm a shape by the library's check: a child's or a naturalised person's number, and the number
#   of a new company, go out unmasked. A test with the documentation's examples does not show it, as those are old numbers.
# Versions: python-stdnum 2.2
# Seen: of 1,000 made-up Korean numbers of the new kind about 100 are taken; of 1,000 Taiwanese that fit the new rule about
#   500
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-stdnum==2.2
venv/bin/python - <<'EOF'
import random

from stdnum.kr import rrn
from stdnum.tw import ubn

chance = random.Random(2020)

# Nobody's numbers: a birth date that has yet to come, and six random digits.
korean = [f"990101-3{chance.randrange(10**6):06}" for _ in range(1000)]
taken = sum(map(rrn.is_valid, korean))
print(f"Korea: {taken} of {len(korean)} numbers of the kind given since October 2020 are taken")
assert taken < 130, taken


def new_rule(number):
    """The rule of 2023, the seventh digit 7 (which counts as 1 or 0) left out."""
    products = (int(d) * w for d, w in zip(number, (1, 2, 1, 2, 1, 2, 4, 1)))
    return number[6] != "7" and sum(sum(divmod(p, 10)) for p in products) % 5 == 0


taiwanese = []
while len(taiwanese) < 1000:
    number = f"{chance.randrange(10**8):08}"
    if new_rule(number):
        taiwanese.append(number)
taken = sum(map(ubn.is_valid, taiwanese))
print(f"Taiwan: {taken} of {len(taiwanese)} numbers that fit the rule of April 2023 are taken")
assert 430 < taken < 570, taken
EOF
