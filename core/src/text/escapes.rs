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
        b'<' => markup(text, at),
        _ => None,
    }
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

/// Returns what is displayed for the empty comment or the tag without attributes at `at` of `text`, and its length. Other comments are left
/// unchanged, so that no text can hide in one where markup is displayed as typed.
///
/// People insert tags into words, `f<b>u</b>ck`, of which nothing is displayed. Around words they are markup if there is another tag that ends
/// or begins what they do; `<s>hit` is not.
fn markup(text: &str, at: usize) -> Option<(char, usize)> {
    let (before, rest) = text.split_at(at);
    let (name, len) = element(rest)?;
    let is_paired = || name.is_some_and(|name| is_paired(before, name, rest));
    let displayed = match name {
        Some(name) if is(name, BREAKS) => Some(BREAK),
        Some(name) if is(name, BLOCKS) => is_paired().then_some(BREAK),
        _ if parts_a_word(before, &rest[len..]) => Some(NOTHING),
        _ => is_paired().then_some(' '),
    };
    displayed.map(|c| (c, len))
}

/// Tags that break a line.
const BREAKS: &[&str] = &["br", "hr"];
/// Tags around what is displayed as lines of its own.
const BLOCKS: &[&str] = &[
    "blockquote",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ol",
    "p",
    "pre",
    "td",
    "th",
    "tr",
    "ul",
];
/// Tags around what is displayed within a line.
const INLINE: &[&str] = &[
    "b", "big", "code", "del", "em", "font", "i", "ins", "mark", "s", "small", "span", "strike", "strong",
    "sub", "sup", "tt", "u", "wbr",
];

/// Returns whether `name`, in any case, is one of `names`.
fn is(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Returns the length of the empty comment or of the tag without attributes at the beginning of `text`, and the name of the tag.
fn element(text: &str) -> Option<(Option<&str>, usize)> {
    const LONGEST: usize = "</blockquote>".len();
    if let Some(comment) = text.strip_prefix("<!--") {
        let blank = comment.len() - comment.trim_start_matches(' ').len();
        return comment[blank..].starts_with("-->").then_some((None, "<!---->".len() + blank));
    }
    let end = text.bytes().take(LONGEST).position(|byte| byte == b'>').filter(|_| text.starts_with('<'))?;
    let name = text[1..end].trim_start_matches('/').trim_end_matches('/').trim_end();
    [BREAKS, BLOCKS, INLINE].iter().any(|names| is(name, names)).then_some((Some(name), end + 1))
}

/// Returns whether the tag `name` at the beginning of `rest`, which is behind `before`, has another tag that ends or begins what it does.
fn is_paired(before: &str, name: &str, rest: &str) -> bool {
    if rest.starts_with("</") {
        before.contains(&format!("<{name}>"))
    } else {
        rest.contains(&format!("</{name}>"))
    }
}

/// Returns whether markup between `before` and `after` is inside a word.
fn parts_a_word(before: &str, mut after: &str) -> bool {
    // Several tags may follow each other; four are enough for any real word.
    for _ in 0..4 {
        let Some((_, len)) = element(after) else { break };
        after = &after[len..];
    }
    // The text before may end with another tag or an escape, and the text after may begin with an escape.
    let ends = |c: char| c.is_alphanumeric() || matches!(c, '>' | ';' | '}');
    let escaped = || numeric(after).or_else(|| percent(after)).or_else(|| backslash(after));
    before.ends_with(ends)
        && (after.starts_with(char::is_alphanumeric) || escaped().is_some_and(|(c, _)| c.is_alphanumeric()))
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
    fn tags_around_words_are_markup_in_pairs() {
        for (text, at, read) in [
            ("<b>big</b>", 0, Some((' ', 3))),
            ("<b>big</b>", 6, Some((' ', 4))),
            ("(<i>so</i>)", 1, Some((' ', 3))),
            ("<p>one</p><p>two</p>", 6, Some((BREAK, 4))),
            ("<p>one</p><p>two</p>", 10, Some((BREAK, 3))),
            ("<ul><li>one</li></ul>", 4, Some((BREAK, 4))),
            ("<p>one", 0, None),
            ("one</p>", 3, None),
            ("</b><b>", 0, None),
            ("<s>hit", 0, None),
        ] {
            assert_eq!(escape(text, at), read, "{text:?}");
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
