//! The word lists of the verifier: few, short and about form. What is profane is rustrict's business.

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
    "vagina",
    "wank",
];

/// Strong words that names and common words hold: they count only at the beginning or the end of a word.
const AT_EDGES: &[&str] =
    &["bastard", "bitch", "nigga", "nigger", "pussy", "shit", "slut", "twat", "wanker", "whore"];

/// Words that hold a strong one and are clean.
const CLEAN: &[&str] = &[
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

/// Words that rustrict rates profane and that mean something else, or nothing, in chats of people at work; and words for who people
/// are, what befalls them and what they suffer, which nobody should be kept from saying.
const INNOCENT: &[&str] = &[
    "adolf",
    "assez",
    "auschwitz",
    "bisexual",
    "bisexuals",
    "commis",
    "crackers",
    "dic",
    "dong",
    "erection",
    "feces",
    "fuchs",
    "fugs",
    "fux",
    "gay",
    "gays",
    "genderqueer",
    "hiv",
    "hoa",
    "holocaust",
    "homosexual",
    "homosexuality",
    "homosexuals",
    "jew",
    "jewish",
    "jews",
    "kastration",
    "kok",
    "koomen",
    "kuma",
    "kvm",
    "lesbian",
    "lesbians",
    "lgbt",
    "lgbtq",
    "linke",
    "marry",
    "msecs",
    "muslim",
    "muslims",
    "nga",
    "niger",
    "nsdap",
    "pp",
    "pps",
    "pregnancy",
    "pregnant",
    "queer",
    "queers",
    "racism",
    "racist",
    "secs",
    "slave",
    "slavery",
    "suicidal",
    "suicide",
    "transfem",
    "transgender",
    "transgendered",
    "transmasc",
    "urinal",
    "urine",
    "vixen",
    "weener",
    "wife",
    "xff",
    "xxx",
];

/// Words that are about something that not everybody wants to read of, and that are no swearing: what doctors, lawyers and newspapers
/// write. At work they are found only in disguise.
const FACTUAL: &[&str] = &[
    "abortion",
    "anus",
    "breast",
    "breasts",
    "cocaine",
    "condom",
    "condoms",
    "ejaculation",
    "erotic",
    "fetish",
    "genital",
    "genitals",
    "heroin",
    "hitler",
    "intercourse",
    "libido",
    "masturbate",
    "masturbation",
    "menstruation",
    "naked",
    "nazi",
    "nazis",
    "nipple",
    "nipples",
    "nude",
    "nudity",
    "orgasm",
    "orgasms",
    "penis",
    "prostitute",
    "prostitutes",
    "prostitution",
    "rape",
    "raped",
    "raping",
    "rapist",
    "rapists",
    "rectal",
    "rectum",
    "scrotum",
    "semen",
    "sex",
    "sexual",
    "sexuality",
    "sexually",
    "sexy",
    "sperm",
    "terrorist",
    "terrorists",
    "testicle",
    "testicles",
    "uterus",
    "vagina",
    "vaginal",
    "virgin",
    "virginity",
    "vulva",
];

/// Whether `word`, as written but for its case, is about something and no swearing.
pub(super) fn is_factual(word: &str) -> bool {
    FACTUAL.iter().any(|factual| factual.eq_ignore_ascii_case(word))
}

/// Profane words of three letters or fewer. Of the others that rustrict knows, each is some abbreviation.
const SHORT: &[&str] = &[
    "ass", "cum", "dik", "fag", "fck", "fk", "fuc", "fuk", "fuq", "hoe", "ho", "kkk", "kys", "nig", "poo",
    "sex", "sht", "tit",
];

/// What a profane word may end in and still be that word.
const ENDINGS: &[&str] = &[
    "", "a", "ed", "em", "en", "er", "ers", "es", "est", "face", "faces", "guy", "head", "heads", "hole",
    "holes", "ier", "ies", "in", "ing", "ings", "ish", "less", "lmao", "lol", "ly", "man", "ness", "off",
    "s", "ster", "ty", "up", "wad", "y", "ya", "yo", "you", "z",
];

/// Words that are also names of people and places.
const NAMES: &[&str] = &["coon", "dick", "dyke", "ho", "negra", "randy", "willy"];

/// Words before one of those that say it is no name.
const DETERMINERS: &[&str] = &[
    "a", "an", "big", "eat", "her", "his", "little", "my", "our", "some", "suck", "that", "the", "their",
    "this", "ur", "you", "your",
];

/// Whether `word`, in lower case, is also a name.
pub(super) fn is_name(word: &str) -> bool {
    NAMES.contains(&word)
}

/// Whether `word`, in lower case, says that what it stands before is no name.
pub(super) fn is_determiner(word: &str) -> bool {
    DETERMINERS.contains(&word)
}

/// The strong words and the core words.
pub(super) fn core_words() -> impl Iterator<Item = &'static str> {
    STRONG.iter().chain(CORE).copied()
}

/// The strong or core word that `word`, in lower case, is, perhaps with an ending.
pub(super) fn core_in(word: &str) -> Option<&'static str> {
    core_words().find(|core| word.strip_prefix(core).is_some_and(is_ending))
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
    if !STRONG.iter().any(|strong| word.contains(strong)) {
        return false;
    }
    let rest = CLEAN.iter().fold(word.to_owned(), |word, clean| word.replace(clean, "-"));
    STRONG.iter().any(|strong| {
        if AT_EDGES.contains(strong) {
            rest.starts_with(strong) || rest.ends_with(strong)
        } else {
            rest.contains(strong)
        }
    })
}

/// Whether `tail` is what a profane word may end in.
pub(super) fn is_ending(tail: &str) -> bool {
    ENDINGS.contains(&tail)
}

/// Whether rustrict's opinion of `word`, in lower case, does not count.
pub(super) fn is_innocent(word: &str) -> bool {
    let first = word.chars().next();
    INNOCENT.contains(&word)
        || (word.chars().filter(char::is_ascii_alphabetic).count() <= 3
            && !SHORT.contains(&word)
            && !word.contains('*'))
        || (word.chars().all(|c| Some(c) == first))
}

/// The strong or core word that `word`, in lower case, is without its vowels or backwards.
pub(super) fn odd_spelling(word: &str) -> Option<&'static str> {
    if word.len() < 4 {
        return None;
    }
    let bare = !word[1..].contains(is_vowel);
    core_words().find(|core| {
        (bare && has_consonants(core, word)) || (*core != "shit" && core.chars().rev().eq(word.chars()))
    })
}

/// Whether `word` is `core` without its vowels, but for the first letter.
fn has_consonants(core: &str, word: &str) -> bool {
    core.chars().enumerate().filter(|(at, c)| *at == 0 || !is_vowel(*c)).map(|(_, c)| c).eq(word.chars())
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}
