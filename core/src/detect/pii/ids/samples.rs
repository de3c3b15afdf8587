//! Numbers of every kind as chance makes them, to see where they are found.

use super::super::random::Random;
use super::{Id, Sure, all, values};

/// A number of some kind.
pub(in crate::detect::pii) struct Sample {
    pub kind: &'static str,
    /// What is said before it where its digits are not enough.
    pub name: &'static str,
    pub number: String,
    /// The same with another last digit or letter, if that makes it none.
    pub wrong: Option<String>,
}

/// `count` numbers in every layout of every kind, those of a layout one after another.
pub(in crate::detect::pii) fn samples(random: &mut Random, count: usize) -> Vec<Sample> {
    let mut samples = Vec::new();
    for id in all() {
        for layout in id.layouts {
            samples.extend((0..count).map_while(|_| sample(id, layout, random)));
        }
    }
    samples
}

/// A number of the kind `id` in `layout`; nothing where there are too few for chance to make one, as in `GIR 0AA`.
fn sample(id: &'static Id, layout: &'static str, random: &mut Random) -> Option<Sample> {
    let written = |random: &mut Random| {
        let number = write(layout, random);
        (id.check)(&values(&number)).then_some(number)
    };
    let number = (0..200_000).find_map(|_| written(random))?;
    let name = match id.sure {
        Sure::Written(_) if layout.starts_with('!') => "",
        Sure::Written(names) | Sure::Named(names) => names[0],
        Sure::Always => "",
    };
    let is_none = |number: &String| !all().any(|other| other.kind == id.kind && other.could_be(number));
    Some(Sample { kind: id.kind, name, wrong: with_another_end(&number).filter(is_none), number })
}

impl Id {
    /// Whether the letters and digits of `number` could be one of this kind.
    fn could_be(&self, number: &str) -> bool {
        let values = values(number);
        let len = |layout: &&&str| layout.bytes().filter(|part| !b"!_?".contains(part)).count();
        self.layouts.iter().any(|layout| len(&layout) >= values.len()) && (self.check)(&values)
    }
}

/// Something that is written in `layout`.
fn write(layout: &str, random: &mut Random) -> String {
    let sign = random.one_of(&[" ", "-"]);
    let sign = if layout.contains('?') { random.one_of(&[sign, ""]) } else { sign };
    // Names are letters and numbers are digits: whoever mixes them mixes few.
    let letters = random.below(4);
    let part = |part: char| match part {
        '*' if random.below(3) < letters => random.letter().to_string(),
        '9' | '*' => random.digit().to_string(),
        'A' => random.letter().to_string(),
        '_' | '?' => sign.to_owned(),
        '!' => String::new(),
        other => other.to_string(),
    };
    layout.chars().map(part).collect()
}

/// `number` with the next digit or letter for the last.
fn with_another_end(number: &str) -> Option<String> {
    let last = number.chars().next_back()?;
    let next = match last {
        '9' => '0',
        'Z' => 'A',
        other => char::from_u32(u32::from(other) + 1)?,
    };
    Some(format!("{}{next}", &number[..number.len() - 1]))
}
