//! Finds obfuscated e-mail addresses: `cy at example dot com`, `cy @ example . com`, `cy_at_example_dot_com`, `cy@gmail`.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Captures, Regex};

use super::neighbours::is_delimited;
use crate::detect::links::host;

/// Mail providers that are so well known that people leave out their top-level domain.
const PROVIDERS: &[&str] = &[
    "gmail",
    "googlemail",
    "hotmail",
    "outlook",
    "yahoo",
    "icloud",
    "protonmail",
    "proton",
    "aol",
    "gmx",
    "ymail",
    "zoho",
    "yandex",
    "qq",
    "163",
];

/// Words that are common before `at` in running text. They are unlikely to be the local part of an address.
const WORDS_BEFORE_AT: &[&str] = &[
    "a",
    "about",
    "all",
    "am",
    "and",
    "are",
    "arrive",
    "arrived",
    "at",
    "available",
    "back",
    "be",
    "been",
    "call",
    "check",
    "click",
    "contact",
    "day",
    "down",
    "email",
    "everyone",
    "find",
    "found",
    "from",
    "good",
    "hello",
    "here",
    "him",
    "home",
    "i",
    "in",
    "info",
    "is",
    "it",
    "join",
    "just",
    "laugh",
    "listen",
    "live",
    "located",
    "look",
    "looked",
    "looking",
    "mail",
    "me",
    "meet",
    "not",
    "now",
    "off",
    "on",
    "online",
    "only",
    "open",
    "or",
    "out",
    "page",
    "people",
    "point",
    "reach",
    "register",
    "see",
    "shop",
    "sign",
    "site",
    "so",
    "started",
    "stay",
    "stop",
    "store",
    "study",
    "team",
    "that",
    "the",
    "them",
    "then",
    "there",
    "these",
    "this",
    "today",
    "up",
    "us",
    "visit",
    "was",
    "we",
    "website",
    "were",
    "work",
    "worked",
    "working",
    "works",
    "you",
];

/// Words for the dot in an address.
const DOT_WORDS: [&str; 6] = ["dot", "d0t", "punkt", "punto", "ponto", "point"];

/// Finds the obfuscated addresses in `text`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    if !may_contain_address(text) {
        return Vec::new();
    }
    address_regex().captures_iter(text).filter_map(|found| address(text, &found)).collect()
}

/// Returns whether `text` contains a character or word that every obfuscated address contains. Most texts contain none, and the
/// regular expression costs a millisecond.
fn may_contain_address(text: &str) -> bool {
    if text.contains('@') {
        return true;
    }
    let text = text.to_ascii_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    any(&DOT_WORDS) || any(&["(a", "[a", "{a", "<a"]) || any(PROVIDERS) && text.contains("at")
}

/// Returns the range of the address in the match `found`, unless the match is more likely running text.
fn address(text: &str, found: &Captures<'_>) -> Option<Range<usize>> {
    let (local_part, at) = (found.name("local_part")?.as_str(), found.name("at")?.as_str());
    let full_domain = found.name("domain")?;
    let first = first_label(full_domain.as_str());
    let is_provider = PROVIDERS.iter().any(|provider| first.eq_ignore_ascii_case(provider));
    // The next sentence may follow directly after the dot, so the domain ends at the last known top-level domain.
    let known = label_ends(full_domain.as_str())
        .find(|end| host::is_known_tld(last_label(&full_domain.as_str()[..*end])));
    let is_at_sign = at == "@";
    let domain =
        &full_domain.as_str()[..known.or((at.trim() == "@" && is_provider).then_some(first.len()))?];
    let domain_is_spelled = domain.contains(|c: char| !is_label_char(c) && c != '.' && c != '-')
        || domain
            .split(|c| !is_label_char(c))
            .any(|label| DOT_WORDS.contains(&label.to_ascii_lowercase().as_str()));
    // `cy @example.com` is a mention, and the `email` module finds `cy@example.com`.
    let has_even_spaces = !at.starts_with(char::is_whitespace) || at.ends_with(char::is_whitespace);
    let is_plain = if is_at_sign {
        !domain_is_spelled && known.is_some()
    } else {
        !domain_is_spelled && !is_provider && is_word(at)
            || is_french(domain) && is_word(at) && !is_french(at)
    };
    let is_common_word = WORDS_BEFORE_AT.binary_search(&local_part.to_ascii_lowercase().as_str()).is_ok();
    let range = found.get(0)?.start()..full_domain.start() + domain.len();
    (has_even_spaces && !is_plain && (is_at_sign || !is_common_word) && is_delimited(text, &range))
        .then_some(range)
}

/// Returns the ends of all labels of `domain` but its first, from last to first.
fn label_ends(domain: &str) -> impl Iterator<Item = usize> {
    let ends = (1..=domain.len()).rev().filter(|at| {
        domain.is_char_boundary(*at)
            && domain[..*at].ends_with(is_label_char)
            && !domain[*at..].starts_with(is_label_char)
    });
    let first = first_label(domain).len();
    ends.filter(move |end| *end > first)
}

/// Returns the label at the start of `domain`.
fn first_label(domain: &str) -> &str {
    &domain[..domain.find(|c| !is_label_char(c)).unwrap_or(domain.len())]
}

/// Returns the label at the end of `domain`.
fn last_label(domain: &str) -> &str {
    domain.rsplit(|c| !is_label_char(c)).next().unwrap_or(domain)
}

fn is_label_char(c: char) -> bool {
    c.is_alphanumeric()
}

/// Returns whether `part` contains a French word of addresses. `point` is also English, as in `at some point my`, so it counts only
/// with a French word for `@`.
fn is_french(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    part.contains("point") || part.contains("arobase")
}

/// Returns whether `at` is a word without brackets.
fn is_word(at: &str) -> bool {
    at.contains(char::is_alphabetic) && !at.contains(['(', '[', '{', '<'])
}

/// Returns the expression for obfuscated addresses.
fn address_regex() -> &'static Regex {
    static REGEX: OnceLock<Regex> = OnceLock::new();
    REGEX.get_or_init(|| {
        let gap = r"[\s_*~|\-]{1,3}";
        let at = format!(
            r"(?:{gap}(?:at|ät|arroba|arobase|chiocciola|klammeraffe|at[ -]?sign){gap}|\s?[\[({{<]\s?(?:a|at|ät|@)\s?[\])}}>]\s?|\s?@\s?)"
        );
        let dot = format!(
            r"(?:{gap}(?:dot|d0t|punkt|punto|ponto|point){gap}|\s?[\[({{<]\s?(?:dot|d0t|punkt|punto|point|\.)\s?[\])}}>]\s?|\s\.\s|\.)"
        );
        let label = r"[a-z0-9]+(?:-[a-z0-9]+)*?";
        let pattern = format!(
            r"(?i)\b(?P<local_part>[a-z0-9](?:[a-z0-9._+]*[a-z0-9])?)(?P<at>{at})(?P<domain>{label}(?:{dot}{label}){{0,4}})"
        );
        Regex::new(&pattern).expect("the pattern is a regular expression (tested)")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_obfuscated_addresses() {
        for (text, found) in [
            ("write to cy at example dot com ok", &["cy at example dot com"][..]),
            ("cy AT example DOT com", &["cy AT example DOT com"]),
            ("cy.smith at mail dot example dot co dot uk", &["cy.smith at mail dot example dot co dot uk"]),
            ("cy @ example . com", &["cy @ example . com"]),
            ("cy @ example.com", &["cy @ example.com"]),
            ("cy@example dot com", &["cy@example dot com"]),
            ("cy (at) example dot com", &["cy (at) example dot com"]),
            ("cy(a)example.com", &["cy(a)example.com"]),
            ("cy_at_example_dot_com", &["cy_at_example_dot_com"]),
            ("cy-at-example-dot-com", &["cy-at-example-dot-com"]),
            ("cy arroba example punto es", &["cy arroba example punto es"]),
            ("cy at gmail.com", &["cy at gmail.com"]),
            ("I am cy99@gmail, or dan @ gmail", &["cy99@gmail", "dan @ gmail"]),
            ("mail cy at gmail.com.Then wait", &["cy at gmail.com"]),
            ("cy arobase exemple point fr", &["cy arobase exemple point fr"]),
            ("cy ät example punkt de", &["cy ät example punkt de"]),
        ] {
            let ranges = find(text);
            assert_eq!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), found, "{text:?}");
        }
    }

    #[test]
    fn ignores_running_text() {
        for text in [
            "look at example.com",
            "I work at example dot com",
            "see us at gmail.com",
            "thanks @gmail, thanks @example.com",
            "at the dot com bubble",
            "a point at issue",
            "meet at 5 dot on the point",
            "a@example.com",
            "but at some point my laptop stopped",
            "lodash@4.17.21",
            "the dot at the end",
        ] {
            assert_eq!(find(text), Vec::<Range<usize>>::new(), "{text:?}");
        }
    }

    #[test]
    fn words_are_sorted() {
        assert!(WORDS_BEFORE_AT.is_sorted());
    }
}
