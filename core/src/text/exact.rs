//! The exact projection: a text as it is spelled, with a map back to the original.
//!
//! It removes only differences that change neither a letter nor a sign: case, the normalization form, invisible characters, the amount of
//! white space, the skin tone of emoji, and whether an apostrophe or a hyphen is that of a keyboard. Accents and confusables stay.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

use super::characters::{is_blank, is_unseen};
use super::fold::keyed;

/// A text as spelled, in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exact {
    text: String,
    letters: Vec<Symbol>,
}

/// A letter or sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Symbol {
    /// Its offset in the projection.
    at: u32,
    /// The character as written, in composed form.
    written: char,
    /// The grapheme cluster in the original, which several of them may share.
    start: u32,
    end: u32,
}

impl Exact {
    /// Makes the projection of `text`.
    pub(crate) fn new(text: &str) -> Self {
        let mut exact =
            Self { text: String::with_capacity(text.len()), letters: Vec::with_capacity(text.len()) };
        for (start, cluster) in text.grapheme_indices(true) {
            let range = start..start + cluster.len();
            if cluster.chars().all(is_blank) {
                exact.push_space(range);
            } else {
                let tone = |(at, c): &(usize, char)| *at > 0 && is_skin_tone(*c);
                let chars = cluster.char_indices().filter(|one| !tone(one)).map(|(_, c)| c);
                chars.filter(|c| !is_unseen(*c)).nfc().for_each(|c| exact.push(c, &range));
            }
        }
        exact
    }

    /// Returns the text as spelled, in lower case.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the range of the original text whose spelling is the non-empty `range` of the projection; `None` if it ends inside a
    /// grapheme cluster.
    #[must_use]
    pub fn origin(&self, range: Range<usize>) -> Option<Range<usize>> {
        let inside = &self.letters[self.index(range.start)..self.index(range.end)];
        let (first, last) = (inside.first()?, inside.last()?);
        let before = self.index(range.start).checked_sub(1).map(|at| self.letters[at]);
        let after = self.letters.get(self.index(range.end));
        let is_cut = before.is_some_and(|before| before.end > first.start)
            || after.is_some_and(|after| after.start < last.end);
        (!is_cut).then_some(first.start as usize..last.end as usize)
    }

    /// Returns whether the letters at `range` of the projection are those of `listed`, whose projection is the same. A dotless ı is not
    /// an i, although both have the capital I.
    pub(crate) fn is(&self, range: Range<usize>, listed: &Self) -> bool {
        let inside = &self.letters[self.index(range.start)..self.index(range.end)];
        inside.len() == listed.letters.len()
            && inside.iter().zip(&listed.letters).all(|(one, listed)| is_case_of(one.written, listed.written))
    }

    fn index(&self, at: usize) -> usize {
        self.letters.partition_point(|letter| (letter.at as usize) < at)
    }

    fn push_space(&mut self, range: Range<usize>) {
        match self.letters.last_mut().filter(|last| last.written == ' ') {
            Some(last) => last.end = offset(range.end),
            None => self.add(' ', ' ', &range),
        }
    }

    fn push(&mut self, c: char, range: &Range<usize>) {
        let Some(last) = self.letters.last().copied().filter(|_| is_combining_mark(c)) else {
            return self.add(c, lower(c), range);
        };
        let whole = last.start as usize..range.end;
        // The lower-case letter of İ is an i with a dot, which is an i.
        if c == '\u{307}' && matches!(last.written, 'i' | 'I') {
            self.letters.pop();
            self.text.truncate(last.at as usize);
            return self.add('İ', 'i', &whole);
        }
        // An invisible character is between a letter and its mark.
        match compose(last.written, c).filter(|_| last.end as usize <= range.start) {
            Some(composed) => {
                self.letters.pop();
                self.text.truncate(last.at as usize);
                self.add(composed, lower(composed), &whole);
            }
            None => self.add(c, lower(c), range),
        }
    }

    fn add(&mut self, written: char, lower: char, range: &Range<usize>) {
        let at = offset(self.text.len());
        self.letters.push(Symbol { at, written, start: offset(range.start), end: offset(range.end) });
        self.text.push(lower);
    }
}

/// Converts an offset in a text, which is a few kilobytes long.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Returns whether `c` is the skin tone of the emoji before it.
pub(crate) fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

/// Returns the lower-case letter of the capital of `c`, so that letters with the same capital, such as σ and ς, become the same.
fn lower(c: char) -> char {
    let c = keyed(c);
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        'İ' => 'i',
        'ẞ' => 'ß',
        _ => {
            let capital = only(c.to_uppercase()).unwrap_or(c);
            only(capital.to_lowercase()).unwrap_or(capital)
        }
    }
}

/// Returns the item of `letters` if there is exactly one.
fn only(mut letters: impl Iterator<Item = char>) -> Option<char> {
    letters.next().filter(|_| letters.next().is_none())
}

/// Returns whether `written` is `listed` in any case, given that both have the same lower-case letter.
fn is_case_of(written: char, listed: char) -> bool {
    match listed {
        'i' => written != 'ı',
        'ı' => matches!(written, 'ı' | 'I'),
        'İ' => matches!(written, 'İ' | 'i'),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_only_case_form_and_what_nobody_sees() {
        for (one, other) in [
            ("CHÓ", "cho\u{301}"),
            ("ΜΑΛΆΚΑΣ", "μαλάκας"),
            ("FUẞ", "fuß"),
            ("İĞNE", "iğne"),
            ("f\u{200b}o\u{ad}o", "foo"),
            ("o\u{200b}\u{301}", "ó"),
            ("a \n\u{3000}b", "a b"),
            ("🖕🏽 ❤️", "🖕 ❤"),
            ("\u{212b} ſ", "å s"),
            ("각", "각"),
        ] {
            assert_eq!(Exact::new(one).text(), Exact::new(other).text(), "{one:?}");
        }
        for (one, other) in
            [("chó", "cho"), ("fuß", "fuss"), ("cаt", "cat"), ("ｃat", "cat"), ("ł", "l"), ("ё", "е")]
        {
            assert_ne!(Exact::new(one).text(), Exact::new(other).text(), "{one:?}");
        }
    }

    #[test]
    fn ranges_lead_back_and_cut_no_cluster() {
        let text = "x CHO\u{301}\u{200b} 👩‍🚀";
        let exact = Exact::new(text);
        let origin = |piece: &str| {
            let at = exact.text().find(piece).unwrap();
            exact.origin(at..at + piece.len()).map(|range| &text[range])
        };
        assert_eq!(origin("chó"), Some("CHO\u{301}"));
        assert_eq!(origin("👩🚀"), Some("👩‍🚀"));
        assert_eq!(origin("👩"), None);
        assert_eq!(origin("🚀"), None);
    }
}
