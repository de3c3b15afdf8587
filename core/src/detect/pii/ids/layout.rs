//! Layouts: a small pattern language for the formats of numbers, which is much cheaper to load than regular expressions.
//!
//! In a layout, `9` matches a digit, `A` a letter, `^` a capital letter and `*` a digit or letter. `_` matches a separator and `?` an
//! optional one. A number contains either all of its optional separators or none, and all its separators are the same character. `n`
//! matches any number of digits, `a` any number of letters, and `u` one umlaut or nothing. Any other character matches itself. A layout
//! that starts with `!` is distinctive: only numbers of its kind are written in it.

/// Returns the length of the match of `layout` at the start of `text`.
pub(super) fn end(layout: &str, text: &[u8]) -> Option<usize> {
    let (mut at, mut first_separator, mut has_optional) = (0, None, None);
    for part in layout.strip_prefix('!').unwrap_or(layout).bytes() {
        let byte = text.get(at);
        let matches = match part {
            b'9' => byte.is_some_and(u8::is_ascii_digit),
            b'A' => byte.is_some_and(u8::is_ascii_alphabetic),
            b'^' => byte.is_some_and(u8::is_ascii_uppercase),
            b'*' => byte.is_some_and(u8::is_ascii_alphanumeric),
            b'n' | b'a' => {
                let is_one = if part == b'n' { u8::is_ascii_digit } else { u8::is_ascii_alphabetic };
                at += usize::from(byte.is_some_and(is_one));
                continue;
            }
            b'u' => {
                at += UMLAUTS
                    .iter()
                    .find(|umlaut| text[at..].starts_with(umlaut.as_bytes()))
                    .map_or(0, |umlaut| umlaut.len());
                continue;
            }
            b'_' | b'?' => {
                let found = separator(&text[at..]);
                // Optional separators are all present or all absent.
                if part == b'?' && *has_optional.get_or_insert(found.is_some()) != found.is_some() {
                    return None;
                }
                match found {
                    Some((found, len)) if *first_separator.get_or_insert(found) == found => at += len,
                    None if part == b'?' => {}
                    _ => return None,
                }
                continue;
            }
            literal => byte == Some(&literal),
        };
        if !matches {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// The umlauts in the names of German districts.
const UMLAUTS: [&str; 6] = ["Ä", "Ö", "Ü", "ä", "ö", "ü"];

/// Returns the minimum number of digits in a match of `layout`.
pub(super) fn min_digits(layout: &str) -> usize {
    layout.bytes().filter(|part| *part == b'9').count()
}

/// Returns whether `layout` is distinctive: only numbers of its kind are written in it.
pub(super) fn is_distinctive(layout: &str) -> bool {
    layout.starts_with('!')
}

/// Returns the separator at the start of `text` and its length, including the spaces around it.
fn separator(text: &[u8]) -> Option<(u8, usize)> {
    let spaces = |text: &[u8]| text.iter().take(2).take_while(|byte| **byte == b' ').count();
    let before = spaces(text);
    match text.get(before) {
        Some(sign @ (b'-' | b'.' | b'/' | b'_')) => Some((*sign, before + 1 + spaces(&text[before + 1..]))),
        _ if before > 0 => Some((b' ', before)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_layouts() {
        for (layout, text, length) in [
            ("999", "1234", Some(3)),
            ("A9*", "b2c", Some(3)),
            ("A9*", "22c", None),
            ("^^ 9", "ES 1", Some(4)),
            ("^^ 9", "es 1", None),
            ("99_99", "12-34", Some(5)),
            ("99_99", "12 - 34", Some(7)),
            ("99_99", "1234", None),
            ("99?99?99", "123456", Some(6)),
            ("99?99?99", "12.34.56", Some(8)),
            ("99?99?99", "12.34-56", None),
            ("99?99?99", "12 3456", None),
            ("!99.99-9", "12.34-5", Some(7)),
            ("99", "1", None),
            ("9nn", "12", Some(2)),
            ("9nn", "1234", Some(3)),
            ("Auaa_9", "FÜ-1", Some(5)),
            ("Auaa_9", "KÜN 1", Some(6)),
            ("Aaa9", "AB1", Some(3)),
        ] {
            assert_eq!(end(layout, text.as_bytes()), length, "{layout} {text}");
        }
    }
}
