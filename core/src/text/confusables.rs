//! The one table of signs, digits, letters and drawings that look or sound like a letter and may represent it.
//!
//! Every projection uses this table up to the degree of resemblance that suits it. Two readings have other sources: characters of other
//! scripts that are confusable with a letter, from the crate `decancer` ([`lookalike`](super::characters::lookalike)), and the characters
//! that the engine of `profanity` reads, from rustrict.

/// How closely a character resembles a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Degree {
    /// People use it for the letter everywhere. Listed words are matched at this degree.
    Common,
    /// People use it for the letter in swearing. `profanity` reads words at this degree.
    Leet,
    /// It resembles the letter. `profanity` recognizes core words at this degree.
    Drawn,
    /// Letters of other scripts are confusable with both letters.
    Foreign,
    /// It resembles the letter if an accent or a stroke is added.
    Accented,
    /// It sounds like the letter.
    Heard,
}

use self::Degree::{Accented, Common, Drawn, Foreign, Heard, Leet};

/// A set of letters, one bit for each.
pub(crate) type LetterSet = u32;

/// Characters, the letters that each of them may represent, most likely first, and the degree of the resemblance.
/// `#` and `<` are not common because they begin hashtags and tags: `#it` does not match the listed word *hit*. `6` is a *b* or a *g*.
const SINGLE: &[(&str, &str, Degree)] = &[
    ("0", "o", Common),
    ("1!|", "il", Common),
    ("2", "z", Common),
    ("3", "e", Common),
    ("4@", "a", Common),
    ("5$", "s", Common),
    ("7+", "t", Common),
    ("8", "b", Common),
    ("9", "g", Common),
    ("(", "c", Common),
    ("6", "b", Leet),
    ("<", "c", Leet),
    ("#", "h", Leet),
    ("6", "g", Drawn),
    ("9", "q", Drawn),
    ("%", "o", Drawn),
    ("^", "a", Drawn),
    ("[{", "c", Drawn),
    // Cyrillic `у`, Greek `σ`.
    ("y", "u", Foreign),
    ("o", "s", Foreign),
    // Cyrillic `ӏ`.
    ("i", "l", Foreign),
    ("l", "i", Foreign),
    // Armenian `ա` and `ր`, Greek `η` and `δ`.
    ("w", "a", Foreign),
    ("n", "rh", Foreign),
    ("6", "d", Foreign),
    // `Ŧ`.
    ("t", "f", Accented),
    // `cvnt`, `azz`, `phuk`, `bytch`.
    ("v", "u", Heard),
    ("z", "s", Heard),
    ("k", "c", Heard),
    ("q", "kc", Heard),
    ("y", "i", Heard),
];

/// Signs beyond ASCII, and the letter that each represents.
const SIGNS: &[(char, char)] = &[
    ('€', 'e'),
    ('¢', 'c'),
    ('©', 'c'),
    ('£', 'l'),
    ('¥', 'y'),
    ('§', 's'),
    ('®', 'r'),
    ('†', 't'),
    ('¡', 'i'),
];

/// Letters that are confusable with Latin ones and that the tables of `decancer` lack, although they have neighbours of these.
const LETTERS: &[(char, char)] = &[('ɖ', 'd'), ('ɗ', 'd'), ('ɳ', 'n')];

/// Sequences of signs that draw a letter, the letters that each may represent, most likely first, and the degree of the resemblance. A
/// common sequence that starts others comes after them.
#[rustfmt::skip]
pub(crate) const DRAWINGS: &[(&str, &str, Degree)] = &[
    (r"/\/\", "m", Common), (r"|\/|", "m", Common), (r"\/\/", "w", Common), (r"|\|", "n", Common),
    ("|-|", "h", Common), ("|_|", "u", Common), (r"/-\", "a", Common), (r"\/", "vu", Common),
    (r"/\", "a", Common), ("|<", "k", Common), ("|{", "k", Common), ("|=", "f", Common),
    ("|)", "d", Common), ("|3", "b", Common), ("()", "o", Common), ("[]", "o", Common),
    ("><", "x", Common), ("ph", "f", Common),
    ("|#", "f", Drawn), ("(_)", "u", Drawn), ("[_]", "u", Drawn), ("{_}", "u", Drawn),
    (r"\_/", "u", Drawn), (r"\_\", "u", Drawn), ("/_/", "u", Drawn), ("1_1", "u", Drawn),
    ("l_l", "u", Drawn), ("|(", "k", Drawn), ("1<", "k", Drawn), ("/<", "k", Drawn),
    ("]<", "k", Drawn), ("/-/", "h", Drawn), ("[-]", "h", Drawn), ("]-[", "h", Drawn),
    ("}{", "h", Drawn), (")-(", "h", Drawn), ("(-)", "h", Drawn), ("1-1", "h", Drawn),
    ("|]", "d", Drawn), ("|}", "d", Drawn), ("|>", "dp", Drawn), ("[)", "d", Drawn),
    ("c|", "d", Drawn), ("(|", "d", Drawn), ("{}", "o", Drawn), ("<>", "o", Drawn),
    (r"/\/", "n", Drawn), (r"[\]", "n", Drawn), (r"/v\", "m", Drawn), ("[v]", "m", Drawn),
    ("nn", "m", Heard), ("vv", "w", Heard), (r"\^/", "w", Drawn), ("13", "b", Drawn),
    ("|8", "b", Drawn), ("]3", "b", Drawn), ("|2", "r", Drawn), ("|?", "r", Drawn),
    ("|*", "p", Drawn), ("|o", "p", Drawn), ("|_", "l", Drawn), ("1_", "l", Drawn),
    ("[_", "l", Drawn), ("_|", "j", Drawn), ("_/", "j", Drawn), ("-|-", "t", Drawn),
    ("']['", "t", Drawn), ("][", "i", Drawn), ("`/", "y", Drawn), ("ks", "x", Heard),
    ("(,", "g", Drawn), ("(_+", "g", Drawn),
];

/// Returns the set of the lower-case `letters`.
pub(crate) const fn set(letters: &str) -> LetterSet {
    let (bytes, mut at, mut set) = (letters.as_bytes(), 0, 0);
    while at < bytes.len() {
        set |= 1 << (bytes[at] - b'a');
        at += 1;
    }
    set
}

/// Returns, for each lower-case ASCII character, itself, if it is a letter, and all letters that it may represent by one of `degrees`.
pub(crate) const fn all_letters(degrees: &[Degree]) -> [LetterSet; 128] {
    let mut table = [0; 128];
    let mut letter = b'a';
    while letter <= b'z' {
        table[letter as usize] = 1 << (letter - b'a');
        letter += 1;
    }
    let mut row = 0;
    while row < SINGLE.len() {
        let (characters, letters, degree) = SINGLE[row];
        let (bytes, mut at) = (characters.as_bytes(), 0);
        while at < bytes.len() {
            if holds(degrees, degree) {
                table[bytes[at] as usize] |= set(letters);
            }
            at += 1;
        }
        row += 1;
    }
    table
}

const fn holds(degrees: &[Degree], degree: Degree) -> bool {
    let mut at = 0;
    while at < degrees.len() {
        if degrees[at] as u8 == degree as u8 {
            return true;
        }
        at += 1;
    }
    false
}

/// Returns, for each ASCII sign and digit, the letter that it most likely represents by a degree up to `most`; 0 if there is none. `1`, `!`
/// and `|` represent *i* or, with `strokes_are_l`, *l*.
pub(crate) const fn likeliest(most: Degree, strokes_are_l: bool) -> [u8; 128] {
    let mut table = [0; 128];
    let mut row = SINGLE.len();
    // The first rows have precedence, so they are written last.
    while row > 0 {
        row -= 1;
        let (characters, letters, degree) = SINGLE[row];
        let (bytes, letters, mut at) = (characters.as_bytes(), letters.as_bytes(), 0);
        while at < bytes.len() && degree as u8 <= most as u8 {
            let second = strokes_are_l && letters.len() > 1;
            table[bytes[at] as usize] = letters[second as usize];
            at += 1;
        }
    }
    table
}

/// Returns the letter that the non-ASCII sign `c` represents.
pub(super) fn sign(c: char) -> Option<char> {
    SIGNS.iter().find(|(sign, _)| *sign == c).map(|(_, letter)| *letter)
}

/// Returns the Latin letter that the non-ASCII letter or sign `c` represents, if it is in the tables here.
pub(super) fn latin(c: char) -> Option<char> {
    sign(c).or_else(|| LETTERS.iter().find(|(letter, _)| *letter == c).map(|(_, latin)| *latin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_says_something_of_its_own() {
        let singles = SINGLE.iter().flat_map(|(characters, letters, degree)| {
            characters.chars().map(move |c| (c.to_string(), *letters, *degree))
        });
        let drawings =
            DRAWINGS.iter().map(|(drawing, letters, degree)| (drawing.to_string(), *letters, *degree));
        let mut all: Vec<_> = singles.chain(drawings).collect();
        for (signs, letters, _) in &all {
            assert!(signs.is_ascii() && signs.to_ascii_lowercase() == *signs, "{signs}");
            assert!(letters.bytes().all(|b| b.is_ascii_lowercase()) && !letters.contains(signs), "{signs}");
        }
        all.sort_unstable();
        let len = all.len();
        all.dedup_by(|a, b| a.0 == b.0 && a.2 == b.2);
        assert_eq!(all.len(), len, "a character is twice in one degree");
    }

    #[test]
    fn the_longest_common_drawing_is_found() {
        let common: Vec<_> = DRAWINGS.iter().filter(|(.., degree)| *degree == Degree::Common).collect();
        for (at, (drawing, ..)) in common.iter().enumerate() {
            let hides = |other: &&&(&str, &str, Degree)| other.0.starts_with(drawing);
            assert_eq!(common[at + 1..].iter().find(hides), None, "{drawing}");
        }
    }
}
