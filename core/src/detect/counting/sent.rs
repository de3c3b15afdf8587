//! [`Sent`]: what of a text is compared with other texts.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::detect::links::links_of;
use crate::detect::mentions::mention_ranges;
use crate::order;
use crate::text::View;

/// What of the texts of a message is compared: their letters, and the hosts of their links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sent {
    /// The letters as they are read, in lower case: without numbers, signs and mentions, and of each link only the letters of its host.
    pub letters: String,
    /// How many letters there are, with those that are repeated; one that stands for a syllable or a word counts as two.
    pub count: usize,
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
        cuts.extend(numbers(&text).map(|range| (range, "")));
        order::by(&mut cuts, |(cut, _)| (cut.start, usize::MAX - cut.end));
        let (mut rest, mut end) = (String::with_capacity(text.len()), 0);
        // A mention in a link is none.
        for (cut, host) in cuts {
            if cut.start >= end {
                rest.extend(text[end..cut.start].chars().filter(|c| !is_sign(*c)));
                rest.extend(host.chars().filter(|c| !is_sign(*c)));
                end = cut.end;
            }
        }
        rest.extend(text[end..].chars().filter(|c| !is_sign(*c)));
        let letters = rest.chars().filter(|c| c.is_alphabetic());
        self.count += letters.map(|c| if is_wide(c) { 2 } else { 1 }).sum::<usize>();
        self.add_letters(&View::new(rest));
        for (_, host) in links {
            if !self.hosts.contains(&host) {
                self.hosts.push(host);
            }
        }
    }

    /// Adds the letters of `view` as they are read, whatever disguises them, and each only once where it is repeated.
    fn add_letters(&mut self, view: &View) {
        let Some(read) = view.readings().next() else { return };
        for c in read.text().chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase) {
            // As in capitals, where these are no letters of their own.
            let c = match c {
                'ς' => 'σ',
                'ß' => 's',
                c => c,
            };
            if !self.letters.ends_with(c) {
                self.letters.push(c);
            }
        }
    }
}

/// Returns the words of `text` that have digits and no letters.
fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let words = text
        .split_whitespace()
        .filter(|word| word.contains(|c: char| c.is_numeric()) && !word.contains(char::is_alphabetic));
    words.map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

/// Returns whether `c` is neither a letter, a digit nor a space, nor belongs to one.
fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !is_combining_mark(c)
}

/// Returns whether `c` is a letter of Chinese, Japanese or Korean.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}')
}
