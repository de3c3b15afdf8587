//! The table of words that `core/build.rs` makes of rustrict's: read where it lies in the program, never unpacked.

use super::layout::{self, BLOCK, OTHER, READINGS, WIDE, branch};
use super::rating::Type;

/// For each node its branches and flags, as in [`layout`].
const NODES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/nodes"));
/// For each [`BLOCK`] of nodes the first child of the first of them.
const BLOCKS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/blocks"));
/// For each node how far its first child is from that.
const FIRSTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/firsts"));
/// For each node the code that leads to it.
const CODES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/codes"));
/// The nodes that end rated words, in order.
const RATED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rated"));
/// For each of these its type, its depth, and whether it holds a space.
const WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words"));
/// For each code how many ways there are to read it, and which.
const READ: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/readings"));
/// The characters beyond ASCII that words hold, in order.
const BEYOND: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/beyond"));

/// The code of letters that are in no word.
const LETTER: u8 = 254;
/// The code of all else that is in no word.
const SIGN: u8 = 255;

/// A word that has a rating.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub rating: Type,
    /// How many characters it has.
    pub depth: u8,
    pub holds_space: bool,
}

/// A node and what is known of it at once.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub id: u32,
    /// What the table says of it.
    pub flags: u32,
}

impl Node {
    /// Where every word begins.
    pub(super) const ROOT: Self = Self::at(0);

    /// The node with the number `id`.
    #[inline]
    const fn at(id: u32) -> Self {
        Self { id, flags: u32_at(NODES, id as usize) }
    }

    /// Whether any of `branches` may lead on from here.
    #[inline]
    pub(super) const fn leads_on(self, branches: u32) -> bool {
        self.flags & branches != 0
    }

    /// The node that `code` leads to from here.
    #[inline]
    pub(super) fn child(self, code: u8) -> Option<Self> {
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
        // Signs and capitals share a branch: they are the last of the children.
        let others = first + before..first_child(node + 1);
        others.into_iter().find(|child| CODES[*child as usize] == code).map(Self::at)
    }

    /// Whether a word ends here, rated or innocent.
    #[inline]
    pub(super) const fn ends_a_word(self) -> bool {
        self.flags & (layout::RATED | layout::INNOCENT) != 0
    }

    /// The rated word that ends here.
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

/// What `c` is in the table. Codes are in the order of the characters that words hold.
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

/// Whether what has this code is no letter, so that words may be read on behind it.
#[inline]
pub(super) const fn is_separator(code: u8) -> bool {
    // Beyond ASCII words hold pictures only.
    code != LETTER && !code.is_ascii_alphabetic()
}

/// The codes of what the character with this code may stand for, when it may be anything but itself.
#[inline]
pub(super) fn readings(code: u8) -> &'static [u8] {
    match READ.as_chunks::<{ 1 + READINGS }>().0.get(usize::from(code)) {
        Some([len, codes @ ..]) => &codes[..usize::from(*len)],
        None => &[],
    }
}

/// What `word`, in lower case, is rated, if it is in the table as it is spelled.
pub(in crate::detect::profanity) fn listed(word: &str) -> Option<Type> {
    let node = word.chars().try_fold(Node::ROOT, |node, c| node.child(code(c)))?;
    node.entry().map(|entry| entry.rating)
}

/// Every rated word that is nothing but letters and spaces.
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
