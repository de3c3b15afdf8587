#!/usr/bin/env bash
# serde_json with `arbitrary_precision`, written by toml (Rust): every number becomes a table.
#
# Expected: Cargo's features are additive (the Cargo book: "enabling a feature should not disable functionality"), and
#   serde_json describes `arbitrary_precision` as keeping numbers of arbitrary size. Any crate in the tree may turn it on for
#   all. A `serde_json::Value` written as TOML should be the same with and without.
# What happens: with the feature on, {"score": 3} is written as
#       [score]
#       "$serde_json::private::Number" = "3"
#   without an error. Numbers of a derived struct are written rightly; only those in a Value are tables.
# Hurts: tools that write rules or settings as TOML from JSON values. They work until some other dependency turns the feature
#   on; then their files hold a private key, and the next reader finds a table where a number was.
# Versions: toml 1.2.2, serde_json 1.0.154
# Seen: as above; the same program without the feature writes `score = 3`
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
[features]
precise = ["serde_json/arbitrary_precision"]
[dependencies]
toml = "=1.2.2"
serde_json = "=1.0.154"
EOF
cat > src/main.rs <<'EOF'
fn main() {
    let written = toml::to_string(&serde_json::json!({ "score": 3 })).unwrap();
    print!("precise: {}\n{written}", cfg!(feature = "precise"));
    if cfg!(feature = "precise") {
        assert_eq!(written, "[score]\n\"$serde_json::private::Number\" = \"3\"\n");
        // What one finds who reads the file again.
        let again: toml::Table = toml::from_str(&written).unwrap();
        assert!(again["score"].is_table());
    } else {
        assert_eq!(written, "score = 3\n");
    }
}
EOF
nice -n 10 cargo run --quiet
nice -n 10 cargo run --quiet --features precise
