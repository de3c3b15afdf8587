#!/usr/bin/env bash
# Rust's text crates: today's releases live in three versions of Unicode, so one letter is a letter here and nothing there.
#
# Expected: regex documents that its \w and \p{...} follow Unicode, unicode-script and unicode-segmentation follow "the"
#   annexes, and each is the current release. Programs take words by one, scripts by another, letters by the standard library,
#   and expect them to agree on what a letter is.
# What happens: regex 1.13.2 goes by Unicode 16, unicode-segmentation 1.13.3 by 17, unicode-script 0.5.9 by 18. For a Latin
#   letter of Unicode 17 (U+A7CE, capital pharyngeal voiced fricative) unicode-script says Latin, unicode-segmentation makes
#   one word of it and its neighbours, while regex has it neither in \w, nor in \p{L}, nor in \p{Latin}, nor paired with its
#   small form under (?i): a word boundary \b stands in the middle of the word. regex exports no version to ask for, the
#   others do.
# Hurts: filters that find words with one crate and check their edges with another: offsets and "whole word" disagree, and
#   offending lines come only with new letters, after deployment. Compare the versions in a test, and use one source for one
#   question.
# Versions: regex 1.13.2, unicode-segmentation 1.13.3, unicode-script 0.5.9
# Seen: as said above
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
regex = "=1.13.2"
unicode-segmentation = "=1.13.3"
unicode-script = "=0.5.9"
EOF
cat > src/main.rs <<'EOF'
use regex::Regex;
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

fn main() {
    println!("unicode-script {:?}", unicode_script::UNICODE_VERSION);
    println!("unicode-segmentation {:?}", unicode_segmentation::UNICODE_VERSION);
    println!("the standard library {:?}", char::UNICODE_VERSION);
    let (letter, small) = ('\u{A7CE}', "\u{A7CF}");
    let word = format!("a{letter}b");

    assert_eq!(letter.script(), Script::Latin);
    assert_eq!(word.unicode_words().collect::<Vec<_>>(), [word.as_str()]);
    println!("unicode-script: Latin; unicode-segmentation: one word");
    for pattern in [r"^\w$", r"^\p{L}$", r"^\p{Latin}$"] {
        let found = Regex::new(pattern).unwrap().is_match(&letter.to_string());
        println!("regex {pattern}: {found}");
        assert!(!found);
    }
    assert!(!Regex::new(&format!("(?i){letter}")).unwrap().is_match(small));
    let words = Regex::new(r"\b\w+\b").unwrap();
    let words: Vec<_> = words.find_iter(&word).map(|m| m.as_str()).collect();
    println!("regex finds the words {words:?} in {word:?}");
    assert_eq!(words, ["a", "b"]);
}
EOF
nice -n 10 cargo run --quiet
