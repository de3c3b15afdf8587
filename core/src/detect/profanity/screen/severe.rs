//! [`Severe`]: severe phrases in the disguises of words: `k1ll yourself`, `kill-yourself`, `k i l l yourself`.

use std::mem;

use super::super::engine::Type;
use super::shapes::{ASCII, DIGIT, FOREIGN, LEET, class};
use super::walk::{State, meant, with_strokes_as_l};

/// For each letter, the letters that follow it at the beginning of severe words and phrases, one bit for each.
const PAIRS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/severe-pairs"));

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
    let follow = |first: u32| {
        let letters = PAIRS.as_chunks::<4>().0.iter().enumerate();
        letters
            .filter(|(at, _)| first >> at & 1 != 0)
            .fold(0, |all, (_, letters)| all | u32::from_le_bytes(*letters))
    };
    match piece {
        [first] => follow(meant(*first).branches) != 0,
        [first, second, ..] if class(*first) == ASCII && class(*second) == ASCII => {
            let [first, second] = [first, second].map(|byte| meant(*byte).branches);
            second & (first | follow(first)) != 0
        }
        _ => true,
    }
}
