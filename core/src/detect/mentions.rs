//! `mentions`: finds mentions of people and groups, such as `@bob` and `@everyone`.

use std::ops::Range;

use memchr::memchr2_iter;
use serde::Deserialize;

use super::at_most::{MAX, beyond};
use super::near_misses::distinct;
use super::{Context, Detector, Example, Exhausted, Found, NearMiss, Problem, Rulebook, Settings};
use crate::shape::{Alternative, Key, List, Shape, Table, Text, Words};
use crate::text::{View, is_glued};

/// Settings of `mentions`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Mentions {
    /// The names to find; all names if empty.
    names: Vec<String>,
    /// How many different people a text may mention.
    max: usize,
}

/// A name by which somebody can be mentioned.
const NAME: Shape = Shape::Text(&Text { what: "a name", check: check_name, pattern: r"[^@\s]", never: &[] });

fn check_name(name: &str) -> Result<(), Problem> {
    let is_blank = |c: char| c == '@' || c.is_whitespace();
    if name.chars().all(is_blank) { Err(Problem::new("expected a name, such as `here`")) } else { Ok(()) }
}

impl Settings for Mentions {
    const NAME: &'static str = "mentions";
    const SUMMARY: &'static str =
        "mentions with `@`: all, those of some names, or those beyond the first `max`";
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
        Example {
            settings: r#"["everyone", "bob"]"#,
            text: "**@everyone** _@bob_ - @bob, -@bob @@everyone a_@bob x@@bob -@bob_",
            finds: &["@everyone", "@bob", "@bob", "@bob", "@everyone"],
        },
        Example { settings: "{ max = 2 }", text: "@a @b @a @c @b @d", finds: &["@c", "@d"] },
    ];

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Alternatives(&[
        Alternative::under("all", Shape::Words(&Words::of("word", || &["all"]))),
        Alternative::under("names", Shape::List(&List { or_item: false, ..List::of("names", NAME) })),
        Alternative::of(Shape::Table(&Table::of("`mentions`", "{ max = 5 }", &[
            Key { means: "How many people each text may mention, each as often as wanted: only those after them are found.", ..MAX },
            Key::new("names", Shape::List(&List::of("names", NAME)), "Only these names.").default("all"),
        ]))),
    ]);

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        let names = self.names.iter().map(|name| name.trim_start_matches('@').to_lowercase()).collect();
        Ok(beyond(self.max, Box::new(Finder { names })))
    }
}

/// Finds mentions of some names, or of all if there are none.
struct Finder {
    names: Vec<String>,
}

impl Detector for Finder {
    fn looks_again(&self) -> bool {
        true
    }

    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let typed = text.typed();
        let text = typed.text();
        for (range, name) in mentions(text) {
            let name = text[name].to_lowercase();
            if self.names.is_empty() || self.names.contains(&name) {
                found.push_about(typed.origin(range), "mention", name);
            }
        }
        Ok(())
    }

    fn near_misses(&self, text: &View) -> Vec<NearMiss> {
        let typed = text.typed();
        let (mut near, mut found) = (Vec::new(), Vec::new());
        for (range, name) in mentions(typed.text()) {
            let name = typed.text()[name].to_lowercase();
            if self.names.is_empty() || self.names.contains(&name) {
                found.push(range);
            } else {
                let why = format!("`names` does not contain `{name}`");
                near.push(NearMiss { range, kind: "mention", why });
            }
        }
        near.extend(after_words(typed.text()).map(|range| {
            let why = "its `@` follows a word, as in an e-mail address".to_owned();
            NearMiss { range, kind: "mention", why }
        }));
        let near = distinct(near, &found).into_iter();
        near.map(|near| NearMiss { range: text.whole_graphemes(typed.origin(near.range)), ..near }).collect()
    }
}

/// Returns the range of each `@` that directly follows a word in `text`, with the name after it.
fn after_words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_after_word = move |at: &usize| text[..*at].ends_with(|c: char| c.is_ascii_alphanumeric());
    let ats = memchr::memchr_iter(b'@', text.as_bytes()).filter(is_after_word);
    ats.map(move |at| at..name_at(text, at + 1).end).filter(|range| range.len() > 1)
}

/// Returns the range of each mention in `text`.
pub(super) fn mention_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    mentions(text).into_iter().map(|(mention, _)| mention)
}

/// Returns the range of each mention in `text`, and the range of the name in it.
fn mentions(text: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for at in memchr2_iter(b'@', b'!', text.as_bytes()) {
        if found.last().is_some_and(|(last, _)| at < last.end) {
            continue;
        }
        let before = text[..at].chars().next_back();
        let in_brackets = before == Some('<');
        if text.as_bytes()[at] == b'!' {
            if in_brackets {
                found.extend(group_mention(text, at));
            }
            continue;
        }
        // Some clients distinguish people and groups by a prefix: `<@!42>`, `<@&7>`.
        let has_prefix = in_brackets && text[at + 1..].starts_with(['!', '&']);
        let emphasis = emphasis_before(&text[..at]);
        let name = name_at(text, at + 1 + usize::from(has_prefix));
        let name = name.start..name.end - closing_emphasis_len(&text[name.clone()], emphasis);
        // After a word, `@` belongs to an e-mail address. Before another `@` or `://`, the name is not a mention either.
        let after_word = emphasis.is_empty()
            && before.is_some_and(|c| c.is_ascii_alphanumeric() || "_!#$%&*@.-+".contains(c))
            && !ends_with_repost(&text[..at]);
        let is_continued = text[name.end..].starts_with('@') || text[name.end..].starts_with("://");
        if name.is_empty() || after_word || is_continued {
            continue;
        }
        // Some clients write the display name after an ID: `<@id|name>`.
        let end = text[name.end..].find('>').filter(|_| in_brackets).map(|len| name.end + len + 1);
        let end = end.filter(|end| !text[name.end..*end].contains('\n'));
        found.push((end.map_or(at..name.end, |end| at - 1..end), name));
    }
    found
}

/// Returns the mention of a group whose `!` is at `at`: `<!here>`, `<!subteam^S1|@team>`.
fn group_mention(text: &str, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let name = name_at(text, at + 1);
    if !["here", "channel", "everyone", "subteam"].contains(&&text[name.clone()]) {
        return None;
    }
    let end = name.end + text[name.end..].bytes().take(128).position(|byte| byte == b'>')? + 1;
    Some((at - 1..end, name))
}

/// Returns what precedes a mention at the end of `before` without being part of a word: Markdown emphasis, a dash, another `@`.
fn emphasis_before(before: &str) -> &str {
    let is_emphasis = |c: &char| matches!(c, '*' | '_' | '-' | '@');
    let len = before.chars().rev().take(MAX_EMPHASIS_LEN).take_while(is_emphasis).count();
    let (outer, emphasis) = before.split_at(before.len() - len);
    let is_outside = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\'' | '>' | '|' | '~');
    if outer.is_empty() || outer.ends_with(is_outside) { emphasis } else { "" }
}

/// Returns how many underscores at the end of `name` close those of `emphasis`.
fn closing_emphasis_len(name: &str, emphasis: &str) -> usize {
    let opening = emphasis.bytes().filter(|byte| *byte == b'_').count();
    name.bytes().rev().take(opening).take_while(|byte| *byte == b'_').count()
}

/// The maximum length of what may precede a mention. Markdown has at most three signs of emphasis.
const MAX_EMPHASIS_LEN: usize = 6;

/// Returns whether `before` ends with `RT`, which marks a repost and is not part of an e-mail address.
fn ends_with_repost(before: &str) -> bool {
    let Some(rest) = before.get(before.len().saturating_sub(2)..) else { return false };
    rest.eq_ignore_ascii_case("rt") && !before[..before.len() - 2].ends_with(|c: char| c.is_alphanumeric())
}

/// Returns the range of the name at `start`: letters, digits and underscores, with dots and hyphens inside. Letters of a script without
/// spaces between words end an ASCII name, because they belong to the sentence.
fn name_at(text: &str, start: usize) -> Range<usize> {
    let is_ascii = text[start..].starts_with(|c: char| c.is_ascii());
    let is_prose = |c: char| is_ascii && is_glued(c);
    let is_name_char = |c: char| (c.is_alphanumeric() || c == '_') && !is_prose(c);
    let mut end = start;
    let mut rest = text[start..].char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let is_inner_separator =
            matches!(c, '.' | '-') && end > start && rest.peek().is_some_and(|(_, next)| is_name_char(*next));
        if !is_name_char(c) && !is_inner_separator {
            break;
        }
        end = start + at + c.len_utf8();
    }
    start..end
}
