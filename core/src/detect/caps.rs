//! `caps`: finds text with too many upper case letters.

use serde::Deserialize;
use serde_json::{Value, json};

use super::schemas::{count, table};
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::text::View;

/// Settings of `caps`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(
    expecting = "a table such as `{ share = 0.7, min = 12 }`",
    deny_unknown_fields,
    rename_all = "kebab-case",
    default
)]
pub(super) struct Caps {
    /// How much of the letters must be capital, from 0 to 1.
    share: f64,
    /// How many letters there must be at least: `OK` and `NASA` are not shouted.
    min: u32,
}

impl Default for Caps {
    fn default() -> Self {
        Self { share: 0.7, min: 12 }
    }
}

impl Settings for Caps {
    const NAME: &'static str = "caps";
    const SUMMARY: &'static str = "text of at least `min` letters of which at least a `share` is capital (finds it from first to last capital)";
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

    fn schema() -> Value {
        let share = json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 1 });
        table([("share", share), ("min", count())])
    }

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        if !(self.share > 0.0 && self.share <= 1.0) {
            return Err(Problem::new("`share` is how much of the letters, more than 0 and at most 1"));
        }
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
        let has_too_many = all >= self.min as usize && upper > 0 && upper as f64 >= self.share * all as f64;
        if let (true, Some((start, _)), Some((last, c))) =
            (has_too_many, capitals().next(), capitals().next_back())
        {
            found.push(start..last + c.len_utf8(), "caps");
        }
        Ok(())
    }
}
