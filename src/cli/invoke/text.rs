//! Formats the text of messages for a terminal.

use std::fmt::Write;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::cli::printable::is_command;

/// The maximum width in columns of an excerpt on a terminal.
const WIDEST: usize = 76;

/// Returns `text` on one line, without anything that a terminal would interpret.
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

/// Returns the part of `line` around byte `at`, if the whole is too wide.
pub(super) fn piece(line: &str, at: usize) -> String {
    if line.width() <= WIDEST {
        return line.to_owned();
    }
    let start =
        if line[..at].width() <= WIDEST / 2 { 0 } else { at - last_columns(&line[..at], WIDEST / 3).len() };
    let piece = first_columns(&line[start..], WIDEST);
    let before = if start > 0 { "…" } else { "" };
    let after = if start + piece.len() < line.len() { "…" } else { "" };
    format!("{before}{piece}{after}")
}

/// Returns where two lines begin to differ: the byte of the first different grapheme cluster.
pub(super) fn differ_at(a: &str, b: &str) -> usize {
    let same = a.graphemes(true).zip(b.graphemes(true)).take_while(|(a, b)| a == b);
    same.map(|(a, _)| a.len()).sum()
}

/// Returns as much of the start of `text` as fits in `columns`.
fn first_columns(text: &str, columns: usize) -> &str {
    &text[..fitting(text.graphemes(true), columns)]
}

/// Returns as much of the end of `text` as fits in `columns`.
fn last_columns(text: &str, columns: usize) -> &str {
    &text[text.len() - fitting(text.graphemes(true).rev(), columns)..]
}

/// Returns how many bytes of `graphemes` fit in `columns`.
fn fitting<'t>(graphemes: impl Iterator<Item = &'t str>, columns: usize) -> usize {
    let (mut width, mut bytes) = (0, 0);
    for grapheme in graphemes {
        width += grapheme.width();
        if width > columns {
            break;
        }
        bytes += grapheme.len();
    }
    bytes
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
        for (fill, columns) in [("a", 1), ("日", 2), ("👨‍👩‍👧", 2)] {
            let wide = format!("{}X{}", fill.repeat(500), fill.repeat(500));
            let shown = piece(&wide, wide.find('X').unwrap());
            assert!(shown.contains('X') && shown.starts_with('…') && shown.ends_with('…'), "{shown}");
            assert!((WIDEST - columns..=WIDEST + 2).contains(&shown.width()), "{}", shown.width());
            let shown = piece(&wide, 0);
            assert!(shown.starts_with(fill) && shown.ends_with('…'));
        }
        assert_eq!(piece("short", 3), "short");
    }

    #[test]
    fn lines_differ_at_whole_characters() {
        assert_eq!(differ_at("abc", "abd"), 2);
        assert_eq!(differ_at("ae\u{301}", "ae"), 1);
        assert_eq!(differ_at("same", "same"), 4);
    }
}
