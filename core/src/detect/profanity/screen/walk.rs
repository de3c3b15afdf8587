//! [`Walker`]: follows all readings of a few symbols through the engine's table, whatever separates or repeats letters.
//!
//! It accepts more than the engine: it knows neither innocent words nor confidence. Every text that the engine rates, it rates too.

#[path = "../../../../build/grams.rs"]
mod grams;

use std::mem;
use std::sync::LazyLock;

use self::grams::Gram;
use super::super::engine::{Node, Type, branch, readings};
use super::super::reading::letter;
use super::shapes::{ASCII, DIGIT, FOREIGN, LEET, class};

/// The class of each letter.
const LETTER_CLASSES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/classes"));
/// The sequences of four classes that begin rated words, or begin with them.
const BEGINS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/begins"));
/// The sequences of three classes that begin with a rated word.
const SHORT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/short"));

/// The letters, as readings of themselves.
const ALPHABET: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";

/// Searches for rated words of a threshold.
pub(super) struct Walker {
    threshold: Type,
    live: Vec<State>,
    next: Vec<State>,
}

/// The codes that the engine may read a symbol as.
#[derive(Clone, Copy)]
pub(super) struct Sound {
    pub codes: &'static [u8],
    /// The branches of all of them.
    pub branches: u32,
}

impl Sound {
    const NONE: Self = Self { codes: &[], branches: 0 };

    pub(super) fn of(codes: &'static [u8]) -> Self {
        Self { codes, branches: codes.iter().fold(0, |all, code| all | branch(*code)) }
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
}

impl State {
    /// The state before the first letter.
    pub(super) const START: Self = Self { node: Node::ROOT, branch: 0, is_phrase: false, is_long: false };

    /// Adds the states after a symbol that sounds like `sound` to `next`. `before` are the branches of the symbol before it.
    #[inline]
    pub(super) fn advance(self, sound: Sound, before: u32, skipped: bool, next: &mut Vec<Self>) {
        self.follow(sound, next);
        let repeats = sound.branches & (self.branch | before) != 0;
        if self.branch != 0 && (skipped || repeats) {
            next.push(self);
        }
    }

    /// Adds the states after a letter that sounds like `sound` to `next`.
    #[inline]
    pub(super) fn follow(self, sound: Sound, next: &mut Vec<Self>) {
        if self.node.leads_on(sound.branches) {
            for code in sound.codes {
                if let Some(child) = self.child(*code) {
                    next.push(child);
                }
            }
        }
    }

    /// Returns the state after `code`, if a rated word continues with it.
    #[inline]
    pub(super) fn child(self, code: u8) -> Option<Self> {
        let node = self.node.child(code).filter(|node| node.leads_to_rated())?;
        Some(Self { node, branch: branch(code), ..self })
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
        Self { threshold, live: Vec::new(), next: Vec::new() }
    }

    /// Returns whether the lower-case letters of `word` may spell a rated word anywhere.
    pub(super) fn spells_in_letters(&mut self, word: &[u8]) -> bool {
        (0..word.len()).any(|start| may_begin(&word[start..]) && self.spells_from(word, start, 0))
    }

    /// Returns whether `bytes` may spell a rated word anywhere. Spaces and signs may be absent.
    pub(super) fn spells(&mut self, bytes: &[u8]) -> bool {
        (0..bytes.len()).any(|start| self.spells_from(bytes, start, 0))
    }

    /// Returns whether `token` may spell a rated word that is not within one run of letters.
    pub(super) fn spells_with_signs(&mut self, token: &[u8]) -> bool {
        let is_letter = |at: usize| class(token[at]) == ASCII;
        let mut run = 0;
        (0..token.len()).any(|start| {
            if run <= start {
                run = (start..token.len()).find(|at| !is_letter(*at)).unwrap_or(token.len());
            }
            run < token.len() && self.spells_from(token, start, run)
        })
    }

    /// Returns whether a rated word may begin with the symbol at `start` of `bytes` and end at or after `least`.
    fn spells_from(&mut self, bytes: &[u8], start: usize, least: usize) -> bool {
        let first = meant(bytes[start]);
        self.live.clear();
        State::START.advance(first, 0, false, &mut self.live);
        let mut before = first.branches;
        if start >= least && self.live.iter().any(|state| state.is_rated(self.threshold)) {
            return true;
        }
        for (at, byte) in bytes.iter().enumerate().skip(start + 1) {
            if self.live.is_empty() {
                return false;
            }
            let sound = meant(*byte);
            let skipped = class(*byte) & (ASCII | DIGIT | FOREIGN) == 0;
            if skipped && sound.branches == 0 {
                continue;
            }
            self.next.clear();
            for state in &self.live {
                state.advance(sound, before, skipped, &mut self.next);
            }
            if at >= least && self.next.iter().any(|state| state.is_rated(self.threshold)) {
                return true;
            }
            mem::swap(&mut self.live, &mut self.next);
            before = sound.branches;
        }
        false
    }
}

/// Returns whether a rated word may begin with the lower-case letters of `word`. If they are three, one must end in them.
#[inline]
pub(super) fn may_begin(word: &[u8]) -> bool {
    let holds = |set: &[u8], gram: Gram| set[gram.index() / 8] >> (gram.index() % 8) & 1 != 0;
    let add = |gram: Gram, letter: &u8| gram.with(LETTER_CLASSES[usize::from(letter - b'a')]);
    match word {
        [a, b, c, d, ..] => holds(BEGINS, [a, b, c, d].into_iter().fold(Gram::NEW, add)),
        [_, _, _] => holds(SHORT, word.iter().fold(Gram::NEW, add)),
        _ => true,
    }
}

/// Returns how `byte` sounds to the engine after the verifier has read it as a letter.
#[inline]
pub(super) fn meant(byte: u8) -> Sound {
    static SOUNDS: LazyLock<Vec<Sound>> = LazyLock::new(|| (0..128).map(sound_of).collect());
    SOUNDS.get(usize::from(byte)).copied().unwrap_or(Sound::NONE)
}

/// Returns how `byte` sounds if it is a stroke that the verifier also reads as *l*.
pub(super) fn with_strokes_as_l(byte: u8) -> Option<Sound> {
    let is_stroke = letter(char::from(byte), true) != letter(char::from(byte), false);
    is_stroke.then(|| Sound::of(read_as(b'l')))
}

fn sound_of(byte: u8) -> Sound {
    let codes = match class(byte) {
        ASCII => read_as(byte.to_ascii_lowercase()),
        DIGIT | LEET => {
            letter(char::from(byte), true).and_then(|c| u8::try_from(c).ok()).map_or(&[][..], read_as)
        }
        _ => &[],
    };
    Sound::of(codes)
}

/// Returns the codes that the engine reads the lower-case `letter`, or a star, as.
fn read_as(letter: u8) -> &'static [u8] {
    match readings(letter) {
        [] if letter.is_ascii_lowercase() => std::slice::from_ref(&ALPHABET[usize::from(letter - b'a')]),
        readings => readings,
    }
}

/// Returns how `byte`, a letter or digit, sounds in a phrase. The engine reads a digit as a letter, or skips it.
#[inline]
pub(super) fn plain(byte: u8) -> Sound {
    if byte.is_ascii_digit() { Sound::of(readings(byte)) } else { meant(byte) }
}
