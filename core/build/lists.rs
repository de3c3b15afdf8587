//! The sections of `languages/en.txt` that are lists, and the tables that they become.

/// A list of words.
pub(crate) struct List {
    /// The heading of its section.
    pub(crate) head: &'static str,
    /// How its words are written there, with their stars.
    pub(crate) form: &'static str,
    /// The tables that contain its words.
    pub(crate) tables: &'static [&'static str],
}

const fn list(head: &'static str, form: &'static str, tables: &'static [&'static str]) -> List {
    List { head, form, tables }
}

pub(crate) const LISTS: &[List] = &[
    list("remove", "word", &["REMOVED"]),
    list("core", "word", &["CORE"]),
    list("core", "*word*", &["STRONG"]),
    list("core severe", "word", &["CORE", "SEVERE"]),
    list("core severe", "*word*", &["STRONG", "SEVERE"]),
    list("core at edges", "word", &["STRONG", "AT_EDGES"]),
    list("core severe at edges", "word", &["STRONG", "AT_EDGES", "SEVERE"]),
    list("unmistakable", "word", &["UNMISTAKABLE"]),
    list("allow", "word", &["INNOCENT"]),
    list("allow", "*word*", &["CLEAN"]),
    list("factual", "word", &["FACTUAL"]),
    list("factual", "word*", &["FACTUAL_BEGINNINGS"]),
    list("short", "word", &["SHORT"]),
    list("names", "word", &["NAMES"]),
    list("given names", "word", &["NAMES", "GIVEN_NAMES"]),
    list("titles", "word", &["TITLES"]),
    list("endings of names", "word", &["NAME_ENDINGS"]),
    list("determiners", "word", &["DETERMINERS"]),
    list("files", "word", &["FILES"]),
    list("homographs", "word", &["HOMOGRAPHS"]),
    list("respelled homographs", "word", &["RESPELLED_HOMOGRAPHS"]),
    list("homographs in other scripts", "word", &["FOREIGN_HOMOGRAPHS"]),
    list("endings", "word", &["ENDINGS"]),
    list("endings of other languages", "word", &["ENDINGS", "FOREIGN_ENDINGS"]),
    list("endings of short words", "word", &["SHORT_ENDINGS"]),
    list("glue", "word", &["GLUE"]),
    list("other words with an ending", "word", &["OTHER_WITH_AN_ENDING"]),
    list("torn by chance", "word", &["TORN_BY_CHANCE"]),
    list("slips", "word", &["SLIPS"]),
    list("meaningless", "word", &["MEANINGLESS"]),
];

/// The sections of rows `words before | word | words after`, and the table that each becomes.
pub(crate) const EDGED: &[(&str, &str)] = &[
    ("harmless beside", "HARMLESS"),
    ("harmless among", "HARMLESS_AMONG"),
    ("parts of other words", "PARTS_OF_OTHERS"),
];

/// What each table contains.
pub(crate) const TABLES: &[(&str, &str)] = &[
    (
        "STRONG",
        "Words that are profane everywhere: inside other words, in links and code, partly masked, in confusables.",
    ),
    (
        "CORE",
        "Words that are profane on their own, however they are written, but also occur inside other words.",
    ),
    (
        "AT_EDGES",
        "Strong words that occur in names and common words; they count only at the beginning or the end of a word.",
    ),
    ("SEVERE", "Core words that are always severe."),
    ("UNMISTAKABLE", "What contains one of these is meant, whatever language surrounds it."),
    (
        "INNOCENT",
        "Words that the engine rates but that mean something else, or that nobody should be prevented from writing.",
    ),
    ("CLEAN", "Harmless words that contain a strong one."),
    ("FACTUAL", "Words that are not swearing, about topics that not everybody wants to read about."),
    ("FACTUAL_BEGINNINGS", "The beginnings of factual words."),
    (
        "SHORT",
        "The profane words of at most three letters. All others that the engine knows are also abbreviations.",
    ),
    ("NAMES", "Words that are also names of people, places or plants."),
    ("GIVEN_NAMES", "The names among these that are given names."),
    ("TITLES", "Words after which a capitalised word is a name."),
    ("NAME_ENDINGS", "Endings that make a name of a strong word."),
    ("DETERMINERS", "Words that, before one of these, show that it is not a name."),
    ("FILES", "Stems and extensions of files."),
    (
        "HOMOGRAPHS",
        "Profane words that are among the most common words of other languages and are not swearing there.",
    ),
    (
        "RESPELLED_HOMOGRAPHS",
        "Common words of other languages that read like a profane word only if that is respelled.",
    ),
    (
        "FOREIGN_HOMOGRAPHS",
        "Core words that read like an ordinary word if all of their letters are of another script.",
    ),
    ("ENDINGS", "Endings with which a profane word remains that word, and none."),
    ("FOREIGN_ENDINGS", "Endings that English does not have."),
    ("SHORT_ENDINGS", "Endings of more than two letters that words of three letters take."),
    ("GLUE", "Words that people attach to core words."),
    ("OTHER_WITH_AN_ENDING", "Core words that with an ending alone are also other words and names."),
    ("TORN_BY_CHANCE", "Adjacent words that together spell a core word."),
    ("SLIPS", "Words that look like misspelt core words but are something else, or slips of another word."),
    ("MEANINGLESS", "Letters that form no word with others."),
    ("HARMLESS", "Words with the words before and after them that make them harmless."),
    (
        "HARMLESS_AMONG",
        "Words with the words near them that make them harmless, and the words right before them with which they count anyway.",
    ),
    (
        "PARTS_OF_OTHERS",
        "Core words with the letters before and after them that make them a part of another word; no letters are an edge of the word.",
    ),
];
