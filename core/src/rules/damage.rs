//! Syntax errors of a rules file that is not valid TOML, with advice.

use super::report::Diagnostic;

/// Returns an error that names the other format of `text`, which is not valid TOML, if it begins like one.
pub(super) fn other_format(text: &str) -> Option<Diagnostic> {
    let start = text.len() - text.trim_start().len();
    let begins_json = |text: &str| match text.strip_prefix('[') {
        Some(list) => list.trim_start().starts_with('{'),
        None => text.starts_with('{'),
    };
    let mut lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let name = if begins_json(&text[start..]) {
        "JSON"
    } else if lines.next().is_some_and(begins_yaml) {
        "YAML"
    } else {
        return None;
    };
    let problem = Diagnostic::error(
        Some(start..text.len().min(start + 1)),
        format!("this looks like {name}, and a rules file is TOML"),
    );
    let help = "write `version = 1`, and for each rule a line `[[rule]]` with lines such as `id = \"name\"` below it";
    Some(problem.help(Some(help.to_owned())))
}

fn begins_yaml(line: &str) -> bool {
    let is_key =
        |key: &str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    line == "---"
        || line
            .split_once(':')
            .is_some_and(|(key, value)| is_key(key) && (value.is_empty() || value.starts_with(' ')))
}

/// Converts `error` in `text` to a diagnostic, with advice.
pub(super) fn damage(error: &toml::de::Error, text: &str) -> Diagnostic {
    let found = error.span().and_then(|span| text.get(span)).unwrap_or_default();
    let help = if found.contains(is_typographic) {
        Some("typographic quotes mean nothing here: write values in \"straight quotes\"")
    } else if error.message().contains("escape") {
        Some("a backslash means something in \"double quotes\": write expressions in 'single quotes'")
    } else {
        None
    };
    Diagnostic::error(error.span(), error.message()).help(help.map(str::to_owned))
}

/// Returns whether `c` is a typographic quotation mark.
fn is_typographic(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201f}' | '«' | '»' | '‹' | '›' | '″' | '＂' | '＇' | '´')
}

#[cfg(test)]
mod tests {
    use crate::detect::Detectors;
    use crate::rules::{Source, parse};

    #[test]
    fn a_file_of_another_format_is_named_in_one_error() {
        for (text, name) in [
            ("{\"version\": 1, \"rule\": []}", "JSON"),
            ("\n{\n  \"version\": 1\n}\n", "JSON"),
            ("[\n  {\"id\": \"a\"}\n]", "JSON"),
            ("{", "JSON"),
            ("---\nversion: 1\n", "YAML"),
            ("# rules\n\nversion: 1\nrule:\n  - id: a\n", "YAML"),
            ("rules:\n  - a\n", "YAML"),
        ] {
            let report = parse(&Source::alone("a", text), &Detectors::builtin()).unwrap_err();
            let [problem] = &report.diagnostics[..] else { panic!("{report}") };
            assert_eq!(
                problem.message,
                format!("this looks like {name}, and a rules file is TOML"),
                "{text}"
            );
            assert!(problem.help.is_some(), "{text}");
        }
        // A damaged TOML file still counts as TOML.
        for text in
            ["version = 1\n[[rule]\n", "[rule\nid = 1", "[\"a\"", "version 1\n", "[[rule]]\nid: \"a\"\n"]
        {
            let report = parse(&Source::alone("a", text), &Detectors::builtin()).unwrap_err();
            assert!(!report.to_string().contains("looks like"), "{report}");
        }
    }
}
