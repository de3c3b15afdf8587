//! [`Section`]: one rule of `AutoModerator`, and its conversion to rules.

use super::super::engine::Engine;
use super::super::page::{Page, Rule, short};
use super::super::toml;
use super::super::yaml::{Node, Value};
use super::author::Author;
use super::check::{Check, Key, read};

/// A section of the file.
#[derive(Debug)]
pub(super) struct Section {
    number: usize,
    text: String,
    entries: Vec<(String, Node)>,
}

/// The content of a section, sorted.
#[derive(Debug, Default)]
struct Content {
    checks: Vec<Check>,
    author: Author,
    taken: usize,
    /// Whether a condition was omitted, so that the rule would find more than the section did.
    is_wider: bool,
    left: Vec<(String, String)>,
    notes: Vec<String>,
    /// Whether the section concerns a kind of posts that messages are not.
    is_about_posts: bool,
}

impl Section {
    /// Capital letters in keys make no difference, as on Reddit.
    pub(super) fn new(number: usize, text: String, entries: Vec<(String, Node)>) -> Self {
        let entries = entries.into_iter().map(|(key, node)| (key.to_lowercase(), node)).collect();
        Self { number, text, entries }
    }

    pub(super) fn priority(&self) -> i64 {
        self.value("priority").and_then(|node| node.text().parse().ok()).unwrap_or(0)
    }

    /// Returns the value of `key`; if it occurs several times, the last one, as Reddit does.
    fn value(&self, key: &str) -> Option<&Node> {
        self.entries.iter().rev().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, node)| node)
    }

    fn text_of(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.value(key)).map(Node::text).filter(|text| !text.trim().is_empty())
    }

    /// Writes the section as rules, or as a comment if no part of it can become a rule.
    pub(super) fn write(self, page: &mut Page, engine: Engine<'_>) {
        let action = self.text_of(&["action"]).unwrap_or_default().to_lowercase();
        match &*action {
            "remove" | "spam" | "filter" | "report" => {}
            "approve" => return self.leave("nothing needs approval here; a rule with `do = \"pass\"` above others exempts messages from them", page),
            "" => return self.leave("it does nothing with a message", page),
            _ => return self.leave("this program does not know its action", page),
        }
        let content = self.content(&action, engine);
        if content.checks.is_empty() && !content.author.is_only() {
            let of_author = content.author.left.iter().map(|(what, why)| format!("\n  `{what}`: {why}"));
            let others = content.left.iter().map(|(what, why)| format!("\n  `{what}`: {why}"));
            let reasons: Vec<_> = of_author.chain(others).collect();
            return self
                .leave(&format!("there is nothing to look for in a message{}", reasons.concat()), page);
        }
        self.write_rules(content, action == "report", page, engine);
    }

    /// Writes the whole section as a comment.
    fn leave(&self, why: &str, page: &mut Page) {
        let uncounted = |key: &str| ["type", "priority"].contains(&key);
        let size = |(_, node): &(String, Node)| match &node.value {
            Value::Map(entries) => entries.len(),
            _ => node.texts().len() + node.mappings().len(),
        };
        page.leave_many(
            self.entries.iter().filter(|(key, _)| !uncounted(key)).map(|entry| size(entry).max(1)).sum(),
        );
        page.note(&format!("left out: {why}\n{}", self.text.trim_matches('\n')));
    }

    fn content(&self, action: &str, engine: Engine<'_>) -> Content {
        let mut content = Content { notes: self.comments(), ..Content::default() };
        if let Some(author) = self.value("author") {
            content.author = Author::read(author, &self.name());
        }
        if let Some(names) = self.value("~author") {
            content.author.names("~author", names, &self.name());
        }
        for (position, (key, node)) in self.entries.iter().enumerate() {
            let is_last = self.entries[position + 1..].iter().all(|(later, _)| later != key);
            if is_last {
                content.add(key, node, action, engine);
            } else {
                content
                    .left
                    .push((shown(key, node), "the key is there again, and the last one counts".to_owned()));
            }
        }
        if self.text_of(&["moderators_exempt"]) != Some("false") {
            content.author.exempt_moderators();
        }
        content
    }

    /// Returns the comments in the section.
    fn comments(&self) -> Vec<String> {
        let is_text = |line: usize| self.entries.iter().any(|(_, node)| node.has_text_on(line));
        let lines = self.text.lines().enumerate().filter(|(number, _)| !is_text(number + 1));
        let comments = lines
            .filter_map(|(_, line)| comment_in(line))
            .map(|comment| comment.trim_matches(['#', '-', ' ']).to_owned());
        comments.filter(|comment| comment.contains(char::is_alphanumeric)).collect()
    }

    /// Returns the name of the section: its reason, or its first comment.
    fn name(&self) -> String {
        let reason = self.text_of(&["action_reason", "report_reason"]).map(without_placeholders);
        let comment = || self.comments().into_iter().next().filter(|comment| comment.len() < 80);
        let named = reason.filter(|reason| reason.len() < 80).or_else(comment);
        named
            .filter(|name| name.contains(|c: char| c.is_ascii_alphabetic()))
            .unwrap_or_else(|| format!("section {}", self.number))
    }

    fn write_rules(self, mut content: Content, is_report: bool, page: &mut Page, engine: Engine<'_>) {
        page.take(content.taken + content.author.taken);
        let mut notes = std::mem::take(&mut content.notes);
        let authors_left = content.author.left.iter().map(|(what, why)| (what.clone(), (*why).to_owned()));
        let left: Vec<_> = authors_left.chain(std::mem::take(&mut content.left)).collect();
        notes.extend(left.iter().map(|(what, why)| page.leave(&format!("`{what}`"), why)));
        let is_negative = content.checks.iter().all(|check| !check.is_positive) && !content.author.is_only();
        let is_wider = content.is_wider || content.author.is_wider || is_negative && content.is_about_posts;
        if is_report {
            notes.push("Reddit only reported it: here it is counted. Delete `mode` to deny it.".to_owned());
        } else if is_wider {
            notes.push(
                "It would find more than on Reddit, so it only counts. Delete `mode` to deny what it finds."
                    .to_owned(),
            );
        }
        let (from, others) = content.author.groups(page);
        let name = self.name();
        let reason = self.text_of(&["action_reason", "report_reason"]).map(|reason| reason.trim().to_owned());
        let mut last = Rule {
            notes,
            id: name.clone(),
            why: reason,
            from,
            denies: true,
            in_shadow: is_report || is_wider,
            ..Rule::default()
        };
        let mut checks = content.checks;
        let position = checks.iter().rposition(|check| check.is_positive);
        let main = position.map(|position| checks.remove(position));
        let mut conditions = Vec::new();
        let mut part = |is_positive: bool, page: &mut Page| {
            let (word, not) = if is_positive { ("if", "") } else { ("unless", "not ") };
            let tag = page.id(&format!("{} {word}", short(&name)));
            conditions.push(format!("{not}{tag}"));
            let notes = std::mem::take(&mut last.notes);
            Rule { id: format!("{tag} part"), tag: Some(tag), notes, ..Rule::default() }
        };
        for (is_positive, whom) in others {
            let part = part(is_positive, page);
            let id = page.id(&part.id);
            page.rule(&Rule { id, from: Some(whom), ..part }, None);
        }
        for check in checks {
            let part = part(check.is_positive, page);
            write_check(&check, part, page, engine);
        }
        last.when = (!conditions.is_empty()).then(|| conditions.join(" and "));
        let Some(main) = main else {
            last.id = page.id(&name);
            return page.rule(&last, None);
        };
        write_check(&main, last, page, engine);
    }
}

/// Writes the rules of one check, like `rule`.
fn write_check(check: &Check, mut rule: Rule, page: &mut Page, engine: Engine<'_>) {
    page.take(check.taken);
    let Some(find) = &check.find else { return check.terms.write(&rule, page, engine) };
    rule.id = page.id(&rule.id);
    let is_list = check.domains.len() > 8;
    let domains = toml::list(&check.domains, 30);
    let list =
        is_list.then(|| format!("[lists.{}]\ndomains = {}\n", rule.id, toml::list(&check.domains, 10)));
    let named = if is_list { toml::text(&rule.id) } else { domains };
    rule.find.push(find.replace("LIST", &named));
    rule.hits.extend(check.hit.clone());
    page.rule(&rule, list.as_deref());
}

impl Content {
    fn add(&mut self, key: &str, node: &Node, action: &str, engine: Engine<'_>) {
        match key {
            "priority" | "author" | "~author" | "action_reason" | "report_reason" => {}
            "type" if ["any", "comment"].contains(&node.text()) => {}
            "type" => {
                self.is_about_posts = true;
                let kind = node.text();
                self.notes.push(format!("It was about `type: {kind}`; here it is about every message."));
            }
            "action" => {
                self.taken += 1;
                if action == "filter" {
                    self.notes
                        .push("Reddit held it for a moderator (`filter`); here it is denied.".to_owned());
                }
            }
            "moderators_exempt" => self.taken += 1,
            "body_longer_than" | "body_shorter_than" => self.length(key, node),
            _ => self.add_check(key, node, engine),
        }
    }

    fn length(&mut self, key: &str, node: &Node) {
        let Ok(limit) = node.text().parse::<usize>() else {
            self.is_wider = true;
            self.left.push((shown(key, node), "it is not a number".to_owned()));
            return;
        };
        let (setting, length) =
            if key.contains("longer") { ("max", limit + 1) } else { ("min", limit.saturating_sub(1)) };
        self.taken += 1;
        let find = Some(format!("length = {{ {setting} = {limit} }}"));
        let hit = (1..=120).contains(&length).then(|| "x".repeat(length));
        self.checks.push(Check { is_positive: true, find, hit, ..Check::default() });
    }

    fn add_check(&mut self, key: &str, node: &Node, engine: Engine<'_>) {
        let bare = key.trim_start_matches('~');
        let Some(parsed) = Key::parse(key) else {
            let is_edit = bare == "is_edited" && node.text() == "false";
            let is_check = key.starts_with('~')
                || bare.starts_with("is_")
                || NARROWING.iter().any(|check| bare.starts_with(check));
            self.is_wider |= !is_edit && !EFFECTS.contains(&key);
            let why = match bare {
                "is_edited" => "rules see every message once, before anybody does",
                _ if bare.starts_with("author") && !bare.contains("flair") => {
                    "groups of senders are patterns with `*`, not expressions"
                }
                _ if is_check => "a message does not carry it",
                "comment" | "message" | "modmail" => "a rule sends no text",
                _ => "a rule has nothing like it",
            };
            self.left.push((shown(key, node), why.to_owned()));
            return;
        };
        if !parsed.is_about_text() {
            self.is_wider = true;
            self.left.push((shown(key, node), "a message does not carry it".to_owned()));
            return;
        }
        if let Some(modifier) = parsed.unknown_modifier() {
            self.is_wider = true;
            let why = format!("this program does not know the modifier `{modifier}`");
            self.left.push((shown(key, node), why));
            return;
        }
        let mut check = read(&parsed, node.texts(), engine);
        check.left.extend(node.mappings().into_iter().map(|other| (other, "it is not a text".to_owned())));
        let is_empty = check.find.is_none() && check.terms.is_empty();
        if !is_empty && parsed.is_negated && parsed.is_about_links() && check.find.is_none() {
            // A text that cannot be in a link is not what the check was about.
            let hit = Some("see https://somewhere.example/else".to_owned());
            let find = Some("links = \"all\"".to_owned());
            self.checks.push(Check { is_positive: true, find, hit, ..Check::default() });
        }
        self.is_wider |= is_empty || parsed.is_negated && !check.left.is_empty();
        if is_empty && check.left.is_empty() {
            self.left.push((shown(key, node), "there is nothing in it".to_owned()));
        }
        self.left.extend(check.left.iter().map(|(value, why)| (format!("{key}: {value}"), why.clone())));
        if !is_empty {
            self.checks.push(check);
        }
    }
}

/// Keys for actions and descriptions of a section. Any other key without counterpart is a condition.
const EFFECTS: &[&str] = &[
    "comment",
    "comment_locked",
    "comment_stickied",
    "ignore_blockquotes",
    "message",
    "message_subject",
    "modmail",
    "modmail_subject",
    "overwrite_flair",
    "set_contest_mode",
    "set_flair",
    "set_locked",
    "set_nsfw",
    "set_original_content",
    "set_post_crowd_control_level",
    "set_spoiler",
    "set_sticky",
    "set_suggested_sort",
];

/// The beginnings of the names of checks that look at something other than text.
const NARROWING: &[&str] = &[
    "reports",
    "standard",
    "parent_submission",
    "crosspost",
    "discussion_type",
    "poll",
    "past_archive",
    "over_18",
    "subreddit",
];

/// Returns an entry on one line.
fn shown(key: &str, node: &Node) -> String {
    format!("{key}: {}", node.on_one_line())
}

/// Returns `reason` without placeholders such as `{{match}}` and the brackets around them.
fn without_placeholders(reason: &str) -> String {
    let mut bare = String::new();
    let mut rest = reason;
    while let Some((before, after)) = rest.split_once("{{") {
        bare.push_str(before);
        rest = after.split_once("}}").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    bare.trim_matches([' ', '[', ']', '-', ':', '(', ')']).to_owned()
}

/// Returns the comment in a line of YAML, which begins after a space outside of quotes.
fn comment_in(line: &str) -> Option<&str> {
    let mut quote = None;
    let mut before = ' ';
    for (position, c) in line.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '#' && before.is_whitespace() => return Some(&line[position..]),
            // A quote inside a word is an apostrophe.
            None if matches!(c, '"' | '\'') && !before.is_alphanumeric() => quote = Some(c),
            _ => {}
        }
        before = c;
    }
    None
}
