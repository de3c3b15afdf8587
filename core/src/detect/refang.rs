//! [`Refanged`]: restores obfuscated ("defanged") URLs and e-mail addresses: `hxxp://evil[.]test`, `bob (at) corp [dot] test`.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::text::Offsets;

/// A text with restored URLs and e-mail addresses, with a mapping to the original ranges.
#[derive(Debug)]
pub(super) struct Refanged {
    pub text: String,
    offsets: Offsets,
}

impl Refanged {
    /// Restores the addresses in `text`; returns `None` if there are none to restore, which is the usual case.
    pub(super) fn of(text: &str) -> Option<Self> {
        let (mut refanged, mut offsets, mut done) = (String::new(), Offsets::default(), 0);
        for matched in automaton().find_iter(text) {
            let (range, replacement) = match DEFANGED[matched.pattern().as_usize()] {
                (_, "http") if is_word_start(text, matched.start()) => (matched.range(), "http"),
                (_, "http") => continue,
                (_, replacement) => (with_spaces(text, done, matched.range()), replacement),
            };
            refanged.push_str(&text[done..range.start]);
            offsets.copy(range.start - done);
            refanged.push_str(replacement);
            offsets.swap(replacement.len(), range.len());
            done = range.end;
        }
        if done == 0 {
            return None;
        }
        refanged.push_str(&text[done..]);
        offsets.copy(text.len() - done);
        Some(Self { text: refanged, offsets })
    }

    /// Returns the range of the original text for `range` of the refanged text.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        self.offsets.to_origin(range)
    }
}

/// Defanged notations and their replacements. Spaces around brackets are replaced too.
const DEFANGED: &[(&str, &str)] = &[
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

/// Returns the automaton for the notations in [`DEFANGED`].
fn automaton() -> &'static AhoCorasick {
    static AUTOMATON: OnceLock<AhoCorasick> = OnceLock::new();
    AUTOMATON.get_or_init(|| {
        let notations = DEFANGED.iter().map(|(notation, _)| notation);
        let built = AhoCorasick::builder().ascii_case_insensitive(true).build(notations);
        built.expect("a score of short patterns fit an automaton")
    })
}

/// Returns whether a word can start at `at`.
fn is_word_start(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric())
}

/// Returns `range` with the spaces around it, but not before `from`.
fn with_spaces(text: &str, from: usize, range: Range<usize>) -> Range<usize> {
    let before = text[from..range.start].trim_end_matches(' ').len();
    let after = text[range.end..].len() - text[range.end..].trim_start_matches(' ').len();
    from + before..range.end + after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn restores_defanged_addresses() {
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
    fn maps_refanged_ranges_to_the_original() {
        let text = "é see hxxp://evil [.] test now";
        let refanged = Refanged::of(text).unwrap();
        let at = refanged.text.find("http://evil.test").unwrap();
        assert_eq!(&text[refanged.origin(at..at + 16)], "hxxp://evil [.] test");
    }
}
