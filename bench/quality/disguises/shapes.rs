//! Surroundings of a word, and changes to its letters.

use crate::alphabets::{TURNED, dressed};

/// Texts that may surround a word, `X`.
pub(crate) const FRAMES: &[(&str, &str)] = &[
    ("plain", "X"),
    ("exclamation", "X!!!"),
    ("leading punctuation", "!!X"),
    ("quotes", "\"X\""),
    ("curly quotes", "“X”"),
    ("angle quotes", "«X»"),
    ("brackets", "(X)"),
    ("square brackets", "[X]"),
    ("braces", "{X}"),
    ("angles", "<X>"),
    ("bold around", "**X**"),
    ("italic around", "*X*"),
    ("underscores around", "__X__"),
    ("strike around", "~~X~~"),
    ("spoiler around", "||X||"),
    ("code around", "`X`"),
    ("code fence", "```\nX\n```"),
    ("code statement", "let X_count = 3;"),
    ("function call", "X();"),
    ("comment", "// X"),
    ("HTML around", "<b>X</b>"),
    ("HTML with attribute", "<span class=\"a\">X</span>"),
    ("header", "# X"),
    ("link text", "[X](https://example.com)"),
    ("hashtag", "#X"),
    ("hashtag with more", "#Xthis"),
    ("hashtag after", "#notX"),
    ("mention", "@X"),
    ("mention with more", "@X_you"),
    ("mention with digits", "@X123"),
    ("emoji name", ":X:"),
    ("URL path", "https://example.com/X/x"),
    ("URL query", "https://example.com/?q=X&a=1"),
    ("URL fragment", "http://example.com/a#X"),
    ("URL host", "https://X.com/"),
    ("URL subdomain", "http://X.example.com"),
    ("www", "www.X.com"),
    ("www glued", "www.Xyou.com"),
    ("host glued", "https://iXyou.net/"),
    ("bare domain", "X.com"),
    ("bare domain glued", "Xyou.com"),
    ("e-mail", "X@example.com"),
    ("e-mail host", "jo@X.com"),
    ("e-mail with more", "big.X.69@example.com"),
    ("file name", "X_this_thing.mp3"),
    ("file", "X.mp3"),
    ("path", "/home/X/a.txt"),
    ("Windows path", "C:\\X\\a.txt"),
    ("snake before", "the_X"),
    ("snake both", "oh_X_this"),
    ("kebab", "oh-X-this"),
    ("dotted", "oh.X.this"),
    ("slashes", "and/X/or"),
    ("glued after", "Xlol"),
    ("glued after this", "Xthis"),
    ("glued you", "Xyou"),
    ("glued before", "hugeX"),
    ("glued the", "theX"),
    ("glued both", "youXface"),
    ("glued xx", "xxXxx"),
    ("digits after", "X123"),
    ("digits before", "123X"),
    ("digits both", "1X1"),
    ("underscore end", "X_"),
    ("underscore start", "_X"),
    ("emoji after", "X🔥"),
    ("emoji before", "🔥X"),
    ("comma list", "a,X,b"),
    ("plural", "Xs"),
    ("ending er", "Xer"),
    ("ending y", "Xy"),
    ("possessive", "X's"),
    ("possessive curly", "X’s"),
    ("ellipsis", "X..."),
    ("stutter", "X-X-X"),
    ("twice", "XX"),
    ("thrice", "XXX"),
    ("arrow", "->X<-"),
    ("JSON", "{\"a\":\"X\"}"),
    ("XML", "<a>X</a>"),
    ("key", "X=1"),
    ("Cyrillic around", "приветX"),
    ("Chinese around", "你X好"),
    ("no-break", "a\u{a0}X\u{a0}b"),
    ("soft end", "X\u{ad}"),
    ("BOM start", "\u{feff}X"),
];

/// Changes a word.
type Shape = fn(&str) -> String;

/// Changes to the letters of a word.
pub(crate) const SHAPES: &[(&str, Shape)] = &[
    ("upper", |word| word.to_uppercase()),
    ("title", title),
    ("alternating", |word| alternating(word, 0)),
    ("alternating upper", |word| alternating(word, 1)),
    ("last upper", |word| reversed(&title(&reversed(word)))),
    ("camel", |word| format!("Such{}Code", title(word))),
    ("camel small", |word| format!("get{}Now", title(word))),
    ("pascal end", |word| format!("Oh{}", title(word))),
    ("spaced upper", |word| joined(&word.to_uppercase(), " ")),
    ("dotted upper", |word| format!("{}.", joined(&word.to_uppercase(), "."))),
    ("bracketed each", |word| each(word, |c| format!("({c})"))),
    ("square bracketed each", |word| each(word, |c| format!("[{c}]"))),
    ("braced each", |word| each(word, |c| format!("{{{c}}}"))),
    ("quoted each", |word| each(word, |c| format!("'{c}'"))),
    ("starred each", |word| each(word, |c| format!("*{c}*"))),
    ("bold each", |word| each(word, |c| format!("**{c}**"))),
    ("code each", |word| each(word, |c| format!("`{c}`"))),
    ("spoiler each", |word| each(word, |c| format!("||{c}||"))),
    ("tagged each", |word| each(word, |c| format!("<i>{c}</i>"))),
    ("emoji names each", |word| each(word, |c| format!(":{c}:"))),
    ("regional emoji names", |word| each(word, |c| format!(":regional_indicator_{c}: "))),
    ("first bracketed", |word| format!("[{}]{}", &word[..1], &word[1..])),
    ("first round bracketed", |word| format!("({}){}", &word[..1], &word[1..])),
    ("first quoted", |word| format!("'{}'{}", &word[..1], &word[1..])),
    ("last bracketed", |word| format!("{}({})", &word[..word.len() - 1], &word[word.len() - 1..])),
    ("inner bracketed", |word| format!("{}({}){}", &word[..1], &word[1..2], &word[2..])),
    ("bold in the middle", |word| around(word, "**", "**")),
    ("italic in the middle", |word| around(word, "*", "*")),
    ("strike in the middle", |word| around(word, "~~", "~~")),
    ("code at the end", |word| format!("{}`{}`", &word[..2], &word[2..])),
    ("code in the middle", |word| around(word, "`", "`")),
    ("spoiler in the middle", |word| around(word, "||", "||")),
    ("underscore in the middle", |word| around(word, "_", "_")),
    ("HTML in the middle", |word| around(word, "<b>", "</b>")),
    ("HTML attribute in the middle", |word| around(word, "<i class=\"x\">", "</i>")),
    ("HTML comment inside", |word| parted(word, 2, "<!-- hi -->")),
    ("link inside", |word| format!("{}[{}](http://example.com)", &word[..2], &word[2..])),
    ("entities", |word| each(word, |c| format!("&#{};", u32::from(c)))),
    ("entities, hex", |word| each(word, |c| format!("&#x{:x};", u32::from(c)))),
    ("entities, padded", |word| each(word, |c| format!("&#{:07};", u32::from(c)))),
    ("entities, unclosed", |word| each(word, |c| format!("&#{}", u32::from(c)))),
    ("entity for one", |word| instead(word, Some(1), &format!("&#{};", u32::from(word.as_bytes()[1])))),
    ("percent", |word| each(word, |c| format!("%{:02x}", u32::from(c)))),
    ("percent for one", |word| instead(word, Some(1), &format!("%{:02X}", word.as_bytes()[1]))),
    ("unicode escapes", |word| each(word, |c| format!("\\u{:04x}", u32::from(c)))),
    ("unicode escapes, braced", |word| each(word, |c| format!("\\u{{{:x}}}", u32::from(c)))),
    ("hex escapes", |word| each(word, |c| format!("\\x{:02x}", u32::from(c)))),
    ("code points", |word| each(word, |c| format!("U+{:04X} ", u32::from(c)))),
    ("hex", |word| each(word, |c| format!("{:02x}", u32::from(c)))),
    ("hex spaced", |word| each(word, |c| format!("{:02x} ", u32::from(c)))),
    ("binary", |word| each(word, |c| format!("{:08b} ", u32::from(c)))),
    ("base64", base64),
    ("rot13", |word| word.chars().map(|c| char::from((c as u8 - b'a' + 13) % 26 + b'a')).collect()),
    ("pig latin", pig_latin),
    ("reversed", reversed),
    ("reversed upper", |word| reversed(&word.to_uppercase())),
    ("reversed spaced", |word| joined(&reversed(word), " ")),
    ("right to left", |word| format!("\u{202e}{}\u{202c}", reversed(word))),
    ("right to left isolate", |word| format!("\u{2067}\u{202e}{}\u{202c}\u{2069}", reversed(word))),
    ("upside down", |word| reversed(&dressed(TURNED, word))),
    ("turned", |word| dressed(TURNED, word)),
    ("double each", |word| word.chars().flat_map(|c| [c, c]).collect()),
    ("triple each", |word| word.chars().flat_map(|c| [c, c, c]).collect()),
    ("repeat last", |word| format!("{word}{}", word[word.len() - 1..].repeat(4))),
    ("repeat first", |word| format!("{}{word}", word[..1].repeat(3))),
    ("repeat vowels", |word| {
        word.chars().flat_map(|c| std::iter::repeat_n(c, if is_vowel(c) { 5 } else { 1 })).collect()
    }),
    ("double vowels", |word| {
        word.chars().flat_map(|c| std::iter::repeat_n(c, if is_vowel(c) { 2 } else { 1 })).collect()
    }),
    ("repeat uneven", |word| {
        word.chars().enumerate().flat_map(|(at, c)| std::iter::repeat_n(c, at % 3 + 1)).collect()
    }),
    ("repeat spaced", |word| joined(&word.chars().flat_map(|c| [c, c]).collect::<String>(), " ")),
    ("double consonants", |word| {
        word.chars().flat_map(|c| std::iter::repeat_n(c, if is_vowel(c) { 1 } else { 2 })).collect()
    }),
    ("vowels dropped", |word| {
        word.chars().enumerate().filter(|(at, c)| *at == 0 || !is_vowel(*c)).map(|(_, c)| c).collect()
    }),
    ("first vowel dropped", |word| {
        let at = first_vowel(word);
        format!("{}{}", &word[..at], &word[at + 1..])
    }),
    ("last dropped", |word| word[..word.len() - 1].to_owned()),
    ("swap last two", |word| swapped(word, word.len() - 2)),
    ("swap second and third", |word| swapped(word, 1)),
    ("swap first two", |word| swapped(word, 0)),
    ("all but first starred", |word| format!("{}{}", &word[..1], "*".repeat(word.len() - 1))),
    ("all but first hashed", |word| format!("{}{}", &word[..1], "#".repeat(word.len() - 1))),
    ("all but first underscored", |word| format!("{}{}", &word[..1], "_".repeat(word.len() - 1))),
    ("all but first dashed", |word| format!("{}{}", &word[..1], "-".repeat(word.len() - 1))),
    ("all but last starred", |word| format!("{}{}", "*".repeat(word.len() - 1), &word[word.len() - 1..])),
    ("first starred", |word| instead(word, Some(0), "*")),
    ("first hashed", |word| instead(word, Some(0), "#")),
    ("last starred", |word| instead(word, Some(word.len() - 1), "*")),
    ("last hashed", |word| instead(word, Some(word.len() - 1), "#")),
    ("last dashed", |word| instead(word, Some(word.len() - 1), "-")),
    ("last two starred", |word| format!("{}**", &word[..word.len() - 2])),
    ("every second starred", |word| {
        word.chars().enumerate().map(|(at, c)| if at % 2 == 1 { '*' } else { c }).collect()
    }),
    ("starred, ing", |word| format!("{}ing", instead(word, Some(1), "*"))),
    ("stars escaped", |word| instead(word, Some(1), "\\*")),
    ("grawlix", |word| grawlix(word, "@#$%&!")),
    ("grawlix other", |word| grawlix(word, "!@#$%^")),
    ("grawlix mixed", |word| grawlix(word, "#%&*@!")),
    ("y for i", |word| word.replace('i', "y")),
    ("ck to k", |word| word.replace("ck", "k")),
    ("ck to cc", |word| word.replace("ck", "cc")),
    ("ck to x", |word| word.replace("ck", "x")),
    ("u to v", |word| word.replace('u', "v")),
    ("u to oo", |word| word.replace('u', "oo")),
    ("i to ee", |word| word.replace('i', "ee")),
    ("er to a", |word| word.strip_suffix("er").map_or_else(|| word.to_owned(), |stem| format!("{stem}a"))),
    ("er to ah", |word| word.strip_suffix("er").map_or_else(|| word.to_owned(), |stem| format!("{stem}ah"))),
    ("emoji for the vowel", |word| instead(word, None, "💩")),
    ("typo double last", |word| format!("{word}{}", &word[word.len() - 1..])),
    ("tag in the middle", |word| parted(word, 2, "<br />")),
    ("line break hyphen", |word| parted(word, 2, "-\n")),
    ("uneven gaps", |word| uneven(word, |at| [" ", ".", "-", "_"][at % 4].to_owned())),
    ("uneven spaces", |word| uneven(word, |at| " ".repeat(at % 3 + 1))),
    ("pairs", |word| {
        word.as_bytes()
            .chunks(2)
            .map(|two| String::from_utf8_lossy(two).into_owned())
            .collect::<Vec<_>>()
            .join(" ")
    }),
    ("pairs dotted", |word| {
        word.as_bytes()
            .chunks(2)
            .map(|two| String::from_utf8_lossy(two).into_owned())
            .collect::<Vec<_>>()
            .join(".")
    }),
    ("pairs dashed", |word| {
        word.as_bytes()
            .chunks(2)
            .map(|two| String::from_utf8_lossy(two).into_owned())
            .collect::<Vec<_>>()
            .join("-")
    }),
    ("column", |word| each(word, |c| format!("{c}\n"))),
    ("after a", |word| format!("a {}", joined(word, " "))),
    ("spaced plural", |word| joined(&format!("{word}s"), " ")),
    ("spaced mixed case", |word| joined(&alternating(word, 0), " ")),
];

/// Returns `word` with a capital first letter.
pub(crate) fn title(word: &str) -> String {
    format!("{}{}", word[..1].to_uppercase(), &word[1..])
}

/// Returns `word` with `sign` between all letters.
pub(crate) fn joined(word: &str, sign: &str) -> String {
    word.chars().map(String::from).collect::<Vec<_>>().join(sign)
}

/// Returns `word` with `sign` before the letter at `at`.
pub(crate) fn parted(word: &str, at: usize, sign: &str) -> String {
    let (before, after): (Vec<_>, Vec<_>) = word.chars().enumerate().partition(|(place, _)| *place < at);
    let text = |part: Vec<(usize, char)>| part.into_iter().map(|(_, c)| c).collect::<String>();
    format!("{}{sign}{}", text(before), text(after))
}

/// Returns `word` with `mark` after each letter.
pub(crate) fn marked(word: &str, mark: &str) -> String {
    each(word, |c| format!("{c}{mark}"))
}

/// Returns `word` with `sign` in place of each vowel except one at the start.
pub(crate) fn vowels(word: &str, sign: &str) -> String {
    let hidden = |(at, c): (usize, char)| if at > 0 && is_vowel(c) { sign.to_owned() } else { c.to_string() };
    word.chars().enumerate().map(hidden).collect()
}

/// Returns `word` with `sign` in place of the letter at `at`, or of the first vowel.
pub(crate) fn instead(word: &str, at: Option<usize>, sign: &str) -> String {
    let at = at.unwrap_or_else(|| first_vowel(word));
    let hidden = |(place, c): (usize, char)| if place == at { sign.to_owned() } else { c.to_string() };
    word.chars().enumerate().map(hidden).collect()
}

/// Returns `word` with `sign` in place of each letter except the first and last.
pub(crate) fn inner(word: &str, sign: &str) -> String {
    format!("{}{}{}", &word[..1], sign.repeat(word.len() - 2), &word[word.len() - 1..])
}

fn each(word: &str, put: impl Fn(char) -> String) -> String {
    word.chars().map(put).collect::<Vec<_>>().concat()
}

/// Returns `word` with the result of `gap` before each letter except the first.
fn uneven(word: &str, gap: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for (at, c) in word.chars().enumerate() {
        if at > 0 {
            text.push_str(&gap(at));
        }
        text.push(c);
    }
    text
}

fn grawlix(word: &str, signs: &str) -> String {
    let signs: String = signs.chars().cycle().take((word.len() - 2).min(4)).collect();
    format!("{}{signs}{}", &word[..1], &word[word.len() - 1..])
}

fn around(word: &str, before: &str, after: &str) -> String {
    format!("{}{before}{}{after}{}", &word[..2], &word[2..3], &word[3..])
}

fn alternating(word: &str, upper: usize) -> String {
    let case = |(at, c): (usize, char)| if at % 2 == upper { c } else { c.to_ascii_uppercase() };
    word.chars().enumerate().map(case).collect()
}

fn reversed(word: &str) -> String {
    word.chars().rev().collect()
}

fn swapped(word: &str, at: usize) -> String {
    let mut chars: Vec<char> = word.chars().collect();
    chars.swap(at, at + 1);
    chars.into_iter().collect()
}

fn pig_latin(word: &str) -> String {
    let at = word.find(is_vowel).unwrap_or(0);
    format!("{}{}ay", &word[at..], &word[..at])
}

fn base64(word: &str) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |bytes: &[u8]| {
        let bits = bytes.iter().chain(&[0; 2]).take(3).fold(0_usize, |bits, b| bits << 8 | usize::from(*b));
        let digits = (0..4).map(|at| char::from(DIGITS[bits >> (18 - 6 * at) & 63]));
        let kept: String = digits.take(bytes.len() + 1).collect();
        format!("{kept:=<4}")
    };
    word.as_bytes().chunks(3).map(group).collect()
}

/// Returns the position of the first vowel that is not at the start.
fn first_vowel(word: &str) -> usize {
    word.char_indices().skip(1).find(|(_, c)| is_vowel(*c)).map_or(1, |(at, _)| at)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}
