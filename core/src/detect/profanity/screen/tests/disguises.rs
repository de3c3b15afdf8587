//! [`Disguises`]: texts with listed words in every disguise that the exact pass sees through, made from the tables that it reads.

use super::super::super::commonest;
use super::super::super::cores::core_words;
use super::super::super::engine::{rated_words, readings};
use super::super::super::english::{ENDINGS, EXACT, GLUE};
use super::super::super::lookalikes::heard;
use super::super::super::stream::Symbol;
use super::Dice;
use crate::text::View;
use crate::text::confusables::DRAWINGS;

/// Listed words, and what each letter may be written as.
pub(super) struct Disguises {
    words: Vec<String>,
    harmless: Vec<&'static str>,
    /// For each letter, what is read as it.
    alike: Vec<Vec<String>>,
}

/// What may stand between letters or words.
const BETWEEN: &[&str] = &[
    "", "", " ", "  ", "\n", ".", "-", "_", "*", "/", "|", "~", "'", "\"", ",", "!", "?", "+", "#", "$", "%",
    "^", "&", "=", ":", ";", "(", ")", "[", "]", "<", ">", "\\", "`", "@", "0", "1", "x", "\u{200b}",
    "\u{ad}", "\u{301}", "\u{336}", "·", "…", "🔥", "€", "中", "я",
];

/// What may surround text.
const FRAMES: &[(&str, &str)] = &[
    ("", ""),
    ("(", ")"),
    ("`", "`"),
    ("```\n", "\n```"),
    ("https://a.io/", ""),
    ("www.", ".com"),
    ("x", "@b.org"),
    ("<@", ">"),
    ("#", ""),
    ("@", ""),
    ("**", "**"),
    ("", "!"),
    ("", "!!"),
    ("\"", "\"?"),
    ("\u{202e}", "\u{202c}"),
    ("a ", " b c"),
    ("1 ", " 2"),
    ("", "1"),
    ("9", ""),
];

type Change = fn(&str, &mut Dice) -> String;

/// What people do to a word.
const CHANGES: &[Change] =
    &[repeated, separated, separated, marked_up, hidden, glued, slipped, capitalized, torn, encoded, crossed];

impl Disguises {
    pub(super) fn new() -> Self {
        let own = core_words().chain(EXACT.iter().map(|(word, _)| *word)).map(str::to_owned);
        let words = rated_words().into_iter().chain(own).collect();
        let mut alike = vec![Vec::new(); 26];
        let mut add = |letter: u8, written: String| {
            if letter.is_ascii_lowercase() {
                alike[usize::from(letter - b'a')].push(written);
            }
        };
        for code in b'!'..=b'~' {
            let c = char::from(code).to_string();
            for letter in readings(code) {
                add(*letter, c.clone());
            }
            let set = heard(Symbol::of_ascii(code, 0));
            (b'a'..=b'z')
                .filter(|letter| set >> (letter - b'a') & 1 != 0)
                .for_each(|letter| add(letter, c.clone()));
        }
        for (signs, letters, _) in DRAWINGS {
            letters.bytes().for_each(|letter| add(letter, (*signs).to_owned()));
        }
        for c in ('\u{80}'..='\u{2fff}')
            .chain('\u{a720}'..='\u{abff}')
            .chain('\u{ff00}'..='\u{ffef}')
            .chain('\u{1d400}'..='\u{1f1ff}')
        {
            let view = View::new(c);
            view.glyphs().each(|glyph| {
                if let Ok(letter @ b'A'..=b'z') = u8::try_from(glyph.c) {
                    add(letter.to_ascii_lowercase(), c.to_string());
                }
                glyph
                    .looks()
                    .filter_map(|like| u8::try_from(like).ok())
                    .for_each(|like| add(like, c.to_string()));
            });
        }
        Self { words, harmless: commonest::words().collect(), alike }
    }

    /// Returns the listed words.
    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    /// Returns a text with disguised words.
    pub(super) fn text(&self, dice: &mut Dice) -> String {
        let mut text = String::new();
        for _ in 0..=dice.below(3) {
            let piece = if dice.hits(3) {
                self.harmless[dice.below(self.harmless.len())].to_owned()
            } else {
                self.word(dice)
            };
            let (before, after) = FRAMES[dice.below(FRAMES.len())];
            let framed = if dice.hits(2) { piece } else { format!("{before}{piece}{after}") };
            let between = if dice.hits(3) { dice.pick(BETWEEN) } else { " " };
            text = format!("{text}{between}{framed}");
        }
        text
    }

    fn word(&self, dice: &mut Dice) -> String {
        let mut word = self.words[dice.below(self.words.len())].clone();
        // Phrases and core words are few, but have most disguises.
        if dice.hits(5) {
            let phrases: Vec<&String> = self.words.iter().filter(|word| word.contains(' ')).collect();
            phrases[dice.below(phrases.len())].clone_into(&mut word);
        } else if dice.hits(2) {
            let core: Vec<&str> = core_words().collect();
            dice.pick(&core).clone_into(&mut word);
        }
        for _ in 0..dice.below(4) {
            word = if dice.hits(6) {
                self.replaced(&word, dice)
            } else {
                CHANGES[dice.below(CHANGES.len())](&word, dice)
            };
        }
        word
    }

    /// Writes some letters as something that looks or sounds like them.
    fn replaced(&self, word: &str, dice: &mut Dice) -> String {
        let often = 1 + dice.below(4);
        each(word, |c| {
            let alike = u32::from(c).checked_sub(u32::from('a')).and_then(|at| self.alike.get(at as usize));
            match alike.filter(|alike| !alike.is_empty() && dice.hits(often)) {
                Some(alike) => alike[dice.below(alike.len())].clone(),
                None => c.to_string(),
            }
        })
    }
}

fn repeated(word: &str, dice: &mut Dice) -> String {
    let often = 1 + dice.below(3);
    each(word, |c| c.to_string().repeat(if dice.hits(often) { 1 + dice.below(4) } else { 1 }))
}

/// Puts something between all or some letters.
fn separated(word: &str, dice: &mut Dice) -> String {
    let (one, often) = (dice.pick(BETWEEN), dice.below(3) + 1);
    let various = dice.hits(4);
    let between = |c: char| {
        let sign = if various { dice.pick(BETWEEN) } else { one };
        if dice.hits(often) { format!("{c}{sign}") } else { c.to_string() }
    };
    each(word, between)
}

/// Puts markup around or between some letters.
fn marked_up(word: &str, dice: &mut Dice) -> String {
    let often = 1 + dice.below(4);
    each(word, |c| match dice.below(3) {
        _ if !dice.hits(often) => c.to_string(),
        0 => format!("`{c}`"),
        1 => format!("[{c}](x)"),
        _ => format!("{c}{}", dice.pick(&["`", "**", "_", "||", ":smile:", ":+1:", "[", "](https://a.b/c)"])),
    })
}

/// Hides some letters behind a sign.
fn hidden(word: &str, dice: &mut Dice) -> String {
    let sign = dice.pick(&[
        "*", "#", "_", "-", "x", ".", "$", "@", "!", "%", "&", "+", "=", "'", "?", "^", "~", "█", "💩", "\\*",
    ]);
    let grawlix = dice.hits(4);
    let often = 1 + dice.below(3);
    let mut at = 0;
    let len = word.chars().count();
    each(word, |c| {
        at += 1;
        let inner = at > 1 && (at < len || dice.hits(4));
        match () {
            () if grawlix && inner => dice.pick(&["*", "#", "@", "%", "$", "&", "!", "?", "^"]).to_owned(),
            () if inner && dice.hits(often) => sign.to_owned(),
            () => c.to_string(),
        }
    })
}

/// Adds an ending or common words.
fn glued(word: &str, dice: &mut Dice) -> String {
    let glue = |dice: &mut Dice| if dice.hits(2) { dice.pick(GLUE) } else { "" };
    format!("{}{word}{}{}", glue(dice), dice.pick(ENDINGS), glue(dice))
}

/// Swaps or omits letters, or turns the word around.
fn slipped(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 {
        return word.to_owned();
    }
    let at = dice.below(letters.len() - 1);
    let vowel = |c: &char| "aeiou".contains(*c);
    match dice.below(6) {
        0 => letters.swap(at, at + 1),
        1 => _ = letters.remove(at),
        2 => letters.reverse(),
        3 => {
            let mut first = true;
            letters.retain(|c| std::mem::take(&mut first) || !vowel(c));
        }
        4 => {
            let first = letters.iter().position(vowel).unwrap_or(1).max(1);
            letters.rotate_left(first % word.chars().count());
            letters.extend("ay".chars());
        }
        _ => {
            return each(word, |c| match c {
                'a'..='m' => char::from_u32(u32::from(c) + 13).unwrap_or(c).to_string(),
                'n'..='z' => char::from_u32(u32::from(c) - 13).unwrap_or(c).to_string(),
                c => c.to_string(),
            });
        }
    }
    letters.into_iter().collect()
}

fn capitalized(word: &str, dice: &mut Dice) -> String {
    let often = 1 + dice.below(4);
    each(word, |c| if dice.hits(often) { c.to_uppercase().to_string() } else { c.to_string() })
}

/// Splits the word in two or three.
fn torn(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    for _ in 0..=dice.below(2) {
        let at = dice.below(letters.len() + 1);
        let between = if dice.hits(2) { " " } else { dice.pick(BETWEEN) };
        letters.splice(at..at, between.chars());
    }
    letters.into_iter().collect()
}

/// Writes the word in hexadecimal or base64.
fn encoded(word: &str, dice: &mut Dice) -> String {
    const SIXTHS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if dice.hits(2) {
        const SIXTEENTHS: &[u8; 16] = b"0123456789abcdef";
        let digit = |four: u8| char::from(SIXTEENTHS[usize::from(four)]);
        return word.bytes().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    }
    let encode = |three: &[u8]| {
        let bits = three.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte))
            << (8 * (3 - three.len()));
        (0..=three.len()).map(|at| char::from(SIXTHS[bits >> (18 - 6 * at) & 63])).collect::<String>()
    };
    word.as_bytes().chunks(3).map(encode).collect()
}

/// Adds marks to letters.
fn crossed(word: &str, dice: &mut Dice) -> String {
    let often = 1 + dice.below(3);
    each(word, |c| {
        if dice.hits(often) {
            format!("{c}{}", dice.pick(&["\u{301}", "\u{336}", "\u{35c}", "\u{200d}"]))
        } else {
            c.to_string()
        }
    })
}

fn each(word: &str, change: impl FnMut(char) -> String) -> String {
    word.chars().map(change).collect()
}
