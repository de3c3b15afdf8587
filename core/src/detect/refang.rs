//! Undoes what people do to addresses so that they are not taken for addresses: `hxxp://evil[.]test`, `bob (at) corp [dot] test`.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::text::Offsets;

/// A text with its addresses put back in order, with the way back.
#[derive(Debug)]
pub(super) struct Refanged {
    pub text: String,
    offsets: Offsets,
}

impl Refanged {
    /// Reads `text`; gives nothing when there is nothing to undo, which is nearly always.
    pub(super) fn of(text: &str) -> Option<Self> {
        // All of it is ASCII brackets and one word: without either there is nothing to look for.
        let (mut refanged, mut offsets, mut done) = (String::new(), Offsets::default(), 0);
        for matched in disguises().find_iter(text) {
            let (range, sign) = match DISGUISES[matched.pattern().as_usize()] {
                (_, "http") if is_word(text, matched.start()) => (matched.range(), "http"),
                (_, "http") => continue,
                (_, sign) => (with_spaces(text, done, matched.range()), sign),
            };
            refanged.push_str(&text[done..range.start]);
            offsets.copy(range.start - done);
            refanged.push_str(sign);
            offsets.swap(sign.len(), range.len());
            done = range.end;
        }
        if done == 0 {
            return None;
        }
        refanged.push_str(&text[done..]);
        offsets.copy(text.len() - done);
        Some(Self { text: refanged, offsets })
    }

    /// The bytes of the text that `range` of the refanged text stands for.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        self.offsets.to_origin(range)
    }
}

/// What stands for what. Spaces around brackets are part of the disguise.
const DISGUISES: &[(&str, &str)] = &[
    ("hxxp", "http"),
    ("h**p", "http"),
    ("meow://", "http://"),
    ("[.]", "."),
    ("(.)", "."),
    ("{.}", "."),
    ("[dot]", "."),
    ("(dot)", "."),
    ("{dot}", "."),
    ("<dot>", "."),
    ("[punkt]", "."),
    ("(punkt)", "."),
    ("[:]", ":"),
    ("[://]", "://"),
    ("[/]", "/"),
    ("[at]", "@"),
    ("(at)", "@"),
    ("{at}", "@"),
    ("<at>", "@"),
    ("[@]", "@"),
    ("(@)", "@"),
];

fn disguises() -> &'static AhoCorasick {
    static DISGUISES_AUTOMATON: OnceLock<AhoCorasick> = OnceLock::new();
    DISGUISES_AUTOMATON.get_or_init(|| {
        let signs = DISGUISES.iter().map(|(disguise, _)| disguise);
        let built = AhoCorasick::builder().ascii_case_insensitive(true).build(signs);
        built.expect("a score of short patterns fit an automaton")
    })
}

/// Whether a word begins at `at`.
fn is_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric())
}

/// `range` with the spaces around it, back to `from` at most.
fn with_spaces(text: &str, from: usize, range: Range<usize>) -> Range<usize> {
    let before = text[from..range.start].trim_end_matches(' ').len();
    let after = text[range.end..].len() - text[range.end..].trim_start_matches(' ').len();
    // Without a word on both sides there is nothing to put together: `a list [.] of things` keeps its spaces only if it must.
    from + before..range.end + after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_put_back_in_order() {
        for (text, refanged) in [
            ("hxxps://evil[.]test/x", Some("https://evil.test/x")),
            ("HXXP[:]//evil(dot)test", Some("http://evil.test")),
            ("bob [at] corp [dot] test", Some("bob@corp.test")),
            ("foohxxp", None),
            ("a (b) [c]", None),
            ("", None),
        ] {
            assert_eq!(Refanged::of(text).map(|r| r.text).as_deref(), refanged, "{text:?}");
        }
    }

    #[test]
    fn a_refanged_range_leads_back() {
        let text = "é see hxxp://evil [.] test now";
        let refanged = Refanged::of(text).unwrap();
        let at = refanged.text.find("http://evil.test").unwrap();
        assert_eq!(&text[refanged.origin(at..at + 16)], "hxxp://evil [.] test");
    }
}
