//! Further confusables: letters of scripts in which people rarely write words, but from which they take single letters.
//!
//! From Unicode's `confusables.txt` (UTS #39), those that `decancer` lacks or whose script [`lookalike`](super::characters::lookalike)
//! leaves out: Canadian syllabics, Miao, Carian, Lycian, Old Italic, Warang Citi, Elbasan, Runic, Georgian, Osage, Ahom.
//! Added: signs of mathematics that are shaped like letters.

/// Returns the lower-case Latin letter with which `c` is confusable.
pub(super) fn further(c: char) -> Option<u8> {
    FURTHER.binary_search_by_key(&c, |(letter, _)| *letter).ok().map(|at| FURTHER[at].1)
}

#[rustfmt::skip]
const FURTHER: &[(char, u8)] = &[
    ('\u{3f9}', b'c'), ('\u{10e7}', b'y'), ('\u{10ff}', b'o'), ('\u{144c}', b'u'), ('\u{146d}', b'p'), ('\u{146f}', b'd'), ('\u{1472}', b'b'),
    ('\u{14aa}', b'l'), ('\u{157c}', b'h'), ('\u{1587}', b'r'), ('\u{15af}', b'b'), ('\u{15b4}', b'f'), ('\u{15c5}', b'a'), ('\u{15de}', b'd'),
    ('\u{15e9}', b'a'), ('\u{15ea}', b'd'), ('\u{15f0}', b'm'), ('\u{15f7}', b'b'), ('\u{16c1}', b'l'), ('\u{16d5}', b'k'), ('\u{16d6}', b'm'),
    ('\u{1d8c}', b'y'), ('\u{2208}', b'e'), ('\u{2229}', b'n'), ('\u{222a}', b'u'), ('\u{2282}', b'c'), ('\u{a79f}', b'u'), ('\u{10282}', b'b'),
    ('\u{10286}', b'e'), ('\u{10287}', b'f'), ('\u{1028a}', b'l'), ('\u{10292}', b'o'), ('\u{10295}', b'p'), ('\u{10296}', b's'), ('\u{10297}', b't'),
    ('\u{102a0}', b'a'), ('\u{102a1}', b'b'), ('\u{102a2}', b'c'), ('\u{102a5}', b'f'), ('\u{102ab}', b'o'), ('\u{102b0}', b'm'), ('\u{102b1}', b't'),
    ('\u{102b2}', b'y'), ('\u{102cf}', b'h'), ('\u{10301}', b'b'), ('\u{10302}', b'c'), ('\u{10309}', b'l'), ('\u{10311}', b'm'), ('\u{10315}', b't'),
    ('\u{10320}', b'l'), ('\u{104b4}', b'r'), ('\u{104c2}', b'o'), ('\u{104ce}', b'u'), ('\u{104ea}', b'o'), ('\u{104f6}', b'u'), ('\u{10513}', b'n'),
    ('\u{10516}', b'o'), ('\u{10518}', b'k'), ('\u{1051c}', b'c'), ('\u{10525}', b'f'), ('\u{10526}', b'l'), ('\u{1170a}', b'w'), ('\u{1170e}', b'w'),
    ('\u{1170f}', b'w'), ('\u{118a2}', b'f'), ('\u{118a3}', b'l'), ('\u{118a4}', b'y'), ('\u{118a6}', b'e'), ('\u{118ae}', b'e'), ('\u{118b2}', b'l'),
    ('\u{118b5}', b'o'), ('\u{118b8}', b'u'), ('\u{118bc}', b't'), ('\u{118c1}', b's'), ('\u{118c2}', b'f'), ('\u{118c3}', b'i'), ('\u{118c8}', b'o'),
    ('\u{118d7}', b'o'), ('\u{118d8}', b'u'), ('\u{118dc}', b'y'), ('\u{118e6}', b'w'), ('\u{118ef}', b'w'), ('\u{118f2}', b'c'), ('\u{16f0a}', b't'),
    ('\u{16f16}', b'l'), ('\u{16f28}', b'l'), ('\u{16f35}', b'r'), ('\u{16f3a}', b's'), ('\u{16f40}', b'a'), ('\u{16f42}', b'u'), ('\u{16f43}', b'y'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(FURTHER.is_sorted_by(|one, next| one.0 < next.0));
        assert_eq!([further('ᑌ'), further('ᖴ'), further('x')], [Some(b'u'), Some(b'f'), None]);
    }
}
