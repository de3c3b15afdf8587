//! `mentions`: people called by name, one by one or all at once.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use memchr::memchr2_iter;
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};

use super::schemas::{count, table, texts};
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::text::{View, is_glued};

/// Settings of `mentions`.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// Only these names, in lower case and without the sign. All when there are none.
    names: Vec<String>,
    /// How many different people a text may mention before the rest is found.
    max: usize,
}

impl Settings for Mentions {
    const NAME: &'static str = "mentions";
    const SUMMARY: &'static str =
        "people mentioned with `@`: all, those with some names, or those beyond the first `max`";
    const EXAMPLES: &'static [Example] = &[
        Example {
            settings: r#""all""#,
            text: "@bob, (@ann.lee) RT:@cy <@all|All Members> a@b.com @",
            finds: &["@bob", "@ann.lee", "@cy", "<@all|All Members>"],
        },
        Example { settings: r#""all""#, text: "@иван и @josé", finds: &["@иван", "@josé"] },
        Example {
            settings: r#"["all", "everyone", "here"]"#,
            text: "@Every\u{200b}one @bob ＠here, @hereford",
            finds: &["@Every\u{200b}one", "＠here"],
        },
        Example {
            settings: r#""all""#,
            text: "!here> <@U0123> <@!42> <!here> <!subteam^S1|@team> <#C1> <!-- here -->",
            finds: &["<@U0123>", "<@!42>", "<!here>", "<!subteam^S1|@team>"],
        },
        Example { settings: "{ max = 2 }", text: "@a @b @a @c @b @d", finds: &["@c", "@d"] },
    ];

    fn schema() -> Value {
        json!({ "oneOf": [texts(), table([("max", count()), ("names", texts())])] })
    }

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(self))
    }
}

impl Detector for Mentions {
    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let typed = text.typed();
        let text = typed.text();
        let mut first = HashSet::new();
        for (range, name) in mentions(text) {
            let name = text[name].to_lowercase();
            // Who is among the first may be called again and again.
            if !self.names.is_empty() && !self.names.contains(&name) || first.contains(&name) {
                continue;
            }
            if first.len() < self.max {
                first.insert(name);
            } else {
                found.push(typed.origin(range), "mention");
            }
        }
        Ok(())
    }
}

/// The mentions in `text`, each with its name.
fn mentions(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for at in memchr2_iter(b'@', b'!', text.as_bytes()) {
        if found.last().is_some_and(|(last, _)| at < last.end) {
            continue;
        }
        let before = text[..at].chars().next_back();
        let marked = before == Some('<');
        if text.as_bytes()[at] == b'!' {
            if marked {
                found.extend(called(text, at));
            }
            continue;
        }
        // Some clients tell people from groups by another sign: `<@!42>`, `<@&7>`.
        let sign = marked && text[at + 1..].starts_with(['!', '&']);
        let name = name_at(text, at + 1 + usize::from(sign));
        // After a word it is an address of mail; before another sign, or a colon and slashes, it is something else.
        let word = before.is_some_and(|c| c.is_ascii_alphanumeric() || "_!#$%&*@.-+".contains(c))
            && !ends_with_repost(&text[..at]);
        let goes_on = text[name.end..].starts_with('@') || text[name.end..].starts_with("://");
        if name.is_empty() || word || goes_on {
            continue;
        }
        // Some clients write the name behind an id: `<@id|name>`.
        let end = text[name.end..].find('>').filter(|_| marked).map(|len| name.end + len + 1);
        let end = end.filter(|end| !text[name.end..*end].contains('\n'));
        found.push((end.map_or(at..name.end, |end| at - 1..end), name));
    }
    found
}

/// The mention of everybody there, or of a group, whose `!` is at `at`: `<!here>`, `<!subteam^S1|@team>`.
fn called(text: &str, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let name = name_at(text, at + 1);
    if !["here", "channel", "everyone", "subteam"].contains(&&text[name.clone()]) {
        return None;
    }
    let end = name.end + text[name.end..].bytes().take(128).position(|byte| byte == b'>')? + 1;
    Some((at - 1..end, name))
}

/// Whether `before` ends with the mark of a repeated message, which is not part of an address.
fn ends_with_repost(before: &str) -> bool {
    let Some(rest) = before.get(before.len().saturating_sub(2)..) else { return false };
    rest.eq_ignore_ascii_case("rt") && !before[..before.len() - 2].ends_with(|c: char| c.is_alphanumeric())
}

/// The name that begins at `start`: letters, digits and underscores, with dots and hyphens inside. Where a script without spaces
/// goes on after an ASCII name, the sentence goes on.
fn name_at(text: &str, start: usize) -> Range<usize> {
    let ascii = text[start..].starts_with(|c: char| c.is_ascii());
    let unspaced = |c: char| ascii && is_glued(c);
    let inside = |c: char| (c.is_alphanumeric() || c == '_') && !unspaced(c);
    let mut end = start;
    let mut rest = text[start..].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let joins =
            matches!(c, '.' | '-') && end > start && rest.peek().is_some_and(|(_, next)| inside(*next));
        if !inside(c) && !joins {
            break;
        }
        end = start + at + c.len_utf8();
    }
    start..end
}

impl<'de> Deserialize<'de> for Mentions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        const KEYS: &[&str] = &["max", "names"];

        impl<'de> Visitor<'de> for Reader {
            type Value = Mentions;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"all\", a list of names such as `[\"all\", \"here\"]`, or `{ max = 5 }`")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Mentions, E> {
                if word == "all" {
                    Ok(Mentions::default())
                } else {
                    Err(E::custom(format!("expected \"all\" or a list of names such as `[\"{word}\"]`")))
                }
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Mentions, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = seq.next_element::<String>()? {
                    names.push(name.trim_start_matches('@').to_lowercase());
                }
                if names.is_empty() {
                    return Err(de::Error::custom("this lists no name"));
                }
                Ok(Mentions { names, max: 0 })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Mentions, A::Error> {
                let mut mentions = Mentions::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "max" => mentions.max = map.next_value()?,
                        "names" => {
                            let names: Vec<String> = map.next_value()?;
                            if names.is_empty() {
                                return Err(de::Error::custom("this lists no name"));
                            }
                            mentions.names =
                                names.iter().map(|n| n.trim_start_matches('@').to_lowercase()).collect();
                        }
                        _ => return Err(de::Error::unknown_field(&key, KEYS)),
                    }
                }
                Ok(mentions)
            }
        }

        deserializer.deserialize_any(Reader)
    }
}
