//! Texts of messages, fit for a terminal.

use std::fmt::Write;

/// The widest piece of a text that is shown on a terminal.
const WIDEST: usize = 76;

/// `text` on one line, with nothing in it that a terminal would obey.
pub(super) fn line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => line.push('⏎'),
            '\t' => line.push(' '),
            c if is_command(c) => {
                let _ = write!(line, "{}", c.escape_unicode());
            }
            c => line.push(c),
        }
    }
    line
}

/// The piece of `line` around its character `at`, when it is too wide to show whole.
pub(super) fn piece(line: &str, at: usize) -> String {
    let count = line.chars().count();
    if count <= WIDEST {
        return line.to_owned();
    }
    let start = at.saturating_sub(WIDEST / 3).min(count - WIDEST);
    let piece: String = line.chars().skip(start).take(WIDEST).collect();
    let (before, after) = (if start > 0 { "…" } else { "" }, if start + WIDEST < count { "…" } else { "" });
    format!("{before}{piece}{after}")
}

/// Where two lines begin to differ, in characters.
pub(super) fn differ_at(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

/// Control characters, and those that turn the direction of what follows.
fn is_command(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_are_told_nothing() {
        assert_eq!(line("a\u{1b}[31mb\nc\u{202e}d"), "a\\u{1b}[31mb⏎c\\u{202e}d");
    }

    #[test]
    fn a_wide_line_is_shown_where_it_matters() {
        let wide = format!("{}X{}", "a".repeat(500), "b".repeat(500));
        let piece = piece(&wide, 500);
        assert!(piece.starts_with("…a") && piece.contains('X') && piece.ends_with("b…"));
        assert_eq!(piece.chars().count(), WIDEST + 2);
        assert_eq!(super::piece("short", 3), "short");
    }
}
