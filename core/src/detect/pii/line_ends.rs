//! [`Joined`]: joins numbers that a line break splits at a hyphen.

use std::ops::Range;

use crate::text::Offsets;

/// A text in which numbers that were split at a hyphen are joined, with a mapping to the original ranges.
pub(super) struct Joined {
    pub text: String,
    offsets: Offsets,
}

impl Joined {
    /// Joins the split numbers in `text`; returns `None` if there are none, which is the usual case.
    pub(super) fn of(text: &str) -> Option<Self> {
        let (mut joined, mut offsets, mut done) = (String::new(), Offsets::default(), 0);
        for (at, _) in text.match_indices('\n') {
            let before = text[..at].trim_end_matches(['\r', ' ']);
            let after = text[at + 1..].trim_start_matches(' ');
            if before.len() < done || !is_split(before, after) {
                continue;
            }
            let gap = before.len()..text.len() - after.len();
            joined.push_str(&text[done..gap.start]);
            offsets.copy(gap.start - done);
            offsets.swap(0, gap.len());
            done = gap.end;
        }
        if done == 0 {
            return None;
        }
        joined.push_str(&text[done..]);
        offsets.copy(text.len() - done);
        Some(Self { text: joined, offsets })
    }

    /// Returns the range of the original text for `range` of the joined text.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        self.offsets.to_origin(range)
    }
}

/// Returns whether a number is split at its hyphen between `before`, the end of a line, and `after`, the start of the next.
fn is_split(before: &str, after: &str) -> bool {
    let Some(before) = before.strip_suffix('-') else { return false };
    let is_word_char = |c: char| c.is_ascii_alphanumeric();
    let is_digit = |c: char| c.is_ascii_digit();
    before.ends_with(is_word_char)
        && after.starts_with(is_word_char)
        && (before.ends_with(is_digit) || after.starts_with(is_digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_numbers_that_are_split_at_a_hyphen() {
        for (text, joined) in [
            ("415-555-\n2671", Some("415-555-2671")),
            ("415-\r\n555- \n 2671", Some("415-555-2671")),
            ("TE5-\nMK72", Some("TE5-MK72")),
            ("well-\nknown", None),
            ("1\n2", None),
            ("- 1\n- 2", None),
            ("-\n", None),
        ] {
            assert_eq!(Joined::of(text).map(|joined| joined.text).as_deref(), joined, "{text:?}");
        }
    }

    #[test]
    fn maps_joined_ranges_to_the_original() {
        let text = "é 415-\n555-\n2671!";
        let joined = Joined::of(text).unwrap();
        let at = joined.text.find('4').unwrap();
        assert_eq!(&text[joined.origin(at..at + 12)], "415-\n555-\n2671");
    }
}
