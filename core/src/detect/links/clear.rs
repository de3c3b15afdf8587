//! [`ClearText`]: a text in which links are written as a browser interprets them: without invisible characters, refanged, with ASCII dots.

use std::ops::Range;

use super::spoken;
use crate::detect::refang::Refanged;
use crate::text::{Offsets, Typed};

/// A text with deobfuscated links, with a mapping to the original ranges.
#[derive(Debug)]
pub(super) struct ClearText<'t> {
    typed: &'t Typed,
    refanged: Option<Refanged>,
    spelled: Option<(String, Offsets)>,
    dotted: Option<(String, Offsets)>,
}

impl<'t> ClearText<'t> {
    /// Deobfuscates the links in `typed`. With `spoken`, also those that are spelled with words for signs.
    pub(super) fn of(typed: &'t Typed, spoken: bool) -> Self {
        let refanged = Refanged::of(typed.text());
        let text = refanged.as_ref().map_or(typed.text(), |refanged| &refanged.text);
        let spelled = if spoken { spoken::with_signs(text) } else { None };
        let dotted = with_ascii_dots(spelled.as_ref().map_or(text, |(text, _)| text));
        Self { typed, refanged, spelled, dotted }
    }

    /// Returns the deobfuscated text.
    pub(super) fn text(&self) -> &str {
        match (&self.dotted, &self.spelled, &self.refanged) {
            (Some((text, _)), _, _) | (None, Some((text, _)), _) => text,
            (None, None, Some(refanged)) => &refanged.text,
            (None, None, None) => self.typed.text(),
        }
    }

    /// Returns the range of the original text for `range` of this text.
    pub(super) fn origin(&self, mut range: Range<usize>) -> Range<usize> {
        for (_, offsets) in self.dotted.iter().chain(&self.spelled) {
            range = offsets.to_origin(range);
        }
        if let Some(refanged) = &self.refanged {
            range = refanged.origin(range);
        }
        self.typed.origin(range)
    }
}

/// Replaces ideographic full stops between ASCII letters or digits by dots, as browsers do. Returns `None` if there are none.
fn with_ascii_dots(text: &str) -> Option<(String, Offsets)> {
    let (mut dotted, mut offsets, mut done) = (String::new(), Offsets::default(), 0);
    for (at, stop) in text.match_indices(['。', '｡']) {
        let end = at + stop.len();
        let is_between_ascii = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
            && text[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if is_between_ascii {
            dotted.push_str(&text[done..at]);
            dotted.push('.');
            offsets.copy(at - done);
            offsets.swap(1, stop.len());
            done = end;
        }
    }
    if done == 0 {
        return None;
    }
    dotted.push_str(&text[done..]);
    offsets.copy(text.len() - done);
    Some((dotted, offsets))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deobfuscates_links_and_maps_ranges_to_the_original() {
        for (text, clear) in [
            ("plain", "plain"),
            ("请看 example。com 吧。好", "请看 example.com 吧。好"),
            ("hxxp://a[.]example。co\u{ad}m", "http://a.example.com"),
            ("hxxps://a[.]example dot co。uk", "https://a.example.co.uk"),
            ("example dot com slash a", "example.com/a"),
        ] {
            let typed = Typed::new(text);
            let read = ClearText::of(&typed, true);
            assert_eq!(read.text(), clear);
            assert_eq!(read.origin(0..clear.len()), 0..text.len());
        }
        let text = "见 ｅxample｡com!";
        let typed = Typed::new(text);
        let read = ClearText::of(&typed, true);
        let at = read.text().find("example.com").unwrap();
        assert_eq!(&text[read.origin(at..at + 11)], "ｅxample｡com");
    }
}
