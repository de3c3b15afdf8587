//! How numbers are written: a tiny language of shapes, so that a hundred of them cost nothing to have.
//!
//! In a layout `9` is a digit, `A` a letter and `*` either; `_` is a separator and `?` one that may be left out, but then all of them, the same
//! sign all through the number; everything else is itself. A layout that begins with `!` is one that only such numbers are written in.

/// Where `layout` ends if it matches at the start of `text`.
pub(super) fn end(layout: &str, text: &[u8]) -> Option<usize> {
    let (mut at, mut sign, mut parted) = (0, None, None);
    for part in layout.trim_start_matches('!').bytes() {
        let here = text.get(at);
        let fits = match part {
            b'9' => here.is_some_and(u8::is_ascii_digit),
            b'A' => here.is_some_and(u8::is_ascii_alphabetic),
            b'*' => here.is_some_and(u8::is_ascii_alphanumeric),
            b'_' | b'?' => {
                let found = separator(&text[at..]);
                // Whoever leaves one separator out leaves them all out.
                if part == b'?' && *parted.get_or_insert(found.is_some()) != found.is_some() {
                    return None;
                }
                match found {
                    Some((found, len)) if *sign.get_or_insert(found) == found => at += len,
                    None if part == b'?' => {}
                    _ => return None,
                }
                continue;
            }
            literal => here == Some(&literal),
        };
        if !fits {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// How many digits there are at least in what matches `layout`.
pub(super) fn digits(layout: &str) -> usize {
    layout.bytes().filter(|part| *part == b'9').count()
}

/// Whether only such numbers are written in `layout`.
pub(super) fn is_telling(layout: &str) -> bool {
    layout.starts_with('!')
}

/// The sign that separates groups at the start of `text`, with the spaces around it, and how long that is.
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
    fn layouts() {
        for (layout, text, length) in [
            ("999", "1234", Some(3)),
            ("A9*", "b2c", Some(3)),
            ("A9*", "22c", None),
            ("99_99", "12-34", Some(5)),
            ("99_99", "12 - 34", Some(7)),
            ("99_99", "1234", None),
            ("99?99?99", "123456", Some(6)),
            ("99?99?99", "12.34.56", Some(8)),
            ("99?99?99", "12.34-56", None),
            ("99?99?99", "12 3456", None),
            ("!99.99-9", "12.34-5", Some(7)),
            ("99", "1", None),
        ] {
            assert_eq!(end(layout, text.as_bytes()), length, "{layout} {text}");
        }
    }
}
