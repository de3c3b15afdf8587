//! Tests what the build script makes of `languages/en.txt`, with small files of the same format.

use super::super::engine::{begins_with_a_space, layout, listed, rated_words};
use super::*;

// The modules of the build script.
#[path = "../../../../build/english.rs"]
mod english;
#[path = "../../../../build/lists.rs"]
mod lists;
#[path = "../../../../build/tables.rs"]
mod tables;
#[path = "../../../../build/trie.rs"]
mod trie;

use self::english::English;
use self::lists::{EDGED, LISTS, TABLES};
use self::trie::Words;

/// Returns a trie of rustrict with the words that the engine has.
pub(in crate::detect::profanity) fn trie_of_rustrict() -> rustrict::Trie {
    let words = changed(include_str!("../languages/en.txt"));
    serde_json::from_value(serde_json::to_value(words).unwrap()).unwrap()
}

/// Returns rustrict's words, changed as `text` says.
fn changed(text: &str) -> Words {
    let mut words = Words::of_rustrict().unwrap();
    words.change(&English::parse(text).unwrap()).unwrap();
    words
}

/// Returns the sections that rate `word` as it is rated in the table of the engine.
fn rated(word: &str) -> String {
    let kinds = ["profane", "offensive", "sexual", "mean"];
    let ratings = [Type::PROFANE, Type::OFFENSIVE, Type::SEXUAL, Type::MEAN];
    let severities = [("mild", Type::MILD), ("moderate", Type::MODERATE), ("severe", Type::SEVERE)];
    let all = kinds.iter().zip(ratings).flat_map(|kind| severities.map(|severity| (kind, severity)));
    let is = |wanted: Type| listed(word).is_some_and(|rating| rating.is(wanted));
    all.filter(|((_, kind), (_, severity))| is(*kind & *severity))
        .map(|((kind, _), (severity, _))| format!("[{kind} {severity}]\n{word}\n"))
        .collect::<Vec<_>>()
        .concat()
}

/// A word of the file is in the same table as rustrict's, in the same way; so it is found in the same disguises.
#[test]
fn an_added_word_is_as_good_as_one_of_rustrict() {
    let before = Words::of_rustrict().unwrap();
    // A few of rustrict's begin with a space, or are rated as disguises, which no word of the file is.
    let is_evasive = |word: &str| listed(word).is_some_and(|rating| rating.is(Type::EVASIVE));
    // The file rates a few of rustrict's words otherwise, so the table of the engine does not say how rustrict rates them.
    let file = English::parse(include_str!("../languages/en.txt")).unwrap();
    let is_of_file = |word: &str| file.rated.contains_key(word) || file.exact.contains_key(word);
    let mut words = rated_words();
    words.retain(|word| {
        before.knows(word) && !begins_with_a_space(word) && !is_evasive(word) && !is_of_file(word)
    });
    assert!(words.len() > 1000, "{}", words.len());
    let removal = format!("[remove]\n{}\n", words.join("\n"));
    let without = changed(&removal);
    assert!(words.iter().all(|word| !without.knows(word)));
    let again: String = words.iter().map(|word| rated(word)).collect();
    let text = removal + again.as_str();
    assert!(changed(&text).columns().unwrap() == before.columns().unwrap());
}

#[test]
fn a_word_and_a_phrase_are_added_rated_and_removed() {
    let words = changed(
        "[profane severe]\nzorkle, zorkle my blimp # why\n[sexual mild]\nzorkle\n[remove]\ncrap\n[mean severe]\nzap",
    );
    for (word, known) in
        [("zorkle", true), ("zorkle my blimp", true), ("zap", true), ("zorkles", false), ("crap", false)]
    {
        assert_eq!(words.knows(word), known, "{word}");
    }
    let english = English::parse("[sexual mild]\nzap, zorkle\n[short]\nzip").unwrap();
    assert_eq!(english.list("SHORT").collect::<Vec<_>>(), ["zap", "zip"]);
}

#[test]
fn sections_become_tables() {
    let text = "[core at edges]\nzorkle\n[allow]\nblimp, *zorkleton*\n[mean mild exact]\nzap\n[endings]\ns\n\
        [parts of other words]\n^, un | zorkle | d\n";
    let rust = English::parse(text).unwrap().rust();
    for table in [
        "STRONG: &[&str] = &[\"zorkle\"];",
        "AT_EDGES: &[&str] = &[\"zorkle\"];",
        "CORE: &[&str] = &[];",
        "INNOCENT: &[&str] = &[\"blimp\"];",
        "CLEAN: &[&str] = &[\"zorkleton\"];",
        "ENDINGS: &[&str] = &[\"\", \"s\"];",
        "EXACT: &[(&str, Type)] = &[(\"zap\", Type::from_bits(512))];",
        "PARTS_OF_OTHERS: &[Edged] = &[(\"zorkle\", &[\"\", \"un\"], &[\"d\"])];",
    ] {
        assert!(rust.contains(table), "expected {table} in {rust}");
    }
}

#[test]
fn an_error_names_the_line_and_says_what_was_expected() {
    for (text, problem) in [
        ("zap", "line 1: expected a section such as `[profane mild]` before `zap`"),
        ("\n[rude mild]", "line 2: no section is called `[rude mild]`, expected a kind (profane, "),
        ("[profane]", "line 1: no section is called `[profane]`"),
        ("[profane mild", "line 1: expected `]` at the end of `[profane mild`"),
        ("[profane mild exactly]", "line 1: no section is called"),
        ("[glue]\nzap, *zip", "line 2: expected `zip`, found `*zip`"),
        ("[core]\nzip*", "line 2: expected `zip` or `*zip*`, found `zip*`"),
        ("[glue]\nZap", "line 2: expected the letters a to z, with single spaces between words, found `Zap`"),
        ("[glue]\nzap  zip", "line 2: expected the letters a to z"),
        ("[glue]\nzap\nzip, zap", "line 3: `zap` is listed twice here"),
        ("[harmless beside]\nzap", "line 2: expected `words before | word | words after`, found `zap`"),
        ("[harmless beside]\n | zap | zip, zip", "line 2: `zip` is listed twice here"),
        ("[mean mild]\nzap\n[mean mild]\nzap", "line 4: `zap` is listed twice here"),
    ] {
        let problems = English::parse(text).unwrap_err();
        assert!(problems.len() == 1 && problems[0].starts_with(problem), "{text:?}: {problems:?}");
    }
    for (text, problem) in [
        ("[core]\nzorkle", "`zorkle` is a core word, expected it under a kind and a severity, too"),
        ("[core]\nshit\n[allow]\nshit", "`shit` is a core word, expected it not to be allowed"),
        ("[remove]\nzorkle", "`zorkle` is to be removed, but rustrict has no such word"),
    ] {
        let english = English::parse(text).unwrap();
        assert_eq!(Words::of_rustrict().unwrap().change(&english).unwrap_err(), [problem], "{text:?}");
    }
}

#[test]
fn every_section_is_documented_and_every_list_becomes_a_table() {
    let guide = include_str!("../languages/README.md");
    for head in LISTS.iter().map(|list| list.head).chain(EDGED.iter().map(|(head, _)| *head)) {
        assert!(guide.contains(&format!("`[{head}]`")), "the guide to the lists does not explain `[{head}]`");
    }
    let tables = LISTS.iter().flat_map(|list| list.tables).chain(EDGED.iter().map(|(_, table)| table));
    for table in tables.filter(|table| **table != "REMOVED") {
        assert!(TABLES.iter().any(|(name, _)| name == table), "{table} is not documented");
    }
}
