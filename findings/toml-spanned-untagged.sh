#!/usr/bin/env bash
# toml::Spanned (Rust): dies under serde's `untagged` and `flatten`, and the message blames the file.
#
# Expected: the documentation of toml::Spanned calls it "a spanned value, indicating the range at which it is defined in the
#   source", to be put around any field, and says nothing of enums or flattened structs. A value that reads without Spanned
#   reads with it.
# What happens: under #[serde(untagged)] no value fits any variant: "data did not match any variant of untagged enum", for a
#   file that is right. Under #[serde(flatten)] it is `invalid type: string "deny", expected a spanned value`. Both
#   attributes read into a buffer of serde's first, where positions are lost. An Option<Spanned> is fine.
# Hurts: tools that show mistakes under their line: as soon as one setting may be a text or a list (the classic use of
#   untagged), every file is refused, and the author of the file is told that the file is wrong.
# Versions: toml 1.2.2, serde 1
# Seen: untagged: error for a text and for a list; flatten: "expected a spanned value"; plain and Option: read
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
serde = { version = "1", features = ["derive"] }
EOF
cat > src/main.rs <<'EOF'
#![allow(dead_code)]
use serde::Deserialize;
use toml::Spanned;

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany<T, L> {
    One(T),
    Many(L),
}

#[derive(Debug, Deserialize)]
struct Plain {
    find: OneOrMany<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct Marked {
    find: OneOrMany<Spanned<String>, Spanned<Vec<String>>>,
}

#[derive(Debug, Deserialize)]
struct Action {
    r#do: Spanned<String>,
}

#[derive(Debug, Deserialize)]
struct Flat {
    #[serde(flatten)]
    action: Action,
}

#[derive(Debug, Deserialize)]
struct Maybe {
    r#do: Option<Spanned<String>>,
}

fn main() {
    for text in ["find = 'zebra'", "find = ['zebra']"] {
        toml::from_str::<Plain>(text).unwrap();
        let marked = toml::from_str::<Marked>(text).unwrap_err();
        println!("untagged, {text}: {}", marked.message());
        assert!(marked.message().contains("did not match any variant"));
    }
    let text = "do = 'deny'";
    let flat = toml::from_str::<Flat>(text).unwrap_err();
    println!("flatten, {text}: {}", flat.message());
    assert!(flat.message().contains("expected a spanned value"));
    assert_eq!(toml::from_str::<Action>(text).unwrap().r#do.span(), 5..11);
    assert!(toml::from_str::<Maybe>(text).unwrap().r#do.is_some());
}
EOF
nice -n 10 cargo run --quiet
