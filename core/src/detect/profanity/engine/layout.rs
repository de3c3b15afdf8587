//! The layout of the table of words, which the build script writes and [`table`](super::table) reads.
//!
//! The words form a trie. Its nodes are numbered breadth first, so that the children of a node are adjacent; the children of a node are
//! sorted by their [`branch`], then by their code. Every column is little-endian, regardless of the machine that wrote it.

/// The branch for a space. The flags of a node contain a bit for each branch with a child: 26 for `a` to `z`, this one and the next.
pub(crate) const SPACE: u32 = 1 << 26;
/// The branch for all other characters; the codes of the last children identify them.
pub(crate) const OTHER: u32 = 1 << 27;
/// The node ends an innocent word; profane words within it do not count.
pub(crate) const INNOCENT: u32 = 1 << 28;
/// The node ends a rated word.
pub(crate) const RATED: u32 = 1 << 29;
/// The node ends a rated word or leads to one.
pub(crate) const LEADS: u32 = 1 << 30;
/// The node ends a severe word or leads to one.
pub(crate) const LEADS_TO_SEVERE: u32 = 1 << 31;

/// The number of nodes that share an entry of the coarse column of first children; the fine column contains offsets to it.
pub(crate) const BLOCK: usize = 64;

/// The code of the first non-ASCII character. ASCII characters are their own codes.
pub(crate) const WIDE: u8 = 128;

/// The maximum number of readings of a character: the width of a row of readings after their count.
pub(crate) const READINGS: usize = 7;

#[inline]
pub(crate) const fn branch(code: u8) -> u32 {
    match code {
        b'a'..=b'z' => 1 << (code - b'a'),
        b' ' => SPACE,
        _ => OTHER,
    }
}
