//! [`Clear`]: a text with its links as a browser would read them: what nobody sees taken out, `hxxp` and `[.]` undone, other dots made dots.

use std::ops::Range;

use crate::detect::refang::Refanged;
use crate::text::{Offsets, Typed};

/// A text with its links put in order, with the way back.
#[derive(Debug)]
pub(super) struct Clear<'t> {
    typed: &'t Typed,
    refanged: Option<Refanged>,
    dotted: Option<(String, Offsets)>,
}

impl<'t> Clear<'t> {
    /// Reads what was typed.
    pub(super) fn of(typed: &'t Typed) -> Self {
        let refanged = Refanged::of(typed.text());
        let dotted = dotted(refanged.as_ref().map_or(typed.text(), |refanged| &refanged.text));
        Self { typed, refanged, dotted }
    }

    /// The text in order.
    pub(super) fn text(&self) -> &str {
        match (&self.dotted, &self.refanged) {
            (Some((text, _)), _) => text,
            (None, Some(refanged)) => &refanged.text,
            (None, None) => self.typed.text(),
        }
    }

    /// The bytes of the text as it came that `range` stands for.
    pub(super) fn origin(&self, mut range: Range<usize>) -> Range<usize> {
        if let Some((_, offsets)) = &self.dotted {
            range = offsets.to_origin(range);
        }
        if let Some(refanged) = &self.refanged {
            range = refanged.origin(range);
        }
        self.typed.origin(range)
    }
}

/// `text` with the full stops of Chinese and Japanese between ASCII letters and digits as dots, which is what browsers take them for;
/// nothing when there are none.
fn dotted(text: &str) -> Option<(String, Offsets)> {
    let (mut dotted, mut offsets, mut done) = (String::new(), Offsets::default(), 0);
    for (at, stop) in text.match_indices(['。', '｡']) {
        let end = at + stop.len();
        let between = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
            && text[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if between {
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
    fn a_text_is_put_in_order_and_leads_back() {
        for (text, clear) in [
            ("plain", "plain"),
            ("请看 example。com 吧。好", "请看 example.com 吧。好"),
            ("hxxp://a[.]example。co\u{ad}m", "http://a.example.com"),
        ] {
            let typed = Typed::new(text);
            let read = Clear::of(&typed);
            assert_eq!(read.text(), clear);
            assert_eq!(read.origin(0..clear.len()), 0..text.len());
        }
        let text = "见 ｅxample｡com!";
        let typed = Typed::new(text);
        let read = Clear::of(&typed);
        let at = read.text().find("example.com").unwrap();
        assert_eq!(&text[read.origin(at..at + 11)], "ｅxample｡com");
    }
}
