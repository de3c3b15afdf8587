//! The roles of words in addresses, looked up in one table for all countries.

use std::sync::OnceLock;

use super::data;
use super::roles::Roles;

/// Returns the roles of `word`, which is in lower case and without accents.
pub(super) fn roles(word: &str) -> Roles {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(Table::new).roles(word)
}

/// Appends `c` in lower case and without accents.
pub(super) fn fold(c: char, folded: &mut String) {
    let letters = match c {
        _ if c.is_ascii() => return folded.push(c.to_ascii_lowercase()),
        'À'..='Å' | 'à'..='å' | 'ª' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' => "c",
        'È'..='Ë' | 'è'..='ë' => "e",
        'Ì'..='Ï' | 'ì'..='ï' => "i",
        'Ñ' | 'ñ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'º' => "o",
        'Ù'..='Ü' | 'ù'..='ü' => "u",
        'ß' | 'ẞ' => "ss",
        'Œ' | 'œ' => "oe",
        'Ĳ' | 'ĳ' => "ij",
        '’' => "'",
        '\u{300}'..='\u{36f}' => "",
        _ => return folded.extend(c.to_lowercase()),
    };
    folded.push_str(letters);
}

/// A hash table with open addressing. Most words of a text are in no row, and are found to be absent after one comparison.
struct Table {
    words: Vec<(&'static str, Roles)>,
    /// One more than the index of a word, or zero.
    slots: Vec<u16>,
}

impl Table {
    /// The number of slots, a power of two and several times the number of words.
    const SLOTS: usize = 8192;

    fn new() -> Self {
        let mut table = Self { words: Vec::new(), slots: vec![0; Self::SLOTS] };
        for (roles, words) in data::ROWS.iter().copied().flatten() {
            for word in words.split(' ').filter(|word| !word.is_empty()) {
                let slot = table.slot(word);
                if table.slots[slot] == 0 {
                    table.words.push((word, Roles::default()));
                    table.slots[slot] =
                        u16::try_from(table.words.len()).expect("there are few words (tested)");
                }
                let known = &mut table.words[usize::from(table.slots[slot]) - 1];
                known.1 = known.1 | *roles;
            }
        }
        table
    }

    fn roles(&self, word: &str) -> Roles {
        self.at(self.slot(word)).map_or(Roles::default(), |(_, roles)| roles)
    }

    fn at(&self, slot: usize) -> Option<(&'static str, Roles)> {
        usize::from(self.slots[slot]).checked_sub(1).map(|word| self.words[word])
    }

    /// Returns the slot of `word`, or the empty slot where it would be.
    fn slot(&self, word: &str) -> usize {
        // FNV-1a, which is fast for short words.
        let hash = word
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let mut slot = (hash ^ hash >> 15) as usize % Self::SLOTS;
        while self.at(slot).is_some_and(|(known, _)| known != word) {
            slot = (slot + 1) % Self::SLOTS;
        }
        slot
    }
}
