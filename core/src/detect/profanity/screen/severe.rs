//! [`Severe`]: severe phrases in the disguises of words: `k1ll yourself`, `kill-yourself`, `k i l l yourself`.

use super::super::engine::{Node, Type};
use super::phrases::Phrases;
use super::shapes::{ASCII, DIGIT, FOREIGN, LEET, class};
use super::walk::{State, may_begin_severely, meant, with_strokes_as_l};

/// For each letter, the letters that follow it at the beginning of severe words and phrases, one bit for each.
const PAIRS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/severe-pairs"));

/// The branches of letters.
const LETTERS: u32 = (1 << 26) - 1;

/// The least number of letters of what is found.
const SHORTEST: usize = 8;

/// The severe words and phrases in progress that began where a piece of the text did.
pub(super) struct Severe {
    threshold: Type,
    phrases: Phrases,
}

impl Severe {
    pub(super) fn new(threshold: Type) -> Self {
        Self { threshold: threshold & Type::SEVERE, phrases: Phrases::default() }
    }

    /// Returns whether any in progress may go on with the letters `word`, and ends them otherwise.
    #[inline]
    pub(super) fn goes_on(&mut self, word: &[u8]) -> bool {
        self.phrases.go_on(word)
    }

    /// Ends what is in progress.
    pub(super) fn stop(&mut self) {
        self.phrases.stop();
    }

    /// Reads a token. Returns whether a severe phrase, or a long severe word, may end in it.
    pub(super) fn read(&mut self, token: &[u8]) -> bool {
        let is_read = |byte: &u8| class(*byte) & (ASCII | DIGIT | LEET | FOREIGN) != 0;
        let pieces = token.split(|byte| !is_read(byte)).filter(|piece| !piece.is_empty());
        pieces.into_iter().any(|piece| self.read_piece(piece))
    }

    /// Reads a word of letters. Returns whether a severe phrase, or a long severe word, may end with it.
    pub(super) fn read_word(&mut self, word: &[u8]) -> bool {
        let begins = may_begin_with(word);
        if self.phrases.is_empty() && !begins {
            return false;
        }
        self.phrases.next_word();
        if begins {
            self.phrases.begin();
        }
        for byte in word {
            if self.phrases.is_empty() {
                return false;
            }
            if self.phrases.read(meant(*byte), false, Node::leads_to_severe) {
                return true;
            }
        }
        self.ends(word.len()) || self.phrases.end_word(Node::leads_to_severe)
    }

    /// Reads letters, and digits and signs that resemble letters.
    fn read_piece(&mut self, piece: &[u8]) -> bool {
        if piece.iter().all(|byte| class(*byte) == ASCII) {
            return self.read_word(piece);
        }
        let has_signs = piece.iter().any(|byte| class(*byte) == LEET);
        if self.phrases.is_empty() && !has_signs && !may_begin(piece) {
            return false;
        }
        self.phrases.next_word();
        let is_sign = |at: usize| piece.get(at).is_some_and(|byte| class(*byte) == LEET);
        for (at, byte) in piece.iter().enumerate() {
            // Signs before and after the letters may be none.
            if (at == 0 || has_signs && is_sign(at - 1)) && may_begin(&piece[at..]) {
                self.phrases.begin();
            }
            if self.phrases.is_empty() {
                if has_signs {
                    continue;
                }
                break;
            }
            let too_many = match with_strokes_as_l(*byte) {
                Some(as_l) => {
                    self.phrases.read_either(meant(*byte), as_l, is_sign(at), Node::leads_to_severe)
                }
                None => self.phrases.read(meant(*byte), is_sign(at), Node::leads_to_severe),
            };
            if too_many {
                return true;
            }
            let may_end = at + 1 == piece.len() || is_sign(at + 1);
            if may_end && self.ends(piece.len()) {
                return true;
            }
        }
        self.phrases.end_word(Node::leads_to_severe)
    }

    /// Returns whether a severe phrase ends here, or a severe word in a piece of `len` symbols that is long enough.
    fn ends(&self, len: usize) -> bool {
        let ends = |state: &State| (state.is_phrase || len >= SHORTEST) && state.is_rated(self.threshold);
        self.phrases.current().iter().any(ends)
    }
}

/// Returns whether a severe word or phrase may begin with the letters `word`.
#[inline]
pub(super) fn may_begin_with(word: &[u8]) -> bool {
    if word.len() >= 3 { may_begin_severely(word) } else { may_begin_with_two(word) }
}

/// Returns whether a severe word or phrase may begin with `piece`.
fn may_begin(piece: &[u8]) -> bool {
    let letters = &piece[..piece.len().min(4)];
    if piece.len() >= 3 && letters.iter().all(|byte| class(*byte) == ASCII) {
        return may_begin_severely(piece);
    }
    may_begin_with_two(piece)
}

/// Returns whether a severe word or phrase may begin with the first two of `piece`.
fn may_begin_with_two(piece: &[u8]) -> bool {
    match *piece {
        [first] => following(branches(first)) != 0,
        // Signs may be none.
        [first, second, ..] if class(second) != LEET => {
            let first = branches(first);
            branches(second) & (first | following(first)) != 0
        }
        _ => true,
    }
}

/// Returns the branches of the letters that `byte` may be read as.
fn branches(byte: u8) -> u32 {
    (meant(byte).branches | with_strokes_as_l(byte).map_or(0, |sound| sound.branches)) & LETTERS
}

/// Returns the letters that follow those of `branches` at the beginning of severe words and phrases.
fn following(mut branches: u32) -> u32 {
    let mut follow = 0;
    while branches != 0 {
        follow |= u32::from_le_bytes(PAIRS.as_chunks().0[branches.trailing_zeros() as usize]);
        branches &= branches - 1;
    }
    follow
}
