//! Masks that replace a span.

use unicode_segmentation::UnicodeSegmentation;

use super::characters::{is_blank, is_picture, is_unseen};

/// Returns `text` with every visible character replaced by `with`. White space stays, and invisible characters are removed.
///
/// If `with` is ASCII, the result is never longer than `text`, so a mask never exceeds a size limit.
pub(crate) fn mask(text: &str, with: char) -> String {
    let hide = |grapheme: &str| {
        let space = grapheme.chars().next().filter(|c| is_blank(*c));
        space.unwrap_or(with)
    };
    text.graphemes(true).filter(is_shown).map(hide).collect()
}

fn is_shown(grapheme: &&str) -> bool {
    !grapheme.chars().all(is_unseen)
}

/// Returns `text` with its last `keep` letters and digits unchanged and the earlier ones masked. Other visible characters stay, so that a
/// card number keeps its format; invisible ones are removed. If there are at most `keep` letters and digits, all of them are masked. A text
/// without any is masked completely.
pub(crate) fn keep_last(text: &str, keep: usize, with: char) -> String {
    // Mask characters count as letters, so that masking a masked text again changes nothing.
    let is_letter = |c: char| c.is_alphanumeric() || is_picture(c) && !is_blank(c) || c == with;
    let counts = |grapheme: &str| grapheme.chars().any(is_letter);
    let total = text.graphemes(true).filter(|grapheme| counts(grapheme)).count();
    if total == 0 {
        return mask(text, with);
    }
    // Keeping five digits of a four-digit number must not reveal the number.
    let keep = if keep < total { keep } else { 0 };
    let (mut out, mut seen) = (String::with_capacity(text.len()), 0);
    for grapheme in text.graphemes(true).filter(is_shown) {
        let hidden = counts(grapheme) && {
            seen += 1;
            seen <= total - keep
        };
        if hidden { out.push(with) } else { out.push_str(grapheme) }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_hides_what_is_seen_and_keeps_the_words_apart() {
        for (text, masked) in [
            ("fuck", "****"),
            ("f\u{200b}uсker", "******"),
            ("f u c k", "* * * *"),
            ("👨‍👩‍👧 e\u{301}", "* *"),
            ("\u{200b}", ""),
            ("\u{7}\u{200d}\u{202e}", ""),
            ("a\u{2800}b\u{b}c", "*\u{2800}*\u{b}*"),
            ("", ""),
        ] {
            assert_eq!(mask(text, '*'), masked, "{text:?}");
        }
    }

    #[test]
    fn the_last_characters_are_kept_but_never_all() {
        for (text, keep, masked) in [
            ("4111 1111 1111 1111", 4, "**** **** **** 1111"),
            ("GB82-WEST-1234", 4, "****-****-1234"),
            ("1234", 4, "****"),
            ("12", 0, "**"),
            ("12\u{200b}34\u{7}56", 2, "****56"),
            ("**34", 2, "**34"),
            ("🖕", 4, "*"),
            ("🖕🏽🖕 🖕", 1, "** 🖕"),
            (":-)", 4, "***"),
            ("", 4, ""),
        ] {
            assert_eq!(keep_last(text, keep, '*'), masked, "{text:?}");
        }
    }
}
