//! The known ways to disguise words.

use std::rc::Rc;

use crate::alphabets::{BLOCKS, COLLECTED, dressed, shifted};
use crate::shapes::{FRAMES, SHAPES, inner, instead, joined, marked, parted, vowels};

/// A way to disguise a word.
#[derive(Clone)]
pub(crate) struct Disguise {
    /// Its name.
    pub name: String,
    /// Disguises a word.
    pub put: Rc<dyn Fn(&str) -> String>,
}

impl Disguise {
    fn new(name: impl Into<String>, put: impl Fn(&str) -> String + 'static) -> Self {
        Self { name: name.into(), put: Rc::new(put) }
    }
}

/// Returns all disguises, in a stable order.
pub(crate) fn disguises() -> Vec<Disguise> {
    let mut all: Vec<Disguise> = Vec::new();
    all.extend(FRAMES.iter().map(|(name, frame)| Disguise::new(*name, |word| frame.replace('X', word))));
    all.extend(SHAPES.iter().map(|(name, put)| Disguise::new(*name, put)));
    for sign in BETWEEN {
        all.push(Disguise::new(format!("each {sign:?}"), |word| joined(word, sign)));
    }
    for sign in INSIDE {
        all.push(Disguise::new(format!("middle {sign:?}"), |word| {
            parted(word, word.chars().count() / 2, sign)
        }));
        all.push(Disguise::new(format!("after first {sign:?}"), |word| parted(word, 1, sign)));
        all.push(Disguise::new(format!("before last {sign:?}"), |word| {
            parted(word, word.chars().count() - 1, sign)
        }));
    }
    for mark in MARKS {
        all.push(Disguise::new(format!("marks {mark:?}"), |word| marked(word, mark)));
    }
    for sign in INSTEAD {
        all.push(Disguise::new(format!("vowels as {sign}"), |word| vowels(word, sign)));
        all.push(Disguise::new(format!("first vowel as {sign}"), |word| instead(word, None, sign)));
        all.push(Disguise::new(format!("second as {sign}"), |word| instead(word, Some(1), sign)));
        all.push(Disguise::new(format!("inner as {sign}"), |word| inner(word, sign)));
    }
    for (name, first) in BLOCKS {
        all.push(Disguise::new(*name, |word| shifted(*first, word)));
        all.push(Disguise::new(format!("{name}, spaced"), |word| joined(&shifted(*first, word), " ")));
    }
    all.extend(COLLECTED.iter().map(|(name, alphabet)| Disguise::new(*name, |word| dressed(alphabet, word))));
    let mixed = mixed(&all);
    all.extend(mixed);
    all
}

/// Combinations of two disguises.
fn mixed(simple: &[Disguise]) -> Vec<Disguise> {
    let find = |name: &str| simple.iter().find(|one| one.name == name).expect("a disguise of that name");
    let both = |(inside, outside): (&str, &str)| {
        let (first, second) = (find(inside).put.clone(), find(outside).put.clone());
        Disguise::new(format!("{inside} + {outside}"), move |word| second(&first(word)))
    };
    INNER.iter().flat_map(|inside| OUTER.iter().map(|outside| both((inside, outside)))).collect()
}

const INNER: &[&str] =
    &["leet light", "leet signs light", "cyrillic", "bold", "upper", "repeat last", "alternating", "acute"];

const OUTER: &[&str] = &[
    "each \" \"",
    "each \".\"",
    "each \"-\"",
    "each \"\\u{200b}\"",
    "middle \".\"",
    "marks \"\\u{336}\"",
    "glued after",
    "hashtag",
    "bold around",
    "second as *",
];

/// Signs between letters, or between pairs of letters.
const BETWEEN: &[&str] = &[
    " ",
    "  ",
    ".",
    "-",
    "_",
    "*",
    "/",
    "\\",
    "|",
    "~",
    ",",
    "+",
    ":",
    ";",
    "'",
    "\"",
    "=",
    "^",
    "#",
    "!",
    "•",
    "·",
    "…",
    "–",
    "—",
    "🔥",
    "💩",
    "❤️",
    "👨‍👩‍👧",
    "\u{a0}",
    "\n",
    "\r\n",
    "\t",
    "\u{3000}",
    "\u{2009}",
    "--",
    "..",
    "**",
    "...",
    " - ",
    " . ",
    ". ",
    ", ",
    " * ",
    "\\n",
    "&nbsp;",
    "&shy;",
    "&zwnj;",
    "&#8203;",
    "<br>",
    "<!-- -->",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{2060}",
    "\u{feff}",
    "\u{ad}",
    "\u{34f}",
    "\u{180e}",
    "\u{2061}",
    "\u{2063}",
    "\u{115f}",
    "\u{3164}",
    "\u{ffa0}",
    "\u{2800}",
    "\u{fe0f}",
    "\u{e0101}",
    "\u{e0061}",
    "\u{200e}",
    "\u{2028}",
    "\u{61c}",
    "\u{202d}",
    "\u{fff9}",
    "\u{1d173}",
    "\u{17b4}",
    "\u{e000}",
    "\u{0}",
    "\u{8}",
    "。",
    "、",
    "・",
    "ـ",
    "\u{fffd}",
    "✨",
    "→",
    "★",
    "█",
    "¸",
    "`",
    "´",
    "°",
];

/// Signs somewhere inside a word.
const INSIDE: &[&str] = &[
    " ", ".", "-", "_", "*", "/", "\\", "|", "~", ",", "'", "!", "?", ":", "\n", "..", "🔥", "\u{200b}",
    "\u{ad}", "<b>", "</b>", "<wbr>", "<br/>", "<!---->", "&nbsp;", "&shy;", "&#8203;", "`", "**", "~~",
    "||", "…", "·", "=", "^", "%", "\"",
];

/// Marks on each letter.
const MARKS: &[&str] = &[
    "\u{336}",
    "\u{335}",
    "\u{337}",
    "\u{338}",
    "\u{332}",
    "\u{305}",
    "\u{20dd}",
    "\u{20de}",
    "\u{20e0}",
    "\u{301}",
    "\u{308}",
    "\u{303}\u{331}\u{489}",
    "\u{fe0e}",
    "\u{30d}\u{316}\u{32f}",
    "\u{e31}",
    "\u{64b}",
    "\u{5b0}",
    "\u{93c}",
    "\u{20e3}",
    "\u{fe0f}\u{20e3}",
];

/// Replacements of a letter.
const INSTEAD: &[&str] = &[
    "*", "#", "_", "-", ".", "x", "@", "%", "?", "$", "~", "█", "▇", "●", "•", "◼", "⬛", "🔥", "💩", "+",
    "^", "&", "!", "\\*", "∗", "＊", "⁎", "✱", "×", "\u{fffd}", "░", "■", "…", "'",
];
