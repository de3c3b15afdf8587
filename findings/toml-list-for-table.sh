#!/usr/bin/env bash
# toml (Rust): a list where a table belongs is taken by position, and what is too much is dropped.
#
# Expected: TOML has tables and arrays, and the serde attribute `deny_unknown_fields` ("always error during deserialization
#   when encountering unknown fields") is what authors of strict formats rely on. So an array where a table is asked for is an
#   error; or, if it is taken by position as serde_json does it, then one of the wrong length is an error at both ends. toml's
#   tracker closed "TOML array can be deserialized to Rust struct" (373) as solved in 2023.
# What happens: the array is read by the order in which the fields stand in the Rust source. One item too few is an error, one
#   too many is not: `rule = ["spam", 3, "mask"]` fills a struct of two fields and "mask" is gone, under
#   `deny_unknown_fields`. serde_json refuses the same list with the same struct.
# Hurts: whoever lets people write rules in TOML. A misplaced bracket loads, settings go to fields nobody named, moving a
#   field in the source changes what files mean, and no error tells that the last setting was thrown away.
# Versions: toml 1.2.2, serde 1.0.229, serde_json 1.0.154
# Seen: toml: ["spam", 3] -> Rule { id: "spam", score: 3 }; ["spam", 3, "mask"] -> the same; ["spam"] -> error
#       serde_json: the list of three -> error
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
serde_json = "=1.0.154"
EOF
cat > src/main.rs <<'EOF'
use serde::Deserialize;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: String,
    score: u8,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Rule,
}

fn main() {
    let wanted = File { rule: Rule { id: "spam".into(), score: 3 } };
    let two = toml::from_str::<File>(r#"rule = ["spam", 3]"#);
    let three = toml::from_str::<File>(r#"rule = ["spam", 3, "mask"]"#);
    let one = toml::from_str::<File>(r#"rule = ["spam"]"#);
    let named = toml::from_str::<File>(r#"rule = { id = "spam", score = 3, do = "mask" }"#);
    let json = serde_json::from_str::<File>(r#"{"rule": ["spam", 3, "mask"]}"#);
    println!("toml, list of two:    {two:?}");
    println!("toml, list of three:  {three:?}");
    println!("toml, list of one:    {:?}", one.as_ref().map_err(|e| e.message()));
    println!("toml, unknown name:   {:?}", named.as_ref().map_err(|e| e.message()));
    println!("serde_json, of three: {json:?}");
    assert_eq!(two.unwrap(), wanted);
    assert_eq!(three.unwrap(), wanted, "the third item is dropped");
    assert!(one.is_err() && named.is_err() && json.is_err());
}
EOF
nice -n 10 cargo run --quiet
