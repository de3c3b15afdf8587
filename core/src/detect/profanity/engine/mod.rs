//! The engine: rustrict's way to find words through disguises, over a table instead of a trie of hash maps.
//!
//! Every character begins a word and carries on all that have begun; one that may be read as several letters does so with each. What
//! several ways lead to is the best of all of them. A rated word that was spelled stands unless an innocent one that was spelled
//! letter for letter holds it, and unless it takes too much good will to see it.

#[cfg(test)]
mod against_rustrict;
mod bound;
mod candidate;
mod layout;
mod rating;
mod state;
mod table;

use std::mem;
use std::ops::Range;

use self::bound::Limits;
use self::candidate::Candidate;
pub(super) use self::rating::Type;
use self::state::{Place, State};
pub(super) use self::table::listed;
#[cfg(test)]
pub(super) use self::table::rated_words;

/// A word that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it is, in characters: from its first to its last letter.
    pub range: Range<usize>,
    /// What it is.
    pub rating: Type,
    /// What writing it like this is.
    pub evasion: Type,
}

/// Reads a message and words of it, one after another, and keeps the memory that this takes.
pub(super) struct Engine {
    limits: Limits,
    /// The words that have begun, by their keys.
    live: Vec<State>,
    next: Vec<State>,
    advanced: Vec<State>,
    candidates: Vec<Candidate>,
    /// Whether `x` stands for itself only, as it does where nothing is in disguise.
    plain: bool,
    /// How much work it was so far: how many words were carried on past how many readings of a character, and how many candidates
    /// were looked at again.
    pub steps: u64,
}

impl Engine {
    pub(super) fn new() -> Self {
        Self::with(Limits::CHAT)
    }

    fn with(limits: Limits) -> Self {
        let [live, next, advanced] = [(); 3].map(|()| Vec::new());
        Self { limits, live, next, advanced, candidates: Vec::new(), plain: false, steps: 0 }
    }

    /// Searches `chars`, of which nothing is in disguise, or is not looked for.
    pub(super) fn search_plain(&mut self, chars: &[char]) {
        self.plain = true;
        self.search(chars);
        self.plain = false;
    }

    /// Searches `chars` for words: [`found`](Self::found) tells them.
    pub(super) fn search(&mut self, chars: &[char]) {
        self.live.clear();
        self.candidates.clear();
        let mut behind_separator = true;
        let mut last = 0;
        for (at, c) in (0..).zip(chars) {
            let code = table::code(*c);
            let hump = code.is_ascii_uppercase() && at > 0 && !u8::is_ascii_uppercase(&last);
            let seed = State::seed(at, behind_separator || hump);
            behind_separator = self.read(code, at, at.wrapping_sub(1), Some(seed));
            last = code;
        }
        if let Some(at) = u32::try_from(chars.len()).ok().and_then(|len| len.checked_sub(1)) {
            // The end of the text is a space, at the place of the last character, and begins nothing.
            self.read(b' ', at, at, None);
        }
    }

    /// Reads a character, which stands behind the one at `last`. Gives whether it is a separator.
    #[inline]
    fn read(&mut self, code: u8, at: u32, last: u32, seed: Option<State>) -> bool {
        let own = [code.to_ascii_lowercase()];
        let readings = match table::readings(code) {
            [] => &[code],
            _ if self.plain && own == *b"x" => &own,
            readings => readings,
        };
        let place = Place { code, at, readings, is_separator: table::is_separator(code) };
        if place.is_separator {
            let ended = self.candidates.iter_mut().rev().take_while(|candidate| candidate.last == last);
            ended.for_each(|candidate| candidate.before_separator = true);
        }
        self.steps += (1 + self.live.len() as u64) * readings.len() as u64;
        self.advance(place, seed);
        self.pass(place);
        mem::swap(&mut self.live, &mut self.next);
        self.limits.thin_out(&mut self.live, self.steps);
        place.is_separator
    }

    /// The words of the text that was searched, in the order of their ends.
    pub(super) fn found(&self) -> impl Iterator<Item = Word> {
        self.candidates.iter().filter_map(Candidate::confirmed)
    }

    /// Carries on the words of which `place` is the next letter.
    #[inline]
    fn advance(&mut self, place: Place<'_>, seed: Option<State>) {
        self.advanced.clear();
        let branches = place.branches();
        let mut innocent_from = u32::MAX;
        for state in seed.iter().chain(&self.live) {
            if !state.node().leads_on(branches) {
                continue;
            }
            for c in place.readings {
                let Some(child) = state.node().child(*c) else { continue };
                let state = state.advancing(place, *c, child);
                self.advanced.push(state);
                if !child.ends_a_word() {
                    continue;
                }
                if let Some(entry) = child.entry() {
                    self.candidates.push(Candidate {
                        entry,
                        start: state.start,
                        last: place.at,
                        behind_separator: state.began_behind_separator(),
                        before_separator: false,
                        counts: state.counts,
                    });
                } else if state.counts.are_none() {
                    innocent_from = innocent_from.min(state.start);
                }
            }
        }
        if place.readings.len() > 1 {
            self.advanced.sort_unstable_by_key(|state| state.key);
        }
        if innocent_from < u32::MAX {
            self.acquit(innocent_from);
        }
    }

    /// Collects the words that are carried on: those that `place` is a letter of, and those that it does not end.
    #[inline]
    fn pass(&mut self, place: Place<'_>) {
        self.next.clear();
        // Both are in the order of their keys: children are numbered in the order of their parents.
        let mut advanced = self.advanced.iter().peekable();
        for passing in self.live.iter().filter_map(|state| state.passing(place)) {
            while let Some(state) = advanced.next_if(|state| state.key < passing.key) {
                keep(&mut self.next, state);
            }
            keep(&mut self.next, &passing);
        }
        advanced.for_each(|state| keep(&mut self.next, state));
    }

    /// Drops the candidates that an innocent word which began at `start` and ends here holds.
    fn acquit(&mut self, start: u32) {
        // Those that ended before it began are out of its reach, and candidates are in the order of their ends.
        let reached =
            self.candidates.iter().rposition(|candidate| candidate.last < start).map_or(0, |at| at + 1);
        let mut kept = reached;
        for at in reached..self.candidates.len() {
            if self.candidates[at].start < start {
                self.candidates[kept] = self.candidates[at];
                kept += 1;
            }
        }
        self.steps += (self.candidates.len() - reached) as u64;
        self.candidates.truncate(kept);
    }
}

/// Adds `state`, or makes the best of it and the last one when they are one.
#[inline]
fn keep(states: &mut Vec<State>, state: &State) {
    match states.last_mut() {
        Some(last) if last.key == state.key => *last = last.or(state),
        _ => states.push(*state),
    }
}
