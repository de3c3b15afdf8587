//! Escapes: characters written as programs write them, and markup that is not displayed.

/// An invisible character, which replaces markup that is not displayed.
const NOTHING: char = '\u{200b}';

/// What is displayed for a tag that breaks the line.
const BREAK: char = '\n';

/// Returns the character that the escape at `at` of `text` represents, and the length of the escape in bytes.
pub(super) fn escape(text: &str, at: usize) -> Option<(char, usize)> {
    let rest = &text[at..];
    match rest.as_bytes().first()? {
        b'&' => numeric(rest).or_else(|| named(rest)),
        b'%' => percent(rest),
        b'\\' => backslash(rest),
        b'<' => markup(rest).filter(|(c, len)| *c == BREAK || parts_a_word(&text[..at], &rest[*len..])),
        _ => None,
    }
}

/// Returns whether markup between `before` and `after` is inside a word. Markup around a word is not part of the word.
fn parts_a_word(before: &str, mut after: &str) -> bool {
    // Several tags may follow each other; four are enough for any real word.
    for _ in 0..4 {
        let Some((_, len)) = markup(after) else { break };
        after = &after[len..];
    }
    // The text before may end with another tag or an escape, and the text after may begin with an escape.
    let ends = |c: char| c.is_alphanumeric() || matches!(c, '>' | ';' | '}');
    let escaped = || numeric(after).or_else(|| percent(after)).or_else(|| backslash(after));
    before.ends_with(ends)
        && (after.starts_with(char::is_alphanumeric) || escaped().is_some_and(|(c, _)| c.is_alphanumeric()))
}

/// Decodes `&#102;` and `&#x66;`, also without the semicolon, as browsers do.
fn numeric(text: &str) -> Option<(char, usize)> {
    let number = text.strip_prefix("&#")?;
    let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, "&#x".len()),
        None => (number, 10, "&#".len()),
    };
    let len = digits.bytes().take(10).take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let c = char::from_u32(u32::from_str_radix(&digits[..len], radix).ok()?)?;
    // Browsers do not require the semicolon, and omitting it inside a word hides the word. A single digit is text such as `&#1 in the
    // charts`.
    let ended = digits[len..].starts_with(';');
    let goes_on = |c: char| c == '&' || c.is_alphabetic();
    (ended || len > 1 && digits[len..].starts_with(goes_on)).then_some((c, prefix + len + usize::from(ended)))
}

/// Decodes entities that separate or join letters. Entities for signs are left as typed, because `&amp;` cannot hide a word.
fn named(text: &str) -> Option<(char, usize)> {
    const NAMED: [(&str, char); 11] = [
        ("&nbsp;", ' '),
        ("&ensp;", ' '),
        ("&emsp;", ' '),
        ("&thinsp;", ' '),
        ("&shy;", NOTHING),
        ("&zwnj;", NOTHING),
        ("&zwj;", NOTHING),
        ("&lrm;", NOTHING),
        ("&rlm;", NOTHING),
        ("&ZeroWidthSpace;", NOTHING),
        ("&NoBreak;", NOTHING),
    ];
    NAMED.into_iter().find(|(name, _)| text.starts_with(name)).map(|(name, c)| (c, name.len()))
}

/// Decodes `%66`, but only to letters: other characters escaped like this in links are not part of a word.
fn percent(text: &str) -> Option<(char, usize)> {
    letter(text.strip_prefix('%')?.get(..2)?).map(|c| (c, 3))
}

/// Decodes `\u0066`, `\u{66}` and `\x66`, but only to letters.
fn backslash(text: &str) -> Option<(char, usize)> {
    if let Some(rest) = text.strip_prefix("\\u{") {
        let digits = &rest[..rest.bytes().take(7).position(|b| b == b'}')?];
        return letter(digits).map(|c| (c, 4 + digits.len()));
    }
    if !text.starts_with('\\') {
        return None;
    }
    match text.as_bytes().get(1)? {
        b'u' | b'U' => letter(text.get(2..6)?).map(|c| (c, 6)),
        b'x' | b'X' => letter(text.get(2..4)?).map(|c| (c, 4)),
        _ => None,
    }
}

fn letter(hexadecimal: &str) -> Option<char> {
    let code = u32::from_str_radix(hexadecimal, 16).ok()?;
    char::from_u32(code).filter(char::is_ascii_alphabetic)
}

/// Returns what is displayed for an empty comment or a short tag, and its length. People insert them into words: `f<b>u</b>ck`, `f<!-- -->uck`.
/// A tag that breaks a line parts words; of the others nothing is displayed. Other comments are left unchanged, so that no text can hide in one where markup is displayed as typed.
fn markup(text: &str) -> Option<(char, usize)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        let blank = comment.len() - comment.trim_start_matches(' ').len();
        return comment[blank..].starts_with("-->").then_some((NOTHING, "<!---->".len() + blank));
    }
    let tag = text.strip_prefix('<')?;
    let end = tag.bytes().take("/strong>".len()).position(|b| b == b'>')?;
    let name = tag[..end].trim_start_matches('/').trim_end_matches('/').trim_end().to_ascii_lowercase();
    let inline = matches!(
        &*name,
        "b" | "big"
            | "code"
            | "del"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "mark"
            | "s"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "tt"
            | "u"
            | "wbr"
    );
    let displayed = if name == "br" { Some(BREAK) } else { inline.then_some(NOTHING) };
    displayed.map(|c| (c, "<>".len() + end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read() {
        for (text, read) in [
            ("&#102;u", Some(('f', 6))),
            ("&#X0066;", Some(('f', 8))),
            ("&#102&#117", Some(('f', 5))),
            ("&#x66;u", Some(('f', 6))),
            ("&#102u", Some(('f', 5))),
            ("&#0000102;", Some(('f', 10))),
            ("&nbsp;", Some((' ', 6))),
            ("&shy;k", Some((NOTHING, 5))),
            ("%66%75", Some(('f', 3))),
            ("\\u0066", Some(('f', 6))),
            ("\\u{66}", Some(('f', 6))),
            ("\\x66", Some(('f', 4))),
        ] {
            assert_eq!(escape(text, 0), read, "{text:?}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_left() {
        for text in [
            "",
            "&",
            "&amp;",
            "&#",
            "&#;",
            "&#1114112;",
            "&#8211",
            "&#9 in the charts",
            "&#102 of them",
            "&#999999999999;",
            "%",
            "%20",
            "%é",
            "100",
            "\\",
            "\\n",
            "\\u12",
            "<",
            "<p>",
            "<3",
            "<T>",
            "< b>",
            "<@U024>",
            "<!--",
        ] {
            assert_eq!(escape(text, 0), None, "{text:?}");
        }
    }

    #[test]
    fn markup_inside_a_word_is_nothing_and_around_it_stays() {
        for (text, at, len) in [
            ("f<b>uck", 1, Some(3)),
            ("fu</b>ck", 2, Some(4)),
            ("f<strong><i>uck", 1, Some(8)),
            ("f<strong><i>uck", 9, Some(3)),
            ("f<!-- -->uck", 1, Some(8)),
            ("<b>fuck", 0, None),
            ("fuck</b>", 4, None),
            ("fuck</b> you", 4, None),
            ("f<p>uck", 1, None),
            ("f<b>>uck", 1, None),
            ("f<b>é>", 1, Some(3)),
            ("f<b>é>uck", 1, Some(3)),
            ("f<b>xb>uck", 1, Some(3)),
        ] {
            assert_eq!(escape(text, at), len.map(|len| (NOTHING, len)), "{text:?}");
        }
    }

    #[test]
    fn a_tag_breaks_a_line_wherever_it_stands() {
        for (text, at, len) in [("a<br>b", 1, 4), ("a <BR/>", 2, 5), ("<br /> b", 0, 6), ("a<br><br>b", 5, 4)]
        {
            assert_eq!(escape(text, at), Some((BREAK, len)), "{text:?}");
        }
    }
}
