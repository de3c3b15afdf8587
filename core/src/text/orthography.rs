//! Spelling variants of letters that do not change the word.
//!
//! Simplified and traditional Chinese characters are not included, because the word determines which of them correspond. A list contains
//! both.

/// Calls `emit` with the canonical spelling of the letter `c`, which must have no marks and no compatibility form.
pub(super) fn spell(c: char, mut emit: impl FnMut(char)) {
    match c {
        'ß' => ['s', 's'].into_iter().for_each(emit),
        'ẞ' => ['S', 'S'].into_iter().for_each(emit),
        'æ' => ['a', 'e'].into_iter().for_each(emit),
        'Æ' => ['A', 'E'].into_iter().for_each(emit),
        'œ' => ['o', 'e'].into_iter().for_each(emit),
        'Œ' => ['O', 'E'].into_iter().for_each(emit),
        // Strokes through letters and missing dots are accents that Unicode does not decompose.
        'ø' => emit('o'),
        'Ø' => emit('O'),
        'đ' => emit('d'),
        'Đ' => emit('D'),
        'ħ' => emit('h'),
        'Ħ' => emit('H'),
        'ł' => emit('l'),
        'Ł' => emit('L'),
        'ŧ' => emit('t'),
        'Ŧ' => emit('T'),
        'ı' => emit('i'),
        // Cyrillic: historical letter forms that share their capitals with the modern letters.
        '\u{1c80}' => emit('в'),
        '\u{1c81}' => emit('д'),
        '\u{1c82}' => emit('о'),
        '\u{1c83}' => emit('с'),
        '\u{1c84}' | '\u{1c85}' => emit('т'),
        '\u{1c86}' => emit('ъ'),
        '\u{1c87}' => emit('ѣ'),
        '\u{1c88}' => emit('ꙋ'),
        // Arabic: the forms of alef, yeh, kaf and heh differ by language and keyboard.
        'ٱ' => emit('ا'),
        'ى' | 'ی' | 'ې' => emit('ي'),
        'ک' | 'ڪ' => emit('ك'),
        'ة' | 'ھ' | 'ہ' | 'ۃ' | 'ە' => emit('ه'),
        // Hebrew: final letters.
        'ך' => emit('כ'),
        'ם' => emit('מ'),
        'ן' => emit('נ'),
        'ף' => emit('פ'),
        'ץ' => emit('צ'),
        // Japanese: hiragana to katakana, which is 96 code points later.
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => emit(char::from_u32(u32::from(c) + 96).unwrap_or(c)),
        // Korean: final consonants to initial ones, so that letters typed one by one spell the same word.
        '\u{11a8}'..='\u{11c2}' => FINALS[c as usize - 0x11a8].chars().for_each(emit),
        _ => emit(super::characters::digit(c).unwrap_or(c)),
    }
}

/// The final consonants of Korean syllables as initial ones.
const FINALS: [&str; 27] = [
    "\u{1100}",
    "\u{1101}",
    "\u{1100}\u{1109}",
    "\u{1102}",
    "\u{1102}\u{110c}",
    "\u{1102}\u{1112}",
    "\u{1103}",
    "\u{1105}",
    "\u{1105}\u{1100}",
    "\u{1105}\u{1106}",
    "\u{1105}\u{1107}",
    "\u{1105}\u{1109}",
    "\u{1105}\u{1110}",
    "\u{1105}\u{1111}",
    "\u{1105}\u{1112}",
    "\u{1106}",
    "\u{1107}",
    "\u{1107}\u{1109}",
    "\u{1109}",
    "\u{110a}",
    "\u{110b}",
    "\u{110c}",
    "\u{110e}",
    "\u{110f}",
    "\u{1110}",
    "\u{1111}",
    "\u{1112}",
];

/// Returns how `word` is written on a keyboard without umlauts and the like, if it contains any: `ae` for `ä`, `aa` for `å`.
#[must_use]
pub(crate) fn without_umlauts(word: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;

    let mut written = String::new();
    for c in word.nfc().flat_map(char::to_lowercase) {
        match c {
            'ä' => written.push_str("ae"),
            'ö' | 'ø' => written.push_str("oe"),
            'ü' => written.push_str("ue"),
            'å' => written.push_str("aa"),
            _ => written.push(c),
        }
    }
    let same = word.nfc().flat_map(char::to_lowercase).eq(written.chars());
    (!same).then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Folded;

    #[test]
    fn ways_to_write_a_word_are_one() {
        for (one, other) in [
            ("Straße STRAẞE", "strasse strasse"),
            ("Ærø Łódź đường œuvre", "aero lodz duong oeuvre"),
            ("İstanbul ISPARTA ısparta", "istanbul isparta isparta"),
            ("ещё", "еще"),
            ("أحمق إلى آل", "احمق الي ال"),
            ("کلمه یک", "كلمة يك"),
            ("كـــلـب", "كلب"),
            ("ﻛﻠﺐ", "كلب"),
            ("שָׁלוֹם", "שלומ"),
            ("ｶﾞｷ がき", "ガキ ガキ"),
            ("시발 ㅅㅣㅂㅏㄹ", "시발 시발"),
            ("값", "ㄱㅏㅂㅅ"),
            ("١٢٣ ۴۵۶ ७", "123 456 7"),
        ] {
            assert_eq!(Folded::new(one).text(), Folded::new(other).text(), "{one:?}");
        }
    }

    #[test]
    fn umlauts_are_written_out() {
        assert_eq!(without_umlauts("Blo\u{308}d Å").as_deref(), Some("bloed aa"));
        assert_eq!(without_umlauts("Bloed"), None);
    }
}
