//! Words that the engine rates wrongly, and words with other meanings.

use super::cores::holds_strong;

/// Words that the engine rates profane but that mean something else, or nothing, in chats at work; and words for people's identities, for
/// what happens to them and what they suffer from, which nobody should be prevented from writing.
const INNOCENT: &[&str] = &[
    "adolf",
    "africans",
    "asians",
    "assez",
    "auschwitz",
    "autistic",
    "balz",
    "bbra",
    "big black",
    "billich",
    "bisexual",
    "bisexuals",
    "bisher",
    "black men",
    "black people",
    "boyfriend",
    "boyfriends",
    "castrate",
    "castration",
    "cocker",
    "cockers",
    "commis",
    "cotton farm",
    "crackers",
    "cumia",
    "cummings",
    "daddy",
    "daddys",
    "date someone",
    "dic",
    "dickens",
    "dickerson",
    "dickey",
    "dickie",
    "dickinson",
    "dickson",
    "diddy",
    "dilk",
    "dong",
    "eeff",
    "erection",
    "fagott",
    "feces",
    "frigin",
    "fuchs",
    "fugs",
    "fuhrer",
    "fuhrerin",
    "fux",
    "gay",
    "gaymarriage",
    "gays",
    "genderqueer",
    "genocide",
    "genocides",
    "get married",
    "girlfriend",
    "girlfriends",
    "grapped",
    "gunpoint",
    "hamas",
    "hillu",
    "hiv",
    "hoa",
    "hoecke",
    "hoffman",
    "hoffmann",
    "holocaust",
    "homosexual",
    "homosexuality",
    "homosexuals",
    "husband",
    "husbands",
    "jew",
    "jewish",
    "jews",
    "juden",
    "kastration",
    "kill other people",
    "killing people",
    "kiss",
    "kissed",
    "kisses",
    "kissin",
    "kissing",
    "kissler",
    "kizza",
    "kok",
    "koomen",
    "kuma",
    "kvkk",
    "kvm",
    "lenin",
    "leper",
    "lepers",
    "lesbian",
    "lesbians",
    "lgbt",
    "lgbtq",
    "linke",
    "love you",
    "mariage",
    "marriage",
    "marry",
    "mommy",
    "msecs",
    "muslim",
    "muslims",
    "nga",
    "niger",
    "nipsey",
    "nsdap",
    "phallic",
    "phoo",
    "playboy",
    "plsz",
    "pp",
    "pps",
    "pregnancy",
    "pregnant",
    "pretty boy",
    "queer",
    "queers",
    "racism",
    "racist",
    "reiche",
    "reichen",
    "reicher",
    "reiches",
    "retarder",
    "retarders",
    "secs",
    "slave",
    "slavery",
    "smoking crack",
    "stalin",
    "stephanus",
    "suicidal",
    "suicide",
    "superior race",
    "terroristen",
    "therapeut",
    "transfem",
    "transgender",
    "transgendered",
    "transmasc",
    "twatt",
    "urinal",
    "urine",
    "vixen",
    "waffen",
    "weener",
    "wife",
    "xff",
    "xxx",
];

/// Factual words about topics that not everybody wants to read about, but that are not swearing: those that doctors, lawyers and
/// newspapers use. At level `work` they are found only if obfuscated.
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
    "fascism",
    "fascist",
    "fascistic",
    "fascists",
    "fetish",
    "genital",
    "genitals",
    "heroin",
    "hitler",
    "incest",
    "intercourse",
    "libido",
    "masturbate",
    "masturbation",
    "menstruation",
    "naked",
    "nazi",
    "nazis",
    "nazism",
    "necrophilia",
    "nipple",
    "nipples",
    "nude",
    "nudity",
    "orgasm",
    "orgasms",
    "paedophile",
    "paedophiles",
    "paedophilia",
    "pedophile",
    "pedophiles",
    "pedophilia",
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
    "zoophilia",
];

/// Returns whether `word`, in any case, is factual and not swearing.
pub(super) fn is_factual(word: &str) -> bool {
    let nazi = word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("nazi"));
    (nazi && !holds_strong(&word.to_ascii_lowercase()))
        || FACTUAL.iter().any(|factual| factual.eq_ignore_ascii_case(word))
}

/// Profane words of at most three letters. All others that the engine knows are also abbreviations.
const SHORT: &[&str] = &[
    "ass", "cum", "dik", "fag", "fck", "fk", "fuc", "fuk", "fuq", "hoe", "ho", "kkk", "kys", "nig", "poo",
    "sex", "sht", "tit",
];

/// Words that are also names of people or places.
const NAMES: &[&str] = &[
    "bich", "coon", "dick", "dyke", "fanny", "gaylord", "ho", "hooker", "minge", "negra", "nigg", "phuc",
    "randy", "willy",
];

/// The names among these that are given names.
const GIVEN_NAMES: &[&str] = &["bich", "dick", "fanny", "phuc", "randy", "willy"];

/// Words that, before one of these, show that it is not a name.
const DETERMINERS: &[&str] = &[
    "a", "an", "are", "being", "big", "dumb", "eat", "fat", "giant", "hard", "her", "his", "huge", "is",
    "lick", "lil", "little", "my", "no", "old", "our", "small", "some", "stupid", "such", "suck", "that",
    "the", "their", "this", "tiny", "total", "ur", "what", "you", "your",
];

/// Returns whether the lower-case `word` is also a name.
pub(super) fn is_name(word: &str) -> bool {
    NAMES.contains(&word)
}

/// Returns whether the lower-case `word` is also a given name.
pub(super) fn is_given_name(word: &str) -> bool {
    GIVEN_NAMES.contains(&word)
}

/// Returns whether the lower-case `word` shows that the word after it is not a name.
pub(super) fn is_determiner(word: &str) -> bool {
    DETERMINERS.contains(&word)
}

/// Returns whether to ignore the engine's rating of the lower-case `word`.
pub(super) fn is_innocent(word: &str) -> bool {
    let first = word.chars().next();
    INNOCENT.contains(&word)
        || (word.chars().filter(char::is_ascii_alphabetic).count() <= 3
            && !SHORT.contains(&word)
            && !word.contains('*'))
        || (word.chars().all(|c| Some(c) == first))
}
