//! Writes the content of `languages/en.txt` as the Rust tables that the detector uses.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::english::English;
use super::lists::{EDGED, TABLES};
use super::trie::Words;

impl Words {
    /// Removes and adds the words that `english` names. Returns what is wrong with its words, if anything is.
    pub(crate) fn change(&mut self, english: &English) -> Result<(), Vec<String>> {
        let mut problems = Vec::new();
        for word in english.list("REMOVED") {
            if !self.remove(word) {
                problems.push(format!("`{word}` is to be removed, but rustrict has no such word"));
            }
        }
        self.prune();
        for (word, bits) in &english.rated {
            self.rate(word, *bits);
        }
        for core in english.list("STRONG").chain(english.list("CORE")) {
            if !self.holds_rated(core) {
                problems
                    .push(format!("`{core}` is a core word, expected it under a kind and a severity, too"));
            }
            if english.list("INNOCENT").any(|innocent| innocent == core) {
                problems.push(format!("`{core}` is a core word, expected it not to be allowed"));
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

impl English {
    /// Returns the tables as Rust.
    pub(crate) fn rust(&self) -> String {
        let mut rust = String::new();
        for (name, doc) in TABLES {
            let (of, table) = match EDGED.iter().find(|(_, table)| table == name) {
                Some(_) => ("Edged", self.edged(name)),
                None => ("&str", self.words(name)),
            };
            declare(&mut rust, doc, name, &format!("&[{of}]"), &table);
        }
        let exact = self.exact.iter().map(|(word, bits)| format!("({word:?}, Type::from_bits({bits}))"));
        declare(
            &mut rust,
            "Words that are found only as they are written, with their ratings, sorted.",
            "EXACT",
            "&[(&str, Type)]",
            &array(exact),
        );
        let initials = ('a'..='z').map(|initial| {
            let begins = |word: &&str| word.starts_with(initial);
            array(self.list("STRONG").filter(begins).chain(self.list("CORE").filter(begins)).map(quoted))
        });
        declare(
            &mut rust,
            "The strong words, then the core words, by their first letter.",
            "BY_INITIAL",
            "[&[&str]; 26]",
            array(initials).trim_start_matches('&'),
        );
        rust
    }

    fn words(&self, name: &str) -> String {
        // No ending is an ending, too.
        let none = (name == "ENDINGS").then_some("");
        array(none.into_iter().chain(self.list(name)).map(quoted))
    }

    fn edged(&self, name: &str) -> String {
        let words = |words: &BTreeSet<String>| array(words.iter().map(|word| quoted(word)));
        let rows = self.edged.get(name).into_iter().flatten();
        array(
            rows.map(|(word, edges)| {
                format!("({word:?}, {}, {})", words(&edges.before), words(&edges.after))
            }),
        )
    }
}

/// Adds a constant to `rust`.
fn declare(rust: &mut String, doc: &str, name: &str, of: &str, value: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(rust, "/// {doc}\npub(super) const {name}: {of} = {value};");
}

fn array(items: impl Iterator<Item = String>) -> String {
    format!("&[{}]", items.collect::<Vec<_>>().join(", "))
}

fn quoted(word: &str) -> String {
    format!("{word:?}")
}
