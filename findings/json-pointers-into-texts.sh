#!/usr/bin/env bash
# JSON pointers in JavaScript: they find what is in no JSON document, such as the length of a list or a letter of a text.
#
# Expected: RFC 6901 names what a pointer may reach: members of objects, and items of arrays by digits without leading zeros
#   or by "-". Anything else, or "~" not followed by 0 or 1, is an error. json-ptr calls itself a complete implementation.
# What happens: jsonpointer, json-pointer and json-ptr walk JavaScript's values and not JSON's: /list/length of an array of
#   two is 2, in all three. json-ptr goes into texts as well: /text/0 of {"text": "spam"} is "s", and /text/length is 4. All
#   three take the wrong escape "~2" as it stands. jsonpointer for Python finds nothing at any of them, Rust's serde_json
#   nothing at the first three.
# Hurts: rules and filters that look at one field of a message's metadata by pointer: "there is something at /tags/length" is
#   true for every list, a field that is meant to be an object may be a text and still answers, and the rule that works in the
#   editor's preview (JavaScript) finds nothing in the service (Rust, Python).
# Versions: jsonpointer 5.0.1, json-pointer 0.6.2, json-ptr 3.1.1; Python's jsonpointer 3.12 as the witness
# Seen: as said above
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts jsonpointer@5.0.1 json-pointer@0.6.2 json-ptr@3.1.1
cat > finding.cjs <<'EOF'
const assert = require('node:assert');
const { JsonPointer } = require('json-ptr');
const libraries = {
  jsonpointer: require('jsonpointer').get,
  'json-pointer': require('json-pointer').get,
  'json-ptr': (document, pointer) => JsonPointer.get(document, pointer),
};
const message = { list: ['a', 'b'], text: 'spam', '~2': 'escaped' };
const found = {};
for (const [name, get] of Object.entries(libraries)) {
  found[name] = ['/list/length', '/text/0', '/text/length', '/~2'].map((pointer) => {
    try {
      return get(message, pointer) ?? null;
    } catch {
      return null;
    }
  });
}
console.log('pointers /list/length, /text/0, /text/length, /~2');
console.log(found);
assert.deepStrictEqual(found, {
  jsonpointer: [2, null, null, 'escaped'],
  'json-pointer': [2, null, null, 'escaped'],
  'json-ptr': [2, 's', 4, 'escaped'],
});
EOF
node finding.cjs
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jsonpointer==3.12
venv/bin/python - <<'EOF'
from jsonpointer import JsonPointerException, resolve_pointer

message = {"list": ["a", "b"], "text": "spam", "~2": "escaped"}
for pointer in ("/list/length", "/text/0", "/text/length", "/~2"):
    try:
        raise SystemExit(f"Python finds {resolve_pointer(message, pointer)!r}")
    except JsonPointerException as error:
        print(f"Python: {error}")
EOF
