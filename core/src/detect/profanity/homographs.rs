//! Homographs: everyday words of other languages that are spelled like English profanity. `Der Arm ist dick`, `je suis en retard`.

use std::cell::OnceCell;

use super::stream::Symbol;

/// A language: some of its commonest words, without accents, and those that look profane.
pub(super) struct Language {
    common: &'static [&'static str],
    homographs: &'static [&'static str],
}

const LANGUAGES: &[Language] = &[
    // German.
    Language {
        common: &[
            "aber", "als", "auch", "auf", "aus", "bei", "bin", "das", "dass", "dem", "den", "der", "des",
            "du", "ein", "eine", "einen", "er", "es", "fur", "hat", "ich", "ihr", "im", "ist", "ja", "kann",
            "mit", "nach", "nicht", "noch", "nur", "oder", "sich", "sie", "sind", "so", "und", "uns", "vom",
            "von", "war", "was", "wenn", "wie", "wir", "wird", "zu", "zum", "zur",
        ],
        homographs: &[
            "ass", "con", "dick", "dicke", "dicken", "dicker", "dickes", "fag", "hoden", "homo", "neger",
            "penner", "porno", "pornos", "reich", "sex", "tit", "kot", "bra", "ho", "ficken", "after",
            "hell", "homos", "anal",
        ],
    },
    // French.
    Language {
        common: &[
            "avec", "ce", "cette", "dans", "de", "des", "du", "elle", "en", "est", "et", "il", "je", "la",
            "le", "les", "leur", "mais", "mon", "ne", "nous", "ou", "par", "pas", "plus", "pour", "que",
            "qui", "sa", "ses", "son", "sont", "sur", "tu", "un", "une", "vous", "y",
        ],
        homographs: &[
            "retard",
            "retarder",
            "retards",
            "con",
            "bite",
            "ho",
            "pines",
            "pipe",
            "cul",
            "fag",
            "fascistes",
            "fasciste",
            "homo",
            "negre",
            "sex",
            "anal",
            "viole",
            "pd",
            "porno",
        ],
    },
    // Dutch.
    Language {
        common: &[
            "aan", "als", "bij", "dat", "de", "een", "en", "er", "haar", "heb", "heeft", "het", "hij", "ik",
            "in", "is", "je", "maar", "met", "mijn", "naar", "niet", "nog", "om", "ook", "op", "te", "uit",
            "van", "voor", "wat", "we", "wel", "wij", "worden", "ze", "zijn",
        ],
        homographs: &["dik", "dikke", "hoe", "ho", "kok", "fag", "slet", "slot", "sex", "homo", "dike"],
    },
    // Swedish, Danish and Norwegian.
    Language {
        common: &[
            "av", "det", "den", "en", "er", "ett", "et", "for", "har", "hur", "hvor", "i", "ikke", "inte",
            "jag", "jeg", "kan", "med", "men", "och", "og", "om", "pa", "ska", "skal", "som", "sa", "till",
            "til", "var", "vi", "ar",
        ],
        homographs: &[
            "bra", "fag", "fart", "prick", "sex", "slut", "ho", "dock", "kock", "kuk", "damn", "rape",
        ],
    },
    // Spanish, Portuguese and Italian.
    Language {
        common: &[
            "che", "como", "con", "da", "de", "del", "della", "di", "do", "e", "el", "em", "es", "esta",
            "il", "la", "las", "lo", "los", "mais", "mi", "muy", "na", "nao", "no", "non", "o", "os", "para",
            "per", "pero", "por", "que", "se", "si", "sono", "su", "una", "un", "uma", "y",
        ],
        homographs: &[
            "con", "ho", "negra", "negras", "negro", "negros", "homo", "sex", "retard", "anal", "porno",
            "tit", "coco", "moron",
        ],
    },
    // Romanian.
    Language {
        common: &[
            "ai", "am", "care", "ce", "cu", "de", "din", "este", "eu", "in", "la", "mai", "nu", "pe", "sa",
            "si", "sunt", "un", "va",
        ],
        homographs: &["cum", "fut"],
    },
    // Latin.
    Language {
        common: &["ad", "est", "et", "ex", "homo", "in", "non", "quod", "sed", "ut"],
        homographs: &["cum", "homo"],
    },
];

/// Words that only English is full of.
const ENGLISH: &[&str] = &[
    "a", "and", "are", "do", "for", "have", "he", "i", "is", "it", "my", "not", "of", "on", "that", "the",
    "they", "this", "to", "was", "what", "with", "you", "your", "at", "be", "but", "she", "his", "her",
    "its",
];

/// The languages that a text may be in, found out when they are asked for.
#[derive(Default)]
pub(super) struct Languages {
    found: OnceCell<Vec<&'static Language>>,
}

impl Languages {
    /// Whether `word` is an everyday one of the language that the text of `symbols` is in.
    pub(super) fn have(&self, word: &str, symbols: &[Symbol]) -> bool {
        LANGUAGES.iter().any(|language| language.homographs.contains(&word))
            && self
                .found
                .get_or_init(|| languages(symbols))
                .iter()
                .any(|language| language.homographs.contains(&word))
    }
}

/// The languages of whose commonest words there are at least two in `symbols`, and more than of English ones.
fn languages(symbols: &[Symbol]) -> Vec<&'static Language> {
    let words = || symbols.split(|symbol| !symbol.is_word()).filter(|word| (1..=6).contains(&word.len()));
    let is = |known: &str, word: &[Symbol]| {
        known.chars().eq(word.iter().map(|symbol| symbol.c.to_ascii_lowercase()))
    };
    let english = words().filter(|word| ENGLISH.iter().any(|known| is(known, word))).count();
    let speaks = |language: &&Language| {
        let common = language.common.iter().filter(|known| words().any(|word| is(known, word))).count();
        common >= 2 && common > english
    };
    LANGUAGES.iter().filter(speaks).collect()
}
