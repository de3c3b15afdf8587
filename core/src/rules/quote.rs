//! [`quoted`]: texts as TOML, for advice that authors paste into a rules file.

use std::fmt::Write as _;

use crate::text::is_invisible;

/// Returns `text` as a TOML string on one line: in 'single quotes' where that saves backslashes, with escapes for characters that are
/// invisible or that a terminal would interpret.
#[must_use]
pub fn quoted(text: &str) -> String {
    let plain = !text.chars().any(is_escaped);
    if plain && text.contains(['"', '\\']) && !text.contains('\'') {
        return format!("'{text}'");
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if is_escaped(c) => {
                let code = u32::from(c);
                let _ = if code > 0xffff {
                    write!(quoted, "\\U{code:08X}")
                } else {
                    write!(quoted, "\\u{code:04X}")
                };
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

pub(super) fn list<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<_> = texts.into_iter().map(quoted).collect();
    format!("[{}]", texts.join(", "))
}

/// Returns whether `c` is written as an escape. Emoji keep their variation selector.
fn is_escaped(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || is_invisible(c) && c != '\u{fe0f}'
}

#[cfg(test)]
mod tests {
    use toml::Table;

    use super::*;

    #[test]
    fn texts_read_as_people_would_write_them() {
        for (text, toml) in [
            ("", r#""""#),
            ("darn ❤\u{fe0f}", "\"darn ❤\u{fe0f}\""),
            ("it's", r#""it's""#),
            (r#"say "hi""#, r#"'say "hi"'"#),
            (r"C:\temp", r"'C:\temp'"),
            (r#"it's "so""#, r#""it's \"so\"""#),
            ("a\nb\tc\r", r#""a\nb\tc\r""#),
            ("\u{0}\u{1b}\u{7f}\u{9b}", r#""\u0000\u001B\u007F\u009B""#),
            ("a\u{202e}b\u{200d}c\u{2028}", r#""a\u202Eb\u200Dc\u2028""#),
            ("\u{e0041}", r#""\U000E0041""#),
            ("שלום", "\"שלום\""),
        ] {
            assert_eq!(quoted(text), toml);
        }
        assert_eq!(list(["a", "b\""]), r#"["a", 'b"']"#);
    }

    #[test]
    fn every_character_comes_back() {
        for c in (0..=0x10_ffff_u32).filter_map(char::from_u32) {
            for text in [c.to_string(), format!("'{c}"), format!("\\{c}\"")] {
                if u32::from(c) > 0x3100 && u32::from(c) % 97 != 0 && !is_escaped(c) {
                    continue;
                }
                let table: Table = format!("a = {}", quoted(&text)).parse().unwrap();
                assert_eq!(table["a"].as_str(), Some(&*text));
            }
        }
    }
}
