//! How the table of words is laid out: the build script writes it so, and [`table`](super::table) reads it so.
//!
//! The words are a trie. Its nodes are numbered breadth first, so that the children of a node are next to each other; within a node
//! they are sorted by their [`branch`], then by their code. Every column is little-endian, whatever the machine that wrote it.

/// A node's word of branches holds a bit for each of `a` to `z` that leads on, and these.
pub(crate) const SPACE: u32 = 1 << 26;
/// Some other character leads on: which ones, the codes of the last children say.
pub(crate) const OTHER: u32 = 1 << 27;
/// The node ends an innocent word: profane ones within it do not count.
pub(crate) const INNOCENT: u32 = 1 << 28;
/// The node ends a word that has a rating.
pub(crate) const RATED: u32 = 1 << 29;
/// The node ends a rated word or leads to one.
pub(crate) const LEADS: u32 = 1 << 30;

/// How many nodes share an entry of the coarse column of first children; the fine one counts on from it.
pub(crate) const BLOCK: usize = 64;

/// The code of the first character that is not ASCII; those that are, are their own.
pub(crate) const WIDE: u8 = 128;

/// How many ways to read a character there may be: the width of a row of readings, after their number.
pub(crate) const READINGS: usize = 7;

/// The bit of `code` in a node's branches.
#[inline]
pub(crate) const fn branch(code: u8) -> u32 {
    match code {
        b'a'..=b'z' => 1 << (code - b'a'),
        b' ' => SPACE,
        _ => OTHER,
    }
}
