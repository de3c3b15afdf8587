//! The table of the English words from `core/build.rs`, used in place without unpacking.

use super::layout::{self, BLOCK, OTHER, READINGS, WIDE, branch};
use super::rating::Type;

/// The branches and flags of each node, as in [`layout`].
const NODES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/nodes"));
/// The first child of the first node of each [`BLOCK`].
const BLOCKS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/blocks"));
/// The offset of each node's first child from that of its block.
const FIRSTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/firsts"));
/// The code that leads to each node.
const CODES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/codes"));
/// The nodes that end rated words, in order.
const RATED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rated"));
/// The type of each of these, its depth, and whether it contains a space.
const WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words"));
/// The number of readings of each code, and the readings.
const READ: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/readings"));
/// The non-ASCII characters in words, in order.
const BEYOND: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/beyond"));

/// The code of letters that occur in no word.
const LETTER: u8 = 254;
/// The code of all other characters that occur in no word.
const SIGN: u8 = 255;

/// A rated word.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub rating: Type,
    /// Its length in characters.
    pub depth: u8,
    pub holds_space: bool,
}

/// A node with its flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::detect::profanity) struct Node {
    pub(super) id: u32,
    /// Its flags in the table.
    pub(super) flags: u32,
}

impl Node {
    /// The root, where every word begins.
    pub(in crate::detect::profanity) const ROOT: Self = Self::at(0);

    /// Returns the node with the number `id`.
    #[inline]
    const fn at(id: u32) -> Self {
        Self { id, flags: u32_at(NODES, id as usize) }
    }

    /// Returns whether the node has a child for any of `branches`.
    #[inline]
    pub(in crate::detect::profanity) const fn leads_on(self, branches: u32) -> bool {
        self.flags & branches != 0
    }

    #[inline]
    pub(in crate::detect::profanity) fn child(self, code: u8) -> Option<Self> {
        let bit = branch(code);
        if self.flags & bit == 0 {
            return None;
        }
        let node = self.id as usize;
        let first = first_child(node);
        let before = (self.flags & (bit - 1)).count_ones();
        if bit != OTHER {
            return Some(Self::at(first + before));
        }
        // Signs and capitals share a branch; they are the last children.
        let others = first + before..first_child(node + 1);
        others.into_iter().find(|child| CODES[*child as usize] == code).map(Self::at)
    }

    /// Calls `each` with the children for any of `branches`, which are letters or spaces, and their branches.
    #[inline]
    pub(in crate::detect::profanity) fn each_child(self, branches: u32, mut each: impl FnMut(Self, u32)) {
        let mut rest = self.flags & branches;
        if rest == 0 {
            return;
        }
        let first = first_child(self.id as usize);
        while rest != 0 {
            let bit = rest & rest.wrapping_neg();
            each(Self::at(first + (self.flags & (bit - 1)).count_ones()), bit);
            rest &= rest - 1;
        }
    }

    /// Returns the branches to its children.
    #[inline]
    pub(in crate::detect::profanity) const fn branches(self) -> u32 {
        self.flags & (layout::INNOCENT - 1)
    }

    /// Returns whether a rated word ends here or below.
    #[inline]
    pub(in crate::detect::profanity) const fn leads_to_rated(self) -> bool {
        self.flags & layout::LEADS != 0
    }

    /// Returns the rating of the word that ends here, if it is a rated one.
    pub(in crate::detect::profanity) fn rating(self) -> Option<Type> {
        self.entry().map(|entry| entry.rating)
    }

    /// Returns whether a severe word ends here or below.
    #[inline]
    pub(in crate::detect::profanity) const fn leads_to_severe(self) -> bool {
        self.flags & layout::LEADS_TO_SEVERE != 0
    }

    /// Returns whether a word ends here, rated or innocent.
    #[inline]
    pub(in crate::detect::profanity) const fn ends_a_word(self) -> bool {
        self.flags & (layout::RATED | layout::INNOCENT) != 0
    }

    /// Returns the rated word that ends here.
    pub(super) fn entry(self) -> Option<Entry> {
        if self.flags & layout::RATED == 0 {
            return None;
        }
        let (rated, _) = RATED.as_chunks();
        let at = rated.binary_search_by_key(&self.id, |id| u32::from_le_bytes(*id)).ok()?;
        let [low, high, depth, holds_space] = WORDS.as_chunks().0[at];
        let rating = Type::from_bits(u16::from_le_bytes([low, high]));
        Some(Entry { rating, depth, holds_space: holds_space != 0 })
    }
}

#[inline]
fn first_child(node: usize) -> u32 {
    u32_at(BLOCKS, node / BLOCK) + u32::from(u16::from_le_bytes(FIRSTS.as_chunks().0[node]))
}

#[inline]
const fn u32_at(column: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(column.as_chunks().0[at])
}

/// Returns the code of `c`. Codes beyond ASCII follow the order of `BEYOND`.
#[inline]
pub(super) fn code(c: char) -> u8 {
    if let Ok(ascii) = u8::try_from(c)
        && ascii < WIDE
    {
        return ascii;
    }
    let (beyond, _) = BEYOND.as_chunks();
    match beyond.binary_search_by_key(&u32::from(c), |known| u32::from_le_bytes(*known)) {
        Ok(at) => u8::try_from(at).map_or(SIGN, |at| WIDE + at),
        Err(_) if c.is_alphabetic() => LETTER,
        Err(_) => SIGN,
    }
}

/// Returns whether this code is not a letter, so that words may continue after it.
#[inline]
pub(super) const fn is_separator(code: u8) -> bool {
    // The only non-ASCII characters in words are pictographs.
    code != LETTER && !code.is_ascii_alphabetic()
}

/// Returns the readings of this code; none if it represents only itself.
#[inline]
pub(in crate::detect::profanity) const fn readings(code: u8) -> &'static [u8] {
    let (rows, _) = READ.as_chunks::<{ 1 + READINGS }>();
    if code as usize >= rows.len() {
        return &[];
    }
    let [len, codes @ ..] = &rows[code as usize];
    codes.split_at(*len as usize).0
}

/// What all readings of a code have in common.
#[derive(Clone, Copy)]
pub(super) struct Sounds {
    /// The branches of all of them.
    pub branches: u32,
    /// The least of them.
    pub least: u8,
}

impl Sounds {
    /// Returns those of `code`.
    #[inline]
    pub(super) fn of(code: u8) -> Self {
        SOUNDS[usize::from(code)]
    }
}

static SOUNDS: [Sounds; 256] = {
    let mut sounds = [Sounds { branches: 0, least: u8::MAX }; 256];
    let mut code = 0_u8;
    loop {
        let (readings, sound, mut at) = (readings(code), &mut sounds[code as usize], 0);
        while at < readings.len() {
            sound.branches |= branch(readings[at]);
            if readings[at] < sound.least {
                sound.least = readings[at];
            }
            at += 1;
        }
        if code == u8::MAX {
            break sounds;
        }
        code += 1;
    }
};

/// Returns the rating of the lower-case `word`, if the table contains it in this spelling.
pub(in crate::detect::profanity) fn listed(word: &str) -> Option<Type> {
    entry(word).map(|entry| entry.rating)
}

fn entry(word: &str) -> Option<Entry> {
    word.chars().try_fold(Node::ROOT, |node, c| node.child(code(c)))?.entry()
}

/// Returns whether the table contains `word` with a space before it, which some words of rustrict have.
#[cfg(test)]
pub(in crate::detect::profanity) fn begins_with_a_space(word: &str) -> bool {
    !word.contains(' ') && entry(word).is_some_and(|entry| entry.holds_space)
}

/// Returns every rated word that consists of letters and spaces.
#[cfg(test)]
pub(in crate::detect::profanity) fn rated_words() -> Vec<String> {
    let mut words = Vec::new();
    let mut nodes = vec![(Node::ROOT, String::new())];
    while let Some((node, word)) = nodes.pop() {
        for letter in (b'a'..=b'z').chain([b' ']) {
            if let Some(child) = node.child(letter) {
                nodes.push((child, format!("{word}{}", char::from(letter))));
            }
        }
        if node.entry().is_some() {
            words.push(word);
        }
    }
    words
}
