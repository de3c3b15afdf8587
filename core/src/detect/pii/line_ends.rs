//! [`Joined`]: numbers that were broken at the end of a line.

use std::ops::Range;

use crate::text::Offsets;

/// A text whose numbers go on over the ends of lines behind their hyphens, with the way back.
pub(super) struct Joined {
    pub text: String,
    offsets: Offsets,
}

impl Joined {
    /// Reads `text`; gives nothing when no number is broken in it, which is nearly always.
    pub(super) fn of(text: &str) -> Option<Self> {
        let (mut joined, mut offsets, mut done) = (String::new(), Offsets::default(), 0);
        for (at, _) in text.match_indices('\n') {
            let before = text[..at].trim_end_matches(['\r', ' ']);
            let after = text[at + 1..].trim_start_matches(' ');
            if before.len() < done || !is_broken(before, after) {
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

    /// The bytes of the text that `range` of the joined text stands for.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        self.offsets.to_origin(range)
    }
}

/// Whether a number that is broken at its hyphen ends a line with `before` and begins the next with `after`.
fn is_broken(before: &str, after: &str) -> bool {
    let Some(before) = before.strip_suffix('-') else { return false };
    let word = |c: char| c.is_ascii_alphanumeric();
    let digit = |c: char| c.is_ascii_digit();
    before.ends_with(word) && after.starts_with(word) && (before.ends_with(digit) || after.starts_with(digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_on_behind_their_hyphens() {
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
    fn what_is_joined_leads_back() {
        let text = "é 415-\n555-\n2671!";
        let joined = Joined::of(text).unwrap();
        let at = joined.text.find('4').unwrap();
        assert_eq!(&text[joined.origin(at..at + 12)], "415-\n555-\n2671");
    }
}
