//! The engine: rustrict's algorithm for finding obfuscated words, with a table instead of a trie of hash maps.
//!
//! Every character starts a word and continues all words in progress; a character with several readings does so with each. If several
//! ways lead to the same state, their best values are combined. A rated word counts unless an innocent word that is spelled exactly
//! contains it, or its confidence is too low.

#[cfg(test)]
mod against_rustrict;
mod bound;
mod candidate;
pub(super) mod layout;
mod rating;
mod state;
mod table;

use std::mem;
use std::ops::Range;

use self::bound::Limits;
use self::candidate::Candidate;
pub(super) use self::layout::{OTHER, READINGS, branch};
pub(super) use self::rating::Type;
use self::state::{Place, State};
pub(super) use self::table::{Node, listed, readings};
#[cfg(test)]
pub(super) use self::table::{begins_with_a_space, rated_words};

/// The cost of reading a character and of each step of a search, in budget units.
const CHARACTER: u64 = 25;
const STEP: u64 = 7;

/// How many words are usually in progress at most.
const USUAL: usize = 32;

/// A word that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its range in characters, from the first to the last letter.
    pub range: Range<usize>,
    pub rating: Type,
    /// The rating of the obfuscation itself.
    pub evasion: Type,
}

/// Searches texts one after another and reuses its memory.
pub(super) struct Engine {
    limits: Limits,
    /// The words in progress, sorted by key.
    live: Vec<State>,
    next: Vec<State>,
    advanced: Vec<State>,
    candidates: Vec<Candidate>,
    /// Whether `x` represents only itself, as in text without obfuscation.
    plain: bool,
    /// The work so far: the sum over all characters of words in progress times readings, and the number of candidates that were checked
    /// again.
    steps: u64,
}

impl Engine {
    pub(super) fn new() -> Self {
        Self::with(Limits::CHAT)
    }

    fn with(limits: Limits) -> Self {
        let [live, next, advanced] = [(); 3].map(|()| Vec::new());
        Self { limits, live, next, advanced, candidates: Vec::new(), plain: false, steps: 0 }
    }

    /// Searches `chars`, which are not obfuscated, or whose obfuscation does not matter. Returns the cost in budget units.
    pub(super) fn search_plain(&mut self, chars: &[char]) -> u64 {
        self.plain = true;
        let cost = self.search(chars);
        self.plain = false;
        cost
    }

    /// Searches `chars` for words, which [`found`](Self::found) returns. Returns the cost in budget units.
    pub(super) fn search(&mut self, chars: &[char]) -> u64 {
        let before = self.steps;
        for states in [&mut self.live, &mut self.next, &mut self.advanced] {
            states.clear();
            states.reserve(USUAL);
        }
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
            // The end of the text counts as a space at the position of the last character, and starts no word.
            self.read(b' ', at, at, None);
        }
        CHARACTER * (1 + chars.len() as u64) + STEP * (self.steps - before)
    }

    /// Reads a character, which follows the one at `last`. Returns whether it is a separator.
    #[inline]
    fn read(&mut self, code: u8, at: u32, last: u32, seed: Option<State>) -> bool {
        let own = [code.to_ascii_lowercase()];
        let readings = match table::readings(code) {
            [] => &[code],
            _ if self.plain && own == *b"x" => &own,
            readings => readings,
        };
        let place = Place::new(code, at, readings, table::is_separator(code));
        if place.is_separator {
            let ended = self.candidates.iter_mut().rev().take_while(|candidate| candidate.last == last);
            ended.for_each(|candidate| candidate.before_separator = true);
        }
        self.limits.thin_out(&mut self.live, readings.len(), self.steps);
        self.steps += (1 + self.live.len() as u64) * readings.len() as u64;
        self.advance(place, seed);
        self.pass(place);
        mem::swap(&mut self.live, &mut self.next);
        place.is_separator
    }

    /// Returns the words in the text of the last search, in the order of their ends.
    pub(super) fn found(&self) -> impl Iterator<Item = Word> {
        self.candidates.iter().filter_map(Candidate::confirmed)
    }

    /// Continues the words of which `place` is the next letter.
    #[inline]
    fn advance(&mut self, place: Place<'_>, seed: Option<State>) {
        self.advanced.clear();
        let mut innocent_from = u32::MAX;
        let Self { advanced, candidates, .. } = self;
        for state in seed.iter().chain(&self.live) {
            let mut advance = |child: Node, c: u8| {
                let state = state.advancing(place, c, child);
                advanced.push(state);
                if !child.ends_a_word() {
                    return;
                }
                if let Some(entry) = child.entry() {
                    candidates.push(Candidate {
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
            };
            let node = state.node();
            if !node.leads_on(place.branches) {
                continue;
            }
            node.each_child(place.branches & !OTHER, |child, branch| advance(child, letter(branch)));
            if node.leads_on(place.branches & OTHER) {
                let others = place.readings.iter().filter(|c| branch(**c) == OTHER);
                others.for_each(|c| node.child(*c).into_iter().for_each(|child| advance(child, *c)));
            }
        }
        // The children of nodes in order are in order, but two states may have the same node.
        if !self.advanced.is_sorted_by_key(|state| state.key) {
            self.advanced.sort_unstable_by_key(|state| state.key);
        }
        if innocent_from < u32::MAX {
            self.acquit(innocent_from);
        }
    }

    /// Collects the words in progress: those that `place` continues, and those that it does not end.
    #[inline]
    fn pass(&mut self, place: Place<'_>) {
        self.next.clear();
        // Both are sorted by key: children are numbered in the order of their parents.
        let mut at = 0;
        for state in &self.live {
            let Some(passing) = state.passing(place) else { continue };
            while let Some(state) = self.advanced.get(at).filter(|state| state.key < passing.key) {
                keep(&mut self.next, state);
                at += 1;
            }
            keep(&mut self.next, &passing);
        }
        self.advanced[at..].iter().for_each(|state| keep(&mut self.next, state));
    }

    /// Drops the candidates that are inside the innocent word from `start` to here.
    fn acquit(&mut self, start: u32) {
        // Candidates that end before it begins are outside, and candidates are sorted by their ends.
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

/// Returns the letter or space of `branch`, which is not that of other characters.
#[inline]
const fn letter(branch: u32) -> u8 {
    b"abcdefghijklmnopqrstuvwxyz "[branch.trailing_zeros() as usize]
}

/// Adds `state`, or combines it with the last one if both have the same key.
#[inline]
fn keep(states: &mut Vec<State>, state: &State) {
    match states.last_mut() {
        Some(last) if last.key == state.key => *last = last.or(state),
        _ => states.push(*state),
    }
}
