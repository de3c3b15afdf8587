//! Lints about several rules that count: a step of a ladder that hides another, strikes that nobody can get.

use super::super::report::Diagnostic;
use super::counted::{Settings, strikes_of_a_message};
use super::{Entry, is_enforced};
use crate::rule::Action;

/// Warns about strikes that only whoever has strikes can get.
pub(super) fn strikes_for_strikes(entry: &Entry<'_>, all: &[Entry<'_>]) -> Option<Diagnostic> {
    Settings::of(entry, "strikes")?;
    let mut gives = all.iter().filter(|other| other.rule.strikes > 0 && is_enforced(other.rule)).peekable();
    gives.peek()?;
    if !gives.all(|other| Settings::of(other, "strikes").is_some()) {
        return None;
    }
    let message = format!("rule `{}` can never fire: only rules that find strikes give any", entry.rule.id);
    let help = "give `strikes` to the rules that find what people get them for, such as floods".to_owned();
    Some(Diagnostic::warning(entry.span("find"), message).help(help))
}

/// Warns about a rule that counts and finds nothing but what an earlier one denies.
pub(super) fn hidden(entry: &Entry<'_>, all: &[Entry<'_>]) -> Option<Diagnostic> {
    let place = all.iter().position(|other| other.rule.id == entry.rule.id)?;
    if !is_enforced(entry.rule) {
        return None;
    }
    let message = format!("rule `{}` can never fire", entry.rule.id);
    let warn = |help: String| Some(Diagnostic::warning(entry.span("find"), message.clone()).help(help));
    let covers = |other: &&Entry<'_>| {
        is_plain(other) && other.rule.scope.covers(&entry.rule.scope) && other.rule.id != entry.rule.id
    };
    if let Some(other) = all[..place].iter().filter(covers).find(|other| finds_all_of(other, entry)) {
        let other = &other.rule.id;
        return warn(format!(
            "`{other}` above it denies all that it finds: put this rule above it, or remove it"
        ));
    }
    let step = Settings::of(entry, "strikes")?;
    let given = strikes_of_a_message(all);
    let ends_before = |other: &&Entry<'_>| {
        Settings::of(other, "strikes").is_some_and(|first| {
            let gives_above = |at: usize| all[..=at].iter().any(|giver| giver.rule.strikes > 0);
            let at = all.iter().position(|it| it.rule.id == other.rule.id).unwrap_or(0);
            !gives_above(at) && is_muted_too_long(first, step, given).unwrap_or(false)
        })
    };
    let other = &all.iter().filter(covers).find(ends_before)?.rule.id;
    warn(format!(
        "`{other}` mutes senders who have fewer strikes, and once they may send again these are too old: give this rule a longer `within`, or `{other}` a shorter `mute`"
    ))
}

/// Returns whether the rule denies whatever its only detector finds.
fn is_plain(entry: &Entry<'_>) -> bool {
    let rule = entry.rule;
    is_enforced(rule) && rule.action == Some(Action::Deny) && rule.when.is_none() && rule.find.len() == 1
}

/// Returns whether a rule with only a detector that counts finds all that `later` finds.
fn finds_all_of(earlier: &Entry<'_>, later: &Entry<'_>) -> bool {
    let both = |name: &str| Settings::of(earlier, name).zip(Settings::of(later, name));
    let rates = both("rate").and_then(|(one, other)| is_wider_rate(one, other));
    let strikes = both("strikes").and_then(|(one, other)| is_wider_mute(one, other));
    rates.or(strikes).unwrap_or(false)
}

fn is_wider_rate(wide: Settings<'_>, narrow: Settings<'_>) -> Option<bool> {
    let of = |rate: Settings<'_>| rate.text("of").map_or("sender".to_owned(), str::to_owned);
    let (of_wide, of_narrow) = (of(wide), of(narrow));
    let counts_all = |rate: Settings<'_>| rate.text("counts") != Some("delivered");
    Some(
        (of_wide == of_narrow || of_narrow == "sender")
            && counts_all(wide)
            && counts_all(narrow)
            && (wide.is_true("edits") || !narrow.is_true("edits"))
            && wide.number("max")? <= narrow.number("max")?
            && wide.time("within")? >= narrow.time("within")?,
    )
}

/// Returns whether a rule finds everybody whom another rule about strikes finds.
fn is_wider_mute(wide: Settings<'_>, narrow: Settings<'_>) -> Option<bool> {
    let (within, mute) = (narrow.time("within")?, narrow.time("mute"));
    let lasts = match (wide.time("mute"), mute) {
        (None, None) => true,
        (None, Some(_)) => false,
        // Without a mute, a rule finds senders at most `within` after their last strike.
        (Some(wide), mute) => wide >= mute.unwrap_or(within),
    };
    Some(wide.number("min")? <= narrow.number("min")? && wide.time("within")? >= within && lasts)
}

/// Returns whether senders are muted by `first` before they have the strikes of `step`, and for so long that these are then too old.
/// `given` is the most strikes for one message.
fn is_muted_too_long(first: Settings<'_>, step: Settings<'_>, given: i64) -> Option<bool> {
    let (most, back, within) =
        (first.number("min")? - 1 + given, step.time("within")?, first.time("within")?);
    Some(most < step.number("min")? && within >= back && first.time("mute").unwrap_or(within) >= back)
}
