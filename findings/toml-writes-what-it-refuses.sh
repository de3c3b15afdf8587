#!/usr/bin/env bash
# toml (Rust): writes integers that its own Table, and other readers of TOML, refuse.
#
# Expected: TOML 1.0 and 1.1: "Arbitrary 64-bit signed integers (from −2^63 to 2^63−1) should be accepted and handled
#   losslessly. If an integer cannot be represented losslessly, an error must be thrown." A writer keeps to what every reader
#   must take; at the least, `to_string` writes nothing that the same crate cannot parse.
# What happens: since 1.0 a u64 above 2^63-1 is written as it stands and read again into a u64, even 2^64 into an i128; but
#   the same text as `toml::Table` or `toml::Value` is an error ("u64 value was too large"), and Python's tomllib turns it
#   into a big integer while JavaScript's smol-toml refuses the document.
# Hurts: ids and hashes in TOML files: the program that wrote the file reads it; its linter, formatter or editor plug-in,
#   which goes by way of Table, or by another library, does not.
# Versions: toml 1.2.2, serde 1.0.229, smol-toml 1.9.1, Python's tomllib
# Seen: written `id = 18446744073709551615`; as a struct fine; as a Table "u64 value was too large"
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
toml = "=1.2.2"
serde = { version = "=1.0.229", features = ["derive"] }
EOF
cat > src/main.rs <<'EOF'
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    id: u64,
}

fn main() {
    let written = toml::to_string(&Mark { id: u64::MAX }).unwrap();
    eprint!("written: {written}");
    eprintln!("as a struct: {:?}", toml::from_str::<Mark>(&written));
    assert_eq!(toml::from_str::<Mark>(&written).unwrap().id, u64::MAX);
    let table = toml::from_str::<toml::Table>(&written).unwrap_err();
    eprintln!("as a Table: {}", table.message());
    print!("{written}");
}
EOF
nice -n 10 cargo run --quiet > mark.toml
npm install --silent --no-audit --no-fund --ignore-scripts smol-toml@1.9.1
node --input-type=module -e '
import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
try {
  console.log(parse(readFileSync("mark.toml", "utf8")));
  process.exit(1);
} catch (e) {
  console.log("smol-toml:", e.message.split("\n")[0]);
  if (!/integer/.test(e.message)) process.exit(1);
}'
