#!/usr/bin/env bash
# python-stdnum: refuses every taproot address of Bitcoin, the kind that wallets give out today.
#
# Expected: BIP 350 (2020; taproot is active since November 2021) gives addresses of witness version 1 and above, "bc1p...",
#   the checksum bech32m, and prints valid ones. stdnum.bitcoin describes itself as checking Bitcoin addresses, Segwit included.
# What happens: stdnum.bitcoin knows bech32 only. It raises InvalidChecksum for BIP 350's own valid mainnet address.
# Hurts: scam and PII filters that confirm an address by its checksum: they miss the newest kind of address.
# Versions: python-stdnum 2.2
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
EOF
