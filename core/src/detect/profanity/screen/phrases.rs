//! [`Phrases`]: words and phrases in progress, which go on from one word of the text to the next.

use super::super::engine::Node;
use super::states::Live;
use super::walk::{Sound, State, meant};

/// Words and phrases in progress that began where a word of the text did.
#[derive(Default)]
pub(super) struct Phrases {
    live: Live<State>,
    /// The branches of the last symbol.
    before: u32,
    /// The branches by which those in progress may go on after the last word.
    expected: u32,
}

impl Phrases {
    #[inline]
    pub(super) const fn is_empty(&self) -> bool {
        self.live.is_empty()
    }

    /// Returns whether any may go on with the letters `word`, and ends them otherwise.
    #[inline]
    pub(super) fn go_on(&mut self, word: &[u8]) -> bool {
        if self.is_empty() {
            return false;
        }
        let go_on = self.expected & meant(word[0]).branches != 0;
        if !go_on {
            self.stop();
        }
        go_on
    }

    /// Ends all.
    #[inline]
    pub(super) fn stop(&mut self) {
        self.live.clear();
    }

    /// Begins a word of the text, in which those in progress become phrases.
    #[inline]
    pub(super) fn next_word(&mut self) {
        self.live.current_mut().iter_mut().for_each(|state| state.is_phrase = true);
    }

    /// Begins a word or phrase.
    #[inline]
    pub(super) fn begin(&mut self) {
        self.live.begin(State::START);
    }

    /// Reads a symbol that sounds like `sound`: continues those at nodes for which `leads` holds. Returns whether more are in progress than
    /// are followed.
    #[inline]
    pub(super) fn read(&mut self, sound: &Sound, skipped: bool, leads: impl Fn(Node) -> bool + Copy) -> bool {
        let before = self.before;
        self.live.advance(|state, next| state.advance(sound, before, skipped, leads, next));
        self.before = sound.branches;
        self.live.are_too_many()
    }

    /// Reads a symbol like [`read`](Self::read) that may also sound like `other`.
    pub(super) fn read_either(
        &mut self,
        sound: &Sound,
        other: &Sound,
        skipped: bool,
        leads: impl Fn(Node) -> bool + Copy,
    ) -> bool {
        let before = self.before;
        self.live.advance(|state, next| {
            state.advance(sound, before, skipped, leads, next);
            state.follow(other, leads, |state| next.push(state));
        });
        self.before = sound.branches | other.branches;
        self.live.are_too_many()
    }

    /// Ends a word of the text, after which those at nodes for which `leads` holds may have a space. Returns whether more are in progress than
    /// are followed.
    #[inline]
    pub(super) fn end_word(&mut self, leads: impl Fn(Node) -> bool + Copy) -> bool {
        // The engine also finds words that contain no space where the text has one.
        self.live.extend(|state| state.with_space(leads));
        self.expected =
            self.current().iter().fold(self.before, |expected, state| expected | state.expected());
        self.live.are_too_many()
    }

    #[inline]
    pub(super) fn current(&self) -> &[State] {
        self.live.current()
    }

    #[inline]
    pub(super) fn current_mut(&mut self) -> &mut [State] {
        self.live.current_mut()
    }
}
