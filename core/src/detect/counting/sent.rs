//! [`Sent`]: what of a text is compared with other texts.

use std::cmp::Reverse;

use crate::detect::links::links_of;
use crate::detect::mentions::mention_ranges;
use crate::text::View;

/// What of the texts of a message is compared: their letters, and the hosts of their links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    /// The letters in lower case: without digits, signs and mentions, and of each link only the letters of its host.
    pub letters: String,
    /// The host of each link, once.
    pub hosts: Vec<String>,
}

impl Sent {
    /// Returns what is compared of `texts`.
    pub(crate) fn of<'v>(texts: impl Iterator<Item = &'v View>) -> Self {
        let mut sent = Self::default();
        for view in texts {
            sent.add(view);
        }
        sent
    }

    fn add(&mut self, view: &View) {
        let (text, links) = links_of(view);
        let mut cuts: Vec<_> = mention_ranges(&text).map(|range| (range, "")).collect();
        cuts.extend(links.iter().map(|(range, host)| (range.clone(), &**host)));
        cuts.sort_by_key(|(cut, _)| (cut.start, Reverse(cut.end)));
        let mut end = 0;
        // A mention in a link is none.
        for (cut, host) in cuts {
            if cut.start >= end {
                self.add_letters(&text[end..cut.start]);
                self.add_letters(host);
                end = cut.end;
            }
        }
        self.add_letters(&text[end..]);
        for (_, host) in links {
            if !self.hosts.contains(&host) {
                self.hosts.push(host);
            }
        }
    }

    fn add_letters(&mut self, text: &str) {
        self.letters.extend(text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase));
    }

    /// Returns how many letters there are; one that stands for a syllable or a word counts as two.
    pub(crate) fn count(&self) -> usize {
        self.letters.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
    }
}

/// Returns whether `c` is a letter of Chinese, Japanese or Korean.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}')
}
