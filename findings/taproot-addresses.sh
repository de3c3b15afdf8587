#!/usr/bin/env bash
# Bitcoin addresses: python-stdnum refuses every taproot address, validator.js takes addresses with a wrong checksum.
#
# Expected: BIP 350 (2020; taproot is active since November 2021) gives addresses of witness version 1 and above, "bc1p...",
#   the checksum bech32m, and prints valid and invalid ones. stdnum.bitcoin describes itself as checking Bitcoin addresses,
#   Segwit included; validator.js documents isBtcAddress as "check if the string is a valid BTC address", while it says of
#   isEthereumAddress that the checksum is not looked at.
# What happens: stdnum.bitcoin knows bech32 only. It raises InvalidChecksum for BIP 350's own valid mainnet address, and takes
#   an address that BIP 350 lists as invalid, version 1 with the old checksum. validator.js looks at prefix and length only:
#   it takes the genesis address and a version 0 address with one character changed.
# Hurts: scam and PII filters that confirm an address by its checksum. One library misses the kind of address wallets give out
#   today, the other makes an address of any text that begins with 1 or 3 and is long enough.
# Versions: python-stdnum 2.2, validator 13.15.35
# Seen: as said above
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-stdnum==2.2
venv/bin/python - <<'EOF'
from stdnum import bitcoin
from stdnum.exceptions import InvalidChecksum

# From the test vectors of BIP 173 and BIP 350.
old = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
taproot = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"
assert bitcoin.is_valid(old)
try:
    bitcoin.validate(taproot)
    raise SystemExit("stdnum takes the taproot address")
except InvalidChecksum:
    print("stdnum: version 0 is taken, version 1 (taproot) is InvalidChecksum")
# BIP 350's list of invalid addresses: "bech32 instead of bech32m".
wrong = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd"
print("stdnum: version 1 with the checksum of version 0:", bitcoin.is_valid(wrong))
assert bitcoin.is_valid(wrong)
EOF
npm install --silent --no-audit --no-fund --ignore-scripts validator@13.15.35
node -e '
const { isBtcAddress } = require("validator");
const taken = [
  "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", // BIP 173
  "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", // its last character changed
  "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", // the first block
  "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", // its last character changed
].map((address) => isBtcAddress(address));
console.log("validator.js, right, wrong, right, wrong:", ...taken);
if (!taken.every(Boolean)) process.exit(1);
'
