//! Makes texts of others, such as names and error messages of a service, safe for a terminal.

use std::fmt::Write;

/// Returns `text` on one line, without characters that control a terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if is_command(c) { ' ' } else { c }).collect()
}

/// Returns `text` without characters that control a terminal. Line ends and tabs stay.
pub(crate) fn plain_lines(text: &str) -> String {
    text.chars().map(|c| if is_command(c) && !matches!(c, '\n' | '\t') { ' ' } else { c }).collect()
}

/// Returns `json` with the characters in its strings escaped that control a terminal. A line end can only be between values.
pub(crate) fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if is_command(c) && c != '\n' {
            // All of them are in the Basic Multilingual Plane.
            let _ = write!(escaped, "\\u{:04x}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Returns whether `c` is a control character, ends a line, or changes the direction of the text after it.
pub(crate) fn is_command(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_controls_a_terminal() {
        let all: String = (0..=0x2_ffff).filter_map(char::from_u32).collect();
        assert!(!plain(&all).contains(is_command));
        assert_eq!(plain(&all).chars().count(), all.chars().count());
        assert_eq!(plain("a\u{1b}[31mb\r\nc\u{9b}d\u{202e}e"), "a [31mb  c d e");
        let json = serde_json::json!({ "a": all }).to_string();
        assert!(!escaped(&json).contains(is_command));
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&escaped(&json)).ok(),
            serde_json::from_str(&json).ok()
        );
        let pretty = escaped(&format!("{:#}", serde_json::json!({ "a": ["\n\u{9b}", 1] })));
        assert_eq!(pretty, "{\n  \"a\": [\n    \"\\n\\u009b\",\n    1\n  ]\n}");
        assert_eq!(plain_lines("a\u{1b}[31mb\n  c"), "a [31mb\n  c");
        assert_eq!(plain("Räte für 日本語 🎉"), "Räte für 日本語 🎉");
    }
}
