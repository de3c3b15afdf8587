#!/usr/bin/env bash
# psl (npm): an IPv4 address has the registrable domain "0.1", and hosts under unlisted names lose part of their subdomain.
#
# Expected: the Public Suffix List is for domain names; the WHATWG's URL standard, which browsers follow, says that a host
#   that is an IP address has no registrable domain. psl documents get() as "null if not valid", and subdomain as what stands
#   before the domain: "a.b" of a.b.example.com, as it is.
# What happens: psl.get("127.0.0.1") and psl.get("10.9.0.1") are "0.1". The Rust crate psl 2.1.247 does the same, tldts says
#   null and marks the host as an address, parse-domain has a type for it. Where the last label is not in the list (.internal,
#   .corp, .lan and the like), psl.parse("a.b.example.internal") gives the subdomain "b": all but one label of it are dropped.
# Hurts: counts and rules by registrable domain ("at most three links to one site a minute", reports of links a site):
#   addresses that end alike become one site. In companies' own chats, hosts of the inner network that differ in front are
#   taken for the same. Ask whether a host is an address, and whether it is listed, before anything else.
# Versions: psl 1.15.0, tldts 7.6.0, parse-domain 8.4.0
# Seen: 127.0.0.1 -> 0.1; a.b.example.internal -> subdomain b; tldts null and a.b; parse-domain IP
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts psl@1.15.0 tldts@7.6.0 parse-domain@8.4.0
cat > finding.mjs <<'EOF'
import assert from 'node:assert';
import { parseDomain } from 'parse-domain';
import psl from 'psl';
import { getDomain, getSubdomain, parse } from 'tldts';

for (const host of ['127.0.0.1', '10.9.0.1']) {
  const [by, tldts, other] = [psl.get(host), getDomain(host), parseDomain(host).type];
  console.log(host, 'psl:', by, ' tldts:', tldts, ' parse-domain:', other);
  assert.deepStrictEqual([by, tldts, parse(host).isIp, other], ['0.1', null, true, 'IP']);
}
for (const [host, wanted] of Object.entries({ 'a.b.example.com': 'a.b', 'a.b.example.internal': 'b' })) {
  const { subdomain } = psl.parse(host);
  console.log(host, 'psl:', subdomain, ' tldts:', getSubdomain(host));
  assert.strictEqual(subdomain, wanted);
  assert.strictEqual(getSubdomain(host), 'a.b');
}
EOF
node finding.mjs
