//! Distinguishes random secrets from other text in the same format: repeated characters, sequences, repetitions, words.
//!
//! Each test asks how likely random characters, from an alphabet of the same size and in the same number, would look like this. If it
//! is very unlikely, the text is not random. No kind therefore needs thresholds of its own: five equal characters in a row can occur
//! by chance in forty digits, but not in forty letters.

use super::flaw::Flaw;
use super::pattern::{self, Part};
use super::sample;

/// The probability below which a property is not attributed to chance. All tests together were measured to miss one or two of ten thousand
/// real keys.
const SIGNIFICANCE: f64 = 1e-4;

/// The same for words. Pairs of letters overlap, so several common pairs are more likely than if they were independent.
const WORD_SIGNIFICANCE: f64 = 5e-6;

/// The prefix of keys for testing rules. They are found like real keys, and no issuer assigns them.
pub(super) const TEST_KEY_PREFIX: &str = concat!("AKIA", "TESTKEYNOTREAL");

/// Returns why the variable part of `token`, which matches `parts`, does not look random; `None` if it does.
pub(super) fn flaw(parts: &[Part], token: &str) -> Option<Flaw> {
    if token.starts_with(TEST_KEY_PREFIX) {
        return None;
    }
    let runs = pattern::runs(parts, token);
    // The longest run is the secret, and the others are names and account numbers. If no run is long, all of them are parts of one secret.
    let longest = runs.iter().max_by_key(|run| run.len());
    match longest {
        Some(secret) if secret.len() >= MIN_SECRET_LEN => flaw_in(secret, token),
        _ => flaw_in(&runs.concat(), token),
    }
}

/// The minimum length of a secret that is a single run.
const MIN_SECRET_LEN: usize = 16;

/// Returns why `secret` does not look random; `None` if it does.
pub(super) fn flaw_of(secret: &str) -> Option<Flaw> {
    flaw_in(secret, secret)
}

/// Returns why `secret`, the variable part of `token`, does not look random; `None` if it does.
fn flaw_in(secret: &str, token: &str) -> Option<Flaw> {
    let letters: Vec<u8> = secret.bytes().filter(u8::is_ascii_alphanumeric).take(MAX_TESTED).collect();
    // Base64 of JSON, and long tokens, contain encoded data besides random characters.
    let is_encoded = token.contains("eyJ") || letters.len() >= ENCODED_LEN;
    sample::flaw(token).or_else(|| {
        if is_encoded {
            (!is_varied(&letters)).then_some(Flaw::Filler)
        } else {
            RandomnessTest::of(&letters).flaw()
        }
    })
}

/// The maximum number of characters that are tested, because a text may contain many long tokens.
const MAX_TESTED: usize = 256;

/// The length from which a token is assumed to contain encoded data.
const ENCODED_LEN: usize = 100;

/// Returns whether encoded data is not mostly filler: one repeated character, a sequence, a repeated piece, or words.
fn is_varied(letters: &[u8]) -> bool {
    let max_run = letters.len() / 4;
    let is_repeated = |lag: usize| count_repeated(letters, lag) * 4 > (letters.len() - lag) * 3;
    longest_run(letters, |one, next| one == next) < max_run
        && longest_run(letters, is_next) < max_run
        && longest_run(letters, |one, next| is_next(next, one)) < max_run
        && !(1..=MAX_LAG.min(letters.len() / 2)).any(is_repeated)
        && count_common_pairs(letters) * 2 < letters.len()
}

/// The maximum distance at which repetitions are searched in encoded data.
const MAX_LAG: usize = 32;

/// Statistical tests of whether letters and digits are random.
struct RandomnessTest<'t> {
    letters: &'t [u8],
    /// The size of the smallest usual alphabet that contains them.
    alphabet_size: f64,
    /// The number of cases that a letter may have: two if both occur, else one.
    cases: f64,
}

impl<'t> RandomnessTest<'t> {
    fn of(letters: &'t [u8]) -> Self {
        let any = |is: fn(&u8) -> bool| letters.iter().any(is);
        let (digits, lower, upper) =
            (any(u8::is_ascii_digit), any(u8::is_ascii_lowercase), any(u8::is_ascii_uppercase));
        let hex = letters.iter().all(u8::is_ascii_hexdigit);
        let alphabet_size = match (digits, lower, upper) {
            (true, false, false) => 10,
            (_, true, true) if hex => 22,
            (_, true, true) => 52 + 10 * u8::from(digits),
            _ if hex => 16,
            _ if letters.iter().all(|byte| !byte.is_ascii_alphabetic() || byte & 31 <= 8) => 18,
            _ if !letters.iter().any(|byte| matches!(byte, b'0' | b'1' | b'8' | b'9')) => 32,
            _ => 36,
        };
        Self {
            letters,
            alphabet_size: f64::from(alphabet_size),
            cases: if lower && upper { 2.0 } else { 1.0 },
        }
    }

    /// Returns the first test that the letters fail.
    fn flaw(&self) -> Option<Flaw> {
        let fails = if self.letters.len() < 2 {
            Flaw::Fixed
        } else if self.has_long_run(1.0, |one, next| one == next) {
            Flaw::Row
        } else if self.has_long_run(self.cases, is_next)
            || self.has_long_run(self.cases, |one, next| is_next(next, one))
        {
            Flaw::Sequence
        } else if self.has_few_characters() {
            Flaw::FewCharacters
        } else if self.has_repetition() {
            Flaw::Repetition
        } else if self.contains_words() {
            Flaw::Words
        } else {
            return None;
        };
        Some(fails)
    }

    /// Returns whether the longest run of letters that continue each other (`continues`) is too long for chance. `ways` is the number
    /// of characters that would continue a letter.
    fn has_long_run(&self, ways: f64, continues: fn(u8, u8) -> bool) -> bool {
        let run = longest_run(self.letters, continues);
        // A run of two always counts as chance.
        run > 2
            && as_f64(self.letters.len()) * (ways / self.alphabet_size).powf(as_f64(run - 1)) < SIGNIFICANCE
    }

    /// Returns whether the letters consist of fewer different characters than chance explains.
    fn has_few_characters(&self) -> bool {
        let mut counts = [0_usize; 128];
        self.letters.iter().for_each(|byte| counts[usize::from(*byte & 127)] += 1);
        let pairs = counts.iter().map(|count| as_f64(count * count.saturating_sub(1) / 2)).sum::<f64>();
        let len = as_f64(self.letters.len());
        let expected = len * (len - 1.0) / 2.0 / self.alphabet_size;
        // By measurement, fewer than one in 10,000 random texts of 10 to 100 letters exceeds this.
        pairs > expected + 6.5 * expected.sqrt() + 2.0
    }

    /// Returns whether a piece is repeated, possibly with a few differences.
    fn has_repetition(&self) -> bool {
        (1..=self.letters.len() / 2).any(|lag| {
            let (same, of) = (count_repeated(self.letters, lag), self.letters.len() - lag);
            // The significance level is divided by 100 because many lags are tested.
            same > 3
                && same * 3 > of
                && probability_at_least(same, of, 1.0 / self.alphabet_size) < SIGNIFICANCE / 100.0
        })
    }

    /// Returns whether more pairs of letters are common in words than chance explains.
    fn contains_words(&self) -> bool {
        if self.alphabet_size < 26.0 {
            return false;
        }
        let common = count_common_pairs(self.letters);
        let common_pairs = COMMON_PAIRS.iter().map(|row| row.count_ones()).sum::<u32>();
        // With both cases, three of the four case combinations of a pair occur in words.
        let pairs = f64::from(common_pairs) * if self.cases > 1.0 { 3.0 } else { 1.0 };
        let chance = pairs / (self.alphabet_size * self.alphabet_size);
        common > 3 && probability_at_least(common, self.letters.len() - 1, chance) < WORD_SIGNIFICANCE
    }
}

/// Returns the probability that an event of probability `p` occurs `min` times or more in `times` trials.
fn probability_at_least(min: usize, times: usize, p: f64) -> f64 {
    let mut exactly = (1.0 - p).powf(as_f64(times));
    let mut sum = 0.0;
    for count in 0..=times {
        if count >= min {
            sum += exactly;
        }
        exactly *= as_f64(times - count) / as_f64(count + 1) * p / (1.0 - p);
    }
    sum
}

/// Returns the length of the longest run of `letters` in which each letter continues the one before it.
fn longest_run(letters: &[u8], continues: fn(u8, u8) -> bool) -> usize {
    let (mut longest, mut run, mut last) = (0, 0, None);
    for letter in letters {
        run = if last.is_some_and(|last| continues(last, *letter)) { run + 1 } else { 1 };
        longest = longest.max(run);
        last = Some(*letter);
    }
    longest
}

/// Returns whether `next` follows `one` in the sequence of digits or in the alphabet, ignoring case.
fn is_next(one: u8, next: u8) -> bool {
    let next = next.to_ascii_lowercase();
    match one.to_ascii_lowercase() {
        b'9' => matches!(next, b'0' | b'a'),
        b'z' => matches!(next, b'a' | b'0'),
        one => one + 1 == next,
    }
}

/// Returns the number of adjacent pairs in `letters` that are common in words, in which an upper case letter does not follow a lower
/// case one.
fn count_common_pairs(letters: &[u8]) -> usize {
    let is_word_break = |two: &[u8]| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase();
    letters.windows(2).filter(|two| !is_word_break(two) && is_common(two[0], two[1])).count()
}

/// Returns how many of `letters` equal the letter `lag` positions before.
fn count_repeated(letters: &[u8], lag: usize) -> usize {
    letters.iter().zip(&letters[lag..]).filter(|(one, other)| one == other).count()
}

#[expect(clippy::cast_precision_loss, reason = "a text has far fewer letters than 2^52")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

/// The most common letter pairs of English: for each first letter, a bit set of the second letters.
const COMMON_PAIRS: [u32; 26] = pairs(
    "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le sa si ar ve ra ld ur ro ri io ic ne \
     me co ta ce ll om ch ma el no ho li wa ec ee ss be us la so pe ca di sh rs mo il ow un ot ei fo ut ol we tr wh em ie ai ni ac pr op \
     av ke ey if ay ad ge ir id ab ig ty pl im do po am ct ul cl su",
);

/// Returns whether the pair is common in English, ignoring case.
fn is_common(one: u8, next: u8) -> bool {
    let index = |letter: u8| letter.is_ascii_alphabetic().then(|| letter.to_ascii_lowercase() - b'a');
    index(one).zip(index(next)).is_some_and(|(one, next)| COMMON_PAIRS[usize::from(one)] >> next & 1 == 1)
}

/// Parses a list of letter pairs that are separated by spaces.
const fn pairs(list: &str) -> [u32; 26] {
    let (list, mut pairs, mut at) = (list.as_bytes(), [0; 26], 0);
    while at < list.len() {
        if list[at] != b' ' {
            pairs[(list[at] - b'a') as usize] |= 1 << (list[at + 1] - b'a');
            at += 1;
        }
        at += 1;
    }
    pairs
}
