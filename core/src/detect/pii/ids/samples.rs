//! Generates random valid numbers of every kind for tests.

use super::super::random::Random;
use super::{Id, Requires, all, values};

/// A random number of some kind.
pub(in crate::detect::pii) struct Sample {
    pub kind: &'static str,
    /// The label to write before it, if its format alone does not identify it.
    pub label: &'static str,
    pub number: String,
    /// The number with another last digit or letter, if that makes it invalid.
    pub invalid: Option<String>,
}

/// Generates `count` numbers in every layout of every kind, ordered by layout.
pub(in crate::detect::pii) fn samples(random: &mut Random, count: usize) -> Vec<Sample> {
    let mut samples = Vec::new();
    for id in all() {
        for layout in id.layouts {
            let made: Vec<_> = (0..count).map_while(|_| sample(id, layout, random)).collect();
            if made.len() == count {
                samples.extend(made);
            }
        }
    }
    samples
}

/// Generates a number of the kind `id` in `layout`. Returns `None` if valid numbers are too rare to find one, as for `GIR 0AA`.
fn sample(id: &'static Id, layout: &'static str, random: &mut Random) -> Option<Sample> {
    let valid = |random: &mut Random| {
        let number = write(layout, random);
        (id.check)(&values(&number)).then_some(number)
    };
    let number = (0..200_000).find_map(|_| valid(random))?;
    let label = match id.requires {
        Requires::FormatOrLabel(_) | Requires::LayoutOrLabel(_) if layout.starts_with('!') => "",
        Requires::FormatOrLabel(labels) | Requires::LayoutOrLabel(labels) | Requires::Label(labels) => {
            labels[0]
        }
        Requires::Nothing => "",
    };
    let is_invalid = |number: &String| !all().any(|other| other.kind == id.kind && other.could_be(number));
    Some(Sample { kind: id.kind, label, invalid: with_another_end(&number).filter(is_invalid), number })
}

impl Id {
    /// Returns whether the letters and digits of `number` may be a number of this kind.
    fn could_be(&self, number: &str) -> bool {
        let values = values(number);
        let len = |layout: &&&str| layout.bytes().filter(|part| !b"!_?".contains(part)).count();
        self.layouts.iter().any(|layout| len(&layout) >= values.len()) && (self.check)(&values)
    }
}

/// Generates a random text that matches `layout`.
fn write(layout: &str, random: &mut Random) -> String {
    let separator = random.one_of(&[" ", "-"]);
    let separator = if layout.contains('?') { random.one_of(&[separator, ""]) } else { separator };
    // The share of letters varies, because some numbers need mostly letters or mostly digits to be valid.
    let letters = random.below(4);
    // Low digits are more often part of a date.
    let low = random.below(2) == 0;
    let part = |part: char| match part {
        '*' if random.below(3) < letters => random.letter().to_string(),
        '9' | '*' if low && random.below(2) == 0 => random.below(3).to_string(),
        'n' | 'a' if random.below(2) == 0 => String::new(),
        '9' | '*' | 'n' => random.digit().to_string(),
        'A' | 'a' | '^' => random.letter().to_string(),
        '_' | '?' => separator.to_owned(),
        '!' | 'u' => String::new(),
        other => other.to_string(),
    };
    layout.chars().map(part).collect()
}

/// Returns `number` with its last digit or letter replaced by the next.
fn with_another_end(number: &str) -> Option<String> {
    let last = number.chars().next_back()?;
    let next = match last {
        '9' => '0',
        'Z' => 'A',
        other => char::from_u32(u32::from(other) + 1)?,
    };
    Some(format!("{}{next}", &number[..number.len() - 1]))
}
