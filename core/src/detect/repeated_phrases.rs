//! Phrases that are repeated, for `repeats`.
//!
//! A text is a sequence of words, and a repeated phrase is a run of words with a period: each word equals the word one period later. A run
//! that repeats `p` words at least once includes a position that is a multiple of `p` and whose word equals the one `p` words later. So for
//! each period only the multiples are probed, and a run is followed from there. Shorter periods come first, and longer ones skip their
//! runs.

use std::collections::HashMap;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{Budget, Exhausted};
use crate::order;
use crate::text::View;

/// Shorter phrases, such as `x o` and `ha ho`, are too common.
const MIN_LETTERS: usize = 4;

/// Returns the excess of each phrase of several words that `text` repeats more than `max` times in a row: what comes after the first
/// `max`. Case, accents, punctuation, emoji and line breaks between words make no difference.
///
/// # Errors
/// If `budget` is exhausted.
pub(super) fn excess(text: &View, max: usize, budget: &mut Budget) -> Result<Vec<Range<usize>>, Exhausted> {
    let folded = text.folded();
    let words: Vec<(usize, &str)> = folded.text().unicode_word_indices().collect();
    let Some(ids) = numbered(&words, max) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    // The end of the longest known run that covers a word.
    let mut run_ends = vec![0; ids.len()];
    // With a longer period, the text has no room for more than `max` repetitions.
    for period in 1..=ids.len() / max.saturating_add(1) {
        let (mut at, mut last_end) = (0, 0);
        while at + period < ids.len() {
            let is_same = |at: usize| ids[at] == ids[at + period];
            let mut next = at + period;
            budget.spend(2)?;
            if run_ends[at] > next {
                next = next.max((run_ends[at] - period).next_multiple_of(period));
            } else if is_same(at) {
                let start = (last_end..at).rev().take_while(|at| is_same(*at)).last().unwrap_or(at);
                let end = (at..ids.len() - period).find(|at| !is_same(*at)).unwrap_or(ids.len() - period);
                budget.spend((end - start) as u64)?;
                next = next.max(end.next_multiple_of(period));
                last_end = end;
                let times = (end + period - start) / period;
                if times > 1 {
                    let run = &mut run_ends[start..end + period];
                    budget.spend(run.len() as u64)?;
                    for known in run {
                        *known = (end + period).max(*known);
                    }
                }
                if times > max && is_phrase(&words[start..start + period]) {
                    let (first, (last_at, last)) =
                        (words[start + max * period].0, words[start + times * period - 1]);
                    found.push(folded.origin(first..last_at + last.len()));
                }
            }
            at = next;
        }
    }
    order::by(&mut found, |range| (range.start, 0));
    Ok(found)
}

/// Returns a number for each word, the same for equal words; `None` if no word occurs more than `max` times.
fn numbered(words: &[(usize, &str)], max: usize) -> Option<Vec<usize>> {
    let (mut numbers, mut counts) = (HashMap::new(), Vec::new());
    let mut number = |word| {
        let number = *numbers.entry(word).or_insert(counts.len());
        counts.resize(counts.len().max(number + 1), 0);
        counts[number] += 1;
        number
    };
    let ids = words.iter().map(|(_, word)| number(*word)).collect();
    counts.iter().any(|count| *count > max).then_some(ids)
}

/// Returns whether `words` are a phrase: several words with enough letters.
fn is_phrase(words: &[(usize, &str)]) -> bool {
    let letters = words.iter().flat_map(|(_, word)| word.chars()).filter(|c| c.is_alphabetic());
    words.len() > 1 && letters.take(MIN_LETTERS).count() == MIN_LETTERS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, max: usize) -> Vec<&str> {
        let excess = excess(&View::new(text), max, &mut Budget::of(1_000_000)).unwrap();
        excess.into_iter().map(|range| &text[range]).collect()
    }

    /// Whatever is between the words, and whatever their case, the first repetitions stay and the others are found.
    #[test]
    fn finds_repeated_phrases_however_they_are_written() {
        for phrase in ["join my guild", "add me", "добавь меня в друзья", "únete a mí", "加我微信", "a b c d"]
        {
            for gap in [" ", "! ", " 🎉 ", "\n", ", ", "... ", " - ", " \u{200b}", "👉"] {
                for (max, times) in [(1, 2), (1, 3), (2, 3), (3, 4), (3, 9), (3, 3), (4, 2)] {
                    let each = (0..times).map(|at: usize| match at % 3 {
                        0 => phrase.to_owned(),
                        1 => phrase.to_uppercase(),
                        _ => phrase.replace(' ', "  "),
                    });
                    let each: Vec<_> = each.collect();
                    let text = format!("hey{gap}{}{gap}ok?", each.join(gap));
                    let expected = each[max.min(times)..].join(gap);
                    let expected = Some(&*expected).filter(|_| times > max);
                    assert_eq!(found(&text, max), Vec::from_iter(expected), "{max} in {text:?}");
                }
            }
        }
    }

    #[test]
    fn leaves_ordinary_repetitions_alone() {
        for text in [
            "no no no no no no no no no",
            "ha ha ha ha, very very very very good",
            "哈哈哈哈哈哈哈哈哈哈",
            "x o x o x o x o x o",
            "1 000 000 000 000 000 000 000",
            "10 20 10 20 10 20 10 20",
            "row, row, row your boat, gently down the stream. merrily merrily merrily merrily",
            "let it go, let it go, can't hold it back anymore, let it go, let it go",
            "and again and again and again",
        ] {
            assert_eq!(found(text, 3), Vec::<&str>::new(), "{text}");
        }
    }

    /// Compares with a search that tries every phrase at every place, over random words of a small vocabulary.
    #[test]
    fn finds_a_phrase_exactly_where_a_plain_search_does() {
        let mut seed = 20_261_129_u64;
        let mut below = |end: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % end
        };
        for _ in 0..3000 {
            let (len, vocabulary, max) = (4 + below(28), 2 + below(2), 1 + below(3));
            let words: Vec<_> = (0..len).map(|_| ["alpha", "beta", "gamma"][below(vocabulary)]).collect();
            let repeats_at = |start: usize, period: usize| {
                let phrase = words.get(start..start + period)?;
                let mut pieces = words[start..].chunks_exact(period).take(max + 1);
                let is_long = words.len() - start >= (max + 1) * period;
                let is_mixed = phrase.iter().any(|word| *word != phrase[0]);
                (is_long && is_mixed && pieces.all(|piece| piece == phrase)).then_some(())
            };
            let any = (0..words.len())
                .any(|start| (2..=words.len()).any(|period| repeats_at(start, period).is_some()));
            let text = words.join(" ");
            assert_eq!(!found(&text, max).is_empty(), any, "{max} in {text}");
        }
    }

    #[test]
    fn the_worst_text_costs_little() {
        let fibonacci = (0..14)
            .fold(("ab".to_owned(), "ab cd".to_owned()), |(one, two), _| {
                (two.clone(), format!("{two} {one}"))
            })
            .1;
        let texts = [
            "a ".repeat(2048),
            "ab cd ".repeat(680),
            fibonacci[..4095].to_owned(),
            (0..2048).map(|at: u32| if at.count_ones().is_multiple_of(2) { "a " } else { "b " }).collect(),
            (0..2048).map(|at| if at % 97 == 0 { "b " } else { "a " }).collect(),
        ];
        for text in texts {
            for max in [1, 3, 10] {
                let mut budget = Budget::of(1_000_000);
                excess(&View::new(text.as_str()), max, &mut budget).unwrap();
                assert!(budget.left() > 700_000, "{} units", 1_000_000 - budget.left());
            }
        }
    }
}
