#!/usr/bin/env bash
# iban (npm, IBAN.js): refuses Burundi's IBANs and those of eleven more countries of the registry.
#
# Expected: the README says that it "follows the ISO 13616 IBAN Registry technical specification". The registry gives Burundi
#   27 characters and prints an example; Libya, Djibouti, Oman, Honduras and others were added from 2021 on.
# What happens: Burundi stands in the table with 16 characters, the form from before it joined the registry, so every real one
#   is refused. Burkina Faso (27 for 28) and Algeria (24 for 26), which use IBANs outside the registry, have old lengths too;
#   DJ, FK, HN, LY, MN, NI, OM, RU, SD, SO, YE are not known at all. python-stdnum takes the registry's examples, and
#   ibantools has the lengths.
# Hurts: whoever looks for account numbers in chats with it: those of twelve countries are no finding, and nothing says so.
# Versions: iban 0.0.14, ibantools 4.5.4, python-stdnum 2.2
# Seen: BI 16 for 27, BF 27 for 28, DZ 24 for 26; eleven countries missing
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts iban@0.0.14 ibantools@4.5.4
cat > finding.mjs <<'EOF'
import assert from 'node:assert';
import IBAN from 'iban';
import { countrySpecs, isValidIBAN } from 'ibantools';

// The registry's own examples.
const examples = { BI: 'BI4210000100010000332045181', HN: 'HN88CABF00000000000250005469' };
for (const [country, example] of Object.entries(examples)) {
  console.log(`${country}: iban ${IBAN.isValid(example)}, ibantools ${isValidIBAN(example)}`);
  assert.strictEqual(IBAN.isValid(example), false);
  assert.strictEqual(isValidIBAN(example), true);
}
const lengths = Object.fromEntries(
  Object.entries(IBAN.countries)
    .filter(([country, { length }]) => countrySpecs[country].chars !== length)
    .map(([country, { length }]) => [country, [length, countrySpecs[country].chars]]),
);
console.log('length in iban, in ibantools:', lengths);
assert.deepStrictEqual(lengths, { BF: [27, 28], BI: [16, 27], DZ: [24, 26] });
const missing = ['DJ', 'FK', 'HN', 'LY', 'MN', 'NI', 'OM', 'RU', 'SD', 'SO', 'YE'];
assert.deepStrictEqual(missing.filter((country) => IBAN.countries[country]), []);
console.log('not known:', missing.join(' '));
EOF
node finding.mjs
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-stdnum==2.2
venv/bin/python - <<'EOF'
from stdnum import iban

for example in ("BI4210000100010000332045181", "HN88CABF00000000000250005469"):
    print("python-stdnum:", iban.validate(example))
EOF
