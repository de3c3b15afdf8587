//! Property tests: listed words that are not obfuscated are found in every script, in every case, next to every punctuation
//! character, and the finding is exactly the word.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::tests::{finder, finds, found};
use super::*;
use crate::text::is_part_of_glyph;

/// The first and the last letter of scripts.
pub(super) const SCRIPTS: &[(char, char)] = &[
    ('a', 'z'),
    ('à', 'ÿ'),
    ('ā', 'ɏ'),
    ('ɐ', 'ʯ'),
    ('ḁ', 'ỿ'),
    ('ά', 'ω'),
    ('ἀ', 'ῼ'),
    ('а', 'ԯ'),
    ('ա', 'և'),
    ('א', 'ת'),
    ('ء', 'ي'),
    ('ٱ', 'ۓ'),
    ('ܐ', 'ܬ'),
    ('ހ', 'ޥ'),
    ('अ', 'ह'),
    ('অ', 'হ'),
    ('அ', 'ஹ'),
    ('ก', 'ฮ'),
    ('ກ', 'ຮ'),
    ('ཀ', 'ཬ'),
    ('က', 'အ'),
    ('ა', 'ჺ'),
    ('Ⴀ', 'Ⴥ'),
    ('가', '힣'),
    ('አ', 'ፚ'),
    ('Ꭰ', 'Ᏽ'),
    ('ꭰ', 'ꮿ'),
    ('ᐁ', 'ᙬ'),
    ('ក', 'អ'),
    ('ᠠ', 'ᡷ'),
    ('ぁ', 'ゖ'),
    ('ァ', 'ヺ'),
    ('一', '龥'),
    ('ⰰ', 'ⱞ'),
    ('ⲁ', 'ⳤ'),
    ('𐐨', '𐑏'),
    ('𐓘', '𐓻'),
    ('𞤢', '𞥃'),
];

/// Texts before and after a word.
#[rustfmt::skip]
pub(super) const FRAMES: &[(&str, &str)] = &[
    ("", ""), ("xx ", " yy"), ("(", ")"), ("((", "))"), ("xx (", ") yy"), ("(@", ")"), ("[", "](https://example.com)"), ("{", "}"),
    ("<", ">"), ("<b>", "</b>"), ("'", "'"), ("\"", "\""), ("`", "`"), ("```\n", "\n```"), ("*", "*"), ("> **", "**"), ("__", "__"),
    ("~~", "~~"), ("||", "||"), ("/", "/"), ("\\", "\\"), ("=", "="), (":", ":"), (";", ";"), ("", ","), ("", "."), ("", "..."),
    ("", "!!!"), ("!", "!"), ("", "?!"), ("#", ""), ("###### ", ""), ("@", ""), ("$", "$"), ("+", "+"), ("%", "%"), ("&", "&"),
    ("^", "^"), ("- ", ""), ("1. ", ""), ("3) ", ""), ("5 ", " 5"), ("a ", " a"), ("I ", " ?!"), ("\n", "\n"), ("\t", "\r\n"),
    ("\u{a0}", "\u{3000}"), ("\u{2028}", "\u{85}"), ("¡", "!"), ("¿", "?"), ("“", "”"), ("„", "“"), ("‘", "’"), ("«", "»"),
    ("‹ ", " ›"), ("—", "—"), ("…", "…"), ("•", "·"), ("€", "€"), ("£", "¥"), ("©", "®"), ("§", "¢"), ("†", "‡"), ("№", "™"),
    ("（", "）"), ("［", "］"), ("「", "」"), ("【", "】"), ("、", "。"), ("！", "？"), ("＠", ""), ("＄", "＋"), ("｜", "｜"), ("＊", "＊"),
    ("، ", "؟"), ("؛", "،"), ("।", "॥"), ("🙂", "👍🏽"), ("❤️", "👨‍👩‍👧"), ("🇩🇪", "🆗"), ("\u{200b}", "\u{200b}"),
    ("\u{2067}", "\u{2069}"), ("\u{feff}", "\u{ad}"), ("\u{200e}", "\u{200f}"),
];

/// A seeded pseudorandom number generator.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// Returns one of `all`.
    pub(super) fn one_of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    /// Returns a word of two or more of `letters`.
    pub(super) fn word(&mut self, letters: &[char]) -> String {
        let len = 2 + self.below(6);
        (0..len).map(|_| *self.one_of(letters)).collect()
    }
}

/// Returns the letters from the first to the last that may start a word.
pub(super) fn letters(script: (char, char)) -> Vec<char> {
    let is_letter = |c: &char| c.is_alphabetic() && !is_combining_mark(*c) && !is_part_of_glyph(*c);
    // Letters with iota subscript are excluded, because in upper case the iota becomes a letter of its own.
    let has_iota_subscript = |c: &char| c.to_uppercase().count() > 1 && c.to_uppercase().last() == Some('Ι');
    (script.0..=script.1).filter(|c| is_letter(c) && !has_iota_subscript(c)).collect()
}

/// Returns `word` in lower, title, upper and alternating case, in full width and in different normalization forms.
fn cases(word: &str) -> [String; 9] {
    let upper = word.to_uppercase();
    let title: String =
        word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
    let every_other = |at: usize| {
        word.chars().enumerate().map(move |(place, c)| {
            if place % 2 == at { c.to_uppercase().to_string() } else { c.to_lowercase().to_string() }
        })
    };
    let wide =
        |c: char| if ('!'..='~').contains(&c) { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c };
    [
        word.to_owned(),
        title,
        every_other(0).collect(),
        every_other(1).collect(),
        word.nfd().collect(),
        upper.nfd().collect(),
        upper.nfkc().collect(),
        upper.chars().map(wide).collect(),
        upper,
    ]
}

/// Asserts that exactly `word` is found in each of its cases, in random frames.
#[track_caller]
fn check(word: &str, random: &mut Random) {
    for fold in [Fold::Strict, Fold::Plain] {
        let finder = finder(&[word], &[], fold);
        for case in cases(word) {
            for (before, after) in [random.one_of(FRAMES), random.one_of(FRAMES), random.one_of(FRAMES)] {
                let text = format!("{before}{case}{after}");
                let found = found(&finder, &text);
                // Invisible characters belong to the letter before them.
                let [found] = &found[..] else { panic!("{word:?} in {text:?}, {fold:?}: {found:?}") };
                assert_eq!(
                    found.trim_end_matches(is_part_of_glyph),
                    case.trim_end_matches(is_part_of_glyph),
                    "{word:?} in {text:?}"
                );
            }
        }
    }
}

#[test]
fn finds_words_of_every_script_in_every_case() {
    let mut random = Random(1);
    for script in SCRIPTS {
        let letters = letters(*script);
        for _ in 0..16 {
            check(&random.word(&letters), &mut random);
        }
    }
}

#[test]
fn finds_phrases_of_every_script() {
    let mut random = Random(2);
    for script in SCRIPTS {
        let letters = letters(*script);
        let phrase = format!("{} {}", random.word(&letters), random.word(&letters));
        check(&phrase, &mut random);
    }
}

#[test]
fn finds_phrases_whose_words_have_signs_beside_them() {
    for fold in [Fold::Strict, Fold::Plain] {
        let finder = finder(&["free nitro", "rim sit"], &[], fold);
        for text in ["FREE! NITRO!", "free! nitro", "free (nitro)", "rim| sit", "rim +sit"] {
            let finds = found(&finder, text);
            // The text as it is spelled has signs between the words, which only letters are read without.
            assert_eq!(finds.len(), usize::from(fold == Fold::Strict), "{text:?}, {fold:?}");
        }
    }
}

#[test]
fn finds_words_with_the_apostrophe_of_a_phone() {
    for fold in [Fold::Strict, Fold::Plain, Fold::Exact] {
        for (word, text) in
            [("don't", "I don’t"), ("don’t", "I don't"), ("mother-in-law", "my mother‑in‑law")]
        {
            assert_eq!(found(&finder(&[word], &[], fold), text).len(), 1, "{text:?}, {fold:?}");
        }
    }
}

#[test]
fn finds_words_with_every_latin_letter_at_their_ends_in_every_frame() {
    for word in ('a'..='z').map(|c| format!("{c}wvw{c}")) {
        for fold in [Fold::Strict, Fold::Plain] {
            let finder = finder(&[&word], &[], fold);
            for (before, after) in FRAMES {
                let text = format!("{before}{word}{after}");
                let found = found(&finder, &text);
                assert_eq!(found.len(), 1, "{text:?}, {fold:?}");
                assert_eq!(found[0].trim_end_matches(is_part_of_glyph), word, "{text:?}, {fold:?}");
            }
        }
    }
}

#[test]
fn finds_longer_words_in_upper_case_only_with_a_star() {
    let mut random = Random(3);
    for script in SCRIPTS.iter().filter(|(first, _)| first.is_lowercase()) {
        let letters = letters(*script);
        // The same letters after the word could count as repetitions of its last letter.
        let (word, mut more) = (random.word(&letters), random.word(&letters));
        more.retain(|c| !word.contains(c));
        let (longer, prefix) = (format!("{word}{more}").to_uppercase(), format!("{word}*"));
        for fold in [Fold::Strict, Fold::Plain] {
            let (before, after) = random.one_of(FRAMES);
            let text = format!("{before}{longer}{after}");
            let all = found(&finder(&[&prefix], &[], fold), &text);
            assert_eq!(all.len(), 1, "{prefix:?} in {text:?}");
            let end = is_part_of_glyph;
            assert_eq!(all[0].trim_end_matches(end), longer.trim_end_matches(end), "{prefix:?} in {text:?}");
            assert!(found(&finder(&[&prefix], &[&prefix], fold), &text).is_empty(), "{prefix:?} in {text:?}");
            let whole = found(&finder(&[&word], &[], fold), &text);
            assert!(whole.is_empty() || more.is_empty(), "{word:?} in {text:?}: {whole:?}");
        }
    }
}

#[test]
fn listed_symbols_match_as_listed_and_as_letters() {
    for (word, text, expected) in [
        ("c++", "(C++), Ｃ＋＋ and c", &["C++", "Ｃ＋＋"][..]),
        ("a$$", "(A$$) a$ a", &["A$$"]),
        ("@home", "(@HOME) ＠Home @@home home", &["@HOME", "＠Home", "@home"]),
        ("$ale", "$$ale$ (ale", &["$ale"]),
        ("c@t", "(c@t) ct c-t (C@T", &["c@t", "C@T"]),
        ("б@тон", "(Б@ТОН) БТОН б@тон", &["Б@ТОН", "б@тон"]),
        ("¡olé!", "¡OLÉ! olé", &["¡OLÉ!"]),
        ("п'ять", "П'ЯТЬ ПЯТЬ", &["П'ЯТЬ", "ПЯТЬ"]),
        ("№ 5", "(№ 5)", &["№ 5"]),
        ("s&m", "<b>S&M</b> x-s&m-y bs&md b.s.m.d s.m", &["S&M", "s&m", "s.m"]),
        ("mp3", "(MP3) $mp3$ mpe", &["MP3", "mp3"]),
        ("e-mail", "(E-MAIL) @email@", &["E-MAIL", "email"]),
    ] {
        assert_eq!(finds(&[word], Fold::Strict, text), expected, "{word:?} in {text:?}");
    }
}

/// The punctuation next to a word is not part of the finding, but symbols within an obfuscated word are.
#[test]
fn finds_plain_and_obfuscated_words_without_adjacent_punctuation() {
    for (words, text, expected) in [
        (
            &["cat"][..],
            "(cat), ((cat)) （cat） c(at c@t ©at",
            &["cat", "cat", "cat", "c(at", "c@t", "©at"][..],
        ),
        (&["sale"], "$sale$ sale$ $ale", &["sale", "sale", "$ale"]),
        (&["sales", "ål"], "sale$ @ål ål@ a@l", &["sale$", "ål", "ål", "a@l"]),
        (&["idiot"], "¡idiot! !d!ot ¡d¡ot!", &["idiot", "!d!ot", "¡d¡ot"]),
        (&["admin", "talent"], "@admin +talent+ @dmin +alent", &["admin", "talent", "@dmin", "+alent"]),
        (&["быть"], "БЫТЬ Быть быtь б-ы-т-ь", &["БЫТЬ", "Быть", "быtь", "б-ы-т-ь"]),
        (&["μαλάκας"], "ΜΑΛΑΚΑΣ Μαλάκας μαλaκaς", &["ΜΑΛΑΚΑΣ", "Μαλάκας", "μαλaκaς"]),
        (
            &["straße", "ışık", "ibne"],
            "STRAẞE STRASSE IŞIK Işık İBNE ibne IBNE",
            &["STRAẞE", "STRASSE", "IŞIK", "Işık", "İBNE", "ibne", "IBNE"],
        ),
        (&["և", "ᾳδω", "ᏣᎳᎩ"], "ԵՒ Եվ եւ ΑΙΔΩ ᾼδω ꮳꮃꭹ", &["ԵՒ", "Եվ", "եւ", "ΑΙΔΩ", "ᾼδω", "ꮳꮃꭹ"]),
        (&["ɔdɔ"], "ƆDƆ ɔdɔ", &["ƆDƆ", "ɔdɔ"]),
        (&["shite"], "ǝʇıɥs", &["ǝʇıɥs"]),
        (&["ခွင့်", "ပွင\u{103a}\u{1037}"], "(ခွင\u{103a}\u{1037} ပွင့်", &["ခွင\u{103a}\u{1037}", "ပွင့်"]),
        (&["e", "a"], "3. e a 1", &["e", "a"]),
        (&["zebra"], "zebra의 Zebra를, zebra상자", &["zebra", "Zebra"]),
        (&["cat"], "🆗cat cat™ №cat", &["cat", "cat", "cat"]),
    ] {
        assert_eq!(finds(words, Fold::Strict, text), expected, "{words:?} in {text:?}");
    }
}
