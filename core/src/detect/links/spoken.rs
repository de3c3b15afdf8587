//! Reads links that are spelled with words for their signs: `example dot com slash about`.

use memchr::memmem;

use crate::text::Offsets;

/// Replaces the words for signs in links by the signs. Returns `None` if there are none.
///
/// *Dot* is also a word of sentences (*the dot com bubble*, *dot net developers*, *polka dot dress*). So the word before it must not be one
/// that usually precedes a noun or a verb, and the word after it must be a top-level domain that people say.
pub(super) fn with_signs(text: &str) -> Option<(String, Offsets)> {
    let mut dots: Vec<_> = DOTS.iter().flat_map(|dot| memmem::find_iter(text.as_bytes(), dot)).collect();
    if dots.is_empty() {
        return None;
    }
    dots.sort_unstable();
    let (mut spelled, mut offsets, mut done) = (String::new(), Offsets::default(), 0);
    for at in dots {
        if at < done {
            continue;
        }
        let signs = signs(text, done, at);
        for (range, sign) in signs {
            spelled.push_str(&text[done..range.start]);
            offsets.copy(range.start - done);
            spelled.push_str(sign);
            offsets.swap(sign.len(), range.len());
            done = range.end;
        }
    }
    if done == 0 {
        return None;
    }
    spelled.push_str(&text[done..]);
    offsets.copy(text.len() - done);
    Some((spelled, offsets))
}

/// The word for a dot, and a dot between spaces.
const DOTS: &[&str] = &[" dot ", " Dot ", " DOT ", " . "];

/// The word for a slash, and a slash between spaces, which counts only in a link that is spelled out.
const SLASHES: &[&str] = &[" slash ", " Slash ", " SLASH ", " / "];

type Sign = (std::ops::Range<usize>, &'static str);

/// Returns the words for signs, with the spaces around them, in the link whose first dot is at `at`. The link starts at `from` or after it.
fn signs(text: &str, from: usize, at: usize) -> Vec<Sign> {
    let name = word_before(&text[from..at]);
    let (mut signs, mut end, mut labels) = (Vec::new(), at, vec![name]);
    while let Some(dot) = DOTS.iter().find(|dot| text[end..].starts_with(**dot)) {
        let start = end + dot.len();
        let label = word_after(&text[start..]);
        if label.is_empty() || labels.len() > MAX_LABELS {
            break;
        }
        signs.push((end..start, "."));
        end = start + label.len();
        labels.push(label);
    }
    let is_spaced = signs.first().is_some_and(|(range, _)| text[range.clone()].contains('.'));
    if !is_host(&labels, is_spaced) || text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '@') {
        return Vec::new();
    }
    while let Some(slash) = SLASHES.iter().find(|slash| text[end..].starts_with(**slash)) {
        let start = end + slash.len();
        let segment = word_after(&text[start..]);
        if segment.is_empty() {
            break;
        }
        signs.push((end..start, "/"));
        end = start + segment.len();
    }
    signs
}

/// The maximum number of labels in a host.
const MAX_LABELS: usize = 5;

/// Returns the label at the end of `text`, with the labels before it.
fn word_before(text: &str) -> &str {
    let len = text
        .bytes()
        .rev()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'/' | b':'))
        .count();
    let is_glued = text[..text.len() - len].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '@');
    if is_glued { "" } else { &text[text.len() - len..] }
}

/// Returns the label at the start of `text`.
fn word_after(text: &str) -> &str {
    let len = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    &text[..len]
}

/// Returns whether `labels` are a host that is spelled with words, or with spaces around its dots (`is_spaced`).
fn is_host(labels: &[&str], is_spaced: bool) -> bool {
    let [name, .., tld] = labels else { return false };
    let (name, tld) = (name.to_ascii_lowercase(), tld.to_ascii_lowercase());
    let tlds = if is_spaced { SPACED_TLDS } else { SPOKEN_TLDS };
    let is_word =
        labels.len() == 2 && (WORDS.contains(&&*name) || tld == "net" && PLATFORMS.contains(&&*name));
    name.len() > 1 && name.ends_with(|c: char| c.is_ascii_alphanumeric()) && !is_word && tlds.contains(&&*tld)
}

/// Top-level domains that people speak.
const SPOKEN_TLDS: &[&str] = &[
    "ai", "app", "biz", "cc", "ch", "co", "com", "de", "dev", "edu", "eu", "fr", "gg", "gov", "info", "io",
    "ly", "me", "net", "nl", "online", "org", "ru", "shop", "site", "store", "tk", "to", "top", "tv", "uk",
    "us", "xyz",
];

/// Top-level domains that do not start a sentence.
const SPACED_TLDS: &[&str] = &["com", "gg", "info", "net", "org", "ru", "xyz"];

/// Words before *dot com* in a sentence.
const WORDS: &[&str] = &[
    "a", "all", "an", "and", "any", "are", "as", "at", "big", "by", "called", "every", "first", "for",
    "from", "had", "has", "her", "his", "in", "is", "its", "many", "my", "new", "no", "of", "old", "on",
    "one", "or", "other", "our", "polka", "some", "such", "that", "the", "their", "these", "this", "those",
    "to", "was", "were", "with", "your",
];

/// Words before *dot net*, the platform.
const PLATFORMS: &[&str] = &[
    "ado",
    "asp",
    "build",
    "c#",
    "code",
    "core",
    "develop",
    "do",
    "doing",
    "install",
    "installed",
    "know",
    "learn",
    "like",
    "love",
    "microsoft",
    "ml",
    "run",
    "running",
    "target",
    "use",
    "used",
    "using",
    "vb",
    "want",
    "write",
    "writing",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_words_for_signs() {
        for (text, read) in [
            ("go to example dot com now", "go to example.com now"),
            ("discord dot gg slash abc", "discord.gg/abc"),
            ("www dot Example DOT co dot uk slash a slash b.", "www.Example.co.uk/a/b."),
            ("secure-login dot net, https://evil dot com", "secure-login.net, https://evil.com"),
            ("join discord . gg / abc now", "join discord.gg/abc now"),
            ("discord . gg / abc / d and x / y", "discord.gg/abc/d and x / y"),
            ("free-prizes . com and my.example dot org", "free-prizes.com and my.example.org"),
        ] {
            assert_eq!(with_signs(text).map(|(text, _)| text).as_deref(), Some(read));
        }
        for text in [
            "the dot com bubble",
            "I do dot net",
            "a polka dot dress",
            "bob at example dot community",
            "the red dot means to stop",
            "so . me too",
            "x@y dot commerce",
            "either / or, this . that / those",
            " dot com",
            "",
        ] {
            assert!(with_signs(text).is_none(), "{text}");
        }
    }

    #[test]
    fn paths_of_spaced_links_belong_to_them() {
        for (dot, tlds) in [(" . ", SPACED_TLDS), (" dot ", SPOKEN_TLDS)] {
            for tld in tlds {
                for slash in SLASHES {
                    let text = format!("join discord{dot}{tld}{slash}abc-1{slash}x, ok");
                    let read = format!("join discord.{tld}/abc-1/x, ok");
                    assert_eq!(with_signs(&text).map(|(text, _)| text), Some(read), "{text}");
                }
            }
        }
    }
}
