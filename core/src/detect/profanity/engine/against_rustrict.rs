//! Compares the engine with rustrict: the same masks and the same types for every text that the detector may pass to it.

use std::sync::LazyLock;

use proptest::prelude::*;
use rustrict::{Censor, Trie, Type as Theirs};

use super::super::english::trie_of_rustrict;
use super::super::stream::Stream;
use super::*;
use crate::text::confusables::{Degree, likeliest};

/// The mask for rustrict; no text that it receives contains this character.
const MASK: char = '\u{e000}';

/// The same words for both.
static WORDS: LazyLock<Trie> = LazyLock::new(trie_of_rustrict);

const KINDS: [(Type, Theirs); 5] = [
    (Type::PROFANE, Theirs::PROFANE),
    (Type::OFFENSIVE, Theirs::OFFENSIVE),
    (Type::SEXUAL, Theirs::SEXUAL),
    (Type::MEAN, Theirs::MEAN),
    (Type::EVASIVE, Theirs::EVASIVE),
];

const SEVERITIES: [(Type, Theirs); 3] =
    [(Type::MILD, Theirs::MILD), (Type::MODERATE, Theirs::MODERATE), (Type::SEVERE, Theirs::SEVERE)];

/// Returns which characters of `text` rustrict masks for each kind, and its type for the whole text.
fn theirs(text: &str) -> (Vec<Vec<bool>>, Type) {
    let censor = |threshold: Theirs| {
        let mut censor = Censor::from_str(text);
        censor
            .with_trie(&WORDS)
            .with_censor_threshold(threshold)
            .with_censor_first_character_threshold(Theirs::ANY)
            .with_censor_replacement(MASK)
            .with_ignore_self_censoring(true);
        censor
    };
    let len = text.chars().count();
    let masks = KINDS.map(|(_, kind)| censor(kind).censor().chars().take(len).map(|c| c == MASK).collect());
    let rating = censor(Theirs::ANY).analyze();
    let bits = KINDS.iter().flat_map(|kind| SEVERITIES.map(|severity| (*kind, severity)));
    let set = bits.filter(|(kind, severity)| rating.is(kind.1 & severity.1));
    (masks.into(), set.fold(Type::NONE, |all, (kind, severity)| all | kind.0 & severity.0))
}

/// Returns the same from the engine.
fn ours(engine: &mut Engine, text: &str) -> (Vec<Vec<bool>>, Type) {
    let chars: Vec<char> = text.chars().collect();
    engine.search(&chars);
    let mut masks = vec![vec![false; chars.len()]; KINDS.len()];
    let mut rating = Type::NONE;
    for found in engine.found() {
        rating = rating | found.rating | found.evasion;
        for (mask, (kind, _)) in masks.iter_mut().zip(KINDS) {
            if found.rating.is(kind) {
                mask[found.range.clone()].fill(true);
            }
        }
    }
    (masks, rating)
}

#[test]
fn types_have_the_same_bits() {
    for (ours, theirs) in [
        (Type::INAPPROPRIATE, Theirs::INAPPROPRIATE),
        (Type::MILD_OR_HIGHER, Theirs::MILD_OR_HIGHER),
        (Type::MODERATE_OR_HIGHER, Theirs::MODERATE_OR_HIGHER),
    ] {
        for (kind, severity) in KINDS.iter().flat_map(|kind| SEVERITIES.map(|severity| (*kind, severity))) {
            assert_eq!(ours.is(kind.0 & severity.0), theirs.is(kind.1 & severity.1), "{ours:?}");
        }
    }
}

/// Every symbol that any character maps to, alone and between others.
#[test]
fn every_symbol_reads_the_same() {
    let mut symbols: Vec<char> = ('\0'..=char::MAX)
        .flat_map(|c| Stream::new(c.encode_utf8(&mut [0; 4])).symbols)
        .map(|s| s.c)
        .collect();
    symbols.sort_unstable();
    symbols.dedup();
    assert!((96..120).contains(&symbols.len()), "{symbols:?}");
    let mut engine = Engine::with(Limits::NONE);
    for c in symbols {
        for text in [format!("{c}"), format!("sh{c}t"), format!("{c}uck {c}"), format!("a{c}s{c}s{c}")] {
            assert_eq!(ours(&mut engine, &text), theirs(&text), "{text:?}");
        }
    }
}

/// The engine reads at least what our own table of confusables says.
#[test]
fn signs_represent_the_letters_of_the_table_of_confusables() {
    for strokes_are_l in [false, true] {
        for (c, letter) in
            ('\0'..).zip(likeliest(Degree::Leet, strokes_are_l)).filter(|(_, letter)| *letter != 0)
        {
            let readings = table::readings(table::code(c));
            assert!(readings.contains(&letter), "{c} is no {} but {readings:?}", char::from(letter));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn words_in_disguise_read_the_same(text in disguised()) {
        prop_assert_eq!(ours(&mut Engine::with(Limits::NONE), &text), theirs(&text));
    }

    #[test]
    fn any_text_reads_the_same(text in "[ -~\n\u{a015}🍆🍑💦👌👉🖕]{0,40}") {
        prop_assert_eq!(ours(&mut Engine::with(Limits::NONE), &text), theirs(&text));
    }

    #[test]
    fn letters_read_the_same(text in "[a-z AEISst]{0,60}") {
        prop_assert_eq!(ours(&mut Engine::with(Limits::NONE), &text), theirs(&text));
    }

    #[test]
    fn signs_for_letters_read_the_same(text in "[0-9@$!|+(<#*. xklisa]{0,24}") {
        prop_assert_eq!(ours(&mut Engine::with(Limits::NONE), &text), theirs(&text));
    }
}

/// Generates sentences of harmless and other words, whose letters may be obfuscated, repeated or separated.
fn disguised() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "fuck",
        "fucking",
        "shit",
        "ass",
        "asshole",
        "bitch",
        "cunt",
        "dick",
        "cock",
        "class",
        "assess",
        "push it",
        "this hit",
        "Scunthorpe",
        "cocktail",
        "document",
        "analysis",
        "peacock",
        "hello",
        "damn",
        "hell",
        "you",
        "a",
        "is",
        "half-right",
        "didn't",
        "sex",
        "essex",
        "retard",
        "kill yourself",
        "as simple",
        "happening",
        "shiitake",
        "assassin",
        "therapist",
        "nigeria",
        "pussycat",
        "bass",
        "crap",
        "scrap",
        "idiot",
        "stupid",
        "naked",
        "wife",
        "2 girls 1 cup",
        "420",
        "8==D",
        "kys",
        "go die",
        "hope you die",
        "🍆🍑",
        "camelCase",
        "MassEffect",
    ]);
    let letter = prop_oneof![
        6 => Just(""),
        1 => prop::sample::select(vec![".", " ", "*", "-", "'", "\n", "_", "~", "1", "\u{a015}", "🖕", ", ", "..."]),
        1 => Just("again"),
    ];
    let dressed = (word, prop::collection::vec((0..8_u8, letter), 40)).prop_map(|(word, dress)| {
        let mut written = String::new();
        for (c, (how, after)) in word.chars().zip(dress) {
            let c = match (how, c) {
                (0, 'a') => '@',
                (0, 's') => '$',
                (0, 'i') => '1',
                (0, 'e') => '3',
                (0, 'u') => '*',
                (0, 'c') => '(',
                (0, 't') => '+',
                (0, 'o') => '0',
                (1, c) => c.to_ascii_uppercase(),
                _ => c,
            };
            written.push(c);
            match after {
                "again" => written.push(c),
                after => written.push_str(after),
            }
        }
        written
    });
    let plain =
        prop::sample::select(vec!["the", "I", "push", "it", "was", "so", "well,", "(really)", "12", "x"]);
    let piece = prop_oneof![dressed, plain.prop_map(str::to_owned)];
    prop::collection::vec((piece, prop::sample::select(vec![" ", "", ". ", "-", "\n"])), 1..5)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, after)| [piece, after.to_owned()]).collect())
}
