#!/usr/bin/env bash
# @iarna/toml (npm): integers beyond 64 bits are wrapped round into wrong, even negative, numbers without an error.
#
# Expected: TOML 1.0 and 1.1: integers of 64 bits signed are to be handled, and "if an integer cannot be represented
#   losslessly, an error must be thrown". The package's README names TOML 1.0.0-rc.1, "careful adherence to spec" and BigInt
#   for large numbers.
# What happens: the BigInt is cut to its last 64 bits: 18446744073709551615 is read as -1n, 9223372036854775808 as
#   -9223372036854775808n, and a number of 23 nines as 200376420520689663n. Hexadecimal, octal and binary alike. Other readers
#   for JavaScript (toml, smol-toml) refuse all of them.
# Hurts: ids (snowflakes, hashes, 64-bit masks written as hexadecimal) and limits in settings and rule files:
#   0xFFFFFFFFFFFFFFFF as "no limit" becomes -1, and ids silently name somebody else.
# Versions: @iarna/toml 3.0.0, smol-toml 1.9.1, toml 5.0.1
# Seen: as said above
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @iarna/toml@3.0.0 smol-toml@1.9.1 toml@5.0.1
cat > finding.mjs <<'EOF'
import assert from 'node:assert';
import iarna from '@iarna/toml';
import * as smol from 'smol-toml';
import toml from 'toml';

const wrapped = {
  '18446744073709551615': -1n,
  '0xFFFFFFFFFFFFFFFF': -1n,
  '9223372036854775808': -9223372036854775808n,
  '99999999999999999999999': 200376420520689663n,
};
for (const [written, read] of Object.entries(wrapped)) {
  const { n } = iarna.parse(`n = ${written}`);
  console.log(`@iarna/toml reads ${written} as ${n}n`);
  assert.strictEqual(n, read);
  assert.throws(() => smol.parse(`n = ${written}`));
  assert.throws(() => toml.parse(`n = ${written}`));
}
assert.strictEqual(iarna.parse('n = 9223372036854775807').n, 9223372036854775807n);
console.log('smol-toml and toml refuse all of them');
EOF
node finding.mjs
