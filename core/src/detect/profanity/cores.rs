//! Core words: those that everybody disguises, and that count in any disguise. What else is profane is the engine's business.

use std::ops::Range;
use std::sync::LazyLock;

/// An oddly written core word in a text, and which it is.
pub(super) type OddWord = (Range<usize>, &'static str);

/// Words that are profane wherever they stand: inside other words, in links and code, half starred out, in look-alikes.
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

/// Words that are profane on their own, however they are written; other words hold some of them.
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

/// Strong words that names and common words hold: they count only at the beginning or the end of a word.
const AT_EDGES: &[&str] =
    &["bastard", "bitch", "nigga", "nigger", "pussy", "shit", "slut", "twat", "wanker", "whore"];

/// Words that hold a strong one and are clean.
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

/// What a profane word may end in and still be that word.
const ENDINGS: &[&str] = &[
    "", "a", "ed", "em", "en", "er", "ers", "es", "est", "face", "faces", "guy", "head", "heads", "hole",
    "holes", "ier", "ies", "in", "ing", "ings", "ish", "less", "lmao", "lol", "ly", "man", "ness", "off",
    "s", "ster", "ty", "up", "wad", "y", "ya", "yo", "you", "z",
];

/// The strong words and the core words.
pub(super) fn core_words() -> impl Iterator<Item = &'static str> {
    STRONG.iter().chain(CORE).copied()
}

/// The strong words and the core words that begin with `initial`, a letter in lower case.
pub(super) fn core_words_from(initial: char) -> &'static [&'static str] {
    static BY_INITIAL: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
        ('a'..='z').map(|initial| core_words().filter(|core| core.starts_with(initial)).collect()).collect()
    });
    let at = u32::from(initial).wrapping_sub(u32::from('a'));
    BY_INITIAL.get(at as usize).map_or(&[], Vec::as_slice)
}

/// The strong or core word that `word`, in lower case, is, perhaps with an ending.
pub(super) fn core_in(word: &str) -> Option<&'static str> {
    let initial = word.chars().next()?;
    core_words_from(initial).iter().find(|core| word.strip_prefix(**core).is_some_and(is_ending)).copied()
}

/// Whether `word`, in lower case, is a strong or core word, perhaps with an ending.
pub(super) fn is_core(word: &str) -> bool {
    core_in(word).is_some()
}

/// Whether `word`, in lower case, is a strong word, perhaps with an ending.
pub(super) fn is_strong(word: &str) -> bool {
    STRONG.iter().any(|strong| word.strip_prefix(strong).is_some_and(is_ending))
}

/// Whether `word`, in lower case, holds a strong word.
pub(super) fn holds_strong(word: &str) -> bool {
    strong_in(word).is_some()
}

/// The strong word that `word`, in lower case, holds.
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

/// Whether `tail` is what a profane word may end in.
pub(super) fn is_ending(tail: &str) -> bool {
    ENDINGS.contains(&tail)
}
