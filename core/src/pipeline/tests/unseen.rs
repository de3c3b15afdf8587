//! Properties of edits that remove invisible characters: they remove nothing visible, and do not join text that was not already read as
//! joined.

use std::collections::BTreeMap;

use super::*;
use crate::text::{is_blank, is_unseen};

/// Returns every invisible character, and blanks that are not ordinary white space; only a sample of the thousand variation selectors and
/// of the thousands of reserved code points.
fn unseen() -> impl Iterator<Item = char> {
    let often = |c: &char| !matches!(c, '\u{e0080}'..='\u{e0fff}') || u32::from(*c) % 61 == 0;
    ('\0'..=char::MAX).filter(|c| is_unseen(*c) || is_blank(*c) && !" \n\r\t".contains(*c)).filter(often)
}

fn seen(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c)).collect()
}

fn rules(toml: &str) -> Pipeline {
    load(&Source::alone("rules", toml), &Detectors::builtin()).expect("the rules load")
}

/// Returns the content that is delivered if somebody writes `text`.
fn sent(pipeline: &Pipeline, text: &str) -> String {
    match pipeline.run(say(text)).verdict {
        Verdict::Unchanged => text.to_owned(),
        Verdict::Edited(edits) => edits.content.unwrap_or_else(|| text.to_owned()),
        Verdict::Denied(denial) => panic!("denied: {denial:?}"),
    }
}

/// Words of many scripts, emoji and other sequences that join; some are commonly written with joiners.
const WORDS: &str = "invisible naïve Größe привет γειά բարեւ გამარჯობა שלום بِسْمِ خانه ಕನ್ನಡ తెలుగు தமிழ் മലയാളം සිංහල हिन्दी বাংলা \
    ગુજરાતી ਪੰਜਾਬੀ ଓଡ଼ିଆ ไทย ລາວ བོད་ မြန်မာ ខ្មែរ ᠮᠣᠩᠭᠣᠯ 한국어 ㅎㅏㄴ 日本語 中文 ሰላም ꦗꦮ ⠓⠑ e\u{301}\u{302} n\u{303} \
    👩‍👩‍👧 👍🏽 ❤️ 🏴 🇩🇪 1️⃣ ∩ 、";

/// Returns `text` with `c` after each of its characters.
fn sown(text: &str, c: char) -> String {
    text.chars().flat_map(|letter| [letter, c]).collect()
}

#[test]
fn nothing_that_is_seen_is_lost() {
    for (action, blanks_go) in
        [("\"strip\"", true), ("\"mask\"", false), ("{ keep-last = 3 }", false), ("{ replace = \"\" }", true)]
    {
        let edit = rules(&format!(
            "version = 1\n[[rule]]\nid = \"a\"\nfind = {{ invisible = \"all\" }}\ndo = {action}\nhit = [\"a\\u200Bb\"]"
        ));
        for c in unseen() {
            for text in [
                sown(WORDS, c),
                format!("{c}{WORDS}"),
                format!("{WORDS}{c}"),
                WORDS.replace(' ', &format!(" {c} ")),
            ] {
                let (before, after) = (seen(&text), seen(&sent(&edit, &text)));
                let solid =
                    |text: &str| text.chars().filter(|c| !blanks_go || !is_blank(*c)).collect::<String>();
                assert_eq!(solid(&after), solid(&before), "{action}: {c:?}");
            }
        }
    }
}

#[test]
fn what_is_left_of_a_mark_is_no_more_than_what_was_seen() {
    let mask = rules(
        "version = 1\n[[rule]]\nid = \"a\"\nfind = { invisible = \"all\" }\ndo = \"mask\"\nhit = [\"a\\u200Bb\"]",
    );
    for (text, masked) in [
        ("in\u{200d}visible", "invisible"),
        ("a \u{200b} b", "a  b"),
        ("one\n\u{200b}\ntwo", "one\n\ntwo"),
        ("a\u{7}b\u{202e}c", "abc"),
        ("hi\u{e0068}\u{e0069}", "hi"),
    ] {
        assert_eq!(sent(&mask, text), masked, "{text:?}");
    }
}

/// Returns `text` without invisible characters and blanks.
fn solid(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c) && !is_blank(*c)).collect()
}

/// Returns what the rules that search for words find in `text`, by rule.
fn found(readers: &Pipeline, text: &str) -> BTreeMap<String, Vec<String>> {
    let finds = |rule: &Rule| {
        let found = rule.finds(text).expect("the text fits the budget");
        let mut found: Vec<_> = found.iter().map(|(piece, _)| solid(piece)).collect();
        found.sort();
        (rule.id.to_string(), found)
    };
    readers.rules.iter().map(finds).collect()
}

#[test]
fn no_word_comes_together_by_stripping() {
    let strip = rules(
        "version = 1\n[[rule]]\nid = \"a\"\nfind = { invisible = \"all\" }\ndo = \"strip\"\nhit = [\"a\\u200Bb\"]",
    );
    let readers = rules(
        r#"version = 1
        [[rule]]
        id = "words"
        find = { words = ["shit", "cock", "bad dog", "hell*", "дурак", "笨蛋", "บ้า"] }
        do = "mask"
        hit = ["shit"]
        [[rule]]
        id = "plain"
        find = { words = { words = ["shit", "cock", "bad dog", "hell*", "дурак", "笨蛋", "บ้า"], fold = "plain" } }
        do = "mask"
        hit = ["shit"]
        [[rule]]
        id = "profanity"
        find = { profanity = "strict" }
        do = "mask"
        hit = ["shit"]
        [[rule]]
        id = "languages"
        find = { profanity = { level = "strict", languages = ["en", "ru", "de", "th"] } }
        do = "mask"
        hit = ["shit"]"#,
    );
    let dressed = |text: &str, c: char| {
        let mut all = vec![sown(text, c), format!("{c}{text}")];
        all.extend(text.char_indices().map(|(at, _)| format!("{}{c}{}", &text[..at], &text[at..])));
        all
    };
    let mut texts: Vec<_> = unseen().flat_map(|c| [sown("shit", c), sown("&#115;hit", c)]).collect();
    for text in DISGUISED {
        texts.extend(ONE_OF_EACH.iter().flat_map(|c| dressed(text, *c)));
    }
    for text in texts {
        let (before, after) = (found(&readers, &text), found(&readers, &sent(&strip, &text)));
        if text.contains(|c| is_blank(c) && c != ' ' || c == '\u{202e}') {
            // Fewer blanks may separate words less well, and nothing is shown backwards any more, but no new word appears.
            assert!(
                after.iter().all(|(rule, found)| found.iter().all(|word| before[rule].contains(word))),
                "{text:?}"
            );
        } else {
            assert_eq!(before, after, "{text:?}");
        }
    }
}

/// One invisible character of every kind, and blanks.
const ONE_OF_EACH: &[char] = &[
    '\0',
    '\u{b}',
    '\u{85}',
    '\u{9f}',
    '\u{ad}',
    '\u{34f}',
    '\u{200b}',
    '\u{200d}',
    '\u{200f}',
    '\u{202a}',
    '\u{202c}',
    '\u{202d}',
    '\u{202e}',
    '\u{2060}',
    '\u{2067}',
    '\u{2800}',
    '\u{3164}',
    '\u{fe0f}',
    '\u{feff}',
    '\u{e0041}',
];

/// Obfuscated words that span several characters, harmless words, and words of scripts with their own word boundaries.
const DISGUISED: &[&str] = &[
    "a bad dog",
    "c()ck",
    "s.h.i.t",
    "s h i t",
    "sh1t",
    "s<b>hit",
    "\\u0073hit",
    "|-|ell",
    "hello",
    "🇸🇭🇮🇹 🇩🇪",
    "ду-рак",
    "笨蛋",
    "บ้า",
    "class as says",
    "push it",
    "s\u{301}hit",
    "tihs",
    "Arschloch",
    "сука",
];
