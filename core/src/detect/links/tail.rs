//! Finds the end of a URL in running text.

use crate::text::is_glued;

/// Returns the end of the path, query and fragment that start at `start` in `text`.
///
/// Closing brackets without an opening bracket in the URL, and punctuation at its end, belong to the sentence.
pub(super) fn end(text: &str, start: usize) -> usize {
    let mut end = start;
    let (mut open, mut quoted) = (Vec::new(), false);
    // A link with a label ends at the bar, as in `<https://example.com|our page>`.
    let before = &text[text.floor_char_boundary(start.saturating_sub(MAX_HOST_LEN))..start];
    let has_label = before.rfind(char::is_whitespace).map_or(before, |at| &before[at..]).contains('<');
    for (at, c) in text[start..].char_indices() {
        let after = start + at + c.len_utf8();
        match c {
            '(' | '[' | '{' => open.push(c),
            ')' | ']' | '}' => {
                if open.pop() != Some(opening(c)) {
                    return end;
                }
                end = after;
            }
            // These HTML entities surround a URL and are not part of it.
            '&' if ["&gt;", "&lt;", "&quot;", "&#39;"]
                .iter()
                .any(|entity| text[start + at..].starts_with(entity)) =>
            {
                return end;
            }
            // A possessive is part of the sentence.
            '\'' if text[after..].starts_with("s ") => return end,
            '\'' => {
                quoted = !quoted;
                if !quoted {
                    end = after;
                }
            }
            '.' | ',' | '!' | '?' | ':' | ';' | '*' | '|' if !(has_label && c == '|') => {}
            _ if is_delimiter(c) || starts_prose(&text[start..start + at], &text[start + at..]) => {
                return end;
            }
            _ => end = after,
        }
    }
    end
}

/// Returns whether `rest`, which follows `path`, belongs to the sentence. It does if it starts with an emoji, or with a letter of a script
/// without spaces after an ASCII letter, or, directly after the host, with Hiragana, in which Japanese particles are written.
fn starts_prose(path: &str, rest: &str) -> bool {
    let c = rest.chars().next().unwrap_or(' ');
    matches!(c, '\u{1f000}'..='\u{1faff}')
        || is_glued(c)
            && path.ends_with(|c: char| c.is_ascii_alphanumeric())
            && !is_in_title(path)
            && !is_continued(rest)
        || path == "/" && matches!(c, '\u{3041}'..='\u{3096}')
}

/// Returns whether the last segment of `path` holds a title or a search word, which may mix scripts: `/wiki/C언어`.
fn is_in_title(path: &str) -> bool {
    let mut segments = path.rsplit('/');
    let is_path = segments.next().is_some_and(|title| !title.contains(['?', '#']));
    is_path && segments.next().is_some_and(|before| TITLES.contains(&before))
}

/// Names of segments after which a title or a search word follows.
const TITLES: &[&str] = &[
    "categories",
    "category",
    "entry",
    "hashtag",
    "keyword",
    "keywords",
    "search",
    "tag",
    "tags",
    "topic",
    "topics",
    "w",
    "wiki",
];

/// Returns whether the URL continues after the word at the start of `rest`, as in `/C언어-입문.html`.
fn is_continued(rest: &str) -> bool {
    let end = rest.char_indices().take(MAX_WORD_LEN).find(|(_, c)| !is_glued(*c)).map(|(at, _)| at);
    let Some(after) = end.map(|end| &rest[end..]) else { return false };
    let is_char = |c: char| c.is_ascii_alphanumeric() || is_glued(c);
    let next = after.strip_prefix(['/', '-', '_', '=', '&', '%']);
    next.is_some_and(|next| next.starts_with(is_char))
        || after.strip_prefix('.').is_some_and(|next| next.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// The maximum number of letters of a word in a path.
const MAX_WORD_LEN: usize = 32;

/// The maximum distance in bytes from the start of a link to its path.
const MAX_HOST_LEN: usize = 300;

/// Returns the opening bracket of `closing`.
fn opening(closing: char) -> char {
    match closing {
        ')' => '(',
        ']' => '[',
        _ => '{',
    }
}

/// Returns whether `c` ends a URL, because URLs in chat do not contain it.
pub(super) fn is_delimiter(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '\u{2018}'..='\u{201f}' | '«' | '»' | '‹' | '›' | '…'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301b}' | '\u{ff01}'..='\u{ff0c}' | '\u{ff1b}'..='\u{ff1f}'
            | '\u{ff3b}'..='\u{ff3d}' | '\u{ff5b}'..='\u{ff64}'
            // Commas and stops of Armenian, Arabic, Devanagari, Burmese, Ethiopic and Khmer.
            | '\u{55b}'..='\u{55e}' | '\u{589}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{964}' | '\u{965}' | '\u{104a}'
            | '\u{104b}' | '\u{1361}'..='\u{1368}' | '\u{17d4}' | '\u{17d5}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_end_of_urls() {
        for (text, tail) in [
            ("/a.", "/a"),
            ("/a/, b", "/a/"),
            ("/a(b)c)", "/a(b)c"),
            ("/a_(b).", "/a_(b)"),
            ("?a=b&c=d!!", "?a=b&c=d"),
            ("/it's", "/it's"),
            ("/its's page", "/its"),
            ("/'a'.", "/'a'"),
            ("/a>b", "/a"),
            ("/a?b=1&amp;c=2&gt; d", "/a?b=1&amp;c=2"),
            ("/däß，好", "/däß"),
            ("/abc这个", "/abc"),
            ("/?q=일본", "/?q=일본"),
            ("/これは", "/"),
            ("/a🔥🔥", "/a"),
            ("/wiki/日本abc", "/wiki/日本abc"),
            ("/", "/"),
            ("", ""),
        ] {
            assert_eq!(&text[..end(text, 0)], tail, "{text:?}");
        }
    }
}
