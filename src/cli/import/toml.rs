//! Text as readable TOML: strings, lists and comments.

use std::fmt::Write as _;

use crate::rules::quoted;
use crate::text::is_invisible;

/// The maximum number of characters in a line that is not a single long string.
const WIDTH: usize = 110;

/// Returns `text` as a TOML string on one line, in the form that needs the fewest backslashes.
pub(super) fn text(text: &str) -> String {
    let is_literal = !text.chars().any(is_escaped)
        && text.contains('\'')
        && text.contains(['"', '\\'])
        && !text.contains("''")
        && !text.starts_with('\'')
        && !text.ends_with('\'');
    if is_literal { format!("'''{text}'''") } else { quoted(text) }
}

/// Returns `texts` as a TOML list: on one line if it fits after `before` characters, or else one text on each line.
pub(super) fn list(texts: &[String], before: usize) -> String {
    let quoted: Vec<_> = texts.iter().map(|one| text(one)).collect();
    let on_one_line = format!("[{}]", quoted.join(", "));
    if before + on_one_line.chars().count() <= WIDTH || quoted.len() == 1 {
        return on_one_line;
    }
    let mut lines = String::from("[\n ");
    let mut width = 1;
    for one in quoted {
        let length = one.chars().count() + 2;
        if width + length > WIDTH && width > 1 {
            lines.push_str("\n ");
            width = 1;
        }
        let _ = write!(lines, " {one},");
        width += length;
    }
    lines.push_str("\n]");
    lines
}

/// Returns `text` as comment lines.
pub(super) fn comment(text: &str) -> String {
    let mut lines = String::new();
    for line in text.trim_end().lines() {
        lines.push('#');
        if !line.is_empty() {
            lines.push(' ');
        }
        for c in line.trim_end().chars() {
            match c {
                '\t' => lines.push_str("    "),
                c if is_escaped(c) => lines.extend(c.escape_unicode()),
                c => lines.push(c),
            }
        }
        lines.push('\n');
    }
    lines
}

/// Returns whether `c` is a control character, or is invisible and may mislead.
fn is_escaped(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || is_invisible(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_lists_read_back() {
        let texts = [
            "",
            "it's",
            r"\bx\b",
            "say \"hi\"",
            r#"it's \d ""#,
            "'\\",
            "a\nb",
            "\u{200b}\u{1}",
            "''\\",
            "\u{e0041}",
            "żółw",
        ];
        for before in [0, 200] {
            let all: Vec<_> = texts.iter().map(|one| (*one).to_owned()).collect();
            let written = format!("x = {}\n{}", list(&all, before), comment("a\u{7}b\n\nc\td"));
            let read: toml::Table = written.parse().unwrap_or_else(|error| panic!("{written}\n{error}"));
            let read: Vec<_> =
                read["x"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
            assert_eq!(read, texts);
        }
    }
}
