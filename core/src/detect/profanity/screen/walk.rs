//! [`Walker`]: follows all readings of a few symbols through the engine's table, whatever separates or repeats letters.
//!
//! It accepts more than the engine: it knows neither innocent words nor confidence. Every text that the engine rates, it rates too.

#[path = "../../../../build/grams.rs"]
mod grams;

use self::grams::{CLASSES, Gram};
use super::super::engine::{Node, OTHER, READINGS, Type, branch, readings};
use super::super::reading::{leet_letter, letter};
use super::shapes::{ASCII, DIGIT, FOREIGN, LEET, class};

/// The class of each letter.
const LETTER_CLASSES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/classes"));
/// The sequences of four classes that begin rated words, or begin with them.
const BEGINS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/begins"));
/// The sequences of three classes that begin with a rated word.
const SHORT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/short"));
/// The sequences of two classes that begin with a rated word, and the classes that are one.
const SHORTER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/shorter"));
const SHORTEST: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/shortest"));
/// The sequences of three classes that begin severe words and phrases.
const BEGINS_SEVERE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/begins-severe"));

/// The letters, as readings of themselves.
const ALPHABET: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";

/// Searches for rated words of a threshold.
pub(super) struct Walker {
    threshold: Type,
}

/// The codes that the engine may read a symbol as.
#[derive(Clone, Copy)]
pub(super) struct Sound {
    codes: [u8; READINGS],
    len: u8,
    /// The branches of all of them.
    pub branches: u32,
}

impl Sound {
    const fn of(read: &[u8]) -> Self {
        let (mut codes, mut branches, mut len) = ([0; READINGS], 0, 0);
        while (len as usize) < read.len() {
            let code = read[len as usize];
            codes[len as usize] = code;
            branches |= branch(code);
            len += 1;
        }
        Self { codes, len, branches }
    }

    #[inline]
    fn codes(&self) -> &[u8] {
        &self.codes[..usize::from(self.len)]
    }
}

/// A word in progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    node: Node,
    /// The branch that leads to the node; none before the first letter.
    branch: u32,
    /// Whether it began in an earlier word of the text.
    pub is_phrase: bool,
    /// Whether one of its words is long.
    pub is_long: bool,
    /// Whether it has a space where the text has one.
    pub has_space: bool,
}

impl State {
    /// The state before the first letter.
    pub(super) const START: Self =
        Self { node: Node::ROOT, branch: 0, is_phrase: false, is_long: false, has_space: false };

    /// Adds the states after a symbol that sounds like `sound` to `next`: those at nodes for which `leads` holds. `before` are the branches of
    /// the symbol before it.
    #[inline]
    pub(super) fn advance(
        self,
        sound: &Sound,
        before: u32,
        skipped: bool,
        leads: impl Fn(Node) -> bool + Copy,
        next: &mut Vec<Self>,
    ) {
        self.follow(sound, leads, |state| next.push(state));
        let repeats = sound.branches & (self.branch | before) != 0;
        if self.branch != 0 && (skipped || repeats) {
            next.push(self);
        }
    }

    /// Calls `each` with the states after a letter that sounds like `sound`: those at nodes for which `leads` holds.
    #[expect(
        clippy::inline_always,
        reason = "not inlined, it takes 1 % more instructions for a line of chat"
    )]
    #[inline(always)]
    pub(super) fn follow(
        self,
        sound: &Sound,
        leads: impl Fn(Node) -> bool + Copy,
        mut each: impl FnMut(Self),
    ) {
        self.node.each_child(sound.branches & !OTHER, |node, branch| {
            if leads(node) {
                each(Self { node, branch, ..self });
            }
        });
        if self.node.leads_on(sound.branches & OTHER) {
            let others = sound.codes().iter().filter(|code| branch(**code) == OTHER);
            others.filter_map(|code| self.child(*code, leads)).for_each(each);
        }
    }

    /// Returns the state after `code`, if `leads` holds for its node.
    #[inline]
    fn child(self, code: u8, leads: impl Fn(Node) -> bool + Copy) -> Option<Self> {
        let node = self.node.child(code).filter(|node| leads(*node))?;
        Some(Self { node, branch: branch(code), ..self })
    }

    /// Returns the state after a space, if `leads` holds for its node.
    #[inline]
    pub(super) fn with_space(self, leads: impl Fn(Node) -> bool + Copy) -> Option<Self> {
        self.child(b' ', leads).map(|state| Self { has_space: true, ..state })
    }

    /// Returns the branches by which the word goes on, or repeats its last letter.
    #[inline]
    pub(super) const fn expected(&self) -> u32 {
        self.node.branches() | self.branch
    }

    /// Returns whether a word of `threshold` ends here.
    #[inline]
    pub(super) fn is_rated(self, threshold: Type) -> bool {
        self.node.ends_a_word() && self.node.rating().is_some_and(|rating| rating.is(threshold))
    }
}

impl Walker {
    /// Creates a walker for words in `threshold`, and for swearing, which counts in other words whatever the threshold.
    pub(super) fn new(threshold: Type) -> Self {
        let threshold = threshold | Type::INAPPROPRIATE & Type::MODERATE_OR_HIGHER;
        Self { threshold }
    }

    /// Returns whether the lower-case letters of `word` may spell a rated word that begins at one of `places`, one bit for each.
    pub(super) fn spells_in_letters(&self, word: &[u8], mut places: u64) -> bool {
        while places != 0 {
            if self.spells_from(word, places.trailing_zeros() as usize, 0) {
                return true;
            }
            places &= places - 1;
        }
        false
    }

    /// Returns whether `bytes` may spell a rated word anywhere. Spaces and signs may be absent.
    pub(super) fn spells(&self, bytes: &[u8]) -> bool {
        (0..bytes.len()).any(|start| self.spells_from(bytes, start, 0))
    }

    /// Returns whether `token` may spell a rated word that is not within one run of letters.
    pub(super) fn spells_with_signs(&self, token: &[u8]) -> bool {
        let is_letter = |at: usize| class(token[at]) == ASCII;
        let begins = |letters: &[u8]| match *letters {
            [a, b, c, d, ..] => holds(BEGINS, gram(&[a | 0x20, b | 0x20, c | 0x20, d | 0x20])),
            _ => true,
        };
        let mut run = 0;
        (0..token.len()).any(|start| {
            if run <= start {
                run = (start..token.len()).find(|at| !is_letter(*at)).unwrap_or(token.len());
            }
            run < token.len() && begins(&token[start..run]) && self.spells_from(token, start, run)
        })
    }

    /// Returns whether a rated word may begin with the symbol at `start` of `bytes` and end at or after `least`.
    fn spells_from(&self, bytes: &[u8], start: usize, least: usize) -> bool {
        self.leads_on(State::START, bytes, start, 0, least)
    }

    /// Returns whether `state`, which is that before the symbol at `at` of `bytes`, leads to a rated word that ends at or after `least`.
    /// `before` are the branches of the last symbol.
    fn leads_on(&self, state: State, bytes: &[u8], at: usize, mut before: u32, least: usize) -> bool {
        let has_begun = state.branch != 0;
        for (at, byte) in bytes.iter().enumerate().skip(at) {
            let sound = meant(*byte);
            let skipped = class(*byte) & (ASCII | DIGIT | FOREIGN) == 0;
            if has_begun && skipped && sound.branches == 0 {
                continue;
            }
            let ends = |state: State| at >= least && state.is_rated(self.threshold);
            let mut is_found = false;
            state.follow(sound, Node::leads_to_rated, |next| {
                is_found =
                    is_found || ends(next) || self.leads_on(next, bytes, at + 1, sound.branches, least);
            });
            let repeats = sound.branches & (state.branch | before) != 0;
            if is_found || !has_begun || !skipped && !repeats {
                return is_found;
            }
            if ends(state) {
                return true;
            }
            before = sound.branches;
        }
        false
    }
}

/// Returns whether a severe word or phrase may begin with the first three of the letters `word`, and a rated one with the first four.
#[inline]
pub(super) fn may_begin_severely(word: &[u8]) -> bool {
    match *word {
        [a, b, c, ref rest @ ..] => {
            let (a, b, c) = (a | 0x20, b | 0x20, c | 0x20);
            let begins = holds(BEGINS_SEVERE, gram(&[a, b, c]));
            begins && rest.first().is_none_or(|d| holds(BEGINS, gram(&[a, b, c, *d | 0x20])))
        }
        _ => true,
    }
}

/// Returns whether a rated word may begin with the lower-case letters of `word`. If they are fewer than four, one must end in them.
#[inline]
pub(super) fn may_begin(word: &[u8]) -> bool {
    match word {
        [a, b, c, d, ..] => holds(BEGINS, gram(&[*a, *b, *c, *d])),
        _ => beginnings(word) & 1 != 0,
    }
}

/// Returns the places in the lower-case letters `word`, of which there are at most 64, where a rated word may begin, one bit for each.
#[inline]
pub(super) fn beginnings(word: &[u8]) -> u64 {
    let (mut places, mut last, mut two, mut before) = (0, 0, 0, [0; 2]);
    for (at, letter) in word.iter().enumerate() {
        let class = letter_class(*letter);
        // The last two letters, and the two before them.
        two = last * CLASSES + class;
        if at >= 3 && holds(BEGINS, before[0] * CLASSES * CLASSES + two) {
            places |= 1 << (at - 3);
        }
        before = [before[1], two];
        last = class;
    }
    let ends = |set: &[u8], len: usize, index: usize| match word.len().checked_sub(len) {
        Some(at) if holds(set, index) => 1 << at,
        _ => 0,
    };
    places | ends(SHORT, 3, before[0] * CLASSES + last) | ends(SHORTER, 2, two) | ends(SHORTEST, 1, last)
}

/// Returns the index of the classes of the lower-case `letters`.
#[inline]
fn gram(letters: &[u8]) -> usize {
    let add = |gram: Gram, letter: &u8| gram.with(LETTER_CLASSES[usize::from(*letter - b'a')]);
    letters.iter().fold(Gram::NEW, add).index()
}

#[inline]
fn letter_class(letter: u8) -> usize {
    usize::from(LETTER_CLASSES[usize::from(letter - b'a')])
}

/// Returns whether `set` contains `index`.
#[inline]
fn holds(set: &[u8], index: usize) -> bool {
    set[index / 8] >> (index % 8) & 1 != 0
}

/// Returns how `byte` sounds to the engine after the verifier has read it as a letter.
#[inline]
pub(super) fn meant(byte: u8) -> &'static Sound {
    &MEANT[usize::from(byte)]
}

static MEANT: [Sound; 256] = {
    let mut sounds = [Sound::of(&[]); 256];
    let mut byte = 0;
    while byte < 128 {
        sounds[byte as usize] = sound_of(byte);
        byte += 1;
    }
    sounds
};

/// Returns how `byte` sounds if it is a stroke that the verifier also reads as *l*.
pub(super) fn with_strokes_as_l(byte: u8) -> Option<&'static Sound> {
    let is_stroke = || letter(char::from(byte), true) != letter(char::from(byte), false);
    (class(byte) & (DIGIT | LEET) != 0 && is_stroke()).then(|| meant(b'l'))
}

const fn sound_of(byte: u8) -> Sound {
    let letter = match class(byte) {
        ASCII => byte.to_ascii_lowercase(),
        DIGIT | LEET => leet_letter(byte),
        _ => 0,
    };
    Sound::of(if letter == 0 { &[] } else { read_as(letter) })
}

/// Returns the codes that the engine reads the lower-case `letter`, or a star, as.
const fn read_as(letter: u8) -> &'static [u8] {
    match readings(letter) {
        [] if letter.is_ascii_lowercase() => {
            let (_, letters) = ALPHABET.split_at((letter - b'a') as usize);
            letters.split_at(1).0
        }
        readings => readings,
    }
}

/// Returns how `byte`, a letter or digit, sounds in a phrase. The engine reads a digit as a letter, or skips it.
#[inline]
pub(super) fn plain(byte: u8) -> &'static Sound {
    match byte.checked_sub(b'0').and_then(|digit| DIGITS.get(usize::from(digit))) {
        Some(digit) => digit,
        None => meant(byte),
    }
}

static DIGITS: [Sound; 10] = {
    let mut sounds = [Sound::of(&[]); 10];
    let mut digit = 0;
    while digit < 10 {
        sounds[digit as usize] = Sound::of(readings(b'0' + digit));
        digit += 1;
    }
    sounds
};
