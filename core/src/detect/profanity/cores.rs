//! Core words: those that people obfuscate most, and that count in any obfuscation. The engine handles all other profanity.

use std::ops::Range;
use std::sync::LazyLock;

/// The range of an unusually written core word in a text, and the core word.
pub(super) type OddWord = (Range<usize>, &'static str);

/// Words that are profane everywhere: inside other words, in links and code, partly masked, in confusables.
pub(super) const STRONG: &[&str] = &[
    "asshole",
    "bastard",
    "bitch",
    "blowjob",
    "bullshit",
    "cocksucker",
    "cunt",
    "dickhead",
    "dumbass",
    "faggot",
    "fuck",
    "motherfucker",
    "nigga",
    "nigger",
    "pussy",
    "shit",
    "shithead",
    "slut",
    "twat",
    "wanker",
    "whore",
];

/// Words that are profane on their own, however they are written, but also occur inside other words.
const CORE: &[&str] = &[
    "arse",
    "arsehole",
    "ass",
    "boob",
    "cock",
    "cum",
    "dick",
    "dildo",
    "douchebag",
    "jackass",
    "jizz",
    "penis",
    "porn",
    "prick",
    "retard",
    "tit",
    "tits",
    "vagina",
    "wank",
];

/// Strong words that occur in names and common words; they count only at the beginning or the end of a word.
const AT_EDGES: &[&str] =
    &["bastard", "bitch", "nigga", "nigger", "pussy", "shit", "slut", "twat", "wanker", "whore"];

/// Harmless words that contain a strong one.
const CLEAN: &[&str] = &[
    "atwater",
    "bitchx",
    "octopussy",
    "pushit",
    "shituo",
    "cuntz",
    "niggard",
    "niggl",
    "pussycat",
    "pussyfoot",
    "pussywillow",
    "saltwater",
    "scunthorpe",
    "shitake",
    "shittah",
    "shittim",
    "slutsk",
    "snigger",
];

/// Endings with which a profane word remains that word.
const ENDINGS: &[&str] = &[
    "", "a", "ed", "em", "en", "er", "ers", "es", "est", "face", "faces", "guy", "head", "heads", "hole",
    "holes", "ier", "ies", "in", "ing", "ings", "ish", "less", "lmao", "lol", "ly", "man", "ness", "off",
    "s", "ster", "ty", "up", "wad", "y", "ya", "yo", "you", "z",
];

pub(super) fn core_words() -> impl Iterator<Item = &'static str> {
    STRONG.iter().chain(CORE).copied()
}

/// Returns the strong words and the core words that begin with the lower-case letter `initial`.
pub(super) fn core_words_from(initial: char) -> &'static [&'static str] {
    static BY_INITIAL: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
        ('a'..='z').map(|initial| core_words().filter(|core| core.starts_with(initial)).collect()).collect()
    });
    let at = u32::from(initial).wrapping_sub(u32::from('a'));
    BY_INITIAL.get(at as usize).map_or(&[], Vec::as_slice)
}

/// Returns the strong or core word that the lower-case `word` is, possibly with an ending.
pub(super) fn core_in(word: &str) -> Option<&'static str> {
    let initial = word.chars().next()?;
    core_words_from(initial).iter().find(|core| word.strip_prefix(**core).is_some_and(is_ending)).copied()
}

/// Returns whether the lower-case `word` is a strong or core word, possibly with an ending.
pub(super) fn is_core(word: &str) -> bool {
    core_in(word).is_some()
}

/// Returns whether the lower-case `word` is a strong word, possibly with an ending.
pub(super) fn is_strong(word: &str) -> bool {
    STRONG.iter().any(|strong| word.strip_prefix(strong).is_some_and(is_ending))
}

/// Returns whether the lower-case `word` contains a strong word.
pub(super) fn holds_strong(word: &str) -> bool {
    strong_in(word).is_some()
}

/// Returns the strong word that the lower-case `word` contains.
pub(super) fn strong_in(word: &str) -> Option<&'static str> {
    if !STRONG.iter().any(|strong| word.contains(strong)) {
        return None;
    }
    let rest = CLEAN.iter().fold(word.to_owned(), |word, clean| word.replace(clean, "-"));
    let holds = |strong: &&&str| {
        if AT_EDGES.contains(*strong) {
            rest.starts_with(**strong) || rest.ends_with(**strong)
        } else {
            rest.contains(**strong)
        }
    };
    STRONG.iter().find(holds).copied()
}

/// Returns whether `tail` is an ending that a profane word may have.
pub(super) fn is_ending(tail: &str) -> bool {
    ENDINGS.contains(&tail)
}
