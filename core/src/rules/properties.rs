//! No text, however broken, makes the loader panic or report positions outside of the file.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::{Source, load, parse};
use crate::detect::Detectors;
use crate::message::Message;

/// The files to modify: those of the language's own tests.
const FILES: &[&str] = &[
    include_str!("../../../rules/default.toml"),
    include_str!("../../../tests/rules/disguises.toml"),
    include_str!("../../../tests/rules/edits.toml"),
    include_str!("../../../tests/rules/encodings.toml"),
    include_str!("../../../tests/rules/fields.toml"),
    include_str!("../../../tests/rules/lists.toml"),
    include_str!("../../../tests/rules/scopes.toml"),
    include_str!("../../../tests/rules/shadow.toml"),
    include_str!("../../../tests/rules/when.toml"),
];

/// What a typing error, or an attacker, may insert into a file.
const SCRAPS: &[&str] = &[
    "\"",
    "'",
    "'''",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    ".",
    ",",
    "#",
    "\n",
    "\\",
    "\u{0}",
    "\u{feff}",
    "é",
    "👍🏽",
    "-1",
    "0x",
    "1e999",
    "9223372036854775807",
    "true",
    "2026-01-01",
    "nan",
    "[rule]",
    "[[rule]]",
    "[[test]]",
    "[lists.x]",
    "[people.x]",
    "[places.x]",
    "[defaults]",
    "[message]",
    "id = ",
    "find = ",
    "do = ",
    "when = ",
    "points = ",
    "hit = ",
    "on = ",
    "from = ",
    "in = ",
    "tag = ",
    "{ words = ",
    "{ regex = ",
    "{ length = ",
    "{ profanity = ",
    "{ except = ",
    "{ annotate = ",
    "{ replace = ",
    "{ keep-last = ",
    "score >= ",
    " and ",
    " or ",
    "not ",
    "(((((",
    "'(?:a{1000}){1000}'",
    "'(a'",
    "'\\b'",
    "\"\\u0000\"",
    "\"*\"",
    "\"\"",
    "[]",
    "{}",
];

/// Loads `text`, renders its errors, and runs its rules if it is valid.
fn try_out(text: &str) -> Result<(), TestCaseError> {
    let source =
        Source { read_file: &|name| Ok(format!("word\n{name}\n*\n# x")), ..Source::alone("fuzz.toml", text) };
    let report = match parse(&source, &Detectors::builtin()) {
        Err(report) => {
            prop_assert!(report.errors() > 0);
            report
        }
        Ok(file) => {
            prop_assert_eq!(file.warnings.errors(), 0);
            let failures: Vec<_> = file.run_checks().flat_map(|(_, failures)| failures).collect();
            let message = Message { content: text.chars().take(300).collect(), ..Message::default() };
            let (sieved, all) = (file.pipeline.run(message.clone()), file.pipeline.explain(message));
            prop_assert_eq!(sieved.verdict, all.verdict);
            file.report(failures)
        }
    };
    prop_assert!(!report.render(true).is_empty() || report.diagnostics.is_empty());
    prop_assert!(serde_json::to_string(&report).is_ok());
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..200)) {
        try_out(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn scraps_of_rules_files(scraps in vec(select(SCRAPS), 0..40)) {
        try_out(&scraps.concat())?;
    }

    #[test]
    fn broken_rules_files(
        file in select(FILES),
        cuts in vec((any::<Index>(), 0..12_usize, select(SCRAPS)), 1..6),
    ) {
        let mut text = file.to_owned();
        for (at, len, scrap) in cuts {
            let start = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.ceil_char_boundary((start + len).min(text.len()));
            text.replace_range(start..end, scrap);
        }
        try_out(&text)?;
    }

    #[test]
    fn spliced_rules_files(files in (select(FILES), select(FILES)), cuts in (any::<Index>(), any::<Index>())) {
        let cut = |text: &str, at: Index| text.floor_char_boundary(at.index(text.len() + 1));
        let (first, second) = files;
        try_out(&format!("{}{}", &first[..cut(first, cuts.0)], &second[cut(second, cuts.1)..]))?;
    }

    #[test]
    fn conditions(words in vec(select(&["a", "b", "score", "and", "or", "not", "(", ")", ">=", "<", "=", "3", "-", "é", "x", " "][..]), 0..20)) {
        let rule = |id: &str, rest: &str| format!("[[rule]]\nid = \"{id}\"\n{rest}\n");
        let find = "find = { words = [\"x\"] }\npoints = 2\nhit = [\"x\"]";
        let when = format!("when = '{}'\ndo = \"deny\"", words.join(" "));
        try_out(&format!("version = 1\n{}{}{}", rule("a", find), rule("b", find), rule("c", &when)))?;
    }
}

#[test]
fn the_files_to_break_are_whole() {
    for file in FILES {
        let source =
            Source { read_file: &|_| Ok("blue tit\nheron".to_owned()), ..Source::alone("whole.toml", file) };
        load(&source, &Detectors::builtin()).unwrap_or_else(|report| panic!("{report}"));
    }
}
