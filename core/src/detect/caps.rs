//! `caps`: finds text with too many upper case letters.

use serde::Deserialize;

use super::{Context, Detector, Example, Exhausted, Found, NearMiss, Problem, Rulebook, Settings};
use crate::shape::{Key, Shape, Table};
use crate::text::View;

/// Settings of `caps`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default)]
pub(super) struct Caps {
    /// The minimum share of upper case letters, from 0 to 1.
    share: f64,
    /// The minimum number of letters: short abbreviations such as `OK` and `NASA` are not shouting.
    min: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Self { share: 0.7, min: 12 }
    }
}

impl Settings for Caps {
    const NAME: &'static str = "caps";
    const SUMMARY: &'static str = "text of at least `min` letters of which at least a `share` is upper case (finds it from the first to the last upper case letter)";
    const EXAMPLES: &'static [Example] = &[
        Example {
            settings: "{ share = 0.7, min = 12 }",
            text: "hey, BUY MY STUFF TODAY!!",
            finds: &["BUY MY STUFF TODAY"],
        },
        Example { settings: "{ share = 0.7, min = 12 }", text: "NASA and ESA", finds: &[] },
        Example {
            settings: "{}", text: "НЕ КРИЧИ НА МЕНЯ", finds: &["НЕ КРИЧИ НА МЕНЯ"]
        },
        Example { settings: "{}", text: "123-456-789-012, 你好你好你好你好你好你好", finds: &[] },
    ];

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Table(&Table::of("`caps`", "{ share = 0.7, min = 12 }", &[
        Key::new("share", Shape::Number { above: 0.0, max: 1.0 }, "How much of the letters is capital.").default("0.7"),
        Key::new("min", Shape::COUNT, "How many letters there are at least.").default("12"),
    ]));

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(self))
    }
}

impl Detector for Caps {
    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let text = text.text();
        // Letters of scripts without case, such as Chinese, do not count.
        let lower = text.chars().filter(|c| c.is_lowercase()).count();
        let capitals = || text.char_indices().filter(|(_, c)| c.is_uppercase());
        let (upper, all) = (capitals().count(), capitals().count() + lower);
        #[expect(clippy::cast_precision_loss, reason = "a message has far fewer letters than 2^52")]
        let has_too_many = all >= self.min && upper > 0 && upper as f64 >= self.share * all as f64;
        if let (true, Some((start, _)), Some((end, c))) =
            (has_too_many, capitals().next(), capitals().next_back())
        {
            found.push(start..end + c.len_utf8(), "caps");
        }
        Ok(())
    }

    fn near_misses(&self, text: &View) -> Vec<NearMiss> {
        let text = text.text();
        let capitals = || text.char_indices().filter(|(_, c)| c.is_uppercase());
        let (Some((start, _)), Some((end, c))) = (capitals().next(), capitals().next_back()) else {
            return Vec::new();
        };
        let range = start..end + c.len_utf8();
        let (upper, lower) = (capitals().count(), text.chars().filter(|c| c.is_lowercase()).count());
        let all = upper + lower;
        #[expect(clippy::cast_precision_loss, reason = "a message has far fewer letters than 2^52")]
        let share = upper as f64 / all as f64;
        let why = if upper >= MIN_NEAR && share >= self.share && all < self.min {
            format!("the text has {all} letters, and `min` is {}", self.min)
        } else if all >= self.min && share < self.share && share >= self.share / 2.0 {
            let (is, least) = (share * 100.0, self.share * 100.0);
            format!("{is:.0} % of the letters are upper case, and `share` is {least:.0} %")
        } else {
            return Vec::new();
        };
        vec![NearMiss { range, kind: "caps", why }]
    }
}

/// The minimum number of upper case letters of a text that may seem to shout.
const MIN_NEAR: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_near_miss_has_its_reason() {
        for (text, why) in [
            ("STOP THIS!", Some("the text has 8 letters, and `min` is 12")),
            ("WHAT is going ON here", Some("35 % of the letters are upper case, and `share` is 70 %")),
            ("Hello there, how are you?", None),
            ("OK", None),
        ] {
            let near = Caps::default().near_misses(&View::new(text));
            assert_eq!(near.first().map(|near| &*near.why), why, "{text}");
        }
    }
}
