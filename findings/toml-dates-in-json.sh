#!/usr/bin/env bash
# toml into serde_json::Value (Rust): a date becomes an object with a key nobody wrote, and nan becomes null.
#
# Expected: `serde_json::Value` is the usual "any value" of a Rust program, and reading free-form parts of a TOML file into it
#   (options handed on to a plug-in, a template, a webhook) is common. TOML 1.0 has dates as values of their own; one expects
#   their text, or an error as for other values that JSON lacks.
# What happens: without an error, `2026-01-01` becomes {"$__toml_private_datetime": "2026-01-01"}, an implementation detail of
#   the toml crate, and the object goes out with the JSON. nan and inf become null: a threshold of inf is the same as no
#   threshold. Going by way of toml::Table changes nothing. Written as TOML again, the date stays a table with the private
#   key: what was read and written is not what stood there.
# Hurts: rule files with dates ("from = 2026-01-01") whose free part is passed on as JSON, and JSON Schema checks of a TOML
#   file that a program made by reading it into a Value: type "string" refuses every date, "object" takes it.
# Versions: toml 1.2.2, serde_json 1.0.154
# Seen:
#   {"day":{"$__toml_private_datetime":"2026-01-01"},"limit":null,"rate":null,"time":{"$__toml_private_datetime":"07:00:00"}}
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
serde_json = "=1.0.154"
EOF
cat > src/main.rs <<'EOF'
use serde_json::{json, Value};

fn main() {
    let text = "day = 2026-01-01\ntime = 07:00:00\nrate = nan\nlimit = inf\n";
    let value: Value = toml::from_str(text).unwrap();
    println!("{value}");
    assert_eq!(
        value,
        json!({
            "day": { "$__toml_private_datetime": "2026-01-01" },
            "time": { "$__toml_private_datetime": "07:00:00" },
            "rate": null,
            "limit": null,
        })
    );
    let table: toml::Table = toml::from_str(text).unwrap();
    let by_table = serde_json::to_string(&table).unwrap();
    println!("by way of toml::Table: {by_table}");
    assert_eq!(serde_json::from_str::<Value>(&by_table).unwrap(), value);

    let back = toml::to_string(&json!({ "day": { "$__toml_private_datetime": "2026-01-01" } }));
    println!("and back: {back:?}");
    assert_eq!(back.unwrap(), "[day]\n\"$__toml_private_datetime\" = \"2026-01-01\"\n");
}
EOF
nice -n 10 cargo run --quiet
