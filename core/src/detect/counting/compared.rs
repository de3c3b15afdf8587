//! [`ComparedContent`]: what of a text is compared with other texts.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::detect::links::links_of;
use crate::detect::mentions::mention_ranges;
use crate::order;
use crate::text::View;

/// What of the texts of a message is compared: their letters, and the hosts of their links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ComparedContent {
    /// The letters as they are read, in lower case: without numbers, signs and mentions, and of each link only the letters of its host.
    pub letters: String,
    /// How many letters there are, with those that are repeated; one that stands for a syllable or a word counts as two.
    pub count: usize,
    /// The host of each link, once.
    pub hosts: Vec<String>,
}

impl ComparedContent {
    /// Returns what is compared of `texts`.
    pub(crate) fn of<'v>(texts: impl Iterator<Item = &'v View>) -> Self {
        let mut compared = Self::default();
        for view in texts {
            compared.add(view);
        }
        compared
    }

    fn add(&mut self, view: &View) {
        if is_simple(view.text()) {
            self.add_simple(view.text());
        } else {
            self.add_any(view);
        }
    }

    /// Adds a text of which [`is_simple`] holds, as for any other text, in less time.
    fn add_simple(&mut self, text: &str) {
        let mut last = self.letters.bytes().next_back();
        let mut letters = Vec::with_capacity(text.len());
        for letter in text.bytes().filter(u8::is_ascii_alphabetic) {
            self.count += 1;
            let letter = letter.to_ascii_lowercase();
            if last.replace(letter) != Some(letter) {
                letters.push(letter);
            }
        }
        self.letters.push_str(std::str::from_utf8(&letters).unwrap_or_default());
    }

    fn add_any(&mut self, view: &View) {
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
        if is_simple(&rest) {
            self.add_simple(&rest);
        } else {
            self.add_rest(rest);
        }
        for (_, host) in links {
            if !self.hosts.contains(&host) {
                self.hosts.push(host);
            }
        }
    }

    /// Adds the letters of `rest`, which has no signs, as they are read, whatever disguises them, and each only once where it is repeated.
    fn add_rest(&mut self, rest: String) {
        let letters = rest.chars().filter(|c| c.is_alphabetic());
        self.count += letters.map(|c| if is_wide(c) { 2 } else { 1 }).sum::<usize>();
        let view = View::new(rest);
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

/// Returns whether `text` has only English letters, spaces and signs that make neither a link nor a mention, which is usual.
fn is_simple(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_simple_byte = |(at, byte): (usize, &u8)| {
        let next = bytes.get(at + 1);
        match byte {
            // As in `hxxp`.
            b'x' | b'X' => !matches!(next, Some(b'x' | b'X')),
            b'a'..=b'z' | b'A'..=b'Z' | b' ' | b'\n' | b',' | b';' | b'!' | b'?' | b'\'' | b'"' | b'-' => {
                true
            }
            b'.' => matches!(next, None | Some(b' ' | b'\n' | b'.')),
            _ => false,
        }
    };
    bytes.iter().enumerate().all(is_simple_byte)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_texts_are_read_as_all_others_are() {
        const PIECES: [&str; 24] = [
            "a",
            "b",
            "Xx",
            "l",
            "I",
            "oo",
            "OO",
            "com",
            "www",
            "Http",
            "hx",
            "xp",
            "localhost",
            "dot",
            "at",
            " ",
            " ",
            "\n",
            ".",
            "..",
            ",",
            "!",
            "-",
            "'",
        ];
        let (mut random, mut simple) = (7_u64, 0);
        let mut below = |limit: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(random >> 33).unwrap() % limit
        };
        for _ in 0..20_000 {
            let text: String = (0..below(12)).map(|_| PIECES[below(PIECES.len())]).collect();
            // What a text before it ends with makes no difference.
            let before = View::new(["", "a", "so"][below(3)]);
            if is_simple(&text) {
                let mut compared = [
                    ComparedContent::of(std::iter::once(&before)),
                    ComparedContent::of(std::iter::once(&before)),
                ];
                compared[0].add_simple(&text);
                compared[1].add_rest(text.replace(is_sign, ""));
                assert_eq!(links_of(&View::new(&*text)), (text.clone(), Vec::new()));
                assert_eq!(mention_ranges(&text).count() + numbers(&text).count(), 0, "{text:?}");
                assert_eq!(compared[0], compared[1], "{text:?}");
                simple += 1;
            }
        }
        assert!(simple > 5_000, "{simple}");
    }
}
