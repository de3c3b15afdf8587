//! Reddit's `AutoModerator`: the page `config/automoderator` of a subreddit's wiki.
//!
//! Its sections are separated by lines of `---`. Each is a mapping of checks, all of which must match, and of actions. A section becomes
//! one rule or, if several of its checks look at the text, a rule for each check and one that combines them with `when`.

mod author;
mod check;
mod section;

use super::engine::Engine;
use super::page::Page;
use super::yaml::{self, Node, Value};
use section::Section;

/// Writes the sections of `text` on `page`, in the order in which Reddit tries them.
pub(super) fn import(text: &str, page: &mut Page, engine: Engine<'_>) -> anyhow::Result<()> {
    let mut parts: Vec<_> =
        sections(text).into_iter().enumerate().map(|(number, cut)| Part::read(number + 1, cut)).collect();
    if !parts.iter().any(|part| matches!(part.content, Content::Section(_))) {
        let fault = parts.iter().find_map(Part::fault);
        anyhow::bail!(fault.map_or_else(
            || {
                "there is no rule in this file: expected YAML such as `body: [heron]` and `action: remove`"
                    .to_owned()
            },
            |why| format!("there is no rule in this file: it is not valid YAML: {why}")
        ));
    }
    // Comments stay with the rule below them.
    let mut priority = parts.iter().rev().find_map(Part::priority).unwrap_or(0);
    for part in parts.iter_mut().rev() {
        priority = part.priority().unwrap_or(priority);
        part.order = -priority;
    }
    parts.sort_by_key(|part| part.order);
    for part in parts {
        match part.content {
            Content::Comments(text) => page.note(&text),
            Content::Broken(text, why) => {
                page.leave_many(1);
                page.note(&format!("left out: this section is not valid YAML: {why}\n{text}"));
            }
            Content::Section(section) => section.write(page, engine),
        }
    }
    Ok(())
}

/// The part of a file between two lines of `---`.
struct Part {
    content: Content,
    order: i64,
}

enum Content {
    /// Only comments, or text that is not a mapping, which Reddit treats as a comment.
    Comments(String),
    /// Not YAML, and why.
    Broken(String, String),
    Section(Section),
}

impl Part {
    fn read(number: usize, Piece { above, text }: Piece) -> Self {
        let content = match yaml::parse(&text) {
            Ok(Some(Node { value: Value::Map(entries), .. })) => {
                Content::Section(Section::new(number, text, entries))
            }
            Ok(None) => {
                let bare = text.lines().map(|line| line.trim().trim_start_matches('#').trim());
                Content::Comments(
                    bare.filter(|line| line.contains(char::is_alphanumeric)).collect::<Vec<_>>().join("\n"),
                )
            }
            Ok(Some(_)) => Content::Comments(text),
            Err(fault) => Content::Broken(text, fault.below(above)),
        };
        Self { content, order: 0 }
    }

    /// Returns why it is not YAML, with the line in the file.
    fn fault(&self) -> Option<&str> {
        match &self.content {
            Content::Broken(_, why) => Some(why),
            _ => None,
        }
    }

    fn priority(&self) -> Option<i64> {
        match &self.content {
            Content::Section(section) => Some(section.priority()),
            _ => None,
        }
    }
}

/// A piece of the file, and the number of lines above it.
#[derive(Default)]
struct Piece {
    above: usize,
    text: String,
}

/// Cuts `text` at the lines that begin with `---`.
fn sections(text: &str) -> Vec<Piece> {
    let (mut sections, mut cut) = (Vec::new(), Piece::default());
    for (above, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        match line.strip_prefix("---") {
            Some(rest) => {
                let next = Piece { above, text: rest.trim_start_matches('-').trim_start().to_owned() };
                sections.push(std::mem::replace(&mut cut, next));
            }
            None => cut.text.push_str(line.trim_end_matches('\r')),
        }
        cut.text.push('\n');
    }
    sections.push(cut);
    sections
}
