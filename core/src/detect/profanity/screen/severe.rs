//! [`Severe`]: severe phrases in the disguises of words: `k1ll yourself`, `kill-yourself`, `k i l l yourself`.

use super::super::engine::Type;
use super::shapes::{ASCII, DIGIT, FOREIGN, LEET, class};
use super::states::Live;
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
    live: Live,
    /// The branches of the last symbol.
    before: u32,
}

impl Severe {
    pub(super) fn new(threshold: Type) -> Self {
        Self { threshold: threshold & Type::SEVERE, live: Live::default(), before: 0 }
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
        self.live.current_mut().iter_mut().for_each(|state| state.is_phrase = true);
        let is_sign = |at: usize| piece.get(at).is_some_and(|byte| class(*byte) == LEET);
        for (at, byte) in piece.iter().enumerate() {
            // Signs before and after the letters may be none.
            if (at == 0 || is_sign(at - 1)) && may_begin(&piece[at..]) {
                self.live.begin();
            }
            if self.live.is_empty() {
                continue;
            }
            let (sound, as_l) = (meant(*byte), with_strokes_as_l(*byte));
            let before = self.before;
            self.live.advance(|state, next| {
                state.advance(sound, before, is_sign(at), next);
                if let Some(as_l) = as_l {
                    state.follow(as_l, next);
                }
            });
            if self.live.are_too_many() {
                return true;
            }
            self.live.retain(State::leads_to_severe);
            self.before = sound.branches | as_l.map_or(0, |sound| sound.branches);
            let may_end = at + 1 == piece.len() || is_sign(at + 1);
            let ends = |state: &State| {
                (state.is_phrase || piece.len() >= SHORTEST) && state.is_rated(self.threshold)
            };
            if may_end && self.live.current().iter().any(ends) {
                return true;
            }
        }
        // The engine also finds words that contain no space where the text has one.
        self.live.extend(|state| state.child(b' '));
        self.live.are_too_many()
    }
}

/// Returns whether a severe word or phrase may begin with `piece`.
pub(super) fn may_begin(piece: &[u8]) -> bool {
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
        [a, b, c] if are_letters(&[a, b, c]) => may_begin_severely(piece),
        [a, b, c, d, ..] if are_letters(&[a, b, c, d]) => may_begin_severely(piece),
        [first, second, ..] if are_letters(&[first, second]) => {
            meant(second).branches & (meant(first).branches | follow(first)) != 0
        }
        _ => true,
    }
}
