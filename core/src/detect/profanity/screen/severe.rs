//! [`Severe`]: severe phrases in the disguises of words: `k1ll yourself`, `kill-yourself`, `k i l l yourself`.

use std::mem;

use super::super::engine::Type;
use super::shapes::{ASCII, DIGIT, FOREIGN, LEET, class};
use super::walk::{State, may_begin_with, meant, with_strokes_as_l};

/// For each letter, the letters that follow it at the beginning of severe words and phrases, one bit for each.
const PAIRS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/severe-pairs"));

/// The branches of letters.
const LETTERS: u32 = (1 << 26) - 1;

/// The least number of letters of what is found.
const SHORTEST: usize = 8;

/// More phrases in progress than these are not followed.
const MOST: usize = 64;

/// The severe words and phrases in progress that began where a piece of the text did.
pub(super) struct Severe {
    threshold: Type,
    live: Vec<State>,
    next: Vec<State>,
    /// The branches of the last symbol.
    before: u32,
}

impl Severe {
    pub(super) fn new(threshold: Type) -> Self {
        Self { threshold: threshold & Type::SEVERE, live: Vec::new(), next: Vec::new(), before: 0 }
    }

    /// Returns whether any is in progress.
    #[inline]
    pub(super) fn has_begun(&self) -> bool {
        !self.live.is_empty()
    }

    /// Ends what is in progress.
    pub(super) fn stop(&mut self) {
        self.live.clear();
    }

    /// Reads a token. Returns whether a severe phrase, or a long severe word, may end in it.
    pub(super) fn read(&mut self, token: &[u8]) -> bool {
        let is_read = |byte: &u8| class(*byte) & (ASCII | DIGIT | LEET | FOREIGN) != 0;
        let pieces = token.split(|byte| !is_read(byte)).filter(|piece| !piece.is_empty());
        pieces.into_iter().any(|piece| self.read_piece(piece))
    }

    /// Reads letters, and digits and signs that resemble letters.
    fn read_piece(&mut self, piece: &[u8]) -> bool {
        if !self.has_begun() && !may_begin(piece) && !piece.iter().any(|byte| class(*byte) == LEET) {
            return false;
        }
        self.live.iter_mut().for_each(|state| state.is_phrase = true);
        let is_sign = |at: usize| piece.get(at).is_some_and(|byte| class(*byte) == LEET);
        for (at, byte) in piece.iter().enumerate() {
            // Signs before and after the letters may be none.
            if (at == 0 || is_sign(at - 1)) && may_begin(&piece[at..]) {
                self.live.push(State::START);
            }
            if self.live.is_empty() {
                continue;
            }
            let (sound, as_l) = (meant(*byte), with_strokes_as_l(*byte));
            self.next.clear();
            for state in &self.live {
                state.advance(sound, self.before, is_sign(at), &mut self.next);
                if let Some(as_l) = as_l {
                    state.follow(as_l, &mut self.next);
                }
            }
            self.next.retain(State::leads_to_severe);
            mem::swap(&mut self.live, &mut self.next);
            self.before = sound.branches | as_l.map_or(0, |sound| sound.branches);
            let may_end = at + 1 == piece.len() || is_sign(at + 1);
            let ends = |state: &State| {
                (state.is_phrase || piece.len() >= SHORTEST) && state.is_rated(self.threshold)
            };
            if may_end && self.live.iter().any(ends) || self.live.len() > MOST {
                return true;
            }
        }
        self.next.clear();
        self.next.extend(self.live.iter().filter_map(|state| state.child(b' ')));
        // The engine also finds words that contain no space where the text has one.
        self.live.append(&mut self.next);
        false
    }
}

/// Returns whether a severe word or phrase may begin with `piece`.
fn may_begin(piece: &[u8]) -> bool {
    let follow = |first: u8| {
        let (mut branches, mut follow) = (meant(first).branches & LETTERS, 0);
        while branches != 0 {
            follow |= u32::from_le_bytes(PAIRS.as_chunks().0[branches.trailing_zeros() as usize]);
            branches &= branches - 1;
        }
        follow
    };
    let are_letters = |bytes: &[u8]| bytes.iter().all(|byte| class(*byte) == ASCII);
    match *piece {
        [first] => follow(first) != 0,
        [a, b, c, d, ..] if are_letters(&[a, b, c, d]) && !may_begin_with([a, b, c, d]) => false,
        [first, second, ..] if are_letters(&[first, second]) => {
            meant(second).branches & (meant(first).branches | follow(first)) != 0
        }
        _ => true,
    }
}
