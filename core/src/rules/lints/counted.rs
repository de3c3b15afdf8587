//! Lints about the settings of detectors that count over time: combinations that mean nothing.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::report::Diagnostic;
use super::{Entry, is_enforced};
use crate::rule::Action;
use crate::state::{parse_duration, show_duration};

/// Returns how many strikes one message can have, if every rule finds something in it.
pub(super) fn strikes_of_a_message(all: &[Entry<'_>]) -> i64 {
    all.iter().filter(|entry| is_enforced(entry.rule)).map(|entry| i64::from(entry.rule.strikes)).sum()
}

/// The settings of a detector that counts, in the table of its rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings<'f>(&'f DeTable<'f>);

impl<'f> Settings<'f> {
    /// Returns the settings of the detector called `name`, if `entry` has it.
    pub(super) fn of(entry: &Entry<'f>, name: &str) -> Option<Self> {
        entry.value("find")?.get_ref().as_table()?.get(name)?.get_ref().as_table().map(Self)
    }

    fn value(self, key: &str) -> Option<&'f Spanned<DeValue<'f>>> {
        self.0.get(key)
    }

    pub(super) fn text(self, key: &str) -> Option<&'f str> {
        self.value(key)?.get_ref().as_str()
    }

    pub(super) fn number(self, key: &str) -> Option<i64> {
        self.value(key)?.get_ref().as_integer()?.as_str().parse().ok()
    }

    pub(super) fn is_true(self, key: &str) -> bool {
        self.value(key).and_then(|value| value.get_ref().as_bool()).unwrap_or(false)
    }

    /// Returns a duration in milliseconds.
    pub(super) fn time(self, key: &str) -> Option<i64> {
        parse_duration(self.text(key)?).ok()
    }

    /// Returns whether `by` of `duplicate` has `kind`.
    fn compares(self, kind: &str) -> bool {
        match self.value("by").map(Spanned::get_ref) {
            None => kind == "text",
            Some(DeValue::Array(kinds)) => kinds.iter().any(|it| it.get_ref().as_str() == Some(kind)),
            Some(one) => one.as_str() == Some(kind),
        }
    }

    /// Returns a warning that stands under the value of `key`.
    fn warn(self, key: &str, message: String, help: String) -> Option<Diagnostic> {
        Some(Diagnostic::warning(self.value(key)?.span(), message).help(help))
    }
}

/// Warns about settings for texts in a rule that compares only links.
pub(super) fn texts_of_links(entry: &Entry<'_>) -> Option<Diagnostic> {
    let duplicate = Settings::of(entry, "duplicate").filter(|it| !it.compares("text"))?;
    let key = ["like", "min"].into_iter().find(|key| duplicate.value(key).is_some())?;
    let message = format!("`{key}` is about texts, and rule `{}` compares only links", entry.rule.id);
    duplicate.warn(key, message, format!("leave `{key}` out, or write `by = [\"text\", \"link\"]`"))
}

/// Warns about an allow-list with nothing in it of what the rule compares.
pub(super) fn allows_nothing(entry: &Entry<'_>, root: &DeTable<'_>) -> Option<Diagnostic> {
    let duplicate = Settings::of(entry, "duplicate")?;
    let name = duplicate.text("allow")?;
    let list = root.get("lists")?.get_ref().as_table()?.get(name)?.get_ref().as_table()?;
    let has = |key: &str| list.contains_key(key);
    let (words, domains) = (has("words") || has("file"), has("domains"));
    let (texts, links) = (duplicate.compares("text"), duplicate.compares("link"));
    if texts && words || links && domains {
        return None;
    }
    let id = &entry.rule.id;
    let (holds, compares, help) = match (words, domains) {
        (false, true) => (
            "domains",
            "texts",
            format!("give `{name}` the texts as `words`, or write `by = [\"text\", \"link\"]`"),
        ),
        (true, false) => {
            ("words", "links", format!("give `{name}` the `domains`, or write `by = [\"text\", \"link\"]`"))
        }
        _ if texts => ("an allow-list for words", "texts", format!("give `{name}` the texts as `words`")),
        _ => ("an allow-list for words", "links", format!("give `{name}` the `domains`")),
    };
    let message = format!("`{name}` has only {holds}, and rule `{id}` compares only {compares}");
    duplicate.warn("allow", message, help)
}

/// Warns about slow mode that does not keep messages back.
pub(super) fn delivers(entry: &Entry<'_>) -> Option<Diagnostic> {
    let rate = Settings::of(entry, "rate").filter(|rate| rate.text("counts") == Some("delivered"))?;
    if entry.rule.action == Some(Action::Deny) {
        return None;
    }
    let message =
        format!("what rule `{}` finds is delivered, and does not count as delivered", entry.rule.id);
    rate.warn(
        "counts",
        message,
        "write `do = \"deny\"`, or leave `counts` out to count all messages".to_owned(),
    )
}

/// How many messages a second the service accepts from a sender, unless AWS raised the quota. In some regions it is half.
const OF_SENDER: i64 = 10;

/// Warns about a number that no sender reaches in the time. In a channel and from many senders, so many are too many to remember.
pub(super) fn out_of_reach(entry: &Entry<'_>, all: &[Entry<'_>]) -> Option<Diagnostic> {
    let rate = Settings::of(entry, "rate").filter(|rate| rate.text("of") != Some("channel"));
    let found = [
        (rate, "max", 1, "sends"),
        (Settings::of(entry, "duplicate"), "more-than", 1, "sends"),
        (Settings::of(entry, "strikes"), "min", 0, "gets"),
    ];
    let (settings, key, more, verb) = found.into_iter().find_map(|(settings, key, more, verb)| {
        Some((settings.filter(|it| it.number(key).is_some())?, key, more, verb))
    })?;
    let (each, what) =
        if verb == "gets" { (strikes_of_a_message(all).max(1), "strikes") } else { (1, "messages") };
    let within = settings.time("within")?;
    let most = within.saturating_mul(OF_SENDER * each) / 1000;
    if settings.number(key)? + more <= most {
        return None;
    }
    let (id, time) = (&entry.rule.id, show_duration(within));
    let message = format!("rule `{id}` can never fire: nobody {verb} more than {most} {what} in {time}");
    settings.warn(key, message, format!("write a smaller `{key}`, or a longer `within`"))
}
