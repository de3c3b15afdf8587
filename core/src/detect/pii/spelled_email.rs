//! Addresses of mail that somebody spelled so that no machine would see them: `cy at example dot com`, `cy @ example . com`,
//! `cy_at_example_dot_com`, `cy@gmail`.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Captures, Regex};

use super::neighbours::stands_apart;
use crate::detect::links::host;

/// Whom people get their mail from. Nobody has to be told what their domains end in.
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

/// Words that stand before `at` in running text. What stands before it in an address is a name.
const BEFORE_AT: &[&str] = &[
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

/// What people say for the stop in an address.
const WORDS: [&str; 6] = ["dot", "d0t", "punkt", "punto", "ponto", "point"];

/// The spelled addresses in `text`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    if !could_hold_one(text) {
        return Vec::new();
    }
    shape().captures_iter(text).filter_map(|found| address(text, &found)).collect()
}

/// Whether `text` has a sign or a word in it that an address is spelled with. Nearly none has, and the shape costs a millisecond.
fn could_hold_one(text: &str) -> bool {
    if text.contains('@') {
        return true;
    }
    let text = text.to_ascii_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    any(&WORDS) || any(&["(a", "[a", "{a", "<a"]) || any(PROVIDERS) && text.contains("at")
}

fn address(text: &str, found: &Captures<'_>) -> Option<Range<usize>> {
    let (user, at) = (found.name("user")?.as_str(), found.name("at")?.as_str());
    let all = found.name("domain")?;
    let first = label(all.as_str());
    let provider = PROVIDERS.iter().any(|provider| first.eq_ignore_ascii_case(provider));
    // The sentence may go on after a stop that looks like a part of the address.
    let known = ends(all.as_str()).find(|end| host::is_known_tld(label_before(&all.as_str()[..*end])));
    let typed = at == "@";
    let domain = &all.as_str()[..known.or((at.trim() == "@" && provider).then_some(first.len()))?];
    let spelled = domain.contains(|c: char| !is_label(c) && c != '.' && c != '-')
        || domain.split(|c| !is_label(c)).any(|label| WORDS.contains(&label.to_ascii_lowercase().as_str()));
    // `cy @example.com` mentions somebody, and `cy@example.com` is no secret.
    let even = !at.starts_with(char::is_whitespace) || at.ends_with(char::is_whitespace);
    let plain = if typed {
        !spelled && known.is_some()
    } else {
        !spelled && !provider && is_word(at) || is_french(domain) && is_word(at) && !is_french(at)
    };
    let common = BEFORE_AT.binary_search(&user.to_ascii_lowercase().as_str()).is_ok();
    let range = found.get(0)?.start()..all.start() + domain.len();
    (even && !plain && (typed || !common) && stands_apart(text, &range)).then_some(range)
}

/// Where labels of `domain` end that are not its first, the last first.
fn ends(domain: &str) -> impl Iterator<Item = usize> {
    let ends = (1..=domain.len()).rev().filter(|at| {
        domain.is_char_boundary(*at)
            && domain[..*at].ends_with(is_label)
            && !domain[*at..].starts_with(is_label)
    });
    let first = label(domain).len();
    ends.filter(move |end| *end > first)
}

/// The label at the start of `domain`.
fn label(domain: &str) -> &str {
    &domain[..domain.find(|c| !is_label(c)).unwrap_or(domain.len())]
}

/// The label at the end of `domain`.
fn label_before(domain: &str) -> &str {
    domain.rsplit(|c| !is_label(c)).next().unwrap_or(domain)
}

fn is_label(c: char) -> bool {
    c.is_alphanumeric()
}

/// Whether `part` has a word in it that is French here, and English in `at some point my`.
fn is_french(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    part.contains("point") || part.contains("arobase")
}

/// Whether `at` is the word alone, with no brackets around it.
fn is_word(at: &str) -> bool {
    at.contains(char::is_alphabetic) && !at.contains(['(', '[', '{', '<'])
}

fn shape() -> &'static Regex {
    static SHAPE: OnceLock<Regex> = OnceLock::new();
    SHAPE.get_or_init(|| {
        let gap = r"[\s_*~|\-]{1,3}";
        let at = format!(
            r"(?:{gap}(?:at|ät|arroba|arobase|chiocciola|klammeraffe|at[ -]?sign){gap}|\s?[\[({{<]\s?(?:a|at|ät|@)\s?[\])}}>]\s?|\s?@\s?)"
        );
        let dot = format!(
            r"(?:{gap}(?:dot|d0t|punkt|punto|ponto|point){gap}|\s?[\[({{<]\s?(?:dot|d0t|punkt|punto|point|\.)\s?[\])}}>]\s?|\s\.\s|\.)"
        );
        let label = r"[a-z0-9]+(?:-[a-z0-9]+)*?";
        let shape = format!(
            r"(?i)\b(?P<user>[a-z0-9](?:[a-z0-9._+]*[a-z0-9])?)(?P<at>{at})(?P<domain>{label}(?:{dot}{label}){{0,4}})"
        );
        Regex::new(&shape).expect("the shape is a regular expression (tested)")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelled_addresses() {
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
    fn running_text_is_left_alone() {
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
    fn words_are_in_order() {
        assert!(BEFORE_AT.is_sorted());
    }
}
