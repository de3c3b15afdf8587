//! Syntax errors of a rules file that is not valid TOML, with advice.

use super::report::Diagnostic;

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
