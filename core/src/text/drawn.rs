//! Letters drawn with several ASCII signs: `|-|` for *h*, `/\` for *a*.

use super::confusables::{DRAWINGS, Degree};
use super::glyph::Glyph;
use super::glyphs::Glyphs;

/// Returns whether the text of `glyphs` may contain a drawn letter. `ph` does not count: otherwise phishing would be read as fishing.
pub(super) fn is_drawn(glyphs: Glyphs<'_>) -> bool {
    glyphs.hold(b'|', b'\\', b'\\') || glyphs.hold(b'(', b'[', b'>') && is_drawn_within(glyphs)
}

/// Returns whether two signs that may together draw a letter occur between letters.
fn is_drawn_within(glyphs: Glyphs<'_>) -> bool {
    let (mut last, mut any) = (['\0'; 3], false);
    glyphs.each(|glyph| {
        let [before, one, other] = last;
        let drawn = matches!((one, other), ('(', ')') | ('[', ']') | ('>', '<'));
        any |= drawn && before.is_alphanumeric() && glyph.c.is_alphanumeric();
        last = [one, other, glyph.c];
    });
    any
}

/// Calls `each` with every glyph of `glyphs`, with each drawing replaced by the letter it represents.
pub(super) fn each_drawn(glyphs: Glyphs<'_>, mut each: impl FnMut(Glyph)) {
    let mut all = Vec::with_capacity(glyphs.text().len());
    glyphs.each(|glyph| all.push(glyph));
    let mut rest = &*all;
    while let Some(first) = rest.first() {
        let drawn = |drawing: &str| {
            let mut seen = rest.iter().map(|glyph| glyph.c.to_ascii_lowercase());
            drawing.chars().all(|sign| seen.next() == Some(sign))
        };
        let mut common = DRAWINGS.iter().filter(|(.., degree)| *degree == Degree::Common);
        let found = common.find(|(drawing, ..)| drawn(drawing));
        let letter = found.and_then(|(_, letters, _)| letters.chars().next());
        let taken = found.map_or(1, |(drawing, ..)| drawing.len());
        each(letter.map_or(*first, |letter| first.as_letter(letter).to(&rest[taken - 1])));
        rest = &rest[taken..];
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{Letters, Reading};

    #[test]
    fn drawings_are_letters() {
        for (text, read) in [
            (r"|=uc|<", "fuck"),
            (r"\/|/\gr4", "viagra"),
            (r"|-|e||", "hei"),
            (r"|\|ob c()ck", "nobcock"),
            (r"PH|_|CK", "fuck"),
            ("plain", "plain"),
        ] {
            let letters = Letters::new(text, Reading::Drawn);
            assert_eq!(letters.text(), read, "{text:?}");
            assert_eq!(letters.all()[0].range().start, 0);
        }
    }
}
