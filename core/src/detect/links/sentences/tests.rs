//! Property tests with generated sentences that lack the space after the full stop.

use super::words::{ENDS, ENGLISH, KNOWN, LANGUAGES, NEVER_NAMES, POINTERS, TOPICS};
use crate::detect::links::clear::ClearText;
use crate::detect::links::host::all_tlds;
use crate::detect::links::scan;
use crate::detect::pii::random::Random;
use crate::text::Typed;

/// Returns the links in `text`.
fn found(text: &str) -> Vec<String> {
    let typed = Typed::new(text);
    let clear = ClearText::of(&typed, true);
    let links = scan::links(clear.text()).into_iter().filter(|link| link.doubt.is_none());
    links.map(|link| clear.text()[link.range].to_owned()).collect()
}

/// The starts of sentences, before their last word.
const BEFORE: &[&str] =
    &["", "well ", "we really ", "that was so ", "no one was ", "ok, ", "😀 ", "Hi all! we "];

/// Text after the first word of the next sentence.
const AFTER: &[&str] =
    &[" was great", " does not matter", " think so?", " much", " I guess", " the best, right"];

#[test]
fn sentences_without_a_space_between_them_are_no_links() {
    let mut random = Random::new(1);
    for _ in 0..20_000 {
        let (before, after) = (random.one_of(BEFORE), random.one_of(AFTER));
        let (end, start) = match random.below(4) {
            0 => (random.one_of(ENDS), random.one_of(ENGLISH)),
            1 => (
                random.one_of(&[
                    "won", "home", "game", "games", "don't", "that’s", "friends", "crushed", "raining",
                ]),
                random.one_of(ENGLISH),
            ),
            2 => (random.one_of(NEVER_NAMES), random.one_of(ENGLISH)),
            _ => {
                let (ends, starts) = random.one_of(LANGUAGES);
                (random.one_of(ends), random.one_of(starts))
            }
        };
        if KNOWN.contains(&&*format!("{end}.{start}")) {
            continue;
        }
        let text = format!("{before}{end}.{start}{after}");
        assert_eq!(found(&text), [""; 0], "{text}");
    }
}

#[test]
fn topics_are_sentences_within_a_sentence() {
    let mut random = Random::new(2);
    for _ in 0..2_000 {
        let text = format!("we are {}.{} is what counts", random.one_of(ENDS), random.one_of(TOPICS));
        assert_eq!(found(&text), [""; 0], "{text}");
    }
}

/// Names of sites that are not everyday words.
const NAMES: &[&str] =
    &["repubblica", "zalando", "krimskrams", "shop-24", "gamersden", "lnkd", "xkcd", "k9", "meinverein"];

/// Texts around a link.
const FRAMES: &[(&str, &str)] = &[
    ("", ""),
    ("see ", " now"),
    ("go to ", " and look"),
    ("", " is down"),
    ("(", ")"),
    ("I read it on ", ", really"),
    ("heute bei ", " gelesen"),
];

#[test]
fn names_of_sites_are_links_under_every_top_level_domain() {
    let tlds: Vec<_> = all_tlds().filter(|tld| tld.is_ascii()).collect();
    let mut random = Random::new(3);
    let words: Vec<_> = ENGLISH
        .iter()
        .chain(TOPICS)
        .chain(LANGUAGES.iter().flat_map(|(_, starts)| *starts))
        .copied()
        .collect();
    for _ in 0..20_000 {
        let tld = if random.below(2) == 0 { random.one_of(&words) } else { random.one_of(&tlds) };
        let (before, after) = random.one_of(FRAMES);
        let name = format!("{}.{tld}", random.one_of(NAMES));
        // A name with a file extension or a member of an object is not a site if nothing else suggests one.
        if found(&name).is_empty() {
            continue;
        }
        let text = format!("{before}{name}{after}");
        assert_eq!(found(&text), [name], "{text}");
    }
}

#[test]
fn a_path_a_port_a_prefix_or_a_pointer_makes_a_link_of_everyday_words() {
    let mut random = Random::new(4);
    for _ in 0..5_000 {
        let (end, start) = (random.one_of(ENDS), random.one_of(ENGLISH));
        let name = format!("{end}.{start}");
        if start == "so" {
            // That is the extension of a file.
            continue;
        }
        let (link, text) = match random.below(5) {
            0 => (format!("{name}/x"), format!("see {name}/x now")),
            1 => (format!("{name}:8080"), format!("see {name}:8080 now")),
            2 => (format!("www.{name}"), format!("see www.{name} now")),
            3 => (name.clone(), format!("please {} {name} now", random.one_of(POINTERS))),
            _ => (name.clone(), format!("see {name}")),
        };
        assert_eq!(found(&text), [link], "{text}");
    }
    for name in ["money.it", "fun.me"] {
        for before in ["go to ", "hi! Please go to "] {
            assert_eq!(found(&format!("{before}{name} now")), [name]);
        }
    }
    for text in ["go to bed.it is late", "we must go to lunch.it is late"] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
    for name in KNOWN {
        assert_eq!(found(&format!("we like {name} so much")), [*name]);
    }
}
