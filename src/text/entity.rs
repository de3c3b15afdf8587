//! HTML entities that some clients show as what they spell: numbers of characters, and the names of those that nobody sees.

/// Names of what hides between letters or keeps them apart. Names of signs stay as they are typed: what `&amp;` hides is no word.
const NAMES: &[(&str, char)] = &[
    ("shy;", '\u{ad}'),
    ("nbsp;", '\u{a0}'),
    ("ensp;", '\u{2002}'),
    ("emsp;", '\u{2003}'),
    ("thinsp;", '\u{2009}'),
    ("zwnj;", '\u{200c}'),
    ("zwj;", '\u{200d}'),
    ("ZeroWidthSpace;", '\u{200b}'),
    ("NoBreak;", '\u{2060}'),
];

/// The character that the entity at the start of `text` spells, and its length.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('&')?;
    let Some(number) = body.strip_prefix('#') else {
        let (name, c) = NAMES.iter().find(|(name, _)| body.starts_with(name))?;
        return Some((*c, 1 + name.len()));
    };
    let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, "&#x".len()),
        None => (number, 10, "&#".len()),
    };
    let len = digits.bytes().take(8).take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let c = char::from_u32(u32::from_str_radix(&digits[..len], radix).ok()?)?;
    // Browsers do without the semicolon, which inside a word is how to hide it. A number of one digit is somebody's `&#1 in the charts`.
    let ended = digits[len..].starts_with(';');
    let goes_on = |c: char| c == '&' || c.is_alphabetic();
    (ended || len > 1 && digits[len..].starts_with(goes_on)).then_some((c, prefix + len + usize::from(ended)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_spell_characters() {
        for (text, spelled) in [
            ("&#102;uck", Some(('f', 6))),
            ("&#x66;", Some(('f', 6))),
            ("&#X0066;", Some(('f', 8))),
            ("&#102&#117", Some(('f', 5))),
            ("&#102uck", Some(('f', 5))),
            ("&shy;x", Some(('\u{ad}', 5))),
            ("&amp;", None),
            ("&#;", None),
            ("&#x;", None),
            ("&#1114112;", None),
            ("&#9 in the charts", None),
            ("&#102 of them", None),
            ("&#999999999999;", None),
            ("a", None),
        ] {
            assert_eq!(entity(text), spelled, "{text:?}");
        }
    }
}
