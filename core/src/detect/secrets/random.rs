//! Tells what was drawn by lot from what only has the shape of it: rows, sequences, repetitions, words.
//!
//! Every question is put the same way: how likely would letters drawn by lot, of as many different ones and in that number, come out
//! like this? What hardly ever would was not drawn. So there are no thresholds to tune a kind: a row of five is chance among forty
//! digits and none among forty letters.

use super::pattern::{self, Part};

/// What chance makes less often than this was not made by chance. Six questions are asked, so that of ten thousand real keys a handful
/// is missed.
const UNLIKELY: f64 = 1e-4;

/// What a key for trying rules begins with: found as if it were real, and nobody's.
pub(super) const TRIAL: &str = concat!("AKIA", "TESTKEYNOTREAL");

/// Words of those who write a sample. Others can be in a key by chance, or in a name.
const SAMPLE_WORDS: &[&str] = &[
    "asdf",
    "changeme",
    "dummy",
    "example",
    "foobar",
    "insert",
    "placeholder",
    "qwerty",
    "redacted",
    "replace",
    "sample",
    "your",
];

/// Whether the random part of `token`, which is made of `parts`, was drawn by lot.
pub(super) fn is_drawn(parts: &[Part], token: &str) -> bool {
    let runs = pattern::runs(parts, token);
    // The longest run is the secret, others are names and numbers of accounts; where none is long, they are groups of one.
    let longest = runs.iter().max_by_key(|run| run.len());
    let is_random = match longest {
        Some(secret) if secret.len() >= ONE_PIECE => is_random_in(secret, token),
        _ => is_random_in(&runs.concat(), token),
    };
    token.starts_with(TRIAL) || is_random
}

/// Secrets of one piece have this many characters.
const ONE_PIECE: usize = 16;

/// Whether `secret` was drawn by lot.
pub(super) fn is_random(secret: &str) -> bool {
    is_random_in(secret, secret)
}

fn is_random_in(secret: &str, token: &str) -> bool {
    let letters: Vec<u8> = secret.bytes().filter(u8::is_ascii_alphanumeric).take(ENOUGH).collect();
    // JSON in Base64, and long tokens that hold more than what was drawn.
    let encoded = token.contains("eyJ") || letters.len() >= LONG;
    !is_sample(token, encoded)
        && if encoded { is_varied(&letters) } else { Drawing::of(&letters).is_random() }
}

/// Of a long token, no more is looked at: a text may be full of them.
const ENOUGH: usize = 256;

/// Longer tokens have something encoded in them beside what was drawn.
const LONG: usize = 100;

/// Whether `token` says that it is a sample. In a long one, short words come together by chance.
fn is_sample(token: &str, long: bool) -> bool {
    let letters: String =
        token.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).collect();
    SAMPLE_WORDS.iter().any(|word| letters.contains(word) && !(long && word.len() < 6))
}

/// Whether something encoded is more than a filling: for the most part one character, a sequence, one piece again and again, or words.
fn is_varied(letters: &[u8]) -> bool {
    let part = letters.len() / 4;
    let repeated = |lag: usize| count_repeated(letters, lag) * 4 > (letters.len() - lag) * 3;
    longest_run(letters, |one, next| one == next) < part
        && longest_run(letters, is_next) < part
        && longest_run(letters, |one, next| is_next(next, one)) < part
        && !(1..=LONGEST_LAG.min(letters.len() / 2)).any(repeated)
        && count_like_words(letters) * 2 < letters.len()
}

/// How far apart repetitions are looked for in what is long.
const LONGEST_LAG: usize = 32;

/// Letters and digits that may have been drawn by lot.
struct Drawing<'t> {
    letters: &'t [u8],
    /// How many different ones they were drawn from, as far as they show.
    choices: f64,
    /// In how many cases the same letter may stand.
    cases: f64,
}

impl<'t> Drawing<'t> {
    fn of(letters: &'t [u8]) -> Self {
        let any = |is: fn(&u8) -> bool| letters.iter().any(is);
        let (digits, small, capital) =
            (any(u8::is_ascii_digit), any(u8::is_ascii_lowercase), any(u8::is_ascii_uppercase));
        let hex = letters.iter().all(u8::is_ascii_hexdigit);
        let choices = match (digits, small, capital) {
            (true, false, false) => 10,
            (_, true, true) if hex => 22,
            (_, true, true) => 52 + 10 * u8::from(digits),
            _ if hex => 16,
            _ if !letters.iter().any(|byte| matches!(byte, b'0' | b'1' | b'8' | b'9')) => 32,
            _ => 36,
        };
        Self { letters, choices: f64::from(choices), cases: if small && capital { 2.0 } else { 1.0 } }
    }

    fn is_random(&self) -> bool {
        !(self.letters.len() < 2
            || self.has_long_run(1.0, |one, next| one == next)
            || self.has_long_run(self.cases, is_next)
            || self.has_long_run(self.cases, |one, next| is_next(next, one))
            || self.has_few()
            || self.repeats()
            || self.reads_like_words())
    }

    /// Whether a run of letters, each of which `goes_on` from the one before as `ways` others would, is longer than chance makes it.
    fn has_long_run(&self, ways: f64, goes_on: fn(u8, u8) -> bool) -> bool {
        let run = longest_run(self.letters, goes_on);
        // Two anywhere are chance, whatever the number.
        run > 2 && as_f64(self.letters.len()) * (ways / self.choices).powf(as_f64(run - 1)) < UNLIKELY
    }

    /// Whether the same letters come again more often than chance lets them.
    fn has_few(&self) -> bool {
        let mut counts = [0_usize; 128];
        self.letters.iter().for_each(|byte| counts[usize::from(*byte & 127)] += 1);
        let pairs = counts.iter().map(|count| as_f64(count * count.saturating_sub(1) / 2)).sum::<f64>();
        let len = as_f64(self.letters.len());
        let expected = len * (len - 1.0) / 2.0 / self.choices;
        // Measured: of random texts of 10 to 100 letters, fewer than one in ten thousand has more.
        pairs > expected + 6.5 * expected.sqrt() + 2.0
    }

    /// Whether a piece is repeated, once or more often, but for a few letters.
    fn repeats(&self) -> bool {
        (1..=self.letters.len() / 2).any(|lag| {
            let (same, of) = (count_repeated(self.letters, lag), self.letters.len() - lag);
            // So many lags are looked at that each has but a share of what is unlikely.
            same > 3 && same * 3 > of && at_least(same, of, 1.0 / self.choices) < UNLIKELY / 100.0
        })
    }

    /// Whether more letters go together as they do in words than chance brings together.
    fn reads_like_words(&self) -> bool {
        if self.choices < 26.0 {
            return false;
        }
        let common = count_like_words(self.letters);
        let common_pairs = COMMON.iter().map(|row| row.count_ones()).sum::<u32>();
        // Of both cases, three in four pairs are written as in words.
        let pairs = f64::from(common_pairs) * if self.cases > 1.0 { 3.0 } else { 1.0 };
        let chance = pairs / (self.choices * self.choices);
        common > 3 && at_least(common, self.letters.len() - 1, chance) < UNLIKELY
    }
}

/// How likely something of the chance `p` happens `least` times or more in `times`.
fn at_least(least: usize, times: usize, p: f64) -> f64 {
    let mut exactly = (1.0 - p).powf(as_f64(times));
    let mut sum = 0.0;
    for count in 0..=times {
        if count >= least {
            sum += exactly;
        }
        exactly *= as_f64(times - count) / as_f64(count + 1) * p / (1.0 - p);
    }
    sum
}

/// The length of the longest run of `letters` in which each goes on from the one before.
fn longest_run(letters: &[u8], goes_on: fn(u8, u8) -> bool) -> usize {
    let (mut longest, mut run, mut last) = (0, 0, None);
    for letter in letters {
        run = if last.is_some_and(|last| goes_on(last, *letter)) { run + 1 } else { 1 };
        longest = longest.max(run);
        last = Some(*letter);
    }
    longest
}

/// Whether `next` follows `one` when people count or spell the alphabet.
fn is_next(one: u8, next: u8) -> bool {
    let next = next.to_ascii_lowercase();
    match one.to_ascii_lowercase() {
        b'9' => matches!(next, b'0' | b'a'),
        b'z' => matches!(next, b'a' | b'0'),
        one => one + 1 == next,
    }
}

/// How many pairs of `letters` go together as they do in words, where no capital follows a small letter.
fn count_like_words(letters: &[u8]) -> usize {
    let breaks = |two: &[u8]| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase();
    letters.windows(2).filter(|two| !breaks(two) && is_common(two[0], two[1])).count()
}

/// How many of `letters` are the same as those `lag` places before.
fn count_repeated(letters: &[u8], lag: usize) -> usize {
    letters.iter().zip(&letters[lag..]).filter(|(one, other)| one == other).count()
}

#[expect(clippy::cast_precision_loss, reason = "a text has far fewer letters than 2^52")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

/// The pairs of letters that most of English is made of: of each first letter, the second ones.
const COMMON: [u32; 26] = pairs(
    "th he in er an re nd at on nt ha es st en ed to it ou ea hi is or ti as te et ng of al de se le sa si ar ve ra ld ur ro ri io ic ne \
     me co ta ce ll om ch ma el no ho li wa ec ee ss be us la so pe ca di sh rs mo il ow un ot ei fo ut ol we tr wh em ie ai ni ac pr op \
     av ke ey if ay ad ge ir id ab ig ty pl im do po am ct ul cl su",
);

fn is_common(one: u8, next: u8) -> bool {
    let place = |letter: u8| letter.is_ascii_alphabetic().then(|| letter.to_ascii_lowercase() - b'a');
    place(one).zip(place(next)).is_some_and(|(one, next)| COMMON[usize::from(one)] >> next & 1 == 1)
}

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
