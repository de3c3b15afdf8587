//! Advice about failing tests can be followed literally: the TOML that it suggests is valid, and makes the test pass.

use toml::Table;
use toml::de::DeTable;

use super::quote::quoted;
use super::{Diagnostic, RulesFile, Source, parse};
use crate::detect::Detectors;

/// A deterministic pseudorandom generator.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }

    fn text(&mut self) -> String {
        let pieces: Vec<_> = (0..=self.below(5)).map(|_| self.one(PIECES)).collect();
        pieces.join(self.one(&[" ", "", "\n"]))
    }

    /// Returns a line `key = text` once in `times` calls on average, else an empty text.
    fn line(&mut self, key: &str, times: usize) -> String {
        if self.below(times) > 0 { String::new() } else { format!("{key} = {}\n", quoted(&self.text())) }
    }

    /// Returns a rules file with one test, which may fail in any way.
    fn rules(&mut self) -> String {
        let replace = format!("{{ replace = {} }}", quoted(&self.text()));
        let action = self.one(&["\"mask\"", "\"strip\"", "{ keep-last = 1 }", &replace]).to_owned();
        let mut rules = vec![
            "version = 1\n".to_owned(),
            self.one(&["", "[message]\nempty = \"(gone)\"\n"]).to_owned(),
            "[[rule]]\nid = \"edits\"\non = [\"content\", \"metadata\", \"push-title\", \"push-body\"]\n"
                .to_owned(),
            format!("find = {{ words = [\"darn\", \"heck\"] }}\ndo = {action}\n"),
            "[[rule]]\nid = \"denies\"\nfind = { words = [\"bomb\"] }\ndo = \"deny\"\n".to_owned(),
            "[[rule]]\nid = \"notes\"\nfind = { words = [\"note\"] }\n".to_owned(),
            "do = { annotate = { metadata = { \"a`b\" = \"it's \\\"so\\\"\" } } }\n".to_owned(),
            format!("[[test]]\nsay = {}\n", quoted(&self.text())),
            self.one(&["", "", "encoding = \"percent\"\n", "encoding = \"plain\"\n"]).to_owned(),
        ];
        rules.extend(["metadata", "push-title", "push-body"].map(|key| self.line(key, 4)));
        if self.below(4) == 0 {
            rules.push(format!("denied = \"{}\"\n", self.one(&["edits", "denies"])));
        } else {
            rules.push(self.line("gets", 2));
            rules.extend(["gets-metadata", "gets-push-title", "gets-push-body"].map(|key| self.line(key, 5)));
        }
        rules.push(
            self.one(&["", "by = []\n", "by = [\"notes\", \"edits\"]\n", "by = [\"edits\"]\n"]).to_owned(),
        );
        rules.concat()
    }
}

const PIECES: &[&str] = &[
    "darn",
    "heck",
    "bomb",
    "note",
    "hello",
    "darn ❤\u{fe0f}",
    "👩\u{200d}💻",
    "👍🏽",
    "\"",
    "'",
    "'''",
    "\"\"\"",
    "\\",
    "\\n",
    "C:\\users",
    "`",
    "` if that is intended",
    "{kind}",
    "\t",
    "\r\n",
    "\u{0}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{202e}",
    "\u{2028}",
    "שלום darn",
    "مرحبا",
    "naïve",
    "%20",
    "100%",
    "#",
    "{\"text\": \"darn\"}",
    "[\"heck\"]",
];

/// Parses a help text into keys with their new values, or `None` for a key to remove.
fn steps(help: &str) -> Vec<(String, Option<String>)> {
    let key = |text: &str| (text.trim_matches('`').to_owned(), None);
    if let Some(rest) = help.strip_prefix("drop ") {
        return vec![key(rest.strip_suffix(" if that is intended").unwrap())];
    }
    let mut rest = help.strip_prefix("say ").unwrap();
    let mut steps = Vec::new();
    while let Some(text) = rest.strip_prefix('`').or_else(|| rest.strip_prefix(", `")) {
        // A value may contain the character that ends it.
        let ends = text.match_indices('`').map(|(at, _)| at);
        let end = ends.into_iter().find(|end| text[..*end].parse::<Table>().is_ok());
        let end = end.unwrap_or_else(|| panic!("no TOML: {help}"));
        let (key, value) = text[..end].split_once(" = ").unwrap();
        steps.push((key.to_owned(), Some(value.to_owned())));
        rest = &text[end + 1..];
    }
    let rest = rest.strip_suffix(" if that is intended").unwrap();
    let gone = rest.strip_prefix(" in place of ").into_iter().flat_map(|keys| keys.split(", ").map(key));
    steps.extend(gone);
    steps
}

/// Returns `text` with `value` for `key` in its test, which must be the last table.
fn edited(text: &str, key: &str, value: Option<&str>) -> String {
    let root = DeTable::parse(text).unwrap();
    let tests = root.get_ref()["test"].get_ref().as_array().unwrap();
    let mut edited = text.to_owned();
    match (tests[0].get_ref().as_table().unwrap().get_key_value(key), value) {
        (Some((_, old)), Some(value)) => edited.replace_range(old.span(), value),
        (None, Some(value)) => edited.extend([key, " = ", value, "\n"]),
        (Some((key, old)), None) => edited.replace_range(key.span().start..old.span().end, ""),
        (None, None) => panic!("`{key}` is not there"),
    }
    edited
}

fn load(text: &str) -> Result<RulesFile, String> {
    parse(&Source::alone("rules.toml", text), &Detectors::builtin()).map_err(|report| report.to_string())
}

fn problems(file: &RulesFile) -> Vec<Diagnostic> {
    file.run_checks().flat_map(|(_, problems)| problems).collect()
}

#[test]
fn advice_that_is_followed_makes_tests_pass() {
    let mut random = Random(20_261_129);
    let (mut followed, mut without_advice) = (0, 0);
    for _ in 0..300 {
        let before = random.rules();
        let Ok(file) = load(&before) else { continue };
        let problems_before = problems(&file);
        without_advice += problems_before.iter().filter(|problem| problem.help.is_none()).count();
        let mut after = before.clone();
        for help in problems_before.iter().filter_map(|problem| problem.help.as_deref()) {
            for (key, value) in steps(help) {
                after = edited(&after, &key, value.as_deref());
            }
            followed += 1;
        }
        let file = load(&after).unwrap_or_else(|report| panic!("{before}\n{after}\n{report}"));
        // A problem that only appears once the others are fixed may have advice of its own.
        let left: Vec<_> = problems(&file).into_iter().map(|problem| problem.message).collect();
        let without_advice = problems_before.iter().filter(|problem| problem.help.is_none());
        let expected: Vec<_> = without_advice.map(|problem| problem.message.clone()).collect();
        assert_eq!(left, expected, "{before}\n{after}\n{problems_before:?}");
    }
    assert!(followed > 300 && without_advice < followed / 4, "{followed} {without_advice}");
}
