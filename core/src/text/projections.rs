//! Properties of reading that hold for every text, however hostile: whatever is found in a projection maps back to the characters that
//! the projection was made of.

use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Folded, Glyph, Letters, Reading, Typed, View, is_part_of_glyph};

/// Pieces that are likely to reveal errors: marks, direction controls, obfuscation, escapes.
#[rustfmt::skip]
const ODD: &[&str] = &[
    "\u{202e}", "\u{202c}", "\u{202d}", "\u{2067}", "\u{200b}", "\u{ad}", "\u{fe0f}", "\u{200d}", "\u{301}", "\u{336}",
    "\u{20dd}", "\u{640}", "\u{3099}", "\u{94d}", "\u{e4d}", "\u{2800}", "\u{0}", "\u{7f}", "\u{85}", "\u{2029}", "\n",
    "\r\n", " ", "  ", "\t", "&#102;", "&#102", "&#x66;", "&#8238;", "&#10;", "&shy;", "&nbsp;", "&amp;", "&#", "&",
    "#", ";", "ﬃ", "ß", "ẞ", "İ", "ı", "æ", "ŉ", "ǰ", "½", "…", "´", "¨", "ﷺ", "각", "ㅂㅏ", "ᆪ", "が", "ｶﾞ", "ー", "か",
    "لا", "ﻼ", "ך", "न्स", "น้ำ", "笨", "🇩🇪", "🇸", "🅰️", "👨‍👩‍👧", "ɐ", "ʞɔnɟ", "ǝ", "n", "u", "|", "\\", "/", "|-|",
    "()", "(", "*", "$", "1", "!", "٤", "Ы", "ѕ", "с", "a", "s", "f u c k", "<b>", "</b", "<!--", "-->", ">", "&#x66",
    "%66", "\\u0066", "\\u{6", "s s", "ａ", "𝖆", "ᵃ",
];

/// Generates texts that are hard to read: pieces of every kind of obfuscation, and arbitrary characters.
fn any_text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(ODD);
    let piece = prop_oneof![4 => odd.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from), 1 => "[ -~]{1,5}"];
    vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

fn glyphs(view: &View) -> Vec<Glyph> {
    let mut all = Vec::new();
    view.glyphs().each(|glyph| all.push(glyph));
    all
}

/// Returns whether part of `text` may be read backwards.
fn runs_backwards(text: &str) -> bool {
    text.contains(['\u{202e}', '\u{1dd}', '\u{183}', '\u{1d09}'])
        || ["&#", "\\u", "\\x"].iter().any(|escape| text.contains(escape))
        || text.contains(|c| ('\u{250}'..='\u{2af}').contains(&c))
}

/// Returns whether `range` consists of whole characters of `text`.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    range.start < range.end && text.get(range.clone()).is_some()
}

/// Returns a range of `text` on character boundaries.
fn range_in(text: &str, a: prop::sample::Index, b: prop::sample::Index) -> Range<usize> {
    let (a, b) = (a.index(text.len() + 1), b.index(text.len() + 1));
    text.floor_char_boundary(a.min(b))..text.floor_char_boundary(a.max(b))
}

proptest! {
    #[test]
    fn glyphs_stand_for_whole_characters_in_order(text in any_text()) {
        let view = View::new(&*text);
        let all = glyphs(&view);
        for glyph in &all {
            prop_assert!(is_whole(&text, &glyph.range()), "{glyph:?}");
        }
        for two in all.windows(2) {
            let (one, next) = (two[0].range(), two[1].range());
            let apart = one.end <= next.start || next.end <= one.start;
            prop_assert!(apart || one == next, "{two:?}");
            prop_assert!(runs_backwards(&text) || one.start <= next.start, "{two:?}");
        }
    }

    #[test]
    fn every_character_that_is_seen_is_in_a_glyph(text in any_text()) {
        // An entity may represent an invisible character.
        if text.contains(['&', '%', '\\', '<']) { return Ok(()) }
        let mut ranges: Vec<_> = glyphs(&View::new(&*text)).iter().map(Glyph::range).collect();
        ranges.sort_by_key(|range| range.start);
        for (at, c) in text.char_indices() {
            let hidden = is_part_of_glyph(c) || c.is_control();
            prop_assert!(hidden || ranges.iter().any(|range| range.contains(&at)), "{c:?} at {at}");
        }
    }

    #[test]
    fn a_folded_range_leads_back_to_what_folds_to_it(text in any_text(), a: prop::sample::Index, b: prop::sample::Index) {
        let folded = Folded::new(&text);
        let range = range_in(folded.text(), a, b);
        if range.is_empty() { return Ok(()) }
        let origin = folded.origin(range.clone());
        prop_assert!(is_whole(&text, &origin), "{origin:?}");
        // Reversed text, or half of something, reads differently on its own.
        if runs_backwards(&text) || text.contains(['&', '%', '\\', '<']) || text.contains(|c| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c)) { return Ok(()) }
        let alone = Folded::new(&text[origin]);
        prop_assert!(alone.text().contains(folded.text()[range].trim_matches(' ')), "{:?}", alone.text());
    }

    #[test]
    fn folding_twice_is_folding_once(text in any_text()) {
        // Text from an entity, or after reversal, is not folded again as the same text.
        if runs_backwards(&text) || text.contains(['&', '%', '\\', '<']) || text.contains(|c| ('\u{1f1e6}'..='\u{1f1ff}').contains(&c)) { return Ok(()) }
        let once = Folded::new(&text);
        let twice = Folded::new(once.text());
        prop_assert_eq!(twice.text(), once.text());
    }

    #[test]
    fn letters_lead_back_to_whole_characters(text in any_text()) {
        for reading in [Reading::I, Reading::L, Reading::Signs, Reading::Drawn, Reading::Written] {
            let letters = Letters::new(&text, reading);
            let counted: usize = letters.text().chars().count();
            prop_assert_eq!(counted, letters.all().len());
            for (letter, c) in letters.all().iter().zip(letters.text().chars()) {
                prop_assert!(is_whole(&text, &letter.range()), "{letter:?}");
                prop_assert!(letter.count > 0 && letters.text()[letter.place()..].starts_with(c));
            }
        }
    }

    #[test]
    fn what_is_typed_leads_back(text in any_text(), a: prop::sample::Index, b: prop::sample::Index) {
        let typed = Typed::new(&text);
        let range = range_in(typed.text(), a, b);
        prop_assert!(range.is_empty() || is_whole(&text, &typed.origin(range)));
        prop_assert!(!text.is_ascii() || text.contains(['&', '%', '\\', '<']) || text.contains(|c: char| c.is_control()) || typed.text() == text);
    }
}
