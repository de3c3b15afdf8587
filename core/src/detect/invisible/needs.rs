//! Decides which invisible characters are needed where they occur: joiners in cursive and Indic scripts and in emoji, variation
//! selectors after characters with variants, direction marks in right-to-left text, tags in emoji flags.
//!
//! Joiners follow UAX #31 and UTS #51, with two exceptions that are common in practice: a joiner at the end of a word, and one between
//! a word of another script and its suffix.

use unicode_normalization::char::canonical_combining_class;

use crate::text::{is_blank, is_direction};

/// A run of invisible characters and the characters around it.
pub(super) struct InvisibleRun<'t> {
    pub before: Option<char>,
    pub text: &'t str,
    pub after: Option<char>,
    /// Returns whether the whole text contains letters of a right-to-left script.
    pub is_rtl: &'t dyn Fn() -> bool,
}

/// The maximum length of a needed run, in characters. Longer runs have no legitimate use.
const MAX_LEN: usize = 4;

impl InvisibleRun<'_> {
    /// Returns whether `c`, which is at `at` in the run, is needed there.
    pub(super) fn needs(&self, at: usize, c: char) -> bool {
        let is_next_to = |is: fn(char) -> bool| self.before.is_some_and(is) || self.after.is_some_and(is);
        match c {
            '\u{e0020}'..='\u{e007f}' => self.before == Some(BLACK_FLAG) && at < flag_len(self.text),
            // A blank character is needed as a separator between two visible characters, even where it does not count as white space.
            _ if is_blank(c) => {
                [self.before, self.after].iter().all(|c| c.is_some_and(|c| !c.is_whitespace()))
            }
            _ if self.text.chars().nth(MAX_LEN).is_some() => false,
            '\u{200c}' | '\u{200d}' if is_next_to(has_joiners) => true,
            '\u{200d}' => self.before.is_some_and(is_pictograph) && self.after.is_some_and(is_pictograph),
            // In scripts without spaces between words, U+200B allows a line break and U+2060 prevents one.
            '\u{200b}' | '\u{2060}' => is_next_to(is_unspaced),
            '\u{180b}'..='\u{180f}' => self.before.is_some_and(is_mongolian),
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
                at == 0 && self.before.is_some_and(|base| has_variant(base, c))
            }
            // The combining grapheme joiner preserves the order of marks.
            '\u{34f}' => self.after.is_some_and(|c| canonical_combining_class(c) != 0),
            // Bidirectional overrides are never needed.
            '\u{202d}' | '\u{202e}' => false,
            _ if is_direction(c) => {
                (self.is_rtl)() && !self.before.zip(self.after).is_some_and(|(a, b)| are_left_to_right(a, b))
            }
            // Fillers complete Old Korean syllables.
            '\u{115f}' | '\u{1160}' => is_next_to(is_jamo),
            '\u{1bca0}'..='\u{1bca3}' => is_next_to(is_shorthand),
            '\u{1d173}'..='\u{1d17a}' => is_next_to(is_music),
            _ => false,
        }
    }
}

const BLACK_FLAG: char = '\u{1f3f4}';

/// Returns the number of bytes of `run` that are the tags of an emoji flag: three to six tag letters or digits that identify a region,
/// and the cancel tag.
fn flag_len(run: &str) -> usize {
    let is_region_tag = |c: &char| matches!(c, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}');
    let letters = run.chars().take(7).take_while(is_region_tag).count();
    let is_terminated = run.chars().nth(letters) == Some('\u{e007f}');
    if is_terminated && (3..=6).contains(&letters) { (letters + 1) * BLACK_FLAG.len_utf8() } else { 0 }
}

/// Returns whether `c` is of a cursive script or of an Indic script, in which joiners select letter forms.
fn has_joiners(c: char) -> bool {
    matches!(c,
        // Arabic, Syriac, N’Ko, Mandaic; Devanagari to Sinhala, Tibetan, Myanmar, Khmer, Mongolian.
        '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
        // Limbu to Tai Tham, Balinese to Lepcha, Vedic signs.
        | '\u{1900}'..='\u{1aaf}' | '\u{1b00}'..='\u{1c4f}' | '\u{1cd0}'..='\u{1cff}'
        // Syloti Nagri, Phags-pa to Javanese, Cham to Tai Viet, Meetei Mayek.
        | '\u{a800}'..='\u{a82f}' | '\u{a840}'..='\u{a95f}' | '\u{a980}'..='\u{aaff}' | '\u{abc0}'..='\u{abff}'
        // Arabic presentation forms.
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        // Kharoshthi, Manichaean, Psalter Pahlavi, Hanifi Rohingya, Arabic and Sogdian extensions, Brahmi to Kawi, Adlam.
        | '\u{10a00}'..='\u{10a5f}' | '\u{10ac0}'..='\u{10aff}' | '\u{10b80}'..='\u{10baf}' | '\u{10d00}'..='\u{10d3f}'
        | '\u{10ec0}'..='\u{10fff}' | '\u{11000}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}')
}

/// Returns whether `c` is of a Southeast Asian script that puts no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1950}'..='\u{19ff}' | '\u{1a20}'..='\u{1aaf}'
        | '\u{1b00}'..='\u{1b7f}' | '\u{a980}'..='\u{a9ff}' | '\u{aa60}'..='\u{aadf}')
}

fn is_mongolian(c: char) -> bool {
    matches!(c, '\u{1800}'..='\u{18af}' | '\u{11660}'..='\u{1166c}')
}

fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97c}' | '\u{d7b0}'..='\u{d7fb}')
}

fn is_shorthand(c: char) -> bool {
    matches!(c, '\u{1bc00}'..='\u{1bc9f}')
}

fn is_music(c: char) -> bool {
    matches!(c, '\u{1d100}'..='\u{1d1ff}')
}

/// Returns whether `base` has a variant that the variation selector `c` may select.
fn has_variant(base: char, c: char) -> bool {
    match c {
        // Text or emoji presentation.
        '\u{fe0e}' | '\u{fe0f}' => {
            is_pictograph(base)
                || matches!(base, '0'..='9' | '#' | '*')
                || !base.is_ascii() && !base.is_alphanumeric() && !is_blank(base)
        }
        '\u{e0100}'..='\u{e01ef}' => is_ideograph(base),
        // Mathematical symbols, the slashed zero, ideographs and letters of some scripts without case have standardized variants.
        _ => {
            (!base.is_ascii() || base == '0')
                && !base.is_lowercase()
                && !base.is_uppercase()
                && !is_blank(base)
        }
    }
}

/// Returns whether `c` may be an emoji or a part of one.
fn is_pictograph(c: char) -> bool {
    matches!(c,
        '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | 'Ⓜ' | '〰' | '〽' | '㊗' | '㊙' | '\u{20e3}' | '\u{2190}'..='\u{21ff}'
        | '\u{2300}'..='\u{23ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether both characters are letters of left-to-right scripts, so that a direction mark between them has no effect.
fn are_left_to_right(one: char, other: char) -> bool {
    [one, other].into_iter().all(|c| c.is_alphabetic() && !is_right_to_left(c))
}

/// Returns whether `c` is of a right-to-left script.
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
}
