//! `caps`: finds text with too many upper case letters.

use serde::Deserialize;

use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::shape::{Key, Shape, Table};
use crate::text::View;

/// Settings of `caps`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(default)]
pub(super) struct Caps {
    /// How much of the letters must be capital, from 0 to 1.
    share: f64,
    /// How many letters there must be at least: `OK` and `NASA` are not shouted.
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
        if let (true, Some((start, _)), Some((last, c))) =
            (has_too_many, capitals().next(), capitals().next_back())
        {
            found.push(start..last + c.len_utf8(), "caps");
        }
        Ok(())
    }
}
