//! What extends over several words: phrases ([`Across`]) and core words torn into pieces ([`Torn`]).

use super::super::cores::core_words_from;
use super::super::engine::{Node, Type};
use super::phrases::Phrases;
use super::shapes::{ASCII, DIGIT, FOREIGN, class};
use super::tables::TABLES;
use super::walk::{State, plain};

/// The phrases in progress: rated words or phrases that began where a word of the text did.
pub(super) struct Across {
    threshold: Type,
    phrases: Phrases,
}

/// The least number of letters of one word of a phrase.
const LONG: usize = 4;

impl Across {
    pub(super) fn new(threshold: Type) -> Self {
        Self { threshold, phrases: Phrases::default() }
    }

    /// Returns whether any phrase in progress may go on with the letters `word`, and ends them otherwise.
    #[inline]
    pub(super) fn goes_on(&mut self, word: &[u8]) -> bool {
        self.phrases.go_on(word)
    }

    /// Ends what is in progress.
    pub(super) fn stop(&mut self) {
        self.phrases.stop();
    }

    /// Reads a token. Returns whether a phrase of several words may end in it.
    pub(super) fn read(&mut self, token: &[u8]) -> bool {
        let is_word = |byte: &u8| class(*byte) & (ASCII | DIGIT | FOREIGN) != 0;
        // Other signs may separate words.
        let parts = token.split(|byte| !is_word(byte) && !matches!(byte, b'\'' | b'-' | b'_' | b'.'));
        parts.into_iter().any(|part| {
            let start = part.iter().position(is_word).unwrap_or(part.len());
            let end = part.iter().rposition(is_word).map_or(start, |at| at + 1);
            let word = &part[start..end];
            let all = |of: u8| word.iter().all(|byte| class(*byte) == of);
            match () {
                () if word.is_empty() => false,
                () if all(ASCII) || all(DIGIT) => self.read_word(word, true),
                () => {
                    self.stop();
                    false
                }
            }
        })
    }

    /// Reads a word of letters or of digits, with which a phrase may begin if `begins`. Returns whether a phrase of several words may
    /// end with it.
    pub(super) fn read_word(&mut self, word: &[u8], begins: bool) -> bool {
        let is_number = word[0].is_ascii_digit();
        if word.len() < 2 && !is_number {
            // A single letter is no word of a phrase.
            self.stop();
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
            if self.phrases.read(plain(*byte), is_number, Node::leads_to_rated) {
                return true;
            }
        }
        let is_long = word.len() >= LONG && !is_number;
        self.phrases.current_mut().iter_mut().for_each(|state| state.is_long |= is_long);
        let ends = |state: &State| {
            let is_likely = state.is_long || state.has_space;
            state.is_phrase && is_likely && state.is_rated(self.threshold)
        };
        self.phrases.current().iter().any(ends) || self.phrases.end_word(Node::leads_to_rated)
    }
}

/// The beginning of a core word at the end of what was read: whole tokens of letters.
#[derive(Default)]
pub(super) struct Torn {
    letters: String,
    /// The beginnings of each token in progress.
    begun: Vec<usize>,
}

impl Torn {
    /// Returns whether any core word is in progress.
    #[inline]
    pub(super) fn has_begun(&self) -> bool {
        !self.begun.is_empty()
    }

    /// Ends what is in progress.
    pub(super) fn stop(&mut self) {
        self.letters.clear();
        self.begun.clear();
    }

    /// Reads a token of the lower-case letters `word`. Returns whether a core word of several tokens ends with it.
    pub(super) fn read(&mut self, word: &str) -> bool {
        if !self.has_begun() && !cores(word).any(|goes_on| goes_on) {
            return false;
        }
        self.begun.push(self.letters.len());
        self.letters.push_str(word);
        let Self { letters, begun } = self;
        let last = begun.len() - 1;
        let ends = begun[..last].iter().any(|from| cores(&letters[*from..]).any(|goes_on| !goes_on));
        begun.retain(|from| cores(&letters[*from..]).any(|goes_on| goes_on));
        if begun.is_empty() {
            letters.clear();
        }
        ends
    }
}

/// Returns, for each core word that begins with the letters `text`, whether it is longer.
fn cores(text: &str) -> impl Iterator<Item = bool> {
    let initial = text.chars().next().filter(|_| TABLES.may_be_torn(text.as_bytes()));
    let cores = initial.map_or(&[][..], core_words_from);
    cores.iter().filter(move |core| core.starts_with(text)).map(move |core| core.len() > text.len())
}
