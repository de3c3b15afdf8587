#!/usr/bin/env bash
# schemars (Rust) and ajv (npm): the schema of any struct with a number in it does not compile.
#
# Expected: schemars writes JSON Schema for Rust types and ajv is the validator behind most of JavaScript's editors, forms and
#   CI checks. JSON Schema lets formats be unknown: they are annotations then. So what one writes the other reads.
# What happens: schemars gives each Rust integer and float a format of its own ("uint8", "uint32", "int128", "float") and an
#   address "ip". ajv is strict unless told otherwise: new Ajv2020().compile(schema) throws "unknown format "uint8" ignored in
#   schema". ajv-formats does not help, as it knows int32, int64, float and double only; std::net::IpAddr fails by "ip"
#   likewise. The plain `new Ajv()` fails before that, for it does not know draft 2020-12. python's jsonschema takes the same
#   schema.
# Hurts: who publishes the schema of a rules file for editors and checks. It works in Rust's own tests and in Python; web
#   forms and CI fail at the first number. Drop the formats with a transform of schemars, or set `validateFormats: false`.
# Versions: schemars 1.2.3, ajv 8.20.0, ajv-formats 3.0.1, jsonschema 4.26.0
# Seen: unknown format "uint8" ignored in schema at path "#/properties/score"
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"
[dependencies]
schemars = "=1.2.3"
serde_json = "=1.0.154"
EOF
cat > src/main.rs <<'EOF'
use std::net::IpAddr;

#[derive(schemars::JsonSchema)]
#[allow(dead_code)]
struct Number {
    score: u8,
}

#[derive(schemars::JsonSchema)]
#[allow(dead_code)]
struct Address {
    from: IpAddr,
}

fn main() {
    let schemas = [schemars::schema_for!(Number), schemars::schema_for!(Address)];
    println!("{}", serde_json::to_string(&schemas).unwrap());
}
EOF
nice -n 10 cargo run --quiet > schemas.json
npm install --silent --no-audit --no-fund --ignore-scripts ajv@8.20.0 ajv-formats@3.0.1
cat > finding.cjs <<'EOF'
const assert = require('node:assert');
const Ajv = require('ajv').default;
const Ajv2020 = require('ajv/dist/2020').default;
const addFormats = require('ajv-formats').default;

const [number, address] = require('./schemas.json');
console.log(JSON.stringify(number));
const shown = (expected) => (error) => {
  console.log('ajv:', error.message);
  return expected.test(error.message);
};
assert.throws(() => new Ajv2020().compile(number), shown(/unknown format "uint8"/));
assert.throws(() => addFormats(new Ajv2020()).compile(number), shown(/unknown format "uint8"/));
assert.throws(() => addFormats(new Ajv2020()).compile(address), shown(/unknown format "ip"/));
assert.throws(() => addFormats(new Ajv()).compile(number), shown(/no schema with key or ref/));
assert.ok(new Ajv2020({ validateFormats: false }).compile(number)({ score: 3 }));
EOF
node finding.cjs
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jsonschema==4.26.0
venv/bin/python -c '
import json, jsonschema
jsonschema.validate({"score": 3}, json.load(open("schemas.json"))[0])
print("jsonschema for Python takes it")'
